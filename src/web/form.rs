//! The form of the rows: what a browser sends, and the deed of the button that was pressed.
//!
//! In: pairs of names and values. Out: the rows as the visitor sees them, with the deed done. Names: `row-T` is the number of
//! a row of table T, in the order of the page; `c-T-ROW-COLUMN` is a cell.

use super::draft::{CellKey, Draft, DraftRow, MOST_ROWS, plain};

/// What was sent.
#[derive(Debug)]
pub struct RowsForm {
    /// The version that was edited.
    pub version: i64,
    /// What the button asks for.
    pub deed: Deed,
    fields: Vec<SentField>,
}

/// A field of a form as it was sent.
#[derive(Debug)]
pub struct SentField {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// What a button asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// To save the rows as they are.
    Save,
    /// A new row in a table.
    Add(usize),
    /// A row up by one.
    Up(usize, u32),
    /// A row down by one.
    Down(usize, u32),
    /// A row away.
    Delete(usize, u32),
    /// Words into a cell.
    Write {
        /// The cell.
        cell: CellKey,
        /// The words.
        words: String,
    },
    /// A step back.
    Undo,
    /// The step that was taken back, again.
    Redo,
    /// The rows of the last edition in the place of these.
    Restart,
}

impl Deed {
    /// What the value of a button asks for; none if it is no value of these pages.
    #[must_use]
    pub fn parse(value: &str) -> Option<Self> {
        match value {
            "save" => return Some(Self::Save),
            "undo" => return Some(Self::Undo),
            "redo" => return Some(Self::Redo),
            "restart" => return Some(Self::Restart),
            _ => {}
        }
        if let Some((place, words)) = value.split_once('=') {
            return Some(Self::Write {
                cell: CellKey::parse(place.strip_prefix("fix-")?)?,
                words: plain(words),
            });
        }
        let (deed, place) = value.split_once('-')?;
        let row = || {
            let (table, row) = place.split_once('-')?;
            Some((table.parse().ok()?, row.parse().ok()?))
        };
        match deed {
            "add" => Some(Self::Add(place.parse().ok()?)),
            "up" => row().map(|(table, row)| Self::Up(table, row)),
            "down" => row().map(|(table, row)| Self::Down(table, row)),
            "delete" => row().map(|(table, row)| Self::Delete(table, row)),
            _ => None,
        }
    }
}

impl RowsForm {
    /// Reads what was sent; none if it is no form of these pages.
    #[must_use]
    pub fn parse(fields: Vec<SentField>) -> Option<Self> {
        let value = |name: &str| fields.iter().find(|field| field.name == name).map(|field| &field.value);
        let version = value("version")?.parse().ok()?;
        // Enter in a field presses the first button, which saves
        let deed = value("do").map_or(Some(Deed::Save), |value| Deed::parse(value))?;
        Some(Self { version, deed, fields })
    }

    /// The rows that the form shows, in the tables and columns of `shape`; none if it has too many.
    #[must_use]
    pub fn rows(&self, shape: &Draft) -> Option<Draft> {
        let mut draft = shape.clone();
        for (index, table) in draft.tables.iter_mut().enumerate() {
            let (before, width) = (std::mem::take(&mut table.rows), table.headers.len());
            let name = format!("row-{index}");
            let ids = self.fields.iter().filter(|field| field.name == name);
            for id in ids.map(|field| field.value.parse::<u32>()) {
                let id = id.ok()?;
                if table.rows.len() >= MOST_ROWS || table.rows.iter().any(|row| row.id == id) {
                    return None;
                }
                let old = before.iter().find(|row| row.id == id);
                let cell =
                    |column: usize| old.and_then(|row| row.cells.get(column)).cloned().unwrap_or_default();
                table.rows.push(DraftRow { id, cells: (0..width).map(cell).collect() });
            }
        }
        for SentField { name, value } in &self.fields {
            let Some(key) = name.strip_prefix("c-").and_then(CellKey::parse) else { continue };
            if let Some(cell) = draft.cell_mut(key) {
                *cell = plain(value);
            }
        }
        Some(draft)
    }

