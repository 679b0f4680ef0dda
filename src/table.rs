//! Ground floor: lists as text (CSV, RFC 4180) to rows of cells and back, by the `csv` crate, and what spreadsheets make of
//! them. Pure: no file is read here.
//!
//! In: the text of a file, or the cells of a sheet ([`SheetWriter`]). Out: [`Rows`], whose cells are stretches of the text and not copies of it, so that a list of a
//! million rows takes little more memory than its text; or the text of a list ([`Writer`]). The crate parses the text; where
//! its cells stand is worked out from their lengths. Rows that the crate reads otherwise than people do (a quotation mark
//! that is left open, blanks before one) are read by `irregular`, and cost no other row.

pub mod dialect;
pub mod formula;
mod irregular;
mod parts;
mod places;
mod replace;
mod sheet;
mod write;

use std::ops::Range;

pub use irregular::blank;
pub use parts::{TextPart, join, parts, scan};
pub use places::{Places, Replaced};
pub use replace::{EditedText, OldRow, replace};
pub use sheet::SheetWriter;
pub use write::Writer;

/// A cell as written: a stretch of the text of its file. Eight bytes, so that a list of a million rows takes little more
/// than its text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    start: u32,
    length: u32,
}

impl Written {
    /// The stretch from byte `start` to byte `end`.
    ///
    /// # Panics
    /// When a byte lies beyond 4 GiB: `read` refuses such files.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let byte = |at: usize| u32::try_from(at).expect("texts are shorter than 4 GiB");
        Self { start: byte(start), length: byte(end - start) }
    }

    /// The words in `text`, or in `unquoted` if the stretch lies beyond the end of `text`.
    #[must_use]
    pub fn of<'t>(self, text: &'t str, unquoted: &'t str) -> &'t str {
        let (start, length) = (self.start as usize, self.length as usize);
        match start.checked_sub(text.len()) {
            Some(beyond) if length > 0 => unquoted.get(beyond..beyond + length).unwrap_or_default(),
            _ => text.get(start..start + length).unwrap_or_default(),
        }
    }

    /// The bytes of the text that the stretch takes, or beyond its end.
    #[must_use]
    pub fn bytes(self) -> Range<usize> {
        self.start as usize..self.start as usize + self.length as usize
    }

    /// Whether nothing is written.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.length == 0
    }

    /// Moves a stretch beyond `end` by `by` bytes.
    fn shift(&mut self, end: usize, by: usize) {
        if self.start as usize >= end && self.length > 0 {
            *self = Self::new(self.start as usize + by, self.start as usize + by + self.length as usize);
        }
    }

    /// The cell without what keeps spreadsheets from calculating it or from reading it as a number: an apostrophe before it,
    /// or `="…"` around it.
    fn unprotected(self, text: &str, unquoted: &str) -> Self {
        let written = self.of(text, unquoted);
        match written.as_bytes().first() {
            Some(b'\'') if formula::is_marked(written) => {
                Self { start: self.start + 1, length: self.length - 1 }
            }
            Some(b'=') if formula::quoted_text(written).is_some() => {
                Self { start: self.start + 2, length: self.length - 3 }
            }
            _ => self,
        }
    }
}

/// A row that is not blank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The byte at which it begins.
    pub start: usize,
    /// Its number as a spreadsheet shows it, from 1.
    pub number: u32,
    /// Its first physical line, from 1.
    pub line: u32,
    /// Its cells.
    pub cells: Vec<Written>,
    /// What is wrong with its quotation marks.
    pub fault: Option<Box<RowFault>>,
}

/// What is wrong with the quotation marks of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowFault {
    /// What it is.
    pub kind: QuoteFault,
    /// In which cell (from 0).
    pub cell: usize,
    /// The bytes of that cell, as far as they can be told: to the delimiter behind it, or to the end of its line.
    pub place: Range<usize>,
}

/// What is wrong with a quotation mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteFault {
    /// It opens a cell and is never closed.
    Unclosed,
    /// Characters follow after the one that closes the cell.
    Stray,
    /// It opens in the middle of a cell and closes in another one.
    Inside,
}

/// The rows of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// The rows, without blank ones.
    pub rows: Vec<Row>,
    /// Cells in which doubled quotation marks became single ones, one after the other; a [`Written`] beyond the end of
    /// the text is found here.
    pub unquoted: String,
    /// Where cells stand that are not read where they stand.
    pub places: Places,
}

impl Rows {
    /// All rows of a short text, on one core.
    #[must_use]
    pub fn of(text: &str, delimiter: u8) -> Self {
        join(text, delimiter, std::iter::once(scan(text, delimiter, 0..text.len())))
    }
}

/// The pieces of the line from byte `from` on between its delimiters, quotation marks around them left out: what can be told
/// of a line whose marks are wrong.
pub fn pieces(text: &str, from: usize, delimiter: u8) -> impl Iterator<Item = &str> {
    let rest = text.get(from..).unwrap_or_default();
    let line = rest.split(['\n', '\r']).next().unwrap_or_default();
    line.split(char::from(delimiter)).map(|piece| piece.trim_matches(['"', ' ']))
}

/// The length of the line end that `rest` begins with; 0 if it begins with none.
fn line_end(rest: &[u8]) -> usize {
    match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// How many line ends are in `inside`.
fn breaks(inside: &[u8]) -> u32 {
    let mut count = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr2(b'\n', b'\r', &inside[at..]) {
        count += 1;
        at += found + line_end(&inside[at + found..]);
    }
    count
}
