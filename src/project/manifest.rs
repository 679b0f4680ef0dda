//! The form of `sasshi.toml` as it is typed: serde types with the place of each value, unknown keys refused.
//!
//! In: the text of the manifest. Out: [`Manifest`] and findings. Nothing is resolved here; `project` does that.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

use super::checks::ChecksTable;
use super::combined::{Combined, CombinedForm};
use super::imposition::ImpositionTable;
use super::limits::LimitsTable;
use super::proofread::ProofreadTable;
use super::reader::ReaderTable;
use super::text::Text;
use super::toml_words::TomlWords;
use super::words::Words;
use crate::diagnostic::{Code, Diagnostic, Outcome, Say};
use crate::model::docket::PrintOrder;
use crate::model::origin::{Origin, Source};
use crate::say;

/// The whole manifest.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Manifest {
    /// What the project is.
    pub project: ProjectTable,
    /// Parts of the text, in order.
    #[serde(default)]
    pub part: Vec<PartTable>,
    /// Directories by name.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, DirectoryTable>")]
    pub directory: BTreeMap<Text, DirectoryTable>,
    /// What is made.
    #[serde(default)]
    pub publication: Vec<PublicationTable>,
    /// Values for layouts' options.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, BTreeMap<String, serde_json::Value>>")]
    pub layout: BTreeMap<Text, BTreeMap<Text, Spanned<toml::Value>>>,
    /// Words for readers of another language.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, ReaderTable>")]
    pub reader: BTreeMap<Text, ReaderTable>,
    /// How press sheets are made.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, ImpositionTable>")]
    pub imposition: BTreeMap<Text, ImpositionTable>,
    /// How strict the checks are.
    #[serde(default)]
    #[schemars(with = "super::checks::Checks")]
    pub checks: ChecksTable,
    /// Print shops: `default`, and publications that go to another.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, PressTable>")]
    pub press: BTreeMap<Text, PressTable>,
    /// How pages are proofread.
    #[serde(default)]
    pub proofread: ProofreadTable,
    /// What is kept between builds.
    #[serde(default)]
    pub cache: CacheTable,
    /// What one file may take before it is stopped.
    #[serde(default)]
    pub limits: LimitsTable,
}

/// `[cache]`.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CacheTable {
    /// What `output/.cache/` may hold, in megabytes; what no build used for longest goes first (default 2000).
    pub megabytes: u32,
}

impl Default for CacheTable {
    fn default() -> Self {
        Self { megabytes: 2_000 }
    }
}

/// `[press.default]`, `[press.PUBLICATION]`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PressTable {
    /// A built-in press profile, or one of `layouts/press/`.
    #[schemars(with = "String")]
    pub profile: Text,
    /// The ICC profile of the printing condition, as a path.
    #[serde(default)]
    #[schemars(with = "String")]
    pub icc: Option<Text>,
    /// Who sets the docket: "layout", or "plain" for one page of short lines (a sasshi with the feature genpdf-docket).
    #[serde(default)]
    #[schemars(with = "String")]
    pub docket: Option<Text>,
    /// What the shop is told besides (copies, delivery): a line each on the docket.
    #[serde(default)]
    pub notes: Vec<String>,
    /// Whom the shop asks: a line each on the docket.
    #[serde(default)]
    pub contact: Vec<String>,
    /// What is ordered: copies, paper, proofs, delivery.
    #[serde(default)]
    pub job: PrintOrder,
}

/// `[project]`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ProjectTable {
    /// Title of the whole.
    #[schemars(with = "String")]
    pub title: Text,
    /// The city whose wards and addresses these are.
    #[serde(default)]
    pub municipality: String,
    /// Language of the text (BCP 47).
    #[serde(default = "japanese")]
    #[schemars(with = "String")]
    pub language: Text,
    /// Date of the edition; the only date that sasshi prints or stores.
    #[schemars(with = "String", extend("format" = "date"))]
    pub date: Spanned<Datetime>,
    /// Who publishes it.
    #[serde(default)]
    pub publisher: Vec<String>,
    /// A short tag for copies that are no official publication ("見本版").
    #[serde(default)]
    pub notice: String,
    /// As of when the directories are.
    #[serde(default)]
    pub as_of: String,
    /// A table of words with their readings (CSV: 表記, よみ, ローマ字), for readers of other languages.
    #[schemars(with = "Option<String>")]
    pub readings: Option<Text>,
    /// Lines of the colophon.
    #[serde(default)]
    pub colophon: Vec<ColophonTable>,
    /// Addresses on the web that were checked and may be live links on screen.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub checked_links: Vec<Text>,
}

