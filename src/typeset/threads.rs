//! How many threads the engine works on: its pool is one for the whole process.

/// Keeps the engine to `threads`. Of one thread, the one that calls this is taken: it must be the one that sets pages. Once
/// the engine has begun, or after an earlier call, nothing changes.
pub fn keep_to(threads: usize) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
    let pool = if threads == 1 { pool.use_current_thread() } else { pool };
    // who was first has settled it
    let _ = pool.build_global();
}
