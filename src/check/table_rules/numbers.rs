//! Rules about numbers, and what makes a column one of numbers.
//!
//! In: a sheet and its shape. Out: breaches.

use crate::model::raw_table::{CellForm, RawSheet, Spot};
use crate::say;

use super::breach::{Breach, Question};
use super::number_words::{Mixed, is_dash, is_none, is_symbol, mixed};
use super::time_words::is_time;

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
    /// Words for nothing: なし.
    pub nones: Vec<Spot>,
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
            Mixed::Other if is_none(words) => self.nones.push(spot),
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
    let (mut blanks, mut nones, mut two_signs) = (Vec::new(), Vec::new(), Vec::new());
    for column in numeric(question) {
        let is_dashed = |spot: &Spot| is_dash(question.sheet.words(spot.row, spot.column));
        let has_sign = !column.nones.is_empty() || column.symbols.iter().any(is_dashed);
        if column.zeros > 0 {
            blanks.extend(column.blanks);
            nones.extend(column.nones);
        } else if has_sign {
            two_signs.extend(column.blanks);
        }
    }
    let blank = say!(
        "0と空白が混じっています。空白が0なのか、値がないのか分かりません。",
        "Zeros and blanks stand in one column: is a blank zero, or no value?"
    );
    let none = say!(
        "0と「なし」が混じっています。「なし」が0なのか、値がないのか分かりません。",
        "Zeros and words for none stand in one column: are these zero, or no value?"
    );
    let two = say!(
        "空白と、値がないことを示す記号か言葉が混じっています。どちらが0で、どちらが欠損なのか分かりません。",
        "Blanks and signs for nothing stand in one column: which is zero, which is no value?"
    );
    let found = [(blank, blanks), (none, nones), (two, two_signs)];
    found.into_iter().filter_map(|(what, spots)| Breach::at(what, &spots)).collect()
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
        (text == sign && next && !is_record) || (!is_time(text) && names_sign(text, sign))
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
    fn a_sentence_may_say_what_a_sign_means() {
        for text in ["※「x」は秘匿した値です", "x：秘匿", "凡例 x=秘匿"] {
            assert!(names_sign(text, "x"), "{text}");
        }
        assert!(!names_sign("住所は西区1-2の形", "-") && !names_sign("index: 1", "x"));
    }
}
