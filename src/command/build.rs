//! `sasshi build`: makes the PDFs.

use std::path::PathBuf;

use clap::Args;

use super::turn::{self, Patience, Turn};
use super::{CommandError, Context, Ending, progress, shard, signal, watchdog};
use crate::merge::{Selection, WantedEdition};
use crate::model::edition::{Edition, Reader};
use crate::output::{Sink, Staged, Trust, write_for_user};
use crate::pipeline::Session;
use crate::project::files::Files;
use crate::project::{Per, Project, not_known};
use crate::report::facts::{Completion, Facts, FindingCounts};
use crate::report::html;
use crate::report::terminal::Purpose;

/// What `build` takes.
#[derive(Debug, Default, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub struct BuildArgs {
    /// Names of publications; all if none is given
    #[arg(value_name = "PUBLICATION")]
    pub publications: Vec<String>,
    /// Only the sheets of these wards (or other units): a name or a part of it, code or romaji; several with commas
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
    /// For `check`: where words without a reading are written
    #[arg(skip)]
    pub missing_readings: Option<PathBuf>,
    /// How many files are made at once
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<usize>,
    /// Says of each file why it is made, or is not
    #[arg(long)]
    pub why: bool,
    /// Knows files that were made earlier by their bytes, not by size and time
    #[arg(long)]
    pub verify: bool,
    /// Takes away files that are no longer made
    #[arg(long)]
    pub prune: bool,
    /// Fails if another build of the project is running, and does not wait for it
    #[arg(long)]
    pub no_wait: bool,
    /// Makes one share of the files, as 3/16, for `sasshi join`; auto[/16]: as the scheduler numbers this machine
    #[arg(long, value_name = "I/N")]
    pub shard: Option<String>,
    /// With --shard: the folder in which parts are left (output/.shards)
    #[arg(long, value_name = "DIR", requires = "shard")]
    pub shards: Option<PathBuf>,
    /// Further fonts: a file or a folder
    #[arg(long, value_name = "PATH")]
    pub font_path: Vec<PathBuf>,
}

/// Runs `build`.
///
/// # Errors
/// When it could not run at all.
pub fn run(context: &Context, args: &BuildArgs) -> Result<Ending, CommandError> {
    signal::listen(context)?;
    if let Some(text) = &args.shard {
        return shard::run(context, args, text);
    }
    let root = context.root()?;
    let trust = if args.verify { Trust::Bytes } else { Trust::State };
    let patience = if args.no_wait { Patience::Fail } else { Patience::Wait };
    // the lock is held to the end
    let Turn { disk, lock: _lock } = turn::take(context, &root, trust, patience)?;
    let sink: Box<dyn Sink> = if args.strict { Box::new(Staged::over(disk)) } else { Box::new(disk) };
    let facts = execute(context, args, &*sink)?;
    if let Some(cache) = sink.cache().filter(|_| args.prune && !facts.gone.is_empty()) {
        cache.prune(&facts.gone)?;
        cache.finish(u64::MAX)?;
    }
    Ok(ending(&facts, args))
}

/// How a run of `build` or `check` ends.
pub(super) fn ending(facts: &Facts, args: &BuildArgs) -> Ending {
    match (facts.completion, facts.counts()) {
        (Completion::NotFound, _) => Ending::Refused,
        (Completion::Complete, FindingCounts { errors: 0, warnings }) if !(args.strict && warnings > 0) => {
            Ending::Done
        }
        (Completion::NoManifest | Completion::Complete, _) => Ending::Faults,
    }
}

/// Runs the pipeline into `sink` and says what was found: `build`, `check` and `package` are one, but for the sink.
pub(super) fn execute(context: &Context, args: &BuildArgs, sink: &dyn Sink) -> Result<Facts, CommandError> {
    let mut session = session(args, Files::in_folder(&context.root()?));
    let facts = execute_in(context, args, &mut session, sink)?;
    tell(context, &facts, sink)?;
    Ok(facts)
}

/// A session over `files` as the command line wants it.
pub(super) fn session(args: &BuildArgs, files: Files) -> Session {
    let session =
        Session::new(files).with_fonts(args.font_path.clone()).with_precautions(watchdog::precautions());
    match args.jobs {
        Some(jobs) => {
            Session::keep_process_to(jobs);
            session.with_jobs(jobs)
        }
        None => session,
    }
}

/// What the command line asks for, in the project of `session`.
pub(super) fn selected(
    context: &Context,
    args: &BuildArgs,
    session: &mut Session,
) -> Result<Selection, CommandError> {
    match session.project()? {
        Some(project) => selection(context, &project, args),
        None => Ok(Selection::default()),
    }
}

/// Says what was found and made.
pub(super) fn tell(context: &Context, facts: &Facts, sink: &dyn Sink) -> Result<(), CommandError> {
    context.print_findings(facts)?;
    if facts.completion == Completion::Complete {
        context.print_summary(facts, purpose_of(sink))?;
    }
    Ok(())
}

/// The words of a command line that ask for the same files.
pub(super) fn arguments(args: &BuildArgs) -> Vec<String> {
    let flag = |name: &'static str, values: &[String]| {
        values.iter().flat_map(|value| [name.to_owned(), value.clone()]).collect::<Vec<_>>()
    };
    let mut words = flag("only", &args.only);
    words.extend(flag("edition", &args.edition));
    words.extend(flag("publication", &args.publications));
    words
}

/// What such words ask for.
pub(super) fn of_arguments(words: &[String]) -> BuildArgs {
    let mut args = BuildArgs::default();
    for pair in words.chunks_exact(2) {
        let list = match pair[0].as_str() {
            "only" => &mut args.only,
            "edition" => &mut args.edition,
            _ => &mut args.publications,
        };
        list.push(pair[1].clone());
    }
    args
}

