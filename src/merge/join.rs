//! Joins: a ward finds its offices, an office finds its ward.
//!
//! In: checked directories. Out: [`Entry`]s, records with what belongs to them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::check::Checked;
use crate::model::directory::Record;
use crate::model::meaning::{Meaning, Value};
use crate::model::origin::Origin;
use crate::model::role::Role;
use crate::model::typed::TypedDirectory;
use crate::project::{Coverage, DirectoryPlan, Project, PublicationPlan};

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

/// The joins of one project.
pub struct Join<'a> {
    project: &'a Project,
    checked: &'a Checked,
    wards: Option<Arc<TypedDirectory>>,
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
            let Some(column) = directory.role(Role::Joins) else { continue };
            if project.directory(name).is_some_and(|plan| plan.coverage == Coverage::WholeCity) {
                continue;
            }
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
        Self { project, checked, wards, by_ward }
    }

    /// Name of each ward with all the words it answers to.
    #[must_use]
    pub fn ward_names(&self) -> Vec<(String, Vec<String>)> {
        let Some(wards) = &self.wards else { return Vec::new() };
        (0..wards.records.len())
            .map(|index| {
                let ward = RecordRef { directory: Arc::clone(wards), index };
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
        (0..directory.records.len())
            .map(|index| self.entry(plan, RecordRef { directory: Arc::clone(directory), index }))
            .collect()
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
            false if self.is_for_whole_city(&record.directory) => None,
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

    fn is_for_whole_city(&self, directory: &Arc<TypedDirectory>) -> bool {
        let plans = self.project.directories.iter().filter(|plan| plan.coverage == Coverage::WholeCity);
        let mut known = plans.filter_map(|plan| self.checked.directories.get(&plan.name));
        known.any(|one| Arc::ptr_eq(one, directory))
    }

    fn ward(&self, name: &str) -> Option<RecordRef> {
        let wards = self.wards.as_ref()?;
        let column = wards.naming()?;
        let index = wards.records.iter().position(|record| wards.text(record, column) == name)?;
        Some(RecordRef { directory: Arc::clone(wards), index })
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

    /// Whether the directory called `name` joins to the wards.
    fn joins(&self, name: &str) -> bool {
        self.wards.is_some() && self.by_ward.contains_key(name)
    }

    /// The publication's directories; with `all`, the records of those that join to wards too.
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
                }
                DirectoryList { plan: directory.clone(), entries }
            })
            .collect()
    }
}
