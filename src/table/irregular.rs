//! Rows as people write them and the `csv` crate does not read them: blanks around quotation marks, a mark that is left
//! open or has characters behind it, a byte order mark between two files that were put together.
//!
//! In: the text and where a row begins. Out: its cells, or what is wrong; and where the row ends.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memchr2, memchr3};

use super::cell::Written;
use super::lines::breaks;
use super::places::Places;
use super::row::{QuoteFault, RowFault};

pub const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// A row as it stands in the text.
#[derive(Debug, Default)]
pub struct Irregular {
    /// The cells.
    pub cells: Vec<Written>,
    /// What is wrong with a quotation mark.
    pub fault: Option<Box<RowFault>>,
    /// Line ends within cells.
    pub inner: u32,
    /// The byte of its line end.
    pub end: usize,
}

/// What becomes of cells with doubled quotation marks: what they read as, and where they stand.
#[derive(Debug, Default)]
pub struct Doubled {
    pub unquoted: String,
    pub places: Places,
}

/// Reads the row that begins at byte `start`.
pub fn row(text: &str, delimiter: u8, start: usize, doubled: &mut Doubled) -> Irregular {
    let bytes = text.as_bytes();
    let mut row = Irregular { end: start, ..Irregular::default() };
    // files put together keep the byte order mark of each
    if bytes[start..].starts_with(BYTE_ORDER_MARK) {
        row.end += BYTE_ORDER_MARK.len();
    }
    // quotation marks around cells, and doubled ones in them
    let mut marks = 0;
    loop {
        let at = row.end;
        let open = at + quote_after(&bytes[at..], delimiter);
        let quote = (bytes.get(open) == Some(&b'"')).then(|| quoted(bytes, open, delimiter));
        // blanks before a quotation mark are no part of the cell; where the mark closes nothing, they are
        let cell = match quote.filter(|closed| open == at || closed.is_ok()) {
            Some(Ok(Closed { close, next })) => {
                let inside = &text[open + 1..close];
                row.inner += breaks(inside.as_bytes());
                marks += memchr_iter(b'"', inside.as_bytes()).count() + 2;
                row.end = next;
                doubled.single(text, open + 1..close, start, row.cells.len())
            }
            Some(Err(kind)) => {
                // only this line is lost: the ones below are read as if it were whole
                row.inner = 0;
                row.end = memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |to| start + to);
                let place = cell_in_line(bytes, at.min(row.end)..row.end, delimiter);
                row.fault = Some(Box::new(RowFault { kind, cell: row.cells.len(), place }));
                return row;
            }
            None => {
                row.end = memchr3(delimiter, b'\n', b'\r', &bytes[at..]).map_or(bytes.len(), |to| at + to);
                Written::new(at, row.end)
            }
        };
        row.cells.push(cell.unprotected(text, &doubled.unquoted));
        if bytes.get(row.end) != Some(&delimiter) {
            break;
        }
        row.end += 1;
    }
    if memchr_iter(b'"', &bytes[start..row.end]).count() > marks {
        row.fault = opens_inside(&row.cells, text, doubled);
    }
    row
}

/// A cell with a mark that is wrong: as far as the delimiter behind it, or to the end of its line.
fn cell_in_line(bytes: &[u8], line: Range<usize>, delimiter: u8) -> Range<usize> {
    let mut is_open = false;
    let ends = |byte: &u8| {
        is_open ^= *byte == b'"';
        !is_open && *byte == delimiter
    };
    let end = bytes[line.clone()].iter().position(ends).map_or(line.end, |at| line.start + at);
    line.start..end
}

impl Doubled {
    /// The cell in quotation marks whose inside is `inside`: cell `cell` of the row that begins at byte `row`.
    pub fn single(&mut self, text: &str, inside: Range<usize>, row: usize, cell: usize) -> Written {
        let words = &text[inside.clone()];
        if memchr(b'"', words.as_bytes()).is_none() {
            return Written::new(inside.start, inside.end);
        }
        self.places.push(row, cell, inside);
        let begin = text.len() + self.unquoted.len();
        self.unquoted.push_str(&words.replace("\"\"", "\""));
        Written::new(begin, text.len() + self.unquoted.len())
    }
}

/// The end of a cell in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed {
    /// The byte of the mark that closes it.
    pub close: usize,
    /// The byte of the delimiter or line end behind it.
    pub next: usize,
}

/// Where the cell opened at `open` is closed; blanks behind the closing mark are passed over.
///
/// # Errors
/// When it is not closed. A mark that stands on a later line with words behind it closes nothing: it is another cell's.
pub fn quoted(bytes: &[u8], open: usize, delimiter: u8) -> Result<Closed, QuoteFault> {
    let mut at = open + 1;
    loop {
        let close = at + memchr(b'"', &bytes[at..]).ok_or(QuoteFault::Unclosed)?;
        let mut next = close + 1;
        if bytes.get(next) == Some(&b'"') {
            at = next + 1;
            continue;
        }
        next += blank(&bytes[next..], delimiter);
        match bytes.get(next) {
            None | Some(b'\n' | b'\r') => return Ok(Closed { close, next }),
            Some(byte) if *byte == delimiter => return Ok(Closed { close, next }),
            Some(_) if memchr2(b'\n', b'\r', &bytes[open..close]).is_some() => {
                return Err(QuoteFault::Unclosed);
            }
            Some(_) => return Err(QuoteFault::Stray),
        }
    }
}

/// The fault of a row in which a quotation mark opens in the middle of a cell and closes in the middle of a later one: what
/// lies between was meant to be one cell, and the delimiters in it part it.
pub fn opens_inside(cells: &[Written], text: &str, doubled: &Doubled) -> Option<Box<RowFault>> {
    let is_odd = |cell: &Written| {
        !is_quoted(*cell, text)
            && memchr_iter(b'"', cell.of(text, &doubled.unquoted).as_bytes()).count() % 2 == 1
    };
    let mut odd = cells.iter().enumerate().filter(|(_, cell)| is_odd(cell));
    let (cell, written) = odd.next()?;
    odd.next()?;
    Some(Box::new(RowFault { kind: QuoteFault::Inside, cell, place: written.bytes() }))
}

/// Whether a cell stands in quotation marks: beyond the end of `text` do only such.
fn is_quoted(cell: Written, text: &str) -> bool {
    let start = cell.bytes().start;
    if start >= text.len() {
        return true;
    }
    let before = &text.as_bytes()[start.saturating_sub(2)..start];
    // an apostrophe before a formula was taken off
    before.ends_with(b"\"") || before == b"\"'"
}

/// How many bytes before a quotation mark are blank; 0 where no quotation mark comes next.
pub fn quote_after(bytes: &[u8], delimiter: u8) -> usize {
    let blank = blank(bytes, delimiter);
    if bytes.get(blank) == Some(&b'"') { blank } else { 0 }
}

/// How many bytes of blanks `bytes` begins with: spaces and tabs, the no-break and the ideographic space, marks of the
/// byte order.
#[must_use]
pub fn blank(bytes: &[u8], delimiter: u8) -> usize {
    let mut at = 0;
    loop {
        at += match &bytes[at..] {
            [byte @ (b' ' | b'\t'), ..] if *byte != delimiter => 1,
            [0xC2, 0xA0, ..] => 2,
            [0xE3, 0x80, 0x80, ..] | [0xEF, 0xBB, 0xBF, ..] => 3,
            _ => return at,
        };
    }
}
