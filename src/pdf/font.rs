//! Fonts of a page: whether they are in the file, how wide their characters are, and which code is the box for a missing one.
//!
//! In: a font dictionary (ISO 32000-1, 9.5 to 9.9). Out: [`Font`].

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::font_program::FontProgram;
use super::geometry::Matrix;
use super::objects::{
    array, dictionary, dictionary_of, matrix, name, number, number_of, read_name, resolved, value,
};
use super::reading::unpacked;

/// Largest table from codes to glyphs: two bytes for each of 65,536 characters.
const LARGEST_MAP: usize = 1 << 17;
/// Most widths that are kept.
const MOST_WIDTHS: usize = 1 << 16;

/// What is known of a font.
#[derive(Debug)]
pub struct Font<'d> {
    /// The name, without the tag of a subset.
    pub name: String,
    /// The outlines.
    pub program: FontProgram,
    /// How characters follow each other downwards, if they do.
    pub vertical: Option<Vertical>,
    /// Type 3: the drawings, their matrix and resources.
    pub drawn: Option<Drawn<'d>>,
    two_bytes: bool,
    /// Whether the first glyph (.notdef) of the font is the code 0; else the table says.
    glyphs: Glyphs,
    widths: HashMap<u32, f64>,
    width: f64,
}

/// The metrics of vertical writing (ISO 32000-1, 9.7.4.3), in thousandths of the size.
#[derive(Debug, Default)]
pub struct Vertical {
    /// For codes with their own: the way down and the place of the origin.
    own: HashMap<u32, [f64; 3]>,
    /// For all others: the height of the origin above the base line, and the way down.
    all: [f64; 2],
}

/// A character of vertical writing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VerticalAdvance {
    /// The way to the next character; downwards it is negative.
    pub down: f64,
    /// From the left of the character to where it is set.
    pub origin_x: f64,
    /// From its base line to where it is set.
    pub origin_y: f64,
}

/// The characters of a Type 3 font are content streams.
#[derive(Debug)]
pub struct Drawn<'d> {
    /// The streams.
    pub characters: &'d Dictionary,
    /// From their space to that of the text.
    pub matrix: Matrix,
    /// Their resources, if they have their own.
    pub resources: Option<&'d Dictionary>,
}

#[derive(Debug)]
enum Glyphs {
    /// Not known.
    Unknown,
    /// A code is a glyph.
    Same,
    /// Two bytes a code.
    Table(Vec<u8>),
}

/// Fonts that were read, each once where it is an object of its own.
#[derive(Debug, Default)]
pub struct PageFonts<'d>(HashMap<ObjectId, Rc<Font<'d>>>);

impl<'d> PageFonts<'d> {
    /// A font; none if `object` is no dictionary.
    pub fn read(&mut self, doc: &'d Document, object: &'d Object) -> Option<Rc<Font<'d>>> {
        let id = object.as_reference().ok();
        if let Some(known) = id.and_then(|id| self.0.get(&id)) {
            return Some(Rc::clone(known));
        }
        let font = Rc::new(Font::read(doc, resolved(doc, object).and_then(dictionary_of)?));
        if let Some(id) = id {
            self.0.insert(id, Rc::clone(&font));
        }
        Some(font)
    }
}

impl<'d> Font<'d> {
    /// Reads a font.
    #[must_use]
    pub fn read(doc: &'d Document, font: &'d Dictionary) -> Self {
        let subtype = name(doc, font, b"Subtype").unwrap_or_default();
        let base = name(doc, font, b"BaseFont").or_else(|| name(doc, font, b"Name")).unwrap_or(b"?");
        let base = read_name(base);
        let plain = base.split_once('+').map_or(base.as_ref(), |(_, rest)| rest).to_owned();
        match subtype {
            b"Type3" => Self::type3(doc, font, plain),
            b"Type0" => Self::composite(doc, font, plain),
            _ => Self::simple(doc, font, plain),
        }
    }

