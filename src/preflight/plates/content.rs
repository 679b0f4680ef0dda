//! Rewrites one stream of painting operators for one plate.
//!
//! In: its bytes, its resources, the state it is entered with. Out: the same shapes in gray; what would overprint the
//! plate without touching it is not painted.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object};

use super::copy::{Copier, DEEPEST};
use super::resources::New;
use crate::pdf::colour_space::{Foreign, Inks, Space};
use crate::pdf::objects::{dictionary, name_of, number as number_of, numbers, short_number, value};

/// Saved states in one stream: more is broken.
const MOST_STATES: usize = 4_096;

/// A current colour, as the plate sees it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tone {
    pub(super) space: Space,
    /// Whether the inks are known.
    pub(super) known: bool,
    /// Whether an overprinting one leaves the plate as it is, in overprint mode 0 and 1.
    pub(super) spared: [bool; 2],
}

/// What of the graphics state matters here.
#[derive(Debug, Clone)]
pub(super) struct State {
    pub(super) fill: Tone,
    pub(super) stroke: Tone,
    overprint_fill: bool,
    overprint_stroke: bool,
    mode_one: bool,
    /// How text is painted, and how the rewritten stream has it at the moment.
    text: u8,
    text_written: u8,
}

/// The state with which a form is entered, as far as it changes what is written.
pub(super) type Entry = ([bool; 9], u8);

impl State {
    /// The state that pages begin with.
    pub(super) fn of_page() -> Self {
        let black = Tone { space: Space::Gray, known: true, spared: [false; 2] };
        Self {
            fill: black.clone(),
            stroke: black,
            overprint_fill: false,
            overprint_stroke: false,
            mode_one: false,
            text: 0,
            text_written: 0,
        }
    }

    pub(super) fn entry(&self) -> Entry {
        let [fill, stroke] = [&self.fill, &self.stroke].map(|tone| (tone.known, tone.spared));
        let flags = [self.overprint_fill, self.overprint_stroke, self.mode_one];
        let [a, b] = fill.1;
        let [c, d] = stroke.1;
        ([fill.0, a, b, stroke.0, c, d, flags[0], flags[1], flags[2]], self.text)
    }

    fn spares(&self, tone: &Tone, overprint: bool) -> bool {
        overprint && tone.spared[usize::from(self.mode_one)]
    }

    /// Whether fills, or what is painted like them (`tone`), are on the plate.
    pub(super) fn fills(&self, tone: &Tone) -> bool {
        tone.known && !self.spares(tone, self.overprint_fill)
    }

    fn strokes(&self) -> bool {
        self.stroke.known && !self.spares(&self.stroke, self.overprint_stroke)
    }
}

/// A stream being rewritten.
pub(super) struct Writer<'d> {
    pub(super) out: Vec<Operation>,
    pub(super) state: State,
    saved: Vec<State>,
    pub(super) resources: Option<&'d Dictionary>,
    pub(super) new: New,
    pub(super) depth: usize,
}

impl<'d> Copier<'d> {
    /// Rewrites a stream; gives it with its resources. None when it is worth no more work.
    pub(super) fn content(
        &mut self,
        bytes: &[u8],
        resources: Option<&'d Dictionary>,
        state: State,
        depth: usize,
    ) -> Option<(Vec<u8>, Dictionary)> {
        if depth > DEEPEST || !self.budget.spend_bytes(bytes.len()) {
            return None;
        }
        let mut writer =
            Writer { out: Vec::new(), state, saved: Vec::new(), resources, new: New::default(), depth };
        // a form is entered with the colours of what draws it: black is only where a page begins
        if depth == 0 {
            let gray = self.gray(&Inks::black(1.0));
            writer.out.push(Operation::new("g", vec![short_number(gray)]));
            writer.out.push(Operation::new("G", vec![short_number(gray)]));
        }
        for operation in Content::decode_iter(bytes) {
            if !self.budget.spend_operations(1) {
                return None;
            }
            // what cannot be read ends a stream, as it does for the rules
            let Ok(operation) = operation else { break };
            self.operation(&mut writer, operation)?;
        }
        for _ in &writer.saved {
            writer.out.push(Operation::new("Q", Vec::new()));
        }
        let content = Content { operations: writer.out }.encode().ok()?;
        let resources = self.resources(resources, &writer.new, depth)?;
        Some((content, resources))
    }

    /// The gray that stands for the amount of ink on this plate.
    pub(super) fn gray(&self, inks: &Inks) -> f64 {
        1.0 - self.plate.amount(inks)
    }

