//! What the manifest says for all publications, as pieces.
//!
//! In: the words of the manifest. Out: a piece for each that some page is to show.

use super::super::pieces::At;
use super::Viewer;
use crate::model::edition::Edition;
use crate::model::piece::PieceKind;
use crate::project::manifest_words::ManifestWords;

impl Viewer<'_> {
    /// Names what the manifest says for all publications as pieces: some page of some of them shows it.
    pub(super) fn name_manifest(&mut self) {
        for ManifestWords { key, words, origin } in &self.project.words {
            if !self.is_of_job(key) {
                continue;
            }
            let origin = self.origin(origin.clone());
            self.close(origin);
            let ways: Vec<&str> =
                [words.as_str()].into_iter().chain(other_form(&self.project.words, key)).collect();
            self.pieces.add_one_of(At::origin(origin), PieceKind::Manifest(key.clone()), &ways);
        }
    }

    /// Whether a value of the manifest is for this job: one for its reader, or one that its reader has no other words for;
    /// the title of its own publication, where no docket bears it.
    fn is_of_job(&self, key: &str) -> bool {
        let (publication, reader) = (self.publication, self.publication.reader);
        let own = key.strip_prefix("reader.").map(|key| key.strip_prefix(reader.name()));
        let place = match own {
            Some(own) => match own.and_then(|key| key.strip_prefix('.')) {
                // what is asked for is no fault of who wrote it
                Some(place) if self.project.asks(reader, place) => return false,
                Some(place) => place,
                None => return false,
            },
            None if self.project.words_for(reader).is_some_and(|words| words.get(key).is_some()) => {
                return false;
            }
            None => key,
        };
        let plan = &publication.plan;
        let has_docket = plan.editions.iter().any(|edition| edition.pages() == Edition::Press);
        match place.strip_prefix("publication.").and_then(|place| place.strip_suffix(".title")) {
            Some(name) => name == plan.name.value && !has_docket,
            None => true,
        }
    }
}

/// The other form of the help words at `key`: how many offices stand on a page decides which of the two is printed.
fn other_form<'w>(words: &'w [ManifestWords], key: &str) -> Option<&'w str> {
    let (table, name) = key.rsplit_once('.')?;
    let other = match name {
        "help" => "short-help",
        "short-help" => "help",
        _ => return None,
    };
    let other = format!("{table}.{other}");
    words.iter().find(|one| one.key == other).map(|one| one.words.as_str())
}
