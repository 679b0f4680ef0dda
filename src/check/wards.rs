//! Rule: a unit that is named exists, and each unit is in every directory that must have it.
//!
//! In: the master list. Out: findings at the cell, or at the directory's file for a unit without a row.

use std::collections::BTreeSet;

use super::{Aside, Findings, invisible, near, ward_missing, ward_unknown};
use crate::model::address::Locality;
use crate::model::meaning::Meaning;
use crate::model::role::Role;
use crate::model::rule::Level;
use crate::model::schema::SchemaKind;
use crate::model::several_units::SeveralUnits;
use crate::model::typed::TypedDirectory;
use crate::model::unit::Unit;
use crate::project::{DirectoryPlan, Project};
use crate::read::Manuscript;

/// The master list.
#[derive(Debug)]
pub struct MasterList {
    /// The names of its records, in their order.
    pub names: Vec<String>,
    /// Its file, as the manifest names it.
    pub file: String,
}

/// The names of the master list in its order; none if the project has no master list.
#[must_use]
pub fn known(project: &Project, manuscript: &Manuscript) -> Option<MasterList> {
    let plan = project.wards()?;
    let wards = manuscript.directories.get(&plan.name)?;
    let name = wards.naming()?;
    let names: Vec<String> =
        wards.order().into_iter().map(|at| wards.records[at].written(name).trim().to_owned()).collect();
    let file =
        wards.tables.first().map_or_else(|| plan.source.value.clone(), |table| table.source.path.clone());
    (!names.is_empty()).then_some(MasterList { names, file })
}

/// What addresses of the project's city begin with: units of the master list, towns of the directories of towns.
#[must_use]
pub fn locality(project: &Project, manuscript: &Manuscript, units: Option<&[String]>) -> Locality {
    let plans = project.directories.iter().filter(|plan| plan.schema.kind == SchemaKind::Town);
    let directories = plans.filter_map(|plan| manuscript.directories.get(&plan.name));
    let towns = directories.flat_map(|towns| {
        let name = towns.naming();
        let names =
            towns.records.iter().filter_map(move |record| name.map(|name| record.written(name).trim()));
        names.filter(|name| !name.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    });
    Locality {
        city: project.municipality.clone(),
        units: units.unwrap_or_default().to_vec(),
        towns: towns.collect(),
    }
}

/// The units of a project.
pub struct Units {
    /// What they are called.
    pub unit: Unit,
    /// Their list, if the project has one.
    pub master: Option<MasterList>,
}

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
    let known = &master.names;
    // what is for the whole city, and towns beside other units than wards, belong to none
    if !plan.joins_units() {
        return;
    }
    let named: BTreeSet<String> = directory
        .records
        .iter()
        .filter_map(|record| match directory.meaning(record, column) {
            Meaning::Ward(ward) => Some(ward),
            _ => None,
        })
        .collect();
    let without: Vec<&str> = known.iter().map(String::as_str).filter(|ward| !named.contains(*ward)).collect();
    // a row that could not be read is some ward's: no sheet without it passes for whole
    let unread: BTreeSet<&str> =
        directory.lost.iter().flat_map(|row| &row.words).map(String::as_str).collect();
    aside.wards.extend(known.iter().filter(|ward| unread.contains(ward.as_str())).cloned());
    let mut strangers = 0;
    for (index, record) in directory.records.iter().enumerate() {
        let Meaning::Ward(ward) = &directory.meaning(record, column) else { continue };
        if known.iter().any(|other| other == ward) {
            if aside.records.contains(&index) {
                aside.wards.insert(ward.clone());
            }
            continue;
        }
        strangers += 1;
        // the row is some ward's, and its sheet would lack the office
        match (ward_unknown::several(ward, units), near::likely(ward, known, &without)) {
            (Some(SeveralUnits::All), _) => aside.wards.extend(known.iter().cloned()),
            (Some(SeveralUnits::These(several)), _) => aside.wards.extend(several),
            (None, Some(like)) => _ = aside.wards.insert(like.to_owned()),
            (None, None) => aside.wards.extend(without.iter().map(|ward| (*ward).to_owned())),
        }
        // what nobody sees in a name is said as that
        let seen = findings.level(&invisible::RULE) != Level::Error
            || invisible::first(record.written(column)).is_none();
        // a row of this word alone was told as that
        let is_lone = aside.records.contains(&index) && record.only_filled().is_some();
        if !seen || is_lone {
            continue;
        }
        let finding = ward_unknown::finding(ward, units, &without).at(record.origin(column));
        findings.of_record(&ward_unknown::RULE, finding, aside, index);
    }
    if !plan.every_ward || findings.level(&ward_missing::RULE) == Level::Off {
        return;
    }
    let missing_is_error = findings.level(&ward_missing::RULE) == Level::Error;
    if missing_is_error {
        aside.wards.extend(without.iter().map(|ward| (*ward).to_owned()));
    }
    // a misspelt ward or an unreadable row explains why a ward seems to be missing: said once, there
    if strangers > 0 || aside.gaps || without.is_empty() {
        return;
    }
    aside.gaps |= missing_is_error;
    findings.of_rule(&ward_missing::RULE, ward_missing::finding(plan, directory, units, &without));
}
