//! One build at a time: who comes second waits for the first, and says so.
//!
//! In: where the output of a project lies. Out: the lock, held until it is dropped, and outputs that an earlier build left tidy.

use std::io::Write;

use super::{CommandError, Context, watchdog};
use crate::output::{BuildLock, Disk, LockAnswer, OutputTree, Sink, Trust};

/// What is done while another build has its turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Patience {
    /// The command waits.
    Wait,
    /// The command fails (`--no-wait`).
    Fail,
}

/// A build's turn to write.
#[derive(Debug)]
pub(super) struct Turn {
    /// Where it writes.
    pub disk: Disk,
    /// None where the file system has no locks.
    pub lock: Option<BuildLock>,
}

/// Takes the turn to write the output that lies as `tree` says.
///
/// # Errors
/// When `output/` cannot be written, or another build has its turn and `patience` is over.
pub(super) fn take(
    context: &Context,
    tree: &OutputTree,
    trust: Trust,
    patience: Patience,
) -> Result<Turn, CommandError> {
    // who closed standard error does not want to hear it
    let tell = |words: &str| drop(writeln!(std::io::stderr(), "sasshi: {words}"));
    let lock = match BuildLock::ask(tree)? {
        LockAnswer::Ours(lock) => Some(lock),
        // the process that begins anew holds it for this one, and writes no more
        LockAnswer::Taken(_) if cfg!(not(unix)) && watchdog::is_restarted() => None,
        LockAnswer::Taken(_) if patience == Patience::Fail => {
            let words = context.words(
                "ほかの sasshi が、このプロジェクトを作っているところです",
                "another sasshi is building this project",
            );
            return Err(words.into());
        }
        LockAnswer::Taken(lock) => {
            tell(context.words(
                "ほかの sasshi がこのプロジェクトを作っているので、終わるのを待っています。",
                "another sasshi is building this project; waiting for it to end.",
            ));
            Some(lock.wait()?)
        }
        LockAnswer::Unknown(error) => {
            let words = context.words(
                "このフォルダーでは、同時に2つの build が動かないように守れません",
                "this folder cannot be kept from two builds at once",
            );
            tell(&format!("{words}: {error}"));
            None
        }
    };
    let disk = Disk::in_tree(tree.clone()).with_trust(trust);
    if let Some(cache) = disk.cache().filter(|_| lock.is_some()) {
        cache.tidy()?;
    }
    Ok(Turn { disk, lock })
}
