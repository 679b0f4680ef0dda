//! Sheets of paper and places on them. In: "sra3" or "320x450mm". Out: [`Size`], [`SheetRect`], [`Turn`].
//!
//! Coordinates of a side run from its lower left corner, right and up, as in PDF.

use std::fmt;
use std::str::FromStr;

use super::length::Length;

/// Width and height.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Size {
    /// From left to right.
    pub width: Length,
    /// From bottom to top.
    pub height: Length,
}

/// A sheet that has a name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NamedSheet {
    /// The name in orders.
    pub name: &'static str,
    /// The name in Japanese.
    pub japanese: &'static str,
    /// The short side, in millimetres.
    short: f64,
    /// The long side, in millimetres.
    long: f64,
}

impl NamedSheet {
    const fn new(name: &'static str, japanese: &'static str, short: f64, long: f64) -> Self {
        Self { name, japanese, short, long }
    }

    /// The sheet, standing.
    #[must_use]
    pub fn size(&self) -> Size {
        Size::mm(self.short, self.long)
    }
}

/// Sheets by name. ISO 216 (A), JIS P 0138 (B), ISO 217 (SRA), and the untrimmed sheets of Japanese printing houses
/// (JIS P 0202).
pub const SHEETS: &[NamedSheet] = &[
    NamedSheet::new("a6", "A6", 105.0, 148.0),
    NamedSheet::new("a5", "A5", 148.0, 210.0),
    NamedSheet::new("a4", "A4", 210.0, 297.0),
    NamedSheet::new("a3", "A3", 297.0, 420.0),
    NamedSheet::new("a2", "A2", 420.0, 594.0),
    NamedSheet::new("b5", "B5", 182.0, 257.0),
    NamedSheet::new("b4", "B4", 257.0, 364.0),
    NamedSheet::new("b3", "B3", 364.0, 515.0),
    NamedSheet::new("sra4", "SRA4", 225.0, 320.0),
    NamedSheet::new("sra3", "SRA3", 320.0, 450.0),
    NamedSheet::new("a3-nobi", "A3ノビ", 329.0, 483.0),
    NamedSheet::new("kiku", "菊全", 636.0, 939.0),
    NamedSheet::new("kiku-half", "菊半裁", 469.0, 636.0),
    NamedSheet::new("shiroku-half", "四六半裁", 545.0, 788.0),
    NamedSheet::new("shiroku", "四六全", 788.0, 1091.0),
];

/// The sheet with this name, in either language.
#[must_use]
pub fn named_sheet(name: &str) -> Option<&'static NamedSheet> {
    SHEETS
        .iter()
        .find(|sheet| sheet.name.eq_ignore_ascii_case(name) || sheet.japanese.eq_ignore_ascii_case(name))
}

impl Size {
    /// From millimetres.
    #[must_use]
    pub fn mm(width: f64, height: f64) -> Self {
        Self { width: Length::mm(width), height: Length::mm(height) }
    }

    /// The same paper, turned by a quarter.
    #[must_use]
    pub fn turned(self) -> Self {
        Self { width: self.height, height: self.width }
    }

    /// Whether both sides differ by less than `tolerance`.
    #[must_use]
    pub fn is_about(self, other: Self, tolerance: Length) -> bool {
        (self.width - other.width).abs() < tolerance && (self.height - other.height).abs() < tolerance
    }
}

/// The named paper that a size is, give or take a millimetre at each side: office programs round to whole points, and 595 by
/// 842 of them are 209.9 by 297.04 mm. Standing or lying; none where no paper is so near.
#[must_use]
pub fn paper_near(size: Size) -> Option<Size> {
    SHEETS
        .iter()
        .flat_map(|sheet| [sheet.size(), sheet.size().turned()])
        .find(|paper| paper.is_about(size, Length::mm(1.0)))
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}×{} mm", shown(self.width), shown(self.height))
    }
}

/// Millimetres, to a hundredth where they are not whole: 297.04 is not 297 where paper ends at 297.
fn shown(length: Length) -> String {
    let text = format!("{:.2}", length.to_mm());
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A sheet that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "a sheet is a name (a4, a3, a3-nobi, sra3, kiku, kiku-half, shiroku, shiroku-half) or two sides such as \"320x450mm\""
)]
pub struct SizeError;

impl FromStr for Size {
    type Err = SizeError;

    fn from_str(text: &str) -> Result<Self, SizeError> {
        let text = text.trim();
        if let Some(sheet) = named_sheet(text) {
            return Ok(sheet.size());
        }
        let (width, height) = text.split_once(['x', 'X', '×']).ok_or(SizeError)?;
        let height: Length = height.parse().map_err(|_| SizeError)?;
        // the unit may stand once, at the end
        let unit = text.trim_start_matches(|c: char| !c.is_ascii_alphabetic() || c == 'x' || c == 'X');
        let width = width.parse().or_else(|_| format!("{width}{unit}").parse()).map_err(|_| SizeError)?;
        let size = Self { width, height };
        // PDF itself ends at 200 inches
        let sound = |side: Length| side > Length::mm(10.0) && side <= Length::pt(14400.0);
        if sound(size.width) && sound(size.height) { Ok(size) } else { Err(SizeError) }
    }
}

/// A place on a side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SheetRect {
    /// Left edge.
    pub left: Length,
    /// Lower edge.
    pub bottom: Length,
    /// Width.
    pub width: Length,
    /// Height.
    pub height: Length,
}

/// A length for each edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edges {
    /// At the left.
    pub left: Length,
    /// At the right.
    pub right: Length,
    /// Below.
    pub bottom: Length,
    /// Above.
    pub top: Length,
}

