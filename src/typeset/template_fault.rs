//! What a template says of a text that it cannot set: `fault(o, ja, en)` of `layouts/shared/trace.typ`; and what the engine
//! refuses when it writes a document for screen readers.
//!
//! In: the message of the engine. Out: the place of the user's text and words in both languages.

use crate::diagnostic::Say;
use crate::say;

/// How the engine words a panic with the mark of `fault`, and what parts the values behind it.
const MARK: &str = "panicked with: sasshi:fault\u{1f}";
const SEPARATOR: char = '\u{1f}';

/// What a template says of a place of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFault {
    /// The number of the origin; none where the template knows none.
    pub origin: Option<usize>,
    /// What is wrong and what to do.
    pub words: Say,
}

impl TemplateFault {
    /// The fault in the engine's message `detail`, if it is one.
    #[must_use]
    pub fn of(detail: &str) -> Option<Self> {
        let mut parts = detail.strip_prefix(MARK)?.split(SEPARATOR);
        let (number, ja, en) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self { origin: number.parse().ok(), words: Say::new(ja, en) })
    }
}

/// What the engine refuses in a document for screen readers, by a part of its message, with the cure.
const ACCESS: &[(&str, [&str; 4])] = &[
    (
        "missing alt text",
        [
            "画像に、読み上げ用の説明がありません。",
            "A picture has no words for those who do not see it.",
            "「![説明](絵.svg)」か alt=\"説明\" のように、何の絵かを書いてください。",
            "Say what it shows: ![words](picture.svg), or alt=\"words\".",
        ],
    ),
    (
        "missing document title",
        [
            "文書の題がありません。",
            "The document has no title.",
            "sasshi.toml の [project] か、この [[publication]] に title = \"題名\" を書いてください。",
            "Write title = \"…\" under [project] or this [[publication]] in sasshi.toml.",
        ],
    ),
];

/// A fault for screen readers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessFault {
    /// What is wrong.
    pub fault: Say,
    /// What to do.
    pub cure: Say,
}

/// What is wrong for screen readers, where the engine says so in `detail`.
#[must_use]
pub fn access(detail: &str) -> Option<AccessFault> {
    let (_, [fault_ja, fault_en, cure_ja, cure_en]) =
        ACCESS.iter().find(|(part, _)| detail.starts_with("PDF/UA-1 error") && detail.contains(part))?;
    Some(AccessFault { fault: Say::new(*fault_ja, *fault_en), cure: Say::new(*cure_ja, *cure_en) })
}

/// A heading without words, and the cure.
#[must_use]
pub fn empty_heading(page: usize) -> AccessFault {
    let fault = say!("{page}ページの、見出しになる題が空です。", "A title on page {page} is empty.");
    let cure = say!(
        "冒頭の設定の title か、囲みの最初の段落や見出しに、題を書いてください。",
        "Write a title: title in the front matter, or the first paragraph or heading of the directive."
    );
    AccessFault { fault, cure }
}

/// A page that begins with a small heading of the template's own, and the cure.
#[must_use]
pub fn untitled(page: usize) -> AccessFault {
    let fault = say!(
        "{page}ページに、題がないまま小さい見出しがあります。",
        "Page {page} has a small heading without a title before it."
    );
    let cure = say!(
        "冒頭の設定に title を書くか、このひな形が題にする囲みや見出し（「# 題」）を、その前に置いてください。",
        "Write title in the front matter, or before it the heading (\"# title\") or directive of which the template makes the title."
    );
    AccessFault { fault, cure }
}

/// What a layout should do that stands in the place of ours and that the engine stopped in.
#[must_use]
pub fn stopped(layout: &str) -> Say {
    say!(
        "レイアウト「{layout}」のひな形が、この原稿を組めずに止まりました。示した行のひな形か、いま変えた原稿を見直してください。",
        "The template of layout \"{layout}\" could not set this text and stopped. Look at the line of the template, or at the text that you changed last."
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_read_with_its_place_and_words() {
        let detail = |number: &str| format!("{MARK}{number}{SEPARATOR}「a, \"b\"」がない{SEPARATOR}no a");
        let fault = TemplateFault::of(&detail("12")).expect("a fault");
        assert_eq!((fault.origin, fault.words.ja.as_str()), (Some(12), "「a, \"b\"」がない"));
        assert_eq!(fault.words.en, "no a");
        let nowhere = TemplateFault::of(&detail("none")).expect("a fault");
        assert_eq!(nowhere.origin, None);
        assert_eq!(TemplateFault::of("panicked with: \"other\""), None);
        assert_eq!(TemplateFault::of("array is empty"), None);
    }

    #[test]
    fn what_screen_readers_need_has_a_cure() {
        let AccessFault { fault, cure } = access("PDF/UA-1 error: missing alt text").expect("known");
        assert!(fault.ja.contains("説明") && cure.en.contains("alt="));
        assert_eq!(access("missing alt text"), None);
    }
}
