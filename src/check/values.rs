//! Rule: a cell is of the type of its column. What was written is kept beside what it means.
//!
//! In: cells as text. Out: typed [`Value`]s; a record with a cell that is not of its type is set aside.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::types::{as_text, meaning};
use super::{Aside, Findings};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::directory::{Directory, Meaning, Record, Value, Written};
use crate::model::origin::Origin;
use crate::model::rule::Rule;
use crate::model::schema::{FieldType, SchemaKind};
use crate::project::{DirectoryPlan, Project};
use crate::say;

/// Gives every cell its meaning.
pub fn typed(
    plan: &DirectoryPlan,
    raw: &Directory<Written>,
    city: &str,
    aside: &mut Aside,
    findings: &mut Findings<'_>,
) -> Directory<Value> {
    let key = raw.column(&plan.schema.key);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut records = Vec::with_capacity(raw.records.len());
    for (index, record) in raw.records.iter().enumerate() {
        let name = key.map_or("", |key| record.written(key).trim());
        let mut cells = Vec::with_capacity(record.cells.len());
        for column in 0..record.cells.len() {
            let written = record.written(column);
            let kind = raw.columns[column].field.as_ref().map_or(FieldType::Text, |field| field.kind);
            let meaning = meaning(kind, written, name, city).unwrap_or_else(|problem| {
                let problem = problem.at(record.origin(column));
                match findings.of_record(Rule::Type, problem, aside, index) {
                    true => Meaning::Empty,
                    false => as_text(written),
                }
            });
            cells.push(Value { written: written.to_owned(), meaning });
        }
        // the master list is what others join to: one row a ward
        if plan.schema.kind == SchemaKind::Ward
            && let Some(column) = key
            && !name.is_empty()
            && let Some(first) = seen.insert(name, index)
        {
            aside.records.insert(index);
            let row = raw.records[first].row;
            findings.push(
                Diagnostic::error(
                    Code::KeyTwice,
                    say!("「{name}」は{row}行目にもあります。", "\"{name}\" stands in row {row} too."),
                )
                .at(record.origin(column))
                .hint(say!("どちらかの行を消してください。", "Delete one of the rows.")),
            );
        }
        records.push(Record {
            table: record.table.clone(),
            start: record.start,
            row: record.row,
            line: record.line,
            cells,
        });
    }
    Directory {
        name: raw.name.clone(),
        schema: Arc::clone(&raw.schema),
        columns: raw.columns.clone(),
        tables: raw.tables.clone(),
        records,
        lost: raw.lost.clone(),
        broken: raw.broken,
    }
}

/// Gives each address the postal code of its town, where a directory of towns has one.
pub fn postal_codes(project: &Project, directories: &mut BTreeMap<String, Directory<Value>>) {
    let mut codes: BTreeMap<(String, String), (String, Origin)> = BTreeMap::new();
    for plan in project.directories.iter().filter(|plan| plan.schema.kind == SchemaKind::Town) {
        let Some(towns) = directories.get(&plan.name) else { continue };
        let Some(postal) = towns.column("postal") else { continue };
        for record in &towns.records {
            let text = |name: &str| towns.cell(record, name).map(Value::text).unwrap_or_default();
            if let Meaning::Postal(code) = &record.cells[postal].meaning {
                codes.insert((text("ward"), text("name")), (code.clone(), record.origin(postal)));
            }
        }
    }
    if codes.is_empty() {
        return;
    }
    for directory in directories.values_mut() {
        let ward = directory.column("ward");
        for record in &mut directory.records {
            let named = ward.map(|ward| record.cells[ward].text());
            for cell in &mut record.cells {
                if let Meaning::Address(address, postal) = &mut cell.meaning {
                    // an office without a ward column names its ward at the head of its address
                    let ward = named.clone().unwrap_or_else(|| {
                        address
                            .short
                            .find('区')
                            .map_or_else(String::new, |at| address.short[..at + '区'.len_utf8()].to_owned())
                    });
                    let town = address.town(&ward).to_owned();
                    *postal = codes.get(&(ward, town)).cloned();
                }
            }
        }
    }
}
