//! The threads that make pages: few, each with a pipeline of its own, so that the runtime never waits for the engine.
//!
//! In: tasks of units. Out: what comes of them. The queue is fair: units take turns, however much one of them asks for, and
//! none has two threads at once; it is bounded: who comes when it is full is told so at once.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use tokio::sync::oneshot;

use super::desk::Desk;

/// Tasks of one unit that may wait.
const MOST_OF_A_UNIT: usize = 24;
/// Tasks that may wait in all.
const MOST: usize = 400;

/// How much the last task counts for what tasks take.
const RECENT: f64 = 0.2;

type Task = Box<dyn FnOnce(&mut Desk) + Send>;

#[derive(Default)]
struct Queue {
    /// Tasks by unit.
    waiting: BTreeMap<String, VecDeque<Task>>,
    /// Units that wait, in the order of their turns.
    turns: VecDeque<String>,
    /// Units for which a thread works.
    working: BTreeSet<String>,
    count: usize,
    is_closed: bool,
    /// Seconds that tasks of units took lately.
    seconds: f64,
}

/// How long a unit's next task waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// Its place in the queue, from 1.
    pub place: usize,
    /// Seconds until its turn, by what tasks took lately.
    pub seconds: u64,
}

impl Queue {
    /// Gives `unit` its next turn, behind the others. What is of no unit is short, and every page waits for it: it is first.
    fn line_up(&mut self, unit: String) {
        if unit.is_empty() {
            self.turns.push_front(unit);
        } else {
            self.turns.push_back(unit);
        }
    }

    /// The next task whose turn it is, with its unit.
    fn take(&mut self) -> Option<(String, Task)> {
        // what is of no unit is short
        let at = self.turns.iter().position(|unit| !self.working.contains(unit))?;
        let unit = self.turns.remove(at)?;
        let tasks = self.waiting.get_mut(&unit)?;
        let task = tasks.pop_front()?;
        if tasks.is_empty() {
            self.waiting.remove(&unit);
        } else {
            self.line_up(unit.clone());
        }
        self.count -= 1;
        if !unit.is_empty() {
            self.working.insert(unit.clone());
        }
        Some((unit, task))
    }
}

/// Why a task was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PoolError {
    /// Too many wait already; so many do.
    #[error("{0} tasks wait already")]
    Full(usize),
    /// The task fell over, or the server ends.
    #[error("the task was not done")]
    Undone,
}

/// The threads and their queue.
pub struct Pool {
    queue: Arc<(Mutex<Queue>, Condvar)>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

fn lock(queue: &Mutex<Queue>) -> MutexGuard<'_, Queue> {
    // tasks run outside of the lock
    queue.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pool {
    /// `count` threads, each at a desk of its own.
    #[must_use]
    pub fn new(count: usize, desk: impl Fn() -> Desk + Send + Sync + 'static) -> Self {
        let queue = Arc::new((Mutex::new(Queue::default()), Condvar::new()));
        let desk = Arc::new(desk);
        let thread = |_| {
            let (queue, desk) = (Arc::clone(&queue), Arc::clone(&desk));
            std::thread::spawn(move || work(&queue, &*desk))
        };
        let threads = (0..count.max(1)).map(thread).collect();
        Self { queue, threads: Mutex::new(threads) }
    }

    /// Has `task` done when the turn of `unit` comes.
    ///
    /// # Errors
    /// [`PoolError`] when the queue is full, or the task falls over.
    pub async fn run<T: Send + 'static>(
        &self,
        unit: &str,
        task: impl FnOnce(&mut Desk) -> T + Send + 'static,
    ) -> Result<T, PoolError> {
        let (sender, receiver) = oneshot::channel();
        let task: Task = Box::new(move |desk| {
            // who asked may have gone away
            if !sender.is_closed() {
                drop(sender.send(task(desk)));
            }
        });
        {
            let (queue, wake) = &*self.queue;
            let mut queue = lock(queue);
            let of_unit = queue.waiting.get(unit).map_or(0, VecDeque::len);
            let most = if unit.is_empty() { MOST } else { MOST_OF_A_UNIT };
            if queue.is_closed {
                return Err(PoolError::Undone);
            }
            if queue.count >= MOST || of_unit >= most {
                return Err(PoolError::Full(queue.count));
            }
            if of_unit == 0 {
                queue.line_up(unit.to_owned());
            }
            queue.waiting.entry(unit.to_owned()).or_default().push_back(task);
            queue.count += 1;
            wake.notify_one();
        }
        receiver.await.map_err(|_| PoolError::Undone)
    }

