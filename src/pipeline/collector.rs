//! What came of the tasks of a run, put together in the order of the tasks, whoever was done first.
//!
//! In: a [`Done`] for each task, from several threads. Out: [`Collected`]. What can be put together is so at once: of ten
//! thousand sheets only the sum is kept, not what each of them showed.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::error::PipelineError;
use super::progress::BuildStep;
use super::task::{Done, Task};
use crate::diagnostic::Diagnostic;
use crate::model::docket::PrintFile;
use crate::output::OutputError;
use crate::report::facts::FileFact;
use crate::verify::Ledger;

/// Takes what came of each task.
pub(super) struct Collector<'t> {
    tasks: &'t [Task<'t>],
    state: Mutex<CollectorState>,
}

struct CollectorState {
    /// Those that were done before the ones before them.
    waiting: BTreeMap<usize, Done>,
    /// The task whose turn it is.
    next: usize,
    collected: Collected,
    /// The first file that could not be written.
    fault: Option<OutputError>,
}

/// The sum of what came of all tasks.
#[derive(Default)]
pub(super) struct Collected {
    pub files: Vec<FileFact>,
    pub diagnostics: Vec<Diagnostic>,
    /// How many of the files an earlier run had made.
    pub unchanged: usize,
    /// By publication, the files that go to a press.
    pub printed: Vec<Vec<PrintFile>>,
    /// What all files show.
    pub ledger: Ledger,
}

impl<'t> Collector<'t> {
    /// For `tasks` of so many publications.
    pub fn new(tasks: &'t [Task<'t>], publications: usize) -> Self {
        let collected = Collected { printed: vec![Vec::new(); publications], ..Collected::default() };
        let state = CollectorState { waiting: BTreeMap::new(), next: 0, collected, fault: None };
        Self { tasks, state: Mutex::new(state) }
    }

    /// Takes what came of the task of this number.
    pub fn add(&self, index: usize, done: Done) {
        let mut state = self.lock();
        state.waiting.insert(index, done);
        loop {
            let next = state.next;
            let (Some(task), Some(done)) = (self.tasks.get(next), state.waiting.remove(&next)) else {
                return;
            };
            state.next += 1;
            if let Err(fault) = state.collected.add(task, done) {
                state.fault.get_or_insert(fault);
            }
        }
    }

    /// The sum.
    ///
    /// # Errors
    /// [`PipelineError`] when tasks are missing, because the run was to stop, or a file could not be written.
    pub fn finish(self) -> Result<Collected, PipelineError> {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        if state.next < self.tasks.len() {
            return Err(PipelineError::Stopped);
        }
        state.fault.map_or(Ok(state.collected), |fault| Err(fault.into()))
    }

    fn lock(&self) -> MutexGuard<'_, CollectorState> {
        // a panic of a thread ends the run
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Collected {
    fn add(&mut self, task: &Task<'_>, done: Done) -> Result<(), OutputError> {
        done.kept?;
        if done.step != BuildStep::Made {
            self.unchanged += done.files.len();
        }
        self.ledger.enter(&task.publication.plan.name.value, &task.publication.folder(), done.account);
        self.diagnostics.extend(done.diagnostics);
        // a cover of its own is one file more, of the edition that the others are made of
        let of = |place: usize| task.asked.get(place).unwrap_or(&task.asked[0]);
        for (place, given) in done.files.into_iter().enumerate() {
            given.written?;
            self.printed[of(place).index].extend(given.printed);
            self.files.push(given.fact);
            self.diagnostics.extend(given.diagnostics);
        }
        Ok(())
    }
}
