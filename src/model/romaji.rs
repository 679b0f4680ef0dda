//! Kana in Latin letters, as passports have it (Hepburn, long vowels unmarked), for names of files.
//!
//! In: a reading. Out: lower-case ASCII, or nothing where a character is no kana.

use super::width;

/// Syllables by the row of their kana: あ い う え お of each consonant.
const ROWS: &[(&str, [&str; 5])] = &[
    ("あいうえお", ["a", "i", "u", "e", "o"]),
    ("かきくけこ", ["ka", "ki", "ku", "ke", "ko"]),
    ("がぎぐげご", ["ga", "gi", "gu", "ge", "go"]),
    ("さしすせそ", ["sa", "shi", "su", "se", "so"]),
    ("ざじずぜぞ", ["za", "ji", "zu", "ze", "zo"]),
    ("たちつてと", ["ta", "chi", "tsu", "te", "to"]),
    ("だぢづでど", ["da", "ji", "zu", "de", "do"]),
    ("なにぬねの", ["na", "ni", "nu", "ne", "no"]),
    ("はひふへほ", ["ha", "hi", "fu", "he", "ho"]),
    ("ばびぶべぼ", ["ba", "bi", "bu", "be", "bo"]),
    ("ぱぴぷぺぽ", ["pa", "pi", "pu", "pe", "po"]),
    ("まみむめも", ["ma", "mi", "mu", "me", "mo"]),
    ("やゐゆゑよ", ["ya", "i", "yu", "e", "yo"]),
    ("らりるれろ", ["ra", "ri", "ru", "re", "ro"]),
    ("わ\u{0}ゔ\u{0}を", ["wa", "", "vu", "", "o"]),
];

/// Small kana that change the vowel of the syllable before them.
const SMALL: &[(char, &str)] = &[
    ('ゃ', "ya"),
    ('ゅ', "yu"),
    ('ょ', "yo"),
    ('ぁ', "a"),
    ('ぃ', "i"),
    ('ぅ', "u"),
    ('ぇ', "e"),
    ('ぉ', "o"),
];

/// The reading in Latin letters; letters and digits of ASCII stay, all that parts words is a hyphen. None where a
/// character is neither, or nothing is left.
#[must_use]
pub fn of(reading: &str) -> Option<String> {
    let folded = width::fold(reading);
    let mut latin = String::new();
    let mut doubled = false;
    for c in width::compose_kana(&folded).chars().map(hiragana) {
        if let Some((_, vowel)) = SMALL.iter().find(|(small, _)| *small == c) {
            join_small(&mut latin, vowel);
        } else if c == 'っ' {
            doubled = true;
        } else if c == 'ん' {
            latin.push('n');
        } else if let Some(syllable) = syllable(c) {
            if std::mem::take(&mut doubled) {
                // っち is tchi
                let first = syllable.chars().next().filter(|c| !"aiueo".contains(*c));
                latin.extend(first.map(|c| if c == 'c' { 't' } else { c }));
            }
            latin.push_str(syllable);
        } else if c.is_ascii_alphanumeric() {
            latin.push(c.to_ascii_lowercase());
        } else if c.is_ascii() || c.is_whitespace() || matches!(c, '・' | '「' | '」' | '（' | '）') {
            latin.push('-');
        } else if c != 'ー' {
            return None;
        }
    }
    let short = latin.replace("ou", "o").replace("oo", "o").replace("uu", "u");
    let parts: Vec<&str> = short.split('-').filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join("-"))
}

/// し and ゃ are sha, き and ゃ kya, て and ぃ ti.
fn join_small(latin: &mut String, vowel: &str) {
    let ended_in_vowel = latin.ends_with(['a', 'i', 'u', 'e', 'o']);
    if ended_in_vowel {
        latin.pop();
    }
    let soft = ["sh", "ch", "j"].iter().any(|end| latin.ends_with(end));
    latin.push_str(if soft { vowel.trim_start_matches('y') } else { vowel });
}

fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        _ => c,
    }
}

fn syllable(c: char) -> Option<&'static str> {
    // ヵ and ヶ stand for ka and ga in the names of places
    if c == '\u{3095}' {
        return Some("ka");
    }
    if c == '\u{3096}' {
        return Some("ga");
    }
    ROWS.iter().find_map(|(row, syllables)| {
        let at = row.chars().position(|kana| kana == c)?;
        syllables.get(at).copied().filter(|syllable| !syllable.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readings_become_latin_letters() {
        for (reading, wanted) in [
            ("さくらちょうないかい", "sakurachonaikai"),
            ("ほどがやく", "hodogayaku"),
            ("ｺｳﾎｸ", "kohoku"),
            ("しゅっちょうじょ", "shutchojo"),
            ("きょうどう", "kyodo"),
            ("がっこう", "gakko"),
            ("つつじ が おか", "tsutsuji-ga-oka"),
            ("A棟", ""),
            ("B-2", "b-2"),
            ("センター", "senta"),
            ("ちゅうがっこう", "chugakko"),
            ("！", ""),
        ] {
            assert_eq!(of(reading).unwrap_or_default(), wanted, "{reading}");
        }
    }
}
