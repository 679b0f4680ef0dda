//! Images: their size in pixels, their colour space, and the most ink that a pixel of them puts down.
//!
//! In: an image's stream (ISO 32000-1, 8.9). Out: [`Image`].

use lopdf::{Dictionary, Document, Object, Stream};

use crate::pdf::colour_space::Space;
use crate::pdf::jpeg2000::Jpeg2000;
use crate::pdf::objects::{array, number, numbers, value};
use crate::pdf::reading::{LARGEST_IMAGE, unpacked};
use crate::pdf::samples::{jpeg, last_filter};

/// The kind of an image, for its least resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageKind {
    /// Several inks.
    Colour,
    /// One ink.
    Gray,
    /// One bit a pixel.
    LineArt,
}

/// What preflight knows of an image.
#[derive(Debug)]
pub struct Image {
    /// Pixels a row.
    pub width: f64,
    /// Rows.
    pub height: f64,
    /// Its kind.
    pub kind: ImageKind,
    /// Its colours; none for a mask, which is painted in the current colour.
    pub space: Option<Space>,
    /// The most ink of a pixel, where 1 is one full ink.
    pub most_ink: Option<f64>,
    /// Whether cyan, magenta or yellow is in it.
    pub coloured: bool,
    /// Why its pixels could not be read.
    pub broken: Option<&'static str>,
    /// Whether pixels are transparent by degrees.
    pub soft: bool,
    /// Whether it asks for another image elsewhere (OPI).
    pub opi: bool,
}

impl Image {
    /// Reads an image; inline ones may use the short keys.
    #[must_use]
    pub fn read(doc: &Document, stream: &Stream, resources: Option<&Dictionary>) -> Self {
        let dict = &stream.dict;
        let get = |long: &[u8], short: &[u8]| number(doc, dict, long).or_else(|| number(doc, dict, short));
        let truth = |long: &[u8], short: &[u8]| {
            let object = value(doc, dict, long).or_else(|| value(doc, dict, short));
            matches!(object, Some(Object::Boolean(true)))
        };
        let (width, height) = (get(b"Width", b"W").unwrap_or(0.0), get(b"Height", b"H").unwrap_or(0.0));
        let is_mask = truth(b"ImageMask", b"IM");
        let bits = get(b"BitsPerComponent", b"BPC").unwrap_or(if is_mask { 1.0 } else { 8.0 });
        let filter = last_filter(doc, dict);
        let space = (!is_mask)
            .then(|| dict.get(b"ColorSpace").or_else(|_| dict.get(b"CS")).ok())
            .flatten()
            .map(|object| Space::read(doc, object, resources));
        // JPEG 2000 brings its own colours where the dictionary names none
        let own = (filter == b"JPXDecode").then(|| Jpeg2000::read(&stream.content)).flatten();
        let space = space.or_else(|| own.filter(|_| !is_mask).map(|own| own.space));
        let kind = match &space {
            None if is_mask => ImageKind::LineArt,
            Some(space) if space.is_gray() && bits <= 1.0 => ImageKind::LineArt,
            Some(space) if space.is_gray() => ImageKind::Gray,
            _ => ImageKind::Colour,
        };
        let mut image = Self {
            width,
            height,
            kind,
            space,
            most_ink: None,
            coloured: false,
            broken: None,
            soft: dict.has(b"SMask") || number(doc, dict, b"SMaskInData").is_some_and(|value| value > 0.0),
            opi: dict.has(b"OPI"),
        };
        if width < 1.0 || height < 1.0 {
            image.broken = Some("no width or height");
        } else if !is_mask {
            image.look_at_pixels(doc, stream, bits, filter);
        }
        image
    }

    fn look_at_pixels(&mut self, doc: &Document, stream: &Stream, bits: f64, filter: &[u8]) {
        let Some(space) = &self.space else {
            self.broken = Some("no colour space");
            return;
        };
        if space.fault().is_some() {
            return;
        }
        let components = space.components();
        let samples = match filter {
            b"DCTDecode" | b"DCT" => jpeg(stream, components),
            b"JPXDecode" | b"CCITTFaxDecode" | b"CCF" | b"JBIG2Decode" => return,
            _ => unpacked(stream, LARGEST_IMAGE).ok_or("data that cannot be unpacked"),
        };
        let samples = match samples {
            Ok(samples) => samples,
            Err(why) => {
                self.broken = Some(why);
                return;
            }
        };
        let row_bits = self.width * bits * f64::from(u32::try_from(components).unwrap_or(u32::MAX));
        if length(&samples) < (row_bits / 8.0).ceil() * self.height {
            self.broken = Some("fewer pixels than its size asks for");
            return;
        }
        // fewer bits than 8 are tables or line art: the colours of the table stand for the pixels
        let decode = numbers(doc, array(doc, &stream.dict, b"Decode"));
        let (most, coloured) = if let Space::Indexed(base, table) = space {
            most_ink(base, table, &[])
        } else if (bits - 8.0).abs() < 0.5 {
            most_ink(space, &samples, &decode)
        } else {
            return;
        };
        self.most_ink = Some(most);
        self.coloured = coloured;
    }
}

/// The most ink of a pixel, and whether any has cyan, magenta or yellow.
fn most_ink(space: &Space, samples: &[u8], decode: &[f64]) -> (f64, bool) {
    let turned = matches!(decode, [first, second, ..] if first > second);
    if let Space::Cmyk { .. } = space {
        let (mut most, mut coloured) = (0_u16, false);
        for pixel in samples.as_chunks::<4>().0 {
            let ink = pixel.map(|byte| if turned { 255 - byte } else { byte });
            most = most.max(ink.iter().map(|byte| u16::from(*byte)).sum());
            // two steps of 255 are noise of the compression
            coloured |= ink[..3].iter().any(|byte| *byte > 2);
        }
        return (f64::from(most) / 255.0, coloured);
    }
    let size = space.components().max(1);
    let (mut most, mut coloured) = (0.0_f64, false);
    let mut last: &[u8] = &[];
    for pixel in samples.chunks_exact(size) {
        // neighbours are often the same, and naming colorants is slow
        if pixel == last {
            continue;
        }
        last = pixel;
        let values: Vec<f64> = pixel
            .iter()
            .map(|byte| f64::from(*byte) / 255.0)
            .map(|value| if turned { 1.0 - value } else { value })
            .collect();
        if let Some(inks) = space.inks(&values) {
            most = most.max(inks.sum());
            coloured |= inks.process[..3].iter().any(|ink| *ink > 0.01);
        }
    }
    (most, coloured)
}

/// A length in bytes; 512 MB are far below what a float counts exactly.
fn length(bytes: &[u8]) -> f64 {
    u32::try_from(bytes.len()).map_or(f64::MAX, f64::from)
}
