//! Says which rows of a file are read as no records: titles above the header, notes and totals below, what stands between.
//!
//! In: the header and the extent of a table. Out: one finding for each kind, with the numbers of the rows and the key of the
//! manifest that settles it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::apart;
use super::delimited::{Row, Rows};
use super::extent::{PassedKind, TableExtent};
use super::header::Header;
use crate::diagnostic::{Code, Diagnostic, Say};
use crate::model::directory::Table;
use crate::say;

/// Numbers of rows that are named one by one.
const MOST: usize = 8;

/// Says what is left out.
pub fn say(
    table: &Arc<Table>,
    rows: &Rows,
    header: &Header,
    extent: &TableExtent,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let rows = &rows.rows;
    // the first cell of a row that is no record: no column's header has anything to say of it
    let place = |row: &Row| {
        let filled = row.cells.iter().position(|cell| !cell.is_empty()).unwrap_or(0);
        table.cell(filled, row).without_header()
    };
    diagnostics.extend(above(table, header).map(|(finding, at)| finding.at(place(&rows[at]))));
    let mut kinds: BTreeMap<PassedKind, Vec<&Row>> = BTreeMap::new();
    for passed in extent.passed.iter().filter(|passed| passed.kind != PassedKind::NotInForce) {
        kinds.entry(passed.kind).or_default().push(&rows[passed.row]);
    }
    let mut between: Vec<(u32, Diagnostic)> = kinds
        .into_iter()
        .map(|(kind, rows)| (rows[0].number, passed(kind, &rows).at(place(rows[0]))))
        .collect();
    between.sort_by_key(|(row, _)| *row);
    diagnostics.extend(between.into_iter().map(|(_, finding)| finding));
    for section in &extent.not_in_force {
        let below: Vec<&Row> = section.rows.iter().map(|index| &rows[*index]).collect();
        let title = &rows[section.title];
        let words = title.cells.iter().map(|cell| cell.of(&table.source.text, &table.unquoted).trim());
        let words = words.into_iter().find(|words| !words.is_empty()).unwrap_or_default();
        let rest = section.is_last.then(|| rows.len() - section.title);
        diagnostics.push(not_in_force(words, &below, rest).at(place(title)));
    }
    for index in apart::below_gaps(rows, header.row + 1, extent) {
        diagnostics.push(apart_below(&rows[index]).at(place(&rows[index])));
    }
    if let Some(first) = extent.cut.first() {
        let cut: Vec<&Row> = extent.cut.iter().map(|index| &rows[*index]).collect();
        diagnostics.push(cut_off(&cut).at(place(&rows[*first])));
    }
    if extent.other_table {
        let row = &rows[extent.end];
        diagnostics.push(other_table(row.number, table.head.number).at(place(row)));
    } else if extent.below {
        diagnostics.push(below(rows.len() - extent.end).at(place(&rows[extent.end])));
    }
}

fn warning(message: Say) -> Diagnostic {
    Diagnostic::warning(Code::RowsSkipped, message)
}

/// What was passed over above the header, and that the header has two rows; with the row to point at.
fn above(table: &Table, header: &Header) -> Option<(Diagnostic, usize)> {
    let row = table.head.number;
    let upper = row.saturating_sub(1);
    let (message, at) = match (header.above, header.upper.filter(|_| header.found_upper)) {
        (Some(above), None) => (
            say!(
                "見出しは{row}行目とみました。その上の行は読みません。",
                "Row {row} was taken for the header; the rows above it are not read."
            ),
            above,
        ),
        (Some(above), Some(_)) => (
            say!(
                "見出しは{upper}行目と{row}行目の2段とみました。その上の行は読みません。",
                "Rows {upper} and {row} were taken for the header; the rows above them are not read."
            ),
            above,
        ),
        (None, Some(at)) => (
            say!(
                "見出しは{upper}行目と{row}行目の2段とみました。",
                "Rows {upper} and {row} were taken for the header, which has two rows."
            ),
            at,
        ),
        (None, None) => return None,
    };
    let advice = say!(
        "header-row = {row} と書くと、この注意は出ません。",
        "With header-row = {row} in the manifest this is not said."
    );
    Some((warning(message).hint(advice), at))
}

fn below(count: usize) -> Diagnostic {
    warning(say!(
        "終わりの{count}行は注とみて、読みませんでした。",
        "The last rows ({count}) were taken for notes and are not read."
    ))
    .hint(say!(
        "skip-below = {count} と書くと、この注意は出ません。",
        "With skip-below = {count} in the manifest this is not said."
    ))
}

/// The numbers of rows, the first of them one by one.
fn numbers_of(rows: &[&Row]) -> Say {
    let numbers: Vec<String> = rows.iter().take(MOST).map(|row| row.number.to_string()).collect();
    let (ja, en) = (numbers.join("・"), numbers.join(", "));
    match rows.len().saturating_sub(MOST) {
        0 => Say::new(ja, en),
        more => Say::new(format!("{ja}・ほか{more}"), format!("{en} and {more} more")),
    }
}

