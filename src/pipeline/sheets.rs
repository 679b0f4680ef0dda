//! The part of the pipeline that lays pages on sheets: for the editions that are imposed, and for `sasshi impose`.
//!
//! In: the bytes of a page edition and the order of the manifest or command line. Out: sheets, and their contact picture.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Outcome, Say, Severity};
use crate::impose::furniture::Slug;
use crate::impose::{self, Input, Sheets};
use crate::merge::{Job, Publication};
use crate::model::edition::Edition;
use crate::model::imposition::{Imposition, Order};
use crate::model::length::Length;
use crate::model::page_ranges::PageRanges;
use crate::model::scheme::Scheme;
use crate::pdf::content_digest::Contents;
use crate::pdf::process_inks;
use crate::pdf::text::document_text;
use crate::preflight::{self, Examination, Finding};
use crate::press::profile::Profile;
use crate::proofing::contact;
use crate::say;
use crate::typeset::TypesetPages;
use crate::verify::ReadBack;

/// By what pages and sheets are judged.
#[derive(Clone, Copy)]
pub struct SheetJudge<'a> {
    /// What the press asks for.
    pub profile: &'a Profile,
    /// Whether PDFs for an office printer are judged as well.
    pub is_strict: bool,
}

/// Imposes PDFs, of this project or any other.
///
/// The gate: pages that pass preflight by `profile` give sheets that do, or none. Findings of other pages are warnings,
/// one for each kind. For an office printer (an order without marks) nobody asks for a press file: there a PDF is judged
/// only if it says that it is PDF/X, or if the user is strict.
pub fn press_sheets(
    inputs: &[Input<'_>],
    order: &Order,
    slug: &Slug,
    judge: SheetJudge<'_>,
) -> Outcome<Option<Sheets>> {
    let SheetJudge { profile, is_strict } = judge;
    let examine = || -> Vec<Examination> {
        let seen = inputs.iter().map(|input| preflight::examine(input.bytes, profile));
        seen.map(|seen| of_pages(seen, order.pages.as_ref())).collect()
    };
    let mut seen = (order.marks || is_strict).then(examine);
    let mut slug = slug.clone();
    if let Some(seen) = &seen {
        slug.inks = process_inks::in_order(seen.iter().flat_map(|seen| &seen.inks));
    }
    let mut found = Vec::new();
    let sheets = impose::impose(inputs, order, &slug).collect(&mut found);
    let Some(sheets) = sheets else { return Outcome { value: None, diagnostics: found } };
    if sheets.says_pdfx && seen.is_none() {
        seen = Some(examine());
    }
    let seen = seen.unwrap_or_default();
    for (input, seen) in inputs.iter().zip(&seen) {
        found.extend(as_warnings(seen, input.name));
    }
    if !seen.is_empty() && seen.iter().all(Examination::passes) {
        let names: Vec<&str> = inputs.iter().map(|input| input.name).collect();
        found.extend(gate(preflight::check(&sheets.pdf, profile), order, &names.join(", ")));
    }
    Outcome { value: Some(sheets), diagnostics: found }
}

/// What was seen of the file and of the pages that are taken.
fn of_pages(mut seen: Examination, taken: Option<&PageRanges>) -> Examination {
    if let Some(taken) = taken.and_then(|taken| taken.of(seen.pages.len()).ok()) {
        let is_taken = |page: u32| usize::try_from(page).is_ok_and(|page| taken.contains(&(page - 1)));
        seen.findings.retain(|finding| finding.page.is_none_or(is_taken));
    }
    seen
}

/// The findings of pages that are imposed all the same: the first of each kind, and how many more there are.
fn as_warnings(seen: &Examination, name: &str) -> Vec<Diagnostic> {
    let mut kinds: BTreeMap<Code, (Diagnostic, usize)> = BTreeMap::new();
    for finding in &seen.findings {
        let first = || (finding.diagnostic(name), 0);
        let (_, count) = kinds.entry(finding.code).or_insert_with(first);
        *count += 1 + finding.more;
    }
    let worded = |(mut warning, count): (Diagnostic, usize)| {
        warning.severity = Severity::Warning;
        if count > 1 {
            let Say { ja, en } = &mut warning.message;
            *ja = format!("{ja} 同じことが、全部で{count}か所あります。");
            *en = format!("{en} {count} of the kind in all.");
        }
        warning
    };
    kinds.into_values().map(worded).collect()
}

/// What is wrong with sheets whose pages pass, of all that preflight found. Pages that are made smaller have thinner lines and smaller letters: that
/// is what was asked for, and worth a warning.
fn gate(mut found: Vec<Finding>, order: &Order, name: &str) -> Vec<Diagnostic> {
    let scaled = |code| {
        matches!(code, Code::LineThin | Code::TextInInks | Code::ImageResolution | Code::PageSize)
            && order.fit
    };
    found.retain(|finding| finding.severity == Severity::Error);
    let worded = |finding: &Finding| {
        let Say { ja, en } = finding.diagnostic(name).message;
        let (code, message) = (
            Code::SheetsFail,
            say!(
                "ページは検査に合格していますが、面付けした用紙が合格しません。{ja}（{}）",
                "The pages pass preflight, the sheets do not. {en} ({})",
                finding.code.id()
            ),
        );
        if scaled(finding.code) {
            Diagnostic::warning(code, message)
        } else {
            Diagnostic::error(code, message)
        }
    };
    let mut kinds = BTreeSet::new();
    found.iter().filter(|finding| kinds.insert(finding.code)).map(worded).collect()
}

/// Plans the sheets without drawing them.
pub fn planned_sheets(inputs: &[Input<'_>], order: &Order) -> Outcome<Option<Imposition>> {
    impose::planned(inputs, order)
}

/// The publication as its pages are set: editions that are imposed are set as those that they are made of.
pub(super) fn as_set(publication: &Publication) -> Cow<'_, Publication> {
    let edition = publication.edition.pages();
    if edition == publication.edition {
        return Cow::Borrowed(publication);
    }
    Cow::Owned(Publication { edition, ..publication.clone() })
}

/// The order of an edition that is imposed; none for the others.
pub(super) fn order(edition: Edition, publication: &Publication) -> Option<Order> {
    let binding = publication.plan.layout.page.binding;
    match edition {
        Edition::Screen | Edition::Office | Edition::Press => None,
        Edition::Office2up => Some(Order::office(Scheme::n_up(2), binding)),
        Edition::Office4up => Some(Order::office(Scheme::n_up(4), binding)),
        Edition::OfficeBooklet => Some(Order::office(Scheme::saddle(), binding)),
        Edition::Imposed => Some(publication.plan.imposition.clone()),
    }
}

/// Whether the sheets of an edition are made of this job: where different leaves share a sheet, records are not imposed one
/// by one, but in the file that holds them all.
pub(super) fn takes(publication: &Publication, job: &Job) -> bool {
    let gathers = order(publication.edition, publication).is_some_and(|order| order.scheme.mixes_leaves());
    !gathers || job.combined || !publication.jobs.iter().any(|job| job.combined)
}

/// Pages that are laid on sheets.
#[derive(Debug, Clone, Copy)]
pub(super) struct SheetsInput<'a> {
    /// The pages.
    pub pages: &'a TypesetPages,
    /// By what they passed preflight; none if they are not for a press.
    pub profile: Option<&'a Profile>,
    /// Their inks, if they are for a press.
    pub inks: &'a [String],
    /// All text on the pages.
    pub text: &'a str,
}

