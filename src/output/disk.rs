//! Files on the disk: a temporary file in the same folder, then a rename; at the end one sync of all, then the record.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::cache::{Cache, Trust};
use super::checksum::{Summing, checksum};
use super::file::{FileWriter, OutputError, WaitingFile, write_below};
use super::folders::OutputTree;
use super::sink::Sink;

/// Writes below the folder of one project, each file as it comes: a thousand sheets are never in memory at once. A file that
/// stands as it would be written is left alone.
#[derive(Debug)]
pub struct Disk {
    tree: OutputTree,
    cache: Cache,
}

impl Disk {
    /// Output of the project at `root`.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self::in_tree(OutputTree::of_project(root))
    }

    /// Output that lies as `tree` says.
    #[must_use]
    pub fn in_tree(tree: OutputTree) -> Self {
        Self { cache: Cache::new(tree.clone(), Trust::default()), tree }
    }

    /// The same, knowing outputs again by `trust`.
    #[must_use]
    pub fn with_trust(self, trust: Trust) -> Self {
        Self { cache: Cache::new(self.tree.clone(), trust), ..self }
    }

    /// The same with the objects in `folder`, which other builds share, beside its own.
    #[must_use]
    pub fn sharing(self, folder: PathBuf) -> Self {
        Self { cache: self.cache.sharing(folder), ..self }
    }

    /// Where `path` lies.
    pub(super) fn place(&self, path: &str) -> PathBuf {
        self.tree.place(path)
    }

    /// Notes that something is written from now on.
    pub(super) fn begin(&self) -> Result<(), OutputError> {
        self.cache.begin()
    }

    /// Puts a file that waits at `from` in its place.
    pub(super) fn adopt(&self, from: &Path, path: &str, sum: &str) -> Result<(), OutputError> {
        if self.cache.stands(path, sum) {
            return Ok(());
        }
        self.cache.begin()?;
        self.cache.retire(path);
        let to = self.place(path);
        let above = to.parent().map_or(Ok(()), std::fs::create_dir_all);
        let moved = above.and_then(|()| std::fs::rename(from, &to));
        let bytes =
            moved.and_then(|()| if self.cache.is_shared() { std::fs::read(&to) } else { Ok(Vec::new()) });
        let bytes = bytes.map_err(|source| OutputError { path: path.to_owned(), source })?;
        self.cache.note(path, sum.to_owned(), &bytes)
    }
}

impl Sink for Disk {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), OutputError> {
        let sum = checksum(bytes);
        if self.cache.stands(path, &sum) {
            return Ok(());
        }
        self.cache.begin()?;
        self.cache.retire(path);
        write_below(&self.place(path), bytes)
            .map_err(|source| OutputError { path: path.to_owned(), source })?;
        self.cache.note(path, sum, bytes)
    }

    fn put_written(&self, path: &str, write: FileWriter<'_>) -> Result<(), OutputError> {
        let failed = |source| OutputError { path: path.to_owned(), source };
        let to = self.place(path);
        if !self.cache.is_changed() {
            // a run that wrote nothing else has most likely nothing else to say
            let mut summing = Summing::new(io::sink());
            write(&mut summing).map_err(failed)?;
            if self.cache.stands(path, &summing.finish()) {
                return Ok(());
            }
        }
        self.cache.begin()?;
        let folder = to.parent().map_or_else(|| self.tree.place(""), Path::to_owned);
        std::fs::create_dir_all(&folder).map_err(failed)?;
        let mut sum = String::new();
        let waiting = WaitingFile::write(&folder, |file| {
            let mut summing = Summing::new(io::BufWriter::new(file));
            write(&mut summing)?;
            summing.flush()?;
            sum = summing.finish();
            Ok(())
        });
        let waiting = waiting.map_err(failed)?;
        if self.cache.stands(path, &sum) {
            return Ok(());
        }
        self.cache.retire(path);
        waiting.move_to(&to).map_err(failed)?;
        // the report of a run
        self.cache.note_alone(path, sum)
    }

    fn has(&self, path: &str) -> bool {
        self.place(path).is_file()
    }

    fn cache(&self) -> Option<&Cache> {
        Some(&self.cache)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::cache::Found;

    fn names(folder: &Path) -> Vec<String> {
        let entries = std::fs::read_dir(folder).expect("a folder");
        let name = |entry: io::Result<std::fs::DirEntry>| entry.expect("an entry").file_name();
        let mut names: Vec<String> =
            entries.map(|entry| name(entry).to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn writes_whole_files_and_replaces() {
        let folder = tempfile::tempdir().expect("a folder");
        let disk = Disk::new(folder.path());
        disk.put("output/a/b.pdf", b"one").expect("written");
        disk.put("output/a/b.pdf", b"two").expect("written");
        assert_eq!(std::fs::read(folder.path().join("output/a/b.pdf")).expect("there"), b"two");
        assert_eq!(names(&folder.path().join("output/a")), ["b.pdf"], "no temporary file stays");
    }

    #[test]
    fn a_target_that_is_a_folder_is_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(folder.path().join("output/a.pdf/x")).expect("a folder");
        let error = Disk::new(folder.path()).put("output/a.pdf", b"one").expect_err("refused");
        assert_eq!(error.path, "output/a.pdf");
        assert_eq!(names(&folder.path().join("output")), [".cache", "a.pdf"], "no temporary file stays");
    }

    #[test]
    fn an_output_is_known_again_and_a_former_one_comes_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = "output/a.pdf";
        let sums = [b"one", b"two"].map(|bytes| checksum(bytes));
        {
            let disk = Disk::new(folder.path());
            disk.put(path, b"one").expect("written");
            disk.cache.keep("k1-of-a-job", &[path], b"facts").expect("kept");
            disk.cache.finish(u64::MAX).expect("recorded");
            disk.put(path, b"two").expect("written");
            disk.cache.finish(u64::MAX).expect("recorded");
        }
        let cache = Cache::new(OutputTree::of_project(folder.path()), Trust::State);
        assert_eq!(cache.recall("k1-of-a-job").as_deref(), Some(&b"facts"[..]));
        assert_eq!(cache.find(path, &sums[1]), Some(Found::InPlace));
        assert_eq!(cache.find(path, &sums[0]), Some(Found::Kept(b"one".to_vec())));
        // a byte of the object changes: it is no longer what its name says
        let object = folder.path().join(format!("output/.cache/files/{}/{}", &sums[0][..2], &sums[0][2..]));
        std::fs::write(&object, b"0ne").expect("written");
        assert_eq!(cache.find(path, &sums[0]), None);
        // somebody else writes the output
        std::fs::write(folder.path().join(path), b"mine").expect("written");
        assert_eq!(cache.find(path, &sums[1]), None);
        assert!(cache.gone(&std::collections::BTreeSet::new()).is_empty(), "it is not ours");
    }

    #[test]
    fn facts_that_are_damaged_are_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let cache = Cache::new(OutputTree::of_project(folder.path()), Trust::State);
        cache.keep("k1-of-a-job", &[], b"facts").expect("kept");
        let object = folder.path().join("output/.cache/jobs/k1/");
        let object = std::fs::read_dir(object).map_or_else(
            |_| folder.path().join("output/.cache/jobs/k1"),
            |mut found| found.next().expect("one").expect("an entry").path(),
        );
        let mut bytes = std::fs::read(&object).expect("there");
        *bytes.last_mut().expect("some") ^= 1;
        std::fs::write(&object, bytes).expect("written");
        assert_eq!(cache.recall("k1-of-a-job"), None);
    }
}
