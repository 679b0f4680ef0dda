//! Lines that other programs read by their first sign and comrak does not: `・` for a list, `#題` for a head, `|` for a table.
//! comrak joins them to the line before, so they would be printed in one row.
//!
//! In: a paragraph, a head, a list. Out: a finding at the first such line, with what to write in its place.

use std::ops::Range;

use comrak::nodes::{AstNode, ListDelimType, NodeList, NodeValue, Sourcepos};

use super::reader::TextReader;
use crate::diagnostic::{Code, Diagnostic, Say};
use crate::say;

/// Signs that open an item of a list typed by hand, wherever their line stands.
const BULLETS: &[char] = &['・', '●', '○', '■', '□', '◆', '◇', '•', '▪', '※', '☆', '★', '☑', '☐'];

/// A line of a paragraph: its bytes in the source, without the marks of what it stands in.
struct Line<'s> {
    at: Range<usize>,
    words: &'s str,
    /// Whether the author ended the line before it by hand.
    is_new: bool,
}

impl<'s> TextReader<'s> {
    /// Tells of lines of the paragraph at `place` that are meant to stand by themselves.
    pub fn lines_of_paragraph<'a>(&mut self, node: &'a AstNode<'a>, place: Sourcepos) {
        let lines = self.lines(place);
        let Some(first) = lines.first() else { return };
        let found = task(node, first)
            .or_else(|| self.fence(first))
            .or_else(|| head(&lines))
            .or_else(|| full_width(first))
            .or_else(|| strokes(&lines))
            .or_else(|| hyphens(&lines))
            .or_else(|| joined(&lines));
        if let Some(found) = found {
            let origin = self.text_place(found.at);
            self.diagnostics
                .push(Diagnostic::warning(Code::MarkupForeign, found.message).at(origin).hint(found.cure));
        }
    }

    /// A paragraph over `---` is a head to comrak; a sentence is none to its author.
    pub fn underlined_head(&mut self, place: Sourcepos) {
        let lines = self.lines(place);
        let [words @ .., rule] = &lines[..] else { return };
        // a head in lines that were broken by hand is meant to be one
        let is_parted = words.len() > 1 && words[1..].iter().all(|line| line.is_new);
        let is_sentence = words.last().is_some_and(|line| line.words.ends_with(['。', '．', '.']));
        if rule.words.starts_with('-') && is_sentence && !is_parted {
            let rule = rule.words.trim();
            let origin = self.origin(place);
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::MarkupForeign,
                    say!(
                        "すぐ下に「{rule}」があるので、この文は見出しとして印刷されます。",
                        "\"{rule}\" right below makes these words a heading."
                    ),
                )
                .at(origin)
                .hint(say!(
                    "区切りの線なら、「{rule}」の前に空の行を置いてください。見出しなら「## 題」と書きます。",
                    "For a rule, leave an empty line before \"{rule}\"; write a heading as \"## title\"."
                )),
            );
        }
    }

    /// An ordered list counts on from its first number: other numbers that were written would be changed in print. `1.` before
    /// each item is the way to have them counted.
    pub fn numbers<'a>(&mut self, list: &'a AstNode<'a>, first: &NodeList) {
        let numbers: Vec<(usize, Sourcepos)> = list
            .children()
            .filter_map(|item| {
                let data = item.data();
                let NodeValue::Item(own) = &data.value else { return None };
                Some((own.start, data.sourcepos))
            })
            .collect();
        let is_counted = numbers.iter().all(|(number, _)| *number == first.start);
        let other = (first.start..).zip(&numbers).find(|(printed, (number, _))| printed != number);
        if let Some((printed, (number, place))) = other.filter(|_| !is_counted) {
            let origin = self.head_line(*place);
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::MarkupForeign,
                    say!(
                        "「{number}.」と書いた項目は、「{printed}.」と印刷されます。番号は、初めの番号から順に振られます。",
                        "The item \"{number}.\" is printed as \"{printed}.\": items are counted from the first number on."
                    ),
                )
                .at(origin)
                .hint(say!(
                    "番号を続きにするか、書いたとおりに刷るなら「{number}\\.」と書いて、前後に空の行を置いてください。",
                    "Number the items in order; to print a number as written, write \"{number}\\.\" between empty lines."
                )),
            );
        }
        if let (ListDelimType::Paren, Some((number, place))) = (first.delimiter, numbers.first()) {
            let origin = self.head_line(*place);
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::MarkupForeign,
                    say!(
                        "「{number})」は、「{number}.」の形で印刷されます。",
                        "\"{number})\" is printed as \"{number}.\"."
                    ),
                )
                .at(origin)
                .hint(say!(
                    "「{number}.」と書いてください。括弧のまま刷るなら「{number}\\)」と書き、行ごとに空の行を置きます。",
                    "Write \"{number}.\"; to print the bracket write \"{number}\\)\", with empty lines between."
                )),
            );
        }
    }

    /// Two backslashes at the end of a line print one and break nothing.
    pub fn doubled_backslash(&mut self, place: Sourcepos) {
        let origin = self.origin(place);
        self.diagnostics.push(
            Diagnostic::warning(
                Code::MarkupForeign,
                say!(
                    "行の終わりの「\\\\」では行は変わらず、「\\」が1つ印刷されます。",
                    "\"\\\\\" at the end of a line breaks no line: one \"\\\" is printed."
                ),
            )
            .at(origin)
            .hint(say!(
                "行を変えるには、行の終わりに「\\」を1つ書きます。",
                "To break a line, end it with one \"\\\"."
            )),
        );
    }

    /// `+++` or `===` where there is neither front matter nor a head; `!!! note`.
    fn fence(&self, first: &Line<'_>) -> Option<Found> {
        let words = first.words;
        let opens_file = self.source.text[..first.at.start].trim().is_empty();
        // front matter that is lost is told elsewhere
        if words == "+++" && !opens_file {
            let cure = say!(
                "設定（+++）は、ファイルの1行目から書きます。区切りの線なら「***」と書いてください。",
                "Front matter (+++) begins on the first line of the file; write \"***\" for a rule."
            );
            return Some(Found::printed(first, words, cure));
        }
        if words.len() > 2 && words.bytes().all(|byte| byte == b'=') {
            let cure = say!("区切りの線は「***」と書きます。", "Write \"***\" for a rule.");
            return Some(Found::printed(first, words, cure));
        }
        let sign = ["!!! ", "??? "].into_iter().find(|sign| words.starts_with(sign))?;
        let cure = say!(
            "囲みは「:::名前」と「:::」で書きます（使える名前は「sasshi layouts」に出ます）。",
            "Write a box as \":::name\" … \":::\"; `sasshi layouts` lists the names."
        );
        Some(Found::printed(first, sign.trim_end(), cure))
    }

    fn lines(&self, place: Sourcepos) -> Vec<Line<'s>> {
        let span = self.span(place);
        let mut at = span.start;
        let mut is_new = true;
        let mut lines = Vec::new();
        for line in self.source.text[span].split_inclusive('\n') {
            let whole = line.trim_end_matches(['\n', '\r']);
            let words = whole.trim_start_matches(['>', ' ', '\t']);
            let start = at + whole.len() - words.len();
            lines.push(Line { at: start..start + words.len(), words: words.trim_end(), is_new });
            is_new = whole.ends_with('\\') || whole.ends_with("  ");
            at += line.len();
        }
        lines
    }
}