    fn type3(doc: &'d Document, font: &'d Dictionary, name: String) -> Self {
        let drawn = dictionary(doc, font, b"CharProcs").map(|characters| Drawn {
            characters,
            matrix: matrix(doc, font, b"FontMatrix"),
            resources: dictionary(doc, font, b"Resources"),
        });
        // widths of Type 3 are in glyph space
        let scale = drawn.as_ref().map_or(1.0, |drawn| drawn.matrix.0[0] * 1000.0);
        let mut widths = simple_widths(doc, font);
        for width in widths.values_mut() {
            *width *= scale;
        }
        Self {
            name,
            program: FontProgram::Sound { glyphs: None },
            vertical: None,
            drawn,
            two_bytes: false,
            glyphs: Glyphs::Unknown,
            widths,
            width: 0.0,
        }
    }

    fn simple(doc: &'d Document, font: &'d Dictionary, name: String) -> Self {
        let descriptor = dictionary(doc, font, b"FontDescriptor");
        let missing = descriptor.and_then(|descriptor| number(doc, descriptor, b"MissingWidth"));
        Self {
            name,
            program: FontProgram::read(doc, descriptor),
            vertical: None,
            drawn: None,
            two_bytes: false,
            glyphs: Glyphs::Unknown,
            widths: simple_widths(doc, font),
            width: missing.unwrap_or(500.0),
        }
    }

    fn composite(doc: &'d Document, font: &'d Dictionary, name: String) -> Self {
        let descendant = array(doc, font, b"DescendantFonts")
            .first()
            .and_then(|object| resolved(doc, object))
            .and_then(|object| object.as_dict().ok());
        let Some(descendant) = descendant else {
            return Self {
                name,
                program: FontProgram::Missing,
                vertical: None,
                drawn: None,
                two_bytes: true,
                glyphs: Glyphs::Unknown,
                widths: HashMap::new(),
                width: 1000.0,
            };
        };
        let identity =
            matches!(super::objects::name(doc, font, b"Encoding"), Some(b"Identity-H" | b"Identity-V"));
        let glyphs = match value(doc, descendant, b"CIDToGIDMap") {
            _ if !identity => Glyphs::Unknown,
            Some(Object::Stream(map)) => unpacked(map, LARGEST_MAP).map_or(Glyphs::Unknown, Glyphs::Table),
            _ => Glyphs::Same,
        };
        let program = FontProgram::read(doc, dictionary(doc, descendant, b"FontDescriptor"));
        Self {
            name,
            program,
            vertical: is_vertical(doc, font).then(|| Vertical::read(doc, descendant)),
            drawn: None,
            two_bytes: true,
            glyphs,
            widths: composite_widths(doc, descendant),
            width: number(doc, descendant, b"DW").unwrap_or(1000.0),
        }
    }

    /// The codes of a string.
    pub fn codes<'s>(&self, string: &'s [u8]) -> impl Iterator<Item = u32> + use<'s> {
        let size = if self.two_bytes { 2 } else { 1 };
        string.chunks(size).map(|bytes| bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte)))
    }

    /// The width of a code, in thousandths of the size.
    #[must_use]
    pub fn width(&self, code: u32) -> f64 {
        self.widths.get(&code).copied().unwrap_or(self.width)
    }

    /// How a code moves on in vertical writing; none in horizontal writing.
    #[must_use]
    pub fn vertical_advance(&self, code: u32) -> Option<VerticalAdvance> {
        let vertical = self.vertical.as_ref()?;
        Some(match vertical.own.get(&code) {
            Some(&[down, origin_x, origin_y]) => VerticalAdvance { down, origin_x, origin_y },
            None => VerticalAdvance {
                down: vertical.all[1],
                origin_x: self.width(code) / 2.0,
                origin_y: vertical.all[0],
            },
        })
    }

    /// Whether a code is the space that word spacing widens.
    #[must_use]
    pub fn is_word_space(&self, code: u32) -> bool {
        !self.two_bytes && code == 32
    }

    /// Whether a code shows the box for a missing character, or no glyph of the font at all.
    #[must_use]
    pub fn is_missing(&self, code: u32) -> bool {
        let glyph = match &self.glyphs {
            Glyphs::Unknown => return false,
            Glyphs::Same => code,
            Glyphs::Table(table) => {
                let at = code as usize * 2;
                // a code beyond the table is glyph 0 too
                table.get(at..at + 2).map_or(0, |glyph| u32::from(glyph[0]) << 8 | u32::from(glyph[1]))
            }
        };
        let beyond = match self.program {
            FontProgram::Sound { glyphs: Some(glyphs) } => glyph >= u32::from(glyphs),
            _ => false,
        };
        glyph == 0 || beyond
    }
}

