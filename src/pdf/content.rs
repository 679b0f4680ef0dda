//! The operations of a content stream, inline images of every coding among them.
//!
//! In: the bytes of a content stream (ISO 32000-1, 7.8.2). Out: operations one by one. The library reads inline images
//! without a filter and with few colour spaces only; here each becomes a stream under the long keys of `XObject`s.

use lopdf::content::{Content, ContentOperations, Operation};
use lopdf::{Dictionary, Object, ParseError, Stream};

use super::content_gap;
use super::lexical::{after_comment, after_string, is_delimiter, is_white};

/// The short keys of inline images (ISO 32000-1, table 93).
const KEYS: &[(&[u8], &str)] = &[
    (b"BPC", "BitsPerComponent"),
    (b"CS", "ColorSpace"),
    (b"D", "Decode"),
    (b"DP", "DecodeParms"),
    (b"F", "Filter"),
    (b"H", "Height"),
    (b"IM", "ImageMask"),
    (b"I", "Interpolate"),
    (b"W", "Width"),
];
/// The short names of filters (ISO 32000-1, table 94).
const FILTERS: &[(&[u8], &[u8])] = &[
    (b"AHx", b"ASCIIHexDecode"),
    (b"A85", b"ASCII85Decode"),
    (b"LZW", b"LZWDecode"),
    (b"Fl", b"FlateDecode"),
    (b"RL", b"RunLengthDecode"),
    (b"CCF", b"CCITTFaxDecode"),
    (b"DCT", b"DCTDecode"),
];
/// After so many errors nothing more is read: each costs a look at all that follows.
const MOST_ERRORS: usize = 64;
/// Bytes behind `EI` that must look like content: pixels seldom do.
const LOOKED_AT: usize = 12;

/// The operations of a content stream. An error stands for something that is none; those behind it are read on.
pub struct Operations<'a> {
    bytes: &'a [u8],
    /// Where each inline image begins and ends, and its data.
    images: std::vec::IntoIter<Inline<'a>>,
    now: Piece<'a>,
    /// The image that follows the operations of now.
    next: Option<Inline<'a>>,
    /// How many errors there may be yet.
    patience: usize,
}

/// Content between inline images.
struct Piece<'a> {
    bytes: &'a [u8],
    operations: ContentOperations<'a>,
    /// How many were read.
    read: usize,
    /// What was made of something that is no operation.
    repaired: Option<Operation>,
}

impl<'a> Piece<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, operations: Content::decode_iter(bytes), read: 0, repaired: None }
    }

    fn next(&mut self) -> Option<lopdf::Result<Operation>> {
        if let Some(operation) = self.repaired.take() {
            return Some(Ok(operation));
        }
        let operation = self.operations.next();
        if let Some(Ok(operation)) = operation {
            self.read += 1;
            return Some(Ok(operation));
        }
        // the library ends here, whether there is more or not
        let Some(gap) = content_gap::after(self.bytes, self.read) else {
            *self = Self::new(b"");
            return operation;
        };
        let repaired = content_gap::repaired(&self.bytes[gap.clone()]);
        *self = Self { repaired, ..Self::new(&self.bytes[gap.end..]) };
        Some(operation.unwrap_or_else(|| Err(ParseError::InvalidContentStream.into())))
    }
}

/// An inline image, from its `BI` to the end of its `EI`.
struct Inline<'a> {
    start: usize,
    end: usize,
    /// What stands between `BI` and `ID`.
    entries: &'a [u8],
    data: &'a [u8],
}

/// The operations of a content stream.
#[must_use]
pub fn operations(bytes: &[u8]) -> Operations<'_> {
    let mut images = inline_images(bytes).into_iter();
    let next = images.next();
    let first = next.as_ref().map_or(bytes.len(), |image| image.start);
    Operations { bytes, images, now: Piece::new(&bytes[..first]), next, patience: MOST_ERRORS }
}

impl Iterator for Operations<'_> {
    type Item = lopdf::Result<Operation>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.patience == 0 {
            return None;
        }
        if let Some(operation) = self.now.next() {
            self.patience -= usize::from(operation.is_err());
            return Some(operation);
        }
        let image = self.next.take()?;
        self.next = self.images.next();
        let end = self.next.as_ref().map_or(self.bytes.len(), |next| next.start);
        self.now = Piece::new(&self.bytes[image.end..end]);
        let stream = image.stream().map(Object::Stream);
        Some(Ok(Operation::new("BI", stream.into_iter().collect())))
    }
}

