//! Rule: no row stands twice, cell by cell.
//!
//! In: a directory as written. Out: a finding at each later row, naming the first.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::aside::Aside;
use super::findings::Findings;
use super::parts::{self, RepeatedRecord};
use super::rule_definition::{Check, RuleDefinition, Subject};
use crate::diagnostic::codes::codes;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::directory::Record;
use crate::model::rule::{Level, Rule};
use crate::model::width;
use crate::say;

/// The rule.
pub static RULE: RuleDefinition = RuleDefinition {
    rule: Rule { name: "duplicate-row", words: "No row stands twice.", level: Level::Warn, parameters: &[] },
    codes: CODES,
    check: Check::Directory(check),
};

codes! {
    /// A row that stands twice, cell by cell.
    RowTwice = "S2016" {
        ja: "すべてのセルが同じ行が2つあります。（規則名 duplicate-row）",
        en: "Two rows are the same, cell by cell. (rule: duplicate-row)",
    }
}

/// Looks for rows that stand twice; spaces around a cell do not matter.
fn check(Subject { directory, .. }: Subject<'_>, aside: &mut Aside, findings: &mut Findings<'_>) {
    let columns = directory.columns.len();
    let words = |_, record: &Record| {
        let mut hasher = FxHasher::default();
        (0..columns).for_each(|column| width::trim(record.written(column)).hash(&mut hasher));
        Some(hasher.finish())
    };
    for RepeatedRecord { record: index, first } in parts::twice(&directory.records, words) {
        let (record, other) = (&directory.records[index], &directory.records[first]);
        if (0..columns).any(|column| record.written(column).trim() != other.written(column).trim()) {
            continue;
        }
        let row = directory.records[first].row;
        let finding = Diagnostic::error(
            Code::RowTwice,
            say!("{row}行目と同じ行です。", "This row is the same as row {row}."),
        )
        .at(record.origin(0))
        .hint(say!("片方を消してください。", "Delete one of them."));
        findings.of_record(&RULE.rule, finding, aside, index);
    }
}
