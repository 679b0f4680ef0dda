//! The rules for what is painted: colours, ink, overprint and the bleed. Lines, text and images have files of their own.
//!
//! In: one painted thing with its place, its colour and its kind. Out: findings.

use std::collections::VecDeque;

use super::finding::{Finding, PreflightFindings, region};
use super::ink_use::InkUse;
use super::painted::{Blend, LineKind, Outline, PaintKind, Painted};
use super::plates_judge::Doubt;
use crate::diagnostic::{Code, Say};
use crate::model::length::Length;
use crate::pdf::boxes::PageBoxes;
use crate::pdf::colour_space::{Space, SpaceFault};
use crate::pdf::geometry::Rect;
use crate::pdf::icc::IccId;
use crate::pdf::inks::{Inks, TRACE};
use crate::pdf::path::Across;
use crate::pdf::placed_pages::PlacedPages;
use crate::pdf::process_inks::NAMES;
use crate::press::profile::{BlackOverprint, PdfxLevel, Profile, ProfileInks};
use crate::say;

/// Slack of every comparison with a box: a tenth of a millimetre, which no cutter keeps.
pub(super) const SLACK: f64 = 0.1 * 72.0 / 25.4;
/// Rounding of coordinates, in points.
const TOUCH: f64 = 0.01;
/// Black rules no wider than this, in points, overprint where black text does.
const WIDEST_RULE: f64 = 2.0;
/// More objects of too much ink are not kept one by one.
const MOST_HEAVY: usize = 64;

/// What was painted longer ago is not asked for the ground of text.
const MOST_GROUNDS: usize = 256;

