//! The encodings in which wards keep their lists.
//!
//! In: a name from the manifest. Out: [`Encoding`]; how its bytes become text is `read::encoding`'s.

use std::fmt;

/// An encoding of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// `Shift_JIS` as Windows writes it (code page 932, with №①㈱髙﨑), as in the WHATWG Encoding Standard.
    Cp932,
    /// EUC-JP.
    EucJp,
    /// ISO-2022-JP: seven bits with escape sequences, as mail and old systems write it.
    Iso2022Jp,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
}

impl Encoding {
    /// All of them, the most likely first.
    pub const ALL: &'static [Self] =
        &[Self::Utf8, Self::Cp932, Self::EucJp, Self::Iso2022Jp, Self::Utf16Le, Self::Utf16Be];

    /// The name in the manifest.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Cp932 => "cp932",
            Self::EucJp => "euc-jp",
            Self::Iso2022Jp => "iso-2022-jp",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
        }
    }

    /// The encoding that people call `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().replace('_', "-").as_str() {
            "utf-8" | "utf8" => Some(Self::Utf8),
            "cp932" | "shift-jis" | "sjis" | "ms932" | "windows-31j" => Some(Self::Cp932),
            "euc-jp" | "eucjp" => Some(Self::EucJp),
            "iso-2022-jp" | "jis" => Some(Self::Iso2022Jp),
            "utf-16le" | "utf-16-le" => Some(Self::Utf16Le),
            "utf-16be" | "utf-16-be" => Some(Self::Utf16Be),
            _ => None,
        }
    }
}

impl fmt::Display for Encoding {
    /// The name that people know: `Shift_JIS（CP932）`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Cp932 => "Shift_JIS (CP932)",
            Self::EucJp => "EUC-JP",
            Self::Iso2022Jp => "ISO-2022-JP (JIS)",
            Self::Utf16Le => "UTF-16LE",
            Self::Utf16Be => "UTF-16BE",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_its_own_names_and_those_that_people_use() {
        for encoding in Encoding::ALL {
            assert_eq!(Encoding::named(encoding.name()), Some(*encoding));
        }
        assert_eq!(Encoding::named("Shift_JIS"), Some(Encoding::Cp932));
        assert_eq!(Encoding::named("latin-1"), None);
    }
}
