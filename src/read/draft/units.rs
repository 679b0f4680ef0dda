//! The units that a list names, and the city they lie in.
//!
//! In: the column of units. Out: [`Units`], and the master list as CSV: with code, reading and Latin name where the names are
//! those of wards that are known, in the city's own order; else the names alone, as they come.

use std::collections::{BTreeMap, BTreeSet};

use super::roles::{ColumnRoles, common_ending, is_unit, unit_word};
use crate::model::directory::{Directory, Record};
use crate::model::role::Role;
use crate::model::several_units::several_units;
use crate::model::spelling::plain;
use crate::model::unit::Unit;
use crate::read::delimited;
use crate::table::Writer;

/// The wards of Yokohama with code, reading and Latin name.
const WARDS: &str = include_str!("../../../sources/directories/wards.csv");
/// The column of their names.
const NAME: usize = 1;
/// Their city.
const CITY: &str = "横浜市";
/// Those of which no other city has one of the same name: with one of them a list is this city's.
const OWN: &[&str] =
    &["神奈川区", "港南区", "保土ケ谷区", "磯子区", "金沢区", "港北区", "都筑区", "戸塚区", "栄区", "瀬谷区"];

/// A name of a unit as some rows write it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spelling {
    /// As written.
    pub written: String,
    /// The unit that is meant.
    pub name: String,
}

/// The units of a list.
#[derive(Debug, Default)]
pub(super) struct Units {
    /// What they are called.
    pub word: String,
    /// Their names without the city's, each once.
    pub names: Vec<String>,
    /// Other spellings of these names.
    pub spellings: Vec<Spelling>,
    /// Cells that name several of them, or all.
    pub several: Vec<String>,
    /// Rows whose cell of the unit is a remark, from 0.
    pub remarks: BTreeSet<usize>,
    /// The city that they lie in, as far as it can be told; else empty.
    pub city: String,
    /// The header of the known wards and the rows of all of them, if all are known.
    known: Option<Vec<Vec<String>>>,
}

impl Units {
    /// The units that `directory` names.
    pub(super) fn find(directory: &Directory, roles: &ColumnRoles) -> Self {
        let remarks = remarks(directory, roles);
        let cells = |role: Role| -> Vec<&str> {
            let Some(found) = roles.get(role) else { return Vec::new() };
            let records = directory.records.iter().enumerate().filter(|(index, _)| !remarks.contains(index));
            let cells = records.map(|(_, record)| record.written(found.column).trim());
            cells.filter(|cell| !cell.is_empty()).collect()
        };
        let written = cells(Role::Joins);
        let mut city = common_city(&written);
        if city.is_empty() {
            city = common_city(&cells(Role::Address));
        }
        if city.is_empty() {
            city = city_of_some(&written);
        }
        let header = roles.get(Role::Joins).map(|found| directory.columns[found.column].header.as_str());
        let single: Vec<String> = written.iter().map(|cell| in_one_line(without_city(cell, &city))).collect();
        let unit = Unit::new(&word(header.unwrap_or_default(), &single));
        let is_name = |name: &str| single.iter().any(|known| plain(known) == plain(name));
        let mut groups = Groups::default();
        let mut several = Vec::new();
        for (cell, name) in written.iter().zip(&single) {
            // a name may stand in the list only within such a cell, whole
            let is_one = |part: &str| {
                let is_whole = cell.contains(part) && part.ends_with(unit.ja()) && part != unit.ja();
                plain(part) != plain(cell) && (is_name(part) || is_whole)
            };
            match several_units(cell, &unit, is_one) {
                Some(_) if several.iter().any(|known| known == cell) => {}
                Some(_) => several.push((*cell).to_owned()),
                None => groups.add(name),
            }
        }
        let is_own = |name: &String| OWN.iter().any(|own| plain(own) == plain(name));
        let is_city = city == CITY || (city.is_empty() && groups.names().iter().any(is_own));
        let known = known_rows(&groups.names()).filter(|_| is_city);
        if let Some(rows) = &known {
            CITY.clone_into(&mut city);
            groups.rename(rows.iter().skip(1).filter_map(|row| row.get(NAME)));
        }
        let (names, spellings) = (groups.names(), groups.spellings());
        let word = word(header.unwrap_or_default(), &names);
        Self { word, names, spellings, several, remarks, city, known }
    }

    /// Whether code, reading and Latin name of all units are known.
    pub(super) fn are_known(&self) -> bool {
        self.known.is_some()
    }

    /// The master list.
    pub(super) fn csv(&self) -> Option<String> {
        if self.names.is_empty() {
            return None;
        }
        let mut list = Writer::new();
        if let Some(rows) = &self.known {
            for row in rows {
                list.row(row.iter().map(String::as_str));
            }
            return Some(list.text());
        }
        list.row(std::iter::once(Unit::new(&self.word).header("区").as_str()));
        for name in &self.names {
            list.row(std::iter::once(name.as_str()));
        }
        Some(list.text())
    }
}

