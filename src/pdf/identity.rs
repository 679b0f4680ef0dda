//! Identifiers of files: made of digests, so that neither clock nor chance is in them.
//!
//! In: digests of what a file comes from. Out: the parts of a trailer's `ID` (ISO 32000-1, 14.4) and UUIDs for XMP (RFC
//! 9562, version 8).

use std::fmt::Write as _;

use lopdf::{Object, StringFormat};

/// Bytes as hexadecimal digits, in small letters.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// A part of the `ID` of a trailer: the first sixteen bytes of a digest.
#[must_use]
pub fn file_id(digest: &[u8]) -> Object {
    Object::String(digest.iter().copied().take(16).collect(), StringFormat::Hexadecimal)
}

/// The UUID of a file of pages; `digest` has at least sixteen bytes.
#[must_use]
pub fn uuid(digest: &[u8]) -> String {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest).for_each(|(byte, from)| *byte = *from);
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x3F | 0x80;
    dashed(&hex(&bytes))
}

/// The UUID of a file of sheets, whose variant is 8 throughout: files that were made before keep theirs.
#[must_use]
pub fn uuid_of_sheets(digest: &[u8]) -> String {
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(digest).for_each(|(byte, from)| *byte = *from);
    bytes[6] = bytes[6] & 0x0F | 0x80;
    bytes[8] = bytes[8] & 0x0F | 0x80;
    dashed(&hex(&bytes))
}

fn dashed(hex: &str) -> String {
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_uuids_are_of_version_8_and_end_alike() {
        let digest: Vec<u8> = (0xF0..=0xFF).collect();
        assert_eq!(uuid(&digest), "f0f1f2f3-f4f5-86f7-b8f9-fafbfcfdfeff");
        assert_eq!(uuid_of_sheets(&digest), "f0f1f2f3-f4f5-86f7-88f9-fafbfcfdfeff");
        assert_ne!(uuid(&digest), uuid(&digest[1..]));
        assert_eq!(file_id(&[1; 32]), Object::String(vec![1; 16], StringFormat::Hexadecimal));
    }
}
