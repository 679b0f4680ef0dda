//! Calls the stages in their order; the only module that knows all of them.
//!
//! `read → check → merge → typeset → press → impose → (write) → docket → report`. The command line, and later `watch`
//! and `serve`, come through here and nowhere else.

pub mod package;
pub mod preflight;
mod press;
pub mod sheets;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::check;
use crate::check::changes::changes;
use crate::check::rows::rows;
use crate::diagnostic::{Code, Diagnostic, Language, Outcome, Say, Severity};
use crate::merge::{self, Held, Job, Publication, Selection};
use crate::model::docket::PrintFile;
use crate::model::edition::{Edition, Reader};
use crate::model::length::Length;
use crate::output::{FOLDER, Output, OutputError};
use crate::project::Project;
use crate::project::table_form::TableForm;
use crate::read::{self, survey::Survey};
use crate::report::facts::{Facts, FileFact, FileState, SheetsFact};
use crate::report::{html, json};
use crate::say;
use crate::typeset::fonts::{FontError, Fonts};
use crate::typeset::{self, Placement, TypesetPages, Typesetter};

use self::press::{PressRoom, Printed};
use self::sheets::{Judged, Laid};

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
    let mut checked = check::all(project, manuscript).collect(&mut facts.diagnostics);
    facts.left_out = std::mem::take(&mut checked.left_out);
    (facts.changes, facts.changed) = changes(&checked);
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
        let printed = !files.is_empty();
        let path = path(publication, "docket");
        match room.docket(project, publication, files, &typesetter, &mut facts.diagnostics) {
            Some(docket) if request.write => output.write(&path, &docket)?,
            // an older docket beside new files names checksums that are not theirs
            None if printed => facts.files.push(without_docket(path, &output)),
            Some(_) | None => {}
        }
    }
    for publication in &publications {
        for held in &publication.held {
            facts.files.push(held_file(publication, held, &output));
        }
    }
    facts.files.sort_by(|a, b| a.path.cmp(&b.path));
    facts.sort();
    if request.html.is_some() {
        facts.rows = rows(&checked, &facts.diagnostics, MOST_ROWS);
    }
    report(project, request, &output, &facts)?;
    Ok(facts)
}

/// Reads and checks one file as a directory, outside of any project: what was found out of it, and its rows. None if
/// nothing in it can be read.
#[must_use]
pub fn survey(root: &Path, file: &Path, form: &TableForm) -> (Option<Survey>, Facts) {
    let mut facts = Facts::default();
    let survey = read::survey::file(root, file, form, true).collect(&mut facts.diagnostics);
    let survey = survey.map(|survey| {
        let checked = check::alone(&survey.plan, survey.directory, &mut facts.left_out);
        Survey { directory: checked.collect(&mut facts.diagnostics), ..survey }
    });
    facts.sort();
    (survey, facts)
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
        output.write_for_user(file, html::check::page(project, facts, request.language).as_bytes())?;
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

/// The docket that could not be made beside press files that were.
fn without_docket(path: String, output: &Output) -> FileFact {
    let why = say!(
        "作業指示書に直すところがあるため、作りませんでした。前の指示書は、新しいファイルのものではありません。",
        "The docket has a fault and was not made; an older one is not of the new files."
    );
    let state = FileState::Held { why, older_is_there: output.exists(&path) };
    FileFact { path, record: None, state, pages: Vec::new(), placements: Vec::new(), sheets: None }
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

/// Pages to set, and the files that are made of them.
struct Task<'p> {
    /// The publication in the edition of its pages.
    publication: &'p Publication,
    job: &'p Job,
    /// Whether the press wants the cover of these pages apart.
    apart: bool,
    asked: Vec<Asked<'p>>,
}

/// A file that is asked for: pages as they are, or on sheets.
struct Asked<'p> {
    /// Which of the publications.
    index: usize,
    publication: &'p Publication,
    path: String,
}

/// What came of a task.
struct Done {
    files: Vec<Given>,
    /// Findings of the pages.
    diagnostics: Vec<Diagnostic>,
}

/// What came of a file.
struct Given {
    fact: FileFact,
    /// Findings of this file alone.
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
    let mut tasks = tasks(publications, &as_set, tools.room);
    // the longest first, so that no thread is left with it at the end
    tasks.sort_by_key(|task| std::cmp::Reverse(task.weight()));
    progress.start(tasks.iter().map(|task| task.asked.len()).sum());
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
                    task.asked.iter().for_each(|asked| progress.file(&asked.path));
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
        facts.diagnostics.extend(result.diagnostics);
        for (asked, given) in task.asked.iter().zip(result.files) {
            given.written?;
            printed[asked.index].extend(given.printed);
            facts.files.push(given.fact);
            facts.diagnostics.extend(given.diagnostics);
        }
    }
    facts.once_each();
    for files in &mut printed {
        files.sort_by(|a, b| a.name.cmp(&b.name));
    }
    Ok(printed)
}

