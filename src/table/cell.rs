//! Where a cell stands: a stretch of the text of its file, not a copy of it.
//!
//! In: the bytes at which it begins and ends. Out: [`Written`], which finds its words again.

use std::ops::Range;

use super::formula;

/// A cell as written: a stretch of the text of its file. Eight bytes, so that a list of a million rows takes little more
/// than its text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    start: u32,
    length: u32,
}

impl Written {
    /// The stretch from byte `start` to byte `end`.
    ///
    /// # Panics
    /// When a byte lies beyond 4 GiB: `read` refuses such files.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let byte = |at: usize| u32::try_from(at).expect("texts are shorter than 4 GiB");
        Self { start: byte(start), length: byte(end - start) }
    }

    /// The words in `text`, or in `unquoted` if the stretch lies beyond the end of `text`.
    #[must_use]
    pub fn of<'t>(self, text: &'t str, unquoted: &'t str) -> &'t str {
        let (start, length) = (self.start as usize, self.length as usize);
        match start.checked_sub(text.len()) {
            Some(beyond) if length > 0 => unquoted.get(beyond..beyond + length).unwrap_or_default(),
            _ => text.get(start..start + length).unwrap_or_default(),
        }
    }

    /// The bytes of the text that the stretch takes, or beyond its end.
    #[must_use]
    pub fn bytes(self) -> Range<usize> {
        self.start as usize..self.start as usize + self.length as usize
    }

    /// Whether nothing is written.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.length == 0
    }

    /// Moves a stretch beyond `end` by `by` bytes.
    pub(super) fn shift(&mut self, end: usize, by: usize) {
        if self.start as usize >= end && self.length > 0 {
            *self = Self::new(self.start as usize + by, self.start as usize + by + self.length as usize);
        }
    }

    /// The cell without what keeps spreadsheets from calculating it or from reading it as a number: an apostrophe before it,
    /// or `="…"` around it.
    pub(super) fn unprotected(self, text: &str, unquoted: &str) -> Self {
        let written = self.of(text, unquoted);
        match written.as_bytes().first() {
            Some(b'\'') if formula::is_marked(written) => {
                Self { start: self.start + 1, length: self.length - 1 }
            }
            Some(b'=') if formula::quoted_text(written).is_some() => {
                Self { start: self.start + 2, length: self.length - 3 }
            }
            _ => self,
        }
    }
}
