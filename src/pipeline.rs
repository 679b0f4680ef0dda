//! Calls the stages in their order; the only module that knows all of them.
//!
//! `read → check → merge → typeset → (write) → report`. The command line, and later `watch` and `serve`, come through
//! here and nowhere else.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::check;
use crate::diagnostic::{Code, Diagnostic, Outcome, Say, Severity};
use crate::merge::{self, Held, Job, Publication, Selection};
use crate::output::{FOLDER, Output, OutputError};
use crate::project::Project;
use crate::project::table_form::TableForm;
use crate::read::{self, survey::Survey};
use crate::report::facts::{Facts, FileFact, FileState};
use crate::report::json;
use crate::say;
use crate::typeset::fonts::{FontError, Fonts};
use crate::typeset::{Proof, Typesetter};

/// What a run is asked to do.
#[derive(Debug, Clone)]
pub struct Request {
    /// Which files.
    pub selection: Selection,
    /// Whether results are written; `check` does all but this.
    pub write: bool,
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
    let manifest_is_faulty = found.iter().any(holds_everything);
    let mut facts = Facts { diagnostics: found, ..Facts::default() };
    let manuscript = read::manuscript(project).collect(&mut facts.diagnostics);
    let checked = check::all(project, manuscript).collect(&mut facts.diagnostics);
    let mut publications =
        merge::publications(project, &checked, &request.selection).collect(&mut facts.diagnostics);
    if facts.diagnostics.iter().any(stops_everything) {
        return Ok(facts);
    }
    if manifest_is_faulty {
        publications.iter_mut().for_each(|publication| publication.hold(&manifest_faults()));
    }
    let typesetter = Typesetter::new(project, Fonts::load(Some(&project.files), &request.fonts)?);
    let output = Output::new(&project.root);
    set_all(project, &publications, &typesetter, &output, request, progress, &mut facts)?;
    for publication in &publications {
        for held in &publication.held {
            facts.files.push(held_file(publication, held, &output));
        }
    }
    facts.files.sort_by(|a, b| a.path.cmp(&b.path));
    facts.sort();
    if request.write {
        let report = json::report(project, &facts);
        output.write(&format!("{FOLDER}/report.json"), report.as_bytes())?;
    }
    Ok(facts)
}

/// Reads one file as a directory, outside of any project: what was found out of it, and its rows. None if nothing in it
/// can be read.
pub fn survey(root: &Path, file: &Path, form: &TableForm) -> Outcome<Option<Survey>> {
    read::survey::file(root, file, form)
}

/// A wrong word of the command line leaves nothing to build.
fn stops_everything(diagnostic: &Diagnostic) -> bool {
    diagnostic.code == Code::OnlyUnknown
}

/// With a fault in the manifest it is not known what is wanted: nothing is made of a guess. What sasshi cannot make yet
/// is no such fault.
fn holds_everything(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error && !matches!(diagnostic.code, Code::NotYet | Code::LayoutBroken)
}

fn manifest_faults() -> Say {
    say!("sasshi.toml に直すところがあるため、作りませんでした。", "It was not made: sasshi.toml has faults.")
}

/// One file to set.
struct Task<'p> {
    publication: &'p Publication,
    job: &'p Job,
    path: String,
}

/// What came of a task.
struct Done {
    proof: Option<Proof>,
    diagnostics: Vec<Diagnostic>,
    written: Result<(), OutputError>,
}

/// How many jobs are set between two calls of [`Typesetter::forget`]: enough to gain from what they share, few
/// enough to keep memory flat.
const BATCH: usize = 20;

fn set_all(
    project: &Project,
    publications: &[Publication],
    typesetter: &Typesetter,
    output: &Output,
    request: &Request,
    progress: &dyn Progress,
    facts: &mut Facts,
) -> Result<(), PipelineError> {
    let mut tasks: Vec<Task<'_>> = publications
        .iter()
        .flat_map(|publication| {
            publication.jobs.iter().map(move |job| {
                let path = path(publication, &job.stem);
                Task { publication, job, path }
            })
        })
        .collect();
    // the longest first, so that no thread is left with it at the end
    tasks.sort_by_key(|task| std::cmp::Reverse(task.job.chapters.len() * 20 + task.job.entries.len()));
    progress.start(tasks.len());
    let done: Vec<Mutex<Option<Done>>> = tasks.iter().map(|_| Mutex::new(None)).collect();
    let next = AtomicUsize::new(0);
    // std threads, not a pool: the engine uses one inside, and a waiting outer job would steal its work
    std::thread::scope(|scope| {
        for _ in 0..request.jobs.clamp(1, tasks.len().max(1)) {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(task) = tasks.get(index) else { break };
                    let result = set(project, task, typesetter, output, request.write);
                    progress.file(&task.path);
                    if let Ok(mut slot) = done[index].lock() {
                        *slot = Some(result);
                    }
                    if index % BATCH == BATCH - 1 {
                        Typesetter::forget();
                    }
                }
            });
        }
    });
    progress.finish();
    for (task, slot) in tasks.iter().zip(done) {
        let result = slot.into_inner().ok().flatten().expect("every task was done before the scope ended");
        result.written?;
        facts.files.push(file_fact(task, result.proof, &result.diagnostics, output));
        facts.diagnostics.extend(result.diagnostics);
    }
    facts.once_each();
    Ok(())
}

fn set(project: &Project, task: &Task<'_>, typesetter: &Typesetter, output: &Output, write: bool) -> Done {
    let mut diagnostics = Vec::new();
    let mut proof = typesetter.proof(project, task.publication, task.job).collect(&mut diagnostics);
    let written = match &mut proof {
        Some(proof) if write => {
            // bytes are written and let go here: a thousand sheets are never in memory at once
            let pdf = std::mem::take(&mut proof.pdf);
            output.write(&task.path, &pdf)
        }
        _ => Ok(()),
    };
    Done { proof, diagnostics, written }
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
