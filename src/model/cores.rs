//! Work parted among the cores of the machine.
//!
//! In: parts, and what is asked of each. Out: the answers, in the order of the parts.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many threads the process may run at once; as many as the machine does, unless it is less.
static LIMIT: AtomicUsize = AtomicUsize::new(usize::MAX);

/// How many threads are run at once: as many as the machine does, or as the process was kept to.
#[must_use]
pub fn count() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(LIMIT.load(Ordering::Relaxed))
}

/// Keeps the process to `threads`, at least one.
pub fn keep_to(threads: usize) {
    LIMIT.store(threads.max(1), Ordering::Relaxed);
}

/// Asks `look` of every part, on all cores if there are several parts.
///
/// # Panics
/// When `look` does.
pub fn each<P: Sync, T: Send>(parts: &[P], look: impl Fn(&P) -> T + Sync) -> Vec<T> {
    let threads = count().min(parts.len());
    if threads <= 1 {
        return parts.iter().map(look).collect();
    }
    let answers: Vec<Mutex<Option<T>>> = parts.iter().map(|_| Mutex::new(None)).collect();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(part) = parts.get(index) else { break };
                    let answer = look(part);
                    if let Ok(mut slot) = answers[index].lock() {
                        *slot = Some(answer);
                    }
                }
            });
        }
    });
    let answers = answers.into_iter().map(|slot| slot.into_inner().ok().flatten());
    answers.map(|answer| answer.expect("every part was looked at before the scope ended")).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn answers_are_in_the_order_of_the_parts() {
        let parts: Vec<usize> = (0..1_000).collect();
        assert_eq!(super::each(&parts, |part| part * 2), (0..1_000).map(|n| n * 2).collect::<Vec<_>>());
        assert!(super::each(&[] as &[usize], |part| *part).is_empty());
    }
}
