//! Converts images: RGB to CMYK, gray to black ink; CMYK photographs are kept as they came.
//!
//! In: an image of the document. Out: the same image in the press's inks. Masks of images are left alone: they are no ink.

use std::collections::BTreeSet;

use lopdf::{Document, Object, ObjectId, Stream};

use super::colour::family;
use super::fault::{ConvertError, PageFault};
use super::ink::Separator;
use crate::pdf::colour_space::Family;
use crate::pdf::objects::numbers_of;
use crate::pdf::samples::{jpeg, sample};

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
    let table = Table::read(document, image.dict.get(b"ColorSpace")?)?;
    let space_object = table.as_ref().map_or(image.dict.get(b"ColorSpace")?, |table| &table.base);
    let space = family(document, space_object);
    let bits = image.dict.get(b"BitsPerComponent").and_then(Object::as_i64).unwrap_or(8);
    let plain = table.is_none() && matches!(space_object, Object::Name(_));
    if space == Family::Other {
        // spot colours stay as they are; preflight looks at what they are shown in
        return if of_colorants(document, space_object) {
            Ok(None)
        } else {
            Err(PageFault::ImageSpace.into())
        };
    }
    if space == Family::Cmyk && !separator.one_ink() && table.is_none() {
        // its own profile is dropped: it goes to the plates as it came
        let mut kept = image.clone();
        kept.dict.set("ColorSpace", Object::Name(b"DeviceCMYK".to_vec()));
        return Ok((!plain).then_some(kept));
    }
    if bits == 1 && space == Family::Gray && table.is_none() {
        let mut kept = image.clone();
        kept.dict.set("ColorSpace", Object::Name(b"DeviceGray".to_vec()));
        return Ok((!plain).then_some(kept));
    }
    if turned(image, table.is_some(), bits) {
        return Err(PageFault::ImageDecode.into());
    }
    let pixels = match table {
        Some(ref table) => table.colours(&samples(image, 1, bits)?, channels(space), bits),
        None => pixels(image, space, bits)?,
    };
    let (name, pixels): (&[u8], Vec<u8>) = match space {
        Family::Gray => {
            let mut pixels = pixels;
            separator.gray_pixels(&mut pixels);
            (b"DeviceGray", pixels)
        }
        Family::Rgb => {
            let icc = profile(document, space_object);
            let (triples, _) = pixels.as_chunks::<3>();
            let inks = separator.rgb_pixels(triples, icc.as_deref());
            (if separator.one_ink() { b"DeviceGray" } else { b"DeviceCMYK" }, inks)
        }
        _ if separator.one_ink() => (b"DeviceGray", separator.cmyk_to_gray(pixels.as_chunks::<4>().0)),
        _ => (b"DeviceCMYK", pixels),
    };
    let mut dictionary = image.dict.clone();
    for key in ["Filter", "DecodeParms", "Decode", "Length"] {
        dictionary.remove(key.as_bytes());
    }
    dictionary.set("ColorSpace", Object::Name(name.to_vec()));
    dictionary.set("BitsPerComponent", 8);
    let mut converted = Stream::new(dictionary, pixels);
    converted.compress()?;
    Ok(Some(converted))
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

/// Whether the samples mean something else than they do by default (ISO 32000-1, table 90).
fn turned(image: &Stream, indexed: bool, bits: i64) -> bool {
    let Ok(decode) = image.dict.get(b"Decode").and_then(Object::as_array) else { return false };
    let most = if indexed && (1..=8).contains(&bits) { f64::from((1_u16 << bits) - 1) } else { 1.0 };
    let wanted = [0.0, most];
    numbers_of(decode).iter().zip(wanted.iter().cycle()).any(|(found, wanted)| (found - wanted).abs() > 1e-6)
}

/// Whether a colour space is Separation or `DeviceN`.
fn of_colorants(document: &Document, space: &Object) -> bool {
    let array = document.dereference(space).ok().and_then(|(_, space)| space.as_array().ok());
    let family = array.and_then(|array| array.first()?.as_name().ok());
    matches!(family, Some(b"Separation" | b"DeviceN"))
}

/// The table of an image whose pixels are numbers of colours (ISO 32000-1, 8.6.6.3).
struct Table {
    base: Object,
    colours: Vec<u8>,
}

impl Table {
    /// The table of an indexed space; none for any other space.
    fn read(document: &Document, space: &Object) -> Result<Option<Self>, ConvertError> {
        let (_, space) = document.dereference(space)?;
        let Ok([family, base, _, colours]) = space.as_array().map(Vec::as_slice) else { return Ok(None) };
        if !matches!(family.as_name(), Ok(b"Indexed" | b"I")) {
            return Ok(None);
        }
        let colours = match document.dereference(colours)?.1 {
            Object::String(bytes, _) => bytes.clone(),
            Object::Stream(stream) => stream.get_plain_content()?,
            _ => return Err(PageFault::ImageTable.into()),
        };
        Ok(Some(Self { base: base.clone(), colours }))
    }

    /// The colours that eight-bit `samples` stand for. A number beyond the table is its last colour.
    fn colours(&self, samples: &[u8], channels: usize, bits: i64) -> Vec<u8> {
        let last = (self.colours.len() / channels).saturating_sub(1);
        // samples were stretched to eight bits
        let step = match bits {
            1 => 255,
            2 => 85,
            4 => 17,
            _ => 1,
        };
        let mut pixels = Vec::with_capacity(samples.len() * channels);
        for sample in samples {
            let entry = usize::from(sample / step).min(last) * channels;
            pixels.extend((entry..entry + channels).map(|at| self.colours.get(at).copied().unwrap_or(0)));
        }
        pixels
    }
}

