//! Rule: words that are written for one reader reach that reader: a text `NAME.en.md` or `NAME.easy.md`, and `:::easy` in a text.
//!
//! In: the chapters that were read and all publications of the project. Out: findings at the texts and blocks that no
//! publication shows.

use crate::diagnostic::{Code, Diagnostic, Say};
use crate::model::edition::Reader;
use crate::model::origin::Origin;
use crate::model::text::{BlockKind, Chapter, walk};
use crate::project::{Project, PublicationPlan};
use crate::read::Manuscript;
use crate::say;

/// The directive whose words stand in the place of the block before it, for readers of やさしい日本語.
const EASY: &str = "easy";

/// Looks at every chapter that `plans` read.
pub(super) fn check(
    project: &Project,
    manuscript: &Manuscript,
    plans: &[&PublicationPlan],
    diagnostics: &mut Vec<Diagnostic>,
) {
    for (path, chapter) in &manuscript.chapters {
        let reads = |plan: &&&PublicationPlan| {
            manuscript.texts.get(&plan.name.value).is_some_and(|paths| paths.contains(path))
        };
        let reading: Vec<&PublicationPlan> = plans.iter().filter(reads).copied().collect();
        let has = |reader: Reader| reading.iter().any(|plan| plan.readers.contains(&reader));
        let of_reader = Reader::of_text(path);
        let others = Reader::ALL.iter().map(|(_, reader)| *reader).filter(|_| of_reader.is_none());
        for reader in others.filter(|reader| !reading.is_empty() && !has(*reader)) {
            let own = reader.text_path(path).filter(|own| project.files.is_file(own));
            diagnostics.extend(own.map(|own| without_reader(&own, reader, &reading)));
        }
        let own = Reader::JaEasy.text_path(path).filter(|own| project.files.is_file(own));
        let why = match (of_reader, own) {
            (Some(Reader::JaEasy), _) => None,
            (Some(_), _) => {
                Some(say!("これは、ほかの読み手のための文書です。", "This text is for another reader."))
            }
            (None, Some(own)) if has(Reader::JaEasy) => Some(say!(
                "やさしい日本語には、{own} の文書を使います。",
                "For readers of easy Japanese the text {own} is used."
            )),
            (None, _) if !reading.is_empty() && !has(Reader::JaEasy) => Some(say!(
                "この文書を使う刊行物に、読み手 ja-easy がありません。",
                "No publication that uses this text has the reader ja-easy."
            )),
            (None, _) => None,
        };
        if let Some(why) = why {
            diagnostics.extend(easy_blocks(chapter).into_iter().map(|origin| unused_easy(&why, origin)));
        }
    }
}

fn easy_blocks(chapter: &Chapter) -> Vec<Origin> {
    let mut found = Vec::new();
    for body in chapter.bodies() {
        walk(body, &mut |block| {
            if let BlockKind::Directive(directive) = &block.kind
                && directive.name == EASY
            {
                found.push(directive.origin.clone());
            }
        });
    }
    found
}

fn unused_easy(why: &Say, origin: Origin) -> Diagnostic {
    let Say { ja, en } = why;
    Diagnostic::warning(
        Code::TextUnshown,
        say!(
            "この「:::easy」の中身は、どこにも載りません。{ja}",
            "What this \":::easy\" holds is on no page. {en}"
        ),
    )
    .at(origin)
    .hint(say!(
        "載せるなら、使われる文書に移すか、刊行物の readers に \"ja-easy\" を加えます。要らなければ消してください。",
        "Move it to the text that is used, or add \"ja-easy\" to readers of a publication; delete it if it is not needed."
    ))
}

/// A text in the words of a reader for whom nothing is made of it.
fn without_reader(path: &str, reader: Reader, reading: &[&PublicationPlan]) -> Diagnostic {
    let names: Vec<&str> = reading.iter().map(|plan| plan.name.value.as_str()).collect();
    let (ja, en, reader) = (names.join("・"), names.join(", "), reader.name());
    Diagnostic::warning(
        Code::TextUnshown,
        say!(
            "この文書は、どこにも載りません。もとの文書を使う刊行物（{ja}）に、読み手 {reader} がありません。",
            "This text is in no publication: those that use the text it stands for ({en}) have no reader {reader}."
        ),
    )
    .at(Origin::path(path))
    .hint(say!(
        "載せるなら、刊行物の readers に \"{reader}\" を加えます。下書きなら、ファイル名を「_」で始めてください。",
        "Add \"{reader}\" to readers of a publication, or begin the name of a draft with \"_\"."
    ))
}
