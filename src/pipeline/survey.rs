//! One file looked at outside of any project: how it is read, what is wrong in it, a schema or a project drafted from it.

use std::collections::BTreeSet;
use std::path::Path;

use super::Session;
use crate::check;
use crate::check::table_rules::Verdicts;
use crate::diagnostic::{Diagnostic, Outcome};
use crate::merge::Selection;
use crate::model::origin::Origin;
use crate::project::files::Files;
use crate::project::table_form::TableForm;
use crate::read;
use crate::read::draft;
use crate::read::survey::{SchemaChoice, Survey};
use crate::report::facts::Facts;

pub use crate::read::draft::{DraftRequest, ManifestDraft};

/// Reads and checks one file as a directory, outside of any project: what was found out of it, and its rows. None if
/// nothing in it can be read.
#[must_use]
pub fn survey(file: &Path, name: &str, form: &TableForm) -> (Option<Survey>, Facts) {
    let mut facts = Facts::default();
    let survey = match argument(file, name) {
        Ok(bytes) => {
            read::survey::file(name, bytes, form, SchemaChoice::Nearest).collect(&mut facts.diagnostics)
        }
        Err(unread) => {
            facts.diagnostics.push(unread);
            None
        }
    };
    let survey = survey.map(|survey| {
        let checked = check::alone(&survey.plan, survey.directory, &mut facts.left_out);
        Survey { directory: checked.collect(&mut facts.diagnostics), ..survey }
    });
    facts.sort();
    (survey, facts)
}

/// Judges a file by the rules about tables (機械可読性ルール). What cannot be read as a table breaks the first of them.
#[must_use]
pub fn judge(file: &Path, name: &str, form: &TableForm) -> (Verdicts, Facts) {
    let mut facts = Facts::default();
    let book = match argument(file, name) {
        Ok(bytes) => read::raw::book(name, bytes, form).collect(&mut facts.diagnostics),
        Err(unread) => {
            facts.diagnostics.push(unread);
            None
        }
    };
    let judged = match book {
        Some(book) => check::table_rules::judge(name, &book),
        None => check::table_rules::no_table(name),
    };
    let verdicts = judged.collect(&mut facts.diagnostics);
    facts.sort();
    (verdicts, facts)
}

/// Endings of files that hold directories.
#[must_use]
pub fn endings() -> Vec<&'static str> {
    read::kind::endings()
}

/// The bytes of a file that the user names.
fn argument(file: &Path, name: &str) -> Result<Vec<u8>, Diagnostic> {
    Files::argument(file).map_err(|error| read::files::unreadable(name, &error))
}

/// Drafts a schema from a list or workbook; none if nothing in it can be read.
pub fn draft_schema(file: &Path, name: &str, form: &TableForm) -> Outcome<Option<String>> {
    let survey = match argument(file, name) {
        Ok(bytes) => read::survey::file(name, bytes, form, SchemaChoice::Plain),
        Err(unread) => Outcome { value: None, diagnostics: vec![unread] },
    };
    let draft = survey.value.map(|survey| read::infer::draft(&survey.directory));
    Outcome { value: draft, diagnostics: survey.diagnostics }
}

/// Drafts a project from a list or workbook; none if nothing in it can be read or printed, which is then a finding.
pub fn draft_project(name: &str, bytes: Vec<u8>, request: &DraftRequest) -> Outcome<Option<ManifestDraft>> {
    let survey = read::survey::file(name, bytes.clone(), &TableForm::default(), SchemaChoice::Plain);
    let mut diagnostics = survey.diagnostics;
    let Some(survey) = survey.value.filter(|survey| !survey.directory.records.is_empty()) else {
        return Outcome { value: None, diagnostics };
    };
    let mut draft = draft::project(&survey, request);
    match &mut draft {
        Some(draft) => {
            let rows = faulty_rows(draft, request, bytes);
            if rows > 0 {
                draft.allow_incomplete(rows);
            }
        }
        None => diagnostics.push(draft::nothing_to_print(&survey)),
    }
    Outcome { value: draft, diagnostics }
}

/// How many rows of its list the project of a draft would set aside.
fn faulty_rows(draft: &ManifestDraft, request: &DraftRequest, list: Vec<u8>) -> usize {
    let texts = draft.files.iter().map(|file| (file.path.clone(), file.text.clone().into_bytes()));
    let files = Files::in_memory(texts.chain([(request.source.clone(), list)]));
    let Ok(prepared) = Session::new(files).prepare(&Selection::default()) else { return 0 };
    let errors = prepared.facts.diagnostics.iter().filter(|one| check::is_error(one));
    let rows = errors.filter_map(|one| one.origin.as_ref().and_then(Origin::row));
    rows.collect::<BTreeSet<u32>>().len()
}
