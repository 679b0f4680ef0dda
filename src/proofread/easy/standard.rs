//! A standard of easy Japanese: a file of values and patterns with their source, built in or the project's own
//! (`layouts/proofread/easy/NAME.toml`).
//!
//! In: TOML. Out: [`EasyStandard`].

use std::collections::BTreeMap;

use regex::Regex;
use serde::{Deserialize, Deserializer};

use crate::diagnostic::{Code, Diagnostic, Say, Suggestion};
use crate::model::origin::Origin;
use crate::project::layout::LayoutFiles;
use crate::proofread::profile;
use crate::say;

/// The standard that is taken when none is named, and the only built-in one.
pub const DEFAULT: &str = "yokohama";

const BUILT_IN: &str = include_str!("yokohama.toml");

/// What is asked of easy Japanese.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EasyStandard {
    /// What it is, in Japanese.
    pub title: String,
    /// The documents that it is from.
    pub source: String,
    /// The most letters of a sentence; blanks and what stands in brackets are not counted.
    pub sentence: usize,
    /// The most commas of a sentence.
    pub commas: usize,
    /// The most letters of a page of A4.
    pub page: usize,
    /// How a sentence ends, before its stop.
    #[serde(deserialize_with = "pattern")]
    pub endings: Regex,
    /// Words in katakana.
    pub loans: LoanWords,
    /// Ways of saying things that are hard to read.
    #[serde(rename = "pattern")]
    pub patterns: Vec<WordingPattern>,
    /// Hard words with easier ones.
    pub words: BTreeMap<String, String>,
}

/// Words in katakana.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoanWords {
    /// From how many letters on they are asked for.
    pub letters: usize,
    /// Those that need no explanation.
    pub known: Vec<String>,
}

/// A way of saying things that is hard to read.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordingPattern {
    /// What is hard about it.
    pub kind: WordingKind,
    /// Where it stands in a sentence without blanks.
    #[serde(deserialize_with = "pattern")]
    pub find: Regex,
    /// What only looks like it.
    #[serde(default, deserialize_with = "some_pattern")]
    pub unless: Option<Regex>,
    /// How to say it.
    pub say: Advice,
}

/// How to say something, in both languages of the messages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    ja: String,
    en: String,
}

impl Advice {
    /// The same as a message.
    #[must_use]
    pub fn words(&self) -> Say {
        Say::new(self.ja.as_str(), self.en.as_str())
    }
}

/// What is hard about a way of saying things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WordingKind {
    /// A sentence says two things.
    TwoThings,
    /// It denies what is denied.
    DoubleNegative,
    /// It does not say who acts.
    Passive,
    /// Words of respect.
    Honorific,
    /// A date or a time in signs.
    Date,
    /// A sign for から and まで.
    Range,
    /// Nouns in a row for a sentence.
    Compound,
}

/// A regular expression.
fn pattern<'de, D: Deserializer<'de>>(given: D) -> Result<Regex, D::Error> {
    let text = String::deserialize(given)?;
    Regex::new(&text).map_err(serde::de::Error::custom)
}

fn some_pattern<'de, D: Deserializer<'de>>(given: D) -> Result<Option<Regex>, D::Error> {
    pattern(given).map(Some)
}

impl EasyStandard {
    /// The standard called `name`, which stands at `origin`: the project's own before the built-in one.
    ///
    /// # Errors
    /// A [`Diagnostic`] when there is none, or it cannot be read.
    pub fn find(files: &LayoutFiles, name: &str, origin: Option<&Origin>) -> Result<Self, Diagnostic> {
        let path = format!("proofread/easy/{name}.toml");
        let own = files.bytes(&path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let Some(text) = own.or_else(|| (name == DEFAULT).then(|| BUILT_IN.to_owned())) else {
            let message = say!(
                "やさしい日本語の基準「{name}」はありません。",
                "There is no standard of easy Japanese \"{name}\"."
            );
            let hint = Suggestion::of(name, [DEFAULT]).or(|| {
                say!(
                    "使えるもの：{DEFAULT}、または layouts/{path}",
                    "There is {DEFAULT}, or write layouts/{path}."
                )
            });
            return Err(Diagnostic::error(Code::ProofProfile, message).at(origin.cloned()).hint(hint));
        };
        profile::read(&path, text)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::project::files::Files;

    #[test]
    fn the_built_in_standard_can_be_read_and_names_its_source() {
        let files = LayoutFiles::new(Arc::new(Files::in_memory([("a", "")])));
        let standard = EasyStandard::find(&files, DEFAULT, None).expect("the built-in standard");
        assert!(standard.source.contains("横浜市") && standard.patterns.len() >= 10);
        let error = EasyStandard::find(&files, "yokohma", None).expect_err("no such standard");
        assert!(error.hints.iter().any(|hint| hint.en.contains(DEFAULT)), "{error:?}");
    }
}
