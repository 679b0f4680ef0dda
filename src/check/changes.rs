//! What normalising changed: every cell whose printed form is not as it was written.
//!
//! In: checked directories. Out: [`Change`]s for the report, in the order of the files.

use super::Checked;
use super::values::MOST_CHANGES;
use crate::model::origin::Origin;

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

/// The first changes of all directories, and how many there are.
#[must_use]
pub fn changes(checked: &Checked) -> (Vec<Change>, usize) {
    let count = checked.changed.values().map(|changed| changed.count).sum();
    let cells = checked.changed.iter().flat_map(|(name, changed)| {
        let directory = checked.directories.get(name);
        changed.first.iter().filter_map(move |cell| {
            let directory = directory?.typed();
            let record = &directory.records[cell.record];
            Some(Change {
                origin: record.origin(cell.column),
                written: record.written(cell.column).to_owned(),
                normalised: directory.text(record, cell.column),
            })
        })
    });
    (cells.take(MOST_CHANGES).collect(), count)
}
