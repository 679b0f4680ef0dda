//! What a file shows, as digests: the content of its pages, the pages that are placed on sheets, and the programs of fonts.
//!
//! In: a PDF. Out: [`Contents`]. Two pages with one digest are painted by the same operators.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object};
use sha2::{Digest, Sha256};

use super::objects::{dictionary, resolved};
use super::page::{PageContent, resources};
use super::reading::{self, LARGEST_CONTENT, OpenError, unpacked};

/// A digest (SHA-256).
pub type ContentDigest = [u8; 32];

/// The contents of a file.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Contents {
    /// Of each page, in order.
    pub pages: Vec<ContentDigest>,
    /// Of the pages that are placed on its own as forms, by their number from 0.
    pub placed: BTreeMap<usize, ContentDigest>,
    /// Of each font program.
    pub fonts: BTreeSet<ContentDigest>,
}

impl Contents {
    /// Reads a file.
    ///
    /// # Errors
    /// [`OpenError`] when it cannot be opened.
    pub fn read(bytes: &[u8]) -> Result<Self, OpenError> {
        Ok(Self::of(&reading::open(bytes)?))
    }

    /// The contents of a file that is open.
    #[must_use]
    pub fn of(doc: &Document) -> Self {
        let mut contents = Self::default();
        for id in doc.page_iter() {
            let Ok(page) = doc.get_dictionary(id) else { continue };
            contents.pages.push(digest(&PageContent::read(doc, page).bytes));
            contents.add_placed(doc, page);
        }
        for object in doc.objects.values().filter_map(|object| object.as_dict().ok()) {
            for key in [&b"FontFile"[..], b"FontFile2", b"FontFile3"] {
                if let Some(program) = object.get(key).ok().and_then(|program| stream(doc, program)) {
                    contents.fonts.insert(digest(&program));
                }
            }
        }
        contents
    }

    /// The forms of a side that are pages: `impose` calls them P and their number.
    fn add_placed(&mut self, doc: &Document, side: &Dictionary) {
        let forms = resources(doc, side).and_then(|resources| dictionary(doc, resources, b"XObject"));
        for (name, form) in forms.into_iter().flat_map(Dictionary::iter) {
            let number = std::str::from_utf8(name).ok().and_then(|name| name.strip_prefix('P')?.parse().ok());
            if let (Some(number), Some(form)) = (number, stream(doc, form)) {
                self.placed.insert(number, digest(&form));
            }
        }
    }
}

fn stream(doc: &Document, object: &Object) -> Option<Vec<u8>> {
    unpacked(resolved(doc, object)?.as_stream().ok()?, LARGEST_CONTENT)
}

/// The digest of a content; how its streams end says nothing.
fn digest(bytes: &[u8]) -> ContentDigest {
    Sha256::digest(bytes.trim_ascii_end()).into()
}
