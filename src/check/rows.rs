//! The rows that findings point at, whole: a person mends a cell by what stands beside it.
//!
//! In: checked directories and findings. Out: for each cell that is named, its row with its headers.

use std::collections::{BTreeMap, BTreeSet};

use super::Checked;
use crate::diagnostic::Diagnostic;
use crate::model::origin::Place;

/// Path of a file and a row in it.
pub type RowPlace = (String, u32);

/// Headers and cells of a row, as written, in the order of its directory.
pub type WrittenRow = Vec<(String, String)>;

/// The rows of the first `most` findings that point at a cell.
#[must_use]
pub fn rows(checked: &Checked, diagnostics: &[Diagnostic], most: usize) -> BTreeMap<RowPlace, WrittenRow> {
    let wanted: BTreeSet<RowPlace> = diagnostics
        .iter()
        .filter_map(|one| one.origin.as_ref())
        .filter_map(|origin| match &origin.place {
            Place::Cell { row, .. } => Some((origin.source.path.clone(), *row)),
            Place::File | Place::Text { .. } => None,
        })
        .take(most)
        .collect();
    let mut rows = BTreeMap::new();
    if wanted.is_empty() {
        return rows;
    }
    for directory in checked.directories.values().map(|directory| directory.typed()) {
        for record in &directory.records {
            let place = (record.table.source.path.clone(), record.row);
            if !wanted.contains(&place) {
                continue;
            }
            let cells = directory.columns.iter().enumerate();
            let row = cells.map(|(at, column)| (column.header.clone(), record.written(at).to_owned()));
            rows.insert(place, row.collect());
        }
    }
    rows
}
