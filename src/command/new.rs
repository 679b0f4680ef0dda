//! `sasshi new`: a small project that builds.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{CommandError, Context, Ending, print};
use crate::project::files::{ArgumentState, Files};

/// What `new` takes.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// Folder to make
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// The files of a new project.
const FILES: &[(&str, &str)] = &[
    ("sasshi.toml", include_str!("new/sasshi.toml")),
    ("sources/wards.csv", include_str!("new/wards.csv")),
    ("sources/centers.csv", include_str!("new/centers.csv")),
    ("output/.gitignore", "*\n!.gitignore\n"),
];

/// Runs `new`. Nothing that is there is overwritten.
///
/// # Errors
/// When the folder holds something already, or cannot be written.
pub fn run(context: &Context, args: &NewArgs) -> Result<Ending, CommandError> {
    let folder = &args.folder;
    let shown = folder.display().to_string();
    if Files::argument_state(folder) != ArgumentState::Missing && !is_empty(folder)? {
        return Err(context
            .words(
                "「{}」には、もう何か入っています。別の名前にしてください。",
                "\"{}\" is not empty; choose another name",
            )
            .replace("{}", &shown)
            .into());
    }
    for (path, text) in FILES {
        let file = folder.join(path);
        if let Some(parent) = file.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(file, text)?;
    }
    if !context.common.quiet {
        let words = context.words(
            "「{}」を作りました。つぎは：\n  cd {}\n  sasshi build\n",
            "Made \"{}\". Next:\n  cd {}\n  sasshi build\n",
        );
        print(&words.replace("{}", &shown))?;
    }
    Ok(Ending::Done)
}

fn is_empty(folder: &Path) -> Result<bool, CommandError> {
    Ok(Files::argument_state(folder) == ArgumentState::Folder && Files::argument_files(folder)?.is_empty())
}
