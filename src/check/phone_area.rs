//! Rule: a phone number has the area code that its neighbours have; another one is often a slip of the hand.
//!
//! In: the phone numbers of a directory, those of one ward together where a ward has enough. Out: a finding at each
//! number that stands alone.

use std::collections::{BTreeMap, HashMap};

use super::aside::Aside;
use super::findings::Findings;
use super::parts;
use super::rule_definition::{Check, RuleDefinition, Subject};
use crate::diagnostic::codes::codes;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::directory::Record;
use crate::model::phone::Phone;
use crate::model::role::Role;
use crate::model::rule::{Level, Parameter, Rule};
use crate::model::typed::TypedDirectory;
use crate::say;

/// The rule.
pub static RULE: RuleDefinition = RuleDefinition {
    rule: Rule {
        name: "phone-area",
        words: "A phone's area code is that of its neighbours.",
        level: Level::Warn,
        parameters: &[&NEIGHBOURS],
    },
    codes: CODES,
    check: Check::Directory(check),
};

codes! {
    /// A phone number with another area code than its neighbours.
    PhoneArea = "S2018" {
        ja: "近くのほかの番号と市外局番が違います。正しいこともあるので、確かめるだけの注意です。（規則名 phone-area）",
        en: "A phone number has another area code than its neighbours. It may be right; have a look. (rule: phone-area)",
    }
}

/// Fewer neighbours than this prove nothing.
static NEIGHBOURS: Parameter =
    Parameter { name: "neighbours", words: "Fewer neighbours than this prove nothing.", usual: 5, least: 2 };
/// A code is the usual one when so many of ten have it.
const USUAL: usize = 8;

/// How many numbers of a group have which area code.
type Counts = BTreeMap<String, usize>;

/// Looks for numbers that are unlike their neighbours'.
fn check(Subject { directory, .. }: Subject<'_>, aside: &mut Aside, findings: &mut Findings<'_>) {
    let Some(column) = directory.role(Role::Phone) else { return };
    let enough = findings.parameter(&RULE.rule, &NEIGHBOURS) as usize;
    let columns = Columns { directory, phone: column, ward: directory.role(Role::Joins) };
    let mut groups = columns.count();
    let is_by_ward = groups.values().any(|areas| size(areas) >= enough);
    if !is_by_ward {
        let mut all = Counts::new();
        for (area, count) in groups.into_values().flatten() {
            *all.entry(area).or_default() += count;
        }
        groups = BTreeMap::from([(String::new(), all)]);
    }
    // by group, the code that nearly all have, where some have another one
    let usual: BTreeMap<&str, Usual> = groups
        .iter()
        .filter_map(|(name, areas)| {
            let (area, count) = areas.iter().max_by_key(|(_, count)| **count)?;
            let is_usual = size(areas) >= enough && *count * 10 >= size(areas) * USUAL;
            let usual = Usual { area, others: size(areas) - 1 };
            (is_usual && areas.len() > 1).then_some((name.as_str(), usual))
        })
        .collect();
    if usual.is_empty() {
        return;
    }
    let mut unlike = parts::find(&directory.records, |record| {
        let area = Phone::area_of(record.written(column))?;
        let name = if is_by_ward { columns.ward_of(record) } else { String::new() };
        let (name, usual) = usual.get_key_value(name.as_str())?;
        (area != usual.area).then(|| (*name, area.into_owned(), usual))
    });
    unlike.sort_by_key(|(_, (name, ..))| *name);
    for (index, (_, area, Usual { area: usual, others })) in unlike {
        let finding = Diagnostic::error(
            Code::PhoneArea,
            say!(
                "市外局番が {area} です。ほかの{others}件のほとんどは {usual} です。",
                "The area code is {area}; of {others} others nearly all have {usual}."
            ),
        )
        .at(directory.records[index].origin(column))
        .hint(say!(
            "番号を確かめてください。正しければ、このままでかまいません。",
            "Check the number; if it is right, leave it."
        ));
        findings.of_record(&RULE.rule, finding, aside, index);
    }
}

/// The area code that nearly all numbers of a group have, and how many numbers there are beside one.
struct Usual<'a> {
    area: &'a str,
    others: usize,
}

fn size(areas: &Counts) -> usize {
    areas.values().sum()
}

/// The columns that are looked at.
struct Columns<'a> {
    directory: &'a TypedDirectory,
    phone: usize,
    ward: Option<usize>,
}

impl Columns<'_> {
    fn ward_of(&self, record: &Record) -> String {
        self.ward.map_or_else(String::new, |ward| self.directory.text(record, ward))
    }

    /// The area codes of each ward.
    fn count(&self) -> BTreeMap<String, Counts> {
        let parts = parts::each(&self.directory.records, |_, records| {
            // few spellings of wards stand for many records: each is read once
            let mut wards: HashMap<&str, usize> = HashMap::new();
            let mut groups: Vec<(String, Counts)> = Vec::new();
            for record in records {
                let Some(area) = Phone::area_of(record.written(self.phone)) else { continue };
                let written = self.ward.map_or("", |ward| record.written(ward));
                let group = *wards.entry(written).or_insert_with(|| {
                    groups.push((self.ward_of(record), Counts::new()));
                    groups.len() - 1
                });
                let areas = &mut groups[group].1;
                match areas.get_mut(&*area) {
                    Some(count) => *count += 1,
                    None => _ = areas.insert(area.into_owned(), 1),
                }
            }
            groups
        });
        let mut groups: BTreeMap<String, Counts> = BTreeMap::new();
        for (name, areas) in parts.into_iter().flatten() {
            let group = groups.entry(name).or_default();
            for (area, count) in areas {
                *group.entry(area).or_default() += count;
            }
        }
        groups
    }
}
