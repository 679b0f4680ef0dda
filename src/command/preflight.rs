//! `sasshi preflight`: judges a finished PDF, ours or anybody's, as a print shop would.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::{CommandError, Context, Ending, print};
use crate::diagnostic::{Code, Diagnostic};
use crate::output::FOLDER;
use crate::pipeline;
use crate::pipeline::preflight::{self, Wish};
use crate::preflight::by_kind;
use crate::press::load;
use crate::press::profile::{DEFAULT, Profile};
use crate::project::ProjectError;
use crate::project::files::Files;
use crate::project::layout::LayoutFiles;
use crate::report::facts::{Facts, FindingCounts};
use crate::say;

/// What `preflight` takes.
#[derive(Debug, Args)]
pub struct PreflightArgs {
    /// The PDF
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Press profile: a built-in name, or one of layouts/press/; the project's if none is given
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Also writes the findings as a page, with a picture of each page and the spots on it
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Prints how much of each ink is on each page
    #[arg(long)]
    pub inks: bool,
    /// Writes a picture of each ink of each page into a folder
    #[arg(long, value_name = "DIR")]
    pub inks_dir: Option<PathBuf>,
}

/// Runs `preflight`. It needs no project.
///
/// # Errors
/// When the file or the profile cannot be read, or a result cannot be written.
pub fn run(context: &Context, args: &PreflightArgs) -> Result<Ending, CommandError> {
    let here = std::env::current_dir()?;
    if args.inks && context.common.message_format.inks.is_none() {
        let name = context.common.message_format.name;
        return Err(context
            .words(
                "--inks と --message-format {name} は同時に使えません。json を使ってください。",
                "--inks has no place in --message-format {name}; use json",
            )
            .replace("{name}", name)
            .into());
    }
    let profile = profile(context, args)?;
    let path = args.file.display().to_string();
    let bytes = Files::argument(&args.file).map_err(|error| format!("{path}: {error}"))?;
    let wish = Wish {
        file: path.clone(),
        html: args.html.as_ref().map(|file| here.join(file)),
        inks: args.inks || args.inks_dir.is_some(),
        pictures: args.inks_dir.as_ref().map(|folder| here.join(folder)),
        language: context.language,
    };
    let judged = preflight::run(&bytes, &profile, &wish)?;
    let mut facts = Facts::default();
    if profile.ascii_names && !path.is_ascii() {
        facts.diagnostics.extend(name_finding(&args.file));
    }
    let named = facts.diagnostics.clone();
    facts.diagnostics.extend(judged.seen.findings.iter().map(|finding| finding.diagnostic(&path)));
    let FindingCounts { errors, warnings } = facts.counts();
    if context.is_for_people() {
        // programs get each finding with its place, people each kind with its pages
        facts.diagnostics = [named, by_kind(&judged.seen.findings, &path)].concat();
    }
    context.print_findings(&facts)?;
    if let Some(inks) = &judged.inks {
        let form = context.common.message_format.inks;
        print(&form.map_or_else(String::new, |form| form(inks, context.language)))?;
    }
    if !context.common.quiet && context.is_for_people() {
        let (pages, name) = (judged.seen.pages.len(), &profile.name);
        print(context.words(
            &format!("{pages}ページを「{name}」で調べました。エラー{errors}件、注意{warnings}件。\n"),
            &format!("{pages} pages judged by {name}: {errors} errors, {warnings} warnings.\n"),
        ))?;
        if let Some(blanks) = blanks_for_folding(pages) {
            print(context.words(
                &format!(
                    "中綴じや折りには{FOLDED}ページ単位なので、白ページがあと{blanks}ページ要ります。\n"
                ),
                &format!(
                    "Folded work comes in {FOLDED} pages: saddle stitch would need {blanks} more, blank.\n"
                ),
            ))?;
        }
    }
    Ok(if errors > 0 { Ending::Faults } else { Ending::Done })
}

/// The profile that is asked for; else that of the project, for the publication that the file is of; else the generic.
fn profile(context: &Context, args: &PreflightArgs) -> Result<Profile, CommandError> {
    let given = context.common.project.is_some();
    let files = Arc::new(context.files());
    let opened = context.project_folder().and_then(|_| pipeline::open(Arc::clone(&files)));
    let project = match opened {
        Ok(opened) if opened.value.is_none() && args.profile.is_none() => {
            return Err(context
                .words(
                    "sasshi.toml に直すところがあるため、印刷プロファイルが分かりません。--profile で選べます。",
                    "sasshi.toml has faults, so the press profile is not known; --profile names one.",
                )
                .into());
        }
        Ok(opened) => opened.value,
        Err(ProjectError::NotFound(_)) if !given => None,
        // with a profile of its own, no manifest is needed
        Err(_) if args.profile.is_some() => None,
        Err(error) => return Err(context.no_project(&error)),
    };
    let plan = project.as_ref().and_then(|project| {
        let path = files.path_of(&args.file);
        let below = path.as_deref().and_then(|path| path.strip_prefix(FOLDER)?.strip_prefix('/'));
        let publication = below.and_then(|path| path.split('/').next());
        project.press_plan(publication.unwrap_or_default())
    });
    let (name, origin) = match (&args.profile, plan) {
        (Some(name), _) => (name.as_str(), None),
        (None, Some(plan)) => (plan.profile.value.as_str(), Some(&plan.profile.origin)),
        (None, None) => (DEFAULT, None),
    };
    load::profile(&LayoutFiles::new(files), name, origin).map_err(|fault| context.refusal(&fault))
}

/// A folded leaf has so many pages.
const FOLDED: usize = 4;

/// How many blank pages a booklet of so many would need; none where it needs none, and of a leaf or two nobody folds.
fn blanks_for_folding(pages: usize) -> Option<usize> {
    let over = pages % FOLDED;
    (pages > FOLDED && over > 0).then(|| FOLDED - over)
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
