//! Rule: a directory has the columns that its layouts print, and each of its records belongs somewhere.
//!
//! In: `[needs]` and `[uses]` of the layouts, the headers of the files. Out: which publications cannot be set; one finding
//! for each missing column, at the header that probably is it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Outcome, Severity, nearest};
use crate::model::directory::Directory;
use crate::model::layout::LayoutFields;
use crate::model::role::Role;
use crate::model::schema::{Field, FieldType, SchemaKind};
use crate::project::{DirectoryPlan, Per, Project, PublicationPlan};
use crate::read::Manuscript;
use crate::say;

/// How much a publication asks for a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// It is printed where it is there.
    Used,
    /// Nothing can be made without it.
    Needed,
}

/// For each directory, the fields that some publication prints of it.
pub type Needs = BTreeMap<String, BTreeMap<String, Need>>;

/// Gathers what the publications print.
#[must_use]
pub fn needs(project: &Project) -> Needs {
    let mut needs = Needs::new();
    for publication in &project.publications {
        for wanted in wanted(project, publication) {
            let need = needs.entry(wanted.directory).or_default().entry(wanted.field).or_insert(wanted.need);
            *need = (*need).max(wanted.need);
        }
    }
    needs
}

/// A column that a publication asks for.
struct Wanted {
    directory: String,
    /// Under the name that it has there.
    field: String,
    need: Need,
}

/// Whether a publication makes a file for each unit of the master list.
fn is_by_unit(project: &Project, publication: &PublicationPlan) -> bool {
    let wards = project.wards().map(|plan| plan.name.as_str());
    matches!(&publication.per, Per::Directory(name) if Some(name.as_str()) == wards)
}

fn wanted(project: &Project, publication: &PublicationPlan) -> Vec<Wanted> {
    let mut all = Vec::new();
    let mut add = |plan: &DirectoryPlan, fields: &[String], need: Need| {
        for asked in fields {
            let known = plan.schema.asked(asked);
            let field = known.as_ref().map_or(asked.clone(), |field| field.name.clone());
            // what may be missing is printed where it is there
            let headers = known.as_ref().map_or(&[][..], |field| &field.headers);
            let need = if plan.is_optional(&field, headers) { Need::Used } else { need };
            all.push(Wanted { directory: plan.name.clone(), field, need });
        }
    };
    let LayoutFields { per: needs_per, offices: needs_offices } = &publication.layout.needs;
    let LayoutFields { per: uses_per, offices: uses_offices } = &publication.layout.uses;
    if let Per::Directory(name) = &publication.per
        && let Some(plan) = project.directory(name)
    {
        add(plan, needs_per, Need::Needed);
        add(plan, uses_per, Need::Used);
    }
    let is_by_unit = is_by_unit(project, publication);
    let joins = [Role::Joins.name().to_owned()];
    for name in &publication.directories {
        let Some(plan) = project.directory(&name.value) else { continue };
        // without the column by which they join, its records would stand on every unit's sheet
        if plan.joins_units() && (is_by_unit || plan.every_ward) {
            add(plan, &joins, Need::Needed);
        }
        match plan.schema.kind {
            // offices: what the layout prints of them
            SchemaKind::Facility => {
                add(plan, needs_offices, Need::Needed);
                add(plan, uses_offices, Need::Used);
            }
            SchemaKind::Ward => {
                add(plan, needs_per, Need::Needed);
                add(plan, uses_per, Need::Used);
            }
            SchemaKind::Town | SchemaKind::Table => {}
        }
    }
    all
}

/// Names of publications that lack a column.
pub fn check(
    project: &Project,
    manuscript: &Manuscript,
    needs: &Needs,
    units: &[String],
) -> Outcome<BTreeSet<String>> {
    let mut held = BTreeSet::new();
    let mut diagnostics = Vec::new();
    for plan in &project.directories {
        let lacking = without_units(project, plan);
        held.extend(lacking.iter().map(|publication| publication.name.value.clone()));
        diagnostics.extend(lacking.first().map(|first| no_units(project, plan, first)));
        let (Some(fields), Some(directory)) = (needs.get(&plan.name), manuscript.directories.get(&plan.name))
        else {
            continue;
        };
        // a file that could not be read has no header to point at; that was said already
        if directory.tables.is_empty() {
            continue;
        }
        let absent = |need: Need| {
            let fields = fields.iter().filter(move |(_, known)| **known == need).map(|(field, _)| field);
            fields.filter(|field| directory.column(field).is_none()).cloned().collect::<Vec<String>>()
        };
        let mut likely = Likely::new(directory, units, fields);
        let needed = absent(Need::Needed);
        let found = likely.find(&needed, Need::Needed);
        for (field, found) in needed.iter().zip(found) {
            let mut layouts = BTreeSet::new();
            for publication in &project.publications {
                let all = wanted(project, publication);
                if all
                    .iter()
                    .any(|one| one.directory == plan.name && one.field == *field && one.need == Need::Needed)
                {
                    held.insert(publication.name.value.clone());
                    layouts.insert(publication.layout.name.as_str());
                }
            }
            let layouts: Vec<&str> = layouts.into_iter().collect();
            diagnostics.push(missing(plan, directory, field, &layouts, found));
        }
        let used = absent(Need::Used);
        let found = likely.find(&used, Need::Used);
        let doubtful = used.iter().zip(found).filter_map(|(field, found)| Some((field, found?)));
        diagnostics.extend(doubtful.map(|(field, found)| unused(plan, directory, field, found)));
        for field in &used {
            let several = several(plan, field);
            if !several.is_empty() && !plan.is_optional(field, &[]) {
                let finding = Diagnostic::warning(
                    Code::ColumnMissing,
                    say!(
                        "印刷するのがどの列か決まらないので、どれも「{field}」として使いません。",
                        "It is not clear which column is the \"{field}\"; none is used as that."
                    ),
                );
                diagnostics
                    .push(finding.at(directory.tables[0].header(0)).hint(which(plan, field, &several)));
            }
        }
    }
    Outcome { value: held, diagnostics }
}

