//! `[[publication]]` of the manifest, resolved: what is made, of what, and with which values of its layout's options.
//!
//! In: the tables as written, and what they may name. Out: [`PublicationPlan`]s and findings.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use toml::Spanned;

use super::combined::Combined;
use super::imposition::{self, ImpositionTable};
use super::manifest::PublicationTable;
use super::options;
use super::plan::{DirectoryPlan, FileName, OptionValue, Per, PublicationPlan};
use super::resolver::Resolver;
use super::text::{Placed, Text};
use super::words::not_known;
use crate::diagnostic::{Code, Diagnostic, Suggestion};
use crate::model::edition::{Edition, Reader};
use crate::model::imposition::Order;
use crate::model::layout::Layout;
use crate::model::schema::SchemaKind;
use crate::say;

/// What publications may name.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    /// Layouts, built-in and own.
    pub layouts: &'a BTreeMap<String, Arc<Layout>>,
    /// `[imposition.NAME]`.
    pub impositions: &'a BTreeMap<Text, ImpositionTable>,
    /// `[layout.NAME]`: values for options.
    pub values: &'a BTreeMap<Text, BTreeMap<Text, Spanned<toml::Value>>>,
    /// Directories.
    pub directories: &'a [DirectoryPlan],
    /// The project's title.
    pub title: &'a str,
}

