//! Values of the manifest that have their type and still mean nothing: names twice, tables that nobody uses, files of another
//! kind, an edition without a day of its own. A misspelt name is never passed over in silence.
//!
//! In: the manifest as typed. Out: findings at its lines.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use toml::Spanned;

use super::manifest::{DirectoryTable, Manifest, PublicationTable};
use super::resolver::Resolver;
use super::schema;
use super::text::Text;
use crate::diagnostic::{Code, Diagnostic, Say, Suggestion};
use crate::model::layout::{Layout, LayoutKind};
use crate::model::schema::SchemaKind;
use crate::say;

/// Languages that texts are set in.
const LANGUAGES: [&str; 2] = ["ja", "en"];

/// Files of one table each, without sheets.
const SHEETLESS: &[&str] = &["csv", "tsv", "txt"];

impl Resolver<'_> {
    /// Looks through the manifest; gives findings of tables of which nothing is made.
    pub(super) fn unused(
        &mut self,
        manifest: &Manifest,
        layouts: &BTreeMap<String, Arc<Layout>>,
    ) -> Vec<Diagnostic> {
        self.of_project(manifest);
        for (name, table) in &manifest.directory {
            self.of_directory(name, table);
        }
        for table in &manifest.publication {
            self.of_publication(table, layouts);
        }
        self.unused_tables(manifest, layouts)
    }

    fn told(&mut self, diagnostic: Diagnostic, at: &Text) {
        let origin = self.origin(at);
        self.diagnostics.push(diagnostic.at(origin));
    }

    fn of_project(&mut self, manifest: &Manifest) {
        let table = &manifest.project;
        let language = table.language.get_ref().as_str();
        if !LANGUAGES.contains(&language) {
            let list = LANGUAGES.join(", ");
            let diagnostic =
                error(say!("言語「{language}」の文は組めません。", "Texts cannot be set in \"{language}\"."));
            self.told(diagnostic.hint(say!("使えるもの：{list}", "There are: {list}")), &table.language);
        }
        if table.title.get_ref().trim().is_empty() {
            let diagnostic = error(say!("title が空です。", "title is empty."));
            let hint = say!(
                "刊行物の題を書いてください。文書の題として、どのPDFにも入ります。",
                "Write the title; every PDF has it."
            );
            self.told(diagnostic.hint(hint), &table.title);
        }
        let mut parts = BTreeSet::new();
        for part in &manifest.part {
            let name = part.name.get_ref();
            if !parts.insert(name) {
                let message = say!("部「{name}」が2回あります。", "There are two parts \"{name}\".");
                self.told(twice(message), &part.name);
            }
        }
    }

    fn of_directory(&mut self, name: &Text, table: &DirectoryTable) {
        let icons = self.icons();
        if let Some(icon) = table.icon.as_ref().filter(|icon| !icon.get_ref().is_empty())
            && !icons.contains(icon.get_ref())
        {
            let given = icon.get_ref();
            let list = icons.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
            let diagnostic =
                error(say!("アイコン「{given}」はありません。", "There is no icon \"{given}\"."));
            let hint = Suggestion::of(given, icons.iter().map(String::as_str))
                .or(|| say!("使えるもの：{list}", "There are: {list}"));
            self.told(diagnostic.hint(hint), icon);
        }
        let source = table.source.get_ref();
        let ending = source.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
        if let Some(sheet) = &table.sheet
            && SHEETLESS.contains(&ending.as_str())
        {
            let name = name.get_ref();
            let message = say!(
                "名簿「{name}」は {source} なので、シートはありません。sheet は使われません。",
                "The directory \"{name}\" is {source}, which has no sheets: sheet is of no use."
            );
            let hint = say!("sheet の行を消してください。", "Delete the line.");
            self.told(Diagnostic::warning(Code::ManifestValue, message).hint(hint), sheet);
        }
    }

    fn of_publication(&mut self, table: &PublicationTable, layouts: &BTreeMap<String, Arc<Layout>>) {
        let name = table.name.get_ref();
        if table.editions.is_empty() {
            let message = say!(
                "刊行物「{name}」の editions が空なので、何も作られません。",
                "The editions of \"{name}\" are empty: nothing is made of it."
            );
            let hint = say!(
                "editions = [\"screen\"] のように書くか、行を消してください（消すと screen になります）。",
                "Write editions = [\"screen\"], or delete the line, which means the same."
            );
            self.told(Diagnostic::warning(Code::ManifestValue, message).hint(hint), &table.name);
        }
        for (key, names) in [
            ("editions", &table.editions),
            ("directories", &table.directories),
            ("leaves-out", &table.leaves_out),
            ("text", &table.text),
        ] {
            let mut seen = BTreeSet::new();
            for name in names {
                let given = name.get_ref();
                if !seen.insert(given) {
                    let message =
                        say!("{key} に「{given}」が2回あります。", "\"{given}\" stands twice in {key}.");
                    self.told(twice(message), name);
                }
            }
        }
        let is_handout =
            layouts.get(table.layout.get_ref()).is_none_or(|layout| layout.kind == LayoutKind::Handout);
        if table.trainer && !is_handout {
            let layout = table.layout.get_ref();
            let message = say!(
                "レイアウト「{layout}」に講師用はありません。trainer = true は使われません。",
                "The layout \"{layout}\" has no trainer's copy: trainer = true is of no use."
            );
            let hint = say!("trainer の行を消してください。", "Delete the line.");
            self.told(Diagnostic::error(Code::ManifestValue, message).hint(hint), &table.name);
        }
        if let Some(pattern) = &table.file_name
            && pattern.get_ref().contains(['/', '\\'])
        {
            let message =
                say!("ファイル名に「/」「\\」は使えません。", "A file name has no \"/\" and no \"\\\".");
            let hint = say!(
                "出力先のフォルダーは output/{name}/ に決まっています。区切りには「-」を使ってください。",
                "The folder is always output/{name}/; part the name by \"-\"."
            );
            self.told(Diagnostic::error(Code::FileNamePattern, message).hint(hint), pattern);
        }
    }

    /// Findings of tables of which nothing is made.
    fn unused_tables(&self, manifest: &Manifest, layouts: &BTreeMap<String, Arc<Layout>>) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let used = |name: &str| manifest.publication.iter().any(|table| table.layout.get_ref() == name);
        for name in manifest.layout.keys().filter(|name| layouts.contains_key(name.get_ref())) {
            if !used(name.get_ref()) {
                found.push(self.of_no_use("layout", name));
            }
        }
        let ordered = |name: &str| {
            let named = |table: &PublicationTable| {
                table.imposition.as_ref().map_or("default", |given| given.get_ref()) == name
            };
            name == "default" || manifest.publication.iter().any(named)
        };
        for name in manifest.imposition.keys() {
            if !ordered(name.get_ref()) {
                found.push(self.of_no_use("imposition", name));
            }
        }
        for (name, table) in &manifest.directory {
            // units and towns are used by those that join to them
            let is_implied = table.schema.as_ref().is_some_and(|given| {
                let known = schema::built_in().iter().find(|schema| schema.name == *given.get_ref());
                known.is_none_or(|schema| matches!(schema.kind, SchemaKind::Ward | SchemaKind::Town))
            });
            let shows = |plan: &PublicationTable| {
                let per = plan.per.as_ref().map(Spanned::get_ref);
                plan.directories.iter().map(Spanned::get_ref).chain(per).any(|shown| shown == name.get_ref())
            };
            if !is_implied && !manifest.publication.iter().any(shows) {
                found.push(self.of_no_use("directory", name));
            }
        }
        found
    }

    fn of_no_use(&self, table: &str, name: &Text) -> Diagnostic {
        let given = name.get_ref();
        let message = say!(
            "[{table}.{given}] は、どの刊行物にも使われていません。",
            "No publication uses [{table}.{given}]."
        );
        let hint = match table {
            "directory" => say!(
                "載せるなら [[publication]] の directories に「{given}」を加えてください。要らなければ消してください。",
                "Add \"{given}\" to directories of a [[publication]], or delete the table."
            ),
            _ => say!(
                "名前のつづりを確かめてください。要らなければ消してください。",
                "See whether its name is spelt right; delete it if it is not needed."
            ),
        };
        Diagnostic::warning(Code::ManifestReference, message).hint(hint).at(self.origin(name))
    }

    /// Names of icons: those of `layouts/shared/art`.
    fn icons(&self) -> BTreeSet<String> {
        self.layout_files
            .art()
            .iter()
            .filter_map(|name| {
                name.strip_prefix("icon-").and_then(|name| name.strip_suffix(".svg")).map(str::to_owned)
            })
            .collect()
    }
}

fn error(message: Say) -> Diagnostic {
    Diagnostic::error(Code::ManifestValue, message)
}

fn twice(message: Say) -> Diagnostic {
    Diagnostic::error(Code::ManifestTwice, message)
        .hint(say!("どちらかを消してください。", "Delete one of them."))
}
