//! How much of each ink is on each page, and the plates as pictures.
//!
//! In: the plates of a file. Out: shares of the trimmed page, and PNG files of single plates (black is full ink).

use crate::model::cores;
use crate::model::length::Length;
use crate::pdf::raster::{self, Gray};
use crate::preflight::PageSize;
use crate::preflight::plates::{Plate, Plates};

/// One page: each ink's share of the trimmed area, where 1 is full ink everywhere.
#[derive(Debug, Clone, PartialEq)]
pub struct PageInks {
    /// By ink, in the order of [`InkTable::inks`]; none where the plate cannot be drawn.
    pub shares: Vec<Option<f64>>,
    /// Painted things of colours that are no inks (RGB): they are on no plate.
    pub left_out: usize,
}

/// All pages.
#[derive(Debug, Clone, PartialEq)]
pub struct InkTable {
    /// Names of the inks: the four process inks, then spot colours.
    pub inks: Vec<String>,
    /// The pages.
    pub pages: Vec<PageInks>,
}

/// Takes the picture of a plate, under a file name.
pub type Keep<'k, E> = Option<&'k mut dyn FnMut(&str, &Gray) -> Result<(), E>>;

/// Measures every plate of every page, and gives its picture to `keep` where pictures are wanted. A plate on which nothing
/// puts ink is drawn for its picture only.
///
/// # Errors
/// Those of `keep`.
pub fn table<E>(plates: &Plates, keep: Keep<'_, E>) -> Result<InkTable, E> {
    let sizes: Vec<(usize, PageSize)> = plates.sizes().into_iter().enumerate().collect();
    let pages = match keep {
        None => cores::each(&sizes, |(index, size)| measured(plates, *index, size)),
        // pictures go out one by one: they are large
        Some(keep) => {
            sizes.iter().map(|(index, size)| kept(plates, *index, size, keep)).collect::<Result<_, E>>()?
        }
    };
    Ok(InkTable { inks: plates.inks().iter().map(|plate| plate.name().to_owned()).collect(), pages })
}

/// The inks of a page, without its pictures.
fn measured(plates: &Plates, index: usize, size: &PageSize) -> PageInks {
    let mut page = PageInks { shares: Vec::new(), left_out: 0 };
    for plate in plates.inks() {
        let made = plates.page(index, plate);
        page.left_out = page.left_out.max(made.as_ref().map_or(0, |made| made.left_out));
        page.shares.push(match made {
            Some(made) if !made.is_inked => Some(0.0),
            made => made.and_then(|made| raster::gray(made.pdf)).map(|drawn| share(&drawn, size)),
        });
    }
    page
}

/// The same, each plate as a picture.
fn kept<E>(
    plates: &Plates,
    index: usize,
    size: &PageSize,
    keep: &mut dyn FnMut(&str, &Gray) -> Result<(), E>,
) -> Result<PageInks, E> {
    let mut page = PageInks { shares: Vec::new(), left_out: 0 };
    for (number, plate) in plates.inks().iter().enumerate() {
        let made = plates.page(index, plate);
        page.left_out = page.left_out.max(made.as_ref().map_or(0, |made| made.left_out));
        let drawn = made.and_then(|made| raster::gray(made.pdf));
        page.shares.push(drawn.as_ref().map(|drawn| share(drawn, size)));
        if let Some(drawn) = drawn {
            keep(&format!("page-{:03}-{}.png", index + 1, file_name(plate, number)), &drawn)?;
        }
    }
    Ok(page)
}

/// A name of plain letters, whatever the ink is called.
fn file_name(plate: &Plate, number: usize) -> String {
    let plain: String = plate
        .name()
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' })
        .collect();
    match plate {
        Plate::Process(_) => plain,
        Plate::Spot(_) => format!("spot-{}-{}", number - 3, plain.trim_matches('-')),
    }
}

/// The mean of the ink over the trimmed page.
fn share(drawn: &Gray, size: &PageSize) -> f64 {
    let place =
        |length: Length, whole: Length, pixels: usize| length.to_pt() / whole.to_pt() * as_f64(pixels);
    let left = place(size.left, size.sheet_width, drawn.width);
    let right = left + place(size.width, size.sheet_width, drawn.width);
    let top = place(size.top, size.sheet_height, drawn.height);
    let bottom = top + place(size.height, size.sheet_height, drawn.height);
    let inside = |pixel: usize, from: f64, to: f64| (from..to).contains(&(as_f64(pixel) + 0.5));
    let columns: Vec<usize> = (0..drawn.width).filter(|column| inside(*column, left, right)).collect();
    let (mut ink, mut count) = (0_u64, 0_u64);
    for row in (0..drawn.height).filter(|row| inside(*row, top, bottom)) {
        for column in &columns {
            ink += u64::from(255 - drawn.pixels[row * drawn.width + column]);
        }
        count += columns.len() as u64;
    }
    if count == 0 { 0.0 } else { wide(ink) / (255.0 * wide(count)) }
}

fn as_f64(value: usize) -> f64 {
    u32::try_from(value).map_or(f64::MAX, f64::from)
}

#[expect(clippy::cast_precision_loss, reason = "sums of 16 million pixels are far below 2^52")]
fn wide(value: u64) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_that_of_the_trimmed_page() {
        // a sheet of 4 × 4 pixels, of which the middle 2 × 2 are the page: half of it is full ink
        let size = PageSize {
            left: Length::pt(1.0),
            top: Length::pt(1.0),
            width: Length::pt(2.0),
            height: Length::pt(2.0),
            sheet_width: Length::pt(4.0),
            sheet_height: Length::pt(4.0),
        };
        let mut pixels = vec![0; 16];
        (pixels[5], pixels[6], pixels[9], pixels[10]) = (255, 0, 255, 0);
        let share = share(&Gray { width: 4, height: 4, pixels }, &size);
        assert!((share - 0.5).abs() < 1e-9, "{share}");
    }

    #[test]
    fn names_of_plates_are_ascii() {
        assert_eq!(file_name(&Plate::Process(0), 0), "cyan");
        assert_eq!(file_name(&Plate::Spot("DIC 156".to_owned()), 4), "spot-1-dic-156");
        assert_eq!(file_name(&Plate::Spot("金".to_owned()), 5), "spot-2-");
    }
}
