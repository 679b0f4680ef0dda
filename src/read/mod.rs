//! Stage 1: bytes to [`Manuscript`]. Every cell and paragraph keeps its place in the user's files.

pub mod attributes;
pub mod blemish;
pub mod compound;
pub mod delimited;
pub mod directory;
pub mod ditto;
pub mod draft;
pub mod encode;
pub mod encoding;
pub mod encoding_guess;
pub mod example;
pub mod extent;
pub mod file_kind;
pub mod files;
pub mod front_matter;
pub mod grid;
pub mod header;
pub mod header_doubt;
pub mod infer;
pub mod joining;
pub mod kind;
pub mod known;
pub mod left_out;
pub mod number_format;
pub mod ods;
pub mod raw;
pub mod row_width;
pub mod ruby;
pub mod sheet_choice;
pub mod sheet_content;
pub mod shown;
pub mod sources;
pub mod survey;
pub mod text;
pub mod unit_corrections;
pub mod workbook;
pub mod workbook_cell;
pub mod workbook_file;
pub mod xls_extent;
pub mod xls_looks;
pub mod xlsx;
pub mod xml;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Outcome, Severity};
use crate::model::directory::Directory;
use crate::model::text::Chapter;
use crate::project::Project;

/// Endings of files that hold text.
const TEXT_ENDINGS: &[&str] = &["md"];

/// Everything the sources hold, as written.
#[derive(Debug)]
pub struct Manuscript {
    /// Directories by name.
    pub directories: BTreeMap<String, Directory>,
    /// Chapters by path; each file is read once, however many publications use it.
    pub chapters: BTreeMap<String, Arc<Chapter>>,
    /// For each publication, the paths of its chapters in order.
    pub texts: BTreeMap<String, Vec<String>>,
    /// Directories of which a file or a row could not be read.
    pub incomplete: BTreeSet<String>,
    /// Publications of which a text file could not be found or read.
    pub incomplete_texts: BTreeSet<String>,
    /// Chapters with faults, by path.
    pub faulty: BTreeSet<String>,
}

/// Reads all sources of `project`.
pub fn manuscript(project: &Project) -> Outcome<Manuscript> {
    let mut diagnostics = Vec::new();
    let mut manuscript = Manuscript {
        directories: BTreeMap::new(),
        chapters: BTreeMap::new(),
        texts: BTreeMap::new(),
        incomplete: BTreeSet::new(),
        incomplete_texts: BTreeSet::new(),
        faulty: BTreeSet::new(),
    };
    for plan in &project.directories {
        let read = sources::directory(&project.files, plan);
        if read.diagnostics.iter().any(|finding| finding.severity == Severity::Error) {
            manuscript.incomplete.insert(plan.name.clone());
        }
        let directory = read.collect(&mut diagnostics);
        manuscript.directories.insert(plan.name.clone(), directory);
    }
    for publication in &project.publications {
        let mut paths = Vec::new();
        for text in &publication.text {
            let found = files::find(&project.files, text, TEXT_ENDINGS).collect(&mut diagnostics);
            let mut complete = !found.is_empty();
            for path in found {
                if !manuscript.chapters.contains_key(&path) {
                    let before = diagnostics.len();
                    match files::text(&project.files, &path).collect(&mut diagnostics) {
                        Some(source) => {
                            let chapter = text::chapter(&source).collect(&mut diagnostics);
                            manuscript.chapters.insert(path.clone(), Arc::new(chapter));
                        }
                        None => complete = false,
                    }
                    if diagnostics[before..].iter().any(|finding| finding.severity == Severity::Error) {
                        manuscript.faulty.insert(path.clone());
                    }
                }
                if !paths.contains(&path) {
                    paths.push(path);
                }
            }
            if !complete {
                manuscript.incomplete_texts.insert(publication.name.value.clone());
            }
        }
        manuscript.texts.insert(publication.name.value.clone(), paths);
    }
    for publication in &project.unasked {
        // its texts are not read, so nothing is told of those that are missing
        let found =
            publication.text.iter().flat_map(|text| files::find(&project.files, text, TEXT_ENDINGS).value);
        let shared = found.filter(|path| manuscript.chapters.contains_key(path)).collect();
        manuscript.texts.insert(publication.name.value.clone(), shared);
    }
    Outcome { value: manuscript, diagnostics }
}
