//! Stage 1: bytes to [`Manuscript`]. Every cell and paragraph keeps its place in the user's files.

mod apart;
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
mod encoding_standard;
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
mod note;
pub mod number_format;
pub mod ods;
pub mod raw;
pub mod readings;
mod row_reader;
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

use crate::diagnostic::{Code, Diagnostic, Outcome, Severity};
use crate::model::directory::Directory;
use crate::model::edition::Reader;
use crate::model::readings::Readings;
use crate::model::text::Chapter;
use crate::project::{Placed, Project, PublicationPlan};
use crate::say;

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
    /// The project's own table of readings.
    pub readings: Readings,
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
        readings: readings::readings(project).collect(&mut diagnostics),
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
        // texts in a reader's own words that their entries name without the text they stand for
        let mut alone: Vec<(&Placed, String)> = Vec::new();
        for text in &publication.text {
            let found = files::find(&project.files, text, TEXT_ENDINGS).collect(&mut diagnostics);
            let mut complete = !found.is_empty();
            let (own, found): (Vec<_>, Vec<_>) =
                found.into_iter().partition(|path| Reader::of_text(path).is_some());
            if found.is_empty() {
                alone.extend(own.into_iter().map(|path| (text, path)));
            }
            for path in found {
                complete &= manuscript.add_text(project, &path, &mut diagnostics);
                let own = publication.readers.iter().filter_map(|reader| reader.text_path(&path));
                for own in own.filter(|own| project.files.is_file(own)) {
                    complete &= manuscript.add_text(project, &own, &mut diagnostics);
                }
                if !paths.contains(&path) {
                    paths.push(path);
                }
            }
            if !complete {
                manuscript.incomplete_texts.insert(publication.name.value.clone());
            }
        }
        for (text, path) in alone {
            let Some(main) = Reader::main_path(&path).filter(|main| !paths.contains(main)) else { continue };
            diagnostics.push(without_main(text, &path, &main));
            manuscript.incomplete_texts.insert(publication.name.value.clone());
        }
        manuscript.texts.insert(publication.name.value.clone(), paths);
    }
    for publication in &project.unasked {
        // its texts are not read, so nothing is told of those that are missing
        let found =
            publication.text.iter().flat_map(|text| files::find(&project.files, text, TEXT_ENDINGS).value);
        let shared = found.filter(|path| manuscript.chapters.contains_key(path));
        let shared = shared.filter(|path| Reader::of_text(path).is_none()).collect();
        manuscript.texts.insert(publication.name.value.clone(), shared);
    }
    Outcome { value: manuscript, diagnostics }
}

/// A text in a reader's own words, of which nothing is made without the text that it stands for.
fn without_main(text: &Placed, path: &str, main: &str) -> Diagnostic {
    Diagnostic::error(
        Code::SourceMissing,
        say!(
            "「{path}」は、ある読み手のための言葉で書いた文書です。もとの文書「{main}」がないと、どこにも載りません。",
            "\"{path}\" is a text in the words of one reader: without the text it stands for, \"{main}\", it is in no file."
        ),
    )
    .at(text.origin.clone())
    .hint(say!(
        "text には「{main}」を書きます。「{path}」は、その読み手の版で自動的に使われます。",
        "Name \"{main}\" in text; \"{path}\" is then used for its reader by itself."
    ))
}

impl Manuscript {
    /// Reads the text at `path`, once; whether it could be read.
    fn add_text(&mut self, project: &Project, path: &str, diagnostics: &mut Vec<Diagnostic>) -> bool {
        if self.chapters.contains_key(path) {
            return true;
        }
        let before = diagnostics.len();
        let source = files::text(&project.files, path).collect(diagnostics);
        let is_read = source.is_some();
        if let Some(source) = source {
            let chapter = text::chapter(&source).collect(diagnostics);
            self.chapters.insert(path.to_owned(), Arc::new(chapter));
        }
        if diagnostics[before..].iter().any(|finding| finding.severity == Severity::Error) {
            self.faulty.insert(path.to_owned());
        }
        is_read
    }

    /// The paths of the chapters of `publication` as `reader` gets them.
    #[must_use]
    pub fn texts_for(&self, publication: &str, reader: Reader) -> Vec<&str> {
        let own = |path: &String| {
            let own = reader.text_path(path)?;
            self.chapters.get_key_value(&own).map(|(path, _)| path.as_str())
        };
        let paths = self.texts.get(publication).into_iter().flatten();
        paths.map(|path| own(path).unwrap_or(path)).collect()
    }

    /// All chapters of a publication that could be read, those in the words of its readers too.
    #[must_use]
    pub fn chapters_of(&self, publication: &PublicationPlan) -> Vec<&Chapter> {
        self.texts_of(publication).filter_map(|path| self.chapters.get(path)).map(AsRef::as_ref).collect()
    }

    /// The paths of all chapters of a publication, those in the words of its readers too.
    pub fn texts_of<'m>(&'m self, publication: &'m PublicationPlan) -> impl Iterator<Item = &'m str> {
        let readers = publication.readers.iter();
        let mut paths: Vec<&str> =
            readers.flat_map(|reader| self.texts_for(&publication.name.value, *reader)).collect();
        paths.extend(self.texts.get(&publication.name.value).into_iter().flatten().map(String::as_str));
        paths.sort_unstable();
        paths.dedup();
        paths.into_iter()
    }
}
