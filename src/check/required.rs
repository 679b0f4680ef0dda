//! Rule: a cell that a layout prints, or that its schema asks for, is not empty.
//!
//! In: the fields that are printed. Out: a finding for each empty cell; its record is set aside.

use std::collections::BTreeSet;

use super::{Aside, Findings, parts};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::directory::{Column, Directory};
use crate::model::rule::Rule;
use crate::project::DirectoryPlan;
use crate::say;

/// Looks through `directory` for empty cells under `fields`.
pub fn check(
    plan: &DirectoryPlan,
    directory: &Directory,
    fields: Option<&BTreeSet<String>>,
    aside: &mut Aside,
    findings: &mut Findings<'_>,
) {
    let is_wanted = |column: &Column| {
        column.field.as_ref().is_some_and(|field| {
            let optional =
                plan.optional.iter().any(|name| field.headers.contains(name) || field.name == *name);
            let printed = fields.is_some_and(|fields| fields.contains(&field.name));
            (printed && !optional) || field.required
        })
    };
    let columns: Vec<usize> =
        (0..directory.columns.len()).filter(|index| is_wanted(&directory.columns[*index])).collect();
    let empty = parts::find(&directory.records, |record| {
        let is_empty = |column: &&usize| record.written(**column).trim().is_empty();
        let empty: Vec<usize> = columns.iter().filter(is_empty).copied().collect();
        (!empty.is_empty()).then_some(empty)
    });
    for (index, empty) in empty {
        let record = &directory.records[index];
        for column in &empty {
            let header = &directory.columns[*column].header;
            let who = directory
                .column(&plan.schema.key)
                .map(|key| record.written(key).trim())
                .filter(|who| !who.is_empty())
                .map_or_else(String::new, |who| format!("{who}："));
            let name = who.trim_end_matches('：');
            let of = if name.is_empty() { String::new() } else { format!(" of {name}") };
            let diagnostic = Diagnostic::error(
                Code::Required,
                say!("{who}「{header}」が空です。", "\"{header}\"{of} is empty."),
            )
            .at(record.origin(*column))
            .hint(say!("このセルに{header}を入れてください。", "Fill in the cell \"{header}\"."));
            findings.of_record(Rule::Required, diagnostic, aside, index);
        }
    }
}
