//! 無線綴じ: folded sheets of 4, 8, 16 or 32 pages, one on the other, milled at the spine.

use super::{Arrangement, Blanks, Gather, SchemeDefinition};
use crate::model::length::Length;
use crate::say;

/// The scheme.
pub(super) static DEFINITION: SchemeDefinition = SchemeDefinition {
    title: "Perfect",
    names: &[("perfect-4", Some(4)), ("perfect-8", Some(8)), ("perfect", Some(16)), ("perfect-32", Some(32))],
    help: "perfect：無線綴じ",
    words: |pages| say!("無線綴じ（1折{pages}ページ）", "perfect binding, signatures of {pages} pages"),
    arrangement: Arrangement::Folded(Gather::Stack),
    blanks: || Blanks::End,
    milling: || Length::mm(3.0),
    takes_cover: true,
    has_marks: true,
};
