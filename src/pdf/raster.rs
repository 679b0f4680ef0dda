//! Pictures of pages and plates: the one place that draws PDF.
//!
//! In: the bytes of a PDF. Out: PNG.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::hayro_syntax::page::{Page, Rotation};
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::{DARK_GRAY, WHITE};
use hayro::{RenderCache, RenderSettings, render};

/// Pixels from left to right of a side.
const SIDE: f32 = 420.0;
/// Pixels between sides.
const GAP: u16 = 12;
/// Sides in a row: two sheets with front and back.
const COLUMNS: usize = 4;
/// More than this is no picture that anybody looks at.
const MOST: usize = 64;

/// Resolution of pictures of pages and plates, in pixels per inch: enough to see a hairline and a missing plate.
const RESOLUTION: f32 = 100.0;
/// The longest side of such a picture in pixels; larger pages are drawn smaller.
const LONGEST: f32 = 4_000.0;
/// More pages of a file are not drawn: nobody looks at more, and a file must not fill the memory.
pub const MOST_PICTURES: usize = 400;

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

/// Pictures of those pages of a PDF that `wanted` asks for (from 0); none where one cannot be drawn.
#[must_use]
pub fn pages(pdf: &[u8], wanted: impl Fn(usize) -> bool) -> Vec<Option<Picture>> {
    let Ok(pdf) = Pdf::new(pdf.to_vec()) else { return Vec::new() };
    let cache = RenderCache::new();
    let pages = pdf.pages();
    let draw = |index: usize| {
        let page = pages.get(index)?;
        let (media, seen) = (page.media_box(), page.intersected_crop_box());
        let png = drawn(page, &cache)?.into_png().ok()?;
        Some(Picture {
            png,
            shows: [seen.x0 - media.x0, media.y1 - seen.y1, seen.width(), seen.height()],
            turned: !matches!(page.rotation(), Rotation::None),
        })
    };
    (0..pages.len().min(MOST_PICTURES)).map(|index| wanted(index).then(|| draw(index)).flatten()).collect()
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

fn drawn<'a>(page: &'a Page<'a>, cache: &RenderCache<'a>) -> Option<Pixmap> {
    let (width, height) = page.render_dimensions();
    let longest = width.max(height);
    if !(longest.is_finite() && width.min(height) > 0.0) {
        return None;
    }
    let scale = (RESOLUTION / 72.0).min(LONGEST / longest);
    let settings =
        RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..RenderSettings::default() };
    let picture = render(page, cache, &InterpreterSettings::default(), &settings);
    (picture.width() > 0 && picture.height() > 0).then_some(picture)
}

/// All sides of press sheets in one picture, front and back beside each other. `None` where it cannot be drawn.
#[must_use]
pub fn contact(pdf: &[u8]) -> Option<Vec<u8>> {
    let pdf = Pdf::new(pdf.to_vec()).ok()?;
    let cache = RenderCache::new();
    let interpreter = InterpreterSettings::default();
    let mut sides = Vec::new();
    for page in pdf.pages().iter().take(MOST) {
        let scale = SIDE / page.render_dimensions().0.max(1.0);
        let settings =
            RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..RenderSettings::default() };
        sides.push(render(page, &cache, &interpreter, &settings));
    }
    let wide = sides.iter().map(Pixmap::width).max()?.checked_add(GAP)?;
    let high = sides.iter().map(Pixmap::height).max()?.checked_add(GAP)?;
    let columns = COLUMNS.min(sides.len());
    let rows = sides.len().div_ceil(columns);
    let width = wide.checked_mul(u16::try_from(columns).ok()?)?.checked_add(GAP)?;
    let height = high.checked_mul(u16::try_from(rows).ok()?)?.checked_add(GAP)?;
    let mut picture = Pixmap::new(width, height);
    let ground = DARK_GRAY.premultiply().to_rgba8();
    picture.data_mut().fill(ground);
    for (index, side) in sides.iter().enumerate() {
        let left = usize::from(wide) * (index % columns) + usize::from(GAP);
        let top = usize::from(high) * (index / columns) + usize::from(GAP);
        for (line, row) in side.data().chunks(usize::from(side.width())).enumerate() {
            let start = (top + line) * usize::from(width) + left;
            picture.data_mut()[start..start + row.len()].copy_from_slice(row);
        }
    }
    picture.into_png().ok()
}
