//! Rule: a unit that is named exists, and each unit is in every directory that must have it.
//!
//! In: the master list. Out: findings at the cell, or at the directory's file for a unit without a row.

use std::collections::BTreeSet;

use super::aside::Aside;
use super::findings::Findings;
use super::units::Units;
use super::{invisible, near, ward_missing, ward_unknown};
use crate::model::meaning::Meaning;
use crate::model::role::Role;
use crate::model::rule::Level;
use crate::model::schema::SchemaKind;
use crate::model::several_units::SeveralUnits;
use crate::model::typed::TypedDirectory;
use crate::project::DirectoryPlan;

/// Checks one directory that joins to the units.
pub fn check(
    plan: &DirectoryPlan,
    directory: &TypedDirectory,
    units: &Units,
    aside: &mut Aside,
    findings: &mut Findings<'_>,
) {
    if plan.schema.kind == SchemaKind::Ward {
        let name = directory.naming();
        for index in &aside.records {
            if let Some(name) = name {
                aside.wards.insert(directory.text(&directory.records[*index], name));
            }
        }
        return;
    }
    let (Some(master), Some(column)) = (&units.master, directory.role(Role::Joins)) else { return };
    // what is for the whole city, and towns beside other units than wards, belong to none
    if !plan.joins_units() {
        return;
    }
    let joined = Joined::of(directory, column, units, &master.names);
    joined.touch_units_of_unread_rows(aside);
    let has_strangers = joined.check_rows(aside, findings);
    let missing = findings.level(&ward_missing::RULE.rule);
    if !plan.every_ward || missing == Level::Off {
        return;
    }
    let missing_is_error = missing == Level::Error;
    if missing_is_error {
        joined.touch_units_without_rows(aside);
    }
    // a misspelt ward or an unreadable row explains why a ward seems to be missing: said once, there
    if has_strangers || aside.gaps || joined.without.is_empty() {
        return;
    }
    aside.gaps |= missing_is_error;
    let finding = ward_missing::finding(plan, directory, units, &joined.without);
    findings.of_rule(&ward_missing::RULE.rule, finding);
}

/// A directory and the units that its rows name.
struct Joined<'a> {
    directory: &'a TypedDirectory,
    /// The column that names the unit.
    column: usize,
    units: &'a Units,
    /// The units of the master list.
    known: &'a [String],
    /// Those of them that no row names.
    without: Vec<&'a str>,
}

impl<'a> Joined<'a> {
    fn of(directory: &'a TypedDirectory, column: usize, units: &'a Units, known: &'a [String]) -> Self {
        let named: BTreeSet<String> = directory
            .records
            .iter()
            .filter_map(|record| match directory.meaning(record, column) {
                Meaning::Ward(ward) => Some(ward),
                _ => None,
            })
            .collect();
        let without = known.iter().map(String::as_str).filter(|ward| !named.contains(*ward)).collect();
        Self { directory, column, units, known, without }
    }

    /// A row that could not be read is some ward's: no sheet without it passes for whole.
    fn touch_units_of_unread_rows(&self, aside: &mut Aside) {
        let unread: BTreeSet<&str> =
            self.directory.lost.iter().flat_map(|row| &row.words).map(String::as_str).collect();
        aside.wards.extend(self.known.iter().filter(|ward| unread.contains(ward.as_str())).cloned());
    }

    fn touch_units_without_rows(&self, aside: &mut Aside) {
        aside.wards.extend(self.without.iter().map(|ward| (*ward).to_owned()));
    }

    /// Looks at the unit that each row names; whether one is no unit of the master list.
    fn check_rows(&self, aside: &mut Aside, findings: &mut Findings<'_>) -> bool {
        let mut has_strangers = false;
        for (index, record) in self.directory.records.iter().enumerate() {
            let Meaning::Ward(ward) = &self.directory.meaning(record, self.column) else { continue };
            if self.known.contains(ward) {
                if aside.records.contains(&index) {
                    aside.wards.insert(ward.clone());
                }
                continue;
            }
            has_strangers = true;
            self.touch_meant_units(ward, aside);
            // what nobody sees in a name is said as that
            let seen = findings.level(&invisible::RULE.rule) != Level::Error
                || invisible::first(record.written(self.column)).is_none();
            // a row of this word alone was told as that
            let is_lone = aside.records.contains(&index) && record.only_filled().is_some();
            if !seen || is_lone {
                continue;
            }
            let finding = ward_unknown::finding(ward, self.units, &self.without);
            let finding = finding.at(record.origin(self.column));
            findings.of_record(&ward_unknown::RULE.rule, finding, aside, index);
        }
        has_strangers
    }

    /// A row that names an unknown `ward` is some ward's, and its sheet would lack the office.
    fn touch_meant_units(&self, ward: &str, aside: &mut Aside) {
        match (ward_unknown::several(ward, self.units), near::likely(ward, self.known, &self.without)) {
            (Some(SeveralUnits::All), _) => aside.wards.extend(self.known.iter().cloned()),
            (Some(SeveralUnits::These(several)), _) => aside.wards.extend(several),
            (None, Some(like)) => _ = aside.wards.insert(like.to_owned()),
            (None, None) => self.touch_units_without_rows(aside),
        }
    }
}
