//! Rules about what stands in single cells.
//!
//! In: a sheet and its shape. Out: breaches.

use std::collections::BTreeMap;

use crate::model::raw_table::{CellForm, RawCell, Spot};
use crate::model::unseen;
use crate::say;

use super::breach::{Breach, Question};
use super::{number_words, several};

/// The places of cells of the table, names included, that `is` one of those looked for.
fn table_cells(question: &Question<'_>, is: impl Fn(&RawCell) -> bool) -> Vec<Spot> {
    let shape = question.shape;
    let rows = shape.header..=shape.records.last().copied().unwrap_or(shape.header);
    let cells = question.sheet.cells.iter().filter(|(spot, _)| rows.contains(&spot.row));
    cells.filter(|(_, cell)| is(cell)).map(|(spot, _)| *spot).collect()
}

/// L1-06.
pub fn no_padding(question: &Question<'_>) -> Vec<Breach> {
    let padded = table_cells(question, |cell| cell.form == CellForm::Text && is_padded(&cell.text));
    let broken = table_cells(question, |cell| cell.text.contains(['\n', '\r']));
    let mut breaches = Vec::new();
    breaches.extend(Breach::at(
        say!("体裁を整えるための空白があります。", "Blanks stand there for looks."),
        &padded,
    ));
    breaches.extend(Breach::at(
        say!("セルの中に改行があります。", "There are line breaks within cells."),
        &broken,
    ));
    breaches
}

/// Blanks around words, several in a row, or between the characters of a word (氏　名).
fn is_padded(text: &str) -> bool {
    let is_blank = |c: char| matches!(c, ' ' | '\u{3000}' | '\t' | '\u{A0}');
    if text.trim().is_empty() {
        return !text.is_empty();
    }
    let around = text.starts_with(is_blank) || text.ends_with(is_blank);
    let characters: Vec<char> = text.chars().collect();
    let several = characters.windows(2).any(|pair| pair.iter().all(|c| is_blank(*c)));
    let pieces: Vec<&str> = text.split(is_blank).filter(|piece| !piece.is_empty()).collect();
    let is_wide = |piece: &&str| piece.chars().count() == 1 && !piece.is_ascii();
    let spread = pieces.len() > 1 && pieces.iter().all(is_wide);
    around || several || spread
}

/// L1-07.
pub fn one_value(question: &Question<'_>) -> Vec<Breach> {
    let header = question.shape.header;
    let several =
        table_cells(question, |cell| cell.form == CellForm::Text && several::holds_several(&cell.text));
    let several: Vec<Spot> = several.into_iter().filter(|spot| spot.row > header).collect();
    let what = say!("1つのセルにデータが2つ以上あります。", "Several values stand in one cell.");
    Breach::at(what, &several).into_iter().collect()
}

/// L1-08.
pub fn no_odd_characters(question: &Question<'_>) -> Vec<Breach> {
    let mut first = None;
    let spots = table_cells(question, |cell| cell.text.chars().any(is_of_one_system));
    if let Some(spot) = spots.first() {
        let text = &question.sheet.cells[spot].text;
        first = text.chars().find(|c| is_of_one_system(*c));
    }
    let Some(character) = first else { return Vec::new() };
    let code = u32::from(character);
    let shown = if unseen::is_private(character) { '〓' } else { character };
    let what = say!(
        "機種依存文字「{shown}」（U+{code:04X}）などがあります。",
        "There are characters of one system only, such as \"{shown}\" (U+{code:04X})."
    );
    Breach::at(what, &spots).into_iter().collect()
}

/// Characters that Windows added to JIS (NEC row 13, IBM), private ones and pictures; kanji of names are left out.
fn is_of_one_system(c: char) -> bool {
    matches!(u32::from(c),
        0x2116 | 0x2121 | 0x2160..=0x217F | 0x2211 | 0x221F | 0x222E | 0x22BF | 0x2460..=0x24FF | 0x301D | 0x301F
        | 0x3220..=0x325F | 0x3280..=0x33FF | 0x1F000..=0x1FAFF)
        || unseen::is_private(c)
}

