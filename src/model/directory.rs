//! A directory: a table of records whose cells know where they stand.
//!
//! In: rows from `read`. Out: [`Directory`], whose cells are stretches of the files' texts; what they mean is
//! `typed`'s.

use std::sync::Arc;

use super::origin::{Origin, Place, Source, saturate};
use super::role::Role;
use super::schema::{Field, FieldType, Schema};

/// Writes `words` as a cell of CSV (RFC 4180), with `mark` before them, in quotation marks if `quoted`.
pub fn write_cell(words: &str, mark: &str, quoted: bool, text: &mut String) {
    if quoted {
        text.push('"');
        text.push_str(mark);
        text.push_str(&words.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(mark);
        text.push_str(words);
    }
}

/// A cell as written: a stretch of the text of its file. Eight bytes, so that a list of a million rows takes little more
/// than its text; [`Record::written`] gives the words.
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

    /// Whether the cell stands in quotation marks in `text`.
    #[must_use]
    pub fn is_quoted(self, text: &str) -> bool {
        let start = self.start as usize;
        let before = text.as_bytes().get(start.saturating_sub(2)..start).unwrap_or(b"\"");
        // an apostrophe before a formula was taken off
        before.ends_with(b"\"") || before == b"\"'"
    }

    /// The stretch without `before` bytes at its beginning and `behind` at its end.
    #[must_use]
    pub fn inner(self, before: u32, behind: u32) -> Self {
        Self { start: self.start + before, length: self.length.saturating_sub(before + behind) }
    }

    /// Moves a stretch beyond `end` by `by` bytes.
    pub fn shift(&mut self, end: usize, by: usize) {
        if self.start as usize >= end && self.length > 0 {
            *self = Self::new(self.start as usize + by, self.start as usize + by + self.length as usize);
        }
    }

    /// Whether nothing is written.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.length == 0
    }
}

/// One file of a directory: its header and which column of the directory stands in which of its columns.
#[derive(Debug)]
pub struct Table {
    /// The file.
    pub source: Arc<Source>,
    /// The header cells as written.
    pub headers: Vec<String>,
    /// Byte at which the header row begins.
    pub start: usize,
    /// Row of the header as a spreadsheet shows it.
    pub row: u32,
    /// The character between cells.
    pub delimiter: u8,
    /// Cells in which doubled quotation marks became single ones; [`Written`]s beyond the end of the text lie here.
    pub unquoted: String,
    /// For each column of the directory, its column (from 0) in this file; none where the file lacks it.
    pub columns: Vec<Option<usize>>,
}

impl Table {
    /// The origin of column `index` (from 0) in the row that begins at byte `start`.
    #[must_use]
    pub fn cell(&self, index: usize, start: usize, row: u32, line: u32) -> Origin {
        Origin {
            source: Arc::clone(&self.source),
            place: Place::Cell {
                row,
                column: saturate(index + 1),
                line,
                header: self.headers.get(index).cloned().unwrap_or_default(),
            },
            span: Some(cell_span(&self.source.text, start, index, self.delimiter)),
        }
    }

    /// The origin of a header cell.
    #[must_use]
    pub fn header(&self, index: usize) -> Origin {
        self.cell(index, self.start, self.row, self.row)
    }
}

/// The bytes of cell `index` of the row at `start` (quotes included). Found again only when a message needs it, so
/// that a record of a million costs nothing for it.
fn cell_span(text: &str, start: usize, index: usize, delimiter: u8) -> std::ops::Range<usize> {
    let bytes = text.as_bytes();
    let (mut at, mut cell, mut quoted) = (start, 0, false);
    let mut begin = start;
    // blanks before a quotation mark are no part of the cell
    let mut open = start + quote_after(&bytes[start.min(bytes.len())..], delimiter);
    while at < bytes.len() {
        let byte = bytes[at];
        if byte == b'"' && at >= open && bytes.get(open) == Some(&b'"') {
            // a doubled quote inside quotes closes and opens again, which comes to the same
            quoted = !quoted;
        } else if !quoted && (byte == delimiter || byte == b'\n' || byte == b'\r') {
            if cell == index {
                return begin..at;
            }
            if byte != delimiter {
                // a short row: the cell that it lacks would stand here
                return at..at;
            }
            cell += 1;
            begin = at + 1;
            open = begin + quote_after(&bytes[begin..], delimiter);
        }
        at += 1;
    }
    if cell == index { begin..bytes.len() } else { bytes.len()..bytes.len() }
}

