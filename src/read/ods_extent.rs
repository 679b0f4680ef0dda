//! How many cells the sheets of an ODS file take once their repeated rows and columns are written out: a few hundred
//! bytes may stand for more than any memory holds.
//!
//! In: `content.xml` as it is unpacked. Out: its bytes and cells, counted as the reader of workbooks lays them out.

use std::io::{BufRead, BufReader, Read, Result};

/// Rows and columns of the largest sheet.
const ROWS: u64 = 1 << 20;
const COLUMNS: u64 = 1 << 14;
/// Longer tags are not kept whole.
const LONGEST: usize = 64 << 10;

/// Counts the bytes of the XML and the cells that its tables take.
///
/// # Errors
/// When it cannot be unpacked.
pub fn measure(xml: impl Read) -> Result<(u64, u64)> {
    let mut xml = BufReader::with_capacity(64 << 10, xml);
    let mut count = Count::default();
    let mut tags = Tags::default();
    let mut bytes = 0;
    loop {
        let block = xml.fill_buf()?;
        if block.is_empty() {
            break;
        }
        for byte in block {
            tags.byte(*byte, &mut count);
        }
        let length = block.len();
        bytes += length as u64;
        xml.consume(length);
    }
    count.end_table();
    Ok((bytes, count.cells))
}

/// Parts XML into tags. `>` may stand within the quoted values of a tag; comments and the like are left out.
#[derive(Default)]
struct Tags {
    inside: bool,
    quote: Option<u8>,
    tag: Vec<u8>,
    last: [u8; 3],
}

impl Tags {
    fn byte(&mut self, byte: u8, count: &mut Count) {
        self.last = [self.last[1], self.last[2], byte];
        if !self.inside {
            if byte == b'<' {
                self.inside = true;
                self.quote = None;
                self.tag.clear();
            }
            return;
        }
        let special: Option<&[u8]> = match self.tag.get(..3) {
            Some(b"!--") => Some(b"-->"),
            Some(b"![C") => Some(b"]]>"),
            _ if self.tag.first() == Some(&b'?') => Some(b"?>"),
            _ => None,
        };
        if let Some(end) = special {
            self.inside = !self.last.ends_with(end);
            return;
        }
        match (self.quote, byte) {
            (None, b'>') => {
                self.inside = false;
                count.tag(&self.tag);
                return;
            }
            (None, b'"' | b'\'') => self.quote = Some(byte),
            (Some(open), _) if open == byte => self.quote = None,
            _ => {}
        }
        if self.tag.len() < LONGEST {
            self.tag.push(byte);
        }
    }
}

/// The cells of the tables so far.
#[derive(Default)]
struct Count {
    cells: u64,
    /// Of this table: its widest row, rows down to the last that is filled, and empty ones after it.
    width: u64,
    height: u64,
    below: u64,
    /// Of this row: how often it stands, its columns, and those up to the last that is filled.
    repeated: u64,
    columns: u64,
    filled: u64,
}

impl Count {
    fn tag(&mut self, tag: &[u8]) {
        let end = tag.iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'/');
        // a closing tag begins with the slash
        let name = if tag.first() == Some(&b'/') { tag } else { &tag[..end.unwrap_or(tag.len())] };
        match name {
            b"table:table" => self.end_table(),
            b"table:table-row" => {
                self.repeated = attribute(tag, b"table:number-rows-repeated").min(ROWS);
                (self.columns, self.filled) = (0, 0);
                if tag.last() == Some(&b'/') {
                    self.end_row();
                }
            }
            b"/table:table-row" => self.end_row(),
            b"table:table-cell" | b"table:covered-table-cell" => {
                let repeated = attribute(tag, b"table:number-columns-repeated").min(COLUMNS);
                self.columns = (self.columns + repeated).min(COLUMNS);
                let holds = |word: &[u8]| memchr::memmem::find(tag, word).is_some();
                if holds(b"office:") || holds(b"formula") || holds(b"calcext:") || tag.len() >= LONGEST {
                    self.filled = self.columns;
                }
            }
            _ => {}
        }
    }

    fn end_row(&mut self) {
        if self.filled == 0 {
            self.below = self.below.saturating_add(self.repeated);
        } else {
            let above = if self.height == 0 { 0 } else { self.below };
            self.height = self.height.saturating_add(above).saturating_add(self.repeated).min(ROWS);
            self.width = self.width.max(self.filled);
            self.below = 0;
        }
        (self.repeated, self.columns, self.filled) = (0, 0, 0);
    }

    fn end_table(&mut self) {
        self.cells = self.cells.saturating_add(self.height * self.width);
        (self.width, self.height, self.below) = (0, 0, 0);
    }
}

/// The number in an attribute of a tag; 1 without it, and the most where it is no number.
fn attribute(tag: &[u8], name: &[u8]) -> u64 {
    let Some(at) = memchr::memmem::find(tag, name) else { return 1 };
    let mut parts = tag[at + name.len()..].split(|byte| matches!(byte, b'"' | b'\''));
    let value = parts.nth(1).unwrap_or_default();
    let number = std::str::from_utf8(value).ok().and_then(|digits| digits.trim().parse().ok());
    number.unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(xml: &str) -> u64 {
        measure(xml.as_bytes()).expect("it is in memory").1
    }

    const CELL: &str = "<table:table-cell office:value-type=\"string\"><text:p>x</text:p></table:table-cell>";

    #[test]
    fn counts_what_repeating_comes_to() {
        let empty =
            "<table:table-row table:number-rows-repeated=\"1000\"><table:table-cell/></table:table-row>";
        let row = format!("<table:table-row>{CELL}{CELL}</table:table-row>");
        assert_eq!(cells(&format!("<table:table>{empty}{row}{empty}</table:table>")), 2);
        assert_eq!(cells(&format!("<table:table>{row}{empty}{row}</table:table>")), 1_002 * 2);
        let far = format!("<table:table-cell table:number-columns-repeated='16383' a='>'/>{CELL}");
        let far = format!("<table:table-row>{far}</table:table-row>");
        assert_eq!(cells(&format!("<table:table>{row}<!-- it's -->{far}</table:table>")), 2 * 16_384);
        let wide = "<table:table-row><table:table-cell a='>' office:value='1' table:number-columns-repeated='99'/></table:table-row>";
        assert_eq!(cells(&format!("<table:table>{wide}</table:table><table:table>{row}</table:table>")), 101);
    }

    #[test]
    fn counts_bytes_and_survives_anything() {
        assert_eq!(measure(&b"<a"[..]).expect("in memory"), (2, 0));
        let absurd = "<table:table-row table:number-rows-repeated=\"99999999999999999999\"><table:table-cell table:number-columns-repeated=\"x\" office:value=\"1\"/></table:table-row>";
        assert_eq!(cells(&format!("<table:table>{}</table:table>", absurd.repeat(9))), ROWS * COLUMNS);
    }
}
