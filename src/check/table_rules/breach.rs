//! What a rule about tables is asked, and what it answers.

use super::shape::Shape;
use crate::diagnostic::Say;
use crate::model::raw_table::{RawBook, RawSheet, Spot};

/// A breach of a rule on one sheet.
#[derive(Debug)]
pub struct Breach {
    /// What is wrong.
    pub(super) what: Say,
    /// Where: the first is the place of the finding. None for the file as a whole.
    pub(super) places: Vec<String>,
    pub(super) first: Option<Spot>,
}

impl Breach {
    /// A breach at some places, which must not be none.
    pub(super) fn at(what: Say, spots: &[Spot]) -> Option<Self> {
        let first = spots.first().copied()?;
        Some(Self { what, places: spots.iter().map(Spot::to_string).collect(), first: Some(first) })
    }

    /// A breach of the file as a whole.
    pub(super) fn whole(what: Say) -> Self {
        Self { what, places: Vec::new(), first: None }
    }
}

/// What a rule is asked about.
pub struct Question<'b> {
    pub(super) book: &'b RawBook,
    pub(super) sheet: &'b RawSheet,
    pub(super) shape: &'b Shape,
}
