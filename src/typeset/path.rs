//! Paths of the world in which the engine sets a job.
//!
//! In: a path. Out: its id, which the engine never frees.

use typst::syntax::{FileId, RootedPath, VirtualPath, VirtualRoot};

/// The id of a path that begins with `/`.
///
/// # Panics
/// If `path` is no absolute path of the virtual kind, which is a fault of ours.
#[must_use]
pub fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("paths of the world are made by sasshi");
    RootedPath::new(VirtualRoot::Project, path).intern()
}
