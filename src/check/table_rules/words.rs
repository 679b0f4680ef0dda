//! The rule about the names of regions.
//!
//! In: a sheet and its shape. Out: breaches.

use crate::model::raw_table::Spot;
use crate::say;

use super::breach::{Breach, Question};

/// L3-06.
pub fn regions(question: &Question<'_>) -> Vec<Breach> {
    let (sheet, shape) = (question.sheet, question.shape);
    let name = |column: &u32| shape.name(sheet, *column);
    let has_codes = shape.columns.iter().any(|column| {
        let name = name(column);
        name.contains("コード")
            && ["団体", "自治体", "地域", "市区町村", "都道府県", "町字"]
                .iter()
                .any(|kind| name.contains(kind))
    });
    if has_codes {
        return Vec::new();
    }
    let mut spots = Vec::new();
    for column in &shape.columns {
        let is_full = match kind_of(name(column)) {
            "都道府県" | "県" => is_prefecture,
            "市区町村" | "自治体" | "市町村" | "区市町村" | "区" => is_municipality,
            _ => continue,
        };
        for row in &shape.records {
            let words = sheet.words(*row, *column);
            // words or codes: a code is as good as a name
            if !words.is_empty() && !words.bytes().all(|byte| byte.is_ascii_digit()) && !is_full(words) {
                spots.push(Spot { row: *row, column: *column });
            }
        }
    }
    let what = say!("地域の名前が略されています。", "Names of regions are shortened.");
    Breach::at(what, &spots).into_iter().collect()
}

/// What kind of regions a column has: 都道府県名（漢字）, `所在地_都道府県`.
fn kind_of(name: &str) -> &str {
    let name = name.split(['（', '(', '[', '【']).next().unwrap_or_default().trim();
    let last = name.rsplit(['_', '＿', '・', '／', '/', ' ', '　']).next().unwrap_or_default();
    last.trim_end_matches('名')
}

fn is_prefecture(words: &str) -> bool {
    matches!(words, "北海道" | "東京都" | "京都府" | "大阪府" | "全国" | "合計" | "総数")
        || (words.ends_with('県') && words.chars().count() > 2)
}

fn is_municipality(words: &str) -> bool {
    words.ends_with(['市', '区', '町', '村', '県', '都', '府', '道'])
        || matches!(words, "合計" | "総数" | "全国" | "計" | "〃" | "同上")
}
