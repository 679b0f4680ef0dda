//! What sasshi has to say about the user's sources: typed findings in two languages, collected and never printed here.
//!
//! In: the stages make [`Diagnostic`]s where they know most. Out: an [`Outcome`] carries them beside the value;
//! `report` renders them.

pub mod codes;
pub mod suggestion;
pub mod system;

use std::collections::BTreeMap;

use crate::model::origin::Origin;

pub use codes::Code;
pub use suggestion::{Suggestion, nearest};

/// A sentence in both languages of the messages. Written side by side so that neither is forgotten.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Say {
    /// Japanese, as a ward clerk would read it.
    pub ja: String,
    /// English.
    pub en: String,
}

impl Say {
    /// Builds a sentence from its two versions.
    pub fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { ja: ja.into(), en: en.into() }
    }

    /// The sentence in `language`.
    #[must_use]
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::Japanese => &self.ja,
            Language::English => &self.en,
        }
    }
}

/// Builds a [`Say`] from two format strings with inline arguments.
#[macro_export]
macro_rules! say {
    ($ja:literal, $en:literal $(, $argument:expr)* $(,)?) => {
        $crate::diagnostic::Say::new(format!($ja $(, $argument)*), format!($en $(, $argument)*))
    };
}

/// The language of messages (not of the documents).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// 日本語.
    #[default]
    Japanese,
    /// English.
    English,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub enum Severity {
    /// Worth a look; the output is written.
    Warning,
    /// Wrong: what depends on it is not written.
    Error,
}

impl Severity {
    /// The name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One finding: what is wrong, where, and what to do.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The kind of finding.
    pub code: Code,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, as one sentence.
    pub message: Say,
    /// The place in the user's sources, when there is one.
    pub origin: Option<Origin>,
    /// What to do, most useful first.
    pub hints: Vec<Say>,
    /// What the cell should say, where that is all but certain: the page of ward staff offers it as a button.
    pub fix: Option<String>,
}

impl Diagnostic {
    /// An error.
    #[must_use]
    pub fn error(code: Code, message: Say) -> Self {
        Self { code, severity: Severity::Error, message, origin: None, hints: Vec::new(), fix: None }
    }

    /// A warning.
    #[must_use]
    pub fn warning(code: Code, message: Say) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// The same finding, placed.
    #[must_use]
    pub fn at(mut self, origin: impl Into<Option<Origin>>) -> Self {
        self.origin = origin.into();
        self
    }

    /// The same finding, mended when its cell says `words`.
    #[must_use]
    pub fn mended_by(mut self, words: impl Into<String>) -> Self {
        self.fix = Some(words.into());
        self
    }

    /// The same finding, mended when its cell says what is suggested, if anything is.
    #[must_use]
    pub fn mended_as(mut self, suggestion: Suggestion<'_>) -> Self {
        self.fix = suggestion.name.map(str::to_owned).or(self.fix);
        self
    }

    /// The same finding with what is probably meant, where that is known.
    #[must_use]
    pub fn suggest(mut self, suggestion: Suggestion<'_>) -> Self {
        self.hints.extend(suggestion.question());
        self
    }

    /// The same finding with one more piece of advice.
    #[must_use]
    pub fn hint(mut self, hint: Say) -> Self {
        self.hints.push(hint);
        self
    }
}

/// Findings of one kind that are kept one by one (of each directory, or file); more are counted.
pub const MOST_OF_A_KIND: usize = 1_000;

/// How many findings were counted and not kept.
pub type LeftOut = BTreeMap<(Code, Severity), usize>;

/// Keeps the first [`MOST_OF_A_KIND`] findings of each kind in each file and counts the others in `left_out`.
pub fn keep_first(diagnostics: &mut Vec<Diagnostic>, left_out: &mut LeftOut) {
    let mut kept: BTreeMap<(Code, Option<String>), usize> = BTreeMap::new();
    diagnostics.retain(|one| {
        let file = one.origin.as_ref().map(|origin| origin.source.path.clone());
        let count = kept.entry((one.code, file)).or_default();
        *count += 1;
        let keeps = *count <= MOST_OF_A_KIND;
        if !keeps {
            *left_out.entry((one.code, one.severity)).or_default() += 1;
        }
        keeps
    });
}

/// A value and what was found on the way to it.
#[derive(Debug, Clone)]
#[must_use]
pub struct Outcome<T> {
    /// The value; parts that have errors are absent from it or marked in it.
    pub value: T,
    /// The findings, in the order of the sources.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Outcome<T> {
    /// A value without findings.
    pub fn clean(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    /// Gives the value and moves the findings to `into`.
    pub fn collect(self, into: &mut Vec<Diagnostic>) -> T {
        into.extend(self.diagnostics);
        self.value
    }
}
