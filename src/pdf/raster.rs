//! Draws pages and plates: the one place that makes pixels of PDF. Which pages are drawn, and how pictures stand together,
//! is the matter of `proofing`.
//!
//! In: the bytes of a PDF. Out: PNG, or pixels.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::object::Rect;
use hayro::hayro_syntax::object::dict::keys::TRIM_BOX;
use hayro::hayro_syntax::page::{Page, Rotation};
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::PremulRgba8;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};

/// Resolution of pictures of pages and plates, in pixels per inch: enough to see a hairline and a missing plate.
const RESOLUTION: f32 = 100.0;
/// The longest side of such a picture in pixels; larger pages are drawn smaller.
const LONGEST: f32 = 4_000.0;

/// A page as it looks.
#[derive(Debug)]
pub struct Picture {
    /// PNG, at least one pixel wide and high.
    pub png: Vec<u8>,
    /// What of the sheet is in the picture, in points from the left and the upper edge of the `MediaBox`: left, top,
    /// width, height.
    pub shows: [f64; 4],
    /// Whether it is turned (`Rotate`), so that places on it are not those of the boxes.
    pub turned: bool,
}

/// Pictures of the first `most` pages of a PDF; none where one cannot be drawn.
#[must_use]
pub fn pages(pdf: &[u8], most: usize) -> Vec<Option<Picture>> {
    let Ok(pdf) = Pdf::new(pdf.to_vec()) else { return Vec::new() };
    let cache = RenderCache::new();
    pdf.pages().iter().take(most).map(|page| picture(page, &cache)).collect()
}

fn picture<'a>(page: &'a Page<'a>, cache: &RenderCache<'a>) -> Option<Picture> {
    let (media, seen) = (page.media_box(), page.intersected_crop_box());
    let png = drawn(page, cache)?.into_png().ok()?;
    Some(Picture {
        png,
        shows: [seen.x0 - media.x0, media.y1 - seen.y1, seen.width(), seen.height()],
        turned: !matches!(page.rotation(), Rotation::None),
    })
}

/// A PDF that is opened once, and of which pages are drawn one by one.
pub struct OpenPdf(Pdf);

impl std::fmt::Debug for OpenPdf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a PDF of {} pages", self.0.pages().len())
    }
}

impl OpenPdf {
    /// Opens `pdf`; none where it is no PDF.
    #[must_use]
    pub fn open(pdf: Vec<u8>) -> Option<Self> {
        Pdf::new(pdf).ok().map(Self)
    }

    /// The file as it was opened.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.0.data().as_ref()
    }

    /// The picture of page `index` (from 0); none where there is no such page or it cannot be drawn.
    #[must_use]
    pub fn page(&self, index: usize) -> Option<Picture> {
        picture(self.0.pages().get(index)?, &RenderCache::new())
    }
}

/// A picture in colour, opaque or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bitmap {
    /// Pixels a row.
    pub width: u16,
    /// Rows.
    pub height: u16,
    /// Red, green, blue (sRGB, multiplied by alpha) and alpha, row by row from the top.
    pub pixels: Vec<[u8; 4]>,
}

impl Bitmap {
    /// The picture as a PNG. None only where it has no pixels.
    #[must_use]
    pub fn png(self) -> Option<Vec<u8>> {
        let mut picture = Pixmap::new(self.width, self.height);
        for (pixel, [r, g, b, a]) in picture.data_mut().iter_mut().zip(self.pixels) {
            *pixel = PremulRgba8 { r, g, b, a };
        }
        picture.into_png().ok()
    }
}

/// The first `most` pages of a PDF, each `width` pixels wide, on white.
#[must_use]
pub fn bitmaps(pdf: &[u8], width: f32, most: usize) -> Vec<Bitmap> {
    draw(pdf, most, |page| width / page.render_dimensions().0.max(1.0))
        .into_iter()
        .map(|drawn| drawn.bitmap)
        .collect()
}

/// The first `most` pages of a PDF as they are cut: what lies in the `TrimBox`, `width` pixels wide, on white. Pages that are
/// turned, or have no such box, are whole.
#[must_use]
pub fn trimmed(pdf: &[u8], width: f32, most: usize) -> Vec<Bitmap> {
    let scale = |page: &Page<'_>| {
        let trim = trim_box(page).map_or_else(|| page.render_dimensions().0, |trim| narrow(trim.width()));
        width / trim.max(1.0)
    };
    draw(pdf, most, scale).into_iter().map(Drawn::trimmed).collect()
}

/// A page that is drawn, and what of the picture is left of it when it is cut: left, top, right, bottom in pixels.
struct Drawn {
    bitmap: Bitmap,
    trim: Option<[f64; 4]>,
}

impl Drawn {
    /// The picture within the trim.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn trimmed(self) -> Bitmap {
        let Self { bitmap, trim: Some(trim) } = self else { return self.bitmap };
        let within = |at: f64, most: u16| at.round().clamp(0.0, f64::from(most)) as u16;
        let [left, right] = [trim[0], trim[2]].map(|at| within(at, bitmap.width));
        let [top, bottom] = [trim[1], trim[3]].map(|at| within(at, bitmap.height));
        if right <= left || bottom <= top {
            return bitmap;
        }
        let rows =
            bitmap.pixels.chunks(usize::from(bitmap.width)).take(usize::from(bottom)).skip(usize::from(top));
        let pixels = rows.flat_map(|row| &row[usize::from(left)..usize::from(right)]).copied().collect();
        Bitmap { width: right - left, height: bottom - top, pixels }
    }
}

