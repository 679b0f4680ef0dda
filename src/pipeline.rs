//! Calls the stages in their order; the only module that knows all of them.
//!
//! `read → check → merge → typeset → press → impose → (write) → docket → report`. The command line, and later `watch`
//! and `serve`, come through here and nowhere else.

mod press;
pub mod sheets;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::check;
use crate::check::changes::changes;
use crate::check::rows::rows;
use crate::diagnostic::{Code, Diagnostic, Language, Outcome, Say, Severity};
use crate::merge::{self, Held, Job, Publication, Selection};
use crate::model::edition::Edition;
use crate::output::{FOLDER, Output, OutputError};
use crate::project::Project;
use crate::project::table_form::TableForm;
use crate::read::{self, survey::Survey};
use crate::report::facts::{Facts, FileFact, FileState};
use crate::report::{html, json};
use crate::say;
use crate::typeset::docket::PrintFile;
use crate::typeset::fonts::{FontError, Fonts};
use crate::typeset::{Proof, Typesetter};

use self::press::PressRoom;

/// What a run is asked to do.
#[derive(Debug, Clone)]
pub struct Request {
    /// Which files.
    pub selection: Selection,
    /// Whether results are written; `check` does all but this.
    pub write: bool,
    /// Whether nothing is written unless there is no finding at all.
    pub strict: bool,
    /// Where the findings are also written as a page.
    pub html: Option<PathBuf>,
    /// The language of that page.
    pub language: Language,
    /// How many jobs are set at once.
    pub jobs: usize,
    /// Further fonts: files or folders.
    pub fonts: Vec<PathBuf>,
}

/// What a run tells while it works.
pub trait Progress: Sync {
    /// `total` files will be set.
    fn start(&self, total: usize);
    /// A file was set.
    fn file(&self, path: &str);
    /// No more files.
    fn finish(&self);
}

