//! Rows with fewer or more cells than the header has.
//!
//! In: the rows of a list and its columns. Out: [`Misfits`]: rows that are padded, which is said once, and rows that are
//! no records. Excel leaves out the delimiters behind the last filled cell of a row, so a short row is read as one with
//! empty cells; unless what it has stands under the wrong headers, because a delimiter is missing before it.

use std::collections::{BTreeMap, BTreeSet};

use super::delimited::Row;
use super::grid::Grid;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::directory::{Table, Written};
use crate::model::schema::FieldType;
use crate::say;

/// At most this many rows are listed by their numbers in one finding.
const LISTED: usize = 8;

/// What the columns of a file are.
pub struct Columns<'a> {
    /// Their types; none for a column that the schema does not know.
    pub kinds: Vec<Option<FieldType>>,
    /// The grid that they stand in.
    pub grid: &'a Grid,
    /// The file with its headers.
    pub table: &'a Table,
}

/// The rows whose number of cells is not the header's.
#[derive(Debug, Default)]
pub struct Misfits {
    /// Rows that lack their last cells, which are empty.
    pub short: BTreeSet<usize>,
    /// Rows that are no records.
    pub ragged: BTreeSet<usize>,
}

impl Misfits {
    /// A short row before one that is none together are one row that a line break parted: neither is a record.
    fn join_halves(&mut self, wanted: usize, widths: &BTreeMap<usize, usize>) {
        let width = |index: usize| widths.get(&index).copied().unwrap_or_default();
        let is_half = |index: &usize| {
            self.ragged.contains(&(index + 1)) && width(*index) + width(index + 1) == wanted + 1
        };
        let halves: BTreeSet<usize> = self.short.iter().copied().filter(is_half).collect();
        self.short.retain(|index| !halves.contains(index));
        self.ragged.extend(halves);
    }
}

impl Columns<'_> {
    fn words(&self, cell: Written) -> &str {
        cell.of(&self.table.source.text, &self.table.unquoted)
    }

    fn is_blank(&self, cell: Written) -> bool {
        self.words(cell).trim().is_empty()
    }

    /// How many cells a row has, blank ones behind the last column left out of account.
    #[must_use]
    pub fn width(&self, row: &Row) -> usize {
        let wanted = self.kinds.len();
        let more = row.cells.iter().skip(wanted).rposition(|cell| !self.is_blank(*cell));
        more.map_or(row.cells.len().min(wanted), |last| wanted + last + 1)
    }

    /// The rows among `rows` that have another number of cells than the header.
    #[must_use]
    pub fn misfits<'r>(&self, rows: impl Iterator<Item = (usize, &'r Row)>) -> Misfits {
        let mut misfits = Misfits::default();
        let mut widths = BTreeMap::new();
        let wanted = self.kinds.len();
        // columns at the end without a header hold nothing that a row could lack
        let named =
            self.table.headers.iter().rposition(|header| !header.is_empty()).map_or(0, |last| last + 1);
        for (index, row) in rows.filter(|(_, row)| row.fault.is_none() && row.cells.len() != wanted) {
            let width = self.width(row);
            widths.insert(index, width);
            if width > wanted || (width < named && !self.is_short(row)) {
                misfits.ragged.insert(index);
            } else if width < named {
                misfits.short.insert(index);
            }
        }
        misfits.join_halves(wanted, &widths);
        misfits
    }

    /// Whether a row with too few cells just lacks the last ones: what it has stands under its own headers.
    fn is_short(&self, row: &Row) -> bool {
        if row.cells.iter().all(|cell| self.is_blank(*cell)) {
            return true;
        }
        let filled = row.cells.iter().filter(|cell| !self.is_blank(**cell)).count();
        // one lone cell in a table is a remark; a quotation mark left open may have swallowed the rest
        let remark = filled == 1 && self.kinds.len() > 2;
        let last = row.cells.last().map_or("", |cell| self.words(*cell));
        let open = last.matches('"').count() % 2 == 1;
        let shifted =
            row.cells.iter().zip(&self.kinds).any(|(cell, kind)| is_elsewhere(*kind, self.words(*cell)));
        !remark && !open && !shifted
    }
}

/// Whether a cell is plainly of another type than its column.
fn is_elsewhere(kind: Option<FieldType>, cell: &str) -> bool {
    let cell = cell.trim();
    !cell.is_empty() && kind.is_some_and(|kind| (kind.definition().is_elsewhere)(cell))
}

/// The finding for a row that is no record.
#[must_use]
pub fn ragged(found: usize, wanted: usize, grid: &Grid) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code::RowRagged,
        say!(
            "この行のセルは{found}個です。見出しは{wanted}個です。",
            "This row has {found} cells, the header has {wanted}."
        ),
    );
    let delimiter = delimiter(grid);
    diagnostic.hint(say!(
        "「{delimiter}」の数を見直してください。文の中の「{delimiter}」は、セル全体を「\"」で囲みます。",
        "Count the commas; a cell that holds a comma stands in quotation marks."
    ))
}

/// The finding for a table in which most rows have another number of cells than the header.
#[must_use]
pub fn all_ragged(count: usize, found: usize, wanted: usize) -> Diagnostic {
    Diagnostic::error(
        Code::RowRagged,
        say!(
            "見出しは{wanted}個ですが、{count}行でセルの数が違います（この行は{found}個）。どの行も読みません。",
            "The header has {wanted} cells, {count} rows have another number (this one {found}); none is read."
        ),
    )
    .hint(say!(
        "見出しが足りないか、見出しの行が違います。どの列にも見出しを書いてください。",
        "A header is missing, or another row is the header. Give each column its header."
    ))
}

/// What is said once of all short rows of a file.
#[must_use]
pub fn short(rows: &[u32], grid: &Grid) -> Diagnostic {
    let count = rows.len();
    let numbers: Vec<String> = rows.iter().take(LISTED).map(ToString::to_string).collect();
    let list = numbers.join(", ") + if count > LISTED { ", …" } else { "" };
    let delimiter = delimiter(grid);
    Diagnostic::warning(
        Code::RowRagged,
        say!(
            "終わりのセルがない行があります（{count}行：{list}行目）。ないセルは空とみました。",
            "Rows end before the last column ({count}: row {list}); the cells that are missing were taken to be empty."
        ),
    )
    .hint(say!(
        "空のセルの分も「{delimiter}」を書くと、この注意は出ません。",
        "With a delimiter for each empty cell this is not said."
    ))
}

fn delimiter(grid: &Grid) -> &'static str {
    match grid.delimiter() {
        Some(b'\t') => "タブ",
        Some(b';') => ";",
        Some(b'|') => "|",
        _ => ",",
    }
}
