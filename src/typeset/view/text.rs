//! What templates get to see of texts: chapters, blocks, inlines.
//!
//! In: a chapter with its places. Out: its values in the types of [`super::super::contract`], its words in the pieces that the
//! pages must show.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::super::contract::{
    Attributes, BlockData, ChapterData, DescriptionData, FootnoteData, InlineData, ItemData, Named,
};
use super::super::pieces::At;
use super::Viewer;
use crate::model::edition::Edition;
use crate::model::origin::Origin;
use crate::model::piece::{Duty, PieceKind};
use crate::model::text::{
    Attribute, Block, BlockKind, Chapter, Directive, Heading, Inline, InlineKind, walk_inlines,
};

/// The data of texts.
impl<'a> Viewer<'a> {
    pub(super) fn chapter(&mut self, number: usize, chapter: &'a Chapter) -> ChapterData<'a> {
        let path = chapter.source.path.as_str();
        let mut meta = Named::default();
        for entry in &chapter.meta {
            let value = match (entry.key.as_str(), entry.value.as_str()) {
                ("image", Some(target)) => Cow::Owned(self.image(path, target).into()),
                (key, Some(words)) => Cow::Owned(self.in_letters(key, words).into_owned().into()),
                _ => Cow::Borrowed(&entry.value),
            };
            meta.0.push((entry.key.as_str(), value));
        }
        let place = chapter.meta.first().map(|entry| entry.origin.clone());
        let origin = self.origin(place.unwrap_or_else(|| Origin::file(&chapter.source)));
        for entry in &chapter.meta {
            let at = At { origin, place: self.origin(entry.origin.clone()) };
            self.pieces.add_front_matter(at, entry, &self.publication.plan.layout);
        }
        let body = self.blocks(path, &chapter.body);
        let mut marks = BTreeSet::new();
        self.marks_of_notes(&chapter.body, &mut marks);
        let footnotes = chapter
            .footnotes
            .iter()
            // the note of a mark that this copy or layout leaves out is left out with it; the others keep their numbers
            .filter(|note| marks.contains(&note.number))
            .map(|note| {
                let origin = self.origin(note.origin.clone());
                let body = self.blocks(path, &note.body);
                self.close(origin);
                FootnoteData { n: note.number, o: origin, body }
            })
            .collect();
        self.close(origin);
        ChapterData { file: path, stem: &chapter.stem, number, meta, o: origin, body, footnotes }
    }

    /// The numbers of the notes that are marked in what the layout sets of `blocks`.
    fn marks_of_notes(&self, blocks: &[Block], marks: &mut BTreeSet<u32>) {
        for block in blocks {
            if self.leaves_out(block) {
                continue;
            }
            walk_inlines(block, &mut |inline| {
                if let InlineKind::FootnoteMark(number) = inline.kind {
                    marks.insert(number);
                }
            });
            block.kind.bodies(|body| self.marks_of_notes(body, marks));
        }
    }

    /// Whether the layout says that it does not set this block.
    fn leaves_out(&self, block: &Block) -> bool {
        let directives = &self.publication.plan.layout.leaves_out.directives;
        matches!(&block.kind, BlockKind::Directive(directive) if directives.contains_key(&directive.name))
    }

    fn blocks(&mut self, path: &str, blocks: &'a [Block]) -> Vec<BlockData<'a>> {
        blocks.iter().map(|block| self.block(path, block)).collect()
    }

    fn block(&mut self, path: &str, block: &'a Block) -> BlockData<'a> {
        let o = self.origin(block.origin.clone());
        let known = self.pieces.list.len();
        let data = self.block_data(path, block, o);
        if self.leaves_out(block) {
            self.pieces.list.truncate(known);
        }
        self.close(o);
        data
    }

    /// Names the block's own words as pieces; the blocks in it name theirs.
    fn name_words(&mut self, path: &str, block: &'a Block, o: usize) {
        match &block.kind {
            BlockKind::Paragraph(body) => self.pieces.add_inlines(o, PieceKind::Words, [body]),
            BlockKind::Heading(heading) => {
                self.pieces.add_inlines(o, PieceKind::Words, [&heading.body]);
                self.name_attributes(&heading.attributes, o);
            }
            BlockKind::Table { head, rows, .. } => {
                self.pieces.add_inlines(o, PieceKind::Words, head.iter().chain(rows.iter().flatten()));
            }
            BlockKind::Descriptions(items) => {
                self.pieces.add_inlines(o, PieceKind::Words, items.iter().map(|item| &item.term));
            }
            BlockKind::Image(image) => {
                self.name_picture(path, &image.target, o);
                let kind = PieceKind::Attribute("title".to_owned());
                self.pieces.add_plain(At::origin(o), kind, &image.title);
            }
            BlockKind::Code(text) => self.pieces.add_plain(At::origin(o), PieceKind::Words, text),
            BlockKind::Directive(directive) => self.name_attributes(&directive.attributes, o),
            BlockKind::List { .. } | BlockKind::Quote(_) | BlockKind::Rule => {}
        }
    }

    /// Names the attributes of the directive or heading at `o` as pieces.
    fn name_attributes(&mut self, attributes: &'a [Attribute], o: usize) {
        for attribute in attributes {
            let at = At { origin: o, place: self.origin(attribute.origin.clone()) };
            self.pieces.add_attribute(at, attribute, &self.publication.plan.layout);
        }
    }

    /// Names a picture of the text as a piece.
    fn name_picture(&mut self, path: &str, target: &str, o: usize) {
        let found = self.publication.images.path(path, target).unwrap_or_default();
        self.pieces.add_picture(At::origin(o), found);
    }

    fn block_data(&mut self, path: &str, block: &'a Block, o: usize) -> BlockData<'a> {
        self.name_words(path, block, o);
        match &block.kind {
            BlockKind::Paragraph(body) => BlockData::Paragraph { o, body: self.inlines(path, body) },
            BlockKind::Heading(heading) => BlockData::Heading {
                o,
                level: heading.level,
                id: heading.id.as_deref(),
                attrs: self.attributes(path, &heading.attributes, o),
                body: self.inlines(path, &heading.body),
            },
            BlockKind::List { start, items } => {
                let items = items.iter().map(|item| self.blocks(path, item)).collect();
                match *start {
                    Some(start) => BlockData::Numbers { o, start, items },
                    None => BlockData::Bullets { o, items },
                }
            }
            BlockKind::Quote(body) => BlockData::Quote { o, body: self.blocks(path, body) },
            BlockKind::Table { align, head, rows } => BlockData::Table {
                o,
                align,
                head: self.cells(path, head),
                rows: rows.iter().map(|row| self.cells(path, row)).collect(),
            },
            BlockKind::Descriptions(items) => {
                let items = items.iter().map(|item| DescriptionData {
                    term: self.inlines(path, &item.term),
                    body: self.blocks(path, &item.body),
                });
                BlockData::Descriptions { o, items: items.collect() }
            }
            BlockKind::Image(image) => BlockData::Image {
                o,
                src: self.image(path, &image.target),
                alt: &image.alt,
                title: &image.title,
            },
            BlockKind::Rule => BlockData::Rule { o },
            BlockKind::Code(text) => BlockData::Code { o, text },
            BlockKind::Directive(directive) => self.directive(path, directive, o),
        }
    }

    fn cells(&mut self, path: &str, row: &'a [Vec<Inline>]) -> Vec<Vec<InlineData<'a>>> {
        row.iter().map(|cell| self.inlines(path, cell)).collect()
    }

    /// A directive in two parts: what stands before its first heading, and an item for each heading.
    fn directive(&mut self, path: &str, directive: &'a Directive, o: usize) -> BlockData<'a> {
        let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading(_));
        let first = directive.body.iter().position(is_heading).unwrap_or(directive.body.len());
        let (lead, rest) = directive.body.split_at(first);
        let mut items = Vec::new();
        for part in rest.chunk_by(|_, next| !is_heading(next)) {
            let [head, body @ ..] = part else { continue };
            let BlockKind::Heading(heading) = &head.kind else { continue };
            items.push(self.item(path, head, heading, body));
        }
        let name = directive.attributes.iter().find(|attribute| attribute.key == "name");
        let list = name.and_then(|name| self.job.lists.iter().find(|list| list.plan.name == name.value));
        let entries = list.map(|list| list.entries.as_slice()).unwrap_or_default();
        let rows = entries.iter().map(|entry| self.entry(entry, Duty::SomeFile)).collect();
        let attrs = self.attributes(path, &directive.attributes, o);
        let lead = self.blocks(path, lead);
        BlockData::Directive {
            o,
            name: &directive.name,
            id: directive.id.as_deref(),
            attrs,
            lead,
            items,
            rows,
        }
    }

    fn item(&mut self, path: &str, head: &Block, heading: &'a Heading, body: &'a [Block]) -> ItemData<'a> {
        let o = self.origin(head.origin.clone());
        self.pieces.add_inlines(o, PieceKind::Title, [&heading.body]);
        self.name_attributes(&heading.attributes, o);
        let item = ItemData {
            title: self.inlines(path, &heading.body),
            id: heading.id.as_deref(),
            attrs: self.attributes(path, &heading.attributes, o),
            level: heading.level,
            o,
            body: self.blocks(path, body),
        };
        self.close(o);
        item
    }

    fn attributes(&mut self, path: &str, attributes: &'a [Attribute], o: usize) -> Attributes<'a> {
        let mut value = |attribute: &'a Attribute| match attribute.key.as_str() {
            "image" => {
                if !self.publication.plan.layout.leaves_out.attributes.contains_key("image") {
                    self.name_picture(path, &attribute.value, o);
                }
                Cow::Owned(self.image(path, &attribute.value))
            }
            key => self.in_letters(key, attribute.value.as_str()),
        };
        Named(attributes.iter().map(|attribute| (attribute.key.as_str(), value(attribute))).collect())
    }

    fn inlines(&mut self, path: &str, inlines: &'a [Inline]) -> Vec<InlineData<'a>> {
        let mut out = Vec::with_capacity(inlines.len());
        for inline in inlines {
            out.push(match &inline.kind {
                InlineKind::Text(words) => InlineData::Text { v: words },
                InlineKind::Ruby(pairs) => {
                    out.extend(pairs.iter().map(|(base, reading)| InlineData::Ruby { base, reading }));
                    continue;
                }
                InlineKind::Strong(body) => InlineData::Strong { body: self.inlines(path, body) },
                InlineKind::Emphasis(body) => InlineData::Emphasis { body: self.inlines(path, body) },
                InlineKind::Code(words) => InlineData::Code { v: words },
                InlineKind::Break => InlineData::Break,
                InlineKind::Link { url, body } => InlineData::Link {
                    url,
                    live: self.publication.edition == Edition::Screen
                        && self.project.checked_links.iter().any(|link| link.value == *url),
                    body: self.inlines(path, body),
                },
                InlineKind::Reference { id, body } => {
                    InlineData::Reference { id, body: self.inlines(path, body) }
                }
                InlineKind::FootnoteMark(number) => InlineData::FootnoteMark { n: *number },
                InlineKind::Image(image) => {
                    InlineData::Image { src: self.image(path, &image.target), alt: &image.alt }
                }
            });
        }
        out
    }
}
