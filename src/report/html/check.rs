//! The findings of a run, which a clerk can mail, print and work through.
//!
//! In: [`Facts`]. Out: HTML.

use std::collections::BTreeMap;

use askama::Template;

use super::super::facts::{Facts, FileState, FindingCounts};
use super::{Sum, class, pick, short, tag};
use crate::check::rows::WrittenRow;
use crate::diagnostic::{Code, Diagnostic, Language, Severity};
use crate::model::origin::{Origin, Place, column_letters};
use crate::project::Project;
use crate::report::explanations::explanation;

/// Findings of one kind that are shown; more are counted: nobody reads a thousand.
const MOST: usize = 100;
/// Changes that are shown.
const MOST_CHANGES: usize = 200;
/// Cells of a row that are shown beside the one that is meant, and characters of each.
const CELLS: usize = 5;
const CHARACTERS: usize = 24;
/// Characters of a line that are shown before and after what is meant.
const LINE: usize = 60;
/// Files of a folder that are named among those not made.
const FILES: usize = 6;

#[derive(Template)]
#[template(path = "check.html", config = "src/report/html/askama.toml")]
struct CheckPage<'a> {
    ja: bool,
    title: &'a str,
    date: String,
    directories: usize,
    sums: [Sum; 3],
    held: Vec<HeldFolder<'a>>,
    findings: Vec<Found<'a>>,
    rest: Vec<Rest>,
    changes: Vec<Changed>,
    changed: usize,
}

/// A folder with the files in it that were not made.
struct HeldFolder<'a> {
    path: &'a str,
    names: String,
    /// How many are not named.
    rest: usize,
    /// How many are there from an earlier run.
    older: usize,
}

/// A finding.
struct Found<'a> {
    class: &'static str,
    tag: &'static str,
    message: &'a str,
    place: String,
    excerpt: Excerpt<'a>,
    code: Code,
    help: Vec<&'a str>,
}

/// What of the source is shown beside a finding.
enum Excerpt<'a> {
    None,
    /// Cells around the one that is meant.
    Row {
        number: u32,
        cells: Vec<ShownCell>,
    },
    /// A line of a text.
    Line {
        number: u32,
        before: &'a str,
        meant: &'a str,
        after: String,
    },
    /// The one cell, where its row is not known.
    Cell {
        column: String,
        row: u32,
        header: &'a str,
        words: String,
    },
}

struct ShownCell {
    header: String,
    words: String,
    meant: bool,
}

/// Findings of one kind beyond those that are shown.
struct Rest {
    code: Code,
    count: usize,
    all: usize,
}

/// A cell that is printed otherwise than it is written.
struct Changed {
    place: String,
    written: String,
    printed: String,
}

/// The page.
///
/// # Panics
/// Never: it is written into memory.
#[must_use]
pub fn page(project: &Project, facts: &Facts, language: Language) -> String {
    let (first, rest) = facts.first_of_each(MOST);
    let FindingCounts { errors, warnings } = facts.counts();
    let made = facts.files.iter().filter(|file| matches!(file.state, FileState::Made)).count();
    let words = |japanese, english| pick(language, japanese, english);
    let page = CheckPage {
        ja: language == Language::Japanese,
        title: &project.title,
        date: match language {
            Language::Japanese => project.date.japanese(),
            Language::English => project.date.to_string(),
        },
        directories: project.directories.len(),
        sums: [
            Sum::findings(
                Severity::Error,
                errors,
                words("直すまで作れません", "to mend before it can be made"),
                language,
            ),
            Sum::findings(
                Severity::Warning,
                warnings,
                words("念のため確かめてください", "to have a look at"),
                language,
            ),
            Sum {
                class: "made",
                count: made,
                unit: words("個", ""),
                words: words("問題のないファイル", "files are fine"),
            },
        ],
        held: held(facts),
        findings: first.into_iter().map(|one| found(one, row(facts, one), language)).collect(),
        rest: rest.into_iter().map(|(code, count)| Rest { code, count, all: count + MOST }).collect(),
        changes: changes(facts, language),
        changed: facts.changed,
    };
    page.render().expect("a page is written into memory")
}

