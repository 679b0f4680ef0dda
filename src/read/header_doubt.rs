//! What is said of a header: that there is none, that another row is it, that the file is parted into cells by another sign, that
//! two tables stand side by side, that two columns have one name.
//!
//! In: the rows of a file and the header that was found. Out: findings. Of a file whose header is in doubt nothing more is said:
//! its rows would be under the wrong names.

use std::sync::Arc;

use super::delimited::Rows;
use super::grid::{Grid, GridKind};
use super::header::{self, Header, Lines};
use super::known::{KnownHeaders, field_of};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::header_name::plain_header;
use crate::model::origin::{Origin, Source};
use crate::model::phone::{Phone, PhoneKind};
use crate::project::DirectoryPlan;
use crate::say;

/// A doubt and where it stands.
#[derive(Debug)]
pub struct HeaderDoubt {
    /// The index of the row.
    pub row: usize,
    /// The index of the cell.
    pub cell: usize,
    /// What is said.
    pub finding: Diagnostic,
}

/// Signs that part cells: those that are read, and those that people put in their place.
const SIGNS: &[(&str, &str)] = &[
    (",", "「,」"),
    ("\t", "タブ"),
    (";", "「;」"),
    ("|", "「|」"),
    ("、", "「、」"),
    ("，", "「，」"),
    (":", "「:」"),
    ("：", "「：」"),
    ("/", "「/」"),
    ("　", "空白"),
    ("  ", "空白"),
];
/// How many of them a list may be parted by.
const READ: usize = 4;

/// Finds what makes a header doubtful.
#[must_use]
pub fn find(
    plan: &DirectoryPlan,
    known: &KnownHeaders,
    lines: Lines,
    header: &Header,
) -> Option<HeaderDoubt> {
    let words = lines.words(&lines.rows.rows[header.row]);
    if let Some(found) = side_by_side(plan, &words) {
        return Some(HeaderDoubt { row: header.row, cell: found.second, finding: two_tables(&found) });
    }
    if known.count(header.names.iter().map(String::as_str)) > 1 {
        return None;
    }
    let number = lines.rows.rows[header.row].number;
    if plan.form.header_row.is_some()
        && let Some(best) = header::best_row(known, lines)
    {
        let right = lines.rows.rows[best].number;
        return Some(HeaderDoubt { row: header.row, cell: 0, finding: another_row(number, right) });
    }
    let filled = words.iter().filter(|word| !word.is_empty()).count();
    if let ([only, ..], 1) = (&words[..], filled)
        && let Some(sign) = parted_by(known, only)
    {
        return Some(HeaderDoubt {
            row: header.row,
            cell: 0,
            finding: other_sign(sign, plan.form.delimiter),
        });
    }
    let is_record = known.count(words.iter().copied()) == 0 && words.iter().any(|word| is_value(word));
    is_record.then(|| HeaderDoubt { row: header.row, cell: 0, finding: no_names(plan, number) })
}

/// Whether a word is a value, and so no name of a column: a number to call, an address on the web or of a mailbox.
fn is_value(word: &str) -> bool {
    let is_line = |phone: Phone| phone.kind() != PhoneKind::Short && phone.notes().is_empty();
    let is_mailbox = |(name, host): (&str, &str)| {
        !name.is_empty()
            && host.contains('.')
            && host.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c))
    };
    word.starts_with("http://")
        || word.starts_with("https://")
        || word.split_once('@').is_some_and(is_mailbox)
        || Phone::parse(word).is_ok_and(is_line)
}

fn another_row(declared: u32, right: u32) -> Diagnostic {
    Diagnostic::error(
        Code::HeaderMissing,
        say!(
            "header-row = {declared} とありますが、見出しは{right}行目のようです。",
            "The manifest says header-row = {declared}, but row {right} seems to be the header."
        ),
    )
    .hint(say!(
        "header-row = {right} に直すか、header-row を消してください。表の見出しは直さなくて構いません。",
        "Set header-row = {right}, or delete the key; the table itself needs no change."
    ))
}

