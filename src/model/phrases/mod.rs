//! Where a line of Japanese may end for who reads by phrases (文節): heads and narrow columns break between phrases, not inside.
//!
//! In: a text, and names that are never parted. Out: for each place between two characters, how wide a column must be to keep them
//! together. A phrase that is wider than its column parts between words, a word that is wider anywhere.

mod gaps;
mod grammar;
#[cfg(test)]
mod heads;
mod names;
mod numbers;
mod runs;
mod scores;
mod unbroken;

use std::collections::BTreeSet;
use std::ops::Range;

pub use self::names::Names;
use super::jlreq::{cannot_begin, cannot_end, is_hiragana, is_ideograph, is_japanese, is_katakana};

/// A last phrase that is narrower, in half ems, stays with the one before it: no last line is of a character or two.
const SHORT: usize = 8;
/// A phrase that is wider, in half ems, parts behind its dots.
const LONG: usize = 24;

/// How wide a column must be, in ems, to keep the characters before and behind each place together: of n characters the n + 1 places
/// from before the first one to behind the last. 0 where they may always part, or never do by the rules of every engine.
#[must_use]
pub fn keeps(text: &str, names: &Names) -> Vec<u8> {
    let characters: Vec<char> = text.chars().collect();
    let parted = Parted::new(characters, names);
    let mut keeps = vec![0; parted.characters.len() + 1];
    for group in parted.phrases() {
        // a last phrase that was added to the one before it is the first to leave it
        for phrase in parts(group.clone(), |place| parted.begins_phrase(place)) {
            if phrase.start > group.start {
                keeps[phrase.start] = parted.ems(&group);
            }
            parted.keep_phrase(&phrase, &mut keeps);
        }
    }
    keeps
}

/// The places between characters of `text` that no line of running text parts, however wide its column: names, numbers and dates,
/// and the last letters; the text ends a paragraph or a line.
#[must_use]
pub fn unbroken(text: &str, names: &Names) -> BTreeSet<usize> {
    Parted::new(text.chars().collect(), names).unbroken()
}

/// The places between characters of `text` where easy Japanese has a blank (分かち書き), and the writer has none.
#[must_use]
pub fn gaps(text: &str, names: &Names) -> BTreeSet<usize> {
    Parted::new(text.chars().collect(), names).gaps()
}

/// A text with what is kept whole in it.
struct Parted {
    characters: Vec<char>,
    /// Whether each place is inside of a name or a number, which stays whole.
    is_inside: Vec<bool>,
    /// Whether each place is inside of a number.
    is_number: Vec<bool>,
    /// Whether a name begins or ends at each place.
    is_edge: Vec<bool>,
    /// Whether the model begins a phrase at each place.
    is_boundary: Vec<bool>,
}

impl Parted {
    fn new(characters: Vec<char>, names: &Names) -> Self {
        let mut is_inside = vec![false; characters.len() + 1];
        let mut is_edge = is_inside.clone();
        for range in names.find(&characters) {
            is_inside[range.start + 1..range.end].fill(true);
            is_edge[range.start] = true;
            is_edge[range.end] = true;
        }
        let is_number = numbers::inside(&characters);
        is_inside.iter_mut().zip(&is_number).for_each(|(inside, number)| *inside |= number);
        let is_boundary =
            (0..characters.len()).map(|place| scores::is_boundary(&characters, place)).collect();
        Self { characters, is_inside, is_number, is_edge, is_boundary }
    }

    /// Says how wide a column keeps a phrase together, its words and their pieces.
    fn keep_phrase(&self, phrase: &Range<usize>, keeps: &mut [u8]) {
        let width = self.ems(phrase);
        for word in self.words(phrase) {
            if word.start > phrase.start {
                keeps[word.start] = width;
            }
            let whole = self.ems(&word);
            for piece in self.pieces(&word) {
                let width = self.ems(&piece);
                let inner = (piece.start..piece.end).filter(|place| *place > word.start);
                for place in inner.filter(|place| self.may_break(*place)) {
                    keeps[place] = if place == piece.start { whole } else { width };
                }
            }
        }
    }

