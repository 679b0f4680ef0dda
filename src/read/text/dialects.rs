//! Markup of other writing programs in the words of a text: comrak reads it as words, so its signs would be printed.
//!
//! In: words of a paragraph. Out: a finding for each kind, with what to write in its place.

use std::ops::Range;

use comrak::nodes::Sourcepos;

use super::reader::TextReader;
use crate::diagnostic::{Code, Diagnostic, Say};
use crate::say;

/// A kind of markup: how it is found, the sign that a backslash takes its meaning from, and what to write instead, in Japanese
/// and English.
struct Dialect {
    shape: Shape,
    sign: &'static str,
    cure: [&'static str; 2],
}

/// How a kind of markup is found in words.
enum Shape {
    /// Signs before and behind words.
    Pair(&'static str, &'static str),
    /// A short index between two signs: `H~2~O`.
    Index(char),
    /// Its own way.
    Own(fn(&str) -> Option<Range<usize>>),
}

const INDEX_CURE: [&str; 2] = [
    "上つき・下つきの文字は組めません。「²」「₂」のような文字にするか、書き方を変えてください。",
    "Raised and lowered characters are not set: write them as ² or ₂, or otherwise.",
];

const FIELD_CURE: [&str; 2] = [
    "差し込みは働きません。入れる文をそのまま書くか、名簿を「:::directory」で置いてください。",
    "Nothing is filled in here: write the words themselves, or place a directory by \":::directory\".",
];

const DIALECTS: &[Dialect] = &[
    Dialect {
        shape: Shape::Pair("~~", "~~"),
        sign: "~~",
        cure: [
            "消した文字は載せません。その文字を消してください。",
            "Struck words are not printed: delete them.",
        ],
    },
    Dialect {
        shape: Shape::Pair("==", "=="),
        sign: "==",
        cure: ["強調は「**文**」と書きます。", "Write \"**words**\" for strong words."],
    },
    Dialect {
        shape: Shape::Pair("＊＊", "＊＊"),
        sign: "＊",
        cure: ["強調の「**」は半角で書きます。", "Write the \"**\" of strong words in half width."],
    },
    Dialect {
        shape: Shape::Pair("｜", "》"),
        sign: "｜",
        cure: ["ルビは「{協働|きょうどう}」と書きます。", "Write ruby as \"{協働|きょうどう}\"."],
    },
    Dialect {
        shape: Shape::Pair("^[", "]"),
        sign: "^[",
        cure: [
            "注は、本文に「[^名前]」、別の行に「[^名前]: 注の文」と書きます。",
            "Write \"[^name]\" in the text and \"[^name]: the note\" on a line of its own.",
        ],
    },
    Dialect {
        shape: Shape::Pair("[[", "]]"),
        sign: "[[",
        cure: [
            "冊子の中へのリンクは「[文](#名前)」と書きます。",
            "Write \"[words](#id)\" for a link within the text.",
        ],
    },
    Dialect {
        shape: Shape::Pair("$$", "$$"),
        sign: "$$",
        cure: [
            "数式は組めません。画像にするか、文で書いてください。",
            "Formulas are not set: use a picture or words.",
        ],
    },
    Dialect { shape: Shape::Pair("{{", "}}"), sign: "{{", cure: FIELD_CURE },
    Dialect { shape: Shape::Pair("{%", "%}"), sign: "{", cure: FIELD_CURE },
    Dialect {
        shape: Shape::Pair("%%", "%%"),
        sign: "%%",
        cure: ["コメントは「<!-- … -->」と書きます。", "Write a comment as \"<!-- … -->\"."],
    },
    Dialect { shape: Shape::Index('~'), sign: "~", cure: INDEX_CURE },
    Dialect { shape: Shape::Index('^'), sign: "^", cure: INDEX_CURE },
    Dialect {
        shape: Shape::Own(short_code),
        sign: ":",
        cure: [
            "絵文字の名前は絵になりません。文で書くか、画像にしてください。",
            "Names of emoji are not turned into pictures: use words or a picture.",
        ],
    },
    Dialect {
        shape: Shape::Own(attributes),
        sign: "{",
        cure: [
            "「{…}」の属性は、見出しの終わりと「:::名前」のあとでだけ読まれます。消してください。",
            "Attributes in braces are read behind headings and \":::name\" only: delete them.",
        ],
    },
    Dialect {
        shape: Shape::Own(alert),
        sign: "[",
        cure: [
            "囲みは「:::名前」と「:::」で書きます（使える名前は「sasshi layouts」に出ます）。",
            "Write a box as \":::name\" … \":::\"; `sasshi layouts` lists the names.",
        ],
    },
    Dialect {
        shape: Shape::Own(contents),
        sign: "[",
        cure: ["目次は「:::toc」と「:::」で置きます。", "Place the contents by \":::toc\" … \":::\"."],
    },
    Dialect {
        shape: Shape::Own(command),
        sign: "\\",
        cure: [
            "TeX の命令は働きません。消すか、文で書いてください。",
            "Commands of TeX do nothing here: delete them, or use words.",
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
            let (sign, [ja, en]) = (dialect.sign, dialect.cure);
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
    fn find(&self, words: &str) -> Option<Range<usize>> {
        match self.shape {
            Shape::Pair(open, close) => pair(words, open, close),
            Shape::Index(sign) => index(words, sign),
            Shape::Own(find) => find(words),
        }
    }
}

fn pair(words: &str, open: &str, close: &str) -> Option<Range<usize>> {
    let start = words.find(open)?;
    let inner = start + open.len();
    let body = &words[inner..];
    let end = body.find(close)?;
    let body = &body[..end];
    let is_word =
        !body.is_empty() && (body.trim() == body || open.starts_with('{')) && !body.starts_with(open);
    // 《》 alone are quotation marks
    let is_ruby = close != "》" || body.contains('《');
    (is_word && is_ruby).then(|| start..inner + end + close.len())
}

/// One to three letters or digits between two `sign`s; a stretch of hours (10~12時、13~15時) is none.
fn index(words: &str, sign: char) -> Option<Range<usize>> {
    words.match_indices(sign).find_map(|(start, _)| {
        let body = &words[start + 1..];
        let end = body.find(sign)?;
        let is_index = (1..=3).contains(&end)
            && body[..end].bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-'));
        let stands_alone = !words[..start].ends_with(sign) && !body[end + 1..].starts_with(sign);
        (is_index && stands_alone).then(|| start..start + end + 2)
    })
}

/// `:smile:`
fn short_code(words: &str) -> Option<Range<usize>> {
    words.match_indices(':').find_map(|(start, _)| {
        let body = &words[start + 1..];
        let end = body.find(':')?;
        let name = &body[..end];
        let is_name = end > 1
            && name.bytes().all(|byte| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'_' | b'+' | b'-')
            })
            && name.bytes().any(|byte| byte.is_ascii_lowercase());
        let is_joined = |c: char| c.is_ascii_alphanumeric() || matches!(c, ':' | '/');
        let stands_alone = !words[..start].ends_with(is_joined) && !body[end + 1..].starts_with(is_joined);
        (is_name && stands_alone).then(|| start..start + end + 2)
    })
}

/// `{.class}`, `{#id}`, `{width=50%}`
fn attributes(words: &str) -> Option<Range<usize>> {
    words.match_indices('{').find_map(|(start, _)| {
        let body = &words[start + 1..];
        let body = &body[..body.find('}')?];
        let key = body.split('=').next().unwrap_or_default();
        let is_key =
            key.len() < body.len() && !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric());
        let is_name =
            body.strip_prefix(['.', '#']).is_some_and(|name| !name.is_empty() && !name.contains('|'));
        (is_key || is_name).then(|| start..start + body.len() + 2)
    })
}

