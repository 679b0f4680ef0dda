//! Directories of the manifest, resolved: their schema, whom their records are for, what the units are called.
//!
//! In: `[directory.NAME]`. Out: [`DirectoryPlan`]; names that lead nowhere are findings.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use toml::Spanned;

use super::manifest::{DirectoryTable, Text};
use super::plan::{Coverage, DirectoryPlan};
use super::{Resolver, schema, table_form};
use crate::diagnostic::{Code, Diagnostic, Suggestion};
use crate::model::schema::{Schema, SchemaKind};
use crate::model::unit::Unit;
use crate::say;

impl Resolver<'_> {
    /// What the units of the master list are called.
    pub(super) fn unit(&mut self, directories: &BTreeMap<Text, DirectoryTable>) -> Unit {
        let mut given = directories.values().filter_map(|table| table.unit.as_ref());
        let Some(word) = given.next() else { return Unit::default() };
        if let Some(second) = given.next() {
            let (one, other) = (word.get_ref(), second.get_ref());
            self.push(
                Code::ManifestTwice,
                say!(
                    "unit が「{one}」「{other}」と2回あります。書けるのは、もとになる一覧に1回だけです。",
                    "unit is given twice, \"{one}\" and \"{other}\"; it belongs to the master list alone."
                ),
                second,
            );
        }
        if word.get_ref().trim().is_empty() {
            self.push(
                Code::ManifestValue,
                say!(
                    "unit には、用紙を作る単位の名前（区、町内会、学校など）を書きます。",
                    "unit names what sheets are made for, such as 区, 町内会 or 学校."
                ),
                word,
            );
            return Unit::default();
        }
        Unit::new(word.get_ref().trim())
    }

    pub(super) fn directory(&mut self, name: Text, table: DirectoryTable, unit: &Unit) -> DirectoryPlan {
        let mut schema = table.schema.as_ref().map_or_else(Schema::plain, |given| self.schema(given));
        // what a schema of the user's own says is meant so
        if *unit != Unit::default() && schema::built_in().contains(&schema) {
            schema = Arc::new(schema.for_unit(unit));
        }
        if let Some(word) = table.unit.as_ref().filter(|_| schema.kind != SchemaKind::Ward) {
            self.push(
                Code::ManifestValue,
                say!(
                    "unit は、もとになる一覧（schema = \"ward\"）に書きます。",
                    "unit belongs to the master list, whose schema is \"ward\"."
                ),
                word,
            );
        }
        if let Some(key) = &table.key
            && schema.joins().is_none()
            && !matches!(schema.kind, SchemaKind::Ward | SchemaKind::Town)
        {
            schema = Arc::new(schema.joined_by(key.get_ref()));
        }
        let form = table_form::resolve(&table, &self.source).collect(self.diagnostics);
        let coverage = self.coverage(table.coverage.as_ref());
        DirectoryPlan {
            coverage,
            source: self.placed(&table.source),
            form,
            name: name.into_inner(),
            every_ward: table.every_ward.unwrap_or(schema.name == "facility" && coverage == Coverage::ByUnit),
            schema,
            key: table.key.map(Spanned::into_inner),
            optional: table.optional.iter().map(|name| self.placed(name)).collect(),
            title: table.title,
            help: table.help,
            short_help: table.short_help,
            icon: table.icon.map(Spanned::into_inner).unwrap_or_default(),
            asked: BTreeSet::new(),
        }
    }

    /// Whom a directory is for.
    fn coverage(&mut self, given: Option<&Text>) -> Coverage {
        let Some(given) = given else { return Coverage::ByUnit };
        if given.get_ref() != "all" {
            let word = given.get_ref();
            let diagnostic = Diagnostic::error(
                Code::ManifestValue,
                say!(
                    "for に書けるのは \"all\" だけです（「{word}」とあります）。",
                    "for is \"all\" or left out, not \"{word}\"."
                ),
            );
            let diagnostic = diagnostic.hint(say!(
                "市全体の名簿なら for = \"all\" と書き、区ごとの名簿なら行を消してください。",
                "Write for = \"all\" for a list of the whole city; else delete the line."
            ));
            let origin = self.origin(given);
            self.diagnostics.push(diagnostic.at(origin));
        }
        Coverage::WholeCity
    }

    /// The schema that a directory names; a table without rules if there is none, which is then a finding.
    fn schema(&mut self, given: &Text) -> Arc<Schema> {
        let wanted = given.get_ref();
        let before = self.diagnostics.len();
        if let Some(schema) = schema::named(&self.files, wanted).collect(self.diagnostics) {
            return schema;
        }
        if self.diagnostics.len() == before {
            let names = schema::names(Some(&self.files));
            let list = names.join(", ");
            let diagnostic = Diagnostic::error(
                Code::ManifestReference,
                say!("スキーマ「{wanted}」はありません。", "There is no schema \"{wanted}\"."),
            )
            .at(self.origin(given));
            self.diagnostics.push(
                diagnostic.hint(
                    Suggestion::of(wanted, names.iter().map(String::as_str))
                        .or(|| say!("使えるもの：{list}", "There are: {list}")),
                ),
            );
        }
        Schema::unread()
    }

    pub(super) fn directory_is_known(&mut self, name: &Text, known: &[&str]) -> bool {
        let given = name.get_ref();
        if known.contains(&given.as_str()) {
            return true;
        }
        let diagnostic = Diagnostic::error(
            Code::ManifestReference,
            say!("名簿「{given}」はありません。", "There is no directory \"{given}\"."),
        )
        .at(self.origin(name));
        let diagnostic = diagnostic.hint(Suggestion::of(given, known.iter().copied()).or(|| {
            say!(
                "[directory.{given}] を書いて、ファイルを指定してください。",
                "Add [directory.{given}] with its source."
            )
        }));
        self.diagnostics.push(diagnostic);
        false
    }
}
