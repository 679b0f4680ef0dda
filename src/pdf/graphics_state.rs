//! The graphics state of a content stream (ISO 32000-1, 8.4), as far as the walkers of a stream ask for it.
//!
//! In: colours, and dictionaries of `ExtGState`. Out: [`GraphicsState`]; `scope` keeps it on its stack.

use std::rc::Rc;

use lopdf::{Dictionary, Document, Object};

use super::colour::Colour;
use super::font::Font;
use super::geometry::{Matrix, Rect};
use super::objects::{name_of, number, resolved, value};
use super::operators::Brush;

/// How what is painted joins what lies below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Blend {
    /// It hides it.
    Opaque,
    /// Some of it shows through: opacity, a soft mask.
    Transparent,
    /// By a blend mode, in which inks can add up.
    Blended,
}

/// The text part of the state.
#[derive(Debug, Clone)]
pub struct TextState<'d> {
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

/// What a clip leaves of its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClipShape {
    /// All of them.
    Upright,
    /// Any part of them.
    Odd,
}

/// The graphics state. Whoever walks a stream may keep a value of its `own` in it, which is saved and restored with it.
#[derive(Debug, Clone)]
pub struct GraphicsState<'d, Own = ()> {
    /// From user space to the page.
    pub ctm: Matrix,
    /// What is visible, on the page: its bounds.
    pub clip: Rect,
    /// How much of those bounds it is.
    pub clip_shape: ClipShape,
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
    /// Whether a component of nothing spares its plate (overprint mode 1).
    pub overprint_nonzero: bool,
    /// How fills join what is below.
    pub fill_blend: Blend,
    /// How strokes join what is below.
    pub stroke_blend: Blend,
    /// The text part.
    pub text: TextState<'d>,
    /// What the walker keeps in it.
    pub own: Own,
}

impl<Own> GraphicsState<'_, Own> {
    /// The state that a page starts with.
    #[must_use]
    pub fn new(ctm: Matrix, clip: Rect, own: Own) -> Self {
        Self {
            ctm,
            clip,
            clip_shape: ClipShape::Upright,
            fill: Colour::black(),
            stroke: Colour::black(),
            line_width: 1.0,
            overprint_fill: false,
            overprint_stroke: false,
            overprint_nonzero: false,
            fill_blend: Blend::Opaque,
            stroke_blend: Blend::Opaque,
            text: TextState {
                font: None,
                size: 0.0,
                character_space: 0.0,
                word_space: 0.0,
                stretch: 1.0,
                leading: 0.0,
                rise: 0.0,
                mode: 0,
            },
            own,
        }
    }
}

impl<'d, Own> GraphicsState<'d, Own> {
    /// One of the two colours.
    #[must_use]
    pub fn colour(&self, brush: Brush) -> &Colour<'d> {
        match brush {
            Brush::Fill => &self.fill,
            Brush::Stroke => &self.stroke,
        }
    }

    /// Sets one of the two colours.
    pub fn set_colour(&mut self, brush: Brush, colour: Colour<'d>) {
        match brush {
            Brush::Fill => self.fill = colour,
            Brush::Stroke => self.stroke = colour,
        }
    }

    /// Takes over what a graphics state dictionary (ISO 32000-1, 8.4.5) says of lines and overprint. `op` alone is for
    /// fills; where it is missing `OP` is for both.
    pub fn take(&mut self, doc: &Document, states: &Dictionary) {
        let truth = |key: &[u8]| value(doc, states, key).and_then(|value| value.as_bool().ok());
        if let Some(width) = number(doc, states, b"LW") {
            self.line_width = width.abs();
        }
        let (both, fills) = (truth(b"OP"), truth(b"op"));
        self.overprint_stroke = both.unwrap_or(self.overprint_stroke);
        self.overprint_fill = fills.or(both).unwrap_or(self.overprint_fill);
        if let Some(mode) = number(doc, states, b"OPM") {
            self.overprint_nonzero = mode > 0.5;
        }
        self.take_blend(doc, states);
    }
}

impl<Own> GraphicsState<'_, Own> {
    /// What a dictionary says of transparency. What was transparent within a group may be so by the group: it stays.
    fn take_blend(&mut self, doc: &Document, states: &Dictionary) {
        let mode = match value(doc, states, b"BM") {
            Some(Object::Array(modes)) => {
                modes.first().and_then(|mode| resolved(doc, mode)).and_then(name_of)
            }
            Some(mode) => name_of(mode),
            None => None,
        };
        let blends = mode.is_some_and(|mode| !matches!(mode, b"Normal" | b"Compatible"));
        let masked = matches!(value(doc, states, b"SMask"), Some(Object::Dictionary(_)));
        for (key, blend) in [(&b"ca"[..], &mut self.fill_blend), (b"CA", &mut self.stroke_blend)] {
            let see_through = masked || number(doc, states, key).is_some_and(|alpha| alpha < 1.0);
            let now = if blends {
                Blend::Blended
            } else if see_through {
                Blend::Transparent
            } else {
                Blend::Opaque
            };
            *blend = now.max(*blend);
        }
    }
}
