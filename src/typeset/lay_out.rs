//! The first step of typesetting: what decides the bytes of a file, apart from where its pieces stand today.
//!
//! In: a job of a [`Publication`]. Out: [`LaidOut`]: the input of the engine, in which places are numbers, and the places
//! of these numbers. A row that moved down one line gives the same [`SetInput`] and another list of places.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::view::{self, View};
use crate::merge::join::Entry;
use crate::merge::{Job, Publication};
use crate::model::date::Date;
use crate::model::edition::Edition;
use crate::model::layout::LayoutKind;
use crate::model::origin::{Origin, Source};
use crate::model::piece::Pieces;
use crate::project::Project;

/// All that decides what [`super::Typesetter::set`] gives, and nothing else: equal inputs give equal pages, with the
/// same version of sasshi and the same contents of the layout's files, the images and the fonts that it names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct SetInput {
    /// Name of the layout: its folder under `layouts/`.
    pub layout: String,
    /// `data.json`. Places are numbers in it.
    pub data: String,
    /// Images that the data names: paths within the project. The engine reads no others.
    pub images: BTreeSet<String>,
    /// Whether it has text of chapters, which may be flush on both sides.
    pub has_running_text: bool,
    /// How the PDF is written.
    pub pdf: PdfForm,
    /// How many pages there must be.
    pub rule: PageRule,
}

impl SetInput {
    /// The input as bytes, for the key of a cache: they are equal if and only if the inputs are. A field that is added to
    /// the input is in them by itself.
    ///
    /// # Panics
    /// Never: every key of the input is a text.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("the keys of the input are texts")
    }
}

/// How a PDF is written. Nothing in it depends on the clock or the machine.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PdfForm {
    /// The standard.
    pub standard: Standard,
    /// Whether it has tags.
    pub tagged: bool,
    /// The date that it says it was made on.
    pub date: Date,
    /// What its identifier is computed from.
    pub ident: String,
}

/// A standard of PDF.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Standard {
    /// PDF 1.6, which press files are made of.
    Pdf16,
    /// PDF 1.7.
    Pdf17,
    /// PDF/UA-1.
    Ua1,
}

/// How many pages a file must have. A file that breaks the rule is not made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PageRule {
    /// At most so many, which its records together may have.
    pub records: Option<usize>,
    /// Exactly so many.
    pub exactly: Option<usize>,
}

/// How a number of pages breaks a [`PageRule`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageBreach {
    /// A record runs over its page.
    RunOver,
    /// Not the number that was asked for, which this is.
    Count(usize),
}

impl PageRule {
    /// How `pages` break the rule, if they do.
    #[must_use]
    pub fn breach(self, pages: usize) -> Option<PageBreach> {
        if self.records.is_some_and(|records| pages > records) {
            return Some(PageBreach::RunOver);
        }
        self.exactly.filter(|exactly| pages != *exactly).map(PageBreach::Count)
    }
}

/// A file laid out: what decides its bytes, and what messages about it say today.
#[derive(Debug)]
pub struct LaidOut {
    /// All that decides the bytes of the file.
    pub input: SetInput,
    /// The place of each number `"o"` of the data.
    pub origins: Vec<Origin>,
    /// What the pages must show.
    pub pieces: Pieces,
    /// What messages say beside places.
    pub facts: MessageFacts,
}

/// What messages about a file say beside the places of its pieces.
#[derive(Debug, Default)]
pub struct MessageFacts {
    /// The records of a file with pages of its own for each, in the order of their pages.
    pub records: Vec<RecordName>,
    /// Whether each of the records has a file of its own too: a fault is then named as in that one, and so said once.
    pub combined: bool,
    /// Where the manifest asks for the number of pages.
    pub asked: Option<Origin>,
    /// The file whose words the template prints without marks; else unmarked words are the template's own.
    pub unmarked: Option<Arc<Source>>,
}

/// A record as messages name it.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordName {
    /// Its name.
    pub key: String,
    /// The place of its name.
    pub origin: Option<Origin>,
    /// How many pages it may have.
    pub pages: usize,
}

/// Lays out one job.
#[must_use]
pub fn lay_out(project: &Project, publication: &Publication, job: &Job) -> LaidOut {
    let plan = &publication.plan;
    let one_each = plan.layout.kind == LayoutKind::PerRecord;
    let pages = plan.pages.as_ref().filter(|_| job.part.is_none());
    let View { data, origins, images, pieces } = view::view(project, publication, job);
    let name = |entry: &Entry| RecordName {
        key: entry.record.key(),
        origin: entry.record.key_origin(),
        pages: plan.layout.page.pages_for(entry.joined.iter().map(|(_, records)| records.len()).sum()),
    };
    let records: Vec<RecordName> = if one_each { job.entries.iter().map(name).collect() } else { Vec::new() };
    let input = SetInput {
        layout: plan.layout.name.clone(),
        data,
        images,
        has_running_text: !job.chapters.is_empty(),
        pdf: pdf_form(project, publication, job),
        rule: PageRule {
            records: one_each.then(|| records.iter().map(|record| record.pages).sum()),
            exactly: pages.map(|(pages, _)| *pages as usize),
        },
    };
    let facts = MessageFacts {
        records,
        combined: one_each && job.combined,
        asked: pages.map(|(_, origin)| origin.clone()),
        unmarked: None,
    };
    LaidOut { input, origins, pieces, facts }
}

fn pdf_form(project: &Project, publication: &Publication, job: &Job) -> PdfForm {
    PdfForm {
        standard: match publication.edition.pages() {
            Edition::Screen => Standard::Ua1,
            Edition::Press | Edition::Imposed => Standard::Pdf16,
            Edition::Office | Edition::Office2up | Edition::Office4up | Edition::OfficeBooklet => {
                Standard::Pdf17
            }
        },
        tagged: publication.edition == Edition::Screen,
        date: project.date,
        ident: format!("sasshi/{}/{}/{}", publication.plan.name.value, publication.folder(), job.stem),
    }
}
