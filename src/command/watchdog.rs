//! Watches over jobs that are being made: one that breaks a limit is stopped, and the others are made.
//!
//! In: jobs as they begin and end, with their limits. Out: this program anew, in the place of itself, told what to leave out
//! ([`precautions`]). The engine cannot be stopped within a process; files that are finished are found again by the run that
//! follows. A run that breaks nothing pays for a thread that sleeps.

use std::io::Write;
use std::process::Command;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::signal;
use crate::diagnostic::Say;
use crate::model::limits::{BrokenLimit, JobLimits};
use crate::pipeline::limits::{Precautions, RunningJob, StoppedJob};
use crate::project::files::Files;
use crate::say;

/// How often is looked.
const TICK: Duration = Duration::from_millis(100);
/// The most that one look counts: a process that was halted, or a machine that slept, worked on nothing.
const LONGEST_TICK: Duration = Duration::from_secs(2);
/// The variable by which a run tells the one that follows it what it could not end.
const VARIABLE: &str = "SASSHI_STOPPED_JOBS";

type Tell = Box<dyn Fn(Say) + Send + Sync>;

/// What watches over the jobs of a run.
pub(super) struct Watchdog(Arc<Watch>);

struct Watch {
    state: Mutex<WatchState>,
    changed: Condvar,
    tell: Tell,
}

#[derive(Default)]
struct WatchState {
    running: Vec<Running>,
    is_watching: bool,
    is_over: bool,
    /// Whether this process is about to be replaced.
    is_restarting: bool,
}

struct Running {
    job: RunningJob,
    limits: JobLimits,
    time: Duration,
}

/// What a look found.
enum Verdict {
    /// A job broke a limit.
    Stop(StoppedJob),
    /// One of these took too much memory; which one is seen when each is alone.
    Part(Vec<RunningJob>),
}

/// What earlier runs of this command could not end.
pub(super) fn precautions() -> Precautions {
    let told = std::env::var(VARIABLE).ok();
    // what nobody of ours wrote tells nothing
    told.and_then(|told| serde_json::from_str(&told).ok()).unwrap_or_default()
}

/// Whether this process goes on in the place of another.
pub(super) fn is_restarted() -> bool {
    std::env::var_os(VARIABLE).is_some()
}

impl Watchdog {
    /// Watches nothing yet; `tell` says what is stopped.
    pub fn new(tell: impl Fn(Say) + Send + Sync + 'static) -> Self {
        let (state, changed) = (Mutex::default(), Condvar::new());
        Self(Arc::new(Watch { state, changed, tell: Box::new(tell) }))
    }

    /// Watches over `job` until its end.
    pub fn begin(&self, job: &RunningJob, limits: JobLimits) {
        let mut state = self.0.lock();
        state.running.push(Running { job: job.clone(), limits, time: Duration::ZERO });
        if !std::mem::replace(&mut state.is_watching, true) {
            let watch = Arc::clone(&self.0);
            std::thread::spawn(move || watch.look());
        }
    }

    /// `job` ended.
    pub fn end(&self, job: &RunningJob) {
        self.0.lock().running.retain(|running| running.job != *job);
    }

    /// Stays here for good if the process is about to be replaced: nothing more is begun.
    pub fn wait_for_restart(&self) {
        while self.0.lock().is_restarting {
            std::thread::sleep(TICK);
        }
    }
}

impl Drop for Watchdog {
    fn drop(&mut self) {
        self.0.lock().is_over = true;
        self.0.changed.notify_all();
    }
}

impl Watch {
    fn lock(&self) -> MutexGuard<'_, WatchState> {
        // single fields are written
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks again and again until the run is over.
    fn look(&self) {
        let mut last = Instant::now();
        let mut state = self.lock();
        loop {
            let waited = self.changed.wait_timeout(state, TICK);
            (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
            if state.is_over {
                return;
            }
            let passed = last.elapsed().min(LONGEST_TICK);
            last = Instant::now();
            state.running.iter_mut().for_each(|running| running.time += passed);
            // a run that is to stop ends by itself
            let verdict = state.verdict(|| Files::resident_mib(None)).filter(|_| signal::raised().is_none());
            if let Some(verdict) = verdict {
                state.is_restarting = true;
                drop(state);
                self.restart(verdict);
            }
        }
    }

    /// Begins anew with what is known now; this process ends.
    fn restart(&self, verdict: Verdict) -> ! {
        let mut precautions = precautions();
        match verdict {
            Verdict::Stop(stopped) => {
                (self.tell)(words(&stopped));
                precautions.stopped.push(stopped);
            }
            Verdict::Part(jobs) => {
                (self.tell)(say!(
                    "メモリが限りを超えたので、どのファイルのためかを1つずつ確かめます。",
                    "memory is over its limit; which file it is for is seen one by one."
                ));
                precautions.alone.extend(jobs.into_iter().map(|job| job.path));
            }
        }
        let error = match (std::env::current_exe(), serde_json::to_string(&precautions)) {
            (Ok(program), Ok(told)) => {
                replace(Command::new(program).args(std::env::args_os().skip(1)).env(VARIABLE, told))
            }
            (Err(error), _) => error,
            (_, Err(error)) => error.into(),
        };
        // who closed standard error does not want to hear it
        let _ = writeln!(std::io::stderr(), "sasshi: {error}");
        std::process::exit(2);
    }
}

impl WatchState {
    fn verdict(&self, memory_mib: impl Fn() -> Option<u64>) -> Option<Verdict> {
        let is_late = |running: &&Running| running.time.as_secs() >= u64::from(running.limits.seconds);
        let stopped = |running: &Running, limit| StoppedJob { job: running.job.clone(), limit };
        if let Some(late) = self.running.iter().find(is_late) {
            return Some(Verdict::Stop(stopped(late, BrokenLimit::Time)));
        }
        let most = self.running.iter().map(|running| running.limits.memory_mib).min()?;
        memory_mib().filter(|memory| *memory > u64::from(most))?;
        Some(match self.running.as_slice() {
            [only] if precautions().is_alone(&only.job.path) => {
                Verdict::Stop(stopped(only, BrokenLimit::Memory))
            }
            several => Verdict::Part(several.iter().map(|running| running.job.clone()).collect()),
        })
    }
}

fn words(stopped: &StoppedJob) -> Say {
    let RunningJob { path, layout, .. } = &stopped.job;
    match stopped.limit {
        BrokenLimit::Time => say!(
            "レイアウト「{layout}」の {path} が時間の限りを超えたので止め、ほかのファイルを作ります。",
            "{path} of the layout \"{layout}\" took too long and was stopped; the other files are made."
        ),
        BrokenLimit::Memory | BrokenLimit::Pages(_) | BrokenLimit::Process => say!(
            "レイアウト「{layout}」の {path} がメモリの限りを超えたので止め、ほかのファイルを作ります。",
            "{path} of the layout \"{layout}\" took too much memory and was stopped; the other files are made."
        ),
    }
}

/// Puts the program of `command` in the place of this one; the error if that cannot be.
#[cfg(unix)]
fn replace(command: &mut Command) -> std::io::Error {
    use std::os::unix::process::CommandExt;
    command.exec()
}

/// Runs `command` in the place of this process, which only waits for it; the error if that cannot be.
#[cfg(not(unix))]
fn replace(command: &mut Command) -> std::io::Error {
    match command.status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(2)),
        Err(error) => error,
    }
}
