//! A cover of its own for perfect binding: a sheet with 表1 and 表4 outside, 表2 and 表3 inside, and the spine between them.
//!
//! In: an order, the finished page and the leaves of the body. Out: the sheet, and a note on how wide the spine is.

use super::cells::{Unfit, centred, column};
use super::signature_grid::thickness;
use crate::diagnostic::Say;
use crate::model::imposition::{Order, Placement, PressSheet, SheetRole, Side};
use crate::model::length::Length;
use crate::model::sheet::{Edges, SheetRect, Size, Turn};
use crate::say;

/// The cover of a body of so many leaves.
pub(super) fn cover(
    order: &Order,
    pages: usize,
    page: Size,
    sheet: Size,
    leaves: usize,
) -> Result<(PressSheet, Say), Unfit> {
    let spine = order.paper * thickness(leaves);
    let block = Size { width: page.width * 2.0 + spine, height: page.height };
    let (left, bottom) = centred(order, block, order.bleed, sheet)?;
    let side = |pages: [usize; 2]| {
        let placements = pages
            .into_iter()
            .enumerate()
            .map(|(at, page_at)| {
                let at = column(order.binding, 2, at);
                let x = if at == 0 { left } else { left + page.width + spine };
                let cell = SheetRect::at(x, bottom, page);
                let inside = order.bleed.min(spine * 0.5);
                let clip = cell.grown(Edges {
                    left: if at == 0 { order.bleed } else { inside },
                    right: if at == 0 { inside } else { order.bleed },
                    top: order.bleed,
                    bottom: order.bleed,
                });
                Placement { page: Some(page_at), cell, image: cell, clip, turn: Turn::None }
            })
            .collect();
        Side {
            placements,
            upright_folds: vec![left + page.width, left + page.width + spine],
            level_folds: Vec::new(),
        }
    };
    let sheet = PressSheet {
        role: SheetRole::Cover,
        folding: None,
        front: side([pages - 1, 0]),
        back: Some(side([1, pages - 2])),
    };
    Ok((sheet, spine_note(order, leaves)))
}

fn spine_note(order: &Order, leaves: usize) -> Say {
    if order.paper == Length::ZERO {
        return say!(
            "紙の厚さの指定がないので、表紙の背幅を 0 mm としました。",
            "The thickness of the paper is not given: the spine of the cover is 0 mm wide."
        );
    }
    let (paper, width) = (order.paper.to_mm(), (order.paper * thickness(leaves)).to_mm());
    say!(
        "表紙の背幅は {width:.2} mm です（紙の厚さ {paper} mm × 本文 {leaves} 枚）。",
        "The spine of the cover is {width:.2} mm wide: paper of {paper} mm × {leaves} leaves."
    )
}
