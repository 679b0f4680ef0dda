//! What of a project is wanted.
//!
//! In: the words of a command line, or a page of the web. Out: [`Selection`], which `merge` makes jobs by.

use crate::model::edition::{Edition, Reader};
use crate::project::PublicationPlan;

/// Which of all files are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// Names of publications; empty for all.
    pub publications: Vec<String>,
    /// Units, by name or a part of it, code or romaji; empty for all.
    pub only: Vec<String>,
    /// Editions with their readers; empty for what the manifest says.
    pub editions: Vec<WantedEdition>,
}

/// An edition that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WantedEdition {
    /// For whom the file is made.
    pub edition: Edition,
    /// Who reads it; none for the first reader of each publication.
    pub reader: Option<Reader>,
}

impl WantedEdition {
    /// Whether it is the edition of `plan` for `reader`.
    pub(super) fn takes(self, plan: &PublicationPlan, edition: Edition, reader: Reader) -> bool {
        self.edition == edition && self.reader.or(plan.readers.first().copied()) == Some(reader)
    }
}
