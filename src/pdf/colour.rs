//! Colours as they are current: flat ones, and tiling patterns.
//!
//! In: a colour space and components, or a pattern of a resource dictionary (ISO 32000-1, 8.6 and 8.7.3). Out: [`Colour`].
//! The cell of a pattern lies in the space of the stream whose resources name it, wherever that puts its origin.

use std::rc::Rc;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::colour_space::Space;
use super::geometry::Matrix;
use super::inks::Inks;
use super::objects::{dictionary, matrix, resolved};

/// A current colour.
#[derive(Debug, Clone)]
pub struct Colour<'d> {
    /// Its space.
    pub space: Rc<Space>,
    /// Its inks; none where they are not known.
    pub inks: Option<Inks>,
    /// The cells that it is, if it is a tiling pattern.
    pub tiling: Option<Rc<Tiling<'d>>>,
}

impl Colour<'_> {
    /// A colour that is the same all over.
    #[must_use]
    pub fn flat(space: Rc<Space>, inks: Option<Inks>) -> Self {
        Self { space, inks, tiling: None }
    }

    /// The colour of these components in a space.
    #[must_use]
    pub fn of(space: Rc<Space>, components: &[f64]) -> Self {
        let inks = space.inks(components);
        Self::flat(space, inks)
    }

    /// The colour that pages start with, and `0 g` sets.
    #[must_use]
    pub fn black() -> Self {
        Self::flat(Rc::new(Space::Gray), Some(Inks::black(1.0)))
    }

    /// Whether both print the same.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        let cell = |colour: &Self| colour.tiling.as_ref().map(|tiling| tiling.id);
        self.inks == other.inks && self.space == other.space && cell(self) == cell(other)
    }
}

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
