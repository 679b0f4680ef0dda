//! The plain docket: what a shop must know on one page of short lines, set by genpdf for those who want it without the engine.
//!
//! In: a [`Docket`]. Out: [`Plain`], a PDF as genpdf writes it and the words that must be on it; `press` makes a file of
//! it, and looks whether they are. genpdf embeds fonts whole and drops what does not fit, both without a word: so fonts are
//! cut first (`subset`), lines are broken here (`lines`), and each line is an element of its own that cannot be dropped.

mod lines;
mod subset;

use genpdf::elements::{Break, CellDecorator, LinearLayout, PaddedElement, TableLayout, Text};
use genpdf::error::Error;
use genpdf::fonts::{FontData, FontFamily};
use genpdf::render::Area;
use genpdf::style::{Color, Style, StyledString};
use genpdf::{Document, Margins, Position, SimplePageDecorator};

use crate::diagnostic::{Code, Diagnostic, Say};
use crate::model::docket::Docket;
use crate::model::origin::Origin;
use crate::project::embedded;
use crate::say;

use subset::{SubsetError, SubsetFont};

/// The fonts: text, and headings.
const FACES: [&str; 2] = ["fonts/BIZUDPGothic-Regular.ttf", "fonts/BIZUDPGothic-Bold.ttf"];
/// Millimetres beside and above the text of an A4 page.
const MARGIN: u8 = 16;
/// Millimetres between two columns.
const GUTTER: usize = 3;
/// Columns of the specification, in millimetres: 178 in all.
const FACTS: &[usize] = &[34, 144];
/// Columns of the files: name, pages, bytes, checksum.
const FILES: &[usize] = &[44, 12, 18, 104];
/// Words across the page.
const WHOLE: &[usize] = &[178];
/// The most lines that genpdf is asked to set; no page takes more.
const MOST_LINES: usize = 200;

/// What genpdf made.
pub struct Plain {
    /// The PDF, with genpdf's metadata.
    pub pdf: Vec<u8>,
    /// All words on it, in order.
    pub words: String,
}

/// Sets a docket.
///
/// # Errors
/// A finding for each character that the fonts do not have, or one that says why there is no docket.
pub fn set(docket: &Docket, asked: &Origin) -> Result<Plain, Vec<Diagnostic>> {
    let rows = rows(docket);
    let faces = match faces(&rows) {
        Ok(faces) => faces,
        Err(SubsetError::Missing(missing)) => {
            return Err(missing.into_iter().map(|one| unseen(one, asked)).collect());
        }
        Err(SubsetError::Font(error)) => {
            let why = say!("フォントを読めません（{error}）", "a font cannot be read ({error})");
            return Err(vec![fault(&why, asked)]);
        }
        Err(SubsetError::NotBuiltIn(font)) => {
            let why = say!("{font} が組み込まれていません", "{font} is not built in");
            return Err(vec![fault(&why, asked)]);
        }
    };
    page(&rows, &faces, asked).map_err(|error| vec![error])
}

/// A row of the page: words in columns, in one size.
struct Row {
    columns: &'static [usize],
    cells: Vec<String>,
    size: u8,
    bold: bool,
    /// How many points smaller the last cell is.
    less: u8,
    /// Lines of space above.
    above: f64,
    /// Whether a line is drawn below.
    ruled: bool,
}

impl Row {
    fn new(columns: &'static [usize], cells: Vec<String>, size: u8) -> Self {
        Self { columns, cells, size, bold: false, less: 0, above: 0.0, ruled: false }
    }

    fn head(words: &str, size: u8, above: f64) -> Self {
        Self { bold: true, above, ruled: above > 0.0, ..Self::new(WHOLE, vec![words.to_owned()], size) }
    }

    fn style(&self, cell: usize) -> Style {
        let less = if cell + 1 == self.columns.len() { self.less } else { 0 };
        let style = Style::new().with_font_size(self.size - less);
        if self.bold { style.bold() } else { style }
    }
}

