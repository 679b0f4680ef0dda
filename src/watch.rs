//! The doorbell: rings when something in the folder of a project is saved. What has changed is then decided by the bytes of
//! the files ([`crate::pipeline::Session::refresh_if_changed`]), not by what the system says of it.
//!
//! In: a folder. Out: a [`Watch`], whose [`Watch::next`] waits for a change and then for a moment of quiet, so that one save
//! rings once: editors write beside and rename, truncate and write, or take away and make anew. For `sasshi watch`, and for
//! pages that show what is being written.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode, EventKind, ModifyKind, RenameMode};
use notify::{Config, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use crate::output;
use crate::project::files::Files;

/// After so long without a further change a save is over.
const QUIET: Duration = Duration::from_millis(100);
/// So long a file may stay open after it was written to: it may be half written.
const OPEN: Duration = Duration::from_millis(500);
/// Whoever never is quiet is not waited for any longer.
const LONGEST: Duration = Duration::from_secs(3);
/// How often files are looked at where nobody tells of changes.
const POLL: Duration = Duration::from_secs(1);

/// Folders at the top of a project in which nothing is written by hand.
const PASSED_OVER: &[&str] = &[output::FOLDER, ".sasshi", ".git", "target", "node_modules"];

/// How changes come to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    /// The system tells; on a share, where it does not, files are looked at.
    Best,
    /// Files are looked at every second.
    Polling,
}

/// A folder that cannot be watched.
#[derive(Debug, thiserror::Error)]
#[error("{folder}: {source}")]
pub struct WatchError {
    /// The folder.
    pub folder: String,
    /// Why.
    source: notify::Error,
}

/// Rings when something in a folder changes.
pub struct Watch {
    root: PathBuf,
    events: Receiver<notify::Result<Event>>,
    watcher: Box<dyn Watcher>,
    means: Means,
    /// Files that were written to and not closed since.
    open: BTreeSet<PathBuf>,
    /// Whether the folder itself went away.
    is_lost: bool,
}

impl Watch {
    /// Watches the project at `root`, but for its output.
    ///
    /// # Errors
    /// [`WatchError`] when the folder is not there, or the system does not tell of changes.
    pub fn new(root: &Path, means: Means) -> Result<Self, WatchError> {
        let root = Files::in_folder(root).root().map_or_else(|| root.to_owned(), Path::to_owned);
        let wants_polling = means == Means::Polling || is_on_a_share(&root);
        let told = if wants_polling { None } else { Self::with(&root, Means::Best).ok() };
        // where the system has no more room for watches, looking still works
        told.map_or_else(|| Self::with(&root, Means::Polling), Ok)
    }

    fn with(root: &Path, means: Means) -> Result<Self, WatchError> {
        let (bell, events) = channel();
        let failed = |source| WatchError { folder: root.display().to_string(), source };
        let watcher = watcher(means, bell).map_err(failed)?;
        let mut watch =
            Self { root: root.to_owned(), events, watcher, means, open: BTreeSet::new(), is_lost: false };
        watch.begin().map_err(failed)?;
        Ok(watch)
    }

    /// How changes come to be known.
    #[must_use]
    pub fn means(&self) -> Means {
        self.means
    }

    /// Waits for a change, at most for `patience`; whether there was one. It is over when this returns.
    pub fn next(&mut self, patience: Duration) -> bool {
        let end = Instant::now() + patience;
        if self.is_lost && self.begin().is_ok() {
            self.is_lost = false;
            return true;
        }
        loop {
            match self.events.recv_timeout(end.saturating_duration_since(Instant::now())) {
                Ok(event) => {
                    if self.rings(event) {
                        break;
                    }
                }
                Err(RecvTimeoutError::Timeout) => return false,
                Err(RecvTimeoutError::Disconnected) => {
                    // a watcher that has ended must not make a caller run in circles
                    std::thread::sleep(end.saturating_duration_since(Instant::now()));
                    return false;
                }
            }
        }
        self.settle();
        true
    }

