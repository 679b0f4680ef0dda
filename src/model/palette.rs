//! The palette: one table of colours, inks first, that templates and presses share.
//!
//! In: the text of `layouts/shared/palette.csv` (`name,c,m,y,k,screen,use`; inks in per cent, `screen` as `#rrggbb`; a
//! column `black` says what stands for a colour where all is black, as lightness does otherwise). Out: [`Palette`], and a finding for each line that is none: a colour that is left out would be printed as something else.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::edition::Colours;
use super::origin::{Origin, Source};
use crate::diagnostic::{Code, Diagnostic, Outcome, Say};
use crate::say;
use crate::table::{Row, Rows};

/// The colours, in the order of the table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Palette {
    /// Each with a name and a screen value of its own.
    pub colours: Vec<PaletteColour>,
}

/// A colour of the palette.
#[derive(Debug, Clone, PartialEq)]
pub struct PaletteColour {
    /// The name by which templates ask for it.
    pub name: String,
    /// Cyan, magenta, yellow and black in per cent.
    pub inks: [f64; 4],
    /// How screens show it (sRGB).
    pub screen: [u8; 3],
    /// The same as it is written, `#025e84`.
    pub screen_text: String,
    /// Black in per cent, where all is printed in black: as the table says, else by how light the screen value is.
    pub black: f64,
}

/// The column that may be there too: black in per cent for copies in black.
const BLACK: &str = "black";
/// The columns that must be there.
const COLUMNS: [&str; 6] = ["name", "c", "m", "y", "k", "screen"];
const INKS: Range<usize> = 1..5;
const DELIMITER: u8 = b',';

impl Palette {
    /// The colours as files in `colours` show them. In black each is black ink alone, and its screen value the gray that
    /// stands for as much of it.
    #[must_use]
    pub fn in_colours(&self, colours: Colours) -> Cow<'_, Self> {
        match colours {
            Colours::All => Cow::Borrowed(self),
            Colours::Black => {
                Cow::Owned(Self { colours: self.colours.iter().map(PaletteColour::in_black).collect() })
            }
        }
    }

    /// Reads the table.
    pub fn read(source: &Arc<Source>) -> Outcome<Self> {
        let rows = Rows::of(&source.text, DELIMITER);
        let mut reader = PaletteReader {
            source,
            rows: &rows,
            places: Vec::new(),
            black: None,
            taken: BTreeMap::new(),
            diagnostics: Vec::new(),
        };
        let mut palette = Self::default();
        if let Some((header, rows)) = rows.rows.split_first()
            && reader.header(header)
        {
            palette.colours = rows.iter().filter_map(|row| reader.colour(row)).collect();
        } else if rows.rows.is_empty() {
            let empty = say!("配色の表が空です。", "The palette is empty.");
            reader.diagnostics.push(Diagnostic::error(Code::Palette, empty).at(Origin::file(source)));
        }
        Outcome { value: palette, diagnostics: reader.diagnostics }
    }
}

impl PaletteColour {
    fn in_black(&self) -> Self {
        let gray = 255 - to_step(self.black / 100.0);
        Self {
            name: self.name.clone(),
            inks: [0.0, 0.0, 0.0, self.black],
            screen: [gray; 3],
            screen_text: format!("#{gray:02x}{gray:02x}{gray:02x}"),
            black: self.black,
        }
    }
}

