//! Stage 4: a job of a [`Publication`] to a [`Proof`]. The only user of the engine.
//!
//! The engine is deterministic; what it is given is too: the data of the job, the edition's date, embedded fonts.

mod contract;
pub mod docket;
pub mod explain;
pub mod fonts;
mod qr;
pub mod trace;
mod view;
pub mod world;

use std::ops::RangeInclusive;
use std::path::PathBuf;
use std::sync::Arc;

use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::diagnostic::{Code, Diagnostic, Outcome, Severity};
use crate::merge::join::Entry;
use crate::merge::{Job, Publication};
use crate::model::date::Date;
use crate::model::edition::Edition;
use crate::model::layout::LayoutKind;
use crate::model::length::Length;
use crate::model::origin::{Origin, Place};
use crate::project::Project;
use crate::say;

use fonts::Fonts;
use trace::{Landing, Rect, Trace};
use world::{JobWorld, Shared};

/// Where a cell or line landed.
#[derive(Debug, Clone)]
pub struct Placement {
    /// The cell or line.
    pub origin: Origin,
    /// Page, from 1.
    pub page: usize,
    /// The place on it.
    pub rect: Rect,
}

/// A typeset file.
#[derive(Debug)]
pub struct Proof {
    /// The PDF.
    pub pdf: Vec<u8>,
    /// Width and height of each page.
    pub pages: Vec<(Length, Length)>,
    /// Where everything landed.
    pub placements: Vec<Placement>,
}

/// The engine with what all jobs share.
pub struct Typesetter {
    shared: Shared,
}

impl Typesetter {
    /// An engine for `project` with the given fonts.
    #[must_use]
    pub fn new(project: &Project, fonts: Fonts) -> Self {
        Self { shared: Shared::new(PathBuf::from(&project.root), project.files.clone(), fonts) }
    }

    /// Sets one job. The value is none if it has errors.
    pub fn proof(&self, project: &Project, publication: &Publication, job: &Job) -> Outcome<Option<Proof>> {
        let layout = &publication.plan.layout;
        let view = view::view(project, publication, job);
        let world = JobWorld::new(&self.shared, &layout.name, view.data.into_bytes(), Arc::new(view.images));
        let compiled = typst::compile::<PagedDocument>(&world);
        let mut diagnostics = explain::engine(&world, &layout.name, &compiled.warnings);
        let document = match compiled.output {
            Ok(document) => document,
            Err(errors) => {
                diagnostics.extend(explain::engine(&world, &layout.name, &errors));
                return Outcome { value: None, diagnostics };
            }
        };
        let mut trace = trace::trace(document.pages());
        if layout.kind == LayoutKind::PerRecord && job.combined {
            // a fault is named as on the record's own sheet, so that it is said once
            trace.overfull.iter_mut().for_each(|overfull| overfull.page = 1);
        }
        diagnostics.extend(explain::pages(&trace, &view.origins, &layout.name));
        diagnostics.extend(page_count(publication, job, document.pages().len(), &trace, &view.origins));
        if diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            return Outcome { value: None, diagnostics };
        }
        let pdf = match typst_pdf::pdf(&document, &options(project, publication, job)) {
            Ok(pdf) => pdf,
            Err(errors) => {
                diagnostics.extend(explain::engine(&world, &layout.name, &errors));
                return Outcome { value: None, diagnostics };
            }
        };
        let pages = document
            .pages()
            .iter()
            .map(|page| (Length::pt(page.frame.width().to_pt()), Length::pt(page.frame.height().to_pt())))
            .collect();
        let placements = trace
            .landings
            .into_iter()
            .filter_map(|Landing { origin, page, rect }| {
                view.origins.get(origin).map(|origin| Placement { origin: origin.clone(), page, rect })
            })
            .collect();
        Outcome { value: Some(Proof { pdf, pages, placements }), diagnostics }
    }

    /// Frees what the engine remembers of earlier jobs; without it memory grows with every sheet.
    pub fn forget() {
        comemo::evict(0);
    }
}

