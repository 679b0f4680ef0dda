//! Rule: a value fits the regular expression of its column, from its first character to its last.
//!
//! In: columns with `pattern`. Out: a finding at each value that does not fit.

use regex::Regex;

use super::aside::Aside;
use super::findings::Findings;
use super::parts;
use super::rule_definition::{Check, RuleDefinition, Subject};
use crate::diagnostic::codes::codes;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::rule::{Level, Rule};
use crate::say;

/// The rule.
pub static RULE: RuleDefinition = RuleDefinition {
    rule: Rule {
        name: "pattern",
        words: "A value fits the schema's pattern.",
        level: Level::Error,
        parameters: &[],
    },
    codes: CODES,
    check: Check::Directory(check),
};

codes! {
    /// A value that does not fit the schema's pattern.
    Pattern = "S2024" {
        ja: "スキーマの pattern（正規表現）に合いません。（規則名 pattern）",
        en: "The value does not fit the schema's pattern. (rule: pattern)",
    }
}

/// Looks for values that do not fit.
fn check(Subject { directory, .. }: Subject<'_>, aside: &mut Aside, findings: &mut Findings<'_>) {
    for (column, known) in directory.columns.iter().enumerate() {
        let Some(pattern) = known.field.as_ref().and_then(|field| field.pattern.as_ref()) else { continue };
        // a schema whose pattern is none was refused
        let Ok(whole) = Regex::new(&format!("^(?:{pattern})$")) else { continue };
        let wrong = parts::find(&directory.records, |record| {
            let value = directory.text(record, column);
            (!value.is_empty() && !whole.is_match(&value)).then_some(value)
        });
        for (index, value) in wrong {
            let record = &directory.records[index];
            let header = &known.header;
            let finding = Diagnostic::error(
                Code::Pattern,
                say!(
                    "{header}の「{value}」は、決められた形ではありません。",
                    "\"{value}\" has not the form that {header} has."
                ),
            )
            .at(record.origin(column))
            .hint(say!("スキーマの決まり：{pattern}", "The schema's pattern: {pattern}"));
            findings.of_record(&RULE.rule, finding, aside, index);
        }
    }
}
