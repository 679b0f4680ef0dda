//! Rule: no office stands twice under two spellings: the same phone, or the same address and a like name.
//!
//! In: directories of facilities, normalised. Out: a finding at the later name, naming the first.

use std::collections::HashMap;

use super::{Aside, Findings};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::model::directory::{Directory, Meaning, Value};
use crate::model::rule::Rule;
use crate::model::schema::SchemaKind;
use crate::model::width;
use crate::say;

/// Looks for offices that stand twice.
pub fn check(directory: &Directory<Value>, aside: &mut Aside, findings: &mut Findings<'_>) {
    if findings.is_off(Rule::DuplicateOffice) || directory.schema.kind != SchemaKind::Facility {
        return;
    }
    let Some(name) = directory.column(&directory.schema.key) else { return };
    let (phone, address) = (directory.column("phone"), directory.column("address"));
    let mut by_phone: HashMap<String, usize> = HashMap::new();
    let mut by_address: HashMap<String, usize> = HashMap::new();
    for (index, record) in directory.records.iter().enumerate() {
        let own = spelling(&record.cells[name].text());
        if own.is_empty() {
            continue;
        }
        let same_phone = phone.and_then(|column| match &record.cells[column].meaning {
            Meaning::Phone(number) => first(&mut by_phone, number.to_string(), index),
            _ => None,
        });
        let same_address = address.and_then(|column| match &record.cells[column].meaning {
            // without a house number it is a street, not an office
            Meaning::Address(place, _) if place.short.contains(|c: char| c.is_ascii_digit()) => {
                first(&mut by_address, place.line(), index)
            }
            _ => None,
        });
        let alike = |other: usize| {
            let others = spelling(&directory.records[other].cells[name].text());
            nearest(&own, [others.as_str()]).is_some()
        };
        let (what, english, other) = match (same_phone, same_address.filter(|other| alike(*other))) {
            (Some(other), _) => ("電話番号", "phone number", other),
            (None, Some(other)) => ("住所", "address", other),
            (None, None) => continue,
        };
        let other = &directory.records[other];
        // a row that stands twice cell by cell is another rule's
        if other.cells.iter().zip(&record.cells).all(|(a, b)| a.written.trim() == b.written.trim()) {
            continue;
        }
        let (row, known) = (other.row, other.cells[name].text());
        let finding = Diagnostic::error(
            Code::OfficeTwice,
            say!(
                "{row}行目の「{known}」と同じ{what}です。同じ窓口が2回あるのかもしれません。",
                "The same {english} as \"{known}\" in row {row}: is it the same office?"
            ),
        )
        .at(record.origin(name))
        .hint(say!(
            "同じ窓口なら片方の行を消し、別の窓口なら{what}を確かめてください。",
            "If it is, delete one of the rows; if not, check the {english}."
        ));
        findings.of_record(Rule::DuplicateOffice, finding, aside, index);
    }
}

/// The record that had `value` before, if one had.
fn first(seen: &mut HashMap<String, usize>, value: String, index: usize) -> Option<usize> {
    let known = *seen.entry(value).or_insert(index);
    (known != index).then_some(known)
}

/// A name without what two spellings of it differ in.
fn spelling(name: &str) -> String {
    width::fold(name).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
