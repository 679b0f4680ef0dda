//! What the rules set aside in one directory: records, and the units whose sheets depend on them.

use std::collections::BTreeSet;

/// What was set aside in one directory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aside {
    /// Indices of records with errors: later stages have `CheckedDirectory`, which knows them.
    pub(super) records: BTreeSet<usize>,
    /// Wards whose own sheets must not be written.
    pub wards: BTreeSet<String>,
    /// Something is missing that no record shows (an unreadable row, a ward without a row).
    pub gaps: bool,
}

impl Aside {
    /// Whether a list of all records would be incomplete.
    #[must_use]
    pub fn touches_lists(&self) -> bool {
        self.gaps || !self.records.is_empty()
    }
}
