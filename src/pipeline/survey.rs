//! One file looked at outside of any project: how it is read, what is wrong in it, a schema or a project drafted from it.

use std::path::Path;

use crate::check;
use crate::check::table_rules::Verdicts;
use crate::diagnostic::{Diagnostic, Outcome};
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
    let survey = read::survey::file(name, bytes, &TableForm::default(), SchemaChoice::Plain);
    let mut diagnostics = survey.diagnostics;
    let Some(survey) = survey.value.filter(|survey| !survey.directory.records.is_empty()) else {
        return Outcome { value: None, diagnostics };
    };
    let draft = draft::project(&survey, request);
    if draft.is_none() {
        diagnostics.push(draft::nothing_to_print(&survey));
    }
    Outcome { value: draft, diagnostics }
}
