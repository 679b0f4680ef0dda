//! The rules for lines: too thin for any press, or too thin for a tint or for several inks.
//!
//! In: the width of a stroke, of a filled shape or of the outline of text, in points, with its inks. Out: findings.

use super::finding::Finding;
use super::paint::{Judge, SLACK};
use super::painted::LineKind;
use crate::diagnostic::{Code, Say};
use crate::model::length::Length;
use crate::pdf::geometry::Rect;
use crate::pdf::inks::Inks;
use crate::say;

/// A shorter line on the trim is a mark, or the end of something: 5 mm, in points.
const LEAST: f64 = 5.0 * 72.0 / 25.4;
/// A hundredth of a point is the rounding of coordinates.
const ROUNDING: f64 = 0.01;
/// An ink of less is a tint: it is made of dots, and a thin line of dots has gaps.
const SOLID: f64 = 0.99;

impl Judge<'_> {
    /// Judges the outline of text.
    pub(super) fn outline(&mut self, width: f64, inks: Option<&Inks>, area: Rect) {
        let is_white = inks.is_some_and(Inks::is_white);
        if !self.in_mask && !is_white && self.is_held(area) {
            self.line(width, LineKind::Outline, inks, area);
        }
    }

    /// Judges an upright frame or a straight line along `bounds`, of which `seen` is visible: on the trim, it is cut to
    /// another width on each copy.
    pub(super) fn frame(&mut self, bounds: Rect, width: f64, seen: Rect) {
        let Some(boxes) = self.held_to(seen).filter(|_| !self.in_mask && self.profile.bleed > Length::ZERO)
        else {
            return;
        };
        let inside = seen.both(boxes.trim);
        let long = [inside.height(), inside.width()].map(|length| length >= LEAST);
        let reach = width / 2.0;
        // each side, outwards: how far the line lies beyond the trim, and how far the bleed does
        let sides = [
            (boxes.trim.x0 - bounds.x0, boxes.trim.x0 - boxes.bleed.x0, long[0]),
            (bounds.x1 - boxes.trim.x1, boxes.bleed.x1 - boxes.trim.x1, long[0]),
            (boxes.trim.y0 - bounds.y0, boxes.trim.y0 - boxes.bleed.y0, long[1]),
            (bounds.y1 - boxes.trim.y1, boxes.bleed.y1 - boxes.trim.y1, long[1]),
        ];
        let on_trim = |(beyond, bleed, is_long): &(f64, f64, bool)| {
            *is_long && beyond.abs() < reach && beyond + reach + SLACK < *bleed
        };
        if inside.is_empty() || !sides.iter().any(on_trim) {
            return;
        }
        let what = say!(
            "仕上がり線の上に罫線（枠）があります。断裁のわずかなずれで、太さが変わるか消えます。",
            "A line or frame lies on the trim: the slightest shift in cutting changes its width or takes it away."
        );
        let width = Length::pt(width).to_mm();
        let finding = Finding::error(Code::BleedShort, what)
            .found(say!("太さ {width:.2} mm の線", "a line of {width:.2} mm"))
            .allowed(say!(
                "仕上がりの内側3 mm以上に置くか、塗り足しの端まで太くする",
                "3 mm and more inside of the trim, or as thick as the bleed"
            ));
        self.report(finding, Some(seen));
    }

    /// Judges a line of `width` points.
    pub(super) fn line(&mut self, width: f64, kind: LineKind, inks: Option<&Inks>, area: Rect) {
        let least = self.profile.min_line;
        let (finding, least) = if width + ROUNDING < least.to_pt() {
            (thin(kind), least)
        } else if let Some(found) = inks.and_then(broken_up)
            && width + ROUNDING < self.profile.warn_line_in_inks.to_pt()
        {
            let what = say!(
                "細い線が、網点や何色ものインキの重ね刷りです。かすれるか、版ずれでにじみます。",
                "A thin line in a tint or in several inks: it breaks up, or blurs when the plates do not meet."
            );
            let width = Length::pt(width).to_mm();
            let found =
                Say::new(format!("{width:.3} mm、{}", found.ja), format!("{width:.3} mm, {}", found.en));
            let least = self.profile.warn_line_in_inks.to_mm();
            let finding = Finding::warning(Code::LineInInks, what).found(found).allowed(say!(
                "1色のベタ、または{least:.3} mm以上",
                "one solid ink, or {least:.3} mm and more"
            ));
            self.report(finding, Some(area));
            return;
        } else {
            return;
        };
        let (found, least) = (Length::pt(width).to_mm(), least.to_mm());
        let finding = finding
            .found(say!("{found:.3} mm", "{found:.3} mm"))
            .allowed(say!("{least:.3} mm以上", "{least:.3} mm or more"));
        self.report(finding, Some(area));
    }
}

/// Why a thin line in these inks breaks up or blurs, if it does.
fn broken_up(inks: &Inks) -> Option<Say> {
    match inks.count() {
        0 => None,
        1 if inks.sum() >= SOLID => None,
        1 => {
            let tint = inks.sum() * 100.0;
            Some(say!("網点 {tint:.0} %", "a tint of {tint:.0} %"))
        }
        count => Some(say!("{count}色", "{count} inks")),
    }
}

fn thin(kind: LineKind) -> Finding {
    match kind {
        LineKind::Stroke => Finding::error(
            Code::LineThin,
            say!(
                "線が細すぎます（ヘアライン）。かすれるか、消えます。",
                "A line is too thin: it breaks up or vanishes."
            ),
        ),
        LineKind::Fill => Finding::warning(
            Code::LineThin,
            say!(
                "細すぎる帯です（塗りだけの線）。かすれるおそれがあります。",
                "A filled shape as thin as a hairline: it may break up."
            ),
        ),
        LineKind::Outline => Finding::error(
            Code::LineThin,
            say!(
                "文字のふちの線が細すぎます（ヘアライン）。かすれるか、消えます。",
                "The outline of text is too thin: it breaks up or vanishes."
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_solid_ink_makes_a_whole_line() {
        assert_eq!(broken_up(&Inks::black(1.0)), None);
        assert_eq!(broken_up(&Inks::black(0.0)), None);
        assert_eq!(broken_up(&Inks::black(0.3)).map(|why| why.en), Some("a tint of 30 %".to_owned()));
        let four = Inks { process: [0.3, 0.2, 0.2, 1.0], spots: Vec::new() };
        assert_eq!(broken_up(&four).map(|why| why.en), Some("4 inks".to_owned()));
    }
}
