//! Tiling patterns: the cell is walked when something is painted with it, and judged where that is.
//!
//! In: a pattern of a resource dictionary (ISO 32000-1, 8.7.3) and what is painted with it. Out: painted things for the
//! rules. The cell lies in the space of the content stream whose resources name it, wherever that puts its origin.

use lopdf::ObjectId;

use super::fault::ContentFault;
use super::walk::{Shown, Spent, Walk};
use crate::pdf::colour::Colour;
use crate::pdf::geometry::Rect;
use crate::pdf::graphics_state::GraphicsState;
use crate::pdf::objects::{number, rectangle};
use crate::pdf::reading::{LARGEST_CONTENT, unpacked};

impl<'d> Walk<'d, '_> {
    /// Walks the cell of the pattern that `colour` is, if it is one, for something painted at `place`.
    pub(super) fn tiles(&mut self, colour: &Colour<'d>, place: Rect) -> Result<(), Spent> {
        let Some(tiling) = colour.tiling.clone() else { return Ok(()) };
        if tiling.id.is_some_and(|id| !self.is_new(id, place, None)) {
            return Ok(());
        }
        let Some(bytes) = unpacked(tiling.cell, LARGEST_CONTENT) else {
            self.broken(&ContentFault::PatternPacked);
            return Ok(());
        };
        let bounds = rectangle(self.doc, &tiling.cell.dict, b"BBox");
        let clip = bounds.map_or(Rect::EVERYTHING, |bounds| tiling.matrix.rect(bounds));
        let step = |key: &[u8]| number(self.doc, &tiling.cell.dict, key).map_or(0.0, f64::abs);
        let step = tiling.matrix.rect(Rect { x1: step(b"XStep"), y1: step(b"YStep"), ..Rect::UNIT });
        let page = self.judge.boxes.media;
        let is_vast = |cell: Rect| cell.width() > page.width() && cell.height() > page.height();
        self.judge.doubt.vast_cell |= is_vast(clip) || is_vast(step);
        let mut state = GraphicsState::new(tiling.matrix, clip, ());
        if let Some(colour) = &tiling.colour {
            (state.fill, state.stroke) = (colour.clone(), colour.clone());
        }
        self.seen_at(place, |walk| {
            walk.within(tiling.id, |walk| walk.content(&bytes, tiling.resources, state))
        })
    }

    /// Runs `work` while all that is painted is seen at `place`. What is seen within that is seen there too.
    pub(super) fn seen_at<T>(&mut self, place: Rect, work: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.judge.place;
        self.judge.place = before.or(Some(place));
        let result = work(self);
        self.judge.place = before;
        result
    }

    /// Whether the pattern or character `id` was not yet walked under the same rules: those of a soft mask or of ink,
    /// those of the page or of its margin, and in the same `colours` of fill and stroke where it takes them over.
    pub(super) fn is_new(&mut self, id: ObjectId, place: Rect, colours: Option<[&Colour<'d>; 2]>) -> bool {
        if self.open.contains(&id) {
            return false;
        }
        let (in_mask, is_held) = (self.judge.in_mask, self.judge.is_held(place));
        let shown = self.shown.entry(id).or_default();
        let same = |shown: &Shown<'d>| {
            let alike = match (&shown.colours, &colours) {
                (Some(own), Some(others)) => own.iter().zip(others).all(|(own, other)| own.is_same(other)),
                (own, others) => own.is_some() == others.is_some(),
            };
            alike && (shown.in_mask, shown.is_held) == (in_mask, is_held)
        };
        // colours without end cost what operators do
        let _ = self.budget.spend_operations(shown.len() / 8);
        if shown.iter().any(same) {
            return false;
        }
        shown.push(Shown { in_mask, is_held, colours: colours.map(|pair| pair.map(Clone::clone)) });
        true
    }
}
