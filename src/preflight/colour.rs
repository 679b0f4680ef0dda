//! The rules for colours: spaces that are of the press, spot colours, registration colour, colour on a black page.
//!
//! In: a colour space, or the inks of a painted thing, with its place. Out: findings.

use super::fault;
use super::finding::Finding;
use super::paint::{Judge, SLACK};
use super::painted::Painted;
use crate::diagnostic::{Code, Say};
use crate::pdf::boxes::PageBoxes;
use crate::pdf::colour_space::Space;
use crate::pdf::geometry::Rect;
use crate::pdf::icc::IccId;
use crate::pdf::inks::{Inks, TRACE};
use crate::pdf::process_inks::NAMES;
use crate::pdf::space_fault::SpaceFault;
use crate::press::profile::{PdfxLevel, ProfileInks};
use crate::say;

impl Judge<'_> {
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
                    Finding::error(Code::ColourSpaceBroken, what).found(fault::space(why)),
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

    /// Registration colour is for marks: inside the trim it is a fault at any tint.
    pub(super) fn registration(&mut self, painted: &Painted<'_>, boxes: PageBoxes) {
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

    pub(super) fn process_inks(&mut self, inks: &Inks, area: Rect) {
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
}
