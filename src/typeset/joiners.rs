//! Word joiners (U+2060), with which templates keep phrases together (`layouts/shared/phrases.typ`), taken out of finished pages:
//! they have told the engine where no line ends, and are no part of the text that is read, searched and copied.
//!
//! In: a document. Out: the same pages without joiners in their text.

use typst::layout::{Frame, FrameItem, GroupItem};
use typst::model::Document;
use typst::text::TextItem;
use typst_layout::{Page, PagedDocument};

/// The character.
const JOINER: &str = "\u{2060}";

/// `document` without joiners.
#[must_use]
pub(super) fn without_joiners(document: PagedDocument) -> PagedDocument {
    let cleaned: Vec<Option<Frame>> = document.pages().iter().map(|page| clean(&page.frame)).collect();
    if cleaned.iter().all(Option::is_none) {
        return document;
    }
    let pages = document.pages().iter().zip(cleaned).map(|(page, frame)| {
        let frame = frame.unwrap_or_else(|| page.frame.clone());
        Page { frame, ..page.clone() }
    });
    PagedDocument::new(pages.collect(), document.info().clone())
}

/// The frame without joiners; none if it has no joiner.
fn clean(frame: &Frame) -> Option<Frame> {
    let changed: Vec<Option<FrameItem>> = frame.items().map(|(_, item)| clean_item(item)).collect();
    if changed.iter().all(Option::is_none) {
        return None;
    }
    let mut clean = Frame::new(frame.size(), frame.kind());
    if frame.has_baseline() {
        clean.set_baseline(frame.baseline());
    }
    for ((position, item), changed) in frame.items().zip(changed) {
        clean.push(*position, changed.unwrap_or_else(|| item.clone()));
    }
    Some(clean)
}

fn clean_item(item: &FrameItem) -> Option<FrameItem> {
    match item {
        FrameItem::Group(group) => {
            let frame = clean(&group.frame)?;
            Some(FrameItem::Group(GroupItem { frame, ..group.clone() }))
        }
        FrameItem::Text(text) if text.text.contains(JOINER) => Some(FrameItem::Text(clean_text(text))),
        FrameItem::Text(_)
        | FrameItem::Shape(..)
        | FrameItem::Image(..)
        | FrameItem::Link(..)
        | FrameItem::Tag(_) => None,
    }
}

/// The run without joiners: its glyphs, whose bytes in the text move.
fn clean_text(item: &TextItem) -> TextItem {
    let joiners: Vec<usize> = item.text.match_indices(JOINER).map(|(at, _)| at).collect();
    let moved = |at: u16| {
        let before = joiners.partition_point(|joiner| *joiner < usize::from(at)) * JOINER.len();
        u16::try_from(usize::from(at) - before).unwrap_or(at)
    };
    let mut clean = item.clone();
    clean.text = item.text.replace(JOINER, "");
    for glyph in &mut clean.glyphs {
        glyph.range = moved(glyph.range.start)..moved(glyph.range.end);
    }
    clean
}
