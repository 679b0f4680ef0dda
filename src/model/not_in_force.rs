//! Tells titles above rows that are not in force, or not yet: 廃止, 休止, 旧, 開設予定, 庁内限り.
//!
//! In: the words of a row with hardly any. Out: whether it is such a title. What stands below one is nobody's to print
//! unless somebody says so.

use super::width;

/// Words that say so wherever they stand in a title.
const WORDS: &[&str] = &[
    "廃止",
    "休止",
    "閉鎖",
    "閉所",
    "閉館",
    "閉園",
    "廃館",
    "廃校",
    "廃園",
    "終了",
    "移転前",
    "移転済",
    "統合済",
    "統廃合",
    "削除",
    "除外",
    "対象外",
    "掲載しない",
    "載せない",
    "非掲載",
    "未掲載",
    "不掲載",
    "非公開",
    "庁内限り",
    "庁内用",
    "内部用",
    "部外秘",
    "開設予定",
    "開所予定",
    "開館予定",
    "開設前",
    "未開設",
    "準備中",
    "作業用",
    "下書き",
];
/// Words that say so as the whole of a title.
const WHOLE: &[&str] = &["旧", "過去", "以前", "予定", "保留", "参考", "案", "過去分", "旧分", "以前のもの"];
/// Ends of titles that begin with 旧, 過去の or 以前の.
const LISTS: &[&str] = &["一覧", "名簿", "窓口", "施設", "リスト", "表", "データ", "分", "年度", "区分"];
/// Words of a note that is the title of what stands below it.
const BELOW: &[&str] = &["以下", "下の", "下記", "ここから", "これより下"];

/// Whether words are such a title.
#[must_use]
pub fn is_title(words: &str) -> bool {
    let folded = width::fold(words);
    let plain: String = folded.chars().filter(|c| c.is_alphanumeric() || *c == '(' || *c == ')').collect();
    let core: String = plain.chars().filter(|c| c.is_alphanumeric()).collect();
    let is_old = ["旧", "過去", "以前"].iter().any(|old| core.starts_with(old))
        && LISTS.iter().any(|end| core.ends_with(end));
    WORDS.iter().any(|word| core.contains(word))
        || WHOLE.contains(&core.as_str())
        || is_old
        || plain.contains("(旧)")
}

/// Whether a note says that what stands below it is not in force.
#[must_use]
pub fn is_note_above(words: &str) -> bool {
    is_title(words) && BELOW.iter().any(|word| words.contains(word))
}

/// What cells say of a record that is not in force, days left out.
const STATES: &[&str] = &[
    "廃",
    "休",
    "閉",
    "廃止",
    "廃止済",
    "廃止済み",
    "廃止予定",
    "休止",
    "休止中",
    "閉鎖",
    "閉鎖中",
    "閉鎖済",
    "閉所",
    "閉館",
    "閉園",
    "廃館",
    "廃校",
    "廃園",
    "移転済",
    "移転済み",
    "統合済",
    "統合済み",
    "終了",
    "終了済",
    "削除",
    "旧",
    "対象外",
    "掲載対象外",
    "掲載しない",
    "載せない",
    "掲載不可",
    "非掲載",
    "未掲載",
    "非公開",
    "庁内限り",
    "開設予定",
    "開設前",
    "未開設",
];
/// Letters of days before such a word.
const DAYS: &str = "年月日末付令和平成RHrh.";
/// Names of columns that say whether a record is for print, and the cells that say that it is not.
const MAY: &[&str] = &["掲載", "公開", "公表"];
const NOT: &[&str] =
    &["×", "✕", "✖", "x", "否", "不可", "無", "なし", "しない", "0", "いいえ", "非", "no", "false"];

/// Names of columns that hold when a record ended, by what they contain and how they end.
const ENDED: &[&str] = &["廃止", "閉鎖", "休止"];
const WHEN: &[&str] = &["日", "年月", "年度", "時期", "区分", "済", "廃止", "閉鎖", "休止"];
/// Brackets around a state in a name.
const BRACKETS: &[(char, char)] =
    &[('【', '】'), ('（', '）'), ('(', ')'), ('［', '］'), ('[', ']'), ('＜', '＞')];

/// The state that a name has in brackets before or behind it (【廃止】, （休止中））.
#[must_use]
pub fn state_of_name(name: &str) -> Option<&str> {
    let name = name.trim();
    BRACKETS.iter().find_map(|(open, close)| {
        let before =
            name.strip_prefix(*open).and_then(|rest| rest.split_once(*close)).map(|(inner, _)| inner);
        let behind =
            name.strip_suffix(*close).and_then(|rest| rest.rsplit_once(*open)).map(|(_, inner)| inner);
        [before, behind].into_iter().flatten().find(|inner| is_state("", inner))
    })
}

/// Whether a cell under `header` says that its record is not in force, or not to be printed.
#[must_use]
pub fn is_state(header: &str, words: &str) -> bool {
    let folded = width::fold(words.trim()).to_lowercase();
    let plain: String = folded.chars().filter(|c| !c.is_whitespace() && !"()【】".contains(*c)).collect();
    let state = plain.trim_start_matches(|c: char| c.is_ascii_digit() || DAYS.contains(c));
    let has_end =
        ENDED.iter().any(|word| header.contains(word)) && WHEN.iter().any(|end| header.ends_with(end));
    let is_filled = plain.chars().any(char::is_alphanumeric) && plain != "未定";
    (has_end && is_filled && !NOT.contains(&plain.as_str()))
        || STATES.contains(&state)
        || (MAY.iter().any(|word| header.contains(word)) && NOT.contains(&plain.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_what_is_not_in_force() {
        for words in [
            "【廃止】",
            "休止中の窓口",
            "令和7年度で廃止した窓口",
            "■ 旧",
            "（旧）",
            "旧窓口一覧",
            "窓口一覧（旧）",
            "庁内限り",
            "開設予定",
            "非公開（庁内用）",
        ] {
            assert!(is_title(words), "{words}");
        }
        for words in ["【北部】", "旧横浜市庁舎", "西区", "その他の窓口", "新規窓口", "予定表"]
        {
            assert!(!is_title(words), "{words}");
        }
        assert_eq!(state_of_name("【廃止】にし相談室"), Some("廃止"));
        assert_eq!(state_of_name("にし相談室（R8.3休止）"), Some("R8.3休止"));
        assert_eq!(state_of_name("にし相談室（旧区役所内）"), None);
        assert!(is_note_above("※以下は廃止した窓口です") && !is_note_above("※廃止した窓口は除きます"));
        for (header, words) in [
            ("廃止年月日", "R7.3.31"),
            ("使用区分", "廃"),
            ("備考", "廃止"),
            ("備考", "R7.3廃止"),
            ("状態", "（休止中）"),
            ("掲載", "×"),
            ("公開可否", "否"),
        ] {
            assert!(is_state(header, words), "{header} {words}");
        }
        for (header, words) in [
            ("廃止年月日", "－"),
            ("休止日", "なし"),
            ("備考", "廃止された制度の相談も受けます"),
            ("備考", "×"),
            ("備考", "土日休止"),
            ("備考", ""),
        ] {
            assert!(!is_state(header, words), "{header} {words}");
        }
    }
}
