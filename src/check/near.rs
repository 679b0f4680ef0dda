//! Which of the known names is probably meant by another: only what is spelt nearly the same.
//!
//! In: a name and the known ones. Out: the one that is meant, if one is near. A guess holds a sheet back, so that another
//! name of the same length (中区 for 西区) is no guess at all.

use crate::model::spelling::plain;

/// The name that is meant by `given`: one without a row of its own first, else one spelt nearly the same.
pub fn likely<'k>(given: &str, known: &'k [String], without: &[&'k str]) -> Option<&'k str> {
    let all = || known.iter().map(String::as_str);
    without
        .iter()
        .copied()
        .find(|name| is_spelling(given, name))
        .or_else(|| all().find(|name| is_spelling(given, name)))
        .or_else(|| one_off(given, without.iter().copied()))
}

/// Whether two names are one under other characters: width, blanks, ヶ and ケ, old kanji, the unit left out.
fn is_spelling(given: &str, name: &str) -> bool {
    let (given, name) = (plain(given), plain(name));
    let (short, long) =
        if given.chars().count() < name.chars().count() { (&given, &name) } else { (&name, &given) };
    let is_longer_by_one = long.chars().count() == short.chars().count() + 1;
    let lacks_its_end = !short.is_empty() && long.starts_with(short.as_str());
    given == name
        || (is_longer_by_one && (lacks_its_end || (short.chars().count() > 2 && is_part(short, long))))
}

/// Whether `short` is `long` without one character.
fn is_part(short: &str, long: &str) -> bool {
    let mut left = long.chars();
    short.chars().all(|c| left.any(|other| other == c))
}

/// The one name of three characters or more that differs in one of them. Two such names: neither is meant.
fn one_off<'k>(given: &str, names: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let given: Vec<char> = plain(given).chars().collect();
    let mut near = names.filter(|name| {
        let name: Vec<char> = plain(name).chars().collect();
        let differ = given.iter().zip(&name).filter(|(one, other)| one != other).count();
        given.len() > 2 && name.len() == given.len() && differ == 1
    });
    let first = near.next()?;
    near.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(given: &str, known: &[&str], without: &[&str]) -> Option<String> {
        let known: Vec<String> = known.iter().map(|name| (*name).to_owned()).collect();
        let without: Vec<&str> =
            known.iter().map(String::as_str).filter(|name| without.contains(name)).collect();
        likely(given, &known, &without).map(str::to_owned)
    }

    #[test]
    fn only_near_spellings_are_guessed() {
        let wards = ["鶴見区", "西区", "港南区", "港北区", "保土ケ谷区"];
        assert_eq!(meant("中区", &wards, &[]), None);
        assert_eq!(meant("中区", &wards, &["西区"]), None);
        assert_eq!(meant("中区", &["中央区"], &[]), None);
        assert_eq!(meant("保土ヶ谷区", &wards, &[]).as_deref(), Some("保土ケ谷区"));
        assert_eq!(meant("港北", &wards, &[]).as_deref(), Some("港北区"));
        assert_eq!(meant("鶴見 区", &wards, &[]).as_deref(), Some("鶴見区"));
        assert_eq!(meant("鶴兄区", &wards, &["鶴見区"]).as_deref(), Some("鶴見区"));
        // sound sheets are not held for a guess
        assert_eq!(meant("鶴兄区", &wards, &[]), None);
        assert_eq!(meant("港東区", &wards, &["港南区", "港北区"]), None);
    }
}
