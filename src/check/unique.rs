//! Rule: a value stands once where the schema says that each is the only one.
//!
//! In: columns with `unique = true`. Out: a finding at each later cell, naming the first.

use super::aside::Aside;
use super::findings::Findings;
use super::parts::{self, RepeatedRecord};
use super::rule_definition::{Check, RuleDefinition, Subject};
use crate::diagnostic::codes::codes;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::directory::Record;
use crate::model::rule::{Level, Rule};
use crate::model::schema::SchemaKind;
use crate::model::width;
use crate::say;

/// The rule.
pub static RULE: RuleDefinition = RuleDefinition {
    rule: Rule {
        name: "unique",
        words: "A value that must be the only one of its kind is.",
        level: Level::Error,
        parameters: &[],
    },
    codes: CODES,
    check: Check::Directory(check),
};

codes! {
    /// A value that stands twice where each is the only one.
    ValueTwice = "S2015" {
        ja: "スキーマで「1つだけ」とされた値が2回あります。（規則名 unique）",
        en: "A value that the schema wants once stands twice. (rule: unique)",
    }
}

/// Looks for values that stand twice.
fn check(Subject { directory, .. }: Subject<'_>, aside: &mut Aside, findings: &mut Findings<'_>) {
    // a ward whose row stands twice is said as that, not once more for its code
    let ward = match directory.schema.kind {
        SchemaKind::Ward => directory.column(&directory.schema.key),
        SchemaKind::Facility | SchemaKind::Town | SchemaKind::Table => None,
    };
    let ward_of = |index: usize| ward.map(|ward| directory.text(&directory.records[index], ward));
    for (column, known) in directory.columns.iter().enumerate() {
        if !known.field.as_ref().is_some_and(|field| field.unique) {
            continue;
        }
        // to a person ＡＢ1 and AB1 are one
        let value_of = |record: &Record| width::fold(&directory.text(record, column)).into_owned();
        let key = |_, record: &Record| {
            let value = value_of(record);
            (!value.is_empty()).then(|| parts::key_of(value))
        };
        for RepeatedRecord { record: index, first } in parts::twice(&directory.records, key) {
            let (record, other) = (&directory.records[index], &directory.records[first]);
            let same_ward =
                ward_of(index).is_some_and(|ward| !ward.is_empty() && Some(ward) == ward_of(first));
            if value_of(record) != value_of(other) || same_ward {
                continue;
            }
            let (value, row, header) = (directory.text(record, column), other.row, &known.header);
            let finding = Diagnostic::error(
                Code::ValueTwice,
                say!(
                    "{header}「{value}」は{row}行目にもあります。",
                    "The {header} \"{value}\" stands in row {row} too."
                ),
            )
            .at(record.origin(column))
            .hint(say!("どちらかを直すか、行を消してください。", "Correct one of them, or delete the row."));
            findings.of_record(&RULE.rule, finding, aside, index);
        }
    }
}
