//! A project: the folder with `sasshi.toml`, its manifest resolved to types, and the layouts it can use.
//!
//! In: a folder. Out: [`Project`] and findings. Sources are not read here; `read` does that.

pub mod checks;
pub mod combined;
mod directory;
pub mod editors;
pub mod embedded;
pub mod files;
pub mod imposition;
pub mod layout;
pub mod manifest;
mod options;
pub mod plan;
pub mod press;
pub mod schema;
pub mod table_form;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::Spanned;

use crate::diagnostic::{Code, Diagnostic, Outcome, Suggestion};
use crate::model::date::Date;
use crate::model::edition::{Edition, Reader};
use crate::model::imposition::Order;
use crate::model::layout::Layout;
use crate::model::origin::{Origin, Source};
use crate::model::palette::Palette;
use crate::model::rule::{Levels, Rule};
use crate::model::schema::SchemaKind;
use crate::model::unit::Unit;
use crate::say;

use combined::Combined;
use files::{FileError, Files, Reach};
use imposition::ImpositionTable;
use layout::LayoutFiles;
use manifest::{Manifest, PublicationTable, Text};
pub use plan::{
    Colophon, Coverage, DirectoryPlan, FileName, OptionValue, Part, Per, Placed, PublicationPlan,
};
pub use words::{not_known, not_made};

/// The name of the manifest.
pub const MANIFEST: &str = "sasshi.toml";

/// A project, resolved.
#[derive(Debug, Clone)]
pub struct Project {
    /// All files, in the snapshot from which the manifest was read.
    pub files: Arc<Files>,
    /// The manifest.
    pub manifest: Arc<Source>,
    /// Files of layouts.
    pub layout_files: LayoutFiles,
    /// Title.
    pub title: String,
    /// The city.
    pub municipality: String,
    /// What sheets are made for.
    pub unit: Unit,
    /// Language of the text.
    pub language: String,
    /// Date of the edition.
    pub date: Date,
    /// Publishers.
    pub publisher: Vec<String>,
    /// A tag for copies that are no official publication.
    pub notice: String,
    /// As of when the directories are.
    pub as_of: String,
    /// Colophon.
    pub colophon: Vec<Colophon>,
    /// Addresses that may be live on screen.
    pub checked_links: Vec<String>,
    /// Parts of the text.
    pub parts: Vec<Part>,
    /// Directories.
    pub directories: Vec<DirectoryPlan>,
    /// Publications.
    pub publications: Vec<PublicationPlan>,
    /// Publications of the manifest that this run does not ask for: what they read of a text is no fault of it.
    pub unasked: Vec<PublicationPlan>,
    /// Names of publications that cannot be made out: of a layout that is not there or cannot be read, for one.
    pub unresolved: BTreeSet<String>,
    /// Layouts, built-in and own.
    pub layouts: BTreeMap<String, Arc<Layout>>,
    /// The colours that layouts and presses share.
    pub palette: Arc<Palette>,
    /// How strict each rule is, and what to do with publications of many records when some are set aside.
    pub checks: Levels,
    /// Print shops by publication; `default` for the others.
    pub press: BTreeMap<String, press::PressPlan>,
    /// How many bytes may be kept between builds.
    pub cache_limit: u64,
}

/// Why there is no project.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// No manifest in the folder or above it.
    #[error("no {MANIFEST} in {0} or in a folder above it")]
    NotFound(String),
    /// The manifest cannot be read.
    #[error("{MANIFEST} cannot be read: {0}")]
    Unreadable(#[from] FileError),
}

impl Project {
    /// The folder of the project that `folder` belongs to.
    ///
    /// # Errors
    /// [`ProjectError::NotFound`] when there is no manifest as far as `reach` goes.
    pub fn folder(folder: &Path, reach: Reach) -> Result<PathBuf, ProjectError> {
        let found = Files::holder(folder, MANIFEST, reach);
        found.ok_or_else(|| ProjectError::NotFound(folder.display().to_string()))
    }

