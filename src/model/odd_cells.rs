//! Cells with odd characters, found in one pass for all rules about them.
//!
//! In: the records of a directory. Out: [`OddCell`]s, in the order of the records.

use std::sync::Arc;

use super::cores;
use super::directory::{Record, Table};
use super::unseen::{OddCharacter, may_be_odd, odd};

/// A cell with an odd character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OddCell {
    /// The index of its record.
    pub record: usize,
    /// The index of its column in the directory.
    pub column: usize,
    /// The character: of each cell the first for private use, and the first of the other kinds.
    pub odd: OddCharacter,
}

/// Records of one part.
const PART: usize = 1 << 12;

/// The cells of `records` with odd characters; the files of these are `tables`.
#[must_use]
pub fn odd_cells(records: &[Record], tables: &[Arc<Table>]) -> Vec<OddCell> {
    // words that do not stand in the text of their file as they read
    let clean: Vec<&Arc<Table>> =
        tables.iter().filter(|table| !may_be_odd(table.unquoted.as_bytes())).collect();
    let parts: Vec<(usize, &[Record])> =
        records.chunks(PART).enumerate().map(|(at, part)| (at * PART, part)).collect();
    let found = cores::each(&parts, |(at, part)| {
        if is_clean(part, &clean) {
            return Vec::new();
        }
        let suspects = part
            .iter()
            .enumerate()
            .filter(|(_, record)| record.stretch().is_none_or(|row| may_be_odd(row.as_bytes())));
        suspects.flat_map(|(index, record)| of_record(at + index, record)).collect()
    });
    found.concat()
}

/// Whether neighbouring records of one file hold nothing odd, told from their text at once.
fn is_clean(records: &[Record], clean: &[&Arc<Table>]) -> bool {
    let (Some(first), Some(last)) = (records.first(), records.last()) else { return true };
    let table = &first.table;
    let is_one = records.is_sorted_by_key(|record| record.start)
        && records.iter().all(|record| Arc::ptr_eq(&record.table, table));
    let text = table.source.text.as_bytes();
    // the row of the last one, as far as it may reach: to the end of its last cell
    let end = last.cells.iter().map(|cell| cell.bytes().end).max().unwrap_or(last.start).min(text.len());
    is_one
        && clean.iter().any(|other| Arc::ptr_eq(other, table))
        && !may_be_odd(&text[first.start.min(end)..end])
}

fn of_record(index: usize, record: &Record) -> Vec<OddCell> {
    let mut cells = Vec::new();
    for column in 0..record.cells.len() {
        let (mut private, mut other) = (None, None);
        for found in odd(record.written(column)) {
            let first = if found.kind.is_private() { &mut private } else { &mut other };
            first.get_or_insert(found);
        }
        let firsts = [private, other].into_iter().flatten();
        cells.extend(firsts.map(|odd| OddCell { record: index, column, odd }));
    }
    cells
}
