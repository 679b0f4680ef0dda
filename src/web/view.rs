//! The page of a unit: its rows as fields, what was found beside each, what changed, the sheet and its files.
//!
//! In: the rows, the sheet that was made of them, the state. Out: the parts of the pages of `pages/`.

use std::collections::BTreeMap;

use super::desk::{Overview, Sheet, UnitRows};
use super::draft::{CellKey, Draft};
use super::frame::Frame;
use super::state::{Stage, UnitState};
use crate::diagnostic::{Language, Severity};
use crate::model::edition::{Edition, Reader};
use crate::model::schema::FieldType;
use crate::pipeline::edit::UnitTable;

/// How far a unit has come, as an icon and words.
#[derive(Debug, Clone)]
pub struct Pill {
    /// Its look.
    pub class: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// Its words.
    pub words: String,
}

impl Pill {
    /// The pill of a stage; `faults` are those of the rows.
    #[must_use]
    pub fn new(stage: Stage, faults: usize, frame: &Frame) -> Self {
        let pill = |class, icon, words: &str| Self { class, icon, words: words.to_owned() };
        match stage {
            Stage::Untouched | Stage::Draft if faults > 0 => pill(
                "faults",
                "warn",
                &frame.w("要修正{}件", "{} to mend").replace("{}", &faults.to_string()),
            ),
            Stage::Untouched => pill("untouched", "ring", frame.w("これから", "To do")),
            Stage::Draft => pill("draft", "pen", frame.w("入力中", "Draft")),
            Stage::Submitted => pill("submitted", "up", frame.w("提出済み", "Handed in")),
            Stage::Returned => pill("returned", "undo", frame.w("差し戻し", "Returned")),
            Stage::Accepted => pill("accepted", "check", frame.w("受理済み", "Accepted")),
        }
    }
}

/// What is said of a cell.
#[derive(Debug, Clone)]
pub struct CellMessage {
    /// `fault` or `check`.
    pub state: &'static str,
    /// What is wrong.
    pub words: String,
    /// What to do.
    pub hints: Vec<String>,
    /// What the cell should say, where that is certain.
    pub fix: Option<String>,
}

/// A field of a row.
#[derive(Debug)]
pub struct CellView {
    /// The name of the field.
    pub name: String,
    /// The column of the file.
    pub column: usize,
    /// The header.
    pub label: String,
    /// The words.
    pub value: String,
    /// The kind of its words: `phone`, or nothing.
    pub kind: &'static str,
    /// What it said in the last edition, beside what it says.
    pub change: Difference,
    /// `fault`, `check` or nothing.
    pub state: &'static str,
    /// Whether it may take two lines.
    pub is_long: bool,
    /// Whether it is not shown: it names the unit, and does so rightly.
    pub is_hidden: bool,
    /// What is said of it.
    pub messages: Vec<CellMessage>,
}

/// A row.
#[derive(Debug)]
pub struct RowView {
    /// What tells it from the others of its table.
    pub id: u32,
    /// Its number on the page.
    pub number: usize,
    /// Whether it is the first of its table.
    pub is_first: bool,
    /// Whether it is the last of its table.
    pub is_last: bool,
    /// Its fields.
    pub cells: Vec<CellView>,
}

/// The rows of a table.
#[derive(Debug)]
pub struct GroupView {
    /// The index of the table.
    pub index: usize,
    /// What its records are.
    pub title: String,
    /// Their icon.
    pub icon: &'static str,
    /// The headers.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<RowView>,
}

/// A cell that says something else than before.
#[derive(Debug)]
pub struct Difference {
    /// Which cell.
    pub place: String,
    /// What both begin with.
    pub head: String,
    /// What was there.
    pub old: String,
    /// What is there.
    pub new: String,
    /// What both end with.
    pub tail: String,
}

/// A cell that says what it said before.
#[derive(Debug)]
pub struct KnownCell {
    /// Which cell.
    pub place: String,
    /// Its words.
    pub value: String,
}

/// A reader whose sheet can be looked at.
#[derive(Debug)]
pub struct Tab {
    /// What the reader is called.
    pub title: &'static str,
    /// The page.
    pub href: String,
    /// Whether it is this page.
    pub is_here: bool,
}

/// A file to take.
#[derive(Debug)]
pub struct Download {
    /// What it is.
    pub title: String,
    /// What it is made for.
    pub note: String,
    /// Its address.
    pub href: String,
    /// Its look.
    pub class: &'static str,
    /// Its icon.
    pub icon: &'static str,
}

/// Messages by table, row number and column.
pub type Messages = BTreeMap<CellKey, Vec<CellMessage>>;

