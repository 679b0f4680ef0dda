//! Stage 3: [`Checked`] to [`Publication`]s. Records find their wards, wards their offices; each file to be made
//! becomes a [`Job`]; what lacks a record is held back and named.

mod copy;
pub mod file_name;
mod for_reader;
pub mod join;
pub mod language;
mod only;
mod parting;
mod selection;
mod sheet_name;
#[cfg(test)]
mod tests;

pub use copy::Copy;
pub use selection::{Selection, WantedEdition};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::check::checked::{ListedRow, RowNaming};
use crate::check::{Aside, Checked, images::Images};
use crate::diagnostic::{Diagnostic, Outcome, Say};
use crate::model::edition::{Edition, Reader};
use crate::model::layout::LayoutKind;
use crate::model::readings::Readings;
use crate::model::rule::Incomplete;
use crate::model::text::Chapter;
use crate::project::combined::Combined;
use crate::project::{DirectoryPlan, FileName, Part, Per, Project, PublicationPlan};
use crate::say;

use copy::for_copy;
use join::{DirectoryList, Entry, Join, ListScope};
use language::ReaderLanguage;

/// One file to be made.
#[derive(Debug, Clone)]
pub struct Job {
    /// File name without ending.
    pub stem: String,
    /// The record it is for, if it is for one: the ward's name.
    pub key: Option<String>,
    /// The part it is for, if it is for one.
    pub part: Option<Part>,
    /// Which copy.
    pub copy: Copy,
    /// Whether it holds all records of a publication that is otherwise made record by record.
    pub combined: bool,
    /// The records that are printed, one sheet each (or all of a list).
    pub entries: Arc<[Entry]>,
    /// The publication's directories, in order; all files share them.
    pub lists: Arc<[DirectoryList]>,
    /// The text.
    pub chapters: Vec<Arc<Chapter>>,
}

/// A file that is not made, and why.
#[derive(Debug, Clone)]
pub struct Held {
    /// File name without ending.
    pub stem: String,
    /// Why.
    pub why: Say,
}

/// One publication in one edition for one reader.
#[derive(Debug, Clone)]
pub struct Publication {
    /// As the manifest asks for it.
    pub plan: Arc<PublicationPlan>,
    /// For whom the file is.
    pub edition: Edition,
    /// Who reads it.
    pub reader: Reader,
    /// The reader's language, where it is another than that of the sources.
    pub language: Option<Arc<ReaderLanguage>>,
    /// Words that this reader wants kana above, and that nobody gave a reading.
    pub unread: Arc<BTreeSet<String>>,
    /// The files to make.
    pub jobs: Vec<Job>,
    /// The files that cannot be made.
    pub held: Vec<Held>,
    /// Images of the text and options.
    pub images: Arc<Images>,
}

impl Publication {
    /// The folder below the publication's: the edition, with the reader unless it is the first of the manifest.
    #[must_use]
    pub fn folder(&self) -> String {
        if self.plan.readers.first() == Some(&self.reader) {
            self.edition.name().to_owned()
        } else {
            format!("{}-{}", self.edition.name(), self.reader.name())
        }
    }

    /// Whether its pages are bound, so that there is a spine and a cover.
    #[must_use]
    pub fn is_bound(&self) -> bool {
        self.plan.layout.kind == LayoutKind::Booklet
    }
}

impl Publication {
    /// Makes none of its files that show many records: a print shop is never sent an incomplete list.
    fn hold_lists(&mut self) {
        let jobs = std::mem::take(&mut self.jobs);
        for job in jobs {
            // a sheet of one record is whole
            if job.key.is_some() {
                self.jobs.push(job);
            } else {
                self.held.push(Held { stem: job.stem, why: faulty() });
            }
        }
    }

    /// Makes none of its files, for one reason.
    pub fn hold(&mut self, why: &Say) {
        let jobs = std::mem::take(&mut self.jobs);
        self.held.extend(jobs.into_iter().map(|job| Held { stem: job.stem, why: why.clone() }));
    }
}

