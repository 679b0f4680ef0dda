//! The engine's view of a job: one layout's files, the declared images, one data file under one fixed path.
//!
//! In: [`Shared`], made once, and a job's data. Out: [`JobWorld`], which `typst::compile` reads from. No clock, no network,
//! no packages; a path outside these is not found.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use super::fonts::Fonts;
use crate::project::layout::LayoutFiles;

/// The path of the data file; the same for every job, because the engine never frees a path.
pub const DATA: &str = "/data.json";
/// Folder of the layouts as templates see it.
const LAYOUTS: &str = "layouts/";
/// Folder of the project's images as templates see it.
const PROJECT: &str = "project/";

/// What all jobs share: fonts, library, files that were read.
pub struct Shared {
    library: LazyHash<Library>,
    /// The fonts.
    pub fonts: Fonts,
    files: LayoutFiles,
    root: PathBuf,
    cache: Mutex<HashMap<FileId, Cached>>,
}

#[derive(Clone)]
struct Cached {
    bytes: Bytes,
    source: Option<Source>,
}

impl Shared {
    /// The world's parts that do not depend on a job.
    #[must_use]
    pub fn new(root: PathBuf, files: LayoutFiles, fonts: Fonts) -> Self {
        Self {
            library: LazyHash::new(Library::default()),
            fonts,
            files,
            root,
            cache: Mutex::new(HashMap::new()),
        }
    }

    fn cache(&self) -> MutexGuard<'_, HashMap<FileId, Cached>> {
        // the map is only ever extended: a panic elsewhere leaves it whole
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The id of a path that begins with `/`.
///
/// # Panics
/// If `path` is no absolute path of the virtual kind, which is a fault of ours.
#[must_use]
pub fn file_id(path: &str) -> FileId {
    let path = VirtualPath::new(path).expect("paths of the world are made by sasshi");
    RootedPath::new(VirtualRoot::Project, path).intern()
}

/// One job's world.
pub struct JobWorld<'s> {
    shared: &'s Shared,
    main: FileId,
    data_id: FileId,
    data: Bytes,
    /// `layouts/NAME/`: the only layout besides `shared` that the job sees.
    layout: String,
    images: Arc<BTreeSet<String>>,
}

impl<'s> JobWorld<'s> {
    /// A world in which `layout` is set with `data`, and which serves `images` (paths within the project).
    #[must_use]
    pub fn new(shared: &'s Shared, layout: &str, data: Vec<u8>, images: Arc<BTreeSet<String>>) -> Self {
        Self {
            shared,
            main: file_id(&format!("/{LAYOUTS}{layout}/layout.typ")),
            data_id: file_id(DATA),
            data: Bytes::new(data),
            layout: format!("{LAYOUTS}{layout}/"),
            images,
        }
    }

    fn load(&self, id: FileId) -> FileResult<Cached> {
        let path = id.vpath().get_without_slash().to_owned();
        let allowed = path.starts_with(&self.layout)
            || path.starts_with("layouts/shared/")
            || path.strip_prefix(PROJECT).is_some_and(|image| self.images.contains(image));
        let missing = || FileError::NotFound(PathBuf::from(&path));
        if !allowed {
            return Err(missing());
        }
        if let Some(cached) = self.shared.cache().get(&id) {
            return Ok(cached.clone());
        }
        let bytes = match path.strip_prefix(PROJECT) {
            Some(image) => self.image(image)?,
            None => {
                self.shared.files.bytes(path.strip_prefix(LAYOUTS).unwrap_or(&path)).ok_or_else(missing)?
            }
        };
        let source = if path.rsplit('.').next() == Some("typ") {
            let text = String::from_utf8(bytes.clone()).map_err(|_| FileError::InvalidUtf8)?;
            Some(Source::new(id, text))
        } else {
            None
        };
        let cached = Cached { bytes: Bytes::new(bytes), source };
        self.shared.cache().insert(id, cached.clone());
        Ok(cached)
    }

    /// A declared image; a link that leads out of the project is refused even if it was set since the check.
    fn image(&self, path: &str) -> FileResult<Vec<u8>> {
        let missing = || FileError::NotFound(PathBuf::from(path));
        let root = self.shared.root.canonicalize().map_err(|_| missing())?;
        let file = root.join(path).canonicalize().map_err(|_| missing())?;
        if !file.starts_with(&root) {
            return Err(FileError::AccessDenied);
        }
        std::fs::read(file).map_err(|error| FileError::from_io(error, std::path::Path::new(path)))
    }
}

impl World for JobWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.shared.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shared.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.load(id)?.source.ok_or(FileError::NotSource)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id {
            return Ok(self.data.clone());
        }
        self.load(id).map(|cached| cached.bytes)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.faces.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        // nothing printed depends on the clock; the edition's date is in the data
        None
    }
}
