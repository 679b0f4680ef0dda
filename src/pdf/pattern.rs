//! Tiling patterns as a resource dictionary has them.
//!
//! In: a pattern (ISO 32000-1, 8.7.3) and the stream whose resources name it. Out: [`Tiling`]. The cell lies in the space
//! of that stream, wherever that puts its origin.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::geometry::Matrix;
use super::graphics_state::Colour;
use super::objects::{dictionary, matrix, resolved};

/// A tiling pattern, ready to be painted with.
#[derive(Debug)]
pub struct Tiling<'d> {
    /// The object, to know it again.
    pub id: Option<ObjectId>,
    /// Its cell.
    pub cell: &'d Stream,
    /// From the cell to the page.
    pub matrix: Matrix,
    /// What the names of the cell stand for.
    pub resources: Option<&'d Dictionary>,
    /// The colour of a cell that has none of its own.
    pub colour: Option<Colour<'d>>,
}

impl<'d> Tiling<'d> {
    /// The pattern behind `object`, named by `resources` of a stream that lies at `base`; none if it is no stream.
    #[must_use]
    pub fn read(
        doc: &'d Document,
        object: &'d Object,
        resources: Option<&'d Dictionary>,
        base: Matrix,
        colour: Option<Colour<'d>>,
    ) -> Option<Self> {
        let cell = resolved(doc, object)?.as_stream().ok()?;
        Some(Self {
            id: object.as_reference().ok(),
            cell,
            matrix: matrix(doc, &cell.dict, b"Matrix").then(base),
            resources: dictionary(doc, &cell.dict, b"Resources").or(resources),
            colour,
        })
    }
}
