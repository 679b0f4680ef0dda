//! Rule: words by which pages choose rows of a directory (区分) are the same on both sides. A misspelt one would leave a row
//! out, or print it under the kind of another list.
//!
//! In: texts with `:::directory {kind="…"}`, lists for the whole city, the titles of the other lists. Out: whether a
//! publication has errors; findings at attributes and cells.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Suggestion};
use crate::model::layout::{AttributeForm, LayoutKind};
use crate::model::text::{Attribute, BlockKind, Chapter, Directive, walk};
use crate::model::typed::TypedDirectory;
use crate::project::{Project, PublicationPlan};
use crate::say;

/// The column that says what kind of office a row is.
const DIVISION: &str = "区分";

/// The attribute that names a directory.
const NAME: &str = "name";

/// All directories, by name.
type Directories = BTreeMap<String, TypedDirectory>;

/// Checks one publication with its chapters; whether it has errors.
pub fn check(
    project: &Project,
    publication: &PublicationPlan,
    chapters: &[&Chapter],
    directories: &Directories,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    let before = diagnostics.len();
    match publication.layout.kind {
        LayoutKind::Booklet | LayoutKind::Handout => {
            in_texts(publication, chapters, directories, diagnostics);
        }
        LayoutKind::PerRecord | LayoutKind::List => {
            of_whole_city(project, publication, directories, diagnostics);
        }
        LayoutKind::Labels => {}
    }
    diagnostics[before..].iter().any(super::is_error)
}

/// What the directives of a publication ask of one column of a directory.
#[derive(Default)]
struct Asked<'t> {
    /// The words that they name.
    words: BTreeSet<&'t str>,
    /// Whether one of them takes all rows.
    takes_all: bool,
}

fn in_texts(
    publication: &PublicationPlan,
    chapters: &[&Chapter],
    directories: &Directories,
    diagnostics: &mut Vec<Diagnostic>,
) {
    // by directory and column
    let mut asked: BTreeMap<(&str, &str), Asked<'_>> = BTreeMap::new();
    for body in chapters.iter().flat_map(|chapter| chapter.bodies()) {
        walk(body, &mut |block| {
            if let BlockKind::Directive(directive) = &block.kind
                && let Some(choice) = Choice::of(publication, directive)
                && let Some(directory) = directories.get(choice.directory)
            {
                let of_column = asked.entry((choice.directory, choice.column)).or_default();
                match choice.word {
                    Some(attribute) => {
                        of_column.words.insert(&attribute.value);
                        diagnostics.extend(unknown_word(&choice, attribute, directory));
                    }
                    None => of_column.takes_all = true,
                }
            }
        });
    }
    for ((name, column), asked) in asked {
        if let Some(directory) = directories.get(name).filter(|_| !asked.takes_all) {
            rows_left_out(&asked, column, directory, diagnostics);
        }
    }
}

/// A directive that may choose rows by a word of a column.
struct Choice<'t> {
    directory: &'t str,
    column: &'t str,
    /// The attribute that does, where it is there.
    word: Option<&'t Attribute>,
}

impl<'t> Choice<'t> {
    fn of(publication: &'t PublicationPlan, directive: &'t Directive) -> Option<Self> {
        let form = publication.layout.directives.get(&directive.name)?;
        let (key, column) = form.forms.iter().find_map(|(key, form)| match form {
            AttributeForm::Cell { column } => Some((key, column)),
            AttributeForm::OneOf(_) | AttributeForm::Numbers(_) | AttributeForm::Words(_) => None,
        })?;
        let attribute = |key: &str| directive.attributes.iter().find(|attribute| attribute.key == key);
        Some(Self { directory: &attribute(NAME)?.value, column, word: attribute(key) })
    }
}

/// A word that no row of the directory has in the column.
fn unknown_word(
    choice: &Choice<'_>,
    attribute: &Attribute,
    directory: &TypedDirectory,
) -> Option<Diagnostic> {
    let Attribute { key, value, origin } = attribute;
    let (name, header) = (choice.directory, choice.column);
    // what could not be read was said
    if directory.broken || directory.tables.is_empty() {
        return None;
    }
    let Some(column) = directory.asked(header) else {
        let message = say!(
            "名簿「{name}」に「{header}」の列がないので、「{key}」では選べません。",
            "The directory \"{name}\" has no column \"{header}\", so \"{key}\" cannot choose rows of it."
        );
        return Some(Diagnostic::error(Code::DivisionUnknown, message).at(origin.clone()).hint(say!(
            "名簿に「{header}」の列を加えるか、{key}=\"{value}\" を消してください（すべての行が載ります）。",
            "Add the column to the list, or delete {key}=\"{value}\" to print all rows."
        )));
    };
    let words = words_of(directory, column);
    if words.contains(value.as_str()) {
        return None;
    }
    let list = words.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
    let message = say!(
        "名簿「{name}」に、{header}が「{value}」の行はありません。",
        "No row of the directory \"{name}\" has \"{value}\" in the column \"{header}\"."
    );
    let hint = Suggestion::of(value, words.iter().map(String::as_str))
        .or(|| say!("名簿にあるもの：{list}", "The list has: {list}"));
    Some(Diagnostic::error(Code::DivisionUnknown, message).at(origin.clone()).hint(hint))
}

