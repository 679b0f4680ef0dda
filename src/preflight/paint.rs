//! The rules for what is painted: where they hold, overprint, the bleed. Colours, lines, text and images have files of their own.
//!
//! In: one painted thing with its place, its colour and its kind. Out: findings.

use std::collections::VecDeque;

use super::fault::Transparency;
use super::finding::{Finding, PreflightFindings, region};
use super::ink_use::InkUse;
use super::painted::{LineKind, PaintKind, Painted};
use super::plates_judge::Doubt;
use crate::diagnostic::Code;
use crate::model::length::Length;
use crate::pdf::boxes::PageBoxes;
use crate::pdf::geometry::Rect;
use crate::pdf::icc::IccId;
use crate::pdf::inks::Inks;
use crate::pdf::placed_pages::PlacedPages;
use crate::press::profile::{BlackOverprint, Profile};
use crate::say;

/// Slack of every comparison with a box: a tenth of a millimetre, which no cutter keeps.
pub(super) const SLACK: f64 = 0.1 * 72.0 / 25.4;
/// Rounding of coordinates, in points.
const TOUCH: f64 = 0.01;
/// Black rules no wider than this, in points, overprint where black text does.
const WIDEST_RULE: f64 = 2.0;

/// Something that text may lie on.
#[derive(Debug, Clone, Copy)]
pub struct Ground {
    pub(super) area: Rect,
    /// Whether it is of one colour all over, other than black, gray and white; of what is not known, it is not.
    pub(super) is_coloured: bool,
}

/// The rules at one page.
pub struct Judge<'r> {
    /// What is allowed.
    pub profile: &'r Profile,
    /// Where findings go.
    pub findings: &'r mut PreflightFindings,
    /// The page, from 1.
    pub page: u32,
    /// Its boxes.
    pub boxes: PageBoxes,
    /// The profile of the output intent.
    pub press: Option<IccId>,
    /// The pages that lie on it, if it is a press sheet.
    pub placed: &'r PlacedPages,
    /// The inks of the file so far.
    pub used: &'r mut InkUse,
    /// What its plates are asked.
    pub doubt: Doubt,
    /// What was painted so far that text may lie on, the last at the end.
    pub grounds: VecDeque<Ground>,
    /// Whether something visible is on it.
    pub has_content: bool,
    /// Inside a soft mask, where colours are light, not ink.
    pub in_mask: bool,
    /// Inside the cell of a pattern or a character: where on the page that is seen. What is painted within has its place
    /// in the cell, not on the page.
    pub place: Option<Rect>,
}

