//! Rewrites the colours of one stream of painting operators.
//!
//! In: its bytes and what the names of its colour spaces stand for. Out: the same stream with `k`, `K`, spot colours and
//! patterns only, and K100 text and thin rules overprinting where that is asked for.

use std::collections::BTreeMap;

use lopdf::Object;
use lopdf::content::{Content, Operation};

use super::convert::{ConvertError, OVERPRINT, Space, colour, numbers};
use super::ink::{Ink, Separator};
use crate::pdf::objects::short_number;

/// Rules no wider than this overprint, in points (about 0.7 mm).
const THIN: f64 = 2.0;

/// How a stream is rewritten.
pub(super) struct Rewrite<'a> {
    pub separator: &'a Separator,
    pub spaces: &'a BTreeMap<Vec<u8>, Space>,
    pub in_mask: bool,
    pub overprint: bool,
}

/// A rewritten stream.
pub(super) struct Rewritten {
    pub bytes: Vec<u8>,
    /// Whether it names the two graphics states of [`OVERPRINT`].
    pub overprints: bool,
}

/// What the graphics state holds that matters here.
#[derive(Debug, Clone, Copy)]
struct State {
    fill: Space,
    stroke: Space,
    fill_is_k: bool,
    stroke_is_k: bool,
    /// In units of the space in which it is set.
    width: f64,
    /// The scale from there to points.
    scale: f64,
    overprints: bool,
}

pub(super) fn rewrite(bytes: &[u8], how: &Rewrite<'_>) -> Result<Rewritten, ConvertError> {
    let operations = Content::decode(bytes)?.operations;
    let mut writer = Writer {
        how,
        out: Vec::with_capacity(operations.len()),
        state: State {
            fill: Space::Gray,
            stroke: Space::Gray,
            fill_is_k: false,
            stroke_is_k: false,
            width: 1.0,
            scale: 1.0,
            overprints: false,
        },
        saved: Vec::new(),
        path: None,
        overprints: false,
    };
    for operation in operations {
        writer.operation(operation)?;
    }
    let overprints = writer.overprints;
    Ok(Rewritten { bytes: Content { operations: writer.out }.encode()?, overprints })
}

struct Writer<'a> {
    how: &'a Rewrite<'a>,
    out: Vec<Operation>,
    state: State,
    saved: Vec<State>,
    /// Where the path begins that is being built; nothing but path operators may stand within it.
    path: Option<usize>,
    overprints: bool,
}

impl Writer<'_> {
    fn operation(&mut self, operation: Operation) -> Result<(), ConvertError> {
        match operation.operator.as_str() {
            "q" => self.saved.push(self.state),
            "Q" => self.state = self.saved.pop().unwrap_or(self.state),
            "cm" => {
                let matrix = numbers(&operation.operands);
                if let [a, b, c, d, ..] = matrix[..] {
                    self.state.scale *= (a * d - b * c).abs().sqrt();
                }
            }
            "w" => self.state.width = numbers(&operation.operands).first().copied().unwrap_or(1.0),
            "g" | "rg" | "k" | "G" | "RG" | "K" => {
                let space = match operation.operator.to_ascii_lowercase().as_str() {
                    "g" => Space::Gray,
                    "rg" => Space::Rgb,
                    _ => Space::Cmyk,
                };
                let stroke = operation.operator.starts_with(char::is_uppercase);
                self.set_space(stroke, space);
                self.set_colour(stroke, &operation.operands);
                return Ok(());
            }
            "cs" | "CS" => {
                let name =
                    operation.operands.first().and_then(|name| name.as_name().ok()).unwrap_or_default();
                let space = match name {
                    b"DeviceGray" => Space::Gray,
                    b"DeviceRGB" => Space::Rgb,
                    b"DeviceCMYK" => Space::Cmyk,
                    name => self.how.spaces.get(name).copied().unwrap_or(Space::Other),
                };
                let stroke = operation.operator == "CS";
                self.set_space(stroke, space);
                if space != Space::Other {
                    // the colour that a space begins with is black
                    let black = if space == Space::Cmyk { vec![0.0, 0.0, 0.0, 1.0] } else { vec![0.0; 3] };
                    self.set_colour(stroke, &black.into_iter().map(short_number).collect::<Vec<_>>());
                    return Ok(());
                }
            }
            "sc" | "scn" | "SC" | "SCN" => {
                let stroke = operation.operator.starts_with('S');
                let space = if stroke { self.state.stroke } else { self.state.fill };
                if space != Space::Other {
                    self.set_colour(stroke, &operation.operands);
                    return Ok(());
                }
            }
            "m" | "re" => {
                self.path.get_or_insert(self.out.len());
            }
            "S" | "s" => {
                let thin = self.state.width * self.state.scale <= THIN;
                self.overprint_from_path(self.state.stroke_is_k && thin);
            }
            "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" => self.overprint_from_path(false),
            "n" => self.path = None,
            "Tj" | "TJ" | "'" | "\"" => self.overprint_here(self.state.fill_is_k),
            "sh" | "Do" => self.overprint_here(false),
            "BI" => {
                return Err(ConvertError::Colour("an image within a content stream".to_owned()));
            }
            _ => {}
        }
        self.out.push(operation);
        Ok(())
    }

    fn set_space(&mut self, stroke: bool, space: Space) {
        if stroke {
            (self.state.stroke, self.state.stroke_is_k) = (space, false);
        } else {
            (self.state.fill, self.state.fill_is_k) = (space, false);
        }
    }

    fn set_colour(&mut self, stroke: bool, operands: &[Object]) {
        let from = if stroke { self.state.stroke } else { self.state.fill };
        let values = colour(from, &numbers(operands), self.how.in_mask, self.how.separator);
        let is_k = <[f64; 4]>::try_from(values.as_slice()).is_ok_and(|inks| Ink(inks).is_k100());
        let operator = match (values.len(), stroke) {
            (1, false) => "g",
            (1, true) => "G",
            (_, false) => "k",
            (_, true) => "K",
        };
        if stroke {
            self.state.stroke_is_k = is_k;
        } else {
            self.state.fill_is_k = is_k;
        }
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
        if !self.how.overprint || wanted == self.state.overprints {
            return None;
        }
        self.state.overprints = wanted;
        self.overprints = true;
        let name = OVERPRINT[usize::from(!wanted)];
        Some(Operation::new("gs", vec![Object::Name(name.as_bytes().to_vec())]))
    }
}

#[cfg(test)]
mod tests {
    use super::super::ink::Palette;
    use super::super::profile::{FOGRA39L, Profile};
    use super::*;

    fn rewritten(content: &str, in_mask: bool, overprint: bool) -> String {
        let palette = Palette::parse("name,c,m,y,k,screen,use\nsea,95,55,30,10,#025e84,x\n");
        let separator = Separator::new(&Profile::generic(), FOGRA39L, palette).expect("usable");
        let spaces = BTreeMap::from([(b"c0".to_vec(), Space::Gray), (b"c1".to_vec(), Space::Rgb)]);
        let how = Rewrite { separator: &separator, spaces: &spaces, in_mask, overprint };
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
