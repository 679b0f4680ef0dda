//! Tells several values in one cell from a sentence, a name, a date.
//!
//! In: the words of a cell. Out: whether they are more than one value.

use super::{number_words, time_words};
use crate::model::width;

/// Characters of one value in a list of words.
const SHORT: usize = 15;
/// What stands in sentences and names, and in no list of values.
const SENTENCE: &[&str] = &["および", "及び", "または", "又は", "に関する", "など", "する", "を"];
/// Words around numbers that count or name a place in something, and part no values.
const COUNTERS: &str = "年月日時分秒度丁目番号地条項回期次区市町村階室第";
/// Letters of days of the week.
const DAYS: &str = "月火水木金土日祝";

/// Whether a cell holds several values: lines, a list of words, days, numbers, places or phones, a number with another in
/// brackets, behind a stroke or up to another.
#[must_use]
pub fn holds_several(text: &str) -> bool {
    let text = text.trim();
    if text.contains('。') || text.contains("://") {
        return false;
    }
    text.lines().filter(|line| !line.trim().is_empty()).count() > 1
        || is_list(text)
        || is_list_of_a_kind(text)
        || is_pair_of_numbers(text)
        || is_counted_words(text)
}

/// 月、水、金
fn is_list(text: &str) -> bool {
    if text.contains(['（', '(']) || SENTENCE.iter().any(|word| text.contains(word)) {
        return false;
    }
    let marks = ['、', '，', ';', '；', '／', ','];
    let parts: Vec<&str> = text.split(marks).map(str::trim).collect();
    let is_short = |part: &&str| (1..=SHORT).contains(&part.chars().count());
    // commas between thousands part nothing
    parts.len() > 1 && parts.iter().all(is_short) && number_words::mixed(text) == number_words::Mixed::Other
}

/// Days, places, phones or numbers one behind the other, however they are parted.
fn is_list_of_a_kind(text: &str) -> bool {
    let folded = width::fold(text);
    let marks = |c: char| matches!(c, '・' | '、' | ',' | '/' | '&') || c.is_whitespace();
    let parts: Vec<&str> = folded.split(marks).filter(|part| !part.is_empty()).collect();
    let is_day = |part: &str| {
        let stem = part.trim_end_matches("日").trim_end_matches('曜');
        let stem = if stem.is_empty() { part } else { stem };
        stem.chars().count() == 1 && stem.chars().all(|c| DAYS.contains(c))
    };
    let is_place = |part: &str| {
        part.chars().count() > 1 && part.ends_with(['都', '道', '府', '県', '市', '区', '町', '村'])
    };
    let is_phone = |part: &str| {
        part.starts_with('0')
            && part.chars().all(|c| c.is_ascii_digit() || c == '-')
            && part.bytes().filter(u8::is_ascii_digit).count() >= 10
    };
    let kinds: [&dyn Fn(&str) -> bool; 4] =
        [&is_day, &is_place, &is_phone, &|part| number_words::is_number(part)];
    // commas between thousands part nothing
    parts.len() > 1
        && !time_words::is_time(text)
        && number_words::mixed(text) == number_words::Mixed::Other
        && kinds.iter().any(|is_kind| parts.iter().all(|part| is_kind(part)))
}

/// 10/20, 10～20, 12（5）, 12（うち男5）
fn is_pair_of_numbers(text: &str) -> bool {
    let is_number = |part: &str| number_words::mixed(part.trim()) != number_words::Mixed::Other;
    let pair =
        text.split_once(['/', '～', '〜']).is_some_and(|(one, other)| is_number(one) && is_number(other));
    let bracket = text.split_once(['(', '（']).filter(|(_, rest)| rest.ends_with([')', '）']));
    let inner = bracket.is_some_and(|(one, other)| {
        let other = other.trim_end_matches([')', '）']);
        is_number(one) && is_number(other.trim_start_matches(|c: char| !c.is_numeric()))
    });
    (pair && !time_words::is_time(text)) || inner
}

/// 男5女3: words with a number behind each.
fn is_counted_words(text: &str) -> bool {
    let folded = width::fold(text);
    let mut rest = &*folded;
    let mut pairs = 0;
    while !rest.is_empty() {
        let word = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (name, behind) = rest.split_at(word);
        let end = behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(behind.len());
        let name = name.trim_matches(|c: char| c.is_whitespace() || "、・:,".contains(c));
        let is_word = (1..=3).contains(&name.chars().count())
            && name.chars().all(|c| c.is_alphabetic() && !c.is_ascii() && !COUNTERS.contains(c));
        if !is_word || end == 0 {
            return false;
        }
        pairs += 1;
        rest = &behind[end..];
    }
    pairs > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_values_are_told_from_sentences() {
        for text in [
            "月、水、金",
            "月・水・金",
            "火曜・木曜",
            "りんご；みかん",
            "りんご,みかん",
            "西区・南区",
            "東京都 神奈川県",
            "12（5）",
            "12（うち男5）",
            "90m2（27坪）",
            "10/20",
            "10～20",
            "10 20",
            "045-1\n045-2",
            "045-671-1111 045-671-2222",
            "男5女3",
        ] {
            assert!(holds_several(text), "{text:?}");
        }
        for text in [
            "2026/4/1",
            "はい、そうです。",
            "西区見本町1-2",
            "10",
            "1,234",
            "見本センター（西口）",
            "1/2/3見本",
            "ジョン・スミス",
            "市民・協働課",
            "企画、調整および連絡に関する事務",
            "9:00-17:00",
            "https://a.jp/x,y",
            "昭和5年3月",
            "第1第2",
            "日曜日",
        ] {
            assert!(!holds_several(text), "{text:?}");
        }
    }
}
