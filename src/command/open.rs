//! `sasshi open`: shows the PDF that the last build names, in the program that the system has for it.

use std::process::Command;

use clap::Args;

use super::{CommandError, Context, Ending, print};
use crate::output::FOLDER;
use crate::project::files::Files;
use crate::report::json;

/// What `open` takes.
#[derive(Debug, Args)]
pub struct OpenArgs {}

/// The program of this system that opens a file, with what stands before the file.
const OPENER: &[&str] = if cfg!(target_os = "windows") {
    &["explorer"]
} else if cfg!(target_os = "macos") {
    &["open"]
} else {
    &["xdg-open"]
};

/// Runs `open`. The file is an argument of its own: no shell reads it.
///
/// # Errors
/// When there is no project, nothing was made, or no program opens it.
pub fn run(context: &Context, _: &OpenArgs) -> Result<Ending, CommandError> {
    let root = context.root()?;
    let files = Files::in_folder(&root);
    let report = files.read(&format!("{FOLDER}/{}", json::NAME)).ok();
    let named = report.and_then(|bytes| json::to_open(&bytes)).filter(|path| files.is_file(path));
    let Some(path) = named else {
        let words = context.words(
            "開くPDFがありません。先に「sasshi build」で作ってください。",
            "there is no PDF to open; make it first: sasshi build",
        );
        return Err(words.into());
    };
    let file = root.join(&path);
    let [program, before @ ..] = OPENER else { return Ok(Ending::Refused) };
    let opened = Command::new(program).args(before).arg(&file).spawn();
    match opened {
        Ok(mut child) => {
            // the explorer ends with 1 whatever it did; what matters is that it began
            let done = child.wait()?;
            if !done.success() && !cfg!(target_os = "windows") {
                return Err(no_program(context, program, &path));
            }
        }
        Err(_) => return Err(no_program(context, program, &path)),
    }
    if !context.common.quiet {
        print(&format!("{path}\n"))?;
    }
    Ok(Ending::Done)
}

fn no_program(context: &Context, program: &str, path: &str) -> CommandError {
    context
        .words(
            "{program} で開けませんでした。ファイルは {path} です。",
            "{program} could not open it; the file is {path}",
        )
        .replace("{program}", program)
        .replace("{path}", path)
        .into()
}
