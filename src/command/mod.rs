//! The command line: one file a command, each of which calls `pipeline`. Exit codes: 0 done (warnings allowed), 1
//! faults in the data, 2 could not run.

mod arguments;
pub mod build;
pub mod check;
pub mod clean;
pub mod cluster;
pub mod completions;
pub mod data;
pub mod execution;
pub mod explain;
mod failure;
pub mod fonts;
pub mod help;
pub mod impose;
pub mod join;
pub mod layouts;
pub mod new;
pub mod open;
pub mod package;
pub mod preflight;
pub mod progress;
pub mod proofread;
pub mod schema;
pub mod selection;
pub mod serve;
mod shard;
mod signal;
mod turn;
pub mod watch;
mod watchdog;

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use crate::diagnostic::{Diagnostic, Language};
use crate::model::date::Date;
use crate::pipeline;
use crate::project::files::{Files, Reach};
use crate::project::{MANIFEST, Project, ProjectError};
use crate::report::facts::Facts;
use crate::report::form::{Audience, MessageForm, Style};
use crate::report::forms::{self, FORMS};
use crate::report::terminal;
use crate::report::terminal::Purpose;

/// 名簿（CSV）と文書から、印刷できるPDFの冊子や区ごとの連絡先シートを作ります。
#[derive(Debug, Parser)]
#[command(name = "sasshi", version, propagate_version = true)]
pub struct Cli {
    #[command(flatten)]
    common: Common,
    #[command(subcommand)]
    command: Command,
}

/// Flags that every command takes.
#[derive(Debug, Clone, Args)]
pub struct Common {
    /// Folder of the project
    #[arg(long, global = true, value_name = "DIR")]
    pub project: Option<PathBuf>,
    /// Form of messages
    #[arg(long, global = true, value_parser = forms(), default_value = "human", value_name = "FORM")]
    pub message_format: &'static MessageForm,
    /// Language of messages
    #[arg(long, global = true, value_enum, value_name = "LANG")]
    pub lang: Option<Lang>,
    /// Prints findings only
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

/// The forms of `--message-format`.
fn forms() -> impl TypedValueParser<Value = &'static MessageForm> {
    let values = FORMS.iter().map(|form| PossibleValue::new(form.name).help(form.en));
    PossibleValuesParser::new(values).try_map(|name| forms::named(&name).ok_or("no such form"))
}

/// `--lang`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// 日本語
    Ja,
    /// English
    En,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Makes the PDFs
    Build(build::BuildArgs),
    /// Makes the PDFs again whenever something is saved
    Watch(watch::WatchArgs),
    /// Checks everything, writes nothing
    Check(check::CheckArgs),
    /// Packs the press edition of a publication into a ZIP for the shop
    Package(package::PackageArgs),
    /// Brings the parts of a build in shards together
    Join(join::JoinArgs),
    /// Prints a job file for the scheduler of a cluster
    Cluster(cluster::ClusterArgs),
    /// Puts the pages of any PDF on press sheets
    Impose(Box<impose::ImposeArgs>),
    /// Makes a new project that builds, from a list of your own with --from
    New(new::NewArgs),
    /// Takes away what is kept between builds; the files that were made stay
    Clean(clean::CleanArgs),
    /// Opens the PDF that the last build names
    Open(open::OpenArgs),
    /// Lists layouts, their options and needs
    Layouts(layouts::LayoutsArgs),
    /// Lists the fonts that layouts can use
    Fonts(fonts::FontsArgs),
    /// Reads the pages as a proofreader does: line breaks, type, contrast, spelling
    Proofread(proofread::ProofreadArgs),
    /// Judges a finished PDF as a print shop would
    Preflight(preflight::PreflightArgs),
    /// Lists, prints and drafts schemas of directories
    Schema(schema::SchemaArgs),
    /// Explains the code of a finding
    Explain(explain::ExplainArgs),
    /// Serves the page on which ward staff edit their rows and fetch their sheets
    Serve(serve::ServeArgs),
    /// Shows how a list or workbook is read; writes it as clean CSV
    Data(data::DataArgs),
    /// Prints completions for a shell
    Completions(completions::CompletionsArgs),
}

