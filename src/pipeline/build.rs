//! The files of a run, made on all cores: pages are set once, and become the files of every edition that shows them.
//!
//! In: publications. Out: facts of each file; their bytes go to the sink as they are made.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::black;
use super::build_context::BuildContext;
use super::collector::{Collected, Collector};
use super::error::PipelineError;
use super::job_key::{EngineInput, JobKey};
use super::kept::{self, KeptFile, KeptFinding, KeptJob, KeptSheets};
use super::limits::RunningJob;
use super::press;
use super::progress::BuildStep;
use super::queue::{QueuedTask, TaskQueue};
use super::recall::recall;
use super::sheets::{self, Laid, SheetsInput};
use super::task::{Asked, BATCH, Done, Given, MadeFile, Task, has_errors, path};
use crate::diagnostic::Severity;
use crate::merge::{Held, Publication};
use crate::model::docket::{InkAmounts, PrintFile};
use crate::model::edition::{Edition, Reader};
use crate::output::{self, OutputError, Sink};
use crate::pdf::content_digest::Contents;
use crate::press::cover;
use crate::press::presses::Presses;
use crate::proofing::{coverage, thumbnails};
use crate::report::facts::{Facts, FileFact, FileState, SheetsFact};
use crate::typeset::words::LayoutWords;
use crate::typeset::{self, LaidOut, SetPages, TypesetPages, Typesetter};
use crate::verify::{self, Account, Judgement, ReadBack, RunExtent};

/// From so many files for each thread on, all threads are at work as it is: none takes parts of another's file.
const MANY: usize = 4;

/// Sets every file; gives the press files of each publication.
pub(super) fn set_all(
    context: &BuildContext<'_>,
    publications: &[Publication],
    facts: &mut Facts,
) -> Result<Vec<Vec<PrintFile>>, PipelineError> {
    let as_set: Vec<Cow<'_, Publication>> = publications.iter().map(sheets::as_set).collect();
    let tasks = in_order(context, tasks(publications, &as_set, context.presses));
    let collected = TaskRun::new(context, &tasks, publications.len()).run()?;
    Ok(sum_up(context, collected, facts))
}

/// The tasks of the shard, the longest first, so that no thread is left with it at the end; those that are made with nothing
/// beside them stand last.
fn in_order<'p>(context: &BuildContext<'_>, mut tasks: Vec<Task<'p>>) -> Vec<Task<'p>> {
    tasks.sort_by_key(|task| (is_alone(context, task), std::cmp::Reverse(task.weight())));
    if let Some(shard) = context.shard {
        let mut takes = shard.takes(tasks.iter().map(Task::weight)).into_iter();
        tasks.retain(|_| takes.next().unwrap_or_default());
    }
    tasks
}

fn is_alone(context: &BuildContext<'_>, task: &Task<'_>) -> bool {
    context.precautions.is_alone(&task.asked[0].path)
}

/// Tasks under way on several threads.
struct TaskRun<'r> {
    context: &'r BuildContext<'r>,
    tasks: &'r [Task<'r>],
    /// What came of them.
    collector: Collector<'r>,
    /// The work since the engine last forgot something, in sheets.
    since_forgotten: AtomicUsize,
    /// After how much work it does.
    batch: usize,
}

