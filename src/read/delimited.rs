//! Text to rows of cells: delimiters, quotation marks, line ends (RFC 4180, and what spreadsheets make of it).
//!
//! In: the text of a file. Out: [`Rows`]: cells as stretches of the text, not copies of it, so that a list of a million
//! rows takes little more memory than its text. Large files are parted among all cores at the ends of lines; a part
//! that turns out to begin inside a cell is gone through again, so the result is that of one pass.

use memchr::{memchr, memchr_iter, memchr2, memchr3};

use crate::model::cores;
use crate::model::directory::{Written, blank, quote_after};
use crate::table::formula;

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
    /// What is wrong with its quotation marks, and in which cell (from 0).
    pub fault: Option<(QuoteFault, usize)>,
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
    /// Bytes of the text at which there is a control character or a U+FFFD.
    pub blemishes: Vec<usize>,
}

const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();
/// Bytes of one part of a large text.
const PART: usize = 2 << 20;

/// Parts `text` into rows and cells.
///
/// # Panics
/// When the text and its unquoted cells are longer than 4 GiB: `grid` refuses such files.
#[must_use]
pub fn rows(text: &str, delimiter: u8) -> Rows {
    let parts = parts(text.as_bytes(), PART);
    let scanned = cores::each(&parts, |(from, until)| scan(text, delimiter, *from, *until));
    join(text, delimiter, scanned.into_iter())
}

/// Where the parts of a text begin and end: after line ends, wherever these are.
fn parts(bytes: &[u8], size: usize) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut from = 0;
    while bytes.len() - from > size {
        let Some(at) = memchr(b'\n', &bytes[from + size..]) else { break };
        let until = from + size + at + 1;
        parts.push((from, until));
        from = until;
    }
    parts.push((from, bytes.len()));
    parts
}

/// The rows of one part, numbered from 0.
#[derive(Debug)]
struct Part {
    from: usize,
    until: usize,
    /// Where the row after the last begins.
    end: usize,
    found: Rows,
    rows: u32,
    lines: u32,
}

