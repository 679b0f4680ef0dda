//! Readings of words: for the kana above kanji, and for names in Latin letters. Nothing is guessed from kanji.
//!
//! In: words with their kana, of the project's own table and of columns. Out: a text in its words, each with its reading; what
//! no word covers is told as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::romaji;

/// The reading of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordReading {
    /// In kana.
    pub kana: String,
    /// In Latin letters, where somebody wrote it so.
    pub latin: Option<String>,
}

impl fmt::Display for WordReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.latin {
            Some(latin) => write!(f, "{}, {latin}", self.kana),
            None => f.write_str(&self.kana),
        }
    }
}

/// Words with their readings.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Readings {
    words: BTreeMap<String, WordReading>,
    refused: BTreeSet<String>,
}

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadPart<'t> {
    /// A word that has a reading.
    Word(&'t str, WordReading),
    /// Characters that are read as they stand.
    Plain(&'t str),
    /// Kanji that nobody gave a reading.
    Unread(&'t str),
}

/// Words with kana above them, or without.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RubyPart {
    /// Words without.
    Plain(String),
    /// Words with their reading.
    Ruby {
        /// The words.
        base: String,
        /// The reading.
        reading: String,
    },
}

/// Whether a character is read otherwise than it stands.
#[must_use]
pub fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' | '々' | '〆')
}

impl Readings {
    /// Adds a word; one that is known keeps its reading.
    pub fn add(&mut self, word: &str, reading: WordReading) {
        if !word.is_empty() && !reading.kana.is_empty() {
            self.words.entry(word.to_owned()).or_insert(reading);
        }
    }

    /// Notes a word whose reading is none, which was said.
    pub fn refuse(&mut self, word: &str) {
        self.refused.insert(word.to_owned());
    }

    /// Whether kanji without a reading are in a word of which that was said.
    fn is_refused(&self, kanji: &str) -> bool {
        self.refused.iter().any(|word| word.contains(kanji))
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// `text` in words: as little of it as can be is unread, and of all such ways the one with the fewest parts.
    #[must_use]
    pub fn parts<'t>(&self, text: &'t str) -> Vec<ReadPart<'t>> {
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let count = starts.len() - 1;
        // from each place on: unread kanji, parts, and where the first part ends
        let mut best: Vec<(usize, usize, usize)> = vec![(0, 0, 0); count + 1];
        let mut words: Vec<bool> = vec![false; count];
        for from in (0..count).rev() {
            let c = text[starts[from]..].chars().next().unwrap_or_default();
            let (unread, parts, _) = best[from + 1];
            best[from] = (unread + usize::from(is_kanji(c)), parts + 1, from + 1);
            for to in from + 1..=count {
                let word = &text[starts[from]..starts[to]];
                let (unread, parts, _) = best[to];
                if self.words.contains_key(word) && (unread, parts + 1) < (best[from].0, best[from].1) {
                    best[from] = (unread, parts + 1, to);
                    words[from] = true;
                }
                if !self.begins_a_word(word) {
                    break;
                }
            }
        }
        let mut found: Vec<ReadPart<'t>> = Vec::new();
        let mut at = 0;
        while at < count {
            let to = best[at].2;
            let word = &text[starts[at]..starts[to]];
            match self.words.get(word).filter(|_| words[at]) {
                Some(reading) => found.push(ReadPart::Word(word, reading.clone())),
                None => push_char(&mut found, text, starts[at]..starts[to]),
            }
            at = to;
        }
        found
    }

    fn begins_a_word(&self, start: &str) -> bool {
        let next =
            self.words.range::<str, _>((std::ops::Bound::Included(start), std::ops::Bound::Unbounded)).next();
        next.is_some_and(|(word, _)| word.starts_with(start))
    }

    /// `text` with kana above its kanji; what nobody gave a reading stands plain, and is
    /// among the second, unless its reading was refused.
    #[must_use]
    pub fn with_ruby<'t>(&self, text: &'t str) -> RubyText<'t> {
        let mut ruby = RubyText::default();
        for part in self.parts(text) {
            match part {
                ReadPart::Word(word, reading) => ruby.parts.extend(above(word, &reading.kana)),
                ReadPart::Plain(words) => ruby.parts.push(RubyPart::Plain(words.to_owned())),
                ReadPart::Unread(words) => {
                    if !self.is_refused(words) {
                        ruby.unread.push(words);
                    }
                    ruby.parts.push(RubyPart::Plain(words.to_owned()));
                }
            }
        }
        ruby
    }

    /// `text` in Latin letters, word by word, each with a capital; none where a word has no reading.
    #[must_use]
    pub fn in_latin(&self, text: &str) -> Option<String> {
        let mut latin = String::new();
        for part in self.parts(text) {
            match part {
                ReadPart::Word(_, WordReading { kana, latin: written }) => {
                    let letters = match written {
                        Some(written) => written,
                        None => capital(&romaji::of(&kana)?),
                    };
                    push_word(&mut latin, &letters);
                }
                ReadPart::Plain(words) => push_plain(&mut latin, words)?,
                ReadPart::Unread(_) => return None,
            }
        }
        Some(latin.trim().to_owned())
    }
}

