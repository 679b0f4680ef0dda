//! A paragraph as running text: its words without the breaks of lines, in which the line of each byte is known.
//!
//! In: a paragraph. Out: [`RunningText`], for rules that look for words.

use std::ops::Range;

use super::findings::ProofFindings;
use super::galley::Galley;
use crate::model::composition::{TextCharacter, TextParagraph};
use crate::model::finding::Finding;

/// A paragraph without its breaks.
pub(super) struct RunningText<'p> {
    paragraph: &'p TextParagraph,
    /// The words.
    pub text: String,
    characters: Vec<Spot>,
}

/// Where a character stands.
#[derive(Clone, Copy)]
struct Spot {
    /// Its first byte in the text.
    start: usize,
    line: usize,
    /// Its place in the line.
    index: usize,
}

impl<'p> RunningText<'p> {
    /// The number of the origin of the character at byte `at`; none of the layout's own words.
    pub fn origin(&self, at: usize) -> Option<usize> {
        let spot = self.characters.iter().find(|spot| spot.start == at)?;
        self.paragraph.lines.get(spot.line)?.characters.get(spot.index)?.origin
    }

    /// The words of `paragraph`.
    pub fn of(paragraph: &'p TextParagraph) -> Self {
        let mut running = Self { paragraph, text: String::new(), characters: Vec::new() };
        for (line, found) in paragraph.lines.iter().enumerate() {
            for (index, character) in found.characters.iter().enumerate() {
                running.characters.push(Spot { start: running.text.len(), line, index });
                running.text.push_str(&character.text);
            }
        }
        running
    }

    /// The place in the list of the character at a byte.
    fn at(&self, byte: usize) -> usize {
        self.characters.partition_point(|spot| spot.start <= byte).saturating_sub(1)
    }

    /// The bytes at which lines begin, but for the first.
    pub fn breaks(&self) -> impl Iterator<Item = usize> {
        self.characters.iter().filter(|spot| spot.index == 0 && spot.line > 0).map(|spot| spot.start)
    }

    /// Whether somebody wrote the first character of `range`.
    pub fn is_written(&self, range: &Range<usize>, galley: &Galley<'_>) -> bool {
        self.character(range.start).is_some_and(|character| galley.is_written(character))
    }

    /// Whether the first character of `range` is of a directory.
    pub fn is_data(&self, range: &Range<usize>, galley: &Galley<'_>) -> bool {
        self.character(range.start).is_some_and(|character| galley.is_data(character))
    }

    /// The character at a byte.
    fn character(&self, byte: usize) -> Option<&'p TextCharacter> {
        let spot = self.characters.get(self.at(byte))?;
        self.paragraph.lines.get(spot.line)?.characters.get(spot.index)
    }

    /// Takes in a finding about some bytes; of those on several lines it shows the ones on the first.
    pub fn add(&self, finding: Finding, range: &Range<usize>, findings: &mut ProofFindings<'_>) {
        let (first, last) = (self.at(range.start), self.at(range.end.saturating_sub(1).max(range.start)));
        let Some(spot) = self.characters.get(first) else { return };
        let run = self.characters[first..=last.max(first)].iter().take_while(|one| one.line == spot.line);
        let count = run.count();
        findings.add(finding, &self.paragraph.lines[spot.line], spot.index..spot.index + count);
    }
}
