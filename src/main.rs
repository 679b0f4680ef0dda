//! The command `sasshi`: parse, dispatch, exit.

use std::process::ExitCode;

/// A fifth of a build was spent in the system's `malloc`; this one is as frugal and takes half the time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The allocator asks Linux for huge pages. A fifth of the memory of a run, and of the time of a short one, went into filling
/// them with zeros.
#[cfg(target_os = "linux")]
fn refuse_huge_pages() {
    // without it the program works as well
    let _ = rustix::thread::disable_transparent_huge_pages(true);
}

/// Elsewhere there is no such thing.
#[cfg(not(target_os = "linux"))]
fn refuse_huge_pages() {}

fn main() -> ExitCode {
    refuse_huge_pages();
    sasshi::command::main()
}
