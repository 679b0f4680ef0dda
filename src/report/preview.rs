//! Pictures of what was made, for people who will not open a PDF.
//!
//! In: the bytes of a PDF. Out: PNG.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
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
