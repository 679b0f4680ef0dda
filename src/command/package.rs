//! `sasshi package`: builds the press edition of a publication and packs all that a shop needs into one ZIP.

use std::path::PathBuf;

use clap::Args;

use super::build::{self, BuildArgs};
use super::{CommandError, Context, Ending};
use crate::output::{Both, Disk, FOLDER, Memory, Sink};
use crate::pipeline::package::{PackageError, pack};

/// What `package` takes.
#[derive(Debug, Args)]
pub struct PackageArgs {
    /// Name of the publication
    #[arg(value_name = "PUBLICATION")]
    pub publication: String,
    /// Further fonts: a file or a folder
    #[arg(long, value_name = "PATH")]
    pub font_path: Vec<PathBuf>,
}

/// Runs `package`.
///
/// # Errors
/// When it could not run at all.
pub fn run(context: &Context, args: &PackageArgs) -> Result<Ending, CommandError> {
    let name = &args.publication;
    let wanted = BuildArgs {
        publications: vec![name.clone()],
        only: Vec::new(),
        edition: vec!["press".to_owned()],
        jobs: None,
        font_path: args.font_path.clone(),
        strict: false,
        html: None,
    };
    let root = context.root()?;
    let (disk, memory) = (Disk::new(&root), Memory::default());
    let facts = build::execute(context, &wanted, &Both(&disk, &memory))?;
    if build::ending(&facts, &wanted) != Ending::Done {
        return Ok(Ending::Faults);
    }
    let archive = pack(name, &facts, &memory.into_files()).map_err(|error| refused(context, error))?;
    disk.put(&format!("{FOLDER}/{name}/{name}.zip"), &archive)?;
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