/// Something that text may lie on.
#[derive(Debug, Clone, Copy)]
pub struct Ground {
    area: Rect,
    /// Whether it is of one colour all over, other than black, gray and white; of what is not known, it is not.
    is_coloured: bool,
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
    fn seen(&self, area: Rect) -> Rect {
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

    /// Judges a colour space that is used at `area`.
    pub fn space(&mut self, space: &Space, area: Rect) {
        match space.fault() {
            Some(SpaceFault::Foreign(foreign)) => {
                let name = foreign.name();
                let what = say!(
                    "印刷のインキではない色です。刷ると色が変わり、黒は4色の重なりになります。",
                    "A colour that is not of the press: it changes in print, and black becomes four inks."
                );
                let allowed = self.allowed_colours();
                let finding =
                    Finding::error(Code::ColourForeign, what).found(say!("{}", "{}", name)).allowed(allowed);
                self.report(finding, Some(area));
            }
            Some(SpaceFault::Broken(why)) => {
                let what = say!("色の定義が壊れています。", "The definition of a colour is broken.");
                self.report(
                    Finding::error(Code::ColourSpaceBroken, what).found(say!("{}", "{}", why)),
                    Some(area),
                );
            }
            None => {}
        }
        let own = space.own_profile();
        if let Some(own) = own {
            self.profiled(own, area);
        }
        if self.profile.level == PdfxLevel::X1a && own.is_some() {
            let what = say!("プロファイルつきの色です。", "A colour with a profile of its own.");
            let finding = Finding::error(Code::ColourForeign, what)
                .found(say!("ICCBased CMYK", "ICCBased CMYK"))
                .allowed(say!("DeviceCMYK、DeviceGray、特色", "DeviceCMYK, DeviceGray, spot colours"));
            self.report(finding, Some(area));
        }
        if !self.profile.spots && !self.in_mask {
            for name in space.spots() {
                let what = say!("特色が使われています。", "A spot colour is used.");
                let finding = Finding::error(Code::SpotColour, what)
                    .found(say!("{name}", "{name}"))
                    .allowed(say!("特色なし（CMYKに変える）", "no spot colours (convert to CMYK)"));
                self.report(finding, Some(area));
            }
        }
    }

    /// Judges a CMYK colour with a profile of its own: that of the output intent says nothing new.
    fn profiled(&mut self, own: IccId, area: Rect) {
        if self.press == Some(own) || self.profile.level == PdfxLevel::X1a {
            return;
        }
        let what = say!(
            "ほかの印刷条件のプロファイルがついたCMYKです。変換されると、色も黒も変わります。",
            "CMYK with the profile of another press: converted, its colours and its black change."
        );
        let finding = Finding::warning(Code::ColourProfiled, what)
            .found(say!("ICCBased CMYK", "ICCBased CMYK"))
            .allowed(say!(
                "DeviceCMYK、または出力インテントと同じプロファイル",
                "DeviceCMYK, or the profile of the output intent"
            ));
        self.report(finding, Some(area));
    }

    /// A colour of a device that the resources replace by a space of their own.
    pub fn replaced(&mut self, name: &'static str) {
        let what = say!(
            "CMYKやグレーの色が、既定の色空間の指定で置きかえられます。",
            "Colours of the press are replaced by a default colour space."
        );
        let finding = Finding::warning(Code::ColourProfiled, what)
            .found(say!("{name}", "{name}"))
            .allowed(say!("指定なし", "none"));
        self.report(finding, None);
    }

    fn allowed_colours(&self) -> Say {
        match (self.profile.inks, self.profile.spots) {
            (ProfileInks::Black, _) => {
                say!("DeviceGray、またはKだけのDeviceCMYK", "DeviceGray, or DeviceCMYK with K only")
            }
            (ProfileInks::Cmyk, true) => {
                say!("DeviceCMYK、DeviceGray、特色", "DeviceCMYK, DeviceGray, spot colours")
            }
            (ProfileInks::Cmyk, false) => say!("DeviceCMYK、DeviceGray", "DeviceCMYK, DeviceGray"),
        }
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

    /// Registration colour is for marks: inside the trim it is a fault at any tint.
    fn registration(&mut self, painted: &Painted<'_>, boxes: PageBoxes) {
        let inside = self.seen(painted.area).both(boxes.trim.grown(-SLACK));
        let is_all = painted.space.is_some_and(Space::is_registration);
        if !is_all || inside.is_empty() || painted.inks.is_some_and(Inks::is_white) {
            return;
        }
        let what = say!(
            "仕上がりの中にレジストレーションカラーがあります。すべての版に出ます。",
            "Registration colour stands inside the page: it prints on every plate."
        );
        let finding = Finding::error(Code::RegistrationColour, what)
            .found(say!("レジストレーション（All）", "All"))
            .allowed(say!("トンボだけ", "for marks only"));
        self.report(finding, Some(painted.area));
    }

    /// Keeps what only the plates can tell: how inks add up, and where odd shapes end.
    fn doubt(&mut self, painted: &Painted<'_>, boxes: PageBoxes) {
        // in the cell of a pattern or a character, an outline is not where it is seen
        let outline = if self.place.is_none() { painted.outline } else { Outline::Odd };
        let seen = Painted { area: self.seen(painted.area), outline, ..*painted };
        self.doubt.bound.paint(&seen);
        let sum = painted.inks.map_or(0.0, Inks::sum);
        // half a per cent is the rounding of eight bits
        if sum * 100.0 > self.profile.ink_limit + 0.5 && self.doubt.heavy.len() < MOST_HEAVY {
            self.doubt.heavy.push((sum, seen.area));
        }
        let white = painted.inks.is_some_and(Inks::is_white);
        if white || matches!(painted.kind, PaintKind::Text(_)) {
            return;
        }
        if matches!(outline, Outline::Bounds) {
            // its own edges are judged as those of an object
            let is_ground = painted.blend == Blend::Opaque && painted.inks.is_some();
            if is_ground && self.doubt.grounds.len() < MOST_HEAVY {
                self.doubt.grounds.push(seen.area);
            }
            return;
        }
        self.doubt.edge |= self.ends_in_doubt(seen.area, outline, boxes);
    }

    /// Whether something of an odd shape may end near the trim where no ground lies below it.
    fn ends_in_doubt(
        &self,
        area: Rect,
        outline: Outline<'_>,
        PageBoxes { trim, bleed, .. }: PageBoxes,
    ) -> bool {
        let (inner, outer) = (trim.grown(-SLACK), bleed.grown(-SLACK));
        // half of a line that ends within the page may reach out; one that ends beyond the bleed is long enough
        let half = if let Outline::Path(_, half_line) = outline { half_line } else { 0.0 };
        let sides = [
            (Rect { x1: inner.x0, ..area }, Across::X, outer.x0, inner.x0 + half),
            (Rect { y1: inner.y0, ..area }, Across::Y, outer.y0, inner.y0 + half),
            (Rect { x0: inner.x1, ..area }, Across::X, inner.x1 - half, outer.x1),
            (Rect { y0: inner.y1, ..area }, Across::Y, inner.y1 - half, outer.y1),
        ];
        sides.into_iter().any(|(band, across, low, high)| {
            let band = band.both(area).both(bleed);
            if band.is_empty() || self.doubt.grounds.iter().any(|ground| ground.holds(band, SLACK)) {
                return false;
            }
            let Outline::Path(path, _) = outline else { return true };
            // a clip ends it too
            let (from, to) = match across {
                Across::X => (area.x0, area.x1),
                Across::Y => (area.y0, area.y1),
            };
            let is_between = |at: f64| at > low && at < high;
            is_between(from) || is_between(to) || path.ends_between(across, low, high)
        })
    }

    /// Keeps what text may lie on.
    fn ground(&mut self, painted: &Painted<'_>) {
        if self.place.is_some() || matches!(painted.kind, PaintKind::Text(_) | PaintKind::Stroke(_)) {
            return;
        }
        let covers = painted.kind == (PaintKind::Fill { rectangle: true }) && painted.blend == Blend::Opaque;
        let is_coloured = covers && painted.inks.is_some_and(Inks::has_colour);
        if self.grounds.len() >= MOST_GROUNDS {
            self.grounds.pop_front();
        }
        self.grounds.push_back(Ground { area: painted.area, is_coloured });
    }

    /// Whether the uppermost of what was painted at `area` is one colour all over, other than black, gray and white.
    pub(super) fn lies_on_colour(&self, area: Rect) -> bool {
        let touched = self.grounds.iter().rev().find(|ground| !ground.area.both(area).is_empty());
        self.place.is_none() && touched.is_some_and(|it| it.is_coloured && it.area.holds(area, SLACK))
    }

    fn process_inks(&mut self, inks: &Inks, area: Rect) {
        let coloured: Vec<&str> = NAMES[..3]
            .iter()
            .zip(&inks.process)
            .filter(|(_, amount)| **amount > TRACE)
            .map(|(name, _)| *name)
            .collect();
        if self.profile.inks == ProfileInks::Black && !coloured.is_empty() {
            self.colour_in_black(&coloured.join(", "), area);
        }
    }

    fn colour_in_black(&mut self, found: &str, area: Rect) {
        let what = say!("墨1色の仕事に、ほかのインキがあります。", "Another ink in a job of black only.");
        let finding = Finding::error(Code::ColourInk, what)
            .found(say!("{found}", "{found}"))
            .allowed(say!("K（墨）だけ", "K (black) only"));
        self.report(finding, Some(area));
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
    pub fn transparency(&mut self, found: &'static str, area: Option<Rect>) {
        let what = say!("透明が使われています。", "Transparency is used.");
        let finding = Finding::error(Code::Transparency, what)
            .found(say!("{found}", "{found}"))
            .allowed(say!("透明なし（PDF/X-1a）", "none (PDF/X-1a)"));
        self.report(finding, area);
    }
}
