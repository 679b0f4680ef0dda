//! Tells words in names and addresses that nobody means to print: notes to oneself, marks of a change, placeholders, and what
//! other programs leave in cells.
//!
//! In: a name or an address. Out: the words that say so.

use super::width;

/// Notes to oneself, and words of a change: what is right is not in the cell alone.
const NOTES: &[&str] = &[
    "要確認",
    "確認中",
    "未確認",
    "確認待ち",
    "要修正",
    "修正中",
    "要訂正",
    "に変更",
    "へ変更",
    "変更予定",
    "→",
    "⇒",
    "(旧)",
    "(新)",
    "【旧】",
    "【新】",
    "tbd",
    "??",
];
/// Signs that stand for words to come.
const PLACEHOLDERS: &[&str] = &["〓", "○○", "〇〇", "◯◯", "××", "△△", "□□", "●●", "■■"];
/// What other programs write for a line break, a sign or struck-out words.
const MARKUP: &[&str] = &["_x000d_", "&amp;", "&lt;", "&gt;", "&quot;", "&nbsp;", "&#", "<br", "</", "~~"];

/// The words of a name or an address that nobody means to print.
#[must_use]
pub fn words_of_draft(text: &str) -> Option<&'static str> {
    // nearly all cells hold none of these signs
    let folded = width::fold(text).to_lowercase();
    let known = [NOTES, PLACEHOLDERS, MARKUP].into_iter().flatten();
    let folds_to = |word: &&&str| folded.contains(**word) || text.contains(**word);
    known.copied().find(|word| folds_to(&word)).or_else(|| folded.trim_end().ends_with('?').then_some("?"))
}

/// Whether a name is the address of a place: it ends with numbers as addresses do (西区中央1-5).
#[must_use]
pub fn is_address(name: &str) -> bool {
    let narrow = width::narrow(name.trim());
    let is_number = |c: char| c.is_ascii_digit() || width::is_dash(c);
    let place = narrow.trim_end_matches(is_number);
    let number = &narrow[place.len()..];
    let (first, last) = (number.chars().next(), number.chars().next_back());
    let is_pair =
        [first, last].into_iter().flatten().all(|c| c.is_ascii_digit()) && number.chars().any(width::is_dash);
    is_pair && place.contains(['区', '市', '町', '村', '丁'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_nobody_means_to_print() {
        for (written, words) in [
            ("みなと館（要確認）", "要確認"),
            ("みなと館→うみ館に変更", "に変更"),
            ("（旧）西区中央1-5（新）西区岡野1", "(旧)"),
            ("みなと館？", "?"),
            ("○○センター", "○○"),
            ("みなと_x000D_館", "_x000d_"),
            ("みなと&amp;うみ", "&amp;"),
            ("みなと館<BR>2階", "<br"),
            ("~~みなと館~~", "~~"),
        ] {
            assert_eq!(words_of_draft(written), Some(words), "{written}");
        }
        for written in
            ["みなと館", "旧横浜市庁舎", "A&B館", "どうする？相談室", "新町（旧町名：本町）", "×印館"]
        {
            assert_eq!(words_of_draft(written), None, "{written}");
        }
    }

    #[test]
    fn an_address_is_no_name() {
        for name in ["西区中央1-5", "港北区大豆戸町２６－１", "中央3丁目1-2"] {
            assert!(is_address(name), "{name}");
        }
        for name in ["中区1丁目会館", "市民館", "見本町3", "A-1", "みなと町 045"] {
            assert!(!is_address(name), "{name}");
        }
    }
}
