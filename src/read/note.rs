//! Tells words of notes, totals and labels that stand below records, or between them.
//!
//! In: the first word of a row. Out: what it begins.

/// Marks before a note.
const NOTES: &[&str] = &[
    "※",
    "＊",
    "*",
    "★",
    "☆",
    "注",
    "（注",
    "(注",
    "〈注",
    "【注",
    "［注",
    "[注",
    "備考",
    "【備考",
    "凡例",
    "【凡例",
    "出典",
    "〈出典",
    "資料：",
    "資料:",
];
/// Words that end a list.
const ENDS: &[&str] = &["以上", "以下余白", "（以上）", "(以上)", "（以下余白）"];
/// Words of a total, whole or before a number.
const TOTALS: &[&str] = &["合計", "総合計", "総計", "小計", "累計", "計"];
/// Words before who made a list, when, and who is asked.
const LABELS: &[&str] = &[
    "作成",
    "作成者",
    "作成日",
    "作成課",
    "更新",
    "更新日",
    "更新者",
    "最終更新",
    "最終更新日",
    "改訂",
    "改訂日",
    "発行",
    "発行日",
    "編集",
    "担当",
    "担当者",
    "担当課",
    "所管",
    "所管課",
    "問合せ",
    "問合せ先",
    "問い合わせ",
    "問い合わせ先",
    "お問い合わせ",
    "お問い合わせ先",
    "照会先",
    "提出先",
    "時点",
    "印刷日",
];

/// Whether a word begins a note.
pub(super) fn is_note(word: &str) -> bool {
    ENDS.contains(&word) || NOTES.iter().any(|mark| word.starts_with(mark))
}

/// Whether a word is the label of what stands in the cell beside it: who made the list, and when.
pub(super) fn is_label(word: &str) -> bool {
    LABELS.contains(&word.trim_end_matches([':', '：']))
}

/// Whether a word begins a total.
pub(super) fn is_total(word: &str) -> bool {
    // nearly all rows begin with another letter
    let first = word.chars().find(|c| !c.is_whitespace());
    if !TOTALS.iter().any(|total| total.chars().next() == first) {
        return false;
    }
    let plain: String = word.chars().filter(|c| !c.is_whitespace()).collect();
    let rest = TOTALS.iter().filter_map(|total| plain.strip_prefix(total));
    let mut rests = rest.map(|rest| rest.chars().next());
    rests.any(|next| next.is_none_or(|c| c.is_numeric() || matches!(c, ':' | '：' | '(' | '（')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_totals() {
        for word in ["計", "合　計", "合計：18か所", "総計（区）"] {
            assert!(is_total(word), "{word}");
        }
        for word in ["計画課", "合計所得相談", "統計"] {
            assert!(!is_total(word), "{word}");
        }
    }

    #[test]
    fn labels_are_whole_words() {
        assert!(is_label("担当課：") && is_label("最終更新日"));
        assert!(!is_label("担当課長") && !is_label("西区"));
    }
}