    /// Reads the manifest among `files` and resolves it; `rules` are what its `[checks]` may name.
    ///
    /// # Errors
    /// [`ProjectError`] when there is none or it cannot be read. Faults in it are findings; the value is then none.
    pub fn open(files: Arc<Files>, rules: &[&'static Rule]) -> Result<Outcome<Option<Self>>, ProjectError> {
        let bytes = files.read(MANIFEST)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let source = Source::new(MANIFEST, text.trim_start_matches('\u{FEFF}'));
        let mut diagnostics = Vec::new();
        let Some(mut manifest) = manifest::read(&source).collect(&mut diagnostics) else {
            return Ok(Outcome { value: None, diagnostics });
        };
        let table = std::mem::take(&mut manifest.checks);
        let Some(checks) = checks::levels(table, rules, &source).collect(&mut diagnostics) else {
            return Ok(Outcome { value: None, diagnostics });
        };
        let project =
            Resolver { source, files, diagnostics: &mut diagnostics, faulty_layouts: BTreeSet::new() }
                .project(manifest, checks);
        Ok(Outcome { value: Some(project), diagnostics })
    }

    /// The project with only the named publications (all if none is named) and the directories that these need:
    /// faults elsewhere are no matter of a build that does not ask for them.
    #[must_use]
    pub fn narrow(self: &Arc<Self>, names: &[String]) -> Arc<Self> {
        if names.is_empty() {
            return Arc::clone(self);
        }
        let mut project = (**self).clone();
        (project.publications, project.unasked) =
            project.publications.into_iter().partition(|plan| names.contains(&plan.name.value));
        let shown: BTreeSet<String> =
            project.publications.iter().flat_map(PublicationPlan::shown).map(str::to_owned).collect();
        // wards are what others join to, towns what addresses take their postal codes from
        project.directories.retain(|plan| {
            shown.contains(&plan.name) || matches!(plan.schema.kind, SchemaKind::Ward | SchemaKind::Town)
        });
        Arc::new(project)
    }

    /// The folder of the project; empty for one in memory.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.files.root().unwrap_or(Path::new(""))
    }

    /// The directory of wards, if the manifest names one.
    #[must_use]
    pub fn wards(&self) -> Option<&DirectoryPlan> {
        self.directories.iter().find(|plan| plan.schema.kind == SchemaKind::Ward)
    }

    /// The plan of the directory called `name`.
    #[must_use]
    pub fn directory(&self, name: &str) -> Option<&DirectoryPlan> {
        self.directories.iter().find(|plan| plan.name == name)
    }
}

/// Turns typed tables into a project and collects what leads nowhere.
struct Resolver<'a> {
    source: Arc<Source>,
    files: Arc<Files>,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// Layouts with options that cannot be used.
    faulty_layouts: BTreeSet<String>,
}

