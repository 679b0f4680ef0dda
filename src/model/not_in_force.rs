//! Tells titles above rows, and cells beside records, that say that something is not in force, or not yet: 廃止, 休止, 旧,
//! 開設予定, 庁内限り.
//!
//! In: the words of a row with hardly any, or a cell under its header. Out: whether they say so. What stands below such a
//! title, and a record with such a cell, is nobody's to print unless somebody says so.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::width;

/// Words for what has ended or pauses.
const ENDED: &[&str] = &[
    "廃止",
    "休止",
    "閉鎖",
    "閉所",
    "閉館",
    "閉園",
    "閉校",
    "閉室",
    "廃館",
    "廃校",
    "廃園",
    "終了",
    "統廃合",
    "削除",
    "除外",
    "解散",
    "休会",
];
/// Words of the same kind that also stand in the titles of what is in force (休館日の一覧).
const PAUSED: &[&str] = &["休館", "休園", "休校", "休室", "休業", "廃業", "閉店", "統合", "欠番"];
/// Words for what is not printed, or not yet there.
const UNPRINTED: &[&str] = &[
    "移転前",
    "移転済",
    "対象外",
    "掲載しない",
    "掲載不可",
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
    ENDED.iter().chain(UNPRINTED).any(|word| core.contains(word))
        || WHOLE.contains(&core.as_str())
        || is_old
        || plain.contains("(旧)")
}

/// Whether a note says that what stands below it is not in force.
#[must_use]
pub fn is_note_above(words: &str) -> bool {
    is_title(words) && BELOW.iter().any(|word| words.contains(word))
}

/// Single letters that stand for such words in a cell of their own.
const LETTERS: &[&str] = &["廃", "休", "閉", "旧"];
/// Letters of days, months and years.
const DAYS: &str = "年月日末付度頃中元.-/";
/// What stands between such a day and what happened on it.
const PARTICLES: &[&str] = &["をもって", "限りで", "けで", "より", "から", "まで", "で", "に"];
/// What may be said to end.
const SUBJECTS: &[&str] = &[
    "業務",
    "営業",
    "事業",
    "運営",
    "活動",
    "利用",
    "使用",
    "サービス",
    "開設",
    "施設",
    "窓口",
    "相談",
    "現在",
    "本年度",
];
/// Ends of sentences, the longer before those that they end with.
const TAILS: &[&str] = &[
    "いたしました",
    "致しました",
    "となりました",
    "になりました",
    "されました",
    "しました",
    "となっております",
    "となっています",
    "しております",
    "しています",
    "する予定",
    "された",
    "した",
    "します",
    "する",
    "済み",
    "済",
    "中",
    "予定",
    "です",
    "とのこと",
];
/// Verbs in what is said of a number that nobody answers any more.
const USED: &[&str] =
    &["使われて", "使用されて", "使用して", "利用されて", "運用されて", "運用して", "存在し"];

/// Names of columns that say whether a record is for print or in use, and the cells that say that it is not.
const MAY: &[&str] = &["掲載", "公開", "公表"];
const NOT: &[&str] =
    &["×", "✕", "✖", "x", "否", "不可", "無", "なし", "しない", "0", "いいえ", "非", "no", "false"];
const STATUS: &[&str] = &["状態", "状況", "現況", "ステータス", "運営", "稼働", "有効"];
const OFF: &[&str] = &["×", "✕", "✖", "x", "停止", "無効", "非活動"];

/// Names of columns that hold when a record ended, by what they contain and how they end.
const ENDS: &[&str] = &["廃止", "閉鎖", "休止"];
const WHEN: &[&str] = &["日", "年月", "年度", "時期", "区分", "済", "廃止", "閉鎖", "休止"];
/// Names of columns of days and hours, by what they contain: a day off is no end.
const HOURS: &[&str] =
    &["休日", "休館日", "休業日", "休診日", "定休", "時間", "曜", "受付", "営業日", "開館日", "開所日"];
/// Days of the week as the names of columns.
const WEEK: &[&str] = &["月", "火", "水", "木", "金", "土", "日", "祝", "祝日", "平日", "土日", "土日祝"];
/// Blanks that people set within a word to stretch it (廃　止).
const BLANKS: [char; 3] = [' ', '\t', '\u{3000}'];
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
        [before, behind].into_iter().flatten().find(|inner| StateColumn::of("").tells(inner))
    })
}

/// What a column may say of the state of its records, told from its header once.
#[derive(Debug, Clone, Copy)]
pub struct StateColumn {
    /// It says when something ends.
    has_end: bool,
    /// Words that say so as a whole cell: of a column on whether records may be printed, and of one on whether they are in force.
    words: [&'static [&'static str]; 2],
    /// It says when something is open: that it is closed then is no end.
    is_of_hours: bool,
}

impl StateColumn {
    /// The column under `header`.
    #[must_use]
    pub fn of(header: &str) -> Self {
        let holds = |words: &[&str]| words.iter().any(|word| header.contains(word));
        Self {
            has_end: holds(ENDS) && WHEN.iter().any(|end| header.ends_with(end)),
            words: [if holds(MAY) { NOT } else { &[] }, if holds(STATUS) { OFF } else { &[] }],
            is_of_hours: holds(HOURS) || WEEK.contains(&header.trim()),
        }
    }

