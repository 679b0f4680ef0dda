//! The one door for reading. No other module opens a file.
//!
//! In: the folder of a project, and files that lie over it in memory (a ward's draft rows, a test's whole project). Out:
//! bytes and names by paths below that folder, written with `/`. One value is one snapshot: a file that was read once
//! is the same until the snapshot ends, whatever happens on the disk, and what was read, listed and missed is on record.

mod argument;
mod bytes;
mod error;
mod listing;
mod paths;
mod process;
mod sights;
mod snapshot;

pub use argument::ArgumentState;
pub use bytes::{Bytes, Digest};
pub use error::{FileError, LARGEST};
pub use sights::FileSight;
pub use snapshot::{Files, Reach};