    /// How long `unit`'s next task waits; none where nothing of it does.
    #[must_use]
    pub fn wait(&self, unit: &str) -> Option<Wait> {
        let threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner).len();
        let queue = lock(&self.queue.0);
        let place = queue.turns.iter().position(|waiting| waiting == unit)? + 1;
        let turns = u32::try_from(place.div_ceil(threads.max(1))).unwrap_or(u32::MAX);
        let seconds = Duration::from_secs_f64((f64::from(turns) * queue.seconds).min(3_600.0));
        Some(Wait { place, seconds: seconds.as_millis().div_ceil(1_000).try_into().unwrap_or(u64::MAX) })
    }

    /// Takes no more tasks, finishes those that wait, and ends the threads.
    pub fn close(&self) {
        let (queue, wake) = &*self.queue;
        lock(queue).is_closed = true;
        wake.notify_all();
        let threads = std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            // a thread that fell over has nothing more to do
            let _ = thread.join();
        }
    }
}

fn work(queue: &(Mutex<Queue>, Condvar), desk: &dyn Fn() -> Desk) {
    let mut at = desk();
    while let Some((unit, task)) = next(queue) {
        let began = Instant::now();
        // a desk at which a task fell over is not used again
        if catch_unwind(AssertUnwindSafe(|| task(&mut at))).is_err() {
            tracing::error!("a task fell over");
            at = desk();
        }
        let mut known = lock(&queue.0);
        known.working.remove(&unit);
        // what is of no unit is short, and does not wait
        if !unit.is_empty() {
            known.seconds += RECENT * (began.elapsed().as_secs_f64() - known.seconds);
        }
        drop(known);
        // what waits of the unit may be begun by any thread
        queue.1.notify_all();
    }
}

/// The next task, once there is one; none when the queue is closed and nothing of it waits.
fn next((queue, wake): &(Mutex<Queue>, Condvar)) -> Option<(String, Task)> {
    let mut queue = lock(queue);
    loop {
        if let Some(task) = queue.take() {
            return Some(task);
        }
        if queue.is_closed && queue.count == 0 {
            return None;
        }
        queue = wake.wait(queue).unwrap_or_else(PoisonError::into_inner);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::files::Files;
    use std::sync::mpsc;

    fn pool() -> Pool {
        Pool::new(1, || Desk::new(Files::in_memory([("sasshi.toml", "")]), "sheet".to_owned()))
    }

    fn block<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(future)
    }

    #[test]
    fn units_take_turns() {
        let pool = Arc::new(pool());
        let (order, told) = mpsc::channel();
        let (open, gate) = mpsc::channel::<()>();
        block(async {
            let first = pool.run("a", move |_| gate.recv().expect("opened"));
            let rest: Vec<_> = [("a", 1), ("a", 2), ("b", 3)]
                .map(|(unit, number)| {
                    let order = order.clone();
                    pool.run(unit, move |_| order.send(number).expect("told"))
                })
                .into_iter()
                .collect();
            let opened = async {
                // the others are in the queue by now: futures are polled in order
                let place = |unit| pool.wait(unit).map(|wait| wait.place);
                assert_eq!((place("a"), place("b"), place("c")), (Some(1), Some(2), None));
                open.send(()).expect("waits");
                Ok(())
            };
            let mut rest = rest.into_iter();
            let (one, two, three) = (rest.next(), rest.next(), rest.next());
            let wait = |future: Option<_>| future.expect("three");
            let done = tokio::join!(first, wait(one), wait(two), wait(three), opened);
            let all: [Result<(), PoolError>; 5] = [done.0, done.1, done.2, done.3, done.4];
            assert!(all.iter().all(Result::is_ok));
        });
        let order: Vec<i32> = told.try_iter().collect();
        let place = |task| order.iter().position(|done| *done == task);
        assert!(place(3) < place(2) && place(1) < place(2), "b waits for one of a at most: {order:?}");
        pool.close();
    }

    #[test]
    fn no_unit_has_two_threads() {
        let pool =
            Arc::new(Pool::new(3, || Desk::new(Files::in_memory([("sasshi.toml", "")]), String::new())));
        let (open, gate) = mpsc::channel::<()>();
        let (began, told) = mpsc::channel();
        let order = block(async {
            let (first, second, third) = (began.clone(), began.clone(), began.clone());
            let long = pool.run("a", move |_| {
                first.send("a1").expect("told");
                gate.recv().expect("opened");
            });
            let other = pool.run("a", move |_| second.send("a2").expect("told"));
            let last = async {
                let done = pool.run("b", move |_| third.send("b").expect("told")).await;
                open.send(()).expect("waits");
                done
            };
            let (long, other, last) = tokio::join!(long, other, last);
            assert!([long, other, last].iter().all(Result::is_ok));
            told.try_iter().collect::<Vec<_>>()
        });
        assert!(order.last() == Some(&"a2"), "{order:?}");
        pool.close();
    }

    #[test]
    fn a_task_that_falls_over_ends_no_other_and_a_full_queue_says_so() {
        let pool = pool();
        assert_eq!(block(pool.run("a", |_| panic!("on purpose"))), Err::<(), _>(PoolError::Undone));
        assert_eq!(block(pool.run("a", |_| 1)), Ok(1));
        pool.close();
        assert_eq!(block(pool.run("a", |_| 1)), Err(PoolError::Undone));
    }
}
