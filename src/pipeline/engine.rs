//! The engine of a run: it is started when the first file has to be made, and never if none has.
//!
//! In: a project and the fonts of the command. Out: the [`Typesetter`], and what else it reads, as digests for keys.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::limits::StoppedJob;
use super::page_setter::{self, PageSetter, SetOrder};
use crate::merge::Publication;
use crate::model::limits::{BrokenLimit, JobLimits};
use crate::project::Project;
use crate::project::layout::LayoutFiles;
use crate::typeset::fonts::{FontError, Fonts};
use crate::typeset::{DOCKET, SetInput, SetPages, Typesetter};

/// The engine of a run.
pub(super) struct Engine<'p> {
    project: &'p Project,
    /// Who sets pages in the place of the engine here.
    setter: Option<Arc<dyn PageSetter>>,
    /// Jobs that broke a limit in this run.
    stopped: Mutex<Vec<StoppedJob>>,
    typesetter: OnceLock<Typesetter>,
    /// Digests of fonts that are not built in.
    fonts: Vec<String>,
    /// By layout, the digests of the project's own files.
    layout_files: BTreeMap<String, BTreeMap<String, String>>,
}

impl<'p> Engine<'p> {
    /// The engine over the snapshot of `project`: `known`, if it has the fonts.
    ///
    /// # Errors
    /// [`FontError`] when a font that is not built in cannot be used.
    pub fn new(
        project: &'p Project,
        known: Option<Typesetter>,
        further: &[PathBuf],
        publications: &[Publication],
    ) -> Result<Self, FontError> {
        let typesetter = match known {
            Some(mut known) if known.has_fonts_of(&project.files) => {
                known.refresh(project);
                Some(known)
            }
            // that fonts can be used must be known whether a file is made or not
            _ if !further.is_empty() || !LayoutFiles::own_fonts(&project.files).is_empty() => {
                Some(Typesetter::new(project, Fonts::load(&project.files, further)?))
            }
            _ => None,
        };
        let digests = typesetter.iter().flat_map(Typesetter::font_digests);
        let fonts = digests.map(ToString::to_string).collect();
        let layouts: BTreeSet<&str> = publications.iter().map(|one| one.plan.layout.name.as_str()).collect();
        let own = |name: &str| {
            let digests = project.layout_files.own_digests(name).into_iter();
            (name.to_owned(), digests.map(|(path, digest)| (path, digest.to_string())).collect())
        };
        let layout_files = layouts.into_iter().chain([DOCKET]).map(own).collect();
        let (setter, stopped) = (None, Mutex::default());
        let engine = Self { project, setter, stopped, typesetter: OnceLock::new(), fonts, layout_files };
        if let Some(typesetter) = typesetter {
            let _ = engine.typesetter.set(typesetter);
        }
        Ok(engine)
    }

    /// The same, with `setter` in the place of the engine of this process.
    pub fn with_setter(self, setter: Option<Arc<dyn PageSetter>>) -> Self {
        Self { setter, ..self }
    }

    /// What the engine was made for.
    pub fn project(&self) -> &'p Project {
        self.project
    }

    /// Sets the pages of a job.
    ///
    /// # Errors
    /// [`BrokenLimit`] when it was stopped, which only another process can be.
    pub fn set(&self, input: &SetInput, limits: JobLimits) -> Result<SetPages, BrokenLimit> {
        match &self.setter {
            Some(setter) => {
                let files = page_setter::files_of(self.project, &input.images);
                setter.set(&SetOrder { files, input, limits })
            }
            None => Ok(self.typesetter().set(input, limits.pages)),
        }
    }

    /// Notes a job that broke a limit.
    pub fn note(&self, stopped: StoppedJob) {
        self.stopped.lock().unwrap_or_else(PoisonError::into_inner).push(stopped);
    }

    /// The jobs that broke a limit.
    pub fn take_stopped(&self) -> Vec<StoppedJob> {
        std::mem::take(&mut self.stopped.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The typesetter; the first who asks starts it.
    pub fn typesetter(&self) -> &Typesetter {
        self.typesetter.get_or_init(|| Typesetter::new(self.project, Fonts::built_in()))
    }

    /// The typesetter, if it was started.
    pub fn into_typesetter(self) -> Option<Typesetter> {
        self.typesetter.into_inner()
    }

    /// Digests of fonts that are not built in, in the order in which they are searched.
    pub fn fonts(&self) -> &[String] {
        &self.fonts
    }

    /// Digests of the project's own files that `layout` may read.
    ///
    /// # Panics
    /// If `layout` is not one of a publication of the run, which is a fault of ours.
    pub fn layout_files(&self, layout: &str) -> &BTreeMap<String, String> {
        self.layout_files.get(layout).expect("the layouts of a run are known when it begins")
    }
}
