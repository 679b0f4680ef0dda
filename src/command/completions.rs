//! `sasshi completions`: words that a shell completes.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, CommandError, Ending, print};

/// What `completions` takes.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// Runs `completions`.
///
/// # Errors
/// When standard output is closed.
pub fn run(args: &CompletionsArgs) -> Result<Ending, CommandError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "sasshi", &mut script);
    print(&String::from_utf8_lossy(&script))?;
    Ok(Ending::Done)
}
