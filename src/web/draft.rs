//! Rows as staff edit them: what a form holds, what the database keeps, how two people's edits come together.
//!
//! In: the rows of the sources, a form. Out: a [`Draft`]. Each row has a number of its own, which it keeps wherever it is
//! moved, so that the same cell is found again in another version.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::pipeline::edit::UnitTable;

/// Rows of a unit, table by table.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The tables in the order of the page.
    pub tables: Vec<DraftTable>,
}

/// Rows in one file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftTable {
    /// The directory.
    pub directory: String,
    /// The file.
    pub path: String,
    /// Its headers.
    pub headers: Vec<String>,
    /// The rows.
    pub rows: Vec<DraftRow>,
}

/// A row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftRow {
    /// What tells it from the others of its table.
    pub id: u32,
    /// Its cells, one for each header.
    pub cells: Vec<String>,
}

/// The most rows of a table and characters of a cell that are taken.
pub const MOST_ROWS: usize = 500;
/// The most characters of a cell.
pub const MOST_CHARACTERS: usize = 20_000;

/// A cell of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CellKey {
    /// The index of its table.
    pub table: usize,
    /// The number of its row.
    pub row: u32,
    /// The index of its column.
    pub column: usize,
}

impl CellKey {
    /// Reads what [`CellKey`] writes as text: `TABLE-ROW-COLUMN`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let (table, row, column) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self { table: table.parse().ok()?, row: row.parse().ok()?, column: column.parse().ok()? })
    }
}

impl fmt::Display for CellKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.table, self.row, self.column)
    }
}

/// What two people made of one draft.
#[derive(Debug, Default)]
pub struct Merged {
    /// Both, where they changed different cells; mine where they changed the same.
    pub draft: Draft,
    /// Cells that both changed, to different words.
    pub conflicts: Vec<CellKey>,
    /// Cells that only the other changed.
    pub theirs: Vec<CellKey>,
}

impl Draft {
    /// The rows of the sources.
    #[must_use]
    pub fn of_tables(tables: &[UnitTable]) -> Self {
        let table = |table: &UnitTable| {
            let rows = (1..)
                .zip(&table.rows)
                .map(|(id, row)| DraftRow { id, cells: row.cells.iter().map(|cell| plain(cell)).collect() });
            DraftTable {
                directory: table.directory.clone(),
                path: table.path.clone(),
                headers: table.columns.iter().map(|column| column.header.clone()).collect(),
                rows: rows.collect(),
            }
        };
        Self { tables: tables.iter().map(table).collect() }
    }

    /// The same rows in the tables and columns of `base`: columns that came since are as they are there, those that went
    /// are left out.
    #[must_use]
    pub fn fit(&self, base: &Self) -> Self {
        let fitted = base.tables.iter().map(|shape| {
            let same =
                |table: &&DraftTable| (&table.directory, &table.path) == (&shape.directory, &shape.path);
            let moved = |table: &&DraftTable| table.directory == shape.directory;
            let own = self.tables.iter().find(same).or_else(|| self.tables.iter().find(moved));
            let Some(own) = own else { return shape.clone() };
            if own.headers == shape.headers {
                return DraftTable { path: shape.path.clone(), ..own.clone() };
            }
            let cell = |row: &DraftRow, header: &String, column: usize| {
                let place = own.headers.iter().position(|known| known == header);
                let before = || shape.rows.iter().find(|known| known.id == row.id);
                place.and_then(|place| row.cells.get(place)).or_else(|| before()?.cells.get(column)).cloned()
            };
            let fit = |row: &DraftRow| DraftRow {
                id: row.id,
                cells: (0..)
                    .zip(&shape.headers)
                    .map(|(at, header)| cell(row, header, at).unwrap_or_default())
                    .collect(),
            };
            DraftTable { rows: own.rows.iter().map(fit).collect(), ..shape.clone() }
        });
        Self { tables: fitted.collect() }
    }

    /// The cells of each table.
    #[must_use]
    pub fn cells(&self) -> Vec<Vec<Vec<String>>> {
        let rows = |table: &DraftTable| table.rows.iter().map(|row| row.cells.clone()).collect();
        self.tables.iter().map(rows).collect()
    }

    /// The words of a cell, if there is one.
    #[must_use]
    pub fn cell(&self, key: CellKey) -> Option<&str> {
        let row = self.tables.get(key.table)?.rows.iter().find(|row| row.id == key.row)?;
        row.cells.get(key.column).map(String::as_str)
    }

    /// The same cell, to be written.
    pub fn cell_mut(&mut self, key: CellKey) -> Option<&mut String> {
        let row = self.tables.get_mut(key.table)?.rows.iter_mut().find(|row| row.id == key.row)?;
        row.cells.get_mut(key.column)
    }

    /// Cells that say something else than in `base`, rows that came and rows that went among them.
    #[must_use]
    pub fn differences(&self, base: &Self) -> Vec<CellKey> {
        let keys: BTreeSet<CellKey> = self.keys().chain(base.keys()).collect();
        let differs = |key: &CellKey| {
            self.cell(*key).unwrap_or_default().trim() != base.cell(*key).unwrap_or_default().trim()
        };
        keys.into_iter().filter(differs).collect()
    }

