//! Rewrites one stream of painting operators for one plate.
//!
//! In: its bytes, its resources, the state it is entered with. Out: the same shapes in gray; what would overprint the
//! plate without touching it is not painted.

use lopdf::Dictionary;
use lopdf::content::{Content, Operation};

use super::copy::{Copier, DEEPEST, HEAVIEST};
use super::resources::New;
use super::state::{OnPlate, State, Tone};
use crate::pdf::colour::Colour;
use crate::pdf::content::operations;
use crate::pdf::inks::Inks;
use crate::pdf::objects::{name_of, numbers_of, short_number};
use crate::pdf::operators::{Brush, Op, Painting};
use crate::pdf::scope::{Scope, Step};

/// A stream being rewritten.
pub(super) struct Writer<'d> {
    pub(super) out: Vec<Operation>,
    pub(super) scope: Scope<'d, OnPlate>,
    pub(super) new: New,
    pub(super) depth: usize,
    /// Operators so far, those of what is drawn among them.
    pub(super) weight: u64,
    /// What painting once with the pattern of fills and of strokes costs.
    pub(super) patterns: [u64; 2],
}

impl<'d> Copier<'d> {
    /// Rewrites a stream; gives it with its resources. None when it is worth no more work.
    pub(super) fn content(
        &mut self,
        bytes: &[u8],
        resources: Option<&'d Dictionary>,
        state: State<'d>,
        depth: usize,
    ) -> Option<(Vec<u8>, Dictionary, u64)> {
        if depth > DEEPEST || !self.budget.spend_bytes(bytes.len()) {
            return None;
        }
        let scope = Scope::new(state, resources);
        let mut writer =
            Writer { out: Vec::new(), scope, new: New::default(), depth, weight: 0, patterns: [0; 2] };
        // a form is entered with the colours of what draws it: black is only where a page begins
        if depth == 0 {
            let gray = self.gray(&Inks::black(1.0));
            writer.out.push(Operation::new("g", vec![short_number(gray)]));
            writer.out.push(Operation::new("G", vec![short_number(gray)]));
        }
        for operation in operations(bytes) {
            if !self.budget.spend_operations(1) {
                return None;
            }
            // what cannot be read is passed over, as it is for the rules
            let Ok(operation) = operation else { continue };
            writer.weight += 1;
            self.operation(&mut writer, operation)?;
            if writer.weight > HEAVIEST {
                return None;
            }
        }
        for _ in 0..writer.scope.depth() {
            writer.out.push(Operation::new("Q", Vec::new()));
        }
        let content = Content { operations: writer.out }.encode().ok()?;
        let resources = self.resources(resources, &writer.new, depth)?;
        Some((content, resources, writer.weight))
    }

    /// The gray that stands for the amount of ink on this plate.
    pub(super) fn gray(&self, inks: &Inks) -> f64 {
        let amount = self.plate.amount(inks);
        self.inked.set(self.inked.get() || amount > 0.0);
        1.0 - amount
    }

