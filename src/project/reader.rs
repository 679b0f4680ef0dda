//! `[reader.NAME]` of the manifest: its words for readers of another language, under the names that they have elsewhere in it.
//!
//! In: the table as typed. Out: [`ReaderWords`], and a finding for each text that a publication prints and that is not there.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::plan::PublicationPlan;
use super::resolver::Resolver;
use super::text::{Placed, Text};
use super::words::not_known;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::edition::Reader;
use crate::model::layout::{LayoutKind, OptionType};
use crate::say;

/// `[reader.NAME]`.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReaderTable {
    /// Whether sasshi puts a blank between the phrases of texts (分かち書き), where the writer has not; for ja-easy.
    #[serde(default)]
    #[schemars(with = "Option<bool>")]
    pub parted: Option<toml::Spanned<bool>>,
    /// Title of the whole.
    #[schemars(with = "Option<String>")]
    pub title: Option<Text>,
    /// The city.
    #[schemars(with = "Option<String>")]
    pub municipality: Option<Text>,
    /// The tag of copies that are no official publication.
    #[schemars(with = "Option<String>")]
    pub notice: Option<Text>,
    /// As of when the directories are.
    #[schemars(with = "Option<String>")]
    pub as_of: Option<Text>,
    /// Directories by name.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, ReaderDirectoryTable>")]
    pub directory: BTreeMap<Text, ReaderDirectoryTable>,
    /// Publications by name.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, ReaderTitles>")]
    pub publication: BTreeMap<Text, ReaderTitles>,
    /// Parts of the text by name.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, ReaderTitles>")]
    pub part: BTreeMap<Text, ReaderTitles>,
    /// Values for texts among layouts' options.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, BTreeMap<String, String>>")]
    pub layout: BTreeMap<Text, BTreeMap<Text, Text>>,
}

/// `[reader.NAME.directory.NAME]`.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReaderDirectoryTable {
    /// What its records are.
    #[schemars(with = "Option<String>")]
    pub title: Option<Text>,
    /// When to call.
    #[schemars(with = "Option<String>")]
    pub help: Option<Text>,
    /// The same, short.
    #[schemars(with = "Option<String>")]
    pub short_help: Option<Text>,
}

/// `[reader.NAME.publication.NAME]`, `[reader.NAME.part.NAME]`.
#[derive(Debug, Default, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ReaderTitles {
    /// The title.
    #[schemars(with = "Option<String>")]
    pub title: Option<Text>,
    /// The longer words.
    #[schemars(with = "Option<String>")]
    pub subtitle: Option<Text>,
}

/// Words of the manifest for a reader, each under its place in it: `notice`, `directory.centers.title`.
#[derive(Debug, Clone, Default)]
pub struct ReaderWords {
    words: BTreeMap<String, Placed>,
    /// Whether the texts get a blank between their phrases.
    pub is_parted: bool,
}

impl ReaderWords {
    /// The words at `place`, if there are any for the reader.
    #[must_use]
    pub fn get(&self, place: &str) -> Option<&Placed> {
        self.words.get(place)
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Placed> {
        self.words.values()
    }
}

impl Resolver<'_> {
    /// The words of each reader that has some.
    pub(super) fn reader_words(
        &mut self,
        tables: &BTreeMap<Text, ReaderTable>,
    ) -> BTreeMap<Reader, ReaderWords> {
        let mut words = BTreeMap::new();
        for (name, table) in tables {
            let Some(reader) = Reader::named(name.get_ref()) else {
                let names = Reader::ALL.iter().map(|(name, _)| *name);
                let diagnostic = not_known("読み手", "reader", name.get_ref(), names);
                self.diagnostics.push(diagnostic.at(self.origin(name)));
                continue;
            };
            let mut said = self.words_of(table);
            said.is_parted = self.is_parted(reader, table);
            words.insert(reader, said);
        }
        words
    }

    /// Whether the reader's texts are parted; others than those of easy Japanese cannot be.
    fn is_parted(&mut self, reader: Reader, table: &ReaderTable) -> bool {
        let Some(parted) = &table.parted else { return false };
        if *parted.get_ref() && reader != Reader::JaEasy {
            let message = say!(
                "分かち書き（parted）は、読み手「ja-easy」だけのものです。",
                "Only texts of the reader \"ja-easy\" are parted."
            );
            let place = self.origin(parted);
            self.diagnostics.push(Diagnostic::error(Code::ManifestValue, message).at(place));
            return false;
        }
        *parted.get_ref()
    }

