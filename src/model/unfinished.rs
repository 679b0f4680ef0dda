//! Tells words in names and addresses that nobody means to print: notes to oneself, marks of a change, placeholders, and what
//! other programs leave in cells.
//!
//! In: a name or an address. Out: what is wrong with it.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::address::{Address, AddressError};
use super::locality::Locality;
use super::width;

/// What stands in the place of a name or an address that is finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unfinished {
    /// Words of a draft or of another program.
    Draft(&'static str),
    /// An address, where a name should stand.
    Address,
    /// A date.
    Date,
    /// Digits alone.
    Number,
    /// A word that points to a link: こちら.
    Pointer,
}

/// What is wrong with a name.
#[must_use]
pub fn in_name(name: &str) -> Option<Unfinished> {
    let value = || {
        if Address::is_place(name) {
            return None;
        }
        match Address::parse(name, &Locality::of("")) {
            Err(AddressError::Date) => Some(Unfinished::Date),
            Err(AddressError::Number) => Some(Unfinished::Number),
            Err(AddressError::Link) => Some(Unfinished::Pointer),
            Err(_) | Ok(_) => None,
        }
    };
    in_address(name).or_else(|| is_address(name).then_some(Unfinished::Address)).or_else(value)
}

/// What is wrong with an address, but for its form.
#[must_use]
pub fn in_address(address: &str) -> Option<Unfinished> {
    let words = words_of_draft(address).map(Unfinished::Draft);
    words.or_else(|| POINTERS.contains(&address).then_some(Unfinished::Pointer))
}

/// Words behind which a page on the web has a link.
const POINTERS: &[&str] = &[
    "こちら",
    "こちらへ",
    "コチラ",
    "ここ",
    "詳細",
    "詳細はこちら",
    "詳しくはこちら",
    "リンク",
    "地図",
    "地図はこちら",
    "HP",
    "ＨＰ",
];

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

/// All of these words at once, in any case.
static DRAFT: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = [NOTES, PLACEHOLDERS, MARKUP].into_iter().flatten();
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
});

/// The words of a name or an address that nobody means to print.
fn words_of_draft(text: &str) -> Option<&'static str> {
    let folded = width::fold(text);
    // nearly all cells hold none of these signs
    let holds = |text: &str| DRAFT.as_ref().is_none_or(|draft| draft.is_match(text));
    let is_question = folded.trim_end().ends_with('?');
    let is_other = matches!(folded, Cow::Owned(_));
    let is_draft = holds(&folded) || (is_other && holds(text));
    if !is_question && !is_draft {
        return None;
    }
    let lower = folded.to_lowercase();
    let known = [NOTES, PLACEHOLDERS, MARKUP].into_iter().flatten();
    let folds_to = |word: &&&str| lower.contains(**word) || text.contains(**word);
    known.copied().find(|word| folds_to(&word)).or(is_question.then_some("?"))
}

/// Whether a name is the address of a place: it ends with numbers as addresses do (西区中央1-5).
fn is_address(name: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let place = name.trim().trim_end_matches(|c| is_digit(c) || width::is_dash(c));
    let number = &name.trim()[place.len()..];
    let (first, last) = (number.chars().next(), number.chars().next_back());
    let is_pair = [first, last].into_iter().flatten().all(is_digit) && number.chars().any(width::is_dash);
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
            ("みなと館？？", "??"),
            ("みなと館（ＴＢＤ）", "tbd"),
            ("みなと＆ＡＭＰ；うみ", "&amp;"),
            ("ｶﾞｰﾃﾞﾝ館　⇒", "⇒"),
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
        for (name, what) in [
            ("2026-04-05", Some(Unfinished::Date)),
            ("5月10日", Some(Unfinished::Date)),
            ("12", Some(Unfinished::Number)),
            ("https://example.jp/", Some(Unfinished::Pointer)),
            ("こちら", Some(Unfinished::Pointer)),
            ("西区中央1-5", Some(Unfinished::Address)),
            ("2027", Some(Unfinished::Number)),
            ("1号館", None),
            ("0歳児の部屋", None),
        ] {
            assert_eq!(in_name(name), what, "{name}");
        }
        for name in ["中区1丁目会館", "市民館", "見本町3", "A-1", "みなと町 045"] {
            assert!(!is_address(name), "{name}");
        }
    }
}
