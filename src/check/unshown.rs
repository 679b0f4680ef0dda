//! Rule: each text is shown by some publication. What every one of them leaves out, by its layout's own word, is told at
//! its line; so is a text file that no publication reads.
//!
//! In: the chapters and all publications of the project, also those that this run does not ask for. Out: findings, one a
//! block. What a layout is handed and loses is `verify`'s matter.

use std::collections::BTreeSet;

use super::unshown_reader;
use crate::diagnostic::{Code, Diagnostic, Say, Suggestion};
use crate::model::edition::Reader;
use crate::model::origin::Origin;
use crate::model::text::{Block, BlockKind, Chapter, Directive, is_text_file};
use crate::project::combined::Combined;
use crate::project::{Per, Project, PublicationPlan};
use crate::read::Manuscript;
use crate::say;

/// The directive that only a trainer's copy has.
const TRAINER: &str = "trainer";

/// Looks at every chapter that was read.
pub fn check(project: &Project, manuscript: &Manuscript, diagnostics: &mut Vec<Diagnostic>) {
    // a publication that cannot be made out might show anything
    if !project.unresolved.is_empty() || !manuscript.incomplete_texts.is_empty() {
        return;
    }
    let plans: Vec<&PublicationPlan> = project.publications.iter().chain(&project.unasked).collect();
    for (path, chapter) in &manuscript.chapters {
        let reads = |plan: &PublicationPlan| {
            manuscript.texts.get(&plan.name.value).is_some_and(|paths| paths.iter().any(|one| one == path))
        };
        let readers: Vec<&PublicationPlan> = plans.iter().copied().filter(|plan| reads(plan)).collect();
        // in the words of a reader: it stands for the text beside it
        if readers.is_empty() {
            continue;
        }
        let showing: Vec<&PublicationPlan> =
            readers.iter().copied().filter(|plan| shows_chapter(project, plan, chapter)).collect();
        if showing.is_empty() {
            diagnostics.push(chapter_unshown(chapter, &readers));
        } else {
            blocks(&chapter.body, &showing, diagnostics);
        }
    }
    for plan in &plans {
        skips(&plans, plan, manuscript, diagnostics);
    }
    unshown_reader::check(project, manuscript, &plans, diagnostics);
    unread(project, manuscript, &plans, diagnostics);
}

/// The values of the option by which a layout leaves chapters out, by their template.
fn skipped(plan: &PublicationPlan) -> impl Iterator<Item = &str> {
    let key = plan.layout.text.as_ref().and_then(|form| form.skips.as_ref());
    let value = key.and_then(|key| plan.options.get(key)).and_then(|option| option.value.as_array());
    value.into_iter().flatten().filter_map(serde_json::Value::as_str)
}

fn shows_chapter(project: &Project, plan: &PublicationPlan, chapter: &Chapter) -> bool {
    let template = chapter.meta_text("template").unwrap_or_default();
    if skipped(plan).any(|skipped| skipped == template) {
        return false;
    }
    // a file for each part, and none of all
    let part = chapter.meta_text("part");
    let has_part = part.is_some_and(|part| project.parts.iter().any(|known| known.name == part));
    plan.per != Per::Parts || has_part || plan.combined != Combined::Nothing
}

fn shows(plan: &PublicationPlan, directive: &Directive) -> bool {
    let is_left_out = plan.layout.leaves_out.directives.contains_key(&directive.name);
    !is_left_out && (directive.name != TRAINER || plan.trainer)
}

fn blocks(body: &[Block], showing: &[&PublicationPlan], diagnostics: &mut Vec<Diagnostic>) {
    for block in body {
        let BlockKind::Directive(directive) = &block.kind else {
            block.kind.bodies(|body| blocks(body, showing, diagnostics));
            continue;
        };
        let still: Vec<&PublicationPlan> =
            showing.iter().copied().filter(|plan| shows(plan, directive)).collect();
        if still.is_empty() {
            diagnostics.push(directive_unshown(directive, showing));
        } else {
            blocks(&directive.body, &still, diagnostics);
        }
    }
}

/// The names of publications, as sentences list them.
fn names(plans: &[&PublicationPlan]) -> Say {
    let names: Vec<&str> = plans.iter().map(|plan| plan.name.value.as_str()).collect();
    Say::new(names.join("・"), names.join(", "))
}

