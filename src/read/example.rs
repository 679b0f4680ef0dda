//! Tells the rows of a form that show how to fill it in, or say what its columns take, number them or name them in English.
//!
//! In: the words of a row. Out: whether it is one.

use crate::model::width;

/// Beginnings of the first word of an example.
const EXAMPLE: &[&str] = &[
    "記入例",
    "入力例",
    "記載例",
    "記入見本",
    "入力見本",
    "（例）",
    "(例)",
    "【例】",
    "［例］",
    "[例]",
    "〈例〉",
    "＜例＞",
    "<例>",
    "例：",
    "例:",
    "例）",
    "例)",
];
/// What a row says of the columns above it: whether they are to be filled, and with what.
const FORMS: &[&str] = &[
    "必須",
    "任意",
    "文字列",
    "半角",
    "全角",
    "テキスト",
    "数値",
    "日付",
    "自由記述",
    "文字以内",
    "yyyy",
    "ハイフン",
];

/// Whether a row of these words is an example, or says what the columns take. Empty cells do not count.
#[must_use]
pub fn is_example(words: &[&str]) -> bool {
    let words: Vec<&str> = words.iter().copied().filter(|word| !word.is_empty()).collect();
    let Some(first) = words.first() else { return false };
    let is_form = |word: &&&str| {
        word.chars().count() <= 20 && FORMS.iter().any(|form| word.to_lowercase().contains(form))
    };
    *first == "例"
        || EXAMPLE.iter().any(|mark| first.starts_with(mark))
        || (words.len() > 1 && words.iter().filter(is_form).count() * 2 > words.len())
        || numbers_columns(&words)
        || is_english_header(&words)
}

/// Words of headers in English; one of them at least stands in a row of such.
const ENGLISH: &[&str] = &[
    "name",
    "address",
    "phone",
    "tel",
    "telephone",
    "fax",
    "ward",
    "city",
    "office",
    "facility",
    "postal",
    "zip",
    "code",
    "id",
    "no",
    "remarks",
    "note",
    "notes",
    "category",
    "type",
    "email",
    "url",
    "place",
    "location",
    "area",
    "district",
];

/// Whether the words number columns: ①, ②, ③; (1), (2), (3); A, B, C.
fn numbers_columns(words: &[&str]) -> bool {
    let number = |word: &str| -> Option<u32> {
        let folded = width::fold(word).to_lowercase();
        let core = folded.trim_matches(|c: char| "()[]<>.:".contains(c) || c.is_whitespace()).to_owned();
        let circled = word.trim().chars().next().filter(|c| ('①'..='⑳').contains(c));
        let letter = core.chars().next().filter(|c| core.len() == 1 && c.is_ascii_lowercase());
        match (circled, letter) {
            (Some(c), _) if word.trim().chars().count() == 1 => Some(u32::from(c) - u32::from('①') + 1),
            (_, Some(c)) => Some(u32::from(c) - u32::from('a') + 1),
            _ => core.parse().ok().filter(|_| core.len() < 3),
        }
    };
    words.len() > 2 && words.iter().zip(1..).all(|(word, at)| number(word) == Some(at))
}

/// Whether the words are headers in English.
fn is_english_header(words: &[&str]) -> bool {
    let is_plain = |word: &&&str| word.chars().all(|c| c.is_ascii_alphabetic() || " ._-/".contains(c));
    let parts = |word: &&str| -> Vec<String> {
        word.split(|c: char| !c.is_ascii_alphabetic()).map(str::to_ascii_lowercase).collect()
    };
    let known = words.iter().filter(|word| parts(word).iter().any(|part| ENGLISH.contains(&part.as_str())));
    words.len() > 1
        && words.iter().filter(is_plain).count() == words.len()
        && known.count() * 2 >= words.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_below_a_header_that_are_no_records() {
        for row in [
            &["Ward", "Name", "Address", "Phone"][..],
            &["No.", "Office name", "Tel / Fax"],
            &["①", "②", "③"],
            &["(1)", "（２）", "(3)"],
            &["A", "B", "C", "D"],
            &["必須", "必須", "任意"],
        ] {
            assert!(is_example(row), "{row:?}");
        }
        for row in [
            &["西区", "Nishi Center", "西区中央1-1", "045-320-8396"][..],
            &["Nishi", "Nishi Center", "Chuo"],
            &["1", "西区", "にし相談室"],
            &["1", "1", "1"],
            &["①", "西館"],
        ] {
            assert!(!is_example(row), "{row:?}");
        }
    }
}
