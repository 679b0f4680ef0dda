//! Decodes JPEG, bounded whatever the data are.
//!
//! In: the stream of an image (ISO 32000-1, 7.4.8). Out: its samples, channel by channel.

use lopdf::Stream;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::reading::LARGEST_IMAGE;

/// The samples of a JPEG as they are stored: no conversion but from YCC, which is a way of storing.
///
/// # Errors
/// Why there are none, in words.
pub fn samples(stream: &Stream, components: usize) -> Result<Vec<u8>, &'static str> {
    let wrong = "JPEG data that cannot be read";
    let wanted = match components {
        1 => ColorSpace::Luma,
        3 => ColorSpace::RGB,
        4 => ColorSpace::CMYK,
        _ => return Err("a JPEG with another number of colours than its colour space"),
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
        return Err("a JPEG that is too large");
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
