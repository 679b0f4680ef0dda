//! What sheets are made for, in words: 区, and as well 町内会, 学校, 病棟.
//!
//! In: `unit` of the master list in the manifest. Out: [`Unit`], from which messages, templates and headers take their
//! words.

/// The kind of unit that a project makes sheets for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit(String);

/// Words for units with what they are called in English.
const ENGLISH: &[(&str, &str)] = &[
    ("区", "ward"),
    ("市", "city"),
    ("町", "town"),
    ("村", "village"),
    ("地区", "district"),
    ("町内会", "neighbourhood association"),
    ("自治会", "residents' association"),
    ("学校", "school"),
    ("学区", "school district"),
    ("病棟", "hospital ward"),
];

/// The unit of the built-in schemas.
const WARD: &str = "区";

impl Default for Unit {
    fn default() -> Self {
        Self(WARD.to_owned())
    }
}

impl Unit {
    /// The unit called `word` in Japanese.
    #[must_use]
    pub fn new(word: &str) -> Self {
        Self(word.to_owned())
    }

    /// The word in Japanese.
    #[must_use]
    pub fn ja(&self) -> &str {
        &self.0
    }

    /// The word in English; the Japanese one where no other is known.
    #[must_use]
    pub fn en(&self) -> &str {
        ENGLISH.iter().find(|(word, _)| *word == self.0).map_or(&self.0, |(_, english)| english)
    }

    /// A header of a built-in schema with the word of this unit for 区: 区名 is 町内会名.
    #[must_use]
    pub fn header(&self, known: &str) -> String {
        known.strip_prefix(WARD).map_or_else(|| known.to_owned(), |rest| format!("{}{rest}", self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_of_the_unit() {
        let association = Unit::new("町内会");
        assert_eq!(association.header("区名"), "町内会名");
        assert_eq!(association.header("よみ"), "よみ");
        assert_eq!((association.en(), Unit::default().en()), ("neighbourhood association", "ward"));
        assert_eq!(Unit::new("寮").en(), "寮");
    }
}