fn directive_unshown(directive: &Directive, readers: &[&PublicationPlan]) -> Diagnostic {
    let name = &directive.name;
    let Say { ja, en } = names(readers);
    let diagnostic = Diagnostic::warning(
        Code::TextUnshown,
        say!(
            "「:::{name}」の中身は、どの刊行物にも載りません（この文書を使うのは {ja} です）。",
            "What \":::{name}\" holds is in no publication (this text is used by {en})."
        ),
    )
    .at(directive.origin.clone());
    let reasons: BTreeSet<(&str, &str)> = readers
        .iter()
        .filter_map(|plan| plan.layout.leaves_out.directives.get(name))
        .map(|reason| (reason.ja.as_str(), reason.en.as_str()))
        .collect();
    let diagnostic = reasons.into_iter().fold(diagnostic, |diagnostic, (ja, en)| {
        diagnostic.hint(say!("レイアウトの説明：{ja}。", "The layout says: {en}."))
    });
    if name == TRAINER {
        return diagnostic.hint(say!(
            "講師用の資料を作るには、sasshi.toml の layout = \"handout\" の [[publication]] に trainer = true と書きます。要らなければ、この囲みを消してください。",
            "For a trainer's copy write trainer = true at a [[publication]] of layout \"handout\" in sasshi.toml; else delete the directive."
        ));
    }
    diagnostic.hint(say!(
        "これを載せるレイアウトの [[publication]] を sasshi.toml に加えるか、ほかの書き方にするか、消してください。",
        "Add a [[publication]] whose layout shows it to sasshi.toml, write it otherwise, or delete it."
    ))
}

fn chapter_unshown(chapter: &Chapter, readers: &[&PublicationPlan]) -> Diagnostic {
    let Say { ja, en } = names(readers);
    let steering = ["template", "part"]
        .into_iter()
        .find_map(|key| chapter.meta.iter().find(|entry| entry.key == key).map(|entry| entry.origin.clone()));
    Diagnostic::warning(
        Code::TextUnshown,
        say!(
            "この文書は、使っている刊行物（{ja}）のどれにも載りません。",
            "This text is in no file of the publications that use it ({en})."
        ),
    )
    .at(steering.unwrap_or_else(|| Origin::file(&chapter.source)))
    .hint(say!(
        "冒頭の設定の template と part を確かめてください。レイアウトが載せないひな形か、部ごとの刊行物なのに部の名前がありません。",
        "See template and part in its front matter: the layout leaves out this template, or a publication by parts finds no part."
    ))
}

/// Names of templates that an option leaves out and no text has.
fn skips(
    plans: &[&PublicationPlan],
    plan: &PublicationPlan,
    manuscript: &Manuscript,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(key) = plan.layout.text.as_ref().and_then(|form| form.skips.as_ref()) else { return };
    let Some(origin) = plan.options.get(key).and_then(|option| option.origin.clone()) else { return };
    let used = manuscript.chapters.values().filter_map(|chapter| chapter.meta_text("template"));
    let templates = plans.iter().flat_map(|plan| plan.layout.templates.iter().map(String::as_str));
    let known: BTreeSet<&str> = used.chain(templates).collect();
    if known.is_empty() {
        return;
    }
    for name in skipped(plan).filter(|name| !known.contains(name)) {
        let list = known.iter().copied().collect::<Vec<_>>().join(", ");
        diagnostics.push(
            Diagnostic::error(
                Code::LayoutOption,
                say!(
                    "「{key}」の「{name}」というひな形は、どの文書にもありません。",
                    "No text has the template \"{name}\" that \"{key}\" names."
                ),
            )
            .at(origin.clone())
            .hint(
                Suggestion::of(name, known.iter().copied())
                    .or(|| say!("使えるもの：{list}", "There are: {list}")),
            ),
        );
    }
}

/// Texts that stand beside those of publications and that none of them reads. One that begins with `_` or is called
/// README is a note of the authors.
fn unread(
    project: &Project,
    manuscript: &Manuscript,
    plans: &[&PublicationPlan],
    diagnostics: &mut Vec<Diagnostic>,
) {
    // of the others it is not known here what they read
    if !project.unasked.is_empty() {
        return;
    }
    let folders: BTreeSet<&str> = manuscript
        .chapters
        .keys()
        .filter_map(|path| path.rsplit_once('/').map(|(folder, _)| folder))
        .collect();
    for folder in folders {
        for name in project.files.list(folder) {
            let path = format!("{folder}/{name}");
            let is_note = name.starts_with(['_', '.', '~', '#']) || name.to_lowercase().starts_with("readme");
            // the same text in the words of a reader stands beside it: NAME.en.md
            let is_for_reader =
                Reader::main_path(&path).is_some_and(|main| manuscript.chapters.contains_key(&main));
            if !is_text_file(&path) || is_note || is_for_reader || manuscript.chapters.contains_key(&path) {
                continue;
            }
            let Say { ja, en } = names(plans);
            diagnostics.push(
                Diagnostic::warning(
                    Code::TextUnshown,
                    say!(
                        "この文書は、どの刊行物（{ja}）の text にも当たらないので、載りません。",
                        "No publication ({en}) reads this text, so it is in none."
                    ),
                )
                .at(Origin::path(&path))
                .hint(say!(
                    "載せるなら sasshi.toml の text に加えます。載せない下書きなら、ファイル名を「_」で始めてください。",
                    "Add it to text in sasshi.toml; begin the name of a draft with \"_\"."
                )),
            );
        }
    }
}