/// Makes publications of what was checked.
pub fn publications(
    project: &Project,
    checked: &Checked,
    selection: &Selection,
) -> Outcome<Vec<Publication>> {
    let mut diagnostics = Vec::new();
    let mut publications = Vec::new();
    let images = Arc::new(checked.images.clone());
    let join = Join::new(project, checked);
    let ground = ReaderGround { project, checked, readings: Arc::new(language::readings(project, checked)) };
    let only = only::units(&join, &project.unit, &selection.only).collect(&mut diagnostics);
    for plan in &project.publications {
        let name = &plan.name.value;
        if !selection.publications.is_empty() && !selection.publications.contains(name) {
            continue;
        }
        let by_ward = matches!(plan.per, Per::Directory(_));
        if !selection.only.is_empty() && !by_ward {
            continue;
        }
        let planner = JobPlanner::new(project, checked, &join, plan);
        let incomplete = planner.incomplete;
        let (jobs, held) = planner.jobs(&only, &mut diagnostics);
        let plan = Arc::new(plan.clone());
        let mut for_readers: BTreeMap<Reader, ReaderJobs> = BTreeMap::new();
        for edition in &plan.editions {
            for reader in &plan.readers {
                let takes = |wanted: &WantedEdition| wanted.takes(&plan, *edition, *reader);
                if !selection.editions.is_empty() && !selection.editions.iter().any(takes) {
                    continue;
                }
                let ReaderJobs { language, jobs, unread } = for_readers
                    .entry(*reader)
                    .or_insert_with(|| reader_jobs(&ground, &plan, *reader, jobs.clone(), &mut diagnostics));
                let mut publication = Publication {
                    plan: Arc::clone(&plan),
                    edition: *edition,
                    reader: *reader,
                    language: language.clone(),
                    unread: Arc::clone(unread),
                    jobs: jobs.clone(),
                    held: held.clone(),
                    images: Arc::clone(&images),
                };
                if incomplete && matches!(edition, Edition::Press | Edition::Imposed) {
                    publication.hold_lists();
                }
                publications.push(publication);
            }
        }
    }
    Outcome { value: publications, diagnostics }
}

/// What jobs for readers of other languages are made with.
struct ReaderGround<'a> {
    project: &'a Project,
    checked: &'a Checked,
    readings: Arc<Readings>,
}

/// The jobs of a publication for one reader.
struct ReaderJobs {
    language: Option<Arc<ReaderLanguage>>,
    jobs: Vec<Job>,
    /// Words without a reading.
    unread: Arc<BTreeSet<String>>,
}

fn reader_jobs(
    ground: &ReaderGround<'_>,
    plan: &PublicationPlan,
    reader: Reader,
    mut jobs: Vec<Job>,
    diagnostics: &mut Vec<Diagnostic>,
) -> ReaderJobs {
    let ReaderGround { project, checked, readings } = ground;
    let language = ReaderLanguage::of(reader, project, checked, readings).map(Arc::new);
    let lacks = language.as_ref().map(|language| for_reader::missing(project, checked, plan, language));
    let mut lacks = lacks.unwrap_or_default();
    for job in &mut jobs {
        for_reader::chapters(job, language.as_deref(), checked, &mut lacks);
    }
    // one text stands in many jobs
    for diagnostic in lacks.diagnostics {
        if !diagnostics
            .iter()
            .any(|known| known.code == diagnostic.code && known.message == diagnostic.message)
        {
            diagnostics.push(diagnostic);
        }
    }
    ReaderJobs { language, jobs, unread: Arc::new(lacks.unread) }
}