/// Why a run could not be done at all.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// A font that was named cannot be used.
    #[error(transparent)]
    Font(#[from] FontError),
    /// A result cannot be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

/// Runs the pipeline. Findings in the sources are in the facts; `found` are those of the manifest.
///
/// # Errors
/// [`PipelineError`] when fonts cannot be loaded or results cannot be written.
pub fn run(
    project: &Project,
    found: Vec<Diagnostic>,
    request: &Request,
    progress: &dyn Progress,
) -> Result<Facts, PipelineError> {
    if request.strict && request.write {
        return strictly(project, found, request, progress);
    }
    let manifest_is_faulty = found.iter().any(holds_everything);
    let project = &*project.narrowed(&request.selection.publications);
    let mut facts = Facts { diagnostics: found, ..Facts::default() };
    let manuscript = read::manuscript(project).collect(&mut facts.diagnostics);
    let checked = check::all(project, manuscript).collect(&mut facts.diagnostics);
    (facts.changes, facts.changed) = changes(&checked);
    if request.html.is_some() {
        facts.rows = rows(&checked, &facts.diagnostics, MOST_ROWS);
    }
    let mut publications =
        merge::publications(project, &checked, &request.selection).collect(&mut facts.diagnostics);
    if facts.refused() {
        return Ok(facts);
    }
    if manifest_is_faulty {
        for publication in &mut publications {
            publication.hold(&manifest_faults());
        }
    }
    let typesetter = Typesetter::new(project, Fonts::load(Some(&project.files), &request.fonts)?);
    let output = Output::new(&project.root);
    let room = PressRoom::open(project, &mut publications, &mut facts.diagnostics);
    let tools = Tools { project, typesetter: &typesetter, room: &room, output: &output };
    let printed = set_all(&tools, &publications, request, progress, &mut facts)?;
    for (publication, files) in publications.iter().zip(printed) {
        let docket = room.docket(project, publication, files, &typesetter, &mut facts.diagnostics);
        if let Some(docket) = docket.filter(|_| request.write) {
            output.write(&path(publication, "docket"), &docket)?;
        }
    }
    for publication in &publications {
        for held in &publication.held {
            facts.files.push(held_file(publication, held, &output));
        }
    }
    facts.files.sort_by(|a, b| a.path.cmp(&b.path));
    facts.sort();
    report(project, request, &output, &facts)?;
    Ok(facts)
}

/// Reads and checks one file as a directory, outside of any project: what was found out of it, and its rows. None if
/// nothing in it can be read.
pub fn survey(root: &Path, file: &Path, form: &TableForm) -> Outcome<Option<Survey>> {
    let mut diagnostics = Vec::new();
    let survey = read::survey::file(root, file, form, true).collect(&mut diagnostics);
    let survey = survey.map(|survey| {
        let directory = check::alone(&survey.plan, survey.directory).collect(&mut diagnostics);
        Survey { directory, ..survey }
    });
    Outcome { value: survey, diagnostics }
}

/// A thread whose falling over is a finding: nothing is to be said of it beside.
pub const GUARDED_THREAD: &str = read::workbook::THREAD;

/// Rows that the page of findings shows whole.
const MOST_ROWS: usize = 10_000;

/// Writes the forms of the report that were asked for.
fn report(project: &Project, request: &Request, output: &Output, facts: &Facts) -> Result<(), PipelineError> {
    if request.write {
        let report = json::report(project, facts);
        output.write(&format!("{FOLDER}/report.json"), report.as_bytes())?;
    }
    if let Some(file) = &request.html {
        output.write_for_user(file, html::page(project, facts, request.language).as_bytes())?;
    }
    Ok(())
}

/// Everything is set once without being written; with any finding that is all, and nothing is made.
fn strictly(
    project: &Project,
    found: Vec<Diagnostic>,
    request: &Request,
    progress: &dyn Progress,
) -> Result<Facts, PipelineError> {
    let trial = Request { write: false, strict: false, ..request.clone() };
    let mut facts = run(project, found.clone(), &trial, progress)?;
    if facts.diagnostics.is_empty() {
        return run(project, found, &Request { strict: false, ..request.clone() }, progress);
    }
    let output = Output::new(&project.root);
    for file in &mut facts.files {
        if matches!(file.state, FileState::Made) {
            let why = say!(
                "--strict なので、直すところがある間は作りません。",
                "With --strict nothing is made while there are findings."
            );
            file.state = FileState::Held { why, older_is_there: output.exists(&file.path) };
        }
    }
    report(project, request, &output, &facts)?;
    Ok(facts)
}

/// Drafts a schema from a list or workbook; none if nothing in it can be read.
pub fn draft_schema(root: &Path, file: &Path) -> Outcome<Option<String>> {
    let survey = read::survey::file(root, file, &TableForm::default(), false);
    let draft = survey.value.map(|survey| read::infer::draft(&survey.directory));
    Outcome { value: draft, diagnostics: survey.diagnostics }
}

/// With a fault in the manifest it is not known what is wanted: nothing is made of a guess. What sasshi cannot make yet
/// is no such fault.
fn holds_everything(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error && !matches!(diagnostic.code, Code::NotYet | Code::LayoutBroken)
}

fn manifest_faults() -> Say {
    say!("sasshi.toml に直すところがあるため、作りませんでした。", "It was not made: sasshi.toml has faults.")
}

/// What every task needs.
struct Tools<'p> {
    project: &'p Project,
    typesetter: &'p Typesetter,
    room: &'p PressRoom,
    output: &'p Output,
}

/// One file to set.
struct Task<'p> {
    /// Which of the publications.
    index: usize,
    /// The edition that is asked for; the publication's is that of its pages.
    edition: Edition,
    publication: &'p Publication,
    job: &'p Job,
    path: String,
}

/// What came of a task.
struct Done {
    proof: Option<Proof>,
    diagnostics: Vec<Diagnostic>,
    written: Result<(), OutputError>,
    /// The file as the docket names it, if it goes to a press.
    printed: Option<PrintFile>,
}

/// How many sheets are set between two calls of [`Typesetter::forget`]: enough to gain from what they share, few
/// enough to keep memory flat. A job with text counts as many sheets.
const BATCH: usize = 20;

impl Task<'_> {
    /// The work of a task, in sheets.
    fn weight(&self) -> usize {
        self.job.chapters.len() * BATCH + self.job.entries.len().max(1)
    }
}

