//! `sasshi check`: all that `build` does but writing.

use std::path::PathBuf;

use clap::Args;

use super::execution::{self, FontArgs, RunArgs};
use super::selection::SelectionArgs;
use super::{CommandError, Context, Ending};
use crate::output::Nowhere;

/// What `check` takes.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Names of publications; all if none is given
    #[arg(value_name = "PUBLICATION")]
    pub publications: Vec<String>,
    /// Also writes the findings as a page to mail or print
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Fonts.
    #[command(flatten)]
    pub fonts: FontArgs,
}

/// Runs `check`.
///
/// # Errors
/// When it could not run at all.
pub fn run(context: &Context, args: &CheckArgs) -> Result<Ending, CommandError> {
    let selection = SelectionArgs { publications: args.publications.clone(), ..SelectionArgs::default() };
    let args =
        RunArgs { selection, html: args.html.clone(), fonts: args.fonts.clone(), ..RunArgs::default() };
    let facts = execution::execute(context, &args, &Nowhere::new(&context.root()?))?;
    Ok(execution::ending(&facts, &args))
}
