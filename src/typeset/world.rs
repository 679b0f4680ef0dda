//! The engine's view of a job: one layout's files, the declared images, one data file under one fixed path.
//!
//! In: [`Shared`], made once, and a job's data. Out: [`JobWorld`], which `typst::compile` reads from. No clock, no network,
//! no packages; a path outside these is not found.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_kit::files::{FileLoader, FileStore};

use super::drawing;
use super::fonts::Fonts;
use super::line_ends::{self, LineEnds};
use super::mark_functions;
use super::path::file_id;
use super::trace::PlacedPicture;
use crate::project::Project;
use crate::project::files::{self, Files};
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
    store: FileStore<Loader>,
}

/// Where the engine's files come from: layouts, built-in and own, and the project's images.
struct Loader {
    files: Arc<Files>,
    layouts: LayoutFiles,
}

impl Loader {
    fn new(project: &Project) -> Self {
        Self { files: Arc::clone(&project.files), layouts: project.layout_files.clone() }
    }
}

impl FileLoader for Loader {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.vpath().get_without_slash();
        if let Some(image) = path.strip_prefix(PROJECT) {
            // a link that leads out of the project is refused, also if it was set since the check
            let bytes = self.files.read(image).map_err(|error| refusal(image, &error))?;
            return Ok(Bytes::new(bytes));
        }
        let bytes = self.layouts.bytes(path.strip_prefix(LAYOUTS).unwrap_or(path));
        bytes.map(Bytes::new).ok_or_else(|| FileError::NotFound(PathBuf::from(path)))
    }
}

/// An error of our door in the engine's terms.
fn refusal(path: &str, error: &files::FileError) -> FileError {
    match error {
        files::FileError::Outside => FileError::AccessDenied,
        files::FileError::Io(error) => FileError::from_io(error.kind().into(), Path::new(path)),
        files::FileError::TooLarge(_) | files::FileError::Changed => {
            FileError::Other(Some(error.to_string().into()))
        }
    }
}

impl Shared {
    /// The world's parts that do not depend on a job.
    #[must_use]
    pub fn new(project: &Project, fonts: Fonts) -> Self {
        let store = FileStore::new(Loader::new(project));
        let mut library = Library::default();
        mark_functions::define(&mut library);
        Self { library: LazyHash::new(library), fonts, store }
    }

    /// Goes over to the files of `project`'s snapshot; what is the same in both is not parsed again.
    pub fn refresh(&mut self, project: &Project) {
        if Arc::ptr_eq(&self.store.loader().files, &project.files) {
            return;
        }
        *self.store.loader_mut() = Loader::new(project);
        self.store.reset();
    }
}

/// One job's world.
pub struct JobWorld<'s> {
    shared: &'s Shared,
    main: FileId,
    data_id: FileId,
    data: Bytes,
    /// What the data say of lines; once it is asked for.
    line_ends: OnceLock<LineEnds>,
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
            line_ends: OnceLock::new(),
            layout: format!("{LAYOUTS}{layout}/"),
            images,
        }
    }

    /// The file of a declared image; none if it cannot be read, which the engine said if it was asked for.
    #[must_use]
    pub fn picture(&self, path: &str) -> Option<PlacedPicture> {
        let bytes = self.shared.store.file(file_id(&format!("/{PROJECT}{path}"))).ok()?;
        let has =
            |c: char| self.shared.fonts.faces.iter().any(|face| face.info().coverage.contains(u32::from(c)));
        let missing = drawing::characters(&bytes).into_iter().filter(|c| !has(*c)).collect();
        Some(PlacedPicture { path: path.to_owned(), bytes, missing })
    }

    /// Whether the job may see the file: one of its layout, a shared one, a declared image.
    fn admit(&self, id: FileId) -> FileResult<()> {
        let path = id.vpath().get_without_slash();
        let allowed = path.starts_with(&self.layout)
            || path.starts_with("layouts/shared/")
            || path.strip_prefix(PROJECT).is_some_and(|image| self.images.contains(image));
        if allowed { Ok(()) } else { Err(FileError::NotFound(PathBuf::from(path))) }
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
        self.admit(id)?;
        if id.vpath().get_without_slash().rsplit('.').next() == Some("typ") {
            self.shared.store.source(id)
        } else {
            Err(FileError::NotSource)
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.data_id {
            return Ok(self.data.clone());
        }
        if let Some(number) = line_ends::number_at(id.vpath().get_without_slash()) {
            return Ok(self.line_ends.get_or_init(|| LineEnds::of(&self.data)).file(number));
        }
        self.admit(id)?;
        self.shared.store.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.faces.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        // nothing printed depends on the clock; the edition's date is in the data
        None
    }
}
