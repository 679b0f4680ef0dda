//! Where the table of a sheet is: its row of names, its records, its columns, and what stands around it.
//!
//! In: a sheet. Out: [`Shape`]. Every rule about rows and columns asks it.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::raw_table::{CellForm, RawSheet};

use super::number_words;

/// The shape of a sheet's table.
#[derive(Debug, Default)]
pub struct Shape {
    /// The row of names; 0 if the sheet is empty.
    pub header: u32,
    /// Further rows of names right below it.
    pub more_headers: u32,
    /// Rows of records, in order.
    pub records: Vec<u32>,
    /// Columns of the table, in order; also those without a name.
    pub columns: Vec<u32>,
    /// Filled rows above the row of names.
    pub above: Vec<u32>,
    /// Filled rows below the records: notes.
    pub below: Vec<u32>,
    /// Empty rows between filled ones of the table.
    pub gaps: Vec<u32>,
    /// The row of names of groups of columns, right above the names.
    pub upper: Option<u32>,
    /// Rows of names of further tables.
    pub further: Vec<u32>,
    /// Rows that are the row of names once more, without a gap above them.
    pub repeated: Vec<u32>,
    /// Empty columns between filled ones.
    pub empty_columns: Vec<u32>,
}

/// Words that begin a note.
const NOTES: &[&str] = &["※", "注", "＊", "*", "（注", "(注", "備考", "出典", "資料", "★"];

impl Shape {
    /// Finds the table of a sheet.
    #[must_use]
    pub fn of(sheet: &RawSheet) -> Self {
        let rows: Vec<u32> = sheet.rows().into_iter().collect();
        // of tables side by side the widest
        let block = widest_block(sheet, &rows);
        let widths: BTreeMap<u32, usize> =
            rows.iter().map(|row| (*row, filled_within(sheet, *row, block))).collect();
        let mut wide: Vec<usize> = widths.values().copied().filter(|width| *width > 1).collect();
        wide.sort_unstable();
        let usual = wide.get(wide.len() / 2).copied().unwrap_or(1);
        // the first row that is filled as most are
        let is_wide = |row: &u32| widths.get(row).is_some_and(|width| *width * 2 > usual);
        let Some(header) = rows.iter().copied().find(|row| is_wide(row)) else { return Self::default() };
        let mut shape = Self { header, ..Self::default() };
        shape.above = rows.iter().copied().filter(|row| *row < header).collect();
        shape.upper = shape.above.last().copied().filter(|row| is_upper_header(sheet, *row, header));
        shape.above.retain(|row| Some(*row) != shape.upper);
        let mut table: Vec<u32> = rows.iter().copied().filter(|row| *row > header).collect();
        while let Some(last) = table.last().copied().filter(|row| is_note(sheet, *row, usual)) {
            table.pop();
            shape.below.insert(0, last);
        }
        shape.more_headers = more_headers(sheet, header, &table);
        let mut before = header;
        for row in table {
            if row > before + 1 {
                shape.gaps.extend(before + 1..row);
                if is_header_again(sheet, header, row) {
                    shape.further.push(row);
                }
            } else if row > header + shape.more_headers && repeats(sheet, header, row) {
                shape.repeated.push(row);
            }
            before = row;
            let is_names = shape.further.contains(&row) || shape.repeated.contains(&row);
            if row > header + shape.more_headers && !is_names {
                shape.records.push(row);
            }
        }
        shape.columns(sheet);
        shape
    }

    fn columns(&mut self, sheet: &RawSheet) {
        let mut filled: Vec<u32> = sheet.columns_of(self.header);
        for row in &self.records {
            filled.extend(sheet.columns_of(*row));
        }
        filled.sort_unstable();
        filled.dedup();
        for pair in filled.windows(2) {
            if let [one, next] = pair {
                self.empty_columns.extend(one + 1..*next);
            }
        }
        self.columns = filled;
    }

    /// The name of a column.
    #[must_use]
    pub fn name<'s>(&self, sheet: &'s RawSheet, column: u32) -> &'s str {
        sheet.words(self.header, column)
    }
}

/// Columns of a sheet without an empty one among them.
#[derive(Clone, Copy)]
struct Block {
    first: u32,
    last: u32,
}

impl Block {
    fn width(self) -> u32 {
        self.last - self.first + 1
    }
}

/// The widest block, the first of equal ones.
fn widest_block(sheet: &RawSheet, rows: &[u32]) -> Option<Block> {
    let filled: BTreeSet<u32> = rows.iter().flat_map(|row| sheet.columns_of(*row)).collect();
    let mut widest: Option<Block> = None;
    let mut block: Option<Block> = None;
    for column in filled {
        let first = block.filter(|block| block.last + 1 == column).map_or(column, |block| block.first);
        let grown = Block { first, last: column };
        block = Some(grown);
        if widest.is_none_or(|widest| grown.width() > widest.width()) {
            widest = block;
        }
    }
    widest
}

