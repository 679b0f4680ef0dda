//! The other direction of the law: what stands on the pages went in. Words that neither the data nor the layout has, and
//! numbers that are in no piece and count nothing, were made by nobody.
//!
//! In: a job's pieces and data, what landed, the layout's own words. Out: words that are foreign, by place. A word is what
//! stands between signs and spaces; it may be put together of several that are known (`18` and `区`).

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use rustc_hash::FxBuildHasher;

use crate::model::piece::{Landed, PieceKind, Pieces, Run};
use crate::model::unseen;
use crate::typeset::LaidOut;
use crate::typeset::words::LayoutWords;

/// Words in the place of a piece, or outside of all, that nobody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignWords {
    /// The number of the origin in whose mark they stand.
    pub origin: Option<usize>,
    /// The page of the first of them, from 1.
    pub page: usize,
    /// The words.
    pub words: Vec<String>,
    /// Whether they stand where a cell is printed.
    pub in_cell: bool,
}

/// Longer words are not taken apart: nobody puts them together.
const LONGEST: usize = 400;

/// What words on a page may be made of.
struct Sources<'s> {
    words: &'s LayoutWords,
    data: &'s str,
    /// The data without white space; made when it is asked for.
    solid: OnceCell<String>,
    /// The greatest number that a page may count to.
    most: usize,
    /// Words that were found.
    known: HashSet<String>,
}

/// What is said of the origin in whose mark words stand.
#[derive(Default)]
struct Own {
    /// Its words without white space, a line each.
    words: String,
    /// Whether it is a cell, whose mark holds that cell and what the layout says of it.
    is_cell: bool,
}

/// The words on the pages of `laid_out` that nobody wrote.
#[must_use]
pub fn foreign(laid_out: &LaidOut, landed: &Landed, words: &LayoutWords) -> Vec<ForeignWords> {
    let pages = landed.runs.last().map_or(0, |run| run.page);
    let mut sources = Sources {
        words,
        data: &laid_out.input.data,
        solid: OnceCell::new(),
        most: pages.max(laid_out.pieces.list.len()),
        known: HashSet::new(),
    };
    let own = own_words(&laid_out.pieces);
    let nothing = Own::default();
    let mut found: BTreeMap<(Option<usize>, usize), ForeignWords> = BTreeMap::new();
    for stretch in stretches(landed) {
        let own = stretch.origin.and_then(|origin| own.get(&origin)).unwrap_or(&nothing);
        for word in stretch.text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            if sources.explain(word, own) {
                continue;
            }
            let known = found.entry((stretch.origin, stretch.page)).or_insert_with(|| ForeignWords {
                origin: stretch.origin,
                page: stretch.page,
                words: Vec::new(),
                in_cell: own.is_cell,
            });
            if !known.words.iter().any(|other| other == word) {
                known.words.push(word.to_owned());
            }
        }
    }
    // what stands at the head of each page is said once
    let mut said: BTreeSet<(Option<usize>, Vec<String>)> = BTreeSet::new();
    found.into_values().filter(|one| said.insert((one.origin, one.words.clone()))).collect()
}

/// All text of a mark on a page, or all of a page that stands outside of marks.
struct Stretch {
    origin: Option<usize>,
    page: usize,
    text: String,
}

fn stretches(landed: &Landed) -> impl Iterator<Item = Stretch> {
    let mut order = Vec::new();
    let mut texts: HashMap<(Option<usize>, usize), String, FxBuildHasher> = HashMap::default();
    let mut start = 0;
    for run in &landed.runs {
        let key = (run.mark, run.page);
        let text = texts.entry(key).or_insert_with(|| {
            order.push(key);
            String::new()
        });
        text.push_str(&landed.text[start..run.end]);
        start = run.end;
    }
    let origin = |mark: Option<usize>| mark.and_then(|mark| landed.marks.get(mark)).map(|mark| mark.origin);
    order.into_iter().map(move |key| Stretch {
        origin: origin(key.0),
        page: key.1,
        text: texts.remove(&key).unwrap_or_default(),
    })
}

