//! Lays sheets that are read as they are or cut apart: n-up, step and repeat, cut and stack, gang.
//!
//! In: an order and the pages. Out: an imposition of equal cells in rows.

use super::cells::{Unfit, column, not_empty, too_large};
use crate::model::imposition::{Finishing, Imposition, Order, Placement, PressSheet, SheetRole, Side};
use crate::model::layout::Binding;
use crate::model::length::Length;
use crate::model::scheme::{CellPlace, Cells, FlatArrangement, Leaves};
use crate::model::sheet::{Edges, SheetRect, Size, Turn};

/// Equal cells on a sheet.
struct Grid {
    columns: usize,
    rows: usize,
    cell: Size,
    turn: Turn,
    left: Length,
    bottom: Length,
    gap: Length,
    bleed: Length,
}

impl Grid {
    fn len(&self) -> usize {
        self.columns * self.rows
    }

    /// The cell in reading order; `mirrored` for the back of what is cut apart.
    fn placement(&self, index: usize, page: Option<usize>, binding: Binding, mirrored: bool) -> Placement {
        let mut at = column(binding, self.columns, index % self.columns);
        let mut turn = self.turn;
        if mirrored {
            at = self.columns - 1 - at;
            // the back of a leaf that lies has its head on the other hand
            if turn.lies() {
                turn = turn.half_more();
            }
        }
        let step = |length: Length, count: usize| (length + self.gap) * count_of(count);
        let cell = SheetRect::at(
            self.left + step(self.cell.width, at),
            self.bottom + step(self.cell.height, self.rows - 1 - index / self.columns),
            self.cell,
        );
        let shown = self.bleed.min(self.gap * 0.5);
        let row = index / self.columns;
        let clip = cell.grown(Edges {
            left: if at == 0 { self.bleed } else { shown },
            right: if at + 1 == self.columns { self.bleed } else { shown },
            top: if row == 0 { self.bleed } else { shown },
            bottom: if row + 1 == self.rows { self.bleed } else { shown },
        });
        Placement { page, cell, image: cell, clip, turn }
    }
}

fn count_of(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

/// Lays the pages.
pub(super) fn lay(
    order: &Order,
    flat: &FlatArrangement,
    pages: usize,
    page: Size,
    sheet: Size,
) -> Result<Imposition, Unfit> {
    let grid = match flat.cells {
        Cells::Shapes(shapes) => best_shape(order, shapes(order.scheme.pages()), page, sheet)?,
        Cells::Fullest => fullest(order, page, sheet)?,
    };
    let cells = grid.len();
    let sides = if order.both_sides { 2 } else { 1 };
    let faces = faces(order, pages, sides);
    let leaves = faces.len().div_ceil(sides);
    let reads = flat.leaves == Leaves::Read;
    let sheets = (flat.sheets)(leaves, cells);
    // the page on a cell of a side
    let page_at = |sheet: usize, index: usize, side: usize| {
        let face = (flat.face)(CellPlace { sheet, sheets, index, cells, side, sides });
        faces.get(face).copied().flatten()
    };
    let side_of = |sheet: usize, side: usize| Side {
        placements: (0..cells)
            .map(|index| {
                grid.placement(index, page_at(sheet, index, side), order.binding, side == 1 && !reads)
            })
            .collect(),
        ..Side::default()
    };
    let sheets: Vec<PressSheet> = (0..sheets)
        .map(|at| PressSheet {
            folding: None,
            role: SheetRole::Leaves,
            front: side_of(at, 0),
            back: order.both_sides.then(|| side_of(at, 1)),
        })
        .filter(not_empty)
        .collect();
    let page = if grid.turn.lies() { grid.cell.turned() } else { grid.cell };
    let laid = Imposition::of_order(order, page, sheet, Finishing::Flat(flat.leaves));
    Ok(Imposition { sheets, pages, ..laid })
}

/// What stands on the faces of all leaves, in order: a piece of work with an odd number of pages ends on a blank back.
fn faces(order: &Order, pages: usize, sides: usize) -> Vec<Option<usize>> {
    if order.parts.iter().sum::<usize>() != pages {
        return (0..pages).map(Some).collect();
    }
    let mut faces = Vec::new();
    let mut next = 0;
    for part in &order.parts {
        faces.extend((next..next + part).map(Some));
        next += part;
        faces.resize(faces.len().next_multiple_of(sides), None);
    }
    faces
}

/// The shape that leaves pages largest.
fn best_shape(order: &Order, shapes: &[(u32, u32)], page: Size, sheet: Size) -> Result<Grid, Unfit> {
    let free = |side: Length, cells: u32| {
        (side - order.gripper * 2.0 - order.gutter * f64::from(cells - 1)) * f64::from(cells).recip()
    };
    let (scale, (columns, rows)) = shapes
        .iter()
        .map(|shape| {
            let across = free(sheet.width, shape.0).ratio(page.width);
            let along = free(sheet.height, shape.1).ratio(page.height);
            (across.min(along), *shape)
        })
        .fold((f64::MIN, (1, 1)), |best, next| if next.0 > best.0 { next } else { best });
    let block = |scale: f64| Size {
        width: page.width * (scale * f64::from(columns)) + order.gutter * f64::from(columns - 1),
        height: page.height * (scale * f64::from(rows)) + order.gutter * f64::from(rows - 1),
    };
    if scale <= 0.01 || (!order.fit && scale < 0.9999) {
        return Err(too_large(block(1.0), sheet));
    }
    let scale = if order.fit { scale } else { 1.0 };
    let block = block(scale);
    Ok(Grid {
        columns: columns as usize,
        rows: rows as usize,
        cell: Size { width: page.width * scale, height: page.height * scale },
        turn: Turn::None,
        left: (sheet.width - block.width) * 0.5,
        bottom: (sheet.height - block.height) * 0.5,
        gap: order.gutter,
        bleed: order.bleed,
    })
}

/// As many cells as the sheet holds, upright or lying.
fn fullest(order: &Order, page: Size, sheet: Size) -> Result<Grid, Unfit> {
    let gap = order.trim * 2.0 + order.gutter;
    let tumbles = order.keeps_to_the_middle();
    let gripped = order.gripper * if tumbles { 2.0 } else { 1.0 };
    let fits = |free: Length, cell: Length| {
        let mut count = 0_u32;
        // a sheet of 200 inches holds no more than this of the smallest page
        while count < 2000
            && (cell * f64::from(count + 1) + gap * f64::from(count)).to_pt() <= free.to_pt() + 0.05
        {
            count += 1;
        }
        count
    };
    let free =
        Size { width: sheet.width - order.bleed * 2.0, height: sheet.height - order.bleed * 2.0 - gripped };
    let candidate =
        |cell: Size, turn: Turn| (fits(free.width, cell.width), fits(free.height, cell.height), cell, turn);
    let upright = candidate(page, Turn::None);
    let lying = candidate(page.turned(), Turn::Quarter);
    let (columns, rows, cell, turn) = if lying.0 * lying.1 > upright.0 * upright.1 { lying } else { upright };
    if columns * rows == 0 {
        return Err(too_large(page, sheet));
    }
    let width = cell.width * f64::from(columns) + gap * f64::from(columns - 1);
    let height = cell.height * f64::from(rows) + gap * f64::from(rows - 1);
    let middle = (sheet.height - height) * 0.5;
    Ok(Grid {
        columns: columns as usize,
        rows: rows as usize,
        cell,
        turn,
        left: (sheet.width - width) * 0.5,
        bottom: if tumbles { middle } else { middle.max(order.gripper + order.bleed) },
        gap,
        bleed: order.bleed,
    })
}
