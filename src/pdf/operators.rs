//! Operators of content streams, each read once into a typed [`Op`]: those who walk content decide what to do, not what
//! an operator is.
//!
//! In: an operation as `lopdf` reads it (ISO 32000-1, annex A). Out: an [`Op`] that borrows its names and strings.

use lopdf::content::Operation;
use lopdf::{Object, Stream};

use super::geometry::Matrix;
use super::objects::{name_of, number_of};

/// Which of the two colours of the graphics state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brush {
    /// For what is filled.
    Fill,
    /// For what is stroked.
    Stroke,
}

/// What is inside of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FillRule {
    /// Nonzero winding number.
    Nonzero,
    /// Even-odd.
    EvenOdd,
}

/// How a path is painted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Painting {
    /// Whether it is closed before.
    pub close: bool,
    /// Whether it is filled, and how.
    pub fill: Option<FillRule>,
    /// Whether it is stroked.
    pub stroke: bool,
}

impl Painting {
    /// Every operator that paints a path or ends it unpainted.
    const ALL: [(&'static str, Self); 10] = {
        use FillRule::{EvenOdd, Nonzero};
        const fn painting(close: bool, fill: Option<FillRule>, stroke: bool) -> Painting {
            Painting { close, fill, stroke }
        }
        [
            ("n", painting(false, None, false)),
            ("f", painting(false, Some(Nonzero), false)),
            ("F", painting(false, Some(Nonzero), false)),
            ("f*", painting(false, Some(EvenOdd), false)),
            ("S", painting(false, None, true)),
            ("s", painting(true, None, true)),
            ("B", painting(false, Some(Nonzero), true)),
            ("B*", painting(false, Some(EvenOdd), true)),
            ("b", painting(true, Some(Nonzero), true)),
            ("b*", painting(true, Some(EvenOdd), true)),
        ]
    };

    fn named(operator: &str) -> Option<Self> {
        Self::ALL.iter().find(|(name, _)| *name == operator).map(|(_, painting)| *painting)
    }

    /// The operator. What is not stroked need not be closed: a fill closes its path by itself.
    #[must_use]
    pub fn operator(self) -> &'static str {
        let wanted = Self { close: self.close && self.stroke, ..self };
        Self::ALL.iter().find(|(_, painting)| *painting == wanted).map_or("n", |(name, _)| name)
    }
}

/// How text is shown: the string parts, and what is set before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Showing<'o> {
    /// Whether it begins a new line (`'`, `"`).
    pub next_line: bool,
    /// Word and character space that are set before (`"`).
    pub spaces: Option<[f64; 2]>,
    /// Strings, and between them numbers that move what follows.
    pub parts: &'o [Object],
}