/// Black in per cent that is as dark as a colour of screens: one less the gray of the same luminance (IEC 61966-2-1).
fn darkness([r, g, b]: [u8; 3]) -> f64 {
    let linear = |channel: u8| {
        let v = f64::from(channel) / 255.0;
        if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    let gray =
        if luminance <= 0.003_130_8 { luminance * 12.92 } else { 1.055 * luminance.powf(1.0 / 2.4) - 0.055 };
    ((1.0 - gray) * 100.0).round().clamp(0.0, 100.0)
}

/// A value from 0 to 1 as one of 256 steps.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of u8")]
fn to_step(value: f64) -> u8 {
    (value.clamp(0.0, 1.0) * 255.0).round() as u8
}

struct PaletteReader<'a> {
    source: &'a Arc<Source>,
    rows: &'a Rows,
    /// Where each of [`COLUMNS`] stands.
    places: Vec<usize>,
    /// Where [`BLACK`] stands, if it does.
    black: Option<usize>,
    /// Names and screen values with the lines that have them.
    taken: BTreeMap<String, u32>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> PaletteReader<'a> {
    fn words(&self, row: &Row, place: usize) -> &'a str {
        let cell = row.cells.get(place).copied().unwrap_or_default();
        cell.of(&self.source.text, &self.rows.unquoted).trim()
    }

    fn say(&mut self, row: &Row, place: usize, message: Say) {
        let span = self.rows.places.in_row(&self.source.text, row, place);
        let finding = Diagnostic::error(Code::Palette, message).at(Origin::text(self.source, span));
        self.diagnostics.push(finding.hint(say!(
            "1行は「sea,95,55,30,10,#025e84,使いみち」の形です。インキは0から100の数、画面の色は # と16進6けたです。",
            "A line is \"sea,95,55,30,10,#025e84,use\": inks from 0 to 100, the screen value as # and six hexadecimal digits."
        )));
    }

    /// Finds the columns; whether all are there.
    fn header(&mut self, row: &Row) -> bool {
        let width = row.cells.len();
        let found = COLUMNS.map(|name| (0..width).find(|place| self.words(row, *place) == name));
        self.places = found.iter().flatten().copied().collect();
        self.black = (0..width).find(|place| self.words(row, *place) == BLACK);
        let missing = COLUMNS.iter().zip(found).find(|(_, place)| place.is_none());
        if let Some((name, _)) = missing {
            self.say(
                row,
                0,
                say!("配色の表に「{name}」の列がありません。", "The palette has no column \"{name}\"."),
            );
        }
        missing.is_none()
    }

    fn inks(&mut self, row: &Row, name: &str) -> Option<[f64; 4]> {
        let mut inks = [0.0; 4];
        for (ink, column) in inks.iter_mut().zip(INKS) {
            *ink = self.amount(row, name, self.places[column], COLUMNS[column])?;
        }
        Some(inks)
    }

    /// An amount of ink in per cent; none where it is a finding.
    fn amount(&mut self, row: &Row, name: &str, place: usize, column: &str) -> Option<f64> {
        let words = self.words(row, place);
        let amount = words.parse::<f64>().ok().filter(|ink| (0.0..=100.0).contains(ink));
        if amount.is_none() {
            self.say(
                row,
                place,
                say!(
                    "色「{name}」の {column} が、0から100の数ではありません：「{words}」",
                    "{column} of the colour \"{name}\" is no number from 0 to 100: \"{words}\""
                ),
            );
        }
        amount
    }

    /// The colour of a row; none where it is a finding.
    fn colour(&mut self, row: &Row) -> Option<PaletteColour> {
        let places = self.places.clone();
        if let Some(fault) = &row.fault {
            self.say(
                row,
                fault.cell,
                say!("「\"」の使い方が正しくありません。", "A quotation mark stands wrongly."),
            );
            return None;
        }
        let name = self.words(row, places[0]);
        if name.is_empty() {
            self.say(row, places[0], say!("色の名前がありません。", "The colour has no name."));
            return None;
        }
        let inks = self.inks(row, name)?;
        let place = places[INKS.end];
        let screen_text = self.words(row, place);
        let Some(screen) = rgb(screen_text) else {
            self.say(
                row,
                place,
                say!(
                    "色「{name}」の画面の色が、#025e84 の形ではありません：「{screen_text}」",
                    "The screen value of \"{name}\" is not of the form #025e84: \"{screen_text}\""
                ),
            );
            return None;
        };
        let [r, g, b] = screen;
        for (key, place) in [(name.to_owned(), places[0]), (format!("#{r:02x}{g:02x}{b:02x}"), place)] {
            if let Some(line) = self.taken.insert(key.clone(), row.line) {
                self.say(
                    row,
                    place,
                    say!("「{key}」は{line}行目にもあります。", "\"{key}\" stands in line {line} too."),
                );
                return None;
            }
        }
        let black = match self.black.filter(|place| !self.words(row, *place).is_empty()) {
            Some(place) => self.amount(row, name, place, BLACK)?,
            None => darkness(screen),
        };
        Some(PaletteColour {
            name: name.to_owned(),
            inks,
            screen,
            screen_text: screen_text.to_owned(),
            black,
        })
    }
}