/// What was found in the rows of `draft`.
#[must_use]
pub fn messages(tables: &[UnitTable], draft: &Draft, sheet: &Sheet, frame: &Frame) -> Messages {
    let mut messages = Messages::new();
    let key = |table: usize, row: usize, column: usize| {
        let row = draft.tables.get(table)?.rows.get(row)?.id;
        Some(CellKey { table, row, column })
    };
    for found in &sheet.findings.cells {
        let Some(key) = key(found.table, found.row, found.column) else { continue };
        let diagnostic = &found.diagnostic;
        let state = if diagnostic.severity == Severity::Error { "fault" } else { "check" };
        let words = diagnostic.message.in_language(frame.language()).to_owned();
        let hints = diagnostic.hints.iter().map(|hint| hint.in_language(frame.language()).to_owned());
        let message = CellMessage { state, words, hints: hints.collect(), fix: diagnostic.fix.clone() };
        messages.entry(key).or_default().push(message);
    }
    for change in &sheet.findings.changes {
        let kind = tables.get(change.table).and_then(|table| table.columns.get(change.column));
        // how an address is set in type is the layout's matter; a number is one that somebody dials
        let Some(column) = kind.filter(|column| matches!(column.kind, FieldType::Phone | FieldType::Postal))
        else {
            continue;
        };
        let Some(key) = key(change.table, change.row, change.column) else { continue };
        let words =
            frame.w("印刷では「{}」にそろえます。", "It prints as \"{}\".").replace("{}", &change.printed);
        let hint = frame.w("表も直しておけます。", "The row can say so too.").to_owned();
        let fix = Some(change.printed.clone()).filter(|_| !column.joins);
        let message = CellMessage { state: "check", words, hints: vec![hint], fix };
        messages.entry(key).or_default().push(message);
    }
    messages
}

/// How many messages there are of a state.
#[must_use]
pub fn count(messages: &Messages, state: &str) -> usize {
    messages.values().flatten().filter(|message| message.state == state).count()
}

/// The rows as fields; `base` is what they are compared with.
#[must_use]
pub fn groups(rows: &UnitRows, base: &Draft, draft: &Draft, mut messages: Messages) -> Vec<GroupView> {
    let mut number = 0;
    let mut groups = Vec::new();
    for (index, (table, own)) in rows.tables.iter().zip(&draft.tables).enumerate() {
        let mut views = Vec::new();
        for (place, row) in own.rows.iter().enumerate() {
            number += 1;
            let cells = table.columns.iter().zip(&row.cells).enumerate().map(|(column, (known, value))| {
                let key = CellKey { table: index, row: row.id, column };
                let messages = messages.remove(&key).unwrap_or_default();
                let has = |state: &str| messages.iter().any(|message| message.state == state);
                let state = if has("fault") {
                    "fault"
                } else if has("check") {
                    "check"
                } else {
                    ""
                };
                CellView {
                    name: format!("c-{key}"),
                    column,
                    label: known.header.clone(),
                    value: value.clone(),
                    change: parts(base.cell(key).unwrap_or_default(), value),
                    kind: kind(known.kind),
                    state,
                    is_long: matches!(known.kind, FieldType::Text | FieldType::Address) && !known.joins,
                    is_hidden: known.joins && *value == rows.name.name && messages.is_empty(),
                    messages,
                }
            });
            views.push(RowView {
                id: row.id,
                number,
                is_first: place == 0,
                is_last: place + 1 == own.rows.len(),
                cells: cells.collect(),
            });
        }
        let shown = table.columns.iter().filter(|column| !column.joins);
        groups.push(GroupView {
            index,
            title: table.title.clone(),
            icon: icon(&table.icon),
            columns: shown.map(|column| column.header.clone()).collect(),
            rows: views,
        });
    }
    groups
}

fn kind(kind: FieldType) -> &'static str {
    if kind.definition().has_digits { "phone" } else { "" }
}

/// The picture of a table by the name of its icon.
#[must_use]
pub fn icon(name: &str) -> &'static str {
    match name {
        "heart" => "heart",
        "people" => "people",
        _ => "place",
    }
}

/// Where a cell stands, for people.
#[must_use]
pub fn place(tables: &[UnitTable], draft: &Draft, key: CellKey, frame: &Frame) -> String {
    let Some(known) = tables.get(key.table) else { return String::new() };
    let header = known.columns.get(key.column).map_or("", |column| column.header.as_str());
    let rows = draft.tables.get(key.table).map(|table| table.rows.as_slice()).unwrap_or_default();
    let number = rows.iter().position(|row| row.id == key.row).filter(|_| rows.len() > 1);
    let number = number.map(|number| format!("{}", number + 1)).unwrap_or_default();
    match frame.language() {
        Language::Japanese => format!("{}{number}の{header}", known.title),
        Language::English => format!("{} {number} {header}", known.title),
    }
}

/// The cells that say what `base` says too.
#[must_use]
pub fn unchanged(tables: &[UnitTable], base: &Draft, draft: &Draft, frame: &Frame) -> Vec<KnownCell> {
    let changed = draft.differences(base);
    let mut known = Vec::new();
    for (index, (table, own)) in tables.iter().zip(&draft.tables).enumerate() {
        for row in &own.rows {
            for (column, (header, value)) in table.columns.iter().zip(&row.cells).enumerate() {
                let key = CellKey { table: index, row: row.id, column };
                if !header.joins && !value.is_empty() && !changed.contains(&key) {
                    known.push(KnownCell { place: place(tables, draft, key, frame), value: value.clone() });
                }
            }
        }
    }
    known
}