/// Faults of the number of pages: a sheet that runs over, a booklet that is not as long as it must be.
fn page_count(
    publication: &Publication,
    job: &Job,
    count: usize,
    trace: &Trace,
    origins: &[Origin],
) -> Option<Diagnostic> {
    let plan = &publication.plan;
    if plan.layout.kind == LayoutKind::PerRecord && count > job.entries.len() {
        let (who, pages) = run_over(job, count, trace, origins);
        // the longest text of the pages that should not be is what pushed them out
        let longest = trace
            .landings
            .iter()
            .filter(|landing| pages.contains(&landing.page))
            .filter_map(|landing| origins.get(landing.origin))
            .max_by_key(|origin| origin.span.as_ref().map_or(0, ExactSizeIterator::len));
        let field = longest.and_then(|origin| match &origin.place {
            Place::Cell { header, .. } => Some(header.clone()),
            _ => None,
        });
        let (ja, en) = field.map_or_else(
            || (String::new(), String::new()),
            |field| (format!("「{field}」が長すぎます。"), format!(" \"{field}\" is too long.")),
        );
        return Some(
            Diagnostic::error(
                Code::SecondPage,
                say!(
                    "{who}のシートが1枚に入りません。{ja}",
                    "The sheet of {who} does not fit on one page.{en}"
                ),
            )
            .at(longest.cloned())
            .hint(say!("この欄を短くしてください。", "Shorten this cell.")),
        );
    }
    let (wanted, origin) = plan.pages.as_ref()?;
    if job.part.is_none() && count != *wanted as usize {
        return Some(
            Diagnostic::error(
                Code::PageCount,
                say!(
                    "{count}ページになりました（{wanted}ページのはずです）。",
                    "It has {count} pages, not {wanted}."
                ),
            )
            .at(origin.clone())
            .hint(say!(
                "文を増減するか、sasshi.toml の pages を直してください。",
                "Change the text, or pages in sasshi.toml."
            )),
        );
    }
    None
}

/// The first record whose sheet has more pages than one, and those further pages.
fn run_over(job: &Job, count: usize, trace: &Trace, origins: &[Origin]) -> (String, RangeInclusive<usize>) {
    // the page on which each record's own name first stands
    let first_page = |entry: &Entry| {
        let place = entry.record.key_origin()?;
        let landed = trace.landings.iter().filter(|landing| origins.get(landing.origin) == Some(&place));
        landed.map(|landing| landing.page).min()
    };
    let starts: Vec<usize> = job.entries.iter().filter_map(first_page).collect();
    let next = starts.iter().enumerate().skip(1).find(|(index, page)| **page > index + 1);
    let (index, last) = next.map_or((job.entries.len(), count), |(index, page)| (index, page - 1));
    let who = job.entries.get(index.saturating_sub(1)).map(|entry| entry.record.key()).unwrap_or_default();
    (who, index + 1..=last)
}

/// How the PDF is written. Nothing in it depends on the clock or the machine.
fn options(project: &Project, publication: &Publication, job: &Job) -> PdfOptions {
    let standard = match publication.edition.pages() {
        Edition::Screen => PdfStandard::Ua_1,
        Edition::Press | Edition::Imposed => PdfStandard::V_1_6,
        _ => PdfStandard::V_1_7,
    };
    let ident = format!("sasshi/{}/{}/{}", publication.plan.name.value, publication.folder(), job.stem);
    pdf_options(project.date, ident, standard, publication.edition == Edition::Screen)
}

fn pdf_options(date: Date, ident: String, standard: PdfStandard, tagged: bool) -> PdfOptions {
    let midnight = Datetime::from_ymd_hms(i32::from(date.year), date.month, date.day, 0, 0, 0);
    PdfOptions {
        ident: Smart::Custom(ident),
        creator: Smart::Custom(Some(format!("sasshi {}", env!("CARGO_PKG_VERSION")))),
        timestamp: midnight.map(Timestamp::new_utc),
        page_ranges: None,
        standards: PdfStandards::new(&[standard]).expect("each standard agrees with itself"),
        tagged,
        pretty: false,
    }
}
