//! Rules about columns of choices.
//!
//! In: a sheet and its shape. Out: breaches.

use std::collections::BTreeMap;

use crate::model::raw_table::{CellForm, Spot};
use crate::model::{spelling, width};
use crate::say;

use super::breach::{Breach, Question};
use super::number_words;

/// L2-04.
pub fn of_one_spelling(question: &Question<'_>) -> Vec<Breach> {
    let (sheet, shape) = (question.sheet, question.shape);
    let mut breaches = Vec::new();
    for column in &shape.columns {
        let mut spellings: BTreeMap<String, BTreeMap<&str, Vec<Spot>>> = BTreeMap::new();
        let mut filled = 0;
        for row in &shape.records {
            let Some(cell) = sheet.filled(*row, *column).filter(|cell| cell.form == CellForm::Text) else {
                continue;
            };
            let words = cell.text.trim();
            if number_words::mixed(words) != number_words::Mixed::Other {
                continue;
            }
            filled += 1;
            let spot = Spot { row: *row, column: *column };
            spellings.entry(sense(words)).or_default().entry(words).or_default().push(spot);
        }
        // choices come again; names do not
        if spellings.len() * 2 > filled && spellings.len() > 3 {
            continue;
        }
        for spelt in spellings.values().filter(|spelt| spelt.len() > 1) {
            let mut ways: Vec<(&str, &Vec<Spot>)> =
                spelt.iter().map(|(words, spots)| (*words, spots)).collect();
            ways.sort_by_key(|(_, spots)| std::cmp::Reverse(spots.len()));
            let list = ways.iter().map(|(words, _)| *words).collect::<Vec<_>>();
            let (ja, en) = (list.join("」「"), list.join("\", \""));
            let spots: Vec<Spot> = ways.iter().skip(1).flat_map(|(_, spots)| spots.iter().copied()).collect();
            breaches.extend(Breach::at(
                say!(
                    "同じ選択肢の書き方がそろっていません（「{ja}」）。",
                    "One choice is spelt in several ways (\"{en}\")."
                ),
                &spots,
            ));
        }
    }
    breaches
}

/// Ways to say one choice, each list one choice.
const SAME: &[&[&str]] = &[
    &["有", "有り", "あり", "アリ"],
    &["無", "無し", "なし", "ナシ"],
    &["可", "可能", "できる"],
    &["不可", "不可能", "できない"],
    &["男", "男性"],
    &["女", "女性"],
    &["はい", "ハイ", "yes"],
    &["いいえ", "イイエ", "no"],
];

/// What a choice means, whatever its spelling: width, case, blanks, kana, old kanji, circles, and the tail of 済み.
fn sense(words: &str) -> String {
    let folded = width::fold(words).to_lowercase();
    let plain: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    if let Some(same) = SAME.iter().find(|same| same.contains(&plain.as_str())) {
        return same[0].to_owned();
    }
    let mut sense = String::new();
    for c in folded.chars() {
        match c {
            ' ' | '\u{3000}' | '・' | '.' | '。' => {}
            '〇' | '◯' | '⭕' => sense.push('○'),
            'ァ'..='ヶ' => sense.extend(char::from_u32(u32::from(c) - 0x60)),
            'り' | 'み' | 'き' | 'け' if sense.ends_with(is_kanji) => {}
            'x' if folded.chars().count() == 1 => sense.push('×'),
            c => sense.push(spelling::usual(c)),
        }
    }
    sense
}

fn is_kanji(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '々')
}

/// L2-05.
pub fn others_apart(question: &Question<'_>) -> Vec<Breach> {
    let (sheet, shape) = (question.sheet, question.shape);
    let mut spots = Vec::new();
    for column in &shape.columns {
        for row in &shape.records {
            let words = sheet.words(*row, *column);
            let rest = words.strip_prefix("その他").unwrap_or_default();
            let rest = rest.trim_matches(|c: char| c.is_whitespace() || "（）()：:・、".contains(c));
            if words.starts_with("その他")
                && !rest.is_empty()
                && rest.chars().count() < words.chars().count() - 3
            {
                spots.push(Spot { row: *row, column: *column });
            }
        }
    }
    let what = say!(
        "「その他」と、その内容が同じセルに書かれています。",
        "The choice \"other\" and its words stand in one cell."
    );
    Breach::at(what, &spots).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_choice_has_one_sense() {
        for (one, other) in [
            ("取組済", "取り組み済み"),
            ("〇", "○"),
            ("ハイ", "はい"),
            ("ＡＢＣ", "abc"),
            ("検 討中", "検討中"),
            ("有", "あり"),
            ("無し", "なし"),
            ("可", "可能"),
            ("男", "男性"),
        ] {
            assert_eq!(sense(one), sense(other), "{one} {other}");
        }
        assert_ne!(sense("検討中"), sense("検討済"));
        assert_ne!(sense("有"), sense("無"));
    }
}
