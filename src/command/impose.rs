//! `sasshi impose`: any PDF to press sheets.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::{CommandError, Context, Ending, print};
use crate::diagnostic::{Diagnostic, Severity};
use crate::impose::furniture::Slug;
use crate::impose::{Input, dummy};
use crate::model::imposition::{Backing, CellRows, Creep, Heads, Imposition, Order, Work};
use crate::model::layout::Binding;
use crate::model::length::Length;
use crate::model::page_ranges::PageRanges;
use crate::model::scheme::{Blanks, Scheme};
use crate::model::sheet::Size;
use crate::output;
use crate::pipeline::sheets::{SheetJudge, planned_sheets, press_sheets};
use crate::press::load;
use crate::press::profile::DEFAULT;
use crate::project::files::Files;
use crate::project::layout::LayoutFiles;
use crate::report::facts::Facts;

/// What `impose` takes.
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
#[derive(Debug, Args)]
pub struct ImposeArgs {
    /// The PDF; several for a gang run
    #[arg(required = true, value_name = "IN.pdf")]
    pub input: Vec<PathBuf>,
    /// Where to write the sheets
    #[arg(long, short, value_name = "OUT.pdf")]
    pub output: Option<PathBuf>,
    /// How pages are arranged
    #[arg(long, help = Scheme::names(), default_value = "saddle", value_parser = scheme)]
    pub scheme: Scheme,
    /// Sheet: a4, a3, a3-nobi, sra3, kiku, kiku-half, shiroku, or 320x450mm; the smallest that holds it if none is given
    #[arg(long, value_parser = sheet)]
    pub sheet: Option<Size>,
    /// Pages to take, such as 4-9 or 1,3-5,8-; all if none are given
    #[arg(long, value_name = "PAGES", value_parser = pages)]
    pub pages: Option<PageRanges>,
    /// Makes pages smaller or larger to fill the sheet, for an office printer: no marks, no bleed, no trim
    #[arg(long)]
    pub fit: bool,
    /// Bound side
    #[arg(long, value_enum, default_value = "left")]
    pub bind: Bind,
    /// Thickness of the paper in mm, for creep and spine
    #[arg(long, value_name = "MM", value_parser = millimetres)]
    pub paper: Option<Length>,
    /// What is done about creep
    #[arg(long, value_enum, default_value = "inner")]
    pub creep: CreepForm,
    /// How the sheet is worked
    #[arg(long, value_enum, default_value = "sheetwise")]
    pub work: WorkForm,
    /// How the back stands to the front
    #[arg(long, value_enum, default_value = "head-to-head")]
    pub back: Back,
    /// Which edges meet at the fold between rows
    #[arg(long, value_enum, default_value = "heads")]
    pub rows: RowsForm,
    /// Prints one side only
    #[arg(long)]
    pub one_sided: bool,
    /// The edge that the press holds, in mm (for n-up: free at all edges)
    #[arg(long, value_name = "MM", value_parser = millimetres)]
    pub gripper: Option<Length>,
    /// Further space between pages, in mm
    #[arg(long, value_name = "MM", value_parser = millimetres)]
    pub gutter: Option<Length>,
    /// What is cut off between pages, in mm at each edge
    #[arg(long, value_name = "MM", value_parser = millimetres)]
    pub trim: Option<Length>,
    /// Bleed that is kept, in mm
    #[arg(long, value_name = "MM", value_parser = millimetres)]
    pub bleed: Option<Length>,
    /// What is milled off at the spine, in mm (perfect binding)
    #[arg(long, value_name = "MM", value_parser = millimetres)]
    pub milling: Option<Length>,
    /// Where blanks go: back (before the last page), end, page numbers after which they come; few: smaller signatures (8+4) hold the rest
    #[arg(long, value_parser = blanks)]
    pub blanks: Option<Blanks>,
    /// The first two and last two pages are a cover of their own (perfect binding)
    #[arg(long)]
    pub cover: bool,
    /// Leaves out marks, colour bar and slug line
    #[arg(long)]
    pub no_marks: bool,
    /// The job's name in the slug line; the file's if none is given
    #[arg(long, value_name = "NAME")]
    pub job: Option<String>,
    /// Prints the folding dummy as text; with -o also as a PDF, instead of the sheets
    #[arg(long)]
    pub dummy: bool,
    /// Press profile that pages and sheets are judged by
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// Takes warnings for errors
    #[arg(long)]
    pub strict: bool,
}

