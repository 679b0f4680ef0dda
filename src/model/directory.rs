//! A directory: a table of records whose cells know where they stand.
//!
//! In: rows from `read`. Out: `Directory<String>` as written, `Directory<Value>` after `check`.

use std::sync::Arc;

use super::address::Address;
use super::date::Date;
use super::kana::Reading;
use super::municipality::MunicipalityCode;
use super::origin::{Origin, Place, Source, saturate};
use super::phone::Phone;
use super::schema::{Field, Schema};

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
            span: cell_span(&self.source.text, start, index, self.delimiter),
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
fn cell_span(text: &str, start: usize, index: usize, delimiter: u8) -> Option<std::ops::Range<usize>> {
    let bytes = text.as_bytes();
    let (mut at, mut cell, mut quoted) = (start, 0, false);
    let mut begin = start;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte == b'"' && bytes.get(begin) == Some(&b'"') {
            // a doubled quote inside quotes closes and opens again, which comes to the same
            quoted = !quoted;
        } else if !quoted && (byte == delimiter || byte == b'\n' || byte == b'\r') {
            if cell == index {
                return Some(begin..at);
            }
            if byte != delimiter {
                return None;
            }
            cell += 1;
            begin = at + 1;
        }
        at += 1;
    }
    (cell == index && begin <= bytes.len()).then_some(begin..bytes.len())
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
}

/// One row.
#[derive(Debug, Clone)]
pub struct Record<C> {
    /// The file it stands in.
    pub table: Arc<Table>,
    /// Byte at which the row begins.
    pub start: usize,
    /// Row as a spreadsheet shows it.
    pub row: u32,
    /// Physical line.
    pub line: u32,
    /// For each cell, its column (from 0) in the file; none where the file lacks the column.
    pub places: Vec<Option<usize>>,
    /// The cells, one for each column of the directory.
    pub cells: Vec<C>,
}

impl<C> Record<C> {
    /// The origin of the cell under column `index` of the directory.
    #[must_use]
    pub fn origin(&self, index: usize) -> Origin {
        let place = self.places.get(index).copied().flatten().unwrap_or(0);
        self.table.cell(place, self.start, self.row, self.line)
    }
}

/// A table of records.
#[derive(Debug, Clone)]
pub struct Directory<C> {
    /// Its name in the manifest.
    pub name: String,
    /// What kind of directory it is.
    pub schema: Arc<Schema>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The files, in the order read.
    pub tables: Vec<Arc<Table>>,
    /// The rows, in the order of the files.
    pub records: Vec<Record<C>>,
    /// The rows that could not be read, as they stand in the files.
    pub lost: Vec<String>,
    /// A file could not be read, or it is not clear which of its columns is meant: nothing can be made of it.
    pub broken: bool,
}

impl<C> Directory<C> {
    /// The index of the column called `name` (a field's name or a header).
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name() == name)
    }

    /// The cell of `record` under `name`.
    #[must_use]
    pub fn cell<'a>(&self, record: &'a Record<C>, name: &str) -> Option<&'a C> {
        self.column(name).and_then(|index| record.cells.get(index))
    }
}

/// A cell after `check`: what was written, and what it means.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// As written in the source.
    pub written: String,
    /// As understood.
    pub meaning: Meaning,
}

/// What a cell means.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// Nothing: the cell is empty.
    Empty,
    /// Text, trimmed.
    Text(String),
    /// A ward of the master list.
    Ward(String),
    /// A municipality code.
    Code(MunicipalityCode),
    /// A reading; parted where the name is known.
    Kana(Reading),
    /// A phone number.
    Phone(Phone),
    /// An address with the postal code of its town, where one is known: the text and its origin.
    Address(Address, Option<(String, Origin)>),
    /// A postal code, `230-0051`.
    Postal(String),
    /// A date.
    Date(Date),
}

impl Value {
    /// The text to print, in its one form.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.meaning {
            Meaning::Empty => String::new(),
            Meaning::Text(text) | Meaning::Ward(text) | Meaning::Postal(text) => text.clone(),
            Meaning::Code(code) => code.to_string(),
            Meaning::Kana(reading) => format!("{}{}", reading.stem.1, reading.suffix.1),
            Meaning::Phone(phone) => phone.to_string(),
            Meaning::Address(address, _) => address.line(),
            Meaning::Date(date) => date.japanese(),
        }
    }

    /// Whether the cell is empty.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.meaning == Meaning::Empty
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_bytes_of_a_cell() {
        let text = "a,b\n\"x,\"\"y\nz\",2\n";
        assert_eq!(cell_span(text, 4, 0, b','), Some(4..13));
        assert_eq!(cell_span(text, 4, 1, b',').map(|span| &text[span]), Some("2"));
        assert_eq!(cell_span(text, 4, 2, b','), None);
        assert_eq!(cell_span("a,b", 0, 1, b','), Some(2..3));
    }
}
