//! The second step of typesetting: the engine makes pages. The only place that runs it.
//!
//! In: a [`SetInput`]. Out: [`SetPages`], in which places of the user's data are numbers: it can be kept and used again
//! when rows have moved.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use typst::diag::{SourceResult, Warned};
use typst::foundations::{Datetime, Smart};
use typst::model::Document;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use super::composition::composition;
use super::engine::{self, EngineMessage};
use super::fonts::Fonts;
use super::forgetting::compile_forgetting;
use super::headings::{self, HeadingFault};
use super::joiners::without_joiners;
use super::lay_out::{PdfForm, SetInput, Standard};
use super::ragged::{ragged, with_ragged};
use super::tagging::{Tagged, tagged};
use super::trace::{self, Trace};
use super::words::LayoutWords;
use super::world::{JobWorld, Shared};
use crate::model::composition::Composition;
use crate::model::length::Length;
use crate::pdf::structure;
use crate::project::Project;
use crate::project::files::{Digest, Files};

/// A file as the engine set it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SetPages {
    /// The PDF; none if a fault keeps it from being made. Not among the serialized fields: who keeps pages keeps these
    /// bytes as they are beside them.
    #[serde(skip)]
    pub pdf: Option<Vec<u8>>,
    /// Width and height of each page.
    pub pages: Vec<(Length, Length)>,
    /// What was seen on them.
    pub trace: Trace,
    /// Headings that the standard forbids: they skip a level or are empty.
    pub headings: Vec<HeadingFault>,
    /// What the engine said of the layout and the images.
    pub messages: Vec<EngineMessage>,
}

/// For how many runs the engine keeps a result that none of them asked for.
const RUNS_KEPT: usize = 2;

/// From how many pages of records on the engine frees what it remembers while it sets a file: else it takes a megabyte a page.
const CROWDED: usize = 50;

/// The engine with what all jobs share.
pub struct Typesetter {
    shared: Shared,
    /// What layouts say themselves, by their names.
    words: Mutex<HashMap<String, Arc<LayoutWords>>>,
}

impl Typesetter {
    /// An engine for `project` with the given fonts.
    #[must_use]
    pub fn new(project: &Project, fonts: Fonts) -> Self {
        Self { shared: Shared::new(project, fonts), words: Mutex::default() }
    }

    /// Sets one file. With a fault on its pages, or a wrong number of them, no PDF is written; of more than `most_pages`
    /// only the sizes are told.
    #[must_use]
    pub fn set(&self, input: &SetInput, most_pages: u32) -> SetPages {
        let world = self.world(input, &input.data);
        let compiled = self.compile(input, &world);
        let mut messages = engine::messages(&world, &compiled.warnings);
        let document = match compiled.output {
            Ok(document) => document,
            Err(errors) => {
                messages.extend(engine::messages(&world, &errors));
                return SetPages { messages, ..SetPages::default() };
            }
        };
        let pages: Vec<(Length, Length)> = document
            .pages()
            .iter()
            .map(|page| (Length::pt(page.frame.width().to_pt()), Length::pt(page.frame.height().to_pt())))
            .collect();
        if pages.len() > most_pages as usize {
            return SetPages { pages, messages, ..SetPages::default() };
        }
        let pictures = input.images.iter().filter_map(|path| world.picture(path)).collect::<Vec<_>>();
        let mut trace = trace::trace(document.pages(), &pictures);
        trace.landed.title = Document::info(&document).title.as_deref().unwrap_or_default().to_owned();
        let headings = match input.pdf.standard {
            Standard::Ua1 => headings::faults(&document),
            Standard::Pdf16 | Standard::Pdf17 => Vec::new(),
        };
        if trace.is_faulty() || !headings.is_empty() || input.rule.breach(pages.len()).is_some() {
            return SetPages { pdf: None, pages, trace, headings, messages };
        }
        let Tagged { document, references } =
            if input.pdf.tagged { tagged(document) } else { Tagged { document, references: Vec::new() } };
        let exported = typst_pdf::pdf(&document, &options(&input.pdf));
        // its tree is finished without the pages in memory
        drop(document);
        let pdf = match exported {
            Ok(pdf) if input.pdf.tagged => match structure::finish(&pdf, &references) {
                Ok(pdf) => Some(pdf),
                Err(error) => {
                    messages.push(EngineMessage::error(error.to_string()));
                    None
                }
            },
            Ok(pdf) => Some(pdf),
            Err(errors) => {
                messages.extend(engine::messages(&world, &errors));
                None
            }
        };
        SetPages { pdf, pages, trace, headings, messages }
    }

