//! Text sources: `CommonMark` with sasshi's directives, ruby, footnotes and front matter.
//!
//! In: a Markdown file as text. Out: a [`Chapter`] whose nodes know their line and column. Markdown itself is
//! `comrak`'s; here its tree becomes ours. Whatever of the file would be on no page is a finding at its line.

mod blocks;
mod comments;
mod dialects;
mod guard;
mod html;
mod inlines;
mod lines;
mod notes;
mod reader;
mod unread;

use std::borrow::Cow;
use std::cell::Cell;
use std::sync::Arc;

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Options, try_parse_document};

use self::reader::{COLON, TextReader};
use super::front_matter;
use crate::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::origin::{Origin, Source};
use crate::model::text::Chapter;
use crate::say;

/// Reads one text file.
pub fn chapter(source: &Arc<Source>) -> Outcome<Chapter> {
    let mut reader = TextReader::new(source);
    let uncommented = comments::take_out(&source.text);
    if let Some(open) = uncommented.open {
        reader.diagnostics.push(unclosed_comment(reader.text_place(open)));
    }
    let masked = mask(&uncommented.text);
    let mut chapter = Chapter {
        source: Arc::clone(source),
        stem: stem(&source.path),
        meta: Vec::new(),
        body: Vec::new(),
        footnotes: Vec::new(),
        odd: reader.odd_characters(&uncommented.text),
    };
    let arena = Arena::new();
    match parse(&reader, &arena, &masked) {
        Ok(root) => fill(&mut reader, root, &mut chapter),
        Err(limit) => reader.diagnostics.push(limit),
    }
    reader.control_characters();
    Outcome { value: chapter, diagnostics: reader.diagnostics }
}

/// The name of a file without its folder and ending.
fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned()
}

/// The tree of comrak, unless it would take too long.
fn parse<'a>(
    reader: &TextReader<'_>,
    arena: &'a Arena<'a>,
    text: &str,
) -> Result<&'a AstNode<'a>, Diagnostic> {
    if let Some(limit) = guard::of_lines(reader, text) {
        return Err(limit);
    }
    // asked every 256 steps; an honest text takes a few steps a byte
    let left = Cell::new(4_096 + text.len() / 4);
    let is_over = || {
        left.set(left.get().saturating_sub(1));
        left.get() == 0
    };
    try_parse_document(arena, text, &options(), &is_over).map_err(|_| guard::too_tangled(reader.source))
}

fn fill<'a>(reader: &mut TextReader<'_>, root: &'a AstNode<'a>, chapter: &mut Chapter) {
    guard::prune(reader, root);
    reader.lost_front_matter(root);
    for node in root.children() {
        if matches!(node.data().value, NodeValue::FrontMatter(_)) {
            chapter.meta = front_matter::read(reader.source).collect(&mut reader.diagnostics);
        }
    }
    chapter.footnotes = reader.footnotes(root);
    chapter.body = reader.blocks(root);
    reader.unused_definitions(root);
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.front_matter_delimiter = Some("+++".to_owned());
    options.extension.table = true;
    options.extension.footnotes = true;
    options.extension.description_lists = true;
    options.extension.cjk_friendly_emphasis = true;
    options.extension.block_directive = true;
    options.extension.header_attributes = true;
    // `\{` must not open ruby: an escaped character stays a node of its own
    options.parse.escaped_char_spans = true;
    // a note without a mark is still there to be told of
    options.parse.leave_footnote_definitions = true;
    options
}

/// comrak takes no line for a directive's opening that holds a further colon, as addresses do (`{web="http://…"}`):
/// colons after the fence are masked, byte for byte; attributes are read from the source itself.
fn mask(text: &str) -> Cow<'_, str> {
    let opens = |line: &str| {
        let inner = line.trim_start().trim_start_matches(':');
        line.trim_start().starts_with(":::") && inner.contains(':')
    };
    if !text.lines().any(opens) {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if opens(line) {
            let inner = line.trim_start().trim_start_matches(':');
            masked.push_str(&line[..line.len() - inner.len()]);
            masked.extend(inner.chars().map(|c| if c == ':' { COLON } else { c }));
        } else {
            masked.push_str(line);
        }
    }
    Cow::Owned(masked)
}

