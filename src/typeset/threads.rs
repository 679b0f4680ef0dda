//! How many threads the engine works on: its pool is one for the whole process, unless a thread keeps the engine to itself.

/// Keeps the engine to `threads`. Of one thread, the one that calls this is taken: it must be the one that sets pages. Once
/// the engine has begun, or after an earlier call, nothing changes.
pub fn keep_to(threads: usize) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
    let pool = if threads == 1 { pool.use_current_thread() } else { pool };
    // who was first has settled it
    let _ = pool.build_global();
}

/// Does `work` on a thread that the engine does not leave for its parts: of many files that are set side by side each is set on
/// one thread, and none waits for another.
///
/// # Panics
/// When `work` does.
pub fn alone<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match rayon::ThreadPoolBuilder::new().num_threads(1).build() {
        Ok(pool) => pool.install(work),
        // the pool of the process does it too
        Err(_) => work(),
    }
}
