//! Rule: no invisible character: it makes two equal names differ, or turns the text around it. Nor a number that stands for
//! no character.
//!
//! In: every cell. Out: a finding at each cell with one, with its code point. Variation selectors (IVS) behind their
//! characters and the joiners of an emoji are no fault.

use super::aside::Aside;
use super::characters;
use super::findings::{CellIndex, Findings};
use super::rule_definition::{Check, RuleDefinition, Subject};
use crate::diagnostic::codes::codes;
use crate::model::odd_cells::OddCell;
use crate::model::rule::{Level, Rule};
use crate::model::unseen::{OddCharacter, odd};
use crate::say;

/// The rule.
pub static RULE: RuleDefinition = RuleDefinition {
    rule: Rule {
        name: "invisible",
        words: "No invisible character that makes two equal names differ or turns text around.",
        level: Level::Error,
        parameters: &[],
    },
    codes: CODES,
    check: Check::Directory(check),
};

codes! {
    /// An invisible character in a name.
    Invisible = "S2021" {
        ja: "目に見えない文字があります。同じに見える名前が一致しなかったり、文字の向きが変わったりします。（規則名 invisible）",
        en: "There is an invisible character: names that look the same differ, or text turns around. (rule: invisible)",
    }
}

/// The first character of `text` that this rule is about.
pub(super) fn first(text: &str) -> Option<OddCharacter> {
    odd(text).find(|found| !found.kind.is_private())
}

/// Looks for invisible characters.
fn check(Subject { directory, .. }: Subject<'_>, aside: &mut Aside, findings: &mut Findings<'_>) {
    let of_rule = |cell: &&OddCell| !cell.odd.kind.is_private();
    for OddCell { record, column, odd } in directory.odd_cells().iter().filter(of_rule).copied() {
        let finding = characters::finding(odd.kind, odd.character)
            .at(directory.records[record].origin(column))
            .hint(say!("セルの中身を消して、打ち直してください。", "Type the cell again."));
        findings.of_cell(&RULE.rule, finding, aside, CellIndex { record, column });
    }
}
