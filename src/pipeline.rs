//! Calls the stages in their order; the only module that knows all of them.
//!
//! `read → check → merge` prepares a run, `typeset → (verify) → press → impose → (sink) → docket → report` makes its files. A
//! [`Session`] lives on and can be asked again: commands, tests, and later `watch` and `serve`, come through it and nowhere
//! else.

mod black;
mod build;
mod build_context;
mod collector;
pub mod edit;
mod edit_workbook;
mod engine;
mod error;
mod job_key;
mod kept;
mod kept_run;
pub mod limits;
mod origins;
mod outputs;
pub mod package;
mod page_setter;
pub mod parts;
#[cfg(feature = "genpdf-docket")]
mod plain_docket;
pub mod preflight;
mod press;
mod progress;
pub mod proofread;
mod queue;
mod reason;
mod recall;
mod running_job;
pub mod sheets;
pub mod specimen;
pub mod survey;
mod task;
#[cfg(test)]
mod tests;
mod unit_table;
pub mod worker;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use crate::check::changes::changes;
use crate::check::rows::rows;
use crate::check::{self, Checked};
use crate::diagnostic::{Code, Diagnostic, Outcome, Severity};
use crate::merge::{self, Publication, Selection};
use crate::model::cores;
use crate::model::limits::JobLimits;
use crate::output::{FOLDER, Settlement, Sink, SinkVerdict};
use crate::press::presses::Presses;
use crate::project::editors::{self, Form};
use crate::project::files::Files;
use crate::project::{Project, ProjectError};
use crate::read;
use crate::report::facts::{Completion, Facts};
use crate::report::json;
use crate::say;
use crate::typeset::{self, Typesetter};
use crate::verify::RunExtent;

use self::build_context::BuildContext;
use self::engine::Engine;
pub use self::error::PipelineError;
use self::kept_run::RunKey;
use self::limits::Precautions;
use self::page_setter::PageSetter;
pub use self::progress::{BuildStep, Progress};

/// A thread whose falling over is a finding: nothing is to be said of it beside.
pub const GUARDED_THREAD: &str = read::workbook::THREAD;

/// Rows that the page of findings shows whole.
const MOST_ROWS: usize = 10_000;

/// A pipeline that can be asked again: it keeps the engine, its fonts and what the engine read.
pub struct Session {
    files: Files,
    /// Further fonts: files or folders.
    fonts: Vec<PathBuf>,
    /// How many files are made at once.
    jobs: usize,
    /// Whether what the engine remembers of texts is kept from run to run.
    keeps_warm: bool,
    /// What is known of jobs that earlier runs could not end.
    precautions: Precautions,
    /// What a job may take at most, whatever the manifest says.
    limits: Option<JobLimits>,
    /// Who sets pages in the place of the engine of this process.
    setter: Option<Arc<dyn PageSetter>>,
    /// The manifest in the present snapshot; none until it is asked for.
    manifest: Option<Outcome<Option<Arc<Project>>>>,
    typesetter: Option<Typesetter>,
}

/// Sources that were read, checked and merged: what [`Session::make`] makes files of.
pub struct Prepared {
    /// None if the manifest cannot be used, or what was asked for is not there.
    ready: Option<Ready>,
    /// What is known without making anything.
    facts: Facts,
    /// Whether everything was asked for.
    is_whole: bool,
    /// The key under which the run is kept; none if it is not.
    key: Option<RunKey>,
}

struct Ready {
    project: Arc<Project>,
    checked: Checked,
    publications: Vec<Publication>,
    presses: Presses,
}

/// Opens the project of `files` with the rules that there are.
///
/// # Errors
/// [`ProjectError`] when there is no manifest, or it cannot be read.
pub fn open(files: Arc<Files>) -> Result<Outcome<Option<Project>>, ProjectError> {
    Project::open(files, &check::rules::known())
}

/// The JSON Schema of a file that people write, with the rules that there are.
#[must_use]
pub fn json_schema(form: Form) -> impl serde::Serialize {
    editors::json_schema(form, &check::rules::known())
}

