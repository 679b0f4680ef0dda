//! `sasshi build`: makes the PDFs, or one share of them.

use std::path::PathBuf;

use clap::Args;

use super::execution::{self, RunArgs};
use super::turn::{self, Patience, Turn};
use super::{CommandError, Context, Ending, progress, shard, signal};
use crate::output::{self, Disk, OutputTree, PARTS, PROGRAM, PartRecord, Sink, Staged, Trust};
use crate::project::files::Files;
use crate::report::facts::Completion;
use crate::report::terminal::Purpose;

/// What `build` takes.
#[derive(Debug, Default, Args)]
pub struct BuildArgs {
    /// What is made.
    #[command(flatten)]
    pub run: RunArgs,
    /// Knows files that were made earlier by their bytes, not by size and time
    #[arg(long)]
    pub verify: bool,
    /// Takes away files that are no longer made
    #[arg(long)]
    pub prune: bool,
    /// Fails if another build of the project is running, and does not wait for it
    #[arg(long)]
    pub no_wait: bool,
    /// Makes one share of the files, as 3/16, for `sasshi join`; auto[/16]: as the scheduler numbers this machine
    #[arg(long, value_name = "I/N")]
    pub shard: Option<String>,
    /// With --shard: the folder in which parts are left (output/.shards)
    #[arg(long, value_name = "DIR", requires = "shard")]
    pub shards: Option<PathBuf>,
    /// A folder in which several machines or copies of a project keep what they made, for each other
    #[arg(long, value_name = "DIR", display_order = 13)]
    pub cache: Option<PathBuf>,
}

impl BuildArgs {
    fn trust(&self) -> Trust {
        if self.verify { Trust::Bytes } else { Trust::State }
    }

    /// `disk` with the cache that is shared, if one is named.
    fn sharing(&self, disk: Disk) -> Disk {
        match &self.cache {
            Some(folder) => disk.sharing(folder.clone()),
            None => disk,
        }
    }

    fn patience(&self) -> Patience {
        if self.no_wait { Patience::Fail } else { Patience::Wait }
    }
}

/// Runs `build`.
///
/// # Errors
/// When it could not run at all.
pub fn run(context: &Context, args: &BuildArgs) -> Result<Ending, CommandError> {
    signal::listen(context)?;
    if let Some(text) = &args.shard {
        return make_part(context, args, text);
    }
    let root = context.root()?;
    // the lock is held to the end
    let Turn { disk, lock: _lock } =
        turn::take(context, &OutputTree::of_project(&root), args.trust(), args.patience())?;
    let disk = args.sharing(disk);
    let sink: Box<dyn Sink> = if args.run.strict { Box::new(Staged::over(disk)) } else { Box::new(disk) };
    let facts = execution::execute(context, &args.run, &*sink)?;
    if let Some(cache) = sink.cache().filter(|_| args.prune && !facts.gone.is_empty()) {
        cache.prune(&facts.gone)?;
        cache.finish(u64::MAX)?;
    }
    Ok(execution::ending(&facts, &args.run))
}

/// Makes one share of the files, for `sasshi join`.
fn make_part(context: &Context, args: &BuildArgs, text: &str) -> Result<Ending, CommandError> {
    let shard = shard::shard(context, text, |name| std::env::var(name).ok())?;
    let run = &args.run;
    if run.strict || args.prune || run.html.is_some() || !run.fonts.font_path.is_empty() {
        return Err(context
            .words(
                "--shard と --strict、--prune、--html、--font-path は、いっしょに使えません（書体は layouts/fonts/ に置けます）",
                "--shard goes without --strict, --prune, --html and --font-path (fonts may stand in layouts/fonts/)",
            )
            .into());
    }
    let root = context.root()?;
    let folder = args.shards.as_ref().map_or_else(|| root.join(PARTS), Clone::clone).join(shard.folder());
    output::begin_part(&folder)?;
    let Turn { disk, lock: _lock } =
        turn::take(context, &OutputTree::of_project(&folder), args.trust(), args.patience())?;
    let disk = args.sharing(disk);
    let mut session = execution::session(run, Files::in_folder(&root));
    let selection = run.selection.in_project(context, &mut session)?;
    let prepared = session.prepare(&selection)?;
    // what the engine reads later is another with each part
    let build = prepared.build_digest();
    let progress = progress::Bar::new(context, Purpose::Make).with_reasons(run.why);
    let (facts, jobs) = session.make_part(&prepared, &disk, &progress, shard)?;
    context.print_findings(&facts)?;
    if let Some(build) = build.filter(|_| facts.completion == Completion::Complete) {
        let (program, arguments) = (PROGRAM.to_owned(), run.selection.words());
        let (index, count) = (shard.index(), shard.count());
        PartRecord { program, build, index, count, arguments, jobs }.write(&folder)?;
        context.print_summary(&facts, Purpose::Make)?;
    }
    Ok(execution::ending(&facts, run))
}