    fn operation(&mut self, writer: &mut Writer<'d>, operation: Operation) -> Option<()> {
        let op = Op::read(&operation);
        match writer.scope.apply(&op) {
            Step::Done | Step::Open => {}
            Step::NothingSaved => return Some(()),
            Step::TooManySaved => return None,
        }
        match op {
            Op::Gray(brush, _) | Op::Rgb(brush, _) | Op::Cmyk(brush, _) => {
                self.write_colour(writer, brush);
                return Some(());
            }
            Op::Space(brush, object) => {
                let space = self.spaces.read(self.doc, object?, writer.scope.resources);
                writer.scope.set_space(brush, space);
                self.write_colour(writer, brush);
                return Some(());
            }
            Op::Colour(brush, operands) => {
                let values = numbers_of(operands);
                if let Some(pattern) = operands.last().and_then(name_of) {
                    self.pattern(writer, brush, pattern, &values);
                    return Some(());
                }
                let space = writer.scope.state.colour(brush).space.clone();
                writer.scope.state.set_colour(brush, Colour::of(space, &values));
                self.write_colour(writer, brush);
                return Some(());
            }
            Op::GraphicsState(name) => {
                let _ = writer.scope.graphics_state(self.doc, name);
            }
            Op::Paint(painting) => {
                let [fill, stroke] = writer.patterns;
                writer.weight += if painting.fill.is_some() { fill } else { 0 };
                writer.weight += if painting.stroke { stroke } else { 0 };
                let painting = self.painting(&writer.scope.state, painting);
                writer.out.push(Operation::new(painting.operator(), Vec::new()));
                writer.scope.end_path();
                return Some(());
            }
            // the mode is written where text is; what is no operator is not written
            Op::RenderMode(_) | Op::Unknown => return Some(()),
            Op::Show(showing) => {
                let strings = showing.parts.iter().filter_map(|part| part.as_str().ok());
                let letters: usize = strings.map(<[u8]>::len).sum();
                writer.weight += writer.patterns[0].saturating_mul(letters as u64);
                self.text_mode(writer);
            }
            Op::Shade(name) => {
                self.shading_fill(writer, name);
                return Some(());
            }
            Op::Draw(name) => return self.external(writer, name),
            Op::InlineImage(image) => {
                self.inline_image(writer, image);
                return Some(());
            }
            _ => {}
        }
        writer.out.push(operation);
        Some(())
    }

    /// Writes a colour that was set, as the plate has it.
    fn write_colour(&self, writer: &mut Writer<'d>, brush: Brush) {
        writer.patterns[usize::from(brush == Brush::Stroke)] = 0;
        let Colour { space, inks, .. } = writer.scope.state.colour(brush);
        let zero = inks.as_ref().is_some_and(|inks| self.plate.amount(inks) <= 0.0);
        let spared = [self.plate.is_spared(space, false), self.plate.is_spared(space, zero)];
        let gray = inks.as_ref().map(|inks| self.gray(inks));
        writer.scope.state.set_tone(brush, Tone { known: gray.is_some(), spared });
        if let Some(gray) = gray {
            let operator = if brush == Brush::Stroke { "G" } else { "g" };
            writer.out.push(Operation::new(operator, vec![short_number(gray)]));
        }
    }

    /// The painting of only what is on the plate.
    fn painting(&mut self, state: &State<'d>, wanted: Painting) -> Painting {
        let OnPlate { fill, stroke, .. } = state.own;
        self.left_out += usize::from(wanted.fill.is_some() && !fill.known);
        self.left_out += usize::from(wanted.stroke && !stroke.known);
        Painting {
            fill: wanted.fill.filter(|_| state.fills_in(fill)),
            stroke: wanted.stroke && state.strokes(),
            ..wanted
        }
    }

    /// Sets how the next text is painted (ISO 32000-1, table 106).
    pub(super) fn text_mode(&mut self, writer: &mut Writer<'d>) {
        let state = &writer.scope.state;
        let (fill, stroke) = (state.own.fill, state.own.stroke);
        let clips = state.text.mode & 4;
        let (wants_fill, wants_stroke) = match state.text.mode & 3 {
            0 => (true, false),
            1 => (false, true),
            2 => (true, true),
            _ => (false, false),
        };
        self.left_out += usize::from(wants_fill && !fill.known);
        self.left_out += usize::from(wants_stroke && !stroke.known);
        let mode = clips
            | match (wants_fill && state.fills_in(fill), wants_stroke && state.strokes()) {
                (true, false) => 0,
                (false, true) => 1,
                (true, true) => 2,
                (false, false) => 3,
            };
        if mode != state.own.text_written {
            writer.scope.state.own.text_written = mode;
            writer.out.push(Operation::new("Tr", vec![short_number(f64::from(mode))]));
        }
    }
}
