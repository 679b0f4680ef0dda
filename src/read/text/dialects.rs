//! Markup of other writing programs in the words of a text: comrak reads it as words, so its signs would be printed.
//!
//! In: words of a paragraph. Out: a finding for each kind, with what to write in its place.

use comrak::nodes::Sourcepos;

use super::reader::TextReader;
use crate::diagnostic::{Code, Diagnostic, Say};
use crate::say;

/// A kind of markup: how it opens and closes, and what to write instead, in Japanese and English.
struct Dialect {
    open: &'static str,
    close: &'static str,
    cure: [&'static str; 2],
}

const DIALECTS: &[Dialect] = &[
    Dialect {
        open: "~~",
        close: "~~",
        cure: [
            "消した文字は載せません。その文字を消してください。",
            "Struck words are not printed: delete them.",
        ],
    },
    Dialect {
        open: "==",
        close: "==",
        cure: ["強調は「**文**」と書きます。", "Write \"**words**\" for strong words."],
    },
    Dialect {
        open: "｜",
        close: "》",
        cure: ["ルビは「{協働|きょうどう}」と書きます。", "Write ruby as \"{協働|きょうどう}\"."],
    },
    Dialect {
        open: "^[",
        close: "]",
        cure: [
            "注は、本文に「[^名前]」、別の行に「[^名前]: 注の文」と書きます。",
            "Write \"[^name]\" in the text and \"[^name]: the note\" on a line of its own.",
        ],
    },
    Dialect {
        open: "[[",
        close: "]]",
        cure: [
            "冊子の中へのリンクは「[文](#名前)」と書きます。",
            "Write \"[words](#id)\" for a link within the text.",
        ],
    },
    Dialect {
        open: "$$",
        close: "$$",
        cure: [
            "数式は組めません。画像にするか、文で書いてください。",
            "Formulas are not set: use a picture or words.",
        ],
    },
];

impl TextReader<'_> {
    /// Tells of each kind of foreign markup in `words`, which stand at `place`.
    pub fn foreign_markup(&mut self, words: &str, place: Sourcepos) {
        let whole = self.span(place);
        let is_exact = self.source.text.get(whole.clone()) == Some(words);
        for dialect in DIALECTS {
            let Some(found) = dialect.find(words) else { continue };
            let shown: String = words[found.clone()].chars().take(20).collect();
            let span =
                if is_exact { whole.start + found.start..whole.start + found.end } else { whole.clone() };
            let (sign, [ja, en]) = (dialect.open, dialect.cure);
            let origin = self.text_place(span);
            let diagnostic = Diagnostic::warning(
                Code::MarkupForeign,
                say!(
                    "「{shown}」の記号は働かず、そのまま印刷されます。",
                    "\"{shown}\" is no markup here: its signs are printed."
                ),
            )
            .at(origin)
            .hint(Say::new(ja, en));
            // only signs of ASCII can be escaped
            self.diagnostics.push(match sign.is_ascii() {
                true => diagnostic.hint(say!(
                    "記号そのものを刷るときは「\\{sign}」と書くと、この注意は出ません。",
                    "To print the signs themselves write \"\\{sign}\", and this is not said."
                )),
                false => diagnostic,
            });
        }
    }
}

impl Dialect {
    /// The bytes of the first such markup.
    fn find(&self, words: &str) -> Option<std::ops::Range<usize>> {
        let start = words.find(self.open)?;
        let inner = start + self.open.len();
        let body = &words[inner..];
        let end = body.find(self.close)?;
        let body = &body[..end];
        let is_word = !body.is_empty() && body.trim() == body && !body.starts_with(self.open);
        // 《》 alone are quotation marks
        let is_ruby = self.close != "》" || body.contains('《');
        (is_word && is_ruby).then(|| start..inner + end + self.close.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(words: &str) -> Vec<&str> {
        DIALECTS.iter().filter_map(|dialect| dialect.find(words)).map(|range| &words[range]).collect()
    }

    #[test]
    fn each_kind_is_found_and_plain_words_are_not() {
        assert_eq!(found("昔は~~高い~~安い"), ["~~高い~~"]);
        assert_eq!(found("ここが==大事=="), ["==大事=="]);
        assert_eq!(found("｜協働《きょうどう》の"), ["｜協働《きょうどう》"]);
        assert_eq!(found("文^[その場の注]です"), ["^[その場の注]"]);
        assert_eq!(found("[[見出し]]を見る"), ["[[見出し]]"]);
        for words in ["《広報》と｜線", "10時~~", "===", "a == b == c", "x^2", "[x]", "5$と$6", "〜〜〜"]
        {
            assert!(found(words).is_empty(), "{words}");
        }
    }
}
