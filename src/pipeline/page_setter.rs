//! Who sets pages in the place of the engine of this process.
//!
//! In: a [`SetOrder`] with the files that the engine may read. Out: the pages, or the limit that was broken.

use std::collections::BTreeMap;

use crate::model::limits::{BrokenLimit, JobLimits};
use crate::project::files::Bytes;
use crate::project::{MANIFEST, Project};
use crate::typeset::{SetInput, SetPages};

/// Folders of which a worker has all files.
const FOLDERS: [&str; 2] = ["layouts", "schemas"];

/// A job for a worker.
#[derive(Debug)]
pub struct SetOrder<'o> {
    /// The files that the engine may read.
    pub files: BTreeMap<String, Bytes>,
    /// The job.
    pub input: &'o SetInput,
    /// What it may take.
    pub limits: JobLimits,
}

/// Who sets pages in the place of the engine of this process.
pub trait PageSetter: Send + Sync {
    /// Sets the pages of a job.
    ///
    /// # Errors
    /// [`BrokenLimit`] when the job was stopped.
    fn set(&self, order: &SetOrder<'_>) -> Result<SetPages, BrokenLimit>;

    /// A run has ended: what it had no use for may be forgotten.
    fn end_run(&self);
}

/// The files of `project` that a worker may read, with the `images` of a job.
#[must_use]
pub fn files_of<'i>(
    project: &Project,
    images: impl IntoIterator<Item = &'i String>,
) -> BTreeMap<String, Bytes> {
    let folders = FOLDERS.iter().flat_map(|folder| project.files.below(folder));
    let paths = folders.chain(images.into_iter().cloned()).chain([MANIFEST.to_owned()]);
    // what cannot be read is said by who asks for it
    paths.filter_map(|path| project.files.read(&path).ok().map(|bytes| (path, bytes))).collect()
}
