//! Why a run could not be done at all.

use crate::output::OutputError;
use crate::project::ProjectError;
use crate::typeset::fonts::FontError;

/// Why a run could not be done at all.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// There is no manifest.
    #[error(transparent)]
    Project(#[from] ProjectError),
    /// A font that was named cannot be used.
    #[error(transparent)]
    Font(#[from] FontError),
    /// A result cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// It was told to stop.
    #[error("stopped")]
    Stopped,
}
