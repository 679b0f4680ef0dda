//! A sheet of a workbook as its file has it: cells with the words that they show, and what is to be known beside the words.
//!
//! In: the readers of the formats fill it. Out: [`SheetContent`] for `workbook`, which writes it down.

use std::collections::BTreeMap;

/// A cell of a sheet; row and column from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetCell {
    /// Its row.
    pub row: u32,
    /// Its column.
    pub column: u32,
    /// What a person reads in it.
    pub text: String,
    /// What else is known of it.
    pub special: Option<Special>,
    /// Whether words of it are struck out.
    pub struck: bool,
}

/// What a spreadsheet says of a cell beside its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Special {
    /// It is stored as a number, and shown as it is.
    Number,
    /// It is stored as this number, and a format shows it otherwise.
    Formatted(Box<str>),
    /// It is stored as this date or time (ISO 8601), and a format shows it.
    Date(Box<str>),
    /// It holds a formula whose result is not stored.
    FormulaEmpty,
    /// It shows an error, such as `#REF!`.
    Error(String),
}

/// A rectangle of cells, its borders within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// First row.
    pub top: u32,
    /// Last row.
    pub bottom: u32,
    /// First column.
    pub left: u32,
    /// Last column.
    pub right: u32,
}

/// An address behind cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The cells.
    pub area: Area,
    /// Where it leads.
    pub target: String,
}

/// A format that is not understood, in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownFormat {
    /// The first row with it.
    pub row: u32,
    /// Its code.
    pub code: String,
}

/// A sheet.
#[derive(Debug, Default)]
pub struct SheetContent {
    /// The cells that are filled, by row and column.
    pub cells: Vec<SheetCell>,
    /// Merged cells.
    pub merged: Vec<Area>,
    /// Rows that are not shown.
    pub hidden_rows: Vec<u32>,
    /// Columns that are not shown: first and last of neighbours, as areas of all rows.
    pub hidden_columns: Vec<Area>,
    /// Links.
    pub links: Vec<Link>,
    /// By column, a format of which the sheet's own words cannot be had.
    pub unknown_formats: BTreeMap<u32, UnknownFormat>,
}

impl SheetContent {
    /// The cells and merged areas that begin in the first `rows`.
    #[must_use]
    pub fn first(&self, rows: u32) -> Self {
        Self {
            cells: self.cells.iter().filter(|cell| cell.row < rows).cloned().collect(),
            merged: self.merged.iter().filter(|area| area.top < rows).copied().collect(),
            ..Self::default()
        }
    }
}

impl Area {
    /// All rows of the columns `left` to `right`.
    #[must_use]
    pub fn of_columns(left: u32, right: u32) -> Self {
        Self { top: 0, bottom: u32::MAX, left, right }
    }

    /// Reads `A1`, or `A1:C7`.
    #[must_use]
    pub fn parse(reference: &str) -> Option<Self> {
        let (first, last) = reference.split_once(':').unwrap_or((reference, reference));
        let (first, last) = (SheetAddress::parse(first)?, SheetAddress::parse(last)?);
        (first.row <= last.row && first.column <= last.column).then_some(Self {
            top: first.row,
            bottom: last.row,
            left: first.column,
            right: last.column,
        })
    }
}

/// Rows and columns of the largest sheet.
const ROWS: u32 = 1 << 20;
const COLUMNS: u32 = 1 << 14;

/// Where a cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetAddress {
    /// Its row, from 0.
    pub row: u32,
    /// Its column, from 0.
    pub column: u32,
}

impl SheetAddress {
    /// Reads `C7`, or `$C$7`.
    #[must_use]
    pub fn parse(address: &str) -> Option<Self> {
        let (mut row, mut column) = (0_u32, 0_u32);
        for byte in address.bytes().filter(|byte| *byte != b'$') {
            match byte {
                b'0'..=b'9' if column > 0 => row = row * 10 + u32::from(byte - b'0'),
                b'A'..=b'Z' | b'a'..=b'z' if row == 0 => {
                    column = column * 26 + u32::from(byte.to_ascii_uppercase() - b'A') + 1;
                }
                _ => return None,
            }
            if column > COLUMNS || row > ROWS {
                return None;
            }
        }
        ((1..=ROWS).contains(&row) && (1..=COLUMNS).contains(&column))
            .then(|| Self { row: row - 1, column: column - 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let place = |address| SheetAddress::parse(address).map(|place| (place.row, place.column));
        assert_eq!(place("A1"), Some((0, 0)));
        assert_eq!(place("$XFD$1048576"), Some((1_048_575, 16_383)));
        for wrong in ["", "A", "1", "XFE1", "A0", "A1048577", "あ1", "AAAAAAAAAAAA1"] {
            assert_eq!(place(wrong), None, "{wrong}");
        }
        assert_eq!(Area::parse("B2:C4"), Some(Area { top: 1, bottom: 3, left: 1, right: 2 }));
        assert_eq!(Area::parse("C4:B2"), None);
    }
}
