//! `[proofread]` of the manifest: by which profile pages are proofread, which rules are off, how words are written.
//!
//! In: the table as typed, and the list that it names. Out: [`ProofreadPlan`], and findings. The profile and the rules themselves
//! are the matter of `proofread`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use schemars::JsonSchema;
use serde::Deserialize;

use super::resolver::Resolver;
use super::text::{Placed, Text};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::origin::{Origin, Source};
use crate::say;
use crate::table::Rows;

/// `[proofread]`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ProofreadTable {
    /// A built-in profile (standard, mie-2024, machida), or one of `layouts/proofread/`.
    #[serde(default)]
    #[schemars(with = "String")]
    pub profile: Option<Text>,
    /// The standard of easy Japanese: the built-in one (yokohama), or one of `layouts/proofread/easy/`.
    #[serde(default)]
    #[schemars(with = "String")]
    pub easy: Option<Text>,
    /// Names of rules that are not asked.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub off: Vec<Text>,
    /// Wrong spellings with the right ones.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
    /// A list of the same (CSV: wrong, right), as a path.
    #[serde(default)]
    #[schemars(with = "String")]
    pub words_file: Option<Text>,
}

/// How pages are proofread.
#[derive(Debug, Clone, Default)]
pub struct ProofreadPlan {
    /// Name of the profile, if one is given.
    pub profile: Option<Placed>,
    /// Name of the standard of easy Japanese, if one is given.
    pub easy: Option<Placed>,
    /// Names of rules that are not asked.
    pub off: Vec<Placed>,
    /// Wrong spellings with the right ones.
    pub words: BTreeMap<String, String>,
}

impl ProofreadPlan {
    /// The names of rules that are not asked.
    #[must_use]
    pub fn off(&self) -> BTreeSet<String> {
        self.off.iter().map(|name| name.value.clone()).collect()
    }
}

const DELIMITER: u8 = b',';

impl Resolver<'_> {
    pub(super) fn proofread(&mut self, table: ProofreadTable) -> ProofreadPlan {
        let mut words = table.words_file.as_ref().map_or_else(BTreeMap::new, |path| self.words(path));
        words.extend(table.words);
        words.retain(|wrong, right| !wrong.is_empty() && wrong != right);
        ProofreadPlan {
            profile: table.profile.as_ref().map(|name| self.placed(name)),
            easy: table.easy.as_ref().map(|name| self.placed(name)),
            off: table.off.iter().map(|name| self.placed(name)).collect(),
            words,
        }
    }

    /// The list of words at `path`: two columns, under a header.
    fn words(&mut self, path: &Text) -> BTreeMap<String, String> {
        let name = path.get_ref();
        let bytes = match self.files.read(name) {
            Ok(bytes) => bytes,
            Err(error) => {
                let message = say!(
                    "用字用語の一覧「{name}」が読めません：{error}",
                    "The list of words \"{name}\" cannot be read: {error}"
                );
                let place = self.origin(path);
                self.diagnostics.push(Diagnostic::error(Code::ManifestReference, message).at(place));
                return BTreeMap::new();
            }
        };
        let text = String::from_utf8_lossy(&bytes).trim_start_matches('\u{FEFF}').to_owned();
        let source: Arc<Source> = Source::new(name.as_str(), text);
        let rows = Rows::of(&source.text, DELIMITER);
        let mut words = BTreeMap::new();
        for row in rows.rows.iter().skip(1) {
            let cell = |place: usize| {
                let cell = row.cells.get(place).copied().unwrap_or_default();
                cell.of(&source.text, &rows.unquoted).trim().to_owned()
            };
            let (wrong, right) = (cell(0), cell(1));
            if wrong.is_empty() != right.is_empty() {
                let span = rows.places.in_row(&source.text, row, 0);
                let message = say!(
                    "用字用語の一覧の行には、まちがった書き方と正しい書き方の2つが要ります。",
                    "A row of the list of words has a wrong spelling and the right one."
                );
                let finding = Diagnostic::error(Code::ManifestValue, message);
                self.diagnostics.push(finding.at(Origin::text(&source, span)));
            } else if !wrong.is_empty() {
                words.insert(wrong, right);
            }
        }
        words
    }
}