/// The box that a page is cut to, within what is drawn of it; none of pages that are turned.
fn trim_box(page: &Page<'_>) -> Option<Rect> {
    let trim: Rect = page.raw().get(TRIM_BOX)?;
    (matches!(page.rotation(), Rotation::None) && trim.width() > 0.0 && trim.height() > 0.0).then_some(trim)
}

/// Draws the first `most` pages of a PDF on white, each in the scale that `scale` gives it.
fn draw(pdf: &[u8], most: usize, scale: impl Fn(&Page<'_>) -> f32) -> Vec<Drawn> {
    let Ok(pdf) = Pdf::new(pdf.to_vec()) else { return Vec::new() };
    let cache = RenderCache::new();
    let interpreter = InterpreterSettings::default();
    let draw = |page| {
        let page: &Page<'_> = page;
        let scale = scale(page);
        let settings =
            RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..RenderSettings::default() };
        let picture = render(page, &cache, &interpreter, &settings);
        let pixels = picture.data().iter().map(|pixel| [pixel.r, pixel.g, pixel.b, pixel.a]).collect();
        let (seen, scale) = (page.intersected_crop_box(), f64::from(scale));
        let trim = trim_box(page).map(|trim| {
            [trim.x0 - seen.x0, seen.y1 - trim.y1, trim.x1 - seen.x0, seen.y1 - trim.y0].map(|at| at * scale)
        });
        Drawn { bitmap: Bitmap { width: picture.width(), height: picture.height(), pixels }, trim }
    };
    pdf.pages().iter().take(most).map(draw).collect()
}

/// A picture in gray: 0 is black, 255 white.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gray {
    /// Pixels a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Row by row from the top.
    pub pixels: Vec<u8>,
}

impl Gray {
    /// The picture as a PNG. None only where it has no pixels.
    #[must_use]
    pub fn png(&self) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let (width, height) = (u32::try_from(self.width).ok()?, u32::try_from(self.height).ok()?);
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.write_header().ok()?.write_image_data(&self.pixels).ok()?;
        Some(bytes)
    }
}

/// The first page of a PDF that is gray throughout, on white.
#[must_use]
pub fn gray(pdf: Vec<u8>) -> Option<Gray> {
    let pdf = Pdf::new(pdf).ok()?;
    let cache = RenderCache::new();
    let drawn = drawn(pdf.pages().first()?, &cache)?;
    let (width, height) = (usize::from(drawn.width()), usize::from(drawn.height()));
    Some(Gray { width, height, pixels: drawn.data().iter().map(|pixel| pixel.r).collect() })
}

/// All pages of a PDF that is gray throughout, on white, at `scale` pixels a point. None where one cannot be drawn: whatever
/// a file makes the renderer stumble over is no reason to stop.
#[must_use]
pub fn grays(pdf: Vec<u8>, scale: f64) -> Option<Vec<Gray>> {
    let draw = move || {
        let pdf = Pdf::new(pdf).ok()?;
        let cache = RenderCache::new();
        let picture = |page| {
            let drawn = scaled(page, &cache, narrow(scale))?;
            let (width, height) = (usize::from(drawn.width()), usize::from(drawn.height()));
            Some(Gray { width, height, pixels: drawn.data().iter().map(|pixel| pixel.r).collect() })
        };
        pdf.pages().iter().map(picture).collect()
    };
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(draw)).ok()?
}

#[expect(clippy::cast_possible_truncation, reason = "a few pixels a point")]
fn narrow(scale: f64) -> f32 {
    scale as f32
}

fn drawn<'a>(page: &'a Page<'a>, cache: &RenderCache<'a>) -> Option<Pixmap> {
    let (width, height) = page.render_dimensions();
    scaled(page, cache, (RESOLUTION / 72.0).min(LONGEST / width.max(height)))
}

fn scaled<'a>(page: &'a Page<'a>, cache: &RenderCache<'a>, scale: f32) -> Option<Pixmap> {
    let (width, height) = page.render_dimensions();
    if !(width.max(height).is_finite() && width.min(height) > 0.0) {
        return None;
    }
    let settings =
        RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..RenderSettings::default() };
    let picture = render(page, cache, &InterpreterSettings::default(), &settings);
    (picture.width() > 0 && picture.height() > 0).then_some(picture)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of 30 × 20 pt, yellow, whose trim is blue.
    fn page(boxes: &str) -> Vec<u8> {
        let content = "1 1 0 rg 0 0 30 20 re f 0 0 1 rg 10 4 10 8 re f";
        format!(
            "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
             3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 30 20]{boxes}/Contents 4 0 R>>endobj\n\
             4 0 obj<</Length {}>>stream\n{content}\nendstream endobj\ntrailer<</Root 1 0 R>>\n",
            content.len(),
        )
        .into_bytes()
    }

    #[test]
    fn a_page_is_cut_to_its_trim() {
        let is_blue = |one: &Bitmap| one.pixels.iter().all(|pixel| *pixel == [0, 0, 255, 255]);
        let cut = trimmed(&page("/TrimBox[10 4 20 12]"), 20.0, 8);
        assert_eq!((cut.len(), cut[0].width, cut[0].height), (1, 20, 16));
        assert!(is_blue(&cut[0]), "{:?}", cut[0]);
        let whole = trimmed(&page(""), 30.0, 8);
        assert_eq!((whole[0].width, whole[0].height), (30, 20));
        assert!(!is_blue(&whole[0]));
        // a box beyond the page, or of no size, cuts nothing away that is not there
        assert_eq!(trimmed(&page("/TrimBox[0 0 90 90]"), 90.0, 8)[0].width, 30);
        assert_eq!(trimmed(&page("/TrimBox[5 5 5 5]"), 30.0, 8)[0].width, 30);
        assert!(trimmed(&page(""), 30.0, 0).is_empty());
    }
}
