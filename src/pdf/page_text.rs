//! The text of a page as it is read back: runs of characters with their places, and why it may not be known.
//!
//! In: what `text` reads. Out: [`PageText`], or a [`TextError`].

use super::boxes::WrittenBoxes;
use super::geometry::{Point, Rect};
use super::reading::OpenError;

/// Stands for glyphs of which the file does not say what they are.
pub const UNKNOWN: char = '\u{FFFD}';

/// Where the characters of a run come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextSource {
    /// The file says what the marked content stands for.
    ActualText,
    /// The font says what each glyph stands for.
    ToUnicode,
    /// Of at least one glyph nobody says it: it is [`UNKNOWN`].
    Unknown,
}

/// Glyphs that one operator shows, or all that one `ActualText` stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct TextRun {
    /// The characters.
    pub text: String,
    /// Where they come from.
    pub source: TextSource,
    /// The bounds on the page, in points of its user space; what clips leave of them. [`Rect::is_empty`] if nothing.
    pub area: Rect,
    /// Where the first glyph stands, on its base line.
    pub start: Point,
    /// The name of the font, without the tag of a subset.
    pub font: String,
    /// The size on the page, in points.
    pub size: f64,
    /// Glyphs that the font does not have: boxes, if anything.
    pub missing: usize,
    /// Whether it is set to be invisible (text rendering mode 3 or 7).
    pub invisible: bool,
}

/// The text of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct PageText {
    /// The boxes of the page.
    pub boxes: WrittenBoxes,
    /// What is shown, in the order of painting.
    pub runs: Vec<TextRun>,
}

/// Why the text of a page is not known to its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// The file cannot be opened.
    #[error("the file cannot be read: {0}")]
    Open(#[from] OpenError),
    /// The page is not there.
    #[error("the page is not there")]
    NoPage,
    /// Its content, or that of a form on it, cannot be read.
    #[error("the content cannot be read: {0}")]
    Broken(&'static str),
    /// It unpacks to more than is looked at.
    #[error("the content unpacks to too much")]
    TooMuch,
}
