//! What files for a reader of another language say in the place of words of the sources: names in English or Latin letters, kana
//! above kanji. Nothing is guessed: what no column and no table of readings gives stands as it is, and is a finding.
//!
//! In: what was checked, the words of the manifest. Out: [`ReaderLanguage`], which the view of a job asks.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::check::Checked;
use crate::check::checked::CheckedRecord;
use crate::model::address::Address;
use crate::model::edition::Reader;
use crate::model::meaning::Meaning;
use crate::model::phrases::Names;
use crate::model::readings::{Readings, WordReading, marked_up, stretches};
use crate::model::role::Role;
use crate::model::romaji;
use crate::model::schema::SchemaKind;
use crate::project::{Project, ReaderWords};

/// Headers of columns with a name or an address in English, by the role of the column whose words they say.
const ENGLISH: &[(Role, &[&str])] = &[
    (Role::Name, &["名称_英語", "名称（英語）", "英語名", "英語名称", "名称_英字"]),
    (Role::Address, &["住所_英語", "住所（英語）", "所在地_英語", "英語住所"]),
];

/// The language of a reader, for one project.
#[derive(Debug, Clone)]
pub struct ReaderLanguage {
    reader: Reader,
    words: ReaderWords,
    readings: Arc<Readings>,
    /// Towns by their names, those of a ward under both names in a row: 西区中央.
    towns: BTreeMap<String, String>,
    municipality: String,
    /// What stays whole where its texts are parted.
    names: Arc<Names>,
}

/// Readings that no row of the project's table needs: those that its directories give. The table comes first.
#[must_use]
pub fn readings(project: &Project, checked: &Checked) -> Readings {
    let mut readings = checked.readings.clone();
    for directory in project.directories.iter().filter_map(|plan| checked.directories.get(&plan.name)) {
        let (Some(name), Some(kana)) = (directory.role(Role::Name), directory.role(Role::Reading)) else {
            continue;
        };
        let latin = directory.role(Role::Romaji);
        for record in directory.records() {
            let name = record.value(name).text();
            let kana = record.value(kana).text();
            let latin = latin.map(|latin| record.value(latin).text()).filter(|latin| !latin.is_empty());
            let is_unit = directory.schema().kind == SchemaKind::Ward;
            let latin = latin.map(|latin| if is_unit { with_suffix(&name, &kana, &latin) } else { latin });
            readings.add(&name, WordReading { kana, latin });
        }
    }
    readings
}

/// A unit's name with its kind, as an address has it: Tsurumi-ku.
fn with_suffix(name: &str, kana: &str, latin: &str) -> String {
    let suffix = crate::model::kana::Reading::part(name, kana).suffix.kana;
    match romaji::of(&suffix) {
        Some(suffix) => format!("{latin}-{suffix}"),
        None => latin.to_owned(),
    }
}

/// What is printed of a cell in another language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// These words.
    Words(String),
    /// The cell's own: there are no others.
    AsItIs,
}

impl ReaderLanguage {
    /// The language of `reader`; none where its files say what those of the first reader say.
    #[must_use]
    pub fn of(
        reader: Reader,
        project: &Project,
        checked: &Checked,
        readings: &Arc<Readings>,
    ) -> Option<Self> {
        if !reader.has_own_words() {
            return None;
        }
        let words = project.words_for(reader).cloned().unwrap_or_default();
        let municipality =
            words.get("municipality").map_or_else(|| project.municipality.clone(), |city| city.value.clone());
        let towns = towns(project, checked);
        let names = if words.is_parted { names(project, checked) } else { Names::default() };
        let (readings, names) = (Arc::clone(readings), Arc::new(names));
        Some(Self { reader, words, readings, towns, municipality, names })
    }

    /// Whose language it is.
    #[must_use]
    pub fn reader(&self) -> Reader {
        self.reader
    }

    /// The words of the manifest at `place`, whose own are `own`.
    #[must_use]
    pub fn said<'a>(&'a self, place: &str, own: &'a str) -> Cow<'a, str> {
        let words = self.words.get(place).map_or(own, |words| words.value.as_str());
        self.in_letters(words)
    }

    /// The words of the manifest at `place` for this reader.
    #[must_use]
    pub fn words_at(&self, place: &str) -> Option<&crate::project::Placed> {
        self.words.get(place)
    }

