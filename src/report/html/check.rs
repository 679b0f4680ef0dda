//! The findings of a run, which a clerk can mail, print and work through.
//!
//! In: [`Facts`]. Out: HTML. Every text of the user's is escaped; there is no script.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::facts::{Facts, FileState};
use super::{STYLE, escaped, short, verdict};
use crate::check::rows::Row;
use crate::diagnostic::{Diagnostic, Language};
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
/// Files of a folder that are named among those not made.
const FILES: usize = 6;

/// The page.
#[must_use]
pub fn page(project: &Project, facts: &Facts, language: Language) -> String {
    let ja = language == Language::Japanese;
    let words = |japanese: &'static str, english: &'static str| if ja { japanese } else { english };
    let title = words("点検の結果", "What the check found");
    let mut out = String::with_capacity(16_384);
    let _ = write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head>\n\
         <body><header><h1>{title}</h1><span>{} {}</span><span>{}</span></header>\n<main>",
        if ja { "ja" } else { "en" },
        escaped(&project.title),
        if ja {
            format!("{}の版", project.date.japanese())
        } else {
            format!("edition of {}", project.date)
        },
        match (project.directories.len(), ja) {
            (count, true) => format!("名簿 {count}つを読みました"),
            (count, false) => format!("{count} directories read"),
        },
    );
    sums(&mut out, facts, language);
    let (first, rest) = facts.first_of_each(MOST);
    for one in first {
        finding(&mut out, one, row(facts, one), language);
    }
    for (code, count) in rest {
        let (id, all) = (code.id(), count + MOST);
        let _ = match ja {
            true => write!(out, "<p><b>{id}</b>　ほかに {count} 件あります（全部で {all} 件）。</p>"),
            false => write!(out, "<p><b>{id}</b> {count} more ({all} in all).</p>"),
        };
    }
    changes(&mut out, facts, language);
    let _ = writeln!(
        out,
        "<footer><b>{}</b></footer></main></body></html>",
        words(
            "直したら保存して、もう一度「点検」をしてください。行の数え方は表計算ソフトの画面と同じです（1行目は見出し）。",
            "Mend, save and check again. Rows are counted as a spreadsheet shows them (the header is row 1)."
        )
    );
    out
}

/// The four boxes: errors, warnings, files made, files not made.
fn sums(out: &mut String, facts: &Facts, language: Language) {
    let ja = language == Language::Japanese;
    let (errors, warnings) = facts.counts();
    let made = facts.files.iter().filter(|file| matches!(file.state, FileState::Made)).count();
    let boxes = [
        ("error", errors, "件", "直すまで作れません", "to mend before it can be made"),
        ("warning", warnings, "件", "念のため確かめてください", "to have a look at"),
        ("made", made, "個", "問題のないファイル", "files are fine"),
    ];
    out.push_str("<div class=\"sums\">");
    for (class, count, unit, japanese, english) in boxes {
        let unit = if ja { unit } else { "" };
        let words = if ja { japanese } else { english };
        let _ = write!(out, "<div class=\"sum {class}\"><b>{count}</b>{unit}<small>{words}</small></div>");
    }
    held(out, facts, ja);
    out.push_str("</div>\n");
}

/// The box of the files that were not made, by the folder that they would be in.
fn held(out: &mut String, facts: &Facts, ja: bool) {
    let mut folders: BTreeMap<&str, Vec<(&str, bool)>> = BTreeMap::new();
    for file in &facts.files {
        let FileState::Held { older_is_there, .. } = &file.state else { continue };
        let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        folders.entry(folder).or_default().push((name, *older_is_there));
    }
    if folders.is_empty() {
        return;
    }
    let _ = write!(
        out,
        "<div class=\"sum held\"><strong>{}</strong>",
        if ja { "作らないもの" } else { "Not made" }
    );
    for (folder, files) in folders {
        let shown: Vec<String> = files.iter().take(FILES).map(|(name, _)| escaped(name)).collect();
        let _ = write!(out, "<p><i>{}/</i>　{}", escaped(folder), shown.join("・"));
        let (rest, older) = (files.len() - shown.len(), files.iter().filter(|(_, older)| *older).count());
        let _ = match (rest, ja) {
            (0, _) => Ok(()),
            (_, true) => write!(out, " ほか{rest}個"),
            (_, false) => write!(out, " and {rest} more"),
        };
        let _ = match (older, ja) {
            (0, _) => Ok(()),
            (_, true) => write!(out, "（前の版が{older}個残っています）"),
            (_, false) => write!(out, " ({older} older ones are there)"),
        };
        out.push_str("</p>");
    }
    out.push_str("</div>");
}

