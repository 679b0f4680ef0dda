//! Japanese phone numbers as printed: groups of digits with hyphens.
//!
//! In: a cell, in any width of digits and with any dash. Out: [`Phone`].

use std::fmt;

use super::width;

/// A phone number of two or three groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    groups: Vec<String>,
}

/// A number that cannot be a phone number; each case says what a person would count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhoneError {
    /// A character that no phone number has.
    Character(char),
    /// Not 10 or 11 digits in all.
    Digits {
        /// How many digits there are.
        found: usize,
    },
    /// Does not begin with 0.
    NoZero,
    /// Digits without hyphens: the groups are not known.
    NoGroups,
}

impl Phone {
    /// Reads `045-510-1694`, `０４５－５１０－１６９４` or `(045)510-1694`.
    ///
    /// # Errors
    /// [`PhoneError`] if it cannot be a number of the Japanese plan with 10 or 11 digits in groups.
    ///
    /// # Panics
    /// Never: there is always a last group.
    pub fn parse(written: &str) -> Result<Self, PhoneError> {
        let folded = width::fold(written);
        let mut groups = vec![String::new()];
        for c in folded.trim().chars() {
            if c.is_ascii_digit() {
                groups.last_mut().expect("never empty").push(c);
            } else if width::is_dash(c) || matches!(c, '(' | ')' | ' ' | '\u{3000}') {
                groups.push(String::new());
            } else {
                return Err(PhoneError::Character(c));
            }
        }
        groups.retain(|group| !group.is_empty());
        let digits: usize = groups.iter().map(String::len).sum();
        if !groups.first().is_some_and(|group| group.starts_with('0')) {
            return Err(PhoneError::NoZero);
        }
        if !(10..=11).contains(&digits) {
            return Err(PhoneError::Digits { found: digits });
        }
        if groups.len() < 2 {
            return Err(PhoneError::NoGroups);
        }
        Ok(Self { groups })
    }

    /// The groups between the hyphens.
    #[must_use]
    pub fn groups(&self) -> &[String] {
        &self.groups
    }

    /// The `tel:` address (RFC 3966, local number) for a QR code or a link.
    #[must_use]
    pub fn tel(&self) -> String {
        format!("tel:{}", self.groups.concat())
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.groups.join("-"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_for_all_spellings() {
        for written in ["045-510-1694", "０４５－５１０－１６９４", "(045)510-1694", " 045 ー510―1694 "]
        {
            let phone = Phone::parse(written).expect(written);
            assert_eq!(phone.to_string(), "045-510-1694");
            assert_eq!(phone.tel(), "tel:0455101694");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(Phone::parse("045-510-169"), Err(PhoneError::Digits { found: 9 }));
        assert_eq!(Phone::parse("45-510-1694"), Err(PhoneError::NoZero));
        assert_eq!(Phone::parse("0455101694"), Err(PhoneError::NoGroups));
        assert_eq!(Phone::parse("045-510-16O4"), Err(PhoneError::Character('O')));
    }
}
