//! The record of a snapshot: all that it was asked for, and what it answered.
//!
//! In: what a snapshot of [`Files`] has seen. Out: its [`FileSight`]s, and whether another snapshot sees the same.

use serde::{Deserialize, Serialize};

use super::bytes::{Digest, Stamp};
use super::snapshot::{Files, Seen, lock};

/// What a snapshot was asked for, and what it answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FileSight {
    /// The file was read; the digest of its bytes.
    Read(Digest),
    /// The folder was listed; the digest of the names in it.
    Listed(Digest),
    /// There was no such file.
    Missed,
    /// There was a file that cannot be read, or may not be.
    Refused,
    /// Whether there was a file.
    IsFile(bool),
    /// Whether there was a folder.
    IsFolder(bool),
    /// The file lies elsewhere in the project, links followed; the digest of that path.
    Located(Digest),
}

fn listed<'n>(names: impl IntoIterator<Item = &'n String>) -> Digest {
    let names: Vec<&str> = names.into_iter().map(String::as_str).collect();
    Digest::of(names.join("\n").as_bytes())
}

impl Files {
    /// All that the snapshot was asked for: paths of files and folders, and what was there. A large file that has changed
    /// since is not on it: nobody knows any more what was read.
    #[must_use]
    pub fn record(&self) -> Vec<(String, FileSight)> {
        self.sights().into_iter().filter_map(|(path, sight)| Some((path, sight?))).collect()
    }

    /// The same; none if there is something that nobody knows any more.
    #[must_use]
    pub fn whole_record(&self) -> Option<Vec<(String, FileSight)>> {
        self.sights().into_iter().map(|(path, sight)| Some((path, sight?))).collect()
    }

    fn sights(&self) -> Vec<(String, Option<FileSight>)> {
        let read = lock(&self.read).clone().into_iter().map(|(path, seen)| {
            let sight = match seen {
                Seen::Kept(bytes) => Some(FileSight::Read(Digest::of(&bytes))),
                Seen::Taken(stamp) => {
                    let bytes = self.load(&path).ok().filter(|bytes| Stamp::of(bytes) == stamp);
                    bytes.map(|bytes| FileSight::Read(Digest::of(&bytes)))
                }
                Seen::Failed(error) if error.is_missing() => Some(FileSight::Missed),
                Seen::Failed(_) => Some(FileSight::Refused),
            };
            (path, sight)
        });
        let mut sights: Vec<(String, Option<FileSight>)> = read.collect();
        for (folder, names) in lock(&self.listed).clone() {
            sights.push((folder, Some(FileSight::Listed(listed(&names)))));
        }
        for (path, probe) in lock(&self.probed).clone() {
            let answers = [probe.is_file.map(FileSight::IsFile), probe.is_folder.map(FileSight::IsFolder)];
            let located = probe.located.map(|located| FileSight::Located(Digest::of(located.as_bytes())));
            let answers = answers.into_iter().chain([located]).flatten();
            sights.extend(answers.map(|sight| (path.clone(), Some(sight))));
        }
        sights
    }

    /// Whether this snapshot sees all of `sights` as they were.
    #[must_use]
    pub fn bears_out(&self, sights: &[(String, FileSight)]) -> bool {
        sights.iter().all(|(path, sight)| match sight {
            FileSight::Read(digest) => self.read(path).is_ok_and(|bytes| Digest::of(&bytes) == *digest),
            FileSight::Listed(digest) => listed(&self.list(path)) == *digest,
            FileSight::Missed => self.read(path).is_err_and(|error| error.is_missing()),
            FileSight::Refused => self.read(path).is_err_and(|error| !error.is_missing()),
            FileSight::IsFile(is_file) => self.is_file(path) == *is_file,
            FileSight::IsFolder(is_folder) => self.is_folder(path) == *is_folder,
            FileSight::Located(digest) => {
                self.locate(path).is_ok_and(|located| Digest::of(located.as_bytes()) == *digest)
            }
        })
    }
}
