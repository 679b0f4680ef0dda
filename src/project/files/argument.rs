//! Files that a user names on the command line, anywhere: outside of any snapshot.
//!
//! In: a path. Out: its bytes, what stands there, the files in it.

use std::path::{Path, PathBuf};

use super::error::FileError;
use super::snapshot::{Files, load};

impl Files {
    /// The bytes of a file that a user names on the command line, anywhere.
    ///
    /// # Errors
    /// [`FileError`] when it is not there, too large or cannot be read.
    pub fn argument(path: &Path) -> Result<Vec<u8>, FileError> {
        load(path)
    }

    /// What a path that a user names on the command line is.
    #[must_use]
    pub fn argument_state(path: &Path) -> ArgumentState {
        match std::fs::metadata(path) {
            Ok(data) if data.is_dir() => ArgumentState::Folder,
            Ok(_) => ArgumentState::File,
            Err(_) => ArgumentState::Missing,
        }
    }

    /// The files in a folder that a user names on the command line, in order; the path itself if it is no folder.
    ///
    /// # Errors
    /// [`FileError`] when the folder cannot be read.
    pub fn argument_files(path: &Path) -> Result<Vec<PathBuf>, FileError> {
        if !path.is_dir() {
            return Ok(vec![path.to_owned()]);
        }
        let mut files: Vec<PathBuf> = std::fs::read_dir(path)?.flatten().map(|entry| entry.path()).collect();
        files.sort();
        Ok(files)
    }
}

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArgumentState {
    /// Nothing.
    Missing,
    /// A file.
    File,
    /// A folder.
    Folder,
}
