//! What normalising changed: every cell whose printed form is not as it was written.
//!
//! In: checked directories. Out: [`Change`]s for the report, in the order of the files.

use super::Checked;
use crate::model::directory::Meaning;
use crate::model::origin::Origin;
use crate::model::schema::Print;

/// A cell that is printed in another form.
#[derive(Debug, Clone)]
pub struct Change {
    /// The cell.
    pub origin: Origin,
    /// As written.
    pub written: String,
    /// As printed.
    pub normalised: String,
}

/// The first `most` changes, and how many there are in all.
#[must_use]
pub fn changes(checked: &Checked, most: usize) -> (Vec<Change>, usize) {
    let (mut changes, mut count) = (Vec::new(), 0);
    for directory in checked.directories.values() {
        let normalised: Vec<bool> = directory
            .columns
            .iter()
            .map(|column| column.field.as_ref().is_none_or(|field| field.print == Print::Normalised))
            .collect();
        for record in &directory.records {
            for (column, cell) in record.cells.iter().enumerate() {
                if !normalised[column] || cell.is_empty() || matches!(cell.meaning, Meaning::Ward(_)) {
                    continue;
                }
                let text = cell.text();
                if text == cell.written.trim() {
                    continue;
                }
                count += 1;
                if changes.len() < most {
                    let origin = record.origin(column);
                    changes.push(Change { origin, written: cell.written.clone(), normalised: text });
                }
            }
        }
    }
    (changes, count)
}
