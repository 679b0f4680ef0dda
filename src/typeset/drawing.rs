//! The words in a drawing (SVG): the engine sets them with the fonts that it has, and what none of them has is not there.
//!
//! In: the bytes of a picture. Out: the characters of its `text` elements (SVG 1.1, 10.4), each once.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::Event;

/// Elements inside a text that are not set.
const UNSEEN: &[&str] = &["title", "desc", "metadata", "style", "script"];

/// The characters that a drawing sets as text; none of a picture that is no drawing, or cannot be read, which the engine says.
#[must_use]
pub(super) fn characters(bytes: &[u8]) -> BTreeSet<char> {
    let mut found = BTreeSet::new();
    let mut reader = Reader::from_reader(bytes);
    reader.config_mut().check_end_names = false;
    let (mut buffer, mut open): (Vec<u8>, Vec<String>) = (Vec::new(), Vec::new());
    let mut add = |open: &[String], words: &str| {
        let is_set = open.iter().any(|name| name == "text")
            && !open.iter().any(|name| UNSEEN.contains(&name.as_str()));
        if is_set {
            found.extend(words.chars().filter(|c| !c.is_whitespace() && !c.is_control()));
        }
    };
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) => {
                let name: &str = element.local_name().into_inner();
                open.push(name.to_owned());
            }
            Ok(Event::End(_)) => drop(open.pop()),
            Ok(Event::Text(text)) => add(&open, &text.xml10_content()),
            Ok(Event::CData(text)) => add(&open, &text.xml10_content()),
            Ok(Event::GeneralRef(entity)) => match entity.resolve_char_ref() {
                Ok(Some(c)) => add(&open, &c.to_string()),
                _ => add(&open, resolve_xml_entity(&entity).unwrap_or_default()),
            },
            Ok(Event::Eof) | Err(_) => return found,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_texts_and_no_others() {
        let drawing = "<svg><title>題</title><text x='1'>声<tspan>を</tspan> &#x529B;&amp;<title>注</title></text><style>a</style></svg>";
        assert_eq!(characters(drawing.as_bytes()), "声を力&".chars().collect());
        assert!(characters(b"\x89PNG\r\n\x1a\n").is_empty());
    }
}