/// `[!NOTE]`
fn alert(words: &str) -> Option<Range<usize>> {
    let name = words.trim_start().strip_prefix("[!")?;
    let name = &name[..name.find(']')?];
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    let start = words.len() - words.trim_start().len();
    is_name.then(|| start..start + name.len() + 3)
}

/// `[toc]` alone.
fn contents(words: &str) -> Option<Range<usize>> {
    let is_contents = ["[toc]", "[[toc]]", "[目次]"].contains(&words.trim().to_lowercase().as_str());
    is_contents.then_some(0..words.len())
}

/// `\newpage` at the beginning of words: elsewhere it may be the path of a file.
fn command(words: &str) -> Option<Range<usize>> {
    let name = words.trim_start().strip_prefix('\\')?;
    let length = name.bytes().take_while(u8::is_ascii_lowercase).count();
    let start = words.len() - words.trim_start().len();
    (length > 2).then(|| start..start + length + 1)
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
        assert_eq!(found("H~2~Oと10^-3^"), ["~2~", "^-3^"]);
        assert_eq!(found("楽しい:smile:会"), [":smile:"]);
        assert_eq!(found("ここが＊＊大事＊＊です"), ["＊＊大事＊＊"]);
        assert_eq!(found("{{氏名}}様"), ["{{氏名}}"]);
        assert_eq!(found("文{.red}と{width=50%}"), ["{.red}"]);
        assert_eq!(found("[!NOTE]"), ["[!NOTE]"]);
        assert_eq!(found("[TOC]"), ["[TOC]"]);
        assert_eq!(found("%%覚え%%"), ["%%覚え%%"]);
        assert_eq!(found("\\newpage"), ["\\newpage"]);
        for words in [
            "《広報》と｜線",
            "10時~~",
            "===",
            "a == b == c",
            "x^2",
            "[x]",
            "5$と$6",
            "〜〜〜",
            "10~12時、13~15時",
            "9:30:00",
            "https://example.jp:8080/a:b",
            "{協働|きょうどう}",
            "{a}",
            "C:\\users",
            "100%と50%",
        ] {
            assert!(found(words).is_empty(), "{words}");
        }
    }
}
