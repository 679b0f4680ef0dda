//! Rule: no invisible character: it makes two equal names differ, or turns the text around it. Nor a number that stands for
//! no character.
//!
//! In: every cell. Out: a finding at each cell with one, with its code point. Variation selectors (IVS) behind their
//! characters and the joiners of an emoji are no fault.

use super::{Aside, CellIndex, Findings, characters};
use crate::model::odd_cells::OddCell;
use crate::model::rule::Rule;
use crate::model::typed::TypedDirectory;
use crate::model::unseen::{OddCharacter, odd};
use crate::say;

/// The first character of `text` that this rule is about.
pub(super) fn first(text: &str) -> Option<OddCharacter> {
    odd(text).find(|found| characters::rule(found.kind) == Rule::Invisible)
}

/// Looks for invisible characters.
pub fn check(directory: &TypedDirectory, aside: &mut Aside, findings: &mut Findings<'_>) {
    if findings.is_off(Rule::Invisible) {
        return;
    }
    let of_rule = |cell: &&OddCell| characters::rule(cell.odd.kind) == Rule::Invisible;
    for OddCell { record, column, odd } in directory.odd_cells().iter().filter(of_rule).copied() {
        let finding = characters::finding(odd.kind, odd.character)
            .at(directory.records[record].origin(column))
            .hint(say!("セルの中身を消して、打ち直してください。", "Type the cell again."));
        findings.of_cell(Rule::Invisible, finding, aside, CellIndex { record, column });
    }
}
