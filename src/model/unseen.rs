//! Characters that nobody sees or that are none: they make two equal names differ, turn the text around them, or are
//! another character on every other machine.
//!
//! In: a text. Out: where such a character stands, and of which kind it is. `check` finds them, reports show their
//! numbers. What belongs together is left alone: the joiners of an emoji, a selector behind its character.

/// A kind of odd character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Odd {
    /// Nobody sees it.
    Unseen,
    /// Nobody sees it, and it turns the direction of what follows.
    Turns,
    /// For private use (外字): it is another character, or none, on every other machine.
    Private,
    /// A number that Unicode keeps for no character.
    Noncharacter,
    /// It asks for a form of the character before it, and there is none.
    LoneSelector,
}

impl Odd {
    /// Whether it is a character for private use.
    #[must_use]
    pub fn is_private(self) -> bool {
        self == Self::Private
    }
}

/// An odd character of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OddCharacter {
    /// The byte at which it stands.
    pub at: usize,
    /// The character.
    pub character: char,
    /// Its kind.
    pub kind: Odd,
}

/// Whether `text` may hold an odd character, told from its bytes without a branch for each, which is quick; few texts do.
#[must_use]
pub fn may_be_odd(text: &[u8]) -> bool {
    let next = text.get(1..).unwrap_or_default();
    text.iter().zip(next).fold(false, |any, (byte, next)| any | may_begin(*byte, *next))
}

/// Whether an odd character may begin with `byte` and `next` in UTF-8.
fn may_begin(byte: u8, next: u8) -> bool {
    ((byte == 0xC2) & (next == 0xAD))
        | ((byte == 0xCD) & (next == 0x8F))
        | ((byte == 0xD8) & (next == 0x9C))
        | ((byte == 0xE1) & ((next == 0x85) | (next == 0x9E) | (next == 0xA0)))
        | ((byte == 0xE2) & ((next == 0x80) | (next == 0x81)))
        | ((byte == 0xE3) & (next == 0x85))
        // the areas for private use begin with the bytes EE, EF 80 to EF A3, F3 and F4
        | (byte == 0xEE)
        | ((byte == 0xEF) & ((next <= 0xA3) | (next == 0xB7) | (next == 0xB8) | (next == 0xBB) | (next >= 0xBE)))
        | ((byte == 0xF0) & (next & 0x0F == 0x0F))
        | (byte > 0xF0)
}

/// The odd characters of `text`, in order.
pub fn odd(text: &str) -> impl Iterator<Item = OddCharacter> + '_ {
    let mut before = None;
    let mut characters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (at, character) = characters.next()?;
            let next = characters.peek().map(|(_, next)| *next);
            let kind = kind(before, character, next);
            before = Some(character);
            if let Some(kind) = kind {
                return Some(OddCharacter { at, character, kind });
            }
        }
    })
}

fn kind(before: Option<char>, character: char, next: Option<char>) -> Option<Odd> {
    match character {
        // plain text is passed over at once
        ' '..='~' | '\u{3000}'..='\u{312F}' | '\u{4E00}'..='\u{9FFF}' => None,
        '\u{200D}' if before.is_some_and(is_emoji) && next.is_some_and(is_emoji) => None,
        _ if turns(character) => Some(Odd::Turns),
        _ if is_unseen(character) => Some(Odd::Unseen),
        _ if is_private(character) => Some(Odd::Private),
        _ if is_noncharacter(character) => Some(Odd::Noncharacter),
        _ if is_selector(character) => {
            let stands = |c: char| !c.is_whitespace() && !c.is_control() && !is_selector(c) && !is_unseen(c);
            (!before.is_some_and(stands)).then_some(Odd::LoneSelector)
        }
        _ => None,
    }
}

/// Whether nobody sees `c`, and it is neither a space nor a variation selector.
#[must_use]
pub fn is_unseen(c: char) -> bool {
    matches!(
        u32::from(c),
        0x00AD | 0x034F | 0x061C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180E | 0x200B..=0x200F | 0x2028..=0x202E
            | 0x2060..=0x206F | 0x3164 | 0xFEFF | 0xFFA0 | 0xFFF9..=0xFFFB | 0xE_0000..=0xE_007F
    )
}

/// Whether `c` only says where a line may end, or may not: soft hyphen, zero-width space, word joiner. In texts people write
/// them on purpose; they are no part of what is read.
#[must_use]
pub fn steers_lines(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}')
}

