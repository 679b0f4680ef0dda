//! A task of a run: pages to set and the files that are made of them; and what came of it.

use super::build_context::BuildContext;
use super::kept::KeptFile;
use super::progress::BuildStep;
use crate::diagnostic::{Diagnostic, Severity};
use crate::merge::{Job, Publication};
use crate::model::docket::PrintFile;
use crate::model::length::Length;
use crate::output::{FOLDER, OutputError, Sink};
use crate::report::facts::{FileFact, FileState, SheetsFact};
use crate::say;
use crate::typeset::PlacedOrigin;
use crate::verify::Account;

/// Pages to set, and the files that are made of them.
pub(super) struct Task<'p> {
    /// The publication in the edition of its pages.
    pub publication: &'p Publication,
    pub job: &'p Job,
    /// Whether the press wants the cover of these pages apart.
    pub apart: bool,
    /// Whether its publication has no other file in this edition: what these pages lack, none has.
    pub alone: bool,
    /// The files.
    pub asked: Vec<Asked<'p>>,
}

/// A file that is asked for: pages as they are, or on sheets.
pub(super) struct Asked<'p> {
    /// Which of the publications.
    pub index: usize,
    pub publication: &'p Publication,
    pub path: String,
}

/// What came of a task.
pub(super) struct Done {
    pub files: Vec<Given>,
    /// Findings of the pages.
    pub diagnostics: Vec<Diagnostic>,
    /// What other files may show.
    pub account: Account,
    /// What had to be done for it.
    pub step: BuildStep,
    /// Whether it could be kept for later runs.
    pub kept: Result<(), OutputError>,
}

/// What came of a file.
pub(super) struct Given {
    pub fact: FileFact,
    /// Findings of this file alone.
    pub diagnostics: Vec<Diagnostic>,
    pub written: Result<(), OutputError>,
    /// The file as the docket names it, if it goes to a press.
    pub printed: Option<PrintFile>,
    /// What is kept of it; none if it was not made, or has findings in the sources.
    pub kept: Option<KeptFile>,
}

/// How many sheets are set between two calls of `Typesetter::forget` beside longer files: enough for these to gain from what they
/// share, few enough to keep memory flat.
pub(super) const BATCH: usize = 6;
/// How many sheets the work on a chapter is.
const CHAPTER: usize = 20;
/// From how many sheets on a file fills the memory: what the engine remembers of it is freed at once.
const LARGE: usize = 100;

impl Task<'_> {
    /// Whether it fills the memory. A text of many pages is no such thing: its author changes it again and again.
    pub fn is_large(&self) -> bool {
        self.job.chapters.is_empty() && self.job.entries.len() >= LARGE
    }

    /// The work of a task, in sheets.
    pub fn weight(&self) -> usize {
        self.job.chapters.len() * CHAPTER + self.job.entries.len().max(1)
    }
}

/// The path of a file of `publication`, below the project.
pub(super) fn path(publication: &Publication, stem: &str) -> String {
    format!("{FOLDER}/{}/{}/{stem}.pdf", publication.plan.name.value, publication.folder())
}

/// Whether one of the findings is an error.
pub(super) fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|one| one.severity == Severity::Error)
}

/// What is told of a file that was made.
pub(super) struct MadeFile {
    /// Width and height of each page.
    pub pages: Vec<(Length, Length)>,
    pub placements: Vec<PlacedOrigin>,
    /// How its pages lie on sheets.
    pub sheets: Option<SheetsFact>,
}

impl MadeFile {
    pub fn fact(self, path: String, task: &Task<'_>) -> FileFact {
        let Self { pages, placements, sheets } = self;
        FileFact { path, record: task.job.key.clone(), state: FileState::Made, pages, placements, sheets }
    }
}

impl Done {
    /// A task whose files cannot be made.
    pub fn held(
        context: &BuildContext<'_>,
        task: &Task<'_>,
        diagnostics: Vec<Diagnostic>,
        account: Account,
    ) -> Self {
        let files = task.asked.iter().map(|asked| Given::held(task, asked, context.sink)).collect();
        Self { files, diagnostics, account, step: BuildStep::Made, kept: Ok(()) }
    }
}

impl Given {
    /// A file that stands as an earlier run made it.
    pub fn kept(fact: FileFact, printed: Option<PrintFile>, diagnostics: Vec<Diagnostic>) -> Self {
        Self { fact, diagnostics, written: Ok(()), printed, kept: None }
    }

    /// A file that could not be made; its findings say why.
    pub fn held(task: &Task<'_>, asked: &Asked<'_>, sink: &dyn Sink) -> Self {
        let why = say!("組版できませんでした。", "It could not be set.");
        let state = FileState::Held { why, older_is_there: sink.has(&asked.path) };
        let fact =
            FileFact { record: task.job.key.clone(), ..FileFact::without_pages(asked.path.clone(), state) };
        Self { fact, diagnostics: Vec::new(), written: Ok(()), printed: None, kept: None }
    }
}
