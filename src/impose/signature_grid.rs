//! The grid of a signature: where columns and rows of its pages stand on the sheet, with what lies between them.
//!
//! In: an order and a forme. Out: cells, folds, and the page as large as the sheet takes it.

use super::unfold::Forme;
use crate::model::imposition::Order;
use crate::model::length::Length;
use crate::model::sheet::{Edges, SheetRect, Size};

/// Where columns and rows of a forme stand on the sheet.
pub(super) struct SignatureGrid {
    pub(super) columns: usize,
    pub(super) rows: usize,
    page: Size,
    pub(super) left: Length,
    pub(super) bottom: Length,
    /// From the spine fold to the finished page.
    spine: Length,
    /// From any other fold to the finished page.
    trim: Length,
    bleed: Length,
}

impl SignatureGrid {
    /// That of a forme, not yet on its place.
    pub(super) fn of(order: &Order, forme: &Forme, page: Size, spine: Length) -> Self {
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

    pub(super) fn cell(&self, column: usize, row: usize) -> SheetRect {
        SheetRect::at(self.left_of(column), self.bottom_of(row), self.page)
    }

    /// All pages together, with what is between them.
    pub(super) fn block(&self) -> Size {
        Size {
            width: self.left_of(self.columns - 1) + self.page.width - self.left,
            height: self.bottom_of(0) + self.page.height - self.bottom,
        }
    }

    /// The page as large as the sheet takes it; none where what is between pages fills the sheet.
    pub(super) fn fitted(&self, order: &Order, sheet: Size) -> Option<Size> {
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
    pub(super) fn upright(&self, column: usize) -> Length {
        self.left_of(column) - self.half_gap(column)
    }

    /// The fold before a row.
    pub(super) fn level(&self, row: usize) -> Length {
        self.bottom_of(row) + self.page.height + self.trim
    }

    /// The cell with the bleed that may be shown: up to the fold inside, all of it outside.
    pub(super) fn clip(&self, column: usize, row: usize) -> SheetRect {
        let inside = |half: Length| self.bleed.min(half);
        self.cell(column, row).grown(Edges {
            left: if column == 0 { self.bleed } else { inside(self.half_gap(column)) },
            right: if column + 1 == self.columns { self.bleed } else { inside(self.half_gap(column + 1)) },
            top: if row == 0 { self.bleed } else { inside(self.trim) },
            bottom: if row + 1 == self.rows { self.bleed } else { inside(self.trim) },
        })
    }
}

/// A number of leaves as a factor of their thickness.
pub(super) fn thickness(leaves: usize) -> f64 {
    // more leaves than fit an u32 are no book
    u32::try_from(leaves).map_or(f64::MAX, f64::from)
}