/// The files that were not made, by the folder that they would be in.
fn held(facts: &Facts) -> Vec<HeldFolder<'_>> {
    let mut folders: BTreeMap<&str, Vec<(&str, bool)>> = BTreeMap::new();
    for file in &facts.files {
        let FileState::Held { older_is_there, .. } = &file.state else { continue };
        let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        folders.entry(folder).or_default().push((name, *older_is_there));
    }
    let folder = |(path, files): (_, Vec<(&str, bool)>)| {
        let named: Vec<&str> = files.iter().take(FILES).map(|(name, _)| *name).collect();
        HeldFolder {
            path,
            names: named.join("・"),
            rest: files.len() - named.len(),
            older: files.iter().filter(|(_, older)| *older).count(),
        }
    };
    folders.into_iter().map(folder).collect()
}

/// The row that a finding points at, if it was kept.
fn row<'f>(facts: &'f Facts, one: &Diagnostic) -> Option<&'f WrittenRow> {
    let origin = one.origin.as_ref()?;
    facts.rows.get(&(origin.source.path.clone(), origin.row()?))
}

fn found<'a>(one: &'a Diagnostic, row: Option<&'a WrittenRow>, language: Language) -> Found<'a> {
    let mut help: Vec<&str> = one.hints.iter().map(|hint| hint.in_language(language)).collect();
    if help.is_empty() {
        help.push(explanation(one.code, language).unwrap_or_default());
    }
    Found {
        class: class(one.severity),
        tag: tag(one.severity, language),
        message: one.message.in_language(language),
        place: one.origin.as_ref().map_or_else(String::new, |origin| place(origin, language)),
        excerpt: one.origin.as_ref().map_or(Excerpt::None, |origin| excerpt(origin, row)),
        code: one.code,
        help,
    }
}

/// `centers.csv 7行目 D列「電話番号」`.
pub(super) fn place(origin: &Origin, language: Language) -> String {
    let ja = language == Language::Japanese;
    let file = &origin.source.path;
    if let (Some(address), Place::Cell { header, .. }) = (origin.address(), &origin.place) {
        return match (header.is_empty(), ja) {
            (true, _) => format!("{file}　{address}"),
            (false, true) => format!("{file}　{address}「{header}」"),
            (false, false) => format!("{file}　{address} \"{header}\""),
        };
    }
    match (&origin.place, ja) {
        (Place::File, _) => file.clone(),
        (Place::Text { line, .. }, true) => format!("{file}　{line}行目"),
        (Place::Text { line, .. }, false) => format!("{file}, line {line}"),
        // beyond the last column there is no header
        (Place::Cell { row, column, header, .. }, true) => {
            let header = if header.is_empty() { String::new() } else { format!("「{header}」") };
            format!("{file}　{row}行目　{}列{header}", column_letters(*column))
        }
        (Place::Cell { row, column, header, .. }, false) => {
            let header = if header.is_empty() { String::new() } else { format!(" \"{header}\"") };
            format!("{file}, row {row}, column {}{header}", column_letters(*column))
        }
    }
}

/// The row with the cell marked, or the line of a text with its words marked.
fn excerpt<'a>(origin: &'a Origin, row: Option<&'a WrittenRow>) -> Excerpt<'a> {
    if let (Place::Cell { row: number, header, .. }, Some(row)) = (&origin.place, row) {
        return around(*number, header, row);
    }
    let Some(span) = origin.span.clone() else { return Excerpt::None };
    let text = &origin.source.text;
    let (Some(before), Some(inside)) = (text.get(..span.start), text.get(span.clone())) else {
        return Excerpt::None;
    };
    match &origin.place {
        Place::File => Excerpt::None,
        Place::Text { line: number, .. } => {
            let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
            let start = line.char_indices().rev().nth(LINE - 1).map_or(0, |(at, _)| at);
            let rest = text[span.end..].split('\n').next().unwrap_or_default();
            Excerpt::Line {
                number: *number,
                before: &line[start..],
                meant: inside.split('\n').next().unwrap_or_default(),
                after: rest.chars().take(LINE).collect(),
            }
        }
        Place::Cell { row, column, header, .. } => {
            let cell = inside.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')).unwrap_or(inside);
            Excerpt::Cell {
                column: column_letters(*column),
                row: *row,
                header,
                words: short(cell, CHARACTERS * CELLS),
            }
        }
    }
}

