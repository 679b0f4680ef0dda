//! Blocks: comrak's tree to ours. What cannot be set, and what comrak would drop, is told.
//!
//! In: nodes of the tree, cut to what a page can hold by `guard`. Out: [`Block`]s.

use comrak::nodes::{AstNode, ListType, NodeValue, Sourcepos, TableAlignment};

use super::reader::{Surroundings, TextReader, unmasked};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::origin::Origin;
use crate::model::text::{Attribute, Block, BlockKind, Description, Directive, Heading, Image, Inline};
use crate::read::attributes;
use crate::say;

impl TextReader<'_> {
    /// The blocks below a node.
    pub fn blocks<'a>(&mut self, parent: &'a AstNode<'a>) -> Vec<Block> {
        parent.children().filter_map(|node| self.block(node)).collect()
    }

    /// One block; none if it is none, or cannot be set, which is then said.
    pub fn block<'a>(&mut self, node: &'a AstNode<'a>) -> Option<Block> {
        let (value, place) = {
            let data = node.data();
            (data.value.clone(), data.sourcepos)
        };
        let origin = self.origin(place);
        let kind = match value {
            NodeValue::Paragraph => {
                if let Some(image) = self.lone_image(node) {
                    BlockKind::Image(image)
                } else {
                    self.no_table(place);
                    self.lines_of_paragraph(node, place);
                    BlockKind::Paragraph(self.inlines(node))
                }
            }
            NodeValue::Heading(heading) => {
                if heading.setext {
                    self.underlined_head(place);
                }
                BlockKind::Heading(self.heading(node, heading.level, place))
            }
            NodeValue::List(list) => {
                let is_ordered = list.list_type == ListType::Ordered;
                if is_ordered {
                    self.numbers(node, &list);
                }
                let items = node.children().map(|item| self.list_item(item)).collect();
                BlockKind::List { start: is_ordered.then_some(list.start), items }
            }
            NodeValue::BlockQuote => BlockKind::Quote(self.blocks(node)),
            NodeValue::Table(table) => self.table(node, &table.alignments),
            NodeValue::DescriptionList => BlockKind::Descriptions(self.descriptions(node)),
            NodeValue::ThematicBreak => BlockKind::Rule,
            NodeValue::CodeBlock(code) => {
                self.code_language(&code.info, place);
                BlockKind::Code(without_tabs(&unmasked(code.literal.into())))
            }
            NodeValue::BlockDirective(directive) => {
                let read = self.directive(node, place);
                // a nameless one is a closing line too many; that was said
                if read.is_some() {
                    self.check_closed(directive.fence_length, place);
                }
                BlockKind::Directive(read?)
            }
            NodeValue::HtmlBlock(html) => {
                self.html(&html.literal, place);
                return None;
            }
            // these stand behind the text, whatever place they were written at
            NodeValue::FrontMatter(_) | NodeValue::FootnoteDefinition(_) => return None,
            _ => {
                self.unset(place);
                return None;
            }
        };
        Some(Block { origin, kind })
    }

    /// The blocks of an item of a list; one without any prints a mark and nothing behind it.
    fn list_item<'a>(&mut self, item: &'a AstNode<'a>) -> Vec<Block> {
        let place = item.data().sourcepos;
        if item.first_child().is_none() {
            self.error(
                Code::MarkupUnknown,
                say!("箇条書きの項目が空です。", "An item of the list is empty."),
                place,
            );
            self.advise(say!("文を書くか、この行を消してください。", "Write it, or delete the line."));
        }
        self.blocks(item)
    }

    fn heading<'a>(&mut self, node: &'a AstNode<'a>, level: u8, place: Sourcepos) -> Heading {
        let attrs = node.data().attrs.clone().unwrap_or_default();
        let whole = self.span(place);
        let mut attributes: Vec<Attribute> = Vec::with_capacity(attrs.pairs.len());
        for (key, value) in &attrs.pairs {
            let found = self.source.text[whole.clone()].rfind(&format!("{key}="));
            let origin = match found {
                Some(at) => self.text_place(whole.start + at..whole.start + at + key.len()),
                None => self.origin(place),
            };
            if attributes.iter().any(|known| known.key == *key) {
                self.diagnostics.push(attributes::twice(key).at(origin.clone()));
            }
            let value = unmasked(value.into()).into_owned();
            attributes.push(Attribute { key: key.clone(), value, origin });
        }
        for class in &attrs.classes {
            self.error(
                Code::DirectiveSyntax,
                say!("「.{class}」は読まれません。", "\".{class}\" is not read."),
                place,
            );
        }
        self.inside = Surroundings::Heading;
        let body = self.inlines(node);
        self.inside = Surroundings::Running;
        Heading { level, id: attrs.id.clone(), attributes, body }
    }

    fn table<'a>(&mut self, node: &'a AstNode<'a>, alignments: &[TableAlignment]) -> BlockKind {
        let align = alignments
            .iter()
            .map(|alignment| match alignment {
                TableAlignment::None => "none",
                TableAlignment::Left => "left",
                TableAlignment::Center => "center",
                TableAlignment::Right => "right",
            })
            .collect();
        let mut rows: Vec<Vec<Vec<Inline>>> = Vec::new();
        for row in node.children() {
            let place = row.data().sourcepos;
            self.cells_too_many(place, alignments.len());
            self.inside = Surroundings::Cell;
            rows.push(row.children().map(|cell| self.inlines(cell)).collect());
            self.inside = Surroundings::Running;
        }
        let head = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
        BlockKind::Table { align, head, rows }
    }

    /// Cells beyond the last column are no part of the table, and so on no page.
    fn cells_too_many(&mut self, place: Sourcepos, columns: usize) {
        let row = self.written(place).lines().next().unwrap_or_default().trim();
        let cells = cells(row);
        if cells > columns {
            self.error(
                Code::MarkupUnknown,
                say!(
                    "表のこの行にはセルが{cells}個ありますが、見出しは{columns}列です。多い分は印刷されません。",
                    "This row has {cells} cells under {columns} headers; those too many would not be printed."
                ),
                place,
            );
            self.advise(say!(
                "見出しの行と区切りの行に列を足すか、この行のセルを減らしてください。セルの中の「|」は「\\|」と書きます。",
                "Add columns to the header and its delimiter row, or take cells away. Within a cell, write \"\\|\"."
            ));
        }
    }

    /// A table whose header and delimiter row disagree is a paragraph of strokes to comrak.
    fn no_table(&mut self, place: Sourcepos) {
        let words = self.written(place);
        let mut lines = words.lines();
        let mut before = lines.next().unwrap_or_default();
        for line in lines {
            let rules = line.trim().trim_start_matches(['>', ' ']);
            let is_delimiter = rules.contains("--")
                && rules.contains('|')
                && rules.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'));
            if is_delimiter && before.contains('|') {
                let (head, below) = (cells(before.trim().trim_start_matches(['>', ' '])), cells(rules));
                self.error(
                    Code::MarkupUnknown,
                    say!(
                        "表として読めません（見出しは{head}列、区切りの行は{below}列）。",
                        "This is no table: {head} headers over a delimiter row of {below}."
                    ),
                    place,
                );
                self.advise(say!(
                    "見出しの行と、その下の「|---|---|」の列の数を同じにしてください。",
                    "Give the header and the \"|---|---|\" below it the same number of columns."
                ));
                return;
            }
            before = line;
        }
    }

    fn code_language(&mut self, info: &str, place: Sourcepos) {
        let info = info.trim();
        if !info.is_empty() {
            let origin = self.origin(place);
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::MarkupUnknown,
                    say!(
                        "「```」のあとの「{info}」は印刷されません。",
                        "\"{info}\" after ``` is not printed."
                    ),
                )
                .at(origin)
                .hint(say!("いらなければ消してください。", "Delete it if it is not needed.")),
            );
        }
    }

    /// Puts advice on what was found last.
    pub fn advise(&mut self, hint: crate::diagnostic::Say) {
        if let Some(last) = self.diagnostics.last_mut() {
            last.hints.push(hint);
        }
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
        let origin = Origin::text(self.source, opening.clone());
        match attributes::read(info, self.source, &opening) {
            Ok(head) => {
                for (index, attribute) in head.attributes.iter().enumerate() {
                    if head.attributes[..index].iter().any(|known| known.key == attribute.key) {
                        let twice = attributes::twice(&attribute.key).at(attribute.origin.clone());
                        self.diagnostics.push(twice);
                    }
                }
                Some(Directive {
                    name: head.name,
                    id: head.id,
                    attributes: head.attributes,
                    body: self.blocks(node),
                    origin,
                })
            }
            Err(problem) => {
                self.diagnostics.push(problem.diagnostic().at(origin));
                None
            }
        }
    }

    /// The bytes of the line on which a directive opens.
    fn opening_line(&self, place: Sourcepos) -> std::ops::Range<usize> {
        let start = self.span(place).start;
        let text = &self.source.text;
        let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        start..start + text[start..end].trim_end().len()
    }

    /// comrak closes a directive at the end of its parent; we want the author's own closing line.
    fn check_closed(&mut self, fence: usize, place: Sourcepos) {
        let start = self.source.line_start(place.end.line);
        let last = self.source.text[start..].lines().next().unwrap_or_default();
        let last = last.trim().trim_start_matches(['>', ' ']);
        let closed =
            place.end.line > place.start.line && last.len() >= fence && last.bytes().all(|b| b == b':');
        if !closed {
            let opening = self.opening_line(place);
            let colons = ":".repeat(fence);
            self.diagnostics.push(
                Diagnostic::error(
                    Code::DirectiveUnclosed,
                    say!("「:::」で始めた囲みが閉じていません。", "This directive is never closed."),
                )
                .at(Origin::text(self.source, opening))
                .hint(say!(
                    "終わりに「{colons}」だけの行を置いてください。中に別の囲みがあるときは、外側の「:」を1つ多くします。",
                    "End it with a line of \"{colons}\"; an outer directive needs more colons than those inside it."
                ))
                .hint(say!(
                    "箇条書きのすぐあとで閉じるときは、あいだに空の行を1つ置きます。",
                    "After a list, leave an empty line before it."
                )),
            );
        }
    }

    fn lone_image<'a>(&mut self, paragraph: &'a AstNode<'a>) -> Option<Image> {
        let mut children = paragraph.children();
        let (only, None) = (children.next()?, children.next()) else { return None };
        let is_image = matches!(only.data().value, NodeValue::Image(_));
        is_image.then(|| self.image(only)).flatten()
    }
}

