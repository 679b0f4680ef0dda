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
    /// How many of them cannot be unpacked, or are too large, and are missing.
    pub unread: usize,
}

impl PageContent {
    /// Reads the content of a page. What is no stream has no content.
    #[must_use]
    pub fn read(doc: &Document, page: &Dictionary) -> Self {
        let parts = match value(doc, page, b"Contents") {
            Some(Object::Array(parts)) => parts.as_slice(),
            Some(part) => std::slice::from_ref(part),
            None => &[],
        };
        let streams = parts.iter().filter_map(|part| resolved(doc, part)?.as_stream().ok());
        let mut content = Self::default();
        for stream in streams {
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
