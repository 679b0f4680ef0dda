//! What furniture is drawn with: lengths and inks as the library keeps them, rectangles.
//!
//! In: lengths, places, amounts of ink. Out: operands and operators of printpdf.

use printpdf::{Cmyk, Color, LinePoint, Mm, Op, PaintMode, Point, Polygon, PolygonRing, WindingOrder};

use crate::model::length::Length;
use crate::model::sheet::SheetRect;

/// Millimetres as the library keeps them.
#[allow(clippy::cast_possible_truncation)]
pub(super) fn mm(length: Length) -> Mm {
    Mm(length.to_mm() as f32)
}

/// An amount of each process ink, 1 for full.
pub(super) fn ink([c, m, y, k]: [f32; 4]) -> Color {
    Color::Cmyk(Cmyk::new(c, m, y, k, None))
}

/// Black alone.
pub(super) const BLACK: [f32; 4] = [0.0, 0.0, 0.0, 1.0];

/// The four corners of a rectangle, counterclockwise from the lower left.
pub(super) fn corners(place: SheetRect) -> Vec<LinePoint> {
    let corner = |x, y| LinePoint { p: Point::new(mm(x), mm(y)), bezier: false };
    vec![
        corner(place.left, place.bottom),
        corner(place.right(), place.bottom),
        corner(place.right(), place.top()),
        corner(place.left, place.top()),
    ]
}

/// A rectangle full of `colour`.
pub(super) fn rectangle(place: SheetRect, colour: [f32; 4]) -> Vec<Op> {
    let points = corners(place);
    let polygon = Polygon {
        rings: vec![PolygonRing { points }],
        mode: PaintMode::Fill,
        winding_order: WindingOrder::NonZero,
    };
    vec![Op::SetFillColor { col: ink(colour) }, Op::DrawPolygon { polygon }]
}
