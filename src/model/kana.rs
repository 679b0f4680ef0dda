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
    pub stem: (String, String),
    /// `区` / `く`.
    pub suffix: (String, String),
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
                    return Self {
                        stem: (stem.to_owned(), over.to_owned()),
                        suffix: ((*suffix).to_owned(), (*reading).to_owned()),
                    };
                }
            }
        }
        Self { stem: (name.to_owned(), kana.to_owned()), suffix: (String::new(), String::new()) }
    }

    /// Stem and suffix of a name alone.
    #[must_use]
    pub fn part_name(name: &str) -> (&str, &str) {
        SUFFIXES
            .iter()
            .find(|(suffix, _)| name.len() > suffix.len() && name.ends_with(suffix))
            .map_or((name, ""), |(suffix, _)| name.split_at(name.len() - suffix.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_wards_and_leaves_others_whole() {
        let reading = Reading::part("西区", "にしく");
        assert_eq!(reading.stem, ("西".into(), "にし".into()));
        assert_eq!(reading.suffix, ("区".into(), "く".into()));
        assert_eq!(Reading::part("本部", "ほんぶ").suffix, (String::new(), String::new()));
        assert_eq!(Reading::part("区", "く").stem.0, "区");
    }
}
