//! An impression: where a page lies on paper, and how it lies there after the paper is turned over.
//!
//! In: a placement. Out: [`Impression`], which the fold simulator turns and folds.

use crate::model::imposition::Placement;
use crate::model::length::Length;
use crate::model::sheet::{SheetRect, Turn};
use crate::pdf::geometry::Point;

/// What a plate leaves on paper: a map from the page (its lower left corner 0, 0; its upper right 1, 1) to the sheet.
#[derive(Debug, Clone, Copy)]
pub(super) struct Impression {
    /// The page, counted from 0; none for a blank.
    pub(super) page: Option<usize>,
    /// x = a·u + c·v + e, y = b·u + d·v + f, in points.
    pub(super) map: [f64; 6],
    /// The middle of the cell.
    pub(super) middle: Point,
}

impl Impression {
    /// That of a placement, seen from its own side of the sheet.
    pub(super) fn new(placement: &Placement) -> Self {
        let SheetRect { left, bottom, width, height } = placement.image;
        let (l, b, w, h) = (left.to_pt(), bottom.to_pt(), width.to_pt(), height.to_pt());
        let map = match placement.turn {
            Turn::None => [w, 0.0, 0.0, h, l, b],
            Turn::Quarter => [0.0, h, -w, 0.0, l + w, b],
            Turn::Half => [-w, 0.0, 0.0, -h, l + w, b + h],
            Turn::ThreeQuarters => [0.0, -h, w, 0.0, l, b + h],
        };
        let cell = placement.cell;
        let middle =
            Point { x: (cell.left + cell.width * 0.5).to_pt(), y: (cell.bottom + cell.height * 0.5).to_pt() };
        Self { page: placement.page, map, middle }
    }

    /// Mirrored at an upright line.
    pub(super) fn over_upright(mut self, x: f64) -> Self {
        self.map = [-self.map[0], self.map[1], -self.map[2], self.map[3], 2.0 * x - self.map[4], self.map[5]];
        self.middle.x = 2.0 * x - self.middle.x;
        self
    }

    /// Mirrored at a level line.
    pub(super) fn over_level(mut self, y: f64) -> Self {
        self.map = [self.map[0], -self.map[1], self.map[2], -self.map[3], self.map[4], 2.0 * y - self.map[5]];
        self.middle.y = 2.0 * y - self.middle.y;
        self
    }

    /// Left, bottom, right and top of the trim box.
    pub(super) fn bounds(&self) -> [f64; 4] {
        let near = (self.map[4], self.map[5]);
        let far = (near.0 + self.map[0] + self.map[2], near.1 + self.map[1] + self.map[3]);
        [near.0.min(far.0), near.1.min(far.1), near.0.max(far.0), near.1.max(far.1)]
    }

    /// Whether its cell lies in `place`.
    pub(super) fn is_in(&self, place: SheetRect) -> bool {
        let (x, y) = (Length::pt(self.middle.x), Length::pt(self.middle.y));
        x > place.left && x < place.right() && y > place.bottom && y < place.top()
    }

    /// The directions of right and up, without lengths.
    pub(super) fn directions(&self) -> [i8; 4] {
        [self.map[0], self.map[1], self.map[2], self.map[3]].map(|one| {
            if one > 1e-6 {
                1
            } else if one < -1e-6 {
                -1
            } else {
                0
            }
        })
    }
}
