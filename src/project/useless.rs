//! Values of the manifest that nothing uses: texts of a layout without any, an imposition of pages that are not imposed, a shop
//! for what is not printed there, words for readers of whom nobody has a copy, or of things that are not there.
//!
//! In: the tables as written and the publications that came of them. Out: findings at their lines.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use toml::Spanned;

use super::manifest::{Manifest, PublicationTable};
use super::plan::{Per, PublicationPlan};
use super::reader::ReaderTable;
use super::resolution::Plans;
use super::resolver::Resolver;
use super::text::Text;
use crate::diagnostic::{Code, Diagnostic, Say, Suggestion};
use crate::model::edition::{Edition, Reader};
use crate::model::layout::{Layout, LayoutKind};
use crate::say;

impl Resolver<'_> {
    /// Looks for values that nothing uses.
    pub(super) fn useless(
        &self,
        manifest: &Manifest,
        plans: &Plans,
        layouts: &BTreeMap<String, Arc<Layout>>,
    ) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for table in &manifest.publication {
            let plan = plans.publications.iter().find(|plan| plan.name.value == *table.name.get_ref());
            if let Some(plan) = plan {
                self.of_plan(table, plan, &mut found);
            }
        }
        let made = |reader: &Reader| plans.publications.iter().any(|plan| plan.readers.contains(reader));
        let is_pressed =
            |plan: &PublicationPlan| plan.editions.iter().any(|one| one.pages() == Edition::Press);
        for name in manifest.press.keys() {
            let shop = name.get_ref();
            let mut of_shop =
                plans.publications.iter().filter(|plan| shop == "default" || plan.name.value == *shop);
            if !of_shop.any(is_pressed) {
                let cure = say!(
                    "入稿データを作るなら、刊行物の editions に \"press\" を加えてください。",
                    "For a press file add \"press\" to editions of the publication."
                );
                found.push(self.of_no_value(&format!("[press.{shop}]"), name, cure));
            }
        }
        for (name, table) in &manifest.reader {
            let Some(reader) = Reader::named(name.get_ref()) else { continue };
            if !made(&reader) {
                let reader = name.get_ref();
                let cure = say!(
                    "刊行物の readers に \"{reader}\" を加えてください。",
                    "Add \"{reader}\" to readers of a publication."
                );
                found.push(self.of_no_value(&format!("[reader.{reader}]"), name, cure));
            }
            found.extend(self.of_reader(name.get_ref(), table, plans, layouts));
        }
        if let Some(path) = &manifest.project.readings
            && !Reader::ALL.iter().any(|(_, reader)| reader.has_own_words() && made(reader))
        {
            let cure = say!(
                "よみは、読み手 ja-easy と en の刊行物に使います。",
                "Readings are for publications with the readers ja-easy and en."
            );
            found.push(self.of_no_value("readings", path, cure));
        }
        found
    }

    fn of_plan(&self, table: &PublicationTable, plan: &PublicationPlan, found: &mut Vec<Diagnostic>) {
        let layout = &plan.layout.name;
        let takes_text = matches!(plan.layout.kind, LayoutKind::Booklet | LayoutKind::Handout);
        if let Some(text) = table.text.first().filter(|_| !takes_text) {
            let cure = say!(
                "レイアウト「{layout}」に文書は載りません。文書を載せるレイアウト（booklet、handout）の刊行物に書いてください。",
                "The layout \"{layout}\" takes no texts: name them in a publication by booklet or handout."
            );
            found.push(self.of_no_value("text", text, cure));
        }
        let is_imposed = plan.editions.contains(&Edition::Imposed);
        if let Some(name) = table.imposition.as_ref().filter(|_| !is_imposed) {
            let cure = say!(
                "面付けするなら、editions に \"imposed\" を加えてください。",
                "For press sheets add \"imposed\" to editions."
            );
            found.push(self.of_no_value("imposition", name, cure));
        }
        if table.combined.is_some() && plan.per == Per::Whole {
            let cure =
                say!("この刊行物は、もともと1つのファイルです。", "This publication is one file as it is.");
            found.push(self.of_no_value("combined", &table.name, cure));
        }
    }

    /// Words for a reader of things that are not there.
    fn of_reader(
        &self,
        reader: &str,
        table: &ReaderTable,
        plans: &Plans,
        layouts: &BTreeMap<String, Arc<Layout>>,
    ) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let known_publications = plans.publications.iter().map(|plan| plan.name.value.as_str()).collect();
        let known_directories = plans.directories.iter().map(|plan| plan.name.as_str()).collect();
        let known_parts = plans.parts.iter().map(|part| part.name.as_str()).collect();
        let known_layouts = layouts.keys().map(String::as_str).collect();
        let named: [(&str, Vec<&Text>, BTreeSet<&str>); 4] = [
            ("publication", table.publication.keys().collect(), known_publications),
            ("directory", table.directory.keys().collect(), known_directories),
            ("part", table.part.keys().collect(), known_parts),
            ("layout", table.layout.keys().collect(), known_layouts),
        ];
        for (kind, names, known) in named {
            for name in names.into_iter().filter(|name| !known.contains(name.get_ref().as_str())) {
                found.push(self.of_nothing(&format!("reader.{reader}.{kind}"), name, &known));
            }
        }
        for (name, options) in &table.layout {
            let Some(layout) = layouts.get(name.get_ref()) else { continue };
            let known: BTreeSet<&str> = layout.options.keys().map(String::as_str).collect();
            for option in options.keys().filter(|option| !known.contains(option.get_ref().as_str())) {
                let table = format!("reader.{reader}.layout.{}", layout.name);
                found.push(self.of_nothing(&table, option, &known));
            }
        }
        found
    }

    fn of_nothing(&self, table: &str, name: &Text, known: &BTreeSet<&str>) -> Diagnostic {
        let given = name.get_ref();
        let list = known.iter().copied().collect::<Vec<_>>().join(", ");
        Diagnostic::warning(
            Code::ManifestReference,
            say!(
                "[{table}] の「{given}」に当たるものがないので、使われません。",
                "There is no \"{given}\" for [{table}]; it is not used."
            ),
        )
        .at(self.origin(name))
        .hint(
            Suggestion::of(given, known.iter().copied()).or(|| say!("あるもの：{list}", "There are: {list}")),
        )
    }

    fn of_no_value<T>(&self, key: &str, at: &Spanned<T>, cure: Say) -> Diagnostic {
        Diagnostic::warning(
            Code::ManifestValue,
            say!("{key} は、いまの設定では何にも使われません。", "Nothing uses {key} as things are."),
        )
        .at(self.origin(at))
        .hint(cure)
        .hint(say!("要らなければ消してください。", "Delete it if it is not needed."))
    }
}