    fn keys(&self) -> impl Iterator<Item = CellKey> + '_ {
        self.tables.iter().enumerate().flat_map(|(table, rows)| {
            let cells = |row: &DraftRow| {
                let key = |column| CellKey { table, row: row.id, column };
                (0..row.cells.len()).map(key).collect::<Vec<_>>()
            };
            rows.rows.iter().flat_map(cells).collect::<Vec<_>>()
        })
    }

    /// What comes of two drafts that were made of `base`. Rows stand as in `mine`; rows that only the other added stand
    /// behind, and a row that one took out and the other left as it was is gone.
    #[must_use]
    pub fn merge(base: &Self, mine: &Self, theirs: &Self) -> Merged {
        let mut merged = Merged { draft: mine.clone(), ..Merged::default() };
        for (index, table) in merged.draft.tables.iter_mut().enumerate() {
            let rows = |draft: &Self| -> BTreeMap<u32, Vec<String>> {
                let rows = draft.tables.get(index).map(|table| table.rows.clone()).unwrap_or_default();
                rows.into_iter().map(|row| (row.id, row.cells)).collect()
            };
            let (before, other) = (rows(base), rows(theirs));
            let is_untouched = |row: &DraftRow| before.get(&row.id).is_some_and(|cells| *cells == row.cells);
            // what the other took out, and I did not change
            table.rows.retain(|row| other.contains_key(&row.id) || !is_untouched(row));
            for row in &mut table.rows {
                let Some(old) = before.get(&row.id) else { continue };
                let Some(new) = other.get(&row.id) else { continue };
                for (column, cell) in row.cells.iter_mut().enumerate() {
                    let (was, is) = (old.get(column), new.get(column));
                    let (Some(was), Some(is)) = (was, is) else { continue };
                    let key = CellKey { table: index, row: row.id, column };
                    if is == was || is == cell {
                        continue;
                    }
                    if cell == was {
                        *cell = is.clone();
                        merged.theirs.push(key);
                    } else {
                        merged.conflicts.push(key);
                    }
                }
            }
            let mut known: BTreeSet<u32> = table.rows.iter().map(|row| row.id).collect();
            let mine_had = rows(mine);
            for row in theirs.tables.get(index).map(|table| table.rows.as_slice()).unwrap_or_default() {
                let is_new = !before.contains_key(&row.id);
                // a row that I took out and the other changed stays: nothing that was typed is lost
                let is_changed = before.get(&row.id).is_some_and(|cells| *cells != row.cells);
                if is_new && mine_had.contains_key(&row.id) {
                    // two new rows with one number
                    let id = known.iter().max().map_or(1, |last| last + 1);
                    known.insert(id);
                    table.rows.push(DraftRow { id, cells: row.cells.clone() });
                } else if (is_new || is_changed) && known.insert(row.id) {
                    table.rows.push(row.clone());
                }
            }
        }
        merged
    }
}

impl DraftTable {
    /// The number of the next new row.
    #[must_use]
    pub fn next_id(&self) -> u32 {
        self.rows.iter().map(|row| row.id).max().map_or(1, |last| last.saturating_add(1))
    }
}

/// A cell as forms hold it: one kind of line end, and no longer than any place on paper by far.
#[must_use]
pub fn plain(cell: &str) -> String {
    let cell = cell.replace("\r\n", "\n").replace('\r', "\n");
    cell.chars().filter(|c| *c != '\0').take(MOST_CHARACTERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(rows: &[(u32, &[&str])]) -> Draft {
        let rows = rows.iter().map(|(id, cells)| DraftRow {
            id: *id,
            cells: cells.iter().map(|cell| (*cell).to_owned()).collect(),
        });
        Draft { tables: vec![DraftTable { rows: rows.collect(), ..DraftTable::default() }] }
    }

    #[test]
    fn edits_of_different_cells_come_together() {
        let base = draft(&[(1, &["a", "b"]), (2, &["c", "d"])]);
        let mine = draft(&[(2, &["c", "D"]), (1, &["A", "b"])]);
        let theirs = draft(&[(1, &["a", "B"]), (2, &["c", "d"]), (3, &["e", "f"])]);
        let merged = Draft::merge(&base, &mine, &theirs);
        assert_eq!(merged.draft, draft(&[(2, &["c", "D"]), (1, &["A", "B"]), (3, &["e", "f"])]));
        assert!(merged.conflicts.is_empty());
        assert_eq!(merged.theirs, [CellKey { table: 0, row: 1, column: 1 }]);
    }

    #[test]
    fn the_same_cell_is_a_conflict_and_no_edit_is_lost() {
        let base = draft(&[(1, &["a"]), (2, &["b"])]);
        let merged =
            Draft::merge(&base, &draft(&[(1, &["mine"])]), &draft(&[(1, &["theirs"]), (2, &["new"])]));
        assert_eq!(merged.conflicts, [CellKey { table: 0, row: 1, column: 0 }]);
        assert_eq!(merged.draft, draft(&[(1, &["mine"]), (2, &["new"])]), "a changed row is not taken out");
        let gone = Draft::merge(&base, &base, &draft(&[(1, &["a"])]));
        assert_eq!(gone.draft, draft(&[(1, &["a"])]));
        let both = Draft::merge(&draft(&[]), &draft(&[(1, &["x"])]), &draft(&[(1, &["y"])]));
        assert_eq!(both.draft, draft(&[(1, &["x"]), (2, &["y"])]));
    }

    #[test]
    fn differences_name_cells() {
        let base = draft(&[(1, &["a", "b"]), (2, &["c", ""])]);
        let changed = draft(&[(1, &["a", "x"]), (3, &["d", ""])]).differences(&base);
        assert_eq!(changed.iter().map(CellKey::to_string).collect::<Vec<_>>(), ["0-1-1", "0-2-0", "0-3-0"]);
        assert!(changed.iter().all(|key| CellKey::parse(&key.to_string()) == Some(*key)));
    }
}
