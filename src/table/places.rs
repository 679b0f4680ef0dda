//! Where cells stand in the text of their list: a look-up, and nothing is read again.
//!
//! In: cells as they were read. Out: the bytes of each. Nearly all cells are read where they stand; of the few that are not
//! (a doubled quotation mark became a single one, a word for "as above" has the value of another cell) [`Places`] knows it.

use std::ops::Range;

use super::cell::Written;
use super::row::Row;

/// Where cells stand that are not read where they stand, by the byte at which their row begins and their place in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places(Vec<Elsewhere>);

/// A cell that is given other words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Replaced {
    /// The byte at which its row begins.
    pub row: usize,
    /// Its place in it, from 0.
    pub cell: usize,
    /// What was written.
    pub written: Written,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Elsewhere {
    row: u32,
    cell: u32,
    place: Written,
}

impl Elsewhere {
    fn key(self) -> (u32, u32) {
        (self.row, self.cell)
    }
}

fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl Places {
    /// How many are known.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Forgets all but the first `count`.
    pub(super) fn truncate(&mut self, count: usize) {
        self.0.truncate(count);
    }

    /// Adds the place of a cell behind all that are known.
    pub(super) fn push(&mut self, row: usize, cell: usize, place: Range<usize>) {
        let place = Written::new(place.start, place.end);
        self.0.push(Elsewhere { row: small(row), cell: small(cell), place });
    }

    /// Adds those of rows that stand behind all that are known.
    pub(super) fn append(&mut self, mut others: Self) {
        self.0.append(&mut others.0);
    }

    /// Keeps where cells stood that were given other words.
    pub fn keep(&mut self, cells: impl Iterator<Item = Replaced>) {
        let known = self.0.len();
        for Replaced { row, cell, written } in cells {
            self.push(row, cell, written.bytes());
        }
        if self.0.len() > known {
            // a stable sort: what is known of a cell comes before what stood there since
            self.0.sort_by_key(|one| one.key());
            self.0.dedup_by_key(|one| one.key());
        }
    }

    /// The bytes of cell `cell` of the row that begins at byte `row`, if it is not read where it stands.
    fn get(&self, row: usize, cell: usize) -> Option<Written> {
        let at = self.0.binary_search_by_key(&(small(row), small(cell)), |one| one.key()).ok()?;
        Some(self.0[at].place)
    }

    /// The bytes in `text` of a cell that is read at `written`, with the quotation marks around it: cell `cell` of the row
    /// that begins at byte `row`.
    #[must_use]
    pub fn of(&self, text: &str, row: usize, cell: usize, written: Written) -> Range<usize> {
        outer(text, self.get(row, cell).unwrap_or(written).bytes())
    }

    /// The bytes of cell `cell` of `row`. Where the row ends before it, the cell that it lacks would stand at its end.
    #[must_use]
    pub fn in_row(&self, text: &str, row: &Row, cell: usize) -> Range<usize> {
        if let Some(fault) =
            row.fault.as_deref().filter(|fault| cell == fault.cell || cell >= row.cells.len())
        {
            return fault.place.clone();
        }
        if let Some(written) = row.cells.get(cell) {
            return self.of(text, row.start, cell, *written);
        }
        let end = self.end(text, row);
        end..end
    }

    /// The byte behind the last cell of a row.
    #[must_use]
    pub fn end(&self, text: &str, row: &Row) -> usize {
        let last = row.cells.len().checked_sub(1).map(|last| self.of(text, row.start, last, row.cells[last]));
        last.map_or(row.start, |last| last.end)
    }
}

/// The bytes of a cell with what keeps them together: quotation marks, `="…"`, an apostrophe before a formula.
fn outer(text: &str, inside: Range<usize>) -> Range<usize> {
    let bytes = text.as_bytes();
    let Range { mut start, mut end } = inside;
    let before = |start: usize| start.checked_sub(1).and_then(|at| bytes.get(at));
    if before(start) == Some(&b'\'') {
        start -= 1;
    }
    if before(start) == Some(&b'"') && bytes.get(end) == Some(&b'"') {
        (start, end) = (start - 1, end + 1);
        if before(start) == Some(&b'=') {
            start -= 1;
        }
    }
    start.min(bytes.len())..end.min(bytes.len())
}

#[cfg(test)]
mod tests {
    use crate::table::Rows;

    /// The text of each cell where it stands, and of one that its row lacks.
    fn stand(text: &str) -> Vec<Vec<&str>> {
        let rows = Rows::of(text, b',');
        let cells = |row| (0..4).map(|cell| &text[rows.places.in_row(text, row, cell)]).collect();
        rows.rows.iter().map(cells).collect()
    }

    #[test]
    fn cells_are_found_where_they_stand() {
        assert_eq!(stand("a,b\n\"x,\"\"y\nz\",2\n"), [["a", "b", "", ""], ["\"x,\"\"y\nz\"", "2", "", ""]]);
        assert_eq!(stand("a, \"b,c\" ,d,e"), [["a", "\"b,c\"", "d", "e"]]);
        assert_eq!(stand("'=1,=\"045\",\"'=a\",'b"), [["'=1", "=\"045\"", "\"'=a\"", "'b"]]);
        assert_eq!(stand("a,\"b,c\nd")[0], ["a", "\"b,c", "\"b,c", "\"b,c"], "a mark that is never closed");
        assert_eq!(stand("x\"y,z\"w,c\n")[0], ["x\"y", "z\"w", "c", "x\"y"], "a mark within a cell");
    }
}
