//! Joins: a unit finds its offices, an office finds its unit.
//!
//! In: checked directories. Out: [`Entry`]s, records with what belongs to them, in the order of the master list.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::Checked;
use crate::check::checked::{CheckedDirectory, CheckedRecord, ListedRow};
use crate::model::meaning::Meaning;
use crate::model::role::Role;
use crate::project::{DirectoryPlan, Project, PublicationPlan};

/// A record with what belongs to it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The record.
    pub record: CheckedRecord,
    /// For each directory of the publication that joins to wards, its records of this ward. Shared: a record stands in its own file
    /// and in that of all, in each edition.
    pub joined: Arc<[(String, Vec<CheckedRecord>)]>,
    /// The ward of the record, where it names a good one.
    pub ward: Option<CheckedRecord>,
}

/// A directory as a publication shows it.
#[derive(Debug, Clone)]
pub struct DirectoryList {
    /// As the manifest describes it.
    pub plan: DirectoryPlan,
    /// Its records; empty in a ward's own job for directories whose records come with the ward.
    pub entries: Vec<Entry>,
}

/// Where a unit stands.
#[derive(Debug)]
struct UnitPlace {
    /// Its record, if that is good.
    record: Option<CheckedRecord>,
    /// Its place in the order of the master list.
    place: usize,
}

/// Which records a list of a publication takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListScope {
    /// Those of directories that join to no units.
    Common,
    /// Those of directories that join to units as well, unit by unit.
    Units,
}

/// The joins of one project.
pub struct Join<'a> {
    project: &'a Project,
    checked: &'a Checked,
    wards: Option<Arc<CheckedDirectory>>,
    /// The rows of the master list, in its order.
    order: Vec<ListedRow>,
    /// For each name of a unit, its record and place in the order.
    by_name: BTreeMap<String, UnitPlace>,
    /// For each directory, the records of each ward.
    by_ward: BTreeMap<String, BTreeMap<String, Vec<CheckedRecord>>>,
}

impl<'a> Join<'a> {
    /// Indexes the directories by ward, once.
    #[must_use]
    pub fn new(project: &'a Project, checked: &'a Checked) -> Self {
        let wards = project.wards().and_then(|plan| checked.directories.get(&plan.name)).cloned();
        let mut by_ward: BTreeMap<String, BTreeMap<String, Vec<CheckedRecord>>> = BTreeMap::new();
        for (name, directory) in &checked.directories {
            let joins = project.directory(name).is_some_and(DirectoryPlan::joins_units);
            let Some(column) = directory.role(Role::Joins).filter(|_| joins) else { continue };
            let index = by_ward.entry(name.clone()).or_default();
            for record in directory.records() {
                if let Meaning::Ward(ward) = record.value(column).meaning {
                    index.entry(ward.clone()).or_default().push(record);
                }
            }
        }
        let order: Vec<ListedRow> = wards.iter().flat_map(CheckedDirectory::rows_in_order).collect();
        let mut by_name = BTreeMap::new();
        if wards.as_ref().is_some_and(|wards| wards.naming().is_some()) {
            for (place, row) in order.iter().enumerate() {
                let record = row.clone().checked();
                by_name.entry(row.key()).or_insert(UnitPlace { record, place });
            }
        }
        Self { project, checked, wards, order, by_name, by_ward }
    }

    /// Name of each ward with all the words it answers to.
    #[must_use]
    pub fn ward_names(&self) -> Vec<(String, Vec<String>)> {
        self.order
            .iter()
            .map(|row| {
                let ward = row.naming();
                let code = ward.role(Role::Code).unwrap_or_default();
                let local = code.get(2..5).unwrap_or_default().to_owned();
                let mut names = vec![ward.key(), code, local];
                names.extend(ward.role(Role::Romaji));
                names.retain(|name| !name.is_empty());
                (ward.key(), names)
            })
            .collect()
    }

    /// The rows of the directory called `name`, those with errors among them: each has its file, made or held back.
    #[must_use]
    pub fn rows(&self, name: &str) -> Vec<ListedRow> {
        let Some(directory) = self.checked.directories.get(name) else { return Vec::new() };
        let is_wards = self.wards.as_ref().is_some_and(|wards| Arc::ptr_eq(wards, directory));
        if is_wards { self.order.clone() } else { directory.rows().collect() }
    }

    /// The good records of the directory called `name`, joined.
    #[must_use]
    pub fn entries(&self, plan: &PublicationPlan, name: &str) -> Vec<Entry> {
        let good = self.rows(name).into_iter().filter_map(ListedRow::checked);
        good.map(|record| self.entry(plan, record)).collect()
    }

    /// All wards with their offices, for lists; none where the project has no wards.
    #[must_use]
    pub fn all_wards(&self, plan: &PublicationPlan) -> Vec<Entry> {
        self.wards.as_ref().map(|wards| self.entries(plan, wards.name())).unwrap_or_default()
    }

    /// A record with what belongs to it.
    #[must_use]
    pub fn entry(&self, plan: &PublicationPlan, record: CheckedRecord) -> Entry {
        let is_ward = self.wards.as_ref().is_some_and(|wards| Arc::ptr_eq(wards, record.directory()));
        let ward_name = match is_ward {
            true => Some(record.key()),
            // what is for the whole city is no ward's, whatever its rows name
            false if !self.joins(record.directory().name()) => None,
            false => record.role(Role::Joins),
        };
        let ward = if is_ward { None } else { ward_name.as_deref().and_then(|name| self.ward(name)) };
        let joined = if is_ward {
            plan.directories
                .iter()
                .filter(|name| self.joins(&name.value))
                .map(|name| {
                    (name.value.clone(), self.of_ward(&name.value, ward_name.as_deref().unwrap_or_default()))
                })
                .collect()
        } else {
            Arc::default()
        };
        Entry { record, joined, ward }
    }

    fn ward(&self, name: &str) -> Option<CheckedRecord> {
        self.by_name.get(name)?.record.clone()
    }

    fn of_ward(&self, directory: &str, ward: &str) -> Vec<CheckedRecord> {
        self.by_ward.get(directory).and_then(|index| index.get(ward)).cloned().unwrap_or_default()
    }

    /// The place of the unit of a record in the order of the master list; behind all of them where it has none.
    fn place(&self, entry: &Entry) -> usize {
        let name = entry.record.role(Role::Joins).filter(|_| self.joins(entry.record.directory().name()));
        let unit = name.and_then(|name| self.by_name.get(&name));
        unit.map_or(usize::MAX, |unit| unit.place)
    }

    /// Whether the directory called `name` joins to the wards.
    fn joins(&self, name: &str) -> bool {
        self.wards.is_some() && self.by_ward.contains_key(name)
    }

    /// The publication's directories with their records.
    #[must_use]
    pub fn lists(&self, plan: &PublicationPlan, scope: ListScope) -> Vec<DirectoryList> {
        plan.directories
            .iter()
            .filter_map(|name| self.project.directory(&name.value))
            .map(|directory| {
                let mut entries = Vec::new();
                if scope == ListScope::Units || !self.joins(&directory.name) {
                    entries = self.entries(plan, &directory.name);
                    entries.sort_by_key(|entry| self.place(entry));
                }
                DirectoryList { plan: directory.clone(), entries }
            })
            .collect()
    }
}
