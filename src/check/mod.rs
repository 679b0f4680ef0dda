//! Stage 2: [`Manuscript`] to [`Checked`]. One rule a file; every fault of a run is found in one pass.
//!
//! Records with errors are set aside: [`CheckedDirectory`] hands out the others alone, and [`Checked::aside`] says which wards
//! and directories that touches, so that `merge` can hold back just what depends on them.

pub mod as_written;
mod aside;
pub mod calculated;
pub mod changes;
pub mod characters;
pub mod checked;
pub mod columns;
pub mod directive_form;
pub mod divisions;
pub mod duplicate_office;
pub mod duplicate_row;
pub mod edition_date;
mod findings;
mod image_bytes;
mod image_size;
pub mod images;
pub mod invisible;
pub mod manifest_names;
pub mod master_list;
mod near;
pub mod not_in_force;
pub mod odd_text;
pub mod one_of;
pub mod opening_hours;
pub mod parts;
pub mod pattern;
pub mod phone_area;
pub mod private_use;
pub mod refers_to;
pub mod required;
pub mod rows;
pub mod rule_definition;
pub mod rules;
pub mod table_rules;
pub mod text;
pub mod text_keys;
pub mod text_markup;
pub mod types;
pub mod unfinished;
pub mod unique;
pub mod units;
pub mod unprinted_part;
pub mod unshown;
mod unshown_reader;
pub mod url_scheme;
pub mod values;
pub mod ward_missing;
pub mod ward_unknown;
pub mod wards;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, LeftOut, Outcome, Severity};
use crate::model::directory::Directory;
use crate::model::readings::Readings;
use crate::model::rule::{Level, Levels};
use crate::model::text::Chapter;
use crate::model::typed::{MisfitMeaning, TypedDirectory};
use crate::project::{DirectoryPlan, Project, PublicationPlan};
use crate::read::Manuscript;

pub use aside::Aside;
pub use checked::CheckedDirectory;
pub use findings::{CellIndex, Findings};
use rule_definition::{Check, Subject};
use rules::RULES;
pub use values::Changed;

/// Sources that were checked: good records with typed values, and the names of what has errors.
#[derive(Debug)]
pub struct Checked {
    /// Directories by name.
    pub directories: BTreeMap<String, Arc<CheckedDirectory>>,
    /// Chapters by path.
    pub chapters: BTreeMap<String, Arc<Chapter>>,
    /// For each publication, the paths of its chapters.
    pub texts: BTreeMap<String, Vec<String>>,
    /// The project's own table of readings.
    pub readings: Readings,
    /// Cells that are printed in another form than they are written, by directory.
    pub changed: BTreeMap<String, Changed>,
    /// What was set aside, by directory.
    pub aside: BTreeMap<String, Aside>,
    /// Publications that cannot be set at all: a text of theirs has errors, or a column they need is missing.
    pub held: BTreeSet<String>,
    /// Images by the file that names them and the path as written there.
    pub images: images::Images,
    /// Findings that were counted and not kept.
    pub left_out: LeftOut,
}

/// Checks everything that was read.
pub fn all(project: &Project, mut manuscript: Manuscript) -> Outcome<Checked> {
    let mut diagnostics = Vec::new();
    let mut left_out = LeftOut::new();
    let needs = columns::needs(project);
    let units = units::Units { unit: project.unit.clone(), master: units::known(project, &manuscript) };
    let names = units.master.as_ref().map(|master| master.names.as_slice());
    let mut held =
        columns::check(project, &manuscript, &needs, names.unwrap_or_default()).collect(&mut diagnostics);
    let locality = Arc::new(units::locality(project, &manuscript, names));
    ahead(project, &manuscript, &mut held, &mut diagnostics);
    let (mut directories, mut changed) = (BTreeMap::new(), BTreeMap::new());
    let mut aside: BTreeMap<String, Aside> = BTreeMap::new();
    for plan in &project.directories {
        let Some(rows) = manuscript.directories.remove(&plan.name) else { continue };
        let mut set_aside = Aside { gaps: manuscript.incomplete.contains(&plan.name), ..Aside::default() };
        let fields = needs.get(&plan.name);
        let columns = rows.columns.iter().enumerate();
        let unused = columns.filter(|(_, column)| !plan.uses(column)).map(|(index, _)| index).collect();
        let mut findings =
            Findings::new(&project.checks, &mut diagnostics, &mut left_out).with_unused(unused);
        let typed = TypedDirectory::new(rows, &locality, misfits(&findings));
        changed.insert(plan.name.clone(), values::check(&typed, &mut set_aside, &mut findings));
        let subject = Subject { plan, directory: &typed, fields, edition: Some(project.date) };
        of_directory(subject, &mut set_aside, &mut findings);
        directories.insert(plan.name.clone(), typed);
        aside.insert(plan.name.clone(), set_aside);
    }
    for plan in &project.directories {
        let Some(set_aside) = aside.get_mut(&plan.name) else { continue };
        let mut findings = Findings::new(&project.checks, &mut diagnostics, &mut left_out);
        among_others(&plan.name, &directories, set_aside, &mut findings);
        // the last rule of a record: it names the wards of all that was set aside
        if let Some(typed) = directories.get(&plan.name) {
            wards::check(plan, typed, &units, set_aside, &mut findings);
        }
    }
    values::postal_codes(project, &mut directories);
    let images = images::check(project, &manuscript, &mut diagnostics);
    of_texts(project, &manuscript, &directories, &mut held, &mut diagnostics);
    held.extend(images.broken.iter().cloned());
    unshown::check(project, &manuscript, &mut diagnostics);
    once_each(&mut diagnostics);
    let of_checked = |(name, directory): (String, TypedDirectory)| {
        let rejected = aside.get(&name).map(|aside| aside.records.clone()).unwrap_or_default();
        (name, Arc::new(CheckedDirectory::new(directory, rejected)))
    };
    Outcome {
        value: Checked {
            directories: directories.into_iter().map(of_checked).collect(),
            chapters: manuscript.chapters,
            texts: manuscript.texts,
            readings: manuscript.readings,
            changed,
            aside,
            held,
            images,
            left_out,
        },
        diagnostics,
    }
}

