//! Rule: a phone number has the area code that its neighbours have; another one is often a slip of the hand.
//!
//! In: the phone numbers of a directory, those of one ward together where a ward has enough. Out: a finding at each
//! number that stands alone.

use std::collections::BTreeMap;

use super::{Aside, Findings, parts};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::phone::Phone;
use crate::model::role::Role;
use crate::model::rule::Rule;
use crate::model::typed::TypedDirectory;
use crate::say;

/// Fewer neighbours than this prove nothing.
const ENOUGH: usize = 5;
/// A code is the usual one when so many of ten have it.
const USUAL: usize = 8;

/// Looks for numbers that are unlike their neighbours'.
pub fn check(directory: &TypedDirectory, aside: &mut Aside, findings: &mut Findings<'_>) {
    if findings.is_off(Rule::PhoneArea) {
        return;
    }
    let Some(column) = directory.role(Role::Phone) else { return };
    let ward = directory.role(Role::Joins);
    let mut wards: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    let mut all = Vec::new();
    let areas = parts::find(&directory.records, |record| {
        let area = Phone::area_of(record.written(column))?;
        Some((area.into_owned(), ward.map_or_else(String::new, |ward| directory.text(record, ward))))
    });
    for (index, (area, name)) in areas {
        all.push((index, area.clone()));
        wards.entry(name).or_default().push((index, area));
    }
    let mut groups: Vec<Vec<(usize, String)>> =
        wards.into_values().filter(|group| group.len() >= ENOUGH).collect();
    if groups.is_empty() {
        groups.push(all);
    }
    for group in groups.iter().filter(|group| group.len() >= ENOUGH) {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, area) in group {
            *counts.entry(area).or_default() += 1;
        }
        let Some((usual, count)) = counts.into_iter().max_by_key(|(_, count)| *count) else { continue };
        if count * 10 < group.len() * USUAL {
            continue;
        }
        for (index, area) in group.iter().filter(|(_, area)| area != usual) {
            let record = &directory.records[*index];
            let others = group.len() - 1;
            let finding = Diagnostic::error(
                Code::PhoneArea,
                say!(
                    "市外局番が {area} です。ほかの{others}件のほとんどは {usual} です。",
                    "The area code is {area}; of {others} others nearly all have {usual}."
                ),
            )
            .at(record.origin(column))
            .hint(say!(
                "番号を確かめてください。正しければ、このままでかまいません。",
                "Check the number; if it is right, leave it."
            ));
            findings.of_record(Rule::PhoneArea, finding, aside, *index);
        }
    }
}
