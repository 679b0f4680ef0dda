//! Converts images: RGB to CMYK, gray to black ink; CMYK photographs are kept as they came.
//!
//! In: an image of the document. Out: the same image in the press's inks. Masks of images are left alone: they are no ink.

use std::collections::BTreeSet;

use lopdf::{Document, Object, ObjectId, Stream};
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

use super::convert::{self, ConvertError, Space};
use super::ink::Separator;

/// The converted image, if object `id` is one that must change.
pub(super) fn convert(
    document: &Document,
    id: ObjectId,
    separator: &Separator,
) -> Result<Option<Stream>, ConvertError> {
    let Some(image) = document.objects.get(&id).and_then(|object| object.as_stream().ok()) else {
        return Ok(None);
    };
    let is_image = image.dict.get(b"Subtype").and_then(Object::as_name).ok() == Some(b"Image");
    if !is_image || !image.dict.has(b"ColorSpace") {
        return Ok(None);
    }
    let space_object = image.dict.get(b"ColorSpace")?;
    let space = convert::space(document, space_object);
    let bits = image.dict.get(b"BitsPerComponent").and_then(Object::as_i64).unwrap_or(8);
    let plain = matches!(space_object, Object::Name(_));
    if space == Space::Other {
        return Err(unknown("an image with a colour table or a special colour space"));
    }
    if space == Space::Cmyk && !separator.one_ink() {
        // its own profile is dropped: it goes to the plates as it came
        let mut kept = image.clone();
        kept.dict.set("ColorSpace", Object::Name(b"DeviceCMYK".to_vec()));
        return Ok((!plain).then_some(kept));
    }
    if bits == 1 && space == Space::Gray {
        let mut kept = image.clone();
        kept.dict.set("ColorSpace", Object::Name(b"DeviceGray".to_vec()));
        return Ok((!plain).then_some(kept));
    }
    if bits != 8 {
        return Err(unknown("an image with another depth than eight bits"));
    }
    let pixels = pixels(image, space)?;
    let (name, pixels): (&[u8], Vec<u8>) = match space {
        Space::Gray => {
            let mut pixels = pixels;
            separator.gray_pixels(&mut pixels);
            (b"DeviceGray", pixels)
        }
        Space::Rgb => {
            let icc = profile(document, space_object);
            let (triples, _) = pixels.as_chunks::<3>();
            let inks = separator.rgb_pixels(triples, icc.as_deref());
            (if separator.one_ink() { b"DeviceGray" } else { b"DeviceCMYK" }, inks)
        }
        _ => (b"DeviceGray", separator.cmyk_to_gray(pixels.as_chunks::<4>().0)),
    };
    let mut dictionary = image.dict.clone();
    for key in ["Filter", "DecodeParms", "Decode", "Length"] {
        dictionary.remove(key.as_bytes());
    }
    dictionary.set("ColorSpace", Object::Name(name.to_vec()));
    dictionary.set("BitsPerComponent", 8);
    convert::stream(dictionary, pixels).map(Some)
}

fn unknown(what: &str) -> ConvertError {
    ConvertError::Colour(what.to_owned())
}

/// Images that are masks of other images.
pub(super) fn masks(document: &Document) -> BTreeSet<ObjectId> {
    let streams = document.objects.values().filter_map(|object| object.as_stream().ok());
    streams
        .flat_map(|stream| [b"SMask".as_slice(), b"Mask"].map(|key| stream.dict.get(key)))
        .filter_map(|mask| mask.ok()?.as_reference().ok())
        .collect()
}

/// The bytes of the image's own ICC profile.
fn profile(document: &Document, space: &Object) -> Option<Vec<u8>> {
    let (_, space) = document.dereference(space).ok()?;
    let (_, profile) = document.dereference(space.as_array().ok()?.get(1)?).ok()?;
    profile.as_stream().ok()?.get_plain_content().ok()
}

/// The pixels, channel by channel; photographs (`DCTDecode`) are decoded.
fn pixels(image: &Stream, space: Space) -> Result<Vec<u8>, ConvertError> {
    let channels = match space {
        Space::Gray => 1,
        Space::Rgb => 3,
        _ => 4,
    };
    let side =
        |key: &[u8]| image.dict.get(key).and_then(Object::as_i64).ok().and_then(|n| usize::try_from(n).ok());
    let wanted = side(b"Width").zip(side(b"Height")).map(|(width, height)| width * height * channels);
    let filters = image.filters().unwrap_or_default();
    let pixels = if filters.last() == Some(&b"DCTDecode".as_slice()) {
        if filters.len() > 1 {
            return Err(unknown("a photograph that is packed twice"));
        }
        let out = match space {
            Space::Gray => ColorSpace::Luma,
            Space::Rgb => ColorSpace::RGB,
            _ => ColorSpace::CMYK,
        };
        let options = DecoderOptions::default().jpeg_set_out_colorspace(out);
        JpegDecoder::new_with_options(ZCursor::new(&image.content), options)
            .decode()
            .map_err(|error| unknown(&format!("a photograph that cannot be decoded ({error:?})")))?
    } else {
        image.get_plain_content()?
    };
    if wanted != Some(pixels.len()) {
        return Err(unknown("an image with fewer or more pixels than it says"));
    }
    Ok(pixels)
}