fn no_names(plan: &DirectoryPlan, number: u32) -> Diagnostic {
    let fields = plan.schema.fields.iter().filter_map(|field| field.headers.first());
    let names: Vec<&str> = fields.map(String::as_str).take(SHOWN).collect();
    let list = if names.is_empty() { "区,名称,住所,電話番号".to_owned() } else { names.join(",") };
    Diagnostic::error(
        Code::HeaderMissing,
        say!(
            "見出しの行がありません。{number}行目は、名簿の1件のように見えます。",
            "There is no row of headers: row {number} looks like a record."
        ),
    )
    .hint(say!(
        "{number}行目の上に1行加えて、列の名前を書いてください。使える名前は {list} などです。",
        "Add a row above it with the names of the columns, such as {list}."
    ))
}

/// Names of columns that are shown.
const SHOWN: usize = 6;

/// The sign that parts a row of one cell into names that are known.
fn parted_by(known: &KnownHeaders, cell: &str) -> Option<usize> {
    let parts =
        |sign: &str| cell.split(sign).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>();
    SIGNS.iter().position(|(sign, _)| {
        let parts = parts(sign);
        parts.len() > 1 && known.count(parts.iter().copied()) > 1
    })
}

fn other_sign(sign: usize, declared: Option<u8>) -> Diagnostic {
    let (written, name) = SIGNS[sign];
    let written = if written == "\t" { "tab" } else { written };
    let finding = Diagnostic::error(
        Code::HeaderMissing,
        say!(
            "この表は{name}で区切られているようです。1行が1つのセルになっています。",
            "The cells of this table seem to be parted by {written}; each row was read as one cell."
        ),
    );
    match (sign < READ, declared) {
        (true, Some(_)) => finding.hint(say!(
            "sasshi.toml の delimiter を \"{written}\" に直すか、delimiter の行を消してください。",
            "Set delimiter = \"{written}\" in sasshi.toml, or delete the key."
        )),
        (true, None) => finding.hint(say!(
            "sasshi.toml に delimiter = \"{written}\" と書いてください。",
            "Write delimiter = \"{written}\" in sasshi.toml."
        )),
        (false, _) => finding.hint(say!(
            "Excelで開いて「データ」の「区切り位置」で列に分け、CSV UTF-8 で保存し直してください。",
            "Part it into columns in a spreadsheet, and save it as CSV UTF-8."
        )),
    }
}

/// Two tables beside one another.
struct SideBySide {
    /// The cells at which they begin.
    first: usize,
    second: usize,
}

/// Whether a row of names holds the same names twice, the one that names or joins records among them.
fn side_by_side(plan: &DirectoryPlan, words: &[&str]) -> Option<SideBySide> {
    let bare: Vec<String> = words.iter().map(|word| plain_header(word)).collect();
    let names_records = |word: &str| {
        let field = field_of(plan, word);
        let is = |other: Option<&str>| field.as_ref().is_some_and(|field| Some(field.name.as_str()) == other);
        let naming = plan.schema.naming();
        is(naming.as_ref().map(|field| field.name.as_str()))
            || is(plan.schema.joins().map(|field| field.name.as_str()))
    };
    let filled = |at: &usize| !bare[*at].is_empty();
    let first = (0..bare.len()).find(filled)?;
    let second = (first + 1..bare.len()).filter(filled).find(|at| bare[*at] == bare[first])?;
    let width = (first..second).filter(filled).count();
    let same = (first..second)
        .filter(filled)
        .filter(|at| bare.get(at + second - first).is_some_and(|other| *other == bare[*at]))
        .count();
    let is_table = width > 1 && same == width && (first..second).any(|at| names_records(words[at]));
    is_table.then_some(SideBySide { first, second })
}

