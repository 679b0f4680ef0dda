//! The rules for what is painted: colours, ink, lines, text, overprint, the bleed and the safe area.
//!
//! In: one painted thing with its place, its colour and its kind. Out: findings.

use super::finding::{Finding, Findings, region};
use super::image::{Image, ImageKind};
use super::ink_use::InkUse;
use super::painted::{Blend, Kind, Outline, Painted};
use super::plates_judge::Doubt;
use crate::diagnostic::{Code, Say};
use crate::model::length::Length;
use crate::pdf::boxes::PageBoxes;
use crate::pdf::colour_space::{Inks, Space, SpaceFault, TRACE};
use crate::pdf::font::Font;
use crate::pdf::font_program::FontProgram;
use crate::pdf::geometry::Rect;
use crate::pdf::icc::IccId;
use crate::pdf::path::Across;
use crate::pdf::placed_pages::PlacedPages;
use crate::pdf::process_inks::NAMES;
use crate::press::profile::{BlackOverprint, Inks as ProfileInks, Level, Profile, ShopFolio};
use crate::say;

/// Slack of every comparison with a box: a tenth of a millimetre, which no cutter keeps.
const SLACK: f64 = 0.1 * 72.0 / 25.4;
/// Rounding of coordinates, in points.
const TOUCH: f64 = 0.01;
/// A folio for the shop is not larger than this.
const LARGEST_FOLIO: f64 = 6.0;

/// More objects of too much ink are not kept one by one.
const MOST_HEAVY: usize = 64;

