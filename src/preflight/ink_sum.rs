//! Sums of inks and stray inks, judged on the plates: what lies on paper over an area that counts.
//!
//! In: the ink of a page by place ([`InkMap`]). Out: spots where it is too much, or of an ink that the job does not print.

use super::finding::{Finding, PreflightFindings, region};
use super::plates::Plate;
use super::plates::measure::InkMap;
use crate::diagnostic::Code;
use crate::pdf::boxes::PageBoxes;
use crate::pdf::geometry::Rect;
use crate::pdf::process_inks::LETTERS;
use crate::press::profile::{Profile, ProfileInks};
use crate::say;

/// What four plates of eight bits may be off together, in per cent.
const ROUNDING: f64 = 1.0;
/// The least value, of 255, that counts as a dot on a plate.
const FAINT: u8 = 6;

/// A spot of pixels that lie beside each other.
struct Spot {
    area: Rect,
    square_millimetres: f64,
    /// The pixel with the most.
    heaviest: usize,
    most: u16,
}

/// Judges the inks of page `number`.
pub fn judge(
    map: &InkMap,
    boxes: PageBoxes,
    number: u32,
    profile: &Profile,
    findings: &mut PreflightFindings,
) {
    let sums = map.sums();
    let limit = (profile.ink_limit + ROUNDING) / 100.0 * 255.0;
    for spot in spots(map, boxes.bleed, &sums, |sum| f64::from(sum) > limit) {
        if spot.square_millimetres < profile.ink_area {
            continue;
        }
        let what = say!(
            "総インキ量が多すぎます。乾かず、裏に写ります。",
            "Too much ink in sum: it does not dry and sets off."
        );
        let (found, inks, size) = (per_cent(spot.most), inks_at(map, spot.heaviest), spot.square_millimetres);
        let (limit, least) = (profile.ink_limit, profile.ink_area);
        findings.add(
            Finding::error(Code::InkLimit, what)
                .found(say!(
                    "{found:.0} %（{inks}）、{size:.0} mm²",
                    "{found:.0} % ({inks}) over {size:.0} mm²"
                ))
                .allowed(say!(
                    "{limit:.0} %まで（{least:.0} mm²以上の面で）",
                    "up to {limit:.0} %, over {least:.0} mm² and more"
                ))
                .on(number)
                .at(region(spot.area, boxes.trim)),
        );
    }
    if profile.inks == ProfileInks::Black {
        stray(map, boxes, number, findings);
    }
}

/// Inks on the paper that a job of black only does not print.
fn stray(map: &InkMap, boxes: PageBoxes, number: u32, findings: &mut PreflightFindings) {
    for (plate, amounts) in map.plates.iter().filter(|(plate, _)| *plate != Plate::Process(3)) {
        let amounts: Vec<u16> = amounts.iter().map(|ink| u16::from(*ink)).collect();
        for spot in spots(map, boxes.bleed, &amounts, |ink| ink > u16::from(FAINT)) {
            let what = say!("墨1色の仕事に、ほかのインキがあります。", "Another ink in a job of black only.");
            let (name, most) = (letter(plate), per_cent(spot.most));
            findings.add(
                Finding::error(Code::ColourInk, what)
                    .found(say!("版の上で{name} {most:.0} %", "{name} {most:.0} % on its plate"))
                    .allowed(say!("K（墨）だけ", "K (black) only"))
                    .on(number)
                    .at(region(spot.area, boxes.trim)),
            );
        }
    }
}

fn per_cent(amount: u16) -> f64 {
    f64::from(amount) / 2.55
}

fn letter(plate: &Plate) -> &str {
    match plate {
        Plate::Process(index) => LETTERS[*index],
        Plate::Spot(name) => name,
    }
}

