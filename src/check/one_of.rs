//! Rule: a value is one of those that the schema allows.
//!
//! In: columns with `one-of`. Out: a finding at each other value.

use super::{Aside, Findings, parts};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::rule::Rule;
use crate::model::typed::TypedDirectory;
use crate::model::width;
use crate::say;

/// Looks for values that are not allowed; width does not matter.
pub fn check(directory: &TypedDirectory, aside: &mut Aside, findings: &mut Findings<'_>) {
    if findings.is_off(Rule::OneOf) {
        return;
    }
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
            let finding = match nearest(&value, field.one_of.iter().map(String::as_str)) {
                Some(like) => finding
                    .mended_by(like)
                    .hint(say!("もしかして「{like}」ですか。", "Did you mean \"{like}\"?")),
                None => finding.hint(say!("{list} のどれかにしてください。", "Write one of {list}.")),
            };
            findings.of_record(Rule::OneOf, finding, aside, index);
        }
    }
}
