//! Numbers, dates and numbers of addresses, which stay whole: figures with their unit, an era or a month before them.
//!
//! In: the characters of a text. Out: the places inside of such numbers.

use super::super::jlreq::{is_ideograph, is_japanese};

/// Units of more than one character; of others one character is the unit.
const UNITS: [&str; 27] = [
    "キロメートル",
    "センチメートル",
    "ミリメートル",
    "キログラム",
    "パーセント",
    "メートル",
    "リットル",
    "ページ",
    "グラム",
    "ポイント",
    "世帯",
    "団体",
    "時間",
    "年度",
    "年間",
    "年代",
    "年生",
    "週間",
    "日間",
    "分間",
    "秒間",
    "番地",
    "丁目",
    "種類",
    "歳児",
    "人目",
    "回目",
];
/// What large numbers are written with.
const LARGE: [char; 4] = ['千', '万', '億', '兆'];
/// The first letter of か所, か月, か国.
const COUNTED: [char; 6] = ['か', 'カ', 'ヵ', 'ヶ', 'ケ', '箇'];
/// What stands before figures and is one with them.
const BEFORE: [&str; 17] = [
    "番地", "平成", "令和", "昭和", "大正", "明治", "午前", "午後", "年", "月", "日", "時", "目", "番", "号",
    "第", "約",
];
/// The same after other figures: 3丁目20番地5, 2万5千.
const BETWEEN: [&str; 5] = ["万", "億", "千", "兆", "分"];

/// Whether each place, of n characters the n + 1 from before the first one, is inside of a number.
pub(super) fn inside(characters: &[char]) -> Vec<bool> {
    let mut inside = vec![false; characters.len() + 1];
    let mut start = 0;
    while start < characters.len() {
        if !characters[start].is_ascii_digit() {
            start += 1;
            continue;
        }
        let end = end_of_figures(characters, start);
        inside[start + 1..end].fill(true);
        let unit = end + unit(&characters[end..]);
        inside[end..unit].fill(true);
        let before = before(&characters[..start]);
        inside[start + 1 - before..=start].fill(before > 0);
        start = end;
    }
    inside
}

/// Where figures end that begin at `start`: 1,200 and 3.5 are one number.
fn end_of_figures(characters: &[char], start: usize) -> usize {
    let is_digit = |at: usize| characters.get(at).is_some_and(char::is_ascii_digit);
    let is_inner = |at: usize| matches!(characters.get(at), Some(',' | '.')) && is_digit(at + 1);
    (start..=characters.len()).find(|at| !is_digit(*at) && !is_inner(*at)).unwrap_or(start)
}

/// How many characters at the beginning of `rest`, which follows figures, are their unit.
fn unit(rest: &[char]) -> usize {
    let large = rest.iter().take_while(|c| LARGE.contains(c)).count();
    let rest = &rest[large..];
    let is_word = |unit: &&&str| rest.iter().copied().take(unit.chars().count()).eq(unit.chars());
    let unit = match rest {
        [first, second, ..] if COUNTED.contains(first) && is_ideograph(*second) => 2,
        [first, ..] => match UNITS.iter().find(is_word) {
            Some(unit) => unit.chars().count(),
            // behind 万 stands a unit or the next word
            None if large > 0 => usize::from(is_ideograph(*first)),
            None => usize::from(is_japanese(*first)),
        },
        [] => 0,
    };
    large + unit
}

/// How many characters at the end of `rest`, which figures follow, are one with these.
fn before(rest: &[char]) -> usize {
    let ends_with = |word: &&&str| {
        let length = word.chars().count();
        rest.len() >= length && rest[rest.len() - length..].iter().copied().eq(word.chars())
    };
    let follows_figures = || rest.iter().rev().nth(1).is_some_and(char::is_ascii_digit);
    let found = BEFORE
        .iter()
        .find(ends_with)
        .or_else(|| BETWEEN.iter().find(ends_with).filter(|_| follows_figures()));
    found.map_or(0, |word| word.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with `-` at each place inside of a number.
    fn joined(text: &str) -> String {
        let characters: Vec<char> = text.chars().collect();
        let inside = inside(&characters);
        let letters = characters.iter().enumerate();
        letters.flat_map(|(at, c)| inside[at].then_some('-').into_iter().chain([*c])).collect()
    }

    #[test]
    fn numbers_are_whole_with_their_units() {
        assert_eq!(joined("352か所と1,200世帯の3人"), "3-5-2-か-所と1-,-2-0-0-世-帯の3-人");
        assert_eq!(joined("2万5千人、83ページ"), "2-万-5-千-人、8-3-ペ-ー-ジ");
        assert_eq!(joined("3年度中、6時間半"), "3-年-度中、6-時-間半");
    }

    #[test]
    fn dates_and_addresses_are_whole() {
        assert_eq!(joined("平成25年3月に"), "平-成-2-5-年-3-月に");
        assert_eq!(joined("中央3丁目20番地5"), "中央3-丁-目-2-0-番-地-5");
        assert_eq!(joined("約10分、第2章"), "約-1-0-分、第-2-章");
        assert_eq!(joined("土地5つ"), "土地5-つ");
    }
}
