//! `sasshi layouts`: what there is, its options and what it needs.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Subcommand};

use super::new::{self, NewLayoutArgs};
use super::{CommandError, Context, Ending, print};
use crate::diagnostic::Suggestion;
use crate::model::layout::Layout;
use crate::model::schema::SchemaKind;
use crate::output;
use crate::pipeline;
use crate::project::files::Files;
use crate::project::layout::LayoutFiles;
use crate::project::schema::built_in;
use crate::report::facts::Facts;

/// What `layouts` takes.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct LayoutsArgs {
    /// One layout, in full
    #[arg(value_name = "LAYOUT")]
    pub layout: Option<String>,
    /// What is done beside listing
    #[command(subcommand)]
    pub deed: Option<LayoutsDeed>,
}

/// What is done beside listing.
#[derive(Debug, Subcommand)]
pub enum LayoutsDeed {
    /// Makes a layout that prints, to start from: a card for each unit
    New(NewLayoutArgs),
    /// Writes the specimen of a layout as a PDF: sizes, distances, colours, options, directives
    Specimen(SpecimenArgs),
}

/// What `layouts specimen` takes.
#[derive(Debug, Args)]
pub struct SpecimenArgs {
    /// Name of the layout
    #[arg(value_name = "LAYOUT")]
    pub name: String,
    /// Where to write it; LAYOUT-specimen.pdf if not said
    #[arg(short, long, value_name = "OUT.pdf")]
    pub output: Option<PathBuf>,
}

/// Runs `layouts`. Outside a project it lists the built-in ones.
///
/// # Errors
/// When the layout that is asked for is not there.
pub fn run(context: &Context, args: &LayoutsArgs) -> Result<Ending, CommandError> {
    match &args.deed {
        Some(LayoutsDeed::New(args)) => return new::layout(context, args),
        Some(LayoutsDeed::Specimen(args)) => return specimen(context, args),
        None => {}
    }
    let read = LayoutFiles::new(Arc::new(context.files())).layouts();
    let broken = !read.diagnostics.is_empty();
    context.print_findings(&Facts { diagnostics: read.diagnostics, ..Facts::default() })?;
    let layouts = read.value;
    let mut text = String::new();
    match &args.layout {
        Some(name) => {
            full(context, named(context, name, &layouts)?, &mut text);
        }
        None => {
            for layout in layouts.values() {
                let own = if layout.shadowed {
                    context.words("（このプロジェクトのもの）", " (this project's)")
                } else {
                    ""
                };
                let _ =
                    writeln!(text, "{}  {}{own}", layout.name, layout.title.in_language(context.language));
                let _ = writeln!(text, "    {}", layout.summary.in_language(context.language));
            }
        }
    }
    print(&text)?;
    Ok(if broken { Ending::Faults } else { Ending::Done })
}

/// The layout called `name`.
fn named<'l>(
    context: &Context,
    name: &str,
    layouts: &'l BTreeMap<String, Arc<Layout>>,
) -> Result<&'l Layout, CommandError> {
    layouts.get(name).map(Arc::as_ref).ok_or_else(|| {
        let like = Suggestion::of(name, layouts.keys().map(String::as_str));
        let words = context.words("レイアウト「{name}」はありません。", "there is no layout \"{name}\".");
        let mut words = words.replace("{name}", name);
        if let Some(question) = like.question() {
            words.push_str(context.words("", " "));
            words.push_str(question.in_language(context.language));
        }
        words.into()
    })
}

/// Runs `layouts specimen`: colours, type and distances as the project has them.
fn specimen(context: &Context, args: &SpecimenArgs) -> Result<Ending, CommandError> {
    let opened = pipeline::open(Arc::new(Files::in_folder(&context.root()?)))?;
    let mut facts = Facts::default();
    let project = opened.collect(&mut facts.diagnostics);
    context.print_findings(&facts)?;
    let Some(project) = project else { return Ok(Ending::Faults) };
    let layout = named(context, &args.name, &project.layouts)?;
    let pdf = pipeline::specimen::specimen(&project, layout, context.language)?;
    let path = args.output.clone().unwrap_or_else(|| PathBuf::from(format!("{}-specimen.pdf", layout.name)));
    output::write_to(&path, &pdf)?;
    if !context.common.quiet {
        let words = context.words("{}に書きました。\n", "Wrote {}.\n");
        print(&words.replace("{}", &path.display().to_string()))?;
    }
    Ok(Ending::Done)
}

fn full(context: &Context, layout: &Layout, text: &mut String) {
    let language = context.language;
    let page = layout.page;
    let _ = writeln!(text, "{}  {}", layout.name, layout.title.in_language(language));
    let _ = writeln!(text, "{}", layout.summary.in_language(language));
    let _ = writeln!(text, "{}: {} × {}", context.words("仕上がり寸法", "page"), page.width, page.height);
    if !layout.options.is_empty() {
        let _ = writeln!(text, "\n[layout.{}]", layout.name);
        for (name, option) in &layout.options {
            let _ = writeln!(text, "{name} = {}  # {}", option.default, option.help.in_language(language));
        }
    }
    let columns = |kind: SchemaKind, fields: &[String]| {
        // the first of its kind is the one without a national set's further columns
        let header = |field: &String| {
            let mut schemas = built_in().iter().filter(|schema| schema.kind == kind);
            let known = schemas.find_map(|schema| schema.asked(field));
            known.map_or_else(|| field.clone(), |known| known.headers[0].clone())
        };
        fields.iter().map(header).collect::<Vec<String>>().join(", ")
    };
    let mut list = |kind: SchemaKind, fields: &[String], words: &str| {
        if !fields.is_empty() {
            let _ = writeln!(text, "{words}: {}", columns(kind, fields));
        }
    };
    let (needs, uses) = (&layout.needs, &layout.uses);
    list(
        SchemaKind::Ward,
        &needs.per,
        context.words("\n区（または町内会など）の一覧に要る列", "\ncolumns that the master list needs"),
    );
    list(SchemaKind::Ward, &uses.per, context.words("あれば使う列", "and that are used where it has them"));
    list(
        SchemaKind::Facility,
        &needs.offices,
        context.words("施設の名簿に要る列", "columns that directories of offices need"),
    );
    list(
        SchemaKind::Facility,
        &uses.offices,
        context.words("あれば使う列", "and that are used where they have them"),
    );
    if !layout.directives.is_empty() {
        let _ = writeln!(text, "\n{}:", context.words("文書で使える囲み", "directives"));
        for (name, form) in &layout.directives {
            let all = form.written();
            let braces = if all.is_empty() { String::new() } else { format!(" {{{all}}}") };
            let _ = writeln!(text, "  :::{name}{braces}");
        }
    }
}