/// Sets every file; gives the press files of each publication.
fn set_all(
    tools: &Tools<'_>,
    publications: &[Publication],
    request: &Request,
    progress: &dyn Progress,
    facts: &mut Facts,
) -> Result<Vec<Vec<PrintFile>>, PipelineError> {
    let as_set: Vec<Cow<'_, Publication>> = publications.iter().map(sheets::as_set).collect();
    let mut tasks: Vec<Task<'_>> = publications
        .iter()
        .zip(&as_set)
        .enumerate()
        .flat_map(|(index, (asked, publication))| {
            publication.jobs.iter().map(move |job| {
                let path = path(asked, &job.stem);
                Task { index, edition: asked.edition, publication, job, path }
            })
        })
        .collect();
    // the longest first, so that no thread is left with it at the end
    tasks.sort_by_key(|task| std::cmp::Reverse(task.weight()));
    progress.start(tasks.len());
    let done: Vec<Mutex<Option<Done>>> = tasks.iter().map(|_| Mutex::new(None)).collect();
    let next = AtomicUsize::new(0);
    let since_forgotten = AtomicUsize::new(0);
    // std threads, not a pool: the engine uses one inside, and a waiting outer job would steal its work
    std::thread::scope(|scope| {
        for _ in 0..request.jobs.clamp(1, tasks.len().max(1)) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(task) = tasks.get(index) else { break };
                    let result = set(tools, task, request.write);
                    progress.file(&task.path);
                    if let Ok(mut slot) = done[index].lock() {
                        *slot = Some(result);
                    }
                    if since_forgotten.fetch_add(task.weight(), Ordering::Relaxed) + task.weight() >= BATCH {
                        since_forgotten.store(0, Ordering::Relaxed);
                        Typesetter::forget();
                    }
                }
            });
        }
    });
    progress.finish();
    let mut printed = vec![Vec::new(); publications.len()];
    for (task, slot) in tasks.iter().zip(done) {
        let result = slot.into_inner().ok().flatten().expect("every task was done before the scope ended");
        result.written?;
        printed[task.index].extend(result.printed);
        facts.files.push(file_fact(task, result.proof, &result.diagnostics, tools.output));
        facts.diagnostics.extend(result.diagnostics);
    }
    facts.once_each();
    for files in &mut printed {
        files.sort_by(|a, b| a.name.cmp(&b.name));
    }
    Ok(printed)
}

fn set(tools: &Tools<'_>, task: &Task<'_>, write: bool) -> Done {
    let Tools { project, typesetter, room, output } = tools;
    let mut diagnostics = Vec::new();
    let mut proof = typesetter.proof(project, task.publication, task.job).collect(&mut diagnostics);
    room.print(project, task.publication, task.job, &mut proof, &mut diagnostics);
    let to_press = task.edition == Edition::Press;
    let printed = proof.as_ref().filter(|_| to_press).map(|proof| press::print_file(&task.path, proof));
    let mut picture = None;
    if let Some(pages) = proof.take() {
        (proof, picture) = sheets::lay(task.edition, task.publication, &task.path, pages, &mut diagnostics);
    }
    let written = match &mut proof {
        Some(proof) if write => {
            // bytes are written and let go here: a thousand sheets are never in memory at once
            let pdf = std::mem::take(&mut proof.pdf);
            let picture = picture.map(|png| output.write(&task.path.replace(".pdf", ".png"), &png));
            picture.unwrap_or(Ok(())).and_then(|()| output.write(&task.path, &pdf))
        }
        _ => Ok(()),
    };
    Done { proof, diagnostics, written, printed }
}

fn path(publication: &Publication, stem: &str) -> String {
    format!("{FOLDER}/{}/{}/{stem}.pdf", publication.plan.name.value, publication.folder())
}

fn file_fact(task: &Task<'_>, proof: Option<Proof>, diagnostics: &[Diagnostic], output: &Output) -> FileFact {
    let failed = diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error);
    let (pages, placements) = proof.map(|proof| (proof.pages, proof.placements)).unwrap_or_default();
    let state = if failed {
        FileState::Held {
            why: say!("組版できませんでした。", "It could not be set."),
            older_is_there: output.exists(&task.path),
        }
    } else {
        FileState::Made
    };
    FileFact { path: task.path.clone(), record: task.job.key.clone(), state, pages, placements }
}

fn held_file(publication: &Publication, held: &Held, output: &Output) -> FileFact {
    let path = path(publication, &held.stem);
    let older_is_there = output.exists(&path);
    FileFact {
        path,
        record: None,
        state: FileState::Held { why: held.why.clone(), older_is_there },
        pages: Vec::new(),
        placements: Vec::new(),
    }
}
