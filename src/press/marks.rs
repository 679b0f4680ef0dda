//! What stands outside the trim for the shop's hands: トンボ or crop marks in all inks, the slug line, page numbers.
//!
//! In: a finished page with its boxes. Out: the page with a larger `MediaBox` and one more stream of operators. Letters are
//! drawn as outlines, so that no font comes in.

use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};
use ttf_parser::{Face, OutlineBuilder};

use super::about::{About, AboutPart};
use super::fault::{ConvertError, PageFault};
use super::profile::{Marks, Profile, ShopFolio};
use crate::model::layout::Binding;
use crate::model::length::Length;
use crate::pdf::boxes::WrittenBoxes;
use crate::pdf::geometry::Rect;
use crate::pdf::objects::corners;
use crate::pdf::page::resources;
use crate::project::embedded;

/// The page that is marked.
pub(super) struct Sheet<'a> {
    pub profile: &'a Profile,
    pub about: &'a About,
    /// From 1.
    pub number: usize,
    pub total: usize,
}

/// Width of marks (JIS asks for fine lines; 0.1 mm is what shops draw).
const LINE: f64 = 0.1;
/// Length of a corner mark beyond the bleed, in millimetres.
const ARM: f64 = 9.0;
/// Room beyond the bleed for marks and slug line, in millimetres.
const ROOM: f64 = 13.0;
/// Size of the slug line in points.
const SLUG_SIZE: f64 = 6.0;
/// Size of page numbers for the shop in points: shops ask for at least 5.
const FOLIO_SIZE: f64 = 5.0;

pub(super) fn draw(document: &mut Document, page: ObjectId, sheet: &Sheet<'_>) -> Result<(), ConvertError> {
    let profile = sheet.profile;
    let outside = profile.marks != Marks::None || profile.slug || profile.folio == ShopFolio::Outside;
    if !outside && profile.folio == ShopFolio::None {
        return Ok(());
    }
    let written = WrittenBoxes::read(document, document.get_dictionary(page)?);
    let (Some(trim), Some(bleed)) = (written.trim, written.bleed) else {
        return Err(PageFault::NoTrim.into());
    };
    let mut pen = Pen { out: "q\n".to_owned() };
    if profile.marks != Marks::None {
        let _ = writeln!(pen.out, "/SasshiAll CS 1 SCN {:.3} w", mm(LINE));
        if profile.marks == Marks::Japanese {
            pen.japanese(trim, bleed);
        } else {
            pen.crop(trim, bleed);
        }
    }
    pen.out.push_str("0 0 0 1 k\n");
    if profile.slug {
        let About { title, date, .. } = sheet.about;
        let page = match sheet.about.part {
            AboutPart::Whole => format!("{}/{}", sheet.number, sheet.total),
            AboutPart::Body => format!("{} ({}/{})", sheet.number + 2, sheet.number, sheet.total),
            AboutPart::Cover if sheet.number == 1 => "表4-1".to_owned(),
            AboutPart::Cover => "表2-3".to_owned(),
        };
        let words = format!("{title}  {page}  {date}  {}", profile.name);
        pen.letters(&words, SLUG_SIZE, trim.x0 + mm(8.0), bleed.y1 + mm(6.0));
    }
    // pages count from the cover's first
    let folio = if sheet.about.part == AboutPart::Body { sheet.number + 2 } else { sheet.number };
    let number = folio.to_string();
    match profile.folio {
        _ if sheet.about.part == AboutPart::Cover => {}
        ShopFolio::None => {}
        ShopFolio::Outside => pen.letters(&number, FOLIO_SIZE, trim.x0 + mm(8.0), bleed.y0 - mm(8.0)),
        ShopFolio::Hidden => {
            let left_bound = sheet.about.binding == Binding::Left;
            let spine_is_left = (folio % 2 == 1) == left_bound;
            let width = Pen::width(&number, FOLIO_SIZE);
            let x = if spine_is_left { trim.x0 + mm(1.0) } else { trim.x1 - mm(1.0) - width };
            pen.letters(&number, FOLIO_SIZE, x, trim.y0 + mm(8.0));
        }
    }
    pen.out.push_str("Q\n");
    append(document, page, &pen.out)?;
    if outside {
        let room = mm(ROOM);
        document.get_dictionary_mut(page)?.set("MediaBox", corners(bleed.grown(room)));
    }
    Ok(())
}

