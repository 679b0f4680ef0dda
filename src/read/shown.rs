//! What a workbook shows beside its words: links behind cells, rows and columns that are hidden, letters that are struck
//! out, formats of which the words cannot be had.
//!
//! In: a grid and its rows. Out: findings, one for each kind; and cells whose stored form is the right one for the type of
//! their column (the address behind 「こちら」, the year of a date that shows month and day) take it.

use std::collections::BTreeMap;

use super::delimited::Rows;
use super::grid::Grid;
use super::sheet_content::Special;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::column_type::{CellText, FieldType, LinkTarget, StoredForm};
use crate::model::date::Date;
use crate::model::directory::{Column, Written};
use crate::model::locality::Locality;
use crate::model::origin::column_letters;
use crate::model::width;
use crate::say;
use crate::table::Replaced;

/// Places that are named one by one.
const MOST: usize = 8;

/// Which rows and columns of a file are read.
#[derive(Debug, Clone, Copy)]
pub struct TableCells<'a> {
    /// The index of the first record.
    pub first: usize,
    /// The index after the last.
    pub end: usize,
    /// Indices between that are no records, in order.
    pub passed: &'a [usize],
    /// For each column of the file, its column in the directory.
    pub places: &'a [Option<usize>],
    /// The columns of the directory.
    pub columns: &'a [Column],
}

/// A finding about a cell.
#[derive(Debug)]
pub struct ShownFinding {
    /// The index of its row.
    pub row: usize,
    /// Its column.
    pub place: usize,
    /// What is said.
    pub diagnostic: Diagnostic,
}

impl TableCells<'_> {
    fn kind(&self, place: usize) -> Option<FieldType> {
        let column = self.places.get(place).copied().flatten()?;
        Some(self.columns.get(column)?.field.as_ref().map_or(FieldType::Text, |field| field.kind))
    }

    /// The index of the record in row `number`.
    fn record(&self, rows: &Rows, number: u32) -> Option<usize> {
        let at = rows.rows.binary_search_by_key(&number, |row| row.number).ok()?;
        let is_record = (self.first..self.end).contains(&at) && self.passed.binary_search(&at).is_err();
        is_record.then_some(at)
    }
}

/// A link that is used, or not: where it is, what its cell shows, where it leads.
struct LinkCell {
    row: usize,
    shown: String,
    target: String,
}

/// Gives cells the stored form where it is the right one, and says what only a look at the sheet tells.
pub fn apply(grid: &Grid, rows: &mut Rows, table: TableCells) -> Vec<ShownFinding> {
    let text = &grid.source.text;
    let mut replaced: Vec<(usize, usize, String)> = Vec::new();
    let (mut used, mut differs) = (BTreeMap::new(), BTreeMap::new());
    let words = |row: usize, place: usize| {
        let cell = rows.rows[row].cells.get(place).copied().unwrap_or_default();
        cell.of(text, &rows.unquoted).trim().to_owned()
    };
    for ((number, place), special) in &grid.special {
        let (Some(kind), Some(row)) = (table.kind(*place), table.record(rows, *number)) else { continue };
        if let Some(stored) = right_form(kind, &words(row, *place), special) {
            replaced.push((row, *place, stored.to_owned()));
        }
    }
    for ((number, place), target) in &grid.looks.links {
        let (Some(kind), Some(row)) = (table.kind(*place), table.record(rows, *number)) else { continue };
        let shown = words(row, *place);
        let list: &mut BTreeMap<usize, Vec<LinkCell>> = match link(kind, &shown, target) {
            LinkUse::None => continue,
            LinkUse::Differs => &mut differs,
            LinkUse::Taken(words) => {
                replaced.push((row, *place, words));
                &mut used
            }
        };
        list.entry(*place).or_default().push(LinkCell { row, shown, target: target.clone() });
    }
    let mut findings = Vec::new();
    for (lists, say) in [
        (used, link_used as fn(&LinkCell, usize) -> Diagnostic),
        (differs, link_differs as fn(&LinkCell, usize) -> Diagnostic),
    ] {
        for (place, cells) in lists {
            let first = &cells[0];
            findings.push(ShownFinding { row: first.row, place, diagnostic: say(first, cells.len()) });
        }
    }
    findings.extend(looks(grid, rows, &table));
    findings.extend(dates_for_numbers(grid, rows, &table));
    let mut moved = Vec::new();
    for (row, place, words) in replaced {
        let start = text.len() + rows.unquoted.len();
        rows.unquoted.push_str(&words);
        let row = &mut rows.rows[row];
        if let Some(cell) = row.cells.get_mut(place) {
            moved.push(Replaced { row: row.start, cell: place, written: *cell });
            *cell = Written::new(start, start + words.len());
        }
    }
    rows.places.keep(moved.into_iter());
    findings
}