fn rows(docket: &Docket) -> Vec<Row> {
    let words = |text: String, size: u8| Row::new(WHOLE, vec![text], size);
    let mut rows = vec![Row::head(&docket.title, 16, 0.0)];
    rows.push(words(format!("作業指示書　{}　{}　{}", docket.project, docket.date, docket.number), 10));
    if !docket.notice.is_empty() {
        rows.push(words(docket.notice.clone(), 8));
    }
    rows.push(Row::head("仕様", 11, 1.0));
    // a line to write on is a matter of the other docket
    for fact in docket.facts.iter().filter(|fact| !fact.words.is_empty()) {
        rows.push(Row::new(FACTS, vec![fact.label.clone(), fact.words.clone()], 8));
    }
    if let Some(layout) = &docket.layout {
        rows.push(Row::new(FACTS, vec!["面付けの例".to_owned(), layout.words.clone()], 8));
    }
    rows.push(Row::head("ファイル", 11, 1.0));
    let heads = ["ファイル名", "ページ", "バイト", "SHA-256"];
    rows.push(Row::new(FILES, heads.map(str::to_owned).to_vec(), 7));
    for file in &docket.files {
        let cells =
            vec![file.name.clone(), file.pages.to_string(), file.bytes.to_string(), file.sha256.clone()];
        // a checksum goes on one line only so
        rows.push(Row { less: 1, ..Row::new(FILES, cells, 7) });
    }
    for (head, bullet, texts) in [("連絡事項", "・", &docket.notes), ("問い合わせ先", "", &docket.contact)]
    {
        // a text in the manifest may have several lines
        let texts: Vec<&str> = texts.iter().flat_map(|text| text.lines()).map(str::trim).collect();
        if texts.iter().any(|text| !text.is_empty()) {
            rows.push(Row::head(head, 11, 1.0));
        }
        rows.extend(
            texts.iter().filter(|text| !text.is_empty()).map(|text| words(format!("{bullet}{text}"), 9)),
        );
    }
    rows
}

/// Both fonts, cut down to what they set.
fn faces(rows: &[Row]) -> Result<[SubsetFont; 2], SubsetError> {
    let text = |bold: bool| -> String {
        rows.iter().filter(|row| row.bold == bold).flat_map(|row| row.cells.iter()).cloned().collect()
    };
    let face = |index: usize, bold: bool| match embedded::file(FACES[index]) {
        Some(font) => SubsetFont::new(font, &text(bold)),
        None => Err(SubsetError::NotBuiltIn(FACES[index])),
    };
    match (face(0, false), face(1, true)) {
        (Ok(regular), Ok(bold)) => Ok([regular, bold]),
        (Err(SubsetError::Missing(mut all)), Err(SubsetError::Missing(more))) => {
            all.extend(more);
            all.sort_unstable();
            all.dedup();
            Err(SubsetError::Missing(all))
        }
        (Err(error), _) | (_, Err(error)) => Err(error),
    }
}

fn page(rows: &[Row], faces: &[SubsetFont; 2], asked: &Origin) -> Result<Plain, Diagnostic> {
    let data =
        |cut: &SubsetFont| FontData::new(cut.font.clone(), None).map_err(|error| by_genpdf(&error, asked));
    let (regular, bold) = (data(&faces[0])?, data(&faces[1])?);
    let family = FontFamily { italic: regular.clone(), bold_italic: bold.clone(), regular, bold };
    let mut document = Document::new(family);
    // without this it embeds an ICC profile of 650 kB
    document.set_minimal_conformance();
    document.set_line_spacing(1.25);
    let mut decorator = SimplePageDecorator::new();
    decorator.set_margins(MARGIN);
    document.set_page_decorator(decorator);
    let (mut words, mut count) = (String::new(), 0);
    for row in rows {
        let face = &faces[usize::from(row.bold)];
        let mut cells = Vec::new();
        for (index, (cell, width)) in row.cells.iter().zip(row.columns).enumerate() {
            let style = row.style(index);
            let room = f64::from(u32::try_from(width - GUTTER).unwrap_or_default());
            let measure = |text: &str| f64::from(style.str_width(document.font_cache(), text));
            let lines = lines::broken(&face.folded(cell), room, measure);
            count += lines.len();
            words.extend(lines.iter().map(String::as_str));
            cells.push((lines, style));
        }
        if count > MOST_LINES {
            return Err(too_long(asked));
        }
        if row.above > 0.0 {
            document.push(Break::new(row.above));
        }
        document.push(table(row, cells).map_err(|error| by_genpdf(&error, asked))?);
    }
    let mut pdf = Vec::new();
    document.render(&mut pdf).map_err(|error| by_genpdf(&error, asked))?;
    Ok(Plain { pdf, words })
}