    /// Waits until a save is over.
    fn settle(&mut self) {
        let latest = Instant::now() + LONGEST;
        let mut quiet = Instant::now() + QUIET;
        let mut closed = Instant::now() + OPEN;
        loop {
            let until = if self.open.is_empty() { quiet } else { quiet.max(closed) }.min(latest);
            match self.events.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(event) => {
                    if self.rings(event) {
                        quiet = Instant::now() + QUIET;
                        closed = Instant::now() + OPEN;
                    }
                }
                Err(_) => break,
            }
            if Instant::now() >= latest {
                break;
            }
        }
        self.open.clear();
    }

    /// Whether an event is a change of the project.
    fn rings(&mut self, event: notify::Result<Event>) -> bool {
        // what went wrong may have been a change
        let Ok(event) = event else { return true };
        if event.need_rescan() {
            return true;
        }
        let paths: Vec<&PathBuf> = event.paths.iter().filter(|path| self.is_of_interest(path)).collect();
        match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => {
                for path in paths {
                    self.open.remove(path);
                }
                return false;
            }
            EventKind::Access(_) => return false,
            EventKind::Modify(ModifyKind::Data(_)) if cfg!(target_os = "linux") => {
                self.open.extend(paths.iter().map(|path| (*path).clone()));
            }
            EventKind::Modify(ModifyKind::Name(RenameMode::From)) | EventKind::Remove(_) => {
                for path in &paths {
                    self.open.remove(*path);
                    self.is_lost |= **path == self.root;
                }
            }
            _ => {}
        }
        let paths: Vec<PathBuf> = paths.into_iter().cloned().collect();
        self.welcome(&paths);
        !paths.is_empty()
    }

    /// A folder that is new at the top is watched too.
    fn welcome(&mut self, paths: &[PathBuf]) {
        let files = Files::in_folder(&self.root);
        for path in paths.iter().filter(|path| path.parent() == Some(&self.root)) {
            let name = path.file_name().and_then(|name| name.to_str());
            if name.is_some_and(|name| files.is_folder(name)) {
                // one that is gone again is no matter
                let _ = self.watcher.watch(path, RecursiveMode::Recursive);
            }
        }
    }

    /// Watches the folder: what stands in it, and all below, but for what is passed over.
    fn begin(&mut self) -> notify::Result<()> {
        self.watcher.watch(&self.root, RecursiveMode::NonRecursive)?;
        let files = Files::in_folder(&self.root);
        let names = files.list("").into_iter();
        for name in names.filter(|name| !PASSED_OVER.contains(&name.as_str()) && files.is_folder(name)) {
            self.watcher.watch(&self.root.join(name), RecursiveMode::Recursive)?;
        }
        Ok(())
    }

    fn is_of_interest(&self, path: &Path) -> bool {
        let Ok(inner) = path.strip_prefix(&self.root) else { return false };
        let top = inner.components().next().and_then(|part| part.as_os_str().to_str());
        top.is_none_or(|top| !PASSED_OVER.contains(&top))
    }
}

fn watcher(means: Means, bell: Sender<notify::Result<Event>>) -> notify::Result<Box<dyn Watcher>> {
    // who has gone away hears nothing
    let ring = move |event| drop(bell.send(event));
    Ok(match means {
        Means::Best => Box::new(RecommendedWatcher::new(ring, Config::default())?),
        Means::Polling => {
            // the times that it would compare else are whole seconds
            let config = Config::default().with_poll_interval(POLL).with_compare_contents(true);
            Box::new(PollWatcher::new(ring, config)?)
        }
    })
}

/// Whether `folder`, or the nearest folder above it that is there, lies on a file system that others write to without this
/// system hearing of it, and in which locks hold for this system alone. Known on Linux by the numbers of statfs(2), elsewhere by
/// a path that names a server (`\\\\server\\share`).
#[cfg(target_os = "linux")]
#[must_use]
pub fn is_on_a_share(folder: &Path) -> bool {
    // the type is a number of 32 bits in a field that is wider, or has a sign, on some machines
    #[allow(clippy::cast_sign_loss, clippy::cast_possible_truncation)]
    let kind = |folder: &Path| rustix::fs::statfs(folder).map(|found| found.f_type as u32);
    folder.ancestors().find_map(|folder| kind(folder).ok()).is_some_and(is_share)
}

/// Whether a type of file system, as statfs(2) has it, is one that several machines write to.
#[cfg(target_os = "linux")]
fn is_share(kind: u32) -> bool {
    // NFS, SMB, CIFS, SMB2, 9P (also of WSL), FUSE, VirtualBox, AFS, Ceph
    const SHARES: [u32; 9] = [
        0x6969,
        0x517B,
        0xFF53_4D42,
        0xFE53_4D42,
        0x0102_1997,
        0x6573_5546,
        0x786F_4256,
        0x5346_414F,
        0x00C3_6400,
    ];
    SHARES.contains(&kind)
}

/// Whether `folder` is named by a server (`\\\\server\\share`); of a drive letter or a mount it is not known.
#[cfg(not(target_os = "linux"))]
#[must_use]
pub fn is_on_a_share(folder: &Path) -> bool {
    use std::path::{Component, Prefix};
    let first = folder.components().next();
    matches!(first, Some(Component::Prefix(prefix)) if matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..)))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn shares_are_told_from_disks() {
        // NFS, SMB2, 9P, FUSE; then ext4, tmpfs, btrfs, overlay
        assert!([0x6969, 0xFE53_4D42, 0x0102_1997, 0x6573_5546].into_iter().all(is_share));
        assert!(![0xEF53, 0x0102_1994, 0x9123_683E, 0x794C_7630].into_iter().any(is_share));
        // a folder that is not there yet is where it will be
        assert!(!is_on_a_share(Path::new("/dev/shm/not/there/yet")));
    }
}
