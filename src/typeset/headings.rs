//! Headings that a document for screen readers cannot have: it is read aloud by them (PDF/UA-1 7.4.2), and the engine
//! refuses it with a word about the template. Here the heading of the text is named.
//!
//! In: the finished document. Out: each heading that stands more than one level below the one before it, or has no words.

use serde::{Deserialize, Serialize};
use std::ops::ControlFlow;
use typst::foundations::{Content, NativeElement};
use typst::introspection::Introspector;
use typst::model::{HeadingElem, Outlinable};
use typst_layout::PagedDocument;

use super::mark::Mark;

/// A heading that skips a level, or is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadingFault {
    /// The number of its origin in `data.json`; none where its words are the template's.
    pub origin: Option<usize>,
    /// The page that it stands on, from 1.
    pub page: usize,
    /// The level of the heading before it; 0 if it is the first.
    pub before: usize,
    /// Its own level.
    pub level: usize,
    /// Whether it has words.
    pub has_words: bool,
}

/// Goes through the headings of `document`.
#[must_use]
pub fn faults(document: &PagedDocument) -> Vec<HeadingFault> {
    let mut faults = Vec::new();
    let mut before = 0;
    let introspector = document.introspector();
    for content in introspector.query(&HeadingElem::ELEM.select()) {
        let Some(heading) = content.to_packed::<HeadingElem>() else { continue };
        let level = heading.level().get();
        let has_words = !heading.body.plain_text().trim().is_empty();
        if level > before + 1 || !has_words {
            let page = content.location().and_then(|location| introspector.page(location));
            let page = page.map_or(1, std::num::NonZero::get);
            faults.push(HeadingFault { origin: origin(&heading.body), page, before, level, has_words });
        }
        before = level;
    }
    faults
}

/// The origin of the first words that are marked as the user's.
fn origin(body: &Content) -> Option<usize> {
    let found = body.traverse(&mut |content: Content| {
        let mark = Mark::of(&content).filter(|mark| mark.kind == "on").and_then(|mark| mark.origin());
        mark.map_or(ControlFlow::Continue(()), ControlFlow::Break)
    });
    found.break_value()
}