fn join(text: &str, delimiter: u8, parts: impl Iterator<Item = Part>) -> Rows {
    let mut all = Rows::default();
    let (mut at, mut rows, mut lines) = (0, 1, 1);
    for mut part in parts {
        all.blemishes.append(&mut part.found.blemishes);
        if part.from != at {
            // the part before runs into this one: a cell stands across the border
            if at >= part.until {
                continue;
            }
            part = scan(text, delimiter, at, part.until);
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

fn scan(text: &str, delimiter: u8, from: usize, until: usize) -> Part {
    let bytes = text.as_bytes();
    let mut found = Rows { blemishes: blemishes(bytes, from, until), ..Rows::default() };
    let mut cells: Vec<Written> = Vec::new();
    let (mut at, mut rows, mut lines) = (from, 0, 0);
    while at < until {
        let start = at;
        // files put together keep the byte order mark of each
        if bytes[at..].starts_with(BYTE_ORDER_MARK) {
            at += BYTE_ORDER_MARK.len();
        }
        cells.clear();
        let mut inner = 0;
        let mut fault = None;
        // quotation marks around cells, and doubled ones in them
        let mut marks = 0;
        loop {
            let open = at + quote_after(&bytes[at..], delimiter);
            let quote = (bytes.get(open) == Some(&b'"')).then(|| quoted(bytes, open, delimiter));
            // blanks before a quotation mark are no part of the cell; where the mark closes nothing, they are
            let quote = quote.filter(|close| open == at || close.is_ok());
            let (end, next) = if let Some(close) = quote {
                match close {
                    Ok(close) => {
                        let Closed { close, next } = close;
                        let inside = &text[open + 1..close];
                        inner += breaks(inside.as_bytes());
                        marks += 2;
                        let cell = if memchr(b'"', inside.as_bytes()).is_some() {
                            let begin = text.len() + found.unquoted.len();
                            found.unquoted.push_str(&inside.replace("\"\"", "\""));
                            let end = text.len() + found.unquoted.len();
                            marks += 2 * (inside.len() - (end - begin));
                            Written::new(begin, end)
                        } else {
                            Written::new(open + 1, close)
                        };
                        (cell, next)
                    }
                    Err(problem) => {
                        fault = Some((problem, cells.len()));
                        break;
                    }
                }
            } else {
                let end = memchr3(delimiter, b'\n', b'\r', &bytes[at..]).map_or(bytes.len(), |to| at + to);
                (Written::new(at, end), end)
            };
            cells.push(unprotected(end, text, &found.unquoted));
            at = next;
            if bytes.get(at) == Some(&delimiter) {
                at += 1;
                continue;
            }
            break;
        }
        if fault.is_none() && memchr_iter(b'"', &bytes[start..at]).count() > marks {
            fault = opens_inside(&cells, text, &found.unquoted).map(|cell| (QuoteFault::Inside, cell));
        } else if fault.is_some() {
            // only this line is lost: the ones below are read as if it were whole
            inner = 0;
            at = memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |to| start + to);
        }
        at += line_end(&bytes[at..]);
        if fault.is_some() || cells.len() > 1 || cells.first().is_some_and(|cell| !cell.is_empty()) {
            found.rows.push(Row { start, number: rows, line: lines, cells: cells.clone(), fault });
        }
        rows += 1;
        lines += 1 + inner;
    }
    Part { from, until, end: at.max(from), found, rows, lines }
}

/// The end of a cell in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Closed {
    /// The byte of the mark that closes it.
    close: usize,
    /// The byte of the delimiter or line end behind it.
    next: usize,
}

/// Where the cell opened at `open` is closed; blanks behind the closing mark are passed over. A mark that stands on a
/// later line with words behind it closes nothing: it is another cell's, and this one was never closed.
fn quoted(bytes: &[u8], open: usize, delimiter: u8) -> Result<Closed, QuoteFault> {
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

/// The first cell of a row in which a quotation mark opens in the middle and closes in the middle of a later one: what
/// lies between was meant to be one cell, and the delimiters in it part it.
fn opens_inside(cells: &[Written], text: &str, unquoted: &str) -> Option<usize> {
    let is_odd = |cell: &Written| {
        !cell.is_quoted(text) && cell.of(text, unquoted).bytes().filter(|byte| *byte == b'"').count() % 2 == 1
    };
    let mut odd = cells.iter().enumerate().filter(|(_, cell)| is_odd(cell)).map(|(index, _)| index);
    odd.next().filter(|_| odd.next().is_some())
}

/// The cell without what keeps spreadsheets from calculating it or from reading it as a number: an apostrophe before it, or
/// `="…"` around it.
fn unprotected(cell: Written, text: &str, unquoted: &str) -> Written {
    let written = cell.of(text, unquoted);
    match written.as_bytes().first() {
        Some(b'\'') if formula::is_marked(written) => cell.inner(1, 0),
        Some(b'=') if formula::quoted_text(written).is_some() => cell.inner(2, 1),
        _ => cell,
    }
}

fn line_end(rest: &[u8]) -> usize {
    match rest {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// Line ends inside a cell.
fn breaks(inside: &[u8]) -> u32 {
    let mut count = 0;
    let mut at = 0;
    while let Some(found) = memchr2(b'\n', b'\r', &inside[at..]) {
        count += 1;
        at += found + line_end(&inside[at + found..]);
    }
    count
}

/// Control characters (but tabs and line ends) and U+FFFD.
fn blemishes(bytes: &[u8], from: usize, until: usize) -> Vec<usize> {
    let mut found = Vec::new();
    for (index, block) in bytes[from..until].chunks(4096).enumerate() {
        // first without a branch for each byte, which is quick; hardly any block needs the second look
        let start = from + index * 4096;
        let pairs = block.iter().zip(&bytes[start + 1..]);
        let suspect = pairs.fold(false, |any, (byte, next)| {
            any | ((*byte < 0x20) & (*byte != 9) & (*byte != 10) & (*byte != 13))
                | (*byte == 0x7F)
                | ((*byte == 0xC2) & (*next < 0xA0))
                | ((*byte == 0xEF) & (*next == 0xBF))
        });
        // the last byte of the text has none after it
        let last = start + block.len() == bytes.len();
        if !suspect && !last {
            continue;
        }
        let base = from + index * 4096;
        for (offset, byte) in block.iter().enumerate() {
            let at = base + offset;
            let bad = match byte {
                9 | 10 | 13 => false,
                0..=0x1F | 0x7F => true,
                0xC2 => bytes.get(at + 1).is_some_and(|next| (0x80..0xA0).contains(next)),
                0xEF => bytes.get(at + 1..at + 3) == Some(&[0xBF, 0xBD]),
                _ => false,
            };
            if bad {
                found.push(at);
            }
        }
    }
    found
}

/// The delimiter of a text, and the byte at which its first row begins (after a line `sep=;`).
#[must_use]
pub fn dialect(text: &str, wanted: Option<u8>) -> (u8, usize) {
    let first_line = text.split(['\r', '\n']).next().unwrap_or_default();
    if let Some(separator) = first_line.to_ascii_lowercase().strip_prefix("sep=")
        && let [byte @ (b',' | b';' | b'\t' | b'|')] = separator.as_bytes()
    {
        let start = first_line.len() + line_end(&text.as_bytes()[first_line.len()..]);
        return (wanted.unwrap_or(*byte), start);
    }
    if let Some(wanted) = wanted {
        return (wanted, 0);
    }
    let mut end = text.len().min(SAMPLE);
    if end < text.len() {
        end = memchr::memrchr(b'\n', &text.as_bytes()[..end]).map_or(0, |at| at + 1);
        if end == 0 {
            end = text.floor_char_boundary(SAMPLE);
        }
    }
    let sample = &text[..end];
    // the delimiter that gives the largest share of rows the same number of cells, and more than one: a wrong one parts
    // what stands in quotation marks into rows of its own, some of which agree by chance
    let best = [b',', b'\t', b';', b'|'].into_iter().rev().max_by_key(|delimiter| {
        let part = scan(sample, *delimiter, 0, sample.len());
        let mut counts: Vec<usize> = part.found.rows.iter().take(ROWS).map(|row| row.cells.len()).collect();
        counts.sort_unstable();
        let middle = counts.get(counts.len() / 2).copied().unwrap_or(0);
        let same = counts.iter().filter(|count| **count == middle).count();
        let share = if middle > 1 { same * 1000 / counts.len().max(1) } else { 0 };
        (middle > 1, share, same, middle)
    });
    (best.unwrap_or(b','), 0)
}

/// Bytes and rows that are looked at to find the delimiter.
const SAMPLE: usize = 64 << 10;
const ROWS: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<(u32, u32, Vec<String>)> {
        let rows = rows(text, b',');
        rows.rows
            .iter()
            .map(|row| {
                let cells = row.cells.iter().map(|cell| cell.of(text, &rows.unquoted).to_owned()).collect();
                (row.number, row.line, cells)
            })
            .collect()
    }

    fn row(number: u32, line: u32, cells: &[&str]) -> (u32, u32, Vec<String>) {
        (number, line, cells.iter().map(|cell| (*cell).to_owned()).collect())
    }

    #[test]
    fn a_delimiter_within_quotation_marks_is_none() {
        let text = "列0,列1,列2\r\n\"'@3@\n'\",\";#\t=@\",\"'\r=\t@ \"\"\"\r\n\"\n\t@\",\"を\n\t\",x\r\n";
        assert_eq!(dialect(text, None), (b',', 0));
        assert_eq!(dialect("a\tb\n1,5\t2\n3,5\t4\n", None), (b'\t', 0));
    }

    #[test]
    fn every_line_end_and_breaks_in_cells() {
        let text = "a,b\r1,\"x\r\ny\"\r\n\n2,\"q\"\"\"\n#c,";
        let expected = [
            row(1, 1, &["a", "b"]),
            row(2, 2, &["1", "x\r\ny"]),
            row(4, 5, &["2", "q\""]),
            row(5, 6, &["#c", ""]),
        ];
        assert_eq!(cells(text), expected);
    }

    #[test]
    fn a_quote_that_is_never_closed_costs_one_row() {
        for text in ["a,b\n1,\"x\n2,y\n3,z\n", "a,b\n1,\"x\n2,\"y\"\n3,z\n"] {
            let rows = rows(text, b',');
            let faults: Vec<_> = rows.rows.iter().filter(|row| row.fault.is_some()).collect();
            assert_eq!(faults.len(), 1, "{text}");
            assert_eq!((faults[0].number, faults[0].fault.map(|(_, cell)| cell)), (2, Some(1)));
            assert_eq!(rows.rows.len(), 4);
        }
    }

    #[test]
    fn an_apostrophe_before_a_formula_is_no_part_of_the_cell() {
        assert_eq!(cells("'=1,\"'+81\"\"\",'a,''-"), [row(1, 1, &["=1", "+81\"", "'a", "'-"])]);
        let text = "=\"0455\",\"=\"\"0455,1\"\"\",'0455,=\"a\"&\"b\",=\"\"";
        assert_eq!(cells(text), [row(1, 1, &["0455", "0455,1", "0455", "=\"a\"&\"b\"", ""])]);
    }

    #[test]
    fn finds_the_delimiter() {
        assert_eq!(dialect("a\tb,c\n1\t2\n", None), (b'\t', 0));
        assert_eq!(dialect("a;b\n1;2,3\n", None), (b';', 0));
        assert_eq!(dialect("sep=;\r\na;b\n", None), (b';', 7));
        assert_eq!(dialect("a\nb\n", None), (b',', 0));
        assert_eq!(dialect("a,b;c\n1,2\n", Some(b';')), (b';', 0));
    }

    #[test]
    fn parts_give_what_one_pass_gives() {
        let text = "a,\"b\n\n\"\"c\"\r\n1,2\n\"x\ny\",\"\"\n\n5,6\n\"q,1\n7,8\n".repeat(3);
        let whole = join(&text, b',', std::iter::once(scan(&text, b',', 0, text.len())));
        for size in 1..text.len() {
            let parts = parts(text.as_bytes(), size);
            let joined =
                join(&text, b',', parts.into_iter().map(|(from, until)| scan(&text, b',', from, until)));
            assert_eq!(joined, whole, "parts of {size} bytes");
        }
    }

    #[test]
    fn blanks_around_quotation_marks_are_no_part_of_the_cell() {
        let text = "a, \"b,\"\"c\" ,　\"d\ne\"\t,\"f\"\u{a0}\n1, \"x\" y,\" z \"\n";
        assert_eq!(
            cells(text),
            [row(1, 1, &["a", "b,\"c", "d\ne", "f"]), row(2, 3, &["1", " \"x\" y", " z "])]
        );
    }

    #[test]
    fn a_mark_that_opens_in_the_middle_of_a_cell_is_found_where_it_parts_one() {
        let text = "a\"b,c\"d,e\n5\" a,\"b\",c\nx \"y\" z,1,2\n";
        let faults: Vec<_> = rows(text, b',').rows.iter().map(|row| row.fault).collect();
        assert_eq!(faults, [Some((QuoteFault::Inside, 0)), None, None]);
    }

    #[test]
    fn files_put_together_are_read_as_one() {
        let text = "a,b\r\n\u{FEFF}\"a\",b\r\n\u{FEFF}1,2\r\n";
        assert_eq!(cells(text), [row(1, 1, &["a", "b"]), row(2, 2, &["a", "b"]), row(3, 3, &["1", "2"])]);
        assert_eq!(dialect("a|b\n1|2,3\n", None), (b'|', 0));
    }

    #[test]
    fn marks_control_characters_and_replacements() {
        assert_eq!(rows("a\u{b}\u{85}é\u{FFFD}\t", b',').blemishes, [1, 2, 6]);
    }

    type Told = Vec<(usize, u32, u32, Vec<String>, String)>;

    /// What both readers say of a text.
    fn both(text: &str) -> (Told, Told) {
        let own = rows(text, b',');
        let words = |cell: &Written| cell.of(text, &own.unquoted).to_owned();
        let told = |row: &Row| {
            let cells = row.cells.iter().map(words).collect();
            (row.start, row.number, row.line, cells, format!("{:?}", row.fault))
        };
        let crates = crate::table::Rows::of(text, b',');
        let words = |cell: &crate::table::Written| cell.of(text, &crates.unquoted).to_owned();
        let told_too = |row: &crate::table::Row| {
            let cells = row.cells.iter().map(words).collect();
            (row.start, row.number, row.line, cells, format!("{:?}", row.fault))
        };
        (own.rows.iter().map(told).collect(), crates.rows.iter().map(told_too).collect())
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig { cases: 4_096, failure_persistence: None, ..Default::default() })]

        /// The reader that stands on the `csv` crate gives the same rows.
        #[test]
        fn the_csv_crate_gives_the_same(text in "(\"|\"\"|,|\r|\n|\r\n| |　|\u{FEFF}|'=1|=\"|a|あ){0,24}") {
            let (own, crates) = both(&text);
            proptest::prop_assert_eq!(own, crates);
        }
    }
}
