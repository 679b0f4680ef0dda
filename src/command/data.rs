//! `sasshi data`: how a list or workbook is read, and the same as clean CSV.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{CommandError, Context, Ending, print, shown};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::encoding::Encoding;
use crate::pipeline;
use crate::project::files::{ArgumentState, Files};
use crate::project::table_form::TableForm;
use crate::report::{self, survey};
use crate::say;

/// What `data` takes.
#[derive(Debug, Args)]
pub struct DataArgs {
    /// CSV, TSV, XLSX, XLS or ODS
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Writes the records in this form to standard output
    #[arg(long, value_enum, value_name = "FORM")]
    pub to: Option<To>,
    /// Encoding of the file
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<Encoding>,
    /// Sheet of a workbook
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// Judges the table by the rules of machine readability (機械可読性ルール)
    #[arg(long, conflicts_with_all = ["to", "sheet", "header_row"])]
    pub rules: bool,
    /// Row of the header
    #[arg(long, value_name = "ROW", value_parser = clap::value_parser!(u32).range(1..))]
    pub header_row: Option<u32>,
}

/// `--to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum To {
    /// UTF-8 with a byte order mark, as Excel opens it
    Csv,
}

fn encoding(name: &str) -> Result<Encoding, String> {
    Encoding::named(name).ok_or_else(|| {
        let list = Encoding::ALL.iter().map(|encoding| encoding.name()).collect::<Vec<_>>().join(", ");
        format!("one of {list}")
    })
}

/// Runs `data`.
///
/// # Errors
/// When the file is not there or the stream is closed.
pub fn run(context: &Context, args: &DataArgs) -> Result<Ending, CommandError> {
    if matches!(Files::argument_state(&args.file), ArgumentState::Missing | ArgumentState::Folder) {
        return Err(format!(
            "{}: {}",
            args.file.display(),
            context.words("ファイルがありません", "there is no such file")
        )
        .into());
    }
    if args.to.is_some() && !context.is_for_people() {
        let words = context.words(
            "--to csv と --message-format は同時に使えません（どちらも標準出力に書きます）",
            "--to csv and --message-format cannot be used together: both write to standard output",
        );
        return Err(words.into());
    }
    let form = TableForm {
        encoding: args.encoding,
        sheet: args.sheet.clone(),
        header_row: args.header_row,
        ..TableForm::default()
    };
    if args.rules {
        return rules(context, args, &form);
    }
    let (survey, mut facts) = pipeline::survey::survey(&args.file, &shown(&args.file), &form);
    let lost = survey.as_ref().map_or(0, |survey| survey.directory.lost.len());
    if args.to.is_some() && lost > 0 {
        facts.diagnostics.push(left_out(lost));
    }
    context.print_findings(&facts)?;
    if let Some(survey) = survey {
        match args.to {
            Some(To::Csv) => print(&report::csv::text(&survey.directory))?,
            None if context.is_for_people() => {
                print(&survey::text(&survey, facts.counts(), context.language))?;
            }
            // a program is told of findings only
            None => {}
        }
    }
    let errors = facts.counts().errors;
    Ok(if errors > 0 { Ending::Faults } else { Ending::Done })
}

/// What is said of the rows that cannot be read: the CSV does not hold them.
fn left_out(count: usize) -> Diagnostic {
    Diagnostic::warning(
        Code::RowsSkipped,
        say!(
            "読めなかった{count}行は、書き出したCSVに入っていません。",
            "The rows that cannot be read ({count}) are not in the CSV that is written."
        ),
    )
    .hint(say!(
        "上の「×」の行をもとのファイルで直してから、もう一度書き出してください。",
        "Mend them in the file, and write the CSV again."
    ))
}

/// Judges the file by the rules about tables.
fn rules(context: &Context, args: &DataArgs, form: &TableForm) -> Result<Ending, CommandError> {
    let (verdicts, facts) = pipeline::survey::judge(&args.file, &shown(&args.file), form);
    context.print_findings(&facts)?;
    if let Some(form) = context.common.message_format.verdicts {
        print(&form(&verdicts, context.language))?;
    }
    let errors = facts.counts().errors;
    Ok(if errors > 0 { Ending::Faults } else { Ending::Done })
}
