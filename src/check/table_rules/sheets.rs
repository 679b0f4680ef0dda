//! Rules about the file and the sheet as a whole.
//!
//! In: a sheet and its shape. Out: breaches.

use crate::model::origin::column_letters;
use crate::model::raw_table::{CellForm, Spot};
use crate::say;

use super::breach::{Breach, Question};
use super::{number_words, time_words};

/// L1-01.
pub fn format(question: &Question<'_>) -> Vec<Breach> {
    if !(is_first(question) && question.book.format.is_outdated) {
        return Vec::new();
    }
    vec![Breach::whole(say!("古い形式のExcel（.xls）です。", "This is a workbook of the old form (.xls)."))]
}

/// Whether the sheet is the first: what is said of the file is said there.
fn is_first(question: &Question<'_>) -> bool {
    std::ptr::eq(question.sheet, &raw const question.book.sheets[0])
}

/// The first filled cell of each row.
fn spots(question: &Question<'_>, rows: &[u32]) -> Vec<Spot> {
    let first = |row: &u32| question.sheet.columns_of(*row).first().copied().unwrap_or(1);
    rows.iter().map(|row| Spot { row: *row, column: first(row) }).collect()
}

/// L1-02.
pub fn one_table(question: &Question<'_>) -> Vec<Breach> {
    let mut tables = spots(question, &question.shape.further);
    tables.extend(beside(question));
    let what = say!("別の表がもう1つあります。", "There is another table.");
    Breach::at(what, &tables).into_iter().collect()
}

/// A table beside this one, behind an empty column: names that stand in both, records that end in another row, or names in a
/// row of their own.
fn beside(question: &Question<'_>) -> Option<Spot> {
    let (sheet, shape) = (question.sheet, question.shape);
    shape.empty_columns.iter().find_map(|empty| {
        let right: Vec<u32> = shape.columns.iter().copied().filter(|column| column > empty).collect();
        let left: Vec<u32> = shape.columns.iter().copied().filter(|column| column < empty).collect();
        let names = |columns: &[u32]| -> Vec<&str> {
            columns.iter().map(|column| shape.name(sheet, *column)).filter(|name| !name.is_empty()).collect()
        };
        let (left_names, right_names) = (names(&left), names(&right));
        let shared = right_names.iter().filter(|name| left_names.contains(*name)).count();
        let ends_elsewhere = || {
            let ends = (full_to(question, &left), full_to(question, &right));
            matches!(ends, (Some(left), Some(right)) if left != right)
        };
        let is_table = left_names.len() > 1 && right_names.len() > 1 && (shared > 0 || ends_elsewhere());
        let beside = is_table.then(|| Spot { row: shape.header, column: right[0] });
        let lower = || [&left, &right].into_iter().find_map(|columns| starts_lower(question, columns));
        beside.or_else(lower)
    })
}

/// The last row in which columns hold something, if they hold something in every row down to it.
fn full_to(question: &Question<'_>, columns: &[u32]) -> Option<u32> {
    let is_filled = |row: u32| columns.iter().all(|column| question.sheet.filled(row, *column).is_some());
    let is_empty = |row: u32| columns.iter().all(|column| question.sheet.filled(row, *column).is_none());
    let rows = &question.shape.records;
    let full = rows.iter().take_while(|row| is_filled(**row)).count();
    let last = full.checked_sub(1).map(|last| rows[last])?;
    rows[full..].iter().all(|row| is_empty(*row)).then_some(last)
}

/// Where columns without a name in the row of names have a table of their own: a row of words, and numbers below it.
fn starts_lower(question: &Question<'_>, columns: &[u32]) -> Option<Spot> {
    let (sheet, shape) = (question.sheet, question.shape);
    if columns.iter().any(|column| !shape.name(sheet, *column).is_empty()) {
        return None;
    }
    let filled = |row: u32| -> Vec<u32> {
        columns.iter().copied().filter(|column| sheet.filled(row, *column).is_some()).collect()
    };
    let rows: Vec<u32> =
        sheet.rows().into_iter().filter(|row| *row > shape.header && !filled(*row).is_empty()).collect();
    let (first, below) = rows.split_first()?;
    let names = filled(*first);
    let is_word = |column: &u32| {
        sheet.filled(*first, *column).is_some_and(|cell| {
            cell.form == CellForm::Text
                && !number_words::is_number(&cell.text)
                && !time_words::is_time(&cell.text)
        })
    };
    let over_numbers =
        below.iter().any(|row| names.iter().any(|column| number_words::is_value(sheet, *row, *column)));
    let is_table = names.len() > 1 && names.iter().all(is_word) && over_numbers;
    is_table.then(|| Spot { row: *first, column: names[0] })
}

