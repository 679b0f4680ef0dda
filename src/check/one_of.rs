//! Rule: a value is one of those that the schema allows.
//!
//! In: columns with `one-of`. Out: a finding at each other value.

use super::aside::Aside;
use super::findings::Findings;
use super::parts;
use super::rule_definition::{Check, RuleDefinition, Subject};
use crate::diagnostic::codes::codes;
use crate::diagnostic::{Code, Diagnostic, Suggestion};
use crate::model::rule::{Level, Rule};
use crate::model::width;
use crate::say;

/// The rule.
pub static RULE: RuleDefinition = RuleDefinition {
    rule: Rule {
        name: "one-of",
        words: "A value is one of those that the schema allows.",
        level: Level::Error,
        parameters: &[],
    },
    codes: CODES,
    check: Check::Directory(check),
};

codes! {
    /// A value that is none of those allowed.
    OneOf = "S2023" {
        ja: "スキーマの one-of で決めた値のどれでもありません。（規則名 one-of）",
        en: "The value is none of those in the schema's one-of. (rule: one-of)",
    }
}

/// Looks for values that are not allowed; width does not matter.
fn check(Subject { directory, .. }: Subject<'_>, aside: &mut Aside, findings: &mut Findings<'_>) {
    for (column, known) in directory.columns.iter().enumerate() {
        let Some(field) = known.field.as_ref().filter(|field| !field.one_of.is_empty()) else { continue };
        let allowed: Vec<_> = field.one_of.iter().map(|value| width::fold(value)).collect();
        let wrong = parts::find(&directory.records, |record| {
            let value = directory.text(record, column);
            (!value.is_empty() && !allowed.contains(&width::fold(&value))).then_some(value)
        });
        for (index, value) in wrong {
            let record = &directory.records[index];
            let (header, list) = (&known.header, field.one_of.join("・"));
            let finding = Diagnostic::error(
                Code::OneOf,
                say!(
                    "{header}の「{value}」は、決められた値（{list}）ではありません。",
                    "\"{value}\" is no {header}; there are: {list}."
                ),
            )
            .at(record.origin(column));
            let like = Suggestion::of(&value, field.one_of.iter().map(String::as_str));
            let finding = finding
                .mended_as(like)
                .hint(like.or(|| say!("{list} のどれかにしてください。", "Write one of {list}.")));
            findings.of_record(&RULE.rule, finding, aside, index);
        }
    }
}
