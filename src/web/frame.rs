//! What every page has around it: language, title, who is there; and the words that change with the name of the units.

use super::desk::Overview;
use super::visitor::Visitor;
use crate::diagnostic::{Language, Say};
use crate::model::edition::Reader;

/// The surroundings of a page.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The head of the page.
    pub heading: String,
    /// The title of the publication.
    pub title: String,
    /// Who is there; empty where nobody needs to say.
    pub who: String,
    /// Whether the pages of the coordinator are open.
    pub is_coordinator: bool,
    /// The path of the page.
    pub path: String,
    language: Language,
    date: String,
    unit: Say,
}

impl Frame {
    /// The surroundings of the page at `path`.
    #[must_use]
    pub fn new(overview: &Overview, visitor: &Visitor, path: &str) -> Self {
        let (date, language) = (overview.date, visitor.language);
        let date = match language {
            Language::Japanese => format!("{}年{}月{}日の版", date.year, date.month, date.day),
            Language::English => format!("Edition of {}-{:02}-{:02}", date.year, date.month, date.day),
        };
        Self {
            heading: overview.title.clone(),
            title: overview.title.clone(),
            who: visitor.shown(),
            is_coordinator: visitor.is_coordinator,
            path: path.to_owned(),
            language,
            date,
            unit: Say::new(overview.unit.ja(), overview.unit.en()),
        }
    }

    /// The same with another head.
    #[must_use]
    pub fn headed(self, heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), ..self }
    }

    /// The sentence of the language.
    #[must_use]
    pub fn w<'a>(&self, ja: &'a str, en: &'a str) -> &'a str {
        if self.language == Language::Japanese { ja } else { en }
    }

    /// The sentence of the language, with the name of the units for `{}`.
    #[must_use]
    pub fn of_unit(&self, ja: &str, en: &str) -> String {
        self.w(ja, en).replace("{}", self.unit.in_language(self.language))
    }

    /// The words of a button that writes `words` into a cell.
    #[must_use]
    pub fn fix(&self, words: &str) -> String {
        match self.language {
            Language::Japanese => format!("「{words}」に直す"),
            Language::English => format!("Write \"{words}\""),
        }
    }

    /// The language for `lang`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        if self.language == Language::Japanese { "ja" } else { "en" }
    }

    /// The language.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The edition that is made.
    #[must_use]
    pub fn edition(&self) -> &str {
        &self.date
    }

    /// What a reader is called.
    #[must_use]
    pub fn reader(&self, reader: Reader) -> &'static str {
        reader_title(reader, self.language)
    }
}

/// What `reader` is called in `language`.
#[must_use]
pub fn reader_title(reader: Reader, language: Language) -> &'static str {
    let (ja, en) = match reader {
        Reader::Ja => ("日本語", "Japanese"),
        Reader::JaEasy => ("やさしい日本語", "Easy Japanese"),
        Reader::En => ("English", "English"),
        Reader::Mono => ("白黒", "Black only"),
    };
    if language == Language::Japanese { ja } else { en }
}
