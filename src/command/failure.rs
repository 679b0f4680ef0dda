//! Why a command could not run, in the language of the user: errors of the system and of the pipeline are English.
//!
//! In: the error that ends a command. Out: its words.

use std::error::Error;
use std::io;

use crate::diagnostic::{Language, system};
use crate::output::OutputError;
use crate::pipeline::PipelineError;
use crate::pipeline::specimen::SpecimenError;
use crate::project::files::FileError;
use crate::project::{MANIFEST, ProjectError};
use crate::typeset::fonts::FontError;
use crate::watch::WatchError;

/// The words for `error`.
#[must_use]
pub fn words(error: &(dyn Error + 'static), language: Language) -> String {
    match language {
        Language::English => error.to_string(),
        Language::Japanese => japanese(error).unwrap_or_else(|| error.to_string()),
    }
}

fn japanese(error: &(dyn Error + 'static)) -> Option<String> {
    if let Some(error) = error.downcast_ref::<PipelineError>() {
        return Some(match error {
            PipelineError::Project(error) => project(error),
            PipelineError::Font(error) => font(error),
            PipelineError::Output(error) => output(error),
            PipelineError::Stopped => "中断しました".to_owned(),
        });
    }
    if let Some(error) = error.downcast_ref::<SpecimenError>() {
        return Some(match error {
            SpecimenError::Font(error) => font(error),
            SpecimenError::Template(words) => {
                format!("layouts/shared の、このプロジェクトのファイルに誤りがあります：{words}")
            }
        });
    }
    let project = error.downcast_ref::<ProjectError>().map(project);
    let font = error.downcast_ref::<FontError>().map(font);
    let output = error.downcast_ref::<OutputError>().map(output);
    let file = error.downcast_ref::<FileError>().map(file);
    let watch = error.downcast_ref::<WatchError>().map(|error| format!("{} を見張れません", error.folder));
    let system = error.downcast_ref::<io::Error>().map(|error| system::words(error).ja);
    project.or(font).or(output).or(file).or(watch).or(system)
}

fn project(error: &ProjectError) -> String {
    match error {
        ProjectError::NotFound(folder) => {
            format!("{folder} にも、その上のフォルダーにも {MANIFEST} がありません")
        }
        ProjectError::Unreadable(error) => format!("{MANIFEST} を読み込めません：{}", file(error)),
    }
}

fn font(error: &FontError) -> String {
    match error {
        FontError::Io(path, error) => format!("{}：{}", path.display(), file(error)),
        FontError::NotAFont(path) => format!("{}：書体のファイルではありません", path.display()),
    }
}

fn output(error: &OutputError) -> String {
    format!("{} に書き込めません：{}", error.path, system::words(&error.source).ja)
}

fn file(error: &FileError) -> String {
    match error {
        FileError::TooLarge(length) => format!("ファイルが大きすぎます（{} MB）", length >> 20),
        FileError::Outside => "プロジェクトの外にあります".to_owned(),
        FileError::Changed => "読み込んでいる間に、ファイルが書きかえられました".to_owned(),
        FileError::Io(error) => system::words(error).ja,
    }
}
