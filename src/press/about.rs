//! What a press file says about itself.
//!
//! In: the job and the edition. Out: [`About`], for metadata and marks.

use crate::model::date::Date;
use crate::model::layout::Binding;

/// What a press file says about itself.
#[derive(Debug, Clone)]
pub struct About {
    /// The title.
    pub title: String,
    /// The edition's date: the only one in the file.
    pub date: Date,
    /// Which job it is (`booklet/booklet`): stays the same when the text changes.
    pub ident: String,
    /// The side on which it is bound.
    pub binding: Binding,
    /// Which part of the job it is.
    pub part: AboutPart,
}

/// A part of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AboutPart {
    /// All of it.
    Whole,
    /// What lies within the cover; its first page is number 3.
    Body,
    /// Two spreads: 表4-1, 表2-3.
    Cover,
}

/// What made the file.
pub(super) fn program() -> String {
    format!("sasshi {}", env!("CARGO_PKG_VERSION"))
}