/// Lays pages on sheets as the edition asks for; press sheets come with a picture of all of them.
pub(super) fn lay(
    publication: &Publication,
    job: &Job,
    name: &str,
    input: &SheetsInput<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Laid> {
    let SheetsInput { pages, profile, inks, .. } = *input;
    let mut order = order(publication.edition, publication)?;
    if job.combined && !job.entries.is_empty() && pages.pages.len().is_multiple_of(job.entries.len()) {
        let each = pages.pages.len() / job.entries.len();
        order = order.of_parts(vec![each; job.entries.len()]);
    }
    // the press knows its paper, where the manifest says nothing of it
    if let Some(profile) = profile.filter(|_| order.paper == Length::ZERO) {
        order.paper = profile.paper_thickness;
    }
    let slug = Slug { job: publication.plan.title.clone(), inks: inks.to_vec() };
    let mut sheets = impose::impose(&[Input { name, bytes: &pages.pdf }], &order, &slug);
    // that our own pages lose their links on paper surprises nobody
    sheets.diagnostics.retain(|one| one.code != Code::PdfLinks);
    let sheets = sheets.collect(diagnostics)?;
    // opened once for all who judge
    let doc = match preflight::open(&sheets.pdf) {
        Ok(doc) => doc,
        Err(finding) => {
            diagnostics.push(finding.diagnostic(name));
            return None;
        }
    };
    if let Some(profile) = profile {
        let found = gate(preflight::examine_document(&doc, profile).findings, &order, name);
        let refused = found.iter().any(|one| one.severity == Severity::Error);
        diagnostics.extend(found);
        if refused {
            return None;
        }
    }
    let picture = if publication.edition == Edition::Imposed { contact::sheet(&sheets.pdf) } else { None };
    Some(Laid { text: document_text(&doc), contents: Contents::of(&doc), sheets, picture })
}

/// Sheets of an edition.
pub(super) struct Laid {
    /// The sheets.
    pub sheets: Sheets,
    /// A picture of all of them (PNG).
    pub picture: Option<Vec<u8>>,
    /// Their text, as it can be read out of the final bytes.
    pub text: ReadBack,
    /// What they show.
    pub contents: Contents,
}
