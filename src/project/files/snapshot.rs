//! A snapshot of the files below one root: what was read of it stays as it was first seen.
//!
//! In: a folder, and files that lie over it in memory. Out: bytes and what stands at a path, each remembered.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::bytes::{Bytes, Stamp};
use super::error::{FileError, LARGEST};
use super::paths::{folder, join, normal, slashed};

/// Files up to this many bytes stay in the snapshot; of larger ones, which are read once, only their stamp does.
const KEPT: usize = 16 << 20;

#[derive(Debug, Clone)]
pub(super) enum Seen {
    Kept(Bytes),
    /// A large file; its digest is computed only for who asks for the record.
    Taken(Stamp),
    Failed(FileError),
}

/// Files below one root.
#[derive(Debug, Default)]
pub struct Files {
    /// The folder, without links; none for a project in memory alone.
    pub(super) root: Option<PathBuf>,
    /// What lies over the folder; none where a file of the folder is as if it were not there.
    pub(super) overlay: BTreeMap<String, Option<Bytes>>,
    pub(super) read: Mutex<BTreeMap<String, Seen>>,
    pub(super) listed: Mutex<BTreeMap<String, BTreeSet<String>>>,
    /// What was said to stand at a path, and where links led.
    pub(super) probed: Mutex<BTreeMap<String, Probe>>,
    /// Folders with their links followed: a thousand files stand in one.
    folders: Mutex<BTreeMap<String, Option<PathBuf>>>,
}

