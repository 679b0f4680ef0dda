//! Rule: a cell that a layout prints is not empty.
//!
//! In: the fields that are printed. Out: a finding for each empty cell; its record is set aside.

use std::collections::BTreeSet;

use super::Aside;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::directory::{Directory, Written};
use crate::project::DirectoryPlan;
use crate::say;

/// Looks through `directory` for empty cells under `fields`.
pub fn check(
    plan: &DirectoryPlan,
    directory: &Directory<Written>,
    fields: Option<&BTreeSet<String>>,
    aside: &mut Aside,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let columns: Vec<usize> = fields
        .into_iter()
        .flatten()
        .filter(|field| {
            !plan.optional.iter().any(|name| plan.schema.field_of(name).is_some_and(|f| f.name == **field))
        })
        .filter_map(|field| directory.column(field))
        .collect();
    for (index, record) in directory.records.iter().enumerate() {
        for column in &columns {
            if !record.written(*column).trim().is_empty() {
                continue;
            }
            aside.records.insert(index);
            let header = &directory.columns[*column].header;
            let who = directory
                .column(plan.schema.key)
                .map(|key| record.written(key).trim())
                .filter(|who| !who.is_empty())
                .map_or_else(String::new, |who| format!("{who}："));
            let name = who.trim_end_matches('：');
            let of = if name.is_empty() { String::new() } else { format!(" of {name}") };
            diagnostics.push(
                Diagnostic::error(
                    Code::Required,
                    say!("{who}「{header}」が空です。", "\"{header}\"{of} is empty."),
                )
                .at(record.origin(*column))
                .hint(say!("このセルに{header}を入れてください。", "Fill in the cell \"{header}\".")),
            );
        }
    }
}
