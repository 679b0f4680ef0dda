//! Files on the disk: a temporary file in the same folder, then a rename.

use std::path::{Path, PathBuf};

use super::{OutputError, Sink, write_below};

/// Writes below the folder of one project, each file as it comes: a thousand sheets are never in memory at once.
#[derive(Debug, Clone)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// Output of the project at `root`.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// Where `path` lies.
    pub(super) fn place(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }
}

impl Sink for Disk {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), OutputError> {
        write_below(&self.place(path), bytes).map_err(|source| OutputError { path: path.to_owned(), source })
    }

    fn has(&self, path: &str) -> bool {
        self.place(path).is_file()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_whole_files_and_replaces() {
        let folder = tempfile::tempdir().expect("a folder");
        let disk = Disk::new(folder.path());
        disk.put("output/a/b.pdf", b"one").expect("written");
        disk.put("output/a/b.pdf", b"two").expect("written");
        assert_eq!(std::fs::read(folder.path().join("output/a/b.pdf")).expect("there"), b"two");
        let names: Vec<_> = std::fs::read_dir(folder.path().join("output/a")).expect("a folder").collect();
        assert_eq!(names.len(), 1, "no temporary file stays");
    }

    #[test]
    fn a_target_that_is_a_folder_is_an_error() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir_all(folder.path().join("output/a.pdf/x")).expect("a folder");
        let error = Disk::new(folder.path()).put("output/a.pdf", b"one").expect_err("refused");
        assert_eq!(error.path, "output/a.pdf");
    }
}
