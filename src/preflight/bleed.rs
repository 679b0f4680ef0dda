//! The bleed, judged on the plates: whatever ends at the trim must go on to the end of the bleed, of any shape.
//!
//! In: the ink of a page by place ([`InkMap`]). Out: a finding for each stretch of the trim at which ink stops short. Upright
//! rectangles and images are judged as objects too, where a ground below hides their edge.

use super::finding::{Finding, PreflightFindings, region};
use super::plates::measure::InkMap;
use crate::diagnostic::Code;
use crate::model::length::Length;
use crate::pdf::boxes::PageBoxes;
use crate::pdf::geometry::Rect;
use crate::press::profile::Profile;
use crate::say;

/// The least ink, of 255, that shows at a cut.
const FAINT: u16 = 8;
/// How many pixels ink may shift from one row to the next, so that slanted bands count as one.
const ASIDE: usize = 2;
/// A stretch of the trim that counts, in millimetres.
const LEAST: f64 = 2.0;

/// A side of the page, as rows of pixels from the trim outwards.
struct Side {
    /// The row of pixels just inside of the trim, then those up to the end of the bleed.
    rows: Vec<Vec<usize>>,
}

/// Judges the bleed of page `number`.
pub fn judge(
    map: &InkMap,
    boxes: PageBoxes,
    number: u32,
    profile: &Profile,
    findings: &mut PreflightFindings,
) {
    if profile.bleed <= Length::default() {
        return;
    }
    let sums = map.sums();
    let millimetre = map.pixel().sqrt();
    for side in sides(map, boxes) {
        let Some((first, outer)) = side.rows.split_first() else { continue };
        let inked = |at: &usize| sums.get(*at).is_some_and(|sum| *sum > FAINT);
        // from the end of the bleed inwards: what is inked and goes on outwards
        let mut alive: Vec<bool> = vec![true; first.len()];
        let mut reach = vec![outer.len(); first.len()];
        for (depth, row) in outer.iter().enumerate().rev() {
            let next: Vec<bool> = (0..row.len()).map(|at| inked(&row[at]) && near(&alive, at)).collect();
            for (at, reach) in reach.iter_mut().enumerate() {
                if !inked(&row[at]) {
                    *reach = depth;
                }
            }
            alive = next;
        }
        let short: Vec<bool> =
            first.iter().enumerate().map(|(at, pixel)| inked(pixel) && !near(&alive, at)).collect();
        for (from, to) in stretches(&short) {
            if f64::from(u32::try_from(to - from).unwrap_or(u32::MAX)) * millimetre < LEAST {
                continue;
            }
            let least = reach[from..to].iter().min().copied().unwrap_or(0);
            let found = f64::from(u32::try_from(least).unwrap_or(u32::MAX)) * millimetre;
            findings
                .add(finding(found, profile).on(number).at(region(place(map, &first[from..to]), boxes.trim)));
        }
    }
}

fn near(row: &[bool], at: usize) -> bool {
    row[at.saturating_sub(ASIDE)..(at + ASIDE + 1).min(row.len())].iter().any(|alive| *alive)
}

fn finding(found: f64, profile: &Profile) -> Finding {
    let what = say!(
        "紙の端まである絵や色が、塗り足しの端まで届いていません。裁つと白いすきまが出ます。",
        "Art at the edge of the page does not reach the end of the bleed: a white gap shows after trimming."
    );
    let allowed = profile.bleed.to_mm();
    Finding::error(Code::BleedShort, what)
        .found(say!("塗り足し {found:.1} mm", "{found:.1} mm of bleed"))
        .allowed(say!("{allowed:.1} mm", "{allowed:.1} mm"))
}

/// Where pixels lie on the page.
fn place(map: &InkMap, pixels: &[usize]) -> Rect {
    let bounds = |along: &dyn Fn(&usize) -> usize| {
        let values = pixels.iter().map(along);
        values.clone().min().unwrap_or(0)..values.max().unwrap_or(0) + 1
    };
    map.place(bounds(&|pixel| pixel % map.width), bounds(&|pixel| pixel / map.width))
}

