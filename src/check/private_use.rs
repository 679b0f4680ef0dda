//! Rule: no character for private use (外字): it is another character, or none, on every other machine.
//!
//! In: every cell. Out: a finding at each cell with one, with its code point.

use super::aside::Aside;
use super::characters;
use super::findings::{CellIndex, Findings};
use super::rule_definition::{Check, RuleDefinition, Subject};
use crate::diagnostic::codes::codes;
use crate::model::odd_cells::OddCell;
use crate::model::rule::{Level, Rule};

/// The rule.
pub static RULE: RuleDefinition = RuleDefinition {
    rule: Rule {
        name: "private-use",
        words: "No private-use character (外字), which other machines show as another or none.",
        level: Level::Error,
        parameters: &[],
    },
    codes: CODES,
    check: Check::Directory(check),
};

codes! {
    /// A character for private use (外字).
    PrivateUse = "S2020" {
        ja: "外字（そのパソコンだけの字）があります。印刷では別の字になるか消えるため、普通の字に替えます。（規則名 private-use）",
        en: "There is a private-use character that only one computer knows; in print it is another or none. (rule: private-use)",
    }
}

/// Looks for characters of the three private use areas of Unicode.
fn check(Subject { directory, .. }: Subject<'_>, aside: &mut Aside, findings: &mut Findings<'_>) {
    for OddCell { record, column, odd } in
        directory.odd_cells().iter().filter(|cell| cell.odd.kind.is_private())
    {
        let finding =
            characters::finding(odd.kind, odd.character).at(directory.records[*record].origin(*column));
        let finding = characters::with_cure(finding, odd.kind);
        findings.of_cell(&RULE.rule, finding, aside, CellIndex { record: *record, column: *column });
    }
}
