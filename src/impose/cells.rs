//! Cells of a side, whatever the scheme: which page comes in which, the block that they make, and why it does not fit.
//!
//! In: an order and sizes. Out: places for `flat` and `folded`, or [`Unfit`].

use crate::diagnostic::Say;
use crate::model::imposition::{Order, PressSheet, Side};
use crate::model::layout::Binding;
use crate::model::length::Length;
use crate::model::scheme::Blanks;
use crate::model::sheet::{NamedSheet, SheetRect, Size};

/// Why pages cannot be imposed as ordered.
#[derive(Debug, Clone, PartialEq)]
pub enum Unfit {
    /// The order contradicts itself, or asks for what cannot be made.
    Order(Say),
    /// The pages together are larger than the sheet, with bleed and gripper.
    TooLarge {
        /// The pages together.
        block: Size,
        /// The sheet.
        sheet: Size,
        /// The smallest named sheet that would do.
        enough: Option<&'static NamedSheet>,
    },
}

/// The pages with blanks put in until `full` divides them.
pub(super) fn padded(pages: &[usize], full: usize, blanks: &Blanks) -> Vec<Option<usize>> {
    let missing = (full - pages.len() % full) % full;
    let mut all: Vec<Option<usize>> = pages.iter().copied().map(Some).collect();
    match blanks {
        Blanks::BeforeBackCover if pages.len() > 1 => {
            let back = all.len() - 1;
            all.splice(back..back, std::iter::repeat_n(None, missing));
        }
        Blanks::After(places) if !places.is_empty() => {
            let mut counts = vec![0; pages.len() + 1];
            for turn in 0..missing {
                counts[places[turn % places.len()].min(pages.len())] += 1;
            }
            all = Vec::new();
            for (index, count) in counts.into_iter().enumerate() {
                if index > 0 {
                    all.push(Some(pages[index - 1]));
                }
                all.extend(std::iter::repeat_n(None, count));
            }
        }
        Blanks::BeforeBackCover | Blanks::After(_) | Blanks::End | Blanks::Few => {
            all.extend(std::iter::repeat_n(None, missing));
        }
    }
    all
}

/// A block of pages in the middle of the sheet, or higher where the gripper asks for it.
pub(super) fn centred(
    order: &Order,
    block: Size,
    bleed: Length,
    sheet: Size,
) -> Result<(Length, Length), Unfit> {
    let left = (sheet.width - block.width) * 0.5;
    let mut bottom = (sheet.height - block.height) * 0.5;
    if !order.keeps_to_the_middle() {
        bottom = bottom.max(order.gripper + bleed);
    }
    let slack = Length::pt(0.05);
    let inside = left + slack >= bleed
        && bottom + slack >= order.gripper + bleed
        && bottom + block.height + bleed <= sheet.height + slack;
    if inside { Ok((left, bottom)) } else { Err(too_large(block, sheet)) }
}

pub(super) fn too_large(block: Size, sheet: Size) -> Unfit {
    Unfit::TooLarge { block, sheet, enough: None }
}

/// The column on the sheet: bound on the right, columns run the other way.
pub(super) fn column(binding: Binding, columns: usize, column: usize) -> usize {
    if binding == Binding::Right { columns - 1 - column } else { column }
}

/// The smallest place around all pages of a side.
#[must_use]
pub fn block(side: &Side) -> Option<SheetRect> {
    side.placements.iter().map(|one| one.cell).reduce(SheetRect::joined)
}

/// Whether a sheet holds a page: empty ones are not printed.
pub(super) fn not_empty(sheet: &PressSheet) -> bool {
    let has = |side: &Side| side.placements.iter().any(|one| one.page.is_some());
    has(&sheet.front) || sheet.back.as_ref().is_some_and(has)
}