impl Inline<'_> {
    /// The image as a stream of its own; none where its dictionary cannot be read.
    fn stream(&self) -> Option<Stream> {
        // a dictionary among operands is read as the library reads all others
        let source = [b"/I <<", self.entries, b">> DP"].concat();
        let operation = Content::decode(&source).ok()?.operations.into_iter().next()?;
        let Some(Object::Dictionary(entries)) = operation.operands.get(1) else { return None };
        let mut dict = Dictionary::new();
        for (key, entry) in entries {
            let long = KEYS.iter().find(|(short, _)| *short == key.as_slice());
            let key = long.map_or(key.clone(), |(_, long)| long.as_bytes().to_vec());
            dict.set(key, entry.clone());
        }
        if let Ok(filter) = dict.get(b"Filter") {
            let long = match filter {
                Object::Array(names) => Object::Array(names.iter().map(long_filter).collect()),
                one => long_filter(one),
            };
            dict.set("Filter", long);
        }
        Some(Stream::new(dict, self.data.to_vec()))
    }
}

fn long_filter(name: &Object) -> Object {
    let Object::Name(short) = name else { return name.clone() };
    let long = FILTERS.iter().find(|(known, _)| *known == short.as_slice());
    Object::Name(long.map_or(short.clone(), |(_, long)| long.to_vec()))
}

/// The inline images of a content stream, in order.
fn inline_images(bytes: &[u8]) -> Vec<Inline<'_>> {
    let mut images = Vec::new();
    // most streams have none, and are not looked at twice
    if !bytes.windows(2).any(|pair| pair == b"BI") {
        return images;
    }
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'(' => at = after_string(bytes, at),
            b'%' => at = after_comment(bytes, at),
            byte if is_delimiter(byte) => at += 1,
            _ => {
                let word = word_at(bytes, at);
                match (word == b"BI").then(|| inline_image(bytes, at)).flatten() {
                    Some(image) => {
                        at = image.end;
                        images.push(image);
                    }
                    None => at += word.len(),
                }
            }
        }
    }
    images
}

fn word_at(bytes: &[u8], at: usize) -> &[u8] {
    let rest = &bytes[at..];
    let end = rest.iter().position(|byte| is_delimiter(*byte)).unwrap_or(rest.len());
    &rest[..end.max(1)]
}

/// The image whose `BI` stands at `start`; none where `ID` or `EI` is missing.
fn inline_image(bytes: &[u8], start: usize) -> Option<Inline<'_>> {
    let mut at = start + 2;
    let entries = at;
    loop {
        match *bytes.get(at)? {
            b'(' => at = after_string(bytes, at),
            b'%' => at = after_comment(bytes, at),
            // a name may be called ID
            b'/' => at += 1 + word_at(bytes, at + 1).len(),
            byte if is_delimiter(byte) => at += 1,
            _ => {
                let word = word_at(bytes, at);
                if word == b"ID" {
                    break;
                }
                at += word.len();
            }
        }
    }
    let written = &bytes[entries..at];
    // one white space parts ID from the data; a line end of two bytes is one
    at += 2;
    if bytes.get(at..at + 2) == Some(b"\r\n") {
        at += 2;
    } else if bytes.get(at).copied().is_some_and(is_white) {
        at += 1;
    }
    let data = bytes.get(at..)?;
    let known = Inline { start, end: at, entries: written, data: b"" }
        .stream()
        .and_then(|image| plain_length(&image.dict));
    let length = match known {
        // of a length that is known, what stands behind need not look like anything
        Some(length) if data.get(length..)?.trim_ascii_start().starts_with(b"EI") => length,
        _ => (0..data.len()).find(|end| is_end(&data[*end..]))?,
    };
    let behind = &data[length..];
    let end = at + length + behind.iter().position(|byte| !is_white(*byte)).unwrap_or(0) + 2;
    Some(Inline { start, end, entries: written, data: &data[..length] })
}

