//! Images on one plate: the samples of one ink, in gray.
//!
//! In: an image of the file (ISO 32000-1, 8.9), inline ones too. Out: a gray image in its place; masks stay.

use std::rc::Rc;

use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};

use super::channel::Channel;
use super::copy::Copier;
use crate::pdf::colour_space::Space;
use crate::pdf::objects::{array, number, numbers, value};
use crate::pdf::reading::{LARGEST_IMAGE, unpacked};
use crate::pdf::samples::{jpeg, last_filter, sample};

/// The short keys and names of inline images (ISO 32000-1, tables 93 and 94).
const SHORT: &[(&[u8], &str)] = &[
    (b"BPC", "BitsPerComponent"),
    (b"CS", "ColorSpace"),
    (b"D", "Decode"),
    (b"DP", "DecodeParms"),
    (b"F", "Filter"),
    (b"H", "Height"),
    (b"IM", "ImageMask"),
    (b"I", "Interpolate"),
    (b"W", "Width"),
];

impl Copier<'_> {
    /// The colours of an image; none for a mask, which is painted in the current colour.
    pub(super) fn image_space(
        &mut self,
        image: &Stream,
        resources: Option<&Dictionary>,
    ) -> Option<Rc<Space>> {
        let dict = written_out(&image.dict);
        if matches!(value(self.doc, &dict, b"ImageMask"), Some(Object::Boolean(true))) {
            return None;
        }
        Some(match dict.get(b"ColorSpace") {
            Ok(object) => self.spaces.read(self.doc, object, resources),
            Err(_) => Rc::new(Space::Broken("no colour space")),
        })
    }

    /// The image on this plate; none where its inks are not known.
    pub(super) fn image(&mut self, image: &Stream, resources: Option<&Dictionary>) -> Option<ObjectId> {
        let dict = written_out(&image.dict);
        let mut copy = dictionary! { "Type" => "XObject", "Subtype" => "Image" };
        for key in [&b"SMask"[..], b"Mask"] {
            match dict.get(key) {
                Ok(Object::Reference(id)) => {
                    self.take(*id);
                    copy.set(key, *id);
                }
                Ok(Object::Null) | Err(_) => {}
                // a range of colours that stay open: of one ink it could not be told
                Ok(_) => return None,
            }
        }
        let Some(space) = self.image_space(image, resources) else {
            let mut mask = dict;
            for (key, entry) in copy {
                mask.set(key, entry);
            }
            return Some(self.stream(mask, image.content.clone()));
        };
        let (width, height, gray) = self.samples(image, &dict, &space)?;
        copy.set("Width", width);
        copy.set("Height", height);
        copy.set("ColorSpace", "DeviceGray");
        copy.set("BitsPerComponent", 8);
        Some(self.stream(copy, gray))
    }

    fn take(&mut self, id: ObjectId) {
        if let Ok(found) = self.doc.get_object(id) {
            self.taken(found);
            self.out.objects.insert(id, found.clone());
        }
    }

    /// Width, height and gray samples.
    fn samples(&mut self, image: &Stream, dict: &Dictionary, space: &Space) -> Option<(i64, i64, Vec<u8>)> {
        let (base, indexed) = match space {
            Space::Indexed(base, _) => (&**base, true),
            space => (space, false),
        };
        let channel = self.plate.channel(base)?;
        if channel == Channel::Nowhere {
            return Some((1, 1, vec![255]));
        }
        let side = |key: &[u8]| {
            let side =
                value(self.doc, dict, key)?.as_i64().ok().filter(|side| (1..=60_000).contains(side))?;
            Some((side, usize::try_from(side).ok()?))
        };
        let ((width, columns), (height, rows)) = (side(b"Width")?, side(b"Height")?);
        let (at, count) = match channel {
            Channel::Component(at, count) if !indexed => (at, count),
            _ => (0, 1),
        };
        let mut bits = number(self.doc, dict, b"BitsPerComponent").unwrap_or(8.0);
        let bytes = match last_filter(self.doc, dict) {
            b"DCTDecode" | b"DCT" => {
                bits = 8.0;
                jpeg(image, count).ok()?
            }
            b"JPXDecode" | b"CCITTFaxDecode" | b"CCF" | b"JBIG2Decode" => return None,
            _ => unpacked(&Stream::new(dict.clone(), image.content.clone()), LARGEST_IMAGE)?,
        };
        if !self.budget.spend_bytes(bytes.len()) {
            return None;
        }
        let bits = [1_usize, 2, 4, 8, 16].into_iter().find(|known| as_f64(*known) >= bits)?;
        let decode = numbers(self.doc, array(self.doc, dict, b"Decode"));
        let table = self.table(space, channel, bits.min(8), &decode, at);
        let stride = (columns * count * bits).div_ceil(8);
        let mut gray = Vec::with_capacity(columns * rows);
        for row in bytes.chunks_exact(stride).take(rows) {
            gray.extend(
                (0..columns).map(|column| table[usize::from(sample(row, column * count + at, bits))]),
            );
        }
        (gray.len() == columns * rows).then_some((width, height, gray))
    }

    /// The gray of each value of a sample.
    fn table(&self, space: &Space, channel: Channel, bits: usize, decode: &[f64], at: usize) -> [u8; 256] {
        let most = as_f64((1 << bits) - 1);
        let indexed = matches!(space, Space::Indexed(..));
        let (from, to) = match decode.get(2 * at..2 * at + 2) {
            Some(&[from, to]) => (from, to),
            _ => (0.0, if indexed { most } else { 1.0 }),
        };
        std::array::from_fn(|sample| {
            let value = from + (as_f64(sample) / most).min(1.0) * (to - from);
            step(match channel {
                _ if indexed => space.inks(&[value]).map_or(1.0, |inks| self.gray(&inks)),
                Channel::Gray => value,
                Channel::Component(..) => 1.0 - value,
                Channel::Nowhere => 1.0,
            })
        })
    }
}

/// A dictionary with the long keys.
fn written_out(dict: &Dictionary) -> Dictionary {
    let mut long = Dictionary::new();
    for (key, entry) in dict {
        let short = SHORT.iter().find(|(short, _)| *short == key.as_slice());
        match short {
            Some((_, name)) if !dict.has(name.as_bytes()) => long.set(*name, entry.clone()),
            _ => long.set(key.clone(), entry.clone()),
        }
    }
    long
}

/// Samples and sizes are far below what a float counts exactly.
fn as_f64(value: usize) -> f64 {
    u32::try_from(value).map_or(f64::MAX, f64::from)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of u8")]
fn step(value: f64) -> u8 {
    (value.clamp(0.0, 1.0) * 255.0).round() as u8
}
