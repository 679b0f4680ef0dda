//! All files of a run or none (`--strict`): they wait in a folder of their own until the run is known to be clean.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::TempDir;

use super::cache::Cache;
use super::checksum::checksum;
use super::disk::Disk;
use super::file::{FileWriter, OutputError, write_below};
use super::folders::{FOLDER, TEMPORARY};
use super::sink::{Settlement, Sink, SinkVerdict};

/// Files that wait below `output/`, on the same file system as their places.
#[derive(Debug)]
pub struct Staged {
    disk: Disk,
    /// The folder in which they wait; none before the first file and after the end.
    waiting: Mutex<Waiting>,
}

#[derive(Debug, Default)]
struct Waiting {
    folder: Option<TempDir>,
    /// Paths, and the checksums of their bytes.
    files: Vec<(String, String)>,
    is_settled: bool,
}

impl Staged {
    /// Output of the project at `root`.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self::over(Disk::new(root))
    }

    /// Files that come to `disk` in the end.
    #[must_use]
    pub fn over(disk: Disk) -> Self {
        Self { disk, waiting: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where a file with these bytes waits; none once the run is settled.
    fn room(&self, path: &str, bytes: &[u8]) -> Result<Option<PathBuf>, OutputError> {
        let failed = |source| OutputError { path: path.to_owned(), source };
        let mut waiting = self.lock();
        if waiting.is_settled {
            return Ok(None);
        }
        if waiting.folder.is_none() {
            let output = self.disk.place(FOLDER);
            std::fs::create_dir_all(&output).map_err(failed)?;
            // the marker first: a build that is ended by force leaves this folder behind
            self.disk.begin()?;
            waiting.folder =
                Some(tempfile::Builder::new().prefix(TEMPORARY).tempdir_in(output).map_err(failed)?);
        }
        waiting.files.push((path.to_owned(), checksum(bytes)));
        Ok(waiting.folder.as_ref().map(|folder| folder.path().join(path)))
    }
}

impl Sink for Staged {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), OutputError> {
        let failed = |source| OutputError { path: path.to_owned(), source };
        match self.room(path, bytes)? {
            Some(place) => write_below(&place, bytes).map_err(failed),
            None => self.disk.put(path, bytes),
        }
    }

    fn put_written(&self, path: &str, write: FileWriter<'_>) -> Result<(), OutputError> {
        if self.lock().is_settled {
            return self.disk.put_written(path, write);
        }
        let mut bytes = Vec::new();
        write(&mut bytes).map_err(|source| OutputError { path: path.to_owned(), source })?;
        self.put(path, &bytes)
    }

    fn has(&self, path: &str) -> bool {
        self.disk.has(path)
    }

    fn is_all_or_none(&self) -> bool {
        true
    }

    fn settle(&self, verdict: SinkVerdict) -> Result<Settlement, OutputError> {
        let mut waiting = self.lock();
        waiting.is_settled = true;
        let (folder, files) = (waiting.folder.take(), std::mem::take(&mut waiting.files));
        if verdict == SinkVerdict::Findings {
            // with the folder goes what waits in it
            return Ok(Settlement::Dropped);
        }
        let Some(folder) = folder else { return Ok(Settlement::Kept) };
        for (path, sum) in files {
            self.disk.adopt(&folder.path().join(&path), &path, &sum)?;
        }
        Ok(Settlement::Kept)
    }

    fn cache(&self) -> Option<&Cache> {
        self.disk.cache()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_clean_run_is_kept_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let staged = Staged::new(folder.path());
        staged.put("output/a/b.pdf", b"one").expect("written");
        staged.put("output/c.pdf", b"two").expect("written");
        assert!(!staged.has("output/c.pdf"), "it waits");
        assert_eq!(staged.settle(SinkVerdict::Clean).expect("settled"), Settlement::Kept);
        staged.put("output/report.json", b"{}").expect("written");
        assert_eq!(names(&folder.path().join("output")), [".cache", "a", "c.pdf", "report.json"]);
    }

    #[test]
    fn findings_leave_everything_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        Disk::new(folder.path()).put("output/c.pdf", b"old").expect("written");
        let staged = Staged::new(folder.path());
        staged.put("output/a/b.pdf", b"one").expect("written");
        staged.put("output/c.pdf", b"new").expect("written");
        assert_eq!(staged.settle(SinkVerdict::Findings).expect("settled"), Settlement::Dropped);
        assert_eq!(names(&folder.path().join("output")), [".cache", "c.pdf"]);
        assert_eq!(std::fs::read(folder.path().join("output/c.pdf")).expect("there"), b"old");
    }
}
