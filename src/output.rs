//! The one door for writing: a [`Sink`] takes what a run makes. The only place that writes below `output/`.
//!
//! In: bytes and a path below the project. Out: for [`Disk`], a file that is there whole, or the one that was there before;
//! for [`Staged`], all files or none; for [`Memory`], a map; for [`Nowhere`], nothing.

mod cache;
mod checksum;
mod disk;
mod lock;
mod memory;
mod part;
mod record;
mod staged;
pub mod zip;

use std::io::{self, Write};
use std::path::Path;

pub use cache::{Cache, Found, PROGRAM, Trust, clean};
pub use checksum::checksum;
pub use disk::Disk;
pub use lock::{BuildLock, LockAnswer};
pub use memory::{Both, Memory, Nowhere};
pub use part::{PARTS, PartFault, PartRecord, ShardPart, begin_part, part_folders};
pub use staged::Staged;

/// The folder for results.
pub const FOLDER: &str = "output";

/// How the names of temporary files begin.
const TEMPORARY: &str = ".sasshi-";

/// A result that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct OutputError {
    /// The file, relative to the project.
    pub path: String,
    /// Why.
    pub source: io::Error,
}

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

/// Writes `bytes` to a file that the user named, anywhere; folders above it are made.
///
/// # Errors
/// [`OutputError`] when it cannot be written; the earlier file is then as it was.
pub fn write_for_user(file: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    write_below(file, bytes).map_err(|source| OutputError { path: file.display().to_string(), source })
}

/// Writes `bytes` to a file that the user named, in a folder that is there.
///
/// # Errors
/// [`OutputError`] when it cannot be written; an earlier file is then as it was.
pub fn write_to(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let written = replace(path, folder, bytes).and_then(|()| std::fs::File::open(path)?.sync_data());
    written.map_err(|source| OutputError { path: path.display().to_string(), source })
}

/// Writes a file and the folders above it.
fn write_below(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = target.parent().ok_or_else(|| io::Error::other("no folder"))?;
    std::fs::create_dir_all(folder)?;
    replace(target, folder, bytes)
}

fn replace(target: &Path, folder: &Path, bytes: &[u8]) -> io::Result<()> {
    // in the same folder, so that the rename stays within one file system
    let mut file = tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(folder)?;
    file.write_all(bytes)?;
    let file = file.into_temp_path();
    open_to_others(&file)?;
    file.persist(target).map_err(|error| error.error)
}

/// A temporary file is its owner's only; a result is like any other file.
#[cfg(unix)]
fn open_to_others(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o644))
}

/// Windows takes the permissions of the folder.
#[cfg(not(unix))]
fn open_to_others(_: &Path) -> io::Result<()> {
    Ok(())
}
