//! The sides of an imposition, in the order in which they are printed.
//!
//! In: an imposition. Out: [`SheetSide`]s, fronts and backs by turns.

use crate::model::imposition::{Imposition, Side};

/// A side, and the sheet that it belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) struct SheetSide<'i> {
    /// Which sheet, from 0.
    pub(super) sheet: usize,
    /// Whether it is the back of that sheet.
    pub(super) is_back: bool,
    /// What lies on it.
    pub(super) side: &'i Side,
}

/// All sides of an imposition.
pub(super) fn sides(imposition: &Imposition) -> impl Iterator<Item = SheetSide<'_>> {
    imposition.sheets.iter().enumerate().flat_map(|(sheet, press_sheet)| {
        let front = SheetSide { sheet, is_back: false, side: &press_sheet.front };
        let back = press_sheet.back.as_ref().map(|side| SheetSide { sheet, is_back: true, side });
        std::iter::once(front).chain(back)
    })
}