/// A row as a table of its own, so that each may have its own columns.
fn table(row: &Row, cells: Vec<(Vec<String>, Style)>) -> Result<TableLayout, Error> {
    let mut table = TableLayout::new(row.columns.to_vec());
    if row.ruled {
        table.set_cell_decorator(Rule);
    }
    let mut built = table.row();
    for (lines, style) in cells {
        let mut cell = LinearLayout::vertical();
        for line in lines {
            // not a paragraph, which would break it again or drop it
            cell.push(Text::new(StyledString::new(line, style)));
        }
        built.push_element(PaddedElement::new(cell, Margins::trbl(0.35, 0, 0.35, 0)));
    }
    built.push()?;
    Ok(table)
}

/// A grey line below a row.
struct Rule;

impl CellDecorator for Rule {
    fn decorate_cell(&mut self, _: usize, _: usize, _: bool, area: Area<'_>, style: Style) {
        let size = area.size();
        let points = vec![Position::new(0, size.height), Position::new(size.width, size.height)];
        area.draw_line(points, style.with_color(Color::Greyscale(150)));
    }
}

fn unseen(character: char, asked: &Origin) -> Diagnostic {
    let code = u32::from(character);
    let shown = if character.is_control() { '\u{FFFD}' } else { character };
    Diagnostic::error(
        Code::GlyphMissing,
        say!(
            "「{shown}」（U+{code:04X}）の字形が、簡易の作業指示書の書体にありません。",
            "The fonts of the plain docket have no glyph for \"{shown}\" (U+{code:04X})."
        ),
    )
    .hint(say!(
        "別の字に替えるか、[press] の docket = \"plain\" を外して、自分の書体が使える作業指示書にしてください。",
        "Use another character, or take docket = \"plain\" out of [press]: the other docket takes fonts of yours."
    ))
    .at(Origin::of_character(&asked.source, character).unwrap_or_else(|| asked.clone()))
}

/// What is said of a docket that does not fit on its page.
#[must_use]
pub fn too_long(asked: &Origin) -> Diagnostic {
    Diagnostic::error(
        Code::PlainDocket,
        say!("簡易の作業指示書が1ページに入りません。", "The plain docket does not fit on its one page."),
    )
    .hint(say!(
        "連絡事項（notes）を短くするか、[press] の docket = \"plain\" を外してください。",
        "Shorten the notes, or take docket = \"plain\" out of [press]."
    ))
    .at(asked.clone())
}

/// What genpdf says of a docket that it does not set, in its own words.
fn by_genpdf(error: &Error, asked: &Origin) -> Diagnostic {
    fault(&say!("genpdf のエラー（{error}）", "{error}"), asked)
}

/// What is said when there is no docket, whatever the reason.
#[must_use]
pub fn fault(why: &Say, asked: &Origin) -> Diagnostic {
    let message = Say::new(
        format!("簡易の作業指示書が作れません：{}", why.ja),
        format!("The plain docket cannot be made: {}", why.en),
    );
    Diagnostic::error(Code::PlainDocket, message)
        .hint(say!(
            "[press] の docket = \"plain\" を外すと、ふつうの作業指示書になります。",
            "Without docket = \"plain\" in [press] the usual docket is made."
        ))
        .at(asked.clone())
}
