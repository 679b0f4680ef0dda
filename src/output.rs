//! Writes results: a temporary file in the same folder, then a rename. The only place that writes below `output/`.
//!
//! In: bytes and a path below the project. Out: a file that is there whole, or the one that was there before.

pub mod zip;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The folder for results.
pub const FOLDER: &str = "output";

/// Writes below one project's `output/`.
#[derive(Debug, Clone)]
pub struct Output {
    root: PathBuf,
}

/// A result that could not be written.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {source}")]
pub struct OutputError {
    /// The file, relative to the project.
    pub path: String,
    /// Why.
    pub source: io::Error,
}

impl Output {
    /// Output of the project at `root`.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// Whether `path` (relative to the project) is there already.
    #[must_use]
    pub fn exists(&self, path: &str) -> bool {
        self.root.join(path).is_file()
    }

    /// Writes `bytes` to `path` (relative to the project, `/` between folders).
    ///
    /// # Errors
    /// [`OutputError`] when the folder or file cannot be written; the earlier file is then as it was.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), OutputError> {
        self.try_write(path, bytes).map_err(|source| OutputError { path: path.to_owned(), source })
    }

    /// Writes `bytes` to a file that the user named, anywhere.
    ///
    /// # Errors
    /// [`OutputError`] when it cannot be written; the earlier file is then as it was.
    pub fn write_for_user(&self, file: &Path, bytes: &[u8]) -> Result<(), OutputError> {
        // joined to the project's folder, an absolute path stands for itself
        self.write(&file.to_string_lossy(), bytes)
    }

    fn try_write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let target = self.root.join(path);
        let folder = target.parent().ok_or_else(|| io::Error::other("no folder"))?;
        std::fs::create_dir_all(folder)?;
        replace(&target, folder, bytes)
    }
}

/// Writes `bytes` to a file that the user named, in a folder that is there.
///
/// # Errors
/// [`OutputError`] when it cannot be written; an earlier file is then as it was.
pub fn write_to(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    replace(path, folder, bytes).map_err(|source| OutputError { path: path.display().to_string(), source })
}

fn replace(target: &Path, folder: &Path, bytes: &[u8]) -> io::Result<()> {
    // in the same folder, so that the rename stays within one file system
    let mut file = tempfile::Builder::new().prefix(".sasshi-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_data()?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_whole_files_and_replaces() {
        let folder = tempfile::tempdir().expect("a folder");
        let output = Output::new(folder.path());
        output.write("output/a/b.pdf", b"one").expect("written");
        output.write("output/a/b.pdf", b"two").expect("written");
        assert_eq!(std::fs::read(folder.path().join("output/a/b.pdf")).expect("there"), b"two");
        let names: Vec<_> = std::fs::read_dir(folder.path().join("output/a")).expect("a folder").collect();
        assert_eq!(names.len(), 1, "no temporary file stays");
    }

    #[test]
    fn a_target_that_is_a_folder_is_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(folder.path().join("output/a.pdf/x")).expect("a folder");
        let error = Output::new(folder.path()).write("output/a.pdf", b"one").expect_err("refused");
        assert_eq!(error.path, "output/a.pdf");
    }
}
