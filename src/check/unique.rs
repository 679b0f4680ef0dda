//! Rule: a value stands once where the schema says that each is the only one.
//!
//! In: columns with `unique = true`. Out: a finding at each later cell, naming the first.

use std::collections::HashMap;

use super::{Aside, Findings};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::directory::{Directory, Value};
use crate::model::rule::Rule;
use crate::model::schema::SchemaKind;
use crate::model::width;
use crate::say;

/// Looks for values that stand twice.
pub fn check(directory: &Directory<Value>, aside: &mut Aside, findings: &mut Findings<'_>) {
    if findings.is_off(Rule::Unique) {
        return;
    }
    // a ward whose row stands twice is said as that, not once more for its code
    let ward = match directory.schema.kind {
        SchemaKind::Ward => directory.column(&directory.schema.key),
        SchemaKind::Facility | SchemaKind::Town | SchemaKind::Table => None,
    };
    let ward_of = |index: usize| ward.map(|ward| directory.records[index].cells[ward].text());
    for (column, known) in directory.columns.iter().enumerate() {
        if !known.field.as_ref().is_some_and(|field| field.unique) {
            continue;
        }
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (index, record) in directory.records.iter().enumerate() {
            let value = record.cells[column].text();
            if value.is_empty() {
                continue;
            }
            // to a person ＡＢ1 and AB1 are one
            let Some(first) = seen.get(&width::fold(&value)) else {
                seen.insert(width::fold(&value), index);
                continue;
            };
            if ward_of(index).is_some_and(|ward| !ward.is_empty() && Some(ward) == ward_of(*first)) {
                continue;
            }
            let (row, header) = (directory.records[*first].row, &known.header);
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
