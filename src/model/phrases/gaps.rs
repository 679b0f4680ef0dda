//! Where easy Japanese is parted by blanks (分かち書き): before each word that stands for itself, and more often than lines end, before
//! ください and こと, and before います behind て.
//!
//! In: the words of a paragraph, and names. Out: the places that get a blank.

use std::collections::BTreeSet;

use super::super::jlreq::{is_ideograph, is_mark};
use super::Parted;
use super::grammar::begins_with_formal_noun;

/// Verbs that follow て or で and are written apart.
const BEHIND_TE: [&str; 14] = [
    "いる",
    "います",
    "いました",
    "いません",
    "いた",
    "いない",
    "ください",
    "みる",
    "みます",
    "みて",
    "おく",
    "おきます",
    "ある",
    "あります",
];

impl Parted {
    /// The places that get a blank: none beside a blank or a mark, which part by themselves, and none within names and numbers.
    pub(super) fn gaps(&self) -> BTreeSet<usize> {
        (1..self.characters.len()).filter(|place| self.has_gap(*place)).collect()
    }

    fn has_gap(&self, place: usize) -> bool {
        let (before, behind) = (self.characters[place - 1], self.characters[place]);
        let parts_itself = |c: char| c.is_whitespace() || is_mark(c);
        if parts_itself(before) || parts_itself(behind) || self.is_inside[place] || !self.may_break(place) {
            return false;
        }
        self.follows_te(place)
            || begins_with_formal_noun(&self.characters, place)
            || self.begins_phrase(place)
    }

    /// Whether a verb begins at `place` that is written apart from the て before it.
    fn follows_te(&self, place: usize) -> bool {
        let rest = &self.characters[place..];
        let begins = |word: &str| word.chars().enumerate().all(|(at, c)| rest.get(at) == Some(&c));
        let is_te = matches!(self.characters[place - 1], 'て' | 'で');
        let has_verb = place >= 2 && {
            let stem = self.characters[place - 2];
            is_ideograph(stem) || "っんいしえけげせてねべめれきぎびみり".contains(stem)
        };
        is_te && has_verb && BEHIND_TE.iter().any(|word| begins(word))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Names, gaps};

    fn parted(text: &str, names: &[&str]) -> String {
        let places = gaps(text, &Names::new(names.iter().copied()));
        let mut out = String::new();
        for (place, c) in text.chars().enumerate() {
            out.extend(places.contains(&place).then_some(' '));
            out.push(c);
        }
        out
    }

    #[test]
    fn phrases_are_parted_as_the_writers_of_easy_japanese_do() {
        for text in [
            "まちの 困った ことは たくさん あります。",
            "市民と 市役所が 一緒に 考えます。",
            "みんなの 得意な ことを 使います。",
            "得意な ことは、上手に できる ことです。",
            "横浜市に 住んで いる 人",
        ] {
            assert_eq!(parted(&text.replace(' ', ""), &[]), text);
        }
    }

    #[test]
    fn blanks_of_the_writer_stay_and_names_are_whole() {
        assert_eq!(parted("まちの 困ったことは", &[]), "まちの 困った ことは");
        let name = "あおぞらの会";
        assert_eq!(parted("あおぞらの会に行きます。", &[name]), "あおぞらの会に 行きます。");
    }
}
