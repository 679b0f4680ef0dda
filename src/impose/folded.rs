//! Lays folded sheets: saddle stitch and perfect binding, and a cover of its own.
//!
//! In: an order and the pages. Out: an imposition whose folds are those of the machine. Positions are those of the
//! finished pages; creep moves what is printed, never where it is cut.

use super::cells::{Unfit, centred, column, not_empty, padded, too_large};
use super::unfold::{Crease, Forme, UnfoldedSpot, unfold};
use crate::diagnostic::Say;
use crate::model::imposition::{
    Creep, Finishing, Fold, Folding, Imposition, Order, Placement, PressSheet, SheetRole, Side,
};
use crate::model::layout::Binding;
use crate::model::length::Length;
use crate::model::scheme::{Blanks, Gather};
use crate::model::sheet::{Edges, SheetRect, Size, Turn};
use crate::say;

/// Where columns and rows of a forme stand on the sheet.
struct Lattice {
    columns: usize,
    rows: usize,
    page: Size,
    left: Length,
    bottom: Length,
    /// From the spine fold to the finished page.
    spine: Length,
    /// From any other fold to the finished page.
    trim: Length,
    bleed: Length,
}

impl Lattice {
    /// That of a forme, not yet on its place.
    fn of(order: &Order, forme: &Forme, page: Size, spine: Length) -> Self {
        Self {
            columns: forme.front[0].len(),
            rows: forme.front.len(),
            page,
            left: Length::ZERO,
            bottom: Length::ZERO,
            spine,
            trim: order.trim,
            bleed: order.bleed,
        }
    }

    /// Half of the gap before a column: even ones follow a fore edge, odd ones the spine.
    fn half_gap(&self, column: usize) -> Length {
        if column % 2 == 1 { self.spine } else { self.trim }
    }

    fn left_of(&self, column: usize) -> Length {
        (0..column).fold(self.left, |x, one| x + self.page.width + self.half_gap(one + 1) * 2.0)
    }

    /// Rows are counted from the top.
    fn bottom_of(&self, row: usize) -> Length {
        (row + 1..self.rows).fold(self.bottom, |y, _| y + self.page.height + self.trim * 2.0)
    }

    fn cell(&self, column: usize, row: usize) -> SheetRect {
        SheetRect::at(self.left_of(column), self.bottom_of(row), self.page)
    }

    /// All pages together, with what is between them.
    fn block(&self) -> Size {
        Size {
            width: self.left_of(self.columns - 1) + self.page.width - self.left,
            height: self.bottom_of(0) + self.page.height - self.bottom,
        }
    }

    /// The page as large as the sheet takes it; none where what is between pages fills the sheet.
    fn fitted(&self, order: &Order, sheet: Size) -> Option<Size> {
        let (columns, rows) = (thickness(self.columns), thickness(self.rows));
        let between = Size {
            width: self.block().width - self.page.width * columns,
            height: self.block().height - self.page.height * rows,
        };
        let gripped = order.gripper * if order.keeps_to_the_middle() { 2.0 } else { 1.0 };
        let across = sheet.width - order.bleed * 2.0 - between.width;
        let along = sheet.height - order.bleed * 2.0 - gripped - between.height;
        let scale = across.ratio(self.page.width * columns).min(along.ratio(self.page.height * rows));
        (scale > 0.01).then(|| Size { width: self.page.width * scale, height: self.page.height * scale })
    }

    /// The fold before a column.
    fn upright(&self, column: usize) -> Length {
        self.left_of(column) - self.half_gap(column)
    }

    /// The fold before a row.
    fn level(&self, row: usize) -> Length {
        self.bottom_of(row) + self.page.height + self.trim
    }

    /// The cell with the bleed that may be shown: up to the fold inside, all of it outside.
    fn clip(&self, column: usize, row: usize) -> SheetRect {
        let inside = |half: Length| self.bleed.min(half);
        self.cell(column, row).grown(Edges {
            left: if column == 0 { self.bleed } else { inside(self.half_gap(column)) },
            right: if column + 1 == self.columns { self.bleed } else { inside(self.half_gap(column + 1)) },
            top: if row == 0 { self.bleed } else { inside(self.trim) },
            bottom: if row + 1 == self.rows { self.bleed } else { inside(self.trim) },
        })
    }
}

