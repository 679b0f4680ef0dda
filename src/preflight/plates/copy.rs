//! Makes a document of one page and one plate: what paints is rewritten, fonts and masks are taken as they are.
//!
//! In: a page of the file, a plate. Out: the bytes of a small PDF.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::plate::{PagePlate, Plate};
use super::state::{Entry, State};
use crate::pdf::colour_space::Spaces;
use crate::pdf::geometry::Rect;
use crate::pdf::objects::{corners, dictionary_of, name, value};
use crate::pdf::page::{PageContent, resources};
use crate::pdf::reading::Budget;

/// Keys that lead out of what is painted.
const AWAY: &[&[u8]] = &[b"Parent", b"P", b"StructParent", b"StructParents", b"Metadata", b"PieceInfo"];
/// Forms in forms: deeper is broken.
pub(super) const DEEPEST: usize = 24;

/// The copy that is being made.
pub(super) struct Copier<'d> {
    pub(super) doc: &'d Document,
    pub(super) plate: &'d Plate,
    pub(super) out: Document,
    pub(super) budget: Budget,
    pub(super) spaces: Spaces,
    /// Things whose inks are not known.
    pub(super) left_out: usize,
    /// Forms and patterns that are done, by the state they are entered with.
    pub(super) done: BTreeMap<(ObjectId, Entry), ObjectId>,
    /// Streams that are being walked.
    pub(super) open: Vec<ObjectId>,
    taken: BTreeSet<ObjectId>,
}

impl<'d> Copier<'d> {
    pub(super) fn new(doc: &'d Document, plate: &'d Plate, budget: Budget) -> Self {
        let mut out = Document::with_version("1.7");
        // what is taken as it is keeps its number; what is new comes behind
        out.max_id = doc.max_id;
        Self {
            doc,
            plate,
            out,
            budget,
            spaces: Spaces::default(),
            left_out: 0,
            done: BTreeMap::new(),
            open: Vec::new(),
            taken: BTreeSet::new(),
        }
    }

    /// The page as a document; not turned, so that places on it are those of its boxes.
    pub(super) fn page(mut self, page: &'d Dictionary, media: Rect) -> Option<PagePlate> {
        let content = PageContent::read(self.doc, page);
        if content.unread > 0 {
            return None;
        }
        let (content, resources) =
            self.content(&content.bytes, resources(self.doc, page), State::of_page(), 0)?;
        let content = self.out.add_object(Stream::new(Dictionary::new(), content));
        let tree = self.out.new_object_id();
        let mut copy = dictionary! { "Type" => "Page", "Parent" => tree, "MediaBox" => corners(media),
        "Contents" => content, "Resources" => resources };
        if let Some(group) = self.group(page) {
            copy.set("Group", group);
        }
        let copy = self.out.add_object(copy);
        let kids: Vec<Object> = vec![copy.into()];
        self.out.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 1 }.into());
        let mut catalog = dictionary! { "Type" => "Catalog", "Pages" => tree };
        // layers that are switched off stay so
        if let Some(layers) = self.doc.catalog().ok().and_then(|catalog| catalog.get(b"OCProperties").ok()) {
            catalog.set("OCProperties", self.taken(layers));
        }
        let catalog = self.out.add_object(catalog);
        self.out.trailer.set("Root", catalog);
        let mut pdf = Vec::new();
        self.out.save_to(&mut pdf).ok()?;
        Some(PagePlate { pdf, left_out: self.left_out })
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