/// Whether a record that `plan` shows, or a unit by which its records stand, was set aside.
fn is_incomplete(project: &Project, checked: &Checked, plan: &PublicationPlan) -> bool {
    let is_by_unit = plan.shown().any(|name| project.directory(name).is_some_and(DirectoryPlan::joins_units));
    let units = project.wards().filter(|_| is_by_unit).map(|plan| plan.name.as_str());
    plan.shown().chain(units).any(|name| checked.aside.get(name).is_some_and(Aside::touches_lists))
}

/// Why a file is held whose sources have faults.
fn faulty() -> Say {
    say!("原稿に直すところがあるため、作りませんでした。", "It was not made: its sources have faults.")
}

/// What all jobs of a publication share.
struct JobPlanner<'a> {
    project: &'a Project,
    checked: &'a Checked,
    join: &'a Join<'a>,
    plan: &'a PublicationPlan,
    chapters: Vec<Arc<Chapter>>,
    /// A record that it shows was set aside.
    incomplete: bool,
    /// The publication cannot be set at all.
    held_whole: bool,
    /// A list of all its records would be incomplete.
    held_lists: bool,
}

impl<'a> JobPlanner<'a> {
    fn new(
        project: &'a Project,
        checked: &'a Checked,
        join: &'a Join<'a>,
        plan: &'a PublicationPlan,
    ) -> Self {
        let texts = checked.texts.get(&plan.name.value).into_iter().flatten();
        let chapters = texts.filter_map(|path| checked.chapters.get(path).cloned()).collect();
        let incomplete = is_incomplete(project, checked, plan);
        Self {
            project,
            checked,
            join,
            plan,
            chapters,
            incomplete,
            held_whole: checked.held.contains(&plan.name.value),
            held_lists: incomplete && project.checks.incomplete == Incomplete::Error,
        }
    }

    /// All files of the publication, and those that cannot be made.
    fn jobs(&self, only: &BTreeSet<String>, diagnostics: &mut Vec<Diagnostic>) -> (Vec<Job>, Vec<Held>) {
        let (mut jobs, mut held) = match &self.plan.per {
            Per::Directory(directory) => self.by_record(directory, only, diagnostics),
            Per::Whole | Per::Parts => self.by_text(),
        };
        let names = file_name::collisions(self.plan, &jobs, diagnostics);
        // none of them is written: which one would it be?
        jobs.retain(|job| !names.contains(&job.stem));
        held.extend(names.into_iter().map(|stem| Held { stem, why: faulty() }));
        (jobs, held)
    }

