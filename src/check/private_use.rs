//! Rule: no character for private use (外字): it is another character, or none, on every other machine.
//!
//! In: every cell. Out: a finding at each cell with one, with its code point.

use super::{Aside, CellIndex, Findings, characters, parts};
use crate::model::rule::Rule;
use crate::model::typed::TypedDirectory;
use crate::model::unseen::{Odd, odd};

/// Looks for characters of the three private use areas of Unicode.
pub fn check(directory: &TypedDirectory, aside: &mut Aside, findings: &mut Findings<'_>) {
    if findings.is_off(Rule::PrivateUse) {
        return;
    }
    // the areas begin with the bytes EE, EF 80 to EF A3, F3 and F4
    let may = |byte: u8, next: u8| (byte == 0xEE) | (byte >= 0xF3) | ((byte == 0xEF) & (next <= 0xA3));
    let first = |text: &str| odd(text).find(|found| found.kind == Odd::Private);
    for (index, column, found) in parts::characters(directory, may, first) {
        let finding =
            characters::finding(found.kind, found.character).at(directory.records[index].origin(column));
        let finding = characters::with_cure(finding, found.kind);
        findings.of_cell(Rule::PrivateUse, finding, aside, CellIndex { record: index, column });
    }
}
