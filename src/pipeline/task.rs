//! The files of a run, made on all cores: pages are set once, and become the files of every edition that shows them.
//!
//! In: publications. Out: facts of each file; their bytes go to the sink as they are made.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::black;
use super::engine::Engine;
use super::job_key::JobKey;
use super::kept::{self, KeptFile, KeptFinding, KeptJob, KeptSheets};
use super::limits::{Precautions, RunningJob};
use super::press;
use super::queue::{QueuedTask, TaskQueue};
use super::recall::recall;
use super::sheets::{self, Laid, SheetsInput};
use super::{BuildStep, PipelineError, Progress};
use crate::diagnostic::{Diagnostic, Severity};
use crate::merge::{Held, Job, Publication};
use crate::model::docket::PrintFile;
use crate::model::edition::{Edition, Reader};
use crate::model::length::Length;
use crate::model::limits::JobLimits;
use crate::model::shard::Shard;
use crate::output::{self, FOLDER, OutputError, Sink};
use crate::pdf::content_digest::Contents;
use crate::press::cover;
use crate::press::presses::Presses;
use crate::project::Project;
use crate::proofing::thumbnails;
use crate::report::facts::{Facts, FileFact, FileState, SheetsFact};
use crate::say;
use crate::typeset::words::LayoutWords;
use crate::typeset::{self, LaidOut, PlacedOrigin, SetPages, TypesetPages, Typesetter};
use crate::verify::{self, Account, Judgement, Ledger, ReadBack, RunExtent};

/// What every task needs.
pub(super) struct BuildContext<'p> {
    pub project: &'p Project,
    pub engine: &'p Engine<'p>,
    pub presses: &'p Presses,
    pub sink: &'p dyn Sink,
    /// What is told of the work.
    pub progress: &'p dyn Progress,
    /// What is known of jobs that earlier runs could not end.
    pub precautions: &'p Precautions,
    /// What a job may take.
    pub limits: JobLimits,
    /// How many tasks run at once.
    pub jobs: usize,
    /// Whether what the engine remembers of texts is for the next run too.
    pub keeps_warm: bool,
    /// The share of all tasks that is to be made; all of them without one.
    pub shard: Option<Shard>,
    /// Whether all files of the manifest are asked for.
    pub extent: RunExtent,
}

/// Pages to set, and the files that are made of them.
pub(super) struct Task<'p> {
    /// The publication in the edition of its pages.
    pub publication: &'p Publication,
    pub job: &'p Job,
    /// Whether the press wants the cover of these pages apart.
    pub apart: bool,
    /// Whether its publication has no other file in this edition: what these pages lack, none has.
    pub alone: bool,
    /// The files.
    pub asked: Vec<Asked<'p>>,
}

/// A file that is asked for: pages as they are, or on sheets.
pub(super) struct Asked<'p> {
    /// Which of the publications.
    pub index: usize,
    pub publication: &'p Publication,
    pub path: String,
}

/// What came of a task.
pub(super) struct Done {
    pub files: Vec<Given>,
    /// Findings of the pages.
    pub diagnostics: Vec<Diagnostic>,
    /// What other files may show.
    pub account: Account,
    /// What had to be done for it.
    pub step: BuildStep,
    /// Whether it could be kept for later runs.
    pub kept: Result<(), OutputError>,
}

/// What came of a file.
pub(super) struct Given {
    pub fact: FileFact,
    /// Findings of this file alone.
    pub diagnostics: Vec<Diagnostic>,
    pub written: Result<(), OutputError>,
    /// The file as the docket names it, if it goes to a press.
    pub printed: Option<PrintFile>,
    /// What is kept of it; none if it was not made, or has findings in the sources.
    kept: Option<KeptFile>,
}

/// How many sheets are set between two calls of [`Typesetter::forget`]: enough to gain from what they share, few
/// enough to keep memory flat. A job with text counts as many sheets.
const BATCH: usize = 20;
/// From how many sheets on a file fills the memory: what the engine remembers of it is freed at once.
const LARGE: usize = 100;