impl Session {
    /// A session over `files`, with all cores and the fonts of the project.
    #[must_use]
    pub fn new(files: Files) -> Self {
        Self {
            files,
            fonts: Vec::new(),
            jobs: cores::count(),
            keeps_warm: false,
            precautions: Precautions::default(),
            limits: None,
            setter: None,
            manifest: None,
            typesetter: None,
        }
    }

    /// The same with further fonts: files or folders.
    #[must_use]
    pub fn with_fonts(self, fonts: Vec<PathBuf>) -> Self {
        Self { fonts, ..self }
    }

    /// Keeps this process, its reading and the engine too, to `threads` threads, at least one: of one, the thread that calls
    /// this and makes the files. Only the first call of a process counts for the engine.
    pub fn keep_process_to(threads: usize) {
        cores::keep_to(threads);
        typeset::threads::keep_to(threads.max(1));
    }

    /// The same with `jobs` files made at once, at least one.
    #[must_use]
    pub fn with_jobs(self, jobs: usize) -> Self {
        Self { jobs: jobs.max(1), ..self }
    }

    /// The same, knowing of jobs that earlier runs could not end.
    #[must_use]
    pub fn with_precautions(self, precautions: Precautions) -> Self {
        Self { precautions, ..self }
    }

    /// The same with another process in the place of the engine, and jobs kept within `limits`.
    #[must_use]
    pub fn with_setter(self, setter: Arc<dyn PageSetter>, limits: JobLimits) -> Self {
        Self { setter: Some(setter), limits: Some(limits), ..self }
    }

    /// What a job of `project` may take.
    fn limits_in(&self, project: &Project) -> JobLimits {
        self.limits.map_or(project.limits, |own| own.within(project.limits))
    }

    /// The same for an author who changes a text again and again: the engine remembers all of it from run to run.
    #[must_use]
    pub fn keeping_warm(self) -> Self {
        Self { keeps_warm: true, ..self }
    }

    /// Sees what changed on the disk, if anything did that the last run read, listed or missed: then the next run works on a
    /// new snapshot. Whether that is so.
    pub fn refresh_if_changed(&mut self) -> bool {
        let project = self.manifest.as_ref().and_then(|opened| opened.value.as_ref());
        let is_as_it_was = project
            .and_then(|project| project.files.whole_record())
            .is_some_and(|sights| self.files.renew().bears_out(&sights));
        if !is_as_it_was {
            self.refresh();
        }
        !is_as_it_was
    }

    /// Sees what changed on the disk: the next run works on a new snapshot.
    pub fn refresh(&mut self) {
        self.files = self.files.renew();
        self.manifest = None;
    }

    /// Lays bytes over a file of the project, or takes it away if there are none; the next run works on a new snapshot.
    pub fn replace(&mut self, path: &str, bytes: Option<Vec<u8>>) {
        self.files.replace(path, bytes);
        self.manifest = None;
    }

    /// Lays files over the folder in the place of all that lay over it (a ward's draft); the next run works on a new
    /// snapshot.
    pub fn lay_over(&mut self, files: impl IntoIterator<Item = (String, Vec<u8>)>) {
        self.files.lay_over(files);
        self.manifest = None;
    }

    fn manifest(&mut self) -> Result<&Outcome<Option<Arc<Project>>>, ProjectError> {
        let opened = if let Some(opened) = self.manifest.take() {
            opened
        } else {
            let Outcome { value, diagnostics } = open(Arc::new(self.files.renew()))?;
            Outcome { value: value.map(Arc::new), diagnostics }
        };
        Ok(self.manifest.insert(opened))
    }

    /// The project of the present snapshot; none if its manifest cannot be used, which a run then says.
    ///
    /// # Errors
    /// [`ProjectError`] when there is no manifest.
    pub fn project(&mut self) -> Result<Option<Arc<Project>>, ProjectError> {
        Ok(self.manifest()?.value.clone())
    }

