//! The parts of a large text, each read by itself, and put together again.
//!
//! In: a text. Out: its rows. Parts begin after line ends, wherever these are; one that turns out to begin inside a cell is
//! gone through again, so the result is that of one pass.

use std::io::{Cursor, SeekFrom};
use std::ops::Range;

use csv::{ByteRecord, Position, Reader, ReaderBuilder};
use memchr::{memchr, memchr_iter};

use super::cell::Written;
use super::irregular::{self, BYTE_ORDER_MARK, Doubled};
use super::lines::{breaks, line_end};
use super::row::{Row, RowFault};
use super::rows::Rows;

/// Bytes of one part of a large text.
const PART: usize = 2 << 20;

/// The parts of a text for [`scan`].
#[must_use]
pub fn parts(text: &str) -> Vec<Range<usize>> {
    parts_of(text.as_bytes(), PART)
}

fn parts_of(bytes: &[u8], size: usize) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut from = 0;
    while bytes.len() - from > size {
        let Some(at) = memchr(b'\n', &bytes[from + size..]) else { break };
        let until = from + size + at + 1;
        parts.push(from..until);
        from = until;
    }
    parts.push(from..bytes.len());
    parts
}

/// The rows of one part, numbered from 0.
#[derive(Debug)]
pub struct TextPart {
    range: Range<usize>,
    /// Where the row after the last begins.
    end: usize,
    found: Rows,
    rows: u32,
    lines: u32,
}

impl TextPart {
    /// How many cells each of its rows has.
    pub fn widths(&self) -> impl Iterator<Item = usize> {
        self.found.rows.iter().map(|row| row.cells.len())
    }
}

impl Rows {
    /// All rows of a short text, on one core.
    #[must_use]
    pub fn of(text: &str, delimiter: u8) -> Self {
        join(text, delimiter, std::iter::once(scan(text, delimiter, 0..text.len())))
    }
}

/// Puts the parts of a text together, in their order.
#[must_use]
pub fn join(text: &str, delimiter: u8, parts: impl Iterator<Item = TextPart>) -> Rows {
    let mut all = Rows::default();
    let (mut at, mut rows, mut lines) = (0, 1, 1);
    for mut part in parts {
        if part.range.start != at {
            // the part before runs into this one: a cell stands across the border
            if at >= part.range.end {
                continue;
            }
            part = scan(text, delimiter, at..part.range.end);
        }
        let base = all.unquoted.len();
        for row in &mut part.found.rows {
            row.number += rows;
            row.line += lines;
            if base > 0 && !part.found.unquoted.is_empty() {
                row.cells.iter_mut().for_each(|cell| cell.shift(text.len(), base));
            }
        }
        all.unquoted.push_str(&part.found.unquoted);
        all.places.append(part.found.places);
        if all.rows.is_empty() {
            all.rows = part.found.rows;
        } else {
            all.rows.append(&mut part.found.rows);
        }
        rows += part.rows;
        lines += part.lines;
        at = part.end;
    }
    all
}

/// Reads the rows that begin in one part of a text.
#[must_use]
pub fn scan(text: &str, delimiter: u8, range: Range<usize>) -> TextPart {
    let mut scanner = Scanner::new(text, delimiter, range.start);
    let bytes = text.as_bytes();
    let (mut found, mut doubled) = (Rows::default(), Doubled::default());
    let (mut at, mut rows, mut lines) = (range.start, 0, 0);
    while at < range.end {
        let blank = line_end(&bytes[at..]);
        if blank == 0 {
            let row = scanner.row(at, &mut doubled);
            let is_filled = row.fault.is_some()
                || scanner.cells.len() > 1
                || scanner.cells.first().is_some_and(|cell| !cell.is_empty());
            if is_filled {
                let cells = scanner.cells.clone();
                found.rows.push(Row { start: at, number: rows, line: lines, cells, fault: row.fault });
            }
            lines += row.inner;
            at = row.end;
        }
        at += if blank > 0 { blank } else { line_end(&bytes[at..]) };
        rows += 1;
        lines += 1;
    }
    (found.unquoted, found.places) = (doubled.unquoted, doubled.places);
    TextPart { end: at.max(range.start), range, found, rows, lines }
}

/// What is known of a row beside its cells.
struct RowEnd {
    fault: Option<Box<RowFault>>,
    /// Line ends within cells.
    inner: u32,
    /// The byte of its line end.
    end: usize,
}

/// Reads row by row with the `csv` crate, and works out where the cells stand.
struct Scanner<'t> {
    text: &'t str,
    delimiter: u8,
    reader: Reader<Cursor<&'t [u8]>>,
    record: ByteRecord,
    /// Where the text of `reader` begins.
    from: usize,
    /// Whether `reader` stands at the row that is read next.
    is_aligned: bool,
    /// The cells of the row that was read last.
    cells: Vec<Written>,
}

impl<'t> Scanner<'t> {
    fn new(text: &'t str, delimiter: u8, from: usize) -> Self {
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(Cursor::new(&text.as_bytes()[from..]));
        let (record, cells) = (ByteRecord::new(), Vec::new());
        Self { text, delimiter, reader, record, from, is_aligned: true, cells }
    }