/// What `draft` says otherwise than `base`, cell by cell.
#[must_use]
pub fn differences(tables: &[UnitTable], base: &Draft, draft: &Draft, frame: &Frame) -> Vec<Difference> {
    let joins = |key: &CellKey| {
        let column = tables.get(key.table).and_then(|table| table.columns.get(key.column));
        column.is_some_and(|column| column.joins)
    };
    let changed = draft.differences(base).into_iter().filter(|key| !joins(key));
    let difference = |key: CellKey| {
        let (old, new) = (base.cell(key).unwrap_or_default(), draft.cell(key).unwrap_or_default());
        let shown = if draft.cell(key).is_some() { draft } else { base };
        Difference { place: place(tables, shown, key, frame), ..parts(old, new) }
    };
    changed.map(difference).collect()
}

/// What two texts share at either end, and what lies between.
#[must_use]
pub fn parts(old: &str, new: &str) -> Difference {
    let same = |(one, other): &(char, char)| one == other;
    let head: String = old.chars().zip(new.chars()).take_while(same).map(|(c, _)| c).collect();
    let (old, new) = (&old[head.len()..], &new[head.len()..]);
    let tail: usize =
        old.chars().rev().zip(new.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    Difference {
        place: String::new(),
        head,
        old: old[..old.len() - tail].to_owned(),
        new: new[..new.len() - tail].to_owned(),
        tail: old[old.len() - tail..].to_owned(),
    }
}

/// The edition that is looked at: the one for screens, else the first.
#[must_use]
pub fn looked_at(overview: &Overview) -> Edition {
    let first = overview.editions.first().copied().unwrap_or(Edition::Screen);
    if overview.editions.contains(&Edition::Screen) { Edition::Screen } else { first }
}

/// The files to take, the one for the office's printer first.
#[must_use]
pub fn downloads(overview: &Overview, href: &str, reader: Reader, frame: &Frame) -> Vec<Download> {
    let rank = |edition: &Edition| match edition {
        Edition::Office => 0,
        Edition::Press => 1,
        Edition::Screen => 2,
        Edition::Office2up | Edition::Office4up | Edition::OfficeBooklet | Edition::Imposed => 3,
    };
    let mut editions: Vec<Edition> = overview.editions.clone();
    editions.sort_by_key(rank);
    let download = |(index, edition): (usize, Edition)| {
        let (title, note, icon) = words(edition);
        Download {
            title: frame.w(title.0, title.1).to_owned(),
            note: frame.w(note.0, note.1).to_owned(),
            href: format!("{href}/sheet/{}/{}", edition.name(), reader.name()),
            class: if index == 0 { "main" } else { "" },
            icon,
        }
    };
    editions.into_iter().enumerate().map(download).collect()
}

/// What `edition` is called in `language`.
#[must_use]
pub fn edition_title(edition: Edition, language: Language) -> &'static str {
    let ((ja, en), ..) = words(edition);
    if language == Language::Japanese { ja } else { en }
}

type Words = (&'static str, &'static str);

fn words(edition: Edition) -> (Words, Words, &'static str) {
    match edition {
        Edition::Office => (
            ("事務所で印刷 PDF", "PDF for the office printer"),
            ("カラー、余白つき", "with margins"),
            "print",
        ),
        Edition::Press => (
            ("印刷所へ渡す PDF", "PDF for the print shop"),
            ("塗り足し・CMYK（PDF/X-4）", "bleed, CMYK (PDF/X-4)"),
            "crop",
        ),
        Edition::Screen => (
            ("画面で見る PDF", "PDF for screens"),
            ("読み上げ・リンクつき（PDF/UA）", "tagged, with links (PDF/UA)"),
            "eye",
        ),
        Edition::Office2up => {
            (("2枚を1面に PDF", "PDF, two on a side"), ("事務所の印刷機で", "office printer"), "print")
        }
        Edition::Office4up => {
            (("4枚を1面に PDF", "PDF, four on a side"), ("事務所の印刷機で", "office printer"), "print")
        }
        Edition::OfficeBooklet => {
            (("折って冊子に PDF", "PDF to fold"), ("両面で印刷", "both sides"), "print")
        }
        Edition::Imposed => (("面付けした PDF", "Imposed PDF"), ("印刷所の用紙で", "press sheets"), "crop"),
    }
}

/// The rows to show: the newest draft in today's columns, or those of the sources.
#[must_use]
pub fn shown(state: Option<&UnitState>, rows: &UnitRows) -> Draft {
    state.map_or_else(|| rows.base.clone(), |state| state.draft.fit(&rows.base))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_changed_characters_are_marked() {
        let part = |old, new| {
            let Difference { head, old, new, tail, .. } = parts(old, new);
            [head, old, new, tail].join("|")
        };
        assert_eq!(part("「かるがも」3F", "「かるがも」3階"), "「かるがも」3|F|階|");
        assert_eq!(part("", "あ"), "||あ|");
        assert_eq!(part("aa", "aaa"), "aa||a|");
        assert_eq!(part("abc", "axc"), "a|b|x|c");
    }
}