    /// Words as this reader reads them: with kana above kanji in やさしい日本語. What is marked up already stays.
    #[must_use]
    pub fn in_letters<'a>(&self, words: &'a str) -> Cow<'a, str> {
        if self.reader != Reader::JaEasy {
            return Cow::Borrowed(words);
        }
        let mut done = String::with_capacity(words.len() * 2);
        for (text, is_marked) in stretches(words) {
            if is_marked {
                done.push_str(text);
            } else {
                done.push_str(&marked_up(&self.readings.with_ruby(text).parts));
            }
        }
        Cow::Owned(done)
    }

    /// Whether a blank parts the phrases of its texts.
    #[must_use]
    pub fn is_parted(&self) -> bool {
        self.words.is_parted
    }

    /// What stays whole where its texts are parted.
    #[must_use]
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The readings.
    #[must_use]
    pub fn readings(&self) -> &Readings {
        &self.readings
    }

    /// What English files print of the cell in `column`; none where the column is printed as it is in any language.
    #[must_use]
    pub fn english(&self, record: &CheckedRecord, column: usize) -> Option<Said> {
        let directory = record.directory();
        // the name of a unit stands in its own column of Latin letters
        if self.reader != Reader::En || directory.schema().kind == SchemaKind::Ward {
            return None;
        }
        let role = ENGLISH.iter().find(|(role, _)| directory.role(*role) == Some(column));
        let (role, headers) = role?;
        let written = directory.columns().iter().position(|column| headers.contains(&column.header.as_str()));
        let written = written.map(|written| record.value(written).text()).filter(|words| !words.is_empty());
        let own = record.value(column);
        if own.text().is_empty() {
            return None;
        }
        let said = written.or_else(|| match (role, &own.meaning) {
            (Role::Address, Meaning::Address(address, _)) => self.address(record, address),
            (Role::Name, _) => directory
                .role(Role::Romaji)
                .map(|latin| record.value(latin).text())
                .filter(|latin| !latin.is_empty())
                .or_else(|| self.readings.in_latin(&own.text())),
            _ => None,
        });
        Some(said.map_or(Said::AsItIs, Said::Words))
    }

    /// An address as it is written in English: number, town, ward, city.
    fn address(&self, record: &CheckedRecord, address: &Address) -> Option<String> {
        let ward = record.role(Role::Joins);
        let own = ward.filter(|ward| address.short.starts_with(ward.as_str())).map(|ward| ward.len());
        // offices of no ward name theirs at the head of the address
        let named = || Some(address.short.find('区')? + '区'.len_utf8());
        let (ward, rest) = address.short.split_at(own.or_else(named)?);
        let ward_latin = self.readings.in_latin(ward)?;
        let town = rest
            .char_indices()
            .map(|(at, c)| &rest[..at + c.len_utf8()])
            .rev()
            .find_map(|town| Some((town, self.towns.get(&format!("{ward}{town}"))?)));
        let (town, latin) = town?;
        let number = rest[town.len()..].trim();
        // a number and nothing else: words behind it would have to be read
        if !number.is_ascii() {
            return None;
        }
        let parts = [format!("{number} {latin}"), ward_latin, self.municipality.clone()];
        Some(parts.iter().map(|part| part.trim()).collect::<Vec<_>>().join(", "))
    }
}

/// Names of the project, its publishers and its records, and the words of its own list.
fn names(project: &Project, checked: &Checked) -> Names {
    let mut names = Names::new([project.title.as_str(), project.municipality.as_str()]);
    project.publisher.iter().for_each(|name| names.add(name));
    project.proofread.words.values().for_each(|word| names.add(word));
    for directory in project.directories.iter().filter_map(|plan| checked.directories.get(&plan.name)) {
        let Some(name) = directory.role(Role::Name) else { continue };
        directory.records().for_each(|record| names.add(&record.value(name).text()));
    }
    names
}

/// The Latin names of towns, by ward and town.
fn towns(project: &Project, checked: &Checked) -> BTreeMap<String, String> {
    let mut towns = BTreeMap::new();
    let lists = project.directories.iter().filter(|plan| plan.schema.kind == SchemaKind::Town);
    for directory in lists.filter_map(|plan| checked.directories.get(&plan.name)) {
        let ward = directory.asked(Role::Joins.name());
        let (Some(name), Some(latin)) = (directory.role(Role::Name), directory.role(Role::Romaji)) else {
            continue;
        };
        for record in directory.records() {
            let ward = ward.map(|ward| record.value(ward).text()).unwrap_or_default();
            let (name, latin) = (record.value(name).text(), record.value(latin).text());
            if !latin.is_empty() {
                towns.insert(format!("{ward}{name}"), latin);
            }
        }
    }
    towns
}
