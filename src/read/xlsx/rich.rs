//! Texts of an XLSX: with runs of their own looks, readings above (which are no part of the text), escaped characters.
//!
//! In: the events within `si` or `is`. Out: [`RichText`].

use super::super::xml::{BytesStart, Event, attribute, words};
use super::package::PackagePart;

/// A text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RichText {
    /// Its words.
    pub text: String,
    /// Whether some of them are struck out.
    pub struck: bool,
}

/// A text that is being read.
#[derive(Default)]
pub struct RichReader {
    done: RichText,
    /// The text of this `t`, none outside of one.
    inside: Option<String>,
    keeps_space: bool,
    phonetic: bool,
    struck: bool,
}

impl RichReader {
    /// An element begins.
    pub fn start(&mut self, element: &BytesStart) {
        match element.local_name().as_ref() {
            "rPh" => self.phonetic = true,
            "r" => self.struck = false,
            "strike" => {
                self.struck = attribute(element, "val").is_none_or(|value| value != "0" && value != "false");
            }
            "t" if !self.phonetic => {
                self.keeps_space = attribute(element, "space").is_some_and(|value| value == "preserve");
                self.inside = Some(String::new());
            }
            _ => {}
        }
    }

    /// Words within.
    pub fn words(&mut self, words: &str) {
        if let Some(inside) = &mut self.inside {
            inside.push_str(words);
        }
    }

    /// An element ends.
    pub fn end(&mut self, name: &str) {
        match name {
            "rPh" => self.phonetic = false,
            "t" => {
                let Some(inside) = self.inside.take() else { return };
                let text =
                    if self.keeps_space { &inside[..] } else { inside.trim_matches([' ', '\t', '\r', '\n']) };
                self.done.struck |= self.struck && !text.trim().is_empty();
                self.done.text.push_str(&unescaped(text));
            }
            _ => {}
        }
    }

    /// The text.
    pub fn take(&mut self) -> RichText {
        std::mem::take(self).done
    }
}

/// The shared texts.
pub fn shared(xml: &mut PackagePart) -> Result<Vec<RichText>, String> {
    let mut texts = Vec::new();
    let mut reader = RichReader::default();
    loop {
        let event = xml.next_event()?;
        match &event {
            Event::Start(element) => reader.start(element),
            Event::End(element) if element.local_name().as_ref() == "si" => texts.push(reader.take()),
            Event::End(element) => reader.end(element.local_name().as_ref()),
            Event::Eof => return Ok(texts),
            other => {
                if let Some(words) = words(other) {
                    reader.words(&words);
                }
            }
        }
    }
}

/// `_x000A_` stands for a character that XML does not take (ECMA-376 part 1, 22.9.2.19).
#[must_use]
pub fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let code = rest.get(at + 2..at + 6).filter(|_| rest.as_bytes().get(at + 6) == Some(&b'_'));
        let c = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        out.push_str(&rest[..at]);
        if let Some(c) = c {
            out.push(c);
            rest = &rest[at + 7..];
        } else {
            out.push_str("_x");
            rest = &rest[at + 2..];
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaped_characters() {
        assert_eq!(unescaped("a_x000D_\nb"), "a\r\nb");
        assert_eq!(unescaped("_x005F_x000D_ _x12 _xZZZZ_ _xD800_あ"), "_x000D_ _x12 _xZZZZ_ _xD800_あ");
    }
}
