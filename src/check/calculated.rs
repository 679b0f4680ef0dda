//! Rule: no cell is a formula, an error that a spreadsheet shows in the place of a value, or the word of a program for no value:
//! they came into the list when it was exported, and nobody means them to be printed.
//!
//! In: every cell. Out: a finding at each such cell.

use super::aside::Aside;
use super::findings::{CellIndex, Findings};
use super::{parts, types};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::schema::FieldType;
use crate::model::typed::TypedDirectory;
use crate::say;

/// What spreadsheets show where there is no value.
const ERRORS: &[&str] = &[
    "#REF!",
    "#N/A",
    "#VALUE!",
    "#DIV/0!",
    "#NAME?",
    "#NUM!",
    "#NULL!",
    "#SPILL!",
    "#CALC!",
    "#FIELD!",
    "#GETTING_DATA",
];

/// What stands in a cell that is no value.
#[derive(Debug, Clone, PartialEq, Eq)]
enum NoValue {
    /// An error.
    Error(String),
    /// A column that was too narrow for its number when it was copied.
    TooNarrow,
    /// A formula.
    Formula,
    /// What programs and formulas write where there is nothing.
    Nothing(String),
}

/// What programs write where there is no value.
const NOTHING: &[&str] = &["null", "(null)", "none", "nan", "undefined", "n/a", "nil"];

/// Looks for formulas and errors.
pub fn check(directory: &TypedDirectory, aside: &mut Aside, findings: &mut Findings<'_>) {
    let found = parts::find(&directory.records, |record| {
        // hardly any row has one of the signs, which is told quickly
        if record.stretch().is_some_and(|row| memchr::memchr2(b'=', b'#', row.as_bytes()).is_none()) {
            return None;
        }
        let cells = (0..record.cells.len()).filter_map(|column| Some((column, of(record.written(column))?)));
        let cells: Vec<(usize, NoValue)> = cells.collect();
        (!cells.is_empty()).then_some(cells)
    });
    let found = found.into_iter().flat_map(|(record, cells)| {
        cells.into_iter().map(move |(column, what)| (CellIndex { record, column }, what))
    });
    for (cell, what) in found.chain(nothing(directory)) {
        let finding = finding(&what).at(directory.records[cell.record].origin(cell.column));
        findings.of_cell(&types::RULE.rule, finding, aside, cell);
    }
}

/// Names and addresses that are words for nothing, or the 0 of a formula that looks at an empty cell.
fn nothing(directory: &TypedDirectory) -> Vec<(CellIndex, NoValue)> {
    let is_place = |column: &usize| directory.kind(*column) == FieldType::Address;
    let columns: Vec<usize> = (0..directory.columns.len())
        .filter(|column| directory.naming() == Some(*column) || is_place(column))
        .collect();
    let found = parts::find(&directory.records, |record| {
        columns.iter().find_map(|column| {
            let written = record.written(*column).trim();
            // hardly any name is so short or so plain
            let is_word = written.len() <= 9 && NOTHING.iter().any(|word| written.eq_ignore_ascii_case(word));
            // an address of digits alone is told as that
            let is_zero = written == "0" && !is_place(column);
            (is_word || is_zero).then(|| (*column, NoValue::Nothing(written.to_owned())))
        })
    });
    found.into_iter().map(|(record, (column, what))| (CellIndex { record, column }, what)).collect()
}

/// What is no value in a cell; none of nearly all.
fn of(cell: &str) -> Option<NoValue> {
    let cell = cell.trim();
    let first = cell.bytes().next()?;
    match first {
        b'#' if ERRORS.contains(&cell) => Some(NoValue::Error(cell.to_owned())),
        b'#' if cell.len() > 2 && cell.bytes().all(|byte| byte == b'#') => Some(NoValue::TooNarrow),
        b'=' if is_formula(&cell[1..]) => Some(NoValue::Formula),
        _ => None,
    }
}

/// Whether what follows the equals sign is calculated: a call, or a place of the sheet (`A1`, `$B$2`). A name may begin with
/// the sign (`=LOVE`).
fn is_formula(words: &str) -> bool {
    let mut letters = 0;
    let mut has_place = false;
    for c in words.chars() {
        has_place |= (1..=3).contains(&letters) && c.is_ascii_digit();
        letters = match c {
            'A'..='Z' | 'a'..='z' => letters + 1,
            '$' => letters,
            _ => 0,
        };
    }
    let is_expression = words.starts_with(|c: char| c.is_ascii_alphanumeric() || "$+-('\"".contains(c));
    is_expression && (has_place || words.contains('('))
}

fn finding(what: &NoValue) -> Diagnostic {
    let cure = say!(
        "もとの表計算ソフトで値を確かめ、値を書いてください。",
        "See what the value is in the spreadsheet, and write that."
    );
    let message = match what {
        NoValue::Error(error) => {
            say!("このセルは「{error}」というエラーです。", "This cell shows the error {error}.")
        }
        NoValue::TooNarrow => say!(
            "このセルは「###」です。列の幅が狭いまま写されています。",
            "This cell is \"###\": it was copied from a column that was too narrow."
        ),
        NoValue::Nothing(words) => say!(
            "このセルは「{words}」で、値がありません（空のセルを写した計算式や、別のプログラムの書き出しで入ります）。",
            "This cell says \"{words}\", which is no value: a formula or another program wrote it for an empty cell."
        ),
        NoValue::Formula => say!(
            "このセルは計算式です。計算した値ではありません。",
            "This cell is a formula, and not the value of one."
        ),
    };
    Diagnostic::error(Code::CellError, message).hint(cure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_and_formulas_are_no_values() {
        for cell in [
            "=A1&B1",
            "=HYPERLINK(\"https://a.jp\",\"b\")",
            "=SUM(A1:A3)",
            "=$B$2",
            "#REF!",
            " #N/A ",
            "####",
        ] {
            assert!(of(cell).is_some(), "{cell}");
        }
        for cell in ["=LOVE", "= 見出し", "=", "#7119", "#8000", "##", "＃見本", "A1", "=見本(1)"] {
            assert_eq!(of(cell), None, "{cell}");
        }
    }
}
