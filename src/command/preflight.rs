//! `sasshi preflight`: judges a finished PDF, ours or anybody's, as a print shop would.

use std::path::{Path, PathBuf};

use clap::Args;

use super::{CommandError, Context, Ending, print};
use crate::diagnostic::{Code, Diagnostic};
use crate::press::load;
use crate::press::preflight;
use crate::press::profile::DEFAULT;
use crate::project::layout::LayoutFiles;
use crate::report::facts::Facts;
use crate::say;

/// What `preflight` takes.
#[derive(Debug, Args)]
pub struct PreflightArgs {
    /// The PDF
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Press profile: a built-in name, or one of layouts/press/
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
}

/// Runs `preflight`. It needs no project.
///
/// # Errors
/// When the file or the profile cannot be read.
pub fn run(context: &Context, args: &PreflightArgs) -> Result<Ending, CommandError> {
    let here = std::env::current_dir()?;
    let root = context.common.project.clone().map_or(here.clone(), |folder| here.join(folder));
    let name = args.profile.as_deref().unwrap_or(DEFAULT);
    let profile =
        load::profile(&LayoutFiles::new(&root), name, None).map_err(|fault| context.refusal(&fault))?;
    let path = args.file.display().to_string();
    let bytes = std::fs::read(&args.file).map_err(|error| format!("{path}: {error}"))?;
    let seen = preflight::examine(&bytes, &profile);
    let mut facts = Facts::default();
    if profile.ascii_names && !path.is_ascii() {
        facts.diagnostics.extend(name_finding(&args.file));
    }
    facts.diagnostics.extend(seen.findings.iter().map(|finding| finding.diagnostic(&path)));
    context.print_findings(&facts)?;
    let (errors, warnings) = facts.counts();
    if !context.common.quiet && context.style().form == crate::report::terminal::MessageForm::Human {
        let (pages, name) = (seen.pages.len(), &profile.name);
        print(context.words(
            &format!("{pages}ページを「{name}」で調べました。エラー{errors}件、注意{warnings}件。\n"),
            &format!("{pages} pages judged by {name}: {errors} errors, {warnings} warnings.\n"),
        ))?;
    }
    Ok(if errors > 0 { Ending::Faults } else { Ending::Done })
}

/// A file name that a shop's system may not take.
fn name_finding(file: &Path) -> Option<Diagnostic> {
    let name = file.file_name()?.to_string_lossy().into_owned();
    if name.is_ascii() {
        return None;
    }
    let message = say!(
        "ファイル名に英数字でない文字があります：{name}",
        "The file name has characters that are not ASCII: {name}"
    );
    Some(Diagnostic::warning(Code::FileNameAscii, message).hint(say!(
        "印刷所に渡すときは、英数字の名前にしてください。",
        "Give it a name of plain letters and digits for the shop."
    )))
}
