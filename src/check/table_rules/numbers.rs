//! Rules about numbers, and what makes a column one of numbers.
//!
//! In: a sheet and its shape. Out: breaches.

use crate::model::raw_table::{CellForm, RawSheet, Spot};
use crate::model::width;
use crate::say;

use super::{Breach, Question, times};

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
    if times::is_time(words) {
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
fn is_symbol(words: &str) -> bool {
    let folded = width::fold(words.trim()).to_lowercase();
    if SHORT.contains(&folded.as_str()) {
        return true;
    }
    let words = words.trim().trim_matches(['(', ')', '（', '）']);
    (1..=3).contains(&words.chars().count())
        && words.chars().all(|c| "-－―ー‐–—…・*＊xXｘＸχ×#＃△▲○".contains(c))
}

/// What the records of a column hold.
#[derive(Debug, Default)]
pub struct NumberColumn {
    /// Plain numbers.
    pub plain: usize,
    /// Numbers with something beside them.
    pub dressed: Vec<Spot>,
    /// Signs in the place of a number.
    pub symbols: Vec<Spot>,
    /// Nothing.
    pub blanks: Vec<Spot>,
    /// Zeros.
    pub zeros: usize,
    /// Other words.
    pub other: usize,
    /// Numbers that begin with zero: codes.
    pub codes: usize,
}

impl NumberColumn {
    /// Counts a column.
    #[must_use]
    pub fn of(question: &Question<'_>, column: u32) -> Self {
        let mut found = Self::default();
        for row in &question.shape.records {
            let spot = Spot { row: *row, column };
            let Some(cell) = question.sheet.filled(*row, column) else {
                found.blanks.push(spot);
                continue;
            };
            match cell.form {
                CellForm::Number => {
                    found.plain += 1;
                    found.zeros +=
                        usize::from(cell.text.trim().parse::<f64>().is_ok_and(|value| value == 0.0));
                }
                CellForm::Date | CellForm::Flag => found.other += 1,
                CellForm::Text => found.word(&cell.text, spot),
            }
        }
        found
    }

    fn word(&mut self, words: &str, spot: Spot) {
        let words = words.trim();
        match mixed(words) {
            Mixed::Plain => {
                self.plain += 1;
                self.zeros += usize::from(words.bytes().all(|byte| matches!(byte, b'0' | b'.')));
                self.codes += usize::from(words.len() > 1 && words.starts_with('0') && !words.contains('.'));
            }
            Mixed::Dressed => self.dressed.push(spot),
            Mixed::Other if is_symbol(words) => self.symbols.push(spot),
            Mixed::Other => self.other += 1,
        }
    }

    /// Whether it is a column of numbers: most that is there is one, plain or dressed, and none begins with a zero.
    #[must_use]
    pub fn is_numeric(&self) -> bool {
        let numbers = self.plain + self.dressed.len();
        numbers > 0 && self.codes == 0 && numbers > self.other * 2
    }
}

/// The columns of numbers.
fn numeric(question: &Question<'_>) -> Vec<NumberColumn> {
    let columns = question.shape.columns.iter().map(|column| NumberColumn::of(question, *column));
    columns.filter(NumberColumn::is_numeric).collect()
}

/// L1-09.
pub fn blank_or_zero(question: &Question<'_>) -> Vec<Breach> {
    let unclear: Vec<Spot> = numeric(question)
        .into_iter()
        .filter(|column| column.zeros > 0)
        .flat_map(|column| column.blanks)
        .collect();
    let what = say!(
        "0と空白が混じっています。空白が0なのか、値がないのか分かりません。",
        "Zeros and blanks stand in one column: is a blank zero, or no value?"
    );
    Breach::at(what, &unclear).into_iter().collect()
}

/// L2-01.
pub fn numbers_only(question: &Question<'_>) -> Vec<Breach> {
    let dressed: Vec<Spot> = numeric(question).into_iter().flat_map(|column| column.dressed).collect();
    let what = say!(
        "数値に、単位・カンマ・注記などの文字か全角の数字が混じっています。",
        "Units, commas, marks of notes or wide digits stand among the numbers."
    );
    Breach::at(what, &dressed).into_iter().collect()
}

/// L3-03.
pub fn symbols_defined(question: &Question<'_>) -> Vec<Breach> {
    let symbols: Vec<Spot> = numeric(question).into_iter().flat_map(|column| column.symbols).collect();
    let is_defined = |spot: &Spot| {
        let sign = question.sheet.words(spot.row, spot.column);
        let sheets = question.book.sheets.iter();
        sheets.into_iter().any(|sheet| explains(question, sheet, sign))
    };
    let undefined: Vec<Spot> = symbols.into_iter().filter(|spot| !is_defined(spot)).collect();
    let what =
        say!("数値の列の記号に、意味の説明がありません。", "Signs among the numbers are nowhere explained.");
    Breach::at(what, &undefined).into_iter().collect()
}

/// Whether a sheet says what a sign means: a sentence that names it, or a row of a legend that begins with it.
fn explains(question: &Question<'_>, sheet: &RawSheet, sign: &str) -> bool {
    let is_own = std::ptr::eq(sheet, question.sheet);
    sheet.cells.iter().any(|(spot, cell)| {
        let text = cell.text.trim();
        let is_record = is_own && question.shape.records.contains(&spot.row);
        let next = sheet.filled(spot.row, spot.column + 1).is_some_and(|next| {
            next.form == CellForm::Text && mixed(&next.text) == Mixed::Other && !is_symbol(&next.text)
        });
        (text == sign && next && !is_record) || (!times::is_time(text) && names_sign(text, sign))
    })
}

/// Whether a sentence says what a sign means: 「x」は秘匿, x：秘匿, ※x=秘匿.
fn names_sign(text: &str, sign: &str) -> bool {
    text.char_indices().any(|(at, _)| {
        let Some(rest) = text[at..].strip_prefix(sign) else { return false };
        let before = text[..at].chars().next_back();
        let is_apart = before.is_none_or(|c| !c.is_alphanumeric() && !"-.".contains(c));
        let rest = rest.trim_start_matches(['」', '』', '”', '"', ' ', '　']);
        is_apart && rest.starts_with(['は', '：', ':', '＝', '=']) && rest.chars().count() > 1
    })
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
        for text in ["※「x」は秘匿した値です", "x：秘匿", "凡例 x=秘匿"] {
            assert!(names_sign(text, "x"), "{text}");
        }
        assert!(!names_sign("住所は西区1-2の形", "-") && !names_sign("index: 1", "x"));
    }
}