/// The inks of one pixel in words.
fn inks_at(map: &InkMap, pixel: usize) -> String {
    let inks = map.plates.iter().filter_map(|(plate, amounts)| {
        let amount = *amounts.get(pixel)?;
        (amount > FAINT / 2).then(|| format!("{}{:.0}", letter(plate), per_cent(u16::from(amount))))
    });
    inks.collect::<Vec<_>>().join(" ")
}

/// The spots of pixels within `page` that `is_meant` holds for.
fn spots(map: &InkMap, page: Rect, amounts: &[u16], is_meant: impl Fn(u16) -> bool) -> Vec<Spot> {
    let [columns, rows] = map.within(page);
    let mut left: Vec<bool> = vec![false; amounts.len()];
    for row in rows {
        for at in row * map.width + columns.start..row * map.width + columns.end {
            left[at] = is_meant(amounts[at]);
        }
    }
    let mut spots = Vec::new();
    let mut open = Vec::new();
    for start in 0..left.len() {
        if !left[start] {
            continue;
        }
        left[start] = false;
        open.push(start);
        let mut count = 0_u32;
        let (mut heaviest, mut most) = (start, 0);
        let (mut x, mut y) = ([map.width, 0], [map.height, 0]);
        while let Some(at) = open.pop() {
            let (row, column) = (at / map.width, at % map.width);
            count += 1;
            (x, y) = ([x[0].min(column), x[1].max(column + 1)], [y[0].min(row), y[1].max(row + 1)]);
            if amounts[at] > most {
                (heaviest, most) = (at, amounts[at]);
            }
            for near in row.saturating_sub(1)..(row + 2).min(map.height) {
                for beside in column.saturating_sub(1)..(column + 2).min(map.width) {
                    let next = near * map.width + beside;
                    if std::mem::take(&mut left[next]) {
                        open.push(next);
                    }
                }
            }
        }
        spots.push(Spot {
            area: map.place(x[0]..x[1], y[0]..y[1]),
            square_millimetres: f64::from(count) * map.pixel(),
            heaviest,
            most,
        });
    }
    spots
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// A page of 10 × 10 mm at a pixel a millimetre, with `wide` × `high` pixels of four full inks.
    fn map(wide: usize, high: usize) -> InkMap {
        let side = 10.0 * 72.0 / 25.4;
        let mut pixels = vec![0; 100];
        for row in 2..2 + high {
            pixels[row * 10 + 3..row * 10 + 3 + wide].fill(255);
        }
        InkMap {
            width: 10,
            height: 10,
            area: Rect { x0: 0.0, y0: 0.0, x1: side, y1: side },
            plates: (0..4).map(|index| (Plate::Process(index), pixels.clone())).collect(),
            unmeasured: BTreeSet::new(),
        }
    }

    fn found(map: &InkMap, profile: &Profile) -> Vec<Finding> {
        let mut findings = PreflightFindings::default();
        let boxes = PageBoxes { media: map.area, bleed: map.area, trim: map.area };
        judge(map, boxes, 1, profile, &mut findings);
        findings.finish()
    }

    #[test]
    fn an_area_counts_and_a_pixel_does_not() {
        let profile = Profile::generic();
        assert_eq!(found(&map(1, 1), &profile).len(), 0);
        assert_eq!(found(&map(3, 4), &profile).len(), 0, "12 mm²");
        let found = found(&map(4, 4), &profile);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].found.en, "400 % (C100 M100 Y100 K100) over 16 mm²");
        let spot = found[0].spot.expect("a place");
        assert!((spot.x.to_mm() - 3.0).abs() < 1e-6 && (spot.y.to_mm() - 2.0).abs() < 1e-6, "{spot:?}");
    }

    #[test]
    fn a_black_job_has_no_other_ink_anywhere() {
        let profile = Profile { inks: ProfileInks::Black, ink_limit: 400.0, ..Profile::generic() };
        let codes: Vec<Code> = found(&map(1, 1), &profile).iter().map(|one| one.code).collect();
        assert_eq!(codes, [Code::ColourInk; 3]);
    }
}