/// One folded sheet among the others.
struct Signature<'a> {
    order: &'a Order,
    lattice: &'a Lattice,
    /// Its pages: of page 1, of page 2 …
    pages: Vec<Option<usize>>,
    /// Leaves that lie around it.
    outside: usize,
    /// The deepest leaf of the book.
    deepest: usize,
}

impl Signature<'_> {
    fn side(&self, spots: &[Vec<UnfoldedSpot>]) -> Side {
        let lattice = self.lattice;
        let placements = spots
            .iter()
            .enumerate()
            .flat_map(|(row, spots)| spots.iter().enumerate().map(move |(at, spot)| (row, at, spot)))
            .map(|(row, at, spot)| {
                self.placement(row, column(self.order.binding, lattice.columns, at), *spot)
            })
            .collect();
        Side {
            placements,
            upright_folds: (1..lattice.columns).map(|at| lattice.upright(at)).collect(),
            level_folds: (1..lattice.rows).map(|row| lattice.level(row)).collect(),
        }
    }

    fn placement(&self, row: usize, column: usize, spot: UnfoldedSpot) -> Placement {
        let cell = self.lattice.cell(column, row);
        let leaves = self.pages.len() / 2;
        let leaf = (spot.page - 1) / 2;
        let depth = self.outside + leaf.min(leaves - 1 - leaf);
        let creep = self.order.paper * thickness(depth);
        // an even column has the spine at its right
        let spine_is_right = column.is_multiple_of(2);
        let towards_spine = if spine_is_right { creep } else { -creep };
        let image = match self.order.creep {
            Creep::None => cell,
            Creep::Inner | Creep::Outer => cell.moved(towards_spine, Length::ZERO),
            // a milled leaf keeps its full width
            Creep::Scale if self.order.scheme.gather() == Some(Gather::Stack) => {
                cell.moved(towards_spine, Length::ZERO)
            }
            Creep::Scale => {
                let left = if spine_is_right { cell.left + creep } else { cell.left };
                SheetRect { left, width: cell.width - creep, ..cell }
            }
        };
        debug_assert!(depth <= self.deepest, "no leaf lies deeper than the deepest");
        Placement {
            page: self.pages[spot.page - 1],
            cell,
            image,
            clip: self.lattice.clip(column, row),
            turn: if spot.upside_down { Turn::Half } else { Turn::None },
        }
    }
}

fn thickness(leaves: usize) -> f64 {
    // more leaves than fit an u32 are no book
    u32::try_from(leaves).map_or(f64::MAX, f64::from)
}

