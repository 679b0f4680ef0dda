//! What words are a number, or a number with something beside it.
//!
//! In: the words of a cell. Out: how they write a number.

use super::time_words::is_time;
use crate::model::raw_table::{CellForm, RawSheet};
use crate::model::width;

/// Whether words are a number as programs read it.
#[must_use]
pub fn is_number(words: &str) -> bool {
    let digits = words.trim().trim_start_matches(['-', '+']);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all(whole) && all(part)
}

/// Whether a cell holds a number, stored as one or written as one.
#[must_use]
pub fn is_value(sheet: &RawSheet, row: u32, column: u32) -> bool {
    sheet.filled(row, column).is_some_and(|cell| match cell.form {
        CellForm::Number => true,
        CellForm::Text => is_number(&cell.text),
        CellForm::Date | CellForm::Flag => false,
    })
}

/// Units that stand behind numbers.
const UNITS: &[&str] = &[
    "円",
    "千円",
    "百万円",
    "万円",
    "億円",
    "人",
    "名",
    "件",
    "個",
    "台",
    "戸",
    "世帯",
    "棟",
    "室",
    "床",
    "校",
    "か所",
    "箇所",
    "ヶ所",
    "カ所",
    "回",
    "本",
    "枚",
    "冊",
    "歳",
    "才",
    "%",
    "‰",
    "m",
    "km",
    "cm",
    "mm",
    "m2",
    "m3",
    "ha",
    "kg",
    "g",
    "t",
    "l",
    "kl",
    "kw",
    "kwh",
    "ポイント",
    "点",
    "席",
    "組",
    "団体",
    "施設",
    "坪",
    "畳",
    "時間",
    "分",
    "倍",
];

/// What stands beside the digits of a number that is not one to a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mixed {
    /// It is a plain number.
    Plain,
    /// A number with a unit, a comma, a mark of a note, or digits of full width.
    Dressed,
    /// No number.
    Other,
}

/// How a cell of text writes a number.
#[must_use]
pub fn mixed(words: &str) -> Mixed {
    let words = words.trim();
    if is_number(words) {
        return Mixed::Plain;
    }
    if is_time(words) {
        return Mixed::Other;
    }
    let folded = width::fold(words).to_lowercase();
    let inner = folded.trim_start_matches(['▲', '△', '▼', '-', '−', '+', '¥', '\\', '約', '※', '*', ' ']);
    // a mark of a note behind the number
    let inner = match inner.find(['※', '*', '†', '(', '注']) {
        Some(at) if at > 0 => inner[..at].trim_end(),
        _ => inner,
    };
    let end = inner.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.'))).unwrap_or(inner.len());
    let (digits, unit) = inner.split_at(end);
    let is_unit = unit.trim().is_empty() || UNITS.contains(&unit.trim());
    if is_unit && grouped(digits) { Mixed::Dressed } else { Mixed::Other }
}

/// Digits, with commas between thousands.
fn grouped(digits: &str) -> bool {
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all(first) && all(part) && groups.all(|group| group.len() == 3 && all(group))
}

/// Words that stand in the place of a number and are short for something.
const SHORT: &[&str] = &["秘", "na", "n/a", "n.a", "n.a.", "nd", "n.d."];

/// Signs that stand in the place of a number: secret, not surveyed, none.
pub(super) fn is_symbol(words: &str) -> bool {
    let folded = width::fold(words.trim()).to_lowercase();
    if SHORT.contains(&folded.as_str()) {
        return true;
    }
    let words = words.trim().trim_matches(['(', ')', '（', '）']);
    (1..=3).contains(&words.chars().count())
        && words.chars().all(|c| "-－―ー‐–—…・*＊xXｘＸχ×#＃△▲○".contains(c))
}

/// A dash in the place of a number: zero to one, no value to another.
pub(super) fn is_dash(words: &str) -> bool {
    let words = words.trim().trim_matches(['(', ')', '（', '）']);
    !words.is_empty() && words.chars().all(|c| "-－―ー‐–—…・".contains(c))
}

/// Words that say that there is none.
pub(super) fn is_none(words: &str) -> bool {
    let folded = width::fold(words.trim()).to_lowercase();
    ["なし", "無し", "ナシ", "無", "該当なし", "該当無し", "皆無", "none", "nil"].contains(&folded.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_dressed_ones_and_words() {
        for words in ["12", "-3", "0.5", "0012"] {
            assert_eq!(mixed(words), Mixed::Plain, "{words}");
        }
        for words in ["1,234", "10人", "５", "△5", "12※1", "1,234,567円", "12.5%", "約30", "5*"] {
            assert_eq!(mixed(words), Mixed::Dressed, "{words}");
        }
        for words in ["1,23", "045-671-3624", "2026-04-01", "令和8年", "3丁目", "x", "-", "10:30", "1年2組"]
        {
            assert_eq!(mixed(words), Mixed::Other, "{words}");
        }
        for sign in ["-", "***", "Ｘ", "(x)", "秘", "N/A"] {
            assert!(is_symbol(sign), "{sign}");
        }
        assert!(!is_symbol("なし") && !is_symbol("不明"));
        assert!(is_none("なし") && !is_none("不明") && is_dash("－") && !is_dash("x"));
    }
}
