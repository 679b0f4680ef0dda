//! HTML in a text: no tag is set, and each has something else to write.
//!
//! In: a tag, or the lines of a block of HTML, as written. Out: the finding with its cure.

use super::reader::Surroundings;
use crate::diagnostic::{Code, Diagnostic, Say};
use crate::say;

/// Tags and what to write instead.
static CURES: &[(&[&str], &str, &str)] = &[
    (&["br"], "行を変えるには、行の終わりに「\\」と書きます。", "To break a line, end it with \"\\\"."),
    (
        &["sub", "sup"],
        "上つき・下つきの文字は組めません。「²」「₂」のような文字にするか、書き方を変えてください。",
        "Raised and lowered characters are not set: write them as ² or ₂, or otherwise.",
    ),
    (
        &["del", "strike"],
        "消した文字は載せません。消してください。",
        "Struck words are not printed: delete them.",
    ),
    (
        &["details", "summary"],
        "紙では開閉できません。囲み（:::名前）か見出しにしてください。",
        "Paper does not open and close: use a directive or a heading.",
    ),
    (&["b", "strong"], "強調は「**文**」と書きます。", "Write \"**words**\" for strong words."),
    (&["i", "em"], "強調は「*文*」と書きます。", "Write \"*words*\" for emphasis."),
    (&["a"], "リンクは「[文](https://…)」と書きます。", "Write \"[words](https://…)\" for a link."),
    (
        &["img"],
        "画像は「![説明](../art/絵.svg)」と書きます。",
        "Write \"![what it shows](../art/picture.svg)\".",
    ),
    (
        &["ruby", "rb", "rt", "rp"],
        "ルビは「{協働|きょうどう}」と書きます。",
        "Write ruby as \"{協働|きょうどう}\".",
    ),
    (
        &["table", "thead", "tbody", "tr", "td", "th"],
        "表は「| 見出し | 見出し |」、次の行に「|---|---|」と書きます。",
        "Write a table as \"| head | head |\" over \"|---|---|\".",
    ),
    (
        &["ul", "ol", "li"],
        "箇条書きは「- 文」か「1. 文」と書きます。",
        "Write lists as \"- words\" or \"1. words\".",
    ),
    (
        &["h1", "h2", "h3", "h4", "h5", "h6"],
        "見出しは「## 文」と書きます。",
        "Write a heading as \"## words\".",
    ),
    (&["p"], "段落は、あいだに空の行を置いて分けます。", "Part paragraphs by empty lines."),
    (
        &["hr"],
        "区切りの線は、空の行にはさんで「***」と書きます。",
        "Write \"***\" between empty lines for a rule.",
    ),
    (
        &["div", "section", "aside", "figure"],
        "囲みは「:::名前」と「:::」で書きます（使える名前は「sasshi layouts」に出ます）。",
        "Write a box as \":::name\" … \":::\"; `sasshi layouts` lists the names.",
    ),
    (
        &["span", "font", "center", "u", "s", "big", "small", "style"],
        "文字の大きさ・色・位置はレイアウトが決めます。タグを消してください。",
        "Sizes, colours and places are the layout's. Delete the tag.",
    ),
];

/// The name of a tag, in lower case, and whether it closes.
fn name(literal: &str) -> Option<(String, bool)> {
    let inner = literal.trim_start().strip_prefix('<')?;
    let (inner, closing) = inner.strip_prefix('/').map_or((inner, false), |inner| (inner, true));
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
    (end > 0).then(|| (inner[..end].to_ascii_lowercase(), closing))
}

/// The name of the tag that `literal` opens.
#[must_use]
pub fn opens(literal: &str) -> Option<String> {
    name(literal).filter(|(_, closing)| !closing).map(|(name, _)| name)
}

/// The name of the tag that `literal` closes.
#[must_use]
pub fn closes(literal: &str) -> Option<String> {
    name(literal).filter(|(_, closing)| *closing).map(|(name, _)| name)
}

/// What to do where a line cannot be broken by hand.
fn line_break(inside: Surroundings) -> Say {
    match inside {
        Surroundings::Cell => say!(
            "表のセルの中では行を変えられません。「、」でつなぐか、表の行を分けてください。長い文は、セルの幅で折り返します。",
            "A cell of a table cannot break its line by hand: join the words, or part the row. Long words are wrapped."
        ),
        Surroundings::Heading => say!(
            "見出しの中では行を変えられません。タグを消してください。長い題は、幅に合わせて折り返します。",
            "A heading cannot break its line by hand: delete the tag. A long one is wrapped."
        ),
        Surroundings::Running => {
            say!("行を変えるには、行の終わりに「\\」と書きます。", "To break a line, end it with \"\\\".")
        }
    }
}

/// The finding, without its place.
#[must_use]
pub fn finding(literal: &str, inside: Surroundings) -> Diagnostic {
    let found = name(literal).map(|(name, _)| name);
    let message = match &found {
        Some(name) => say!("HTMLのタグ（{name}）は組版できません。", "HTML tags ({name}) are not set."),
        None => say!("HTMLは組版できません。", "HTML is not set."),
    };
    let cure = found.and_then(|name| CURES.iter().find(|(names, ..)| names.contains(&name.as_str())));
    let diagnostic = Diagnostic::error(Code::MarkupUnknown, message);
    let diagnostic = match cure {
        Some((names, ..)) if names.contains(&"br") && inside != Surroundings::Running => {
            diagnostic.hint(line_break(inside))
        }
        Some((_, ja, en)) => diagnostic.hint(Say::new(*ja, *en)),
        None => diagnostic,
    };
    diagnostic.hint(say!(
        "「<」をそのまま刷るときは「\\<」と書いてください。",
        "To print the sign itself, write \"\\<\"."
    ))
}
