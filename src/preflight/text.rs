//! The rules for text: its inks, black that knocks out, the edge of the page, its font and characters.
//!
//! In: text with its size on the page in points, its inks and its font. Out: findings.

use super::finding::Finding;
use super::paint::{Judge, SLACK};
use super::painted::Painted;
use crate::diagnostic::{Code, Say};
use crate::model::length::Length;
use crate::pdf::font::Font;
use crate::pdf::font_program::FontProgram;
use crate::pdf::geometry::Rect;
use crate::pdf::inks::Inks;
use crate::press::profile::{BlackOverprint, ShopFolio};
use crate::say;

/// A folio for the shop is not larger than this.
const LARGEST_FOLIO: f64 = 6.0;

impl Judge<'_> {
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

    /// Black text, or a thin black rule, that knocks out of a coloured ground, where the profile has it overprint: out of register, white shows.
    pub(super) fn black_knocks_out(&mut self, painted: &Painted<'_>) {
        let is_black = painted.inks.is_some_and(|inks| inks.count() == 1 && inks.process[3] >= 0.99);
        if self.profile.overprint != BlackOverprint::Set || painted.overprint || !is_black {
            return;
        }
        if !self.lies_on_colour(painted.area) {
            return;
        }
        let what = say!(
            "色の上の墨文字や細い墨罫がノックアウト（抜き合わせ）です。版がずれると白いふちが出ます。",
            "Black text or a thin black rule knocks out of the colour below it: a white rim shows when the plates do not meet."
        );
        let finding = Finding::warning(Code::BlackKnockout, what)
            .found(say!("K 100 %、オーバープリントなし", "K 100 %, no overprint"))
            .allowed(say!("墨ノセ（オーバープリント）", "black overprints"));
        self.report(finding, Some(painted.area));
    }

    /// `size` in points.
    pub(super) fn text(&mut self, size: f64, inks: Option<&Inks>, area: Rect, trim: Rect) {
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
}
