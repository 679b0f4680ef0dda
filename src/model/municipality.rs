//! The national code of a municipality or ward (JIS X 0402 with its check digit).
//!
//! In: a cell. Out: [`MunicipalityCode`].

use std::fmt;

/// Six digits: two of the prefecture, three of the municipality, one check digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MunicipalityCode([u8; 6]);

/// A code that is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MunicipalityCodeError {
    /// Not six digits.
    Form,
    /// Six digits, but the last should be another.
    CheckDigit {
        /// The digit that the first five ask for.
        expected: u8,
    },
}

impl MunicipalityCode {
    /// Reads six digits and checks the last (weights 6 5 4 3 2, modulus 11; JIS X 0402 annex).
    ///
    /// # Errors
    /// [`MunicipalityCodeError`] if `text` is not six ASCII digits or its check digit is wrong.
    ///
    /// # Panics
    /// Never: a remainder of ten is below ten.
    pub fn parse(text: &str) -> Result<Self, MunicipalityCodeError> {
        let digits: Vec<u8> = text
            .chars()
            .map(|c| c.to_digit(10).and_then(|d| u8::try_from(d).ok()))
            .collect::<Option<_>>()
            .ok_or(MunicipalityCodeError::Form)?;
        let digits: [u8; 6] = digits.try_into().map_err(|_| MunicipalityCodeError::Form)?;
        let sum: u32 = digits[..5].iter().zip([6u32, 5, 4, 3, 2]).map(|(d, w)| u32::from(*d) * w).sum();
        let expected = u8::try_from((11 - sum % 11) % 10).expect("a remainder of ten is below ten");
        if digits[5] == expected {
            Ok(Self(digits))
        } else {
            Err(MunicipalityCodeError::CheckDigit { expected })
        }
    }

    /// The three digits of the municipality within its prefecture: `101` of `141011`.
    #[must_use]
    pub fn local(&self) -> String {
        self.0[2..5].iter().map(|d| char::from(b'0' + d)).collect()
    }
}

impl fmt::Display for MunicipalityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|d| write!(f, "{d}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_yokohamas_wards() {
        for code in ["141011", "141020", "141038", "141101", "141186"] {
            let read = MunicipalityCode::parse(code).expect(code);
            assert_eq!(read.to_string(), code);
        }
        assert_eq!(MunicipalityCode::parse("141011").expect("right").local(), "101");
    }

    #[test]
    fn names_the_right_check_digit() {
        assert_eq!(MunicipalityCode::parse("141012"), Err(MunicipalityCodeError::CheckDigit { expected: 1 }));
        assert_eq!(MunicipalityCode::parse("14101"), Err(MunicipalityCodeError::Form));
        assert_eq!(MunicipalityCode::parse("14101a"), Err(MunicipalityCodeError::Form));
    }
}