/// Pages that several editions share are set once: `imposed` is made of the bytes of `press`, not of others like them.
fn tasks<'p>(
    publications: &'p [Publication],
    as_set: &'p [Cow<'p, Publication>],
    room: &PressRoom,
) -> Vec<Task<'p>> {
    let mut tasks: Vec<Task<'p>> = Vec::new();
    let mut known: BTreeMap<(&str, Edition, Reader, &str, bool), usize> = BTreeMap::new();
    for (index, (asked, publication)) in publications.iter().zip(as_set).enumerate() {
        for job in publication.jobs.iter().filter(|job| sheets::takes(asked, job)) {
            let name = publication.plan.name.value.as_str();
            // sheets are made of all pages, a press may want the cover of its own
            let apart = asked.edition == Edition::Press && room.parts(publication);
            let key = (name, publication.edition, publication.reader, job.stem.as_str(), apart);
            let at = *known.entry(key).or_insert(tasks.len());
            if at == tasks.len() {
                tasks.push(Task { publication, job, apart, asked: Vec::new() });
            }
            tasks[at].asked.push(Asked { index, publication: asked, path: path(asked, &job.stem) });
        }
    }
    tasks
}

fn set(tools: &Tools<'_>, task: &Task<'_>, write: bool) -> Done {
    let Tools { project, typesetter, room, .. } = tools;
    let mut diagnostics = Vec::new();
    let laid_out = typeset::lay_out(project, task.publication, task.job);
    let mut proof = typesetter.set(&laid_out.input).resolve(&laid_out).collect(&mut diagnostics);
    let Printed { cover, inks } =
        room.print(project, task.publication, task.job, &mut proof, task.apart, &mut diagnostics);
    let profile = room.profile(task.publication);
    let judged = profile.zip(inks.as_deref()).map(|(profile, inks)| Judged { profile, inks });
    let failed = proof.is_none() || diagnostics.iter().any(|one| one.severity == Severity::Error);
    let files = task
        .asked
        .iter()
        .map(|asked| match &proof {
            Some(pages) => give(tools, task, asked, (pages, judged), failed, write),
            None => Given {
                fact: file_fact(task, asked, None, tools.output),
                diagnostics: Vec::new(),
                written: Ok(()),
                printed: None,
            },
        })
        .chain(cover.filter(|_| !failed).map(|cover| give_cover(tools, task, cover, write)))
        .collect();
    Done { files, diagnostics }
}

/// Writes the cover of a press file that is a file of its own.
fn give_cover(tools: &Tools<'_>, task: &Task<'_>, cover: TypesetPages, write: bool) -> Given {
    let path = path(task.publication, &press::cover_stem(&task.job.stem));
    let printed = Some(press::print_file(&path, &cover));
    let written = if write { tools.output.write(&path, &cover.pdf) } else { Ok(()) };
    let (pages, placements) = (cover.pages, cover.placements);
    let record = task.job.key.clone();
    let fact = FileFact { path, record, state: FileState::Made, pages, placements, sheets: None };
    Given { fact, diagnostics: Vec::new(), written, printed }
}

/// Makes a file of pages. Bytes are written and let go: a thousand sheets are never in memory at once.
fn give(
    tools: &Tools<'_>,
    task: &Task<'_>,
    asked: &Asked<'_>,
    (pages, judged): (&TypesetPages, Option<Judged<'_>>),
    failed: bool,
    write: bool,
) -> Given {
    let output = tools.output;
    let store = |path: &str, bytes: &[u8]| if write { output.write(path, bytes) } else { Ok(()) };
    let mut diagnostics = Vec::new();
    if asked.publication.edition == task.publication.edition {
        let made = (!failed).then(|| (pages.pages.clone(), pages.placements.clone(), None));
        let to_press = asked.publication.edition == Edition::Press;
        let printed = to_press.then(|| press::print_file(&asked.path, pages));
        let fact = file_fact(task, asked, made, output);
        return Given { fact, diagnostics, written: store(&asked.path, &pages.pdf), printed };
    }
    let laid = sheets::lay(asked.publication, task.job, &asked.path, pages, judged, &mut diagnostics);
    let written = match &laid {
        Some(Laid { sheets, picture }) => picture
            .as_ref()
            .map_or(Ok(()), |png| store(&asked.path.replace(".pdf", ".png"), png))
            .and_then(|()| store(&asked.path, &sheets.pdf)),
        None => Ok(()),
    };
    // places are told by the edition whose pages these are
    let made = laid.filter(|_| !failed).map(|laid| {
        let imposition = &laid.sheets.imposition;
        let sides = vec![(imposition.sheet.width, imposition.sheet.height); imposition.sides()];
        (sides, Vec::new(), Some(SheetsFact::from(imposition)))
    });
    Given { fact: file_fact(task, asked, made, output), diagnostics, written, printed: None }
}

fn path(publication: &Publication, stem: &str) -> String {
    format!("{FOLDER}/{}/{}/{stem}.pdf", publication.plan.name.value, publication.folder())
}

/// Sizes of the pages, what stands on them, and how they lie on sheets.
type Made = (Vec<(Length, Length)>, Vec<Placement>, Option<SheetsFact>);

fn file_fact(task: &Task<'_>, asked: &Asked<'_>, made: Option<Made>, output: &Output) -> FileFact {
    let state = if made.is_some() {
        FileState::Made
    } else {
        FileState::Held {
            why: say!("組版できませんでした。", "It could not be set."),
            older_is_there: output.exists(&asked.path),
        }
    };
    let (pages, placements, sheets) = made.unwrap_or_default();
    let (path, record) = (asked.path.clone(), task.job.key.clone());
    FileFact { path, record, state, pages, placements, sheets }
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
        sheets: None,
    }
}
