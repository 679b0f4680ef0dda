//! The samples of images: those of a JPEG, bounded whatever its data are, and those of a row of any depth.
//!
//! In: the stream of an image (ISO 32000-1, 7.4.8 and 8.9). Out: its samples, channel by channel.

use lopdf::{Dictionary, Document, Object, Stream};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::objects::{name_of, resolved, value};
use super::reading::LARGEST_IMAGE;

/// The samples of an image, channel by channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Samples {
    /// Row by row; rows begin at a byte.
    pub bytes: Vec<u8>,
    /// Bits of a sample: 1, 2, 4, 8 or 16.
    pub bits: usize,
    /// Channels of a pixel; one more than there are colours where the last is transparency.
    pub channels: usize,
}

impl Samples {
    /// Marks which values the samples of each channel have, of sixteen bits the upper eight.
    pub fn count(&self, width: f64, used: &mut [[bool; 256]]) {
        let channels = self.channels.max(1);
        if self.bits == 8 {
            for pixel in self.bytes.chunks_exact(channels) {
                for (used, value) in used.iter_mut().zip(pixel) {
                    used[usize::from(*value)] = true;
                }
            }
            return;
        }
        let columns = (0..1_usize << 20).find(|columns| as_f64(*columns) >= width).unwrap_or(0);
        let stride = (columns * channels * self.bits).div_ceil(8).max(1);
        for row in self.bytes.chunks(stride) {
            for column in 0..columns {
                for (channel, used) in used.iter_mut().enumerate().take(channels) {
                    used[usize::from(sample(row, column * channels + channel, self.bits))] = true;
                }
            }
        }
    }
}

/// Columns are far below what a float counts exactly.
fn as_f64(value: usize) -> f64 {
    u32::try_from(value).map_or(f64::MAX, f64::from)
}

/// Why the samples of a photograph are not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SampleFault {
    /// JPEG data that cannot be read.
    Jpeg,
    /// A JPEG with another number of colours than its colour space.
    JpegColours,
    /// A JPEG of more pixels than are looked at.
    JpegTooLarge,
    /// JPEG 2000 data that cannot be read.
    Jpeg2000,
    /// A JPEG 2000 image of more pixels than are looked at.
    Jpeg2000TooLarge,
}

/// The samples of a JPEG 2000 image, in eight bits.
///
/// # Errors
/// [`SampleFault`] when there are none.
pub fn jpeg2000(stream: &Stream) -> Result<Samples, SampleFault> {
    let wrong = SampleFault::Jpeg2000;
    let settings = hayro_jpeg2000::DecodeSettings {
        resolve_palette_indices: true,
        strict: false,
        target_resolution: None,
    };
    let image = hayro_jpeg2000::Image::new(&stream.content, &settings).map_err(|_| wrong)?;
    let pixels = (image.width() as usize).saturating_mul(image.height() as usize);
    if pixels.saturating_mul(4) > LARGEST_IMAGE {
        return Err(SampleFault::Jpeg2000TooLarge);
    }
    let bytes = image.decode().map_err(|_| wrong)?;
    let channels = bytes.len().checked_div(pixels).filter(|channels| *channels > 0).ok_or(wrong)?;
    Ok(Samples { bytes, bits: 8, channels })
}

/// The samples of a JPEG as they are stored: no conversion but from YCC, which is a way of storing.
///
/// # Errors
/// [`SampleFault`] when there are none.
pub fn jpeg(stream: &Stream, components: usize) -> Result<Vec<u8>, SampleFault> {
    let wrong = SampleFault::Jpeg;
    let wanted = match components {
        1 => ColorSpace::Luma,
        3 => ColorSpace::RGB,
        4 => ColorSpace::CMYK,
        _ => return Err(SampleFault::JpegColours),
    };
    let options = DecoderOptions::default()
        .set_max_width(30_000)
        .set_max_height(30_000)
        .set_strict_mode(false)
        .jpeg_set_out_colorspace(wanted);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(&stream.content), options);
    decoder.decode_headers().map_err(|_| wrong)?;
    let in_ycck = wanted == ColorSpace::CMYK && decoder.input_colorspace() == Some(ColorSpace::YCCK);
    if in_ycck {
        decoder.set_options(options.jpeg_set_out_colorspace(ColorSpace::YCCK));
    }
    let (width, height) = decoder.dimensions().ok_or(wrong)?;
    if width.saturating_mul(height).saturating_mul(components) > LARGEST_IMAGE {
        return Err(SampleFault::JpegTooLarge);
    }
    let mut samples = decoder.decode().map_err(|_| wrong)?;
    if in_ycck {
        samples.as_chunks_mut::<4>().0.iter_mut().for_each(from_ycc);
    }
    Ok(samples)
}

/// The first three of YCCK samples back to what they stand for (JFIF, ITU-T T.871, 7).
fn from_ycc(pixel: &mut [u8; 4]) {
    let [y, cb, cr, _] = pixel.map(f64::from);
    let (cb, cr) = (cb - 128.0, cr - 128.0);
    let values = [y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb];
    for (byte, value) in pixel.iter_mut().zip(values) {
        *byte = (0..=255_u8).rev().find(|step| f64::from(*step) <= value + 0.5).unwrap_or(0);
    }
}

