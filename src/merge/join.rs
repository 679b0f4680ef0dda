//! Joins: a unit finds its offices, an office finds its unit.
//!
//! In: checked directories. Out: [`Entry`]s, records with what belongs to them, in the order of the master list.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::check::Checked;
use crate::model::directory::Record;
use crate::model::meaning::{Meaning, Value};
use crate::model::origin::Origin;
use crate::model::role::Role;
use crate::model::typed::TypedDirectory;
use crate::project::{DirectoryPlan, Project, PublicationPlan};

/// A record of a directory.
#[derive(Debug, Clone)]
pub struct RecordRef {
    /// The directory.
    pub directory: Arc<TypedDirectory>,
    /// Its index there.
    pub index: usize,
}

impl RecordRef {
    /// The record.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.directory.records[self.index]
    }

    /// The cell in `column`.
    #[must_use]
    pub fn value(&self, column: usize) -> Value<'_> {
        self.directory.value(self.record(), column)
    }

    /// The text of the field that plays `role`.
    #[must_use]
    pub fn role(&self, role: Role) -> Option<String> {
        self.directory.role(role).map(|column| self.directory.text(self.record(), column))
    }

    /// The place of its name.
    #[must_use]
    pub fn key_origin(&self) -> Option<Origin> {
        self.directory.naming().map(|column| self.record().origin(column))
    }

    /// The name of the record.
    #[must_use]
    pub fn key(&self) -> String {
        self.directory.text(self.record(), self.directory.naming().unwrap_or(0))
    }
}

/// A record with what belongs to it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The record.
    pub record: RecordRef,
    /// For each directory of the publication that joins to wards, its records of this ward.
    pub joined: Vec<(String, Vec<RecordRef>)>,
    /// The ward of the record, where it names one.
    pub ward: Option<RecordRef>,
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
#[derive(Debug, Clone, Copy)]
struct UnitPlace {
    /// Its record.
    index: usize,
    /// Its place in the order of the master list.
    place: usize,
}

/// The joins of one project.
pub struct Join<'a> {
    project: &'a Project,
    checked: &'a Checked,
    wards: Option<Arc<TypedDirectory>>,
    /// The records of the master list, in its order.
    order: Vec<usize>,
    /// For each name of a unit, its record and place in the order.
    by_name: BTreeMap<String, UnitPlace>,
    /// For each directory, the records of each ward.
    by_ward: BTreeMap<String, BTreeMap<String, Vec<usize>>>,
}

impl<'a> Join<'a> {
    /// Indexes the directories by ward, once.
    #[must_use]
    pub fn new(project: &'a Project, checked: &'a Checked) -> Self {
        let wards = project.wards().and_then(|plan| checked.directories.get(&plan.name)).cloned();
        let mut by_ward: BTreeMap<String, BTreeMap<String, Vec<usize>>> = BTreeMap::new();
        for (name, directory) in &checked.directories {
            let joins = project.directory(name).is_some_and(DirectoryPlan::joins_units);
            let Some(column) = directory.role(Role::Joins).filter(|_| joins) else { continue };
            let aside = checked.aside.get(name).map(|aside| &aside.records);
            let index = by_ward.entry(name.clone()).or_default();
            for (at, record) in directory.records.iter().enumerate() {
                if let Meaning::Ward(ward) = directory.value(record, column).meaning
                    && !aside.is_some_and(|aside| aside.contains(&at))
                {
                    index.entry(ward).or_default().push(at);
                }
            }
        }
        let order = wards.as_ref().map(|wards| wards.order()).unwrap_or_default();
        let mut by_name = BTreeMap::new();
        if let Some((wards, column)) = wards.as_ref().and_then(|wards| Some((wards, wards.naming()?))) {
            for (place, index) in order.iter().copied().enumerate() {
                let name = wards.text(&wards.records[index], column);
                by_name.entry(name).or_insert(UnitPlace { index, place });
            }
        }
        Self { project, checked, wards, order, by_name, by_ward }
    }

