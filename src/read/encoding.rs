//! Bytes to text: which encoding a file is in, and where its bytes are not valid in it.
//!
//! In: the bytes of a file. Out: [`Decoded`]. The encodings are those of the WHATWG Encoding Standard
//! (`encoding_rs`); nothing is ever replaced without a [`Fault`] that says so.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, EUC_JP, SHIFT_JIS, UTF_16BE, UTF_16LE};

use crate::model::cores;
use crate::model::encoding::Encoding;

/// A file as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark. U+FFFD stands where bytes could not be read.
    pub text: String,
    /// The encoding that it was read in.
    pub encoding: Encoding,
    /// Whether the file began with a byte order mark.
    pub marked: bool,
    /// Where bytes could not be read, in order.
    pub faults: Vec<Fault>,
}

/// Bytes that are not valid in the encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// The byte of the text at which the U+FFFD stands for them.
    pub at: usize,
    /// The first of the bytes.
    pub byte: u8,
}

/// Bytes that one thread turns into text at a time.
const PIECE: usize = 4 << 20;
/// Bytes that are looked at to tell one encoding from another.
const SAMPLE: usize = 1 << 20;

/// Turns the bytes of a file into text; in `wanted`, or in the encoding that fits. A byte order mark is believed
/// before anything else.
#[must_use]
pub fn decode(mut bytes: Vec<u8>, wanted: Option<Encoding>) -> Decoded {
    let mark = byte_order_mark(&bytes);
    let skip = mark.map_or(0, |(_, length)| length);
    let encoding = mark.map(|(encoding, _)| encoding).or(wanted);
    if matches!(encoding, None | Some(Encoding::Utf8)) {
        bytes.drain(..skip);
        match String::from_utf8(bytes) {
            Ok(text) => {
                return Decoded { text, encoding: Encoding::Utf8, marked: skip > 0, faults: Vec::new() };
            }
            Err(error) => bytes = error.into_bytes(),
        }
        let encoding = encoding.unwrap_or_else(|| guess(&bytes));
        return decode_in(&bytes, encoding, skip > 0);
    }
    decode_in(&bytes[skip..], encoding.unwrap_or(Encoding::Utf8), skip > 0)
}

fn byte_order_mark(bytes: &[u8]) -> Option<(Encoding, usize)> {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Some((Encoding::Utf8, 3)),
        [0xFF, 0xFE, ..] => Some((Encoding::Utf16Le, 2)),
        [0xFE, 0xFF, ..] => Some((Encoding::Utf16Be, 2)),
        _ => None,
    }
}

fn standard(encoding: Encoding) -> &'static encoding_rs::Encoding {
    match encoding {
        Encoding::Utf8 => encoding_rs::UTF_8,
        Encoding::Cp932 => SHIFT_JIS,
        Encoding::EucJp => EUC_JP,
        Encoding::Utf16Le => UTF_16LE,
        Encoding::Utf16Be => UTF_16BE,
    }
}