/// Rows that no directive takes, while others of their list are taken.
fn rows_left_out(
    asked: &Asked<'_>,
    header: &str,
    directory: &TypedDirectory,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(column) = directory.asked(header) else { return };
    let known = words_of(directory, column);
    // where no word of the text is right, that was said
    if !asked.words.iter().any(|word| known.contains(*word)) {
        return;
    }
    for record in &directory.records {
        let word = directory.text(record, column);
        if asked.words.contains(word.as_str()) {
            continue;
        }
        let list = asked.words.iter().copied().collect::<Vec<_>>().join(", ");
        let message = say!(
            "{header}が「{word}」の行を載せる場所が、文書にありません。",
            "No directive of the text takes rows with \"{word}\" in the column \"{header}\"."
        );
        let hint = Suggestion::of(&word, asked.words.iter().copied())
            .or(|| say!("文書が載せるもの：{list}", "The text takes: {list}"));
        diagnostics
            .push(Diagnostic::error(Code::DivisionUnknown, message).at(record.origin(column)).hint(hint));
    }
}

fn words_of(directory: &TypedDirectory, column: usize) -> BTreeSet<String> {
    let words = directory.records.iter().map(|record| directory.text(record, column));
    words.filter(|word| !word.is_empty()).collect()
}

/// Offices for the whole city: each is announced as those of the units' list that its 区分 names.
fn of_whole_city(
    project: &Project,
    publication: &PublicationPlan,
    directories: &Directories,
    diagnostics: &mut Vec<Diagnostic>,
) {
    if !publication.layout.uses.offices.iter().any(|field| field == DIVISION) {
        return;
    }
    let plans: Vec<_> =
        publication.directories.iter().filter_map(|name| project.directory(&name.value)).collect();
    let titles: Vec<&str> =
        plans.iter().filter(|plan| plan.joins_units()).map(|plan| short_title(&plan.title)).collect();
    if titles.is_empty() {
        return;
    }
    for plan in plans.iter().filter(|plan| plan.is_for_whole_city()) {
        let Some(directory) = directories.get(&plan.name) else { continue };
        match directory.asked(DIVISION) {
            Some(column) => cells(directory, column, &titles, diagnostics),
            None if plan.is_optional(DIVISION, &[]) => {}
            None => diagnostics.extend(under_another_header(directory, &titles)),
        }
    }
}

/// A title without what stands in brackets behind it, as `offices.typ` of the layouts takes it.
fn short_title(title: &str) -> &str {
    let title = title.split('（').next().unwrap_or(title);
    title.split(" (").next().unwrap_or(title)
}

/// Whether a word of 区分 names one of the lists.
fn is_named(word: &str, titles: &[&str]) -> bool {
    titles.iter().any(|title| word.contains(title) || title.contains(word))
}

fn cells(directory: &TypedDirectory, column: usize, titles: &[&str], diagnostics: &mut Vec<Diagnostic>) {
    let mut said = BTreeSet::new();
    for record in &directory.records {
        let word = directory.text(record, column);
        if word.is_empty() || is_named(&word, titles) || !said.insert(word.clone()) {
            continue;
        }
        let list = titles.join(", ");
        let message = say!(
            "区分「{word}」は、どの名簿の題とも合わないので、使いません。",
            "The division \"{word}\" is the title of no list; it is not used."
        );
        let hint = Suggestion::of(&word, titles.iter().copied())
            .or(|| say!("名簿の題：{list}", "Titles of lists: {list}"));
        let finding =
            Diagnostic::warning(Code::DivisionUnknown, message).at(record.origin(column)).hint(hint);
        diagnostics.push(finding.hint(say!(
            "どの名簿の仲間でもないなら、このセルを空にしてください。",
            "If it belongs to none of them, leave the cell empty."
        )));
    }
}

/// A column that nobody knows, in which most words name lists.
fn under_another_header(directory: &TypedDirectory, titles: &[&str]) -> Option<Diagnostic> {
    let names_lists = |column: &usize| {
        let words = directory.records.iter().map(|record| directory.text(record, *column));
        let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
        let named = words.iter().filter(|word| is_named(word, titles)).count();
        named * 2 > words.len()
    };
    let unknown = directory.columns.iter().enumerate().filter(|(_, known)| known.field.is_none());
    let column = unknown.map(|(column, _)| column).find(names_lists)?;
    let like = &directory.columns[column].header;
    let at = directory.tables.iter().find_map(|table| {
        let index = table.columns.iter().position(|known| *known == Some(column))?;
        Some(table.header(index))
    });
    Some(
        Diagnostic::warning(
            Code::ColumnMissing,
            say!(
                "「{like}」は「{DIVISION}」の列のように見えますが、見出しが違うので使いません。",
                "\"{like}\" looks like the column \"{DIVISION}\", but is not called so; it is not used."
            ),
        )
        .at(at)
        .hint(say!(
            "その列なら、見出しを「{DIVISION}」に直してください。違うなら、[directory.{0}] に optional = [\"{DIVISION}\"] と書きます。",
            "If it is that column, rename it to \"{DIVISION}\"; if not, write optional = [\"{DIVISION}\"] in [directory.{0}].",
            directory.name
        )),
    )
}
