//! The boxes of a page (ISO 32000-1, 14.11.2), its turn and its unit, read in one place.
//!
//! In: a page dictionary. Out: [`WrittenBoxes`], as they stand there; what is missing, wrong or to be done about it is
//! decided by those who ask. [`PageBoxes`] are those that a page is held to.

use lopdf::{Dictionary, Document};

use super::geometry::Rect;
use super::objects::{inherited, number, number_of, numbers, rectangle};

/// What is written of the boxes of a page, in its own units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WrittenBoxes {
    /// The whole sheet.
    pub media: Option<Rect>,
    /// What is shown.
    pub crop: Option<Rect>,
    /// To the end of the bleed.
    pub bleed: Option<Rect>,
    /// The page after trimming.
    pub trim: Option<Rect>,
    /// What stands in the place of the trim where art alone is delivered.
    pub art: Option<Rect>,
    /// How far it is turned clockwise for reading, in degrees.
    pub turn: f64,
    /// Points in a unit of the page; 1 where nothing is said.
    pub unit: f64,
}

impl WrittenBoxes {
    /// Reads the boxes of a page. Of these entries `MediaBox`, `CropBox` and `Rotate` may stand in the nodes above it
    /// (ISO 32000-1, table 30).
    #[must_use]
    pub fn read(doc: &Document, page: &Dictionary) -> Self {
        let above = |key: &[u8]| {
            let corners = inherited(doc, page, key).and_then(|object| object.as_array().ok());
            Rect::read(&numbers(doc, corners?))
        };
        Self {
            media: above(b"MediaBox"),
            crop: above(b"CropBox"),
            bleed: rectangle(doc, page, b"BleedBox"),
            trim: rectangle(doc, page, b"TrimBox"),
            art: rectangle(doc, page, b"ArtBox"),
            turn: inherited(doc, page, b"Rotate").and_then(number_of).unwrap_or(0.0),
            unit: number(doc, page, b"UserUnit").unwrap_or(1.0),
        }
    }
}

/// The boxes that what is painted on a page is held to, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageBoxes {
    /// The whole sheet.
    pub media: Rect,
    /// To the end of the bleed.
    pub bleed: Rect,
    /// The page after trimming.
    pub trim: Rect,
}

#[cfg(test)]
mod tests {
    use lopdf::{Object, dictionary};

    use super::*;

    #[test]
    fn only_what_may_be_inherited_is() {
        let mut doc = Document::with_version("1.6");
        let corners = |right: i64| -> Vec<Object> { vec![0.into(), 0.into(), right.into(), 200.into()] };
        let tree = doc
            .add_object(dictionary! { "MediaBox" => corners(100), "TrimBox" => corners(90), "Rotate" => 90 });
        let page =
            dictionary! { "Parent" => tree, "BleedBox" => vec![95.into(), 200.into(), 5.into(), 0.into()] };
        let boxes = WrittenBoxes::read(&doc, &page);
        assert_eq!(boxes.media, Some(Rect { x0: 0.0, y0: 0.0, x1: 100.0, y1: 200.0 }));
        assert_eq!(boxes.trim, None, "a trim is the page's own");
        assert_eq!(boxes.bleed, Some(Rect { x0: 5.0, y0: 0.0, x1: 95.0, y1: 200.0 }), "corners in any order");
        assert!((boxes.turn - 90.0).abs() < 1e-9 && (boxes.unit - 1.0).abs() < 1e-9);
    }
}
