//! Rules about the names of columns and what they stand for.
//!
//! In: a sheet and its shape. Out: breaches.

use std::collections::BTreeMap;

use crate::model::raw_table::Spot;
use crate::model::width;
use crate::say;

use super::breach::{Breach, Question};
use super::numbers::NumberColumn;
use super::time_words;

/// L1-05.
pub fn named(question: &Question<'_>) -> Vec<Breach> {
    let (sheet, shape) = (question.sheet, question.shape);
    let place = |column: &u32| Spot { row: shape.header, column: *column };
    // a name over several columns names all of them, as one of the second row does
    let has_other_name =
        |column: u32| shape.more_headers > 0 && !sheet.words(shape.header + 1, column).is_empty();
    let nameless: Vec<Spot> = shape
        .columns
        .iter()
        .filter(|column| shape.name(sheet, **column).is_empty() && !has_other_name(**column))
        .map(place)
        .collect();
    let meaningless: Vec<Spot> =
        shape.columns.iter().filter(|column| says_nothing(shape.name(sheet, **column))).map(place).collect();
    let mut breaches = Vec::new();
    breaches.extend(Breach::at(say!("項目名のない列があります。", "Columns have no name."), &nameless));
    breaches.extend(Breach::at(
        say!("項目名から中身が分かりません。", "The names of columns do not say what they hold."),
        &meaningless,
    ));
    breaches
}

/// Whether a name only numbers its column.
fn says_nothing(name: &str) -> bool {
    let folded = width::fold(name).to_lowercase();
    let stem = folded.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '_' | ' ' | ':' | '-'));
    let is_numbered = stem.len() < folded.len();
    let bare = [
        "列",
        "項目",
        "データ",
        "column",
        "col",
        "field",
        "f",
        "v",
        "x",
        "a",
        "b",
        "c",
        "unnamed",
        "no name",
    ];
    (!folded.is_empty() && stem.is_empty())
        || (is_numbered && bare.contains(&stem))
        || folded.starts_with("unnamed:")
        || (folded.chars().count() == 1
            && folded.chars().all(|c| c.is_ascii_alphabetic() || "○●◎△×-".contains(c)))
}

/// L2-03.
pub fn unique(question: &Question<'_>) -> Vec<Breach> {
    let (sheet, shape) = (question.sheet, question.shape);
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut twice = Vec::new();
    for column in &shape.columns {
        let mut name = width::fold(shape.name(sheet, *column)).into_owned();
        if shape.more_headers > 0 {
            name.push_str(&width::fold(sheet.words(shape.header + 1, *column)));
        }
        if !name.is_empty() && seen.insert(name, *column).is_some() {
            twice.push(Spot { row: shape.header, column: *column });
        }
    }
    let mut breaches = Vec::new();
    breaches.extend(Breach::at(say!("同じ項目名が2つあります。", "Two columns have one name."), &twice));
    if shape.more_headers > 0 || shape.upper.is_some() {
        let spot = Spot { row: shape.header, column: shape.columns.first().copied().unwrap_or(1) };
        breaches
            .extend(Breach::at(say!("項目名が2行にわたっています。", "The names take two rows."), &[spot]));
    }
    breaches
}

/// Ends of names that say in what a number counts, or that it counts nothing.
const SELF_SAID: &[&str] = &[
    "数",
    "率",
    "比",
    "割合",
    "人口",
    "年",
    "月",
    "日",
    "年度",
    "年齢",
    "時刻",
    "時間",
    "緯度",
    "経度",
    "番号",
    "コード",
    "順位",
    "順",
    "連番",
    "回",
    "指数",
    "ID",
    "id",
    "No",
    "no",
    "NO",
    "No.",
    "電話",
    "郵便",
];

/// L3-04.
pub fn units(question: &Question<'_>) -> Vec<Breach> {
    let (sheet, shape) = (question.sheet, question.shape);
    // said once for the whole table: （単位：千円）
    let said = sheet.cells.values().any(|cell| cell.text.contains("単位：") || cell.text.contains("単位:"));
    let has_column = shape.columns.iter().any(|column| shape.name(sheet, *column).contains("単位"));
    if said || has_column {
        return Vec::new();
    }
    let without: Vec<Spot> = shape
        .columns
        .iter()
        .filter(|column| {
            let name = width::fold(shape.name(sheet, **column));
            let column = NumberColumn::of(question, **column);
            let has_unit = name.contains(['(', '[', '（', '［', '【']) || name.contains(['%', '㎡', '円']);
            column.is_numeric() && !has_unit && !SELF_SAID.iter().any(|end| name.ends_with(end))
        })
        .map(|column| Spot { row: shape.header, column: *column })
        .collect();
    let what = say!("数値の列に単位が書かれていません。", "Columns of numbers do not name their unit.");
    Breach::at(what, &without).into_iter().collect()
}

/// L3-09.
pub fn long_form(question: &Question<'_>) -> Vec<Breach> {
    let (sheet, shape) = (question.sheet, question.shape);
    let of_time: Vec<Spot> = shape
        .columns
        .iter()
        .filter(|column| time_words::is_name_of_time(shape.name(sheet, **column)))
        .map(|column| Spot { row: shape.header, column: *column })
        .collect();
    if of_time.len() < 3 {
        return Vec::new();
    }
    let what = say!("年や月が列に並んでいます（横持ち）。", "Years or months stand side by side as columns.");
    Breach::at(what, &of_time).into_iter().collect()
}