impl Resolver<'_> {
    fn origin<T>(&self, value: &Spanned<T>) -> Origin {
        let mut span = value.span();
        // a text's span holds its quotes; the words alone are underlined
        if self.source.text.get(span.clone()).is_some_and(|text| text.starts_with('"') && text.len() > 2) {
            span = span.start + 1..span.end - 1;
        }
        Origin::text(&self.source, span)
    }

    fn placed(&self, text: &Text) -> Placed {
        Placed { value: text.get_ref().clone(), origin: self.origin(text) }
    }

    fn project(&mut self, manifest: Manifest, checks: Levels) -> Project {
        let layout_files = LayoutFiles::new(Arc::clone(&self.files));
        let layouts = layout_files.layouts().collect(self.diagnostics);
        let palette = Arc::new(layout_files.palette().collect(self.diagnostics));
        let table = manifest.project;
        let date = self.date(&table.date);
        let parts = manifest
            .part
            .into_iter()
            .map(|part| Part { name: part.name.into_inner(), title: part.title, subtitle: part.subtitle })
            .collect();
        let colophon = table
            .colophon
            .iter()
            .map(|entry| Colophon {
                label: self.placed(&entry.label),
                lines: entry.lines.iter().map(|line| self.placed(line)).collect(),
            })
            .collect();
        let unit = self.unit(&manifest.directory);
        let mut directories: Vec<DirectoryPlan> =
            manifest.directory.into_iter().map(|(name, table)| self.directory(name, table, &unit)).collect();
        let mut publications: Vec<PublicationPlan> = Vec::new();
        let mut unresolved = BTreeSet::new();
        for publication in &manifest.publication {
            if publications.iter().any(|other| other.name.value == *publication.name.get_ref()) {
                let name = publication.name.get_ref();
                self.push(
                    Code::ManifestTwice,
                    say!("出版物「{name}」が2回あります。", "There are two publications \"{name}\"."),
                    &publication.name,
                );
                continue;
            }
            let plan = self.publication(
                publication,
                &layouts,
                &manifest.imposition,
                &manifest.layout,
                &directories,
                table.title.get_ref(),
            );
            if plan.is_none() {
                unresolved.insert(publication.name.get_ref().clone());
            }
            publications.extend(plan);
        }
        for plan in &mut directories {
            let shows = |publication: &&PublicationPlan| publication.shown().any(|name| name == plan.name);
            for layout in publications.iter().filter(shows).map(|publication| &publication.layout) {
                let fields =
                    [&layout.needs, &layout.uses].map(|fields| fields.per.iter().chain(&fields.offices));
                plan.asked.extend(fields.into_iter().flatten().cloned());
            }
        }
        for name in manifest.layout.keys() {
            if !layouts.contains_key(name.get_ref()) {
                self.unknown_layout(name, &layouts);
            }
        }
        let press = self.press(manifest.press, &publications);
        Project {
            files: Arc::clone(&self.files),
            manifest: Arc::clone(&self.source),
            layout_files,
            title: table.title.into_inner(),
            municipality: table.municipality,
            unit,
            language: table.language,
            date,
            publisher: table.publisher,
            notice: table.notice,
            as_of: table.as_of,
            colophon,
            checked_links: table.checked_links,
            parts,
            directories,
            publications,
            unasked: Vec::new(),
            unresolved,
            layouts,
            palette,
            checks,
            press,
            cache_limit: u64::from(manifest.cache.megabytes) * 1_000_000,
        }
    }

    fn push<T>(&mut self, code: Code, message: crate::diagnostic::Say, at: &Spanned<T>) {
        let origin = self.origin(at);
        self.diagnostics.push(Diagnostic::error(code, message).at(origin));
    }

    fn date(&mut self, written: &Spanned<toml::value::Datetime>) -> Date {
        if let Some(date) = written.get_ref().date {
            return Date { year: date.year, month: date.month, day: date.day };
        }
        self.push(
            Code::ManifestValue,
            say!(
                "発行の日付は 2026-11-23 のように書きます。",
                "The edition's date is written as 2026-11-23."
            ),
            written,
        );
        Date { year: 1970, month: 1, day: 1 }
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

    fn publication(
        &mut self,
        table: &PublicationTable,
        layouts: &BTreeMap<String, Arc<Layout>>,
        impositions: &BTreeMap<Text, ImpositionTable>,
        values: &BTreeMap<Text, BTreeMap<Text, Spanned<toml::Value>>>,
        directories: &[DirectoryPlan],
        project_title: &str,
    ) -> Option<PublicationPlan> {
        let name = self.placed(&table.name);
        let safe = !name.value.is_empty()
            && name.value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !safe {
            self.push(
                Code::ManifestValue,
                say!(
                    "出版物の名前は、英小文字・数字・「-」だけで書きます（フォルダーの名前になります）。",
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
        let file_name = self.file_name(table, &per, &name);
        let usual = if per == Per::Whole { Combined::Nothing } else { Combined::One };
        let combined = table.combined.unwrap_or(usual);
        let title = if table.title.is_empty() { project_title.to_owned() } else { table.title.clone() };
        Some(PublicationPlan {
            title,
            options: self.options(layout, values),
            has_faulty_options: self.faulty_layouts.contains(&layout.name),
            imposition: self.imposition(table.imposition.as_ref(), impositions, layout),
            layout: Arc::clone(layout),
            text: table.text.iter().map(|text| self.placed(text)).collect(),
            directories: wanted,
            per,
            file_name,
            editions: self.editions(&table.editions),
            readers: self.readers(&table.readers),
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
            self.push(
                Code::ManifestReference,
                say!("面付け「{wanted}」はありません。", "There is no imposition \"{wanted}\"."),
                name,
            );
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

    fn readers(&mut self, names: &[Text]) -> Vec<Reader> {
        let mut readers = Vec::new();
        for name in names {
            match Reader::named(name.get_ref()) {
                Some(reader) if reader.is_made() => readers.push(reader),
                Some(_) => {
                    let diagnostic = not_made("読者", "reader", name.get_ref());
                    self.diagnostics.push(diagnostic.at(self.origin(name)));
                }
                None => {
                    let names = Reader::ALL.iter().map(|(name, _)| *name);
                    let diagnostic = not_known("読者", "reader", name.get_ref(), names);
                    self.diagnostics.push(diagnostic.at(self.origin(name)));
                }
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
}