    /// Reads the row that begins at byte `at`, which is no line end.
    fn row(&mut self, at: usize, doubled: &mut Doubled) -> RowEnd {
        let before = (doubled.unquoted.len(), doubled.places.len());
        if self.read(at) {
            if let Some(row) = self.regular(at, doubled) {
                return row;
            }
            doubled.unquoted.truncate(before.0);
            doubled.places.truncate(before.1);
        }
        let row = irregular::row(self.text, self.delimiter, at, doubled);
        self.is_aligned = false;
        self.cells = row.cells;
        RowEnd { fault: row.fault, inner: row.inner, end: row.end }
    }

    /// Has the crate read the row at byte `at`; whether it could.
    fn read(&mut self, at: usize) -> bool {
        if !self.is_aligned {
            let mut position = Position::new();
            let byte = (at - self.from) as u64;
            position.set_byte(byte);
            if self.reader.seek_raw(SeekFrom::Start(byte), position).is_err() {
                return false;
            }
            self.is_aligned = true;
        }
        self.reader.read_byte_record(&mut self.record).unwrap_or_default()
    }

    /// Where the cells of the record stand, if they stand there as the crate read them: a cell is as long as its value, with
    /// two quotation marks around it and one more before each within it.
    fn regular(&mut self, start: usize, doubled: &mut Doubled) -> Option<RowEnd> {
        let bytes = self.text.as_bytes();
        if bytes[start..].starts_with(BYTE_ORDER_MARK) {
            return None;
        }
        self.cells.clear();
        let (mut at, mut inner, mut marks) = (start, 0, 0);
        for (index, value) in self.record.iter().enumerate() {
            if index > 0 {
                if bytes.get(at) != Some(&self.delimiter) {
                    return None;
                }
                at += 1;
            }
            let cell = match bytes.get(at) {
                Some(b'"') => {
                    let twice = memchr_iter(b'"', value).count();
                    let close = at + 1 + value.len() + twice;
                    let is_closed = match twice {
                        0 => bytes.get(close) == Some(&b'"'),
                        _ => irregular::quoted(bytes, at, self.delimiter).is_ok_and(|end| end.close == close),
                    };
                    if !is_closed {
                        return None;
                    }
                    inner += breaks(value);
                    marks += 2 + 2 * twice;
                    let inside = at + 1..close;
                    at = close + 1;
                    doubled.single(self.text, inside, start, index)
                }
                Some(b' ' | b'\t' | 0xC2 | 0xE3 | 0xEF)
                    if irregular::quote_after(&bytes[at..], self.delimiter) > 0 =>
                {
                    return None;
                }
                _ => {
                    at += value.len();
                    Written::new(at - value.len(), at)
                }
            };
            self.cells.push(cell.unprotected(self.text, &doubled.unquoted));
        }
        if !matches!(bytes.get(at), None | Some(b'\n' | b'\r')) {
            return None;
        }
        let fault = if memchr_iter(b'"', &bytes[start..at]).count() > marks {
            irregular::opens_inside(&self.cells, self.text, doubled)
        } else {
            None
        };
        Some(RowEnd { fault, inner, end: at })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// All rows, each read as if it were irregular: the grammar without the crate.
    fn all_irregular(text: &str) -> Rows {
        let (mut found, mut doubled) = (Rows::default(), Doubled::default());
        let (mut at, mut number, mut line) = (0, 1, 1);
        while at < text.len() {
            let row = irregular::row(text, b',', at, &mut doubled);
            if row.fault.is_some() || row.cells.len() > 1 || row.cells.iter().any(|cell| !cell.is_empty()) {
                found.rows.push(Row { start: at, number, line, cells: row.cells, fault: row.fault });
            }
            at = row.end + line_end(&text.as_bytes()[row.end..]);
            number += 1;
            line += 1 + row.inner;
        }
        (found.unquoted, found.places) = (doubled.unquoted, doubled.places);
        found
    }

    fn in_parts(text: &str, size: usize) -> Rows {
        join(text, b',', parts_of(text.as_bytes(), size).into_iter().map(|part| scan(text, b',', part)))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 4_096, failure_persistence: None, ..ProptestConfig::default() })]

        /// What the crate reads is what the grammar of people reads, in one part or in many.
        #[test]
        fn the_crate_reads_what_people_read(text in "(\"|\"\"|,|\r|\n|\r\n| |　|\u{FEFF}|'=1|=\"|a|あ){0,24}", size in 1..12_usize) {
            let whole = all_irregular(&text);
            prop_assert_eq!(&in_parts(&text, usize::MAX >> 1), &whole);
            prop_assert_eq!(&in_parts(&text, size), &whole);
        }
    }

    #[test]
    fn a_cell_beyond_the_end_of_the_text_stands_in_quotation_marks() {
        let text = "\r\n\"\u{3000}あ\"\"\n\"\"\",\",=\"a";
        assert_eq!(in_parts(text, 1), all_irregular(text));
        assert_eq!(all_irregular(text).rows[1].fault, None);
    }

    #[test]
    fn parts_give_what_one_pass_gives() {
        let text = "a,\"b\n\n\"\"c\"\r\n1,2\n\"x\ny\",\"\"\n\n5,6\n\"q,1\n7, \"8\"\n".repeat(3);
        let whole = Rows::of(&text, b',');
        for size in 1..text.len() {
            assert_eq!(in_parts(&text, size), whole, "parts of {size} bytes");
        }
    }
}
