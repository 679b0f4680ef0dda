//! Pictures of the pages of a file.
//!
//! In: the bytes of a PDF. Out: a PNG of each page, with what of the sheet it shows.

use crate::pdf::raster::{self, Picture};

/// The most pages of a file that are drawn: nobody looks at more, and a file must not fill the memory.
pub const MOST: usize = 400;

/// Pictures of the pages of a PDF, of the first [`MOST`]; none where one cannot be drawn.
#[must_use]
pub fn pages(pdf: &[u8]) -> Vec<Option<Picture>> {
    raster::pages(pdf, MOST)
}