/// The rules of what the manifest names and the master list has, before any record is looked at.
fn ahead(
    project: &Project,
    manuscript: &Manuscript,
    held: &mut BTreeSet<String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    master_list::check(project, manuscript, held, diagnostics);
    manifest_names::check(project, manuscript, diagnostics);
}

/// The rules of what publications make of texts and of lists as a whole.
fn of_texts(
    project: &Project,
    manuscript: &Manuscript,
    directories: &BTreeMap<String, TypedDirectory>,
    held: &mut BTreeSet<String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    for publication in &project.publications {
        let faulty = text::check(project, publication, manuscript, diagnostics);
        let chapters = manuscript.chapters_of(publication);
        let is_at_odds = divisions::check(project, publication, &chapters, directories, diagnostics);
        if faulty
            || is_at_odds
            || publication_text_is_broken(publication, manuscript)
            || publication.shown().any(|name| is_unusable(name, directories))
        {
            held.insert(publication.name.value.clone());
        }
    }
}

/// What cells mean that are not of their type: those of records that stay are printed as written.
fn misfits(findings: &Findings<'_>) -> MisfitMeaning {
    match findings.level(&types::RULE.rule) {
        Level::Error => MisfitMeaning::Nothing,
        Level::Warn | Level::Off => MisfitMeaning::AsWritten,
    }
}

/// The rules that look at a directory among all others.
fn among_others(
    name: &str,
    directories: &BTreeMap<String, TypedDirectory>,
    aside: &mut Aside,
    findings: &mut Findings<'_>,
) {
    for definition in RULES {
        match definition.check {
            Check::Among(look) if !findings.is_off(&definition.rule) => {
                look(name, directories, aside, findings);
            }
            Check::Among(_) | Check::Directory(_) | Check::Stage => {}
        }
    }
}

/// The rules that look at one directory.
fn of_directory(subject: Subject<'_>, aside: &mut Aside, findings: &mut Findings<'_>) {
    for definition in RULES {
        match definition.check {
            Check::Directory(look) if !findings.is_off(&definition.rule) => look(subject, aside, findings),
            Check::Directory(_) | Check::Among(_) | Check::Stage => {}
        }
    }
}

/// Checks one directory by itself, with every rule at its own level: what can be told of a file without a project.
/// Wards, references and the date of an edition are matters of a project.
pub fn alone(plan: &DirectoryPlan, rows: Directory, left_out: &mut LeftOut) -> Outcome<Directory> {
    let levels = Levels::default();
    let mut diagnostics = Vec::new();
    let mut aside = Aside::default();
    let mut findings = Findings::new(&levels, &mut diagnostics, left_out);
    let typed = TypedDirectory::new(rows, &Arc::default(), MisfitMeaning::Nothing);
    values::check(&typed, &mut aside, &mut findings);
    let subject = Subject { plan, directory: &typed, fields: None, edition: None };
    of_directory(subject, &mut aside, &mut findings);
    Outcome { value: typed.into_rows(), diagnostics }
}

fn publication_text_is_broken(publication: &PublicationPlan, manuscript: &Manuscript) -> bool {
    manuscript.incomplete_texts.contains(&publication.name.value)
        || manuscript.texts_of(publication).any(|path| manuscript.faulty.contains(path))
}

/// Whether a directory cannot be trusted as a whole: no sheet is right without it.
fn is_unusable(name: &str, directories: &BTreeMap<String, TypedDirectory>) -> bool {
    directories.get(name).is_none_or(|directory| directory.broken || directory.tables.is_empty())
}

/// A text that several publications use is checked for each; one fault at one place is said once.
fn once_each(diagnostics: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    diagnostics.retain(|diagnostic| match &diagnostic.origin {
        Some(origin) => seen.insert((diagnostic.code, origin.to_string(), diagnostic.message.en.clone())),
        None => true,
    });
}

/// Whether a finding keeps a record from being printed.
#[must_use]
pub fn is_error(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error
}
