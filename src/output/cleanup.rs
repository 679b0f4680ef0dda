//! What is removed from below `output/`: the cache as a whole, objects beyond its limit, and what a killed build left half
//! written.
//!
//! In: a folder, or the objects of the record. Out: what was freed, or the names of objects to remove.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::file::OutputError;
use super::folders::{CACHE, FOLDER, PARTS, TEMPORARY};
use super::record::ObjectUse;

/// Takes the cache of the project at `root` away, and half-written files with it; how many bytes it had.
///
/// # Errors
/// [`OutputError`] when it cannot be taken away.
pub fn clean(root: &Path) -> Result<u64, OutputError> {
    let folder = root.join(CACHE);
    let parts = root.join(PARTS);
    let size = measure(&folder) + measure(&parts);
    let swept = sweep(&root.join(FOLDER));
    // who holds the lock holds a file in it: all but that goes
    let gone = entries(&folder).into_iter().filter(|entry| !entry.ends_with("lock")).try_for_each(|entry| {
        if entry.is_dir() { fs::remove_dir_all(entry) } else { fs::remove_file(entry) }
    });
    let gone = gone.and(if parts.is_dir() { fs::remove_dir_all(&parts) } else { Ok(()) });
    swept.and(gone).map_err(|source| OutputError { path: CACHE.to_owned(), source })?;
    Ok(size)
}

fn measure(folder: &Path) -> u64 {
    let size = |entry: PathBuf| match fs::symlink_metadata(&entry) {
        Ok(data) if data.is_dir() => measure(&entry),
        Ok(data) => data.len(),
        Err(_) => 0,
    };
    entries(folder).into_iter().map(size).sum()
}

/// The names of objects beyond the limit: those unused for longest, never those of build `now`.
pub(super) fn excess(objects: &BTreeMap<String, ObjectUse>, now: u64, limit: u64) -> Vec<String> {
    let mut total: u64 = objects.values().map(|object| object.size).sum();
    let mut by_use: Vec<(&String, &ObjectUse)> = objects.iter().collect();
    by_use.sort_by_key(|(name, object)| (object.build, *name));
    let mut gone = Vec::new();
    for (name, object) in by_use {
        if total <= limit || object.build == now {
            break;
        }
        total -= object.size;
        gone.push(name.clone());
    }
    gone
}

/// What lies in a folder; nothing if there is none.
pub(super) fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}

/// Removes temporary files, here and in all folders below.
pub(super) fn sweep(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_folder = entry.file_type()?.is_dir();
        let is_temporary = entry.file_name().to_string_lossy().starts_with(TEMPORARY);
        match (is_temporary, is_folder) {
            (true, true) => fs::remove_dir_all(entry.path())?,
            (true, false) => fs::remove_file(entry.path())?,
            // parts of shards may be under way, and are swept by their own builds
            (false, true) if entry.path().ends_with(PARTS) => {}
            (false, true) => sweep(&entry.path())?,
            (false, false) => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_build_used_for_longest_goes_first() {
        let object = |size, build| ObjectUse { size, build };
        let objects = BTreeMap::from([
            ("a".to_owned(), object(10, 3)),
            ("b".to_owned(), object(10, 1)),
            ("c".to_owned(), object(10, 2)),
        ]);
        assert_eq!(excess(&objects, 3, 30), Vec::<String>::new());
        assert_eq!(excess(&objects, 3, 29), ["b"]);
        assert_eq!(excess(&objects, 3, 0), ["b", "c"], "what this build used stays");
    }
}
