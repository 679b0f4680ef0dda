//! Rule: a cell that a layout prints, or that its schema asks for, is not empty.
//!
//! In: the fields that are printed. Out: a finding for each empty cell; its record is set aside, unless the layout can do
//! without.

use super::aside::Aside;
use super::columns::Need;
use super::findings::Findings;
use super::parts;
use super::rule_definition::{Check, RuleDefinition, Subject};
use crate::diagnostic::codes::codes;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::directory::{Column, Record};
use crate::model::rule::{Level, Rule};
use crate::model::schema::SchemaKind;
use crate::model::width;
use crate::say;

/// The rule.
pub static RULE: RuleDefinition = RuleDefinition {
    rule: Rule {
        name: "required",
        words: "A cell that is printed, or that the schema asks for, is not empty.",
        level: Level::Error,
        parameters: &[],
    },
    codes: CODES,
    check: Check::Directory(check),
};

codes! {
    /// A cell that must not be empty is.
    Required = "S2002" {
        ja: "印刷するセルが空です。空欄のまま印刷しないように、その記録を使うものは作りません。空でよい列なら、名簿の optional に書きます。（規則名 required）",
        en: "A cell that is printed is empty, so nothing that uses the record is made. List the column in `optional` if it may be empty. (rule: required)",
    }
}

/// Looks through `directory` for empty cells under `fields`.
fn check(subject: Subject<'_>, aside: &mut Aside, findings: &mut Findings<'_>) {
    let Subject { plan, directory, fields, .. } = subject;
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
        if let Some(only) = record.only_filled().filter(|_| empty.len() > 1) {
            let headers = empty.iter().map(|column| directory.columns[*column].header.as_str());
            let finding = lone(record.written(only).trim(), &headers.collect::<Vec<_>>());
            findings.of_record(&RULE.rule, finding.at(record.origin(only)), aside, index);
            continue;
        }
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
            findings.of_record(&RULE.rule, diagnostic, aside, index);
        }
    }
    if plan.schema.kind == SchemaKind::Ward {
        gaps(subject, findings);
    }
}

/// The finding about a row of which one cell is filled: it may be a title, or a record that is not filled in yet.
fn lone(word: &str, empty: &[&str]) -> Diagnostic {
    let (ja, en) = (empty.join("」「"), empty.join("\", \""));
    Diagnostic::error(
        Code::Required,
        say!(
            "この行は「{word}」のほかが空です（「{ja}」がありません）。",
            "This row holds \"{word}\" and nothing else: \"{en}\" are empty."
        ),
    )
    .hint(say!(
        "窓口などの行なら、空のセルを書き入れてください。",
        "If it is a record, fill in its other cells."
    ))
    .hint(say!(
        "下の行の題なら「【{word}】」と書くと、題とみて読みません。いらない行なら消してください。",
        "If it is the title of the rows below, write it as 【{word}】, and it is taken for one; else delete the row."
    ))
}

/// Cells of the master list that are empty where others are filled, and that a layout prints where they are: one warning
/// for each column. Nothing is set aside for them.
fn gaps(Subject { plan, directory, fields, .. }: Subject<'_>, findings: &mut Findings<'_>) {
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
        if empty.len() == directory.records.len() {
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