fn mm(value: f64) -> f64 {
    Length::mm(value).to_pt()
}

/// Puts operators behind those of the page; what the page left in the graphics state is put away before.
fn append(document: &mut Document, page: ObjectId, operators: &str) -> Result<(), ConvertError> {
    let before = document.get_page_contents(page);
    let open = document.add_object(Stream::new(Dictionary::new(), b"q\n".to_vec()));
    let mut own = Stream::new(Dictionary::new(), format!("\nQ\n{operators}").into_bytes());
    own.compress()?;
    let own = document.add_object(own);
    let contents: Vec<Object> =
        [open].into_iter().chain(before).chain([own]).map(Object::Reference).collect();
    let mut resources = resources(document, document.get_dictionary(page)?).cloned().unwrap_or_default();
    let mut spaces =
        resources.get_deref(b"ColorSpace", document).and_then(Object::as_dict).cloned().unwrap_or_default();
    // registration colour: on every plate (ISO 32000-1, 8.6.6.4)
    let mut tint = Dictionary::new();
    tint.set("FunctionType", 2);
    tint.set("N", 1);
    tint.set("Domain", vec![Object::Integer(0), Object::Integer(1)]);
    tint.set("C0", vec![Object::Integer(0); 4]);
    tint.set("C1", vec![Object::Integer(1); 4]);
    let name = |name: &str| Object::Name(name.as_bytes().to_vec());
    let all = vec![name("Separation"), name("All"), name("DeviceCMYK"), Object::Dictionary(tint)];
    spaces.set("SasshiAll", all);
    resources.set("ColorSpace", spaces);
    let dictionary = document.get_dictionary_mut(page)?;
    dictionary.set("Resources", resources);
    dictionary.set("Contents", contents);
    Ok(())
}

/// Writes operators.
struct Pen {
    out: String,
}

impl Pen {
    fn line(&mut self, (x, y): (f64, f64), (to_x, to_y): (f64, f64)) {
        let _ = writeln!(self.out, "{x:.3} {y:.3} m {to_x:.3} {to_y:.3} l S");
    }

    /// Double corner marks (one for the trim, one for the bleed) and centre marks.
    fn japanese(&mut self, trim: Rect, bleed: Rect) {
        let arm = mm(ARM);
        for (x, bleed_x, out_x) in [(trim.x0, bleed.x0, -1.0), (trim.x1, bleed.x1, 1.0)] {
            for (y, bleed_y, out_y) in [(trim.y0, bleed.y0, -1.0), (trim.y1, bleed.y1, 1.0)] {
                let (end_x, end_y) = (bleed_x + out_x * arm, bleed_y + out_y * arm);
                // two hooks that cross: each shows the trim in one direction and the bleed in the other
                self.line((x, bleed_y), (x, end_y));
                self.line((x, bleed_y), (end_x, bleed_y));
                self.line((bleed_x, y), (end_x, y));
                self.line((bleed_x, y), (bleed_x, end_y));
            }
        }
        let (middle_x, middle_y) = (f64::midpoint(trim.x0, trim.x1), f64::midpoint(trim.y0, trim.y1));
        let (off, half) = (mm(4.0), mm(10.0));
        for (edge, out) in [(bleed.x0, -1.0), (bleed.x1, 1.0)] {
            self.line((edge + out * mm(1.0), middle_y), (edge + out * arm, middle_y));
            self.line((edge + out * off, middle_y - half), (edge + out * off, middle_y + half));
        }
        for (edge, out) in [(bleed.y0, -1.0), (bleed.y1, 1.0)] {
            self.line((middle_x, edge + out * mm(1.0)), (middle_x, edge + out * arm));
            self.line((middle_x - half, edge + out * off), (middle_x + half, edge + out * off));
        }
    }