/// A text with kana above its kanji.
#[derive(Debug, Default)]
pub struct RubyText<'t> {
    /// The text.
    pub parts: Vec<RubyPart>,
    /// Kanji that nobody gave a reading.
    pub unread: Vec<&'t str>,
}

fn push_char<'t>(found: &mut Vec<ReadPart<'t>>, text: &'t str, range: std::ops::Range<usize>) {
    let is_unread = text[range.clone()].chars().any(is_kanji);
    let start = |part: &'t str| part.as_ptr() as usize - text.as_ptr() as usize;
    let grown = |part: &'t str| &text[start(part)..range.end];
    match found.last_mut() {
        Some(ReadPart::Unread(part)) if is_unread => *part = grown(part),
        Some(ReadPart::Plain(part)) if !is_unread => *part = grown(part),
        _ if is_unread => found.push(ReadPart::Unread(&text[range])),
        _ => found.push(ReadPart::Plain(&text[range])),
    }
}

/// Kana in Latin letters, all else as it stands; brackets become quotation marks.
fn push_plain(latin: &mut String, words: &str) -> Option<()> {
    let mut kana = String::new();
    for c in words.chars().chain(['\0']) {
        if matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー') {
            kana.push(c);
            continue;
        }
        if !kana.is_empty() {
            push_word(latin, &capital(&romaji::of(&kana)?));
            kana.clear();
        }
        match c {
            '\0' => {}
            '「' => push_word(latin, "“"),
            '」' => latin.push('”'),
            '・' | '　' => latin.push(' '),
            _ => latin.push(c),
        }
    }
    Some(())
}

fn push_word(latin: &mut String, word: &str) {
    if !latin.is_empty() && !latin.ends_with([' ', '“']) {
        latin.push(' ');
    }
    latin.push_str(word);
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Kana above the kanji of `word` alone where it can be told which is whose, else above all of it.
fn above(word: &str, kana: &str) -> Vec<RubyPart> {
    if !word.chars().any(is_kanji) {
        return vec![RubyPart::Plain(word.to_owned())];
    }
    let mut runs: Vec<(bool, String)> = Vec::new();
    for c in word.chars() {
        match runs.last_mut() {
            Some((kanji, run)) if *kanji == is_kanji(c) => run.push(c),
            _ => runs.push((is_kanji(c), c.to_string())),
        }
    }
    let kana: String = kana.chars().filter(|c| !c.is_whitespace()).collect();
    aligned(&runs, &kana)
        .unwrap_or_else(|| vec![RubyPart::Ruby { base: word.to_owned(), reading: kana.clone() }])
}

/// The runs with their readings, if `kana` can be parted so.
fn aligned(runs: &[(bool, String)], kana: &str) -> Option<Vec<RubyPart>> {
    let Some(((kanji, run), rest)) = runs.split_first() else { return kana.is_empty().then(Vec::new) };
    if !kanji {
        let end = hiragana(kana).strip_prefix(&hiragana(run)).map(|_| run.len())?;
        let mut parts = vec![RubyPart::Plain(run.clone())];
        parts.extend(aligned(rest, kana.get(end..)?)?);
        return Some(parts);
    }
    // each kanji is read with one kana at least
    let least = run.chars().count();
    let ends = kana.char_indices().map(|(at, _)| at).chain([kana.len()]).skip(least);
    for end in ends {
        if let Some(mut parts) = aligned(rest, &kana[end..]) {
            parts.insert(0, RubyPart::Ruby { base: run.clone(), reading: kana[..end].to_owned() });
            return Some(parts);
        }
    }
    None
}

fn hiragana(text: &str) -> String {
    let fold = |c: char| match c {
        'ァ'..='ヶ' => char::from_u32(u32::from(c) - 0x60).unwrap_or(c),
        _ => c,
    };
    text.chars().map(fold).collect()
}

/// A text with ruby in the notation that authors write: `{協働|きょうどう}`.
#[must_use]
pub fn marked_up(parts: &[RubyPart]) -> String {
    let one = |part: &RubyPart| match part {
        RubyPart::Plain(words) => words.clone(),
        RubyPart::Ruby { base, reading } => format!("{{{base}|{reading}}}"),
    };
    parts.iter().map(one).collect()
}

/// Words by stretches: those in the notation of ruby (the second is true), and those between them.
#[must_use]
pub fn stretches(words: &str) -> Vec<(&str, bool)> {
    let mut found = Vec::new();
    let mut rest = words;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}').map(|close| open + close + 1) else { break };
        if !rest[open..close].contains('|') {
            break;
        }
        found.push((&rest[..open], false));
        found.push((&rest[open..close], true));
        rest = &rest[close..];
    }
    found.push((rest, false));
    found.retain(|(text, _)| !text.is_empty());
    found
}

