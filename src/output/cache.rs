//! What earlier builds left behind: the record of outputs, and objects below `output/.cache/`. Deleting it is always safe.
//!
//! In: a key, or the path and checksum of an output. Out: what was kept under the key, and whether the output stands as it
//! was made. Objects are facts of jobs, sealed with their checksum, and former outputs under theirs: bytes that are not
//! what their name says are nothing.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::checksum::checksum;
use super::cleanup::{entries, excess, sweep};
use super::file::{OutputError, replace, sync, write_below};
use super::folders::{CACHE, FOLDER, OutputTree};
use super::record::{BuildRecord, DiskState, ObjectUse, WrittenFile, seal, unseal};
use super::shared::SharedCache;

/// The program with its built-in layouts and libraries; what another one kept is not used.
pub const PROGRAM: &str = env!("SASSHI_PROGRAM");
/// How an output is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Trust {
    /// By size, time and inode.
    #[default]
    State,
    /// By its bytes (`--verify`).
    Bytes,
}

/// An output that need not be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It is in its place.
    InPlace,
    /// Its bytes are kept.
    Kept(Vec<u8>),
}

/// The cache of one project.
#[derive(Debug)]
pub struct Cache {
    tree: OutputTree,
    trust: Trust,
    /// Where objects are looked for, and put, beside one's own.
    shared: Option<SharedCache>,
    /// None until it is asked for.
    state: Mutex<Option<State>>,
}

#[derive(Debug)]
struct State {
    record: BuildRecord,
    /// The record as it is on the disk, but for the use of objects.
    is_changed: bool,
    /// Objects that this build used.
    used: BTreeSet<String>,
    /// Files that are not synced yet.
    unsynced: Vec<PathBuf>,
}

impl Cache {
    /// The cache within the output of a project.
    #[must_use]
    pub fn new(tree: OutputTree, trust: Trust) -> Self {
        Self { tree, trust, shared: None, state: Mutex::new(None) }
    }

    /// The same with the objects in `folder`, which other builds share, beside its own.
    #[must_use]
    pub fn sharing(self, folder: PathBuf) -> Self {
        Self { shared: Some(SharedCache::new(folder)), ..self }
    }

    /// Opens the cache of a build that holds the lock: what a killed build left half done is removed.
    ///
    /// # Errors
    /// [`OutputError`] when it cannot be taken away.
    pub fn tidy(&self) -> Result<(), OutputError> {
        let marker = self.place("busy");
        if !marker.exists() {
            return Ok(());
        }
        sweep(&self.tree.place(FOLDER)).and_then(|()| fs::remove_file(&marker)).map_err(failed("busy"))?;
        self.with(|cache, state| cache.adopt(&mut state.record));
        Ok(())
    }

    /// What was kept under `key`, if it is whole.
    #[must_use]
    pub fn recall(&self, key: &str) -> Option<Vec<u8>> {
        let name = object("jobs", key);
        if let Some(facts) = fs::read(self.place(&name)).ok().and_then(|bytes| Some(unseal(&bytes)?.to_vec()))
        {
            self.with(|_, state| state.used.insert(name));
            return Some(facts);
        }
        let sealed = self.shared.as_ref()?.read(&name)?;
        let facts = unseal(&sealed)?.to_vec();
        // what has no place here is taken from there again next time
        let _ = self.begin().and_then(|()| self.store(name, &sealed));
        Some(facts)
    }

    /// Keeps `facts` under `key`, under which the outputs at `paths` were made.
    ///
    /// # Errors
    /// [`OutputError`] when they cannot be written.
    pub fn keep(&self, key: &str, paths: &[&str], facts: &[u8]) -> Result<(), OutputError> {
        let name = object("jobs", key);
        self.begin()?;
        let sealed = seal(facts);
        // a run as a whole makes no files of its own: where it was made its files stand, and nowhere else
        if let Some(shared) = self.shared.as_ref().filter(|_| !paths.is_empty()) {
            shared.write(&name, &sealed)?;
        }
        self.store(name, &sealed)?;
        self.with(|_, state| {
            for path in paths {
                state.record.keys.insert((*path).to_owned(), key.to_owned());
            }
        });
        Ok(())
    }

    /// Puts an object into its place.
    fn store(&self, name: String, sealed: &[u8]) -> Result<(), OutputError> {
        write_below(&self.place(&name), sealed).map_err(failed(&name))?;
        self.with(|cache, state| {
            state.record.objects.insert(name.clone(), ObjectUse { size: sealed.len() as u64, build: 0 });
            state.unsynced.push(cache.place(&name));
            state.used.insert(name);
            state.is_changed = true;
        });
        Ok(())
    }

    /// The key under which the output at `path` was made last.
    #[must_use]
    pub fn key(&self, path: &str) -> Option<String> {
        self.with(|_, state| state.record.keys.get(path).cloned())
    }