/// Whether the data end here: white space, `EI`, and then what looks like content.
fn is_end(rest: &[u8]) -> bool {
    let space = rest.iter().take_while(|byte| is_white(**byte)).count();
    let Some(behind) = rest[space..].strip_prefix(b"EI") else { return false };
    // of a dense coding the last byte may stand right before EI
    behind.first().is_none_or(|byte| is_white(*byte))
        && (space > 0 || behind.len() < 2)
        && behind
            .iter()
            .take(LOOKED_AT)
            .all(|byte| is_white(*byte) && *byte != 0 || (0x20..0x7F).contains(byte))
}

/// The bytes of an image without a filter, where its colours say how many.
fn plain_length(dict: &Dictionary) -> Option<usize> {
    if dict.has(b"Filter") {
        return None;
    }
    let side = |key: &[u8]| dict.get(key).ok()?.as_i64().ok().and_then(|side| usize::try_from(side).ok());
    let is_mask = matches!(dict.get(b"ImageMask"), Ok(Object::Boolean(true)));
    let components = match dict.get(b"ColorSpace") {
        _ if is_mask => 1,
        Ok(Object::Array(_)) => 1,
        Ok(Object::Name(name)) => match name.as_slice() {
            b"G" | b"DeviceGray" => 1,
            b"RGB" | b"DeviceRGB" => 3,
            b"CMYK" | b"DeviceCMYK" => 4,
            _ => return None,
        },
        _ => return None,
    };
    let bits = side(b"BitsPerComponent").unwrap_or(if is_mask { 1 } else { 8 });
    let row = side(b"Width")?.checked_mul(bits)?.checked_mul(components)?.div_ceil(8);
    row.checked_mul(side(b"Height")?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(content: &[u8]) -> Vec<Operation> {
        operations(content).map(|operation| operation.expect("it can be read")).collect()
    }

    fn image(operations: &[Operation]) -> &Stream {
        let image = operations.iter().find(|one| one.operator == "BI").expect("an image");
        image.operands[0].as_stream().expect("a stream")
    }

    #[test]
    fn an_image_with_a_filter_is_a_stream_of_its_own() {
        let mut packed = Stream::new(Dictionary::new(), vec![7; 4_000]);
        packed.compress().expect("packed");
        let content =
            [b"q BI /W 20 /H 20 /BPC 8 /CS /RGB /F /Fl ID ", &packed.content[..], b"\nEI\nQ 1 g"].concat();
        let read = read(&content);
        let names: Vec<&str> = read.iter().map(|one| one.operator.as_str()).collect();
        assert_eq!(names, ["q", "BI", "Q", "g"]);
        let image = image(&read);
        assert_eq!(image.dict.get(b"Filter").and_then(Object::as_name).expect("a filter"), b"FlateDecode");
        assert_eq!(image.content, packed.content);
    }

    #[test]
    fn pixels_that_say_ei_do_not_end_an_image() {
        let content = b"BI /W 6 /H 1 /BPC 8 /CS /G ID \n EI q\nEI Q";
        assert_eq!(image(&read(content)).content, b"\n EI q");
        // of unknown length: what follows must look like content
        let content = b"BI /W 6 /H 1 /BPC 8 /CS /Cs1 ID ab EI \x01\x02\x03 cd EI Q";
        assert_eq!(image(&read(content)).content, b"ab EI \x01\x02\x03 cd");
    }

    #[test]
    fn what_follows_an_error_is_read() {
        let read: Vec<_> =
            operations(b"q [(a) 0 Tc (b)] TJ ) Q BI /W 1 /H 1 /BPC 8 /CS /G ID x EI 0 g").collect();
        let names: Vec<&str> =
            read.iter().map(|one| one.as_ref().map_or("?", |one| one.operator.as_str())).collect();
        assert_eq!(names, ["q", "?", "TJ", "?", "BI", "g"]);
    }

    #[test]
    fn what_only_looks_like_an_image_is_none() {
        let names: Vec<String> =
            read(b"(BI ID EI) Tj % BI\n/BI gs 0 g").into_iter().map(|one| one.operator).collect();
        assert_eq!(names, ["Tj", "gs", "g"]);
        assert!(operations(b"BI /W 1 ID abc").any(|one| one.is_err()), "without its end it is broken");
    }
}
