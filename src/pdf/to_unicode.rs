//! From the codes of a font to the characters that they stand for.
//!
//! In: a `ToUnicode` `CMap` (ISO 32000-1, 9.10.3; Adobe Technical Note 5014). Out: [`ToUnicode`].

use std::collections::HashMap;

/// The most entries of a map: two bytes have no more codes.
const MOST_ENTRIES: usize = 1 << 16;

/// What codes stand for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ToUnicode(HashMap<u32, String>);

impl ToUnicode {
    /// Reads a map; what in it cannot be read is left out, and its codes have no characters.
    #[must_use]
    pub fn read(map: &[u8]) -> Self {
        let mut entries = HashMap::new();
        let mut list = None;
        let mut words = Vec::new();
        for word in Words(map) {
            match (&word, list) {
                (Word::Name(b"beginbfchar"), _) => list = Some(List::Characters),
                (Word::Name(b"beginbfrange"), _) => list = Some(List::Ranges),
                (Word::Name(b"endbfchar" | b"endbfrange"), _) => list = None,
                (_, None) => {}
                (_, Some(_)) => {
                    words.push(word);
                    if list.is_some_and(|list| list.take(&words, &mut entries)) {
                        words.clear();
                    }
                    continue;
                }
            }
            words.clear();
        }
        Self(entries)
    }

    /// The characters of a code.
    #[must_use]
    pub fn characters(&self, code: u32) -> Option<&str> {
        self.0.get(&code).map(String::as_str)
    }
}

/// A list of a map.
#[derive(Clone, Copy)]
enum List {
    /// Each code with its characters.
    Characters,
    /// First and last code, and the characters of the first one or of each.
    Ranges,
}

impl List {
    /// Takes an entry over once all of its words are there.
    fn take(self, words: &[Word<'_>], entries: &mut HashMap<u32, String>) -> bool {
        let mut put = |code: u32, characters: Option<String>| {
            if let Some(characters) = characters.filter(|_| entries.len() < MOST_ENTRIES) {
                entries.insert(code, characters);
            }
        };
        match (self, words) {
            (Self::Characters, [from, to]) => {
                if let Some(code) = from.code() {
                    put(code, to.characters(0));
                }
            }
            (Self::Ranges, [_, _, Word::Open]) => return false,
            (Self::Ranges, [first, _, Word::Open, each @ .., last]) => {
                if !matches!(last, Word::Close) {
                    return false;
                }
                for (code, word) in first.code().into_iter().flat_map(|first| first..).zip(each) {
                    put(code, word.characters(0));
                }
            }
            (Self::Ranges, [first, last, to]) => {
                if let Some((first, last)) = first.code().zip(last.code()) {
                    for (step, code) in (0..=u32::from(u16::MAX)).zip(first..=last) {
                        put(code, to.characters(step));
                    }
                }
            }
            _ => return false,
        }
        true
    }
}

/// A word of a `CMap`.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Word<'m> {
    /// The digits between `<` and `>`.
    Hex(&'m [u8]),
    /// `[`
    Open,
    /// `]`
    Close,
    /// An operator, a name, a number.
    Name(&'m [u8]),
}

impl Word<'_> {
    fn digits(&self) -> Option<Vec<u32>> {
        let Self::Hex(digits) = self else { return None };
        let digits = digits.iter().filter(|byte| !byte.is_ascii_whitespace());
        digits.map(|digit| char::from(*digit).to_digit(16)).collect()
    }

    fn code(&self) -> Option<u32> {
        let digits = self.digits().filter(|digits| (1..=8).contains(&digits.len()))?;
        Some(digits.iter().fold(0, |code, digit| code << 4 | digit))
    }

    /// The characters, the last one `step` further on: UTF-16, big end first.
    fn characters(&self, step: u32) -> Option<String> {
        let digits = self.digits()?;
        // genpdf writes a character beyond U+FFFF as its five digits, which no UTF-16 has
        if digits.len() == 5 {
            return char::from_u32(self.code()? + step).map(String::from);
        }
        let units: Vec<u16> = digits
            .chunks(4)
            .map(|unit| unit.iter().fold(0, |all, digit| all << 4 | digit))
            .map(|unit| u16::try_from(unit).ok())
            .collect::<Option<_>>()?;
        let mut characters: Vec<char> = char::decode_utf16(units).collect::<Result<_, _>>().ok()?;
        let last = characters.last_mut()?;
        *last = char::from_u32(u32::from(*last).checked_add(step)?)?;
        Some(characters.into_iter().collect())
    }
}

/// The words of a `CMap`, one by one.
struct Words<'m>(&'m [u8]);

