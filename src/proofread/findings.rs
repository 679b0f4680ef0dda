//! Findings of the rules as they come in, each put at its place on the page and in the sources.
//!
//! In: a [`Finding`] and the characters that it is about. Out: the findings, by page and place.

use std::ops::Range;

use crate::model::composition::{TextCharacter, TextLine};
use crate::model::finding::Finding;
use crate::model::origin::{Origin, Place};
use crate::model::readings::stretches;
use crate::model::region::Region;

/// How many characters around those of a finding tell which of the same words is meant: the most first.
const AROUND: [usize; 4] = [8, 4, 1, 0];

/// Findings as they come in.
#[derive(Debug)]
pub struct ProofFindings<'o> {
    origins: &'o [Origin],
    list: Vec<Finding>,
}

impl<'o> ProofFindings<'o> {
    /// None, of a file whose origins stand in `origins`.
    #[must_use]
    pub fn new(origins: &'o [Origin]) -> Self {
        Self { origins, list: Vec::new() }
    }

    /// Takes in a finding about some characters of a line.
    pub fn add(&mut self, finding: Finding, line: &TextLine, characters: Range<usize>) {
        let Some(meant) = line.characters.get(characters.clone()) else { return };
        let origin = meant.iter().find_map(|one| one.origin);
        let place = origin.and_then(|origin| self.origins.get(origin).zip(Some(origin)));
        let place = place.map(|(place, origin)| narrow(place, origin, line, &characters));
        let page = u32::try_from(line.page).unwrap_or(u32::MAX);
        self.list.push(Finding { origin: place, ..finding.on(page).at(line.place(meant)) });
    }

    /// Takes in a finding about a whole line.
    pub fn add_line(&mut self, finding: Finding, line: &TextLine) {
        self.add(finding, line, 0..line.characters.len());
    }

    /// Takes in a finding about a place on a page.
    pub fn add_place(&mut self, finding: Finding, page: usize, place: Region) {
        let page = u32::try_from(page).unwrap_or(u32::MAX);
        self.list.push(finding.on(page).at(place));
    }

    /// All of them: by page, then from the top down.
    #[must_use]
    pub fn finish(mut self) -> Vec<Finding> {
        let height = |finding: &Finding| finding.spot.map_or(0.0, |spot| spot.y.to_pt());
        self.list.sort_by(|a, b| a.page.cmp(&b.page).then(height(a).total_cmp(&height(b))));
        self.list
    }
}

/// The place of some characters of a line within their origin, if its text has them; a cell stays the cell it is.
fn narrow(place: &Origin, origin: usize, line: &TextLine, characters: &Range<usize>) -> Origin {
    let (Place::Text { .. }, Some(span)) = (&place.place, &place.span) else { return place.clone() };
    let Some(text) = place.source.text.get(span.clone()) else { return place.clone() };
    let of = |range: Range<usize>| -> String {
        let same = |one: &&TextCharacter| one.origin == Some(origin);
        let words = line.characters[range].iter().filter(same).map(|one| one.text.as_str());
        words.flat_map(str::chars).filter(|c| !c.is_whitespace()).collect()
    };
    let words = of(characters.clone());
    let plain = WithoutReadings::of(text);
    let found = AROUND.iter().find_map(|around| {
        let before = of(characters.start.saturating_sub(*around)..characters.start);
        let after = of(characters.end..(characters.end + around).min(line.characters.len()));
        let at = plain.text.find(&format!("{before}{words}{after}"))?;
        Some(at + before.len())
    });
    match found.and_then(|start| plain.place(&(start..start + words.len()))) {
        Some(range) if !words.is_empty() => {
            Origin::text(&place.source, span.start + range.start..span.start + range.end)
        }
        _ => place.clone(),
    }
}

/// A text of a source without the readings in it, `{協働|きょうどう}`, and without blanks and breaks of lines: lines of pages have the
/// words alone, and their own blanks.
struct WithoutReadings {
    text: String,
    /// For each byte of it the byte of the source.
    places: Vec<usize>,
}

impl WithoutReadings {
    fn of(source: &str) -> Self {
        let mut plain = Self { text: String::with_capacity(source.len()), places: Vec::new() };
        let mut start = 0;
        for (stretch, is_marked) in stretches(source) {
            let (skipped, words) = match stretch.split_once('|') {
                Some((base, _)) if is_marked => ('{'.len_utf8(), base.trim_start_matches('{')),
                _ => (0, stretch),
            };
            for (at, c) in words.char_indices().filter(|(_, c)| !c.is_whitespace()) {
                let place = start + skipped + at;
                plain.text.push(c);
                plain.places.extend(place..place + c.len_utf8());
            }
            start += stretch.len();
        }
        plain
    }

    /// The bytes of the source that some of its bytes are.
    fn place(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let last = self.places.get(range.end.checked_sub(1)?)?;
        Some(*self.places.get(range.start)?..last + 1)
    }
}