impl Judge<'_> {
    /// The boxes that a thing at `area` is held to: those of the page, or on a press sheet those of the placed page that
    /// shows most of it. None for marks and slug: the rules of the printed area are not theirs.
    pub(super) fn held_to(&self, area: Rect) -> Option<PageBoxes> {
        let area = self.seen(area);
        if self.placed.0.is_empty() {
            // marks stand on the edge of the bleed: half their line is no part of the page
            let seen = area.both(self.boxes.bleed.grown(-SLACK));
            return (!seen.is_empty()).then_some(self.boxes);
        }
        let shared = |shown: Rect| {
            let both = area.both(shown);
            // what only touches is another page's, or a mark; a line of no width still has its length
            let enough = |both: f64, own: f64| both > TOUCH || (both >= 0.0 && own <= TOUCH);
            (enough(both.width(), area.width()) && enough(both.height(), area.height()))
                .then(|| (both.width() + TOUCH) * (both.height() + TOUCH))
        };
        let pages = self.placed.0.iter().filter_map(|page| Some((shared(page.shown)?, page)));
        let (_, page) = pages.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
        Some(PageBoxes { media: self.boxes.media, bleed: page.shown, trim: page.image })
    }

    /// Whether the rules of the printed area hold at `area`.
    #[must_use]
    pub fn is_held(&self, area: Rect) -> bool {
        self.held_to(area).is_some()
    }

    /// Where what is painted at `area` is seen on the page.
    pub(super) fn seen(&self, area: Rect) -> Rect {
        self.place.unwrap_or(area)
    }

    /// A finding at `area`.
    pub fn report(&mut self, finding: Finding, area: Option<Rect>) {
        let finding = finding.on(self.page);
        let seen = area.map(|area| self.seen(area).both(self.boxes.media)).filter(|area| !area.is_empty());
        self.findings.add(match seen {
            Some(area) => finding.at(region(area, self.boxes.trim)),
            None => finding,
        });
    }

    /// Judges a painted thing.
    pub fn painted(&mut self, painted: Painted<'_>) {
        if let Some(space) = painted.space {
            self.space(space, painted.area);
        }
        if self.in_mask {
            return;
        }
        let Some(boxes) = self.held_to(painted.area) else { return };
        self.used.painted(&painted);
        self.registration(&painted, boxes);
        let white = painted.inks.is_some_and(Inks::is_white);
        self.has_content |= !white && !self.seen(painted.area).both(boxes.trim).is_empty();
        self.overprint(&painted, white);
        self.doubt(&painted, boxes);
        self.ground(&painted);
        if let Some(inks) = painted.inks {
            self.process_inks(inks, painted.area);
        }
        if white {
            return;
        }
        match painted.kind {
            PaintKind::Stroke(width) => {
                self.line(width, LineKind::Stroke, painted.inks, painted.area);
                if width <= WIDEST_RULE {
                    self.black_knocks_out(&painted);
                }
            }
            PaintKind::Fill { rectangle: true } => {
                let thickness = painted.area.width().min(painted.area.height());
                self.line(thickness, LineKind::Fill, painted.inks, painted.area);
                self.bleed(painted.area, boxes);
            }
            PaintKind::Image { upright: true } => self.bleed(painted.area, boxes),
            PaintKind::Text(size) => {
                self.text(size, painted.inks, painted.area, boxes.trim);
                self.black_knocks_out(&painted);
            }
            PaintKind::Fill { rectangle: false }
            | PaintKind::Image { upright: false }
            | PaintKind::Shading => {}
        }
    }

    fn overprint(&mut self, painted: &Painted<'_>, white: bool) {
        if !painted.overprint {
            return;
        }
        if white {
            let what = say!(
                "白がオーバープリントになっています。刷ると消えます。",
                "White is set to overprint: it vanishes in print."
            );
            let finding = Finding::error(Code::WhiteOverprint, what)
                .allowed(say!("白は下の色を抜く（ノックアウト）", "white knocks out what is below it"));
            self.report(finding, Some(painted.area));
        } else if self.profile.overprint == BlackOverprint::Forbidden {
            let what = say!("オーバープリントが指定されています。", "Overprint is set.");
            let finding = Finding::error(Code::Overprint, what)
                .allowed(say!("指定なし（印刷所が行う）", "none set (the shop does it)"));
            self.report(finding, Some(painted.area));
        }
    }

    /// Judges what ends between the trim and the end of the bleed: cut a little off, and white shows.
    fn bleed(&mut self, area: Rect, PageBoxes { trim, bleed, .. }: PageBoxes) {
        let inside = area.both(trim.grown(-SLACK));
        // what is painted with a pattern has edges of its own
        if self.place.is_some() || inside.is_empty() || self.profile.bleed <= Length::default() {
            return;
        }
        let short = [
            (area.x0 - bleed.x0, trim.x0 - area.x0),
            (area.y0 - bleed.y0, trim.y0 - area.y0),
            (bleed.x1 - area.x1, area.x1 - trim.x1),
            (bleed.y1 - area.y1, area.y1 - trim.y1),
        ];
        let worst = short
            .iter()
            .filter(|(missing, beyond)| *missing > SLACK && *beyond >= -SLACK)
            .map(|(missing, _)| *missing)
            .fold(0.0, f64::max);
        if worst > 0.0 {
            let what = say!(
                "紙の端まである絵や色が、塗り足しの端まで届いていません。裁つと白いすきまが出ます。",
                "Art at the edge of the page does not reach the end of the bleed: a white gap shows after trimming."
            );
            let beyond = short.iter().filter(|(missing, beyond)| *missing > SLACK && *beyond >= -SLACK);
            let reach = beyond.map(|(_, beyond)| *beyond).fold(f64::INFINITY, f64::min).max(0.0);
            let found = format!("{:.1} mm", Length::pt(reach).to_mm());
            let allowed = format!("{:.1} mm", self.profile.bleed.to_mm());
            let finding = Finding::error(Code::BleedShort, what)
                .found(say!("塗り足し {found}", "{found} of bleed"))
                .allowed(say!("{allowed}", "{allowed}"));
            self.report(finding, Some(area));
        }
    }

    /// Transparency where the level has none.
    pub fn transparency(&mut self, found: Transparency, area: Option<Rect>) {
        let what = say!("透明が使われています。", "Transparency is used.");
        let finding = Finding::error(Code::Transparency, what)
            .found(found.say())
            .allowed(say!("透明なし（PDF/X-1a）", "none (PDF/X-1a)"));
        self.report(finding, area);
    }
}