fn unclosed_comment(place: Origin) -> Diagnostic {
    Diagnostic::error(
        Code::MarkupUnknown,
        say!(
            "コメント「<!--」が閉じていません。どこまでがコメントか分かりません。",
            "The comment \"<!--\" is never closed: it is not clear where it ends."
        ),
    )
    .at(place)
    .hint(say!("コメントの終わりに「-->」と書いてください。", "Write \"-->\" at its end."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::text::{BlockKind, Inline, InlineKind};

    fn read(text: &str) -> Outcome<Chapter> {
        chapter(&Source::new("a.md", text))
    }

    #[test]
    fn an_address_in_an_attribute_does_not_hide_the_directive() {
        let read = read(":::story {web=\"http://www.bi-no.org/\"}\nwords\n:::\n");
        assert_eq!(read.diagnostics.len(), 0);
        let BlockKind::Directive(story) = &read.value.body[0].kind else { panic!("a directive") };
        assert_eq!(story.attributes[0].value, "http://www.bi-no.org/");
        assert_eq!(story.attributes[0].origin.to_string(), "a.md:1:11");
    }

    #[test]
    fn a_directive_that_is_not_closed_is_reported_where_it_opens() {
        let read = read("words\n\n:::case {ward=\"西区\"}\nmore\n");
        assert_eq!(read.diagnostics[0].code, Code::DirectiveUnclosed);
        assert_eq!(read.diagnostics[0].origin.as_ref().map(ToString::to_string), Some("a.md:3:1".to_owned()));
    }

    #[test]
    fn an_escaped_brace_opens_no_ruby() {
        let read = read("\\{協働|きょうどう}\n");
        let BlockKind::Paragraph(body) = &read.value.body[0].kind else { panic!("a paragraph") };
        assert!(body.iter().all(|inline| matches!(inline.kind, InlineKind::Text(_))), "{body:?}");
    }

    #[test]
    fn tables_notes_and_references() {
        let read = read(
            "本文[^a] [](#x)\n\n| a | b |\n|---|--:|\n| {協\\|きょう} | 2 |\n\n[^a]: 注です。\n\n# 見出し {#x}\n",
        );
        assert_eq!(read.diagnostics.len(), 0);
        assert_eq!(read.value.footnotes.len(), 1);
        let BlockKind::Table { rows, align, .. } = &read.value.body[1].kind else { panic!("a table") };
        assert_eq!(align[1], "right");
        assert!(matches!(rows[0][0][0].kind, InlineKind::Ruby(_)));
        let BlockKind::Heading(heading) = &read.value.body[2].kind else { panic!("a heading") };
        assert_eq!(heading.id.as_deref(), Some("x"));
    }

    /// The codes and lines of what is found in a text.
    fn found(text: &str) -> Vec<(Code, u32)> {
        let found = read(text).diagnostics;
        found.iter().map(|one| (one.code, one.origin.as_ref().and_then(Origin::row).unwrap_or(0))).collect()
    }

    #[test]
    fn what_would_be_on_no_page_is_told_at_its_line() {
        let cases = [
            ("文[^a]。\n\n[^a]: 注。\n\n[^b]: 迷子の注。\n", Code::FootnoteUnused, 5),
            ("文[^a]。\n\n[^a]: 注。\n\n[^a]: もう一つ。\n", Code::FootnoteUnused, 5),
            ("文[^a]。\n", Code::FootnoteMissing, 1),
            ("文。\n\n[注]: これは消える。\n", Code::LinkBroken, 3),
            ("[文]()\n", Code::LinkBroken, 1),
            ("[](https://example.jp/)\n", Code::LinkBroken, 1),
            ("[文](02-wishes.md)\n", Code::LinkBroken, 1),
            ("| a | b |\n|---|---|\n| 1 | 2 | 消える |\n", Code::MarkupUnknown, 3),
            ("| a | b |\n|---|\n| 1 | 2 |\n", Code::MarkupUnknown, 1),
            ("文\n\n<!-- 閉じない\n\n消える\n", Code::MarkupUnknown, 3),
            ("文<br>文\n", Code::MarkupUnknown, 1),
            ("---\ntitle: 題\n---\n\n文\n", Code::FrontMatter, 1),
            ("+++\ntitle = \"題\"\n\n文\n", Code::FrontMatter, 1),
            ("\n+++\ntitle = \"題\"\n+++\n文\n", Code::FrontMatter, 2),
            (":::case {ward=\"西区\" ward=\"南区\"}\n文\n:::\n", Code::DirectiveSyntax, 1),
            (":::case {#a #b}\n文\n:::\n", Code::DirectiveSyntax, 1),
            ("# 題 {.class}\n", Code::DirectiveSyntax, 1),
            ("# 題 {a=\"1\" a=\"2\"}\n", Code::DirectiveSyntax, 1),
            ("文\n\n- [ ] 用意する\n", Code::MarkupForeign, 3),
            ("H~2~O\n", Code::MarkupForeign, 1),
            ("7. 七\n9. 九\n", Code::MarkupForeign, 2),
            ("1) 一\n2) 二\n", Code::MarkupForeign, 1),
            ("一行目\\\\\n二行目\n", Code::MarkupForeign, 1),
            ("文。\n---\n", Code::MarkupForeign, 1),
            ("文\n\n+++\n\n文\n", Code::MarkupForeign, 3),
            ("文\n\n===\n\n文\n", Code::MarkupForeign, 3),
            ("##題\n", Code::MarkupForeign, 1),
            ("＃ 題\n", Code::MarkupForeign, 1),
            ("| a | b |\n| 1 | 2 |\n", Code::MarkupForeign, 1),
            ("-一\n-二\n", Code::MarkupForeign, 1),
            ("持ち物\n・筆記用具\n・水筒\n", Code::MarkupForeign, 2),
            ("①申込\n②受付\n", Code::MarkupForeign, 2),
            ("!!! note\n", Code::MarkupForeign, 1),
            ("<table><tr><td>文</td></tr></table>\n", Code::MarkupUnknown, 1),
        ];
        for (text, code, line) in cases {
            assert_eq!(found(text), [(code, line)], "{text}");
        }
    }

    #[test]
    fn what_is_right_is_no_finding() {
        for text in [
            "[文][a]と[a]。\n\n[a]: https://example.jp/\n",
            "前<!-- 覚え書き\n二行目 -->後\n\n<!--\n\n## 見出し\n\n-->\n",
            "文[^A]と[^a]。\n\n> [^a]: 引用の中の注。\n",
            "| a | b |\n|---|---|\n| 1 |\n| x \\| y | 2 |\n",
            "```\n[a]: b\n<b>\n```\n",
            "[文](mailto:a@example.jp)と<https://example.jp/>。\n",
            "---\n\n文\n\n---\n",
            "題\n---\n\n文\n",
            "題の一行目、\\\n二行目です。\n---\n\n文\n",
            "大きな題です。\n===\n\n文\n",
            "1. 一\n1. 二\n1. 三\n",
            "7. 七\n8. 八\n",
            "持ち物\\\n・筆記用具\\\n・水筒\n",
            "・一つ\n\n・二つ\n",
            "#横浜 #協働\n",
            "5\\~2\\~と\\:smile:と\\[ ] 文\n",
            "①と②\nを読む。\n",
            "a&nbsp;b<https://example.jp/>\n",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn comments_leave_no_trace_in_the_words() {
        let read = read("前<!-- x -->後 <!-- y -->\n続き\n");
        let BlockKind::Paragraph(body) = &read.value.body[0].kind else { panic!("a paragraph") };
        let [Inline { kind: InlineKind::Text(words), .. }] = &body[..] else { panic!("words: {body:?}") };
        assert_eq!(words, "前後続き");
    }

    #[test]
    fn what_no_page_can_hold_is_told_at_its_line_and_in_no_time() {
        let quotes = format!("文\n\n{} 文\n", ">".repeat(5_000));
        let spaced = format!("文\n\n{} 文\n", "> ".repeat(5_000));
        let lists = format!("文\n\n{}文\n", "- ".repeat(5_000));
        let steps: Vec<String> = (0..300).map(|depth| format!("{}- 文\n", "  ".repeat(depth))).collect();
        let directives = format!("文\n\n{}", ":::case\n".repeat(5_000));
        let strong = format!("文\n\n{}文{}\n", "**".repeat(5_000), "**".repeat(5_000));
        let mixed = format!("文\n\n{}文{}\n", "*a **b ".repeat(2_500), " c** d*".repeat(2_500));
        let images = format!("文\n\n{}文{}\n", "![".repeat(5_000), "](a.svg)".repeat(5_000));
        let long = format!("文\n\n{}\n", "あ".repeat(350_000));
        let braces = format!("文\n\n{}\n", "{".repeat(1_000_000));
        let opening = format!("文\n\n:::case {{{}}}\n:::\n", "a=1 ".repeat(100_000));
        let wide = format!("文\n\n{}|\n{}|\n", "|a".repeat(2_000), "|-".repeat(2_000));
        let notes: Vec<String> = (0..10_000).map(|n| format!("[^{n}]")).collect();
        let bodies: Vec<String> = (0..10_000).map(|n| format!("[^{n}]: 注。\n")).collect();
        for (what, text) in [
            ("quotes", quotes),
            ("spaced quotes", spaced),
            ("lists", lists),
            ("strong", strong),
            ("mixed", mixed),
            ("images", images),
            ("a megabyte", long),
            ("braces", braces),
            ("an opening", opening),
            ("columns", wide),
        ] {
            let found = found(&text);
            assert_eq!(found.first(), Some(&(Code::TextLimit, 3)), "{what}: {found:?}");
        }
        assert_eq!(found(&directives), [(Code::TextLimit, 103)]);
        assert_eq!(found(&steps.concat()).first().map(|(code, _)| *code), Some(Code::TextLimit));
        assert!(
            found(&format!("{}\n\n{}", notes.concat(), bodies.concat()))
                .iter()
                .any(|(code, _)| *code == Code::TextLimit)
        );
        // brackets in one another are words
        let brackets = format!("{}文{}\n", "[".repeat(5_000), "]".repeat(5_000));
        assert_eq!(found(&brackets), []);
    }
}