/// The cells around the one that is meant, with their headers.
fn around<'a>(number: u32, header: &str, row: &WrittenRow) -> Excerpt<'a> {
    let meant = row.iter().position(|(known, _)| known == header).unwrap_or(0);
    let first = meant.saturating_sub(CELLS - 2).min(row.len().saturating_sub(CELLS));
    let shown = row.iter().enumerate().skip(first).take(CELLS);
    let cells = shown.map(|(index, (header, cell))| {
        let most = if index == meant { CHARACTERS * 3 } else { CHARACTERS };
        ShownCell {
            header: short(header, CHARACTERS),
            words: short(cell.trim(), most),
            meant: index == meant,
        }
    });
    Excerpt::Row { number, cells: cells.collect() }
}

/// What normalising changed, so that nothing is altered silently.
fn changes(facts: &Facts, language: Language) -> Vec<Changed> {
    let shown = facts.changes.iter().take(MOST_CHANGES);
    shown
        .map(|change| Changed {
            place: place(&change.origin, language),
            written: short(&change.written, CHARACTERS * 2),
            printed: short(&change.normalised, CHARACTERS * 2),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Say;
    use crate::model::origin::Source;
    use crate::report::facts::FileFact;

    /// The page of what was found in a project with nothing in it.
    fn shown(facts: &Facts) -> String {
        let manifest = "[project]\ntitle = \"題\"\ndate = 2026-11-23\n";
        let files = crate::project::files::Files::in_memory([("sasshi.toml", manifest)]);
        let project =
            Project::open(std::sync::Arc::new(files), &[]).expect("it can be read").value.expect("a project");
        page(&project, facts, Language::Japanese)
    }

    #[test]
    fn markup_in_data_is_text() {
        let source = Source::new("a.csv", "区,電話\n西区,<b>\u{202E}1\n");
        let place = Place::Cell { row: 2, column: 2, line: 2, header: "電話".into() };
        let origin = Origin { source, place, span: Some(18..25) };
        let one =
            Diagnostic::error(Code::Phone, Say::new("<script>", "x")).at(origin).hint(Say::new("直す", "y"));
        let page = shown(&Facts { diagnostics: vec![one], ..Facts::default() });
        assert!(page.contains("&lt;script&gt;") && page.contains("&lt;b&gt;[U+202E]1"), "{page}");
        assert!(page.contains("2行目　B列「電話」") && page.contains("S2005"), "{page}");
        assert!(!page.contains("<script>") && !page.contains('\u{202E}'));
    }

    #[test]
    fn of_a_long_line_the_words_around_are_shown() {
        let line = format!("{}誤り{}\n次", "前".repeat(99), "後".repeat(99));
        let span = 99 * 3..99 * 3 + 6;
        let origin = Origin {
            source: Source::new("a.md", &line),
            place: Place::Text { line: 1, column: 100 },
            span: Some(span),
        };
        let Excerpt::Line { number, before, meant, after } = excerpt(&origin, None) else { panic!("a line") };
        assert_eq!((number, before.chars().count(), meant, after.chars().count()), (1, LINE, "誤り", LINE));
    }

    #[test]
    fn files_that_were_not_made_are_counted_by_folder() {
        let file = |path: &str, older_is_there| FileFact {
            path: path.to_owned(),
            record: None,
            state: FileState::Held { why: Say::new("", ""), older_is_there },
            pages: Vec::new(),
            placements: Vec::new(),
            sheets: None,
        };
        let mut files: Vec<FileFact> = (0..9).map(|n| file(&format!("output/a/{n}.pdf"), n < 2)).collect();
        files.push(file("output/b/<i>.pdf", false));
        let page = shown(&Facts { files, ..Facts::default() });
        assert!(page.contains("<i>output/a/</i>　0.pdf・1.pdf・2.pdf・3.pdf・4.pdf・5.pdf ほか3個（前の版が2個残っています）"), "{page}");
        assert!(page.contains("<i>output/b/</i>　&lt;i&gt;.pdf</p>"), "{page}");
        assert!(!shown(&Facts::default()).contains("作らないもの"));
    }

    #[test]
    fn columns_have_the_names_of_spreadsheets() {
        assert_eq!([1, 26, 27, 52, 703].map(column_letters), ["A", "Z", "AA", "AZ", "AAA"]);
    }
}
