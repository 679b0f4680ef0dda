//! The plates of a file: for each page and ink a PDF that shows, in gray, what that ink puts on paper.
//!
//! In: the final bytes of a PDF. Out: pages of one ink each, for whoever draws them. White is no ink, black the full ink.
//! What one plate shows follows from the painting operators as they are: knock-out, overprint (ISO 32000-1, 8.6.7),
//! registration colour, transparency within the plate. Colours that are no inks (RGB) are left out and counted.

mod channel;
mod content;
mod copy;
mod image;
pub mod measure;
mod paint;
mod plate;
mod resources;
mod state;
mod tile;

use std::collections::BTreeSet;

use lopdf::{Document, Object, ObjectId};

use self::copy::Copier;
use self::measure::InkMap;
pub use self::plate::{PagePlate, Plate};
use super::finding::{Finding, PreflightFindings};
use super::page_size::{MOST_PAGES, PageSize};
use super::{boxes, opening};
use crate::pdf::boxes::PageBoxes;
use crate::pdf::geometry::Rect;
use crate::pdf::objects::{dictionary_of, name_of, read_name, resolved};
use crate::pdf::process_inks::{self, NAMES};
use crate::pdf::reading::Budget;
use crate::press::profile::Profile;

/// The most spot colours that are looked for; more are no print job.
const MOST_SPOTS: usize = 32;
/// Arrays in arrays: deeper is broken.
const DEEPEST: usize = 8;

/// The plates of a file.
pub struct Plates {
    doc: Document,
    pages: Vec<(ObjectId, PageBoxes)>,
    inks: Vec<Plate>,
}

impl Plates {
    /// Opens a file: cyan, magenta, yellow, black, then its spot colours by name.
    ///
    /// # Errors
    /// The finding that says why there are no pages.
    pub fn open(bytes: &[u8]) -> Result<Self, Finding> {
        let doc = opening::open(bytes)?;
        // the boxes are judged elsewhere: here only where they are counts
        let (profile, mut findings) = (Profile::generic(), PreflightFindings::default());
        let pages = doc
            .page_iter()
            .take(MOST_PAGES)
            .zip(1_u32..)
            .filter_map(|(id, number)| {
                let page = doc.get_dictionary(id).ok()?;
                let (boxes, _) = boxes::page(&doc, page, &profile, number, &mut findings);
                Some((id, boxes))
            })
            .collect();
        let mut spots = BTreeSet::new();
        for object in doc.objects.values() {
            spot_colours(&doc, object, &mut spots, 0);
        }
        let inks = (0..NAMES.len()).map(Plate::Process).chain(spots.into_iter().map(Plate::Spot)).collect();
        Ok(Self { doc, pages, inks })
    }

    /// The inks.
    #[must_use]
    pub fn inks(&self) -> &[Plate] {
        &self.inks
    }

    /// The sizes of the pages.
    #[must_use]
    pub fn sizes(&self) -> Vec<PageSize> {
        self.pages.iter().map(|(_, boxes)| PageSize::new(boxes.media, boxes.trim)).collect()
    }

    /// Page `index` (from 0) on all plates, laid on each other, and its trim; none if there is no such page or it cannot be
    /// measured.
    #[must_use]
    pub fn map(&self, index: usize) -> Option<(InkMap, Rect)> {
        let (id, boxes) = self.pages.get(index)?;
        let page = self.doc.get_dictionary(*id).ok()?;
        let map = InkMap::draw(&self.doc, page, boxes.media, &self.inks).ok()?;
        map.unmeasured.is_empty().then_some((map, boxes.trim))
    }

    /// Page `index` (from 0) on `plate`; none if there is no such page or it cannot be walked to its end.
    #[must_use]
    pub fn page(&self, index: usize, plate: &Plate) -> Option<PagePlate> {
        let (id, boxes) = self.pages.get(index)?;
        let page = self.doc.get_dictionary(*id).ok()?;
        Copier::new(&self.doc, plate, Budget::default()).page(page, boxes.media)
    }
}

/// The names in Separation and `DeviceN` spaces that are neither process inks nor All or None.
fn spot_colours(doc: &Document, object: &Object, found: &mut BTreeSet<String>, depth: usize) {
    if depth > DEEPEST || found.len() >= MOST_SPOTS {
        return;
    }
    if let Object::Array(parts) = object {
        if let [family, names, _, _, ..] = parts.as_slice()
            && matches!(name_of(family), Some(b"Separation" | b"DeviceN"))
        {
            let names = match resolved(doc, names) {
                Some(Object::Array(names)) => names.iter().collect(),
                Some(name) => vec![name],
                None => Vec::new(),
            };
            let names = names.into_iter().filter_map(name_of).map(read_name);
            let spots = names.filter(|name| process_inks::is_spot(name));
            found.extend(spots.map(std::borrow::Cow::into_owned));
        }
        for part in parts {
            spot_colours(doc, part, found, depth + 1);
        }
    } else if let Some(dictionary) = dictionary_of(object) {
        for (_, value) in dictionary {
            spot_colours(doc, value, found, depth + 1);
        }
    }
}