/// A record below blank rows is read, as no other word says that it is none.
fn apart_below(row: &Row) -> Diagnostic {
    let number = row.number;
    warning(say!(
        "空の行をはさんで、{number}行目からまた名簿の行があります。続きとみて、印刷します。",
        "Below blank rows there are records again, from row {number} on. They are read and printed."
    ))
    .hint(say!(
        "載せるなら、間の空の行を消してください。載せないなら、{number}行目からを消すか別のシートに移してください。",
        "If they are to be printed, delete the blank rows; if not, delete the rows from {number} on or move them to another sheet."
    ))
}

fn cut_off(rows: &[&Row]) -> Diagnostic {
    let Say { ja, en } = numbers_of(rows);
    warning(say!(
        "{ja}行目は、名簿の行のように見えますが、skip-below の指定で読んでいません。",
        "Rows that look like records are not read, as skip-below says: {en}."
    ))
    .hint(say!(
        "名簿の行なら、sasshi.toml の skip-below の数を減らすか、消してください。下の注は、書かなくても見分けます。",
        "If they are records, lower skip-below in sasshi.toml or delete it; notes below are told without it."
    ))
}

fn passed(kind: PassedKind, rows: &[&Row]) -> Diagnostic {
    let Say { ja, en } = numbers_of(rows);
    let record = say!(
        "窓口などの行なら、ほかのセルも書いてください。",
        "If one of them is a record, fill its other cells."
    );
    match kind {
        PassedKind::Note => warning(say!(
            "{ja}行目は注とみて、読みませんでした。",
            "Rows taken for notes and not read: {en}."
        ))
        .hint(record),
        PassedKind::Total => warning(say!(
            "{ja}行目は合計の行とみて、読みませんでした。",
            "Rows taken for totals and not read: {en}."
        ))
        .hint(say!(
            "合計でないなら、最初のセルの言葉を変えてください。",
            "If one of them is none, change the word in its first cell."
        )),
        PassedKind::Group => warning(say!(
            "{ja}行目は1つのセルだけなので、まとまりの題とみて、読みませんでした。",
            "Rows with one cell, taken for titles of groups and not read: {en}."
        ))
        .hint(record)
        .hint(say!(
            "題の言葉（区の名前など）が要るなら、列を作って各行に書いてください。",
            "If their words are needed, such as the name of a ward, write them into a column of every row."
        )),
        PassedKind::Header => warning(say!(
            "{ja}行目は見出しのくり返しとみて、読みませんでした。",
            "Rows that repeat the header and are not read: {en}."
        )),
        PassedKind::Number => warning(say!(
            "{ja}行目は番号だけなので、読みませんでした。",
            "Rows with a number and nothing else, not read: {en}."
        ))
        .hint(record),
        // each is said with its title
        PassedKind::NotInForce | PassedKind::Example => warning(say!(
            "{ja}行目は記入例や列の説明とみて、読みませんでした。",
            "Rows taken for examples, or for what is said of the columns, and not read: {en}."
        ))
        .hint(say!(
            "例でないなら、最初のセルの言葉を変えてください。例なら、行を消すとこの注意は出ません。",
            "If one of them is none, change the word in its first cell; if it is, delete the row."
        )),
    }
}

/// Records below a title that says that they are not in force; `rest` is how many rows it and all below it are, if it is the
/// last one.
fn not_in_force(title: &str, rows: &[&Row], rest: Option<usize>) -> Diagnostic {
    let Say { ja, en } = numbers_of(rows);
    let finding = Diagnostic::error(
        Code::RowsSkipped,
        say!(
            "「{title}」の下に名簿の行があります（{ja}行目）。載せてよいか分からないので、読みません。",
            "There are records below \"{title}\" (rows {en}); whether they may be printed is not clear, so they are not read."
        ),
    );
    let finding = match rest {
        Some(rest) => finding.hint(say!(
            "載せないなら、それらの行を消すか別のシートに移してください。skip-below = {rest} と書けば、このままでも読みません。",
            "If they are not to be printed, delete them or move them to another sheet; with skip-below = {rest} they may stay."
        )),
        None => finding.hint(say!(
            "載せないなら、それらの行を消すか別のシートに移してください。",
            "If they are not to be printed, delete them or move them to another sheet."
        )),
    };
    finding.hint(say!(
        "載せるなら、「{title}」の行を消すか、言葉を変えてください。",
        "If they are, delete the row \"{title}\" or change its words."
    ))
}

fn other_table(number: u32, header: u32) -> Diagnostic {
    Diagnostic::error(
        Code::RowsSkipped,
        say!(
            "{number}行目に、{header}行目とは列のちがう見出しがあります。ここから下は読みません。",
            "Row {number} is a header with other columns than row {header}; nothing from here on is read."
        ),
    )
    .hint(say!(
        "2つ目の表は、別のシートか別のファイルに分けてください。読むのが下の表なら、header-row = {number} と書きます。",
        "Move the second table to a sheet or file of its own; to read it instead, set header-row = {number}."
    ))
}