/// Dates in a column of house numbers and the like (`2-1`): a spreadsheet makes one of `4-5`.
fn dates_for_numbers(grid: &Grid, rows: &Rows, table: &TableCells) -> Vec<ShownFinding> {
    let mut dates: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for ((number, place), special) in &grid.special {
        let (Some(FieldType::Text), Special::Date(iso)) = (table.kind(*place), special) else { continue };
        if let Some(row) = table.record(rows, *number).filter(|_| Date::parse(iso).is_ok()) {
            dates.entry(*place).or_default().push(row);
        }
    }
    let words = |row: usize, place: usize| {
        let cell = rows.rows[row].cells.get(place).copied().unwrap_or_default();
        cell.of(&grid.source.text, &rows.unquoted).trim()
    };
    let mut findings = Vec::new();
    for (place, found) in dates {
        let other =
            (table.first..table.end).map(|row| words(row, place)).find(|words| is_house_number(words));
        if let (Some(row), Some(other)) = (found.first().copied(), other) {
            let diagnostic = date_for_number(words(row, place), other, found.len());
            findings.push(ShownFinding { row, place, diagnostic });
        }
    }
    findings
}

/// Whether words are numbers with hyphens between, none of them of a phone number or a postal code: `2-1`, `１－２－３`.
fn is_house_number(words: &str) -> bool {
    let narrow = width::narrow(words);
    let is_number = |part: &str| {
        (1..=3).contains(&part.len())
            && !part.starts_with('0')
            && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    narrow.contains('-') && narrow.split('-').all(is_number)
}

fn date_for_number(shown: &str, other: &str, count: usize) -> Diagnostic {
    Diagnostic::warning(
        Code::Address,
        say!(
            "「{shown}」は日付です（この列に{count}個）。ほかのセルは「{other}」のような番号なので、表計算ソフトが番号を日付に変えたのかもしれません。",
            "\"{shown}\" is a date ({count} in this column), where other cells are numbers such as \"{other}\"; perhaps a spreadsheet made it of one."
        ),
    )
    .hint(say!(
        "Excelでは、セルの書式を「文字列」にしてから打ち直します。",
        "In Excel, format the cell as text and type it again."
    ))
}

/// The stored form of a cell, where the type of its column wants it in the place of what is shown.
fn right_form<'a>(kind: FieldType, shown: &str, special: &'a Special) -> Option<&'a str> {
    let fits = |text: &str| {
        let cell = CellText { text, header: "", name: "", locality: &Locality::default() };
        kind.read(cell).is_ok()
    };
    match (kind.definition().stored, special) {
        // what is shown may lack the year, or be of another day's format
        (StoredForm::Date, Special::Date(iso)) => {
            let stored = Date::parse(iso).ok()?;
            (Date::parse(shown) != Ok(stored)).then_some(iso)
        }
        // so that it is found to be a date
        (StoredForm::DateForAddress, Special::Date(iso)) => Some(iso),
        (StoredForm::Number, Special::Formatted(stored)) => {
            (!shown.contains('%') && !fits(shown)).then_some(stored)
        }
        (StoredForm::Digits, Special::Formatted(stored)) => (!fits(shown) && fits(stored)).then_some(stored),
        (
            StoredForm::Never
            | StoredForm::Date
            | StoredForm::DateForAddress
            | StoredForm::Number
            | StoredForm::Digits,
            _,
        ) => None,
    }
}

/// What becomes of a link.
enum LinkUse {
    /// Nothing.
    None,
    /// Its address is the cell's value.
    Taken(String),
    /// It leads elsewhere than the cell says.
    Differs,
}

