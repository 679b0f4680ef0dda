//! Full-width and half-width forms: digits, Latin letters, spaces and the many dashes that mean one.
//!
//! In: text as written in a cell. Out: text with one form of each. Never used on names of people or offices.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Characters that people type where a hyphen is meant (between digits).
const DASHES: &[char] =
    &['-', '‐', '‑', '‒', '–', '—', '―', '−', '－', '─', '━', 'ー', 'ｰ', '﹣', '﹘', '⁃', '˗'];

/// Whether `c` is one of the characters that stand for a hyphen between digits.
#[must_use]
pub fn is_dash(c: char) -> bool {
    DASHES.contains(&c)
}

/// NFKC of full-width digits and Latin letters and of half-width kana, and one hyphen wherever a dash stands between digits.
///
/// Long vowel marks within words (`センター`) stay, and so do full-width brackets and other signs: they are those of Japanese
/// text. Compatibility ideographs stay, because only characters outside the CJK compatibility blocks are composed.
#[must_use]
pub fn narrow(text: &str) -> String {
    let folded = fold_but(text, |c| matches!(c, '！'..='／' | '：'..='＠' | '［'..='｀' | '｛'..='\u{FF60}'));
    let mut out = String::with_capacity(folded.len());
    let mut before = ' ';
    let mut rest = folded.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        let between = match c {
            // a hyphen as it is typed in full width
            '－' => before.is_ascii_alphanumeric() && next.is_ascii_alphanumeric(),
            _ => is_dash(c) && before.is_ascii_digit() && next.is_ascii_digit(),
        };
        out.push(if between { '-' } else { c });
        before = c;
    }
    out
}

/// Full-width ASCII to ASCII, half-width kana to full-width; everything else is kept as it is.
#[must_use]
pub fn fold(text: &str) -> Cow<'_, str> {
    fold_but(text, |_| false)
}

/// The same for all but those that are to stay.
fn fold_but(text: &str, stays: impl Fn(char) -> bool) -> Cow<'_, str> {
    // U+FF01..U+FF9F begin with the bytes EF BC, EF BD and EF BE
    if !text.bytes().any(|byte| byte == 0xEF) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for c in text.chars() {
        if ('\u{FF61}'..='\u{FF9F}').contains(&c) {
            // half-width kana take their voicing marks with them
            run.push(c);
            continue;
        }
        if !run.is_empty() {
            out.extend(run.drain(..).nfkc());
        }
        out.push(match c {
            c if stays(c) => c,
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '\u{FF5F}' => '\u{2985}',
            '\u{FF60}' => '\u{2986}',
            _ => c,
        });
    }
    out.extend(run.nfkc());
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
}

/// Whether a text holds a form that [`narrow`] changes whatever stands beside it: full-width digits (U+FF10 on) and letters
/// (U+FF21 and U+FF41 on), half-width kana (U+FF61 to U+FF9F).
#[must_use]
pub fn narrows(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(0xEF, bytes).any(|at| match bytes.get(at + 1..at + 3) {
        Some([0xBC, last]) => matches!(last, 0x90..=0x99 | 0xA1..=0xBA),
        Some([0xBD, last]) => matches!(last, 0x81..=0x9A | 0xA1..=0xBF),
        Some([0xBE, last]) => *last <= 0x9F,
        _ => false,
    })
}

/// [`str::trim`], which is quick where a text begins and ends with no blank, as most cells do.
#[must_use]
pub fn trim(text: &str) -> &str {
    let bytes = text.as_bytes();
    // blanks begin with a byte up to 20, C2, E1, E2, E3; those of one byte are ASCII, the others end with another one
    let begins = |byte: u8, next: Option<&u8>| match byte {
        0x21..=0x7F | 0xE4..=0xEF => false,
        0xE3 => next == Some(&0x80),
        _ => true,
    };
    let ends =
        |byte: u8| !matches!(byte, 0x21..=0x7F | 0x8B..=0x9E | 0xA1..=0xA7 | 0xAA..=0xAE | 0xB0..=0xBF);
    match (bytes.first(), bytes.last()) {
        (Some(first), Some(last)) if begins(*first, bytes.get(1)) || ends(*last) => text.trim(),
        _ => text,
    }
}

/// Kana that were taken apart (か and a combining mark, as some file systems and editors leave them) put together
/// again. Nothing else is composed: NFC would change compatibility ideographs of names.
#[must_use]
pub fn compose_kana(text: &str) -> Cow<'_, str> {
    // U+3099 and U+309A are the bytes E3 82 99 and E3 82 9A
    let bytes = text.as_bytes();
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    if !pairs.fold(false, |any, (byte, next)| any | ((*byte == 0x82) & ((*next == 0x99) | (*next == 0x9A)))) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let joined = match (c, out.chars().next_back()) {
            ('\u{3099}' | '\u{309A}', Some(before)) => unicode_normalization::char::compose(before, c),
            _ => None,
        };
        if joined.is_some() {
            out.pop();
        }
        out.push(joined.unwrap_or(c));
    }
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_forms_are_those_of_nfkc() {
        for code in 0xFF01..=0xFF9F_u32 {
            let text = char::from_u32(code).expect("assigned").to_string();
            assert_eq!(fold(&text), text.nfkc().collect::<String>(), "U+{code:04X}");
        }
    }

    #[test]
    fn bytes_tell_of_forms_and_of_blanks() {
        for c in '\0'..=char::MAX {
            let text = c.to_string();
            assert_eq!(narrows(&text), narrow(&text) != text, "U+{:04X}", u32::from(c));
            assert_eq!(trim(&text), text.trim(), "U+{:04X}", u32::from(c));
            let between = format!("{c}a{c}");
            assert_eq!(trim(&between), between.trim(), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn one_form_of_digits_and_dashes() {
        assert_eq!(narrow("３－20－１"), "3-20-1");
        assert_eq!(narrow("3ー20−1"), "3-20-1");
        assert_eq!(narrow("モレラ東戸塚３階"), "モレラ東戸塚3階");
        assert_eq!(narrow("Ａ－１棟（２階）"), "A-1棟（2階）");
        assert_eq!(narrow("（改修中）、－、１：２"), "（改修中）、－、1：2");
    }

    #[test]
    fn long_vowel_marks_and_names_stay() {
        assert_eq!(narrow("センター"), "センター");
        assert_eq!(narrow("髙﨑㈱①"), "髙﨑㈱①");
    }

    #[test]
    fn kana_that_were_taken_apart_are_joined_and_nothing_else() {
        assert_eq!(compose_kana("か\u{3099}ーテ\u{3099}ン ハ\u{309A}"), "がーデン パ");
        assert_eq!(compose_kana("\u{FA11}\u{FA10}e\u{301}\u{3099}"), "\u{FA11}\u{FA10}e\u{301}\u{3099}");
    }

    #[test]
    fn half_width_kana_are_joined_with_their_marks() {
        assert_eq!(narrow("ｶﾞｰﾃﾞﾝ"), "ガーデン");
    }
}