/// What was said of a path.
#[derive(Debug, Clone, Default)]
pub(super) struct Probe {
    pub(super) is_file: Option<bool>,
    pub(super) is_folder: Option<bool>,
    /// The path of the file that a link led to.
    pub(super) located: Option<String>,
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // each entry is written whole: a panic elsewhere leaves the map sound
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Files {
    /// The files of a folder.
    #[must_use]
    pub fn in_folder(root: &Path) -> Self {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        Self { root: Some(root), ..Self::default() }
    }

    /// Files that are in memory alone, by their paths.
    pub fn in_memory<P: Into<String>, B: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, B)>) -> Self {
        let overlay =
            files.into_iter().map(|(path, bytes)| (path.into(), Some(Bytes::from(bytes.into())))).collect();
        Self { overlay, ..Self::default() }
    }

    /// The folder above or at `start` that holds `name`; only `start` itself is looked at unless `reach` is all of them.
    #[must_use]
    pub fn holder(start: &Path, name: &str, reach: Reach) -> Option<PathBuf> {
        let start = start.canonicalize().unwrap_or_else(|_| start.to_owned());
        let folders = match reach {
            Reach::Here => 1,
            Reach::Above => usize::MAX,
        };
        start.ancestors().take(folders).find(|folder| folder.join(name).is_file()).map(Path::to_owned)
    }

    /// The folder, if the files are not in memory alone.
    #[must_use]
    pub fn root(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// Lays `bytes` over the file at `path`, or takes the file away if there are none, and begins a new snapshot.
    pub fn replace(&mut self, path: &str, bytes: Option<Vec<u8>>) {
        self.overlay.insert(path.to_owned(), bytes.map(Bytes::from));
        *self = self.renew();
    }

    /// Lays `files` over the folder in the place of whatever lay over it, and begins a new snapshot.
    pub fn lay_over(&mut self, files: impl IntoIterator<Item = (String, Vec<u8>)>) {
        self.overlay = files.into_iter().map(|(path, bytes)| (path, Some(Bytes::from(bytes)))).collect();
        *self = self.renew();
    }

    /// The same files in a new snapshot: what changed on the disk is seen.
    #[must_use]
    pub fn renew(&self) -> Self {
        Self { root: self.root.clone(), overlay: self.overlay.clone(), ..Self::default() }
    }

    /// The bytes of a file; the same for the life of the snapshot.
    ///
    /// # Errors
    /// [`FileError`] when it is not there, not inside, too large or cannot be read.
    pub fn read(&self, path: &str) -> Result<Bytes, FileError> {
        let path = normal(path)?;
        let mut read = lock(&self.read);
        let before = match read.get(&path) {
            Some(Seen::Kept(bytes)) => return Ok(bytes.clone()),
            Some(Seen::Failed(error)) => return Err(error.clone()),
            Some(Seen::Taken(stamp)) => Some(*stamp),
            None => None,
        };
        let bytes = match self.load(&path) {
            Ok(bytes) if before.is_some_and(|before| Stamp::of(&bytes) != before) => {
                return Err(FileError::Changed);
            }
            Ok(bytes) => bytes,
            Err(error) => {
                read.insert(path, Seen::Failed(error.clone()));
                return Err(error);
            }
        };
        let seen = if bytes.len() > KEPT && before.is_none() {
            Seen::Taken(Stamp::of(&bytes))
        } else {
            Seen::Kept(bytes.clone())
        };
        // a file that is read twice is kept, so that a third reading costs nothing
        read.insert(path, seen);
        Ok(bytes)
    }

    pub(super) fn load(&self, path: &str) -> Result<Bytes, FileError> {
        if let Some(laid) = self.overlay.get(path) {
            return laid.clone().ok_or_else(FileError::missing);
        }
        if self.is_known_to_miss(path) {
            return Err(FileError::missing());
        }
        let file = self.real(path)?;
        load(&file).map(Bytes::from)
    }

    /// Whether a folder above `path` was listed without it: a file that comes later is not of this snapshot.
    fn is_known_to_miss(&self, path: &str) -> bool {
        let listed = lock(&self.listed);
        let above = path.match_indices('/').map(|(at, _)| (&path[..at], &path[at + 1..]));
        std::iter::once(("", path)).chain(above).any(|(folder, rest)| {
            let name = rest.split('/').next().unwrap_or(rest);
            listed.get(folder).is_some_and(|names| !names.contains(name))
        })
    }

    /// Reads all that stands in a folder and below it, so that it belongs to the snapshot as it is now.
    pub fn hold(&self, folder: &str) {
        // what cannot be read is said when it is asked for
        self.below(folder).iter().for_each(|path| drop(self.read(path)));
    }

    /// The paths of all that stands in a folder and below it; links to folders are not followed.
    #[must_use]
    pub fn below(&self, folder: &str) -> Vec<String> {
        let mut folders = Vec::new();
        self.descend(folder, &mut folders);
        let names = |folder: String| self.list(&folder).into_iter().map(move |name| join(&folder, &name));
        folders.into_iter().flat_map(names).collect()
    }

    /// Where `path` lies on the disk, links followed; only inside the root.
    pub(super) fn real(&self, path: &str) -> Result<PathBuf, FileError> {
        let root = self.root.as_ref().ok_or_else(FileError::missing)?;
        let joined = root.join(path);
        if let Some(plain) = self.without_links(root, path) {
            return Ok(plain);
        }
        match joined.canonicalize() {
            Ok(real) if real.starts_with(root) => Ok(real),
            Ok(_) => Err(FileError::Outside),
            Err(error) => {
                // what stands in folders outside is nobody's business
                let folder = joined.parent().and_then(|folder| folder.canonicalize().ok());
                let is_outside = folder.is_some_and(|folder| !folder.starts_with(root));
                Err(if is_outside { FileError::Outside } else { error.into() })
            }
        }
    }

    /// Where `path` lies, if its folder is inside and it is no link itself: to follow links is slow, and most are none.
    fn without_links(&self, root: &Path, path: &str) -> Option<PathBuf> {
        // where case does not matter, the system knows how a name is written
        if cfg!(not(target_os = "linux")) {
            return None;
        }
        let above = folder(path).to_owned();
        let real = lock(&self.folders).get(&above).cloned();
        let real = real.unwrap_or_else(|| {
            let real = root.join(&above).canonicalize().ok().filter(|real| real.starts_with(root));
            lock(&self.folders).insert(above, real.clone());
            real
        })?;
        let plain = real.join(path.rsplit('/').next().filter(|name| !name.is_empty())?);
        let data = std::fs::symlink_metadata(&plain).ok()?;
        (!data.is_symlink()).then_some(plain)
    }

    /// The path of a file as it lies in the project, links followed: one name for one file.
    ///
    /// # Errors
    /// [`FileError`] when it is not there or not inside.
    pub fn locate(&self, path: &str) -> Result<String, FileError> {
        let path = normal(path)?;
        match self.overlay.get(&path) {
            Some(Some(_)) => return Ok(path),
            Some(None) => return Err(FileError::missing()),
            None => {}
        }
        let real = self.real(&path).inspect_err(|error| {
            lock(&self.read).entry(path.clone()).or_insert_with(|| Seen::Failed(error.clone()));
        })?;
        let inner = self.root.as_ref().and_then(|root| real.strip_prefix(root).ok());
        let located = inner.map(slashed).ok_or(FileError::Outside)?;
        lock(&self.probed).entry(path).or_default().located = Some(located.clone());
        Ok(located)
    }

    /// The path below the root of a file that a user names anywhere; none if it is outside.
    #[must_use]
    pub fn path_of(&self, argument: &Path) -> Option<String> {
        let real = argument.canonicalize().unwrap_or_else(|_| argument.to_owned());
        real.strip_prefix(self.root.as_ref()?).ok().map(slashed)
    }

    /// Whether there is a file at `path`, inside.
    #[must_use]
    pub fn is_file(&self, path: &str) -> bool {
        let Ok(path) = normal(path) else { return false };
        let is_file = match self.overlay.get(&path) {
            Some(laid) => laid.is_some(),
            None => self.real(&path).is_ok_and(|file| file.is_file()),
        };
        lock(&self.probed).entry(path).or_default().is_file = Some(is_file);
        is_file
    }

    /// Whether there is a folder at `path`, inside.
    #[must_use]
    pub fn is_folder(&self, path: &str) -> bool {
        let Ok(path) = normal(path) else { return false };
        let prefix = if path.is_empty() { path.clone() } else { format!("{path}/") };
        let laid = self.overlay.iter().any(|(laid, bytes)| bytes.is_some() && laid.starts_with(&prefix));
        let is_folder = laid || self.real(&path).is_ok_and(|folder| folder.is_dir());
        lock(&self.probed).entry(path).or_default().is_folder = Some(is_folder);
        is_folder
    }
}