/// Lays the pages in signatures that come together by `gather`.
pub(super) fn lay(
    order: &Order,
    gather: Gather,
    pages: usize,
    page: Size,
    sheet: Size,
) -> Result<Imposition, Unfit> {
    let count = order.scheme.pages();
    let all: Vec<usize> = (0..pages).collect();
    let inner = if order.cover { &all[2..pages - 2] } else { &all[..] };
    let (full, blanks) = match &order.blanks {
        Blanks::Few => (SMALLEST, (order.scheme.definition().blanks)()),
        blanks => (count, blanks.clone()),
    };
    let body = padded(inner, full as usize, &blanks);
    let nested = gather == Gather::Nest;
    let sizes = signatures(body.len(), count, nested);
    let deepest = deepest(&sizes, nested);
    let most = order.paper * thickness(deepest);
    let push_out = if order.creep == Creep::Outer { most } else { Length::ZERO };
    let spine = push_out + if nested { Length::ZERO } else { order.milling };
    let mut page = page;
    if order.fit {
        // the largest signature says how large pages are
        let largest = sizes.iter().copied().max().unwrap_or(count);
        let lattice = Lattice::of(order, &unfold(largest, order.rows), page, spine);
        page = lattice.fitted(order, sheet).ok_or_else(|| too_large(lattice.block(), sheet))?;
    }
    if most > page.width * 0.2 {
        return Err(Unfit::Order(say!(
            "紙の厚さに対してページが多すぎます（ずれが {most}）。無線綴じにするか、紙の厚さを確かめてください。",
            "Too many pages for this paper: creep would be {most}. Use perfect binding, or check the thickness."
        )));
    }
    let mut sheets = Vec::new();
    let (mut outside, mut done) = (0, 0);
    for size in &sizes {
        let forme = unfold(*size, order.rows);
        let mut lattice = Lattice::of(order, &forme, page, spine);
        (lattice.left, lattice.bottom) = centred(order, lattice.block(), order.bleed, sheet)?;
        let size = *size as usize;
        let pages =
            if nested { nested_pages(&body, outside * 2, size) } else { body[done..][..size].to_vec() };
        let signature =
            Signature { order, lattice: &lattice, pages, outside: if nested { outside } else { 0 }, deepest };
        sheets.push(PressSheet {
            role: SheetRole::Signature(sheets.len() + 1),
            folding: Some(folding(order, &forme, &lattice)),
            front: signature.side(&forme.front),
            back: Some(signature.side(&forme.back)),
        });
        outside += size / 4;
        done += size;
    }
    debug_assert!(sheets.iter().all(not_empty), "padding never fills a whole sheet");
    let blanks = body.len() - inner.len();
    let back = order.paper * (thickness(body.len()) * 0.5);
    let mut notes = blank_notes(blanks);
    notes.extend(sizes_note(&sizes, count));
    if order.cover {
        let (cover, note) = cover(order, pages, page, sheet, body.len() / 2)?;
        sheets.push(cover);
        notes.push(note);
    } else if !nested && order.paper > Length::ZERO {
        notes.push(thickness_note(order, body.len()));
    }
    Ok(Imposition {
        scheme: order.scheme,
        sheet,
        binding: order.binding,
        heads: order.heads,
        work: order.work,
        backing: order.backing,
        page,
        bleed: order.bleed,
        gripper: order.gripper,
        // what is not made up for is not held against the sheets
        paper: if order.creep == Creep::None { Length::ZERO } else { order.paper },
        spine: if order.cover { back } else { Length::ZERO },
        sheets,
        finishing: Finishing::Fold(gather),
        pages,
        blanks,
        notes,
    })
}

fn blank_notes(blanks: usize) -> Vec<Say> {
    match blanks {
        0 => Vec::new(),
        _ => vec![say!("白紙ページを {blanks} ページ加えました。", "Blank pages added: {blanks}.")],
    }
}

/// How thick the body is: what a cover made elsewhere must span.
fn thickness_note(order: &Order, pages: usize) -> Say {
    let (paper, leaves) = (order.paper.to_mm(), pages / 2);
    let width = (order.paper * thickness(leaves)).to_mm();
    say!(
        "本文の厚さ（背幅）は {width:.2} mm です（紙の厚さ {paper} mm × {leaves} 枚）。",
        "The body is {width:.2} mm thick at the spine: paper of {paper} mm × {leaves} leaves."
    )
}

/// The pages of a nested sheet with `outside` pages before and behind it: half from the front, half from the back.
fn nested_pages(body: &[Option<usize>], outside: usize, size: usize) -> Vec<Option<usize>> {
    let half = size / 2;
    let front = &body[outside..][..half];
    let back = &body[body.len() - outside - half..][..half];
    front.iter().chain(back).copied().collect()
}

/// The least that folds.
const SMALLEST: u32 = 4;

/// The pages of each signature, in their order: as many full ones as there are, then smaller ones for the rest, innermost
/// where they nest, before the last one where they lie on each other (a thin one would come loose at the end).
fn signatures(pages: usize, full: u32, nested: bool) -> Vec<u32> {
    let mut sizes = vec![full; pages / full as usize];
    let mut rest = pages % full as usize;
    let mut smaller = Vec::new();
    let mut size = full / 2;
    while size >= SMALLEST {
        if rest >= size as usize {
            smaller.push(size);
            rest -= size as usize;
        }
        size /= 2;
    }
    let at = if nested || sizes.len() < 2 { sizes.len() } else { sizes.len() - 1 };
    sizes.splice(at..at, smaller);
    sizes
}

/// How many leaves lie around the deepest one.
fn deepest(sizes: &[u32], nested: bool) -> usize {
    let half_leaves = sizes.iter().map(|size| *size as usize / 4);
    let most: usize = if nested { half_leaves.sum() } else { half_leaves.max().unwrap_or(0) };
    most.saturating_sub(1)
}

