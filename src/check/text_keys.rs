//! Rule: front matter and the attributes of headings hold nothing that no layout reads, and what is read is of its type.
//!
//! In: a chapter and all layouts that set it. Out: findings at the keys. A text is often set by several layouts, and each
//! reads its own part: only what none of them reads is a fault.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Say, Suggestion};
use crate::model::layout::{Layout, OptionType};
use crate::model::origin::Origin;
use crate::model::text::{Attribute, Block, BlockKind, Chapter, MetaEntry};
use crate::project::{Project, PublicationPlan};
use crate::read::Manuscript;
use crate::say;

/// The layouts that set the text at `path`, also those of publications that this run does not ask for.
#[must_use]
pub fn readers<'p>(project: &'p Project, manuscript: &Manuscript, path: &str) -> Vec<&'p Layout> {
    let reads = |plan: &&PublicationPlan| manuscript.texts_of(plan).any(|one| one == path);
    project.publications.iter().chain(&project.unasked).filter(reads).map(|plan| &*plan.layout).collect()
}

/// Checks one chapter.
pub fn check(layouts: &[&Layout], chapter: &Chapter, diagnostics: &mut Vec<Diagnostic>) {
    // a layout that says nothing of what it reads may read anything
    let Some(forms) = layouts.iter().map(|layout| layout.text.as_ref()).collect::<Option<Vec<_>>>() else {
        return;
    };
    let mut known: BTreeMap<&str, OptionType> = BTreeMap::new();
    for form in &forms {
        known.extend(form.front_matter.iter().map(|(key, kind)| (key.as_str(), *kind)));
    }
    for entry in &chapter.meta {
        match known.get(entry.key.as_str()) {
            None => diagnostics.push(unread(&entry.key, known.keys().copied(), &entry.origin)),
            Some(kind) => diagnostics.extend(wrong_type(entry, *kind)),
        }
    }
    let in_text: BTreeSet<&str> =
        forms.iter().flat_map(|form| form.headings.iter().map(String::as_str)).collect();
    for body in chapter.bodies() {
        headings(layouts, body, &in_text, diagnostics);
    }
}

/// Goes through headings: those that stand directly in a directive are titles of its items.
fn headings(
    layouts: &[&Layout],
    blocks: &[Block],
    known: &BTreeSet<&str>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let in_text: BTreeSet<&str> = layouts
        .iter()
        .filter_map(|layout| layout.text.as_ref())
        .flat_map(|form| form.headings.iter().map(String::as_str))
        .collect();
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(heading) => attributes(&heading.attributes, known, diagnostics),
            BlockKind::Directive(directive) => {
                let forms = layouts.iter().filter_map(|layout| layout.directives.get(&directive.name));
                let items: BTreeSet<&str> =
                    forms.flat_map(|form| form.items.iter().map(String::as_str)).collect();
                headings(layouts, &directive.body, &items, diagnostics);
            }
            BlockKind::Quote(body) => headings(layouts, body, &in_text, diagnostics),
            BlockKind::List { items, .. } => {
                for item in items {
                    headings(layouts, item, &in_text, diagnostics);
                }
            }
            BlockKind::Descriptions(items) => {
                for item in items {
                    headings(layouts, &item.body, &in_text, diagnostics);
                }
            }
            BlockKind::Paragraph(_)
            | BlockKind::Table { .. }
            | BlockKind::Image(_)
            | BlockKind::Rule
            | BlockKind::Code(_) => {}
        }
    }
}

fn attributes(written: &[Attribute], known: &BTreeSet<&str>, diagnostics: &mut Vec<Diagnostic>) {
    for attribute in written.iter().filter(|attribute| !known.contains(attribute.key.as_str())) {
        diagnostics.push(unread(&attribute.key, known.iter().copied(), &attribute.origin));
    }
}

fn unread<'k>(key: &str, known: impl Iterator<Item = &'k str> + Clone, origin: &Origin) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code::TextKeyUnread,
        say!("「{key}」は、ここでは読まれません。", "\"{key}\" is not read here."),
    )
    .at(origin.clone());
    let list = known.clone().collect::<Vec<_>>().join(", ");
    diagnostic.hint(Suggestion::of(key, known).or(|| match list.as_str() {
        "" => say!("消してください。", "Delete it."),
        list => say!("ここに書けるのは：{list}", "Known here: {list}"),
    }))
}

fn wrong_type(entry: &MetaEntry, kind: OptionType) -> Option<Diagnostic> {
    let key = &entry.key;
    let is_list = entry.value.as_array().is_some_and(|items| items.iter().all(serde_json::Value::is_string));
    let (right, hint): (bool, Say) = match kind {
        OptionType::List => (
            is_list,
            say!("「{key} = [\"…\", \"…\"]」のように並べてください。", "Write it as {key} = [\"…\", \"…\"]."),
        ),
        OptionType::Text | OptionType::Image | OptionType::Length => (
            entry.value.is_string(),
            say!("「{key} = \"…\"」のように「\"」で囲んでください。", "Write it in quotes: {key} = \"…\"."),
        ),
        OptionType::Integer => {
            (entry.value.is_i64(), say!("「{key} = 1」のように書いてください。", "Write it as {key} = 1."))
        }
        OptionType::Flag => (
            entry.value.is_boolean(),
            say!("true（はい）か false（いいえ）と書いてください。", "Write true or false."),
        ),
    };
    (!right).then(|| {
        Diagnostic::error(
            Code::FrontMatter,
            say!("「{key}」の値の書き方が違います。", "The value of \"{key}\" has the wrong form."),
        )
        .at(entry.origin.clone())
        .hint(hint)
    })
}