/// How far a search for a project goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// The folder alone.
    Here,
    /// The folders above it too.
    Above,
}

pub(super) fn load(file: &Path) -> Result<Vec<u8>, FileError> {
    let length = std::fs::metadata(file).map_or(0, |data| data.len());
    if length > LARGEST {
        return Err(FileError::TooLarge(length));
    }
    Ok(std::fs::read(file)?)
}

#[cfg(test)]
mod tests {
    use super::super::FileSight;
    use super::*;

    fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in files {
            let file = folder.path().join("project").join(path);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            std::fs::write(file, text).expect("written");
        }
        folder
    }

    #[test]
    fn a_snapshot_stays_as_it_was_first_seen() {
        let folder = folder_with(&[("a.csv", "one"), ("sub/b.csv", "b")]);
        let root = folder.path().join("project");
        let files = Files::in_folder(&root);
        assert_eq!(&*files.read("a.csv").expect("there"), b"one");
        assert_eq!(files.list("sub"), ["b.csv"]);
        std::fs::write(root.join("a.csv"), "two").expect("written");
        std::fs::write(root.join("sub/c.csv"), "c").expect("written");
        assert_eq!(&*files.read("./sub/../a.csv").expect("there"), b"one");
        assert_eq!(files.list("sub"), ["b.csv"]);
        let later = files.renew();
        assert_eq!(&*later.read("a.csv").expect("there"), b"two");
        assert_eq!(later.list("sub"), ["b.csv", "c.csv"]);
        assert_ne!(files.record(), later.record());
    }

    #[test]
    fn what_is_missed_and_listed_is_on_record() {
        let files = Files::in_memory([("a.csv", "one"), ("sub/b.csv", "b")]);
        assert!(files.read("c.csv").expect_err("not there").is_missing());
        let _ = (files.read("a.csv"), files.list("sub"));
        let record = files.record();
        let paths: Vec<&str> = record.iter().map(|(path, _)| path.as_str()).collect();
        assert_eq!(paths, ["a.csv", "c.csv", "sub"]);
        assert_eq!(record[1].1, FileSight::Missed);
    }

    #[test]
    fn nothing_outside_is_read() {
        let folder = folder_with(&[("a.csv", "one")]);
        let outside = folder.path().join("secret.csv");
        std::fs::write(&outside, "secret").expect("written");
        let files = Files::in_folder(&folder.path().join("project"));
        let absolute = outside.to_string_lossy().into_owned();
        for path in ["../secret.csv", "x/../../secret.csv", "../nothing.csv", &absolute] {
            assert!(matches!(files.read(path), Err(FileError::Outside)), "{path}");
            assert!(!files.is_file(path) && files.list(path).is_empty() && files.neighbours(path).is_empty());
        }
        assert!(files.list("..").is_empty());
        assert_eq!(files.glob("../*.csv").expect("a pattern"), Vec::<String>::new());
    }

    #[cfg(unix)]
    #[test]
    fn links_that_leave_are_refused_and_others_have_one_name() {
        let folder = folder_with(&[("a.csv", "one"), ("sub/b.csv", "b")]);
        let root = folder.path().join("project");
        std::fs::write(folder.path().join("secret.csv"), "secret").expect("written");
        let link = |to: &str, at: &str| std::os::unix::fs::symlink(to, root.join(at)).expect("a link");
        link("../secret.csv", "out.csv");
        link("a.csv", "same.csv");
        link("..", "sub/round");
        let files = Files::in_folder(&root);
        assert!(matches!(files.read("out.csv"), Err(FileError::Outside)));
        assert_eq!(files.locate("same.csv").expect("inside"), "a.csv");
        assert_eq!(files.glob("*.csv").expect("a pattern"), ["a.csv", "same.csv"]);
        assert_eq!(files.glob("**/*.csv").expect("a pattern"), ["a.csv", "same.csv", "sub/b.csv"]);
    }

    #[test]
    fn an_overlay_lies_over_the_folder() {
        let folder = folder_with(&[("a.csv", "one"), ("sub/b.csv", "b")]);
        let mut files = Files::in_folder(&folder.path().join("project"));
        files.replace("a.csv", Some(b"draft".to_vec()));
        files.replace("sub/b.csv", None);
        files.replace("new/c.csv", Some(b"c".to_vec()));
        assert_eq!(&*files.read("a.csv").expect("there"), b"draft");
        assert!(files.read("sub/b.csv").expect_err("taken away").is_missing());
        assert_eq!(files.list(""), ["a.csv", "new", "sub"]);
        assert!(files.is_folder("new") && !files.is_file("sub/b.csv"));
        assert_eq!(files.glob("*/*.csv").expect("a pattern"), ["new/c.csv"]);
    }

    #[test]
    fn patterns_are_matched_part_by_part() {
        let files = Files::in_memory([("s/1-a.md", ""), ("s/2-b.md", ""), ("s/x/3.md", ""), ("s/x.txt", "")]);
        let glob = |pattern: &str| files.glob(pattern).expect("a pattern");
        assert_eq!(glob("s/*.md"), ["s/1-a.md", "s/2-b.md"]);
        assert_eq!(glob("s/[12]-?.md"), ["s/1-a.md", "s/2-b.md"]);
        assert_eq!(glob("**/*.md"), ["s/1-a.md", "s/2-b.md", "s/x/3.md"]);
        assert_eq!(glob("./s/x/3.md"), ["s/x/3.md"]);
        assert!(files.glob("s/[").is_err());
    }
}
