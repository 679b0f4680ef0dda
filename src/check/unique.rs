//! Rule: a value stands once where the schema says that each is the only one.
//!
//! In: columns with `unique = true`. Out: a finding at each later cell, naming the first.

use super::{Aside, Findings, parts};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::directory::Record;
use crate::model::rule::Rule;
use crate::model::typed::TypedDirectory;
use crate::say;

/// Looks for values that stand twice.
pub fn check(directory: &TypedDirectory, aside: &mut Aside, findings: &mut Findings<'_>) {
    if findings.is_off(Rule::Unique) {
        return;
    }
    for (column, known) in directory.columns.iter().enumerate() {
        if !known.field.as_ref().is_some_and(|field| field.unique) {
            continue;
        }
        let keys = |_, record: &Record| {
            let value = directory.text(record, column);
            (!value.is_empty()).then(|| parts::key_of(value))
        };
        for (index, first) in parts::twice(&directory.records, keys) {
            let record = &directory.records[index];
            let value = directory.text(record, column);
            if directory.text(&directory.records[first], column) != value {
                continue;
            }
            let (row, header) = (directory.records[first].row, &known.header);
            let finding = Diagnostic::error(
                Code::ValueTwice,
                say!(
                    "{header}「{value}」は{row}行目にもあります。",
                    "The {header} \"{value}\" stands in row {row} too."
                ),
            )
            .at(record.origin(column))
            .hint(say!("どちらかを直すか、行を消してください。", "Correct one of them, or delete the row."));
            findings.of_record(Rule::Unique, finding, aside, index);
        }
    }
}