    fn crop(&mut self, trim: Rect, bleed: Rect) {
        let arm = mm(ARM);
        for (x, bleed_x, out_x) in [(trim.x0, bleed.x0, -1.0), (trim.x1, bleed.x1, 1.0)] {
            for (y, bleed_y, out_y) in [(trim.y0, bleed.y0, -1.0), (trim.y1, bleed.y1, 1.0)] {
                self.line((x, bleed_y), (x, bleed_y + out_y * arm));
                self.line((bleed_x, y), (bleed_x + out_x * arm, y));
            }
        }
    }

    fn width(words: &str, size: f64) -> f64 {
        let Some(face) = face() else { return 0.0 };
        let scale = size / f64::from(face.units_per_em());
        words
            .chars()
            .filter_map(|letter| face.glyph_hor_advance(face.glyph_index(letter)?))
            .map(f64::from)
            .sum::<f64>()
            * scale
    }

    /// `words` as filled outlines, beginning at `x` on the line `y`. What the font lacks leaves a gap.
    fn letters(&mut self, words: &str, size: f64, mut x: f64, y: f64) {
        let Some(face) = face() else { return };
        let scale = size / f64::from(face.units_per_em());
        for letter in words.chars() {
            let Some(glyph) = face.glyph_index(letter) else {
                x += size / 2.0;
                continue;
            };
            let mut outline = Outline { out: &mut self.out, x, y, scale, at: (0.0, 0.0) };
            if face.outline_glyph(glyph, &mut outline).is_some() {
                self.out.push_str("f\n");
            }
            x += f64::from(face.glyph_hor_advance(glyph).unwrap_or_default()) * scale;
        }
    }
}

fn face() -> Option<Face<'static>> {
    Face::parse(embedded::file("fonts/BIZUDPGothic-Regular.ttf")?, 0).ok()
}

struct Outline<'a> {
    out: &'a mut String,
    x: f64,
    y: f64,
    scale: f64,
    /// The last point, in the font's units.
    at: (f32, f32),
}

impl Outline<'_> {
    fn points(&mut self, points: &[(f32, f32)], operator: &str) {
        for (x, y) in points {
            let _ = write!(
                self.out,
                "{:.3} {:.3} ",
                self.x + f64::from(*x) * self.scale,
                self.y + f64::from(*y) * self.scale
            );
        }
        self.out.push_str(operator);
        self.out.push('\n');
        self.at = points.last().copied().unwrap_or(self.at);
    }
}

impl OutlineBuilder for Outline<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.points(&[(x, y)], "m");
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.points(&[(x, y)], "l");
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        // PDF knows cubic curves only
        let third = |from: f32, control: f32| from + (control - from) * 2.0 / 3.0;
        let (from_x, from_y) = self.at;
        self.points(&[(third(from_x, x1), third(from_y, y1)), (third(x, x1), third(y, y1)), (x, y)], "c");
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.points(&[(x1, y1), (x2, y2), (x, y)], "c");
    }

    fn close(&mut self) {
        self.out.push_str("h\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_become_outlines_and_have_a_width() {
        let mut pen = Pen { out: String::new() };
        pen.letters("冊子 12", 5.0, 0.0, 0.0);
        assert_eq!(pen.out.matches("f\n").count(), 4, "{}", pen.out);
        let width = Pen::width("12", 5.0);
        assert!(width > 4.0 && width < 8.0, "{width}");
    }

    #[test]
    fn marks_stay_outside_the_bleed() {
        let trim = Rect::corners(10.0, 10.0, 110.0, 210.0);
        let bleed = trim.grown(8.0);
        for japanese in [true, false] {
            let mut pen = Pen { out: String::new() };
            if japanese {
                pen.japanese(trim, bleed);
            } else {
                pen.crop(trim, bleed);
            }
            let mut lines = 0;
            for line in pen.out.lines() {
                let values: Vec<f64> = line.split(' ').filter_map(|word| word.parse().ok()).collect();
                let inside = |x: f64, y: f64| x > bleed.x0 && x < bleed.x1 && y > bleed.y0 && y < bleed.y1;
                let middle = (f64::midpoint(values[0], values[2]), f64::midpoint(values[1], values[3]));
                assert!(!inside(middle.0, middle.1), "{line}");
                lines += 1;
            }
            assert_eq!(lines, if japanese { 24 } else { 8 });
        }
    }
}
