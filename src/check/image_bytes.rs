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
        let behind = data.get(length..).and_then(|data| data.get(4..)).ok_or(ImageFault::CutOff)?;
        if &name == b"IEND" {
            return Ok(());
        }
        rest = behind;
    }
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

    /// A chunk of a PNG; its checksum is not looked at.
    fn chunk(name: &str, data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).expect("a short chunk").to_be_bytes();
        [&length[..], name.as_bytes(), data, &[0; 4]].concat()
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
    fn what_stands_behind_the_end_of_a_photograph_is_no_fault() {
        let jpeg = [&[0xFF, 0xD8, 0xFF, 0xE0][..], &[7; 20], &[0xFF, 0xD9], &[0; 9]].concat();
        assert_eq!(whole("jpg", &jpeg), Ok(()));
    }
}
