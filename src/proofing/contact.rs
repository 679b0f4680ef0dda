//! All sides of press sheets in one picture, front and back beside each other: what is checked at a glance before sheets go
//! to the press.
//!
//! In: the bytes of a PDF of press sheets. Out: PNG.

use crate::pdf::raster::{self, Bitmap};

/// Pixels from left to right of a side.
const SIDE: f32 = 420.0;
/// Pixels between sides.
const GAP: u16 = 12;
/// Sides in a row: two sheets with front and back.
const COLUMNS: usize = 4;
/// The most sides that are drawn: nobody looks at a larger picture.
const MOST: usize = 64;
/// What lies below the sides: opaque dark gray.
const GROUND: [u8; 4] = [169, 169, 169, 255];

/// All sides in one picture; none where it cannot be drawn.
#[must_use]
pub fn sheet(pdf: &[u8]) -> Option<Vec<u8>> {
    arrange(&raster::bitmaps(pdf, SIDE, MOST))?.png()
}

/// Puts sides into rows, each in a field as large as the largest of them.
fn arrange(sides: &[Bitmap]) -> Option<Bitmap> {
    let wide = sides.iter().map(|side| side.width).max()?.checked_add(GAP)?;
    let high = sides.iter().map(|side| side.height).max()?.checked_add(GAP)?;
    let columns = COLUMNS.min(sides.len());
    let rows = sides.len().div_ceil(columns);
    let width = wide.checked_mul(u16::try_from(columns).ok()?)?.checked_add(GAP)?;
    let height = high.checked_mul(u16::try_from(rows).ok()?)?.checked_add(GAP)?;
    let mut pixels = vec![GROUND; usize::from(width) * usize::from(height)];
    for (index, side) in sides.iter().enumerate() {
        let left = usize::from(wide) * (index % columns) + usize::from(GAP);
        let top = usize::from(high) * (index / columns) + usize::from(GAP);
        for (line, row) in side.pixels.chunks(usize::from(side.width).max(1)).enumerate() {
            let start = (top + line) * usize::from(width) + left;
            pixels[start..start + row.len()].copy_from_slice(row);
        }
    }
    Some(Bitmap { width, height, pixels })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(width: u16, height: u16, value: u8) -> Bitmap {
        Bitmap { width, height, pixels: vec![[value; 4]; usize::from(width) * usize::from(height)] }
    }

    #[test]
    fn sides_stand_in_rows_with_gaps_between() {
        assert_eq!(arrange(&[]), None);
        let sides: Vec<Bitmap> = (0..5).map(|value| side(2, if value == 3 { 3 } else { 1 }, value)).collect();
        let sheet = arrange(&sides).expect("small");
        assert_eq!((sheet.width, sheet.height), (4 * 14 + 12, 2 * 15 + 12));
        let at = |x: usize, y: usize| sheet.pixels[y * usize::from(sheet.width) + x];
        assert_eq!([at(12, 12), at(14, 12), at(26, 12)], [[0; 4], GROUND, [1; 4]]);
        assert_eq!([at(12 + 3 * 14, 14), at(12, 27), at(26, 27)], [[3; 4], [4; 4], GROUND]);
    }
}
