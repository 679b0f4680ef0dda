//! 付け合わせ: different leaves beside each other, each cut out.

use super::{Arrangement, Blanks, Cells, FlatArrangement, Leaves, SchemeDefinition};
use crate::model::length::Length;
use crate::say;

/// The scheme.
pub(super) static DEFINITION: SchemeDefinition = SchemeDefinition {
    title: "Gang",
    names: &[("gang", None)],
    help: "gang：付け合わせ",
    words: |_| say!("付け合わせ（1枚の用紙に別々のもの）", "gang run"),
    arrangement: Arrangement::Flat(&FlatArrangement {
        cells: Cells::Fullest,
        leaves: Leaves::Pieces,
        sheets: usize::div_ceil,
        face: |at| (at.sheet * at.cells + at.index) * at.sides + at.side,
    }),
    blanks: || Blanks::End,
    milling: || Length::ZERO,
    takes_cover: false,
    has_marks: true,
};
