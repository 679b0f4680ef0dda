//! Why a file cannot be had.

use std::io;
use std::sync::Arc;

/// Larger files are refused, in bytes: cells count their bytes in 32 bits, and no list of a city comes near.
pub const LARGEST: u64 = 1 << 30;

/// Why a file cannot be had.
#[derive(Debug, Clone, thiserror::Error)]
pub enum FileError {
    /// The path, or a link on it, leads out of the project.
    #[error("outside of the project")]
    Outside,
    /// It has more than [`LARGEST`] bytes; how many it has.
    #[error("{0} bytes are too many")]
    TooLarge(u64),
    /// It was another file when it was read earlier in this snapshot.
    #[error("the file changed while it was read")]
    Changed,
    /// What the system says.
    #[error(transparent)]
    Io(Arc<io::Error>),
}

impl From<io::Error> for FileError {
    fn from(error: io::Error) -> Self {
        Self::Io(Arc::new(error))
    }
}

impl FileError {
    pub(super) fn missing() -> Self {
        // with the system's own words for it
        #[cfg(unix)]
        return io::Error::from_raw_os_error(2).into();
        #[cfg(not(unix))]
        return io::Error::from(io::ErrorKind::NotFound).into();
    }

    /// Whether there is no such file, rather than one that cannot be read.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Io(error) if error.kind() == io::ErrorKind::NotFound)
    }
}
