//! A project: the folder with `sasshi.toml`, its manifest resolved to types, and the layouts it can use.
//!
//! In: a folder. Out: [`Project`] and findings. Sources are not read here; `read` does that.

pub mod checks;
pub mod combined;
mod directory;
pub mod editors;
pub mod embedded;
pub mod files;
pub mod imposition;
pub mod layout;
mod limits;
pub mod manifest;
pub mod manifest_words;
mod options;
pub mod plan;
pub mod press;
pub mod proofread;
mod publication;
mod reader;
mod resolution;
mod resolver;
pub mod schema;
pub mod table_form;
mod text;
pub mod toml_words;
mod unused;
mod useless;
pub mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::Outcome;
use crate::model::date::Date;
use crate::model::edition::Reader;
use crate::model::layout::Layout;
use crate::model::limits::JobLimits;
use crate::model::origin::Source;
use crate::model::palette::Palette;
use crate::model::rule::{Levels, Rule};
use crate::model::schema::SchemaKind;
use crate::model::unit::Unit;

use files::{FileError, Files, Reach};
use layout::LayoutFiles;
pub use plan::{Colophon, Coverage, DirectoryPlan, FileName, OptionValue, Part, Per, PublicationPlan};
pub use reader::ReaderWords;
use resolver::Resolver;
pub use text::Placed;
pub use words::not_known;

/// The name of the manifest.
pub const MANIFEST: &str = "sasshi.toml";

/// A project, resolved.
#[derive(Debug, Clone)]
pub struct Project {
    /// All files, in the snapshot from which the manifest was read.
    pub files: Arc<Files>,
    /// The manifest.
    pub manifest: Arc<Source>,
    /// Files of layouts.
    pub layout_files: LayoutFiles,
    /// Title.
    pub title: String,
    /// The city.
    pub municipality: String,
    /// What sheets are made for.
    pub unit: Unit,
    /// Language of the text.
    pub language: String,
    /// Date of the edition.
    pub date: Date,
    /// Publishers.
    pub publisher: Vec<String>,
    /// A tag for copies that are no official publication.
    pub notice: String,
    /// As of when the directories are.
    pub as_of: String,
    /// Colophon.
    pub colophon: Vec<Colophon>,
    /// Words of the manifest that are to be read on some page, with their places.
    pub words: Vec<manifest_words::ManifestWords>,
    /// Addresses that may be live on screen.
    pub checked_links: Vec<Placed>,
    /// Parts of the text.
    pub parts: Vec<Part>,
    /// Directories.
    pub directories: Vec<DirectoryPlan>,
    /// Publications.
    pub publications: Vec<PublicationPlan>,
    /// Publications of the manifest that this run does not ask for: what they read of a text is no fault of it.
    pub unasked: Vec<PublicationPlan>,
    /// Names of publications that cannot be made out: of a layout that is not there or cannot be read, for one.
    pub unresolved: BTreeSet<String>,
    /// Layouts, built-in and own.
    pub layouts: BTreeMap<String, Arc<Layout>>,
    /// The colours that layouts and presses share.
    pub palette: Arc<Palette>,
    /// Words of the manifest by reader.
    pub reader_words: BTreeMap<Reader, ReaderWords>,
    /// The table of readings.
    pub readings: Option<Placed>,
    /// How strict each rule is, and what to do with publications of many records when some are set aside.
    pub checks: Levels,
    /// Print shops by publication; `default` for the others.
    pub press: BTreeMap<String, press::PressPlan>,
    /// How pages are proofread.
    pub proofread: proofread::ProofreadPlan,
    /// How many bytes may be kept between builds.
    pub cache_limit: u64,
    /// What one job may take.
    pub limits: JobLimits,
}

/// Why there is no project.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// No manifest in the folder or above it.
    #[error("no {MANIFEST} in {0} or in a folder above it")]
    NotFound(String),
    /// The manifest cannot be read.
    #[error("{MANIFEST} cannot be read: {0}")]
    Unreadable(#[from] FileError),
}

impl Project {
    /// The folder of the project that `folder` belongs to.
    ///
    /// # Errors
    /// [`ProjectError::NotFound`] when there is no manifest as far as `reach` goes.
    pub fn folder(folder: &Path, reach: Reach) -> Result<PathBuf, ProjectError> {
        let found = Files::holder(folder, MANIFEST, reach);
        found.ok_or_else(|| ProjectError::NotFound(folder.display().to_string()))
    }

    /// Reads the manifest among `files` and resolves it; `rules` are what its `[checks]` may name.
    ///
    /// # Errors
    /// [`ProjectError`] when there is none or it cannot be read. Faults in it are findings; the value is then none.
    pub fn open(files: Arc<Files>, rules: &[&'static Rule]) -> Result<Outcome<Option<Self>>, ProjectError> {
        let bytes = files.read(MANIFEST)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let source = Source::new(MANIFEST, text.trim_start_matches('\u{FEFF}'));
        let mut diagnostics = Vec::new();
        let Some(mut manifest) = manifest::read(&source).collect(&mut diagnostics) else {
            return Ok(Outcome { value: None, diagnostics });
        };
        let table = std::mem::take(&mut manifest.checks);
        let Some(checks) = checks::levels(table, rules, &source).collect(&mut diagnostics) else {
            return Ok(Outcome { value: None, diagnostics });
        };
        let project = Resolver::new(source, files, &mut diagnostics).project(manifest, checks);
        Ok(Outcome { value: Some(project), diagnostics })
    }

    /// The project with only the named publications (all if none is named) and the directories that these need:
    /// faults elsewhere are no matter of a build that does not ask for them.
    #[must_use]
    pub fn narrow(self: &Arc<Self>, names: &[String]) -> Arc<Self> {
        if names.is_empty() {
            return Arc::clone(self);
        }
        let mut project = (**self).clone();
        (project.publications, project.unasked) =
            project.publications.into_iter().partition(|plan| names.contains(&plan.name.value));
        let shown: BTreeSet<String> =
            project.publications.iter().flat_map(PublicationPlan::shown).map(str::to_owned).collect();
        // wards are what others join to, towns what addresses take their postal codes from
        project.directories.retain(|plan| {
            shown.contains(&plan.name) || matches!(plan.schema.kind, SchemaKind::Ward | SchemaKind::Town)
        });
        Arc::new(project)
    }

    /// The folder of the project; empty for one in memory.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.files.root().unwrap_or(Path::new(""))
    }

    /// The directory of wards, if the manifest names one.
    #[must_use]
    pub fn wards(&self) -> Option<&DirectoryPlan> {
        self.directories.iter().find(|plan| plan.schema.kind == SchemaKind::Ward)
    }

    /// The print shop of `publication`, if the manifest names one.
    #[must_use]
    pub fn press_plan(&self, publication: &str) -> Option<&press::PressPlan> {
        self.press.get(publication).or_else(|| self.press.get(press::DEFAULT))
    }

    /// The plan of the directory called `name`.
    #[must_use]
    pub fn directory(&self, name: &str) -> Option<&DirectoryPlan> {
        self.directories.iter().find(|plan| plan.name == name)
    }
}