    /// The SHA-256 of the output at `path` as it was written last; none if no build wrote it.
    #[must_use]
    pub fn sum(&self, path: &str) -> Option<String> {
        self.with(|_, state| state.record.outputs.get(path).map(|written| written.sum.clone()))
    }

    /// The output at `path` with the checksum `sum`, if it stands there or its bytes are kept.
    #[must_use]
    pub fn find(&self, path: &str, sum: &str) -> Option<Found> {
        if self.stands(path, sum) {
            return Some(Found::InPlace);
        }
        let name = object("files", sum);
        let is_whole = |bytes: &Vec<u8>| checksum(bytes) == sum;
        let Some(bytes) = fs::read(self.place(&name)).ok().filter(is_whole) else {
            return self.shared.as_ref()?.read(&name).filter(is_whole).map(Found::Kept);
        };
        self.with(|_, state| state.used.insert(name));
        Some(Found::Kept(bytes))
    }

    /// Whether the output at `path` is there with the checksum `sum`.
    pub(super) fn stands(&self, path: &str, sum: &str) -> bool {
        let place = self.tree.place(path);
        let Ok(data) = fs::symlink_metadata(&place) else { return false };
        if !data.is_file() {
            return false;
        }
        let now = DiskState::of(&data);
        let known = self.with(|_, state| state.record.outputs.get(path).cloned());
        if let Some(known) = known.filter(|_| self.trust == Trust::State)
            && known.seen.bears_out(&now)
        {
            return known.sum == sum;
        }
        let Ok(bytes) = fs::read(&place) else { return false };
        let is = checksum(&bytes);
        let stands = is == sum;
        // what somebody else put there is none of ours
        if stands {
            self.with(|_, state| {
                let written = WrittenFile { sum: is, seen: now };
                if state.record.outputs.get(path) != Some(&written) {
                    state.record.outputs.insert(path.to_owned(), written);
                    state.is_changed = true;
                }
            });
        }
        stands
    }

    /// The keys of the jobs that this build made or used.
    #[must_use]
    pub fn used_jobs(&self) -> Vec<String> {
        let key = |name: &String| Some(name.strip_prefix("jobs/")?.replace('/', ""));
        self.with(|_, state| state.used.iter().filter_map(key).collect())
    }

    /// Writes the record in the midst of a build: what was taken over so far is known from now on.
    ///
    /// # Errors
    /// [`OutputError`] when it cannot be written.
    pub fn settle(&self) -> Result<(), OutputError> {
        self.finish(u64::MAX)
    }

    /// Whether other builds share its objects.
    pub(super) fn is_shared(&self) -> bool {
        self.shared.is_some()
    }

    /// Whether this build wrote something.
    pub(super) fn is_changed(&self) -> bool {
        self.with(|_, state| state.is_changed)
    }

    /// Notes that a build writes from now on: if it does not end, the next one tidies up.
    pub(super) fn begin(&self) -> Result<(), OutputError> {
        let marker = self.place("busy");
        if self.is_changed() || marker.exists() {
            return Ok(());
        }
        fs::create_dir_all(self.tree.place(CACHE))
            .and_then(|()| fs::write(&marker, ""))
            .map_err(failed("busy"))
    }

    /// Before the output at `path` is written over: its bytes become an object, if they are still ours.
    pub(super) fn retire(&self, path: &str) {
        let place = self.tree.place(path);
        let Ok(data) = fs::symlink_metadata(&place) else { return };
        let known = self.with(|_, state| state.record.outputs.get(path).cloned());
        let Some(known) = known.filter(|known| known.seen.bears_out(&DiskState::of(&data))) else { return };
        let name = object("files", &known.sum);
        let to = self.place(&name);
        let made = to.parent().map_or(Ok(()), fs::create_dir_all);
        // a second name for the same bytes costs nothing; where there is no such thing the file is made again one day
        if made.and_then(|()| fs::hard_link(&place, to)).is_ok() {
            self.with(|_, state| {
                state.record.objects.insert(name.clone(), ObjectUse { size: data.len(), build: 0 });
                state.used.insert(name);
            });
        }
    }

    /// Notes that the output at `path` was written: `bytes`, of which others may want to know.
    pub(super) fn note(&self, path: &str, sum: String, bytes: &[u8]) -> Result<(), OutputError> {
        if let Some(shared) = &self.shared {
            shared.write(&object("files", &sum), bytes)?;
        }
        self.note_alone(path, sum)
    }

    /// Notes that the output at `path` was written, which is of use to nobody else.
    pub(super) fn note_alone(&self, path: &str, sum: String) -> Result<(), OutputError> {
        let place = self.tree.place(path);
        let data =
            fs::symlink_metadata(&place).map_err(|source| OutputError { path: path.to_owned(), source })?;
        self.with(|_, state| {
            let written = WrittenFile { sum, seen: DiskState::of(&data) };
            state.record.outputs.insert(path.to_owned(), written);
            state.unsynced.push(place);
            state.is_changed = true;
        });
        Ok(())
    }

