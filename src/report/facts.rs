//! What a run made and found: the input of every form of report.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::changes::Change;
use crate::check::rows::{RowPlace, WrittenRow};
use crate::diagnostic::{Code, Diagnostic, LeftOut, Say, Severity, keep_first};
use crate::model::imposition::Imposition;
use crate::model::length::Length;
use crate::model::sheet::Size;
use crate::typeset::PlacedOrigin;

/// What became of a file.
#[derive(Debug, Clone)]
pub enum FileState {
    /// It was made (and written, unless the run only checked).
    Made,
    /// It was not made.
    Held {
        /// Why.
        why: Say,
        /// Whether one of an earlier run is there; it is older than the rest.
        older_is_there: bool,
    },
}

/// One output file.
#[derive(Debug, Clone)]
pub struct FileFact {
    /// Relative to the project.
    pub path: String,
    /// The record it is for.
    pub record: Option<String>,
    /// What became of it.
    pub state: FileState,
    /// Width and height of its pages.
    pub pages: Vec<(Length, Length)>,
    /// Where each cell and line landed.
    pub placements: Vec<PlacedOrigin>,
    /// How its pages lie on sheets, if they are imposed.
    pub sheets: Option<SheetsFact>,
}

/// How pages lie on sheets.
#[derive(Debug, Clone)]
pub struct SheetsFact {
    /// The name of the scheme.
    pub scheme: &'static str,
    /// The sheet.
    pub size: Size,
    /// Sheets.
    pub sheets: usize,
    /// Printed sides.
    pub sides: usize,
    /// Pages of the input.
    pub pages: usize,
    /// Blank pages added.
    pub blanks: usize,
    /// Width of the spine of a cover of its own.
    pub spine: Length,
    /// What the printer should know, in sentences.
    pub notes: Vec<Say>,
}

impl From<&Imposition> for SheetsFact {
    fn from(imposition: &Imposition) -> Self {
        Self {
            scheme: imposition.scheme.name(),
            size: imposition.sheet,
            sheets: imposition.sheets.len(),
            sides: imposition.sides(),
            pages: imposition.pages,
            blanks: imposition.blanks,
            spine: imposition.spine,
            notes: imposition.told(),
        }
    }
}

impl FileFact {
    /// A file of which no page is known.
    #[must_use]
    pub fn without_pages(path: String, state: FileState) -> Self {
        Self { path, record: None, state, pages: Vec::new(), placements: Vec::new(), sheets: None }
    }
}

/// How far a run came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Completion {
    /// To its end.
    #[default]
    Complete,
    /// The manifest cannot be used: nothing was made.
    NoManifest,
    /// The command asked for something that is not there: nothing was made, and the run counts as not done.
    NotFound,
}

/// How many findings there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FindingCounts {
    /// What keeps a file from being made.
    pub errors: usize,
    /// What is worth a look.
    pub warnings: usize,
}

impl FindingCounts {
    /// Both together.
    #[must_use]
    pub fn all(self) -> usize {
        self.errors + self.warnings
    }
}

/// All facts of a run.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// How far it came.
    pub completion: Completion,
    /// Findings, in the order of the sources: of each kind the first.
    pub diagnostics: Vec<Diagnostic>,
    /// How many more there are.
    pub left_out: LeftOut,
    /// Files, by path.
    pub files: Vec<FileFact>,
    /// Files that earlier runs made, that stand as they were made, and that the manifest no longer asks for.
    pub gone: Vec<String>,
    /// How many of the files an earlier run had made.
    pub unchanged: usize,
    /// What normalising changed: the first of it.
    pub changes: Vec<Change>,
    /// How much it changed in all.
    pub changed: usize,
    /// The one PDF to look at first, if any was made.
    pub to_open: Option<String>,
    /// The rows that findings point at.
    pub rows: BTreeMap<RowPlace, WrittenRow>,
}

impl Facts {
    /// Number of errors and of warnings.
    #[must_use]
    pub fn counts(&self) -> FindingCounts {
        let all = self.counts_of_kinds();
        let of = |wanted| {
            all.iter().filter(|((_, severity), _)| *severity == wanted).map(|(_, count)| count).sum()
        };
        FindingCounts { errors: of(Severity::Error), warnings: of(Severity::Warning) }
    }

    /// How many findings there are of each kind, kept or not.
    #[must_use]
    pub fn counts_of_kinds(&self) -> LeftOut {
        let mut all = self.left_out.clone();
        self.diagnostics.iter().for_each(|one| *all.entry((one.code, one.severity)).or_default() += 1);
        all
    }

    /// The first `most` findings of each code, in order, and how many more there are of which code.
    #[must_use]
    pub fn first_of_each(&self, most: usize) -> (Vec<&Diagnostic>, BTreeMap<Code, usize>) {
        let mut rest: BTreeMap<Code, usize> = BTreeMap::new();
        for ((code, _), count) in self.counts_of_kinds() {
            *rest.entry(code).or_default() += count;
        }
        let mut shown: BTreeMap<Code, usize> = BTreeMap::new();
        let mut first = Vec::new();
        for one in &self.diagnostics {
            let count = shown.entry(one.code).or_default();
            if *count < most {
                *count += 1;
                first.push(one);
            }
        }
        for (code, count) in &mut rest {
            *count -= shown.get(code).copied().unwrap_or_default();
        }
        rest.retain(|_, count| *count > 0);
        (first, rest)
    }

    /// One fault that many files show is said once.
    pub fn once_each(&mut self) {
        let mut seen = BTreeSet::new();
        self.diagnostics.retain(|one| {
            let place = one.origin.as_ref().map(ToString::to_string);
            // a cell too long for several boxes is one fault
            let words = if one.code == Code::Overfull { String::new() } else { one.message.en.clone() };
            seen.insert((one.code, place, words))
        });
    }

    /// Findings by file and place, those without a place first; many of a kind are counted.
    pub fn sort(&mut self) {
        self.diagnostics.sort_by_key(|one| {
            let place = one.origin.as_ref();
            (
                place.map(|origin| origin.source.path.clone()),
                place.and_then(crate::model::origin::Origin::row),
                place.and_then(crate::model::origin::Origin::column),
                one.code,
            )
        });
        keep_first(&mut self.diagnostics, &mut self.left_out);
    }
}
