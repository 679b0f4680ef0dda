//! What no page can hold is told at its line before it takes all memory or time: marks within marks, a paragraph of a
//! megabyte, ten thousand notes, a table of a thousand columns.
//!
//! In: the text, then the tree that comrak made of it. Out: findings; what they name is taken out of the tree, so that
//! whatever goes through the tree after this goes down a few steps only.

use std::sync::Arc;

use comrak::nodes::{AstNode, NodeValue};

use super::comments;
use super::reader::TextReader;
use crate::diagnostic::{Code, Diagnostic, Say};
use crate::model::origin::{Origin, Source};
use crate::say;

/// Quotations, lists, directives and marks of the line stand in one another at most so deep. A book uses four; the data
/// of templates is JSON, which is read to a depth of 128, and a step takes up to five of these.
const MOST_NESTED: usize = 16;
/// So many marks at the head of a line, or open directives, are not even handed to comrak.
const MOST_OPEN: usize = 100;
/// Characters of a paragraph, a heading, a cell: ten pages.
const LONGEST: usize = 20_000;
/// Bytes of the opening line of a directive.
const LONGEST_OPENING: usize = 10_000;
/// Notes of a chapter.
const MOST_NOTES: usize = 1_000;
/// Columns of a table.
const MOST_COLUMNS: usize = 100;
/// Findings of this kind in a file: more say nothing new.
const MOST_FINDINGS: usize = 20;

/// Looks at the lines for what comrak itself would take too long over. None if it may have the text.
#[must_use]
pub fn of_lines(reader: &TextReader<'_>, text: &str) -> Option<Diagnostic> {
    let mut at = 0;
    let mut open = 0_usize;
    for line in text.split_inclusive('\n') {
        let inner = line.trim();
        let words = inner.trim_start_matches(':');
        if inner.len() >= words.len() + 3 {
            open = if words.is_empty() { open.saturating_sub(1) } else { open + 1 };
            if words.len() > LONGEST_OPENING {
                let place = reader.text_place(at..at + line.trim_end().len());
                return Some(too_long(place, words.chars().count(), LONGEST_OPENING));
            }
        }
        if open > MOST_OPEN || comments::marks(line) > MOST_OPEN {
            return Some(too_deep(reader.text_place(at..at + line.trim_end().len())));
        }
        at += line.len();
    }
    None
}

/// Takes out of the tree what is too deep, too long or too many, and tells it.
pub fn prune<'a>(reader: &mut TextReader<'_>, root: &'a AstNode<'a>) {
    let mut found = Vec::new();
    let mut notes = 0;
    let mut open: Vec<(&'a AstNode<'a>, usize)> = vec![(root, 0)];
    while let Some((node, depth)) = open.pop() {
        let (shape, place) = {
            let data = node.data();
            (Shape::of(&data.value), data.sourcepos)
        };
        let depth = depth + usize::from(shape == Shape::Nests || shape == Shape::Note);
        if depth > MOST_NESTED {
            found.push(too_deep(reader.origin(place)));
            node.detach();
            continue;
        }
        if shape == Shape::Note {
            notes += 1;
            if notes == MOST_NOTES + 1 {
                found.push(too_many_notes(reader.origin(place)));
            }
            if notes > MOST_NOTES {
                node.detach();
                continue;
            }
        }
        match shape {
            Shape::Words => {
                let length = reader.written(place).chars().count();
                if length > LONGEST {
                    found.push(too_long(reader.origin(place), length, LONGEST));
                    empty(node);
                }
            }
            Shape::Row if node.children().count() > MOST_COLUMNS => {
                if let Some(table) = node.parent() {
                    found.push(too_wide(reader.origin(place), node.children().count()));
                    open.retain(|(other, _)| !other.parent().is_some_and(|parent| parent.same_node(table)));
                    table.detach();
                }
                continue;
            }
            _ => {}
        }
        // the first child on top: in the order of the text
        open.extend(node.reverse_children().map(|child| (child, depth)));
    }
    found.truncate(MOST_FINDINGS);
    reader.diagnostics.append(&mut found);
}

fn empty<'a>(node: &'a AstNode<'a>) {
    while let Some(child) = node.first_child() {
        child.detach();
    }
}

/// What of a node matters here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// Others of its kind may stand in it.
    Nests,
    /// A note.
    Note,
    /// It holds words.
    Words,
    /// A row of a table.
    Row,
    Other,
}

impl Shape {
    fn of(value: &NodeValue) -> Self {
        match value {
            NodeValue::BlockQuote
            | NodeValue::List(_)
            | NodeValue::BlockDirective(_)
            | NodeValue::DescriptionList
            | NodeValue::Table(_)
            | NodeValue::Strong
            | NodeValue::Emph
            | NodeValue::Link(_)
            | NodeValue::Image(_) => Self::Nests,
            NodeValue::FootnoteDefinition(_) => Self::Note,
            NodeValue::Paragraph | NodeValue::Heading(_) | NodeValue::TableCell => Self::Words,
            NodeValue::TableRow(_) => Self::Row,
            _ => Self::Other,
        }
    }
}

fn limit(message: Say, place: Origin) -> Diagnostic {
    Diagnostic::error(Code::TextLimit, message).at(place)
}

fn too_deep(place: Origin) -> Diagnostic {
    limit(
        say!(
            "引用・箇条書き・囲み・強調などの入れ子が深すぎます（{MOST_NESTED}段まで）。",
            "Quotations, lists, directives or emphasis stand in one another too deep (at most {MOST_NESTED})."
        ),
        place,
    )
    .hint(say!(
        "「>」「-」「:::」「*」「[」が重なっている所を減らしてください。",
        "Take some of the \">\", \"-\", \":::\", \"*\" or \"[\" away."
    ))
    .hint(say!(
        "「:::」の閉じ忘れが重なっていないかも確かめてください。",
        "See whether directives before it are closed."
    ))
}

fn too_long(place: Origin, length: usize, most: usize) -> Diagnostic {
    limit(
        say!(
            "1つの段落が長すぎます（{length}字。{most}字まで）。",
            "One paragraph is too long ({length} characters; at most {most})."
        ),
        place,
    )
    .hint(say!(
        "空の行を入れて、段落を分けてください。",
        "Part it into paragraphs with empty lines between them."
    ))
}

fn too_many_notes(place: Origin) -> Diagnostic {
    limit(
        say!(
            "脚注が多すぎます（1つの文書に{MOST_NOTES}個まで）。",
            "There are too many footnotes (at most {MOST_NOTES} in one file)."
        ),
        place,
    )
    .hint(say!("文書をいくつかのファイルに分けてください。", "Part the text into several files."))
}

/// The finding for a text that comrak gives up on.
#[must_use]
pub fn too_tangled(source: &Arc<Source>) -> Diagnostic {
    limit(
        say!(
            "入れ子や記号が入り組みすぎていて、読み終えられません。",
            "Its marks are too tangled to be read to the end."
        ),
        Origin::file(source),
    )
    .hint(say!("文書をいくつかのファイルに分けてください。", "Part the text into several files."))
}

fn too_wide(place: Origin, columns: usize) -> Diagnostic {
    limit(
        say!(
            "表の列が多すぎます（{columns}列。{MOST_COLUMNS}列まで）。",
            "The table has too many columns ({columns}; at most {MOST_COLUMNS})."
        ),
        place,
    )
    .hint(say!("表を分けてください。", "Part the table."))
}
