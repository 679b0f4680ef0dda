//! How many pixels an image has, by its header: a photograph of a hundred megapixels takes minutes and gigabytes, and no page
//! shows more of it than of one of thirty.
//!
//! In: the bytes and the ending of the file's name. Out: [`PixelSize`], and a finding of one that is larger than any page needs
//! (PNG, ISO/IEC 15948 §11.2.2; JPEG, ITU-T T.81 B.2.2; `GIF89a`; WebP, RFC 9649).

use crate::diagnostic::{Code, Diagnostic};
use crate::say;

/// As many as fill an A4 page at 600 dpi with its bleed, and a little more: no page has use for others.
const USEFUL: u64 = 40_000_000;

/// More are not decoded: some 20 bytes are held of each pixel, so these take 2 GB.
const MOST: u64 = 100_000_000;

/// The longer side of an A4 page at 600 dpi.
const LONG_SIDE: u32 = 7016;

/// The size of an image in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PixelSize {
    /// Across.
    pub width: u32,
    /// Down.
    pub height: u32,
}

impl PixelSize {
    /// The size that the header of an image says; none of an SVG and of what cannot be read.
    #[must_use]
    pub fn of(ending: &str, bytes: &[u8]) -> Option<Self> {
        match ending {
            "png" => Some(Self { width: be32(bytes, 16)?, height: be32(bytes, 20)? }),
            "gif" => Some(Self { width: le(bytes, 6, 2)?, height: le(bytes, 8, 2)? }),
            "jpg" | "jpeg" => jpeg(bytes),
            "webp" => webp(bytes),
            _ => None,
        }
    }

    /// What is to be said of an image of this size, which is written as `target`.
    #[must_use]
    pub fn too_large(self, target: &str) -> Option<Diagnostic> {
        let Self { width, height } = self;
        let pixels = u64::from(width) * u64::from(height);
        let (million, ja) = (pixels / 1_000_000, in_japanese(pixels));
        let found = if pixels > MOST {
            let (most, most_ja) = (MOST / 1_000_000, in_japanese(MOST));
            Diagnostic::error(
                Code::ImageLarge,
                say!(
                    "画像「{target}」は{ja}画素（{width}×{height}）あり、大きすぎて組めません（{most_ja}画素まで）。",
                    "The image \"{target}\" has {million} megapixels ({width} × {height}): too many to be set (at most {most})."
                ),
            )
        } else if pixels > USEFUL {
            Diagnostic::warning(
                Code::ImageLarge,
                say!(
                    "画像「{target}」は{ja}画素（{width}×{height}）あります。ページには細かすぎ、時間とメモリーがかかり、PDFも重くなります。",
                    "The image \"{target}\" has {million} megapixels ({width} × {height}), more than a page can show: it takes time and memory and makes large files."
                ),
            )
        } else {
            return None;
        };
        Some(found.hint(say!(
            "画像のソフトで、長い辺が{LONG_SIDE}画素以下になるように縮めて保存してください（A4いっぱいで600 dpi）。",
            "Scale it down to {LONG_SIDE} pixels on its longer side, which is 600 dpi on all of an A4 page, and save it."
        )))
    }
}

/// A number as Japanese readers count: 6,080万, 4億.
fn in_japanese(number: u64) -> String {
    let (hundred_millions, rest) = (number / 100_000_000, number % 100_000_000 / 10_000);
    match (hundred_millions, rest) {
        (0, rest) => format!("{rest}万"),
        (whole, 0) => format!("{whole}億"),
        (whole, rest) => format!("{whole}億{rest}万"),
    }
}

/// A number of four bytes, the highest first.
fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    let number: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
    Some(u32::from_be_bytes(number))
}

/// A number of `length` bytes (up to four), the lowest first.
fn le(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let digits = bytes.get(at..at + length)?;
    Some(digits.iter().rev().fold(0, |number, digit| number << 8 | u32::from(*digit)))
}