/// The rules at one page.
pub struct Judge<'r> {
    /// What is allowed.
    pub profile: &'r Profile,
    /// Where findings go.
    pub findings: &'r mut Findings,
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
    fn held_to(&self, area: Rect) -> Option<PageBoxes> {
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
        if self.profile.level == Level::X1a && own.is_some() {
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
        if self.press == Some(own) || self.profile.level == Level::X1a {
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
        if let Some(inks) = painted.inks {
            self.process_inks(inks, painted.area);
        }
        if white {
            return;
        }
        match painted.kind {
            Kind::Stroke(width) => self.line(width, false, painted.area),
            Kind::Fill { rectangle: true } => {
                let thickness = painted.area.width().min(painted.area.height());
                self.line(thickness, true, painted.area);
                self.bleed(painted.area, boxes);
            }
            Kind::Image { upright: true } => self.bleed(painted.area, boxes),
            Kind::Text(size) => self.text(size, painted.inks, painted.area, boxes.trim),
            Kind::Fill { rectangle: false } | Kind::Image { upright: false } | Kind::Shading => {}
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
        let covers = matches!(outline, Outline::Bounds);
        let seen = Painted { area: self.seen(painted.area), ..*painted };
        self.doubt.bound.paint(&seen, covers);
        let sum = painted.inks.map_or(0.0, Inks::sum);
        // half a per cent is the rounding of eight bits
        if sum * 100.0 > self.profile.ink_limit + 0.5 && self.doubt.heavy.len() < MOST_HEAVY {
            self.doubt.heavy.push((sum, seen.area));
        }
        let white = painted.inks.is_some_and(Inks::is_white);
        if white || matches!(painted.kind, Kind::Text(_)) {
            return;
        }
        if covers {
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

    /// `width` in points.
    fn line(&mut self, width: f64, filled: bool, area: Rect) {
        let least = self.profile.min_line;
        // a hundredth of a point is the rounding of coordinates
        if width + 0.01 >= least.to_pt() {
            return;
        }
        let found = format!("{:.3} mm", Length::pt(width).to_mm());
        let allowed = format!("{:.3} mm", least.to_mm());
        let finding = if filled {
            let what = say!(
                "細すぎる帯です（塗りだけの線）。かすれるおそれがあります。",
                "A filled shape as thin as a hairline: it may break up."
            );
            Finding::warning(Code::LineThin, what)
        } else {
            let what = say!(
                "線が細すぎます（ヘアライン）。かすれるか、消えます。",
                "A line is too thin: it breaks up or vanishes."
            );
            Finding::error(Code::LineThin, what)
        };
        let finding =
            finding.found(say!("{found}", "{found}")).allowed(say!("{allowed}以上", "{allowed} or more"));
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

    /// Text in several inks, in three steps: too small for any of them, too small for a black of several inks, large enough.
    fn text_in_inks(&mut self, size: f64, inks: Option<&Inks>, area: Rect) {
        let Some(inks) = inks.filter(|inks| inks.count() > 1) else { return };
        let count = inks.count();
        let small = |limit: Length| size + 0.05 < limit.to_pt();
        let (finding, least) = if small(self.profile.min_text_in_inks) {
            let what = say!(
                "小さな文字が何色ものインキの重ね刷りです。版がずれると読めません。",
                "Small text in several inks: it blurs when the plates do not meet."
            );
            (Finding::error(Code::TextInInks, what), self.profile.min_text_in_inks)
        } else if small(self.profile.warn_text_in_inks) && inks.is_mixed_black() {
            let what = say!(
                "小さな文字の黒が、スミ1色ではなくインキの重ね刷り（リッチブラック）です。版がずれるとにじみます。",
                "The black of small text is not black ink alone: it blurs when the plates do not meet."
            );
            (Finding::warning(Code::TextInInks, what), self.profile.warn_text_in_inks)
        } else {
            return;
        };
        let least = least.to_pt();
        let finding = finding
            .found(say!("{size:.1} ポイント、{count}色", "{size:.1} pt, {count} inks"))
            .allowed(say!("スミ1色、または{least:.1}ポイント以上", "one ink, or {least:.1} pt and more"));
        self.report(finding, Some(area));
    }

    /// `size` in points.
    fn text(&mut self, size: f64, inks: Option<&Inks>, area: Rect, trim: Rect) {
        self.text_in_inks(size, inks, area);
        let safe = trim.grown(-self.profile.safe.to_pt());
        let folio = self.profile.folio == ShopFolio::Hidden && size <= LARGEST_FOLIO;
        if self.place.is_some() || folio || area.both(trim).is_empty() || safe.holds(area, SLACK) {
            return;
        }
        let nearest = trim.margins(area).into_iter().fold(f64::INFINITY, f64::min);
        let what = say!(
            "文字が紙の端に近すぎます。裁つときに欠けるおそれがあります。",
            "Text is too near to the edge of the page: trimming may cut it."
        );
        let found = format!("{:.1} mm", Length::pt(nearest).to_mm());
        let allowed = format!("{:.1} mm", self.profile.safe.to_mm());
        let finding = Finding::warning(Code::SafeArea, what)
            .found(say!("端から{found}", "{found} from the edge"))
            .allowed(say!("{allowed}以上", "{allowed} or more"));
        self.report(finding, Some(area));
    }

    /// Judges a font that shows text at `area`.
    pub fn font(&mut self, font: &Font<'_>, missing: usize, area: Rect) {
        let why = match font.program {
            FontProgram::Sound { .. } => None,
            FontProgram::Missing => Some(say!("埋め込みなし", "not there")),
            FontProgram::Empty => Some(say!("中身が空", "an empty program")),
            FontProgram::Broken => Some(say!("中身が壊れている", "a broken program")),
        };
        if let Some(why) = why {
            let what = say!(
                "フォントが埋め込まれていません。印刷所で別の書体に変わります。",
                "A font is not embedded: the shop prints another one."
            );
            let name = &font.name;
            let finding = Finding::error(Code::FontNotEmbedded, what)
                .found(Say::new(format!("{name}（{}）", why.ja), format!("{name} ({})", why.en)))
                .allowed(say!("すべてのフォントを埋め込む", "all fonts embedded"));
            self.report(finding, Some(area));
        }
        if missing > 0 {
            let what = say!(
                "文字の代わりに□（文字なし）が刷られます。",
                "The box for a missing character is printed."
            );
            let finding = Finding::error(Code::PressGlyphMissing, what)
                .found(say!("{missing}字", "{missing} of them"))
                .allowed(say!("なし", "none"));
            self.report(finding, Some(area));
        }
    }

    /// Judges an image that is shown with `width` and `height` (points) at `area`.
    pub fn image(&mut self, image: &Image, (width, height): (f64, f64), area: Rect) {
        if let Some(why) = image.broken {
            let what = say!(
                "画像のデータが壊れているか、調べられません。",
                "The data of an image is broken or cannot be judged."
            );
            self.report(
                Finding::error(Code::PressImageBroken, what).found(say!("{why}", "{why}")),
                Some(area),
            );
        }
        if image.opi {
            let what = say!(
                "画像が別のファイル（OPI）で差し替えられます。",
                "An image is replaced by another file (OPI)."
            );
            self.report(Finding::error(Code::PostScript, what), Some(area));
        }
        if image.soft && self.profile.level == Level::X1a {
            self.transparency("soft mask", Some(area));
        }
        if self.in_mask || self.held_to(area).is_none() {
            return;
        }
        self.used.image(image);
        self.resolution(image, (width, height), area);
    }

    fn resolution(&mut self, image: &Image, (width, height): (f64, f64), area: Rect) {
        // one pixel is a colour, not a picture
        if image.width * image.height <= 1.0 || width <= 0.0 || height <= 0.0 {
            return;
        }
        let found = (image.width * 72.0 / width).min(image.height * 72.0 / height);
        let resolution = &self.profile.resolution;
        let (limit, ja, en) = match image.kind {
            ImageKind::Colour => (resolution.colour, "カラー", "colour"),
            ImageKind::Gray => (resolution.gray, "グレー", "gray"),
            ImageKind::LineArt => (resolution.line_art, "白黒2値", "line art"),
        };
        // half a dot an inch is the rounding of the size
        if found + 0.5 >= limit.warn {
            return;
        }
        let what = say!(
            "画像の解像度が足りません。ぼやけて刷られます。",
            "An image has too few pixels: it prints blurred."
        );
        let finding = if found + 0.5 < limit.error {
            Finding::error(Code::ImageResolution, what)
        } else {
            Finding::warning(Code::ImageResolution, what)
        };
        let finding = finding
            .found(Say::new(format!("{found:.0} dpi（{ja}）"), format!("{found:.0} dpi ({en})")))
            .allowed(say!("{:.0} dpi以上", "{:.0} dpi or more", limit.warn));
        self.report(finding, Some(area));
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
