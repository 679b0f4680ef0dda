//! Rule: a directory has the columns that its layouts print.
//!
//! In: `[needs]` of the layouts, the headers of the files. Out: which publications cannot be set; one finding for each
//! missing column, at the header that probably is it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Outcome, nearest};
use crate::model::address::Locality;
use crate::model::directory::Directory;
use crate::model::meaning::Meaning;
use crate::model::municipality::MunicipalityCode;
use crate::model::phone::Phone;
use crate::model::role::Role;
use crate::model::schema::{Field, FieldType, SchemaKind};
use crate::model::width;
use crate::project::{Coverage, DirectoryPlan, Per, Project, PublicationPlan};
use crate::read::Manuscript;
use crate::say;

/// For each directory, the fields that some publication prints of it.
pub type Needs = BTreeMap<String, BTreeSet<String>>;

/// Gathers what the publications print.
#[must_use]
pub fn needs(project: &Project) -> Needs {
    let mut needs = Needs::new();
    for publication in &project.publications {
        for (directory, field) in wanted(project, publication) {
            needs.entry(directory).or_default().insert(field);
        }
    }
    needs
}

fn wanted(project: &Project, publication: &PublicationPlan) -> Vec<(String, String)> {
    let mut wanted = Vec::new();
    let of = |plan: &DirectoryPlan, fields: &[String]| -> Vec<(String, String)> {
        // under the name that the column has there
        let name =
            |asked: &String| plan.schema.asked(asked).map_or(asked.clone(), |field| field.name.clone());
        fields.iter().map(|asked| (plan.name.clone(), name(asked))).collect()
    };
    if let Per::Directory(name) = &publication.per
        && let Some(plan) = project.directory(name)
    {
        wanted.extend(of(plan, &publication.layout.needs_per));
    }
    let wards = project.wards().map(|plan| plan.name.as_str());
    let is_by_unit = matches!(&publication.per, Per::Directory(name) if Some(name.as_str()) == wards);
    for name in &publication.directories {
        let Some(plan) = project.directory(&name.value) else { continue };
        // without the column by which they join, its records would stand on every unit's sheet
        if plan.coverage == Coverage::ByUnit && plan.schema.joins().is_some() && is_by_unit {
            wanted.extend(of(plan, &[Role::Joins.name().to_owned()]));
        }
        match plan.schema.kind {
            // offices: what the layout prints of them, and the ward that they join by
            SchemaKind::Facility => {
                wanted.extend(of(plan, &publication.layout.needs_offices));
                if plan.every_ward && !is_by_unit {
                    wanted.extend(of(plan, &[Role::Joins.name().to_owned()]));
                }
            }
            SchemaKind::Ward => wanted.extend(of(plan, &publication.layout.needs_per)),
            SchemaKind::Town | SchemaKind::Table => {}
        }
    }
    wanted
}

/// Names of publications that lack a column.
pub fn check(project: &Project, manuscript: &Manuscript, needs: &Needs) -> Outcome<BTreeSet<String>> {
    let mut held = BTreeSet::new();
    let mut diagnostics = Vec::new();
    for (name, fields) in needs {
        let (Some(plan), Some(directory)) = (project.directory(name), manuscript.directories.get(name))
        else {
            continue;
        };
        // a file that could not be read has no header to point at; that was said already
        if directory.tables.is_empty() {
            continue;
        }
        let absent: Vec<&String> = fields.iter().filter(|field| directory.column(field).is_none()).collect();
        let likely = proposals(plan, directory, &absent);
        for field in absent {
            let mut layouts = BTreeSet::new();
            for publication in &project.publications {
                if wanted(project, publication).iter().any(|(other, wanted)| other == name && wanted == field)
                {
                    held.insert(publication.name.value.clone());
                    layouts.insert(publication.layout.name.as_str());
                }
            }
            let layouts: Vec<&str> = layouts.into_iter().collect();
            let likely = likely.get(field.as_str()).copied();
            diagnostics.push(missing(plan, directory, &Absent { name: field, likely }, &layouts));
        }
    }
    Outcome { value: held, diagnostics }
}