/// Follows the segments to the frame header.
fn jpeg(bytes: &[u8]) -> Option<PixelSize> {
    let mut at = 2;
    loop {
        while bytes.get(at)? == &0xFF && bytes.get(at + 1)? == &0xFF {
            at += 1;
        }
        let (marker, length) = (*bytes.get(at + 1)?, be16(bytes, at + 2)?);
        // SOF0 to SOF15 but DHT, JPG and DAC
        if matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC) {
            return Some(PixelSize { height: be16(bytes, at + 5)?, width: be16(bytes, at + 7)? });
        }
        if *bytes.get(at)? != 0xFF || length < 2 {
            return None;
        }
        at += 2 + usize::try_from(length).ok()?;
    }
}

/// A number of two bytes, the higher first.
fn be16(bytes: &[u8], at: usize) -> Option<u32> {
    let [high, low] = bytes.get(at..at + 2)?.try_into().ok()?;
    Some(u32::from(u16::from_be_bytes([high, low])))
}

/// The canvas of the extended form, else the frame of the lossy or the lossless one.
fn webp(bytes: &[u8]) -> Option<PixelSize> {
    match bytes.get(12..16)? {
        b"VP8X" => Some(PixelSize { width: le(bytes, 24, 3)? + 1, height: le(bytes, 27, 3)? + 1 }),
        b"VP8 " => Some(PixelSize { width: le(bytes, 26, 2)? & 0x3FFF, height: le(bytes, 28, 2)? & 0x3FFF }),
        b"VP8L" => {
            let bits = le(bytes, 21, 4)?;
            Some(PixelSize { width: (bits & 0x3FFF) + 1, height: (bits >> 14 & 0x3FFF) + 1 })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_of_each_kind_is_read() {
        let size = |width, height| Some(PixelSize { width, height });
        let png = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".as_slice(), &[0, 0, 0x25, 0x1C, 0, 0, 0x19, 0]].concat();
        assert_eq!(PixelSize::of("png", &png), size(9500, 6400));
        let gif = [b"GIF89a".as_slice(), &[0x2C, 1, 0xC8, 0]].concat();
        assert_eq!(PixelSize::of("gif", &gif), size(300, 200));
        // APP0, a table, then the frame of a progressive photograph
        let jpeg = [
            &[0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC4, 0, 3, 9][..],
            &[0xFF, 0xC2, 0, 11, 8, 0x19, 0, 0x25, 0x1C, 1],
        ]
        .concat();
        assert_eq!(PixelSize::of("jpg", &jpeg), size(9500, 6400));
        let riff = |kind: &[u8], rest: &[u8]| [b"RIFF\0\0\0\0WEBP", kind, &[0; 4], rest].concat();
        assert_eq!(PixelSize::of("webp", &riff(b"VP8X", &[0, 0, 0, 0, 43, 1, 0, 199, 0, 0])), size(300, 200));
        assert_eq!(
            PixelSize::of("webp", &riff(b"VP8 ", &[0, 0, 0, 0x9D, 1, 0x2A, 44, 1, 200, 0])),
            size(300, 200)
        );
        let bits = (0x12B_u32 | 0xC7 << 14).to_le_bytes();
        assert_eq!(PixelSize::of("webp", &riff(b"VP8L", &[&[0x2F][..], &bits].concat())), size(300, 200));
        for (ending, bytes) in [("png", &png[..20]), ("jpg", &jpeg[..9]), ("gif", b"GIF"), ("svg", b"<svg/>")]
        {
            assert_eq!(PixelSize::of(ending, bytes), None, "{ending}");
        }
    }

    #[test]
    fn sixty_megapixels_are_said_and_four_hundred_refused() {
        use crate::diagnostic::Severity::{Error, Warning};
        let said = |width, height| PixelSize { width, height }.too_large("a.jpg").map(|found| found.severity);
        assert_eq!(said(4961, 7016), None);
        assert_eq!(said(9500, 6400), Some(Warning));
        assert_eq!(said(20_000, 20_000), Some(Error));
    }
}
