//! Characters that nobody sees: they make two equal names differ, or turn the text around them.
//!
//! In: a character. Out: whether it is one. `check` finds them, reports show their numbers.

/// Whether nobody sees `c`, and it is neither a space nor a variation selector.
#[must_use]
pub fn is_unseen(c: char) -> bool {
    matches!(
        u32::from(c),
        0x00AD | 0x034F | 0x061C | 0x115F | 0x1160 | 0x17B4 | 0x17B5 | 0x180E | 0x200B..=0x200F | 0x2028..=0x202E
            | 0x2060..=0x206F | 0x3164 | 0xFEFF | 0xFFA0 | 0xFFF9..=0xFFFB | 0xE_0000..=0xE_007F
    )
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_variants_of_characters_are_seen() {
        for c in [' ', '\u{3000}', '\u{00A0}', '\u{FE00}', '\u{E0100}', '髙', 'ー'] {
            assert!(!is_unseen(c) && !is_private(c), "{c:?}");
        }
        assert!(is_unseen('\u{200B}') && is_unseen('\u{202E}') && turns('\u{202E}') && !turns('\u{200B}'));
        assert!(is_private('\u{E000}') && is_private('\u{F0000}'));
    }
}