impl<'r> TaskRun<'r> {
    /// Of so many publications.
    fn new(context: &'r BuildContext<'r>, tasks: &'r [Task<'r>], publications: usize) -> Self {
        let collector = Collector::new(tasks, publications);
        // what a sheet shares with the next one is used by it at once; a longer file is set while several sheets are
        let batch = if tasks.iter().all(|task| task.weight() == 1) { 1 } else { BATCH };
        Self { context, tasks, collector, since_forgotten: AtomicUsize::new(0), batch }
    }

    /// Does all tasks.
    fn run(self) -> Result<Collected, PipelineError> {
        let progress = self.context.progress;
        progress.start(self.tasks.iter().map(|task| task.asked.len()).sum());
        let beside = self.tasks.iter().filter(|task| !is_alone(self.context, task)).count();
        // std threads, not a pool: the engine uses one inside, and a waiting outer job would steal its work
        let shared = self.queue(0..beside);
        match self.context.jobs.min(beside) {
            0 | 1 => self.work(&shared),
            threads => std::thread::scope(|scope| {
                for _ in 0..threads {
                    scope.spawn(|| match beside >= threads * MANY {
                        true => typeset::threads::alone(|| self.work(&shared)),
                        false => self.work(&shared),
                    });
                }
            }),
        }
        if beside < self.tasks.len() {
            Typesetter::forget();
            self.work(&self.queue(beside..self.tasks.len()));
        }
        progress.finish();
        self.collector.finish()
    }

    fn queue(&self, part: Range<usize>) -> TaskQueue {
        TaskQueue::new(part.map(|index| QueuedTask { index, is_large: self.tasks[index].is_large() }))
    }

    /// Does tasks until the queue is empty, or the run is to stop.
    fn work(&self, queue: &TaskQueue) {
        let progress = self.context.progress;
        while let Some(taken) = queue.take() {
            let task = &self.tasks[taken.index];
            if progress.is_stopped() {
                break;
            }
            let result = make(self.context, task);
            queue.end(taken);
            let step = result.step;
            task.asked.iter().for_each(|asked| progress.file(&asked.path, step));
            self.collector.add(taken.index, result);
            if step == BuildStep::Made {
                self.forget(task);
            }
        }
    }

    /// Lets the engine forget what it remembers, after a large file at once and after small ones now and then.
    fn forget(&self, task: &Task<'_>) {
        if self.context.keeps_warm && !task.job.chapters.is_empty() {
            return;
        }
        let work = task.weight();
        if task.is_large() {
            Typesetter::forget_all();
        } else if self.since_forgotten.fetch_add(work, Ordering::Relaxed) + work >= self.batch {
            self.since_forgotten.store(0, Ordering::Relaxed);
            Typesetter::forget();
        }
    }
}

/// Puts what came of all tasks into the facts; gives the press files of each publication.
fn sum_up(context: &BuildContext<'_>, collected: Collected, facts: &mut Facts) -> Vec<Vec<PrintFile>> {
    let Collected { files, diagnostics, unchanged, mut printed, ledger } = collected;
    facts.files.extend(files);
    facts.diagnostics.extend(diagnostics);
    facts.unchanged += unchanged;
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
    printed
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
    let input = EngineInput::new(&laid_out.input);
    let key = context.sink.cache().map(|_| JobKey::of_task(context, task, &input));
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
    let running = RunningJob::new(context, &task.asked[0].path, &input);
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

/// How many pages of a file the docket shows: of all that is bound, of one file of those that are alike.
fn shown_pages(task: &Task<'_>) -> usize {
    let is_first = task.publication.jobs.first().is_some_and(|job| job.stem == task.job.stem);
    match (task.publication.edition == Edition::Press, task.publication.is_bound(), is_first) {
        (true, true, _) => thumbnails::MOST,
        (true, false, true) => thumbnails::FEW,
        (true, false, false) | (false, ..) => 0,
    }
}

/// Gives the sink pages as they are. Their bytes are let go: a thousand sheets are never in memory at once.
fn give_pages(context: &BuildContext<'_>, task: &Task<'_>, path: &str, pages: &TypesetPages) -> Given {
    let written = context.sink.put(path, &pages.pdf);
    let is_printed = task.publication.edition == Edition::Press;
    let shown = shown_pages(task);
    let kept = KeptFile {
        path: path.to_owned(),
        sum: output::checksum(&pages.pdf),
        bytes: pages.pdf.len(),
        pages: pages.pages.clone(),
        is_printed,
        looks: if shown > 0 { thumbnails::pages(&pages.pdf, shown) } else { Vec::new() },
        inks: if shown > 0 { coverage::pages(&pages.pdf, shown) } else { InkAmounts::default() },
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
        inks: InkAmounts::default(),
        sheets: Some(KeptSheets::from(&fact)),
        picture: picture.map(|png| (beside, output::checksum(&png))),
        findings,
    });
    // places are told by the edition whose pages these are
    let made = MadeFile { pages, placements: Vec::new(), sheets: Some(fact) };
    Given { fact: made.fact(asked.path.clone(), task), diagnostics, written, printed: None, kept }
}

/// A file that `merge` held back.
pub(super) fn held_file(publication: &Publication, held: &Held, sink: &dyn Sink) -> FileFact {
    let path = path(publication, &held.stem);
    let state = FileState::Held { why: held.why.clone(), older_is_there: sink.has(&path) };
    FileFact::without_pages(path, state)
}
