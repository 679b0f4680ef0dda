//! The one door for writing: a [`Sink`] takes what a run makes. The only place that writes below `output/`.
//!
//! In: bytes and a path below the project. Out: for [`Disk`], a file that is there whole, or the one that was there before;
//! for [`Staged`], all files or none; for [`Memory`], a map; for [`Nowhere`], nothing.

mod cache;
mod checksum;
mod cleanup;
mod disk;
mod file;
mod folders;
mod lock;
mod memory;
mod part;
mod record;
mod shared;
mod sink;
mod staged;
pub mod zip;

pub use cache::{Cache, Found, PROGRAM, Trust};
pub use checksum::checksum;
pub use cleanup::clean;
pub use disk::Disk;
pub use file::{FileWriter, OutputError, write_for_user, write_to};
pub use folders::{FOLDER, OutputTree, PARTS};
pub use lock::{BuildLock, LockAnswer};
pub use memory::{Both, Memory, Nowhere};
pub use part::{PartFault, PartRecord, ShardPart, begin_part, part_folders};
pub use sink::{Settlement, Sink, SinkVerdict};
pub use staged::Staged;