/// Whether `text` may hold white space or a mark that steers lines, told from its bytes without a branch for each, which is quick:
/// most words hold none.
#[must_use]
pub fn may_have_gaps(text: &[u8]) -> bool {
    let next = text.get(1..).unwrap_or_default();
    let ends_with_blank = text.last().is_some_and(|last| *last <= 0x20);
    text.iter().zip(next).fold(ends_with_blank, |any, (byte, next)| any | may_begin_gap(*byte, *next))
}

/// Whether white space or a mark that steers lines may begin with `byte` and `next` in UTF-8.
fn may_begin_gap(byte: u8, next: u8) -> bool {
    (byte <= 0x20)
        | ((byte == 0xC2) & ((next == 0x85) | (next == 0xA0) | (next == 0xAD)))
        | ((byte == 0xE1) & (next == 0x9A))
        | ((byte == 0xE2) & ((next == 0x80) | (next == 0x81)))
        | ((byte == 0xE3) & (next == 0x80))
}

/// Whether `c` turns the direction of what follows.
#[must_use]
pub fn turns(c: char) -> bool {
    matches!(u32::from(c), 0x061C | 0x200E | 0x200F | 0x202A..=0x202E | 0x2066..=0x2069)
}

/// Whether `c` is for private use (外字): it is another character, or none, on every other machine.
#[must_use]
pub fn is_private(c: char) -> bool {
    matches!(u32::from(c), 0xE000..=0xF8FF | 0xF_0000..=0xF_FFFD | 0x10_0000..=0x10_FFFD)
}

/// Whether `c` is one of the numbers that Unicode keeps for no character.
#[must_use]
pub fn is_noncharacter(c: char) -> bool {
    matches!(u32::from(c), 0xFDD0..=0xFDEF) || u32::from(c) & 0xFFFE == 0xFFFE
}

/// Whether `c` asks for a form of the character before it.
#[must_use]
pub fn is_selector(c: char) -> bool {
    matches!(u32::from(c), 0xFE00..=0xFE0F | 0xE_0100..=0xE_01EF)
}

/// Whether `c` asks for a form of the ideograph before it: one that is registered (IVS), or one of the compatibility forms.
#[must_use]
pub fn selects_ideograph(c: char) -> bool {
    matches!(u32::from(c), 0xFE00..=0xFE02 | 0xE_0100..=0xE_01EF)
}

/// Whether `c` is a picture, or a part of one.
fn is_emoji(c: char) -> bool {
    matches!(u32::from(c), 0x2190..=0x2BFF | 0x3030 | 0x303D | 0x3297 | 0x3299 | 0xFE0F | 0x1_F000..=0x1_FAFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Odd> {
        odd(text).map(|found| found.kind).collect()
    }

    #[test]
    fn spaces_and_variants_of_characters_are_seen() {
        for c in [' ', '\u{3000}', '\u{00A0}', '髙', 'ー'] {
            assert_eq!(kinds(&c.to_string()), [], "{c:?}");
        }
        assert_eq!(kinds("葛\u{E0100}飾、☎\u{FE0E}"), []);
        assert_eq!(kinds("a\u{200B}b\u{202E}c"), [Odd::Unseen, Odd::Turns]);
        assert_eq!(kinds("\u{E000}\u{F0000}"), [Odd::Private, Odd::Private]);
    }

    #[test]
    fn bytes_tell_of_every_odd_character() {
        for c in ('\0'..=char::MAX).filter(|c| !kinds(&c.to_string()).is_empty()) {
            assert!(may_be_odd(c.to_string().as_bytes()), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn bytes_tell_of_every_gap() {
        for c in ('\0'..=char::MAX).filter(|c| c.is_whitespace() || steers_lines(*c)) {
            assert!(may_have_gaps(c.to_string().as_bytes()), "U+{:04X}", u32::from(c));
        }
        for words in ["鶴見区", "045-510-1694", "シルバー人材センター", ""] {
            assert!(!may_have_gaps(words.as_bytes()), "{words}");
        }
    }

    #[test]
    fn what_stands_alone_is_odd() {
        assert_eq!(kinds("👨\u{200D}👩\u{200D}👧 と ❤\u{FE0F}\u{200D}🔥"), []);
        assert_eq!(kinds("西\u{200D}区"), [Odd::Unseen]);
        assert_eq!(kinds("\u{FE00}い \u{E0100}"), [Odd::LoneSelector, Odd::LoneSelector]);
        assert_eq!(kinds("葛\u{E0100}\u{E0101}"), [Odd::LoneSelector]);
        assert_eq!(kinds("\u{FFFE}\u{FDD0}\u{1FFFF}"), [Odd::Noncharacter; 3]);
        assert_eq!(odd("あ\u{FFFE}").next().map(|found| found.at), Some(3));
    }
}