impl Resolver<'_> {
    /// The publications, and the names of those that cannot be made out.
    pub(super) fn publications(
        &mut self,
        tables: &[PublicationTable],
        ground: &Ground<'_>,
    ) -> (Vec<PublicationPlan>, BTreeSet<String>) {
        let mut publications: Vec<PublicationPlan> = Vec::new();
        let mut unresolved = BTreeSet::new();
        for publication in tables {
            if publications.iter().any(|other| other.name.value == *publication.name.get_ref()) {
                let name = publication.name.get_ref();
                let diagnostic = Diagnostic::error(
                    Code::ManifestTwice,
                    say!("刊行物「{name}」が2回あります。", "There are two publications \"{name}\"."),
                );
                let hint = say!("どちらかの name を変えてください。", "Rename one of them.");
                self.diagnostics.push(diagnostic.at(self.origin(&publication.name)).hint(hint));
                continue;
            }
            let plan = self.publication(publication, ground);
            if plan.is_none() {
                unresolved.insert(publication.name.get_ref().clone());
            }
            publications.extend(plan);
        }
        (publications, unresolved)
    }

    fn publication(&mut self, table: &PublicationTable, ground: &Ground<'_>) -> Option<PublicationPlan> {
        let Ground { layouts, directories, .. } = *ground;
        let name = self.placed(&table.name);
        let safe = !name.value.is_empty()
            && name.value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !safe {
            self.push(
                Code::ManifestValue,
                say!(
                    "刊行物の名前は、英小文字・数字・「-」だけで書きます（フォルダーの名前になります）。",
                    "A publication's name is a folder: lower-case letters, digits and \"-\" only."
                ),
                &table.name,
            );
            // it would lead to another folder
            return None;
        }
        let Some(layout) = layouts.get(table.layout.get_ref()) else {
            self.unknown_layout(&table.layout, layouts);
            return None;
        };
        let known: Vec<&str> = directories.iter().map(|plan| plan.name.as_str()).collect();
        let mut wanted: Vec<Placed> = Vec::new();
        for directory in &table.directories {
            if self.directory_is_known(directory, &known) {
                wanted.push(self.placed(directory));
            }
        }
        let per = match &table.per {
            None => Per::Whole,
            Some(parts) if parts.get_ref() == "parts" => Per::Parts,
            Some(directory) => {
                if !self.directory_is_known(directory, &known) {
                    return None;
                }
                Per::Directory(directory.get_ref().clone())
            }
        };
        let units = directories.iter().find(|plan| plan.schema.kind == SchemaKind::Ward);
        let is_by_unit = matches!(&per, Per::Directory(of) if units.is_some_and(|units| units.name == *of));
        if is_by_unit && table.directories.is_empty() && !layout.needs.offices.is_empty() {
            self.diagnostics.push(without_lists(&name));
        }
        let file_name = self.file_name(table, &per, &name);
        let usual = if per == Per::Whole { Combined::Nothing } else { Combined::One };
        let combined = table.combined.unwrap_or(usual);
        let title = if table.title.is_empty() { ground.title.to_owned() } else { table.title.clone() };
        Some(PublicationPlan {
            title,
            options: self.options(layout, ground.values),
            has_faulty_options: self.faulty_layouts.contains(&layout.name),
            imposition: self.imposition(table.imposition.as_ref(), ground.impositions, layout),
            layout: Arc::clone(layout),
            text: table.text.iter().map(|text| self.placed(text)).collect(),
            directories: wanted,
            per,
            file_name,
            editions: self.editions(&table.editions),
            readers: self.readers(&table.readers, layout),
            combined,
            leaves_out: table.leaves_out.iter().map(|header| self.placed(header)).collect(),
            trainer: table.trainer,
            pages: table.pages.as_ref().map(|pages| (*pages.get_ref(), self.origin(pages))),
            name,
        })
    }

    /// The pattern that the manifest gives; else the publication's or the part's name, or the rule for records.
    fn file_name(&self, table: &PublicationTable, per: &Per, name: &Placed) -> FileName {
        let usual =
            |value: &str| FileName::Pattern(Placed { value: value.to_owned(), origin: name.origin.clone() });
        match (&table.file_name, per) {
            (Some(pattern), _) => FileName::Pattern(self.placed(pattern)),
            (None, Per::Whole) => usual(&name.value),
            (None, Per::Parts) => usual("{number}-{part}"),
            (None, Per::Directory(_)) => FileName::OfRecord(name.origin.clone()),
        }
    }

    /// The order that a publication names; `default`, or ours, where it names none.
    fn imposition(
        &mut self,
        name: Option<&Text>,
        tables: &BTreeMap<Text, ImpositionTable>,
        layout: &Layout,
    ) -> Order {
        let wanted = name.map_or("default", |name| name.get_ref());
        let table = tables.iter().find(|(known, _)| known.get_ref() == wanted).map(|(_, table)| table);
        if let (Some(name), None) = (name, table) {
            let diagnostic = Diagnostic::error(
                Code::ManifestReference,
                say!("面付け「{wanted}」はありません。", "There is no imposition \"{wanted}\"."),
            );
            let known = tables.keys().map(|known| known.get_ref().as_str());
            let hint = Suggestion::of(wanted, known).or(|| {
                say!(
                    "[imposition.{wanted}] を書いて、scheme と sheet を決めてください。",
                    "Add [imposition.{wanted}] with its scheme and sheet."
                )
            });
            self.diagnostics.push(diagnostic.at(self.origin(name)).hint(hint));
        }
        let mut found = Vec::new();
        let place = |span: &std::ops::Range<usize>| self.origin(&Spanned::new(span.clone(), ()));
        let order =
            imposition::order(&table.cloned().unwrap_or_default(), layout.page.binding, &place, &mut found);
        for diagnostic in found {
            // several publications may use one table: say it once
            if !self.diagnostics.iter().any(|known| known.origin == diagnostic.origin) {
                self.diagnostics.push(diagnostic);
            }
        }
        order
    }

    fn editions(&mut self, names: &[Text]) -> Vec<Edition> {
        let mut editions = Vec::new();
        for name in names {
            let Some(edition) = Edition::named(name.get_ref()) else {
                let names = Edition::ALL.iter().map(|(name, _)| *name);
                let diagnostic = not_known("種類", "edition", name.get_ref(), names);
                self.diagnostics.push(diagnostic.at(self.origin(name)));
                continue;
            };
            editions.push(edition);
        }
        editions
    }

    fn readers(&mut self, names: &[Text], layout: &Layout) -> Vec<Reader> {
        let mut readers = Vec::new();
        for name in names {
            let Some(reader) = Reader::named(name.get_ref()) else {
                let names = Reader::ALL.iter().map(|(name, _)| *name);
                let diagnostic = not_known("読み手", "reader", name.get_ref(), names);
                self.diagnostics.push(diagnostic.at(self.origin(name)));
                continue;
            };
            if readers.contains(&reader) {
                let message = say!(
                    "読み手「{}」が2回あります。",
                    "The reader \"{}\" stands here twice.",
                    reader.name()
                );
                self.push(Code::ManifestTwice, message, name);
            } else if reader.has_own_words() && !layout.readers.contains(&reader) {
                let (of, reader) = (&layout.name, reader.name());
                let message = say!(
                    "レイアウト「{of}」には、読み手「{reader}」のための言葉がありません。",
                    "Layout \"{of}\" has no words for the reader \"{reader}\"."
                );
                self.push(Code::NotYet, message, name);
            } else {
                readers.push(reader);
            }
        }
        readers
    }

    fn options(
        &mut self,
        layout: &Layout,
        values: &BTreeMap<Text, BTreeMap<Text, Spanned<toml::Value>>>,
    ) -> BTreeMap<String, OptionValue> {
        let mut options: BTreeMap<String, OptionValue> = layout
            .options
            .iter()
            .map(|(key, option)| {
                let value =
                    options::typed(option.kind, &option.default).unwrap_or_else(|| option.default.clone());
                (key.clone(), OptionValue { kind: option.kind, value, origin: None })
            })
            .collect();
        let given = values.iter().find(|(name, _)| *name.get_ref() == layout.name);
        for (key, value) in given.into_iter().flat_map(|(_, table)| table) {
            let name = key.get_ref();
            let Some(option) = layout.options.get(name) else {
                let layout_name = &layout.name;
                let diagnostic = Diagnostic::error(
                    Code::LayoutOption,
                    say!(
                        "レイアウト「{layout_name}」に「{name}」という設定はありません。",
                        "Layout \"{layout_name}\" has no option \"{name}\"."
                    ),
                )
                .at(self.origin(key));
                let known = layout.options.keys().map(String::as_str);
                let diagnostic = diagnostic.suggest(Suggestion::of(name, known));
                self.faulty_layouts.insert(layout.name.clone());
                // several publications may use one layout: say it once
                if !self.diagnostics.iter().any(|known| known.origin == diagnostic.origin) {
                    self.diagnostics.push(diagnostic);
                }
                continue;
            };
            let json = serde_json::to_value(value.get_ref()).unwrap_or_default();
            if let Some(json) = options::typed(option.kind, &json) {
                let origin = Some(self.origin(value));
                options.insert(name.clone(), OptionValue { kind: option.kind, value: json, origin });
            } else {
                let wanted = options::form(option.kind);
                let (ja, en) = (&wanted.ja, &wanted.en);
                let message = say!("「{name}」の値は{ja}で書きます。", "\"{name}\" takes {en}.");
                self.faulty_layouts.insert(layout.name.clone());
                if !self.diagnostics.iter().any(|known| known.origin.as_ref() == Some(&self.origin(value))) {
                    self.push(Code::LayoutOption, message, value);
                }
            }
        }
        options
    }

    /// Options of layouts that nobody has.
    pub(super) fn unknown_layouts<'t>(
        &mut self,
        names: impl Iterator<Item = &'t Text>,
        layouts: &BTreeMap<String, Arc<Layout>>,
    ) {
        for name in names.filter(|name| !layouts.contains_key(name.get_ref())) {
            self.unknown_layout(name, layouts);
        }
    }

    fn unknown_layout(&mut self, name: &Text, layouts: &BTreeMap<String, Arc<Layout>>) {
        let given = name.get_ref();
        // one that cannot be read is there; that was said
        let file = format!("layouts/{given}/layout.toml");
        let is_broken = |one: &Diagnostic| {
            one.code == Code::LayoutBroken
                && one.origin.as_ref().is_some_and(|origin| origin.source.path == file)
        };
        if self.diagnostics.iter().any(is_broken) {
            return;
        }
        let diagnostic = Diagnostic::error(
            Code::ManifestReference,
            say!("レイアウト「{given}」はありません。", "There is no layout \"{given}\"."),
        )
        .at(self.origin(name));
        let list = layouts.keys().cloned().collect::<Vec<_>>().join(", ");
        let diagnostic = diagnostic.hint(
            Suggestion::of(given, layouts.keys().map(String::as_str))
                .or(|| say!("使えるもの：{list}", "There are: {list}")),
        );
        self.diagnostics.push(diagnostic);
    }
}

/// A publication of one sheet a unit whose layout prints lists and that names none.
fn without_lists(publication: &Placed) -> Diagnostic {
    let name = &publication.value;
    Diagnostic::warning(
        Code::ManifestValue,
        say!(
            "刊行物「{name}」に directories がないので、どのシートにも窓口が載りません。",
            "The publication \"{name}\" names no directories: no sheet shows any office."
        ),
    )
    .at(publication.origin.clone())
    .hint(say!(
        "directories = [\"名簿の名前\"] を書いてください。名前は [directory.NAME] の NAME です。",
        "Write directories = [\"NAME\"], with the name of a [directory.NAME]."
    ))
}
