//! `sasshi schema`: lists the schemas, prints one, drafts one from a file, or gives their JSON Schema for editors.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{CommandError, Context, Ending, print, shown};
use crate::pipeline;
use crate::project::table_form::TableForm;
use crate::project::{editors, schema};
use crate::report::facts::Facts;

/// What `schema` takes.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct SchemaArgs {
    /// Name of a schema to print; all are listed if none is given
    #[arg(value_name = "NAME")]
    pub name: Option<String>,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Drafts a schema from a list or workbook
    Infer {
        /// The file
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Sheet of a workbook
        #[arg(long, value_name = "NAME")]
        sheet: Option<String>,
        /// Row of the header
        #[arg(long, value_name = "ROW", value_parser = clap::value_parser!(u32).range(1..))]
        header_row: Option<u32>,
    },
    /// Prints the JSON Schema of the manifest or of schema files, for editors
    Json {
        /// Of which file
        #[arg(value_name = "FORM", value_enum, default_value_t = Form::Schema)]
        form: Form,
    },
}

/// A file that has a JSON Schema.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    /// sasshi.toml
    Manifest,
    /// A schema
    Schema,
}

/// Runs `schema`.
///
/// # Errors
/// When there is no such schema or file.
pub fn run(context: &Context, args: &SchemaArgs) -> Result<Ending, CommandError> {
    let files = context.project_files();
    let files = files.as_ref();
    match (&args.what, &args.name) {
        (Some(What::Infer { file, sheet, header_row }), _) => {
            let mut facts = Facts::default();
            let form = TableForm { sheet: sheet.clone(), header_row: *header_row, ..TableForm::default() };
            let draft =
                pipeline::survey::draft_schema(file, &shown(file), &form).collect(&mut facts.diagnostics);
            context.print_findings(&facts)?;
            let Some(draft) = draft else { return Ok(Ending::Faults) };
            print(&draft)?;
        }
        (Some(What::Json { form }), _) => {
            let form = match form {
                Form::Manifest => editors::Form::Manifest,
                Form::Schema => editors::Form::Schema,
            };
            let mut text = serde_json::to_string_pretty(&pipeline::json_schema(form))?;
            text.push('\n');
            print(&text)?;
        }
        (None, Some(name)) => {
            let Some(source) = schema::text(files, name) else {
                let list = schema::names(files).join(", ");
                let words = context.words(
                    "スキーマ「{name}」はありません。あるのは：{list}",
                    "there is no schema \"{name}\"; there are: {list}",
                );
                return Err(words.replace("{name}", name).replace("{list}", &list).into());
            };
            print(&source.text)?;
        }
        (None, None) => {
            let mut text = String::new();
            for name in schema::names(files) {
                let Some(source) = schema::text(files, &name) else { continue };
                let read = schema::read(&name, &source).value;
                let title = read.map_or_else(String::new, |schema| schema.title.clone());
                let _ = writeln!(text, "{name:<20}{title}");
            }
            print(&text)?;
        }
    }
    Ok(Ending::Done)
}
