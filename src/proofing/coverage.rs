//! How much ink the pages of a press file take, for the docket: what a shop reckons drying time and ink by.
//!
//! In: the bytes of a press file. Out: by ink, the percentage of each trimmed page, and the highest sum on each. A file of which a page cannot be measured has
//! none: no figure is better than half of one.

use crate::model::cores;
use crate::model::docket::{InkAmounts, InkCoverage};
use crate::preflight::plates::Plates;

/// The first `most` pages of a PDF, by ink.
#[must_use]
pub fn pages(pdf: &[u8], most: usize) -> InkAmounts {
    let Ok(plates) = Plates::open(pdf) else { return InkAmounts::default() };
    let pages: Vec<usize> = (0..plates.sizes().len().min(most)).collect();
    let shares = cores::each(&pages, |page| {
        let (map, trim) = plates.map(*page)?;
        Some((map.shares(trim), map.heaviest(trim)))
    });
    let Some(measured) = shares.into_iter().collect::<Option<Vec<_>>>() else { return InkAmounts::default() };
    let (shares, sums): (Vec<Vec<f64>>, Vec<f64>) = measured.into_iter().unzip();
    let coverage = |(index, plate): (usize, &crate::preflight::plates::Plate)| InkCoverage {
        ink: plate.name().to_owned(),
        percent: shares.iter().filter_map(|page| page.get(index)).map(|share| percent(*share)).collect(),
    };
    InkAmounts {
        coverage: plates.inks().iter().enumerate().map(coverage).collect(),
        heaviest: sums.into_iter().map(percent).collect(),
    }
}

/// In percent, to a tenth: more is not measured.
fn percent(share: f64) -> f64 {
    (share * 1000.0).round() / 10.0
}
