//! Rule: a value names a record of the directory that the schema refers to.
//!
//! In: columns with `refers-to`, all directories. Out: a finding at each name that leads nowhere.

use std::collections::{BTreeMap, BTreeSet};

use super::aside::Aside;
use super::findings::Findings;
use super::parts;
use super::rule_definition::{Check, RuleDefinition};
use crate::diagnostic::codes::codes;
use crate::diagnostic::{Code, Diagnostic, Suggestion};
use crate::model::rule::{Level, Rule};
use crate::model::typed::TypedDirectory;
use crate::say;

/// The rule.
pub static RULE: RuleDefinition = RuleDefinition {
    rule: Rule {
        name: "refers-to",
        words: "A value names a record of the directory that the schema refers to.",
        level: Level::Error,
        parameters: &[],
    },
    codes: CODES,
    check: Check::Among(check),
};

codes! {
    /// A value that names no record of the directory it refers to.
    RefersTo = "S2025" {
        ja: "ほかの名簿にあるはずの名前がありません。（規則名 refers-to）",
        en: "The value names no record of the directory it refers to. (rule: refers-to)",
    }
}

/// Looks for names that lead nowhere in the directory called `name`.
fn check(
    name: &str,
    directories: &BTreeMap<String, TypedDirectory>,
    aside: &mut Aside,
    findings: &mut Findings<'_>,
) {
    let Some(directory) = directories.get(name) else { return };
    for (column, known) in directory.columns.iter().enumerate() {
        let Some(target) = known.field.as_ref().and_then(|field| field.refers_to.as_ref()) else { continue };
        let Some(other) = directories.get(target) else {
            let finding = Diagnostic::error(
                Code::ManifestReference,
                say!("名簿「{target}」はありません。", "There is no directory \"{target}\"."),
            )
            .at(directory.tables.first().map(|table| table.header(0)))
            .hint(say!(
                "スキーマの refers-to は、sasshi.toml の [directory.名前] の名前です。",
                "refers-to in a schema is a name of [directory.NAME] in sasshi.toml."
            ));
            findings.push(finding);
            continue;
        };
        let key = other.column(&other.schema.key).unwrap_or(0);
        let names: BTreeSet<String> = other.records.iter().map(|record| other.text(record, key)).collect();
        let lost = parts::find(&directory.records, |record| {
            let value = directory.text(record, column);
            (!value.is_empty() && !names.contains(&value)).then_some(value)
        });
        for (index, value) in lost {
            let record = &directory.records[index];
            let finding = Diagnostic::error(
                Code::RefersTo,
                say!(
                    "「{value}」は名簿「{target}」にありません。",
                    "\"{value}\" is not in the directory \"{target}\"."
                ),
            )
            .at(record.origin(column));
            let like = Suggestion::of(&value, names.iter().map(String::as_str));
            let finding = finding.mended_as(like).hint(like.or(|| {
                say!(
                    "名前を直すか、名簿「{target}」に行を加えてください。",
                    "Correct the name, or add a row to \"{target}\"."
                )
            }));
            findings.of_record(&RULE.rule, finding, aside, index);
        }
    }
}
