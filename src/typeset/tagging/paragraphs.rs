//! Words that stand in a box of their own are a paragraph of their own for who reads aloud: the engine tags paragraphs only where
//! text is in several, and joins all other words that follow one another, be they items, captions or the head of the next page.
//!
//! In: a document. Out: the tags with which each run of words of one origin (`traced` in `layouts/shared/trace.typ`) that stands in
//! no element of the line is in a paragraph, and a paragraph of nothing but such runs, as items that stand in one line are, is one
//! for each.

use std::collections::{BTreeMap, BTreeSet};

use typst::foundations::{Content, NativeElement as _};
use typst::introspection::{Location, Tag, TagFlags};
use typst::layout::{Frame, FrameItem, GridCell, GridElem, PlaceElem};
use typst::model::{EnumElem, FigureElem, HeadingElem, ListElem, ParElem, TableElem, TermsElem};
use typst::visualize::ImageElem;
use typst_layout::PagedDocument;

use super::insertion::{Insertion, items};
use crate::typeset::mark::Mark;

/// The tags of its paragraphs.
pub(super) fn paragraphs(document: &PagedDocument) -> Insertion {
    let mut search = Search::default();
    for page in document.pages() {
        // words that go on on another page are the engine's own paragraphs
        search.candidates.clear();
        search.lines.clear();
        search.frame(&page.frame);
    }
    let mut insertion = Insertion::without(search.dropped);
    for (first, last) in search.found {
        insertion.around(ParElem::new(Content::empty()).pack(), first, last);
    }
    insertion
}

/// An element that is open.
struct Open {
    location: Location,
    groups: bool,
}

/// Words of an origin that may become a paragraph.
struct Candidate {
    origin: usize,
    /// The item that its mark is, in the order of all items.
    first: usize,
    /// How many elements were open there.
    depth: usize,
    has_words: bool,
    /// The paragraph that it stands in, with nothing between them.
    line: Option<Location>,
    /// It stands in a line itself, something that stands by itself is in it, or an element ends in it that it did not begin.
    is_none: bool,
}

/// A paragraph of the engine that is open.
struct Line {
    location: Location,
    /// The item that begins it.
    first: usize,
    /// Its runs of words of one origin: first and last item.
    runs: Vec<(usize, usize)>,
    has_other_words: bool,
}

/// Signs between items, which are no words.
const BETWEEN: &[char] = &['・', '、', '→', '｜', '|', '／', '/', '\u{2060}'];

/// The search for runs of words. Items are counted through all pages.
#[derive(Default)]
struct Search {
    at: usize,
    open: Vec<Open>,
    /// From the outermost to the innermost.
    candidates: Vec<Candidate>,
    lines: Vec<Line>,
    /// First and last item of each paragraph, none within another.
    found: BTreeMap<usize, usize>,
    /// Items that begin and end paragraphs which are several.
    dropped: BTreeSet<usize>,
}

impl Search {
    fn frame(&mut self, frame: &Frame) {
        for (_, item) in frame.items() {
            self.at += 1;
            match item {
                FrameItem::Group(group) if group.parent.is_none() => self.frame(&group.frame),
                FrameItem::Group(group) => self.elsewhere(&group.frame),
                FrameItem::Text(text) => self.words(&text.text),
                FrameItem::Tag(Tag::Start(element, flags)) => self.start(element, *flags),
                FrameItem::Tag(Tag::End(location, _, flags)) if flags.tagged => self.end(*location),
                FrameItem::Tag(_) | FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) => {}
            }
        }
    }

    /// What belongs to an element elsewhere, as a cell that goes on does: it is left as it is.
    fn elsewhere(&mut self, frame: &Frame) {
        self.break_all();
        self.at += items(frame);
    }

    fn words(&mut self, words: &str) {
        self.candidates.iter_mut().for_each(|one| one.has_words = true);
        let Some(line) = self.lines.last_mut() else { return };
        let is_between = words.chars().all(|c| c.is_whitespace() || BETWEEN.contains(&c));
        line.has_other_words |=
            !is_between && !self.candidates.iter().any(|one| one.line == Some(line.location));
    }

    fn break_all(&mut self) {
        self.candidates.iter_mut().for_each(|one| one.is_none = true);
    }

    fn start(&mut self, element: &Content, flags: TagFlags) {
        if let Some(mark) = Mark::of(element) {
            match (mark.kind, mark.origin()) {
                ("on", Some(origin)) => self.on(origin),
                ("off", Some(origin)) => self.off(origin),
                _ => {}
            }
        }
        if let Some(location) = element.location().filter(|_| flags.tagged) {
            if stands_by_itself(element) {
                self.break_all();
            }
            if element.is::<ParElem>() {
                let first = self.at;
                self.lines.push(Line { location, first, runs: Vec::new(), has_other_words: false });
            }
            self.open.push(Open { location, groups: groups(element) });
        }
    }

    fn end(&mut self, location: Location) {
        let Some(depth) = self.open.iter().rposition(|open| open.location == location) else { return };
        self.open.remove(depth);
        self.candidates.iter_mut().filter(|one| depth < one.depth).for_each(|one| one.is_none = true);
        if let Some(line) = self.lines.pop_if(|line| line.location == location)
            && line.runs.len() > 1
            && !line.has_other_words
        {
            self.dropped.extend([line.first, self.at]);
            self.found.extend(line.runs);
        }
    }

    fn on(&mut self, origin: usize) {
        let is_loose = self.open.iter().all(|open| open.groups);
        let line = self.lines.last().map(|line| line.location);
        let line = line.filter(|line| self.open.last().is_some_and(|open| open.location == *line));
        let (first, depth) = (self.at, self.open.len());
        let is_none = !is_loose && line.is_none();
        self.candidates.push(Candidate { origin, first, depth, has_words: false, line, is_none });
    }

    fn off(&mut self, origin: usize) {
        let Some(index) = self.candidates.iter().rposition(|one| one.origin == origin) else { return };
        let candidate = self.candidates.remove(index);
        if !candidate.has_words || candidate.is_none {
            return;
        }
        if let Some(location) = candidate.line {
            let is_outer = !self.candidates.iter().any(|one| one.line == candidate.line);
            if let Some(line) = self.lines.last_mut().filter(|line| is_outer && line.location == location) {
                line.runs.push((candidate.first, self.at));
            }
            return;
        }
        let mut within = self.found.range(candidate.first..).map(|(first, _)| *first);
        // several within are each their own; one within is a part of its line
        if let (within, None) = (within.next(), within.next()) {
            if let Some(first) = within {
                self.found.remove(&first);
            }
            self.found.insert(candidate.first, self.at);
        }
    }
}

/// Whether `element` holds blocks, and words that stand in it are in no line of it.
fn groups(element: &Content) -> bool {
    element.is::<GridElem>() || element.is::<GridCell>() || element.is::<PlaceElem>()
}

/// Whether `element` cannot stand in a paragraph.
fn stands_by_itself(element: &Content) -> bool {
    element.is::<ParElem>()
        || element.is::<HeadingElem>()
        || element.is::<GridElem>()
        || element.is::<TableElem>()
        || element.is::<ListElem>()
        || element.is::<EnumElem>()
        || element.is::<TermsElem>()
        || element.is::<FigureElem>()
        || element.is::<ImageElem>()
}
