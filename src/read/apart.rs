//! Tells records that stand apart below blank rows: perhaps what is kept there is not meant for print.
//!
//! In: the rows of a table and its extent. Out: the first record below each such gap. Where gaps are the habit of a list, which
//! parts its units by them, none is told.

use super::delimited::Row;
use super::extent::TableExtent;

/// So many blank rows are a gap.
const GAP: u32 = 2;
/// More gaps than these are the habit of a list.
const MOST: usize = 2;

/// The indices of the first records below gaps, from `first` on. Below a gap a title says what comes; these are below none.
pub(super) fn below_gaps(rows: &[Row], first: usize, extent: &TableExtent) -> Vec<usize> {
    let is_blank = |row: &Row| row.fault.is_none() && row.cells.iter().all(|cell| cell.is_empty());
    let mut filled = (first..extent.end).filter(|index| !is_blank(&rows[*index]));
    let Some(mut last) = filled.next() else { return Vec::new() };
    let (mut gaps, mut found) = (0, Vec::new());
    for index in filled {
        // a cell with line breaks is one row
        let blank = rows[index].number.saturating_sub(rows[last].number).saturating_sub(1);
        if blank >= GAP {
            gaps += 1;
            if extent.passed.binary_search_by_key(&index, |passed| passed.row).is_err() {
                found.push(index);
            }
        }
        last = index;
    }
    if gaps > MOST { Vec::new() } else { found }
}