    /// Does what the button asks for; `joins` is, for each table, the column that names the unit.
    pub fn act(&self, draft: &mut Draft, unit: &str, joins: &[Option<usize>]) {
        match &self.deed {
            Deed::Save | Deed::Undo | Deed::Redo | Deed::Restart => {}
            Deed::Add(index) => {
                let Some(table) = draft.tables.get_mut(*index).filter(|table| table.rows.len() < MOST_ROWS)
                else {
                    return;
                };
                let mut cells = vec![String::new(); table.headers.len()];
                if let Some(cell) = joins.get(*index).copied().flatten().and_then(|at| cells.get_mut(at)) {
                    unit.clone_into(cell);
                }
                table.rows.push(DraftRow { id: table.next_id(), cells });
            }
            Deed::Up(table, row) => shift(draft, (*table, *row), -1),
            Deed::Down(table, row) => shift(draft, (*table, *row), 1),
            Deed::Delete(table, row) => {
                if let Some(table) = draft.tables.get_mut(*table) {
                    table.rows.retain(|known| known.id != *row);
                }
            }
            Deed::Write { cell, words } => {
                if let Some(cell) = draft.cell_mut(*cell) {
                    words.clone_into(cell);
                }
            }
        }
    }
}

fn shift(draft: &mut Draft, (table, row): (usize, u32), by: isize) {
    let Some(table) = draft.tables.get_mut(table) else { return };
    let Some(at) = table.rows.iter().position(|known| known.id == row) else { return };
    if let Some(to) = at.checked_add_signed(by).filter(|to| *to < table.rows.len()) {
        table.rows.swap(at, to);
    }
}

#[cfg(test)]
mod tests {
    use super::super::draft::DraftTable;
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Option<RowsForm> {
        let field =
            |(name, value): &(&str, &str)| SentField { name: (*name).to_owned(), value: (*value).to_owned() };
        RowsForm::parse(pairs.iter().map(field).collect())
    }

    fn shape() -> Draft {
        let row = DraftRow { id: 1, cells: vec!["港北区".to_owned(), "a".to_owned()] };
        let headers = vec!["区".to_owned(), "名称".to_owned()];
        Draft { tables: vec![DraftTable { headers, rows: vec![row], ..DraftTable::default() }] }
    }

    #[test]
    fn a_form_is_rows_in_the_order_of_the_page() {
        let sent =
            [("version", "3"), ("row-0", "2"), ("row-0", "1"), ("c-0-2-1", "b\r\nc"), ("c-0-9-9", "x")];
        let form = form(&sent).expect("a form");
        let mut draft = form.rows(&shape()).expect("few rows");
        let rows: Vec<(u32, &str)> =
            draft.tables[0].rows.iter().map(|row| (row.id, row.cells[1].as_str())).collect();
        assert_eq!((form.version, form.deed.clone(), rows), (3, Deed::Save, vec![(2, "b\nc"), (1, "a")]));
        let deeds = ["add-0", "up-0-1", "fix-0-2-1=x=y-z", "delete-0-2", "down-0-7", "add-9"];
        for deed in deeds.map(|deed| Deed::parse(deed).expect("a deed")) {
            RowsForm { deed, version: 0, fields: Vec::new() }.act(&mut draft, "港北区", &[Some(0)]);
        }
        let rows = draft.tables[0].rows.iter().map(|row| (row.id, row.cells.join("|"))).collect::<Vec<_>>();
        assert_eq!(rows, [(1, "港北区|a".to_owned()), (3, "港北区|".to_owned())]);
    }

    #[test]
    fn what_is_no_form_is_refused() {
        assert!(form(&[("do", "save")]).is_none(), "no version");
        assert!(form(&[("version", "1"), ("do", "drop table")]).is_none());
        assert!(form(&[("version", "1"), ("row-0", "x")]).expect("a form").rows(&shape()).is_none());
        assert!(
            form(&[("version", "1"), ("row-0", "1"), ("row-0", "1")])
                .expect("a form")
                .rows(&shape())
                .is_none()
        );
    }
}
