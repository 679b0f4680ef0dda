//! The part of the pipeline that lays pages on sheets: for the editions that are imposed, and for `sasshi impose`.
//!
//! In: the bytes of a page edition and the order of the manifest or command line. Out: sheets, and their contact picture.

use std::borrow::Cow;

use crate::diagnostic::{Code, Diagnostic, Outcome};
use crate::impose::furniture::Slug;
use crate::impose::{self, Input, Sheets};
use crate::merge::Publication;
use crate::model::edition::Edition;
use crate::model::imposition::{Imposition, Order, Scheme};
use crate::report::preview;
use crate::typeset::Proof;

/// Imposes PDFs, of this project or any other: the one way from pages to sheets, for editions and for `impose`.
///
/// Preflight belongs around this call: pages that pass it must give sheets that do.
pub fn press_sheets(inputs: &[Input<'_>], order: &Order, slug: &Slug) -> Outcome<Option<Sheets>> {
    impose::impose(inputs, order, slug)
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
fn order(edition: Edition, publication: &Publication) -> Option<Order> {
    let binding = publication.plan.layout.page.binding;
    match edition {
        Edition::Screen | Edition::Office | Edition::Press => None,
        Edition::Office2up => Some(Order::office(Scheme::NUp(2), binding)),
        Edition::Office4up => Some(Order::office(Scheme::NUp(4), binding)),
        Edition::OfficeBooklet => Some(Order::office(Scheme::Saddle(4), binding)),
        Edition::Imposed => Some(publication.plan.imposition.clone()),
    }
}

/// Lays the pages of a proof on sheets, if the edition asks for it; press sheets come with a picture of all of them.
pub(super) fn lay(
    edition: Edition,
    publication: &Publication,
    name: &str,
    mut pages: Proof,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Option<Proof>, Option<Vec<u8>>) {
    let Some(order) = order(edition, publication) else { return (Some(pages), None) };
    let slug = Slug { job: publication.plan.title.clone(), ..Slug::default() };
    let mut sheets = press_sheets(&[Input { name, bytes: &pages.pdf }], &order, &slug);
    // that our own pages lose their links on paper surprises nobody
    sheets.diagnostics.retain(|one| one.code != Code::PdfLinks);
    let Some(sheets) = sheets.collect(diagnostics) else { return (None, None) };
    let size = sheets.imposition.sheet;
    pages.pages = vec![(size.width, size.height); sheets.imposition.sides()];
    // places are told by the edition whose pages these are
    pages.placements = Vec::new();
    pages.pdf = sheets.pdf;
    let picture = if edition == Edition::Imposed { preview::contact(&pages.pdf) } else { None };
    (Some(pages), picture)
}
