//! What every task of a run needs.

use super::engine::Engine;
use super::limits::Precautions;
use super::progress::Progress;
use crate::model::limits::JobLimits;
use crate::model::shard::Shard;
use crate::output::Sink;
use crate::press::presses::Presses;
use crate::project::Project;
use crate::verify::RunExtent;

/// What every task needs.
pub(super) struct BuildContext<'p> {
    pub project: &'p Project,
    pub engine: &'p Engine<'p>,
    pub presses: &'p Presses,
    pub sink: &'p dyn Sink,
    /// What is told of the work.
    pub progress: &'p dyn Progress,
    /// What is known of jobs that earlier runs could not end.
    pub precautions: &'p Precautions,
    /// What a job may take.
    pub limits: JobLimits,
    /// How many tasks run at once.
    pub jobs: usize,
    /// Whether what the engine remembers of texts is for the next run too.
    pub keeps_warm: bool,
    /// The share of all tasks that is to be made; all of them without one.
    pub shard: Option<Shard>,
    /// Whether all files of the manifest are asked for.
    pub extent: RunExtent,
}