    /// Reads, checks and merges what `selection` asks for.
    ///
    /// # Errors
    /// [`PipelineError::Project`] when there is no manifest. Faults in the sources are findings.
    pub fn prepare(&mut self, selection: &Selection) -> Result<Prepared, PipelineError> {
        let opened = self.manifest()?;
        let mut facts = Facts { diagnostics: opened.diagnostics.clone(), ..Facts::default() };
        let Some(project) = opened.value.clone() else {
            facts.completion = Completion::NoManifest;
            return Ok(Prepared::without_files(facts));
        };
        let faults = facts.diagnostics.iter().filter(|one| holds_everything(one));
        let faults: Vec<Code> = faults.map(|one| one.code).collect();
        let project = project.narrow(&selection.publications);
        let manuscript = read::manuscript(&project).collect(&mut facts.diagnostics);
        let mut checked = check::all(&project, manuscript).collect(&mut facts.diagnostics);
        facts.left_out = std::mem::take(&mut checked.left_out);
        (facts.changes, facts.changed) = changes(&checked);
        let mut publications =
            merge::publications(&project, &checked, selection).collect(&mut facts.diagnostics);
        if facts.diagnostics.iter().any(|one| one.code == Code::OnlyUnknown) {
            facts.completion = Completion::NotFound;
            return Ok(Prepared::without_files(facts));
        }
        if !faults.is_empty() {
            let why = if faults.iter().all(|code| *code == Code::Palette) {
                say!(
                    "配色の表（layouts/shared/palette.csv）に直すところがあるため、作りませんでした。",
                    "It was not made: the palette (layouts/shared/palette.csv) has faults."
                )
            } else {
                say!(
                    "sasshi.toml に直すところがあるため、作りませんでした。",
                    "It was not made: sasshi.toml has faults."
                )
            };
            for publication in &mut publications {
                publication.hold(&why);
            }
        }
        for publication in publications.iter_mut().filter(|publication| publication.plan.has_faulty_options) {
            publication.hold(&say!(
                "sasshi.toml の [layout.…] に直すところがあるため、作りませんでした。",
                "It was not made: its [layout.…] in sasshi.toml has faults."
            ));
        }
        // the engine opens files when it comes to them; they are to be those of this moment
        project.files.hold("layouts");
        checked.images.found.values().for_each(|image| drop(project.files.read(image)));
        let presses = Presses::open(&project, &mut publications).collect(&mut facts.diagnostics);
        let is_whole = *selection == Selection::default();
        let ready = Some(Ready { project, checked, publications, presses });
        Ok(Prepared { ready, facts, is_whole, key: self.key(selection) })
    }

    /// The key under which runs of `selection` are kept; none if they are not: fonts of the command line are on no record.
    fn key(&self, selection: &Selection) -> Option<RunKey> {
        self.fonts.is_empty().then(|| RunKey::of(selection))
    }

    /// What the last run of `selection` gave, if nothing that it read has changed since and all that it made stands in
    /// `sink`: no stage runs. Of such a run no more is known than a summary tells: neither where things landed nor what
    /// normalising changed.
    ///
    /// # Errors
    /// [`PipelineError`] when there is no manifest, or `sink` cannot end the run.
    pub fn recall(
        &mut self,
        selection: &Selection,
        sink: &dyn Sink,
        progress: &dyn Progress,
    ) -> Result<Option<Facts>, PipelineError> {
        let Some((project, key)) = self.project()?.zip(self.key(selection)) else { return Ok(None) };
        let facts = kept_run::recall(&key, &project.files, sink, progress);
        if facts.is_some() {
            sink.settle(SinkVerdict::Clean)?;
        }
        Ok(facts)
    }

