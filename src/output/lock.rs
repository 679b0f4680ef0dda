//! One build at a time in a project: a lock on a file that the system takes back when its holder ends, however it ends.

use std::fs::{File, TryLockError};
use std::io;

use super::file::OutputError;
use super::folders::{CACHE, OutputTree};

/// Held by the one build that may write below `output/`.
#[derive(Debug)]
pub struct BuildLock(File);

/// What became of asking for the lock.
#[derive(Debug)]
pub enum LockAnswer {
    /// It is ours.
    Ours(BuildLock),
    /// Another build has it.
    Taken(BuildLock),
    /// The file system has no locks.
    Unknown(io::Error),
}

impl BuildLock {
    /// Asks for the lock of an output.
    ///
    /// # Errors
    /// [`OutputError`] when its file cannot be made.
    pub fn ask(tree: &OutputTree) -> Result<LockAnswer, OutputError> {
        let path = format!("{CACHE}/lock");
        let made = std::fs::create_dir_all(tree.place(CACHE))
            .and_then(|()| File::options().create(true).truncate(false).write(true).open(tree.place(&path)));
        let file = made.map_err(|source| OutputError { path, source })?;
        Ok(match file.try_lock() {
            Ok(()) => LockAnswer::Ours(Self(file)),
            Err(TryLockError::WouldBlock) => LockAnswer::Taken(Self(file)),
            Err(TryLockError::Error(error)) => LockAnswer::Unknown(error),
        })
    }

    /// Waits until the other build has ended.
    ///
    /// # Errors
    /// What the system says.
    pub fn wait(self) -> io::Result<Self> {
        self.0.lock()?;
        Ok(self)
    }
}
