//! What a form of messages is: who reads it, and how it writes findings. The forms stand in `forms`.
//!
//! In: [`Facts`] and how people want them. Out: [`MessageForm`], which each form fills in its own file.

use super::facts::Facts;
use crate::check::table_rules::Verdicts;
use crate::diagnostic::Language;
use crate::proofing::inks::InkTable;

/// A form of messages.
#[derive(Debug)]
pub struct MessageForm {
    /// The name on the command line.
    pub name: &'static str,
    /// Who reads it, in Japanese, for the help.
    pub ja: &'static str,
    /// Who reads it, in English.
    pub en: &'static str,
    /// Who reads it.
    pub audience: Audience,
    /// All findings of a run, as one text.
    pub findings: fn(&Facts, Style) -> String,
    /// The inks of a PDF behind the findings; none where the form has no room for them.
    pub inks: Option<fn(&InkTable, Language) -> String>,
    /// The verdicts of `data --rules` behind the findings; none where findings are all that the form holds.
    pub verdicts: Option<fn(&Verdicts, Language) -> String>,
}

/// Who reads a form: people have findings on standard error, and progress and a summary beside them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// A person at a terminal.
    People,
    /// A program: findings on standard output and nothing else.
    Programs,
}

/// How messages are written.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Their language.
    pub language: Language,
    /// With colours.
    pub colour: bool,
}

/// Findings of one kind that are printed for people; more are counted: nobody reads a thousand.
pub(super) const MOST: usize = 20;

/// What is said of findings of a kind that are not printed: how many more there are.
pub(super) fn rest(facts: &Facts, language: Language) -> impl Iterator<Item = String> {
    let (_, rest) = facts.first_of_each(MOST);
    rest.into_iter().map(move |(code, count)| {
        let (id, all) = (code.id(), count + MOST);
        match language {
            Language::Japanese => format!("{id} はほかに {count} 件あります（全部で {all} 件）。"),
            Language::English => format!("{id}: {count} more ({all} in all)."),
        }
    })
}
