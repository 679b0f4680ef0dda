//! The graphics state while a content stream is walked.
//!
//! In: operators. Out: [`State`] (ISO 32000-1, 8.4) as far as preflight looks at it, and the [`Path`] being built.

use std::rc::Rc;

use super::tiling::Tiling;
use crate::pdf::colour_space::{Inks, Space};
use crate::pdf::font::Font;
use crate::pdf::geometry::{Matrix, Rect};

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

    /// The colour that pages start with, and `g 0` sets.
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

/// The text part of the state.
#[derive(Debug, Clone)]
pub struct Text<'d> {
    /// The font, once one is set.
    pub font: Option<Rc<Font<'d>>>,
    /// The size, in text space.
    pub size: f64,
    /// Between characters.
    pub character_space: f64,
    /// Beside spaces.
    pub word_space: f64,
    /// Horizontal scale; 1 is none.
    pub stretch: f64,
    /// From line to line.
    pub leading: f64,
    /// Above the base line.
    pub rise: f64,
    /// Fill, stroke, invisible, clip: 0 to 7.
    pub mode: u8,
}

/// The graphics state.
#[derive(Debug, Clone)]
pub struct State<'d> {
    /// From user space to the page.
    pub ctm: Matrix,
    /// What is visible, on the page.
    pub clip: Rect,
    /// Colour of fills.
    pub fill: Colour<'d>,
    /// Colour of strokes.
    pub stroke: Colour<'d>,
    /// Width of strokes in user space.
    pub line_width: f64,
    /// Overprint of fills.
    pub overprint_fill: bool,
    /// Overprint of strokes.
    pub overprint_stroke: bool,
    /// The text part.
    pub text: Text<'d>,
}

impl State<'_> {
    /// The state that a page starts with.
    #[must_use]
    pub fn new(ctm: Matrix, clip: Rect) -> Self {
        Self {
            ctm,
            clip,
            fill: Colour::black(),
            stroke: Colour::black(),
            line_width: 1.0,
            overprint_fill: false,
            overprint_stroke: false,
            text: Text {
                font: None,
                size: 0.0,
                character_space: 0.0,
                word_space: 0.0,
                stretch: 1.0,
                leading: 0.0,
                rise: 0.0,
                mode: 0,
            },
        }
    }
}

/// A path under construction, as its bounds on the page.
#[derive(Debug, Clone)]
pub struct Path {
    /// The bounds.
    pub area: Rect,
    parts: usize,
    corners: usize,
    slanted: bool,
    last: Option<(f64, f64)>,
}

impl Path {
    /// No path.
    #[must_use]
    pub fn new() -> Self {
        Self { area: Rect::NOTHING, parts: 0, corners: 0, slanted: false, last: None }
    }

    /// `m`.
    pub fn start(&mut self, ctm: Matrix, x: f64, y: f64) {
        let (x, y) = ctm.point(x, y);
        self.parts += 1;
        self.area.add(x, y);
        self.last = Some((x, y));
    }

    /// `l`.
    pub fn line(&mut self, ctm: Matrix, x: f64, y: f64) {
        let (x, y) = ctm.point(x, y);
        if let Some((from_x, from_y)) = self.last {
            self.slanted |= (from_x - x).abs() > 0.01 && (from_y - y).abs() > 0.01;
        }
        self.corners += 1;
        self.area.add(x, y);
        self.last = Some((x, y));
    }

    /// `c`, `v`, `y`: the bounds of the control points hold the curve.
    pub fn curve(&mut self, ctm: Matrix, points: &[f64]) {
        for pair in points.as_chunks::<2>().0 {
            let (x, y) = ctm.point(pair[0], pair[1]);
            self.area.add(x, y);
            self.last = Some((x, y));
        }
        self.slanted = true;
    }

    /// `re`.
    pub fn rectangle(&mut self, ctm: Matrix, [x, y, width, height]: [f64; 4]) {
        self.start(ctm, x, y);
        self.line(ctm, x + width, y);
        self.line(ctm, x + width, y + height);
        self.line(ctm, x, y + height);
    }

    /// Whether it is one upright rectangle (or a line of no width).
    #[must_use]
    pub fn is_rectangle(&self) -> bool {
        self.parts == 1 && !self.slanted && (1..=5).contains(&self.corners)
    }
}
