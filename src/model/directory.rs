//! A directory: a table of records whose cells know where they stand.
//!
//! In: rows from `read`. Out: [`Directory`], whose cells are stretches of the files' texts; what they mean is
//! `typed`'s.

use std::ops::Range;
use std::sync::Arc;

use super::origin::{Origin, Place, Source, saturate};
use super::role::Role;
use super::schema::{Field, FieldType, Schema};
use super::width;
use crate::table::{Places, Row};

pub use crate::table::Written;

/// One file of a directory: its header and which column of the directory stands in which of its columns.
#[derive(Debug)]
pub struct Table {
    /// The file.
    pub source: Arc<Source>,
    /// The header cells as written.
    pub headers: Vec<String>,
    /// The row of the header; of two the lower one.
    pub head: Row,
    /// The rows above it.
    pub above: Vec<Row>,
    /// How many rows at the end were taken for notes.
    pub below: u32,
    /// Cells in which doubled quotation marks became single ones; [`Written`]s beyond the end of the text lie here.
    pub unquoted: String,
    /// Where cells stand that are not read where they stand.
    pub places: Places,
    /// For each column of the directory, its column (from 0) in this file; none where the file lacks it.
    pub columns: Vec<Option<usize>>,
}

impl Table {
    /// The origin of cell `index` (from 0) of `row`.
    #[must_use]
    pub fn cell(&self, index: usize, row: &Row) -> Origin {
        let span = self.places.in_row(&self.source.text, row, index);
        self.origin(index, row.number, row.line, span)
    }

    /// The origin of a header cell.
    #[must_use]
    pub fn header(&self, index: usize) -> Origin {
        let span = self.places.in_row(&self.source.text, &self.head, index);
        self.origin(index, self.head.number, self.head.number, span)
    }

    /// The origin of what stands in `span`, in column `index` of a row with its number and its line.
    fn origin(&self, index: usize, row: u32, line: u32, span: Range<usize>) -> Origin {
        let header = self.headers.get(index).cloned().unwrap_or_default();
        let place = Place::Cell { row, column: saturate(index + 1), line, header };
        Origin { source: Arc::clone(&self.source), place, span: Some(span) }
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
        let Table { columns, places, source, .. } = &*self.table;
        // where the file lacks the column, its first cell stands for the row
        let place = columns.get(index).copied().flatten().unwrap_or(0);
        let column = columns.iter().position(|column| *column == Some(place));
        let written = column.and_then(|column| self.cells.get(column)).copied();
        let written = written.unwrap_or(Written::new(self.start, self.start));
        let span = places.of(&source.text, self.start, place, written);
        self.table.origin(place, self.row, self.line, span)
    }

    /// The text of the row in the file, from its first cell to its last; none where a cell is not written there as it
    /// reads (a doubled quotation mark).
    #[must_use]
    pub fn stretch(&self) -> Option<&str> {
        let text = &self.table.source.text;
        let end = self.cells.iter().map(|cell| cell.bytes().end).max()?;
        if end < text.len() { text.get(self.start..end) } else { None }
    }

    /// The column of the only cell that is filled, if one is.
    #[must_use]
    pub fn only_filled(&self) -> Option<usize> {
        let mut filled = (0..self.cells.len()).filter(|index| !self.written(*index).trim().is_empty());
        match (filled.next(), filled.next()) {
            (only, None) => only,
            _ => None,
        }
    }

    /// The words of the cell under column `index` of the directory, as written; empty where there is no such cell.
    #[must_use]
    pub fn written(&self, index: usize) -> &str {
        let cell = self.cells.get(index).copied().unwrap_or_default();
        cell.of(&self.table.source.text, &self.table.unquoted)
    }
}

/// A row that could not be read: what can still be told of it is whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostRow {
    /// The words of its cells, as far as these can be told.
    pub words: Vec<String>,
}

impl LostRow {
    /// A row of `words`.
    #[must_use]
    pub fn of<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        Self { words: words.into_iter().map(|word| word.trim().to_owned()).collect() }
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
    /// The rows that could not be read.
    pub lost: Vec<LostRow>,
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

    /// The records in the order in which they are printed: by the number in the column that orders them, those without
    /// one last; else that of the files.
    #[must_use]
    pub fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.records.len()).collect();
        let Some(column) = self.role(Role::Order) else { return order };
        let number = |index: &usize| {
            let written = width::fold(self.records[*index].written(column).trim()).replace(',', "");
            written.parse::<f64>().ok().filter(|number| number.is_finite()).unwrap_or(f64::INFINITY)
        };
        order.sort_by(|a, b| number(a).total_cmp(&number(b)));
        order
    }

    /// The index of the column that a layout or a file name asks for as `name`: the one called so, else the one that
    /// plays the role called so.
    #[must_use]
    pub fn asked(&self, name: &str) -> Option<usize> {
        self.column(name).or_else(|| self.role(Role::called(name)?))
    }
}
