//! Rule: a text uses what its layout knows: directives and their attributes, templates, ids that exist.
//!
//! In: the chapters of a publication and its layout. Out: whether there are errors; findings at their lines.

use std::collections::{BTreeMap, BTreeSet};

use super::{directive_form, odd_text, text_keys, text_markup};
use crate::diagnostic::{Code, Diagnostic, Suggestion};
use crate::model::layout::Layout;
use crate::model::origin::Origin;
use crate::model::text::{BlockKind, Chapter, Directive, InlineKind, walk, walk_inlines};
use crate::project::{Project, PublicationPlan};
use crate::read::Manuscript;
use crate::say;

/// The directive that stands for the block before it in files of やさしい日本語.
const EASY: &str = "easy";
/// Directives that place rows of a directory; their `name` is that of the directory.
const ROWS: &[&str] = &["directory", "worksheet"];

/// Checks the text of one publication.
pub fn check(
    project: &Project,
    publication: &PublicationPlan,
    manuscript: &Manuscript,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    let before = diagnostics.len();
    let mut seen: BTreeSet<Vec<&str>> = BTreeSet::new();
    for reader in &publication.readers {
        let paths = manuscript.texts_for(&publication.name.value, *reader);
        if seen.insert(paths.clone()) {
            for_reader(project, publication, manuscript, &paths, diagnostics);
        }
    }
    diagnostics[before..].iter().any(super::is_error)
}

/// Checks the text as one reader gets it.
fn for_reader(
    project: &Project,
    publication: &PublicationPlan,
    manuscript: &Manuscript,
    paths: &[&str],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let chapters: Vec<&Chapter> =
        paths.iter().filter_map(|path| manuscript.chapters.get(*path)).map(AsRef::as_ref).collect();
    let ids = ids(&chapters, diagnostics);
    for chapter in &chapters {
        odd_text::of_text(project, chapter, diagnostics);
        let layouts = text_keys::readers(project, manuscript, &chapter.source.path);
        // of a text that is missing nobody knows what would read it
        if manuscript.incomplete_texts.is_empty() {
            text_keys::check(&layouts, chapter, diagnostics);
        }
        text_markup::check(chapter, diagnostics);
        directive_form::of_chapter(&publication.layout, &chapter.body, diagnostics);
        for note in &chapter.footnotes {
            directive_form::of_note(&publication.layout, &note.body, diagnostics);
        }
        meta(project, &publication.layout, chapter, diagnostics);
        for body in chapter.bodies() {
            walk(body, &mut |block| {
                if let BlockKind::Directive(found) = &block.kind
                    && found.name != EASY
                {
                    directive(publication, found, diagnostics);
                }
                walk_inlines(block, &mut |inline| {
                    if let InlineKind::Reference { id, .. } = &inline.kind
                        && !ids.contains_key(id.as_str())
                    {
                        diagnostics.push(broken(id, &ids, &inline.origin));
                    }
                });
            });
        }
    }
}

fn ids<'a>(chapters: &[&'a Chapter], diagnostics: &mut Vec<Diagnostic>) -> BTreeMap<&'a str, &'a Origin> {
    let mut ids: BTreeMap<&str, &Origin> = BTreeMap::new();
    for chapter in chapters {
        // pages made of a whole chapter are named in its front matter
        if let Some(entry) = chapter.meta.iter().find(|entry| entry.key == "id")
            && let Some(id) = entry.value.as_str()
        {
            name(&mut ids, id, &entry.origin, diagnostics);
        }
        for body in chapter.bodies() {
            walk(body, &mut |block| {
                let id = match &block.kind {
                    BlockKind::Heading(heading) => heading.id.as_deref(),
                    BlockKind::Directive(directive) => directive.id.as_deref(),
                    _ => None,
                };
                if let Some(id) = id {
                    name(&mut ids, id, &block.origin, diagnostics);
                }
            });
        }
    }
    ids
}

/// Notes the place of an id; a second one of the name is a finding.
fn name<'a>(
    ids: &mut BTreeMap<&'a str, &'a Origin>,
    id: &'a str,
    origin: &'a Origin,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if let Some(first) = ids.insert(id, origin) {
        diagnostics.push(
            Diagnostic::error(
                Code::IdTwice,
                say!("「#{id}」は {first} にもあります。", "\"#{id}\" is at {first} too."),
            )
            .at(origin.clone())
            .hint(say!("どちらかの名前を変えてください。", "Rename one of them.")),
        );
    }
}