    /// Whether an engine breaks lines between the characters before and behind `place`.
    fn may_break(&self, place: usize) -> bool {
        let (before, behind) = (self.characters[place - 1], self.characters[place]);
        let is_square = |c: char| is_japanese(c) || !c.is_ascii() && !is_joined(c);
        let opens_subtitle = before == '　' && behind == '～';
        (!cannot_begin(behind) || opens_subtitle)
            && !cannot_end(before)
            && !is_joined(behind)
            && (is_square(before) || is_square(behind))
    }

    /// Whether a phrase begins at `place`.
    fn begins_phrase(&self, place: usize) -> bool {
        let (before, behind) = (self.characters[place - 1], self.characters[place]);
        if self.is_inside[place] || !self.may_break(place) {
            return false;
        }
        // a dash that opens a subtitle stays with it
        if before == '～' && place.checked_sub(2).is_none_or(|at| self.characters[at] == '　') {
            return false;
        }
        if "、。，．！？　".contains(before) || "「『（".contains(behind) {
            return true;
        }
        // compounds of ideographs are one phrase, whatever the model says of their parts
        let is_one_word =
            is_katakana(before) && is_katakana(behind) || is_ideograph(before) && is_ideograph(behind);
        !is_one_word && self.is_boundary[place] && !grammar::is_one_phrase(&self.characters, place)
    }

    /// The phrases in order.
    fn phrases(&self) -> Vec<Range<usize>> {
        let whole = parts(0..self.characters.len(), |place| self.begins_phrase(place));
        // a long row of names parts behind its dots
        let is_behind_dot = |place: usize| self.characters[place - 1] == '・' && !self.is_inside[place];
        let part = |phrase: Range<usize>| {
            if self.half_ems(&phrase) > LONG { parts(phrase, is_behind_dot) } else { vec![phrase] }
        };
        let mut phrases: Vec<Range<usize>> = whole.into_iter().flat_map(part).collect();
        if let [.., before, last] = phrases.as_mut_slice()
            && self.half_ems(last) < SHORT
        {
            before.end = last.end;
            phrases.pop();
        }
        phrases
    }

    /// Whether the model parts a compound of ideographs at `place`, with two of them at least on each side.
    fn parts_compound(&self, place: usize) -> bool {
        let is_pair = |at: usize| {
            self.characters.get(at..at + 2).is_some_and(|pair| pair.iter().all(|c| is_ideograph(*c)))
        };
        let is_behind_prefix = grammar::is_prefix(self.characters[place - 1]);
        place >= 2 && is_pair(place - 2) && is_pair(place) && !is_behind_prefix && self.is_boundary[place]
    }

    /// The words of a phrase, as far as the change of script and the model tell them.
    fn words(&self, phrase: &Range<usize>) -> Vec<Range<usize>> {
        parts(phrase.clone(), |place| !self.is_inside[place] && self.changes(place))
    }

    /// The pieces of a word, for columns that are narrower: names in it, or else words, weak ones among them.
    fn pieces(&self, word: &Range<usize>) -> Vec<Range<usize>> {
        let is_in_number = |place: usize| self.is_number[place];
        let names =
            parts(word.clone(), |place| self.is_edge[place] && self.may_break(place) && !is_in_number(place));
        if names.len() > 1 {
            return names;
        }
        let begins = |place: usize| {
            self.changes(place)
                || self.is_boundary[place] && grammar::begins_with_weak_word(&self.characters, place)
        };
        let words = parts(word.clone(), |place| begins(place) && !is_in_number(place));
        words.into_iter().flat_map(|word| self.parts_of_run(word)).collect()
    }

    /// Whether the script changes at `place` as it does where a word begins.
    fn changes(&self, place: usize) -> bool {
        let (before, behind) = (self.characters[place - 1], self.characters[place]);
        let is_change = is_hiragana(before) && (is_ideograph(behind) || is_katakana(behind))
            || is_ideograph(before) && is_katakana(behind)
            || is_katakana(before) && is_ideograph(behind)
            || matches!(before, '・' | '　' | '／')
            || is_ideograph(before) && is_ideograph(behind) && self.parts_compound(place);
        is_change && self.may_break(place) && !grammar::is_within_verb(&self.characters, place)
    }

