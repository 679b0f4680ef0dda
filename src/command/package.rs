//! `sasshi package`: builds the press edition of a publication and packs all that a shop needs into one ZIP.

use clap::Args;

use super::execution::{self, FontArgs, RunArgs};
use super::selection::SelectionArgs;
use super::turn::{self, Patience, Turn};
use super::{CommandError, Context, Ending, signal};
use crate::output::{FOLDER, OutputTree, Sink, Trust};
use crate::pipeline::package::{PackageError, pack};
use crate::project::files::Files;

/// What `package` takes.
#[derive(Debug, Args)]
pub struct PackageArgs {
    /// Name of the publication
    #[arg(value_name = "PUBLICATION")]
    pub publication: String,
    /// Fonts.
    #[command(flatten)]
    pub fonts: FontArgs,
}

/// Runs `package`.
///
/// # Errors
/// When it could not run at all.
pub fn run(context: &Context, args: &PackageArgs) -> Result<Ending, CommandError> {
    let name = &args.publication;
    let selection = SelectionArgs {
        publications: vec![name.clone()],
        edition: vec!["press".to_owned()],
        ..SelectionArgs::default()
    };
    let wanted = RunArgs { selection, fonts: args.fonts.clone(), ..RunArgs::default() };
    signal::listen(context)?;
    let root = context.root()?;
    let Turn { disk, lock: _lock } =
        turn::take(context, &OutputTree::of_project(&root), Trust::default(), Patience::Wait)?;
    let facts = execution::execute(context, &wanted, &disk)?;
    if execution::ending(&facts, &wanted) != Ending::Done {
        return Ok(Ending::Faults);
    }
    let files = Files::in_folder(&root);
    let archive = pack(name, &facts, &files).map_err(|error| refused(context, error))?;
    disk.put(&format!("{FOLDER}/{name}/{name}.zip"), &archive)?;
    if let Some(cache) = disk.cache() {
        cache.finish(u64::MAX)?;
    }
    Ok(Ending::Done)
}

fn refused(context: &Context, error: PackageError) -> CommandError {
    match error {
        PackageError::Name(file) => context
            .words(
                "「{file}」に英数字でない文字があります。file-name を英数字にしてください。",
                "\"{file}\" is no ASCII name, which shops ask for; change file-name.",
            )
            .replace("{file}", &file)
            .into(),
        PackageError::NoEdition(name) => context
            .words(
                "「{name}」には press の版がありません。sasshi.toml の editions に \"press\" を足してください。",
                "\"{name}\" has no press edition; add \"press\" to its editions in sasshi.toml.",
            )
            .replace("{name}", &name)
            .into(),
        PackageError::Archive(error) => error.into(),
    }
}