/// The columns of the type that a layout asks for as `name`, where it is not said which of them is meant.
fn several<'a>(plan: &'a DirectoryPlan, name: &str) -> Vec<&'a str> {
    let role = Role::called(name).filter(|role| plan.schema.roles.get(*role).is_none());
    let Some(kind) = role.and_then(Role::kind) else { return Vec::new() };
    let fields = plan.schema.fields.iter().filter(|field| field.kind == kind);
    let names: Vec<&str> = fields.map(|field| field.name.as_str()).collect();
    if names.len() > 1 { names } else { Vec::new() }
}

/// How it is said which of several columns is meant.
fn which(plan: &DirectoryPlan, name: &str, several: &[&str]) -> crate::diagnostic::Say {
    let schema = &plan.schema.name;
    let (ja, en) = (several.join("」「"), several.join("\", \""));
    say!(
        "スキーマ「{schema}」には同じ種類の列が「{ja}」とあります。印刷する列の name を「{name}」にしてください。",
        "The schema \"{schema}\" has several columns of that type, \"{en}\". Give the one to be printed the name \"{name}\"."
    )
}

/// The publications with a file for each unit that show a directory of which no column says whose its rows are.
fn without_units<'a>(project: &'a Project, plan: &DirectoryPlan) -> Vec<&'a PublicationPlan> {
    if !plan.lacks_units() {
        return Vec::new();
    }
    let shows = |publication: &&PublicationPlan| {
        is_by_unit(project, publication) && publication.directories.iter().any(|name| name.value == plan.name)
    };
    project.publications.iter().filter(shows).collect()
}

/// A directory whose rows would stand on every unit's sheet.
fn no_units(project: &Project, plan: &DirectoryPlan, publication: &PublicationPlan) -> Diagnostic {
    let (ja, en) = (project.unit.ja(), project.unit.en());
    let (name, schema) = (&plan.name, &plan.schema.name);
    let place = publication.directories.iter().find(|directory| directory.value == *name);
    Diagnostic::error(
        Code::ColumnMissing,
        say!(
            "名簿「{name}」の行がどの{ja}のものか、分かりません（スキーマ「{schema}」に{ja}の列がありません）。",
            "Nothing says to which {en} a row of \"{name}\" belongs: the schema \"{schema}\" has no such column."
        ),
    )
    .at(place.map(|place| place.origin.clone()))
    .hint(say!(
        "{ja}を書いた列の見出しを、[directory.{name}] に key = \"見出し\" と書きます。",
        "Name the header of the column that says it in [directory.{name}]: key = \"HEADER\"."
    ))
    .hint(whole_city(plan))
}

fn whole_city(plan: &DirectoryPlan) -> crate::diagnostic::Say {
    say!(
        "市全体の名簿なら、sasshi.toml の [directory.{0}] に for = \"all\" と書きます。",
        "If the list is for the whole city, write for = \"all\" in [directory.{0}] of sasshi.toml.",
        plan.name
    )
}

fn missing(
    plan: &DirectoryPlan,
    directory: &Directory,
    name: &str,
    layouts: &[&str],
    likely: Option<usize>,
) -> Diagnostic {
    let field = plan.schema.field(name);
    let header = field.as_ref().map_or(name, |field| field.headers[0].as_str());
    let table = &directory.tables[0];
    let file = table.source.path.rsplit('/').next().unwrap_or_default();
    let has = table.headers.join(", ");
    let wants = layouts.join(", ");
    let diagnostic = Diagnostic::error(
        Code::ColumnMissing,
        say!(
            "レイアウト（{wants}）には「{header}」の列が必要です。{file} にあるのは {has} です。",
            "The layouts {wants} need a column \"{header}\"; {file} has {has}."
        ),
    );
    let joins = plan.schema.joins().is_some_and(|field| field.name == name);
    let diagnostic = match likely {
        Some(index) => {
            let found = &table.headers[index];
            diagnostic.at(table.header(index)).hint(say!(
                "「{found}」がその列なら、見出しを「{header}」に直してください。",
                "If \"{found}\" is that column, rename it to \"{header}\"."
            ))
        }
        None => diagnostic
            .at(table.header(0))
            .hint(say!("「{header}」の列を加えてください。", "Add a column \"{header}\".")),
    };
    let several = several(plan, name);
    match (joins, several.is_empty()) {
        (true, _) => diagnostic.hint(whole_city(plan)),
        (false, false) => diagnostic.hint(which(plan, name, &several)),
        (false, true) => diagnostic,
    }
}