/// The encoding of bytes that are no valid UTF-8 and bear no mark.
fn guess(bytes: &[u8]) -> Encoding {
    // ASCII says nothing: look from the first line that holds anything else
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let start = memchr::memrchr(b'\n', &bytes[..first]).map_or(0, |at| at + 1);
    let mut sample = &bytes[start..];
    if sample.len() > SAMPLE {
        let end = memchr::memrchr(b'\n', &sample[..SAMPLE]).map_or(SAMPLE, |at| at + 1);
        sample = &sample[..end];
    }
    // UTF-8 with a few broken bytes is still UTF-8: text in another encoding is hardly ever valid in it
    let (mut right, mut wrong) = (0, 0);
    for chunk in sample.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    if right > wrong * 2 {
        return Encoding::Utf8;
    }
    let faults = |encoding| decode_in(sample, encoding, false).faults.len();
    let (windows, unix) = (faults(Encoding::Cp932), faults(Encoding::EucJp));
    if windows != unix {
        return if windows < unix { Encoding::Cp932 } else { Encoding::EucJp };
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    if detector.guess(Some(b"jp"), Utf8Detection::Deny) == EUC_JP { Encoding::EucJp } else { Encoding::Cp932 }
}

/// Turns bytes into text in one encoding, with all cores where the file is large.
fn decode_in(bytes: &[u8], encoding: Encoding, marked: bool) -> Decoded {
    let pieces = pieces(bytes, encoding);
    let mut decoded = Decoded { text: String::new(), encoding, marked, faults: Vec::new() };
    let threads = cores::count();
    if pieces.len() > 1 {
        // three bytes for two is what kanji take; what is never written to is never taken from the system
        decoded.text.reserve(bytes.len() + bytes.len() / 2);
    }
    if threads == 1 || pieces.len() == 1 {
        for bytes in pieces {
            decoded.append(piece(bytes, encoding));
        }
        return decoded;
    }
    // pieces are put together while the next ones are read; few wait, so that memory stays bounded
    let (sender, receiver) = mpsc::sync_channel(threads);
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let (sender, next, pieces) = (sender.clone(), &next, &pieces);
            scope.spawn(move || {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(bytes) = pieces.get(index) else { break };
                    if sender.send((index, piece(bytes, encoding))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let (mut early, mut wanted) = (BTreeMap::new(), 0);
        for (index, piece) in receiver {
            early.insert(index, piece);
            while let Some(piece) = early.remove(&wanted) {
                decoded.append(piece);
                wanted += 1;
            }
        }
    });
    decoded
}

impl Decoded {
    fn append(&mut self, (text, faults): (String, Vec<Fault>)) {
        let base = self.text.len();
        self.faults.extend(faults.into_iter().map(|fault| Fault { at: base + fault.at, ..fault }));
        if base == 0 && self.text.capacity() == 0 {
            self.text = text;
        } else {
            self.text.push_str(&text);
        }
    }
}

/// Parts the bytes after line feeds. That is safe in CP932 and EUC-JP, where a line feed is never half of a character;
/// UTF-16 is left whole.
fn pieces(bytes: &[u8], encoding: Encoding) -> Vec<&[u8]> {
    if matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be) {
        return vec![bytes];
    }
    let mut pieces = Vec::new();
    let mut rest = bytes;
    while rest.len() > PIECE {
        let Some(end) = memchr::memchr(b'\n', &rest[PIECE..]).map(|at| PIECE + at + 1) else { break };
        let (piece, after) = rest.split_at(end);
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

fn piece(bytes: &[u8], encoding: Encoding) -> (String, Vec<Fault>) {
    let mut decoder = standard(encoding).new_decoder_without_bom_handling();
    // what kanji take; half-width kana take more, and get it
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2 + 16);
    let mut faults = Vec::new();
    let mut at = 0;
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(&bytes[at..], &mut text, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => return (text, faults),
            DecoderResult::OutputFull => {
                let more = decoder.max_utf8_buffer_length_without_replacement(bytes.len() - at);
                text.reserve(more.unwrap_or(bytes.len()).max(16));
            }
            DecoderResult::Malformed(length, after) => {
                let first = at.saturating_sub(usize::from(length) + usize::from(after));
                let byte = bytes.get(first).copied().unwrap_or_default();
                faults.push(Fault { at: text.len(), byte });
                text.push('\u{FFFD}');
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &str = "区,名称\r\n西区,№①㈱髙﨑ｶﾅ センター\r\n";

    fn encoded(encoding: Encoding, text: &str) -> Vec<u8> {
        match encoding {
            Encoding::Utf16Le => {
                [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
            }
            Encoding::Utf16Be => {
                [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
            }
            _ => standard(encoding).encode(text).0.into_owned(),
        }
    }

    #[test]
    fn finds_out_each_encoding() {
        for encoding in Encoding::ALL {
            let text =
                if *encoding == Encoding::EucJp { "区,名称\n西区,活動センター\n" } else { WORDS };
            let decoded = decode(encoded(*encoding, text), None);
            assert_eq!((decoded.encoding, decoded.text.as_str()), (*encoding, text));
            assert_eq!(decoded.faults, []);
        }
        assert!(decode(b"\xEF\xBB\xBFa".to_vec(), None).marked);
    }

    #[test]
    fn a_fault_stands_where_the_bytes_are() {
        let mut bytes = encoded(Encoding::Cp932, "区,名称\n西区,センター\n");
        bytes.extend(b"\x93\x8C\x8B\xE6,\xFF\x0A\x90\x0A");
        let decoded = decode(bytes, None);
        assert_eq!(decoded.encoding, Encoding::Cp932);
        assert_eq!(decoded.text, "区,名称\n西区,センター\n東区,\u{FFFD}\n\u{FFFD}\n");
        let found: Vec<_> = decoded.faults.iter().map(|fault| fault.byte).collect();
        assert_eq!(found, [0xFF, 0x90]);
        for fault in decoded.faults {
            assert!(decoded.text[fault.at..].starts_with('\u{FFFD}'));
        }
    }

    #[test]
    fn utf_8_with_one_broken_byte_is_still_utf_8() {
        let mut bytes = "区,名称\n西区,活動センター\n".as_bytes().to_vec();
        bytes.extend(b"\x90\xBC\x8B\xE6,x\n");
        assert_eq!(decode(bytes, None).encoding, Encoding::Utf8);
    }

    #[test]
    fn a_large_file_is_read_in_pieces_as_in_one() {
        let line = "西区,センター,０４５\n";
        let text = line.repeat(600_000);
        let decoded = decode(encoded(Encoding::Cp932, &text), Some(Encoding::Cp932));
        assert!(decoded.text == text);
    }
}
