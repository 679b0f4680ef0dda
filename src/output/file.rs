//! One file on the disk: it is there whole, or the one that was there before is.
//!
//! In: a path and bytes. Out: a file, or [`OutputError`].

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::TempPath;

use super::folders::TEMPORARY;

/// Up to so many files are synced one by one; more with all of their file system.
#[cfg(target_os = "linux")]
const SYNCED_SINGLY: usize = 16;

/// A result that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct OutputError {
    /// The file, relative to the project.
    pub path: String,
    /// Why.
    pub source: io::Error,
}

/// Writes the bytes of a file to where it is told to, the same each time.
pub type FileWriter<'w> = &'w dyn Fn(&mut dyn io::Write) -> io::Result<()>;

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
    let written = replace(path, folder, bytes).and_then(|()| fs::File::open(path)?.sync_data());
    written.map_err(|source| OutputError { path: path.display().to_string(), source })
}

/// Writes a file and the folders above it.
pub(super) fn write_below(target: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = target.parent().ok_or_else(|| io::Error::other("no folder"))?;
    fs::create_dir_all(folder)?;
    replace(target, folder, bytes)
}

/// Writes a file beside its place in `folder`, then moves it there.
pub(super) fn replace(target: &Path, folder: &Path, bytes: &[u8]) -> io::Result<()> {
    WaitingFile::write(folder, |file| file.write_all(bytes))?.move_to(target)
}

/// A file that is whole and not in its place yet; gone if it never comes there.
pub(super) struct WaitingFile(TempPath);

impl WaitingFile {
    /// Writes a file in `folder`, in which its place is too: so the move stays within one file system.
    pub fn write(folder: &Path, write: impl FnOnce(&mut fs::File) -> io::Result<()>) -> io::Result<Self> {
        let mut file = tempfile::Builder::new().prefix(TEMPORARY).tempfile_in(folder)?;
        write(file.as_file_mut())?;
        Ok(Self(file.into_temp_path()))
    }

    /// Moves it to its place.
    pub fn move_to(self, target: &Path) -> io::Result<()> {
        open_to_others(&self.0)?;
        self.0.persist(target).map_err(|error| error.error)
    }
}

/// A temporary file is its owner's only; a result is like any other file.
#[cfg(unix)]
fn open_to_others(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
}

/// Windows takes the permissions of the folder.
#[cfg(not(unix))]
fn open_to_others(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Makes sure that `files` are on the disk: the power may fail from now on.
pub(super) fn sync(folder: &Path, files: &[PathBuf]) -> io::Result<()> {
    #[cfg(target_os = "linux")]
    if files.len() > SYNCED_SINGLY {
        return Ok(rustix::fs::syncfs(fs::File::open(folder)?)?);
    }
    let _ = folder;
    let mut folders = BTreeSet::new();
    for file in files {
        fs::File::options().read(true).write(cfg!(windows)).open(file)?.sync_data()?;
        folders.extend(file.parent());
    }
    #[cfg(unix)]
    for folder in folders {
        fs::File::open(folder)?.sync_all()?;
    }
    Ok(())
}
