//! Rule: a cell that a layout prints, or that its schema asks for, is not empty.
//!
//! In: the fields that are printed. Out: a finding for each empty cell; its record is set aside, unless the layout can do
//! without.

use std::collections::BTreeMap;

use super::columns::Need;
use super::{Aside, Findings, parts};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::directory::{Column, Directory, Record};
use crate::model::rule::Rule;
use crate::model::schema::SchemaKind;
use crate::model::width;
use crate::project::DirectoryPlan;
use crate::say;

/// Looks through `directory` for empty cells under `fields`.
pub fn check(
    plan: &DirectoryPlan,
    directory: &Directory,
    fields: Option<&BTreeMap<String, Need>>,
    aside: &mut Aside,
    findings: &mut Findings<'_>,
) {
    let is_wanted = |column: &Column| {
        column.field.as_ref().is_some_and(|field| {
            let optional = plan.is_optional(&field.name, &field.headers);
            let need = fields.and_then(|fields| fields.get(&field.name));
            (need == Some(&Need::Needed) && !optional) || field.required
        })
    };
    let columns: Vec<usize> =
        (0..directory.columns.len()).filter(|index| is_wanted(&directory.columns[*index])).collect();
    let empty = parts::find(if columns.is_empty() { &[] } else { &directory.records[..] }, |record| {
        let is_empty = |column: &&usize| width::trim(record.written(**column)).is_empty();
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
    if plan.schema.kind == SchemaKind::Ward {
        gaps(plan, directory, fields, findings);
    }
}

/// Cells of the master list that are empty where others are filled, and that a layout prints where they are: one warning
/// for each column. Nothing is set aside for them.
fn gaps(
    plan: &DirectoryPlan,
    directory: &Directory,
    fields: Option<&BTreeMap<String, Need>>,
    findings: &mut Findings<'_>,
) {
    for (index, column) in directory.columns.iter().enumerate() {
        let Some(field) = &column.field else { continue };
        let used = fields.and_then(|fields| fields.get(&field.name)) == Some(&Need::Used);
        if !used || field.required || plan.is_optional(&field.name, &field.headers) {
            continue;
        }
        let empty: Vec<&Record> =
            directory.records.iter().filter(|record| record.written(index).trim().is_empty()).collect();
        let [first, ..] = empty[..] else { continue };
        // a column that nobody filled in is as good as none
        if empty.len() == directory.records.len() || findings.is_off(Rule::Required) {
            continue;
        }
        let (header, count) = (&column.header, empty.len());
        let finding = Diagnostic::warning(
            Code::Required,
            say!(
                "「{header}」が空の行が{count}行あります。その用紙には出ません。",
                "\"{header}\" is empty in {count} rows; their sheets go without."
            ),
        );
        findings.push(finding.at(first.origin(index)).hint(say!(
            "書き入れるか、空でよければ [directory.{0}] に optional = [\"{header}\"] と書きます。",
            "Fill it in, or write optional = [\"{header}\"] in [directory.{0}].",
            plan.name
        )));
    }
}
