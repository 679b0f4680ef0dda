//! What a page paints with: its resources and its content, joined.
//!
//! In: a page dictionary (ISO 32000-1, 7.7.3). Out: a resource dictionary, bytes of operators.

use lopdf::{Dictionary, Document, Object};

use super::objects::{dictionary_of, inherited, resolved, value};
use super::reading::{LARGEST_CONTENT, unpacked};

/// The resources of a page, its own or inherited.
#[must_use]
pub fn resources<'d>(doc: &'d Document, page: &'d Dictionary) -> Option<&'d Dictionary> {
    inherited(doc, page, b"Resources").and_then(dictionary_of)
}

/// The content of a page.
#[derive(Debug, Default)]
pub struct PageContent {
    /// The streams, one behind the other.
    pub bytes: Vec<u8>,
    /// How many of them are not there, cannot be unpacked, or are too large.
    pub unread: usize,
}

/// The parts that the content of a page is made of, as they are written.
fn parts<'d>(doc: &'d Document, page: &'d Dictionary) -> &'d [Object] {
    match value(doc, page, b"Contents") {
        Some(Object::Array(parts)) => parts.as_slice(),
        Some(part) => std::slice::from_ref(part),
        None => match page.get(b"Contents") {
            // a name that leads nowhere is content that is lost
            Ok(part @ Object::Reference(_)) => std::slice::from_ref(part),
            _ => &[],
        },
    }
}

/// Whether a part of the content of a page is not in the file.
#[must_use]
pub fn is_content_lost(doc: &Document, page: &Dictionary) -> bool {
    parts(doc, page).iter().any(|part| resolved(doc, part).is_none_or(|part| part.as_stream().is_err()))
}

impl PageContent {
    /// Reads the content of a page.
    #[must_use]
    pub fn read(doc: &Document, page: &Dictionary) -> Self {
        let mut content = Self::default();
        for part in parts(doc, page) {
            let Some(stream) = resolved(doc, part).and_then(|part| part.as_stream().ok()) else {
                content.unread += 1;
                continue;
            };
            let room = LARGEST_CONTENT.saturating_sub(content.bytes.len());
            match unpacked(stream, room) {
                Some(bytes) => content.bytes.extend_from_slice(&bytes),
                None => content.unread += 1,
            }
            // the end of a stream parts words (ISO 32000-1, 7.8.2)
            content.bytes.push(b'\n');
        }
        content
    }
}
