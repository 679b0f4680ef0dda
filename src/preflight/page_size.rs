//! The sizes of a page, for those who draw it. In: the boxes of a page. Out: [`PageSize`].

use crate::model::length::Length;
use crate::pdf::geometry::Rect;

/// The most pages that are judged; more are no print job.
pub(super) const MOST_PAGES: usize = 20_000;

/// The sizes of a page, for those who draw it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageSize {
    /// From the left edge of the sheet to that of the trimmed page.
    pub left: Length,
    /// From the upper edge of the sheet to that of the trimmed page.
    pub top: Length,
    /// Width of the trimmed page.
    pub width: Length,
    /// Height of the trimmed page.
    pub height: Length,
    /// Width of the sheet (`MediaBox`).
    pub sheet_width: Length,
    /// Height of the sheet (`MediaBox`).
    pub sheet_height: Length,
}

impl PageSize {
    /// Of a page with these boxes.
    pub(super) fn new(media: Rect, trim: Rect) -> Self {
        Self {
            left: Length::pt(trim.x0 - media.x0),
            top: Length::pt(media.y1 - trim.y1),
            width: Length::pt(trim.width()),
            height: Length::pt(trim.height()),
            sheet_width: Length::pt(media.width()),
            sheet_height: Length::pt(media.height()),
        }
    }
}
