//! `sasshi package`: builds the press edition of a publication and packs all that a shop needs into one ZIP.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;

use super::build::{self, BuildArgs};
use super::{CommandError, Context, Ending};
use crate::output::zip::{self, Entry};
use crate::output::{FOLDER, Output};
use crate::press;

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
    let Some((facts, root)) = build::made(context, &wanted)? else { return Ok(Ending::Faults) };
    if facts.counts().0 > 0 {
        return Ok(Ending::Faults);
    }
    let folder = format!("{FOLDER}/{name}/press");
    let mut entries = Vec::new();
    let mut sums = String::new();
    let dockets = std::iter::once(format!("{folder}/docket.pdf"));
    for path in facts.files.iter().map(|file| file.path.clone()).chain(dockets) {
        let file = path.rsplit('/').next().unwrap_or(&path).to_owned();
        if !file.is_ascii() {
            return Err(context
                .words(
                    "「{file}」に英数字でない文字があります。file-name を英数字にしてください。",
                    "\"{file}\" is no ASCII name, which shops ask for; change file-name.",
                )
                .replace("{file}", &file)
                .into());
        }
        let Ok(bytes) = std::fs::read(root.join(&path)) else {
            return Err(context
                .words(
                    "「{name}」には press の版がありません。sasshi.toml の editions に \"press\" を足してください。",
                    "\"{name}\" has no press edition; add \"press\" to its editions in sasshi.toml.",
                )
                .replace("{name}", name)
                .into());
        };
        let _ = writeln!(sums, "{}  {file}", press::checksum(&bytes));
        entries.push(Entry { name: format!("{name}/{file}"), bytes });
    }
    entries.push(Entry { name: format!("{name}/SHA256SUMS"), bytes: sums.into_bytes() });
    Output::new(&root).write(&format!("{FOLDER}/{name}/{name}.zip"), &zip::archive(&entries)?)?;
    Ok(Ending::Done)
}