    /// A file for each record, and one of all.
    fn by_record(
        &self,
        directory: &str,
        only: &BTreeSet<String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> (Vec<Job>, Vec<Held>) {
        let mut jobs: Vec<Job> = Vec::new();
        let mut held = Vec::new();
        let mut nameless = false;
        let lists = self.join.lists(self.plan, ListScope::Common).into();
        let blocked: BTreeSet<&str> = self
            .plan
            .shown()
            .filter_map(|name| self.checked.aside.get(name))
            .flat_map(|aside| aside.wards.iter().map(String::as_str))
            .collect();
        let rows = self.join.rows(directory);
        let names = self.names(&rows);
        for (row, name) in rows.into_iter().zip(names) {
            let key = row.key();
            let is_blocked = blocked.contains(key.as_str());
            let is_held = row.is_rejected() || is_blocked;
            if !only.is_empty() && !only.contains(&key) {
                continue;
            }
            let stem = match name {
                Ok(stem) => stem,
                Err(problem) => {
                    // a record that is set aside was explained already
                    if !is_held {
                        diagnostics.push(*problem);
                    }
                    nameless = true;
                    held.push(Held { stem: file_name::clean(&key), why: faulty() });
                    continue;
                }
            };
            match row {
                ListedRow::Checked(record) if !self.held_whole && !is_blocked => {
                    let entry = self.join.entry(self.plan, record);
                    jobs.push(self.job(stem, Arc::new([entry]), &lists, Some(key)));
                }
                ListedRow::Checked(_) | ListedRow::Rejected(_) => held.push(Held { stem, why: faulty() }),
            }
        }
        if !only.is_empty() {
            // the file of all is not touched: nothing is to be said of it
            return (jobs, held);
        }
        if self.held_whole || self.held_lists || nameless || jobs.is_empty() {
            let ranges = self.plan.combined.ranges(jobs.len() + held.len());
            held.extend(ranges.into_iter().map(|range| Held { stem: range.stem, why: faulty() }));
            return (jobs, held);
        }
        let all: Vec<Entry> = jobs.iter().flat_map(|job| job.entries.iter().cloned()).collect();
        for range in self.plan.combined.ranges(all.len()) {
            let entries = all[range.sheets].into();
            jobs.push(Job { combined: true, ..self.job(range.stem, entries, &lists, None) });
        }
        (jobs, held)
    }

    /// The name of the file of each row.
    fn names(&self, rows: &[ListedRow]) -> Vec<Result<String, Box<Diagnostic>>> {
        let rows: Vec<RowNaming> = rows.iter().map(ListedRow::naming).collect();
        match &self.plan.file_name {
            FileName::Pattern(pattern) => {
                let numbers = sheet_name::numbers(rows.len());
                rows.iter()
                    .zip(numbers)
                    .map(|(row, number)| file_name::fill(pattern, *row, &number))
                    .collect()
            }
            FileName::OfRecord(_) => sheet_name::names(&rows).into_iter().map(Ok).collect(),
        }
    }

    /// One file of the whole text, or one for each part; for each copy.
    fn by_text(&self) -> (Vec<Job>, Vec<Held>) {
        let entries: Arc<[Entry]> = self.join.all_wards(self.plan).into();
        let lists = self.join.lists(self.plan, ListScope::Units).into();
        let make = |stem: &str, part: Option<&Part>, copy: Copy| {
            let own = self.chapters.iter().filter(|chapter| {
                part.is_none_or(|part| chapter.meta_text("part") == Some(part.name.as_str()))
            });
            let stem = if copy == Copy::Trainer { format!("{stem}-trainer") } else { stem.to_owned() };
            Job {
                part: part.cloned(),
                copy,
                chapters: for_copy(own, copy),
                ..self.job(stem, Arc::clone(&entries), &lists, None)
            }
        };
        let mut copies = vec![Copy::Learner];
        copies.extend(self.plan.trainer.then_some(Copy::Trainer));
        let pattern = match &self.plan.file_name {
            FileName::Pattern(pattern) => pattern.value.as_str(),
            // a file of no record is called as its publication
            FileName::OfRecord(_) => self.plan.name.value.as_str(),
        };
        let mut jobs = Vec::new();
        for copy in copies {
            if self.plan.per == Per::Whole {
                jobs.push(make(&file_name::clean(pattern), None, copy));
                continue;
            }
            for (index, part) in self.project.parts.iter().enumerate() {
                let job = make(&file_name::fill_part(pattern, index + 1, part), Some(part), copy);
                if !job.chapters.is_empty() {
                    jobs.push(job);
                }
            }
            // parts of a text are few
            if self.plan.combined != Combined::Nothing {
                jobs.push(Job { combined: true, ..make("all", None, copy) });
            }
        }
        if self.held_whole || self.held_lists {
            let held = jobs.into_iter().map(|job| Held { stem: job.stem, why: faulty() }).collect();
            return (Vec::new(), held);
        }
        (jobs, Vec::new())
    }

    fn job(
        &self,
        stem: String,
        entries: Arc<[Entry]>,
        lists: &Arc<[DirectoryList]>,
        key: Option<String>,
    ) -> Job {
        Job {
            stem,
            key,
            part: None,
            copy: Copy::Learner,
            combined: false,
            entries,
            lists: Arc::clone(lists),
            chapters: self.chapters.clone(),
        }
    }
}
