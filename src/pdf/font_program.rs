//! Font programs: whether the outlines that a font says it brings are there and can be read.
//!
//! In: a font descriptor (ISO 32000-1, 9.9). Out: [`FontProgram`]. A key that leads to an empty or broken stream is no font.

use lopdf::{Dictionary, Document, Object, Stream};
use ttf_parser::{Face, cff};

use super::objects::{name, value};
use super::reading::unpacked;

/// Largest font program.
const LARGEST: usize = 64 << 20;

/// What became of a font's outlines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FontProgram {
    /// None is in the file.
    Missing,
    /// There is a stream, and nothing in it.
    Empty,
    /// There are data that are no font.
    Broken,
    /// It can be read.
    Sound {
        /// How many glyphs it has, where a code can lead beyond them.
        glyphs: Option<u16>,
    },
}

impl FontProgram {
    /// Reads the program that a descriptor names.
    #[must_use]
    pub fn read(doc: &Document, descriptor: Option<&Dictionary>) -> Self {
        let Some(descriptor) = descriptor else { return Self::Missing };
        for key in [&b"FontFile"[..], b"FontFile2", b"FontFile3"] {
            let Some(Object::Stream(stream)) = value(doc, descriptor, key) else { continue };
            let bytes = if stream.dict.has(b"Filter") {
                unpacked(stream, LARGEST)
            } else {
                Some(stream.content.clone())
            };
            return match bytes {
                Some(bytes) if bytes.is_empty() => Self::Empty,
                Some(bytes) if key == b"FontFile" => type1(&bytes),
                Some(bytes) => outlines(doc, stream, &bytes),
                None => Self::Broken,
            };
        }
        Self::Missing
    }

    /// Whether what it shows is in the file.
    #[must_use]
    pub fn is_sound(self) -> bool {
        matches!(self, Self::Sound { .. })
    }
}

/// TrueType, OpenType or bare CFF: what the data are counts, not what the key says.
fn outlines(doc: &Document, stream: &Stream, bytes: &[u8]) -> FontProgram {
    if let Ok(face) = Face::parse(bytes, 0) {
        let is_cff = matches!(name(doc, &stream.dict, b"Subtype"), Some(b"CIDFontType0C" | b"Type1C"));
        return FontProgram::Sound { glyphs: (!is_cff).then_some(face.number_of_glyphs()) };
    }
    match cff::Table::parse(bytes) {
        // codes of CFF lead to glyphs through its own table
        Some(_) => FontProgram::Sound { glyphs: None },
        None => FontProgram::Broken,
    }
}

/// Type 1: clear text, or in the segments of a PFB; its outlines follow `eexec`.
fn type1(bytes: &[u8]) -> FontProgram {
    let begins = bytes.starts_with(b"%!") || bytes.starts_with(&[0x80, 1]);
    let outlines = bytes.windows(5).position(|word| word == b"eexec");
    if begins && outlines.is_some_and(|at| bytes.len() > at + 32) {
        FontProgram::Sound { glyphs: None }
    } else {
        FontProgram::Broken
    }
}

#[cfg(test)]
mod tests {
    use lopdf::dictionary;

    use super::*;

    fn read(key: &str, bytes: &[u8]) -> FontProgram {
        let mut doc = Document::with_version("1.6");
        let program = doc.add_object(Stream::new(Dictionary::new(), bytes.to_vec()));
        let mut descriptor = dictionary! {};
        descriptor.set(key, program);
        FontProgram::read(&doc, Some(&descriptor))
    }

    #[test]
    fn a_key_alone_is_no_font() {
        assert_eq!(read("Flags", b""), FontProgram::Missing);
        assert_eq!(read("FontFile2", b""), FontProgram::Empty);
        assert_eq!(read("FontFile2", b"a font program"), FontProgram::Broken);
        assert_eq!(read("FontFile3", b"a font program"), FontProgram::Broken);
        assert_eq!(read("FontFile", b"%!PS-AdobeFont-1.0: cut"), FontProgram::Broken);
        let type1 = [&b"%!PS-AdobeFont-1.0: Corpus\ncurrentfile eexec\n"[..], &[0x55; 64]].concat();
        assert!(read("FontFile", &type1).is_sound());
    }
}
