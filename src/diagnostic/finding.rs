//! A finding: what is wrong, where and what to do; and a value with the findings on the way to it.
//!
//! In: a code and a sentence. Out: [`Diagnostic`], with its place, advice and fix, and [`Outcome`].

use super::codes::Code;
use super::say::Say;
use super::suggestion::Suggestion;
use crate::model::origin::Origin;

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
