//! The reading of a ward's name, parted as its ruby is: stem and 区/市/町/村.
//!
//! In: name and reading. Out: [`Reading`].

/// Suffixes of municipalities with their readings, longest reading first.
const SUFFIXES: &[(&str, &[&str])] =
    &[("区", &["く"]), ("市", &["し"]), ("町", &["ちょう", "まち"]), ("村", &["むら", "そん"])];

/// A name and its reading in two parts; the suffix is empty where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// `鶴見` / `つるみ`.
    pub stem: KanaPart,
    /// `区` / `く`.
    pub suffix: KanaPart,
}

/// A part of a name with its reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KanaPart {
    /// As written.
    pub name: String,
    /// In kana.
    pub kana: String,
}

/// A name in two parts; the suffix is empty where there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameParts<'n> {
    /// `鶴見`.
    pub stem: &'n str,
    /// `区`.
    pub suffix: &'n str,
}

impl KanaPart {
    fn of(name: &str, kana: &str) -> Self {
        Self { name: name.to_owned(), kana: kana.to_owned() }
    }
}

impl Reading {
    /// Parts `name` and `kana` where both end in the same kind of municipality.
    #[must_use]
    pub fn part(name: &str, kana: &str) -> Self {
        for (suffix, readings) in SUFFIXES {
            for reading in *readings {
                if let (Some(stem), Some(over)) = (name.strip_suffix(suffix), kana.strip_suffix(reading))
                    && !stem.is_empty()
                    && !over.is_empty()
                {
                    return Self { stem: KanaPart::of(stem, over), suffix: KanaPart::of(suffix, reading) };
                }
            }
        }
        Self { stem: KanaPart::of(name, kana), suffix: KanaPart::default() }
    }

    /// Stem and suffix of a name alone.
    #[must_use]
    pub fn part_name(name: &str) -> NameParts<'_> {
        let known = SUFFIXES.iter().find(|(suffix, _)| name.len() > suffix.len() && name.ends_with(suffix));
        let (stem, suffix) = name.split_at(name.len() - known.map_or(0, |(suffix, _)| suffix.len()));
        NameParts { stem, suffix }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_wards_and_leaves_others_whole() {
        let reading = Reading::part("西区", "にしく");
        assert_eq!(reading.stem, KanaPart::of("西", "にし"));
        assert_eq!(reading.suffix, KanaPart::of("区", "く"));
        assert_eq!(Reading::part("本部", "ほんぶ").suffix, KanaPart::default());
        assert_eq!(Reading::part("区", "く").stem.name, "区");
    }
}
