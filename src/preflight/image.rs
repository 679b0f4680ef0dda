//! Images: their size in pixels, their colour space, and of each ink the most that a pixel of them puts down.
//!
//! In: an image's stream (ISO 32000-1, 8.9). Out: [`PaintedImage`].

use lopdf::{Dictionary, Document, Object, Stream};

use super::fault::PixelFault;
use crate::pdf::colour_space::Space;
use crate::pdf::inks::Inks;
use crate::pdf::jpeg2000::Jpeg2000;
use crate::pdf::objects::{array, dictionary, number, numbers, value};
use crate::pdf::reading::{LARGEST_IMAGE, unpacked};
use crate::pdf::samples::{Samples, jpeg, jpeg2000, last_filter};

/// How files of JBIG2 begin (ITU-T T.88, annex D.4.1); in PDF this head is left out (ISO 32000-1, 7.4.7).
const JBIG2_FILE: &[u8] = b"\x97JB2\r\n\x1a\n";

/// The kind of an image, for its least resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageKind {
    /// Several inks.
    Colour,
    /// One ink.
    Gray,
    /// Two colours: one bit a pixel, or a table of two.
    LineArt,
    /// The degrees of transparency of another image.
    SoftMask,
}

/// What preflight knows of an image.
#[derive(Debug)]
pub struct PaintedImage {
    /// Pixels a row.
    pub width: f64,
    /// Rows.
    pub height: f64,
    /// Its kind.
    pub kind: ImageKind,
    /// Its colours; none for a mask, which is painted in the current colour.
    pub space: Option<Space>,
    /// Of each ink the most that a pixel has; none where that is not known.
    pub most: Option<Inks>,
    /// Why its pixels could not be read.
    pub broken: Option<PixelFault>,
    /// Whether pixels are transparent by degrees.
    pub soft: bool,
    /// The image that says by what degrees, if it is one of its own: pixels a row, and rows.
    pub mask: Option<[f64; 2]>,
    /// Whether it asks for another image elsewhere (OPI).
    pub opi: bool,
}

impl PaintedImage {
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
            Some(space) if space.is_of_two_colours(bits) => ImageKind::LineArt,
            Some(space) if space.is_gray() => ImageKind::Gray,
            _ => ImageKind::Colour,
        };
        let mut image = Self {
            width,
            height,
            kind,
            space,
            most: None,
            broken: None,
            soft: dict.has(b"SMask") || number(doc, dict, b"SMaskInData").is_some_and(|value| value > 0.0),
            mask: mask_size(doc, dict),
            opi: dict.has(b"OPI"),
        };
        if width < 1.0 || height < 1.0 {
            image.broken = Some(PixelFault::NoSize);
        } else if !is_mask {
            image.look_at_pixels(doc, stream, bits, filter);
        }
        image
    }

    fn look_at_pixels(&mut self, doc: &Document, stream: &Stream, bits: f64, filter: &[u8]) {
        let Some(space) = &self.space else {
            self.broken = Some(PixelFault::NoSpace);
            return;
        };
        if space.fault().is_some() {
            return;
        }
        let components = space.components();
        let decode = numbers(doc, array(doc, &stream.dict, b"Decode"));
        let samples = match filter {
            b"DCTDecode" | b"DCT" => {
                let bytes = jpeg(stream, components);
                bytes.map(|bytes| Samples { bytes, bits: 8, channels: components }).map_err(PixelFault::from)
            }
            b"JPXDecode" => jpeg2000(stream).map_err(PixelFault::from),
            // no reader expects the head of a file in a stream: some show nothing
            b"JBIG2Decode" if stream.content.starts_with(JBIG2_FILE) => Err(PixelFault::Jbig2File),
            // the pixels of a fax are black or white: both may be there
            b"CCITTFaxDecode" | b"CCF" | b"JBIG2Decode" => {
                Ok(Samples { bytes: vec![0b0100_0000], bits: 1, channels: 1 })
            }
            _ => self.plain(stream, bits, components),
        };
        match samples {
            Ok(samples) => self.most = most_ink(space, &samples, self.width, &decode),
            Err(why) => self.broken = Some(why),
        }
    }

    /// Samples without a coding of their own.
    fn plain(&self, stream: &Stream, bits: f64, components: usize) -> Result<Samples, PixelFault> {
        let bytes = if stream.dict.has(b"Filter") {
            unpacked(stream, LARGEST_IMAGE).ok_or(PixelFault::Packed)?
        } else {
            stream.content.clone()
        };
        let row_bits = self.width * bits * f64::from(u32::try_from(components).unwrap_or(u32::MAX));
        if length(&bytes) < (row_bits / 8.0).ceil() * self.height {
            return Err(PixelFault::FewPixels);
        }
        let known = [1_u8, 2, 4, 8, 16].into_iter().find(|known| (f64::from(*known) - bits).abs() < 0.5);
        let bits = usize::from(known.ok_or(PixelFault::OddDepth)?);
        Ok(Samples { bytes, bits, channels: components })
    }
}

/// Pixels a row and rows of the soft mask of an image.
fn mask_size(doc: &Document, dict: &Dictionary) -> Option<[f64; 2]> {
    let mask = dictionary(doc, dict, b"SMask")?;
    Some([number(doc, mask, b"Width")?, number(doc, mask, b"Height")?])
}

/// Of each ink the most that any pixel has. Each ink has a component of its own, so that the components are looked at one by
/// one; of a table of colours, those that are used.
fn most_ink(space: &Space, samples: &Samples, width: f64, decode: &[f64]) -> Option<Inks> {
    let components = space.components();
    let mut used = vec![[false; 256]; components];
    samples.count(width, &mut used);
    let most = f64::from((1_u16 << samples.bits.min(8)) - 1);
    let value = |component: usize, sample: u8| {
        let (from, to) = match decode.get(2 * component..2 * component + 2) {
            Some(&[from, to]) => (from, to),
            _ => (0.0, if matches!(space, Space::Indexed(..)) { most } else { 1.0 }),
        };
        from + f64::from(sample) / most * (to - from)
    };
    let used = &used;
    let seen = |component: usize| (0..=255_u8).filter(move |sample| used[component][usize::from(*sample)]);
    let inks = if components == 1 {
        let colours = seen(0).filter_map(|sample| space.inks(&[value(0, sample)]));
        colours.reduce(|most, colour| most.most(&colour))?
    } else {
        let ends = |component: usize| {
            let values = seen(component).map(|sample| value(component, sample));
            values.fold(0.0, f64::max)
        };
        space.inks(&(0..components).map(ends).collect::<Vec<f64>>())?
    };
    Some(without_noise(inks))
}

/// Two steps of 255 are noise of the compression.
fn without_noise(mut inks: Inks) -> Inks {
    for ink in &mut inks.process[..3] {
        if *ink <= 2.5 / 255.0 {
            *ink = 0.0;
        }
    }
    inks
}

/// A length in bytes; 512 MB are far below what a float counts exactly.
fn length(bytes: &[u8]) -> f64 {
    u32::try_from(bytes.len()).map_or(f64::MAX, f64::from)
}