fn link(kind: FieldType, shown: &str, target: &str) -> LinkUse {
    let lower = target.to_ascii_lowercase();
    match kind.definition().link {
        LinkTarget::Web if lower.starts_with("http://") || lower.starts_with("https://") => {
            let is_address = shown.contains('.') && !shown.contains(char::is_whitespace);
            if shown.is_empty() {
                LinkUse::None
            } else if !is_address {
                LinkUse::Taken(target.to_owned())
            } else if bare(shown) == bare(target) {
                LinkUse::None
            } else {
                LinkUse::Differs
            }
        }
        LinkTarget::Mail if lower.starts_with("mailto:") && !shown.is_empty() => {
            let address = target["mailto:".len()..].split('?').next().unwrap_or_default();
            match (shown.contains('@'), shown.eq_ignore_ascii_case(address)) {
                (false, _) => LinkUse::Taken(address.to_owned()),
                (true, true) => LinkUse::None,
                (true, false) => LinkUse::Differs,
            }
        }
        LinkTarget::None | LinkTarget::Web | LinkTarget::Mail => LinkUse::None,
    }
}

/// An address without what two spellings of one may differ in.
fn bare(address: &str) -> String {
    let lower = address.trim().to_lowercase();
    let host = lower.trim_start_matches("https://").trim_start_matches("http://");
    host.trim_end_matches(['/', '#']).to_owned()
}

fn link_used(first: &LinkCell, count: usize) -> Diagnostic {
    let (shown, target) = (&first.shown, &first.target);
    Diagnostic::warning(
        Code::LinkUsed,
        say!(
            "この列の{count}個のセルは、表示（「{shown}」）ではなく、リンク先（{target}）を読みました。",
            "Of cells of this column ({count}) the address behind was read, not what they show (\"{shown}\": {target})."
        ),
    )
    .hint(say!("セルにアドレスを書くと、この注意は出ません。", "Write the address into the cell, and this is not said."))
}

fn link_differs(first: &LinkCell, count: usize) -> Diagnostic {
    let (shown, target) = (&first.shown, &first.target);
    Diagnostic::warning(
        Code::LinkUsed,
        say!(
            "「{shown}」のリンク先は {target} で、表示と違います（この列に{count}個）。表示のほうを読みました。",
            "\"{shown}\" leads to {target}, which is not what it shows ({count} in this column); what it shows was read."
        ),
    )
    .hint(say!("どちらが正しいか確かめてください。", "See which of them is right."))
}

/// What is hidden, struck out, or in a format that is not understood.
fn looks(grid: &Grid, rows: &Rows, table: &TableCells) -> Vec<ShownFinding> {
    let looks = &grid.looks;
    let mut findings = Vec::new();
    let is_read = |place: usize| table.kind(place).is_some();
    for (place, format) in &looks.unknown_formats {
        let place = *place as usize;
        if let (true, Some(row)) = (is_read(place), table.record(rows, format.row + 1)) {
            findings.push(ShownFinding { row, place, diagnostic: format_unknown(&format.code) });
        }
    }
    let hidden: Vec<usize> =
        looks.hidden_rows.iter().filter_map(|row| table.record(rows, row.saturating_add(1))).collect();
    let columns: Vec<usize> = (0..table.places.len())
        .filter(|place| {
            let column = u32::try_from(*place).unwrap_or(u32::MAX);
            is_read(*place)
                && looks.hidden_columns.iter().any(|area| (area.left..=area.right).contains(&column))
        })
        .collect();
    if let Some(row) = hidden.first().copied().or((!columns.is_empty()).then_some(table.first)) {
        let place = columns.first().copied().filter(|_| hidden.is_empty()).unwrap_or(0);
        let numbers: Vec<String> = hidden.iter().map(|row| rows.rows[*row].number.to_string()).collect();
        let letters: Vec<String> =
            columns.iter().map(|place| column_letters(u32::try_from(place + 1).unwrap_or(0))).collect();
        if row < rows.rows.len() {
            findings.push(ShownFinding { row, place, diagnostic: hidden_read(&numbers, &letters) });
        }
    }
    let struck: Vec<(usize, usize)> = looks
        .struck
        .iter()
        .filter(|(_, place)| is_read(*place))
        .filter_map(|(number, place)| Some((table.record(rows, *number)?, *place)))
        .collect();
    if let Some((row, place)) = struck.first().copied() {
        let cells: Vec<String> = struck
            .iter()
            .map(|(row, place)| {
                let letters = column_letters(u32::try_from(place + 1).unwrap_or(0));
                format!("{letters}{}", rows.rows[*row].number)
            })
            .collect();
        findings.push(ShownFinding { row, place, diagnostic: struck_out(&cells) });
    }
    findings
}