/// L1-03.
pub fn undivided(question: &Question<'_>) -> Vec<Breach> {
    let shape = question.shape;
    let mut breaches = Vec::new();
    let gaps: Vec<Spot> = shape.gaps.iter().map(|row| Spot { row: *row, column: 1 }).collect();
    breaches
        .extend(Breach::at(say!("表の中に空の行があります。", "There are empty rows in the table."), &gaps));
    let columns: Vec<Spot> =
        shape.empty_columns.iter().map(|column| Spot { row: shape.header.max(1), column: *column }).collect();
    breaches.extend(Breach::at(
        say!("表の中に空の列があります。", "There are empty columns in the table."),
        &columns,
    ));
    let again: Vec<Spot> = shape
        .repeated
        .iter()
        .map(|row| Spot { row: *row, column: shape.columns.first().copied().unwrap_or(1) })
        .collect();
    breaches.extend(Breach::at(
        say!("表の中に項目名の行がくり返されています。", "The row of names stands in the table once more."),
        &again,
    ));
    let first_row = shape.above.first().copied().or(shape.upper).unwrap_or(shape.header);
    let first_column = shape.columns.first().copied().unwrap_or(1);
    if first_row > 1 || first_column > 1 {
        let name = format!("{}{first_row}", column_letters(first_column));
        breaches.extend(Breach::at(
            say!(
                "表の前に空の行か列があります（{name} から始まっています）。",
                "There are empty rows or columns before the table, which begins at {name}."
            ),
            &[Spot { row: 1, column: 1 }],
        ));
    }
    breaches
}

/// L1-04.
pub fn nothing_beside(question: &Question<'_>) -> Vec<Breach> {
    let mut rows = question.shape.above.clone();
    rows.extend(&question.shape.below);
    let what = say!("表の外に文があります。", "There are words outside of the table.");
    Breach::at(what, &spots(question, &rows)).into_iter().collect()
}

/// L1-10.
pub fn no_objects(question: &Question<'_>) -> Vec<Breach> {
    let count = question.sheet.objects.len();
    let what = say!(
        "図形・画像・グラフ・テキストボックスが{count}個あります。",
        "There are {count} pictures, shapes, charts or text boxes."
    );
    let comments = &question.sheet.comments;
    let noted = say!(
        "セルにコメント（メモ）が{0}個付いています。",
        "There are comments on cells ({0}).",
        comments.len()
    );
    let objects = Breach::at(what, &question.sheet.objects);
    objects.into_iter().chain(Breach::at(noted, comments)).collect()
}

/// L1-12.
pub fn no_merged_cells(question: &Question<'_>) -> Vec<Breach> {
    let merged = &question.sheet.merged;
    let Some(first) = merged.first() else { return Vec::new() };
    let places = merged.iter().map(ToString::to_string).collect();
    let list = first.to_string();
    let what = say!("セルが結合されています（{list}）。", "Cells are merged ({list}).");
    let what = if merged.len() > 1 {
        say!("セルが結合されています。", "Cells are merged.")
    } else {
        what
    };
    vec![Breach { what, places, first: Some(first.first) }]
}

/// L1-13.
pub fn nothing_hidden(question: &Question<'_>) -> Vec<Breach> {
    let sheet = question.sheet;
    let mut breaches = Vec::new();
    let hidden = &question.book.hidden_sheets;
    if is_first(question) && !hidden.is_empty() {
        let list = hidden.join("・");
        breaches.push(Breach::whole(say!("シートが隠れています（{list}）。", "Sheets are hidden ({list}).")));
    }
    let rows: Vec<Spot> = sheet.hidden_rows.iter().map(|row| Spot { row: *row, column: 1 }).collect();
    let list = sheet.hidden_rows.iter().take(5).map(u32::to_string).collect::<Vec<_>>().join("・");
    breaches.extend(Breach::at(
        say!("行が隠れています（{list}行目）。", "Rows are hidden (row {list})."),
        &rows[..rows.len().min(1)],
    ));
    let columns: Vec<Spot> =
        sheet.hidden_columns.iter().map(|column| Spot { row: 1, column: *column }).collect();
    let list = sheet
        .hidden_columns
        .iter()
        .take(5)
        .map(|column| column_letters(*column))
        .collect::<Vec<_>>()
        .join("・");
    breaches.extend(Breach::at(
        say!("列が隠れています（{list}列）。", "Columns are hidden (column {list})."),
        &columns[..columns.len().min(1)],
    ));
    breaches
}

/// L1-15.
pub fn quoted_commas(question: &Question<'_>) -> Vec<Breach> {
    let (sheet, header) = (question.sheet, question.shape.header);
    let names = sheet.widths.get(&header).copied().unwrap_or(usize::MAX);
    let wide = sheet.widths.iter().filter(|(row, width)| **row > header && **width > names);
    let mut rows: Vec<u32> = wide.map(|(row, _)| *row).chain(sheet.misquoted.iter().copied()).collect();
    rows.sort_unstable();
    rows.dedup();
    let rows: Vec<Spot> = rows.into_iter().map(|row| Spot { row, column: 1 }).collect();
    let what = say!(
        "項目名よりセルが多いか、「\"」の閉じていない行があります。値の中のカンマで区切れているようです。",
        "Rows have more cells than names, or an open quotation mark: commas within values part them."
    );
    Breach::at(what, &rows).into_iter().collect()
}

/// L3-01.
pub fn begins_with_names(question: &Question<'_>) -> Vec<Breach> {
    let shape = question.shape;
    let row = shape.header;
    let mut breaches = Vec::new();
    if row > 1 {
        breaches.extend(Breach::at(
            say!(
                "項目名が{row}行目にあります（1行目のはずです）。",
                "The names are in row {row}, not in row 1."
            ),
            &[Spot { row, column: shape.columns.first().copied().unwrap_or(1) }],
        ));
    }
    if shape.more_headers > 0 {
        breaches.extend(Breach::at(
            say!(
                "項目名が2行にわたり、データが2行目から始まっていません。",
                "The names take two rows, so the data does not begin in the second."
            ),
            &[Spot { row: row + 1, column: shape.columns.first().copied().unwrap_or(1) }],
        ));
    }
    breaches
}