/// The channels of `#025e84`.
fn rgb(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let channel = |at: usize| {
        let pair = digits.get(at..at + 2).filter(|pair| pair.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        u8::from_str_radix(pair, 16).ok()
    };
    Some([channel(0)?, channel(2)?, channel(4)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let Outcome { value, diagnostics } = Palette::read(&Source::new("palette.csv", text));
        let names = value.colours.into_iter().map(|colour| colour.name).collect();
        let said = diagnostics.iter().map(|one| {
            let place = one.origin.as_ref().map(ToString::to_string).unwrap_or_default();
            format!("{place} {}", one.message.en)
        });
        (names, said.collect())
    }

    #[test]
    fn reads_colours() {
        let source =
            Source::new("palette.csv", "use,name,c,m,y,k,screen\n\"a, b\",sea,95,55.5,30,10,#025E84\n");
        let Outcome { value, diagnostics } = Palette::read(&source);
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        let colour = PaletteColour {
            name: "sea".into(),
            inks: [95.0, 55.5, 30.0, 10.0],
            screen: [2, 0x5E, 0x84],
            screen_text: "#025E84".into(),
            black: 66.0,
        };
        assert_eq!(value.colours, [colour]);
    }

    #[test]
    fn in_black_there_is_no_other_ink() {
        let text = "name,c,m,y,k,screen,black\nsea,95,55,30,10,#025e84,100\nsun,5,20,85,0,#f6ca37,\nink,0,0,0,100,#1f1f1d,100\n";
        let palette = Palette::read(&Source::new("palette.csv", text)).value;
        let black = palette.in_colours(Colours::Black);
        let seen: Vec<(f64, &str)> =
            black.colours.iter().map(|one| (one.inks[3], one.screen_text.as_str())).collect();
        assert!(black.colours.iter().all(|one| one.inks[..3] == [0.0; 3]));
        assert_eq!(seen, [(100.0, "#000000"), (19.0, "#cfcfcf"), (100.0, "#000000")]);
        assert_eq!(palette.in_colours(Colours::All).as_ref(), &palette);
        assert_eq!(read("name,c,m,y,k,screen,black\na,1,2,3,4,#000000,x\n").0, Vec::<String>::new());
    }

    #[test]
    fn each_line_that_is_no_colour_is_found_at_its_place() {
        let text = "name,c,m,y,k,screen\na,1,2,3,x,#000000\nb,1,2,3,101,#000001\nc,1,2,3,4,#00000\nd,1,2\n,1,2,3,4,#000002\n\
            e,1,2,3,4,#00000a\ne,1,2,3,4,#000003\nf,1,2,3,4,#00000A\n\"g,1,2,3,4,#000004\nh,1,2,3,4,#000005\n";
        let (names, said) = read(text);
        assert_eq!(names, ["e", "h"]);
        let places: Vec<&str> = said.iter().filter_map(|one| one.split(' ').next()).collect();
        let lines = ["2:9", "3:9", "4:11", "5:6", "6:1", "8:1", "9:11", "10:1"];
        assert_eq!(places, lines.map(|place| format!("palette.csv:{place}")), "{said:?}");
        assert_eq!(read("name,c,m,y,screen\n").1, ["palette.csv:1:1 The palette has no column \"k\"."]);
        assert_eq!(read("").1, ["palette.csv The palette is empty."]);
    }
}