/// An operation of a content stream.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Op<'o> {
    /// `q`
    Save,
    /// `Q`
    Restore,
    /// `cm`
    Concat(Matrix),
    /// `w`, in units of user space.
    LineWidth(f64),
    /// `gs`, with the name of its dictionary.
    GraphicsState(&'o [u8]),
    /// `m`
    Move([f64; 2]),
    /// `l`
    Line([f64; 2]),
    /// `c`: two control points and the end.
    Curve([f64; 6]),
    /// `v`, `y`: one control point and the end.
    ShortCurve([f64; 4]),
    /// `re`: left, bottom, width, height.
    Rectangle([f64; 4]),
    /// `h`
    Close,
    /// `W`, `W*`
    Clip(FillRule),
    /// `f`, `S`, `B` and their kin, and `n`.
    Paint(Painting),
    /// `g`, `G`
    Gray(Brush, f64),
    /// `rg`, `RG`
    Rgb(Brush, [f64; 3]),
    /// `k`, `K`
    Cmyk(Brush, [f64; 4]),
    /// `cs`, `CS`, with the name of the space, if there is one.
    Space(Brush, Option<&'o Object>),
    /// `sc`, `scn`, `SC`, `SCN`: components, and at the end the name of a pattern.
    Colour(Brush, &'o [Object]),
    /// `sh`, with the name of the shading.
    Shade(&'o [u8]),
    /// `Do`, with the name of the form or image.
    Draw(&'o [u8]),
    /// `BI`; none where the library cannot read the image.
    InlineImage(Option<&'o Stream>),
    /// `BT`
    BeginText,
    /// `Tc`
    CharacterSpace(f64),
    /// `Tw`
    WordSpace(f64),
    /// `Tz`, in per cent.
    Stretch(f64),
    /// `TL`
    Leading(f64),
    /// `Ts`
    Rise(f64),
    /// `Tr`: 0 to 7.
    RenderMode(u8),
    /// `Tf`: name of the font and size.
    Font(&'o [u8], f64),
    /// `Td`
    MoveLine([f64; 2]),
    /// `TD`: the same, and its height is the leading.
    MoveLineAndLead([f64; 2]),
    /// `Tm`
    TextMatrix(Matrix),
    /// `T*`
    NextLine,
    /// `Tj`, `TJ`, `'`, `"`
    Show(Showing<'o>),
    /// `BMC`, `BDC`: tag, and the properties or their name.
    BeginMarked(&'o [u8], Option<&'o Object>),
    /// `EMC`
    EndMarked,
    /// `BX`: unknown operators are passed over.
    BeginCompatibility,
    /// `EX`
    EndCompatibility,
    /// `PS`
    PostScript,
    /// Known, and without effect on where and in which colour something is painted.
    Neutral,
    /// No operator, or one with operands that it does not take.
    Unknown,
}

impl<'o> Op<'o> {
    /// Reads an operation.
    #[must_use]
    pub fn read(operation: &'o Operation) -> Self {
        let operands = operation.operands.as_slice();
        let (list, count) = numbers(operands);
        let values = &list[..count.min(list.len())];
        let name = || operands.first().and_then(name_of).unwrap_or_default();
        let brush =
            if operation.operator.starts_with(char::is_uppercase) { Brush::Stroke } else { Brush::Fill };
        match (operation.operator.as_str(), values) {
            ("q", _) => Self::Save,
            ("Q", _) => Self::Restore,
            ("cm", _) => exactly(values).map_or(Self::Unknown, |six| Self::Concat(Matrix(six))),
            ("w", &[width]) => Self::LineWidth(width),
            ("gs", _) => Self::GraphicsState(name()),
            ("m", &[x, y]) => Self::Move([x, y]),
            ("l", &[x, y]) => Self::Line([x, y]),
            ("c", _) => exactly(values).map_or(Self::Unknown, Self::Curve),
            ("v" | "y", _) => exactly(values).map_or(Self::Unknown, Self::ShortCurve),
            ("re", _) => exactly(values).map_or(Self::Unknown, Self::Rectangle),
            ("h", _) => Self::Close,
            ("W", _) => Self::Clip(FillRule::Nonzero),
            ("W*", _) => Self::Clip(FillRule::EvenOdd),
            ("g" | "G", &[gray]) => Self::Gray(brush, gray),
            ("rg" | "RG", _) => exactly(values).map_or(Self::Unknown, |rgb| Self::Rgb(brush, rgb)),
            ("k" | "K", _) => exactly(values).map_or(Self::Unknown, |inks| Self::Cmyk(brush, inks)),
            ("cs" | "CS", _) => Self::Space(brush, operands.first()),
            ("sc" | "scn" | "SC" | "SCN", _) => Self::Colour(brush, operands),
            ("sh", _) => Self::Shade(name()),
            ("Do", _) => Self::Draw(name()),
            ("BI", _) => Self::InlineImage(operands.first().and_then(|image| image.as_stream().ok())),
            ("BMC" | "BDC", _) => Self::BeginMarked(name(), operands.get(1)),
            ("EMC", _) => Self::EndMarked,
            ("BX", _) => Self::BeginCompatibility,
            ("EX", _) => Self::EndCompatibility,
            ("PS", _) => Self::PostScript,
            ("ET" | "J" | "j" | "M" | "d" | "ri" | "i" | "MP" | "DP" | "d0" | "d1", _) => Self::Neutral,
            (operator, values) => match Painting::named(operator) {
                Some(painting) => Self::Paint(painting),
                None => Self::text(operator, values, operands),
            },
        }
    }

    fn text(operator: &str, values: &[f64], operands: &'o [Object]) -> Self {
        let shown = |next_line, spaces| {
            let parts = match operands.last() {
                Some(Object::Array(parts)) => parts.as_slice(),
                Some(part) => std::slice::from_ref(part),
                None => &[],
            };
            Self::Show(Showing { next_line, spaces, parts })
        };
        match (operator, values) {
            ("BT", _) => Self::BeginText,
            ("Tc", &[space]) => Self::CharacterSpace(space),
            ("Tw", &[space]) => Self::WordSpace(space),
            ("Tz", &[per_cent]) => Self::Stretch(per_cent),
            ("TL", &[leading]) => Self::Leading(leading),
            ("Ts", &[rise]) => Self::Rise(rise),
            ("Tr", &[mode]) => {
                Self::RenderMode((0..=7_u8).find(|known| f64::from(*known) >= mode).unwrap_or(0))
            }
            ("Tf", _) => {
                let name = operands.first().and_then(name_of).unwrap_or_default();
                Self::Font(name, values.last().copied().unwrap_or(0.0))
            }
            ("Td", &[x, y]) => Self::MoveLine([x, y]),
            ("TD", &[x, y]) => Self::MoveLineAndLead([x, y]),
            ("Tm", _) => exactly(values).map_or(Self::Unknown, |six| Self::TextMatrix(Matrix(six))),
            ("T*", _) => Self::NextLine,
            ("Tj" | "TJ", _) => shown(false, None),
            ("'", _) => shown(true, None),
            ("\"", &[word, character]) => shown(true, Some([word, character])),
            _ => Self::Unknown,
        }
    }
}

/// The most operands that are read as plain numbers; no operator takes more.
const MOST_NUMBERS: usize = 7;

/// The numbers among operands and how many there are. All of them count, so that one too many is seen.
fn numbers(operands: &[Object]) -> ([f64; MOST_NUMBERS], usize) {
    let (mut list, mut count) = ([0.0; MOST_NUMBERS], 0);
    for value in operands.iter().filter_map(number_of) {
        if let Some(place) = list.get_mut(count) {
            *place = value;
        }
        count += 1;
    }
    (list, count)
}

/// The numbers, if there are as many as an operator takes.
fn exactly<const COUNT: usize>(values: &[f64]) -> Option<[f64; COUNT]> {
    values.try_into().ok()
}

#[cfg(test)]
mod tests {
    use lopdf::content::Content;

    use super::*;

    /// What `content` is read as, by what `Debug` says of it.
    fn read(content: &str) -> Vec<String> {
        let operations = Content::decode(content.as_bytes()).expect("it can be read").operations;
        operations.iter().map(|operation| format!("{:?}", Op::read(operation))).collect()
    }

    #[test]
    fn operands_decide_what_an_operator_is() {
        assert_eq!(
            read("1 0 0 1 5 6 cm 1 2 cm 0.5 g 0 1 G 0 0 0 1 K /A gs"),
            [
                "Concat(Matrix([1.0, 0.0, 0.0, 1.0, 5.0, 6.0]))",
                "Unknown",
                "Gray(Fill, 0.5)",
                "Unknown",
                "Cmyk(Stroke, [0.0, 0.0, 0.0, 1.0])",
                "GraphicsState([65])",
            ]
        );
        assert_eq!(read("1 2 3 4 5 6 7 8 9 c x"), ["Unknown", "Unknown"]);
    }

    #[test]
    fn every_way_to_paint_has_its_operator() {
        for (operator, painting) in Painting::ALL.iter().filter(|(name, _)| *name != "F") {
            assert_eq!(Op::read(&Operation::new(operator, Vec::new())), Op::Paint(*painting));
            assert_eq!(painting.operator(), *operator);
        }
        // without its stroke, what was closed and filled is filled
        let closed = Painting { stroke: false, ..Painting::named("b*").expect("known") };
        assert_eq!(closed.operator(), "f*");
    }

    #[test]
    fn all_four_ways_to_show_text_are_one() {
        let shown = |content: &str| {
            let operations = Content::decode(content.as_bytes()).expect("it can be read").operations;
            match Op::read(&operations[0]) {
                Op::Show(Showing { next_line, spaces, parts }) => (next_line, spaces, parts.len()),
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(shown("(a) Tj"), (false, None, 1));
        assert_eq!(shown("[(a) 3 (b)] TJ"), (false, None, 3));
        assert_eq!(shown("(a) '"), (true, None, 1));
        assert_eq!(shown("1 2 (a) \""), (true, Some([1.0, 2.0]), 1));
    }
}
