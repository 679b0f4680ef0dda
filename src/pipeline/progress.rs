//! What a run tells while it works, and is told.

use super::limits::RunningJob;
use crate::diagnostic::Say;
use crate::model::limits::JobLimits;

/// What had to be done for a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuildStep {
    /// It was made.
    Made,
    /// It was made earlier and put back in its place.
    Restored,
    /// It stood in its place.
    Unchanged,
}

/// What a run tells while it works, and is told.
pub trait Progress: Sync {
    /// `total` files are to be made.
    fn start(&self, _total: usize) {}
    /// A file is done.
    fn file(&self, _path: &str, _step: BuildStep) {}
    /// A job is begun that may break `limits`: the engine cannot be stopped but with its process.
    fn begin(&self, _job: &RunningJob, _limits: &JobLimits) {}
    /// A job that was begun has ended.
    fn end(&self, _job: &RunningJob) {}
    /// Why a file is made, or is not; `why` is asked only by who shows it.
    fn reason(&self, _path: &str, _why: &dyn Fn() -> Say) {}
    /// No more files.
    fn finish(&self) {}
    /// Whether the run is to stop before the next file.
    fn is_stopped(&self) -> bool {
        false
    }
}

/// Tells nothing.
impl Progress for () {}
