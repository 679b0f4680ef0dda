//! The text of a publication as a typed tree; every node keeps its file, line and column.
//!
//! In: `read::text` builds it from Markdown. Out: `check` looks through it, `typeset::view` hands it to templates.

use std::sync::Arc;

use super::origin::{Origin, Source};
use super::unseen::OddCharacter;

/// One text file.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// The file.
    pub source: Arc<Source>,
    /// The file's name without folder and ending.
    pub stem: String,
    /// The front matter, with origins of its keys.
    pub meta: Vec<MetaEntry>,
    /// The blocks.
    pub body: Vec<Block>,
    /// The notes, in the order of their marks.
    pub footnotes: Vec<Footnote>,
    /// Characters that nobody sees or that are none, with their places: the first of them.
    pub odd: Vec<(OddCharacter, Origin)>,
}

impl Chapter {
    /// The text of a front matter entry.
    #[must_use]
    pub fn meta_text(&self, key: &str) -> Option<&str> {
        self.meta.iter().find(|entry| entry.key == key).and_then(|entry| entry.value.as_str())
    }
}

/// One `key = value` of the front matter.
#[derive(Debug, Clone)]
pub struct MetaEntry {
    /// The key.
    pub key: String,
    /// The value as JSON-like data.
    pub value: serde_json::Value,
    /// Where the value stands.
    pub origin: Origin,
}

/// A footnote.
#[derive(Debug, Clone)]
pub struct Footnote {
    /// Its number in the chapter, from 1.
    pub number: u32,
    /// Its blocks.
    pub body: Vec<Block>,
    /// Where it is defined.
    pub origin: Origin,
}

/// A block with its place.
#[derive(Debug, Clone)]
pub struct Block {
    /// Where it begins and ends.
    pub origin: Origin,
    /// What it is.
    pub kind: BlockKind,
}

/// The kinds of block.
#[derive(Debug, Clone)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading.
    Heading(Heading),
    /// A list; `start` is the first number of an ordered one.
    List {
        /// First number, if ordered.
        start: Option<usize>,
        /// The items.
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote(Vec<Block>),
    /// A table.
    Table {
        /// Alignment of each column: `left`, `center`, `right` or `none`.
        align: Vec<&'static str>,
        /// Header cells.
        head: Vec<Vec<Inline>>,
        /// Rows of cells.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A list of terms and what they mean.
    Descriptions(Vec<Description>),
    /// An image alone in its paragraph.
    Image(Image),
    /// A rule between parts.
    Rule,
    /// Text as typed.
    Code(String),
    /// A directive.
    Directive(Directive),
}

/// A term and its explanation.
#[derive(Debug, Clone)]
pub struct Description {
    /// The term.
    pub term: Vec<Inline>,
    /// What it means.
    pub body: Vec<Block>,
}

/// A heading.
#[derive(Debug, Clone)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Name for cross references.
    pub id: Option<String>,
    /// `{key="value"}` after the words.
    pub attributes: Vec<Attribute>,
    /// The words.
    pub body: Vec<Inline>,
}

/// A directive: `:::name {…}` and what it holds.
#[derive(Debug, Clone)]
pub struct Directive {
    /// Its name.
    pub name: String,
    /// Name for cross references.
    pub id: Option<String>,
    /// Its attributes.
    pub attributes: Vec<Attribute>,
    /// What it holds.
    pub body: Vec<Block>,
    /// Where its name stands.
    pub origin: Origin,
}

/// `key="value"` of a directive or heading.
#[derive(Debug, Clone)]
pub struct Attribute {
    /// The key.
    pub key: String,
    /// The value.
    pub value: String,
    /// Where it stands (the line, where the parser gives no more).
    pub origin: Origin,
}

/// An image named in the text.
#[derive(Debug, Clone)]
pub struct Image {
    /// As written: relative to the text file.
    pub target: String,
    /// What it shows, in words.
    pub alt: String,
    /// Its title.
    pub title: String,
    /// Where it is named.
    pub origin: Origin,
}

/// A piece of a line with its place.
#[derive(Debug, Clone)]
pub struct Inline {
    /// Where it stands.
    pub origin: Origin,
    /// What it is.
    pub kind: InlineKind,
}

/// The kinds of inline.
#[derive(Debug, Clone)]
pub enum InlineKind {
    /// Words.
    Text(String),
    /// Base and reading; more than one pair where each character has its own.
    Ruby(Vec<(String, String)>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Words as typed.
    Code(String),
    /// A forced line break.
    Break,
    /// A link to an address.
    Link {
        /// The address.
        url: String,
        /// The words.
        body: Vec<Inline>,
    },
    /// A cross reference.
    Reference {
        /// The id it leads to.
        id: String,
        /// The words; empty prints the folio.
        body: Vec<Inline>,
    },
    /// The mark of a footnote.
    FootnoteMark(u32),
    /// A small image in the line.
    Image(Image),
}

impl Chapter {
    /// The runs of blocks of its text and of its notes.
    pub fn bodies(&self) -> impl Iterator<Item = &[Block]> {
        std::iter::once(self.body.as_slice()).chain(self.footnotes.iter().map(|note| note.body.as_slice()))
    }
}

impl BlockKind {
    /// Calls `visit` for each run of blocks that stands directly in the block.
    pub fn bodies<'a>(&'a self, mut visit: impl FnMut(&'a [Block])) {
        match self {
            Self::List { items, .. } => items.iter().for_each(|item| visit(item)),
            Self::Quote(body) => visit(body),
            Self::Descriptions(items) => items.iter().for_each(|item| visit(&item.body)),
            Self::Directive(directive) => visit(&directive.body),
            Self::Paragraph(_)
            | Self::Heading(_)
            | Self::Table { .. }
            | Self::Image(_)
            | Self::Rule
            | Self::Code(_) => {}
        }
    }
}

/// Whether the file at `path` is a text.
#[must_use]
pub fn is_text_file(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, kind)| kind == "md")
}

/// Calls `visit` for every block of a tree, outer before inner.
pub fn walk<'a, V: FnMut(&'a Block)>(blocks: &'a [Block], visit: &mut V) {
    for block in blocks {
        visit(block);
        block.kind.bodies(|body| walk(body, visit));
    }
}

/// Calls `visit` for every inline that stands directly in `block`, outer before inner.
pub fn walk_inlines<'a>(block: &'a Block, visit: &mut impl FnMut(&'a Inline)) {
    fn all<'a>(inlines: &'a [Inline], visit: &mut impl FnMut(&'a Inline)) {
        for inline in inlines {
            visit(inline);
            match &inline.kind {
                InlineKind::Strong(body)
                | InlineKind::Emphasis(body)
                | InlineKind::Link { body, .. }
                | InlineKind::Reference { body, .. } => all(body, visit),
                _ => {}
            }
        }
    }
    match &block.kind {
        BlockKind::Paragraph(body) => all(body, visit),
        BlockKind::Heading(heading) => all(&heading.body, visit),
        BlockKind::Table { head, rows, .. } => {
            head.iter().chain(rows.iter().flatten()).for_each(|cell| all(cell, visit));
        }
        BlockKind::Descriptions(items) => items.iter().for_each(|item| all(&item.term, visit)),
        _ => {}
    }
}
