//! The part of a build that one shard made: its outputs, what is kept of its jobs, and a record that is written last.
//!
//! In: the folder of a part. Out: [`ShardPart`] and the bytes of its files, each of which is compared with its checksum.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::cache::{Cache, PROGRAM, Trust};
use super::checksum::checksum;
use super::file::{OutputError, write_below};
use super::folders::{FOLDER, OutputTree, PARTS};
use super::record::{seal, unseal};

/// The record of a part within its folder.
const RECORD: &str = "part";

/// What a shard made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartRecord {
    /// The program that made it.
    pub program: String,
    /// The digest of all that the build was to be made of.
    pub build: String,
    /// Which share of it this is, from 1.
    pub index: u32,
    /// Of how many.
    pub count: u32,
    /// What was asked for, as on the command line.
    pub arguments: Vec<String>,
    /// The keys of its jobs.
    pub jobs: Vec<String>,
}

/// Why a folder is no part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartFault {
    /// There is no record: the shard did not end, or there is no such folder.
    Missing,
    /// The record is damaged.
    Damaged,
    /// Another version of sasshi made it.
    Program,
}

/// The folder of a part.
#[derive(Debug)]
pub struct ShardPart {
    folder: PathBuf,
    cache: Cache,
    /// What it holds.
    pub record: PartRecord,
}

impl PartRecord {
    /// Writes the record into the folder of the part.
    ///
    /// # Errors
    /// [`OutputError`] when it cannot be written.
    ///
    /// # Panics
    /// Never: its keys are texts.
    pub fn write(&self, folder: &Path) -> Result<(), OutputError> {
        let bytes = serde_json::to_vec(self).expect("a record has texts for keys");
        let written = write_below(&folder.join(RECORD), &seal(&bytes));
        written.map_err(|source| OutputError { path: RECORD.to_owned(), source })
    }
}

impl ShardPart {
    /// Opens the part in `folder`.
    ///
    /// # Errors
    /// [`PartFault`] when it is none.
    pub fn open(folder: &Path) -> Result<Self, PartFault> {
        let bytes = fs::read(folder.join(RECORD)).map_err(|_| PartFault::Missing)?;
        let record = unseal(&bytes).and_then(|bytes| serde_json::from_slice::<PartRecord>(bytes).ok());
        let record = record.ok_or(PartFault::Damaged)?;
        if record.program != PROGRAM {
            return Err(PartFault::Program);
        }
        Ok(Self {
            folder: folder.to_owned(),
            cache: Cache::new(OutputTree::of_project(folder), Trust::Bytes),
            record,
        })
    }

    /// Its folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What is kept of the job under `key`; none if it is gone or damaged.
    #[must_use]
    pub fn job(&self, key: &str) -> Option<Vec<u8>> {
        self.cache.recall(key)
    }

    /// The bytes of the output at `path`; none if they have not the checksum `sum`.
    #[must_use]
    pub fn output(&self, path: &str, sum: &str) -> Option<Vec<u8>> {
        fs::read(self.folder.join(path)).ok().filter(|bytes| checksum(bytes) == sum)
    }
}

/// The folders of the parts that shards left in the project at `root`, in order.
#[must_use]
pub fn part_folders(root: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(root.join(PARTS)).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// Takes the record of an earlier run out of the folder of a part: until this one ends there is no part.
///
/// # Errors
/// [`OutputError`] when it cannot be taken away.
pub fn begin_part(folder: &Path) -> Result<(), OutputError> {
    let failed = |source| OutputError { path: RECORD.to_owned(), source };
    fs::create_dir_all(folder.join(FOLDER)).map_err(failed)?;
    match fs::remove_file(folder.join(RECORD)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(failed(error)),
        _ => Ok(()),
    }
}
