//! Edited rows of a workbook, as lines of the corrections beside it (see `read::unit_corrections`).
//!
//! In: the rows of a unit as they stand in a workbook, those in their place, and the corrections so far. Out: the text of the
//! corrections, and where each row begins in it.

use std::collections::BTreeSet;

use super::unit_table::UnitTable;
use crate::table::{self, Rows};

/// The lines of one unit, the unit in the first column.
pub(super) struct CorrectionLines {
    header: Vec<String>,
    /// For each way in which the workbook calls the unit and the rows do not: that it has no row under it.
    none: Vec<Vec<String>>,
    rows: Vec<Vec<String>>,
}

impl CorrectionLines {
    /// The lines of `rows` in the place of those of `table`; none where the table has no column of units.
    pub(super) fn of(table: &UnitTable, rows: &[Vec<String>]) -> Option<Self> {
        let joins = table.columns.iter().position(|column| column.joins)?;
        let order = || std::iter::once(joins).chain((0..table.columns.len()).filter(move |at| *at != joins));
        let ordered = |row: &Vec<String>| -> Vec<String> {
            order().map(|at| row.get(at).cloned().unwrap_or_default()).collect()
        };
        let unit = |row: &Vec<String>| row.get(joins).map(|unit| unit.trim().to_owned()).unwrap_or_default();
        let named: BTreeSet<String> = rows.iter().map(unit).collect();
        let before: BTreeSet<String> = table.rows.iter().map(|row| unit(&row.cells)).collect();
        Some(Self {
            header: order().map(|at| table.columns[at].header.clone()).collect(),
            none: before.difference(&named).map(|unit| vec![unit.clone()]).collect(),
            rows: rows.iter().map(ordered).collect(),
        })
    }

    /// The corrections with these lines behind those of `before` (UTF-8), and where each row begins. None where `before` has
    /// other columns.
    pub(super) fn put(self, before: Option<&[u8]>) -> Option<(String, Vec<usize>)> {
        let text = match before {
            Some(bytes) => {
                std::str::from_utf8(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)).ok()?.to_owned()
            }
            None => table::replace("", b',', &[], std::slice::from_ref(&self.header)).text,
        };
        let known = Rows::of(&text, b',');
        let cells = |row: &table::Row| -> Vec<String> {
            row.cells.iter().map(|cell| cell.of(&text, &known.unquoted).to_owned()).collect()
        };
        if known.rows.first().map(cells) != Some(self.header) {
            return None;
        }
        let said: BTreeSet<String> =
            known.rows.iter().filter_map(|row| cells(row).into_iter().next()).collect();
        let mut lines: Vec<Vec<String>> = self.none;
        lines.retain(|line| !said.contains(&line[0]));
        let none = lines.len();
        lines.extend(self.rows);
        let replaced = table::replace(&text, b',', &[], &lines);
        Some((replaced.text, replaced.starts.into_iter().skip(none).collect()))
    }
}
