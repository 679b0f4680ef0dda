//! Marks of the text where no text is read: in a title, an attribute, a value of the manifest they would be printed as they
//! stand.
//!
//! In: such a value. Out: the first stretch of it that a writer meant as markup.

use std::ops::Range;

/// Tags of HTML that people write into titles.
const TAGS: &[&str] = &[
    "a", "b", "big", "br", "center", "div", "em", "font", "i", "img", "p", "rb", "rp", "rt", "ruby", "s",
    "small", "span", "strong", "sub", "sup", "u",
];

/// Marks that stand before and behind words.
const PAIRS: &[(&str, &str)] = &[("**", "**"), ("__", "__"), ("~~", "~~"), ("`", "`")];

/// The bytes of the first markup in `words`: `**strong**`, `{漢字|かんじ}`, `[words](address)`, `` `code` ``, a tag.
#[must_use]
pub fn find(words: &str) -> Option<Range<usize>> {
    let found = [pair(words), ruby(words), link(words), tag(words)];
    found.into_iter().flatten().min_by_key(|range| range.start)
}

fn pair(words: &str) -> Option<Range<usize>> {
    let of = |(open, close): &(&str, &str)| {
        let start = words.find(open)?;
        let inner = &words[start + open.len()..];
        let end = inner.find(close)?;
        let body = &inner[..end];
        let is_marked =
            !body.trim().is_empty() && body.trim() == body && !body.starts_with(['*', '_', '~', '`']);
        is_marked.then(|| start..start + open.len() + end + close.len())
    };
    PAIRS.iter().filter_map(of).min_by_key(|range| range.start)
}

fn ruby(words: &str) -> Option<Range<usize>> {
    words.match_indices('{').find_map(|(start, _)| {
        let inner = &words[start + 1..];
        let body = &inner[..inner.find(['{', '}']).filter(|end| inner[*end..].starts_with('}'))?];
        let (base, reading) = body.split_once('|')?;
        (!base.is_empty() && !reading.is_empty()).then(|| start..start + body.len() + 2)
    })
}

fn link(words: &str) -> Option<Range<usize>> {
    words.match_indices("](").find_map(|(at, _)| {
        let start = words[..at].rfind('[')?;
        let target = &words[at + 2..];
        let target = &target[..target.find(')')?];
        let is_target = !target.is_empty() && !target.contains(char::is_whitespace);
        (is_target && start + 1 < at).then(|| start..at + 2 + target.len() + 1)
    })
}

fn tag(words: &str) -> Option<Range<usize>> {
    words.match_indices('<').find_map(|(start, _)| {
        let inner = &words[start + 1..];
        let inner = &inner[..inner.find(['<', '>']).filter(|end| inner[*end..].starts_with('>'))?];
        let words = inner.trim_start_matches('/');
        let name = words.split([' ', '/']).next().unwrap_or_default().to_ascii_lowercase();
        TAGS.contains(&name.as_str()).then(|| start..start + inner.len() + 2)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_meant_as_markup_is_found() {
        for (words, found) in [
            ("はじめの**重要**なこと", "**重要**"),
            ("{協働|きょうどう}入門", "{協働|きょうどう}"),
            ("[市](https://a.jp/)の", "[市](https://a.jp/)"),
            ("一行目<br>二行目", "<br>"),
            ("<BR />", "<BR />"),
            ("a `b` c", "`b`"),
            ("~~旧~~新", "~~旧~~"),
        ] {
            assert_eq!(find(words).map(|range| &words[range]), Some(found), "{words}");
        }
    }

    #[test]
    fn signs_that_are_none_are_left_alone() {
        for words in [
            "協働入門",
            "2 ** 3",
            "****",
            "{number}-{part}",
            "{|}",
            "A[1](a b)",
            "a <b c",
            "<foo>",
            "※1 * 2 *",
            "5 < 6 > 4",
            "a@b <a@example.jp>",
            "__",
            "[x]()",
        ] {
            assert_eq!(find(words), None, "{words}");
        }
    }
}