/// Which signatures there are, if they are not all alike.
fn sizes_note(sizes: &[u32], full: u32) -> Option<Say> {
    if sizes.iter().all(|size| *size == full) {
        return None;
    }
    let words = sizes.iter().map(u32::to_string).collect::<Vec<String>>();
    let (ja, en) = (words.join("＋"), words.join(" + "));
    Some(say!("折りの組み合わせ：{ja} ページ。", "Signatures of {en} pages."))
}

fn folding(order: &Order, forme: &Forme, lattice: &Lattice) -> Folding {
    let mirrored = order.binding == Binding::Right;
    let folds = forme
        .creases
        .iter()
        .map(|crease| match *crease {
            Crease::LeftOver(at) if mirrored => Fold::RightOver(lattice.upright(lattice.columns - at)),
            Crease::RightOver(at) if mirrored => Fold::LeftOver(lattice.upright(lattice.columns - at)),
            Crease::LeftOver(at) => Fold::LeftOver(lattice.upright(at)),
            Crease::RightOver(at) => Fold::RightOver(lattice.upright(at)),
            Crease::TopOver(at) => Fold::TopOver(lattice.level(at)),
            Crease::BottomOver(at) => Fold::BottomOver(lattice.level(at)),
        })
        .collect();
    let (at, row) = forme.rests_at;
    Folding { folds, trim: lattice.cell(column(order.binding, lattice.columns, at), row) }
}

/// 表1–4 outside and 表2–3 inside, with the spine between them.
fn cover(
    order: &Order,
    pages: usize,
    page: Size,
    sheet: Size,
    leaves: usize,
) -> Result<(PressSheet, Say), Unfit> {
    let spine = order.paper * thickness(leaves);
    let block = Size { width: page.width * 2.0 + spine, height: page.height };
    let (left, bottom) = centred(order, block, order.bleed, sheet)?;
    let side = |pages: [usize; 2]| {
        let placements = pages
            .into_iter()
            .enumerate()
            .map(|(at, page_at)| {
                let at = column(order.binding, 2, at);
                let x = if at == 0 { left } else { left + page.width + spine };
                let cell = SheetRect::at(x, bottom, page);
                let inside = order.bleed.min(spine * 0.5);
                let clip = cell.grown(Edges {
                    left: if at == 0 { order.bleed } else { inside },
                    right: if at == 0 { inside } else { order.bleed },
                    top: order.bleed,
                    bottom: order.bleed,
                });
                Placement { page: Some(page_at), cell, image: cell, clip, turn: Turn::None }
            })
            .collect();
        Side {
            placements,
            upright_folds: vec![left + page.width, left + page.width + spine],
            level_folds: Vec::new(),
        }
    };
    let sheet = PressSheet {
        role: SheetRole::Cover,
        folding: None,
        front: side([pages - 1, 0]),
        back: Some(side([1, pages - 2])),
    };
    Ok((sheet, spine_note(order, leaves)))
}

fn spine_note(order: &Order, leaves: usize) -> Say {
    if order.paper == Length::ZERO {
        return say!(
            "紙の厚さの指定がないので、表紙の背幅を 0 mm としました。",
            "The thickness of the paper is not given: the spine of the cover is 0 mm wide."
        );
    }
    let (paper, width) = (order.paper.to_mm(), (order.paper * thickness(leaves)).to_mm());
    say!(
        "表紙の背幅は {width:.2} mm です（紙の厚さ {paper} mm × 本文 {leaves} 枚）。",
        "The spine of the cover is {width:.2} mm wide: paper of {paper} mm × {leaves} leaves."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn smaller_signatures_hold_the_rest() {
        assert_eq!(signatures(12, 8, true), [8, 4]);
        assert_eq!(signatures(60, 16, true), [16, 16, 16, 8, 4]);
        assert_eq!(signatures(60, 16, false), [16, 16, 8, 4, 16], "none of them at the end");
        assert_eq!(signatures(4, 16, false), [4]);
        assert_eq!(signatures(32, 16, false), [16, 16]);
    }
}