/// How a command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Done; there may be warnings.
    Done,
    /// There are faults in the data.
    Faults,
    /// What was asked for is not there; that has been said.
    Refused,
}

/// Why a command could not run; printed as one line.
pub type CommandError = Box<dyn std::error::Error>;

/// What a command knows of its surroundings.
#[derive(Debug, Clone)]
pub struct Context {
    /// The flags.
    pub common: Common,
    /// The language of messages.
    pub language: Language,
}

/// Runs the command line of this process.
#[must_use]
pub fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().collect();
    let language = language(&arguments);
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(pipeline::GUARDED_THREAD) {
            usual(panic);
        }
    }));
    let command = help::localised(Cli::command(), language);
    let cli =
        match command.try_get_matches_from(&arguments).and_then(|matches| Cli::from_arg_matches(&matches)) {
            Ok(cli) => cli,
            Err(error) => {
                match arguments::japanese(&error).filter(|_| language == Language::Japanese) {
                    // who closed standard error does not want to hear it
                    Some(words) => drop(writeln!(std::io::stderr(), "sasshi: {words}")),
                    None => drop(error.print()),
                }
                // help and version are no faults
                return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
            }
        };
    let context = Context { common: cli.common, language };
    let ending = match cli.command {
        Command::Build(args) => build::run(&context, &args),
        Command::Watch(args) => watch::run(&context, &args),
        Command::Check(args) => check::run(&context, &args),
        Command::Package(args) => package::run(&context, &args),
        Command::Join(args) => join::run(&context, &args),
        Command::Cluster(args) => cluster::run(&context, &args),
        Command::Impose(args) => impose::run(&context, &args),
        Command::New(args) => new::run(&context, &args),
        Command::Clean(args) => clean::run(&context, &args),
        Command::Open(args) => open::run(&context, &args),
        Command::Layouts(args) => layouts::run(&context, &args),
        Command::Fonts(args) => fonts::run(&context, &args),
        Command::Proofread(args) => proofread::run(&context, &args),
        Command::Preflight(args) => preflight::run(&context, &args),
        Command::Schema(args) => schema::run(&context, &args),
        Command::Explain(args) => explain::run(&context, &args),
        Command::Serve(args) => serve::run(&context, &args),
        Command::Data(args) => data::run(&context, &args),
        Command::Completions(args) => completions::run(&args),
    };
    match ending {
        Ok(Ending::Done) => ExitCode::SUCCESS,
        Ok(Ending::Faults) => ExitCode::from(1),
        Ok(Ending::Refused) => ExitCode::from(2),
        Err(_) if signal::raised().is_some() => {
            // who closed standard error does not want to hear it
            let _ = writeln!(std::io::stderr(), "{}", signal::words(&context));
            ExitCode::from(signal::raised().unwrap_or(2))
        }
        Err(error) => {
            let word = if language == Language::Japanese {
                "実行できませんでした"
            } else {
                "could not run"
            };
            // who closed standard error does not want to hear it
            let words = failure::words(&*error, language);
            let _ = writeln!(std::io::stderr(), "sasshi: {word}: {words}");
            ExitCode::from(2)
        }
    }
}

/// The language of messages, needed before the command line is parsed: help is a message too.
fn language(arguments: &[std::ffi::OsString]) -> Language {
    let mut words = arguments.iter().filter_map(|word| word.to_str());
    while let Some(word) = words.next() {
        let value = match word.strip_prefix("--lang") {
            Some("") => words.next(),
            Some(rest) => rest.strip_prefix('='),
            None => continue,
        };
        match value {
            Some("en") => return Language::English,
            Some("ja") => return Language::Japanese,
            _ => {}
        }
    }
    match sys_locale::get_locale() {
        Some(locale) if locale.starts_with("ja") => Language::Japanese,
        // without a locale (servers, continuous integration) English is the safer guess for the reader of a log
        _ => Language::English,
    }
}

impl Context {
    /// The style of findings.
    #[must_use]
    pub fn style(&self) -> Style {
        let colour = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
        Style { language: self.language, colour }
    }

