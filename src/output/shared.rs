//! A cache folder that many builds share: of several machines, copies of a project, or shards.
//!
//! In: an object and its name. Out: the object again, for whoever asks for the name. A file is put there whole by a rename and
//! never changed, so nobody waits for anybody. Its objects are believed as little as those of one's own cache.

use std::fs;
use std::path::PathBuf;

use super::file::{OutputError, write_below};

/// Such a folder. What is to leave it is for its owner to say: any file may be deleted at any time.
#[derive(Debug)]
pub(super) struct SharedCache(PathBuf);

impl SharedCache {
    /// The folder at `folder`; it need not be there.
    pub fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// The object called `name`, as somebody put it there.
    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.0.join(name)).ok()
    }

    /// Puts an object there, unless somebody did so before. One that was damaged is replaced.
    ///
    /// # Errors
    /// [`OutputError`] when it cannot be written.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), OutputError> {
        let place = self.0.join(name);
        if fs::read(&place).is_ok_and(|known| known == bytes) {
            return Ok(());
        }
        write_below(&place, bytes).map_err(|source| OutputError { path: place.display().to_string(), source })
    }
}
