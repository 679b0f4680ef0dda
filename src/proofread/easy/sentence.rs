//! The sentences of a paragraph as somebody wrote them, without the blanks between phrases.
//!
//! In: a paragraph of the galley. Out: [`Sentences`], in which the place of each byte in the running text is known.

use std::ops::Range;

use crate::model::composition::TextParagraph;
use crate::model::jlreq::{is_closing, is_opening};
use crate::proofread::galley::Galley;
use crate::proofread::running::RunningText;

/// Stops that end a sentence.
const STOPS: &str = "。！？!?";

/// The sentences of a paragraph.
pub(super) struct Sentences<'p> {
    /// The paragraph.
    pub running: RunningText<'p>,
    list: Vec<Sentence>,
}

/// A sentence.
pub(super) struct Sentence {
    /// Its words without blanks, with its stop.
    pub text: String,
    /// For each byte of them the byte of the running text.
    places: Vec<usize>,
}

impl Sentence {
    /// The bytes of the running text that `range` of the sentence takes.
    pub fn place(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.places.get(range.start).copied().unwrap_or_default();
        let last = range.end.checked_sub(1).and_then(|last| self.places.get(last));
        start..last.map_or(start, |last| last + 1)
    }

    /// The bytes of the running text that it takes.
    pub fn whole(&self) -> Range<usize> {
        self.place(&(0..self.text.len()))
    }

    /// Whether it ends with a stop.
    pub fn is_stopped(&self) -> bool {
        self.text.trim_end_matches(is_closing).ends_with(|c| STOPS.contains(c))
    }

    /// Its words without the stop and the closing brackets behind it.
    pub fn unstopped(&self) -> &str {
        self.text.trim_end_matches(|c| STOPS.contains(c))
    }

    /// Its letters: what stands in brackets explains, and is not counted; nor are marks.
    pub fn letters(&self) -> usize {
        let mut depth = 0_usize;
        let mut letters = 0;
        for c in self.text.chars() {
            if matches!(c, '（' | '(') {
                depth += 1;
            } else if matches!(c, '）' | ')') {
                depth = depth.saturating_sub(1);
            } else if depth == 0 && c.is_alphanumeric() {
                letters += 1;
            }
        }
        letters
    }
}

impl<'p> Sentences<'p> {
    /// Those of `paragraph`: of what is of a directory, and of words of the layout, there are none.
    pub fn of(paragraph: &'p TextParagraph, galley: &Galley<'_>) -> Self {
        let running = RunningText::of(paragraph);
        let mut list: Vec<Sentence> = Vec::new();
        let (mut depth, mut is_over) = (0_usize, true);
        for (at, c) in running.text.char_indices() {
            if c.is_whitespace() || !running.is_written(&(at..at + c.len_utf8()), galley) {
                continue;
            }
            // what a bracket closes belongs to the sentence before it
            if is_over && !is_closing(c) && !STOPS.contains(c) {
                list.push(Sentence { text: String::new(), places: Vec::new() });
                is_over = false;
            }
            let Some(sentence) = list.last_mut() else { continue };
            sentence.text.push(c);
            sentence.places.extend(at..at + c.len_utf8());
            if is_opening(c) {
                depth += 1;
            } else if is_closing(c) {
                depth = depth.saturating_sub(1);
            }
            is_over |= depth == 0 && STOPS.contains(c);
        }
        Self { running, list }
    }

    /// Each of them.
    pub fn iter(&self) -> impl Iterator<Item = &Sentence> {
        self.list.iter()
    }
}

/// The paragraphs of a galley in easy Japanese, each in sentences; none of another reader.
pub(super) fn of_galley<'g>(galley: &'g Galley<'_>) -> impl Iterator<Item = Sentences<'g>> {
    let is_easy = galley.reader == crate::model::edition::Reader::JaEasy;
    let body = galley.composition.body().filter(move |_| is_easy);
    body.map(|paragraph| Sentences::of(paragraph, galley))
}
