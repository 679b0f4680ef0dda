//! Finds the header row of a table, and the notes below it.
//!
//! In: rows of cells. Out: [`Extent`]. Rows are left out only when the manifest says so or when it is certain: a row
//! with at least two known headers below rows with none, and lone remarks (`※…`) at the very end.

use super::delimited::{Row, Rows};
use super::grid::Grid;
use crate::project::DirectoryPlan;

/// Which rows of a file are the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// The index of the header.
    pub header: usize,
    /// The index after the last record.
    pub end: usize,
    /// Whether rows above were left out though the manifest does not say so.
    pub above: bool,
    /// Whether rows below were left out though the manifest does not say so.
    pub below: bool,
}

/// A header stands among the first rows, or it is not looked for.
const DEPTH: usize = 30;

/// The table in `rows`; none where the manifest names a header row that is not there, or there are no rows.
#[must_use]
pub fn extent(plan: &DirectoryPlan, text: &str, rows: &Rows) -> Option<Extent> {
    let words = |row: &Row| -> Vec<String> {
        row.cells.iter().map(|cell| cell.of(text, &rows.unquoted).trim().to_owned()).collect()
    };
    let list = &rows.rows;
    let (header, above) = match plan.form.header_row {
        Some(number) => (list.iter().position(|row| row.number == number)?, false),
        None => found(plan, list.iter().take(DEPTH).map(words))
            .map_or((first_filled(list, words)?, false), |at| (at, at > 0)),
    };
    let declared = usize::try_from(plan.form.skip_below).unwrap_or(usize::MAX);
    let mut end = list.len().saturating_sub(declared).max(header + 1);
    let mut below = false;
    if declared == 0 && list[header].cells.len() > 1 {
        while end > header + 1 && is_note(&words(&list[end - 1])) {
            end -= 1;
            below = true;
        }
    }
    Some(Extent { header, end, above, below })
}

/// Rows right below the header that are the header once more: its cells are merged downwards, and filling them repeats
/// it. Only in a workbook; in a list such a row is one that somebody wrote.
#[must_use]
pub fn continued(grid: &Grid, rows: &Rows, extent: Extent) -> usize {
    if !grid.is_workbook() {
        return 0;
    }
    let words = |row: &Row| -> Vec<String> {
        row.cells.iter().map(|cell| cell.of(&grid.source.text, &rows.unquoted).trim().to_owned()).collect()
    };
    let head = words(&rows.rows[extent.header]);
    rows.rows[extent.header + 1..extent.end].iter().take_while(|row| words(row) == head).count()
}

fn first_filled(rows: &[Row], words: impl Fn(&Row) -> Vec<String>) -> Option<usize> {
    rows.iter().position(|row| words(row).iter().any(|cell| !cell.is_empty()))
}

/// The first row with known headers; a row further down counts only if it has two, and those above have none.
fn found(plan: &DirectoryPlan, rows: impl Iterator<Item = Vec<String>>) -> Option<usize> {
    for (index, words) in rows.enumerate() {
        let mut known: Vec<String> = words
            .iter()
            .filter_map(|word| match &plan.key {
                Some(key) if key == word => {
                    Some(plan.schema.joins().map_or_else(|| key.clone(), |field| field.name.clone()))
                }
                _ => plan.schema.field_of(word).map(|field| field.name.clone()),
            })
            .collect();
        known.sort_unstable();
        known.dedup();
        if known.len() > 1 {
            return Some(index);
        }
        if known.len() == 1 {
            return None;
        }
    }
    None
}

/// A remark below a table: alone in the first column, with the mark of one.
fn is_note(words: &[String]) -> bool {
    let marks = ["※", "＊", "*", "注", "（注", "(注", "備考", "出典", "〈注", "【注"];
    words.first().is_some_and(|first| marks.iter().any(|mark| first.starts_with(mark)))
        && words.iter().skip(1).all(String::is_empty)
}
