//! The graphics state of a stream that is rewritten for a plate.
//!
//! In: colours as they are set. Out: whether what is painted comes on the plate.

use crate::pdf::geometry::{Matrix, Rect};
use crate::pdf::graphics_state::GraphicsState;
use crate::pdf::operators::Brush;

/// How a current colour comes on the plate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tone {
    /// Whether the inks are known.
    pub(super) known: bool,
    /// Whether an overprinting one leaves the plate as it is, in overprint mode 0 and 1.
    pub(super) spared: [bool; 2],
}

impl Tone {
    /// What covers the plate, or is not known.
    pub(super) fn covering(known: bool) -> Self {
        Self { known, spared: [false; 2] }
    }
}

/// What the rewritten stream keeps in the graphics state.
#[derive(Debug, Clone)]
pub(super) struct OnPlate {
    pub(super) fill: Tone,
    pub(super) stroke: Tone,
    /// How the rewritten stream paints text at the moment.
    pub(super) text_written: u8,
}

/// The graphics state of a rewritten stream.
pub(super) type State<'d> = GraphicsState<'d, OnPlate>;

/// The state with which a form is entered, as far as it changes what is written.
pub(super) type Entry = ([bool; 9], u8);

impl State<'_> {
    /// The state that pages begin with.
    pub(super) fn of_page() -> Self {
        let black = Tone::covering(true);
        Self::new(Matrix::IDENTITY, Rect::EVERYTHING, OnPlate { fill: black, stroke: black, text_written: 0 })
    }

    pub(super) fn entry(&self) -> Entry {
        let OnPlate { fill, stroke, .. } = self.own;
        let ([a, b], [c, d]) = (fill.spared, stroke.spared);
        let flags = [self.overprint_fill, self.overprint_stroke, self.overprint_nonzero];
        ([fill.known, a, b, stroke.known, c, d, flags[0], flags[1], flags[2]], self.text.mode)
    }

    fn is_printed(&self, tone: Tone, overprint: bool) -> bool {
        tone.known && !(overprint && tone.spared[usize::from(self.overprint_nonzero)])
    }

    /// Whether what is painted in `tone` as fills are is on the plate.
    pub(super) fn fills_in(&self, tone: Tone) -> bool {
        self.is_printed(tone, self.overprint_fill)
    }

    /// The tone of fills.
    pub(super) fn fill_tone(&self) -> Tone {
        self.own.fill
    }

    /// Whether strokes are on the plate.
    pub(super) fn strokes(&self) -> bool {
        self.is_printed(self.own.stroke, self.overprint_stroke)
    }

    /// Sets the tone of one of the two colours.
    pub(super) fn set_tone(&mut self, brush: Brush, tone: Tone) {
        match brush {
            Brush::Fill => self.own.fill = tone,
            Brush::Stroke => self.own.stroke = tone,
        }
    }
}