fn japanese() -> Text {
    Spanned::new(0..0, "ja".to_owned())
}

/// `[[project.colophon]]`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ColophonTable {
    /// What the lines are: 発行, 編集.
    #[schemars(with = "String")]
    pub label: Text,
    /// The lines.
    #[schemars(with = "Vec<String>")]
    pub lines: Vec<Text>,
}

/// `[[part]]`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PartTable {
    /// The name in front matter and file names (ASCII).
    #[schemars(with = "String")]
    pub name: Text,
    /// As printed on tabs.
    pub title: String,
    /// The longer words beside it.
    #[serde(default)]
    pub subtitle: String,
}

/// `[directory.NAME]`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DirectoryTable {
    /// A file, a folder or a glob, relative to the manifest.
    #[schemars(with = "String")]
    pub source: Text,
    /// Its schema: a built-in one, or one of the project's `schemas/`.
    #[serde(default)]
    #[schemars(with = "String")]
    pub schema: Option<Text>,
    /// Header of the column that joins to the wards, if not the schema's.
    #[serde(default)]
    #[schemars(with = "String")]
    pub key: Option<Text>,
    /// Encoding of the files (default `auto`: found out).
    #[serde(default)]
    #[schemars(with = "String")]
    pub encoding: Option<Text>,
    /// The character between cells: `,`, `tab`, `;` or `|` (default: found out).
    #[serde(default)]
    #[schemars(with = "String")]
    pub delimiter: Option<Text>,
    /// The sheet of a workbook (default: the first that is visible).
    #[serde(default)]
    #[schemars(with = "String")]
    pub sheet: Option<Text>,
    /// The row of the header as a spreadsheet counts it (default: found out).
    #[serde(default)]
    #[schemars(with = "u32")]
    pub header_row: Option<Spanned<u32>>,
    /// The number of rows at the end that are notes.
    #[serde(default)]
    pub skip_below: u32,
    /// Of the master list: what sheets are made for, as messages and headers call it (区, 町内会, 学校; default: 区).
    #[serde(default)]
    #[schemars(with = "String")]
    pub unit: Option<Text>,
    /// A file, a folder or a glob whose rows replace those of `source` with the same key.
    #[serde(default)]
    #[schemars(with = "String")]
    pub corrections: Option<Text>,
    /// `all` for a list of the whole city: its records stand on the sheet of every ward. Without it each record stands on
    /// the sheet of the ward that its row names.
    #[serde(default, rename = "for")]
    #[schemars(with = "String")]
    pub coverage: Option<Text>,
    /// Each ward must have a row (default: yes for directories with a ward column and the schema `facility`).
    #[serde(default)]
    #[schemars(with = "bool")]
    pub every_ward: Option<bool>,
    /// Headers of columns that may be empty though a layout prints them.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub optional: Vec<Text>,
    /// What its records are, as printed: 活動センター.
    #[serde(default)]
    pub title: String,
    /// When to call: one line.
    #[serde(default)]
    pub help: String,
    /// The same in at most 11 characters.
    #[serde(default)]
    pub short_help: String,
    /// Name of an icon of `layouts/shared/art/icon-NAME.svg`.
    #[serde(default)]
    #[schemars(with = "String")]
    pub icon: Option<Text>,
}

