//! The whole manifest made a project: each table is resolved in the file that describes it; here they come together.
//!
//! In: the tables as written. Out: [`Project`], and findings.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use toml::Spanned;

use super::manifest::{ColophonTable, Manifest, PartTable};
use super::plan::{Colophon, DirectoryPlan, Part, PublicationPlan};
use super::publication::Ground;
use super::resolver::Resolver;
use super::{Project, manifest_words};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::date::Date;
use crate::model::layout::{Layout, LayoutKind};
use crate::model::rule::Levels;
use crate::model::unit::Unit;
use crate::say;

/// What the tables ask for.
pub(super) struct Plans {
    /// What sheets are made for.
    pub unit: Unit,
    /// Parts of the text.
    pub parts: Vec<Part>,
    /// Directories.
    pub directories: Vec<DirectoryPlan>,
    /// Publications.
    pub publications: Vec<PublicationPlan>,
    /// Names of publications that cannot be made out.
    pub unresolved: BTreeSet<String>,
}

impl From<PartTable> for Part {
    fn from(table: PartTable) -> Self {
        Self { name: table.name.into_inner(), title: table.title, subtitle: table.subtitle }
    }
}

impl Resolver<'_> {
    /// The project of a manifest.
    pub(super) fn project(&mut self, mut manifest: Manifest, checks: Levels) -> Project {
        let layout_files = self.layout_files.clone();
        let layouts = layout_files.layouts().collect(self.diagnostics);
        let palette = Arc::new(layout_files.palette().collect(self.diagnostics));
        self.diagnostics.extend(manifest_words::markup(&self.source));
        let mut unused = self.unused(&manifest, &layouts);
        let date = self.date(&manifest.project.date);
        let mut plans = self.plans(&mut manifest, &layouts);
        unused.extend(self.useless(&manifest, &plans, &layouts));
        for plan in &mut plans.directories {
            self.ask_for_columns(plan, &plans.publications);
        }
        self.unknown_layouts(manifest.layout.keys(), &layouts);
        let press = self.press(manifest.press, &plans.publications);
        let proofread = self.proofread(manifest.proofread);
        let reader_words = self.reader_words(&manifest.reader);
        // where a name leads nowhere, one of these was meant, and that was said
        if self.diagnostics.iter().all(|one| one.severity != Severity::Error) {
            self.diagnostics.extend(unused);
        }
        let table = manifest.project;
        let project = Project {
            files: Arc::clone(&self.files),
            manifest: Arc::clone(&self.source),
            layout_files,
            title: table.title.into_inner(),
            municipality: table.municipality,
            unit: plans.unit,
            language: table.language.into_inner(),
            date,
            publisher: table.publisher,
            notice: table.notice,
            as_of: table.as_of,
            colophon: table.colophon.iter().map(|entry| self.colophon(entry)).collect(),
            words: manifest_words::printed(&self.source),
            checked_links: table.checked_links.iter().map(|link| self.placed(link)).collect(),
            parts: plans.parts,
            directories: plans.directories,
            publications: plans.publications,
            unasked: Vec::new(),
            unresolved: plans.unresolved,
            layouts,
            palette,
            reader_words,
            readings: table.readings.as_ref().map(|path| self.placed(path)),
            checks,
            press,
            proofread,
            cache_limit: u64::from(manifest.cache.megabytes) * 1_000_000,
            limits: manifest.limits.limits(),
        };
        self.diagnostics.extend(project.unsaid());
        project
    }

    /// What the tables of parts, directories and publications ask for; parts and directories are taken out of the manifest.
    fn plans(&mut self, manifest: &mut Manifest, layouts: &BTreeMap<String, Arc<Layout>>) -> Plans {
        let parts = std::mem::take(&mut manifest.part).into_iter().map(Part::from).collect();
        let tables = std::mem::take(&mut manifest.directory);
        let unit = self.unit(&tables);
        let directories: Vec<DirectoryPlan> =
            tables.into_iter().map(|(name, table)| self.directory(name, table, &unit)).collect();
        let ground = Ground {
            layouts,
            impositions: &manifest.imposition,
            values: &manifest.layout,
            directories: &directories,
            title: manifest.project.title.get_ref(),
        };
        let (publications, unresolved) = self.publications(&manifest.publication, &ground);
        Plans { unit, parts, directories, publications, unresolved }
    }

    fn colophon(&self, entry: &ColophonTable) -> Colophon {
        let lines = entry.lines.iter().map(|line| self.placed(line)).collect();
        Colophon { label: self.placed(&entry.label), lines }
    }

    /// Notes which columns of a directory the layouts that show it need or use.
    fn ask_for_columns(&self, plan: &mut DirectoryPlan, publications: &[PublicationPlan]) {
        let shows = |publication: &&PublicationPlan| publication.shown().any(|name| name == plan.name);
        let layouts: Vec<_> =
            publications.iter().filter(shows).map(|publication| &publication.layout).collect();
        for layout in layouts {
            let fields = [&layout.needs, &layout.uses].map(|fields| fields.per.iter().chain(&fields.offices));
            plan.asked.extend(fields.into_iter().flatten().cloned());
            // pages of text and layouts of the project's own print what they like
            let is_own = self.files.is_file(&format!("layouts/{}/layout.typ", layout.name));
            if is_own || matches!(layout.kind, LayoutKind::Booklet | LayoutKind::Handout) {
                plan.asked.extend(plan.schema.fields.iter().map(|field| field.name.clone()));
            }
        }
    }

    fn date(&mut self, written: &Spanned<toml::value::Datetime>) -> Date {
        let day = written.get_ref();
        if let Some(date) = day.date.filter(|_| day.time.is_none()) {
            return Date { year: date.year, month: date.month, day: date.day };
        }
        let diagnostic = Diagnostic::error(
            Code::ManifestValue,
            say!("発行の日付の書き方が違います。", "The edition's date has the wrong form."),
        );
        let hint = say!(
            "date = 2026-11-23 のように、年-月-日だけを書きます（時刻は書きません）。",
            "Write year, month and day alone: date = 2026-11-23, without a time."
        );
        self.diagnostics.push(diagnostic.at(self.origin(written)).hint(hint));
        Date { year: 1970, month: 1, day: 1 }
    }
}