    /// Whether a person reads what is printed.
    #[must_use]
    pub fn is_for_people(&self) -> bool {
        self.common.message_format.audience == Audience::People
    }

    /// The folder of the project.
    ///
    /// # Errors
    /// When there is no manifest.
    pub fn root(&self) -> Result<PathBuf, CommandError> {
        self.project_folder().map_err(|error| self.no_project(&error))
    }

    /// The folder of the project: the one that is named, else the nearest at or above the current one.
    fn project_folder(&self) -> Result<PathBuf, ProjectError> {
        match &self.common.project {
            Some(folder) => Project::folder(folder, Reach::Here),
            None => Project::folder(Path::new("."), Reach::Above),
        }
    }

    /// The files of the project, if there is one.
    fn project_files(&self) -> Option<Files> {
        self.project_folder().ok().map(|folder| Files::in_folder(&folder))
    }

    /// The files of the project, or of the folder that is named or current where there is none.
    fn files(&self) -> Files {
        let folder = self.common.project.as_deref().unwrap_or(Path::new("."));
        self.project_files().unwrap_or_else(|| Files::in_folder(folder))
    }

    fn no_project(&self, error: &ProjectError) -> CommandError {
        match (error, self.language) {
            (ProjectError::NotFound(folder), Language::Japanese) => format!(
                "{folder} にも、その上のフォルダーにも {MANIFEST} がありません。「sasshi new フォルダー名」で新しく作れます。"
            )
            .into(),
            (ProjectError::NotFound(_), Language::English) => {
                format!("{error}. `sasshi new DIR` makes a new project.").into()
            }
            (ProjectError::Unreadable(_), _) => error.to_string().into(),
        }
    }

    /// Prints findings: people's to standard error, programs' to standard output.
    ///
    /// # Errors
    /// When the stream is closed.
    pub fn print_findings(&self, facts: &Facts) -> Result<(), CommandError> {
        let text = (self.common.message_format.findings)(facts, self.style());
        match self.common.message_format.audience {
            Audience::People => read_on(std::io::stderr().write_all(text.as_bytes()))?,
            Audience::Programs => print(&text)?,
        }
        Ok(())
    }

    /// Prints the closing lines, unless quiet or speaking to a program.
    ///
    /// # Errors
    /// When the stream is closed.
    pub fn print_summary(&self, facts: &Facts, purpose: Purpose) -> Result<(), CommandError> {
        if !self.common.quiet && self.is_for_people() {
            print(&terminal::summary(facts, purpose, self.language))?;
        }
        Ok(())
    }

    /// A finding about the command line itself: it ends the command as one line.
    #[must_use]
    pub fn refusal(&self, diagnostic: &Diagnostic) -> CommandError {
        let mut words = diagnostic.message.in_language(self.language).to_owned();
        for hint in &diagnostic.hints {
            words.push(' ');
            words.push_str(hint.in_language(self.language));
        }
        words.into()
    }

    /// Picks the sentence of the language.
    #[must_use]
    pub fn words<'a>(&self, ja: &'a str, en: &'a str) -> &'a str {
        if self.language == Language::Japanese { ja } else { en }
    }
}

/// The day in Japan: what a draft proposes as the date of the edition.
pub(crate) fn today() -> Date {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let days = (since.as_secs() + 9 * 3600) / 86_400;
    i64::try_from(days).ok().and_then(Date::of_days).unwrap_or(Date { year: 1970, month: 1, day: 1 })
}

/// A file that the user names, as messages call it: with `/` on every system.
pub(crate) fn shown(file: &Path) -> String {
    let shown = file.display().to_string();
    let shown =
        if std::path::MAIN_SEPARATOR == '/' { shown } else { shown.replace(std::path::MAIN_SEPARATOR, "/") };
    shown.strip_prefix("./").unwrap_or(&shown).to_owned()
}

/// Writes to standard output; a reader that has gone away (`| head`) is no fault.
pub(crate) fn print(text: &str) -> Result<(), CommandError> {
    read_on(std::io::stdout().write_all(text.as_bytes()))
}

/// A reader that has gone away is no fault.
fn read_on(written: std::io::Result<()>) -> Result<(), CommandError> {
    match written {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}
