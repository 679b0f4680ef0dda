//! Rule: no character for private use (外字): it is another character, or none, on every other machine.
//!
//! In: every cell. Out: a finding at each cell with one, with its code point.

use super::{Aside, CellIndex, Findings, characters};
use crate::model::odd_cells::OddCell;
use crate::model::rule::Rule;
use crate::model::typed::TypedDirectory;

/// Looks for characters of the three private use areas of Unicode.
pub fn check(directory: &TypedDirectory, aside: &mut Aside, findings: &mut Findings<'_>) {
    if findings.is_off(Rule::PrivateUse) {
        return;
    }
    for OddCell { record, column, odd } in
        directory.odd_cells().iter().filter(|cell| cell.odd.kind.is_private())
    {
        let finding =
            characters::finding(odd.kind, odd.character).at(directory.records[*record].origin(*column));
        let finding = characters::with_cure(finding, odd.kind);
        findings.of_cell(Rule::PrivateUse, finding, aside, CellIndex { record: *record, column: *column });
    }
}
