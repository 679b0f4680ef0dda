//! Bytes to text: which encoding a file is in, and where its bytes are not valid in it.
//!
//! In: the bytes of a file. Out: [`Decoded`]. The encodings are those of the WHATWG Encoding Standard
//! (`encoding_rs`); nothing is ever replaced without a [`EncodingFault`] that says so.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use encoding_rs::DecoderResult;

use super::encoding_guess;
use super::encoding_standard::standard;
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
    pub faults: Vec<EncodingFault>,
}

/// Bytes that are not valid in the encoding, or a line that is right in another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EncodingFault {
    /// The byte of the text at which the U+FFFD stands for them, or at which the line begins.
    pub at: usize,
    /// The first of the bytes.
    pub byte: u8,
    /// The encoding in which the whole line is right.
    pub other: Option<Encoding>,
}

/// Ends a text in DOS and CP/M.
const END_MARK: char = '\u{1A}';
/// Bytes that one thread turns into text at a time.
const PIECE: usize = 4 << 20;

/// Turns the bytes of a file into text; in `wanted`, or in the encoding that fits. A byte order mark is believed
/// before anything else. The end mark of DOS (0x1A, as the last character) is no part of the text.
#[must_use]
pub fn decode(bytes: Vec<u8>, wanted: Option<Encoding>) -> Decoded {
    let mut decoded = decode_all(bytes, wanted);
    let text = decoded.text.trim_end_matches(['\r', '\n', END_MARK]);
    if let Some(at) = decoded.text[text.len()..].find(END_MARK) {
        decoded.text.truncate(text.len() + at);
    }
    decoded
}

fn decode_all(mut bytes: Vec<u8>, wanted: Option<Encoding>) -> Decoded {
    let mark = byte_order_mark(&bytes);
    let skip = mark.map_or(0, |(_, length)| length);
    let encoding =
        mark.map(|(encoding, _)| encoding).or(wanted).or_else(|| encoding_guess::of_structure(&bytes));
    if matches!(encoding, None | Some(Encoding::Utf8)) {
        bytes.drain(..skip);
        match String::from_utf8(bytes) {
            Ok(text) => {
                return Decoded { text, encoding: Encoding::Utf8, marked: skip > 0, faults: Vec::new() };
            }
            Err(error) => bytes = error.into_bytes(),
        }
        let encoding = encoding.unwrap_or_else(|| encoding_guess::of_words(&bytes));
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
    fn append(&mut self, (text, faults): (String, Vec<EncodingFault>)) {
        let base = self.text.len();
        self.faults.extend(faults.into_iter().map(|fault| EncodingFault { at: base + fault.at, ..fault }));
        if base == 0 && self.text.capacity() == 0 {
            self.text = text;
        } else {
            self.text.push_str(&text);
        }
    }
}

/// Parts the bytes after line feeds. That is safe in CP932 and EUC-JP, where a line feed is never half of a character;
/// UTF-16 is left whole, and so is ISO-2022-JP, where a line may begin within an escape sequence's reach.
fn pieces(bytes: &[u8], encoding: Encoding) -> Vec<&[u8]> {
    if matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be | Encoding::Iso2022Jp) {
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

fn piece(bytes: &[u8], encoding: Encoding) -> (String, Vec<EncodingFault>) {
    // what kanji take; half-width kana take more, and get it
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2 + 16);
    let mut faults = Vec::new();
    let mut from = 0;
    for line in encoding_guess::foreign_lines(bytes, encoding) {
        stretch(&bytes[from..line.start], encoding, &mut text, &mut faults);
        let byte = bytes[line.start..line.end].iter().copied().find(|byte| !byte.is_ascii());
        faults.push(EncodingFault {
            at: text.len(),
            byte: byte.unwrap_or_default(),
            other: Some(line.encoding),
        });
        stretch(&bytes[line.start..line.end], line.encoding, &mut text, &mut faults);
        from = line.end;
    }
    stretch(&bytes[from..], encoding, &mut text, &mut faults);
    (text, faults)
}

/// Adds the text of whole lines.
fn stretch(bytes: &[u8], encoding: Encoding, text: &mut String, faults: &mut Vec<EncodingFault>) {
    let mut decoder = standard(encoding).new_decoder_without_bom_handling();
    let mut at = 0;
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(&bytes[at..], text, true);
        at += read;
        match result {
            DecoderResult::InputEmpty => return,
            DecoderResult::OutputFull => {
                let more = decoder.max_utf8_buffer_length_without_replacement(bytes.len() - at);
                text.reserve(more.unwrap_or(bytes.len()).max(16));
            }
            DecoderResult::Malformed(length, after) => {
                let first = at.saturating_sub(usize::from(length) + usize::from(after));
                let byte = bytes.get(first).copied().unwrap_or_default();
                faults.push(EncodingFault { at: text.len(), byte, other: None });
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
            let plain = matches!(encoding, Encoding::EucJp | Encoding::Iso2022Jp);
            let text = if plain { "区,名称\n西区,活動センター\n" } else { WORDS };
            let decoded = decode(encoded(*encoding, text), None);
            assert_eq!((decoded.encoding, decoded.text.as_str()), (*encoding, text));
            assert_eq!(decoded.faults, []);
        }
        assert!(decode(b"\xEF\xBB\xBFa".to_vec(), None).marked);
        for encoding in [Encoding::Utf16Le, Encoding::Utf16Be] {
            let bytes = encoded(encoding, WORDS).split_off(2);
            let decoded = decode(bytes, None);
            assert_eq!((decoded.encoding, decoded.marked, decoded.text.as_str()), (encoding, false, WORDS));
        }
    }

    #[test]
    fn a_nul_is_no_sign_of_utf_16() {
        let decoded = decode("区,名称\n\0西区,セン\0ター\n".as_bytes().to_vec(), None);
        assert_eq!(decoded.encoding, Encoding::Utf8);
    }

    #[test]
    fn the_end_mark_is_no_part_of_the_text() {
        for end in ["\u{1A}", "\u{1A}\r\n", "\u{1A}\u{1A}"] {
            for encoding in Encoding::ALL {
                let decoded = decode(encoded(*encoding, &format!("区,名\r\n西区,あ\r\n{end}")), None);
                assert_eq!(decoded.text, "区,名\r\n西区,あ\r\n", "{encoding}");
            }
        }
        assert_eq!(decode(b"a\x1Ab\n".to_vec(), None).text, "a\u{1A}b\n");
    }

    #[test]
    fn a_line_in_another_encoding_is_known() {
        let line = "中区,なか相談室,中区見本町\n";
        let lines = "西区,にし相談室,西区見本町\n".repeat(5);
        for (file, other) in [
            (Encoding::Cp932, Encoding::Utf8),
            (Encoding::EucJp, Encoding::Utf8),
            (Encoding::Utf8, Encoding::Cp932),
        ] {
            let bytes = [encoded(file, &lines), encoded(other, line), encoded(file, &lines)].concat();
            let decoded = decode(bytes, None);
            assert_eq!(decoded.encoding, file);
            assert_eq!(decoded.text, format!("{lines}{line}{lines}"), "{file}");
            let found: Vec<_> = decoded.faults.iter().map(|fault| (fault.at, fault.other)).collect();
            assert_eq!(found, [(lines.len(), Some(other))], "{file}");
        }
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
