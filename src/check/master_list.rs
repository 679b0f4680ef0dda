//! Rule: the master list has the column that its units are named in. Without it no list can be ordered, joined or labelled.
//!
//! In: the master list as it was read. Out: a finding at its header, unless one was made for a layout that needs the column;
//! the publications that cannot be made without it.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Suggestion};
use crate::project::{DirectoryPlan, Project, PublicationPlan};
use crate::read::Manuscript;
use crate::say;

/// Checks the master list; `held` gets the names of publications that show what joins to it.
pub fn check(
    project: &Project,
    manuscript: &Manuscript,
    held: &mut BTreeSet<String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(plan) = project.wards() else { return };
    let Some(directory) = manuscript.directories.get(&plan.name) else { return };
    let key = &plan.schema.key;
    if directory.broken || directory.tables.is_empty() || directory.column(key).is_some() {
        return;
    }
    let joins =
        |name: &str| name == plan.name || project.directory(name).is_some_and(DirectoryPlan::joins_units);
    let shows = |publication: &&PublicationPlan| publication.shown().any(joins);
    held.extend(project.publications.iter().filter(shows).map(|publication| publication.name.value.clone()));
    let header = directory.tables.first().map(|table| table.header(0));
    let is_here = |one: &Diagnostic| {
        one.code == Code::ColumnMissing
            && one
                .origin
                .as_ref()
                .zip(header.as_ref())
                .is_some_and(|(one, here)| one.source.path == here.source.path)
    };
    if diagnostics.iter().any(is_here) {
        return;
    }
    let wanted =
        plan.schema.field(key).and_then(|field| field.headers.first().cloned()).unwrap_or(key.clone());
    let headers = directory.columns.iter().map(|column| column.header.as_str());
    let list = headers.clone().collect::<Vec<_>>().join(", ");
    let diagnostic = Diagnostic::error(
        Code::ColumnMissing,
        say!(
            "一覧に「{wanted}」の列がありません。あるのは {list} です。",
            "The master list has no column \"{wanted}\"; there are: {list}."
        ),
    );
    let hint = Suggestion::of(&wanted, headers).or(|| {
        say!("名前の列の見出しを「{wanted}」にしてください。", "Call the column of names \"{wanted}\".")
    });
    diagnostics.push(diagnostic.at(header).hint(hint));
}
