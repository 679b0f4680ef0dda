//! How well lines of heads end where an editor lets them: 200 heads marked by hand (`tests/reference/heads.txt`).

use std::ops::Range;

use super::{Names, Parted, keeps};

const HEADS: &str = include_str!("../../../tests/reference/heads.txt");

/// Columns in which heads stand, in ems.
const COLUMNS: [u8; 4] = [8, 10, 13, 20];

/// A head with its marks.
struct Head {
    text: String,
    /// Numbers of the characters before which a phrase begins.
    phrases: Vec<usize>,
    /// Numbers of the characters before which a word of a compound begins.
    words: Vec<usize>,
}

impl Head {
    fn read(line: &str) -> Self {
        let mut head = Self { text: String::new(), phrases: Vec::new(), words: Vec::new() };
        for c in line.chars() {
            let at = head.text.chars().count();
            match c {
                '/' => head.phrases.push(at),
                '|' => head.words.push(at),
                _ => head.text.push(c),
            }
        }
        head
    }

    /// The phrase around a place.
    fn phrase(&self, place: usize) -> Range<usize> {
        let start = self.phrases.iter().rev().find(|at| **at <= place).copied().unwrap_or_default();
        let end = self.phrases.iter().find(|at| **at > place).copied();
        start..end.unwrap_or(self.text.chars().count())
    }

    /// Whether the phrase around a place is wider than a column.
    fn is_wide(&self, place: usize, ems: u8) -> bool {
        self.phrase(place).len() > usize::from(ems)
    }

    /// Whether the phrase around a place has to part in a column and nobody marked where: だまされないために in eight ems.
    fn is_unmarked(&self, place: usize, ems: u8) -> bool {
        let phrase = self.phrase(place);
        self.is_wide(place, ems) && !self.words.iter().any(|at| phrase.contains(at))
    }

    /// Where lines end in a column though no mark is there.
    fn strays(&self, ems: u8) -> Vec<usize> {
        let keeps = keeps(&self.text, &Names::default());
        let parted = Parted::new(self.text.chars().collect(), &Names::default());
        let ends = |place: &usize| {
            let keep = keeps[*place];
            parted.may_break(*place) && (keep == 0 || keep > ems)
        };
        let is_marked = |place: &usize| {
            self.phrases.contains(place)
                || self.words.contains(place) && self.is_wide(*place, ems)
                || self.is_unmarked(*place, ems)
        };
        (1..self.text.chars().count()).filter(ends).filter(|place| !is_marked(place)).collect()
    }
}

fn heads() -> Vec<Head> {
    HEADS.lines().filter(|line| !line.starts_with('#')).map(Head::read).collect()
}

#[test]
fn heads_part_where_an_editor_parts_them() {
    let heads = heads();
    assert_eq!(heads.len(), 200);
    let mut wrong: Vec<String> = Vec::new();
    for head in &heads {
        let strays: Vec<usize> = COLUMNS.iter().flat_map(|ems| head.strays(*ems)).collect();
        if !strays.is_empty() {
            let mut shown = String::new();
            for (at, c) in head.text.chars().enumerate() {
                shown.extend(strays.contains(&at).then_some('*'));
                shown.push(c);
            }
            wrong.push(shown);
        }
    }
    assert!(wrong.len() * 50 <= heads.len(), "{} of {}: {wrong:#?}", wrong.len(), heads.len());
}

/// Not to part at all would be right as well, and of no use.
#[test]
fn most_marks_of_heads_are_used() {
    let (mut marks, mut used) = (0, 0);
    for head in heads() {
        let keeps = keeps(&head.text, &Names::default());
        // a last phrase of three characters or fewer stays with the one before it
        let end = head.text.chars().count() - 4;
        let phrases = head.phrases.iter().filter(|place| **place <= end);
        marks += phrases.clone().count();
        used += phrases.filter(|place| keeps[**place] == 0).count();
    }
    assert!(used * 10 >= marks * 7, "{used} of {marks}");
}
