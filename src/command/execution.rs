//! One run of the pipeline as the command line wants it: `build`, `check`, `package` and `watch` are one, but for the sink.
//!
//! In: [`RunArgs`] and a sink. Out: facts, printed findings, and how the command ends.

use std::path::PathBuf;

use clap::Args;

use super::selection::SelectionArgs;
use super::{CommandError, Context, Ending, progress, watchdog};
use crate::merge::Selection;
use crate::output::{Sink, write_for_user};
use crate::pipeline::Session;
use crate::project::files::Files;
use crate::report::facts::{Completion, Facts, FindingCounts};
use crate::report::html;
use crate::report::terminal::Purpose;

/// Fonts beside those of the program and of the project.
#[derive(Debug, Default, Clone, Args)]
pub struct FontArgs {
    /// Further fonts: a file or a folder
    #[arg(long, value_name = "PATH")]
    pub font_path: Vec<PathBuf>,
}

/// What a run is asked for.
#[derive(Debug, Default, Args)]
pub struct RunArgs {
    /// Which files.
    #[command(flatten)]
    pub selection: SelectionArgs,
    /// Makes nothing unless all is clean
    #[arg(long)]
    pub strict: bool,
    /// Also writes the findings as a page to mail or print
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// How many files are made at once
    #[arg(long, short, value_name = "N")]
    pub jobs: Option<usize>,
    /// Says of each file why it is made, or is not
    #[arg(long)]
    pub why: bool,
    /// Fonts.
    #[command(flatten)]
    pub fonts: FontArgs,
}

/// How a run of `build` or `check` ends.
pub(super) fn ending(facts: &Facts, args: &RunArgs) -> Ending {
    match (facts.completion, facts.counts()) {
        (Completion::NotFound, _) => Ending::Refused,
        (Completion::Complete, FindingCounts { errors: 0, warnings }) if !(args.strict && warnings > 0) => {
            Ending::Done
        }
        (Completion::NoManifest | Completion::Complete, _) => Ending::Faults,
    }
}

/// Runs the pipeline into `sink` and says what was found: `build`, `check` and `package` are one, but for the sink.
pub(super) fn execute(context: &Context, args: &RunArgs, sink: &dyn Sink) -> Result<Facts, CommandError> {
    let mut session = session(args, Files::in_folder(&context.root()?));
    let facts = execute_in(context, args, &mut session, sink)?;
    tell(context, &facts, sink)?;
    Ok(facts)
}

/// A session over `files` as the command line wants it.
pub(super) fn session(args: &RunArgs, files: Files) -> Session {
    let session = Session::new(files)
        .with_fonts(args.fonts.font_path.clone())
        .with_precautions(watchdog::precautions());
    match args.jobs {
        Some(jobs) => {
            Session::keep_process_to(jobs);
            session.with_jobs(jobs)
        }
        None => session,
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

/// Runs the pipeline of `session` into `sink`.
pub(super) fn execute_in(
    context: &Context,
    args: &RunArgs,
    session: &mut Session,
    sink: &dyn Sink,
) -> Result<Facts, CommandError> {
    let selection = args.selection.in_project(context, session)?;
    let progress = progress::Bar::new(context, purpose_of(sink)).with_reasons(args.why);
    // a page of findings shows more than a summary does
    let known = match &args.html {
        None => session.recall(&selection, sink, &progress)?,
        Some(_) => None,
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
    args: &RunArgs,
    session: &mut Session,
    selection: &Selection,
    sink: &dyn Sink,
) -> Result<Facts, CommandError> {
    let prepared = session.prepare(selection)?;
    let progress = progress::Bar::new(context, purpose_of(sink)).with_reasons(args.why);
    let mut facts = session.make(&prepared, sink, &progress)?;
    if let Some((file, project)) = args.html.as_ref().zip(prepared.project()) {
        prepared.add_rows(&mut facts);
        write_for_user(file, html::check::page(project, &facts, context.language).as_bytes())?;
    }
    Ok(facts)
}
