//! Pages as they were set: paragraphs, their lines, and every character with its place and looks. Neutral facts of the finished
//! frames, for whoever judges typography.
//!
//! In: `typeset` reads them off the frames. Out: [`Composition`]. Places are measured from the upper left corner of the trimmed page.

use std::sync::Arc;

use super::length::Length;
use super::region::Region;

/// The text of a file, in the order in which it was set.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Composition {
    /// Each page by its size.
    pub pages: Vec<Region>,
    /// The paragraphs.
    pub paragraphs: Vec<TextParagraph>,
}

impl Composition {
    /// The paragraphs of the running text: no furniture of pages.
    pub fn body(&self) -> impl Iterator<Item = &TextParagraph> {
        self.paragraphs.iter().filter(|paragraph| paragraph.kind != ParagraphKind::Furniture)
    }
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParagraphKind {
    /// A heading of this level, from 1.
    Heading(usize),
    /// What repeats on pages: running heads, folios.
    Furniture,
    /// Any other text.
    Text,
}

/// Text that was broken into lines as one.
#[derive(Debug, Clone, PartialEq)]
pub struct TextParagraph {
    /// What it is.
    pub kind: ParagraphKind,
    /// Its lines, at least one.
    pub lines: Vec<TextLine>,
}

impl TextParagraph {
    /// All of its characters, line by line.
    pub fn characters(&self) -> impl Iterator<Item = &TextCharacter> {
        self.lines.iter().flat_map(|line| &line.characters)
    }

    /// Its words, without the breaks of its lines.
    #[must_use]
    pub fn words(&self) -> String {
        self.characters().map(|character| character.text.as_str()).collect()
    }

    /// The width that its lines fill: from the first that begins to the last that ends.
    #[must_use]
    pub fn measure(&self) -> Length {
        let start = self.lines.iter().map(TextLine::start).reduce(Length::min);
        let end = self.lines.iter().map(TextLine::end).reduce(Length::max);
        start.zip(end).map_or(Length::ZERO, |(start, end)| end - start)
    }
}

/// A line.
#[derive(Debug, Clone, PartialEq)]
pub struct TextLine {
    /// Page, from 1.
    pub page: usize,
    /// Its baseline, from the upper edge of the page.
    pub baseline: Length,
    /// Its characters, at least one; readings are not among them.
    pub characters: Vec<TextCharacter>,
    /// The readings above it, each as a run of characters.
    pub readings: Vec<Vec<TextCharacter>>,
}

impl TextLine {
    /// Where it begins.
    #[must_use]
    pub fn start(&self) -> Length {
        self.characters.first().map_or(Length::ZERO, |first| first.x)
    }

    /// Where it ends.
    #[must_use]
    pub fn end(&self) -> Length {
        self.characters.last().map_or(Length::ZERO, |last| last.x + last.advance)
    }

    /// The reading above one of its characters: it is above the middle of it.
    #[must_use]
    pub fn reading_above(&self, character: &TextCharacter) -> Option<&[TextCharacter]> {
        let middle = character.x.to_pt() + character.advance.to_pt() / 2.0;
        let is_above = |reading: &&Vec<TextCharacter>| {
            let end = reading.last().map_or(0.0, |last| (last.x + last.advance).to_pt());
            reading.first().is_some_and(|first| first.x.to_pt() < middle && middle < end)
        };
        self.readings.iter().find(is_above).map(Vec::as_slice)
    }

    /// The size of its largest character.
    #[must_use]
    pub fn size(&self) -> Length {
        self.characters.iter().map(|character| character.style.size).fold(Length::ZERO, Length::max)
    }

    /// Its words.
    #[must_use]
    pub fn words(&self) -> String {
        self.characters.iter().map(|character| character.text.as_str()).collect()
    }

    /// The place of some of its characters: their em boxes.
    #[must_use]
    pub fn place(&self, characters: &[TextCharacter]) -> Region {
        let start = characters.first().map_or(Length::ZERO, |first| first.x);
        let end = characters.last().map_or(start, |last| last.x + last.advance);
        let size = characters.iter().map(|one| one.style.size).fold(Length::ZERO, Length::max);
        let top = self.baseline - size * ABOVE;
        Region { x: start, y: top, width: end - start, height: size }
    }

    /// The place of the whole line.
    #[must_use]
    pub fn region(&self) -> Region {
        self.place(&self.characters)
    }
}

/// How much of the em box of BIZ UD stands above the baseline.
const ABOVE: f64 = 0.88;

/// What one glyph shows.
#[derive(Debug, Clone, PartialEq)]
pub struct TextCharacter {
    /// Its text: one character, or more in a ligature.
    pub text: String,
    /// Its left edge.
    pub x: Length,
    /// How far the next glyph stands from it.
    pub advance: Length,
    /// The same as the font has it.
    pub natural: Length,
    /// How it looks.
    pub style: Arc<TextStyle>,
    /// Whether it stands above the baseline of its line, as the mark of a note.
    pub is_raised: bool,
    /// The number of the origin in whose mark it stands.
    pub origin: Option<usize>,
}

impl TextCharacter {
    /// The first character of its text.
    #[must_use]
    pub fn first(&self) -> char {
        self.text.chars().next().unwrap_or(' ')
    }
}

/// How characters look.
#[derive(Debug, Clone, PartialEq)]
pub struct TextStyle {
    /// The family of the font, as the font calls it.
    pub family: String,
    /// Its weight, 400 for regular and 700 for bold.
    pub weight: u16,
    /// The size.
    pub size: Length,
    /// The colour as a screen shows it (sRGB); none of a gradient or a pattern.
    pub colour: Option<[u8; 3]>,
    /// Whether it is underlined.
    pub is_underlined: bool,
}
