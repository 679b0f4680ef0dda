//! Ctrl-C and SIGTERM: a run stops between two files, or after a moment within one.
//!
//! In: signals of the system. Out: [`raised`], which a run asks between files, and an exit code.

use std::io::Write;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::Duration;

use super::Context;

/// The exit code of the signal that came; 0 if none did.
static RAISED: AtomicU8 = AtomicU8::new(0);

/// The exit codes that shells give: 128 and the number of the signal.
const INTERRUPT: u8 = 130;
#[cfg(unix)]
const TERMINATE: u8 = 143;

/// How long a file that is being made may take after the signal. The engine cannot be stopped: then the process ends.
const GRACE: Duration = Duration::from_millis(700);

/// The exit code of the signal that came, if one did.
pub(super) fn raised() -> Option<u8> {
    Some(RAISED.load(Ordering::SeqCst)).filter(|code| *code != 0)
}

/// Waits for signals from now on, in a thread of its own.
///
/// # Errors
/// When the system refuses.
pub(super) fn listen(context: &Context) -> std::io::Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    let words = words(context);
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        let Ok(code) = runtime.block_on(signal()) else { return };
        RAISED.store(code, Ordering::SeqCst);
        std::thread::sleep(GRACE);
        // who closed standard error does not want to hear it
        let _ = writeln!(std::io::stderr(), "{words}");
        // a file that was being written is a temporary one, which the next build takes away
        std::process::exit(i32::from(code));
    })?;
    Ok(())
}

/// What is said when a run stops.
pub(super) fn words(context: &Context) -> String {
    context
        .words(
            "sasshi: 中断しました。できたファイルはそのまま使えます。もう一度 build すると、続きから作ります。",
            "sasshi: stopped. Files that were made are whole; the next build goes on from them.",
        )
        .to_owned()
}

/// The exit code of the first signal that comes.
#[cfg(unix)]
async fn signal() -> std::io::Result<u8> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(tokio::select! {
        _ = interrupt.recv() => INTERRUPT,
        _ = terminate.recv() => TERMINATE,
    })
}

/// The exit code of Ctrl-C.
#[cfg(not(unix))]
async fn signal() -> std::io::Result<u8> {
    tokio::signal::ctrl_c().await?;
    Ok(INTERRUPT)
}
