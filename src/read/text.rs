//! Text sources: `CommonMark` with sasshi's directives, ruby, footnotes and front matter.
//!
//! In: a Markdown file as text. Out: a [`Chapter`] whose nodes know their line and column. Markdown itself is
//! `comrak`'s; this file turns its tree into ours and says what cannot be set.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use comrak::nodes::{AstNode, ListType, NodeValue, Sourcepos, TableAlignment};
use comrak::{Arena, Options, parse_document};

use crate::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::origin::{Origin, Source};
use crate::model::text::{
    Attribute, Block, BlockKind, Chapter, Description, Directive, Footnote, Heading, Image, Inline,
    InlineKind,
};
use crate::say;

use super::{attributes, front_matter, joining, ruby};

/// Reads one text file.
pub fn chapter(source: &Arc<Source>) -> Outcome<Chapter> {
    let arena = Arena::new();
    let masked = mask(&source.text);
    let root = parse_document(&arena, &masked, &options());
    let mut reader = Reader { source, lines: line_starts(&source.text), diagnostics: Vec::new() };
    let mut meta = Vec::new();
    let mut footnotes = Vec::new();
    let mut body = Vec::new();
    for node in root.children() {
        let data = node.data();
        match &data.value {
            NodeValue::FrontMatter(_) => {
                meta = front_matter::read(source).collect(&mut reader.diagnostics);
            }
            NodeValue::FootnoteDefinition(_) => {
                let number = u32::try_from(footnotes.len() + 1).unwrap_or(u32::MAX);
                let origin = reader.origin(data.sourcepos);
                drop(data);
                footnotes.push(Footnote { number, body: reader.blocks(node), origin });
            }
            _ => {
                drop(data);
                body.extend(reader.block(node));
            }
        }
    }
    reader.control_characters();
    let stem = source.path.rsplit('/').next().unwrap_or_default();
    let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem).to_owned();
    Outcome {
        value: Chapter { source: Arc::clone(source), stem, meta, body, footnotes },
        diagnostics: reader.diagnostics,
    }
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
    options
}

/// Stands for a colon that comrak must not see; a byte that no valid source holds (it would be a finding).
const MASK: char = '\u{1A}';

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
            masked.extend(inner.chars().map(|c| if c == ':' { MASK } else { c }));
        } else {
            masked.push_str(line);
        }
    }
    Cow::Owned(masked)
}

fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0)
        .chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1))
        .collect()
}

