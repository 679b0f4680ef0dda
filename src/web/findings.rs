//! What is said of data in the words of people: the place of a finding, what it is, and what to do.
//!
//! In: diagnostics. Out: a line for each, in Japanese.

use crate::diagnostic::Diagnostic;
use crate::model::origin::Place;

/// The words of findings, each with its place and what to do, for people.
#[must_use]
pub fn words(diagnostics: &[Diagnostic]) -> Vec<String> {
    let place = |one: &Diagnostic| match one.origin.as_ref().map(|origin| &origin.place) {
        Some(Place::Cell { row, header, .. }) => format!("{row}行目「{header}」："),
        Some(Place::File | Place::Text { .. }) | None => String::new(),
    };
    let hints = |one: &Diagnostic| one.hints.iter().map(|hint| hint.ja.clone()).collect::<String>();
    diagnostics.iter().map(|one| format!("{}{}{}", place(one), one.message.ja, hints(one))).collect()
}
