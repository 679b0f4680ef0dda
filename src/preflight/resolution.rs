//! The rules for images: data that can be read, and pixels enough for the size.
//!
//! In: an image and the size at which it is shown, in points. Out: findings.

use super::fault::Transparency;
use super::finding::Finding;
use super::image::{ImageKind, PaintedImage};
use super::paint::Judge;
use crate::diagnostic::{Code, Say};
use crate::pdf::geometry::Rect;
use crate::press::profile::PdfxLevel;
use crate::say;

/// How large an image is shown, along its own sides.
#[derive(Debug, Clone, Copy)]
pub struct ShownSize {
    /// In points.
    pub width: f64,
    /// In points.
    pub height: f64,
}

impl Judge<'_> {
    /// Judges an image that is shown in `size` at `area`.
    pub fn image(&mut self, image: &PaintedImage, size: ShownSize, area: Rect) {
        if let Some(why) = image.broken {
            let what = say!(
                "画像のデータが壊れているか、調べられません。",
                "The data of an image is broken or cannot be judged."
            );
            self.report(Finding::error(Code::PressImageBroken, what).found(why.say()), Some(area));
        }
        if image.opi {
            let what = say!(
                "画像が別のファイル（OPI）で差し替えられます。",
                "An image is replaced by another file (OPI)."
            );
            self.report(Finding::error(Code::PostScript, what), Some(area));
        }
        if image.soft && self.profile.level == PdfxLevel::X1a {
            self.transparency(Transparency::SoftMask, Some(area));
        }
        if self.in_mask || !self.is_held(area) {
            return;
        }
        self.used.image(image);
        self.resolution(image.kind, [image.width, image.height], size, area);
        if let Some(mask) = image.mask {
            self.resolution(ImageKind::SoftMask, mask, size, area);
        }
    }

    fn resolution(&mut self, kind: ImageKind, pixels: [f64; 2], size: ShownSize, area: Rect) {
        // one pixel is a colour, not a picture
        if pixels[0] * pixels[1] <= 1.0 || size.width <= 0.0 || size.height <= 0.0 {
            return;
        }
        let found = (pixels[0] * 72.0 / size.width).min(pixels[1] * 72.0 / size.height);
        let resolution = &self.profile.resolution;
        let (limit, ja, en) = match kind {
            ImageKind::Colour => (resolution.colour, "カラー", "colour"),
            ImageKind::Gray => (resolution.gray, "グレー", "gray"),
            ImageKind::LineArt => (resolution.line_art, "2階調", "line art"),
            ImageKind::SoftMask => (resolution.gray, "透明マスク", "soft mask"),
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
}