    /// The width of some characters in half ems, of squares and halves.
    fn half_ems(&self, range: &Range<usize>) -> usize {
        let width = |c: &char| {
            if is_joined(*c) {
                0
            } else if c.is_ascii() {
                1
            } else {
                2
            }
        };
        self.characters[range.clone()].iter().map(width).sum()
    }

    /// The width of some characters in ems; the half em behind a last stop may be left out.
    fn ems(&self, range: &Range<usize>) -> u8 {
        u8::try_from(self.half_ems(range).div_ceil(2)).unwrap_or(u8::MAX)
    }
}

/// The parts of `range` that begin where `begins` says.
fn parts(range: Range<usize>, begins: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    for place in range.start + 1..range.end {
        if begins(place) {
            parts.push(start..place);
            start = place;
        }
    }
    if start < range.end {
        parts.push(start..range.end);
    }
    parts
}

/// Whether a character is one with the character before it: marks, variation selectors, joiners.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{2064}' | '\u{3099}' | '\u{309A}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with `/` where a column of `ems` lets lines end.
    fn parted(text: &str, ems: u8, names: &[&str]) -> String {
        let names = Names::new(names.iter().copied());
        let keeps = keeps(text, &names);
        let mut out = String::new();
        for (place, c) in text.chars().enumerate() {
            let parts = place > 0 && (keeps[place] == 0 || keeps[place] > ems);
            let parts = parts && {
                let characters: Vec<char> = text.chars().collect();
                Parted::new(characters, &names).may_break(place)
            };
            out.extend(parts.then_some('/'));
            out.push(c);
        }
        out
    }

    #[test]
    fn lines_end_between_phrases() {
        assert_eq!(parted("仮説を立て、聴いて検証する", 13, &[]), "仮説を/立て、/聴いて/検証する");
        assert_eq!(parted("情報を提供する", 13, &[]), "情報を/提供する");
        assert_eq!(parted("当事者・関係者から直接聴く", 13, &[]), "当事者・関係者から/直接聴く");
        assert_eq!(parted("協働に関して市民活動と行政が", 13, &[]), "協働に/関して/市民活動と行政が");
    }

    #[test]
    fn the_last_phrase_is_no_stub() {
        assert_eq!(parted("ここに木がある。", 13, &[]), "ここに/木がある。");
    }

    #[test]
    fn a_long_row_of_names_parts_behind_its_dots() {
        let row = "障害者地域作業所・グループホームと自治会町内会との協働";
        assert_eq!(parted(row, 24, &[]), "障害者地域作業所・/グループホームと/自治会町内会との協働");
    }

    #[test]
    fn names_numbers_and_dates_stay_whole() {
        let name = "市民活動支援センター";
        assert_eq!(parted("区の市民活動支援センターの仕事", 12, &[name]), "区の/市民活動支援センターの/仕事");
        assert!(!parted("電話は045-123-4567です", 13, &[]).contains("045/"));
        assert_eq!(parted("平成25年3月現在の団体の数です", 13, &[]), "平成25年3月現在の/団体の数です");
    }

    #[test]
    fn what_is_wider_than_its_column_parts_between_words() {
        assert_eq!(parted("グループホーム運営委員会", 8, &[]), "グループホーム/運営委員会");
    }

    #[test]
    fn a_name_that_is_wider_than_its_column_parts_where_a_name_in_it_ends() {
        let names = ["横浜市", "横浜市市民活動支援センター"];
        assert_eq!(parted("横浜市市民活動支援センター", 12, &names), "横浜市/市民活動支援センター");
        assert_eq!(parted("横浜市市民活動支援センター", 13, &names), "横浜市市民活動支援センター");
    }

    #[test]
    fn a_dash_that_opens_a_subtitle_stays_with_it() {
        assert_eq!(parted("まちの計画　～東日本の復興～", 8, &[]), "まちの/計画　/～東日本の復興～");
    }

    #[test]
    fn selectors_stay_with_their_characters() {
        assert!(!parted("葛\u{E0100}飾区の人", 2, &[]).contains("/\u{E0100}"));
    }
}