    fn words_of(&self, table: &ReaderTable) -> ReaderWords {
        let mut words = ReaderWords::default();
        let mut add = |place: String, text: Option<&Text>| {
            words.words.extend(text.map(|text| (place, self.placed(text))));
        };
        add("title".to_owned(), table.title.as_ref());
        add("municipality".to_owned(), table.municipality.as_ref());
        add("notice".to_owned(), table.notice.as_ref());
        add("as-of".to_owned(), table.as_of.as_ref());
        for (name, directory) in &table.directory {
            let name = name.get_ref();
            add(format!("directory.{name}.title"), directory.title.as_ref());
            add(format!("directory.{name}.help"), directory.help.as_ref());
            add(format!("directory.{name}.short-help"), directory.short_help.as_ref());
        }
        for (kind, tables) in [("publication", &table.publication), ("part", &table.part)] {
            for (name, titles) in tables {
                let name = name.get_ref();
                add(format!("{kind}.{name}.title"), titles.title.as_ref());
                add(format!("{kind}.{name}.subtitle"), titles.subtitle.as_ref());
            }
        }
        for (name, options) in &table.layout {
            for (option, text) in options {
                add(format!("layout.{}.{}", name.get_ref(), option.get_ref()), Some(text));
            }
        }
        words
    }
}

/// A text of the manifest that a publication prints.
struct Printed<'p> {
    place: String,
    words: &'p str,
}

impl super::Project {
    /// The words of the manifest for `reader`.
    #[must_use]
    pub fn words_for(&self, reader: Reader) -> Option<&ReaderWords> {
        self.reader_words.get(&reader)
    }

    /// A finding for each text of the manifest that a publication prints for a reader of another language, and that the reader
    /// has no words for.
    pub(super) fn unsaid(&self) -> Vec<Diagnostic> {
        let mut found: Vec<Diagnostic> = Vec::new();
        let none = ReaderWords::default();
        for plan in &self.publications {
            for reader in plan.readers.iter().filter(|reader| reader.has_own_words()) {
                let words = self.words_for(*reader).unwrap_or(&none);
                let printed = self.printed_by(plan);
                let missing = printed.iter().filter(|one| words.get(&one.place).is_none());
                for diagnostic in missing.map(|one| unsaid(*reader, one)) {
                    if !found.iter().any(|known| known.message == diagnostic.message) {
                        found.push(diagnostic.at(plan.name.origin.clone()));
                    }
                }
            }
        }
        found
    }

    /// Whether words for `reader` are asked for at `place`, as a publication may print them.
    #[must_use]
    pub fn asks(&self, reader: Reader, place: &str) -> bool {
        let plans = self.publications.iter().filter(|plan| plan.readers.contains(&reader));
        plans.flat_map(|plan| self.printed_by(plan)).any(|printed| printed.place == place)
    }

    fn printed_by<'p>(&'p self, plan: &'p PublicationPlan) -> Vec<Printed<'p>> {
        let mut printed = Vec::new();
        let mut add = |place: String, words: &'p str| {
            if !words.is_empty() {
                printed.push(Printed { place, words });
            }
        };
        let has_text = matches!(plan.layout.kind, LayoutKind::Booklet | LayoutKind::Handout);
        add("municipality".to_owned(), &self.municipality);
        add("notice".to_owned(), &self.notice);
        if has_text {
            add(format!("publication.{}.title", plan.name.value), &plan.title);
            for part in &self.parts {
                add(format!("part.{}.title", part.name), &part.title);
                add(format!("part.{}.subtitle", part.name), &part.subtitle);
            }
        } else {
            add("as-of".to_owned(), &self.as_of);
        }
        let of_layout = &plan.layout.name;
        for (key, option) in &plan.options {
            let is_words = option.kind == OptionType::Text && !plan.layout.controls.options.contains(key);
            if let Some(words) = option.value.as_str().filter(|_| is_words && option.origin.is_some()) {
                add(format!("layout.{of_layout}.{key}"), words);
            }
        }
        let shown = plan.directories.iter().filter_map(|name| self.directory(&name.value));
        for directory in shown.filter(|_| !has_text) {
            let name = &directory.name;
            add(format!("directory.{name}.title"), &directory.title);
            add(format!("directory.{name}.help"), &directory.help);
            add(format!("directory.{name}.short-help"), &directory.short_help);
        }
        printed
    }
}

fn unsaid(reader: Reader, printed: &Printed<'_>) -> Diagnostic {
    let (name, Printed { place, words }) = (reader.name(), printed);
    let (table, key) = place.rsplit_once('.').map_or(("", place.as_str()), |(table, key)| (table, key));
    let table = if table.is_empty() { format!("reader.{name}") } else { format!("reader.{name}.{table}") };
    Diagnostic::warning(
        Code::ReaderWords,
        say!(
            "読み手「{name}」のための言葉がありません：「{words}」（{place}）。このまま印刷します。",
            "There are no words for the reader \"{name}\": \"{words}\" ({place}) is printed as it is."
        ),
    )
    .hint(say!(
        "sasshi.toml の [{table}] に {key} = \"…\" を書いてください。",
        "Write {key} = \"…\" under [{table}] in sasshi.toml."
    ))
}
