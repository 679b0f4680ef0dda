//! Names that no line parts.
//!
//! In: names of units and offices, words of the project's list. Out: where they stand in a text.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Names by their first two characters, so that a text is searched once for all of them.
#[derive(Debug, Default)]
pub struct Names {
    by_head: HashMap<[char; 2], HashSet<Vec<char>>>,
}

impl Names {
    /// A list of `names`; blanks in them count.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        let mut list = Self::default();
        for name in names {
            list.add(name);
        }
        list
    }

    /// Takes in a name.
    pub fn add(&mut self, name: &str) {
        let name: Vec<char> = name.trim().chars().collect();
        // one of a single character has nothing to part
        let &[first, second, ..] = name.as_slice() else { return };
        self.by_head.entry([first, second]).or_default().insert(name);
    }

    /// The places of names in a text, by characters; a name may hold another one.
    pub(super) fn find(&self, text: &[char]) -> impl Iterator<Item = Range<usize>> {
        (0..text.len().saturating_sub(1)).flat_map(move |start| {
            let known = self.by_head.get(&[text[start], text[start + 1]]).into_iter().flatten();
            let found = known.filter(move |name| text[start..].starts_with(name));
            found.map(move |name| start..start + name.len())
        })
    }
}
