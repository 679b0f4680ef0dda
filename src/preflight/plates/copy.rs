//! Makes a document of one page and one plate: what paints is rewritten, fonts and masks are taken as they are.
//!
//! In: a page of the file, a plate. Out: the bytes of a small PDF.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::channel::Channel;
use super::plate::{PagePlate, Plate};
use super::state::{Entry, State};
use crate::pdf::colour_space::{Space, Spaces};
use crate::pdf::geometry::Rect;
use crate::pdf::objects::{corners, dictionary_of, name, value};
use crate::pdf::page::{PageContent, resources};
use crate::pdf::reading::Budget;
use crate::preflight::fault::Unmeasured;

/// Keys that lead out of what is painted.
const AWAY: &[&[u8]] = &[b"Parent", b"P", b"StructParent", b"StructParents", b"Metadata", b"PieceInfo"];
/// Forms in forms: deeper is broken.
pub(super) const DEEPEST: usize = 24;

/// A page of more operators, each counted as often as it is drawn, is not drawn.
pub(super) const HEAVIEST: u64 = 4_000_000;

/// The copy that is being made.
pub(super) struct Copier<'d> {
    pub(super) doc: &'d Document,
    pub(super) plate: Plate,
    pub(super) out: Document,
    pub(super) budget: Budget,
    pub(super) spaces: Spaces,
    /// Things whose inks are not known.
    pub(super) left_out: usize,
    /// Whether a colour or an image was met that puts ink on this plate; what is known to be empty is not drawn.
    pub(super) inked: Cell<bool>,
    /// What could not be put on the plate though it has inks, by name.
    pub(super) unmeasured: BTreeSet<Unmeasured>,
    /// How many operators drawing each stream takes, all that it draws counted each time.
    pub(super) weights: BTreeMap<ObjectId, u64>,
    /// Forms and patterns that are done, by the state they are entered with.
    pub(super) done: BTreeMap<(ObjectId, Entry), ObjectId>,
    /// Streams that are being walked.
    pub(super) open: Vec<ObjectId>,
    /// The page, in points.
    pub(super) media: Rect,
    taken: BTreeSet<ObjectId>,
}

impl<'d> Copier<'d> {
    pub(super) fn new(doc: &'d Document, plate: &Plate, budget: Budget) -> Self {
        let mut out = Document::with_version("1.7");
        // what is taken as it is keeps its number; what is new comes behind
        out.max_id = doc.max_id;
        Self {
            doc,
            plate: plate.clone(),
            out,
            budget,
            spaces: Spaces::default(),
            left_out: 0,
            inked: Cell::new(false),
            unmeasured: BTreeSet::new(),
            weights: BTreeMap::new(),
            done: BTreeMap::new(),
            open: Vec::new(),
            media: Rect::NOTHING,
            taken: BTreeSet::new(),
        }
    }

    /// Begins another plate: fonts and masks stay, what was rewritten does not.
    pub(super) fn begin(&mut self, plate: &Plate) {
        self.plate = plate.clone();
        self.done.clear();
        self.open.clear();
    }

    /// Where the plate is in `space`; none if the inks of the space are not known.
    pub(super) fn channel(&self, space: &Space) -> Option<Channel> {
        let channel = self.plate.channel(space)?;
        self.inked.set(self.inked.get() || channel != Channel::Nowhere);
        Some(channel)
    }

    /// The page as a document; not turned, so that places on it are those of its boxes.
    pub(super) fn page(mut self, page: &'d Dictionary, media: Rect) -> Option<PagePlate> {
        let copy = self.page_of(page, media)?;
        let left_out = self.left_out + self.unmeasured.len();
        let is_inked = self.inked.get();
        Some(PagePlate { pdf: self.document(&[copy])?, left_out, is_inked })
    }

    /// The page on the plate of now; none where it takes more than is drawn.
    pub(super) fn page_of(&mut self, page: &'d Dictionary, media: Rect) -> Option<ObjectId> {
        self.media = media;
        let content = PageContent::read(self.doc, page);
        if content.unread > 0 {
            return None;
        }
        let (content, resources, _) =
            self.content(&content.bytes, resources(self.doc, page), State::of_page(), 0)?;
        let content = self.out.add_object(Stream::new(Dictionary::new(), content));
        let mut copy = dictionary! { "Type" => "Page", "MediaBox" => corners(media),
        "Contents" => content, "Resources" => resources };
        if let Some(group) = self.group(page) {
            copy.set("Group", group);
        }
        Some(self.out.add_object(copy))
    }

    /// The file of the pages that were made.
    pub(super) fn document(mut self, pages: &[ObjectId]) -> Option<Vec<u8>> {
        let tree = self.out.new_object_id();
        for page in pages {
            self.out.get_object_mut(*page).and_then(Object::as_dict_mut).ok()?.set("Parent", tree);
        }
        let kids: Vec<Object> = pages.iter().map(|page| Object::Reference(*page)).collect();
        let count = i64::try_from(pages.len()).ok()?;
        self.out
            .objects
            .insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
        let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => tree };
        // layers that are switched off stay so
        if let Some(layers) = self.doc.catalog().ok().and_then(|catalog| catalog.get(b"OCProperties").ok()) {
            catalog.set("OCProperties", self.taken(layers));
        }
        let catalog = self.out.add_object(catalog);
        self.out.trailer.set("Root", catalog);
        let mut pdf = Vec::new();
        self.out.save_to(&mut pdf).ok()?;
        Some(pdf)
    }

    /// A transparency group, blended in the gray of the plate.
    pub(super) fn group(&mut self, holder: &'d Dictionary) -> Option<Dictionary> {
        let mut group = value(self.doc, holder, b"Group").and_then(dictionary_of)?.clone();
        if group.has(b"CS") {
            group.set("CS", "DeviceGray");
        }
        Some(group)
    }

    /// An object as it is, with all that it leads to.
    pub(super) fn taken(&mut self, object: &'d Object) -> Object {
        let mut open = vec![object];
        while let Some(object) = open.pop() {
            match object {
                Object::Reference(id) => {
                    if self.taken.insert(*id)
                        && let Ok(found) = self.doc.get_object(*id)
                    {
                        self.out.objects.insert(*id, found.clone());
                        open.push(found);
                    }
                }
                Object::Array(parts) => open.extend(parts),
                Object::Dictionary(_) | Object::Stream(_) => {
                    let entries = dictionary_of(object).into_iter().flatten();
                    open.extend(
                        entries.filter(|(key, _)| !AWAY.contains(&key.as_slice())).map(|(_, value)| value),
                    );
                }
                _ => {}
            }
        }
        object.clone()
    }

    /// A new stream.
    pub(super) fn stream(&mut self, dictionary: Dictionary, bytes: Vec<u8>) -> ObjectId {
        self.out.add_object(Stream::new(dictionary, bytes))
    }

    /// Whether a stream is a form.
    pub(super) fn is_form(&self, stream: &Stream) -> bool {
        name(self.doc, &stream.dict, b"Subtype") == Some(b"Form")
    }
}
