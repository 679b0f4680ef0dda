//! 分かち書き: a blank between the phrases of a text for readers of easy Japanese, where its writer has none.
//!
//! In: blocks with readings above their kanji, and names that stay whole. Out: the same blocks; the blanks are of the text, as those
//! are that a writer types, so that they are read, copied and found in the same way.

use std::collections::BTreeSet;

use crate::model::phrases::{self, Names};
use crate::model::text::{Block, BlockKind, Inline, InlineKind};

/// Parts the phrases of `blocks`.
pub(super) fn blocks(blocks: &mut [Block], names: &Names) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Paragraph(body) => inlines(body, names),
            BlockKind::Heading(heading) => inlines(&mut heading.body, names),
            BlockKind::List { items, .. } => items.iter_mut().for_each(|item| self::blocks(item, names)),
            BlockKind::Quote(body) => self::blocks(body, names),
            BlockKind::Table { head, rows, .. } => {
                head.iter_mut().chain(rows.iter_mut().flatten()).for_each(|cell| inlines(cell, names));
            }
            BlockKind::Descriptions(items) => {
                for item in items {
                    inlines(&mut item.term, names);
                    self::blocks(&mut item.body, names);
                }
            }
            BlockKind::Directive(directive) => self::blocks(&mut directive.body, names),
            BlockKind::Image(_) | BlockKind::Rule | BlockKind::Code(_) => {}
        }
    }
}

fn inlines(inlines: &mut Vec<Inline>, names: &Names) {
    let mut text = String::new();
    flatten(inlines, &mut text);
    let mut writer = GapWriter { gaps: phrases::gaps(&text, names), count: 0 };
    writer.write(inlines);
}

/// What takes the place of something that is no text: nothing is parted beside it.
const OTHER: char = '\u{3000}';

/// The words of inlines as one text.
fn flatten(inlines: &[Inline], text: &mut String) {
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(words) | InlineKind::Code(words) => text.push_str(words),
            InlineKind::Ruby(pairs) => pairs.iter().for_each(|(base, _)| text.push_str(base)),
            InlineKind::Strong(body)
            | InlineKind::Emphasis(body)
            | InlineKind::Link { body, .. }
            | InlineKind::Reference { body, .. } => flatten(body, text),
            InlineKind::Break | InlineKind::FootnoteMark(_) | InlineKind::Image(_) => text.push(OTHER),
        }
    }
}

/// Writes blanks into inlines, character by character of their text.
struct GapWriter {
    gaps: BTreeSet<usize>,
    count: usize,
}

impl GapWriter {
    fn write(&mut self, inlines: &mut Vec<Inline>) {
        let mut done = Vec::with_capacity(inlines.len());
        for mut inline in std::mem::take(inlines) {
            match &mut inline.kind {
                InlineKind::Text(words) => *words = self.parted(words),
                InlineKind::Ruby(pairs) => {
                    if self.gaps.contains(&self.count) {
                        let blank = InlineKind::Text(" ".to_owned());
                        done.push(Inline { origin: inline.origin.clone(), kind: blank });
                    }
                    self.count += pairs.iter().map(|(base, _)| base.chars().count()).sum::<usize>();
                }
                InlineKind::Code(words) => self.count += words.chars().count(),
                InlineKind::Strong(body)
                | InlineKind::Emphasis(body)
                | InlineKind::Link { body, .. }
                | InlineKind::Reference { body, .. } => self.write(body),
                InlineKind::Break | InlineKind::FootnoteMark(_) | InlineKind::Image(_) => self.count += 1,
            }
            done.push(inline);
        }
        *inlines = done;
    }

    fn parted(&mut self, words: &str) -> String {
        let mut parted = String::with_capacity(words.len() * 2);
        for c in words.chars() {
            if self.gaps.contains(&self.count) {
                parted.push(' ');
            }
            parted.push(c);
            self.count += 1;
        }
        parted
    }
}