    /// What tasks need, of all shares and of a part of the manifest's files.
    fn context<'c>(
        &'c self,
        engine: &'c Engine<'c>,
        presses: &'c Presses,
        sink: &'c dyn Sink,
        progress: &'c dyn Progress,
    ) -> BuildContext<'c> {
        BuildContext {
            project: engine.project(),
            engine,
            presses,
            sink,
            progress,
            precautions: &self.precautions,
            limits: self.limits_in(engine.project()),
            jobs: self.jobs,
            keeps_warm: self.keeps_warm,
            shard: None,
            extent: RunExtent::Part,
        }
    }

    /// Makes the files and gives them to `sink`, the report last.
    ///
    /// # Errors
    /// [`PipelineError`] when fonts cannot be loaded or the sink does not take a file. Faults of the pages are findings.
    pub fn make(
        &mut self,
        prepared: &Prepared,
        sink: &dyn Sink,
        progress: &dyn Progress,
    ) -> Result<Facts, PipelineError> {
        let mut facts = prepared.facts.clone();
        let Some(Ready { project, publications, presses, .. }) = &prepared.ready else { return Ok(facts) };
        let engine = Engine::new(project, self.typesetter.take(), &self.fonts, publications)?;
        let engine = engine.with_setter(self.setter.clone());
        let extent = if prepared.is_whole { RunExtent::Whole } else { RunExtent::Part };
        let context = BuildContext { extent, ..self.context(&engine, presses, sink, progress) };
        let printed = build::set_all(&context, publications, &mut facts)?;
        for (publication, files) in publications.iter().zip(printed) {
            let was_printed = !files.is_empty();
            let has_docket = press::give_docket(&context, publication, files, &mut facts.diagnostics)?;
            // an older docket beside new files names checksums that are not theirs
            if was_printed && !has_docket {
                facts.files.push(outputs::without_docket(task::path(publication, "docket"), sink));
            }
        }
        self.precautions.add(engine.take_stopped());
        self.typesetter = engine.into_typesetter();
        for publication in publications {
            let held = publication.held.iter().map(|held| build::held_file(publication, held, sink));
            facts.files.extend(held);
        }
        Typesetter::end_run();
        self.setter.iter().for_each(|setter| setter.end_run());
        facts.files.sort_by(|a, b| a.path.cmp(&b.path));
        facts.sort();
        let verdict = if facts.diagnostics.is_empty() { SinkVerdict::Clean } else { SinkVerdict::Findings };
        if sink.settle(verdict)? == Settlement::Dropped {
            outputs::drop_files(&mut facts, sink);
        }
        let wanted = outputs::wanted(publications, &facts);
        facts.gone = outputs::gone(&wanted, prepared, &facts, sink);
        facts.to_open = outputs::to_open(publications, &facts).filter(|_| sink.keeps());
        if sink.keeps() {
            let report = format!("{FOLDER}/{}", json::NAME);
            sink.put_written(&report, &|to| json::write_report(project, &facts, to))?;
            if let Some(cache) = sink.cache() {
                if let Some(key) = &prepared.key {
                    kept_run::keep(cache, key, &project.files, &facts, wanted)?;
                }
                cache.finish(project.cache_limit)?;
            }
        }
        Ok(facts)
    }
}

impl Prepared {
    /// A run that makes nothing.
    fn without_files(facts: Facts) -> Self {
        Self { ready: None, facts, is_whole: false, key: None }
    }

    /// The rows that findings point at, whole, for the page of findings: they are put into `facts`.
    pub fn add_rows(&self, facts: &mut Facts) {
        if let Some(ready) = &self.ready {
            facts.rows = rows(&ready.checked, &facts.diagnostics, MOST_ROWS);
        }
    }

    /// Words without a reading, which files of やさしい日本語 print without kana above them, as rows of a table of readings to
    /// be filled in.
    #[must_use]
    pub fn missing_readings(&self) -> String {
        let publications = self.ready.iter().flat_map(|ready| &ready.publications);
        let words: BTreeSet<&str> =
            publications.flat_map(|one| one.unread.iter().map(String::as_str)).collect();
        let rows = words.into_iter().flat_map(|word| [word, ",,\n"]);
        std::iter::once(read::readings::HEADER).chain(rows).collect()
    }

    /// The project; none if its manifest cannot be used.
    #[must_use]
    pub fn project(&self) -> Option<&Project> {
        self.ready.as_ref().map(|ready| &*ready.project)
    }
}

/// With a fault in the manifest it is not known what is wanted: nothing is made of a guess. What sasshi cannot make yet
/// is no such fault.
fn holds_everything(diagnostic: &Diagnostic) -> bool {
    diagnostic.severity == Severity::Error
        && !matches!(diagnostic.code, Code::NotYet | Code::LayoutBroken | Code::LayoutOption)
}
