//! Hands out the tasks of a run to the threads that work on them.
//!
//! In: the tasks in their order, and which of them are large. Out: numbers of tasks, each once. A large one fills the memory:
//! beside it small ones are made while there are any.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Tasks that wait for a thread.
pub(super) struct TaskQueue(Mutex<Waiting>);

struct Waiting {
    tasks: VecDeque<QueuedTask>,
    /// How many large ones are being made.
    large: usize,
}

/// A task in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct QueuedTask {
    /// Its number in the run.
    pub index: usize,
    /// Whether it fills the memory.
    pub is_large: bool,
}

impl TaskQueue {
    /// A queue of `tasks`, the first of which is made first.
    pub fn new(tasks: impl IntoIterator<Item = QueuedTask>) -> Self {
        Self(Mutex::new(Waiting { tasks: tasks.into_iter().collect(), large: 0 }))
    }

    /// The next task; none if there is no other.
    pub fn take(&self) -> Option<QueuedTask> {
        let mut waiting = self.lock();
        let small = waiting.tasks.iter().position(|task| !task.is_large);
        let at = if waiting.large > 0 { small.unwrap_or_default() } else { 0 };
        let task = waiting.tasks.remove(at)?;
        waiting.large += usize::from(task.is_large);
        Some(task)
    }

    /// `task` was made.
    pub fn end(&self, task: QueuedTask) {
        self.lock().large -= usize::from(task.is_large);
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        // a task is taken out whole
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn large_tasks_are_made_beside_small_ones_while_there_are_any() {
        let all = [true, true, true, false, false];
        let queue = TaskQueue::new(
            all.into_iter().enumerate().map(|(index, is_large)| QueuedTask { index, is_large }),
        );
        let next = || queue.take().expect("there are more");
        let first = next();
        assert_eq!((first.index, first.is_large), (0, true));
        assert_eq!(next().index, 3);
        queue.end(first);
        assert_eq!(next().index, 1);
        assert_eq!(next().index, 4);
        // nobody waits while there is work
        assert_eq!(next().index, 2);
        assert_eq!(queue.take(), None);
    }
}
