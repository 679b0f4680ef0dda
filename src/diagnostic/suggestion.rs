//! "Did you mean": the known name that is most like one that is not known.
//!
//! In: a name and the known ones. Out: [`Suggestion`], which becomes advice in a [`Diagnostic`](super::Diagnostic).

use super::say::Say;
use crate::say;

/// The known name that is probably meant, if one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suggestion<'n> {
    /// The name.
    pub name: Option<&'n str>,
    /// What is written before names of its kind.
    sign: &'static str,
}

impl<'n> Suggestion<'n> {
    /// The one of `known` that is most like `given`.
    #[must_use]
    pub fn of(given: &str, known: impl IntoIterator<Item = &'n str>) -> Self {
        Self { name: nearest(given, known), sign: "" }
    }

    /// One that was found otherwise.
    #[must_use]
    pub fn known(name: &'n str) -> Self {
        Self { name: Some(name), sign: "" }
    }

    /// The same, shown with `sign` before it, as its name is written.
    #[must_use]
    pub fn signed(self, sign: &'static str) -> Self {
        Self { sign, ..self }
    }

    /// The question, where there is a name.
    #[must_use]
    pub fn question(self) -> Option<Say> {
        let sign = self.sign;
        self.name.map(|name| say!("もしかして「{sign}{name}」ですか。", "Did you mean \"{sign}{name}\"?"))
    }

    /// The question, else what `otherwise` says.
    #[must_use]
    pub fn or(self, otherwise: impl FnOnce() -> Say) -> Say {
        self.question().unwrap_or_else(otherwise)
    }
}

/// The candidate most like `given`, if one is like it.
#[must_use]
pub fn nearest<'a>(given: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::normalized_damerau_levenshtein(given, candidate), candidate))
        .filter(|(likeness, _)| *likeness >= 0.5)
        // the first of equals: `max_by` would take the last
        .fold(None, |best: Option<(f64, &str)>, next| match best {
            Some(held) if held.0 >= next.0 => Some(held),
            _ => Some(next),
        })
        .map(|(_, candidate)| candidate)
}