/// The row that a finding points at, if it was kept.
fn row<'f>(facts: &'f Facts, one: &Diagnostic) -> Option<&'f Row> {
    let origin = one.origin.as_ref()?;
    facts.rows.get(&(origin.source.path.clone(), origin.row()?))
}

fn finding(out: &mut String, one: &Diagnostic, row: Option<&Row>, language: Language) {
    let ja = language == Language::Japanese;
    let (class, tag) = verdict(one.severity, ja);
    let place = one.origin.as_ref().map_or_else(String::new, |origin| place(origin, ja));
    let _ = write!(
        out,
        "<section class=\"one {class}\"><div class=\"head\"><span class=\"tag\">{tag}</span><h2>{}</h2>\
         <span class=\"place\">{}</span></div><div class=\"body\"><div class=\"scroll\">",
        escaped(one.message.in_language(language)),
        escaped(&place),
    );
    if let Some(origin) = &one.origin {
        excerpt(out, origin, row);
    }
    let _ = write!(
        out,
        "</div><div class=\"help\"><code>{}</code><b>{}</b>",
        one.code.id(),
        if ja { "直し方" } else { "How" }
    );
    for hint in &one.hints {
        let _ = write!(out, "<p>{}</p>", escaped(hint.in_language(language)));
    }
    if one.hints.is_empty() {
        let words = explanation(one.code, language).unwrap_or_default();
        let _ = write!(out, "<p>{}</p>", escaped(words));
    }
    out.push_str("</div></div></section>\n");
}

