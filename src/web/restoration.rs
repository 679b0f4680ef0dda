//! Taking an acceptance back: the rows of the sources become what they were before, cell by cell.
//!
//! In: the rows before, those that were accepted, those of today. Out: the rows to write; and the cells that were changed since,
//! which nobody overwrites unasked.

use super::draft::{CellKey, Draft};

/// What comes of taking an acceptance back.
#[derive(Debug)]
pub struct Restoration {
    /// The rows to write: what was changed since stays as it is.
    pub draft: Draft,
    /// Today's rows under the numbers of those that were accepted.
    pub now: Draft,
    /// Cells of the acceptance that say something else today.
    pub conflicts: Vec<CellKey>,
}

/// The rows before `accepted` was written over `before`, with what was changed in the sources since; none if rows came or went
/// there: then it is not known which is which.
#[must_use]
pub fn restore(before: &Draft, accepted: &Draft, sources: &Draft) -> Option<Restoration> {
    let mut now = sources.clone();
    for (table, known) in now.tables.iter_mut().zip(&accepted.tables) {
        if table.rows.len() != known.rows.len() {
            return None;
        }
        // the sources hold the accepted rows in their order
        table.rows.iter_mut().zip(&known.rows).for_each(|(row, known)| row.id = known.id);
    }
    let merged = Draft::merge(accepted, before, &now);
    let (mut draft, mut conflicts) = (merged.draft, merged.conflicts);
    for key in &conflicts {
        if let (Some(cell), Some(words)) = (draft.cell_mut(*key), now.cell(*key)) {
            *cell = words.to_owned();
        }
    }
    // a row that came with the acceptance, and was changed since
    let is_new = |key: &CellKey| {
        !before.tables.get(key.table).is_some_and(|table| table.rows.iter().any(|row| row.id == key.row))
    };
    conflicts.extend(now.differences(accepted).into_iter().filter(is_new));
    Some(Restoration { draft, now, conflicts })
}

#[cfg(test)]
mod tests {
    use super::super::draft::{DraftRow, DraftTable};
    use super::*;

    fn draft(rows: &[(u32, &str, &str)]) -> Draft {
        let row = |(id, one, two): &(u32, &str, &str)| DraftRow {
            id: *id,
            cells: vec![(*one).to_owned(), (*two).to_owned()],
        };
        let table = DraftTable { rows: rows.iter().map(row).collect(), ..DraftTable::default() };
        Draft { tables: vec![table] }
    }

    #[test]
    fn what_was_accepted_goes_and_what_came_since_stays() {
        let before = draft(&[(1, "a", "1"), (2, "b", "2"), (3, "c", "3")]);
        // a cell changed, a row gone, a row new
        let accepted = draft(&[(1, "a", "9"), (3, "c", "3"), (4, "d", "4")]);
        let untouched = draft(&[(1, "a", "9"), (2, "c", "3"), (3, "d", "4")]);
        let back = restore(&before, &accepted, &untouched).expect("the same rows");
        assert!(back.conflicts.is_empty() && back.draft == before, "{back:?}");
        // somebody mended another cell since
        let mended = draft(&[(1, "A", "9"), (2, "c", "3"), (3, "d", "4")]);
        let back = restore(&before, &accepted, &mended).expect("the same rows");
        assert!(back.conflicts.is_empty(), "{back:?}");
        assert_eq!(back.draft, draft(&[(1, "A", "1"), (2, "b", "2"), (3, "c", "3")]));
    }

    #[test]
    fn a_cell_that_was_changed_since_is_a_conflict_and_stays() {
        let (before, accepted) = (draft(&[(1, "a", "1")]), draft(&[(1, "a", "9"), (2, "d", "4")]));
        let back =
            restore(&before, &accepted, &draft(&[(1, "a", "7"), (2, "d", "5")])).expect("the same rows");
        assert_eq!(back.conflicts.iter().map(CellKey::to_string).collect::<Vec<_>>(), ["0-1-1", "0-2-1"]);
        assert_eq!(back.draft, draft(&[(1, "a", "7"), (2, "d", "5")]));
        assert!(restore(&before, &accepted, &draft(&[(1, "a", "9")])).is_none(), "a row went");
    }
}
