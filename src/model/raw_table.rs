//! A table as its file has it, before anything is made of it: every cell with its form, merged cells, hidden rows, pictures.
//!
//! In: `read::raw` makes it of CSV, XLSX, ODS and XLS. Out: `check::table_rules` judges it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use super::origin::{Source, column_letters};

/// What is known of a form of files, for the rules about tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawFormat {
    /// It is text: it has neither sheets nor looks.
    pub is_text: bool,
    /// Pictures, hidden rows and the looks of cells are read.
    pub tells_looks: bool,
    /// Programs of today write another one in its place.
    pub is_outdated: bool,
}

/// A file with its tables.
#[derive(Debug)]
pub struct RawBook {
    /// Its form.
    pub format: RawFormat,
    /// Its visible sheets; one for text.
    pub sheets: Vec<RawSheet>,
    /// Names of the sheets that are not.
    pub hidden_sheets: Vec<String>,
    /// Cells beyond the most that are looked at were left out.
    pub cut: bool,
}

/// One sheet.
#[derive(Debug)]
pub struct RawSheet {
    /// The file, with the name of the sheet.
    pub source: Arc<Source>,
    /// Cells that hold something, by row and column.
    pub cells: BTreeMap<Spot, RawCell>,
    /// Merged cells.
    pub merged: Vec<CellRange>,
    /// Rows that are hidden or folded away.
    pub hidden_rows: Vec<u32>,
    /// Columns that are hidden or folded away.
    pub hidden_columns: Vec<u32>,
    /// Pictures, shapes, charts and text boxes, and the cell at which each stands.
    pub objects: Vec<Spot>,
    /// Cells with a comment.
    pub comments: Vec<Spot>,
    /// How many cells each row of a text has.
    pub widths: BTreeMap<u32, usize>,
    /// Rows of a text with a quotation mark that is never closed, or with words behind one that closes.
    pub misquoted: Vec<u32>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawCell {
    /// What is stored, as text.
    pub text: String,
    /// What it is stored as.
    pub form: CellForm,
    /// Whether a formula made it.
    pub formula: bool,
    /// How it looks: equal numbers look alike. 0 where that is not known.
    pub look: u32,
}

/// What a value is stored as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CellForm {
    /// Text.
    #[default]
    Text,
    /// A number.
    Number,
    /// A date or time.
    Date,
    /// Yes or no.
    Flag,
}

/// Where a cell stands, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// Row.
    pub row: u32,
    /// Column.
    pub column: u32,
}

/// Cells from one corner to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellRange {
    /// Upper left.
    pub first: Spot,
    /// Lower right.
    pub last: Spot,
}

impl fmt::Display for Spot {
    /// As spreadsheets name it: `C7`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_letters(self.column), self.row)
    }
}

impl fmt::Display for CellRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.first, self.last)
    }
}

impl RawSheet {
    /// An empty sheet of `source`.
    #[must_use]
    pub fn new(source: Arc<Source>) -> Self {
        Self {
            source,
            cells: BTreeMap::new(),
            merged: Vec::new(),
            hidden_rows: Vec::new(),
            hidden_columns: Vec::new(),
            objects: Vec::new(),
            comments: Vec::new(),
            widths: BTreeMap::new(),
            misquoted: Vec::new(),
        }
    }

    /// The cell at a place, if it holds more than blanks.
    #[must_use]
    pub fn filled(&self, row: u32, column: u32) -> Option<&RawCell> {
        self.cells.get(&Spot { row, column }).filter(|cell| !cell.text.trim().is_empty())
    }

    /// The words of a cell, without blanks around them.
    #[must_use]
    pub fn words(&self, row: u32, column: u32) -> &str {
        self.filled(row, column).map_or("", |cell| cell.text.trim())
    }

    /// Rows with a filled cell.
    #[must_use]
    pub fn rows(&self) -> BTreeSet<u32> {
        let filled = self.cells.iter().filter(|(_, cell)| !cell.text.trim().is_empty());
        filled.map(|(spot, _)| spot.row).collect()
    }

    /// Filled columns of a row.
    #[must_use]
    pub fn columns_of(&self, row: u32) -> Vec<u32> {
        let range = Spot { row, column: 0 }..=Spot { row, column: u32::MAX };
        let filled = self.cells.range(range).filter(|(_, cell)| !cell.text.trim().is_empty());
        filled.map(|(spot, _)| spot.column).collect()
    }
}