macro_rules! forms {
    ($($(#[doc = $doc:literal])+ $name:ident = $target:ident { $($(#[doc = $words:literal])+ $variant:ident,)+ })+) => {$(
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
        pub enum $name { $($(#[doc = $words])+ $variant,)+ }

        impl From<$name> for $target {
            fn from(form: $name) -> Self {
                match form { $($name::$variant => Self::$variant,)+ }
            }
        }
    )+};
}

forms! {
    /// `--creep`.
    CreepForm = Creep {
        /// Nothing
        None,
        /// Inner pages move to the spine
        Inner,
        /// Outer pages move from the spine
        Outer,
        /// Inner pages become narrower
        Scale,
    }
    /// `--work`.
    WorkForm = Work {
        /// 本掛け
        Sheetwise,
        /// 打ち返し
        Turn,
        /// どんでん
        Tumble,
    }
    /// `--back`.
    Back = Backing {
        /// The sheet is turned left to right
        HeadToHead,
        /// The sheet is turned over its head
        HeadToFoot,
    }
    /// `--rows`.
    RowsForm = CellRows {
        /// 頭合わせ
        Heads,
        /// 尻合わせ
        Feet,
    }
}

/// `--bind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Bind {
    /// 左綴じ
    Left,
    /// 右綴じ
    Right,
    /// 天綴じ
    Head,
}

fn pages(text: &str) -> Result<PageRanges, String> {
    text.parse().map_err(|error: crate::model::page_ranges::PageRangesError| error.to_string())
}

fn scheme(text: &str) -> Result<Scheme, String> {
    Scheme::named(text).ok_or_else(Scheme::names)
}

fn sheet(text: &str) -> Result<Size, String> {
    text.parse().map_err(|error: crate::model::sheet::SizeError| error.to_string())
}

/// A bare number is millimetres.
fn millimetres(text: &str) -> Result<Length, String> {
    let text = text.trim();
    text.parse()
        .or_else(|_| format!("{text}mm").parse())
        .map_err(|error: crate::model::length::LengthError| error.to_string())
}

fn blanks(text: &str) -> Result<Blanks, String> {
    match text {
        "back" => Ok(Blanks::BeforeBackCover),
        "end" => Ok(Blanks::End),
        "few" => Ok(Blanks::Few),
        _ => text
            .split(',')
            .map(|page| page.trim().parse())
            .collect::<Result<_, _>>()
            .map(Blanks::After)
            .map_err(|_| "back, end, few, 2,6".to_owned()),
    }
}

fn order(args: &ImposeArgs) -> Order {
    let (binding, heads) = match args.bind {
        Bind::Left => (Binding::Left, Heads::Up),
        Bind::Right => (Binding::Right, Heads::Up),
        // pages lie with their heads to the left, where the spine is
        Bind::Head => (Binding::Left, Heads::AtSpine),
    };
    let base = match args.fit {
        // n-up is for office printers as it is
        true if args.scheme.signature().is_some() => {
            Order { fit: true, ..Order::office(args.scheme, binding) }
        }
        true => Order { fit: true, ..Order::new(args.scheme) },
        false => Order::new(args.scheme),
    };
    let marks = base.marks && !args.no_marks;
    Order {
        work: args.work.into(),
        sheet: args.sheet,
        binding,
        heads,
        pages: args.pages.clone(),
        backing: args.back.into(),
        rows: args.rows.into(),
        both_sides: !args.one_sided,
        gripper: args.gripper.unwrap_or(base.gripper),
        gutter: args.gutter.unwrap_or(base.gutter),
        trim: args.trim.unwrap_or(base.trim),
        bleed: args.bleed.unwrap_or(if args.scheme.is_read_flat() { Length::ZERO } else { base.bleed }),
        milling: args.milling.unwrap_or(base.milling),
        paper: args.paper.unwrap_or(base.paper),
        creep: args.creep.into(),
        blanks: args.blanks.clone().unwrap_or_else(|| base.blanks.clone()),
        cover: args.cover,
        marks,
        ..base
    }
}

/// Runs `impose`.
///
/// # Errors
/// When a file cannot be read or written.
pub fn run(context: &Context, args: &ImposeArgs) -> Result<Ending, CommandError> {
    if !args.dummy && args.output.is_none() {
        return Err(context
            .words("-o で書き出すファイルの名前を指定してください", "name the file to write with -o")
            .into());
    }
    if args.pages.is_some() && args.input.len() > 1 {
        return Err(context
            .words("--pages は、PDFを1つだけ渡すときに使えます", "--pages is for one PDF at a time")
            .into());
    }
    let mut files = Vec::new();
    for path in &args.input {
        let name = path.display().to_string();
        let bytes = Files::argument(path).map_err(|error| format!("{name}: {error}"))?;
        files.push((name, bytes));
    }
    let inputs: Vec<Input<'_>> = files.iter().map(|(name, bytes)| Input { name, bytes }).collect();
    let order = order(args);
    let mut found: Vec<Diagnostic> = Vec::new();
    if args.dummy {
        let planned = planned_sheets(&inputs, &order).collect(&mut found);
        let ending = findings(context, args, found)?;
        let (Some(imposition), Ending::Done) = (planned, ending) else { return Ok(Ending::Faults) };
        print(dummy::text(&imposition).in_language(context.language))?;
        if let Some(path) = &args.output {
            output::write_to(path, &dummy::pdf(&imposition))?;
        }
        return Ok(Ending::Done);
    }
    let slug = Slug { job: args.job.clone().unwrap_or_else(|| job(&args.input)), ..Slug::default() };
    let layouts = LayoutFiles::new(Arc::new(context.files()));
    let profile = args.profile.as_deref().unwrap_or(DEFAULT);
    let profile = load::profile(&layouts, profile, None).map_err(|fault| context.refusal(&fault))?;
    let sheets =
        press_sheets(&inputs, &order, &slug, SheetJudge { profile: &profile, is_strict: args.strict })
            .collect(&mut found);
    let ending = findings(context, args, found)?;
    let (Some(sheets), Ending::Done, Some(path)) = (sheets, ending, &args.output) else {
        return Ok(Ending::Faults);
    };
    output::write_to(path, &sheets.pdf)?;
    if !context.common.quiet {
        print(&summary(context, &sheets.imposition, path))?;
    }
    Ok(Ending::Done)
}

/// Prints what was found; `--strict` takes warnings for errors.
fn findings(
    context: &Context,
    args: &ImposeArgs,
    mut found: Vec<Diagnostic>,
) -> Result<Ending, CommandError> {
    if args.strict {
        for one in &mut found {
            one.severity = Severity::Error;
        }
    }
    let facts = Facts { diagnostics: found, ..Facts::default() };
    context.print_findings(&facts)?;
    Ok(if facts.counts().errors > 0 { Ending::Faults } else { Ending::Done })
}

/// The file's name without folder and ending, and how many others there are.
fn job(inputs: &[PathBuf]) -> String {
    let first =
        inputs.first().and_then(|path| path.file_stem()).map(|name| name.to_string_lossy().into_owned());
    let first = first.unwrap_or_default();
    match inputs.len() {
        0 | 1 => first,
        count => format!("{first} ほか{}点", count - 1),
    }
}

fn summary(context: &Context, imposition: &Imposition, path: &Path) -> String {
    let mut text = format!("{}\n", path.display());
    for line in imposition.told() {
        text.push_str("  ");
        text.push_str(line.in_language(context.language));
        text.push('\n');
    }
    text
}
