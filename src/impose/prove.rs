//! The proof of an imposition: folded and read back, its pages come in order, upright, and cut where they should be.
//!
//! In: an [`Imposition`]. Out: nothing, or the first fault that would make waste of the sheets.

use super::fault::{Astray, ImpositionFault};
use super::simulate::read_back;
use crate::model::imposition::{Finishing, Imposition, Side};
use crate::model::length::Length;
use crate::model::scheme::Leaves;
use crate::model::sheet::{Edges, SheetRect};

/// Whether the finished work reads from the first page to the last, upright, and is cut where it should be.
///
/// # Errors
/// The first [`ImpositionFault`]; an imposition that `plan` made has none.
pub fn prove(imposition: &Imposition) -> Result<(), ImpositionFault> {
    let readings = read_back(imposition).map_err(ImpositionFault::Jam)?;
    let tolerance = Length::mm(0.05);
    for reading in &readings {
        let pages: Vec<usize> = reading.iter().filter_map(|face| face.page).collect();
        if pages.len() != imposition.pages || pages.iter().enumerate().any(|(index, page)| index != *page) {
            return Err(ImpositionFault::Order(pages));
        }
        let inked = reading.iter().filter(|face| face.page.is_some());
        if let Some(face) = inked.clone().find(|face| !face.upright) {
            return Err(ImpositionFault::Turned(face.page));
        }
        if let Some(face) = inked.clone().find(|face| face.off > tolerance) {
            return Err(ImpositionFault::Off(face.page, face.off));
        }
    }
    for sheet in &imposition.sheets {
        for side in std::iter::once(&sheet.front).chain(&sheet.back) {
            if let Some(fault) = astray(imposition, side).or_else(|| overlap(side)) {
                return Err(fault);
            }
        }
    }
    Ok(())
}

/// A page that is not where it should be on its side, whatever is done with the sheet.
fn astray(imposition: &Imposition, side: &Side) -> Option<ImpositionFault> {
    let slack = Length::mm(0.05);
    let sheet = SheetRect::at(Length::ZERO, Length::ZERO, imposition.sheet);
    let bleed = imposition.bleed;
    let folded = matches!(imposition.finishing, Finishing::Fold(_));
    let cut = imposition.finishing != Finishing::Flat(Leaves::Read);
    side.placements.iter().find_map(|one| {
        let full = one.cell.grown(Edges { left: bleed, right: bleed, bottom: bleed, top: bleed });
        let in_place = one.image.holds(one.cell, slack) && one.cell.holds(one.image, slack);
        let how = if !sheet.holds(one.cell, slack) {
            Astray::Sheet
        } else if !one.clip.holds(one.cell, slack) {
            Astray::Cut
        } else if !full.holds(one.clip, slack) {
            Astray::Bleed
        } else if cut && one.clip.bottom + slack < imposition.gripper {
            Astray::Gripper
        } else if !folded && !in_place {
            Astray::Place
        } else {
            return None;
        };
        Some(ImpositionFault::Astray(one.page, how))
    })
}

/// Two pages of a side of which one shows on the other.
fn overlap(side: &Side) -> Option<ImpositionFault> {
    let slack = Length::mm(0.01);
    side.placements.iter().enumerate().find_map(|(index, one)| {
        side.placements
            .iter()
            .enumerate()
            .find(|(at, other)| *at != index && one.clip.overlaps(other.cell, slack))
            .map(|(_, other)| ImpositionFault::Overlap(one.page, other.page))
    })
}