/// The parts of words in the notation of ruby.
#[must_use]
pub fn read(words: &str) -> Vec<RubyPart> {
    let part = |(text, is_marked): (&str, bool)| {
        let pair = text.trim_matches(['{', '}']).split_once('|').filter(|_| is_marked);
        match pair {
            Some((base, reading)) => {
                RubyPart::Ruby { base: base.to_owned(), reading: reading.replace('|', "") }
            }
            None => RubyPart::Plain(text.to_owned()),
        }
    };
    stretches(words).into_iter().map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn readings() -> Readings {
        let mut readings = Readings::default();
        for (word, kana, latin) in [
            ("港南区", "こうなんく", "Konan-ku"),
            ("港南", "こうなん", ""),
            ("区民活動支援センター", "くみんかつどうしえんセンター", "Kumin Katsudo Shien Center"),
            ("保土ケ谷区", "ほどがやく", "Hodogaya-ku"),
            ("困った", "こまった", ""),
            ("取り組み", "とりくみ", ""),
            ("階", "かい", ""),
        ] {
            let latin = (!latin.is_empty()).then(|| latin.to_owned());
            readings.add(word, WordReading { kana: kana.to_owned(), latin });
        }
        readings
    }

    fn ruby(text: &str) -> (String, Vec<String>) {
        let readings = readings();
        let RubyText { parts, unread } = readings.with_ruby(text);
        (marked_up(&parts), unread.into_iter().map(str::to_owned).collect())
    }

    #[test]
    fn every_kanji_has_its_reading_or_is_told() {
        for (text, wanted, unread) in [
            // the longest word first would leave 民活動… unread
            (
                "港南区民活動支援センター",
                "{港南|こうなん}{区民活動支援|くみんかつどうしえん}センター",
                &[][..],
            ),
            ("保土ケ谷区3階", "{保土ケ谷区|ほどがやく}3{階|かい}", &[]),
            ("困ったとき", "{困|こま}ったとき", &[]),
            ("取り組み", "{取|と}り{組|く}み", &[]),
            ("横浜市の階", "横浜市の{階|かい}", &["横浜市"]),
            ("かな", "かな", &[]),
        ] {
            let (found, missing) = ruby(text);
            assert_eq!(
                (found.as_str(), missing),
                (wanted, unread.iter().map(ToString::to_string).collect()),
                "{text}"
            );
        }
    }

    #[test]
    fn latin_letters_are_those_of_the_reading_and_never_of_kanji() {
        let readings = readings();
        let latin = |text: &str| readings.in_latin(text).unwrap_or_default();
        assert_eq!(latin("港南区区民活動支援センター"), "Konan-ku Kumin Katsudo Shien Center");
        assert_eq!(latin("港南区民活動支援センター"), "Konan Kumin Katsudo Shien Center");
        assert_eq!(latin("ほどがや「アワーズ」"), "Hodogaya “Awazu”");
        assert_eq!(latin("横浜市"), "");
    }

    #[test]
    fn the_first_reading_stays() {
        let mut readings = readings();
        readings.add("階", WordReading { kana: "きざはし".to_owned(), latin: None });
        assert_eq!(
            readings.with_ruby("階").parts,
            [RubyPart::Ruby { base: "階".into(), reading: "かい".into() }]
        );
        assert!(!readings.is_empty());
    }
}