/// Whether the encoding of a composite font writes downwards (`WMode` 1; the names of those that do end with V).
fn is_vertical(doc: &Document, font: &Dictionary) -> bool {
    match value(doc, font, b"Encoding") {
        Some(Object::Name(name)) => name.ends_with(b"-V") || name == b"V",
        Some(Object::Stream(map)) => number(doc, &map.dict, b"WMode") == Some(1.0),
        _ => false,
    }
}

impl Vertical {
    /// Of a CID font: `DW2` and `W2`.
    fn read(doc: &Document, descendant: &Dictionary) -> Self {
        let all = match super::objects::numbers(doc, array(doc, descendant, b"DW2"))[..] {
            [origin, down] => [origin, down],
            _ => [880.0, -1000.0],
        };
        let mut own = HashMap::new();
        let mut rest = array(doc, descendant, b"W2");
        let plain = |object: &Object| resolved(doc, object).and_then(number_of);
        while let [first, second, tail @ ..] = rest {
            let Some(first) = resolved(doc, first).and_then(code) else { break };
            if let Some(Object::Array(list)) = resolved(doc, second) {
                let metrics = super::objects::numbers(doc, list);
                own.extend((first..).zip(metrics.as_chunks::<3>().0.iter().copied()));
                rest = tail;
            } else {
                let Some(last) = resolved(doc, second).and_then(code) else { break };
                let [down, x, y, behind @ ..] = tail else { break };
                let (Some(down), Some(x), Some(y)) = (plain(down), plain(x), plain(y)) else { break };
                own.extend((first..=last).map(|code| (code, [down, x, y])));
                rest = behind;
            }
            if own.len() > MOST_WIDTHS {
                break;
            }
        }
        Self { own, all }
    }
}

/// A code of a table of widths.
fn code(object: &Object) -> Option<u32> {
    object.as_i64().ok().and_then(|value| u16::try_from(value).ok()).map(u32::from)
}

fn simple_widths(doc: &Document, font: &Dictionary) -> HashMap<u32, f64> {
    let first = number(doc, font, b"FirstChar").unwrap_or(0.0).clamp(0.0, 255.0);
    let widths = array(doc, font, b"Widths").iter().take(256);
    let codes = (0..=255_u32).filter(|code| f64::from(*code) >= first);
    codes.zip(widths).filter_map(|(code, width)| Some((code, number_of(resolved(doc, width)?)?))).collect()
}

/// `[first [w w w] first last w …]`.
fn composite_widths(doc: &Document, font: &Dictionary) -> HashMap<u32, f64> {
    let mut widths = HashMap::new();
    let mut rest = array(doc, font, b"W");
    while let [first, second, tail @ ..] = rest {
        let (Some(first), Some(second)) = (resolved(doc, first), resolved(doc, second)) else { break };
        let Some(first) = code(first) else { break };
        if let Object::Array(list) = second {
            for (code, width) in (first..).zip(list) {
                if let Some(width) = resolved(doc, width).and_then(number_of) {
                    widths.insert(code, width);
                }
            }
            rest = tail;
        } else {
            let (Some(last), [width, tail @ ..]) = (code(second), tail) else { break };
            let Some(width) = resolved(doc, width).and_then(number_of) else { break };
            widths.extend((first..=last).map(|code| (code, width)));
            rest = tail;
        }
        if widths.len() > MOST_WIDTHS {
            break;
        }
    }
    widths
}
