//! All rows of a text, and the texts of cells that are not read where they stand.
//!
//! In: what `parts` and `sheet` read. Out: [`Rows`].

use super::places::Places;
use super::row::Row;

/// The rows of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// The rows, without blank ones.
    pub rows: Vec<Row>,
    /// Cells in which doubled quotation marks became single ones, one after the other; a [`Written`](super::Written) beyond
    /// the end of the text is found here.
    pub unquoted: String,
    /// Where cells stand that are not read where they stand.
    pub places: Places,
}
