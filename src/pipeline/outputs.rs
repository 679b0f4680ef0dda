//! What a run leaves in `output/`: which files are asked for, which are so no longer, which one to open first.
//!
//! In: the publications and the facts of a run. Out: paths; files that are held.

use std::collections::BTreeSet;

use super::{Prepared, task};
use crate::merge::Publication;
use crate::model::edition::Edition;
use crate::output::{FOLDER, Sink};
use crate::report::facts::{Facts, FileFact, FileState};
use crate::report::json;
use crate::say;

/// All outputs that the sources ask for, whether they could be made or not.
pub(super) fn wanted(publications: &[Publication], facts: &Facts) -> BTreeSet<String> {
    let mut wanted: BTreeSet<String> = facts.files.iter().map(|file| file.path.clone()).collect();
    wanted.extend(facts.files.iter().map(|file| file.path.replace(".pdf", ".png")));
    for publication in publications {
        wanted.insert(task::path(publication, "docket"));
        let name = &publication.plan.name.value;
        wanted.insert(format!("{FOLDER}/{name}/{name}.zip"));
    }
    wanted.insert(format!("{FOLDER}/{}", json::NAME));
    wanted
}

/// Files of earlier runs that are no longer asked for. Who asks for a part, or whose manifest has a fault, cannot tell.
pub(super) fn gone(
    wanted: &BTreeSet<String>,
    prepared: &Prepared,
    facts: &Facts,
    sink: &dyn Sink,
) -> Vec<String> {
    let is_sure = prepared.is_whole && facts.counts().errors == 0 && sink.keeps();
    let Some(cache) = sink.cache().filter(|_| is_sure) else { return Vec::new() };
    cache.gone(&wanted.iter().map(String::as_str).collect())
}

/// The PDF to look at first: of the first publication of which one was made, all of it in one file where there is such;
/// files for the press only where there are no others.
pub(super) fn to_open(publications: &[Publication], facts: &Facts) -> Option<String> {
    let is_made = |path: &String| {
        facts.files.iter().any(|file| file.path == *path && matches!(file.state, FileState::Made))
    };
    let is_for_press =
        |publication: &&Publication| matches!(publication.edition, Edition::Press | Edition::Imposed);
    let first = publications.iter().filter(|publication| !is_for_press(publication));
    first.chain(publications.iter().filter(is_for_press)).find_map(|publication| {
        let mut jobs: Vec<_> = publication.jobs.iter().collect();
        jobs.sort_by_key(|job| !job.combined);
        jobs.into_iter().map(|job| task::path(publication, &job.stem)).find(is_made)
    })
}

/// The files were made and are not kept: the run was to be clean (`--strict`).
pub(super) fn drop_files(facts: &mut Facts, sink: &dyn Sink) {
    for file in &mut facts.files {
        if matches!(file.state, FileState::Made) {
            let why = say!(
                "--strict なので、直すところがある間は作りません。",
                "With --strict nothing is made while there are findings."
            );
            file.state = FileState::Held { why, older_is_there: sink.has(&file.path) };
        }
    }
}

/// The docket that could not be made beside press files that were.
pub(super) fn without_docket(path: String, sink: &dyn Sink) -> FileFact {
    let why = say!(
        "作業指示書に直すところがあるため、作りませんでした。前の指示書は、新しいファイルのものではありません。",
        "The docket has a fault and was not made; an older one is not of the new files."
    );
    let state = FileState::Held { why, older_is_there: sink.has(&path) };
    FileFact::without_pages(path, state)
}
