//! Text back to bytes, in the encoding that its file was in.
//!
//! In: the bytes of a file and its new text. Out: new bytes. What the encoding does not hold is refused by name; so is a file
//! whose own bytes would not come back as they were.

use super::encoding::{Decoded, decode};
use super::encoding_standard::standard;
use crate::model::encoding::Encoding;

/// Why a text cannot be written back.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// The encoding does not hold this character.
    #[error("{encoding} has no \"{character}\"")]
    Character {
        /// The character.
        character: char,
        /// The encoding.
        encoding: Encoding,
    },
    /// Bytes of the file cannot be read, or would not be written as they are.
    #[error("the file holds bytes that would not be written back as they are")]
    Unfaithful,
}

/// The bytes of `text` in the encoding of the file that `before` is the bytes of, with its byte order mark if it has one.
///
/// # Errors
/// [`EncodeError`] when a character has no place in the encoding, or the file would change elsewhere.
pub fn encode_like(before: &[u8], wanted: Option<Encoding>, text: &str) -> Result<Vec<u8>, EncodeError> {
    let Decoded { text: old, encoding, marked, faults } = decode(before.to_vec(), wanted);
    let (head, tail) = (encode(&old, encoding, marked)?, before);
    // what stands behind the text (the end mark of DOS) stays there
    let Some(rest) = tail.strip_prefix(head.as_slice()).filter(|_| faults.is_empty()) else {
        return Err(EncodeError::Unfaithful);
    };
    let mut bytes = encode(text, encoding, marked)?;
    bytes.extend_from_slice(rest);
    Ok(bytes)
}

fn encode(text: &str, encoding: Encoding, marked: bool) -> Result<Vec<u8>, EncodeError> {
    match encoding {
        Encoding::Utf8 => {
            let mark: &[u8] = if marked { b"\xEF\xBB\xBF" } else { b"" };
            Ok([mark, text.as_bytes()].concat())
        }
        Encoding::Utf16Le => Ok(wide(text, marked, u16::to_le_bytes)),
        Encoding::Utf16Be => Ok(wide(text, marked, u16::to_be_bytes)),
        Encoding::Cp932 | Encoding::EucJp | Encoding::Iso2022Jp => {
            let encoder = standard(encoding);
            let (bytes, _, is_lossy) = encoder.encode(text);
            if !is_lossy {
                return Ok(bytes.into_owned());
            }
            let is_unknown = |c: &char| encoder.encode(c.encode_utf8(&mut [0; 4])).2;
            let character = text.chars().find(is_unknown).unwrap_or(char::REPLACEMENT_CHARACTER);
            Err(EncodeError::Character { character, encoding })
        }
    }
}

fn wide(text: &str, marked: bool, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mark = marked.then_some(0xFEFF);
    mark.into_iter().chain(text.encode_utf16()).flat_map(bytes).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_comes_back_as_it_was() {
        let text = "区,名称\r\n鶴見区,つるみ㈱髙－①\r\n";
        for encoding in Encoding::ALL.iter().filter(|encoding| **encoding != Encoding::Iso2022Jp) {
            let is_wide = matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be);
            // EUC-JP of the standard has no circled digits of its own row in JIS X 0208, but of NEC's
            let bytes = encode(text, *encoding, is_wide).expect("all of it is there");
            assert_eq!(encode_like(&bytes, Some(*encoding), text).as_ref(), Ok(&bytes), "{encoding}");
            let changed = encode_like(&bytes, Some(*encoding), &text.replace("つるみ", "つる見"));
            assert_ne!(changed.as_ref(), Ok(&bytes), "{encoding}");
        }
    }

    #[test]
    fn what_the_encoding_lacks_is_named() {
        let error = encode_like(b"a,b\r\n", Some(Encoding::Cp932), "a,\u{1F600}\r\n");
        let wanted = EncodeError::Character { character: '\u{1F600}', encoding: Encoding::Cp932 };
        // a file of ASCII alone is read as UTF-8 unless its encoding is said
        assert_eq!(error, Err(wanted));
        assert_eq!(
            encode_like(b"\xEF\xBB\xBFa\r\n\x1A", None, "b\r\n"),
            Ok(b"\xEF\xBB\xBFb\r\n\x1A".to_vec())
        );
    }
}
