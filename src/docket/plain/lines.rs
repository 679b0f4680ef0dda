//! Breaks text into lines of a width, as Japanese is broken: anywhere, but not within a word of Latin letters, not before
//! 、。」 and their like, not after 「（.
//!
//! In: a text and the widths of its stretches. Out: lines. Nothing is lost but spaces at breaks; what has no place to break
//! is broken where the line is full. (genpdf drops a text without spaces that is longer than a line.)

/// What may not begin a line (JIS X 4051: closing brackets, points, small kana, the long sign, repetition marks).
const NOT_FIRST: &str = "、。，．・：；？！‐–—゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】,.:;?!)]}%％‰℃°′″…‥\
                         ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ";
/// What may not end a line: opening brackets, signs before a number.
const NOT_LAST: &str = "‘“（〔［｛〈《「『【([{¥￥$＄£＃#№";

/// The lines of `text`, none wider than `width`, except that a single character wider than that stands alone.
pub(super) fn broken(text: &str, width: f64, measure: impl Fn(&str) -> f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let line = &rest[..first(rest, width, &measure)];
        rest = rest[line.len()..].trim_start();
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// How many bytes of `text` go on its first line.
fn first(text: &str, width: f64, measure: impl Fn(&str) -> f64) -> usize {
    let characters: Vec<(usize, char)> = text.char_indices().collect();
    let mut good = None;
    let mut full = None;
    for pair in characters.windows(2) {
        let [(_, before), (at, after)] = [pair[0], pair[1]];
        if measure(text[..at].trim_end()) > width {
            break;
        }
        full = Some(at);
        if may_break(before, after) {
            good = Some(at);
        }
    }
    if measure(text) <= width {
        return text.len();
    }
    good.or(full).or_else(|| characters.get(1).map(|(at, _)| *at)).unwrap_or(text.len())
}

fn may_break(before: char, after: char) -> bool {
    if after.is_whitespace() {
        return false;
    }
    if before.is_whitespace() {
        return true;
    }
    let word = |c: char| c.is_ascii_graphic() || (c.is_alphabetic() && c.len_utf8() < 3);
    // an address on the web may go on after its slashes, a name after its hyphens
    let within = word(before) && word(after) && !matches!(before, '/' | '-' | '_');
    !(within || NOT_FIRST.contains(after) || NOT_LAST.contains(before))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A wide character is 2, any other 1.
    fn measure(text: &str) -> f64 {
        text.chars().map(|c| if c.len_utf8() > 2 { 2.0 } else { 1.0 }).sum()
    }

    #[test]
    fn japanese_breaks_anywhere_but_not_before_a_point() {
        assert_eq!(broken("あいうえおかき", 6.0, measure), ["あいう", "えおか", "き"]);
        assert_eq!(broken("あいう。えお", 6.0, measure), ["あい", "う。え", "お"]);
        assert_eq!(broken("あい「うえ」", 6.0, measure), ["あい", "「う", "え」"]);
    }

    #[test]
    fn words_stay_whole_if_they_can() {
        assert_eq!(broken("PDF/X-4 and more", 8.0, measure), ["PDF/X-4", "and more"]);
        assert_eq!(broken("abcdefghij", 4.0, measure), ["abcd", "efgh", "ij"]);
        assert_eq!(broken("納品は a@example.jp へ", 14.0, measure), ["納品は", "a@example.jp", "へ"]);
    }

    #[test]
    fn nothing_is_lost_and_nothing_is_too_wide() {
        let text = "横浜市内の18区の「連絡先シート」（A4、両面）を、各5,000部。納品：みなと印刷 https://example.jp/a/b へ。";
        for width in 2..60 {
            let lines = broken(text, f64::from(width), measure);
            let squeezed = |text: &str| text.replace(' ', "");
            assert_eq!(squeezed(&lines.concat()), squeezed(text), "{width}");
            assert!(lines.iter().all(|line| measure(line) <= f64::from(width)), "{width}: {lines:?}");
        }
        assert!(broken("", 10.0, measure).is_empty());
        assert_eq!(broken("あ", 1.0, measure), ["あ"]);
    }
}