/// L1-11.
pub fn no_meaning_in_looks(question: &Question<'_>) -> Vec<Breach> {
    let (sheet, shape) = (question.sheet, question.shape);
    let mut odd: Vec<Spot> = Vec::new();
    for column in &shape.columns {
        let looks: Vec<(Spot, u32)> = shape
            .records
            .iter()
            .filter_map(|row| {
                sheet.filled(*row, *column).map(|cell| (Spot { row: *row, column: *column }, cell.look))
            })
            .filter(|(_, look)| *look > 0)
            .collect();
        let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
        for (_, look) in &looks {
            *counts.entry(*look).or_default() += 1;
        }
        // rows that are striped one by one look so for the eye, not for the sense
        let striped =
            counts.len() == 2 && looks.windows(2).all(|pair| pair[0].1 != pair[1].1) && looks.len() > 5;
        let Some(usual) = counts.iter().max_by_key(|(_, count)| **count).map(|(look, _)| *look) else {
            continue;
        };
        if !striped {
            odd.extend(looks.into_iter().filter(|(_, look)| *look != usual).map(|(spot, _)| spot));
        }
    }
    odd.sort_unstable();
    let what = say!(
        "色・太字・大きさなどがほかと違うセルがあります。その意味は値から分かりません。",
        "Cells look different from others (colour, weight, size); what that means is not in their values."
    );
    Breach::at(what, &odd).into_iter().collect()
}

/// L1-14.
pub fn one_line(question: &Question<'_>) -> Vec<Breach> {
    let broken = table_cells(question, |cell| cell.text.contains(['\n', '\r']));
    let what =
        say!("セルの中に改行があり、1件が2行以上になっています。", "Line breaks within cells part records.");
    Breach::at(what, &broken).into_iter().collect()
}

/// L2-02.
pub fn nothing_omitted(question: &Question<'_>) -> Vec<Breach> {
    let (sheet, shape) = (question.sheet, question.shape);
    let marks = table_cells(question, |cell| {
        matches!(
            cell.text.trim(),
            "〃" | "同上" | "仝" | "々" | "″" | "\"" | "”" | "同右" | "同左" | "上に同じ"
        )
    });
    let mut blanks = Vec::new();
    // what groups the records stands at their left; the cells below a value are left empty
    for column in shape.columns.iter().take(2) {
        let filled: Vec<u32> =
            shape.records.iter().copied().filter(|row| sheet.filled(*row, *column).is_some()).collect();
        let empty: Vec<u32> =
            shape.records.iter().copied().filter(|row| sheet.filled(*row, *column).is_none()).collect();
        let words = filled.iter().all(|row| !number_words::is_value(sheet, *row, *column));
        let begins = filled.first().is_some_and(|first| empty.first().is_some_and(|row| first < row));
        if begins && words && empty.len() * 4 >= shape.records.len() && empty.len() > 1 {
            blanks.extend(empty.into_iter().map(|row| Spot { row, column: *column }));
        } else if filled.len() != shape.records.len() {
            break;
        }
    }
    let mut breaches = Vec::new();
    breaches.extend(Breach::at(
        say!("前の行と同じ値が省略されています。", "A value that is that of the row above is left out."),
        &marks,
    ));
    breaches.extend(Breach::at(
        say!("前の行と同じ値が空白になっています。", "A value that is that of the row above is left blank."),
        &blanks,
    ));
    breaches
}

/// L2-06.
pub fn no_formulas(question: &Question<'_>) -> Vec<Breach> {
    let spots: Vec<Spot> =
        question.sheet.cells.iter().filter(|(_, cell)| cell.formula).map(|(spot, _)| *spot).collect();
    let what = say!("数式が残っています。", "There are formulas.");
    Breach::at(what, &spots).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_is_told_from_names() {
        for text in [" 西区", "西区　", "氏　名", "a  b", "\u{3000}"] {
            assert!(is_padded(text), "{text:?}");
        }
        for text in ["西区", "山田　太郎", "New York", "1 2"] {
            assert!(!is_padded(text), "{text:?}");
        }
    }
}
