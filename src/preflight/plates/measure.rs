//! Draws the plates of one page and lays them on each other: how much ink lies where.
//!
//! In: a page and its inks. Out: [`InkMap`], at the resolution of the gate: 75 pixels an inch see what covers a square
//! millimetre; a dot of a screen is of no account. What is not on the plates is named.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document};

use super::copy::Copier;
use super::plate::Plate;
use crate::pdf::geometry::Rect;
use crate::pdf::raster::{self, Gray};
use crate::pdf::reading::Budget;
use crate::preflight::fault::Unmeasured;

/// Pixels an inch.
pub const RESOLUTION: f64 = 75.0;
/// The longest side in pixels: larger pages are drawn smaller.
const LONGEST: f64 = 4_000.0;

/// The inks of a page by place.
#[derive(Debug)]
pub struct InkMap {
    /// Pixels a row.
    pub width: usize,
    /// Rows, from the top.
    pub height: usize,
    /// What of the page is drawn, in points.
    pub area: Rect,
    /// The inks, each with its amounts: 255 is full ink.
    pub plates: Vec<(Plate, Vec<u8>)>,
    /// What could not be measured, by name.
    pub unmeasured: BTreeSet<Unmeasured>,
}

impl InkMap {
    /// Draws `page`, which is `media` large, on each of `inks`.
    ///
    /// # Errors
    /// Why it cannot be drawn.
    pub fn draw(doc: &Document, page: &Dictionary, media: Rect, inks: &[Plate]) -> Result<Self, Unmeasured> {
        let mut copier = Copier::new(doc, inks.first().ok_or(Unmeasured::NoInk)?, Budget::default());
        let mut unmeasured = BTreeSet::new();
        let mut pages = Vec::new();
        for plate in inks {
            copier.begin(plate);
            let copy = copier.page_of(page, media).ok_or(Unmeasured::DensePage)?;
            unmeasured.append(&mut copier.unmeasured);
            pages.push(copy);
        }
        let pdf = copier.document(&pages).ok_or(Unmeasured::Unwritten)?;
        let longest = media.width().max(media.height());
        let scale = (RESOLUTION / 72.0).min(LONGEST / longest);
        let drawn = raster::grays(pdf, scale).ok_or(Unmeasured::Undrawn)?;
        let [first, ..] = &drawn[..] else { return Err(Unmeasured::Undrawn) };
        let (width, height) = (first.width, first.height);
        if drawn.len() != inks.len() || drawn.iter().any(|one| (one.width, one.height) != (width, height)) {
            return Err(Unmeasured::Undrawn);
        }
        let ink = |drawn: Gray| drawn.pixels.into_iter().map(|light| 255 - light).collect();
        let plates = inks.iter().cloned().zip(drawn.into_iter().map(ink)).collect();
        Ok(Self { width, height, area: media, plates, unmeasured })
    }

    /// The pixels whose middle lies within `area`, as columns and rows.
    #[must_use]
    pub fn within(&self, area: Rect) -> [std::ops::Range<usize>; 2] {
        let (x, y) = self.scale();
        let first = |from: f64| (0..).take(self.width.max(self.height)).find(|at| as_f64(*at) + 0.5 >= from);
        let range = |from: f64, to: f64, most: usize| {
            let start = first(from).unwrap_or(most).min(most);
            start..first(to).unwrap_or(most).min(most).max(start)
        };
        [
            range((area.x0 - self.area.x0) * x, (area.x1 - self.area.x0) * x, self.width),
            range((self.area.y1 - area.y1) * y, (self.area.y1 - area.y0) * y, self.height),
        ]
    }

    /// Pixels a point, across and down.
    fn scale(&self) -> (f64, f64) {
        (as_f64(self.width) / self.area.width(), as_f64(self.height) / self.area.height())
    }

    /// How much of `area` each ink covers: 1 is full ink everywhere.
    #[must_use]
    pub fn shares(&self, area: Rect) -> Vec<f64> {
        let [columns, rows] = self.within(area);
        let count = as_f64(columns.len() * rows.len());
        let share = |plate: &[u8]| {
            let line = |row| plate.get(row * self.width + columns.start..row * self.width + columns.end);
            let ink: f64 = rows.clone().filter_map(line).flatten().map(|ink| f64::from(*ink)).sum();
            if count > 0.0 { ink / (255.0 * count) } else { 0.0 }
        };
        self.plates.iter().map(|(_, plate)| share(plate)).collect()
    }

    /// The sum of all inks at the pixel of `area` that has most of them: 1 is one full ink.
    #[must_use]
    pub fn heaviest(&self, area: Rect) -> f64 {
        let [columns, rows] = self.within(area);
        let sums = self.sums();
        let line = |row| sums.get(row * self.width + columns.start..row * self.width + columns.end);
        rows.filter_map(line).flatten().max().map_or(0.0, |most| f64::from(*most) / 255.0)
    }

    /// Points that `columns` and `rows` of pixels cover.
    #[must_use]
    pub fn place(&self, columns: std::ops::Range<usize>, rows: std::ops::Range<usize>) -> Rect {
        let (x, y) = self.scale();
        Rect {
            x0: self.area.x0 + as_f64(columns.start) / x,
            x1: self.area.x0 + as_f64(columns.end) / x,
            y0: self.area.y1 - as_f64(rows.end) / y,
            y1: self.area.y1 - as_f64(rows.start) / y,
        }
    }

    /// The area of a pixel in square millimetres.
    #[must_use]
    pub fn pixel(&self) -> f64 {
        let (x, y) = self.scale();
        let millimetres = 25.4 / 72.0;
        millimetres * millimetres / (x * y)
    }

    /// The sum of all inks of each pixel.
    #[must_use]
    pub fn sums(&self) -> Vec<u16> {
        let mut sums = vec![0_u16; self.width * self.height];
        for (_, plate) in &self.plates {
            for (sum, ink) in sums.iter_mut().zip(plate) {
                *sum += u16::from(*ink);
            }
        }
        sums
    }
}

fn as_f64(value: usize) -> f64 {
    u32::try_from(value).map_or(f64::MAX, f64::from)
}