/// What the units are called: by the header, else by how their names end.
fn word(header: &str, names: &[String]) -> String {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let by_header = unit_word(&header.replace(char::is_whitespace, ""));
    let ending = common_ending(&names);
    match ending {
        // 鶴見区 under 地区名
        Some("区") => "区".to_owned(),
        Some(ending) if !is_unit(&by_header) => ending.to_owned(),
        _ if by_header.is_empty() => "区".to_owned(),
        _ => by_header,
    }
}

/// Names of units by what they are in any spelling.
#[derive(Default)]
struct Groups {
    /// The plain form of each, in the order of the list, or that of the master list.
    order: Vec<String>,
    /// How often each spelling stands in the list; the first is the one that is used.
    written: BTreeMap<String, Vec<(String, usize)>>,
}

impl Groups {
    fn add(&mut self, name: &str) {
        let key = plain(name);
        if !self.written.contains_key(&key) {
            self.order.push(key.clone());
        }
        let spellings = self.written.entry(key).or_default();
        match spellings.iter_mut().find(|(known, _)| known == name) {
            Some((_, count)) => *count += 1,
            None => spellings.push((name.to_owned(), 1)),
        }
        // the most frequent first; of equals the shorter one, which has no blanks
        spellings.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), name.chars().count()));
    }

    /// Puts the names of a master list in the place of those of the list.
    fn rename<'n>(&mut self, names: impl Iterator<Item = &'n String>) {
        self.order.clear();
        for name in names {
            let key = plain(name);
            let spellings = self.written.entry(key.clone()).or_default();
            spellings.retain(|(known, _)| known != name);
            spellings.insert(0, (name.clone(), 1));
            self.order.push(key);
        }
    }

    fn names(&self) -> Vec<String> {
        let first = |key| self.written.get(key).and_then(|spellings| spellings.first());
        self.order.iter().filter_map(first).map(|(name, _)| name.clone()).collect()
    }

    fn spellings(&self) -> Vec<Spelling> {
        let mut found = Vec::new();
        for spellings in self.order.iter().filter_map(|key| self.written.get(key)) {
            let Some(((name, _), others)) = spellings.split_first() else { continue };
            found.extend(
                others.iter().map(|(written, _)| Spelling { written: written.clone(), name: name.clone() }),
            );
        }
        found
    }
}

/// A name without the line breaks of a narrow column.
fn in_one_line(name: &str) -> String {
    let lines = name.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::new(), |name, line| {
        let is_latin = name.ends_with(|c: char| c.is_ascii()) && line.starts_with(|c: char| c.is_ascii());
        let blank = if is_latin && !name.is_empty() { " " } else { "" };
        name + blank + line
    })
}

/// `cell` without the city before it.
fn without_city<'c>(cell: &'c str, city: &str) -> &'c str {
    match cell.split_once(city) {
        Some((_, rest)) if !city.is_empty() && !rest.trim().is_empty() => rest.trim(),
        _ => cell,
    }
}

/// The city that stands before some of the units, which others name without it: 横浜市西区 beside 西区.
fn city_of_some(written: &[&str]) -> String {
    let plain_names: BTreeSet<String> = written.iter().map(|cell| plain(cell)).collect();
    let of = |cell: &&str| {
        let at = cell.find('市').filter(|at| *at > 0)? + '市'.len_utf8();
        let (city, rest) = cell.split_at(at);
        (!rest.trim().is_empty() && plain_names.contains(&plain(rest))).then(|| city.to_owned())
    };
    written.iter().find_map(of).unwrap_or_default()
}

/// Words of remarks below a list or in it.
const REMARKS: &[&str] = &["問合せ", "問い合わせ", "問い合せ", "※", "＊", "合計", "注）", "注意", "備考"];

/// Words behind the name of a unit that make a total of it.
const TOTALS: &[&str] = &["計", "小計", "合計", "の計", "の合計", " 計", "　計"];

/// Rows whose cell of the unit is no name: a remark, or words that stand alone in their row.
fn remarks(directory: &Directory, roles: &ColumnRoles) -> BTreeSet<usize> {
    let Some(unit) = roles.get(Role::Joins).map(|found| found.column) else { return BTreeSet::new() };
    let filled_of = |record: &Record| {
        (0..directory.columns.len()).filter(|column| !record.written(*column).trim().is_empty()).count()
    };
    let with_more = directory.records.iter().filter(|record| filled_of(record) > 2);
    let names: BTreeSet<&str> =
        with_more.map(|record| record.written(unit).trim()).filter(|name| !name.is_empty()).collect();
    let is_remark = |record: &Record| {
        let cell = record.written(unit).trim();
        let filled = filled_of(record);
        let rest = names.iter().find_map(|name| cell.strip_prefix(name).filter(|rest| !rest.is_empty()));
        // 西区計 below the rows of 西区, 西区の施設 above them
        let is_total = rest.is_some_and(|rest| TOTALS.contains(&rest));
        let is_group = filled == 1 && rest.is_some() && !names.contains(cell);
        let says_so = REMARKS.iter().any(|word| cell.contains(word));
        let is_alone = filled == 1 && (cell.chars().count() > 16 || cell.contains(char::is_numeric));
        !cell.is_empty() && (says_so || is_alone || is_total || is_group)
    };
    let records = directory.records.iter().enumerate();
    records.filter(|(_, record)| is_remark(record)).map(|(index, _)| index).collect()
}

