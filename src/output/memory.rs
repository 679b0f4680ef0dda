//! Sinks that write no file: what is made stays in memory, goes to two sinks at once, or nowhere.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use super::cache::Cache;
use super::disk::Disk;
use super::file::OutputError;
use super::sink::{Settlement, Sink, SinkVerdict};

/// Keeps files by their paths.
#[derive(Debug, Default)]
pub struct Memory(Mutex<BTreeMap<String, Vec<u8>>>);

impl Memory {
    /// The files.
    #[must_use]
    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Memory {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), OutputError> {
        let mut files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn has(&self, _: &str) -> bool {
        false
    }
}

/// Gives each file to two sinks; the first one says what was there before.
pub struct Both<'s>(
    /// The first.
    pub &'s dyn Sink,
    /// The second.
    pub &'s dyn Sink,
);

impl Sink for Both<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), OutputError> {
        self.0.put(path, bytes)?;
        self.1.put(path, bytes)
    }

    fn has(&self, path: &str) -> bool {
        self.0.has(path)
    }

    fn settle(&self, verdict: SinkVerdict) -> Result<Settlement, OutputError> {
        self.1.settle(verdict)?;
        self.0.settle(verdict)
    }
}

/// Forgets each file; knows what is on the disk.
#[derive(Debug)]
pub struct Nowhere(Disk);

impl Nowhere {
    /// For the project at `root`.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self(Disk::new(root))
    }
}

impl Sink for Nowhere {
    fn put(&self, _: &str, _: &[u8]) -> Result<(), OutputError> {
        Ok(())
    }

    fn keeps(&self) -> bool {
        false
    }

    fn has(&self, path: &str) -> bool {
        self.0.has(path)
    }

    fn cache(&self) -> Option<&Cache> {
        self.0.cache()
    }
}
