//! `sasshi clean`: takes away what is kept between builds. The files that were made stay.

use clap::Args;

use super::turn::{self, Patience};
use super::{CommandError, Context, Ending, print};
use crate::output::{self, OutputTree, Trust};

/// What `clean` takes.
#[derive(Debug, Args)]
pub struct CleanArgs {}

/// Runs `clean`.
///
/// # Errors
/// When there is no project, or the folder cannot be taken away.
pub fn run(context: &Context, _: &CleanArgs) -> Result<Ending, CommandError> {
    let root = context.root()?;
    let turn = turn::take(context, &OutputTree::of_project(&root), Trust::default(), Patience::Wait)?;
    let bytes = output::clean(&root)?;
    drop(turn);
    if !context.common.quiet {
        let kilobytes = bytes.div_ceil(1_000);
        let words = context.words(
            "作った記録を消しました（{} KB）。次の build は、すべて作り直します。",
            "What was kept between builds is gone ({} KB); the next build makes everything anew.",
        );
        print(&format!("{}\n", words.replace("{}", &kilobytes.to_string())))?;
    }
    Ok(Ending::Done)
}
