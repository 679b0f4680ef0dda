//! Tells cells that name several units, or all of them, where the name of one belongs: 全区, 市内全域, 中区・南区.
//!
//! In: the cell, what units are called, and which names are known. Out: which of the two it is. A sheet cannot be made for
//! such a name; the record belongs on the sheets of others.

use super::spelling::plain;
use super::unit::Unit;

/// What a cell names instead of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SeveralUnits {
    /// All units.
    All,
    /// These, as written.
    These(Vec<String>),
}

/// Words for all units, whatever these are called.
const ALL: &[&str] = &[
    "全",
    "全市",
    "全域",
    "全体",
    "全部",
    "全て",
    "すべて",
    "全地域",
    "全地区",
    "共通",
    "全市共通",
    "市全域",
    "市全体",
    "市内全域",
    "市内全体",
    "市内全部",
    "区内全域",
    "町内全域",
    "all",
];
/// What stands between names.
const MARKS: &[char] = &['、', '，', ',', '・', '･', '／', '/', '＆', '&', ';', '；', '\n'];

/// Whether `cell` names several units; `is_known` tells the names of single ones.
#[must_use]
pub fn several_units(cell: &str, unit: &Unit, is_known: impl Fn(&str) -> bool) -> Option<SeveralUnits> {
    let cell = cell.trim();
    if cell.is_empty() || is_known(cell) {
        return None;
    }
    let word = unit.ja();
    let core = plain(cell).to_lowercase();
    let core = core.trim_matches(['(', ')', '【', '】', '[', ']']);
    let of_all = core.strip_prefix(['全', '各']).map(|rest| rest.strip_suffix("共通").unwrap_or(rest));
    let is_all = |rest: &str| !rest.is_empty() && (rest == word || word.ends_with(rest));
    if ALL.contains(&core) || of_all.is_some_and(is_all) || core.strip_suffix("共通") == Some(word) {
        return Some(SeveralUnits::All);
    }
    let names: Vec<&str> = cell.split(MARKS).map(str::trim).filter(|name| !name.is_empty()).collect();
    let is_one = |name: &&str| is_known(name) || is_known(&format!("{name}{word}"));
    (names.len() > 1 && names.iter().all(is_one))
        .then(|| SeveralUnits::These(names.into_iter().map(str::to_owned).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_names_in_one_cell() {
        let known = ["西区", "中区", "南区"];
        let several = |cell: &str| several_units(cell, &Unit::new("区"), |name| known.contains(&name));
        for cell in ["全区", "（全区）", "全区共通", "各区", "市内全域", "すべて", "区共通", "全 区"]
        {
            assert_eq!(several(cell), Some(SeveralUnits::All), "{cell}");
        }
        let these =
            |names: &[&str]| Some(SeveralUnits::These(names.iter().map(|name| (*name).to_owned()).collect()));
        assert_eq!(several("中区、南区"), these(&["中区", "南区"]));
        assert_eq!(several("西・中・南区"), these(&["西", "中", "南区"]));
        assert_eq!(several("西区\n中区"), these(&["西区", "中区"]));
        for cell in ["西区", "旭区", "本町・元町", "中区、旭区", "全福寺", "南\n区", ""] {
            assert_eq!(several(cell), None, "{cell}");
        }
        // one association of two quarters
        assert_eq!(several_units("本町・元町町内会", &Unit::new("町内会"), |_| false), None);
        assert_eq!(several_units("全校", &Unit::new("学校"), |_| false), Some(SeveralUnits::All));
    }
}
