//! `sasshi build`: makes the PDFs.

use std::path::PathBuf;

use clap::Args;

use super::{CommandError, Context, Ending, progress};
use crate::merge::Selection;
use crate::model::cores;
use crate::model::edition::{Edition, Reader};
use crate::pipeline::{self, Request};
use crate::project::{Project, not_made};
use crate::report::facts::Facts;

/// What `build` takes.
#[derive(Debug, Args)]
pub struct BuildArgs {
    /// Names of publications; all if none is given
    #[arg(value_name = "PUBLICATION")]
    pub publications: Vec<String>,
    /// Only the sheet of this ward: name, code or romaji
    #[arg(long, value_name = "WARD")]
    pub only: Vec<String>,
    /// Only this edition (screen, office, press)
    #[arg(long, value_name = "EDITION")]
    pub edition: Vec<String>,
    /// Makes nothing unless all is clean
    #[arg(long)]
    pub strict: bool,
    /// Also writes the findings as a page to mail or print
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// How many files are made at once
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<usize>,
    /// Further fonts: a file or a folder
    #[arg(long, value_name = "PATH")]
    pub font_path: Vec<PathBuf>,
}

/// Runs `build`.
///
/// # Errors
/// When it could not run at all.
pub fn run(context: &Context, args: &BuildArgs) -> Result<Ending, CommandError> {
    execute(context, args, true)
}

/// `build` and `check` are one, but for the writing.
pub(super) fn execute(context: &Context, args: &BuildArgs, write: bool) -> Result<Ending, CommandError> {
    let Some((facts, _)) = run_pipeline(context, args, write)? else { return Ok(Ending::Faults) };
    Ok(match facts.counts() {
        _ if facts.refused() => Ending::Refused,
        (0, warnings) if !(args.strict && warnings > 0) => Ending::Done,
        _ => Ending::Faults,
    })
}

/// Builds, and gives what was made and the folder of the project; none if there is no project to build.
pub(super) fn made(context: &Context, args: &BuildArgs) -> Result<Option<(Facts, PathBuf)>, CommandError> {
    run_pipeline(context, args, true)
}

fn run_pipeline(
    context: &Context,
    args: &BuildArgs,
    write: bool,
) -> Result<Option<(Facts, PathBuf)>, CommandError> {
    let Some((project, diagnostics)) = context.open()? else { return Ok(None) };
    let request = Request {
        selection: selection(context, &project, args)?,
        write,
        strict: args.strict,
        html: match &args.html {
            Some(file) => Some(std::env::current_dir()?.join(file)),
            None => None,
        },
        language: context.language,
        jobs: args.jobs.unwrap_or_else(cores::count).max(1),
        fonts: args.font_path.clone(),
    };
    let progress = progress::Bar::new(context, write);
    let facts = pipeline::run(&project, diagnostics, &request, &progress)?;
    context.print_findings(&facts)?;
    if !facts.refused() {
        context.print_summary(&facts, write)?;
    }
    Ok(Some((facts, project.root().to_owned())))
}

/// A wrong word of the command line is no fault of the data: it ends the run before anything is read.
fn selection(context: &Context, project: &Project, args: &BuildArgs) -> Result<Selection, CommandError> {
    let known: Vec<&str> = project.publications.iter().map(|plan| plan.name.value.as_str()).collect();
    for name in &args.publications {
        if !known.contains(&name.as_str()) {
            let list = known.join(", ");
            return Err(context
                .words(
                    "出版物「{name}」はありません。あるのは：{list}",
                    "there is no publication \"{name}\"; there are: {list}",
                )
                .replace("{name}", name)
                .replace("{list}", &list)
                .into());
        }
    }
    let editions: Vec<(Edition, Reader)> =
        args.edition.iter().map(|name| edition(context, name)).collect::<Result<_, _>>()?;
    let asked = |name: &str| args.publications.is_empty() || args.publications.iter().any(|one| one == name);
    for (edition, _) in &editions {
        let plans = project.publications.iter().filter(|plan| asked(&plan.name.value));
        if !plans.into_iter().any(|plan| plan.editions.contains(edition)) {
            return Err(context
                .words(
                    "版「{}」を作る出版物がありません。sasshi.toml の editions に「{}」を加えてください。",
                    "no publication makes the edition \"{}\"; add it to editions in sasshi.toml",
                )
                .replace("{}", edition.name())
                .into());
        }
    }
    Ok(Selection { publications: args.publications.clone(), only: args.only.clone(), editions })
}

/// `screen`, or `screen-en`: an edition, and a reader unless it is the first.
fn edition(context: &Context, name: &str) -> Result<(Edition, Reader), CommandError> {
    // both names may hold a hyphen: the longest edition that fits is meant
    let mut split = name.match_indices('-').map(|(at, _)| (&name[..at], &name[at + 1..]));
    let (edition, reader) = match split.rfind(|(edition, _)| Edition::named(edition).is_some()) {
        Some(pair) if Edition::named(name).is_none() => pair,
        _ => (name, "ja"),
    };
    let found = Edition::named(edition).ok_or_else(|| {
        let names = Edition::ALL.iter().map(|(name, _)| *name);
        context.refusal(&not_made("版", "edition", edition, Edition::named(edition).is_some(), names))
    })?;
    let read_by = Reader::named(reader).filter(|reader| reader.is_made()).ok_or_else(|| {
        let names = Reader::ALL.iter().map(|(name, _)| *name);
        context.refusal(&not_made("読者", "reader", reader, Reader::named(reader).is_some(), names))
    })?;
    Ok((found, read_by))
}
