//! Rule: a cell is of the type of its column. What was written is kept beside what it means.
//!
//! In: cells as text. Out: typed [`Value`]s; a record with a cell that is not of its type is set aside.

use std::collections::BTreeMap;

use super::Aside;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::address::Address;
use crate::model::directory::{Directory, Meaning, Record, Value, Written};
use crate::model::kana::Reading;
use crate::model::municipality::{MunicipalityCode, MunicipalityCodeError};
use crate::model::origin::Origin;
use crate::model::phone::{Phone, PhoneError};
use crate::model::schema::FieldType;
use crate::model::width;
use crate::project::{DirectoryPlan, Project};
use crate::say;

/// More characters than any place on paper holds; also keeps one cell from stalling the engine.
const LONGEST: usize = 2_000;

/// Gives every cell its meaning.
pub fn typed(
    plan: &DirectoryPlan,
    raw: &Directory<Written>,
    city: &str,
    aside: &mut Aside,
    diagnostics: &mut Vec<Diagnostic>,
) -> Directory<Value> {
    let key = raw.column(plan.schema.key);
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut records = Vec::with_capacity(raw.records.len());
    for (index, record) in raw.records.iter().enumerate() {
        let name = key.map_or("", |key| record.written(key).trim());
        let mut cells = Vec::with_capacity(record.cells.len());
        for column in 0..record.cells.len() {
            let written = record.written(column);
            let kind = raw.columns[column].field.map_or(FieldType::Text, |field| field.kind);
            let meaning = meaning(kind, written, name, city).unwrap_or_else(|problem| {
                aside.records.insert(index);
                diagnostics.push(problem.at(record.origin(column)));
                Meaning::Empty
            });
            cells.push(Value { written: written.to_owned(), meaning });
        }
        // the master list is what others join to: one row a ward
        if plan.schema.name == "ward"
            && let Some(column) = key
            && !name.is_empty()
            && let Some(first) = seen.insert(name, index)
        {
            aside.records.insert(index);
            let row = raw.records[first].row;
            diagnostics.push(
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
        schema: raw.schema,
        columns: raw.columns.clone(),
        tables: raw.tables.clone(),
        records,
    }
}

fn meaning(kind: FieldType, written: &str, name: &str, city: &str) -> Result<Meaning, Diagnostic> {
    let trimmed = written.trim();
    let length = trimmed.chars().count();
    if length > LONGEST {
        return Err(Diagnostic::error(
            Code::CellTooLong,
            say!(
                "このセルは{length}文字あります。長すぎて、どこにも入りません。",
                "This cell has {length} characters; no place on paper holds it."
            ),
        )
        .hint(say!("{LONGEST}文字までにしてください。", "Keep it below {LONGEST} characters.")));
    }
    if trimmed.is_empty() {
        return Ok(Meaning::Empty);
    }
    match kind {
        FieldType::Text => Ok(Meaning::Text(one_line(trimmed))),
        FieldType::Ward => Ok(Meaning::Ward(trimmed.to_owned())),
        FieldType::Kana => Ok(Meaning::Kana(Reading::part(name, trimmed))),
        FieldType::Address => Ok(Meaning::Address(Address::parse(trimmed, city), None)),
        FieldType::Phone => Phone::parse(trimmed).map(Meaning::Phone).map_err(|error| phone(trimmed, &error)),
        FieldType::Code => MunicipalityCode::parse(&width::fold(trimmed))
            .map(Meaning::Code)
            .map_err(|error| code(trimmed, &error)),
        FieldType::Postal => {
            let digits: String = width::narrow(trimmed).chars().filter(char::is_ascii_digit).collect();
            if digits.len() == 7 {
                Ok(Meaning::Postal(format!("{}-{}", &digits[..3], &digits[3..])))
            } else {
                Err(Diagnostic::error(
                    Code::PostalCode,
                    say!(
                        "「{trimmed}」は郵便番号（7けた）ではありません。",
                        "\"{trimmed}\" is no postal code of seven digits."
                    ),
                )
                .hint(say!("「230-0051」のように書いてください。", "Write it as 230-0051.")))
            }
        }
    }
}

/// A line break inside a cell is a space on paper.
fn one_line(text: &str) -> String {
    if text.contains(['\n', '\r']) {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        text.to_owned()
    }
}

fn phone(written: &str, error: &PhoneError) -> Diagnostic {
    let message = match error {
        PhoneError::Digits { found } => say!(
            "電話番号「{written}」の数字が{found}けたです（10けたか11けたのはずです）。",
            "The phone number \"{written}\" has {found} digits, not 10 or 11."
        ),
        PhoneError::NoZero => say!(
            "電話番号「{written}」が0で始まっていません（市外局番が抜けているかもしれません）。",
            "The phone number \"{written}\" does not begin with 0."
        ),
        PhoneError::NoGroups => say!(
            "電話番号「{written}」に区切りがありません。",
            "The phone number \"{written}\" has no hyphens."
        ),
        PhoneError::Character(c) => say!(
            "電話番号「{written}」に、数字ではない「{c}」があります。",
            "The phone number \"{written}\" holds \"{c}\", which is no digit."
        ),
    };
    Diagnostic::error(Code::Phone, message)
        .hint(say!("「045-671-3624」のように書いてください。", "Write it as 045-671-3624."))
}

fn code(written: &str, error: &MunicipalityCodeError) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code::MunicipalityCode,
        say!(
            "「{written}」は全国地方公共団体コードではありません。",
            "\"{written}\" is no municipality code."
        ),
    );
    match error {
        MunicipalityCodeError::Form => diagnostic.hint(say!(
            "6けたの数字で書いてください（鶴見区は 141011）。",
            "Write six digits, such as 141011."
        )),
        MunicipalityCodeError::CheckDigit { expected } => diagnostic.hint(say!(
            "前の5けたが正しければ、6けた目は「{expected}」です。",
            "If the first five digits are right, the sixth is {expected}."
        )),
    }
}

/// Gives each address the postal code of its town, where a directory of towns has one.
pub fn postal_codes(project: &Project, directories: &mut BTreeMap<String, Directory<Value>>) {
    let mut codes: BTreeMap<(String, String), (String, Origin)> = BTreeMap::new();
    for plan in project.directories.iter().filter(|plan| plan.schema.name == "town") {
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
