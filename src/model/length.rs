//! Lengths on paper. In: "210mm" from manifests and layouts, points from the engine. Out: [`Length`].

use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};
use std::str::FromStr;

/// Points (1/72 inch) in a millimetre.
const POINTS_PER_MM: f64 = 72.0 / 25.4;

/// A length on paper, kept in points.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, serde::Serialize, serde::Deserialize)]
pub struct Length(f64);

impl Length {
    /// No length.
    pub const ZERO: Self = Self(0.0);

    /// From millimetres.
    #[must_use]
    pub fn mm(value: f64) -> Self {
        Self(value * POINTS_PER_MM)
    }

    /// From points (1/72 inch).
    #[must_use]
    pub fn pt(value: f64) -> Self {
        Self(value)
    }

    /// In millimetres.
    #[must_use]
    pub fn to_mm(self) -> f64 {
        self.0 / POINTS_PER_MM
    }

    /// In points.
    #[must_use]
    pub fn to_pt(self) -> f64 {
        self.0
    }

    /// The smaller of two.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self(self.0.min(other.0))
    }

    /// The larger of two.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self(self.0.max(other.0))
    }

    /// The distance from nothing.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// How often `other` goes into it.
    #[must_use]
    pub fn ratio(self, other: Self) -> f64 {
        self.0 / other.0
    }
}

impl Add for Length {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Length {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Length {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Mul<f64> for Length {
    type Output = Self;

    fn mul(self, factor: f64) -> Self {
        Self(self.0 * factor)
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} mm", self.to_mm())
    }
}

/// A length that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a length is a number and a unit, such as \"3mm\", \"1.5cm\" or \"9pt\"")]
pub struct LengthError;

impl FromStr for Length {
    type Err = LengthError;

    fn from_str(text: &str) -> Result<Self, LengthError> {
        let text = text.trim();
        let split = text.find(|c: char| c.is_ascii_alphabetic()).ok_or(LengthError)?;
        let value: f64 = text[..split].trim().parse().map_err(|_| LengthError)?;
        if !value.is_finite() {
            return Err(LengthError);
        }
        match &text[split..] {
            "mm" => Ok(Self::mm(value)),
            "cm" => Ok(Self::mm(value * 10.0)),
            "in" => Ok(Self::pt(value * 72.0)),
            "pt" => Ok(Self::pt(value)),
            _ => Err(LengthError),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_units() {
        for (text, mm) in [("210mm", 210.0), (" 1.5 cm", 15.0), ("1in", 25.4), ("72pt", 25.4)] {
            let length: Length = text.parse().expect(text);
            assert!((length.to_mm() - mm).abs() < 1e-9, "{text} gave {}", length.to_mm());
        }
    }

    #[test]
    fn refuses_what_is_no_length() {
        for text in ["", "3", "mm", "3 ells", "nanmm", "3mm3"] {
            assert_eq!(text.parse::<Length>(), Err(LengthError), "{text}");
        }
    }
}
