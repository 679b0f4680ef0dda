//! Long compounds of one script, which no change of script and no boundary of the model parts.
//!
//! In: a word of a text. Out: its parts: pairs of ideographs (地域・福祉・保健・計画), and of カナ two words where the model is nearest to
//! a boundary.

use std::ops::Range;

use super::super::jlreq::{cannot_begin, is_ideograph, is_katakana};
use super::{Parted, parts, scores};

/// A run of so many ideographs is of three words or more.
const IDEOGRAPHS: usize = 6;
/// A run of so many カナ is of two words mostly.
const KATAKANA: usize = 7;

impl Parted {
    /// The parts of a word that is one long run, with what follows the run; else the word.
    pub(super) fn parts_of_run(&self, word: Range<usize>) -> Vec<Range<usize>> {
        let letters = &self.characters[word.clone()];
        let count = |is: fn(char) -> bool| letters.iter().take_while(|c| is(**c)).count();
        let (ideographs, katakana) = (count(is_ideograph), count(is_katakana));
        if ideographs >= IDEOGRAPHS {
            // the last word of an odd run has three: 協議会, 委員会
            let last = ideographs - 2 - ideographs % 2;
            let is_pair = |place: usize| {
                let at = place - word.start;
                at <= last && at.is_multiple_of(2)
            };
            return parts(word.clone(), is_pair);
        }
        if katakana >= KATAKANA {
            let inner = word.start + 2..=word.start + katakana - 2;
            let nearest = inner
                .filter(|place| !cannot_begin(self.characters[*place]))
                .max_by_key(|place| scores::score(&self.characters, *place));
            return parts(word, |place| Some(place) == nearest);
        }
        vec![word]
    }
}
