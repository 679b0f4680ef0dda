//! The XML in which office formats keep their content, event by event: a part may be of any size.
//!
//! In: bytes as they are unpacked. Out: [`Event`]s with entities resolved; none but those of XML itself are known, so that
//! nothing grows.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::escape::{resolve_xml_entity, unescape};
pub use quick_xml::events::{BytesStart, Event};

/// A part that is being read.
pub struct Xml<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
}

impl<R: BufRead> Xml<R> {
    /// Reads from the start. An empty element comes as a start and an end.
    pub fn new(part: R) -> Self {
        let mut reader = Reader::from_reader(part);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        config.trim_text(false);
        Self { reader, buffer: Vec::new() }
    }

    /// The next event; [`Event::Eof`] at the end.
    ///
    /// # Errors
    /// When it is no XML, or cannot be unpacked.
    pub fn next_event(&mut self) -> Result<Event<'_>, String> {
        self.buffer.clear();
        self.reader.read_event_into(&mut self.buffer).map_err(|error| error.to_string())
    }
}

/// The words that an event stands for; none for what is no text.
#[must_use]
pub fn words<'a>(event: &'a Event) -> Option<Cow<'a, str>> {
    match event {
        Event::Text(text) => Some(text.xml10_content()),
        Event::CData(text) => Some(text.xml10_content()),
        Event::GeneralRef(entity) => match entity.resolve_char_ref() {
            Ok(Some(c)) => Some(Cow::Owned(c.to_string())),
            _ => resolve_xml_entity(entity).map(Cow::Borrowed),
        },
        _ => None,
    }
}

/// The attribute called `name`; its prefix, where `name` has none, does not matter.
#[must_use]
pub fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    element.attributes().with_checks(false).flatten().find_map(|attribute| {
        let key: &str = attribute.key.as_ref();
        let is_local =
            || key.len() > name.len() && key.ends_with(name) && key[..key.len() - name.len()].ends_with(':');
        (key == name || is_local())
            .then(|| unescape(&attribute.value).map_or_else(|_| attribute.value.to_string(), Cow::into_owned))
    })
}

/// Whether an attribute says yes.
#[must_use]
pub fn is_set(element: &BytesStart, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| matches!(value.as_str(), "1" | "true" | "on"))
}
