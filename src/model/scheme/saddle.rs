//! 中綴じ: folded sheets of 4, 8 or 16 pages, one inside the other.

use super::{Arrangement, Blanks, Gather, SchemeDefinition};
use crate::model::length::Length;
use crate::say;

/// The scheme.
pub(super) static DEFINITION: SchemeDefinition = SchemeDefinition {
    title: "Saddle",
    names: &[("saddle", Some(4)), ("saddle-8", Some(8)), ("saddle-16", Some(16))],
    help: "saddle：中綴じ",
    words: |pages| say!("中綴じ（用紙1枚に{pages}ページ）", "saddle stitch, {pages} pages a sheet"),
    arrangement: Arrangement::Folded(Gather::Nest),
    blanks: || Blanks::BeforeBackCover,
    milling: || Length::ZERO,
    takes_cover: false,
    has_marks: true,
};