impl Task<'_> {
    /// Whether it fills the memory. A text of many pages is no such thing: its author changes it again and again.
    fn is_large(&self) -> bool {
        self.job.chapters.is_empty() && self.job.entries.len() >= LARGE
    }

    /// The work of a task, in sheets.
    fn weight(&self) -> usize {
        self.job.chapters.len() * BATCH + self.job.entries.len().max(1)
    }
}

/// Sets every file; gives the press files of each publication.
pub(super) fn set_all(
    context: &BuildContext<'_>,
    publications: &[Publication],
    facts: &mut Facts,
) -> Result<Vec<Vec<PrintFile>>, PipelineError> {
    let as_set: Vec<Cow<'_, Publication>> = publications.iter().map(sheets::as_set).collect();
    let mut tasks = tasks(publications, &as_set, context.presses);
    let progress = context.progress;
    let is_alone = |task: &Task<'_>| context.precautions.is_alone(&task.asked[0].path);
    // the longest first, so that no thread is left with it at the end
    tasks.sort_by_key(|task| (is_alone(task), std::cmp::Reverse(task.weight())));
    if let Some(shard) = context.shard {
        let mut takes = shard.takes(tasks.iter().map(Task::weight)).into_iter();
        tasks.retain(|_| takes.next().unwrap_or_default());
    }
    progress.start(tasks.iter().map(|task| task.asked.len()).sum());
    let done: Vec<Mutex<Option<Done>>> = tasks.iter().map(|_| Mutex::new(None)).collect();
    let since_forgotten = AtomicUsize::new(0);
    let beside = tasks.iter().filter(|task| !is_alone(task)).count();
    let queue = |part: Range<usize>| {
        TaskQueue::new(part.map(|index| QueuedTask { index, is_large: tasks[index].is_large() }))
    };
    let work = |queue: &TaskQueue| {
        while let Some(taken) = queue.take() {
            let task = &tasks[taken.index];
            if progress.is_stopped() {
                break;
            }
            let result = make(context, task);
            queue.end(taken);
            let step = result.step;
            task.asked.iter().for_each(|asked| progress.file(&asked.path, step));
            if let Ok(mut slot) = done[taken.index].lock() {
                *slot = Some(result);
            }
            let is_remembered = context.keeps_warm && !task.job.chapters.is_empty();
            if step != BuildStep::Made || is_remembered {
                continue;
            }
            if taken.is_large {
                Typesetter::forget_all();
            } else if since_forgotten.fetch_add(task.weight(), Ordering::Relaxed) + task.weight() >= BATCH {
                since_forgotten.store(0, Ordering::Relaxed);
                Typesetter::forget();
            }
        }
    };
    // std threads, not a pool: the engine uses one inside, and a waiting outer job would steal its work
    let shared = queue(0..beside);
    match context.jobs.min(beside) {
        0 | 1 => work(&shared),
        threads => std::thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| work(&shared));
            }
        }),
    }
    if beside < tasks.len() {
        Typesetter::forget();
        work(&queue(beside..tasks.len()));
    }
    progress.finish();
    let done: Option<Vec<Done>> = done.into_iter().map(|slot| slot.into_inner().ok().flatten()).collect();
    // a task that was not done was given up because the run is to stop
    let done = done.ok_or(PipelineError::Stopped)?;
    let mut printed = vec![Vec::new(); publications.len()];
    let mut ledger = Ledger::default();
    for (task, result) in tasks.iter().zip(done) {
        result.kept?;
        if result.step != BuildStep::Made {
            facts.unchanged += result.files.len();
        }
        ledger.enter(&task.publication.plan.name.value, &task.publication.folder(), result.account);
        facts.diagnostics.extend(result.diagnostics);
        // a cover of its own is one file more, of the edition that the others are made of
        let of = |place: usize| task.asked.get(place).unwrap_or(&task.asked[0]);
        for (asked, given) in result.files.into_iter().enumerate().map(|(place, given)| (of(place), given)) {
            given.written?;
            printed[asked.index].extend(given.printed);
            facts.files.push(given.fact);
            facts.diagnostics.extend(given.diagnostics);
        }
    }
    // what a part does not show another may
    if context.shard.is_none() {
        // a file that was not made may show what the others do not
        let is_sound = !facts.diagnostics.iter().any(|one| one.severity == Severity::Error);
        let run = if is_sound { context.extent } else { RunExtent::Part };
        facts.diagnostics.extend(ledger.balance(run));
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
    presses: &Presses,
) -> Vec<Task<'p>> {
    let mut tasks: Vec<Task<'p>> = Vec::new();
    let mut known: BTreeMap<(&str, Edition, Reader, &str, bool), usize> = BTreeMap::new();
    for (index, (asked, publication)) in publications.iter().zip(as_set).enumerate() {
        for job in publication.jobs.iter().filter(|job| sheets::takes(asked, job)) {
            let name = publication.plan.name.value.as_str();
            // sheets are made of all pages, a press may want the cover of its own
            let apart = asked.edition == Edition::Press && presses.takes_cover_apart(publication);
            let key = (name, publication.edition, publication.reader, job.stem.as_str(), apart);
            let at = *known.entry(key).or_insert(tasks.len());
            if at == tasks.len() {
                tasks.push(Task { publication, job, apart, alone: false, asked: Vec::new() });
            }
            tasks[at].asked.push(Asked { index, publication: asked, path: path(asked, &job.stem) });
        }
    }
    let edition = |task: &Task<'_>| (task.publication.plan.name.value.clone(), task.publication.folder());
    let mut counts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for task in &tasks {
        *counts.entry(edition(task)).or_default() += 1;
    }
    for task in &mut tasks {
        task.alone = counts.get(&edition(task)) == Some(&1);
    }
    tasks
}