    /// Name of each ward with all the words it answers to.
    #[must_use]
    pub fn ward_names(&self) -> Vec<(String, Vec<String>)> {
        let Some(wards) = &self.wards else { return Vec::new() };
        self.order
            .iter()
            .map(|index| {
                let ward = RecordRef { directory: Arc::clone(wards), index: *index };
                let code = ward.role(Role::Code).unwrap_or_default();
                let local = code.get(2..5).unwrap_or_default().to_owned();
                let mut names = vec![ward.key(), code, local];
                names.extend(ward.role(Role::Romaji));
                names.retain(|name| !name.is_empty());
                (ward.key(), names)
            })
            .collect()
    }

    /// The records of the directory called `name`, joined; those that were set aside are left out of none here:
    /// `merge` holds their jobs by ward.
    #[must_use]
    pub fn entries(&self, plan: &PublicationPlan, name: &str) -> Vec<Entry> {
        let Some(directory) = self.checked.directories.get(name) else { return Vec::new() };
        let is_wards = self.wards.as_ref().is_some_and(|wards| Arc::ptr_eq(wards, directory));
        let order = if is_wards { self.order.clone() } else { (0..directory.records.len()).collect() };
        let entry = |index| self.entry(plan, RecordRef { directory: Arc::clone(directory), index });
        order.into_iter().map(entry).collect()
    }

    /// All wards with their offices, for lists; none where the project has no wards.
    #[must_use]
    pub fn all_wards(&self, plan: &PublicationPlan) -> Vec<Entry> {
        let Some(wards) = &self.wards else { return Vec::new() };
        let aside = self.aside(&wards.name);
        let mut entries = self.entries(plan, &wards.name);
        entries.retain(|entry| !aside.contains(&entry.record.index));
        entries
    }

    fn aside(&self, name: &str) -> BTreeSet<usize> {
        self.checked.aside.get(name).map(|aside| aside.records.clone()).unwrap_or_default()
    }

    fn entry(&self, plan: &PublicationPlan, record: RecordRef) -> Entry {
        let is_ward = self.wards.as_ref().is_some_and(|wards| Arc::ptr_eq(wards, &record.directory));
        let ward_name = match is_ward {
            true => Some(record.key()),
            // what is for the whole city is no ward's, whatever its rows name
            false if !self.joins(&record.directory.name) => None,
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
            Vec::new()
        };
        Entry { record, joined, ward }
    }

    fn ward(&self, name: &str) -> Option<RecordRef> {
        let UnitPlace { index, .. } = *self.by_name.get(name)?;
        Some(RecordRef { directory: Arc::clone(self.wards.as_ref()?), index })
    }

    fn of_ward(&self, directory: &str, ward: &str) -> Vec<RecordRef> {
        let Some(held) = self.checked.directories.get(directory) else { return Vec::new() };
        let indices = self.by_ward.get(directory).and_then(|index| index.get(ward));
        indices
            .into_iter()
            .flatten()
            .map(|index| RecordRef { directory: Arc::clone(held), index: *index })
            .collect()
    }

    /// The place of the unit of a record in the order of the master list; behind all of them where it has none.
    fn place(&self, entry: &Entry) -> usize {
        let unit = entry.ward.as_ref().and_then(|ward| self.by_name.get(&ward.key()));
        unit.map_or(usize::MAX, |unit| unit.place)
    }

    /// Whether the directory called `name` joins to the wards.
    fn joins(&self, name: &str) -> bool {
        self.wards.is_some() && self.by_ward.contains_key(name)
    }

    /// The publication's directories; with `all`, the records of those that join to units too, unit by unit.
    #[must_use]
    pub fn lists(&self, plan: &PublicationPlan, all: bool) -> Vec<DirectoryList> {
        plan.directories
            .iter()
            .filter_map(|name| self.project.directory(&name.value))
            .map(|directory| {
                let aside = self.aside(&directory.name);
                let mut entries = Vec::new();
                if all || !self.joins(&directory.name) {
                    entries = self.entries(plan, &directory.name);
                    entries.retain(|entry| !aside.contains(&entry.record.index));
                    entries.sort_by_key(|entry| self.place(entry));
                }
                DirectoryList { plan: directory.clone(), entries }
            })
            .collect()
    }
}
