//! Several pages on a side, in reading order, not cut.

use super::{Arrangement, Blanks, Cells, FlatArrangement, Leaves, SchemeDefinition};
use crate::model::length::Length;
use crate::say;

/// The scheme.
pub(super) static DEFINITION: SchemeDefinition = SchemeDefinition {
    title: "NUp",
    names: &[("2up", Some(2)), ("4up", Some(4)), ("6up", Some(6)), ("9up", Some(9)), ("16up", Some(16))],
    help: "2up など：1面に並べる",
    words: |count| say!("1面に{count}ページ", "{count} pages on a side"),
    arrangement: Arrangement::Flat(&FlatArrangement {
        cells: Cells::Shapes(shapes),
        leaves: Leaves::Read,
        sheets: usize::div_ceil,
        face: |at| (at.sheet * at.sides + at.side) * at.cells + at.index,
    }),
    blanks: || Blanks::End,
    milling: || Length::ZERO,
    takes_cover: false,
    has_marks: false,
};

/// Columns and rows of a side.
fn shapes(count: u32) -> &'static [(u32, u32)] {
    match count {
        2 => &[(2, 1), (1, 2)],
        4 => &[(2, 2)],
        6 => &[(3, 2), (2, 3)],
        9 => &[(3, 3)],
        _ => &[(4, 4)],
    }
}
