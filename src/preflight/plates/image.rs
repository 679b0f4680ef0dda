//! Images on one plate: the samples of one ink, in gray.
//!
//! In: an image of the file (ISO 32000-1, 8.9), inline ones too. Out: a gray image in its place; masks stay.

use std::rc::Rc;

use lopdf::{Dictionary, Object, ObjectId, Stream, dictionary};

use super::channel::Channel;
use super::copy::Copier;
use crate::pdf::colour_space::Space;
use crate::pdf::jpeg2000::Jpeg2000;
use crate::pdf::objects::{array, dictionary_of, number, numbers, value};
use crate::pdf::reading::{LARGEST_IMAGE, unpacked};
use crate::pdf::samples::{Samples, jpeg, jpeg2000, last_filter, sample};
use crate::pdf::space_fault::SpaceDefect;

impl Copier<'_> {
    /// The colours of an image; none for a mask, which is painted in the current colour.
    pub(super) fn image_space(
        &mut self,
        image: &Stream,
        resources: Option<&Dictionary>,
    ) -> Option<Rc<Space>> {
        let dict = &image.dict;
        if matches!(value(self.doc, dict, b"ImageMask"), Some(Object::Boolean(true))) {
            return None;
        }
        Some(match dict.get(b"ColorSpace") {
            Ok(object) => self.spaces.read(self.doc, object, resources),
            Err(_) => {
                match Jpeg2000::read(&image.content).filter(|_| last_filter(self.doc, dict) == b"JPXDecode") {
                    Some(own) => Rc::new(own.space),
                    None => Rc::new(Space::Broken(SpaceDefect::NoImageSpace)),
                }
            }
        })
    }

    /// The image on this plate; none where its inks are not known.
    pub(super) fn image(&mut self, image: &Stream, resources: Option<&Dictionary>) -> Option<ObjectId> {
        let dict = image.dict.clone();
        let mut copy = dictionary! { "Type" => "XObject", "Subtype" => "Image" };
        let mut key_mask = false;
        for key in [&b"SMask"[..], b"Mask"] {
            match dict.get(key) {
                Ok(Object::Reference(id)) => {
                    self.take(*id);
                    copy.set(key, *id);
                }
                Ok(Object::Array(_)) if key == b"Mask" => key_mask = true,
                Ok(_) | Err(_) => {}
            }
        }
        let Some(space) = self.image_space(image, resources) else {
            let mut mask = dict;
            for (key, entry) in copy {
                mask.set(key, entry);
            }
            return Some(self.stream(mask, image.content.clone()));
        };
        if matches!(last_filter(self.doc, &dict), b"CCITTFaxDecode" | b"CCF" | b"JBIG2Decode") {
            return self.fax(image, dict, &space);
        }
        let (width, height, gray) = self.samples(image, &dict, &space)?;
        if key_mask && let Some((width, height, alpha)) = self.open_pixels(image, &dict, &space) {
            let mask = dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => width, "Height" => height,
            "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8 };
            let mask = self.stream(mask, alpha);
            copy.set("SMask", mask);
        }
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
        let channel = self.channel(base)?;
        if channel == Channel::Nowhere {
            return Some((1, 1, vec![255]));
        }
        let (at, count) = match channel {
            Channel::Component(at, count) if !indexed => (at, count),
            _ => (0, 1),
        };
        let (columns, rows, samples) = self.pixels(image, dict, count)?;
        let decode = numbers(self.doc, array(self.doc, dict, b"Decode"));
        let table = self.table(space, channel, samples.bits.min(8), &decode, at);
        let value = |row: &[u8], column: usize| sample(row, column * samples.channels + at, samples.bits);
        let gray = of_pixels(&samples, columns, rows, |row, column| table[usize::from(value(row, column))]);
        gray.map(|gray| (columns, rows, gray)).and_then(sized)
    }

    /// Columns, rows and samples of `count` colours.
    fn pixels(&mut self, image: &Stream, dict: &Dictionary, count: usize) -> Option<(usize, usize, Samples)> {
        let side = |key: &[u8]| {
            let side =
                value(self.doc, dict, key)?.as_i64().ok().filter(|side| (1..=60_000).contains(side))?;
            usize::try_from(side).ok()
        };
        let (columns, rows) = (side(b"Width")?, side(b"Height")?);
        let samples = match last_filter(self.doc, dict) {
            b"DCTDecode" | b"DCT" => Samples { bytes: jpeg(image, count).ok()?, bits: 8, channels: count },
            b"JPXDecode" => jpeg2000(image).ok()?,
            _ => {
                let bits = number(self.doc, dict, b"BitsPerComponent").unwrap_or(8.0);
                let bits = [1_usize, 2, 4, 8, 16].into_iter().find(|known| as_f64(*known) >= bits)?;
                let bytes = if dict.has(b"Filter") {
                    unpacked(&Stream::new(dict.clone(), image.content.clone()), LARGEST_IMAGE)?
                } else {
                    image.content.clone()
                };
                Samples { bytes, bits, channels: count }
            }
        };
        self.budget.spend_bytes(samples.bytes.len()).then_some((columns, rows, samples))
    }

    /// The pixels that a range of colours leaves open (ISO 32000-1, 8.9.6.4), as a mask.
    fn open_pixels(
        &mut self,
        image: &Stream,
        dict: &Dictionary,
        space: &Space,
    ) -> Option<(i64, i64, Vec<u8>)> {
        let ranges = numbers(self.doc, array(self.doc, dict, b"Mask"));
        let count = space.components();
        let (columns, rows, samples) = self.pixels(image, dict, count)?;
        let scale = if samples.bits == 16 { 256.0 } else { 1.0 };
        let alpha = of_pixels(&samples, columns, rows, |row, column| {
            let open = ranges.as_chunks::<2>().0.iter().enumerate().take(count).all(|(at, [from, to])| {
                let value = f64::from(sample(row, column * samples.channels + at, samples.bits));
                (from / scale).floor() <= value && value <= to / scale
            });
            if open { 0 } else { 255 }
        });
        alpha.map(|alpha| (columns, rows, alpha)).and_then(sized)
    }

    /// A fax stays as it is coded: its two colours become two grays.
    fn fax(&mut self, image: &Stream, dict: Dictionary, space: &Space) -> Option<ObjectId> {
        let base = if let Space::Indexed(base, _) = space { base } else { space };
        let channel = self.channel(base)?;
        let decode = numbers(self.doc, array(self.doc, &dict, b"Decode"));
        let [zero, one, ..] = self.table(space, channel, 1, &decode, 0);
        let mut copy = dict;
        copy.remove(b"Decode");
        for (_, entry) in &copy {
            let globals = dictionary_of(entry).and_then(|inner| inner.get(b"JBIG2Globals").ok());
            for id in [Some(entry), globals].into_iter().flatten().filter_map(|one| one.as_reference().ok()) {
                self.take(id);
            }
        }
        let table = Object::String(vec![zero, one], lopdf::StringFormat::Hexadecimal);
        copy.set("ColorSpace", vec!["Indexed".into(), "DeviceGray".into(), 1.into(), table]);
        Some(self.stream(copy, image.content.clone()))
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

/// A byte for each pixel; none where there are too few samples.
fn of_pixels(
    samples: &Samples,
    columns: usize,
    rows: usize,
    pixel: impl Fn(&[u8], usize) -> u8,
) -> Option<Vec<u8>> {
    let stride = (columns * samples.channels * samples.bits).div_ceil(8);
    let mut bytes = Vec::with_capacity(columns * rows);
    for row in samples.bytes.chunks_exact(stride.max(1)).take(rows) {
        bytes.extend((0..columns).map(|column| pixel(row, column)));
    }
    (bytes.len() == columns * rows).then_some(bytes)
}

fn sized((columns, rows, bytes): (usize, usize, Vec<u8>)) -> Option<(i64, i64, Vec<u8>)> {
    Some((i64::try_from(columns).ok()?, i64::try_from(rows).ok()?, bytes))
}

/// Samples and sizes are far below what a float counts exactly.
fn as_f64(value: usize) -> f64 {
    u32::try_from(value).map_or(f64::MAX, f64::from)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the range of u8")]
fn step(value: f64) -> u8 {
    (value.clamp(0.0, 1.0) * 255.0).round() as u8
}
