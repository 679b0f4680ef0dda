//! Looks into PDF objects without trusting any of them.
//!
//! In: objects as `lopdf` reads them. Out: values, or none where the object is of another kind; and values as objects.

use std::borrow::Cow;

use encoding_rs::SHIFT_JIS;
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::geometry::{Matrix, Rect};

/// The most nodes above a page; more are a loop.
const MOST_PARENTS: usize = 64;

/// The object behind a reference, however long the chain (`lopdf` ends loops).
#[must_use]
pub fn resolved<'d>(doc: &'d Document, object: &'d Object) -> Option<&'d Object> {
    doc.dereference(object).ok().map(|(_, object)| object)
}

/// The value of `key`, resolved.
#[must_use]
pub fn value<'d>(doc: &'d Document, dictionary: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
    resolved(doc, dictionary.get(key).ok()?).filter(|object| !object.is_null())
}

/// The dictionary at `key`, that of a stream too.
#[must_use]
pub fn dictionary<'d>(doc: &'d Document, of: &'d Dictionary, key: &[u8]) -> Option<&'d Dictionary> {
    value(doc, of, key).and_then(dictionary_of)
}

/// The array at `key`; empty if there is none.
#[must_use]
pub fn array<'d>(doc: &'d Document, of: &'d Dictionary, key: &[u8]) -> &'d [Object] {
    value(doc, of, key).and_then(|object| object.as_array().ok()).map_or(&[], Vec::as_slice)
}

/// The number at `key`.
#[must_use]
pub fn number(doc: &Document, of: &Dictionary, key: &[u8]) -> Option<f64> {
    value(doc, of, key).and_then(number_of)
}

/// The name at `key`.
#[must_use]
pub fn name<'d>(doc: &'d Document, of: &'d Dictionary, key: &[u8]) -> Option<&'d [u8]> {
    value(doc, of, key).and_then(name_of)
}

/// What the resources call `name` among those of one `kind`, as it is written: a reference stays one.
#[must_use]
pub fn resource<'d>(
    doc: &'d Document,
    resources: Option<&'d Dictionary>,
    kind: &[u8],
    name: &[u8],
) -> Option<&'d Object> {
    dictionary(doc, resources?, kind)?.get(name).ok()
}

/// A value that pages inherit from the nodes above them, as it is written: a reference stays one.
#[must_use]
pub fn inherited_entry<'d>(doc: &'d Document, page: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
    let mut node = page;
    // a loop of parents ends here too
    for _ in 0..MOST_PARENTS {
        if value(doc, node, key).is_some() {
            return node.get(key).ok();
        }
        node = dictionary(doc, node, b"Parent")?;
    }
    None
}

/// A value that pages inherit from the nodes above them.
#[must_use]
pub fn inherited<'d>(doc: &'d Document, page: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
    resolved(doc, inherited_entry(doc, page, key)?)
}

/// The reference at `key`, to know an object again.
#[must_use]
pub fn reference(of: &Dictionary, key: &[u8]) -> Option<ObjectId> {
    of.get(key).ok().and_then(|object| object.as_reference().ok())
}

/// A dictionary, or that of a stream.
#[must_use]
pub fn dictionary_of(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// A number; what is not finite counts as none.
#[must_use]
pub fn number_of(object: &Object) -> Option<f64> {
    match object {
        // beyond 2^32 no number of a page means anything
        Object::Integer(value) => {
            Some(i32::try_from(*value).map_or(if *value < 0 { -4e9 } else { 4e9 }, f64::from))
        }
        Object::Real(value) => Some(f64::from(*value)).filter(|value| value.is_finite()),
        _ => None,
    }
}

/// A number as an object, as short as it can be written.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "coordinates and inks are far below the limits of f32")]
pub fn short_number(value: f64) -> Object {
    if value.fract() == 0.0 { Object::Integer(value as i64) } else { Object::Real(value as f32) }
}

/// A number in a content stream: four decimals of a point are a ten-thousandth of a millimetre.
#[must_use]
pub fn coordinate(value: f64) -> String {
    let mut text = format!("{value:.4}");
    text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    if text == "-0" { "0".to_owned() } else { text }
}

/// A rectangle as an object: its lower left and its upper right corner.
#[must_use]
pub fn corners(area: Rect) -> Object {
    [area.x0, area.y0, area.x1, area.y1].map(short_number).to_vec().into()
}

/// A number as an object with a fraction, as precise as readers keep it.
#[must_use]
#[expect(clippy::cast_possible_truncation, reason = "PDF readers keep single precision; so does the library")]
pub fn real(value: f64) -> Object {
    Object::Real(value as f32)
}

/// A name.
#[must_use]
pub fn name_of(object: &Object) -> Option<&[u8]> {
    match object {
        Object::Name(name) => Some(name),
        _ => None,
    }
}

/// The numbers among objects that hold no references, as the operands of an operator.
#[must_use]
pub fn numbers_of(objects: &[Object]) -> Vec<f64> {
    objects.iter().filter_map(number_of).collect()
}

/// The numbers of an array, references resolved.
#[must_use]
pub fn numbers(doc: &Document, objects: &[Object]) -> Vec<f64> {
    objects.iter().filter_map(|object| resolved(doc, object)).filter_map(number_of).collect()
}

/// The rectangle at `key`.
#[must_use]
pub fn rectangle(doc: &Document, of: &Dictionary, key: &[u8]) -> Option<Rect> {
    Rect::read(&numbers(doc, array(doc, of, key)))
}

/// The matrix at `key`; no change if there is none.
#[must_use]
pub fn matrix(doc: &Document, of: &Dictionary, key: &[u8]) -> Matrix {
    <[f64; 6]>::try_from(numbers(doc, array(doc, of, key))).map_or(Matrix::IDENTITY, Matrix)
}

/// A text string (ISO 32000-1, 7.9.2.2): UTF-16 with its mark, UTF-8 with its mark, else Latin letters.
#[must_use]
pub fn text(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units: Vec<u16> =
                rest.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// A name as people read it (ISO 32000-1, 7.3.5): UTF-8, else `Shift_JIS` as old Japanese programs write it, else what is left
/// of UTF-8.
#[must_use]
pub fn read_name(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(name) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(name);
    }
    SHIFT_JIS
        .decode_without_bom_handling_and_without_replacement(bytes)
        .unwrap_or_else(|| String::from_utf8_lossy(bytes))
}

/// The same the other way round: ASCII as it is, all else as UTF-16.
#[must_use]
pub fn text_string(words: &str) -> Object {
    if words.is_ascii() {
        return Object::string_literal(words);
    }
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(words.encode_utf16().flat_map(u16::to_be_bytes));
    Object::String(bytes, lopdf::StringFormat::Hexadecimal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_utf_8_or_shift_jis() {
        assert_eq!(read_name("金".as_bytes()), "金");
        assert_eq!(read_name(b"\x93\xC1\x90F\x8B\xE0"), "特色金");
        assert_eq!(read_name(b"DIC 156"), "DIC 156");
        assert_eq!(read_name(b"\xFF\xFF"), "\u{FFFD}\u{FFFD}");
    }

    #[test]
    fn words_are_ascii_or_utf_16() {
        assert_eq!(text_string("FOGRA39"), Object::string_literal("FOGRA39"));
        let written = text_string("冊𠮷");
        assert_eq!(written.as_str().expect("a string")[..4], [0xFE, 0xFF, 0x51, 0x8A]);
        assert_eq!(text(written.as_str().expect("a string")), "冊𠮷");
    }
}
