//! What takes the files of a run: a trait, so that a run need not know where they go.
//!
//! In: paths below the project and bytes. Out: what became of them.

use super::cache::Cache;
use super::file::{FileWriter, OutputError};

/// What a run found, as a sink must know it before it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SinkVerdict {
    /// Nothing at all.
    Clean,
    /// Something, if only a warning.
    Findings,
}

/// What a sink did with the files of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// They are where they belong.
    Kept,
    /// None was kept: the run was not clean.
    Dropped,
}

/// Takes the files of a run, from several threads at once.
pub trait Sink: Sync {
    /// Takes a file: its path relative to the project (`/` between folders) and its bytes.
    ///
    /// # Errors
    /// [`OutputError`] when it cannot be written; an earlier file is then as it was.
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), OutputError>;

    /// Takes a file that is too long for the memory, piece by piece; what `write` writes may be asked for twice.
    ///
    /// # Errors
    /// As of [`Sink::put`].
    fn put_written(&self, path: &str, write: FileWriter<'_>) -> Result<(), OutputError> {
        let mut bytes = Vec::new();
        write(&mut bytes).map_err(|source| OutputError { path: path.to_owned(), source })?;
        self.put(path, &bytes)
    }

    /// Whether an earlier file is at `path`.
    fn has(&self, path: &str) -> bool;

    /// Whether anything that is put is kept: where nothing is, what only describes the run need not be made.
    fn keeps(&self) -> bool {
        true
    }

    /// Whether the files of a run are kept only if it finds nothing at all (`--strict`).
    fn is_all_or_none(&self) -> bool {
        false
    }

    /// Ends the taking of pages; what is put after it describes the run and is always kept.
    ///
    /// # Errors
    /// [`OutputError`] when files that wait cannot be put in their places.
    fn settle(&self, verdict: SinkVerdict) -> Result<Settlement, OutputError> {
        let _ = verdict;
        Ok(Settlement::Kept)
    }

    /// What earlier runs left behind; none where nothing is known of them.
    fn cache(&self) -> Option<&Cache> {
        None
    }
}
