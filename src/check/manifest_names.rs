//! Rule: columns and links that the manifest names are there. A misspelt one is never passed over in silence.
//!
//! In: the publications and directories of the manifest, and what was read. Out: findings at the lines of the manifest.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic, Say, Suggestion};
use crate::model::text::{InlineKind, walk, walk_inlines};
use crate::project::{DirectoryPlan, Placed, Project, PublicationPlan};
use crate::read::Manuscript;
use crate::say;

/// Stands for all columns that are left.
const ALL: &str = "*";

/// Checks what the manifest names; `manuscript` must still have its directories.
pub fn check(project: &Project, manuscript: &Manuscript, diagnostics: &mut Vec<Diagnostic>) {
    links(project, manuscript, diagnostics);
    for plan in &project.directories {
        optional(plan, manuscript, diagnostics);
    }
    for plan in &project.publications {
        leaves_out(project, plan, manuscript, diagnostics);
    }
}

/// The headers of a directory as its files have them; none if it could not be read.
fn headers<'m>(manuscript: &'m Manuscript, name: &str) -> Option<BTreeSet<&'m str>> {
    let directory = manuscript.directories.get(name)?;
    let is_sound = !directory.broken && !directory.tables.is_empty();
    is_sound.then(|| directory.columns.iter().map(|column| column.header.as_str()).collect())
}

fn optional(plan: &DirectoryPlan, manuscript: &Manuscript, diagnostics: &mut Vec<Diagnostic>) {
    let Some(mut known) = headers(manuscript, &plan.name) else { return };
    for field in &plan.schema.fields {
        known.insert(&field.name);
        known.extend(field.headers.iter().map(String::as_str));
    }
    // layouts ask by the names of roles
    known.extend(plan.asked.iter().map(String::as_str));
    for name in plan.optional.iter().filter(|name| !known.contains(name.value.as_str())) {
        let directory = &plan.name;
        let of = say!("名簿「{directory}」", "the directory \"{directory}\"");
        diagnostics.push(no_column("optional", name, &of, &known));
    }
}

fn leaves_out(
    project: &Project,
    plan: &PublicationPlan,
    manuscript: &Manuscript,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut known = BTreeSet::new();
    // a list prints the names of its units too
    let units = project.wards().map(|units| units.name.as_str());
    for name in plan.shown().chain(units) {
        let Some(headers) = headers(manuscript, name) else { return };
        known.extend(headers);
    }
    for name in
        plan.leaves_out.iter().filter(|name| name.value != ALL && !known.contains(name.value.as_str()))
    {
        let publication = &plan.name.value;
        let of = say!("刊行物「{publication}」の名簿", "the directories of \"{publication}\"");
        diagnostics.push(no_column("leaves-out", name, &of, &known));
    }
}

fn no_column(key: &str, name: &Placed, of: &Say, known: &BTreeSet<&str>) -> Diagnostic {
    let (given, Say { ja, en }) = (&name.value, of);
    let list = known.iter().copied().collect::<Vec<_>>().join(", ");
    Diagnostic::error(
        Code::ManifestReference,
        say!(
            "{key} の「{given}」という列は、{ja}にありません。",
            "No column of {en} is called \"{given}\" ({key})."
        ),
    )
    .at(name.origin.clone())
    .hint(
        Suggestion::of(given, known.iter().copied()).or(|| say!("ある列：{list}", "The columns are: {list}")),
    )
}

/// Checks that each address under `checked-links` is that of a link.
fn links(project: &Project, manuscript: &Manuscript, diagnostics: &mut Vec<Diagnostic>) {
    // what other publications link to is not known in this run
    if project.checked_links.is_empty() || !project.unasked.is_empty() || !project.unresolved.is_empty() {
        return;
    }
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for chapter in manuscript.chapters.values() {
        for body in chapter.bodies() {
            walk(body, &mut |block| {
                walk_inlines(block, &mut |inline| {
                    if let InlineKind::Link { url, .. } = &inline.kind {
                        known.insert(url);
                    }
                });
            });
        }
    }
    for link in project.checked_links.iter().filter(|link| !known.contains(link.value.as_str())) {
        let given = &link.value;
        let diagnostic = Diagnostic::warning(
            Code::ManifestReference,
            say!(
                "checked-links の「{given}」は、どの文書のリンクでもありません。",
                "No text links to \"{given}\" of checked-links."
            ),
        );
        let hint = Suggestion::of(given, known.iter().copied()).or(|| {
            say!("文書のリンクと同じに書くか、消してください。", "Write it as in the text, or delete it.")
        });
        diagnostics.push(diagnostic.at(link.origin.clone()).hint(hint));
    }
}
