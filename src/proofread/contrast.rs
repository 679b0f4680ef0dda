//! Rule: text stands out from its ground as far as the profile asks (WCAG 2.2, 1.4.3).
//!
//! In: the colour of each run of characters, and a picture of its page, in which the ground is the colour that is most frequent
//! around and between them. Out: a finding for each paragraph and colour. On a picture without one ground nothing is judged.

use std::collections::BTreeMap;

use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::composition::{TextLine, TextStyle};
use crate::model::finding::Finding;
use crate::model::region::Region;
use crate::pdf::raster::Bitmap;
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "contrast", codes: CODES, judge };

codes! {
    /// Text that does not stand out from its ground.
    ContrastLow = "S8024" {
        ja: "字と地の色の明るさの差（コントラスト比、WCAG 2.2 の 1.4.3）が、基準（プロファイル）に足りません。字を濃く（または白く）するか、地の色を変えてください。",
        en: "The contrast of text and ground (WCAG 2.2, 1.4.3) is less than the profile asks. Make the text darker (or white), or change the ground.",
    }
}

/// Text of this size, in points, is large (WCAG 2.2, "large scale").
const LARGE: f64 = 18.0;
/// Bold text of this size, in points, is large.
const LARGE_BOLD: f64 = 14.0;
/// From this weight on it is bold.
const BOLD: u16 = 600;
/// A colour is the ground if it has so much of the pixels that are not the text's.
const SHARE: f64 = 0.4;
/// Channels that differ by less are one colour: the renderer's rounding.
const NEAR: u8 = 24;

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    for paragraph in &galley.composition.paragraphs {
        let mut said: Vec<[u8; 3]> = Vec::new();
        for line in &paragraph.lines {
            let mut start = 0;
            for run in line.characters.chunk_by(|a, b| a.style == b.style) {
                let range = start..start + run.len();
                start = range.end;
                // leaders, and dashes between groups of a number, say nothing
                let says = run.iter().any(|one| one.text.chars().any(char::is_alphanumeric));
                let Some(colour) = run[0].style.colour.filter(|colour| says && !said.contains(colour)) else {
                    continue;
                };
                let Some(ground) = ground(galley, line, line.place(run), colour) else { continue };
                let (ratio, least) = (ratio(colour, ground), least(galley, &run[0].style));
                if ratio >= least - 0.05 {
                    continue;
                }
                said.push(colour);
                let (text, ground) = (hex(colour), hex(ground));
                let what = say!(
                    "字（{text}）と地（{ground}）の明るさの差が足りません。",
                    "The contrast of text ({text}) and ground ({ground}) is too low."
                );
                let finding = Finding::warning(Code::ContrastLow, what)
                    .found(say!("{ratio:.1} : 1", "{ratio:.1} : 1"))
                    .allowed(say!("{least} : 1 以上", "{least} : 1 or more"));
                findings.add(finding, line, range);
            }
        }
    }
}

/// What the profile asks of text of this look.
fn least(galley: &Galley<'_>, style: &TextStyle) -> f64 {
    let size = style.size.to_pt();
    let is_large = size >= LARGE || (size >= LARGE_BOLD && style.weight >= BOLD);
    if is_large { galley.profile.contrast.large } else { galley.profile.contrast.text }
}

/// The colour that `place` on the page of `line` is painted with, beside that of the text.
fn ground(galley: &Galley<'_>, line: &TextLine, place: Region, text: [u8; 3]) -> Option<[u8; 3]> {
    let picture = galley.pictures.get(line.page.checked_sub(1)?)?;
    let page = galley.composition.pages.get(line.page - 1)?;
    let mut counts: BTreeMap<[u8; 3], usize> = BTreeMap::new();
    let mut all = 0_usize;
    let scale = f64::from(picture.width) / page.width.to_pt();
    let far = |a: [u8; 3], b: [u8; 3]| a.iter().zip(b).map(|(a, b)| a.abs_diff(b)).max().unwrap_or_default();
    // inks are drawn otherwise than the engine converts them: the text is what is nearest to its colour
    let drawn = pixels(picture, place, scale).min_by_key(|pixel| far(*pixel, text))?;
    for pixel in pixels(picture, place, scale) {
        let is_text = far(pixel, drawn) < NEAR;
        if !is_text {
            *counts.entry(pixel).or_default() += 1;
            all += 1;
        }
    }
    let (ground, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    #[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
    let share = count as f64 / all as f64;
    (share >= SHARE).then_some(ground)
}

/// The pixels of `place` and one pixel around it.
fn pixels(picture: &Bitmap, place: Region, scale: f64) -> impl Iterator<Item = [u8; 3]> + '_ {
    let (width, height) = (usize::from(picture.width), usize::from(picture.height));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the picture")]
    let at = |value: f64, most: usize| (value.max(0.0) as usize).min(most);
    let (left, top) = (place.x.to_pt() * scale, place.y.to_pt() * scale);
    let right = at(left + place.width.to_pt() * scale + 2.0, width);
    let bottom = at(top + place.height.to_pt() * scale + 2.0, height);
    let (left, top) = (at(left - 1.0, width), at(top - 1.0, height));
    (top..bottom).flat_map(move |y| {
        let row = picture.pixels.get(y * width + left..y * width + right.max(left)).unwrap_or_default();
        row.iter().map(|[r, g, b, _]| [*r, *g, *b])
    })
}

/// The contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio").
fn ratio(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The relative luminance of a colour (WCAG 2.2, "relative luminance").
fn luminance(colour: [u8; 3]) -> f64 {
    let [r, g, b] = colour.map(|channel| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_that_of_the_standard() {
        // #767676 on white is the well-known border of 4.5
        assert!((ratio([0x76; 3], [255; 3]) - 4.54).abs() < 0.01);
        assert!((ratio([0; 3], [255; 3]) - 21.0).abs() < 0.001);
        assert!((ratio([255; 3], [255; 3]) - 1.0).abs() < 0.001);
    }
}