/// Runs the pipeline of `session` into `sink`.
pub(super) fn execute_in(
    context: &Context,
    args: &BuildArgs,
    session: &mut Session,
    sink: &dyn Sink,
) -> Result<Facts, CommandError> {
    let selection = selected(context, args, session)?;
    let progress = progress::Bar::new(context, purpose_of(sink)).with_reasons(args.why);
    // a page of findings shows more than a summary does
    let known = match (&args.html, &args.missing_readings) {
        (None, None) => session.recall(&selection, sink, &progress)?,
        _ => None,
    };
    match known {
        Some(facts) => Ok(facts),
        None => make(context, args, session, &selection, sink),
    }
}

/// What a run into `sink` is for.
fn purpose_of(sink: &dyn Sink) -> Purpose {
    if sink.keeps() { Purpose::Make } else { Purpose::Look }
}

/// Runs all stages.
fn make(
    context: &Context,
    args: &BuildArgs,
    session: &mut Session,
    selection: &Selection,
    sink: &dyn Sink,
) -> Result<Facts, CommandError> {
    let prepared = session.prepare(selection)?;
    let progress = progress::Bar::new(context, purpose_of(sink)).with_reasons(args.why);
    if let Some(file) = &args.missing_readings {
        write_for_user(file, prepared.missing_readings().as_bytes())?;
    }
    let mut facts = session.make(&prepared, sink, &progress)?;
    if let Some((file, project)) = args.html.as_ref().zip(prepared.project()) {
        prepared.add_rows(&mut facts);
        write_for_user(file, html::check::page(project, &facts, context.language).as_bytes())?;
    }
    Ok(facts)
}

/// A wrong word of the command line is no fault of the data: it ends the run before anything is read.
fn selection(context: &Context, project: &Project, args: &BuildArgs) -> Result<Selection, CommandError> {
    let known: Vec<&str> = project.publications.iter().map(|plan| plan.name.value.as_str()).collect();
    for name in &args.publications {
        // one whose layout cannot be read is there: what is wrong with it is a finding
        if !known.contains(&name.as_str()) && !project.unresolved.contains(name) {
            let list = known.join(", ");
            return Err(context
                .words(
                    "刊行物「{name}」はありません。あるのは：{list}",
                    "there is no publication \"{name}\"; there are: {list}",
                )
                .replace("{name}", name)
                .replace("{list}", &list)
                .into());
        }
    }
    let editions: Vec<WantedEdition> =
        args.edition.iter().map(|name| edition(context, name)).collect::<Result<_, _>>()?;
    let asked = |name: &str| args.publications.is_empty() || args.publications.iter().any(|one| one == name);
    for WantedEdition { edition, reader } in &editions {
        let mut plans = project
            .publications
            .iter()
            .filter(|plan| asked(&plan.name.value) && plan.editions.contains(edition))
            .peekable();
        if let Some(reader) = reader.filter(|reader| {
            plans.peek().is_some() && !plans.clone().any(|plan| plan.readers.contains(reader))
        }) {
            return Err(context
                .words(
                    "読み手「{}」のために作る刊行物がありません。sasshi.toml の readers に「{}」を加えてください。",
                    "no publication is made for the reader \"{}\"; add it to readers in sasshi.toml",
                )
                .replace("{}", reader.name())
                .into());
        }
        if plans.next().is_none() {
            return Err(context
                .words(
                    "種類「{}」を作る刊行物がありません。sasshi.toml の editions に「{}」を加えてください。",
                    "no publication makes the edition \"{}\"; add it to editions in sasshi.toml",
                )
                .replace("{}", edition.name())
                .into());
        }
    }
    let mut plans = project.publications.iter().filter(|plan| asked(&plan.name.value));
    if !args.only.is_empty() && !plans.any(|plan| matches!(plan.per, Per::Directory(_))) {
        let names =
            if args.publications.is_empty() { known.join(", ") } else { args.publications.join(", ") };
        return Err(context
            .words(
                "--only は、1件ごとにファイルを作る刊行物だけに使えます（「{}」は違います）。",
                "--only is for publications of one file a record, which these are not: {}",
            )
            .replace("{}", &names)
            .into());
    }
    Ok(Selection { publications: args.publications.clone(), only: args.only.clone(), editions })
}

/// `screen`, or `screen-en`: an edition, and a reader unless it is the first of the publication.
fn edition(context: &Context, name: &str) -> Result<WantedEdition, CommandError> {
    // both names may hold a hyphen: the longest edition that fits is meant
    let mut split = name.match_indices('-').map(|(at, _)| (&name[..at], &name[at + 1..]));
    let (edition, reader) = match split.rfind(|(edition, _)| Edition::named(edition).is_some()) {
        Some((edition, reader)) if Edition::named(name).is_none() => (edition, Some(reader)),
        _ => (name, None),
    };
    let found = Edition::named(edition).ok_or_else(|| {
        let names = Edition::ALL.iter().map(|(name, _)| *name);
        context.refusal(&not_known("種類", "edition", edition, names))
    })?;
    let Some(reader) = reader else { return Ok(WantedEdition { edition: found, reader: None }) };
    if let Some(read_by) = Reader::named(reader) {
        return Ok(WantedEdition { edition: found, reader: Some(read_by) });
    }
    let names = Reader::ALL.iter().map(|(name, _)| *name);
    Err(context.refusal(&not_known("読み手", "reader", reader, names)))
}
