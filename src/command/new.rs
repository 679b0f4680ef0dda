//! `sasshi new`: a small project that builds; with `--from`, one drafted from a list or workbook of the user's own. And
//! `sasshi layouts new`: a small layout that prints.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::{CommandError, Context, Ending, print, shown, today};
use crate::model::schema::SchemaKind;
use crate::pipeline;
use crate::project::files::{ArgumentState, Files};
use crate::project::layout::LayoutFiles;
use crate::report::facts::Facts;

/// What `new` takes.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// Folder to make
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Drafts the project from this list or workbook
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
}

/// A file of a new project: its path there and its bytes.
struct NewFile {
    path: String,
    bytes: Vec<u8>,
}

impl NewFile {
    fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: bytes.into() }
    }
}

/// The files of a new project that is drafted from nothing.
const FILES: &[(&str, &str)] = &[
    ("sasshi.toml", include_str!("new/sasshi.toml")),
    ("sources/wards.csv", include_str!("new/wards.csv")),
    ("sources/centers.csv", include_str!("new/centers.csv")),
];

/// What `layouts new` takes.
#[derive(Debug, Args)]
pub struct NewLayoutArgs {
    /// Name of the layout: small letters, digits and hyphens
    #[arg(value_name = "NAME")]
    pub name: String,
}

/// The files of a new layout.
const LAYOUT: &[(&str, &str)] = &[
    ("layout.toml", include_str!("new/layout/layout.toml")),
    ("layout.typ", include_str!("new/layout/layout.typ")),
    ("README.md", include_str!("new/layout/README.md")),
];

/// Runs `layouts new`: a layout that prints a card for each unit, and the lines of the manifest that ask for it. Nothing that
/// is there is overwritten.
///
/// # Errors
/// When the name is none for a folder or stands for a layout already, or the files cannot be written.
pub fn layout(context: &Context, args: &NewLayoutArgs) -> Result<Ending, CommandError> {
    let (root, name) = (context.root()?, &args.name);
    let is_plain = name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    if !is_plain || !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        let words = context.words(
            "レイアウトの名前「{}」は使えません。英字の小文字、数字、ハイフンで書きます（例：card）。",
            "\"{}\" is no name for a layout: it has small letters, digits and hyphens (card)",
        );
        return Err(words.replace("{}", name).into());
    }
    let files = Arc::new(context.files());
    let known = LayoutFiles::new(Arc::clone(&files)).layouts().value;
    let folder = root.join("layouts").join(name);
    if known.contains_key(name) || Files::argument_state(&folder) != ArgumentState::Missing {
        let words = context.words(
            "レイアウト「{}」は、もうあります。別の名前にしてください。",
            "there is a layout \"{}\" already; choose another name",
        );
        return Err(words.replace("{}", name).into());
    }
    std::fs::create_dir_all(&folder)?;
    for (file, text) in LAYOUT {
        std::fs::write(folder.join(file), text)?;
    }
    if !context.common.quiet {
        let words = context.words(
            "layouts/{}/ を作りました。sasshi.toml に次を書き足して、sasshi build {} と入力し、Enterキーを押してください：\n",
            "Made layouts/{}/. Add this to sasshi.toml, then: sasshi build {}\n",
        );
        print(&words.replace("{}", name))?;
        print(&asking(name, files)?)?;
    }
    Ok(Ending::Done)
}

/// The lines of the manifest that ask for cards by the layout `name`, with the lists that the project has.
fn asking(name: &str, files: Arc<Files>) -> Result<String, CommandError> {
    let project = pipeline::open(files).ok().and_then(|opened| opened.value);
    let names = |kind: SchemaKind| -> Vec<String> {
        let plans = project.iter().flat_map(|project| &project.directories);
        plans.filter(|plan| plan.schema.kind == kind).map(|plan| plan.name.clone()).collect()
    };
    let per = names(SchemaKind::Ward).first().cloned().unwrap_or_else(|| "wards".to_owned());
    let mut document = toml::Table::new();
    document.insert("name".to_owned(), name.into());
    document.insert("layout".to_owned(), name.into());
    document.insert("per".to_owned(), per.into());
    document.insert("directories".to_owned(), names(SchemaKind::Facility).into());
    document.insert("leaves-out".to_owned(), vec!["*"].into());
    document.insert("editions".to_owned(), vec!["screen", "press"].into());
    let lines = toml::to_string(&document).map_err(|error| error.to_string())?;
    Ok(format!("\n[[publication]]\n{lines}"))
}