/// How many bytes before a quotation mark are blank; 0 where no quotation mark comes next.
#[must_use]
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

/// A column of a directory.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// The header as first written.
    pub header: String,
    /// The field of the schema, if the schema knows the header.
    pub field: Option<Arc<Field>>,
}

impl Column {
    /// The name under which the column is found in records: the field's, else the header.
    #[must_use]
    pub fn name(&self) -> &str {
        self.field.as_ref().map_or(self.header.as_str(), |field| field.name.as_str())
    }

    /// The type of its cells, if the schema knows it.
    #[must_use]
    pub fn kind(&self) -> Option<FieldType> {
        self.field.as_ref().map(|field| field.kind)
    }
}

/// One row.
#[derive(Debug, Clone)]
pub struct Record {
    /// The file it stands in.
    pub table: Arc<Table>,
    /// Byte at which the row begins.
    pub start: usize,
    /// Row as a spreadsheet shows it.
    pub row: u32,
    /// Physical line.
    pub line: u32,
    /// The cells, one for each column of the directory.
    pub cells: Vec<Written>,
}

impl Record {
    /// The origin of the cell under column `index` of the directory.
    #[must_use]
    pub fn origin(&self, index: usize) -> Origin {
        let place = self.table.columns.get(index).copied().flatten().unwrap_or(0);
        self.table.cell(place, self.start, self.row, self.line)
    }

    /// The text of the row in the file, from its first cell to its last; none where a cell is not written there as it
    /// reads (a doubled quotation mark).
    #[must_use]
    pub fn stretch(&self) -> Option<&str> {
        let text = &self.table.source.text;
        let end = self.cells.iter().map(|cell| cell.start as usize + cell.length as usize).max()?;
        if end < text.len() { text.get(self.start..end) } else { None }
    }

    /// The words of the cell under column `index` of the directory, as written; empty where there is no such cell.
    #[must_use]
    pub fn written(&self, index: usize) -> &str {
        let cell = self.cells.get(index).copied().unwrap_or_default();
        cell.of(&self.table.source.text, &self.table.unquoted)
    }
}

/// A table of records.
#[derive(Debug, Clone)]
pub struct Directory {
    /// Its name in the manifest.
    pub name: String,
    /// What kind of directory it is.
    pub schema: Arc<Schema>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The files, in the order read.
    pub tables: Vec<Arc<Table>>,
    /// The rows, in the order of the files.
    pub records: Vec<Record>,
    /// The rows that could not be read, as they stand in the files.
    pub lost: Vec<String>,
    /// A file could not be read, or it is not clear which of its columns is meant: nothing can be made of it.
    pub broken: bool,
}

impl Directory {
    /// The index of the column called `name` (a field's name or a header).
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name() == name)
    }

    /// The index of the column that plays `role`.
    #[must_use]
    pub fn role(&self, role: Role) -> Option<usize> {
        self.column(&self.schema.roles.get(role)?.name)
    }

    /// The columns that play a role and are called otherwise, with the names by which layouts ask for them.
    pub fn names_of_roles(&self) -> impl Iterator<Item = (&'static str, &Column)> {
        Role::ALL
            .iter()
            .filter(|(_, name, _)| self.column(name).is_none())
            .filter_map(|(role, name, _)| Some((*name, &self.columns[self.role(*role)?])))
    }

    /// The index of the column that names a record.
    #[must_use]
    pub fn naming(&self) -> Option<usize> {
        self.column(&self.schema.naming()?.name)
    }

    /// The index of the column that a layout or a file name asks for as `name`: the one called so, else the one that
    /// plays the role called so.
    #[must_use]
    pub fn asked(&self, name: &str) -> Option<usize> {
        self.column(name).or_else(|| self.role(Role::called(name)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_bytes_of_a_cell() {
        let text = "a,b\n\"x,\"\"y\nz\",2\n";
        assert_eq!(cell_span(text, 4, 0, b','), 4..13);
        assert_eq!(cell_span(text, 4, 1, b','), 14..15);
        assert_eq!(cell_span(text, 4, 2, b','), 15..15, "a short row");
        assert_eq!(cell_span("a, \"b,c\" ,d", 0, 1, b','), 2..9);
        assert_eq!(cell_span("a,b", 0, 1, b','), 2..3);
    }
}