/// For each origin the words of its pieces.
fn own_words(pieces: &Pieces) -> HashMap<usize, Own, FxBuildHasher> {
    let mut own: HashMap<usize, Own, FxBuildHasher> = HashMap::default();
    for piece in &pieces.list {
        let known = own.entry(piece.origin).or_default();
        known.is_cell |= matches!(piece.kind, PieceKind::Cell(_));
        for form in &piece.forms {
            let readings = form.iter().filter_map(|run| match run {
                Run::Ruby { reading, .. } => Some(reading.as_str()),
                Run::Words(_) => None,
            });
            let readings: Vec<&str> = readings.collect();
            for words in form.iter().map(Run::words) {
                if unseen::may_have_gaps(words.as_bytes()) {
                    known.words.extend(words.chars().filter(|c| !c.is_whitespace()));
                } else {
                    known.words.push_str(words);
                }
            }
            known.words.push('\n');
            let bases = form.iter().filter_map(|run| match run {
                Run::Ruby { base, .. } => Some(base.as_str()),
                Run::Words(_) => None,
            });
            for line in readings.into_iter().chain(bases) {
                known.words.push_str(line);
                known.words.push('\n');
            }
        }
    }
    own
}

impl Sources<'_> {
    /// Whether `word` in the mark of `own` came from somewhere.
    fn explain(&mut self, word: &str, own: &Own) -> bool {
        if own.words.contains(word) || self.words.has(word) || (!own.is_cell && self.known.contains(word)) {
            return true;
        }
        let explained = self.is_whole(word, own) || self.is_made_of_parts(word, own);
        if explained && !own.is_cell {
            self.known.insert(word.to_owned());
        }
        explained
    }

    /// Whether a whole word is known.
    fn is_whole(&self, word: &str, own: &Own) -> bool {
        own.words.contains(word)
            || self.words.has(word)
            || (!own.is_cell && (self.is_count(word) || self.is_in_data(word)))
    }

    fn is_in_data(&self, word: &str) -> bool {
        self.data.contains(word) || self.solid().contains(word)
    }

    fn solid(&self) -> &str {
        self.solid.get_or_init(|| self.data.chars().filter(|c| !c.is_whitespace()).collect())
    }

    /// A number that counts pages, places or pieces.
    fn is_count(&self, word: &str) -> bool {
        let counts = word.parse::<usize>().is_ok_and(|number| number <= self.most);
        counts || word.chars().all(|c| c.is_numeric() && !c.is_ascii())
    }

    /// Whether the word is known words in a row, each of two characters at least, or all of one that is said.
    fn is_made_of_parts(&self, word: &str, own: &Own) -> bool {
        let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
        if ends.len() > LONGEST {
            return false;
        }
        // a number is one number
        let parts_digits = |at: usize| {
            let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            is_digit(word[..at].chars().next_back()) && is_digit(word[at..].chars().next())
        };
        let mut reached = vec![false; ends.len()];
        reached[0] = true;
        for from in 0..ends.len() - 1 {
            if !reached[from] || parts_digits(ends[from]) {
                continue;
            }
            let single = &word[ends[from]..ends[from + 1]];
            let is_own = || own.words.lines().any(|line| line == single);
            // a word and its reading, in the notation of ruby
            let has_ruby =
                || self.data.contains(&format!("{{{single}|")) || self.data.contains(&format!("|{single}}}"));
            if !own.is_cell && has_ruby() {
                reached[from + 1] = true;
            }
            if self.words.has_whole(single) || is_own() || (!own.is_cell && self.is_count(single)) {
                reached[from + 1] = true;
            }
            for to in from + 2..ends.len() {
                // what is not there is not there with more behind it either
                if !self.is_whole(&word[ends[from]..ends[to]], own) {
                    break;
                }
                reached[to] = true;
            }
        }
        reached[ends.len() - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explained(word: &str, own: &str, is_cell: bool) -> bool {
        let words = LayoutWords::from_texts(&["内線", "全国地方公共団体コード", "区", "件"]);
        let mut sources = Sources {
            words: &words,
            data: "{\"v\":\"鶴見区 見本町\",\"w\":\"hello world\"}",
            solid: OnceCell::new(),
            most: 30,
            known: HashSet::new(),
        };
        sources.explain(word, &Own { words: own.to_owned(), is_cell })
    }

    #[test]
    fn words_of_the_piece_the_layout_and_the_data_are_known() {
        for word in
            ["045", "内線123", "鶴見区", "鶴見区見本町", "helloworld", "コード", "18区", "18", "全18件"]
        {
            let own = "045-671-1234123\n全\n";
            assert!(explained(word, own, false), "{word}");
        }
    }

    #[test]
    fn what_nobody_wrote_is_foreign() {
        for word in ["none", "図", "31", "Figure", "港北区"] {
            assert!(!explained(word, "045-671-1234", false), "{word}");
        }
        // in the mark of a cell stands that cell, and nothing of another
        for word in ["鶴見区", "18", "046", "671045"] {
            assert!(!explained(word, "045-671-1234", true), "{word}");
        }
        assert!(explained("内線", "045-671-1234", true));
    }
}
