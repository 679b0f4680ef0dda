//! Lays folded sheets: saddle stitch and perfect binding, and a cover of its own.
//!
//! In: an order and the pages. Out: an imposition whose folds are those of the machine. Positions are those of the
//! finished pages; creep moves what is printed, never where it is cut.

use super::cells::{Unfit, centred, column, not_empty, padded, too_large};
use super::separate_cover::cover;
use super::signature_grid::{SignatureGrid, thickness};
use super::signature_sizes::{SMALLEST, deepest, signatures, sizes_note};
use super::unfold::{Crease, Forme, UnfoldedSpot, unfold};
use crate::diagnostic::Say;
use crate::model::imposition::{
    Creep, Finishing, Fold, Folding, Imposition, Order, Placement, PressSheet, SheetRole, Side,
};
use crate::model::layout::Binding;
use crate::model::length::Length;
use crate::model::scheme::{Blanks, Gather};
use crate::model::sheet::{SheetRect, Size, Turn};
use crate::say;

/// Lays the pages in signatures that come together by `gather`.
pub(super) fn lay(
    order: &Order,
    gather: Gather,
    pages: usize,
    page: Size,
    sheet: Size,
) -> Result<Imposition, Unfit> {
    let block = BookBlock::of(order, gather, pages);
    let page = block.page(order, page, sheet)?;
    block.check_creep(order, page)?;
    let mut sheets = block.sheets(order, page, sheet)?;
    let mut notes = blank_notes(block.blanks);
    notes.extend(sizes_note(&block.sizes, order.scheme.pages()));
    let leaves = block.pages.len() / 2;
    if order.cover {
        let (cover, note) = cover(order, pages, page, sheet, leaves)?;
        sheets.push(cover);
        notes.push(note);
    } else if !block.is_nested() && order.paper > Length::ZERO {
        notes.push(thickness_note(order, leaves));
    }
    Ok(Imposition {
        // what is not made up for is not held against the sheets
        paper: if order.creep == Creep::None { Length::ZERO } else { order.paper },
        spine: if order.cover { block.thickness(order) } else { Length::ZERO },
        sheets,
        pages,
        blanks: block.blanks,
        notes,
        ..Imposition::of_order(order, page, sheet, Finishing::Fold(gather))
    })
}

/// What lies within the cover: its pages, and the signatures that they are folded into.
struct BookBlock {
    /// The pages with blanks put in.
    pages: Vec<Option<usize>>,
    /// How many of them are blank.
    blanks: usize,
    /// The pages of each signature, in order.
    sizes: Vec<u32>,
    gather: Gather,
}

impl BookBlock {
    /// Of `pages` pages, from which a cover of its own takes the first two and the last two.
    fn of(order: &Order, gather: Gather, pages: usize) -> Self {
        let count = order.scheme.pages();
        let all: Vec<usize> = (0..pages).collect();
        let inner = if order.cover { &all[2..pages - 2] } else { &all[..] };
        let (full, blanks) = match &order.blanks {
            Blanks::Few => (SMALLEST, (order.scheme.definition().blanks)()),
            blanks => (count, blanks.clone()),
        };
        let pages = padded(inner, full as usize, &blanks);
        let sizes = signatures(pages.len(), count, gather);
        Self { blanks: pages.len() - inner.len(), pages, sizes, gather }
    }

    fn is_nested(&self) -> bool {
        self.gather == Gather::Nest
    }

    /// How many leaves lie around the deepest one.
    fn deepest(&self) -> usize {
        deepest(&self.sizes, self.gather)
    }

    /// How far the deepest leaf moves outward.
    fn creep(&self, order: &Order) -> Length {
        order.paper * thickness(self.deepest())
    }

    /// How thick it is at the spine.
    fn thickness(&self, order: &Order) -> Length {
        order.paper * (thickness(self.pages.len()) * 0.5)
    }

    /// From the spine fold to the finished page: what creep pushes out, and what is milled off.
    fn spine(&self, order: &Order) -> Length {
        let push_out = if order.creep == Creep::Outer { self.creep(order) } else { Length::ZERO };
        push_out + if self.is_nested() { Length::ZERO } else { order.milling }
    }

    /// The finished page; where pages are fitted, as large as the sheet takes it.
    fn page(&self, order: &Order, page: Size, sheet: Size) -> Result<Size, Unfit> {
        if !order.fit {
            return Ok(page);
        }
        // the largest signature says how large pages are
        let largest = self.sizes.iter().copied().max().unwrap_or(order.scheme.pages());
        let grid = SignatureGrid::of(order, &unfold(largest, order.rows), page, self.spine(order));
        grid.fitted(order, sheet).ok_or_else(|| too_large(grid.block(), sheet))
    }

