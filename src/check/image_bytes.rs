//! Whether the bytes of an image are whole: a file that was cut off while it was copied has its name and its beginning.
//!
//! In: the bytes and the ending of the file's name. Out: what is wrong with them ([`ImageFault`]). Pixels are not decoded: only
//! the frames of the format are followed (PNG, ISO/IEC 15948 §5; JPEG, ITU-T T.81 B.1; `GIF89a`; RIFF of WebP).

/// What is wrong with the bytes of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageFault {
    /// It does not begin as such a file does.
    OtherKind,
    /// Its end is missing.
    CutOff,
    /// A checksum disagrees: bytes were changed on the way.
    Damaged,
}

/// Looks at the frame of an image; SVG and unknown endings are the engine's matter.
///
/// # Errors
/// [`ImageFault`] where it is not whole.
pub fn whole(ending: &str, bytes: &[u8]) -> Result<(), ImageFault> {
    match ending {
        "png" => png(bytes),
        "jpg" | "jpeg" => framed(bytes, &[0xFF, 0xD8, 0xFF], &[0xFF, 0xD9]),
        "gif" => framed(bytes, b"GIF8", &[0x3B]),
        "webp" => webp(bytes),
        _ => Ok(()),
    }
}

/// Begins with `first`; `last` stands somewhere behind, since cameras write more after it.
fn framed(bytes: &[u8], first: &[u8], last: &[u8]) -> Result<(), ImageFault> {
    let rest = bytes.strip_prefix(first).ok_or(ImageFault::OtherKind)?;
    let ends = rest.windows(last.len()).rev().any(|window| window == last);
    if ends { Ok(()) } else { Err(ImageFault::CutOff) }
}

/// Follows the chunks (length, name, data, checksum) to IEND.
fn png(bytes: &[u8]) -> Result<(), ImageFault> {
    let mut rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n").ok_or(ImageFault::OtherKind)?;
    loop {
        let (head, data) = rest.split_first_chunk::<8>().ok_or(ImageFault::CutOff)?;
        let [a, b, c, d, name @ ..] = *head;
        let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).map_err(|_| ImageFault::CutOff)?;
        let (data, behind) = data.split_at_checked(length).ok_or(ImageFault::CutOff)?;
        let (sum, behind) = behind.split_first_chunk::<4>().ok_or(ImageFault::CutOff)?;
        // ancillary chunks (a small first letter) say nothing that is printed
        if name[0].is_ascii_uppercase() && crc32(&[&name[..], data]) != u32::from_be_bytes(*sum) {
            return Err(ImageFault::Damaged);
        }
        if &name == b"IEND" {
            return Ok(());
        }
        rest = behind;
    }
}

/// The remainders of each byte, for [`crc32`].
const REMAINDERS: [u32; 256] = {
    let mut remainders = [0; 256];
    let mut byte: u32 = 0;
    while byte < 256 {
        let mut remainder = byte;
        let mut bit = 0;
        while bit < 8 {
            remainder = if remainder & 1 == 1 { 0xEDB8_8320 ^ (remainder >> 1) } else { remainder >> 1 };
            bit += 1;
        }
        remainders[byte as usize] = remainder;
        byte += 1;
    }
    remainders
};

/// The checksum of a chunk (ISO/IEC 15948, annex D).
fn crc32(parts: &[&[u8]]) -> u32 {
    let bytes = parts.iter().copied().flatten();
    !bytes.fold(u32::MAX, |sum, byte| {
        let [low, ..] = sum.to_le_bytes();
        REMAINDERS[usize::from(low ^ byte)] ^ (sum >> 8)
    })
}

/// The length that the file says it has.
fn webp(bytes: &[u8]) -> Result<(), ImageFault> {
    let (head, rest) = bytes.split_first_chunk::<8>().ok_or(ImageFault::OtherKind)?;
    let [b'R', b'I', b'F', b'F', length @ ..] = *head else { return Err(ImageFault::OtherKind) };
    if !rest.starts_with(b"WEBP") {
        return Err(ImageFault::OtherKind);
    }
    let length = usize::try_from(u32::from_le_bytes(length)).map_err(|_| ImageFault::CutOff)?;
    if rest.len() < length { Err(ImageFault::CutOff) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A chunk of a PNG.
    fn chunk(name: &str, data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).expect("a short chunk").to_be_bytes();
        let sum = crc32(&[name.as_bytes(), data]).to_be_bytes();
        [&length[..], name.as_bytes(), data, &sum].concat()
    }

    #[test]
    fn each_cut_of_each_kind_is_seen() {
        let png = [b"\x89PNG\r\n\x1a\n".to_vec(), chunk("IHDR", &[1; 13]), chunk("IEND", &[])].concat();
        let jpeg = [&[0xFF, 0xD8, 0xFF, 0xE0][..], &[7; 20], &[0xFF, 0xD9]].concat();
        let gif = [&b"GIF89a"[..], &[7; 20], &[0x3B]].concat();
        let webp = [&b"RIFF\x08\0\0\0WEBP"[..], &[7; 4]].concat();
        for (ending, bytes) in [("png", png), ("jpeg", jpeg), ("gif", gif), ("webp", webp)] {
            assert_eq!(whole(ending, &bytes), Ok(()), "{ending}");
            for length in 0..bytes.len() {
                assert!(whole(ending, &bytes[..length]).is_err(), "{ending} of {length} bytes");
            }
        }
        assert_eq!(whole("png", b"<html>"), Err(ImageFault::OtherKind));
        assert_eq!(whole("svg", b""), Ok(()), "text is the engine's matter");
    }

    #[test]
    fn a_changed_byte_of_a_png_is_seen() {
        // the checksum that ISO/IEC 15948 gives for an empty IEND
        assert_eq!(crc32(&[b"IEND"]), 0xAE42_6082);
        let head = b"\x89PNG\r\n\x1a\n".to_vec();
        let mut png = [head, chunk("IHDR", &[1; 13]), chunk("tEXt", b"a"), chunk("IEND", &[])].concat();
        let (header, note) = (8 + 8 + 4, 8 + 25 + 8);
        png[note] ^= 1;
        assert_eq!(whole("png", &png), Ok(()), "a note in the file is not printed");
        png[header] ^= 1;
        assert_eq!(whole("png", &png), Err(ImageFault::Damaged));
    }

    #[test]
    fn what_stands_behind_the_end_of_a_photograph_is_no_fault() {
        let jpeg = [&[0xFF, 0xD8, 0xFF, 0xE0][..], &[7; 20], &[0xFF, 0xD9], &[0; 9]].concat();
        assert_eq!(whole("jpg", &jpeg), Ok(()));
    }
}
