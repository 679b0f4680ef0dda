//! `sasshi watch`: makes the PDFs again whenever something is saved.

use std::io::Write;
use std::time::{Duration, Instant};

use clap::Args;

use super::execution::{self, FontArgs, RunArgs};
use super::selection::SelectionArgs;
use super::turn::{self, Patience, Turn};
use super::{CommandError, Context, Ending, failure, signal};
use crate::output::{OutputTree, Trust};
use crate::pipeline::Session;
use crate::project::files::Files;
use crate::report::facts::{Facts, FileState, FindingCounts};
use crate::watch::{Means, Watch};

/// How soon a signal is heard while nothing changes.
const TICK: Duration = Duration::from_millis(200);

/// What `watch` takes.
#[derive(Debug, Default, Args)]
pub struct WatchArgs {
    /// Which files.
    #[command(flatten)]
    pub selection: SelectionArgs,
    /// How many files are made at once
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<usize>,
    /// Looks at the files every second, where the system does not tell of changes
    #[arg(long)]
    pub poll: bool,
    /// Fonts.
    #[command(flatten)]
    pub fonts: FontArgs,
}

/// Runs `watch` until a signal comes.
///
/// # Errors
/// When it cannot begin: later faults are told, and the next save is waited for.
pub fn run(context: &Context, args: &WatchArgs) -> Result<Ending, CommandError> {
    signal::listen(context)?;
    let root = context.root()?;
    let means = if args.poll { Means::Polling } else { Means::Best };
    // what is saved during the first build is not missed
    let mut watch = Watch::new(&root, means)?;
    let args = RunArgs {
        selection: args.selection.clone(),
        jobs: args.jobs,
        fonts: args.fonts.clone(),
        ..RunArgs::default()
    };
    let mut session = execution::session(&args, Files::in_folder(&root)).keeping_warm();
    make(context, &args, &mut session)?;
    if watch.means() == Means::Polling {
        tell(context.words(
            "保存を1秒ごとに見ています。Ctrl-C で終わります。",
            "looking for saves every second; Ctrl-C ends.",
        ));
    } else {
        tell(context.words("保存を待っています。Ctrl-C で終わります。", "waiting for saves; Ctrl-C ends."));
    }
    loop {
        let is_rung = watch.next(TICK);
        if signal::raised().is_some() {
            return Err(signal::words(context).into());
        }
        if !is_rung || !session.refresh_if_changed() {
            continue;
        }
        if let Err(error) = make(context, &args, &mut session) {
            if signal::raised().is_some() {
                return Err(error);
            }
            tell(&failure::words(&*error, context.language));
        }
    }
}

/// One build of what is there now, and a line about it.
fn make(context: &Context, args: &RunArgs, session: &mut Session) -> Result<(), CommandError> {
    let begin = Instant::now();
    let Turn { disk, lock: _lock } =
        turn::take(context, &OutputTree::of_project(&context.root()?), Trust::State, Patience::Wait)?;
    let facts = execution::execute_in(context, args, session, &disk)?;
    context.print_findings(&facts)?;
    if !context.common.quiet && context.is_for_people() {
        tell(&line(context, &facts, begin.elapsed()));
    }
    Ok(())
}

/// What a build came to.
fn line(context: &Context, facts: &Facts, time: Duration) -> String {
    let is_made = |state: &FileState| matches!(state, FileState::Made);
    let made = facts.files.iter().filter(|file| is_made(&file.state)).count();
    let new = made.saturating_sub(facts.unchanged);
    let FindingCounts { errors, warnings } = facts.counts();
    let seconds = format!("{:.2}", time.as_secs_f64());
    context
        .words(
            "{made}ファイルのうち{new}ファイルを作りました（{seconds}秒）。エラー{errors}件、注意{warnings}件。",
            "{new} of {made} files made in {seconds} s, {errors} errors, {warnings} warnings.",
        )
        .replace("{made}", &made.to_string())
        .replace("{new}", &new.to_string())
        .replace("{seconds}", &seconds)
        .replace("{errors}", &errors.to_string())
        .replace("{warnings}", &warnings.to_string())
}

fn tell(words: &str) {
    // who closed standard error does not want to hear it
    let _ = writeln!(std::io::stderr(), "sasshi: {words}");
}