/// How many cells of a row are filled in the columns of a block.
fn filled_within(sheet: &RawSheet, row: u32, block: Option<Block>) -> usize {
    let is_within = |column: &u32| block.is_some_and(|block| (block.first..=block.last).contains(column));
    sheet.columns_of(row).iter().filter(|column| is_within(column)).count()
}

/// Whether a row right above the names parts them into groups: several words, each over a name of its own.
fn is_upper_header(sheet: &RawSheet, row: u32, header: u32) -> bool {
    let (groups, names) = (sheet.columns_of(row), sheet.columns_of(header));
    let is_group = |column: &u32| {
        let words = sheet.filled(row, *column).filter(|cell| cell.form == CellForm::Text);
        names.contains(column) && words.is_some_and(|cell| !number_words::is_number(&cell.text))
    };
    row + 1 == header && groups.len() > 1 && groups.len() < names.len() && groups.iter().all(is_group)
}

/// Whether the last row of a table is a note, not a record.
fn is_note(sheet: &RawSheet, row: u32, usual: usize) -> bool {
    let columns = sheet.columns_of(row);
    let first = columns.first().map_or("", |column| sheet.words(row, *column));
    usual > 1
        && ((columns.len() == 1
            && sheet.filled(row, columns[0]).is_some_and(|cell| cell.form == CellForm::Text))
            || (columns.len() <= 2 && NOTES.iter().any(|note| first.starts_with(note))))
}

/// Rows of words right below the names whose columns then hold numbers: names of two rows.
fn more_headers(sheet: &RawSheet, header: u32, table: &[u32]) -> u32 {
    let Some(next) = table.first().copied().filter(|row| *row == header + 1) else { return 0 };
    let is_words = |row: u32, column: u32| {
        sheet
            .filled(row, column)
            .is_some_and(|cell| cell.form == CellForm::Text && !number_words::is_number(&cell.text))
    };
    let merged_over = sheet.merged.iter().any(|area| {
        area.first.row <= header && area.last.row >= header && area.last.column > area.first.column
    });
    let names = sheet.columns_of(header);
    // what begins behind an empty column is another table
    let end = end_of_names(sheet, header, next);
    let second: Vec<u32> = sheet.columns_of(next).into_iter().filter(|column| *column <= end).collect();
    // a name stands over several of the second row, which leaves cells beside it empty
    let open = second.iter().filter(|column| !names.contains(column)).count();
    let all_words = second.iter().all(|column| is_words(next, *column));
    let below_numbers = table.iter().skip(1).take(5).any(|row| {
        second.iter().any(|column| is_words(next, *column) && number_words::is_value(sheet, *row, *column))
    });
    let is_second = (below_numbers && (merged_over || open > 0)) || fills_gaps(sheet, header, table);
    u32::from(all_words && is_second)
}

/// The last column of names of two rows: behind the last of the upper row go on those of the lower one that adjoin.
fn end_of_names(sheet: &RawSheet, header: u32, next: u32) -> u32 {
    let last = sheet.columns_of(header).last().copied().unwrap_or_default();
    sheet.columns_of(next).into_iter().fold(last, |end, column| if column == end + 1 { column } else { end })
}

/// Whether the row below the names stands where they leave gaps, and leaves gaps where they stand, above a row without any.
fn fills_gaps(sheet: &RawSheet, header: u32, table: &[u32]) -> bool {
    let [next, below, ..] = table else { return false };
    let (names, second) = (sheet.columns_of(header), sheet.columns_of(*next));
    let is_open = second.iter().any(|column| !names.contains(column));
    let is_spared = names.iter().any(|column| !second.contains(column));
    let mut all: Vec<u32> = [names, second].concat();
    all.sort_unstable();
    all.dedup();
    is_open && is_spared && all.iter().all(|column| sheet.filled(*below, *column).is_some())
}

/// Whether a row holds the names of the columns and nothing else.
fn repeats(sheet: &RawSheet, header: u32, row: u32) -> bool {
    let columns = sheet.columns_of(row);
    columns.len() > 1
        && columns.iter().all(|column| sheet.words(row, *column) == sheet.words(header, *column))
}

/// Whether a row behind a gap has the names of another table: words only, over rows of numbers.
fn is_header_again(sheet: &RawSheet, header: u32, row: u32) -> bool {
    let columns = sheet.columns_of(row);
    let words = columns.iter().all(|column| {
        sheet
            .filled(row, *column)
            .is_some_and(|cell| cell.form == CellForm::Text && !number_words::is_number(&cell.text))
    });
    let repeats =
        columns.iter().filter(|column| sheet.words(row, **column) == sheet.words(header, **column)).count();
    let over_numbers = (row + 1..row + 4)
        .any(|below| columns.iter().any(|column| number_words::is_value(sheet, below, *column)));
    let names = sheet.columns_of(header);
    let under_numbers =
        (header + 1..row).any(|over| names.iter().any(|column| number_words::is_value(sheet, over, *column)));
    columns.len() > 1 && words && ((over_numbers && under_numbers) || repeats * 2 > columns.len())
}
