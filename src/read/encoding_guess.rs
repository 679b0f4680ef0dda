//! Which encoding bytes are in that bear no mark, and which lines of a file are in another one than the rest.
//!
//! In: bytes. Out: an [`Encoding`], or [`ForeignLine`]s. Two lists put together by copying one behind the other often
//! are in two encodings; the one read as the other would be printed as garbage without a single invalid byte.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::EUC_JP;

use super::encoding_standard::standard;
use crate::model::encoding::Encoding;

/// Bytes that are looked at to tell one encoding from another.
const SAMPLE: usize = 1 << 20;

/// An encoding that the structure of the bytes gives away: escape sequences, or a NUL in every other byte.
#[must_use]
pub fn of_structure(bytes: &[u8]) -> Option<Encoding> {
    if memchr::memchr(0, bytes).is_some() {
        return utf_16(bytes);
    }
    let escapes: [&[u8]; 4] = [b"\x1B$B", b"\x1B$@", b"\x1B(I", b"\x1B(J"];
    let is_jis = memchr::memchr(0x1B, bytes).is_some()
        && bytes.is_ascii()
        && escapes.iter().any(|escape| memchr::memmem::find(bytes, escape).is_some());
    is_jis.then_some(Encoding::Iso2022Jp)
}

/// UTF-16 without a mark: line ends and delimiters stand in every list, and their other byte is zero. Read the wrong way
/// round they would be letters of India and Glagolitic ones.
fn utf_16(bytes: &[u8]) -> Option<Encoding> {
    let sample = &bytes[..bytes.len().min(SAMPLE) / 2 * 2];
    let feeds = memchr::memchr_iter(b'\n', sample).count();
    let (little, big) = (Units::of(sample, u16::from_le_bytes), Units::of(sample, u16::from_be_bytes));
    // what else holds a NUL has line feeds without one, and gives letters for private use
    let fits = |units: Units, other: Units| {
        units.signs > 1 && other.signs == 0 && units.feeds * 4 >= feeds && units.wrong * 40 < sample.len()
    };
    if fits(little, big) {
        Some(Encoding::Utf16Le)
    } else if fits(big, little) {
        Some(Encoding::Utf16Be)
    } else {
        None
    }
}

/// What pairs of bytes are when they are taken for UTF-16.
#[derive(Clone, Copy, Default)]
struct Units {
    /// Line feeds.
    feeds: usize,
    /// Line ends, tabs and commas.
    signs: usize,
    /// Letters for private use and U+0000.
    wrong: usize,
}

impl Units {
    fn of(sample: &[u8], unit: fn([u8; 2]) -> u16) -> Self {
        sample.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).fold(Self::default(), |units, unit| {
            Self {
                feeds: units.feeds + usize::from(unit == 0x0A),
                signs: units.signs + usize::from(matches!(unit, 0x09 | 0x0A | 0x0D | 0x2C)),
                wrong: units.wrong + usize::from(matches!(unit, 0 | 0xE000..=0xF8FF)),
            }
        })
    }
}

/// The encoding of bytes that are no valid UTF-8 and bear no mark.
#[must_use]
pub fn of_words(bytes: &[u8]) -> Encoding {
    // ASCII says nothing: look from the first line that holds anything else
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let start = memchr::memrchr(b'\n', &bytes[..first]).map_or(0, |at| at + 1);
    let mut sample = &bytes[start..];
    if sample.len() > SAMPLE {
        let end = memchr::memrchr(b'\n', &sample[..SAMPLE]).map_or(SAMPLE, |at| at + 1);
        sample = &sample[..end];
    }
    if is_broken_utf_8(sample) || most_lines_are_utf_8(sample) {
        return Encoding::Utf8;
    }
    let (windows, unix) = (faults(sample, Encoding::Cp932), faults(sample, Encoding::EucJp));
    if windows != unix {
        return if windows < unix { Encoding::Cp932 } else { Encoding::EucJp };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    if detector.guess(Some(b"jp"), Utf8Detection::Deny) == EUC_JP { Encoding::EucJp } else { Encoding::Cp932 }
}

/// Whether more lines are Japanese in UTF-8 than are no UTF-8 at all: those came from another file.
fn most_lines_are_utf_8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0, 0);
    for line in bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_ascii()) {
        right += usize::from(is_japanese_utf_8(line));
        wrong += usize::from(std::str::from_utf8(line).is_err());
    }
    right > wrong
}

/// UTF-8 with a few broken bytes is still UTF-8: text in another encoding is hardly ever valid in it.
fn is_broken_utf_8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right > wrong * 2
}

/// How many stretches of `bytes` are not valid in an encoding.
fn faults(bytes: &[u8], encoding: Encoding) -> usize {
    let text = standard(encoding).decode_without_bom_handling(bytes).0;
    text.matches('\u{FFFD}').count()
}

/// A line that is in another encoding than the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForeignLine {
    /// Its first byte.
    pub start: usize,
    /// The byte after its line feed.
    pub end: usize,
    /// The encoding in which it is right.
    pub encoding: Encoding,
}

/// The lines of `bytes` that are right in another encoding than `encoding`, in order.
#[must_use]
pub fn foreign_lines(bytes: &[u8], encoding: Encoding) -> Vec<ForeignLine> {
    let other: fn(&[u8]) -> Option<Encoding> = match encoding {
        Encoding::Utf8 => in_japanese,
        Encoding::Cp932 | Encoding::EucJp => |line| is_japanese_utf_8(line).then_some(Encoding::Utf8),
        _ => return Vec::new(),
    };
    let mut found = Vec::new();
    let mut start = 0;
    while start < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |at| start + at + 1);
        if let Some(encoding) = other(&bytes[start..end]) {
            found.push(ForeignLine { start, end, encoding });
        }
        start = end;
    }
    found
}

/// Whether a line is valid UTF-8 with Japanese in it and nothing else. In CP932 and EUC-JP the chance of that is
/// negligible from two characters on.
fn is_japanese_utf_8(line: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(line) else { return false };
    let mut count = 0;
    for c in text.chars().filter(|c| !c.is_ascii()) {
        if !is_japanese(c) {
            return false;
        }
        count += 1;
    }
    count > 1
}

fn is_japanese(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The encoding in which a line that is no valid UTF-8 is right, if it is not just UTF-8 with a broken byte.
fn in_japanese(line: &[u8]) -> Option<Encoding> {
    if std::str::from_utf8(line).is_ok() || is_broken_utf_8(line) {
        return None;
    }
    let right = |encoding: Encoding| {
        let (text, wrong) = standard(encoding).decode_without_bom_handling(line);
        !wrong && text.chars().filter(|c| !c.is_ascii()).all(is_japanese)
    };
    [Encoding::Cp932, Encoding::EucJp].into_iter().find(|encoding| right(*encoding))
}