fn two_tables(found: &SideBySide) -> Diagnostic {
    let letters =
        |cell: usize| crate::model::origin::column_letters(u32::try_from(cell + 1).unwrap_or(u32::MAX));
    let (first, second) = (letters(found.first), letters(found.second));
    Diagnostic::error(
        Code::HeaderTwice,
        say!(
            "同じ見出しの表が、横に2つ並んでいます（{first}列からと{second}列から）。",
            "Two tables of the same columns stand side by side (from column {first} and from column {second})."
        ),
    )
    .hint(say!(
        "右の表を左の表の下に移して、1つの表にしてください。",
        "Move the rows of the right one below the left one, to make them one table."
    ))
}

/// The column that the manifest names as the one that joins, where the file has none of that name.
#[must_use]
pub fn lost_key(plan: &DirectoryPlan, headers: &[String], source: &Arc<Source>) -> Option<Diagnostic> {
    let key = plan.key.as_ref()?;
    if headers.iter().any(|header| plain_header(header) == plain_header(key)) {
        return None;
    }
    let list = headers.iter().filter(|header| !header.is_empty()).cloned().collect::<Vec<_>>().join(", ");
    let message = say!(
        "key に書いた列「{key}」が、この表にありません。あるのは {list} です。",
        "This table has no column \"{key}\", which is the key in the manifest; it has {list}."
    );
    let advice = say!(
        "sasshi.toml の key のつづりを直すか、key を消してください。",
        "Correct the spelling of the key in sasshi.toml, or delete it."
    );
    Some(Diagnostic::error(Code::ColumnMissing, message).at(Origin::file(source)).hint(advice))
}

/// What is said of a file in which there is no row to be the header.
#[must_use]
pub fn no_header(plan: &DirectoryPlan, grid: &Grid, rows: &Rows) -> Diagnostic {
    if let (Some(number), Some(last)) = (plan.form.header_row, rows.rows.last()) {
        let last = last.number;
        let message = if number > last {
            say!(
                "見出しがあるはずの{number}行目がありません。{last}行目で終わっています。",
                "There is no row {number} to hold the header; the last row is {last}."
            )
        } else {
            say!(
                "{number}行目に見出しがありません（空の行です）。",
                "Row {number} holds no header; it is empty."
            )
        };
        return Diagnostic::error(Code::HeaderMissing, message).at(Origin::file(&grid.source)).hint(say!(
            "header-row に、見出しの行の番号を書いてください。",
            "Set header-row to the row of the header."
        ));
    }
    if let GridKind::Workbook { sheet, .. } = &grid.kind {
        return Diagnostic::error(
            Code::TableEmpty,
            say!("シート「{sheet}」が空です。", "The sheet \"{sheet}\" is empty."),
        )
        .at(Origin::file(&grid.source))
        .hint(say!(
            "ほかのシートなら、sheet にその名前を書いてください。",
            "Name the sheet under sheet if it is another one."
        ));
    }
    Diagnostic::error(Code::TableEmpty, say!("ファイルが空です。", "The file is empty."))
        .at(Origin::file(&grid.source))
        .hint(say!(
            "1行目に見出し（区,名称,住所,電話番号 など）を、2行目から中身を書きます。",
            "The first row holds the headers, the following rows the records."
        ))
}

/// Two columns with one meaning: which of them is meant is not clear, which is no matter where neither is used.
#[must_use]
pub(super) fn header_twice(first: &str, header: &str, is_used: bool) -> Diagnostic {
    let message = if first == header {
        say!("見出し「{header}」が2つあります。", "There are two columns \"{header}\".")
    } else {
        say!(
            "見出し「{first}」と「{header}」は、同じ項目を指しています。",
            "The headers \"{first}\" and \"{header}\" mean the same."
        )
    };
    let cure = say!("片方の見出しを変えるか、列を消してください。", "Rename one of them, or delete it.");
    match is_used {
        true => Diagnostic::error(Code::HeaderTwice, message).hint(cure),
        false => Diagnostic::warning(Code::HeaderTwice, message).hint(cure).hint(say!(
            "どのレイアウトもこの列を使わないので、このまま作ります。",
            "No layout uses this column, so it keeps nothing back."
        )),
    }
}
