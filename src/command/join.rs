//! `sasshi join`: brings the parts of a build in shards together.

use std::path::{Path, PathBuf};

use clap::Args;

use super::execution::{self, RunArgs};
use super::selection::SelectionArgs;
use super::turn::{self, Patience, Turn};
use super::{CommandError, Context, Ending, shard, signal};
use crate::output::{Cache, OutputTree, ShardPart, Sink, Trust};
use crate::pipeline::parts::{JoinError, JoinFault};
use crate::project::MANIFEST;
use crate::project::files::Files;

/// What `join` takes.
#[derive(Debug, Args)]
pub struct JoinArgs {
    /// Folders of the parts; those in output/.shards if none is given
    #[arg(value_name = "PART")]
    pub parts: Vec<PathBuf>,
    /// Folder for the whole tree, in the place of the project's output/
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// How many files are made at once, where a part could not make one
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<usize>,
    /// Fails if a build of the project is running, and does not wait for it
    #[arg(long)]
    pub no_wait: bool,
}

/// Runs `join`: what the parts made is taken over, and the build that follows finds it made.
///
/// # Errors
/// When the parts do not fit, or it could not run at all.
pub fn run(context: &Context, args: &JoinArgs) -> Result<Ending, CommandError> {
    signal::listen(context)?;
    let root = context.root()?;
    let folders = shard::folders(&root, &args.parts);
    let told =
        |fault: &JoinFault| -> CommandError { fault.words().in_language(context.language).to_owned().into() };
    let Some(first) = folders.first() else {
        return Err(context.words("分担がありません", "there are no parts").into());
    };
    let first = ShardPart::open(first).map_err(|fault| told(&JoinFault::NoPart(first.clone(), fault)))?;
    let selection = SelectionArgs::of_words(&first.record.arguments);
    let asked = RunArgs { selection, jobs: args.jobs, ..RunArgs::default() };
    let patience = if args.no_wait { Patience::Fail } else { Patience::Wait };
    let tree = tree(context, &root, args.output.as_deref())?;
    let Turn { disk, lock: _lock } = turn::take(context, &tree, Trust::State, patience)?;
    let mut session = execution::session(&asked, Files::in_folder(&root));
    let selection = asked.selection.in_project(context, &mut session)?;
    let prepared = session.prepare(&selection)?;
    match session.join(&prepared, &folders, &disk) {
        Ok(()) => {}
        Err(JoinError::Fault(fault)) => return Err(told(&fault)),
        Err(JoinError::Output(error)) => return Err(error.into()),
    }
    disk.cache().map_or(Ok(()), Cache::settle)?;
    let facts = execution::execute_in(context, &asked, &mut session, &disk)?;
    execution::tell(context, &facts, &disk)?;
    Ok(execution::ending(&facts, &asked))
}

/// Where the whole tree comes to lie.
fn tree(context: &Context, root: &Path, output: Option<&Path>) -> Result<OutputTree, CommandError> {
    let tree = OutputTree::of_project(root);
    let Some(folder) = output else { return Ok(tree) };
    let folder = std::path::absolute(folder)?;
    if Files::in_folder(&folder).is_file(MANIFEST) {
        let words = context.words(
            "--output には、プロジェクトのフォルダーでないところを指定してください",
            "--output wants a folder that is no project",
        );
        return Err(format!("{words}: {}", folder.display()).into());
    }
    Ok(tree.in_place_of_output(folder))
}