/// Makes the files of a task, or takes them from what earlier runs left behind.
fn make(context: &BuildContext<'_>, task: &Task<'_>) -> Done {
    let progress = context.progress;
    let laid_out = typeset::lay_out(context.project, task.publication, task.job);
    let key = context.sink.cache().map(|_| JobKey::of_task(context, task, &laid_out.input));
    match key.as_ref().map(|key| recall(context, task, &laid_out, key)) {
        Some(Ok(done)) => {
            progress.reason(&task.asked[0].path, &super::reason::unchanged);
            return done;
        }
        Some(Err(miss)) => {
            progress.reason(&task.asked[0].path, &|| miss.words(context, task, &laid_out, key.as_ref()));
        }
        None => {}
    }
    let running = RunningJob::new(context, &task.asked[0].path, &laid_out.input);
    progress.begin(&running, &context.limits);
    let done = match running.set(context, &laid_out) {
        Ok(pages) => finish(context, task, &laid_out, (pages, key)),
        Err(stopped) => Done::held(context, task, vec![stopped], Account::default()),
    };
    progress.end(&running);
    done
}

/// Makes the files of a task of its pages.
fn finish(
    context: &BuildContext<'_>,
    task: &Task<'_>,
    laid_out: &LaidOut,
    (mut set, key): (SetPages, Option<JobKey>),
) -> Done {
    let pdf = set.pdf.take();
    // of pages that have other faults it is not known what they would show
    let words = context.engine.typesetter().words(&laid_out.input.layout);
    let mut judgement =
        pdf.as_ref().map_or_else(Judgement::default, |_| verify::judge(laid_out, &set.trace, &words));
    let text = set.trace.landed.text.clone();
    let mut diagnostics = set.findings(laid_out);
    diagnostics.extend(judgement.diagnostics);
    if task.alone {
        diagnostics.extend(judgement.account.settle());
    }
    let pages = |pdf| TypesetPages { pdf, pages: set.pages.clone(), placements: set.placements(laid_out) };
    let to_press = task.publication.edition == Edition::Press;
    let made = match pdf.map(pages) {
        Some(set) if to_press => press::print(context, task, set, &mut diagnostics),
        Some(pages) => black::in_colours(context, task, pages, &mut diagnostics),
        None => None,
    };
    // what is written anew is read back; other editions are what the engine wrote
    if let Some(made) = made.as_ref().filter(|made| !made.text.is_empty()) {
        let files: Vec<&ReadBack> = made.text.iter().collect();
        diagnostics.extend(verify::judge_files(&text, &files, &path(task.publication, &task.job.stem)));
    }
    let Some(made) = made.filter(|_| !has_errors(&diagnostics)) else {
        return Done::held(context, task, diagnostics, judgement.account);
    };
    let input = SheetsInput {
        pages: &made.pages,
        profile: context.presses.profile(task.publication),
        inks: &made.inks,
        text: &text,
    };
    let files = task.asked.iter().map(|asked| give(context, task, asked, &input));
    let cover = made.cover.as_ref().map(|cover| give_cover(context, task, cover));
    let files: Vec<Given> = files.chain(cover).collect();
    let kept = key.map_or(Ok(()), |key| {
        let files = files.iter().map(|given| given.kept.clone()).collect::<Option<Vec<KeptFile>>>();
        let job = files.map(|files| KeptJob {
            inputs: key.inputs,
            set,
            words: LayoutWords::clone(&words),
            parts: made.parts,
            files,
        });
        keep(context.sink, &key.digest, job)
    });
    Done { files, diagnostics, account: judgement.account, step: BuildStep::Made, kept }
}

