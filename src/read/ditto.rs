//! Words that stand for the cell above: 同上, 〃. A person reads the value there; so does sasshi, and says it.
//!
//! In: rows of cells. Out: the same rows, such cells with the value of the record above; one finding for each column.

use std::collections::BTreeMap;

use super::delimited::Rows;
use super::grid::Grid;
use super::shown::{ShownFinding, TableCells};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::directory::Written;
use crate::say;
use crate::table::Replaced;

/// What is written for "as above".
const WORDS: &[&str] = &["同上", "〃", "″", "〟", "上に同じ", "上と同じ", "(同上)", "（同上）"];
/// Of each of them, what a text is searched for first: most lists have none.
const MARKS: &[&str] = &["同", "〃", "″", "〟"];

/// Cells of a column that stand for the one above: the first of them, how many, and how often nothing stands above.
struct Column {
    row: usize,
    words: String,
    count: usize,
    empty: usize,
}

/// Fills cells that stand for the cell above.
pub fn fill(grid: &Grid, rows: &mut Rows, table: TableCells) -> Vec<ShownFinding> {
    let text = &grid.source.text;
    if !MARKS.iter().any(|mark| memchr::memmem::find(text.as_bytes(), mark.as_bytes()).is_some()) {
        return Vec::new();
    }
    let Rows { rows, unquoted, places } = rows;
    let mut replaced: Vec<Replaced> = Vec::new();
    let mut above: Vec<Written> = vec![Written::default(); table.places.len()];
    let mut columns: BTreeMap<usize, Column> = BTreeMap::new();
    for (index, row) in rows.iter_mut().enumerate().take(table.end).skip(table.first) {
        if table.passed.binary_search(&index).is_ok() || row.fault.is_some() {
            continue;
        }
        for (place, cell) in row.cells.iter_mut().enumerate().take(above.len()) {
            let words = cell.of(text, unquoted).trim();
            if table.places[place].is_some() && is_ditto(words) {
                let value = above[place];
                let empty = value.of(text, unquoted).trim().is_empty();
                let column = columns.entry(place).or_insert_with(|| Column {
                    row: index,
                    words: words.to_owned(),
                    count: 0,
                    empty: 0,
                });
                column.count += 1;
                column.empty += usize::from(empty);
                replaced.push(Replaced { row: row.start, cell: place, written: *cell });
                *cell = value;
            }
            above[place] = *cell;
        }
    }
    places.keep(replaced.into_iter());
    columns
        .into_iter()
        .map(|(place, column)| ShownFinding { row: column.row, place, diagnostic: finding(&column) })
        .collect()
}

fn is_ditto(words: &str) -> bool {
    // no longer than the longest of them with spaces between
    if words.is_empty() || words.len() > 24 {
        return false;
    }
    let plain: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    WORDS.contains(&plain.as_str())
}

fn finding(column: &Column) -> Diagnostic {
    let Column { words, count, empty, .. } = column;
    if *empty > 0 {
        return Diagnostic::error(
            Code::Ditto,
            say!(
                "「{words}」の上のセルが空です（この列に{empty}個）。",
                "\"{words}\" stands below an empty cell ({empty} in this column)."
            ),
        )
        .hint(say!("値を書いてください。", "Write the value."));
    }
    Diagnostic::warning(
        Code::Ditto,
        say!(
            "この列の{count}個のセル（「{words}」）は、上の行の値で読みました。",
            "Cells of this column ({count}: \"{words}\") were read as the cell above."
        ),
    )
    .hint(say!(
        "行を並べかえると値が変わります。それぞれのセルに値を書くと、この注意は出ません。",
        "Their values change when rows are sorted; write the value into each, and this is not said."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_as_above() {
        for words in ["同上", "同　上", "〃", "″", "（同上）"] {
            assert!(is_ditto(words), "{words}");
        }
        for words in ["", "同上の電話番号", "西区", "同", "同上 内線2"] {
            assert!(!is_ditto(words), "{words}");
        }
    }
}
