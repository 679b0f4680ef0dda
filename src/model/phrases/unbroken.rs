//! What no line of running text breaks, however wide its column: names, numbers, dates, the end of a paragraph.
//!
//! In: the words of a paragraph, and names. Out: the places between two characters that stay together.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::jlreq::cannot_begin;
use super::Parted;

/// A name that is wider, in ems, may part between its words: kept whole it would tear holes into the lines.
const LONG_NAME: u8 = 13;
/// So many characters are a last line.
const LAST_LINE: usize = 3;

impl Parted {
    /// The places between characters that stay together; the text ends a paragraph or a line.
    pub(super) fn unbroken(&self) -> BTreeSet<usize> {
        let inner = self.whole().into_iter().flat_map(|run| run.start + 1..run.end);
        let mut places: BTreeSet<usize> = inner.chain(self.end()).collect();
        places.retain(|place| self.may_break(*place));
        places
    }

    /// Names and numbers, and each other character.
    fn whole(&self) -> Vec<Range<usize>> {
        let runs = super::parts(0..self.characters.len(), |place| !self.is_inside[place]);
        let pieces = |run: Range<usize>| {
            if self.ems(&run) > LONG_NAME { self.pieces(&run) } else { vec![run] }
        };
        runs.into_iter().flat_map(pieces).collect()
    }

    /// The places between the last letters; marks that begin no line are not counted.
    fn end(&self) -> Range<usize> {
        let letters = self.characters.iter().enumerate().rev().filter(|(_, c)| !cannot_begin(**c));
        let first = letters.take(LAST_LINE).last().map_or(0, |(at, _)| at);
        first + 1..self.characters.len()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Names, unbroken};

    /// The text with `-` at each place that stays together.
    fn joined(text: &str, names: &[&str]) -> String {
        let places = unbroken(text, &Names::new(names.iter().copied()));
        let mut out = String::new();
        for (place, c) in text.chars().enumerate() {
            out.extend(places.contains(&place).then_some('-'));
            out.push(c);
        }
        out
    }

    #[test]
    fn names_numbers_and_the_last_letters_stay_together() {
        assert_eq!(
            joined("10月5日に港北区で開きました。", &["港北区"]),
            "10-月-5-日に港-北-区で開きま-し-た。"
        );
        assert_eq!(joined("話し合います」と言う（注）", &[]), "話し合います」と言う-（注）");
    }

    #[test]
    fn a_long_name_parts_between_its_words() {
        let name = "横浜市立市民活動支援センター";
        let joined = joined("横浜市立市民活動支援センターの職員が来ました", &[name, "横浜市"]);
        assert!(joined.starts_with("横-浜-市立"), "{joined}");
    }
}
