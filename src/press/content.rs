//! Rewrites the colours of one stream of painting operators.
//!
//! In: its bytes and what the names of its colour spaces stand for. Out: the same stream with `k`, `K`, spot colours and
//! patterns only, and K100 text and thin rules overprinting where that is asked for.

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object};

use super::colour::of_press;
use super::fault::{ConvertError, PageFault};
use super::ink::{Ink, Separator};
use crate::pdf::colour_space::{Family, Spaces};
use crate::pdf::geometry::{Matrix, Rect};
use crate::pdf::graphics_state::GraphicsState;
use crate::pdf::objects::{numbers_of, short_number};
use crate::pdf::operators::{Brush, Op};
use crate::pdf::scope::{Scope, Step};

/// Rules no wider than this overprint, in points (about 0.7 mm).
const THIN: f64 = 2.0;

/// Names of the two graphics states: overprint on and off.
pub(super) const OVERPRINT: [&str; 2] = ["SasshiOverprint", "SasshiKnockout"];

/// How a stream is rewritten.
pub(super) struct Rewrite<'a> {
    pub separator: &'a Separator,
    pub document: &'a Document,
    /// What the names in the stream stand for.
    pub resources: &'a Dictionary,
    pub in_mask: bool,
    pub overprint: bool,
}

/// A rewritten stream.
pub(super) struct Rewritten {
    pub bytes: Vec<u8>,
    /// Whether it names the two graphics states of [`OVERPRINT`].
    pub overprints: bool,
}

/// What of the rewritten stream is saved and restored.
#[derive(Debug, Clone, Copy, Default)]
struct Written {
    fill_is_k: bool,
    stroke_is_k: bool,
    overprints: bool,
}

pub(super) fn rewrite(bytes: &[u8], how: &Rewrite<'_>) -> Result<Rewritten, ConvertError> {
    let state = GraphicsState::new(Matrix::IDENTITY, Rect::EVERYTHING, Written::default());
    let mut writer = Writer {
        how,
        out: Vec::new(),
        scope: Scope::new(state, Some(how.resources)),
        spaces: Spaces::default(),
        path: None,
        overprints: false,
    };
    for operation in Content::decode_iter(bytes) {
        writer.operation(operation?)?;
    }
    let overprints = writer.overprints;
    Ok(Rewritten { bytes: Content { operations: writer.out }.encode()?, overprints })
}

struct Writer<'a> {
    how: &'a Rewrite<'a>,
    out: Vec<Operation>,
    scope: Scope<'a, Written>,
    spaces: Spaces,
    /// Where the path begins that is being built; nothing but path operators may stand within it.
    path: Option<usize>,
    overprints: bool,
}