/// `[[publication]]`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PublicationTable {
    /// Its name: the folder under `output/`.
    #[schemars(with = "String")]
    pub name: Text,
    /// Its title; the project's if empty.
    #[serde(default)]
    pub title: String,
    /// The layout.
    #[schemars(with = "String")]
    pub layout: Text,
    /// Text files: paths and globs.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub text: Vec<Text>,
    /// Directories it shows, in order.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub directories: Vec<Text>,
    /// One file for each record of this directory, or `parts`: one for each part.
    #[serde(default)]
    #[schemars(with = "String")]
    pub per: Option<Text>,
    /// Pattern of file names.
    #[serde(default)]
    #[schemars(with = "String")]
    pub file_name: Option<Text>,
    /// Editions.
    #[serde(default = "screen")]
    #[schemars(with = "Vec<String>")]
    pub editions: Vec<Text>,
    /// Readers.
    #[serde(default = "reader_ja")]
    #[schemars(with = "Vec<String>")]
    pub readers: Vec<Text>,
    /// Also all records as one document, or as several of so many sheets (default: one where `per` is given).
    #[serde(default)]
    #[schemars(with = "CombinedForm")]
    pub combined: Option<Combined>,
    /// Headers of columns that this publication does not print on purpose.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub leaves_out: Vec<Text>,
    /// Also a copy for trainers.
    #[serde(default)]
    pub trainer: bool,
    /// How its press sheets are made: `[imposition.NAME]`.
    #[serde(default)]
    #[schemars(with = "String")]
    pub imposition: Option<Text>,
    /// The number of pages it must have.
    #[serde(default)]
    #[schemars(with = "u32")]
    pub pages: Option<Spanned<u32>>,
}

fn screen() -> Vec<Text> {
    vec![Spanned::new(0..0, "screen".to_owned())]
}

fn reader_ja() -> Vec<Text> {
    vec![Spanned::new(0..0, "ja".to_owned())]
}

/// Reads the manifest. The value is none when it cannot be used at all.
pub fn read(source: &Arc<Source>) -> Outcome<Option<Manifest>> {
    let mut diagnostics = Vec::new();
    let mut unknown: Vec<Range<usize>> = Vec::new();
    loop {
        let mut table = match DeTable::parse(&source.text) {
            Ok(table) => table,
            Err(error) => {
                diagnostics.push(syntax(source, &error));
                return Outcome { value: None, diagnostics };
            }
        };
        prune(table.get_mut(), &unknown);
        match Manifest::deserialize(toml::de::Deserializer::from(table)) {
            Ok(manifest) => return Outcome { value: Some(manifest), diagnostics },
            Err(error) => match unknown_key(source, &error) {
                // a key that is missing is the one that is misspelt
                _ if !unknown.is_empty() && error.message().starts_with("missing field ") => {
                    return Outcome { value: None, diagnostics };
                }
                // each unknown key is reported, taken out, and the rest read again
                Some((span, diagnostic)) if !unknown.contains(&span) => {
                    diagnostics.push(diagnostic);
                    unknown.push(span);
                }
                _ => {
                    diagnostics.push(value(source, &error));
                    return Outcome { value: None, diagnostics };
                }
            },
        }
    }
}

fn prune(table: &mut DeTable<'_>, unknown: &[Range<usize>]) {
    *table = std::mem::take(table)
        .into_iter()
        .filter(|(key, _)| !unknown.contains(&key.span()))
        .map(|(key, mut value)| {
            prune_value(value.get_mut(), unknown);
            (key, value)
        })
        .collect();
}

fn prune_value(value: &mut DeValue<'_>, unknown: &[Range<usize>]) {
    match value {
        DeValue::Table(table) => prune(table, unknown),
        DeValue::Array(items) => items.iter_mut().for_each(|item| prune_value(item.get_mut(), unknown)),
        _ => {}
    }
}

fn syntax(source: &Arc<Source>, error: &toml::de::Error) -> Diagnostic {
    let TomlWords { fault: Say { ja, en }, cure } = TomlWords::of(error.message());
    let message = say!("設定ファイルを読み取れません：{ja}", "The manifest cannot be read. {en}");
    Diagnostic::error(Code::ManifestSyntax, message)
        .at(error.span().map(|span| Origin::text(source, span)))
        .hint(cure)
}

fn value(source: &Arc<Source>, error: &toml::de::Error) -> Diagnostic {
    let words = Words::of(error.message());
    let diagnostic = Diagnostic::error(Code::ManifestValue, words.message.clone());
    words.on(diagnostic.at(error.span().map(|span| Origin::text(source, span))))
}

/// An unknown key and its place.
fn unknown_key(source: &Arc<Source>, error: &toml::de::Error) -> Option<(Range<usize>, Diagnostic)> {
    let span = error.span().filter(|_| error.message().starts_with("unknown field "))?;
    let words = Words::of(error.message());
    let diagnostic = Diagnostic::error(Code::ManifestUnknownKey, words.message.clone());
    Some((span.clone(), words.on(diagnostic.at(Origin::text(source, span)))))
}
