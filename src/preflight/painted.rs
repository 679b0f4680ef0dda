//! What is painted, as the rules see it.

use crate::pdf::colour_space::Space;
use crate::pdf::geometry::Rect;
pub use crate::pdf::graphics_state::Blend;
use crate::pdf::inks::Inks;
use crate::pdf::path::Path;

/// What kind of thing is painted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum PaintKind {
    /// A filled path.
    Fill {
        /// Whether it is one upright rectangle.
        rectangle: bool,
    },
    /// A stroked path; its width on the page in points.
    Stroke(f64),
    /// Text; its size on the page in points.
    Text(f64),
    /// A shading that fills the visible area.
    Shading,
    /// An image.
    Image {
        /// Whether its sides are upright.
        upright: bool,
    },
}

/// Where a painted thing ends.
#[derive(Debug, Clone, Copy)]
pub enum Outline<'a> {
    /// At its bounds, which it fills.
    Bounds,
    /// As a path does, and half of a line's width (in points) beyond.
    Path(&'a Path, f64),
    /// Anywhere within its bounds.
    Odd,
}

/// What makes a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// A stroke.
    Stroke,
    /// A shape that is filled, and as thin as a line.
    Fill,
    /// The outline of characters.
    Outline,
}

/// Something painted.
#[derive(Debug, Clone, Copy)]
pub struct Painted<'a> {
    /// Its kind.
    pub kind: PaintKind,
    /// Its visible bounds on the page.
    pub area: Rect,
    /// Where it ends within them.
    pub outline: Outline<'a>,
    /// The space of its colour.
    pub space: Option<&'a Space>,
    /// Its inks, when they are known.
    pub inks: Option<&'a Inks>,
    /// Whether it is set to overprint.
    pub overprint: bool,
    /// How it joins what is below.
    pub blend: Blend,
}