/// Text as typed, each tab as the blanks up to the next stop of four columns: fonts have no tab. A letter beyond ASCII is two
/// columns wide.
fn without_tabs(typed: &str) -> String {
    let mut out = String::with_capacity(typed.len());
    let mut column = 0;
    for c in typed.chars() {
        match c {
            '\t' => {
                let blanks = 4 - column % 4;
                out.extend(std::iter::repeat_n(' ', blanks));
                column += blanks;
            }
            '\n' => {
                out.push(c);
                column = 0;
            }
            _ => {
                out.push(c);
                column += if c.is_ascii() { 1 } else { 2 };
            }
        }
    }
    out
}

/// The cells of a table's row as written.
fn cells(row: &str) -> usize {
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut bars = 0;
    let mut last = ' ';
    let mut ends_with_bar = false;
    for c in row.chars() {
        ends_with_bar = c == '|' && last != '\\';
        bars += usize::from(ends_with_bar);
        last = if last == '\\' && c == '\\' { ' ' } else { c };
    }
    bars + usize::from(!ends_with_bar)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tab_leads_to_the_next_stop() {
        assert_eq!(without_tabs("a\tb\n\tc\n市\td\nabcd\te"), "a   b\n    c\n市  d\nabcd    e");
    }

    #[test]
    fn cells_are_counted_as_comrak_does() {
        for (row, count) in
            [("| a | b |", 2), ("a | b", 2), ("| a \\| b |", 1), ("|a|", 1), ("| a | b", 2), ("| |", 1)]
        {
            assert_eq!(cells(row), count, "{row}");
        }
    }
}