/// What is found in a paragraph.
struct Found {
    at: Range<usize>,
    message: Say,
    cure: Say,
}

impl Found {
    /// A line whose first signs, `sign`, do nothing.
    fn printed(line: &Line<'_>, sign: &str, cure: Say) -> Self {
        let message = say!(
            "行の初めの「{sign}」は働かず、そのまま印刷されます。",
            "\"{sign}\" at the head of the line is no markup here: it is printed."
        );
        Self { at: line.at.clone(), message, cure }
    }
}

/// `- [ ] task`
fn task<'a>(node: &'a AstNode<'a>, first: &Line<'_>) -> Option<Found> {
    let is_first = node.previous_sibling().is_none()
        && node.parent().is_some_and(|parent| matches!(parent.data().value, NodeValue::Item(_)));
    let sign = ["[ ] ", "[x] ", "[X] "].into_iter().find(|sign| first.words.starts_with(sign))?;
    is_first.then(|| {
        Found::printed(
            first,
            sign.trim_end(),
            say!("チェックの四角は「□」「☑」の文字で書いてください。", "Write boxes to tick as □ or ☑."),
        )
    })
}

/// `##題` without its blank; one `#` may be a hashtag in a longer text.
fn head(lines: &[Line<'_>]) -> Option<Found> {
    let line = lines.iter().find(|line| line.words.starts_with('#'))?;
    let words = line.words.trim_start_matches('#');
    let count = line.words.len() - words.len();
    let is_title = !words.is_empty() && !words.starts_with(|c: char| c.is_ascii_digit() || c == ' ');
    let is_alone = lines.len() == 1 && !words.contains(['#', ' ', '　']);
    let sign = &line.words[..count];
    (count < 7 && is_title && (count > 1 || is_alone)).then(|| {
        Found::printed(
            line,
            sign,
            say!(
                "見出しは「{sign} 題」のように、「#」のあとを半角で1つ空けます。ハッシュタグなら「\\#」と書いてください。",
                "Leave a blank behind the signs of a heading (\"{sign} title\"); write a hashtag as \"\\#\"."
            ),
        )
    })
}

/// `＃ 題`, `－ 項目`: signs in full width.
fn full_width(first: &Line<'_>) -> Option<Found> {
    let sign = first.words.chars().next().filter(|c| matches!(c, '＃' | '－' | '＊' | '＋' | '＞'))?;
    let rest = first.words.trim_start_matches(sign);
    let half = char::from_u32(u32::from(sign) - 0xFEE0)?;
    rest.starts_with([' ', '　']).then(|| {
        Found::printed(
            first,
            &sign.to_string(),
            say!(
                "半角の「{half}」と半角の空白で書いてください。",
                "Write \"{half}\" and the blank behind it in half width."
            ),
        )
    })
}

/// Rows of a table without the row that makes it one.
fn strokes(lines: &[Line<'_>]) -> Option<Found> {
    let is_row = |line: &Line<'_>| {
        ["|", "｜"]
            .iter()
            .any(|bar| line.words.len() > 2 && line.words.starts_with(bar) && line.words.ends_with(bar))
    };
    // header and delimiter row of different length are told elsewhere
    let has_rule = lines.iter().any(|line| line.words.contains("--"));
    let first = lines.first()?;
    (lines.len() > 1 && !has_rule && lines.iter().all(is_row)).then(|| {
        Found::printed(
            first,
            &first.words.chars().take(1).collect::<String>(),
            say!(
                "表は「| 見出し | 見出し |」、次の行に「|---|---|」と、半角で書きます。",
                "Write a table as \"| head | head |\" over \"|---|---|\", in half width."
            ),
        )
    })
}

/// `-item` without its blank, on two lines or more.
fn hyphens(lines: &[Line<'_>]) -> Option<Found> {
    let sign = lines.first()?.words.chars().next().filter(|c| matches!(c, '-' | '*' | '+'))?;
    let is_item = |line: &Line<'_>| {
        let rest = line.words.strip_prefix(sign).unwrap_or_default();
        !rest.is_empty() && !rest.starts_with([sign, ' ', '[']) && !rest.contains(sign)
    };
    (lines.len() > 1 && lines.iter().all(is_item)).then(|| {
        Found::printed(
            &lines[0],
            &sign.to_string(),
            say!(
                "箇条書きは「{sign} 文」のように、記号のあとを半角で1つ空けます。",
                "Leave a blank behind the sign of an item: \"{sign} words\"."
            ),
        )
    })
}

/// Lines that open with the sign of an item and are joined to the line before.
fn joined(lines: &[Line<'_>]) -> Option<Found> {
    let circled = |line: &Line<'_>| line.words.starts_with(|c: char| ('①'..='⑳').contains(&c));
    let is_counted = lines.iter().filter(|line| circled(line)).count() > 1 && circled(&lines[0]);
    let line = lines
        .iter()
        .skip(1)
        .find(|line| !line.is_new && (line.words.starts_with(BULLETS) || (is_counted && circled(line))))?;
    let sign: String = line.words.chars().take(1).collect();
    Some(Found {
        at: line.at.clone(),
        message: say!(
            "「{sign}」で始まるこの行は、前の行につながって印刷されます。",
            "This line, which begins with \"{sign}\", is joined to the line before it."
        ),
        cure: say!(
            "箇条書きは「- 文」と書きます。行を変えるだけなら前の行の終わりに「\\」と書くか、前に空の行を置いてください。",
            "Write a list as \"- words\"; to break the line only, end the line before it with \"\\\" or leave an empty line."
        ),
    })
}