    /// Outputs that a build once made and that are not among `wanted`: they are there still, as they were made.
    #[must_use]
    pub fn gone(&self, wanted: &BTreeSet<&str>) -> Vec<String> {
        let outputs = self.with(|_, state| state.record.outputs.clone());
        let is_ours = |path: &str, known: &WrittenFile| {
            fs::symlink_metadata(self.tree.place(path))
                .is_ok_and(|data| known.seen.bears_out(&DiskState::of(&data)))
        };
        let unwanted = outputs.into_iter().filter(|(path, _)| !wanted.contains(path.as_str()));
        unwanted.filter(|(path, known)| is_ours(path, known)).map(|(path, _)| path).collect()
    }

    /// Takes outputs away, and the folders that are empty then.
    ///
    /// # Errors
    /// [`OutputError`] when one cannot be taken away.
    pub fn prune(&self, paths: &[String]) -> Result<(), OutputError> {
        for path in paths {
            self.begin()?;
            let place = self.tree.place(path);
            fs::remove_file(&place).map_err(|source| OutputError { path: path.clone(), source })?;
            self.with(|_, state| {
                state.record.outputs.remove(path);
                state.record.keys.remove(path);
                state.is_changed = true;
            });
            let output = self.tree.place(FOLDER);
            // a folder that is not empty stays
            let above = place.ancestors().skip(1).take_while(|folder| *folder != output);
            above.take_while(|folder| fs::remove_dir(folder).is_ok()).for_each(drop);
        }
        Ok(())
    }

    /// Ends a build: all that was written is synced, then the record is written; objects beyond `limit` bytes are removed,
    /// those first that no build used for longest.
    ///
    /// # Errors
    /// [`OutputError`] when that cannot be done.
    pub fn finish(&self, limit: u64) -> Result<(), OutputError> {
        let mut held = self.lock();
        let Some(state) = held.as_mut().filter(|state| state.is_changed) else { return Ok(()) };
        sync(&self.tree.place(FOLDER), &state.unsynced).map_err(failed("record"))?;
        let record = &mut state.record;
        record.builds += 1;
        for name in &state.used {
            if let Some(object) = record.objects.get_mut(name) {
                object.build = record.builds;
            }
        }
        for name in excess(&record.objects, record.builds, limit) {
            // what cannot be taken away now is counted again by the next build
            if fs::remove_file(self.place(&name)).is_ok() {
                record.objects.remove(&name);
            }
        }
        let place = self.place("record");
        let folder = self.tree.place(CACHE);
        replace(&place, &folder, &record.bytes()).map_err(failed("record"))?;
        let _ = fs::remove_file(self.place("busy"));
        *held = None;
        Ok(())
    }

    fn place(&self, name: &str) -> PathBuf {
        self.tree.place(CACHE).join(name)
    }

    fn lock(&self) -> MutexGuard<'_, Option<State>> {
        // each entry is written whole: a panic elsewhere leaves it sound
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn with<T>(&self, act: impl FnOnce(&Self, &mut State) -> T) -> T {
        let mut held = self.lock();
        let state = held.get_or_insert_with(|| self.open());
        act(self, state)
    }

    fn open(&self) -> State {
        let known = fs::read(self.place("record")).ok();
        let known = known.and_then(|bytes| BuildRecord::read(&bytes, PROGRAM));
        let record = known.unwrap_or_else(|| {
            let mut record = BuildRecord::new(PROGRAM);
            self.adopt(&mut record);
            record
        });
        State { record, is_changed: false, used: BTreeSet::new(), unsynced: Vec::new() }
    }

    /// Counts objects that the record does not know: a killed build did not write it.
    fn adopt(&self, record: &mut BuildRecord) {
        for kind in ["jobs", "files"] {
            for shelf in entries(&self.place(kind)) {
                for place in entries(&shelf) {
                    let Ok(data) = fs::symlink_metadata(&place) else { continue };
                    let Ok(name) = place.strip_prefix(self.tree.place(CACHE)) else { continue };
                    let name = name.to_string_lossy().replace('\\', "/");
                    let build = record.builds;
                    record.objects.entry(name).or_insert(ObjectUse { size: data.len(), build });
                }
            }
        }
    }
}

fn object(kind: &str, name: &str) -> String {
    // a folder of ten thousand files is slow on some systems
    match name.split_at_checked(2) {
        Some((shelf, rest)) => format!("{kind}/{shelf}/{rest}"),
        None => format!("{kind}/{name}"),
    }
}

fn failed(name: &str) -> impl Fn(io::Error) -> OutputError + '_ {
    move |source| OutputError { path: format!("{CACHE}/{name}"), source }
}
