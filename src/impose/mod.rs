//! Stage 6: a PDF and an order to press sheets, proved by folding them before they are drawn.
//!
//! In: bytes of one or several PDFs and an [`Order`]. Out: [`Sheets`], or findings. No page is rewritten: sheets show
//! pages as forms.

mod cells;
mod compose;
mod diagram;
pub mod dummy;
pub mod fault;
mod flat;
mod folded;
mod font;
mod forms;
pub mod furniture;
mod identity;
mod impression;
mod marks;
mod pen;
pub mod plan;
pub mod prove;
mod separate_cover;
mod sides;
mod signature_grid;
mod signature_sizes;
pub mod simulate;
mod source;
pub mod unfold;

use sha2::{Digest, Sha256};

use crate::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::imposition::{Heads, Imposition, Order};
use crate::model::length::Length;
use crate::model::sheet::{SheetRect, Size};
use crate::say;

use compose::Outside;
use fault::ImpositionError;
use furniture::Slug;
use source::{Source, SourcePage};

/// Press sheets.
#[derive(Debug, Clone)]
pub struct Sheets {
    /// The PDF, one page a side, fronts and backs by turns.
    pub pdf: Vec<u8>,
    /// Where everything lies.
    pub imposition: Imposition,
    /// Whether the pages say that they are PDF/X: then the sheets say so too.
    pub says_pdfx: bool,
}

/// A PDF to impose.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// How findings call it.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// Imposes the pages of all inputs, one after the other. Input that conforms to PDF/X-4 gives sheets that do.
pub fn impose(inputs: &[Input<'_>], order: &Order, slug: &Slug) -> Outcome<Option<Sheets>> {
    let mut diagnostics = Vec::new();
    let sheets = try_impose(inputs, order, slug, &mut diagnostics);
    Outcome { value: sheets, diagnostics }
}

/// Plans the sheets without drawing them.
pub fn planned(inputs: &[Input<'_>], order: &Order) -> Outcome<Option<Imposition>> {
    let mut diagnostics = Vec::new();
    let planned = open(inputs, order, &mut diagnostics).map(|(_, imposition)| imposition);
    Outcome { value: planned, diagnostics }
}

fn try_impose(
    inputs: &[Input<'_>],
    order: &Order,
    slug: &Slug,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Sheets> {
    let (source, imposition) = open(inputs, order, diagnostics)?;
    let outside = order.marks.then(|| {
        let bytes = furniture::pages(&imposition, slug);
        let furniture = source::read(&bytes, "furniture", None, &mut Vec::new());
        Outside { furniture: furniture.expect("our own furniture is a sound PDF"), plates: slug.plates() }
    });
    let says_pdfx = identity::says_pdfx(&source.document);
    match compose::compose(source, &imposition, outside, &digest(inputs, order, slug)) {
        Ok(pdf) => Some(Sheets { pdf, imposition, says_pdfx }),
        Err(error) => {
            let name = inputs.iter().map(|input| input.name).collect::<Vec<_>>().join(", ");
            diagnostics.push(Diagnostic::error(
                Code::PdfDamaged,
                say!(
                    "{name} をPDFとして読めません（{error}）。",
                    "{name} cannot be read as a PDF ({error})."
                ),
            ));
            None
        }
    }
}

/// Stands for all that sheets come from.
fn digest(inputs: &[Input<'_>], order: &Order, slug: &Slug) -> Vec<u8> {
    let mut hasher = Sha256::new();
    for input in inputs {
        hasher.update(input.bytes);
    }
    hasher.update(format!("{order:?} {slug:?}"));
    hasher.finalize().to_vec()
}

/// Reads the inputs as one and plans.
fn open(inputs: &[Input<'_>], order: &Order, found: &mut Vec<Diagnostic>) -> Option<(Source, Imposition)> {
    let mut all: Option<Source> = None;
    let mut names = Vec::new();
    let mut counts = Vec::new();
    for input in inputs {
        let source = source::read(input.bytes, input.name, order.pages.as_ref(), found);
        counts.extend(source.as_ref().map(|source| source.pages.len()));
        names.push(input.name);
        all = match (all, source?) {
            (None, source) => Some(source),
            (Some(mut all), source) => {
                if !source::may_join(&all.document, &source.document, input.name, found) {
                    return None;
                }
                let pages = forms::joined(&mut all.document, source);
                all.pages.extend(pages);
                Some(all)
            }
        };
    }
    let mut source = all?;
    if order.heads == Heads::AtSpine {
        source.pages = source.pages.into_iter().map(SourcePage::head_to_left).collect();
    }
    // one file may hold several pieces of work, and the order know of them
    let order = &if order.parts.is_empty() { order.clone().of_parts(counts) } else { order.clone() };
    let name = names.join(", ");
    let size = source::one_size(&source.pages, &name, order.fit, found)?;
    // where nothing is trimmed, pages are those of the paper that they were made for
    let size = if order.marks { size } else { source::paper(size) };
    source::check_bleed(&source.pages, &name, order.bleed, found);
    let planned = plan::plan(order, source.pages.len(), size).map_err(ImpositionError::Unfit);
    let mut imposition = match planned.and_then(proved) {
        Ok(imposition) => imposition,
        Err(error) => {
            found.push(error.diagnostic());
            return None;
        }
    };
    if order.fit {
        place_each(&mut imposition, &source.pages, |page, cell| {
            cell.width.ratio(page.width).min(cell.height.ratio(page.height))
        });
    } else if !order.marks {
        place_each(&mut imposition, &source.pages, |_, _| 1.0);
    }
    Some((source, imposition))
}

/// The imposition, once it is folded and read back: only what is proved is drawn.
fn proved(imposition: Imposition) -> Result<Imposition, ImpositionError> {
    prove::prove(&imposition).map_err(ImpositionError::Unproved)?;
    Ok(imposition)
}

/// A page of another size than its place is put in the middle of it, at this scale.
fn place_each(imposition: &mut Imposition, pages: &[SourcePage], scale: impl Fn(Size, Size) -> f64) {
    let sides = imposition
        .sheets
        .iter_mut()
        .flat_map(|sheet| std::iter::once(&mut sheet.front).chain(&mut sheet.back));
    for placement in sides.flat_map(|side| &mut side.placements) {
        let Some(at) = placement.page else { continue };
        let (size, place) = (pages[at].size(), placement.image);
        let size = if placement.turn.lies() { size.turned() } else { size };
        // what differs by less is rounding
        if size.is_about(place.size(), Length::mm(0.05)) {
            continue;
        }
        let scale = scale(size, place.size());
        let (width, height) = (size.width * scale, size.height * scale);
        placement.image = SheetRect {
            left: place.left + (place.width - width) * 0.5,
            bottom: place.bottom + (place.height - height) * 0.5,
            width,
            height,
        };
    }
}

#[cfg(test)]
mod proof;
