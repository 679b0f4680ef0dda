//! `sasshi proofread`: reads typeset pages as a proofreader and a typographer read them.

use std::path::PathBuf;

use clap::Args;

use super::execution::{self, RunArgs};
use super::selection::SelectionArgs;
use super::{CommandError, Context, Ending, print};
use crate::output::write_for_user;
use crate::pipeline::proofread::ProofreadWish;
use crate::project::files::Files;
use crate::report::facts::Completion;

/// What `proofread` takes.
#[derive(Debug, Args)]
pub struct ProofreadArgs {
    /// Names of publications; all if none is given
    #[arg(value_name = "PUBLICATION")]
    pub publications: Vec<String>,
    /// Only the sheets of these wards (or other units): a name or a part of it, code or romaji; several with commas
    #[arg(long, value_name = "WARD")]
    pub only: Vec<String>,
    /// What is asked of the pages: a built-in profile (standard, mie-2024, machida), or one of layouts/proofread/
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Also writes the findings as a page, with a picture of each page and the spots on it
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Also writes the words without a reading as a table to fill in (CSV), for readers of やさしい日本語
    #[arg(long, value_name = "FILE")]
    pub missing_readings: Option<PathBuf>,
}

/// Runs `proofread`. It writes nothing but the page and the table that are asked for.
///
/// # Errors
/// When it could not run at all.
pub fn run(context: &Context, args: &ProofreadArgs) -> Result<Ending, CommandError> {
    let selection = SelectionArgs {
        publications: args.publications.clone(),
        only: args.only.clone(),
        ..SelectionArgs::default()
    };
    let here = std::env::current_dir()?;
    let mut session = execution::session(&RunArgs::default(), Files::in_folder(&context.root()?));
    let selection = selection.in_project(context, &mut session)?;
    let prepared = session.prepare(&selection)?;
    if let Some(file) = &args.missing_readings {
        write_for_user(&here.join(file), prepared.missing_readings().as_bytes())?;
    }
    let wish = ProofreadWish {
        profile: args.profile.clone(),
        html: args.html.as_ref().map(|file| here.join(file)),
        language: context.language,
    };
    let read = session.proofread(&prepared, &wish)?;
    context.print_findings(&read.facts)?;
    if !context.common.quiet && context.is_for_people() {
        let (files, pages) =
            (read.files.len(), read.files.iter().map(|file| file.pages.len()).sum::<usize>());
        let count = read.facts.counts().all();
        print(context.words(
            &format!("{files}ファイル（{pages}ページ）を校正しました。見つかったところ：{count}件。\n"),
            &format!("{files} files ({pages} pages) proofread: {count} findings.\n"),
        ))?;
    }
    Ok(match (read.facts.completion, read.facts.counts().all()) {
        (Completion::NotFound, _) => Ending::Refused,
        (Completion::Complete, 0) => Ending::Done,
        (Completion::NoManifest | Completion::Complete, _) => Ending::Faults,
    })
}