struct Reader<'s> {
    source: &'s Arc<Source>,
    lines: Vec<usize>,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Bytes of a node; comrak counts lines and byte columns from 1, the end included.
    fn span(&self, place: Sourcepos) -> Range<usize> {
        let text = &self.source.text;
        let line = |line: usize| self.lines.get(line.saturating_sub(1)).copied().unwrap_or(text.len());
        let floor = |mut at: usize| {
            at = at.min(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = floor(line(place.start.line) + place.start.column.saturating_sub(1));
        let mut end = (line(place.end.line) + place.end.column).min(text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        start..end.max(start)
    }

    fn origin(&self, place: Sourcepos) -> Origin {
        Origin::text(self.source, self.span(place))
    }

    fn error(&mut self, code: Code, message: crate::diagnostic::Say, place: Sourcepos) {
        let origin = self.origin(place);
        self.diagnostics.push(Diagnostic::error(code, message).at(origin));
    }

    fn blocks<'a>(&mut self, parent: &'a AstNode<'a>) -> Vec<Block> {
        parent.children().filter_map(|node| self.block(node)).collect()
    }

    fn block<'a>(&mut self, node: &'a AstNode<'a>) -> Option<Block> {
        let (value, place, attrs) = {
            let data = node.data();
            (data.value.clone(), data.sourcepos, data.attrs.clone())
        };
        let origin = self.origin(place);
        let kind = match value {
            NodeValue::Paragraph => match self.lone_image(node) {
                Some(image) => BlockKind::Image(image),
                None => BlockKind::Paragraph(self.inlines(node)),
            },
            NodeValue::Heading(heading) => {
                let attrs = attrs.unwrap_or_default();
                let attributes = attrs
                    .pairs
                    .iter()
                    .map(|(key, value)| Attribute {
                        key: key.clone(),
                        value: value.clone(),
                        origin: origin.clone(),
                    })
                    .collect();
                let body = self.inlines(node);
                BlockKind::Heading(Heading { level: heading.level, id: attrs.id.clone(), attributes, body })
            }
            NodeValue::List(list) => BlockKind::List {
                start: (list.list_type == ListType::Ordered).then_some(list.start),
                items: node.children().map(|item| self.blocks(item)).collect(),
            },
            NodeValue::BlockQuote => BlockKind::Quote(self.blocks(node)),
            NodeValue::Table(table) => {
                let align = table
                    .alignments
                    .iter()
                    .map(|alignment| match alignment {
                        TableAlignment::None => "none",
                        TableAlignment::Left => "left",
                        TableAlignment::Center => "center",
                        TableAlignment::Right => "right",
                    })
                    .collect();
                let mut rows: Vec<Vec<Vec<Inline>>> = node
                    .children()
                    .map(|row| row.children().map(|cell| self.inlines(cell)).collect())
                    .collect();
                let head = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
                BlockKind::Table { align, head, rows }
            }
            NodeValue::DescriptionList => BlockKind::Descriptions(self.descriptions(node)),
            NodeValue::ThematicBreak => BlockKind::Rule,
            NodeValue::CodeBlock(code) => BlockKind::Code(code.literal.replace(MASK, ":")),
            NodeValue::BlockDirective(directive) => {
                let directive_or_fault = self.directive(node, place);
                // a nameless one is a closing line too many; that was said
                if directive_or_fault.is_some() {
                    self.check_closed(directive.fence_length, place);
                }
                BlockKind::Directive(directive_or_fault?)
            }
            NodeValue::HtmlBlock(html) => {
                self.html(&html.literal, place);
                return None;
            }
            _ => {
                self.error(
                    Code::MarkupUnknown,
                    say!("この書き方は組版できません。", "sasshi does not set this kind of markup."),
                    place,
                );
                return None;
            }
        };
        Some(Block { origin, kind })
    }

    fn descriptions<'a>(&mut self, list: &'a AstNode<'a>) -> Vec<Description> {
        list.children()
            .map(|item| {
                let mut description = Description { term: Vec::new(), body: Vec::new() };
                for part in item.children() {
                    let is_term = matches!(part.data().value, NodeValue::DescriptionTerm);
                    if is_term {
                        for paragraph in part.children() {
                            description.term.extend(self.inlines(paragraph));
                        }
                    } else {
                        description.body.extend(self.blocks(part));
                    }
                }
                description
            })
            .collect()
    }

    fn directive<'a>(&mut self, node: &'a AstNode<'a>, place: Sourcepos) -> Option<Directive> {
        let opening = self.opening_line(place);
        let info = self.source.text[opening.clone()].trim_start_matches(':');
        match attributes::read(info, self.source, &opening) {
            Ok(head) => Some(Directive {
                name: head.name,
                id: head.id,
                attributes: head.attributes,
                body: self.blocks(node),
                origin: Origin::text(self.source, opening),
            }),
            Err(problem) => {
                let origin = Origin::text(self.source, opening);
                self.diagnostics.push(problem.diagnostic().at(origin));
                None
            }
        }
    }

    /// The bytes of the line on which a directive opens.
    fn opening_line(&self, place: Sourcepos) -> Range<usize> {
        let start = self.span(place).start;
        let text = &self.source.text;
        let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        start..start + text[start..end].trim_end().len()
    }

    /// comrak closes a directive at the end of its parent; we want the author's own closing line.
    fn check_closed(&mut self, fence: usize, place: Sourcepos) {
        let start = self.lines.get(place.end.line.saturating_sub(1)).copied().unwrap_or(0);
        let last = self.source.text[start..].lines().next().unwrap_or_default().trim();
        let closed =
            place.end.line > place.start.line && last.len() >= fence && last.bytes().all(|b| b == b':');
        if !closed {
            let opening = self.opening_line(place);
            let colons = ":".repeat(fence);
            self.diagnostics.push(
                Diagnostic::error(
                    Code::DirectiveUnclosed,
                    say!("「:::」で始めたまとまりが閉じていません。", "This directive is never closed."),
                )
                .at(Origin::text(self.source, opening))
                .hint(say!(
                    "終わりに「{colons}」だけの行を置いてください。中に別のまとまりがあるときは、外側の「:」を1つ多くします。",
                    "End it with a line of \"{colons}\"; an outer directive needs more colons than those inside it."
                ))
                .hint(say!(
                    "箇条書きのすぐあとで閉じるときは、あいだに空の行を1つ置きます。",
                    "After a list, leave an empty line before it."
                )),
            );
        }
    }

    fn html(&mut self, literal: &str, place: Sourcepos) {
        // a comment is the author's note to himself
        if literal.trim_start().starts_with("<!--") {
            return;
        }
        let origin = self.origin(place);
        self.diagnostics.push(
            Diagnostic::error(
                Code::MarkupUnknown,
                say!("HTMLのタグは組版できません。", "HTML tags are not set."),
            )
            .at(origin)
            .hint(say!(
                "「<」をそのまま刷るときは「\\<」と書いてください。",
                "To print the sign itself, write \"\\<\"."
            )),
        );
    }

    fn lone_image<'a>(&mut self, paragraph: &'a AstNode<'a>) -> Option<Image> {
        let mut children = paragraph.children();
        let (only, None) = (children.next()?, children.next()) else { return None };
        let is_image = matches!(only.data().value, NodeValue::Image(_));
        is_image.then(|| self.image(only)).flatten()
    }

    fn image<'a>(&mut self, node: &'a AstNode<'a>) -> Option<Image> {
        let data = node.data();
        let NodeValue::Image(link) = &data.value else { return None };
        let alt = plain(node);
        Some(Image {
            target: link.url.clone(),
            alt,
            title: link.title.clone(),
            origin: self.origin(data.sourcepos),
        })
    }

    fn inlines<'a>(&mut self, parent: &'a AstNode<'a>) -> Vec<Inline> {
        let mut out: Vec<Inline> = Vec::new();
        for node in parent.children() {
            let (value, place) = {
                let data = node.data();
                (data.value.clone(), data.sourcepos)
            };
            let origin = self.origin(place);
            let kind = match value {
                NodeValue::Text(words) => {
                    self.footnote_marks(&words, place);
                    let read = ruby::read(&words, &origin);
                    out.extend(read.collect(&mut self.diagnostics));
                    continue;
                }
                NodeValue::Escaped => {
                    out.extend(self.inlines(node));
                    continue;
                }
                NodeValue::SoftBreak => InlineKind::Text("\n".to_owned()),
                NodeValue::LineBreak => InlineKind::Break,
                NodeValue::Code(code) => InlineKind::Code(code.literal),
                NodeValue::Strong => InlineKind::Strong(self.inlines(node)),
                NodeValue::Emph => InlineKind::Emphasis(self.inlines(node)),
                NodeValue::Link(link) => {
                    let body = self.inlines(node);
                    match link.url.strip_prefix('#') {
                        Some(id) => InlineKind::Reference { id: percent_decode(id), body },
                        None => InlineKind::Link { url: link.url, body },
                    }
                }
                NodeValue::Image(_) => match self.image(node) {
                    Some(image) => InlineKind::Image(image),
                    None => continue,
                },
                NodeValue::FootnoteReference(mark) => InlineKind::FootnoteMark(mark.ix),
                NodeValue::HtmlInline(html) => {
                    self.html(&html, place);
                    continue;
                }
                _ => {
                    self.error(
                        Code::MarkupUnknown,
                        say!("この書き方は組版できません。", "sasshi does not set this kind of markup."),
                        place,
                    );
                    continue;
                }
            };
            out.push(Inline { origin, kind });
        }
        joining::join(&mut out);
        out
    }

    /// A mark whose note is missing is left as words by comrak.
    fn footnote_marks(&mut self, words: &str, place: Sourcepos) {
        let whole = self.span(place);
        let exact = self.source.text.get(whole.clone()) == Some(words);
        let mut from = 0;
        while let Some(at) = words[from..].find("[^").map(|found| from + found)
            && let Some(end) = words[at..].find(']').map(|found| at + found + 1)
        {
            let mark = &words[at..end];
            let span = if exact { whole.start + at..whole.start + end } else { whole.clone() };
            self.diagnostics.push(
                Diagnostic::error(
                    Code::FootnoteMissing,
                    say!("脚注「{mark}」の本文がありません。", "There is no note for {mark}."),
                )
                .at(Origin::text(self.source, span)),
            );
            from = end;
        }
    }

    /// Control characters print as nothing or as a box; each is reported where it stands.
    fn control_characters(&mut self) {
        let found: Vec<(usize, char)> = self
            .source
            .text
            .char_indices()
            .filter(|(_, c)| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
            .collect();
        for (at, c) in found {
            let code = u32::from(c);
            self.diagnostics.push(
                Diagnostic::error(
                    Code::ControlCharacter,
                    say!(
                        "目に見えない制御文字（U+{code:04X}）があります。",
                        "There is an invisible control character (U+{code:04X})."
                    ),
                )
                .at(Origin::text(self.source, at..at + c.len_utf8()))
                .hint(say!("その文字を消してください。", "Delete it.")),
            );
        }
    }
}

/// The words below a node, without markup.
fn plain<'a>(node: &'a AstNode<'a>) -> String {
    node.descendants()
        .skip(1)
        .filter_map(|below| match &below.data().value {
            NodeValue::Text(words) => Some(words.to_string()),
            NodeValue::Code(code) => Some(code.literal.clone()),
            _ => None,
        })
        .collect()
}

/// comrak percent-encodes what is not ASCII in addresses; ids are compared as written.
fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let decoded = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok()))
            .flatten();
        out.push(decoded.unwrap_or(bytes[at]));
        at += if decoded.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