fn broken(id: &str, ids: &BTreeMap<&str, &Origin>, origin: &Origin) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code::ReferenceBroken,
        say!("参照先「#{id}」がありません。", "There is nothing called \"#{id}\"."),
    )
    .at(origin.clone());
    diagnostic.hint(Suggestion::of(id, ids.keys().copied()).signed("#").or(|| {
        say!(
            "参照したい見出しの終わりに「{{#{id}}}」と書いてください。",
            "Write {{#{id}}} at the end of the heading that is meant."
        )
    }))
}

fn meta(project: &Project, layout: &Layout, chapter: &Chapter, diagnostics: &mut Vec<Diagnostic>) {
    let parts: BTreeSet<&str> = project.parts.iter().map(|part| part.name.as_str()).collect();
    let templates: BTreeSet<&str> = layout.templates.iter().map(String::as_str).collect();
    for (key, known, ja, en) in [("part", parts, "部", "part"), ("template", templates, "ひな形", "template")]
    {
        let Some(entry) = chapter.meta.iter().find(|entry| entry.key == key) else { continue };
        let value = entry.value.as_str().unwrap_or_default();
        if known.is_empty() || known.contains(value) {
            continue;
        }
        let diagnostic = Diagnostic::error(
            Code::PartUnknown,
            say!("「{value}」という{ja}はありません。", "There is no {en} \"{value}\"."),
        )
        .at(entry.origin.clone());
        let list = known.iter().copied().collect::<Vec<_>>().join(", ");
        diagnostics.push(
            diagnostic
                .hint(Suggestion::of(value, known).or(|| say!("使えるもの：{list}", "There are: {list}"))),
        );
    }
}

fn directive(publication: &PublicationPlan, found: &Directive, diagnostics: &mut Vec<Diagnostic>) {
    let layout = &publication.layout;
    let name = &found.name;
    let Some(form) = layout.directives.get(name) else {
        let layout_name = &layout.name;
        let diagnostic = Diagnostic::error(
            Code::DirectiveUnknown,
            say!(
                "レイアウト「{layout_name}」に「:::{name}」はありません。",
                "Layout \"{layout_name}\" does not know the directive \"{name}\"."
            ),
        )
        .at(found.origin.clone());
        let list = layout.directives.keys().cloned().collect::<Vec<_>>().join(", ");
        let like = Suggestion::of(name, layout.directives.keys().map(String::as_str)).signed(":::");
        let hint = like.or(|| say!("使えるもの：{list}", "It knows: {list}"));
        diagnostics.push(diagnostic.hint(hint));
        return;
    };
    for attribute in &found.attributes {
        let key = &attribute.key;
        let known: Vec<&str> = form.needs.iter().chain(&form.takes).map(String::as_str).collect();
        if known.contains(&key.as_str()) {
            continue;
        }
        let diagnostic = Diagnostic::error(
            Code::DirectiveAttribute,
            say!("「:::{name}」に「{key}」はありません。", "\":::{name}\" takes no \"{key}\"."),
        )
        .at(attribute.origin.clone());
        let list = known.join(", ");
        diagnostics.push(
            diagnostic.hint(Suggestion::of(key, known).or(|| say!("使えるもの：{list}", "It takes: {list}"))),
        );
    }
    let given: BTreeSet<&str> = found.attributes.iter().map(|attribute| attribute.key.as_str()).collect();
    for key in form.needs.iter().filter(|key| !given.contains(key.as_str())) {
        diagnostics.push(
            Diagnostic::error(
                Code::DirectiveAttribute,
                say!("「:::{name}」には「{key}」が必要です。", "\":::{name}\" needs \"{key}\"."),
            )
            .at(found.origin.clone())
            .hint(say!(
                "「:::{name} {{{key}=\"…\"}}」のように書いてください。",
                "Write \":::{name} {{{key}=\"…\"}}\"."
            )),
        );
    }
    if ROWS.contains(&name.as_str())
        && let Some(attribute) = found.attributes.iter().find(|attribute| attribute.key == "name")
        && !publication.directories.iter().any(|known| known.value == attribute.value)
    {
        let wanted = &attribute.value;
        let diagnostic = Diagnostic::error(
            Code::ManifestReference,
            say!(
                "この刊行物の directories に、名簿「{wanted}」がありません。",
                "The publication's directories do not hold \"{wanted}\"."
            ),
        )
        .at(attribute.origin.clone());
        let known = publication.directories.iter().map(|known| known.value.as_str());
        diagnostics.push(diagnostic.suggest(Suggestion::of(wanted, known)));
    }
}
