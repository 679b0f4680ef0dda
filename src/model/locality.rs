//! What is known of the city that a project is for: its units and towns, which addresses begin with.
//!
//! In: the names of the master list and of directories of towns. Out: [`Locality`]. A name is found without going through all of
//! them: each cell of ten thousand units is looked up several times.

use std::collections::{BTreeSet, HashMap, HashSet};

/// What is known of the city that a project is for.
#[derive(Debug, Clone, Default)]
pub struct Locality {
    /// Its name: 横浜市. Empty outside of a project.
    pub city: String,
    /// Its units, as the master list names them: 鶴見区.
    units: Vec<String>,
    /// Where each of them stands in the list.
    places: HashMap<String, usize>,
    /// Units by what stands behind the city's name; none where two are called so.
    bare: HashMap<String, Option<usize>>,
    /// What an address in the city begins with: units without the city's name, towns.
    beginnings: HashSet<String>,
    /// How long these are, in bytes.
    lengths: BTreeSet<usize>,
}

impl Locality {
    /// A city of which no units or towns are known.
    #[must_use]
    pub fn of(city: &str) -> Self {
        Self { city: city.to_owned(), ..Self::default() }
    }

    /// The same with its units, as the master list names them.
    #[must_use]
    pub fn with_units(mut self, units: impl IntoIterator<Item = String>) -> Self {
        for unit in units {
            let at = self.units.len();
            let bare = self.behind_city(&unit).unwrap_or(&unit).to_owned();
            self.bare.entry(bare).and_modify(|known| *known = None).or_insert(Some(at));
            // a master list may name them with the city's name: 横浜市西区
            let beginning = unit.strip_prefix(self.city.as_str()).unwrap_or(&unit).trim_start().to_owned();
            self.add_beginning(beginning);
            self.places.entry(unit.clone()).or_insert(at);
            self.units.push(unit);
        }
        self
    }

    /// The same with its towns, where a directory of towns names them: 鶴見中央.
    #[must_use]
    pub fn with_towns(mut self, towns: impl IntoIterator<Item = String>) -> Self {
        towns.into_iter().for_each(|town| self.add_beginning(town));
        self
    }

    fn add_beginning(&mut self, name: String) {
        if !name.is_empty() {
            self.lengths.insert(name.len());
            self.beginnings.insert(name);
        }
    }

    /// Whether the master list has a unit of this name.
    #[must_use]
    pub fn has_unit(&self, name: &str) -> bool {
        self.places.contains_key(name)
    }

    /// Whether an address that begins so lies in the city.
    pub(super) fn knows(&self, address: &str) -> bool {
        let beginnings = self.lengths.iter().filter_map(|length| address.get(..*length));
        beginnings.into_iter().any(|beginning| self.beginnings.contains(beginning))
    }

    /// Whether the city's name ends before `rest`: a unit or town follows, or, where none is known, no word does of which
    /// the name is only the beginning (横浜市民, 横浜市役所).
    fn ends_before(&self, rest: &str) -> bool {
        const WORDS: [char; 17] = [
            '民', '役', '内', '立', '営', '長', '会', '議', '政', '域', '外', '街', '場', '有', '史', '電',
            '庁',
        ];
        if self.knows(rest) {
            return true;
        }
        let is_known = !self.units.is_empty() || !self.beginnings.is_empty();
        !is_known && rest.chars().next().is_some_and(|c| !WORDS.contains(&c))
    }

    /// What stands behind the city's name in the name of a unit, with or without its prefecture's before it; none if it is not
    /// there or nothing stands behind it.
    fn behind_city<'a>(&self, name: &'a str) -> Option<&'a str> {
        let at = name.find(self.city.as_str())?;
        let before = name[..at].trim_end();
        let is_prefecture =
            before.is_empty() || (before.chars().count() <= 4 && before.ends_with(['都', '道', '府', '県']));
        is_prefecture.then(|| name[at + self.city.len()..].trim_start()).filter(|rest| !rest.is_empty())
    }

    /// The unit that a cell names: as the master list has it, also where only one of them has the city's name, or the
    /// prefecture's too, before it (横浜市西区). What is none of the units stays as it is.
    #[must_use]
    pub fn unit<'a>(&'a self, written: &'a str) -> &'a str {
        if self.city.is_empty() || self.has_unit(written) {
            return written;
        }
        let bare = self.behind_city(written).unwrap_or(written);
        let found = self.bare.get(bare).copied().flatten().and_then(|at| self.units.get(at));
        found.map_or(written, String::as_str)
    }

    /// What stands behind the city's name, with or without its prefecture's before it; none if the name is not there.
    pub(super) fn without_city<'a>(&self, address: &'a str) -> Option<&'a str> {
        if self.city.is_empty() {
            return None;
        }
        let end = address.char_indices().take(4).find(|(_, c)| matches!(c, '都' | '道' | '府' | '県'));
        let after_prefecture = end.map(|(at, c)| address[at + c.len_utf8()..].trim_start());
        let whole = std::iter::once(address).chain(after_prefecture);
        let rests = whole.filter_map(|part| part.strip_prefix(self.city.as_str()).map(str::trim_start));
        rests.into_iter().find(|rest| self.ends_before(rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_the_same_with_the_city_before_it() {
        let units = ["西区", "横浜市緑区"].map(str::to_owned);
        let locality = Locality::of("横浜市").with_units(units);
        for (written, wanted) in [
            ("西区", "西区"),
            ("横浜市西区", "西区"),
            ("神奈川県横浜市 西区", "西区"),
            ("緑区", "横浜市緑区"),
            ("川崎市西区", "川崎市西区"),
            ("横浜市", "横浜市"),
            ("新横浜市西区", "新横浜市西区"),
        ] {
            assert_eq!(locality.unit(written), wanted, "{written}");
        }
    }

    #[test]
    fn of_two_units_of_one_name_none_is_meant() {
        let units = ["横浜市西区", "神奈川県横浜市西区"].map(str::to_owned);
        let locality = Locality::of("横浜市").with_units(units);
        assert_eq!(locality.unit("西区"), "西区");
        assert_eq!(locality.unit("横浜市西区"), "横浜市西区");
    }

    #[test]
    fn an_address_lies_in_the_city_if_it_begins_with_a_name_of_it() {
        let locality = Locality::of("横浜市")
            .with_units(["横浜市緑区".to_owned(), "西区".to_owned(), String::new()])
            .with_towns(["鶴見中央".to_owned()]);
        for address in ["緑区寺山町118", "西区", "鶴見中央3-20-1"] {
            assert!(locality.knows(address), "{address}");
        }
        for address in ["横浜市緑区", "鶴見", "", "東西区", "西"] {
            assert!(!locality.knows(address), "{address}");
        }
    }
}