    /// Refuses a book whose inner pages would lose a fifth of their width.
    fn check_creep(&self, order: &Order, page: Size) -> Result<(), Unfit> {
        let most = self.creep(order);
        if most > page.width * 0.2 {
            return Err(Unfit::Order(say!(
                "紙の厚さに対してページが多すぎます（ずれが {most}）。無線綴じにするか、紙の厚さを確かめてください。",
                "Too many pages for this paper: creep would be {most}. Use perfect binding, or check the thickness."
            )));
        }
        Ok(())
    }

    /// A sheet for each signature.
    fn sheets(&self, order: &Order, page: Size, sheet: Size) -> Result<Vec<PressSheet>, Unfit> {
        let (spine, deepest) = (self.spine(order), self.deepest());
        let mut sheets = Vec::new();
        let (mut outside, mut done) = (0, 0);
        for size in &self.sizes {
            let forme = unfold(*size, order.rows);
            let mut grid = SignatureGrid::of(order, &forme, page, spine);
            (grid.left, grid.bottom) = centred(order, grid.block(), order.bleed, sheet)?;
            let size = *size as usize;
            let (pages, outside_it) = match self.gather {
                Gather::Nest => (nested_pages(&self.pages, outside * 2, size), outside),
                Gather::Stack => (self.pages[done..][..size].to_vec(), 0),
            };
            let signature = Signature { order, grid: &grid, pages, outside: outside_it, deepest };
            sheets.push(PressSheet {
                role: SheetRole::Signature(sheets.len() + 1),
                folding: Some(folding(order, &forme, &grid)),
                front: signature.side(&forme.front),
                back: Some(signature.side(&forme.back)),
            });
            outside += size / 4;
            done += size;
        }
        debug_assert!(sheets.iter().all(not_empty), "padding never fills a whole sheet");
        Ok(sheets)
    }
}

/// One folded sheet among the others.
struct Signature<'a> {
    order: &'a Order,
    grid: &'a SignatureGrid,
    /// Its pages: of page 1, of page 2 …
    pages: Vec<Option<usize>>,
    /// Leaves that lie around it.
    outside: usize,
    /// The deepest leaf of the book.
    deepest: usize,
}

impl Signature<'_> {
    fn side(&self, spots: &[Vec<UnfoldedSpot>]) -> Side {
        let grid = self.grid;
        let placements = spots
            .iter()
            .enumerate()
            .flat_map(|(row, spots)| spots.iter().enumerate().map(move |(at, spot)| (row, at, spot)))
            .map(|(row, at, spot)| self.placement(row, column(self.order.binding, grid.columns, at), *spot))
            .collect();
        Side {
            placements,
            upright_folds: (1..grid.columns).map(|at| grid.upright(at)).collect(),
            level_folds: (1..grid.rows).map(|row| grid.level(row)).collect(),
        }
    }

    fn placement(&self, row: usize, column: usize, spot: UnfoldedSpot) -> Placement {
        let cell = self.grid.cell(column, row);
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
            clip: self.grid.clip(column, row),
            turn: if spot.upside_down { Turn::Half } else { Turn::None },
        }
    }
}

/// The pages of a nested sheet with `outside` pages before and behind it: half from the front, half from the back.
fn nested_pages(body: &[Option<usize>], outside: usize, size: usize) -> Vec<Option<usize>> {
    let half = size / 2;
    let front = &body[outside..][..half];
    let back = &body[body.len() - outside - half..][..half];
    front.iter().chain(back).copied().collect()
}

fn folding(order: &Order, forme: &Forme, grid: &SignatureGrid) -> Folding {
    let mirrored = order.binding == Binding::Right;
    let folds = forme
        .creases
        .iter()
        .map(|crease| match *crease {
            Crease::LeftOver(at) if mirrored => Fold::RightOver(grid.upright(grid.columns - at)),
            Crease::RightOver(at) if mirrored => Fold::LeftOver(grid.upright(grid.columns - at)),
            Crease::LeftOver(at) => Fold::LeftOver(grid.upright(at)),
            Crease::RightOver(at) => Fold::RightOver(grid.upright(at)),
            Crease::TopOver(at) => Fold::TopOver(grid.level(at)),
            Crease::BottomOver(at) => Fold::BottomOver(grid.level(at)),
        })
        .collect();
    let rest = forme.rests_at;
    Folding { folds, trim: grid.cell(column(order.binding, grid.columns, rest.column), rest.row) }
}

fn blank_notes(blanks: usize) -> Vec<Say> {
    match blanks {
        0 => Vec::new(),
        _ => vec![say!("白紙ページを {blanks} ページ加えました。", "Blank pages added: {blanks}.")],
    }
}

/// How thick the body is: what a cover made elsewhere must span.
fn thickness_note(order: &Order, leaves: usize) -> Say {
    let paper = order.paper.to_mm();
    let width = (order.paper * thickness(leaves)).to_mm();
    say!(
        "本文の厚さ（背幅）は {width:.2} mm です（紙の厚さ {paper} mm × {leaves} 枚）。",
        "The body is {width:.2} mm thick at the spine: paper of {paper} mm × {leaves} leaves."
    )
}
