//! The picture of the sheets on a docket (面付けの例): which pages lie where, front and back.
//!
//! In: an imposition as `impose` plans it. Out: [`DocketLayout`], in shares of the sheet, for any size of picture.

use crate::model::docket::{DocketCell, DocketLayout, DocketSheet};
use crate::model::imposition::{Imposition, Placement, Side};
use crate::model::sheet::{Size, Turn};

/// The picture of an imposition.
#[must_use]
pub fn layout(imposition: &Imposition) -> DocketLayout {
    let sheet = imposition.sheet;
    let cells = |side: &Side| side.placements.iter().map(|one| cell(one, sheet)).collect();
    let told = imposition.told();
    DocketLayout {
        words: told.first().map(|say| say.ja.clone()).unwrap_or_default(),
        aspect: sheet.width.to_pt() / sheet.height.to_pt(),
        sheets: imposition
            .sheets
            .iter()
            .map(|one| DocketSheet {
                front: cells(&one.front),
                back: one.back.as_ref().map(cells).unwrap_or_default(),
            })
            .collect(),
    }
}

fn cell(placement: &Placement, sheet: Size) -> DocketCell {
    let (width, height) = (sheet.width.to_pt(), sheet.height.to_pt());
    let cell = placement.cell;
    DocketCell {
        page: placement.page.map(|page| page + 1),
        x: cell.left.to_pt() / width,
        y: 1.0 - (cell.bottom.to_pt() + cell.height.to_pt()) / height,
        width: cell.width.to_pt() / width,
        height: cell.height.to_pt() / height,
        turn: match placement.turn {
            Turn::None => 0,
            Turn::Quarter => 90,
            Turn::Half => 180,
            Turn::ThreeQuarters => 270,
        },
    }
}
