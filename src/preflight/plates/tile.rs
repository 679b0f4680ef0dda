//! The cells of tiling patterns, as large as they can be drawn.
//!
//! In: a pattern's dictionary (ISO 32000-1, 8.7.3) and where it lies. Out: [`Tile`]. Whoever draws a pattern draws its cell
//! first, as a picture of its own: a cell of kilometres would be one of gigabytes.

use lopdf::{Dictionary, Document};

use super::measure::RESOLUTION;
use crate::pdf::geometry::{Matrix, Rect};
use crate::pdf::objects::{number, rectangle};

/// The longest side of a cell in pixels that the renderer draws.
const LONGEST: f64 = 3_000.0;
/// Most pixels of a cell.
const MOST_PIXELS: f64 = 16_000_000.0;
/// Pixels that cost as much as an operator.
const PIXELS_OF_AN_OPERATOR: f64 = 64.0;

/// A cell that can be drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tile {
    /// What drawing it costs, in operators.
    pub(super) cost: u64,
    /// Its bounds, where they had to be cut to what is seen of it.
    pub(super) changed: Option<[f64; 4]>,
}

impl Tile {
    /// The cell of `pattern`, whose space lies on the page as `base` says. None where it is too large to be drawn, unless
    /// one cell alone holds all that is `visible`: then that much of it is enough.
    pub(super) fn fitted(
        doc: &Document,
        pattern: &Dictionary,
        base: Matrix,
        visible: Option<Rect>,
    ) -> Option<Self> {
        let bounds = rectangle(doc, pattern, b"BBox").filter(|bounds| !bounds.is_empty());
        let step = |key: &[u8]| number(doc, pattern, key).map_or(0.0, f64::abs);
        let (across, down) = (step(b"XStep"), step(b"YStep"));
        // a cell without bounds or steps paints nothing, and costs nothing
        let Some(bounds) = bounds.filter(|_| across > 0.0 && down > 0.0) else {
            return Some(Self { cost: 0, changed: None });
        };
        let pixels = pixels(bounds, (across, down), base);
        if pixels <= MOST_PIXELS {
            return Some(Self { cost: cost(pixels), changed: None });
        }
        let seen = base.inverse()?.rect(visible?).both(bounds);
        let alone =
            base.rect(bounds).holds(visible?, 0.0) && across >= bounds.width() && down >= bounds.height();
        let pixels = self::pixels(seen, (seen.width(), seen.height()), base);
        (alone && pixels <= MOST_PIXELS)
            .then(|| Self { cost: cost(pixels), changed: Some([seen.x0, seen.y0, seen.x1, seen.y1]) })
    }
}

/// The pixels of the picture of a cell, as the renderer lays it out; no number where it would draw it coarser than the page.
fn pixels(bounds: Rect, (across, down): (f64, f64), base: Matrix) -> f64 {
    let m = base.0.map(|value| value * RESOLUTION / 72.0);
    let (wide, high) = (m[0].hypot(m[1]), m[2].hypot(m[3]));
    if wide * bounds.width() > LONGEST || high * bounds.height() > LONGEST {
        return f64::INFINITY;
    }
    (wide * across).max(1.0) * (high * down).max(1.0)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at most that of 16 million pixels"
)]
fn cost(pixels: f64) -> u64 {
    (pixels / PIXELS_OF_AN_OPERATOR) as u64
}

#[cfg(test)]
mod tests {
    use lopdf::{Object, dictionary};

    use super::*;

    fn fitted(side: i64, step: i64, visible: Option<Rect>) -> Option<Tile> {
        let bounds: Vec<Object> = vec![0.into(), 0.into(), side.into(), side.into()];
        let pattern = dictionary! { "BBox" => bounds, "XStep" => step, "YStep" => step };
        Tile::fitted(&Document::with_version("1.6"), &pattern, Matrix::IDENTITY, visible)
    }

    #[test]
    fn a_cell_of_kilometres_is_cut_or_not_drawn() {
        let page = Rect { x0: 0.0, y0: 0.0, x1: 600.0, y1: 800.0 };
        assert_eq!(fitted(9, 9, Some(page)).and_then(|tile| tile.changed), None);
        assert_eq!(
            fitted(90_000, 90_000, Some(page)).and_then(|tile| tile.changed),
            Some([0.0, 0.0, 600.0, 800.0])
        );
        assert_eq!(fitted(90_000, 90_000, None), None, "where it is seen is not known");
        assert_eq!(fitted(4, 90_000, Some(page)), None, "which cells are seen is not looked at");
    }
}