fn format_unknown(code: &str) -> Diagnostic {
    Diagnostic::warning(
        Code::FormatUnknown,
        say!(
            "この列の表示形式「{code}」は読み取れないので、保存されている値のまま読みました。",
            "The number format \"{code}\" of this column is not understood; the stored values were read."
        ),
    )
    .hint(say!(
        "表示どおりに印刷するなら、セルの書式を「文字列」にして打ち直してください。",
        "To print what is shown, format the cells as text and type it again."
    ))
}

fn short(list: &[String], language: ListForm) -> String {
    let (between, more) = match language {
        ListForm::Japanese => ("・", "・ほか"),
        ListForm::English => (", ", " and more: "),
    };
    let shown = list[..list.len().min(MOST)].join(between);
    match list.len().saturating_sub(MOST) {
        0 => shown,
        rest => format!("{shown}{more}{rest}"),
    }
}

/// In which language a list is written.
#[derive(Clone, Copy)]
enum ListForm {
    Japanese,
    English,
}

fn hidden_read(rows: &[String], columns: &[String]) -> Diagnostic {
    let parts = |form: ListForm, row: &str, column: &str| {
        let named = [(rows, row), (columns, column)]
            .into_iter()
            .filter(|(list, _)| !list.is_empty())
            .map(|(list, word)| word.replace("{}", &short(list, form)));
        named.collect::<Vec<_>>()
    };
    let ja = parts(ListForm::Japanese, "{}行目", "{}列").join("と");
    let en = parts(ListForm::English, "rows {}", "columns {}").join(" and ");
    Diagnostic::warning(
        Code::HiddenRead,
        say!("隠れている{ja}も読みました。", "What is hidden was read too: {en}."),
    )
    .hint(say!(
        "使わない行や列なら、消してください。使うものなら、再表示してください。",
        "Delete what is not to be used; show what is."
    ))
}

fn struck_out(cells: &[String]) -> Diagnostic {
    let (ja, en) = (short(cells, ListForm::Japanese), short(cells, ListForm::English));
    Diagnostic::warning(
        Code::StruckOut,
        say!(
            "取り消し線の引かれた文字（{ja}）も、そのまま読みました。",
            "Letters that are struck out were read as they are: {en}."
        ),
    )
    .hint(say!(
        "消すつもりの文字なら、セルか行から消してください。",
        "If they are meant to go, delete them from the cell or the row."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_that_the_type_wants() {
        let date = Special::Date("2026-04-05".into());
        assert_eq!(right_form(FieldType::Date, "4月5日", &date), Some("2026-04-05"));
        assert_eq!(right_form(FieldType::Date, "令和8年4月5日", &date), None);
        assert_eq!(right_form(FieldType::Address, "Apr-05", &date), Some("2026-04-05"));
        assert_eq!(right_form(FieldType::Text, "4月5日", &date), None);
        let number = |stored: &str| Special::Formatted(stored.into());
        assert_eq!(right_form(FieldType::Number, "1,200円", &number("1200")), Some("1200"));
        assert_eq!(right_form(FieldType::Number, "12.5%", &number("0.125")), None);
        assert_eq!(right_form(FieldType::Code, "141,011", &number("141011")), Some("141011"));
        assert_eq!(right_form(FieldType::Phone, "045-510-0002", &number("455100002")), None);
    }

    #[test]
    fn house_numbers() {
        for words in ["2-1", "１－２－３", "12-3"] {
            assert!(is_house_number(words), "{words}");
        }
        for words in ["", "2", "2026-4-5", "045-510-0002", "231-0017", "未定", "a-1", "2-"] {
            assert!(!is_house_number(words), "{words}");
        }
    }

    #[test]
    fn links_of_addresses() {
        let taken = |kind, shown: &str, target: &str| match link(kind, shown, target) {
            LinkUse::None => "none".to_owned(),
            LinkUse::Differs => "differs".to_owned(),
            LinkUse::Taken(words) => words,
        };
        let url = |shown: &str| taken(FieldType::Url, shown, "https://example.jp/a");
        assert_eq!(url("こちら"), "https://example.jp/a");
        assert_eq!(url("http://EXAMPLE.jp/a/"), "none");
        assert_eq!(url("https://example.jp/b"), "differs");
        assert_eq!(url(""), "none");
        assert_eq!(taken(FieldType::Url, "こちら", "'一覧'!A1"), "none");
        assert_eq!(taken(FieldType::Text, "こちら", "https://example.jp/a"), "none");
        assert_eq!(taken(FieldType::Email, "メール", "mailto:a@example.jp?subject=x"), "a@example.jp");
    }
}