impl Writer<'_> {
    fn operation(&mut self, operation: Operation) -> Result<(), ConvertError> {
        let op = Op::read(&operation);
        if self.scope.apply(&op) == Step::TooManySaved {
            return Err(PageFault::EndlessStates.into());
        }
        if let Some((brush, values)) = self.colour_set_by(&op) {
            self.write_colour(brush, &values);
            return Ok(());
        }
        match op {
            Op::GraphicsState(name) => {
                let _ = self.scope.graphics_state(self.how.document, name);
            }
            Op::Move(_) | Op::Rectangle(_) => {
                self.path.get_or_insert(self.out.len());
            }
            Op::Paint(painting) => {
                let state = &self.scope.state;
                let thin_k = state.own.stroke_is_k && state.line_width * state.ctm.scale() <= THIN;
                match (painting.fill, painting.stroke) {
                    (None, false) => self.path = None,
                    (None, true) => self.overprint_from_path(thin_k),
                    (Some(_), _) => self.overprint_from_path(false),
                }
                self.scope.end_path();
            }
            Op::Show(_) => self.overprint_here(self.scope.state.own.fill_is_k),
            Op::Shade(_) | Op::Draw(_) => self.overprint_here(false),
            Op::InlineImage(_) => {
                return Err(PageFault::InlineImage.into());
            }
            _ => {}
        }
        self.out.push(operation);
        Ok(())
    }

    fn is_k(&mut self, brush: Brush) -> &mut bool {
        match brush {
            Brush::Fill => &mut self.scope.state.own.fill_is_k,
            Brush::Stroke => &mut self.scope.state.own.stroke_is_k,
        }
    }

    /// The colour that an operation sets and that is written in inks; none where it stays as it is.
    fn colour_set_by(&mut self, op: &Op<'_>) -> Option<(Brush, Vec<f64>)> {
        let values = match *op {
            Op::Gray(brush, gray) => (brush, vec![gray]),
            Op::Rgb(brush, rgb) => (brush, rgb.to_vec()),
            Op::Cmyk(brush, inks) => (brush, inks.to_vec()),
            Op::Space(brush, object) => {
                let space = object.unwrap_or(&Object::Null);
                let space = self.spaces.read(self.how.document, space, self.scope.resources);
                let family = space.family();
                self.scope.set_space(brush, space);
                *self.is_k(brush) = false;
                // the colour that a space begins with is black
                match family {
                    Family::Other => return None,
                    Family::Cmyk => (brush, vec![0.0, 0.0, 0.0, 1.0]),
                    Family::Gray | Family::Rgb => (brush, vec![0.0; 3]),
                }
            }
            Op::Colour(brush, operands) if self.scope.state.colour(brush).space.family() != Family::Other => {
                (brush, numbers_of(operands))
            }
            _ => return None,
        };
        Some(values)
    }

    fn write_colour(&mut self, brush: Brush, values: &[f64]) {
        let from = self.scope.state.colour(brush).space.family();
        let values = of_press(from, values, self.how.in_mask, self.how.separator);
        *self.is_k(brush) = <[f64; 4]>::try_from(values.as_slice()).is_ok_and(|inks| Ink(inks).is_k100());
        let operator = match (values.len(), brush) {
            (1, Brush::Fill) => "g",
            (1, Brush::Stroke) => "G",
            (_, Brush::Fill) => "k",
            (_, Brush::Stroke) => "K",
        };
        self.out.push(Operation::new(operator, values.into_iter().map(short_number).collect()));
    }

    fn overprint_here(&mut self, wanted: bool) {
        if let Some(operation) = self.switch(wanted) {
            self.out.push(operation);
        }
    }

    /// A graphics state may not change within a path: it changes before.
    fn overprint_from_path(&mut self, wanted: bool) {
        let begin = self.path.take().unwrap_or(self.out.len());
        if let Some(operation) = self.switch(wanted) {
            self.out.insert(begin, operation);
        }
    }

    fn switch(&mut self, wanted: bool) -> Option<Operation> {
        if !self.how.overprint || wanted == self.scope.state.own.overprints {
            return None;
        }
        self.scope.state.own.overprints = wanted;
        self.overprints = true;
        let name = OVERPRINT[usize::from(!wanted)];
        Some(Operation::new("gs", vec![Object::Name(name.as_bytes().to_vec())]))
    }
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::super::profile::{FOGRA39L, Profile};
    use super::*;
    use crate::model::origin::Source;
    use crate::model::palette::Palette;

    fn rewritten(content: &str, in_mask: bool, overprint: bool) -> String {
        let palette = Palette::read(&Source::new(
            "palette.csv",
            "name,c,m,y,k,screen,use\nsea,95,55,30,10,#025e84,x\n",
        ))
        .value;
        let separator = Separator::new(&Profile::generic(), FOGRA39L, &palette).expect("usable");
        let document = Document::new();
        let resources = dictionary! {
            "ColorSpace" => dictionary! { "c0" => "DeviceGray", "c1" => vec![Object::from("CalRGB"), Object::Null] }
        };
        let how =
            Rewrite { separator: &separator, document: &document, resources: &resources, in_mask, overprint };
        let done = rewrite(content.as_bytes(), &how).expect("it can be read");
        String::from_utf8(done.bytes).expect("ASCII")
    }

    #[test]
    fn colours_become_ink() {
        let out = rewritten(
            "/c0 cs 0 scn 0 0 9 9 re f /c1 CS 0.00784 0.3686 0.5176 SCN 0 0 m 9 9 l S",
            false,
            false,
        );
        assert!(out.contains("0 0 0 1 k"), "{out}");
        assert!(out.contains("0.95 0.55 0.3 0.1 K"), "{out}");
        assert!(!out.contains("cs") && !out.contains("SCN"), "{out}");
    }

    #[test]
    fn whole_per_cents_come_back() {
        assert!(rewritten("0.7019608 0 0 0 k", false, false).contains("0.7 0 0 0 k"));
    }

    #[test]
    fn a_mask_stays_gray() {
        let out = rewritten("/c0 cs 0.25 scn 0 0 9 9 re f 1 1 1 rg", true, false);
        assert!(out.contains("0.25 g") && !out.contains('k'), "{out}");
    }

    #[test]
    fn black_text_and_thin_rules_overprint_and_nothing_else() {
        let on = format!("/{} gs", OVERPRINT[0]);
        let off = format!("/{} gs", OVERPRINT[1]);
        let out = rewritten(
            "0 0 0 1 k 0 0 9 9 re f BT (x) Tj ET 1 0 0 0 k BT (y) Tj ET 0 0 0 1 K 0.5 w 0 0 m 9 9 l S 9 w 0 0 m 9 9 l S",
            false,
            true,
        );
        let lines: Vec<&str> = out.lines().filter(|line| !line.ends_with('w')).collect();
        let position = |what: &str| lines.iter().position(|line| *line == what).expect(what);
        assert_eq!(out.matches(&on).count(), 2, "{out}");
        assert_eq!(out.matches(&off).count(), 2, "{out}");
        assert_eq!(lines[position("(x) Tj") - 1], on);
        assert_eq!(lines[position("(y) Tj") - 1], off);
        assert!(position("0 0 9 9 re") < position(&on), "the black square knocks out: {out}");
        // the state changes before the path, not within it
        assert_eq!(lines[position("0 0 m") - 1], on);
    }
}