/// `centers.csv 7行目 D列「電話番号」`.
pub(super) fn place(origin: &Origin, ja: bool) -> String {
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
fn excerpt(out: &mut String, origin: &Origin, row: Option<&Row>) {
    if let (Place::Cell { row: number, header, .. }, Some(row)) = (&origin.place, row) {
        table(out, *number, header, row);
        return;
    }
    let Some(span) = origin.span.clone() else { return };
    let text = &origin.source.text;
    let (Some(before), Some(inside)) = (text.get(..span.start), text.get(span.clone())) else { return };
    match &origin.place {
        Place::File => {}
        Place::Text { line: line_number, .. } => {
            let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
            let rest = text[span.end..].split('\n').next().unwrap_or_default();
            let inside = inside.split('\n').next().unwrap_or_default();
            let tail: String = line.chars().rev().take(60).collect::<Vec<_>>().into_iter().rev().collect();
            let head: String = rest.chars().take(60).collect();
            let _ = write!(
                out,
                "<table class=\"line\"><tr><th>{line_number}</th><td>{}<mark>{}</mark>{}</td></tr></table>",
                escaped(&tail),
                escaped(inside),
                escaped(&head)
            );
        }
        Place::Cell { row, column, header, .. } => {
            let cell = inside.strip_prefix('"').and_then(|cell| cell.strip_suffix('"')).unwrap_or(inside);
            let _ = write!(
                out,
                "<table><tr><th></th><th>{}列　{}</th></tr><tr><th>{row}</th><td class=\"cell\">{}</td></tr></table>",
                column_letters(*column),
                escaped(header),
                escaped(&short(cell, CHARACTERS * CELLS)),
            );
        }
    }
}

/// The cells around the one that is meant, with their headers.
fn table(out: &mut String, number: u32, header: &str, row: &Row) {
    let meant = row.iter().position(|(known, _)| known == header).unwrap_or(0);
    let first = meant.saturating_sub(CELLS - 2).min(row.len().saturating_sub(CELLS));
    let shown = &row[first..row.len().min(first + CELLS)];
    out.push_str("<table><tr><th></th>");
    for (header, _) in shown {
        let _ = write!(out, "<th>{}</th>", escaped(&short(header, CHARACTERS)));
    }
    let _ = write!(out, "</tr><tr><th>{number}</th>");
    for (index, (_, cell)) in shown.iter().enumerate() {
        let is_meant = first + index == meant;
        let words = escaped(&short(cell.trim(), if is_meant { CHARACTERS * 3 } else { CHARACTERS }));
        match is_meant {
            true => {
                let _ = write!(out, "<td class=\"cell\">{words}</td>");
            }
            false => {
                let _ = write!(out, "<td>{words}</td>");
            }
        }
    }
    out.push_str("</tr></table>");
}

/// What normalising changed, so that nothing is altered silently.
fn changes(out: &mut String, facts: &Facts, language: Language) {
    if facts.changes.is_empty() {
        return;
    }
    let ja = language == Language::Japanese;
    let count = facts.changed;
    let (title, at, written, printed) = match ja {
        true => (format!("書き方をそろえて印刷するセル（{count}件）"), "場所", "書かれたとおり", "印刷"),
        false => {
            (format!("Cells that are printed in one form ({count})"), "place", "as written", "as printed")
        }
    };
    let _ = write!(
        out,
        "<details><summary>{title}</summary><div class=\"scroll\"><table><tr><th>{at}</th><th>{written}</th><th>{printed}</th></tr>"
    );
    for change in facts.changes.iter().take(MOST_CHANGES) {
        let _ = write!(
            out,
            "<tr><td>{}</td><td>{}</td><td>{}</td></tr>",
            escaped(&place(&change.origin, ja)),
            escaped(&short(&change.written, CHARACTERS * 2)),
            escaped(&short(&change.normalised, CHARACTERS * 2)),
        );
    }
    out.push_str("</table></div></details>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Say};
    use crate::model::origin::Source;
    use crate::report::facts::FileFact;

    #[test]
    fn markup_in_data_is_text() {
        let source = Source::new("a.csv", "区,電話\n西区,<b>\u{202E}1\n");
        let place = Place::Cell { row: 2, column: 2, line: 2, header: "電話".into() };
        let origin = Origin { source, place, span: Some(18..25) };
        let one =
            Diagnostic::error(Code::Phone, Say::new("<script>", "x")).at(origin).hint(Say::new("直す", "y"));
        let mut out = String::new();
        finding(&mut out, &one, None, Language::Japanese);
        assert!(out.contains("&lt;script&gt;") && out.contains("&lt;b&gt;[U+202E]1"), "{out}");
        assert!(out.contains("2行目　B列「電話」") && out.contains("S2005"), "{out}");
        assert!(!out.contains("<script>") && !out.contains('\u{202E}'));
    }

    #[test]
    fn what_nobody_sees_is_shown_by_its_number() {
        assert_eq!(escaped("a\0\u{1b}[31m\u{E000}\u{AD}"), "a[U+0000][U+001B][31m[U+E000][U+00AD]");
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
        let mut out = String::new();
        held(&mut out, &Facts { files, ..Facts::default() }, true);
        assert!(out.contains("<i>output/a/</i>　0.pdf・1.pdf・2.pdf・3.pdf・4.pdf・5.pdf ほか3個（前の版が2個残っています）"), "{out}");
        assert!(out.contains("<i>output/b/</i>　&lt;i&gt;.pdf</p>"), "{out}");
        let mut nothing = String::new();
        held(&mut nothing, &Facts::default(), true);
        assert_eq!(nothing, "");
    }

    #[test]
    fn columns_have_the_names_of_spreadsheets() {
        assert_eq!([1, 26, 27, 52, 703].map(column_letters), ["A", "Z", "AA", "AZ", "AAA"]);
    }
}
