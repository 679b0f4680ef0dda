//! JPEG 2000: how many channels of how many bits an image has, and what they are, without its pixels.
//!
//! In: the data of an image (ISO/IEC 15444-1, annexes A and I). Out: [`Jpeg2000`]. PDF leaves the colours of such images to
//! their own data where the dictionary names none (ISO 32000-1, 7.4.9).

use super::colour_space::Space;
use super::space_fault::{Foreign, SpaceDefect};

/// The most boxes of a file; one with more is broken.
const MOST_BOXES: usize = 64;

/// What the header of a JPEG 2000 image says.
#[derive(Debug, Clone, PartialEq)]
pub struct Jpeg2000 {
    /// Pixels a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// Bits of a sample.
    pub bits: u8,
    /// Its colours.
    pub space: Space,
}

impl Jpeg2000 {
    /// Reads the header; none where there is none that can be read.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut colours = None;
        let code = if bytes.starts_with(&[0xFF, 0x4F]) {
            bytes
        } else {
            let mut code = None;
            for (kind, body) in boxes(bytes) {
                match kind {
                    b"jp2h" => {
                        colours = boxes(body)
                            .into_iter()
                            .find(|(kind, _)| *kind == b"colr")
                            .and_then(|(_, body)| colour(body));
                    }
                    b"jp2c" => code = code.or(Some(body)),
                    _ => {}
                }
            }
            code?
        };
        let (width, height, channels, bits) = size(code)?;
        let space = colours.unwrap_or(match channels {
            // one or two, three or four: the last of an even number may be transparency, and four may be inks
            1 | 2 => Space::Gray,
            3 => Space::Foreign(Foreign::Jpeg2000Rgb),
            4 => Space::Cmyk { profile: None },
            _ => Space::Broken(SpaceDefect::Jpeg2000Channels),
        });
        Some(Self { width, height, bits, space })
    }
}

/// The boxes of a file or of a box: kind and body.
fn boxes(bytes: &[u8]) -> Vec<(&[u8; 4], &[u8])> {
    let (mut found, mut rest) = (Vec::new(), bytes);
    while found.len() < MOST_BOXES
        && let Some((head, body)) = rest.split_at_checked(8)
    {
        let (Some(length), Some(kind)) = (number(head, 0), head.last_chunk::<4>()) else { break };
        let (skipped, length) = match length {
            // to the end of the file
            0 => (0, body.len()),
            // the length stands behind, in eight bytes, of which the upper four are nothing in files of this size
            1 => (8, (number(body, 4).unwrap_or(0) as usize).saturating_sub(8)),
            length => (0, (length as usize).saturating_sub(8)),
        };
        let end = length.min(body.len());
        found.push((kind, body.get(skipped..end).unwrap_or_default()));
        if end == 0 {
            break;
        }
        rest = &body[end..];
    }
    found
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(*bytes.get(at..)?.first_chunk::<4>()?))
}

/// The colours of a `colr` box (I.5.3.3).
fn colour(body: &[u8]) -> Option<Space> {
    match body.first()? {
        1 => match number(body, 3)? {
            12 => Some(Space::Cmyk { profile: None }),
            // sRGB, YCC of sRGB, extended sRGB
            16 | 18 | 20 => Some(Space::Foreign(Foreign::Jpeg2000Rgb)),
            17 => Some(Space::Gray),
            14 => Some(Space::Foreign(Foreign::Lab)),
            _ => Some(Space::Broken(SpaceDefect::Jpeg2000Colours)),
        },
        // an ICC profile: its colours stand at byte 16
        2 | 3 => match body.get(3 + 16..3 + 20)? {
            b"RGB " => Some(Space::Foreign(Foreign::Jpeg2000Rgb)),
            b"GRAY" => Some(Space::Foreign(Foreign::IccGray)),
            b"CMYK" => Some(Space::Cmyk { profile: None }),
            _ => Some(Space::Broken(SpaceDefect::Jpeg2000Profile)),
        },
        _ => None,
    }
}

/// Width, height, channels and bits of the code stream (A.5.1).
fn size(code: &[u8]) -> Option<(u32, u32, u16, u8)> {
    let at = code.windows(2).take(64).position(|mark| mark == [0xFF, 0x51])?;
    let body = code.get(at + 4..)?;
    let (width, height) = (number(body, 2)?, number(body, 6)?);
    let (left, top) = (number(body, 10)?, number(body, 14)?);
    let channels = u16::from_be_bytes(*body.get(34..)?.first_chunk::<2>()?);
    let bits = (body.get(36)? & 0x7F) + 1;
    Some((width.checked_sub(left)?, height.checked_sub(top)?, channels, bits))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A code stream as far as its size, of so many channels.
    fn code(channels: u8) -> Vec<u8> {
        let mut code = vec![0xFF, 0x4F, 0xFF, 0x51, 0, 41, 0, 0];
        for value in [300_u32, 200, 0, 0, 300, 200, 0, 0] {
            code.extend(value.to_be_bytes());
        }
        code.extend([0, channels, 7, 1, 1]);
        code
    }

    fn boxed(kind: [u8; 4], body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len() + 8).expect("short").to_be_bytes();
        [&length[..], &kind, body].concat()
    }

    fn file(colr: &[u8], channels: u8) -> Vec<u8> {
        let header = boxed(*b"jp2h", &[boxed(*b"ihdr", &[0; 14]), boxed(*b"colr", colr)].concat());
        [boxed(*b"jP  ", b"\r\n\x87\n"), header, boxed(*b"jp2c", &code(channels))].concat()
    }

    #[test]
    fn the_data_say_what_the_channels_are() {
        let space = |bytes: &[u8]| Jpeg2000::read(bytes).expect("a header").space;
        assert_eq!(space(&code(3)), Space::Foreign(Foreign::Jpeg2000Rgb));
        assert_eq!(space(&code(1)), Space::Gray);
        assert_eq!(space(&file(&[1, 0, 0, 0, 0, 0, 12], 4)), Space::Cmyk { profile: None });
        assert_eq!(space(&file(&[1, 0, 0, 0, 0, 0, 16], 3)), Space::Foreign(Foreign::Jpeg2000Rgb));
        let read = Jpeg2000::read(&code(3)).expect("a header");
        assert_eq!((read.width, read.height, read.bits), (300, 200, 8));
        assert_eq!(Jpeg2000::read(b"no image"), None);
    }
}
