//! Tokens: 256 random bits that are shown once, and how often somebody may be wrong.
//!
//! In: the system's randomness. Out: words that people can copy; letters that look alike are one (Crockford's base 32).

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Letters between two hyphens.
const GROUP: usize = 4;

/// 256 random bits as letters.
///
/// # Errors
/// When the system has no randomness.
pub fn secret() -> Result<String, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    Ok(letters(&bytes))
}

fn letters(bytes: &[u8]) -> String {
    let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| usize::from(byte >> (7 - at % 8) & 1));
    let letter = |at: usize| (0..5).fold(0, |number, offset| number * 2 + bit(at * 5 + offset));
    (0..(bytes.len() * 8).div_ceil(5)).map(|at| char::from(LETTERS[letter(at)])).collect()
}

/// A token as it is shown: in groups.
#[must_use]
pub fn shown(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// A token as somebody types it, made what it was: case, width, hyphens and blanks do not matter, nor do letters for digits.
#[must_use]
pub fn plain(typed: &str) -> String {
    let folded = crate::model::width::fold(typed);
    let letter = |c: char| match c.to_ascii_lowercase() {
        'o' => Some('0'),
        'i' | 'l' => Some('1'),
        c if c.is_ascii_alphanumeric() => Some(c),
        _ => None,
    };
    folded.chars().filter_map(letter).take(100).collect()
}

/// Wrong tokens that an address may show in [`WINDOW`] seconds.
const MOST_WRONG: u32 = 20;
const WINDOW: i64 = 15 * 60;
/// Addresses that are remembered.
const MOST_ADDRESSES: usize = 10_000;

/// How often each address was wrong lately. Nobody guesses 256 bits: it keeps one from asking all day.
#[derive(Debug, Default)]
pub struct Attempts(Mutex<BTreeMap<IpAddr, (u32, i64)>>);

impl Attempts {
    /// Whether the address was wrong too often.
    pub fn is_barred(&self, address: IpAddr, now: i64) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(&address).is_some_and(|(count, since)| *count >= MOST_WRONG && now - since < WINDOW)
    }

    /// Counts one that was wrong.
    pub fn count(&self, address: IpAddr, now: i64) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, (_, since)| now - *since < WINDOW);
        if known.len() < MOST_ADDRESSES {
            known.entry(address).or_insert((0, now)).0 += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_however_it_is_typed() {
        let secret = secret().expect("randomness");
        assert_eq!(secret.len(), 52);
        assert_ne!(secret, super::secret().expect("randomness"));
        let shown = shown(&secret);
        assert_eq!(plain(&shown), secret);
        let sloppy = shown.to_uppercase().replace('0', "O").replace('1', "l").replace('-', " ‐ ");
        assert_eq!(plain(&sloppy), secret);
        assert_eq!(letters(&[0xFF; 5]), "zzzzzzzz");
        assert_eq!(letters(&[0x08, 0x42, 0x10, 0x84, 0x21]), "11111111");
    }

    #[test]
    fn who_is_wrong_too_often_waits() {
        let attempts = Attempts::default();
        let (one, other) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        (0..MOST_WRONG).for_each(|_| attempts.count(one, 100));
        assert!(attempts.is_barred(one, 100 + WINDOW - 1) && !attempts.is_barred(other, 100));
        assert!(!attempts.is_barred(one, 100 + WINDOW));
    }
}