/// A column that layouts print where it is there, and that seems to be there under a header that nobody knows.
fn unused(plan: &DirectoryPlan, directory: &Directory, name: &str, found: usize) -> Diagnostic {
    let field = plan.schema.field(name);
    let header = field.as_ref().map_or(name, |field| field.headers[0].as_str());
    let table = &directory.tables[0];
    let like = &table.headers[found];
    let finding = Diagnostic::error(
        Code::ColumnMissing,
        say!(
            "「{like}」は「{header}」の列のように見えますが、見出しが違うので使いません。",
            "\"{like}\" looks like the column \"{header}\", but is not called so; it is not used."
        ),
    )
    .at(table.header(found))
    .hint(say!(
        "その列なら、見出しを「{header}」に直してください。違うなら、[directory.{0}] に optional = [\"{header}\"] と書きます。",
        "If it is that column, rename it to \"{header}\"; if not, write optional = [\"{header}\"] in [directory.{0}].",
        plan.name
    ));
    Diagnostic { severity: Severity::Warning, ..finding }
}

/// Finds columns that probably are what is missing, under headers that the schema does not know; each is named once.
struct Likely<'a> {
    directory: &'a Directory,
    /// Names of the units.
    units: &'a [String],
    /// Columns of the first file that nobody knows.
    unknown: Vec<usize>,
}

impl<'a> Likely<'a> {
    /// `asked` are the columns that layouts ask for: those are known under the names that they have there.
    fn new(directory: &'a Directory, units: &'a [String], asked: &BTreeMap<String, Need>) -> Self {
        let headers = directory.tables[0].headers.iter().enumerate();
        let unknown = headers
            .filter(|(_, header)| !header.is_empty() && directory.schema.field_of(header).is_none())
            .filter(|(_, header)| !asked.contains_key(*header))
            .map(|(index, _)| index);
        Self { directory, units, unknown: unknown.collect() }
    }

    /// For each of `fields` its column: one full of values of its type, or like it in name; for one that is needed,
    /// and misses alone, the only one that there is.
    fn find(&mut self, fields: &[String], need: Need) -> Vec<Option<usize>> {
        let known: Vec<_> = fields.iter().map(|name| self.directory.schema.field(name)).collect();
        let mut found = vec![None; fields.len()];
        for by_values in [true, false] {
            for (field, found) in known.iter().zip(&mut found) {
                if let (Some(field), None) = (field, &found) {
                    let index = match (by_values, need) {
                        (true, _) => self.by_values(field),
                        (false, Need::Needed) => self.by_name(field),
                        (false, Need::Used) => self.by_word(field),
                    };
                    *found = index;
                    self.unknown.retain(|other| Some(*other) != index);
                }
            }
        }
        let mut open = found.iter_mut().filter(|found| found.is_none());
        if need == Need::Needed
            && let (Some(open), None, [only]) = (open.next(), open.next(), &self.unknown[..])
        {
            *open = Some(*only);
            self.unknown.clear();
        }
        found
    }

    fn by_values(&self, field: &Field) -> Option<usize> {
        let fits = |index: &usize| {
            let Some(column) = self.directory.column(&self.directory.tables[0].headers[*index]) else {
                return false;
            };
            let records = self.directory.records.iter();
            let cells: Vec<&str> =
                records.map(|record| record.written(column).trim()).filter(|cell| !cell.is_empty()).collect();
            let right =
                cells.iter().filter(|cell| (field.kind.definition().looks_like)(cell, self.units)).count();
            !cells.is_empty() && right * 2 > cells.len()
        };
        (field.kind != FieldType::Text)
            .then(|| self.unknown.iter().copied().find(|index| fits(index)))
            .flatten()
    }

    fn by_name(&self, field: &Field) -> Option<usize> {
        let table = &self.directory.tables[0];
        let headers: Vec<&str> = self.unknown.iter().map(|index| table.headers[*index].as_str()).collect();
        let named = field.headers.iter().find_map(|known| nearest(known, headers.iter().copied()))?;
        self.unknown.iter().copied().find(|index| table.headers[*index] == named)
    }

    /// One whose header holds that of the field: 区のよみ holds よみ. Units are told by their names alone.
    fn by_word(&self, field: &Field) -> Option<usize> {
        let headers = &self.directory.tables[0].headers;
        let holds = |index: &usize| field.headers.iter().any(|known| headers[*index].contains(known));
        let found = self.unknown.iter().copied().find(holds);
        found.filter(|_| field.kind != FieldType::Ward)
    }
}
