//! Cut, then put pile on pile: the leaves are in order.

use super::{Arrangement, Blanks, Cells, FlatArrangement, Leaves, SchemeDefinition};
use crate::model::length::Length;
use crate::say;

/// The scheme.
pub(super) static DEFINITION: SchemeDefinition = SchemeDefinition {
    title: "CutAndStack",
    names: &[("cut-and-stack", None)],
    help: "cut-and-stack：断って重ねる",
    words: |_| say!("断って重ねる（カット＆スタック）", "cut and stack"),
    arrangement: Arrangement::Flat(&FlatArrangement {
        cells: Cells::Fullest,
        leaves: Leaves::Pile,
        sheets: usize::div_ceil,
        face: |at| (at.index * at.sheets + at.sheet) * at.sides + at.side,
    }),
    blanks: || Blanks::End,
    milling: || Length::ZERO,
    takes_cover: false,
    has_marks: true,
};