/// The header of the known wards and the rows of `names`, in their order, if all of these are known.
fn known_rows(names: &[String]) -> Option<Vec<Vec<String>>> {
    let text = WARDS.trim_start_matches('\u{FEFF}');
    let rows = delimited::rows(text, b',');
    let mut rows = rows.rows.iter().map(|row| -> Vec<String> {
        row.cells.iter().map(|cell| cell.of(text, &rows.unquoted).trim().to_owned()).collect()
    });
    let mut found: Vec<Vec<String>> = rows.next().into_iter().collect();
    let plain_names: BTreeSet<String> = names.iter().map(|name| plain(name)).collect();
    found.extend(rows.filter(|row| row.get(NAME).is_some_and(|name| plain_names.contains(&plain(name)))));
    (found.len() == names.len() + 1 && !names.is_empty()).then_some(found)
}

/// The city with which most of the words begin, behind the name of a prefecture or not: 横浜市.
fn common_city(words: &[&str]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in words {
        let prefecture = word.char_indices().take(4).find(|(_, c)| matches!(c, '都' | '道' | '府' | '県'));
        let rest = prefecture.map_or(*word, |(at, c)| &word[at + c.len_utf8()..]);
        // the wards of Tokyo are what cities are elsewhere
        let is_tokyo = prefecture.is_some_and(|(_, c)| c == '都');
        let ends = |c: char| c == '市' || (is_tokyo && c == '区');
        let end = rest.char_indices().skip(1).take(6).find(|(_, c)| ends(*c));
        let behind = end.map(|(at, c)| &rest[at + c.len_utf8()..]);
        if let (Some((at, c)), Some(behind)) = (end, behind)
            && !behind.is_empty()
            && !behind.starts_with(['民', '役', '内', '立', '営'])
        {
            *counts.entry(&rest[..at + c.len_utf8()]).or_default() += 1;
        }
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.filter(|(_, count)| count * 2 > words.len()).map(|(city, _)| city.to_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_city_is_what_most_begin_with() {
        assert_eq!(common_city(&["横浜市西区", "神奈川県横浜市中区", "港北区"]), "横浜市");
        assert_eq!(common_city(&["市川市見本1", "市川市見本2"]), "市川市");
        assert_eq!(common_city(&["西区", "中区"]), "");
        assert_eq!(common_city(&["東京都港区芝1", "東京都港区三田2"]), "港区");
    }

    #[test]
    fn spellings_of_one_unit_are_one() {
        let mut groups = Groups::default();
        for name in ["西　区", "西区", "西区", "保土ヶ谷区", "中区"] {
            groups.add(name);
        }
        assert_eq!(groups.names(), ["西区", "保土ヶ谷区", "中区"]);
        let spelling = |written: &str, name: &str| Spelling { written: written.into(), name: name.into() };
        assert_eq!(groups.spellings(), [spelling("西　区", "西区")]);
        let rows = known_rows(&groups.names()).expect("all are known");
        groups.rename(rows.iter().skip(1).filter_map(|row| row.get(NAME)));
        assert_eq!(groups.names(), ["西区", "中区", "保土ケ谷区"]);
        assert!(groups.spellings().contains(&spelling("保土ヶ谷区", "保土ケ谷区")));
        assert_eq!(city_of_some(&["横浜市西区", "西　区", "中区"]), "横浜市");
        assert_eq!(city_of_some(&["市民館", "西区"]), "");
    }

    #[test]
    fn known_wards_come_with_what_is_known_of_them_in_their_order() {
        let names = ["港北区", "西区"].map(str::to_owned);
        let rows = known_rows(&names).expect("both are known");
        assert_eq!(
            rows[1..],
            [["141038", "西区", "にしく", "Nishi"], ["141097", "港北区", "こうほくく", "Kohoku"]]
        );
        assert!(known_rows(&[]).is_none());
        assert!(known_rows(&["西区", "幸区"].map(str::to_owned)).is_none());
    }

    #[test]
    fn the_word_is_that_of_the_header_or_the_names() {
        let names = |list: &[&str]| list.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(word("行政区", &names(&["西区", "中区"])), "区");
        assert_eq!(word("町内会名", &names(&["さくら坂", "みなと"])), "町内会");
        assert_eq!(word("この用紙を配るところ", &names(&["東支部", "西支部"])), "支部");
    }
}
