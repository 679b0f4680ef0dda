//! Tags put into finished pages, and taken out of them.
//!
//! In: a document, and by the number of an item what stands before and after it. Items are counted from 1 through all pages, each
//! group before what it holds. Out: the same pages with these tags: nothing that is seen changes.

use std::collections::{BTreeMap, BTreeSet};

use typst::foundations::Content;
use typst::introspection::{Location, Tag, TagFlags};
use typst::layout::{Frame, FrameItem, GroupItem};
use typst::model::Document as _;
use typst_layout::{Page, PagedDocument};

/// Where the locations of these elements begin: the engine's are hashes.
const FIRST_LOCATION: u128 = 0x7361_7373_6869 << 80;

/// Read by the export alone: nothing asks for these elements.
const FLAGS: TagFlags = TagFlags { introspectable: false, tagged: true };

/// How many items a frame has, with those of its groups.
pub(super) fn items(frame: &Frame) -> usize {
    let groups = frame.items().filter_map(|(_, item)| match item {
        FrameItem::Group(group) => Some(items(&group.frame)),
        _ => None,
    });
    frame.items().len() + groups.sum::<usize>()
}

/// What is put in and taken out.
#[derive(Default)]
pub(super) struct Insertion {
    before: BTreeMap<usize, Vec<Tag>>,
    after: BTreeMap<usize, Vec<Tag>>,
    /// Items that are left out.
    dropped: BTreeSet<usize>,
    /// How many elements were put in.
    made: u128,
}

impl Insertion {
    /// Leaves these items out.
    pub fn without(dropped: BTreeSet<usize>) -> Self {
        Self { dropped, ..Self::default() }
    }

    /// Puts `element` around the items from `first` to `last`: outside of what was put there before.
    pub fn around(&mut self, mut element: Content, first: usize, last: usize) {
        let location = Location::new(FIRST_LOCATION + self.made);
        self.made += 1;
        element.set_location(location);
        self.before.entry(first).or_default().insert(0, Tag::Start(element, FLAGS));
        self.after.entry(last).or_default().push(Tag::End(location, 0, FLAGS));
    }

    /// The document with these tags.
    pub fn into(self, document: PagedDocument) -> PagedDocument {
        if self.before.is_empty() && self.dropped.is_empty() {
            return document;
        }
        let mut writer = Writer { insertion: self, at: 0 };
        let pages = document.pages().iter().map(|page| {
            let frame = writer.frame(&page.frame).unwrap_or_else(|| page.frame.clone());
            Page { frame, ..page.clone() }
        });
        PagedDocument::new(pages.collect(), document.info().clone())
    }
}

/// What becomes of an item.
struct Changed {
    before: Vec<Tag>,
    frame: Option<Frame>,
    after: Vec<Tag>,
    is_dropped: bool,
}

impl Changed {
    fn is_same(&self) -> bool {
        self.before.is_empty() && self.frame.is_none() && self.after.is_empty() && !self.is_dropped
    }
}

struct Writer {
    insertion: Insertion,
    at: usize,
}

impl Writer {
    /// The frame with its tags; none if it gets none.
    fn frame(&mut self, frame: &Frame) -> Option<Frame> {
        let changed: Vec<Changed> = frame.items().map(|(_, item)| self.item(item)).collect();
        if changed.iter().all(Changed::is_same) {
            return None;
        }
        let mut made = Frame::new(frame.size(), frame.kind());
        if frame.has_baseline() {
            made.set_baseline(frame.baseline());
        }
        for ((position, item), changed) in frame.items().zip(changed) {
            made.push_multiple(changed.before.into_iter().map(|tag| (*position, FrameItem::Tag(tag))));
            let item = match (item, changed.frame) {
                (FrameItem::Group(group), Some(frame)) => {
                    FrameItem::Group(GroupItem { frame, ..group.clone() })
                }
                (item, _) => item.clone(),
            };
            if !changed.is_dropped {
                made.push(*position, item);
            }
            made.push_multiple(changed.after.into_iter().map(|tag| (*position, FrameItem::Tag(tag))));
        }
        Some(made)
    }

    fn item(&mut self, item: &FrameItem) -> Changed {
        self.at += 1;
        let at = self.at;
        let frame = match item {
            FrameItem::Group(group) => self.frame(&group.frame),
            _ => None,
        };
        let Insertion { before, after, dropped, .. } = &mut self.insertion;
        Changed {
            before: before.remove(&at).unwrap_or_default(),
            frame,
            after: after.remove(&at).unwrap_or_default(),
            is_dropped: dropped.contains(&at),
        }
    }
}