impl SheetRect {
    /// A place of `size` with its lower left corner at the given point.
    #[must_use]
    pub fn at(left: Length, bottom: Length, size: Size) -> Self {
        Self { left, bottom, width: size.width, height: size.height }
    }

    /// Right edge.
    #[must_use]
    pub fn right(self) -> Length {
        self.left + self.width
    }

    /// Upper edge.
    #[must_use]
    pub fn top(self) -> Length {
        self.bottom + self.height
    }

    /// Its size.
    #[must_use]
    pub fn size(self) -> Size {
        Size { width: self.width, height: self.height }
    }

    /// The place grown by so much at each edge.
    #[must_use]
    pub fn grown(self, by: Edges) -> Self {
        Self {
            left: self.left - by.left,
            bottom: self.bottom - by.bottom,
            width: self.width + by.left + by.right,
            height: self.height + by.bottom + by.top,
        }
    }

    /// The same place, moved.
    #[must_use]
    pub fn moved(self, right: Length, up: Length) -> Self {
        Self { left: self.left + right, bottom: self.bottom + up, ..self }
    }

    /// The place after the side was turned by half in its plane.
    #[must_use]
    pub fn turned_on(self, sheet: Size) -> Self {
        Self { left: sheet.width - self.right(), bottom: sheet.height - self.top(), ..self }
    }

    /// The part of the place that lies in `outer`.
    #[must_use]
    pub fn within(self, outer: Self) -> Self {
        let (left, bottom) = (self.left.max(outer.left), self.bottom.max(outer.bottom));
        Self {
            left,
            bottom,
            width: self.right().min(outer.right()) - left,
            height: self.top().min(outer.top()) - bottom,
        }
    }

    /// The smallest place that holds both.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        let (left, bottom) = (self.left.min(other.left), self.bottom.min(other.bottom));
        Self {
            left,
            bottom,
            width: self.right().max(other.right()) - left,
            height: self.top().max(other.top()) - bottom,
        }
    }

    /// Whether `inner` lies in it, give or take `tolerance` at each edge.
    #[must_use]
    pub fn holds(self, inner: Self, tolerance: Length) -> bool {
        inner.left + tolerance >= self.left
            && inner.bottom + tolerance >= self.bottom
            && inner.right() <= self.right() + tolerance
            && inner.top() <= self.top() + tolerance
    }

    /// Whether the two share more than `tolerance` in both directions.
    #[must_use]
    pub fn overlaps(self, other: Self, tolerance: Length) -> bool {
        let across = self.right().min(other.right()) - self.left.max(other.left);
        let along = self.top().min(other.top()) - self.bottom.max(other.bottom);
        across > tolerance && along > tolerance
    }
}

/// A turn in the plane, counter-clockwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Turn {
    /// Upright.
    #[default]
    None,
    /// Head to the left.
    Quarter,
    /// Upside down.
    Half,
    /// Head to the right.
    ThreeQuarters,
}

impl Turn {
    /// One turn and then another quarter.
    #[must_use]
    pub fn quarter_more(self) -> Self {
        match self {
            Self::None => Self::Quarter,
            Self::Quarter => Self::Half,
            Self::Half => Self::ThreeQuarters,
            Self::ThreeQuarters => Self::None,
        }
    }

    /// One turn and then another half.
    #[must_use]
    pub fn half_more(self) -> Self {
        match self {
            Self::None => Self::Half,
            Self::Quarter => Self::ThreeQuarters,
            Self::Half => Self::None,
            Self::ThreeQuarters => Self::Quarter,
        }
    }

    /// Whether width and height change places.
    #[must_use]
    pub fn lies(self) -> bool {
        matches!(self, Self::Quarter | Self::ThreeQuarters)
    }

    /// Where what pointed to the right points then.
    #[must_use]
    pub fn direction(self) -> TurnDirection {
        let (cos, sin) = match self {
            Self::None => (1.0, 0.0),
            Self::Quarter => (0.0, 1.0),
            Self::Half => (-1.0, 0.0),
            Self::ThreeQuarters => (0.0, -1.0),
        };
        TurnDirection { cos, sin }
    }
}

/// The direction of a turn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TurnDirection {
    /// The cosine of its angle.
    pub cos: f64,
    /// The sine of its angle.
    pub sin: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_have_names_and_sizes() {
        for (text, width, height) in [
            ("SRA3", 320.0, 450.0),
            ("菊全", 636.0, 939.0),
            ("329x483mm", 329.0, 483.0),
            ("21cm×29.7cm", 210.0, 297.0),
        ] {
            let size: Size = text.parse().expect(text);
            assert!(size.is_about(Size::mm(width, height), Length::mm(0.001)), "{text} gave {size}");
        }
    }

    #[test]
    fn paper_is_known_by_its_rounded_size() {
        let points = |width, height| Size { width: Length::pt(width), height: Length::pt(height) };
        assert_eq!(paper_near(points(595.0, 842.0)), Some(Size::mm(210.0, 297.0)));
        assert_eq!(paper_near(points(842.0, 595.0)), Some(Size::mm(297.0, 210.0)));
        assert_eq!(paper_near(Size::mm(208.0, 297.0)), None);
        assert_eq!(points(595.0, 842.0).to_string(), "209.9×297.04 mm");
        assert_eq!(Size::mm(210.0, 297.0).to_string(), "210×297 mm");
    }

    #[test]
    fn what_is_no_sheet_is_refused() {
        for text in ["", "a", "sra", "320x450", "0x450mm", "320x-450mm", "9999999x5mm", "x", "mm×mm"] {
            assert_eq!(text.parse::<Size>(), Err(SizeError), "{text}");
        }
    }
}
