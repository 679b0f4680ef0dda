//! How far a ward's files are that are made one after the other: for those who wait for all of them.
//!
//! In: how many files are made, and each that is begun. Out: which one it is now.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::model::edition::{Edition, Reader};

/// The file that is made now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BundleStep {
    /// Its number, from 1.
    pub number: usize,
    /// How many files are made.
    pub count: usize,
    /// Its edition.
    pub edition: Edition,
    /// Whom it is for.
    pub reader: Reader,
}

/// What is made for each unit.
#[derive(Debug, Default)]
pub struct Bundles(Mutex<BTreeMap<String, BundleStep>>);

impl Bundles {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, BundleStep>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins to make files for `unit`, which is forgotten when they are made or nobody waits any more.
    pub fn begin(&self, unit: &str) -> Bundle<'_> {
        Bundle { bundles: self, unit: unit.to_owned() }
    }

    /// What is made for `unit` now; none where nothing is.
    #[must_use]
    pub fn of(&self, unit: &str) -> Option<BundleStep> {
        self.lock().get(unit).copied()
    }
}

/// Files of a unit that are under way.
#[derive(Debug)]
pub struct Bundle<'p> {
    bundles: &'p Bundles,
    unit: String,
}

impl Bundle<'_> {
    /// Says which file is made now.
    pub fn at(&self, step: BundleStep) {
        self.bundles.lock().insert(self.unit.clone(), step);
    }
}

impl Drop for Bundle<'_> {
    fn drop(&mut self) {
        self.bundles.lock().remove(&self.unit);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_is_known_until_it_is_made() {
        let bundles = Bundles::default();
        let step = BundleStep { number: 2, count: 12, edition: Edition::Press, reader: Reader::JaEasy };
        let begun = bundles.begin("西区");
        assert_eq!(bundles.of("西区"), None);
        begun.at(step);
        assert_eq!((bundles.of("西区"), bundles.of("南区")), (Some(step), None));
        drop(begun);
        assert_eq!(bundles.of("西区"), None);
    }
}