impl<'m> Iterator for Words<'m> {
    type Item = Word<'m>;

    fn next(&mut self) -> Option<Word<'m>> {
        loop {
            let (first, rest) = self.0.split_first()?;
            match first {
                b'%' => self.skip(|byte| !matches!(byte, b'\n' | b'\r')),
                b'<' if rest.first() == Some(&b'<') => self.0 = &rest[1..],
                b'<' => {
                    let digits = rest.split(|byte| *byte == b'>').next().unwrap_or_default();
                    self.0 = rest.get(digits.len() + 1..).unwrap_or_default();
                    return Some(Word::Hex(digits));
                }
                b'[' => {
                    self.0 = rest;
                    return Some(Word::Open);
                }
                b']' => {
                    self.0 = rest;
                    return Some(Word::Close);
                }
                // a string says who made the map: its brackets may hold anything
                b'(' => self.skip(|byte| *byte != b')'),
                byte if byte.is_ascii_whitespace() || matches!(byte, b'>' | b')' | b'{' | b'}' | 0) => {
                    self.0 = rest;
                }
                _ => {
                    let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"<>[](){}%".contains(byte);
                    let end = self.0.iter().position(is_end).unwrap_or(self.0.len());
                    let (word, after) = self.0.split_at(end);
                    self.0 = after;
                    return Some(Word::Name(word));
                }
            }
        }
    }
}

impl Words<'_> {
    fn skip(&mut self, within: impl Fn(&u8) -> bool) {
        let end = self.0.iter().position(|byte| !within(byte)).unwrap_or(self.0.len());
        self.0 = &self.0[end..];
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn characters(map: &str, code: u32) -> Option<String> {
        ToUnicode::read(map.as_bytes()).characters(code).map(str::to_owned)
    }

    #[test]
    fn characters_come_one_by_one_and_in_pairs() {
        let map = "/CIDInit /ProcSet findresource begin % <0001> <0041>\n(beginbfchar)\n\
            1 begincodespacerange <0000> <FFFF> endcodespacerange\n\
            3 beginbfchar\n<0001> <5409>\n<0002><D842DFB7>\n<03> <00660069>\nendbfchar";
        assert_eq!(characters(map, 1).as_deref(), Some("吉"));
        assert_eq!(characters(map, 2).as_deref(), Some("𠮷"), "a pair of surrogates");
        assert_eq!(characters(map, 3).as_deref(), Some("fi"), "a ligature");
        assert_eq!(characters(map, 0xFFFF), None, "the range of codes is no character");
    }

    #[test]
    fn ranges_count_on_or_name_each() {
        let map = "2 beginbfrange <0010> <0012> <3042> <20> <21> [<0041> <D842 DFB7>] endbfrange\n\
            1 beginbfrange <30> <31> <D842DFB7> endbfrange";
        assert_eq!(characters(map, 0x12).as_deref(), Some("い"));
        assert_eq!(characters(map, 0x13), None);
        assert_eq!((characters(map, 0x20), characters(map, 0x21)), (Some("A".into()), Some("𠮷".into())));
        assert_eq!(characters(map, 0x31).as_deref(), Some("𠮸"));
    }

    #[test]
    fn five_digits_are_a_character() {
        assert_eq!(characters("beginbfchar <0001> <20BB7> endbfchar", 1).as_deref(), Some("𠮷"));
    }

    #[test]
    fn what_is_no_character_is_none() {
        let map = "beginbfchar <0001> <D842> <0002> <0041> <0003> <4g> endbfchar";
        assert_eq!(characters(map, 1), None, "half a pair");
        assert_eq!(characters(map, 2).as_deref(), Some("A"));
        assert_eq!(characters(map, 3), None);
        let endless = "beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange";
        assert!(ToUnicode::read(endless.as_bytes()).0.len() <= MOST_ENTRIES);
    }

    proptest! {
        #[test]
        fn any_bytes_end(bytes in prop::collection::vec(prop_oneof![
            Just(b'<'), Just(b'>'), Just(b'['), Just(b']'), Just(b'('), Just(b' '), Just(b'0'), any::<u8>()
        ], 0..200)) {
            let map = [b"beginbfrange ".as_slice(), &bytes].concat();
            let _ = ToUnicode::read(&map);
        }
    }
}