pub(super) fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|one| one.severity == Severity::Error)
}

/// Keeps a job for later runs; not one of which a file is missing.
fn keep(sink: &dyn Sink, key: &str, job: Option<KeptJob>) -> Result<(), OutputError> {
    let Some((cache, job)) = sink.cache().filter(|_| sink.keeps()).zip(job) else { return Ok(()) };
    let paths: Vec<&str> = job.files.iter().map(|file| file.path.as_str()).collect();
    cache.keep(key, &paths, &kept::bytes(&job))
}

/// Gives the sink the cover of a press file that is a file of its own.
fn give_cover(context: &BuildContext<'_>, task: &Task<'_>, cover: &TypesetPages) -> Given {
    let path = path(task.publication, &cover::stem(&task.job.stem));
    give_pages(context, task, &path, cover)
}

/// The pictures of pages that the docket shows: of all that is bound, of one file of those that are alike.
fn looks(task: &Task<'_>, pdf: &[u8]) -> Vec<String> {
    let is_first = task.publication.jobs.first().is_some_and(|job| job.stem == task.job.stem);
    match (task.publication.is_bound(), is_first) {
        (true, _) => thumbnails::pages(pdf, thumbnails::MOST),
        (false, true) => thumbnails::pages(pdf, thumbnails::FEW),
        (false, false) => Vec::new(),
    }
}

/// Gives the sink pages as they are. Their bytes are let go: a thousand sheets are never in memory at once.
fn give_pages(context: &BuildContext<'_>, task: &Task<'_>, path: &str, pages: &TypesetPages) -> Given {
    let written = context.sink.put(path, &pages.pdf);
    let is_printed = task.publication.edition == Edition::Press;
    let kept = KeptFile {
        path: path.to_owned(),
        sum: output::checksum(&pages.pdf),
        bytes: pages.pdf.len(),
        pages: pages.pages.clone(),
        is_printed,
        looks: if is_printed { looks(task, &pages.pdf) } else { Vec::new() },
        sheets: None,
        picture: None,
        findings: Vec::new(),
    };
    let made = MadeFile { pages: pages.pages.clone(), placements: pages.placements.clone(), sheets: None };
    Given {
        fact: made.fact(path.to_owned(), task),
        diagnostics: Vec::new(),
        printed: kept.print_file(),
        kept: written.is_ok().then_some(kept),
        written,
    }
}

