//! Tells the rows of a form that show how to fill it in, or say what its columns take.
//!
//! In: the words of a row. Out: whether it is one.

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
}
