//! Headings that skip a level: a screen edition is read aloud by them (PDF/UA-1 7.4.2), and the engine refuses it with a
//! word about the template. Here the heading of the text is named.
//!
//! In: the finished document. Out: each heading of the user's that stands more than one level below the one before it.

use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;
use typst::foundations::{Content, NativeElement};
use typst::introspection::Introspector;
use typst::model::{HeadingElem, Outlinable};
use typst_layout::PagedDocument;

use super::mark::Mark;

/// A heading that skips a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedLevel {
    /// The number of its origin in `data.json`.
    pub origin: usize,
    /// The level of the heading before it; 0 if it is the first.
    pub before: usize,
    /// Its own level.
    pub level: usize,
}

/// Goes through the headings of `document`.
#[must_use]
pub fn skipped(document: &PagedDocument) -> Vec<SkippedLevel> {
    let mut skipped = Vec::new();
    let mut before = 0;
    for content in document.introspector().query(&HeadingElem::ELEM.select()) {
        let Some(heading) = content.to_packed::<HeadingElem>() else { continue };
        let level = heading.level().get();
        if level > before + 1
            && let Some(origin) = origin(&heading.body)
        {
            skipped.push(SkippedLevel { origin, before, level });
        }
        before = level;
    }
    skipped
}

/// The origin of the first words that are marked as the user's.
fn origin(body: &Content) -> Option<usize> {
    let found = body.traverse(&mut |content: Content| {
        let mark = Mark::of(&content).filter(|mark| mark.kind == "on").and_then(|mark| mark.origin());
        mark.map_or(ControlFlow::Continue(()), ControlFlow::Break)
    });
    found.break_value()
}