fn channels(space: Family) -> usize {
    match space {
        Family::Gray => 1,
        Family::Rgb => 3,
        _ => 4,
    }
}

/// The pixels, channel by channel; photographs (`DCTDecode`) are decoded.
fn pixels(image: &Stream, space: Family, bits: i64) -> Result<Vec<u8>, ConvertError> {
    let filters = image.filters().unwrap_or_default();
    if filters.last() != Some(&b"DCTDecode".as_slice()) {
        return samples(image, channels(space), bits);
    }
    if filters.len() > 1 {
        return Err(PageFault::PackedTwice.into());
    }
    let pixels = jpeg(image, channels(space)).map_err(|_| PageFault::Photograph)?;
    let (width, height) = size(image)?;
    if pixels.len() != width * height * channels(space) {
        return Err(PageFault::PixelCount.into());
    }
    Ok(pixels)
}

fn size(image: &Stream) -> Result<(usize, usize), ConvertError> {
    let side = |key: &[u8]| {
        usize::try_from(image.dict.get(key)?.as_i64()?).map_err(|_| lopdf::Error::Unimplemented("a size"))
    };
    Ok((side(b"Width")?, side(b"Height")?))
}

/// The samples of an image that is no photograph, each stretched to eight bits; of sixteen the upper eight are kept.
fn samples(image: &Stream, channels: usize, bits: i64) -> Result<Vec<u8>, ConvertError> {
    let (width, height) = size(image)?;
    let bytes = image.get_plain_content()?;
    let bits = match bits {
        1 | 2 | 4 | 8 | 16 => usize::try_from(bits).unwrap_or(8),
        _ => return Err(PageFault::ImageDepth.into()),
    };
    let stride = (width * channels * bits).div_ceil(8);
    if bytes.len() != stride * height {
        return Err(PageFault::PixelCount.into());
    }
    if bits == 8 {
        return Ok(bytes);
    }
    let mut samples = Vec::with_capacity(width * channels * height);
    // the upper eight of sixteen bits are whole; fewer are stretched
    let stretch = if bits < 8 { 255 / ((1_u8 << bits) - 1) } else { 1 };
    for row in bytes.chunks_exact(stride.max(1)) {
        samples.extend((0..width * channels).map(|index| sample(row, index, bits) * stretch));
    }
    Ok(samples)
}

#[cfg(test)]
mod tests {
    use lopdf::{Dictionary, dictionary};

    use super::super::profile::{FOGRA39L, Profile};
    use super::*;
    use crate::model::palette::Palette;

    /// What becomes of an image of `width` pixels in one row: its space and its pixels.
    fn converted(width: i64, bits: i64, space: Object, bytes: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let separator = Separator::new(&Profile::generic(), FOGRA39L, &Palette::default()).expect("usable");
        let mut document = Document::with_version("1.6");
        let mut dict: Dictionary = dictionary! { "Subtype" => "Image", "Width" => width, "Height" => 1,
        "BitsPerComponent" => bits };
        dict.set("ColorSpace", space);
        let id = document.add_object(Stream::new(dict, bytes.to_vec()));
        let made = convert(&document, id, &separator).expect("it is converted").expect("it changes");
        let space = made.dict.get(b"ColorSpace").and_then(Object::as_name).expect("a plain space").to_vec();
        (space, made.get_plain_content().expect("its pixels"))
    }

    fn indexed(base: &str, table: &[u8]) -> Object {
        let table = Object::String(table.to_vec(), lopdf::StringFormat::Hexadecimal);
        vec!["Indexed".into(), base.into(), 3.into(), table].into()
    }

    #[test]
    fn a_table_of_rgb_gives_what_its_colours_give() {
        let colours = [[255, 255, 255], [200, 40, 40], [0, 0, 0], [20, 90, 160]];
        let space = indexed("DeviceRGB", colours.as_flattened());
        // two bits a pixel: 1, 3, 0, 2
        let (name, pixels) = converted(4, 2, space, &[0b0111_0010]);
        let straight = [colours[1], colours[3], colours[0], colours[2]];
        let (_, wanted) = converted(4, 8, "DeviceRGB".into(), straight.as_flattened());
        assert_eq!((name.as_slice(), &pixels), (&b"DeviceCMYK"[..], &wanted));
        assert_eq!(&pixels[8..12], &[0, 0, 0, 0], "white stays white");
    }

    #[test]
    fn a_table_of_inks_keeps_them() {
        let space = indexed("DeviceCMYK", &[0, 0, 0, 0, 10, 20, 30, 40]);
        // a number beyond the table is its last colour
        let (name, pixels) = converted(3, 8, space, &[1, 0, 9]);
        assert_eq!(name, b"DeviceCMYK");
        assert_eq!(pixels, [10, 20, 30, 40, 0, 0, 0, 0, 10, 20, 30, 40]);
    }

    #[test]
    fn other_depths_give_what_eight_bits_give() {
        let (_, eight) = converted(2, 8, "DeviceGray".into(), &[0, 170]);
        assert_eq!(converted(2, 2, "DeviceGray".into(), &[0b0010_0000]).1, eight);
        assert_eq!(converted(2, 16, "DeviceGray".into(), &[0, 99, 170, 1]).1, eight);
    }
}
