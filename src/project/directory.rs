//! Directories of the manifest, resolved: their schema, whom their records are for, what the units are called.
//!
//! In: `[directory.NAME]`. Out: [`DirectoryPlan`]; names that lead nowhere are findings.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use toml::Spanned;

use super::manifest::DirectoryTable;
use super::plan::{Coverage, DirectoryPlan};
use super::resolver::Resolver;
use super::schema;
use super::table_form::TableForm;
use super::text::{Placed, Text};
use crate::diagnostic::{Code, Diagnostic, Say, Suggestion};
use crate::model::encoding::Encoding;
use crate::model::origin::Origin;
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
        let form = self.table_form(&table);
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

    /// How the files of a directory are read.
    fn table_form(&mut self, table: &DirectoryTable) -> TableForm {
        let corrections = table.corrections.as_ref().map(|text| Placed {
            value: text.get_ref().clone(),
            origin: Origin::text(&self.source, text.span()),
        });
        TableForm {
            encoding: table.encoding.as_ref().and_then(|written| self.encoding(written)),
            delimiter: table.delimiter.as_ref().and_then(|written| self.delimiter(written)),
            sheet: table.sheet.as_ref().map(|sheet| sheet.get_ref().clone()),
            header_row: table.header_row.as_ref().and_then(|written| self.header_row(written)),
            skip_below: table.skip_below,
            corrections,
        }
    }

    /// A value that says how files are read and cannot be used; the whole of it is underlined.
    fn unreadable<T>(&mut self, written: &Spanned<T>, message: Say, hint: Option<Say>) {
        let diagnostic = Diagnostic::error(Code::ManifestValue, message);
        let diagnostic = diagnostic.at(Origin::text(&self.source, written.span()));
        self.diagnostics.push(hint.into_iter().fold(diagnostic, Diagnostic::hint));
    }

    fn encoding(&mut self, written: &Text) -> Option<Encoding> {
        let given = written.get_ref().as_str();
        let encoding = Encoding::named(given);
        if encoding.is_none() && given != "auto" {
            let list = Encoding::ALL.iter().map(|encoding| encoding.name()).collect::<Vec<_>>().join(", ");
            let hint = say!(
                "使えるもの：auto, {list}（書かなければ、ファイルから見分けます）",
                "There are: auto, {list}. Without the key it is found out from the file."
            );
            let message = say!("文字コード「{given}」は読めません。", "There is no encoding \"{given}\".");
            self.unreadable(written, message, Some(hint));
        }
        encoding
    }

    fn delimiter(&mut self, written: &Text) -> Option<u8> {
        let delimiter = match written.get_ref().as_str() {
            "," | "comma" => Some(b','),
            "\t" | "tab" => Some(b'\t'),
            ";" | "semicolon" => Some(b';'),
            "|" | "pipe" => Some(b'|'),
            _ => None,
        };
        if delimiter.is_none() {
            let message = say!(
                "区切り文字は「,」「tab」「;」「|」のどれかです。",
                "The delimiter is one of \",\", \"tab\", \";\" and \"|\"."
            );
            self.unreadable(written, message, None);
        }
        delimiter
    }

    fn header_row(&mut self, written: &Spanned<u32>) -> Option<u32> {
        let row = Some(*written.get_ref()).filter(|row| *row > 0);
        if row.is_none() {
            self.unreadable(written, say!("行の番号は1から数えます。", "Rows are counted from 1."), None);
        }
        row
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
