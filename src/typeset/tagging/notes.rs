//! Footnotes for who reads aloud: a layout sets them by hand, and says with marks (`layouts/shared/notes.typ`) what is the mark in the
//! text, the note, and the label of the note.
//!
//! In: a document. Out: the tags of notes and labels, and which note each mark in the text leads to: the one of its number that stands on
//! its page, else the next one, else the last one before.

use typst::foundations::{Content, NativeElement as _, Packed, Value};
use typst::introspection::Tag;
use typst::layout::{Frame, FrameItem};
use typst::model::{FootnoteElem, FootnoteEntry};
use typst::pdf::PdfMarkerTag;
use typst_layout::PagedDocument;

use super::insertion::Insertion;
use crate::typeset::mark::Mark;

/// Puts notes and labels into `insertion`; for each mark of the text, in order, the note that it leads to.
pub(super) fn notes(document: &PagedDocument, insertion: &mut Insertion) -> Vec<Option<usize>> {
    let mut search = Search::default();
    for page in document.pages() {
        search.page += 1;
        search.frame(&page.frame);
    }
    // a label ends before the note that it stands in
    search.parts.sort_by_key(|part| part.first);
    for part in &search.parts {
        let element = match part.kind {
            Kind::Note => {
                FootnoteEntry::new(Packed::new(FootnoteElem::with_content(Content::empty()))).pack()
            }
            Kind::Label | Kind::Reference => PdfMarkerTag::Label(Content::empty()),
        };
        insertion.around(element, part.first, part.last);
    }
    let of = |kind: Kind| search.parts.iter().filter(move |part| part.kind == kind);
    of(Kind::Reference)
        .map(|mark| {
            let own = of(Kind::Note).enumerate().filter(|(_, note)| note.number == mark.number);
            let own: Vec<(usize, usize)> = own.map(|(index, note)| (index, note.page)).collect();
            let next = own.iter().find(|(_, page)| *page >= mark.page);
            next.or(own.last()).map(|(index, _)| *index)
        })
        .collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The mark in the text.
    Reference,
    Note,
    Label,
}

impl Kind {
    fn of(word: &str) -> Option<Self> {
        match word {
            "note-mark" => Some(Self::Reference),
            "note" => Some(Self::Note),
            "note-label" => Some(Self::Label),
            _ => None,
        }
    }
}

/// A part of a note, from its first item to its last.
struct Part {
    kind: Kind,
    number: i64,
    page: usize,
    first: usize,
    last: usize,
}

#[derive(Default)]
struct Search {
    page: usize,
    at: usize,
    open: Vec<Part>,
    /// In the order of their ends.
    parts: Vec<Part>,
}

impl Search {
    fn frame(&mut self, frame: &Frame) {
        for (_, item) in frame.items() {
            self.at += 1;
            match item {
                FrameItem::Group(group) => self.frame(&group.frame),
                FrameItem::Tag(Tag::Start(element, _)) => self.element(element),
                _ => {}
            }
        }
    }

    fn element(&mut self, element: &Content) {
        let Some(mark) = Mark::of(element) else { return };
        let Some(Value::Int(number)) = mark.values.first() else { return };
        let (page, at) = (self.page, self.at);
        if let Some(kind) = Kind::of(mark.kind) {
            self.open.push(Part { kind, number: *number, page, first: at, last: at });
        } else if mark.kind.strip_suffix("-end").and_then(Kind::of).is_some()
            && let Some(part) = self.open.pop()
        {
            self.parts.push(Part { last: at, ..part });
        }
    }
}