/// Runs `new`. Nothing that is there is overwritten.
///
/// # Errors
/// When the folder holds something already, or cannot be written; when there is no such list.
pub fn run(context: &Context, args: &NewArgs) -> Result<Ending, CommandError> {
    let folder = &args.folder;
    let shown = folder.display().to_string();
    if Files::argument_state(folder) != ArgumentState::Missing && !is_empty(folder)? {
        return Err(context
            .words(
                "「{}」には、もう何か入っています。別の名前にしてください。",
                "\"{}\" is not empty; choose another name",
            )
            .replace("{}", &shown)
            .into());
    }
    let mut told = String::new();
    let files = match &args.from {
        None => FILES.iter().map(|(path, text)| NewFile::new(*path, *text)).collect(),
        Some(list) => match drafted(context, list, &mut told)? {
            Some(files) => files,
            None => return Ok(Ending::Faults),
        },
    };
    for file in files.iter().chain([&NewFile::new("output/.gitignore", "*\n!.gitignore\n")]) {
        let path = folder.join(&file.path);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(path, &file.bytes)?;
    }
    if !context.common.quiet {
        let words = context.words(
            "「{}」を作りました。つぎは：\n  cd {}\n  sasshi build\n",
            "Made \"{}\". Next:\n  cd {}\n  sasshi build\n",
        );
        print(&words.replace("{}", &shown))?;
        print(&told)?;
    }
    Ok(Ending::Done)
}

/// The files of a project drafted from `list`, and in `told` what was found in it; none if it cannot be read, which has
/// been said.
fn drafted(context: &Context, list: &Path, told: &mut String) -> Result<Option<Vec<NewFile>>, CommandError> {
    if matches!(Files::argument_state(list), ArgumentState::Missing | ArgumentState::Folder) {
        let words = context.words("ファイルがありません", "there is no such file");
        return Err(format!("{}: {words}", list.display()).into());
    }
    let source = format!("sources/{}", name_of(list));
    let bytes = Files::argument(list)?;
    let request = pipeline::survey::DraftRequest { source: source.clone(), date: today() };
    let mut facts = Facts::default();
    let draft = pipeline::survey::draft_project(&shown(list), bytes.clone(), &request);
    let Some(draft) = draft.collect(&mut facts.diagnostics) else {
        context.print_findings(&facts)?;
        return Ok(None);
    };
    let mut files: Vec<NewFile> =
        draft.files.into_iter().map(|file| NewFile::new(file.path, file.text)).collect();
    files.push(NewFile::new(source, bytes));
    let records = draft.records;
    let _ = match &draft.units {
        Some((word, count)) => writeln!(
            told,
            "{}",
            context
                .words(
                    "名簿の{records}件を読み、{count}の{word}を見つけました。",
                    "Found {records} records for {count} units ({word})."
                )
                .replace("{records}", &records.to_string())
                .replace("{count}", &count.to_string())
                .replace("{word}", word)
        ),
        None => writeln!(
            told,
            "{}",
            context
                .words("名簿の{}件を読みました。", "Found {} records.")
                .replace("{}", &records.to_string())
        ),
    };
    if !draft.questions.is_empty() {
        let words = context.words(
            "sasshi.toml の「？」の行を見直してください：",
            "Look through the lines of sasshi.toml that ask (？):",
        );
        let _ = writeln!(told, "{words}");
        for question in &draft.questions {
            let _ = writeln!(told, "  ？ {}", context.words(&question.ja, &question.en));
        }
    }
    Ok(Some(files))
}

/// The name of the list in the project: its own, unless it holds what a path or pattern of the manifest cannot.
fn name_of(list: &Path) -> String {
    let name = list.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let is_plain = !name.starts_with(['.', '~'])
        && !name.contains(['*', '?', '[', ']', '{', '}', '\\', '\u{FFFD}', ':', '"'])
        && !name.chars().any(char::is_control);
    if is_plain {
        return name;
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let known = ending.chars().all(|c| c.is_ascii_alphanumeric()) && !ending.is_empty();
    if known { format!("list.{ending}") } else { "list".to_owned() }
}

fn is_empty(folder: &Path) -> Result<bool, CommandError> {
    Ok(Files::argument_state(folder) == ArgumentState::Folder && Files::argument_files(folder)?.is_empty())
}
