//! The rule about the names of regions.
//!
//! In: a sheet and its shape; the other sheets of its file, one of which may have them. Out: breaches.

use crate::model::raw_table::{RawSheet, Spot};
use crate::say;

use super::breach::{Breach, Question};
use super::shape::Shape;

/// L3-06.
pub fn regions(question: &Question<'_>) -> Vec<Breach> {
    let (sheet, shape) = (question.sheet, question.shape);
    if has_codes(sheet, shape) {
        return Vec::new();
    }
    let mut shortened = Vec::new();
    let mut others = Vec::new();
    for column in &shape.columns {
        let (spots, is_full): (_, fn(&str) -> bool) = match kind_of(shape.name(sheet, *column)) {
            "都道府県" | "県" => (&mut shortened, is_prefecture),
            "市区町村" | "自治体" | "市町村" | "区市町村" | "区" => {
                (&mut shortened, is_municipality)
            }
            kind if OTHER_REGIONS.contains(&kind) => (&mut others, is_municipality),
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
    if shortened.is_empty() && names_regions(sheet, shape) {
        return Vec::new();
    }
    let is_elsewhere = || question.book.sheets.iter().any(tells_regions);
    let nowhere = others.is_empty() && shortened.is_empty() && !shape.records.is_empty() && !is_elsewhere();
    let start = Spot { row: shape.header, column: shape.columns.first().copied().unwrap_or(1) };
    let found = [
        (say!("地域の名前が略されています。", "Names of regions are shortened."), shortened),
        (
            say!(
                "地域の呼び名が、都道府県や市区町村の正式な名前ではありません。",
                "Names of regions are not those of prefectures or municipalities."
            ),
            others,
        ),
        (
            say!("地域コードの列も、地域名の列もありません。", "No column has codes or names of regions."),
            if nowhere { vec![start] } else { Vec::new() },
        ),
    ];
    found.into_iter().filter_map(|(what, spots)| Breach::at(what, &spots)).collect()
}

/// Columns whose words may be anything: 北部, 中央.
const OTHER_REGIONS: &[&str] = &["地域", "地区", "エリア", "ブロック", "方面", "地方", "圏域"];

/// Columns of addresses, which begin with the names of regions.
const ADDRESSES: &[&str] = &["住所", "所在地", "所在", "住所地", "address"];

/// What stands where a name of a region would.
const IN_ITS_PLACE: &[&str] = &["合計", "総数", "全国", "計", "〃", "同上"];

/// Whether a sheet has codes or full names of regions.
fn tells_regions(sheet: &RawSheet) -> bool {
    let shape = Shape::of(sheet);
    has_codes(sheet, &shape) || names_regions(sheet, &shape)
}

fn has_codes(sheet: &RawSheet, shape: &Shape) -> bool {
    let kinds = ["団体", "自治体", "地域", "市区町村", "都道府県", "町字"];
    shape.columns.iter().any(|column| {
        let name = shape.name(sheet, *column);
        let words = shape.records.iter().map(|row| sheet.words(*row, *column));
        let mut words = words.filter(|words| !words.is_empty()).peekable();
        // codes under the name of the regions: 都道府県 with 13, 27
        let holds_codes = words.peek().is_some()
            && words.all(|words| {
                (2..=6).contains(&words.len()) && words.bytes().all(|byte| byte.is_ascii_digit())
            });
        let kind = kind_of(name);
        (name.contains("コード") && kinds.iter().any(|kind| name.contains(kind)))
            || (holds_codes && kinds.contains(&kind))
    })
}

/// Whether most words of a column are full names of regions, or addresses with one.
fn names_regions(sheet: &RawSheet, shape: &Shape) -> bool {
    shape.columns.iter().any(|column| {
        let kind = kind_of(shape.name(sheet, *column)).to_lowercase();
        let is_address = ADDRESSES.iter().any(|name| kind.ends_with(name));
        let words = shape.records.iter().map(|row| sheet.words(*row, *column));
        let words: Vec<&str> =
            words.filter(|words| !words.is_empty() && !IN_ITS_PLACE.contains(words)).collect();
        let is_region = |words: &&&str| {
            let is_code = words.bytes().all(|byte| byte.is_ascii_digit());
            if is_address {
                words.contains(['都', '道', '府', '県', '市', '区', '町', '村', '郡'])
            } else {
                !is_code && is_municipality(words) && words.chars().count() > 1
            }
        };
        words.iter().filter(is_region).count() * 2 > words.len()
    })
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
    words.ends_with(['市', '区', '町', '村', '県', '都', '府', '道']) || IN_ITS_PLACE.contains(&words)
}