/// The stretches that hold, from their first to behind their last.
fn stretches(row: &[bool]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut start = None;
    for at in 0..=row.len() {
        match (row.get(at).copied().unwrap_or(false), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push((from, at));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// The four sides of the page: left, right, upper, lower. Corners belong to none.
fn sides(map: &InkMap, boxes: PageBoxes) -> Vec<Side> {
    let [columns, rows] = map.within(boxes.trim);
    let [wide, high] = map.within(boxes.bleed);
    if columns.is_empty() || rows.is_empty() {
        return Vec::new();
    }
    // the pixel on the trim itself is of both sides: one further in is wholly inside, and the last of the bleed may be cut
    let inner = |at: usize, outwards: isize| at.saturating_add_signed(-outwards);
    let beyond = |from: usize, to: usize, outwards: isize| -> Vec<usize> {
        let (low, high) = if outwards < 0 { (to + 1, from) } else { (from, to.saturating_sub(1)) };
        let run: Vec<usize> = (low..high).collect();
        if outwards < 0 { run.into_iter().rev().collect() } else { run }
    };
    let column = |at: usize| rows.clone().map(|row| row * map.width + at).collect::<Vec<usize>>();
    let row = |at: usize| columns.clone().map(|column| at * map.width + column).collect::<Vec<usize>>();
    let side = |lines: Vec<usize>, pixels: &dyn Fn(usize) -> Vec<usize>| Side {
        rows: lines.into_iter().map(pixels).collect(),
    };
    let with = |first: usize, outer: Vec<usize>| [vec![first], outer].concat();
    vec![
        side(with(inner(columns.start, -1), beyond(columns.start, wide.start, -1)), &column),
        side(with(inner(columns.end - 1, 1), beyond(columns.end, wide.end, 1)), &column),
        side(with(inner(rows.start, -1), beyond(rows.start, high.start, -1)), &row),
        side(with(inner(rows.end - 1, 1), beyond(rows.end, high.end, 1)), &row),
    ]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::preflight::plates::Plate;

    /// A page of 40 × 40 pixels of a millimetre with 5 mm of bleed around 30 × 30, inked where `is_inked` says.
    fn found(is_inked: impl Fn(usize, usize) -> bool) -> Vec<String> {
        let mm = 72.0 / 25.4;
        let area = Rect { x0: 0.0, y0: 0.0, x1: 40.0 * mm, y1: 40.0 * mm };
        let trim = area.grown(-5.0 * mm);
        let pixels = (0..1600).map(|at| if is_inked(at % 40, at / 40) { 200 } else { 0 }).collect();
        let plates = vec![(Plate::Process(0), pixels)];
        let map = InkMap { width: 40, height: 40, area, plates, unmeasured: BTreeSet::new() };
        let mut findings = PreflightFindings::default();
        judge(&map, PageBoxes { media: area, bleed: area, trim }, 1, &Profile::generic(), &mut findings);
        findings.finish().iter().map(|one| one.found.en.clone()).collect()
    }

    #[test]
    fn ink_that_stops_at_the_trim_is_found() {
        assert_eq!(found(|x, _| (5..15).contains(&x)), ["0.0 mm of bleed"]);
        assert_eq!(found(|x, y| (3..15).contains(&x) && (10..20).contains(&y)), ["2.0 mm of bleed"]);
        assert_eq!(
            found(|_, y| (20..35).contains(&y)),
            ["0.0 mm of bleed"],
            "the lower edge alone: it goes on aside"
        );
    }

    #[test]
    fn ink_that_goes_on_or_stays_within_is_not() {
        assert_eq!(found(|_, _| true), Vec::<String>::new());
        assert_eq!(found(|x, y| (7..30).contains(&x) && (7..30).contains(&y)), Vec::<String>::new());
        assert_eq!(found(|x, y| (x + 6..x + 12).contains(&y)), Vec::<String>::new(), "a slanted band");
    }
}
