//! What only the plates can tell, kept while a page is walked: how inks add up, where odd shapes end, what text lies on.
//!
//! In: painted things. Out: the doubt of the page, which says whether its plates are drawn.

use super::paint::{Ground, Judge, SLACK};
use super::painted::{Blend, Outline, PaintKind, Painted};
use crate::pdf::boxes::PageBoxes;
use crate::pdf::geometry::Rect;
use crate::pdf::inks::Inks;
use crate::pdf::path::Across;

/// The most grounds, and objects of too much ink, that are kept one by one.
const MOST_HEAVY: usize = 64;
/// The most things that are kept as the ground of text; the oldest go first.
const MOST_GROUNDS: usize = 256;

impl Judge<'_> {
    /// Keeps what only the plates can tell: how inks add up, and where odd shapes end.
    pub(super) fn doubt(&mut self, painted: &Painted<'_>, boxes: PageBoxes) {
        // in the cell of a pattern or a character, an outline is not where it is seen
        let outline = if self.place.is_none() { painted.outline } else { Outline::Odd };
        let seen = Painted { area: self.seen(painted.area), outline, ..*painted };
        self.doubt.bound.paint(&seen);
        let sum = painted.inks.map_or(0.0, Inks::sum);
        // half a per cent is the rounding of eight bits
        if sum * 100.0 > self.profile.ink_limit + 0.5 && self.doubt.heavy.len() < MOST_HEAVY {
            self.doubt.heavy.push((sum, seen.area));
        }
        let white = painted.inks.is_some_and(Inks::is_white);
        if white || matches!(painted.kind, PaintKind::Text(_)) {
            return;
        }
        if matches!(outline, Outline::Bounds) {
            // its own edges are judged as those of an object
            let is_ground = painted.blend == Blend::Opaque && painted.inks.is_some();
            if is_ground && self.doubt.grounds.len() < MOST_HEAVY {
                self.doubt.grounds.push(seen.area);
            }
            return;
        }
        self.doubt.edge |= self.ends_in_doubt(seen.area, outline, boxes);
    }

    /// Whether something of an odd shape may end near the trim where no ground lies below it.
    fn ends_in_doubt(
        &self,
        area: Rect,
        outline: Outline<'_>,
        PageBoxes { trim, bleed, .. }: PageBoxes,
    ) -> bool {
        let (inner, outer) = (trim.grown(-SLACK), bleed.grown(-SLACK));
        // half of a line that ends within the page may reach out; one that ends beyond the bleed is long enough
        let half = if let Outline::Path(_, half_line) = outline { half_line } else { 0.0 };
        let sides = [
            (Rect { x1: inner.x0, ..area }, Across::X, outer.x0, inner.x0 + half),
            (Rect { y1: inner.y0, ..area }, Across::Y, outer.y0, inner.y0 + half),
            (Rect { x0: inner.x1, ..area }, Across::X, inner.x1 - half, outer.x1),
            (Rect { y0: inner.y1, ..area }, Across::Y, inner.y1 - half, outer.y1),
        ];
        sides.into_iter().any(|(band, across, low, high)| {
            let band = band.both(area).both(bleed);
            if band.is_empty() || self.doubt.grounds.iter().any(|ground| ground.holds(band, SLACK)) {
                return false;
            }
            let Outline::Path(path, _) = outline else { return true };
            // a clip ends it too
            let (from, to) = match across {
                Across::X => (area.x0, area.x1),
                Across::Y => (area.y0, area.y1),
            };
            let is_between = |at: f64| at > low && at < high;
            is_between(from) || is_between(to) || path.ends_between(across, low, high)
        })
    }

    /// Keeps what text may lie on.
    pub(super) fn ground(&mut self, painted: &Painted<'_>) {
        if self.place.is_some() || matches!(painted.kind, PaintKind::Text(_) | PaintKind::Stroke(_)) {
            return;
        }
        let covers = painted.kind == (PaintKind::Fill { rectangle: true }) && painted.blend == Blend::Opaque;
        let is_coloured = covers && painted.inks.is_some_and(Inks::has_colour);
        if self.grounds.len() >= MOST_GROUNDS {
            self.grounds.pop_front();
        }
        self.grounds.push_back(Ground { area: painted.area, is_coloured });
    }

    /// Whether the uppermost of what was painted at `area` is one colour all over, other than black, gray and white.
    pub(super) fn lies_on_colour(&self, area: Rect) -> bool {
        let touched = self.grounds.iter().rev().find(|ground| !ground.area.both(area).is_empty());
        self.place.is_none() && touched.is_some_and(|it| it.is_coloured && it.area.holds(area, SLACK))
    }
}