    /// Whether a cell says that its record is not in force, or not to be printed.
    #[must_use]
    pub fn tells(self, words: &str) -> bool {
        let is_of_words = self.has_end || self.words.iter().any(|words| !words.is_empty());
        // nearly all cells hold no word of an end
        if !is_of_words && (self.is_of_hours || !holds_end(words)) {
            return false;
        }
        let folded = width::fold(words.trim()).to_lowercase();
        let plain: String = folded.chars().filter(|c| !BLANKS.contains(c)).collect();
        let is_filled = plain.chars().any(char::is_alphanumeric) && plain != "未定";
        if self.has_end && is_filled && !NOT.contains(&plain.as_str()) {
            return true;
        }
        if self.words.iter().any(|words| words.contains(&plain.as_str())) {
            return true;
        }
        // a comma goes on with a list of days as well as with a sentence: 年末年始、休業
        let sentences = plain.split(['。', ';', '\n', '(', ')', '【', '】', '[', ']']);
        let mut clauses = sentences.filter_map(|sentence| sentence.split(['、', ',']).next());
        !self.is_of_hours && clauses.any(says_ended)
    }
}

/// One of the words without which no clause says that something has ended: neither width nor case is in them.
static END: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = [ENDED, PAUSED, UNPRINTED, LETTERS, USED, &["統合"]];
    AhoCorasick::new(words.into_iter().flatten()).ok()
});

/// Whether such a word stands in a cell, with blanks within it or without.
fn holds_end(words: &str) -> bool {
    let Some(end) = END.as_ref() else { return true };
    let plain = match words.contains(BLANKS) {
        true => Cow::Owned(words.replace(BLANKS, "")),
        false => Cow::Borrowed(words),
    };
    end.is_match(plain.as_bytes())
}

/// Whether a clause says that something has ended: a day, what ended, and the verb, the last alone if need be.
fn says_ended(clause: &str) -> bool {
    let said = without_day(without_subject(clause));
    if USED.iter().any(|verb| said.starts_with(verb)) && said.ends_with(['ん', 'い']) {
        return true;
    }
    let said = without_subject(said);
    if LETTERS.contains(&said) {
        return true;
    }
    let mut core = said;
    let is_known = |core: &str| {
        [ENDED, PAUSED, UNPRINTED].iter().any(|words| words.contains(&core))
            || core.ends_with("へ統合")
            || core.ends_with("に統合")
    };
    while !is_known(core) {
        let Some(shorter) = TAILS.iter().find_map(|tail| core.strip_suffix(tail)) else { return false };
        core = shorter;
    }
    true
}

/// A clause without the day at its beginning (R7.3月末で, 令和8年3月をもって).
fn without_day(clause: &str) -> &str {
    let era = ["令和", "平成", "r", "h"].iter().find_map(|era| clause.strip_prefix(era));
    let day = era.unwrap_or(clause);
    if !day.starts_with(|c: char| c.is_ascii_digit() || c == '元') {
        return clause;
    }
    let rest = day.trim_start_matches(|c: char| c.is_ascii_digit() || DAYS.contains(c));
    PARTICLES.iter().find_map(|particle| rest.strip_prefix(particle)).unwrap_or(rest)
}

/// A clause without what ends by it (活動を, 現在は).
fn without_subject(clause: &str) -> &str {
    let rest = SUBJECTS.iter().find_map(|subject| clause.strip_prefix(subject)).unwrap_or(clause);
    if rest.len() == clause.len() {
        clause
    } else {
        rest.trim_start_matches(['は', 'が', 'を', 'の', 'も'])
    }
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
            ("備考", "廃　止"),
            ("備考", "ｻｰﾋﾞｽ 終 了"),
            ("備考", "R7.3廃止"),
            ("状態", "（休止中）"),
            ("掲載", "×"),
            ("公開可否", "否"),
            ("備考", "閉鎖しました"),
            ("備考", "R7.3月末で終了"),
            ("備考", "令和8年3月をもって閉所"),
            ("備考", "2026/3/31廃止"),
            ("備考", "中相談室へ統合"),
            ("備考", "R7.4に中相談室に統合されました"),
            ("備考", "現在使われておりません"),
            ("備考", "現在は使用していない"),
            ("備考", "休会"),
            ("備考", "休校中"),
            ("備考", "活動休止中"),
            ("備考", "業務を終了いたしました。"),
            ("備考", "休止中（R9.4再開予定）"),
            ("備考", "廃止、後継は中相談室"),
            ("備考", "R7.4 廃止"),
            ("状態", "×"),
            ("運営状況", "停止"),
        ] {
            assert!(StateColumn::of(header).tells(words), "{header} {words}");
        }
        for (header, words) in [
            ("廃止年月日", "－"),
            ("休止日", "なし"),
            ("備考", "廃止された制度の相談も受けます"),
            ("備考", "×"),
            ("備考", "土日休止"),
            ("備考", "定休日は月曜"),
            ("備考", "日休館"),
            ("備考", "年末年始休業"),
            ("備考", "年末年始、休業"),
            ("備考", "休館日あり"),
            ("備考", "廃止予定なし"),
            ("備考", "受付は17時で終了"),
            ("備考", "受付終了は17時"),
            ("備考", "車いすは利用できません"),
            ("備考", "移転しました"),
            ("備考", "2階"),
            ("月", "休"),
            ("休館日", "休館"),
            ("開所時間", "休"),
            ("状況", "なし"),
            ("備考", ""),
        ] {
            assert!(!StateColumn::of(header).tells(words), "{header} {words}");
        }
    }
}
