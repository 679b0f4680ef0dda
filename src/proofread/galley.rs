//! A file as it is handed to the rules.
//!
//! In: what was set and laid out, and what is asked of it. Out: [`Galley`].

use std::collections::{BTreeMap, BTreeSet};

use super::easy::standard::EasyStandard;
use super::profile::ProofProfile;
use crate::model::composition::{Composition, TextCharacter};
use crate::model::edition::Reader;
use crate::model::origin::{Origin, Place};
use crate::pdf::raster::Bitmap;

/// A file to proofread.
#[derive(Debug, Clone, Copy)]
pub struct Galley<'p> {
    /// Its text, line by line.
    pub composition: &'p Composition,
    /// The place of each number of an origin.
    pub origins: &'p [Origin],
    /// Who reads it.
    pub reader: Reader,
    /// What is asked of it.
    pub profile: &'p ProofProfile,
    /// What is asked of it if it is in easy Japanese.
    pub easy: &'p EasyStandard,
    /// Pictures of its pages, from the left edge of the trim; none where they were not drawn.
    pub pictures: &'p [Bitmap],
    /// Words that are to be written otherwise: the wrong spelling and the right one.
    pub words: &'p BTreeMap<String, String>,
    /// Names of rules that are not asked.
    pub off: &'p BTreeSet<String>,
}

impl Galley<'_> {
    /// Whether somebody wrote a character for reading: what has no origin is the layout's own.
    pub(super) fn is_written(&self, character: &TextCharacter) -> bool {
        character.origin.is_some() && !self.is_data(character)
    }

    /// Whether a character is of a directory: its cells are data, and judged as such.
    pub(super) fn is_data(&self, character: &TextCharacter) -> bool {
        let origin = character.origin.and_then(|origin| self.origins.get(origin));
        matches!(origin.map(|origin| &origin.place), Some(Place::Cell { .. }))
    }
}