/// The filter that the data of an image come out of last; inline ones may use the short key.
#[must_use]
pub fn last_filter<'d>(doc: &'d Document, dict: &'d Dictionary) -> &'d [u8] {
    let object = value(doc, dict, b"Filter").or_else(|| value(doc, dict, b"F"));
    match object {
        Some(Object::Name(name)) => name,
        Some(Object::Array(names)) => {
            names.last().and_then(|name| resolved(doc, name)).and_then(name_of).unwrap_or_default()
        }
        _ => b"",
    }
}

/// A sample of a row, of `bits` 1, 2, 4, 8 or 16; of sixteen the upper eight are kept.
#[must_use]
pub fn sample(row: &[u8], index: usize, bits: usize) -> u8 {
    let byte = |at: usize| row.get(at).copied().unwrap_or_default();
    match bits {
        8 => byte(index),
        16 => byte(index * 2),
        _ => {
            let bit = index * bits;
            byte(bit / 8) >> (8 - bits - bit % 8) & ((1 << bits) - 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bits, the most significant first.
    #[derive(Default)]
    struct Bits(Vec<bool>);

    impl Bits {
        fn put(&mut self, value: i32, count: usize) {
            self.0.extend((0..count).rev().map(|at| value >> at & 1 == 1));
        }

        fn bytes(mut self) -> Vec<u8> {
            self.0.resize(self.0.len().next_multiple_of(8), true);
            let byte = |bits: &[bool]| bits.iter().fold(0_u8, |byte, bit| byte << 1 | u8::from(*bit));
            // a byte of ones is no mark
            let stuffed = |byte| if byte == 0xFF { vec![0xFF, 0] } else { vec![byte] };
            self.0.chunks(8).map(byte).flat_map(stuffed).collect()
        }
    }

    /// A baseline JPEG (ITU-T T.81) of 8 × 8 equal pixels of four components, with the transform that Adobe's mark names.
    fn even(pixel: [u8; 4], transform: u8) -> Stream {
        let mut out = vec![0xFF, 0xD8];
        let mut segment = |mark: u8, body: &[u8]| {
            let length = u16::try_from(body.len() + 2).expect("a short segment").to_be_bytes();
            out.extend([&[0xFF, mark], &length[..], body].concat());
        };
        segment(0xEE, &[b"Adobe\0\x64\0\0\0\0".as_slice(), &[transform]].concat());
        // eight for the mean of a block, so that a step is a step of the samples
        segment(0xDB, &[&[0, 8][..], &[1; 63]].concat());
        let components: Vec<u8> = (1..=4).flat_map(|number| [number, 0x11, 0]).collect();
        segment(0xC0, &[&[8, 0, 8, 0, 8, 4][..], &components].concat());
        // the sizes 0 to 8 have four bits each; the end of a block has one
        let sizes = [&[0x00, 0, 0, 0, 9][..], &[0; 12], &[0, 1, 2, 3, 4, 5, 6, 7, 8]].concat();
        segment(0xC4, &sizes);
        segment(0xC4, &[&[0x10, 1][..], &[0; 15], &[0]].concat());
        let tables: Vec<u8> = (1..=4).flat_map(|number| [number, 0]).collect();
        segment(0xDA, &[&[4][..], &tables, &[0, 63, 0]].concat());
        let mut bits = Bits::default();
        for value in pixel {
            let mean = i32::from(value) - 128;
            let size = (0..=8).find(|size| mean.abs() < 1 << size).expect("eight bits");
            bits.put(size, 4);
            let size = usize::try_from(size).expect("small");
            bits.put(if mean < 0 { mean - 1 + (1 << size) } else { mean }, size);
            bits.put(0, 1);
        }
        out.extend(bits.bytes());
        out.extend([0xFF, 0xD9]);
        Stream::new(Dictionary::new(), out)
    }

    #[test]
    fn inks_come_as_they_are_stored() {
        let pixels = jpeg(&even([10, 20, 30, 40], 0), 4).expect("it can be read");
        assert_eq!(pixels, [10, 20, 30, 40].repeat(64));
    }

    #[test]
    fn inks_stored_as_ycck_come_back() {
        let pixels = jpeg(&even([100, 138, 118, 40], 2), 4).expect("it can be read");
        // 100 − 14.02, 100 − 3.44 + 7.14, 100 + 17.72
        assert_eq!(pixels, [86, 104, 118, 40].repeat(64));
    }

    #[test]
    fn samples_of_every_depth_are_found_in_their_row() {
        let row = [0b1101_0010, 0b0111_1000];
        assert_eq!([0, 1, 2, 3].map(|index| sample(&row, index, 1)), [1, 1, 0, 1]);
        assert_eq!([0, 3, 4].map(|index| sample(&row, index, 2)), [3, 2, 1]);
        assert_eq!([0, 3].map(|index| sample(&row, index, 4)), [13, 8]);
        assert_eq!(
            (sample(&row, 1, 8), sample(&row, 0, 16), sample(&row, 9, 8)),
            (0b0111_1000, 0b1101_0010, 0)
        );
    }

    #[test]
    fn what_is_no_jpeg_of_its_space_is_refused() {
        assert!(jpeg(&even([1, 2, 3, 4], 0), 2).is_err());
        assert!(jpeg(&Stream::new(Dictionary::new(), b"no JPEG".to_vec()), 3).is_err());
    }
}
