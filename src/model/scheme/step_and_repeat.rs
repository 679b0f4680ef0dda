//! 面付け: the same leaf as often as the sheet holds it.

use super::{Arrangement, Blanks, Cells, FlatArrangement, Leaves, SchemeDefinition};
use crate::model::length::Length;
use crate::say;

/// The scheme.
pub(super) static DEFINITION: SchemeDefinition = SchemeDefinition {
    title: "StepAndRepeat",
    names: &[("step-and-repeat", None)],
    help: "step-and-repeat：同じものを並べる",
    words: |_| say!("1枚の用紙に同じものをくり返し", "step and repeat"),
    arrangement: Arrangement::Flat(&FlatArrangement {
        cells: Cells::Fullest,
        leaves: Leaves::Copies,
        sheets: |leaves, _| leaves,
        face: |at| at.sheet * at.sides + at.side,
    }),
    blanks: || Blanks::End,
    milling: || Length::ZERO,
    takes_cover: false,
    has_marks: true,
};