/// For each column that is absent the one that probably is it under another header. One column is proposed once: for the
/// field of whose type its cells are, before one that it is called like, before the only one that is absent.
fn proposals<'f>(
    plan: &DirectoryPlan,
    directory: &Directory,
    absent: &[&'f String],
) -> BTreeMap<&'f str, usize> {
    let mut proposed: BTreeMap<&str, usize> = BTreeMap::new();
    for guess in [by_type, by_name] {
        for name in absent {
            let Some(field) = plan.schema.field(name) else { continue };
            if proposed.contains_key(name.as_str()) {
                continue;
            }
            let free = unknown_headers(directory)
                .into_iter()
                .filter(|index| !proposed.values().any(|used| used == index));
            let free: Vec<usize> = free.collect();
            if let Some(index) = guess(directory, &field, &free) {
                proposed.insert(name, index);
            }
        }
    }
    // one is missing and one is unknown
    if let ([name], [only]) = (absent, &unknown_headers(directory)[..])
        && plan.schema.field(name).is_some()
    {
        proposed.entry(name).or_insert(*only);
    }
    proposed
}

/// A column that is not there, and the one that probably is it.
struct Absent<'a> {
    name: &'a str,
    likely: Option<usize>,
}

fn missing(plan: &DirectoryPlan, directory: &Directory, absent: &Absent<'_>, layouts: &[&str]) -> Diagnostic {
    let Absent { name, likely } = *absent;
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
    let is_whole_city = say!(
        "市全体の名簿なら、sasshi.toml の [directory.{0}] に for = \"all\" と書きます。",
        "If the list is for the whole city, write for = \"all\" in [directory.{0}] of sasshi.toml.",
        plan.name
    );
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
    if joins { diagnostic.hint(is_whole_city) } else { diagnostic }
}

/// Headers that the schema does not know.
fn unknown_headers(directory: &Directory) -> Vec<usize> {
    let headers = &directory.tables[0].headers;
    (0..headers.len()).filter(|index| directory.schema.field_of(&headers[*index]).is_none()).collect()
}

/// The column among `free` that is full of values of the field's type.
fn by_type(directory: &Directory, field: &Field, free: &[usize]) -> Option<usize> {
    let table = &directory.tables[0];
    let fits = |index: &usize| {
        let Some(column) = directory.column(&table.headers[*index]) else { return false };
        let cells: Vec<&str> = directory
            .records
            .iter()
            .map(|record| record.written(column).trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        let right = cells.iter().filter(|cell| looks_like(field.kind, cell)).count();
        !cells.is_empty() && right * 2 > cells.len()
    };
    if field.kind == FieldType::Text { None } else { free.iter().copied().find(|index| fits(index)) }
}

/// The column among `free` whose header is like one of the field's.
fn by_name(directory: &Directory, field: &Field, free: &[usize]) -> Option<usize> {
    let headers = &directory.tables[0].headers;
    let known: Vec<&str> = free.iter().map(|index| headers[*index].as_str()).collect();
    let named = field.headers.iter().find_map(|wanted| nearest(wanted, known.iter().copied()))?;
    headers.iter().position(|header| header == named)
}

fn looks_like(kind: FieldType, cell: &str) -> bool {
    match kind {
        FieldType::Phone => Phone::parse(cell).is_ok(),
        FieldType::Code => MunicipalityCode::parse(&width::fold(cell)).is_ok(),
        FieldType::Kana => cell.chars().all(|c| matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー')),
        FieldType::Ward => cell.ends_with('区'),
        FieldType::Address => {
            cell.contains(['区', '市', '町', '村'])
                && width::fold(cell).contains(|c: char| c.is_ascii_digit())
        }
        FieldType::Postal => width::narrow(cell).bytes().filter(u8::is_ascii_digit).count() == 7,
        FieldType::Url | FieldType::Email | FieldType::Date => {
            Meaning::parse(kind, cell, "", &Locality::default()).is_ok()
        }
        FieldType::Text | FieldType::Number => false,
    }
}