    /// The text of a file, line by line; none of one that cannot be set. Pages that were just set are not set again.
    #[must_use]
    pub fn compose(&self, input: &SetInput) -> Composition {
        let compiled = self.compile(input, &self.world(input, &input.data)).output;
        compiled.map_or_else(|_| Composition::default(), |document| composition(document.pages()))
    }

    fn world(&self, input: &SetInput, data: &str) -> JobWorld<'_> {
        JobWorld::new(&self.shared, &input.layout, data.as_bytes().to_vec(), Arc::new(input.images.clone()))
    }

    /// The pages of `world`, which is that of `input`, without joiners. Running text is set once more where paragraphs of it
    /// cannot be flush.
    fn compile(&self, input: &SetInput, world: &JobWorld<'_>) -> Warned<SourceResult<PagedDocument>> {
        let is_crowded = input.rule.records.is_some_and(|records| records >= CROWDED);
        let compiled = if is_crowded { compile_forgetting(world) } else { typst::compile(world) };
        if is_crowded {
            // what is set is not set again, and its PDF takes memory too
            Self::forget_all();
        }
        let Warned { output, warnings } = compiled;
        let output = output.map(without_joiners);
        if input.has_running_text
            && let Ok(document) = &output
        {
            let ragged = ragged(&composition(document.pages()));
            if !ragged.is_empty() {
                let told = self.world(input, &with_ragged(&input.data, &ragged));
                let Warned { output, warnings } = typst::compile(&told);
                return Warned { output: output.map(without_joiners), warnings };
            }
        }
        Warned { output, warnings }
    }

    /// The digests of its fonts that are not built in.
    #[must_use]
    pub fn font_digests(&self) -> &[Digest] {
        &self.shared.fonts.digests
    }

    /// Whether its fonts are those of the project that `files` are of.
    #[must_use]
    pub fn has_fonts_of(&self, files: &Files) -> bool {
        self.shared.fonts.are_of(files)
    }

    /// Goes over to the snapshot of `project`.
    pub fn refresh(&mut self, project: &Project) {
        self.shared.refresh(project);
        self.words = Mutex::default();
    }

    /// The words that the layout called `name` says itself.
    #[must_use]
    pub fn words(&self, name: &str) -> Arc<LayoutWords> {
        let mut known = self.words.lock().unwrap_or_else(PoisonError::into_inner);
        let words = known.entry(name.to_owned()).or_insert_with(|| {
            Arc::new(LayoutWords::of(&JobWorld::new(&self.shared, name, Vec::new(), Arc::default())))
        });
        Arc::clone(words)
    }

    /// Frees what the engine remembers and the last runs had no use for, so that a session stays as large as its runs.
    pub fn end_run() {
        comemo::evict(RUNS_KEPT);
    }

    /// Frees what the engine remembers of earlier jobs and did not use since the last call: without it memory grows with
    /// every sheet. What all sheets share is used by each and stays.
    pub fn forget() {
        comemo::evict(1);
    }

    /// Frees all that the engine remembers: of a file of hundreds of sheets it is more than what the next ones gain from it.
    pub fn forget_all() {
        comemo::evict(0);
    }
}

/// The form of a PDF as the engine takes it.
fn options(form: &PdfForm) -> PdfOptions {
    let standard = match form.standard {
        Standard::Pdf16 => PdfStandard::V_1_6,
        Standard::Pdf17 => PdfStandard::V_1_7,
        Standard::Ua1 => PdfStandard::Ua_1,
    };
    let date = form.date;
    let midnight = Datetime::from_ymd_hms(i32::from(date.year), date.month, date.day, 0, 0, 0);
    PdfOptions {
        ident: Smart::Custom(form.ident.clone()),
        creator: Smart::Custom(Some(format!("sasshi {}", env!("CARGO_PKG_VERSION")))),
        timestamp: midnight.map(Timestamp::new_utc),
        page_ranges: None,
        standards: PdfStandards::new(&[standard]).expect("each standard agrees with itself"),
        tagged: form.tagged,
        pretty: false,
    }
}