    fn operation(&mut self, writer: &mut Writer<'d>, operation: Operation) -> Option<()> {
        let operands = &operation.operands;
        let values = numbers(self.doc, operands);
        match operation.operator.as_str() {
            "q" if writer.saved.len() >= MOST_STATES => return None,
            "q" => writer.saved.push(writer.state.clone()),
            "Q" => match writer.saved.pop() {
                Some(state) => writer.state = state,
                None => return Some(()),
            },
            "g" | "G" | "rg" | "RG" | "k" | "K" => {
                let space = match operation.operator.to_ascii_lowercase().as_str() {
                    "g" => Space::Gray,
                    "rg" => Space::Foreign(Foreign::DeviceRgb),
                    _ => Space::Cmyk { profiled: false },
                };
                let stroke = operation.operator.starts_with(char::is_uppercase);
                let inks = space.inks(&values);
                self.set(writer, stroke, space, inks.as_ref());
                return Some(());
            }
            "cs" | "CS" => {
                let space = self.space(operands.first()?, writer.resources);
                let inks = space.initial();
                self.set(writer, operation.operator == "CS", space, inks.as_ref());
                return Some(());
            }
            "sc" | "scn" | "SC" | "SCN" => {
                let stroke = operation.operator.starts_with('S');
                let tone = if stroke { &writer.state.stroke } else { &writer.state.fill };
                let space = tone.space.clone();
                if let Some(pattern) = operands.last().and_then(name_of) {
                    self.pattern(writer, stroke, &space, pattern, &values);
                    return Some(());
                }
                let inks = space.inks(&values);
                self.set(writer, stroke, space, inks.as_ref());
                return Some(());
            }
            "gs" => self.graphics_state(writer, operands),
            "f" | "F" | "f*" | "S" | "s" | "B" | "B*" | "b" | "b*" => {
                let operator = self.painting(&writer.state, &operation.operator);
                writer.out.push(Operation::new(operator, Vec::new()));
                return Some(());
            }
            "Tr" => {
                let mode = values.first().copied().unwrap_or_default();
                writer.state.text = (0..=7_u8).find(|known| f64::from(*known) >= mode).unwrap_or(0);
                return Some(());
            }
            "Tj" | "TJ" | "'" | "\"" => self.text_mode(writer),
            "sh" => return self.shading_fill(writer, operands),
            "Do" => return self.external(writer, operands),
            "BI" => {
                self.inline_image(writer, operands);
                return Some(());
            }
            _ => {}
        }
        writer.out.push(operation);
        Some(())
    }

    /// Sets a colour.
    pub(super) fn set(&self, writer: &mut Writer<'d>, stroke: bool, space: Space, inks: Option<&Inks>) {
        let zero = inks.is_some_and(|inks| self.plate.amount(inks) <= 0.0);
        let spared = [self.plate.is_spared(&space, false), self.plate.is_spared(&space, zero)];
        let tone = Tone { known: inks.is_some(), spared, space };
        if stroke {
            writer.state.stroke = tone;
        } else {
            writer.state.fill = tone;
        }
        if let Some(inks) = inks {
            let operator = if stroke { "G" } else { "g" };
            writer.out.push(Operation::new(operator, vec![short_number(self.gray(inks))]));
        }
    }

    fn graphics_state(&self, writer: &mut Writer<'d>, operands: &[Object]) {
        let found = operands.first().and_then(name_of).and_then(|name| {
            dictionary(self.doc, dictionary(self.doc, writer.resources?, b"ExtGState")?, name)
        });
        let Some(found) = found else { return };
        let truth = |key: &[u8]| match value(self.doc, found, key) {
            Some(Object::Boolean(truth)) => Some(*truth),
            _ => None,
        };
        let (both, fills) = (truth(b"OP"), truth(b"op"));
        let state = &mut writer.state;
        state.overprint_stroke = both.unwrap_or(state.overprint_stroke);
        state.overprint_fill = fills.or(both).unwrap_or(state.overprint_fill);
        if let Some(mode) = number_of(self.doc, found, b"OPM") {
            state.mode_one = mode > 0.5;
        }
    }

    /// The operator that paints only what is on the plate.
    fn painting(&mut self, state: &State, operator: &'_ str) -> &'static str {
        let (fill, stroke) = (state.fills(&state.fill), state.strokes());
        let (wants_fill, wants_stroke) = match operator {
            "f" | "F" | "f*" => (true, false),
            "S" | "s" => (false, true),
            _ => (true, true),
        };
        self.left_out += usize::from(wants_fill && !state.fill.known);
        self.left_out += usize::from(wants_stroke && !state.stroke.known);
        let closes = matches!(operator, "s" | "b" | "b*");
        let even_odd = operator.ends_with('*');
        match (wants_fill && fill, wants_stroke && stroke, closes, even_odd) {
            (false, false, ..) => "n",
            (true, false, _, false) => "f",
            (true, false, _, true) => "f*",
            (false, true, false, _) => "S",
            (false, true, true, _) => "s",
            (true, true, false, false) => "B",
            (true, true, false, true) => "B*",
            (true, true, true, false) => "b",
            (true, true, true, true) => "b*",
        }
    }

    /// Sets how the next text is painted (ISO 32000-1, table 106).
    pub(super) fn text_mode(&mut self, writer: &mut Writer<'d>) {
        let state = &writer.state;
        let clips = state.text & 4;
        let (wants_fill, wants_stroke) = match state.text & 3 {
            0 => (true, false),
            1 => (false, true),
            2 => (true, true),
            _ => (false, false),
        };
        self.left_out += usize::from(wants_fill && !state.fill.known);
        self.left_out += usize::from(wants_stroke && !state.stroke.known);
        let mode = clips
            | match (wants_fill && state.fills(&state.fill), wants_stroke && state.strokes()) {
                (true, false) => 0,
                (false, true) => 1,
                (true, true) => 2,
                (false, false) => 3,
            };
        if mode != state.text_written {
            writer.state.text_written = mode;
            writer.out.push(Operation::new("Tr", vec![short_number(f64::from(mode))]));
        }
    }
}