/// Makes a file of pages.
fn give(context: &BuildContext<'_>, task: &Task<'_>, asked: &Asked<'_>, input: &SheetsInput<'_>) -> Given {
    let sink = context.sink;
    if asked.publication.edition == task.publication.edition {
        return give_pages(context, task, &asked.path, input.pages);
    }
    let mut diagnostics = Vec::new();
    let laid = sheets::lay(asked.publication, task.job, &asked.path, input, &mut diagnostics);
    let laid = laid.filter(|laid| {
        let lost = verify::judge_files(input.text, &[&laid.text], &asked.path)
            .or_else(|| verify::judge_sheets(&Contents::read(&input.pages.pdf), &laid.contents, &asked.path));
        let is_whole = lost.is_none();
        diagnostics.extend(lost);
        is_whole
    });
    let Some(Laid { sheets, picture, .. }) = laid else {
        return Given { diagnostics, ..Given::held(task, asked, sink) };
    };
    let beside = asked.path.replace(".pdf", ".png");
    let written = picture.as_ref().map_or(Ok(()), |png| sink.put(&beside, png));
    let written = written.and_then(|()| sink.put(&asked.path, &sheets.pdf));
    let imposition = &sheets.imposition;
    let pages = vec![(imposition.sheet.width, imposition.sheet.height); imposition.sides()];
    let fact = SheetsFact::from(imposition);
    let kept = KeptFinding::all(&diagnostics).filter(|_| written.is_ok()).map(|findings| KeptFile {
        path: asked.path.clone(),
        sum: output::checksum(&sheets.pdf),
        bytes: sheets.pdf.len(),
        pages: pages.clone(),
        is_printed: false,
        looks: Vec::new(),
        sheets: Some(KeptSheets::from(&fact)),
        picture: picture.map(|png| (beside, output::checksum(&png))),
        findings,
    });
    // places are told by the edition whose pages these are
    let made = MadeFile { pages, placements: Vec::new(), sheets: Some(fact) };
    Given { fact: made.fact(asked.path.clone(), task), diagnostics, written, printed: None, kept }
}

/// The path of a file of `publication`, below the project.
pub(super) fn path(publication: &Publication, stem: &str) -> String {
    format!("{FOLDER}/{}/{}/{stem}.pdf", publication.plan.name.value, publication.folder())
}

/// What is told of a file that was made.
pub(super) struct MadeFile {
    /// Width and height of each page.
    pub pages: Vec<(Length, Length)>,
    pub placements: Vec<PlacedOrigin>,
    /// How its pages lie on sheets.
    pub sheets: Option<SheetsFact>,
}

impl MadeFile {
    pub fn fact(self, path: String, task: &Task<'_>) -> FileFact {
        let Self { pages, placements, sheets } = self;
        FileFact { path, record: task.job.key.clone(), state: FileState::Made, pages, placements, sheets }
    }
}

impl Done {
    /// A task whose files cannot be made.
    pub fn held(
        context: &BuildContext<'_>,
        task: &Task<'_>,
        diagnostics: Vec<Diagnostic>,
        account: Account,
    ) -> Self {
        let files = task.asked.iter().map(|asked| Given::held(task, asked, context.sink)).collect();
        Self { files, diagnostics, account, step: BuildStep::Made, kept: Ok(()) }
    }
}

impl Given {
    /// A file that stands as an earlier run made it.
    pub fn kept(fact: FileFact, printed: Option<PrintFile>, diagnostics: Vec<Diagnostic>) -> Self {
        Self { fact, diagnostics, written: Ok(()), printed, kept: None }
    }

    /// A file that could not be made; its findings say why.
    fn held(task: &Task<'_>, asked: &Asked<'_>, sink: &dyn Sink) -> Self {
        let why = say!("組版できませんでした。", "It could not be set.");
        let state = FileState::Held { why, older_is_there: sink.has(&asked.path) };
        let fact =
            FileFact { record: task.job.key.clone(), ..FileFact::without_pages(asked.path.clone(), state) };
        Self { fact, diagnostics: Vec::new(), written: Ok(()), printed: None, kept: None }
    }
}

/// A file that `merge` held back.
pub(super) fn held_file(publication: &Publication, held: &Held, sink: &dyn Sink) -> FileFact {
    let path = path(publication, &held.stem);
    let state = FileState::Held { why: held.why.clone(), older_is_there: sink.has(&path) };
    FileFact::without_pages(path, state)
}
