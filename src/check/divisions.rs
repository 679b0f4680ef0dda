//! Rule: words by which pages choose rows of a directory (区分) are the same on both sides. A misspelt one would leave a row
//! out, or print it under the kind of another list.
//!
//! In: texts with `:::directory {kind="…"}`, lists for the whole city, the titles of the other lists. Out: whether a
//! publication has errors; findings at attributes and cells.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic, Say, Suggestion, nearest};
use crate::model::layout::{AttributeForm, LayoutKind};
use crate::model::origin::Origin;
use crate::model::text::{Attribute, BlockKind, Chapter, Directive, walk};
use crate::model::typed::TypedDirectory;
use crate::project::{Project, PublicationPlan};
use crate::say;

/// The column that says what kind of office a row is.
const DIVISION: &str = "区分";

/// The attribute that names a directory.
const NAME: &str = "name";

/// Further places that a finding names.
const NAMED: usize = 3;

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
    /// The attributes that choose rows by a word, in the order of the text.
    choices: Vec<&'t Attribute>,
    /// Whether a directive takes all rows.
    takes_all: bool,
}

impl<'t> Asked<'t> {
    fn words(&self) -> BTreeSet<&'t str> {
        self.choices.iter().map(|attribute| attribute.value.as_str()).collect()
    }

    /// Where a word is asked for.
    fn places(&self, word: &str) -> Vec<Origin> {
        let named = self.choices.iter().filter(|attribute| attribute.value == word);
        named.map(|attribute| attribute.origin.clone()).collect()
    }
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
            {
                let of_column = asked.entry((choice.directory, choice.column)).or_default();
                match choice.word {
                    Some(attribute) => of_column.choices.push(attribute),
                    None => of_column.takes_all = true,
                }
            }
        });
    }
    for ((name, header), asked) in asked {
        // what could not be read was said
        let Some(directory) = directories.get(name).filter(|list| !list.broken && !list.tables.is_empty())
        else {
            continue;
        };
        match directory.asked(header) {
            Some(column) => Sides { asked: &asked, name, header, column, directory }.compare(diagnostics),
            None => diagnostics.extend(no_column(&asked, name, header)),
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

/// Words that choose rows by a column which the list has not: told where the first of them stands.
fn no_column(asked: &Asked<'_>, name: &str, header: &str) -> Option<Diagnostic> {
    let (first, others) = asked.choices.split_first()?;
    let Attribute { key, value, origin } = first;
    let message = say!(
        "名簿「{name}」に「{header}」の列がないので、「{key}」では選べません。",
        "The directory \"{name}\" has no column \"{header}\", so \"{key}\" cannot choose rows of it."
    );
    let finding = Diagnostic::error(Code::DivisionUnknown, message).at(origin.clone()).hint(say!(
        "名簿に「{header}」の列を加えるか、{key}=\"{value}\" を消してください（すべての行が載ります）。",
        "Add the column to the list, or delete {key}=\"{value}\" to print all rows."
    ));
    let others: Vec<Origin> = others.iter().map(|attribute| attribute.origin.clone()).collect();
    Some(also_at(finding, &others))
}

/// The words that texts ask for, and those that a list has.
struct Sides<'a> {
    asked: &'a Asked<'a>,
    name: &'a str,
    header: &'a str,
    column: usize,
    directory: &'a TypedDirectory,
}

impl Sides<'_> {
    /// Tells each word that only one side has, once; one of the text and one of the list that are nearly the same are one
    /// mistake, told at the text.
    fn compare(&self, diagnostics: &mut Vec<Diagnostic>) {
        let known = words_of(self.directory, self.column);
        let words = self.asked.words();
        let mut left = self.rows_left_out(&words, &known);
        let unknown = words.iter().filter(|word| !known.contains(**word));
        for word in unknown {
            let meant = nearest(word, left.keys().map(String::as_str)).map(str::to_owned);
            let rows = meant.and_then(|meant| left.remove(&meant)).unwrap_or_default();
            diagnostics.extend(self.unknown_word(word, &known, &rows));
        }
        diagnostics.extend(left.iter().filter_map(|(word, rows)| self.untaken(word, rows)));
    }

    /// The cells of rows that no directive takes, by their word, while others of their list are taken.
    fn rows_left_out(
        &self,
        words: &BTreeSet<&str>,
        known: &BTreeSet<String>,
    ) -> BTreeMap<String, Vec<Origin>> {
        let mut left: BTreeMap<String, Vec<Origin>> = BTreeMap::new();
        // where no word of the text is right, that is said
        if self.asked.takes_all || !words.iter().any(|word| known.contains(*word)) {
            return left;
        }
        for record in &self.directory.records {
            let word = self.directory.text(record, self.column);
            if !words.contains(word.as_str()) {
                left.entry(word).or_default().push(record.origin(self.column));
            }
        }
        left
    }

    /// A word that no row has; `rows` are those of the word that is probably meant.
    fn unknown_word(&self, word: &str, known: &BTreeSet<String>, rows: &[Origin]) -> Option<Diagnostic> {
        let Self { name, header, .. } = self;
        let places = self.asked.places(word);
        let (first, others) = places.split_first()?;
        let list = known.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
        let message = say!(
            "名簿「{name}」に、{header}が「{word}」の行はありません。",
            "No row of the directory \"{name}\" has \"{word}\" in the column \"{header}\"."
        );
        let hint = Suggestion::of(word, known.iter().map(String::as_str))
            .or(|| say!("名簿にあるもの：{list}", "The list has: {list}"));
        let mut finding = Diagnostic::error(Code::DivisionUnknown, message).at(first.clone()).hint(hint);
        if !rows.is_empty() {
            let Say { ja, en } = named(rows);
            finding = finding.hint(say!(
                "文書のほうが正しければ、名簿を直してください：{ja}",
                "If the text is right, mend the list: {en}"
            ));
        }
        Some(also_at(finding, others))
    }

    /// Rows of one word that no directive takes.
    fn untaken(&self, word: &str, rows: &[Origin]) -> Option<Diagnostic> {
        let header = self.header;
        let (first, others) = rows.split_first()?;
        let words = self.asked.words();
        let list = words.iter().copied().collect::<Vec<_>>().join(", ");
        let message = if word.is_empty() {
            say!(
                "{header}が空の行を載せる場所が、文書にありません。",
                "No directive of the text takes rows without a word in the column \"{header}\"."
            )
        } else {
            say!(
                "{header}が「{word}」の行を載せる場所が、文書にありません。",
                "No directive of the text takes rows with \"{word}\" in the column \"{header}\"."
            )
        };
        let hint =
            Suggestion::of(word, words).or(|| say!("文書が載せるもの：{list}", "The text takes: {list}"));
        let finding = Diagnostic::error(Code::DivisionUnknown, message).at(first.clone()).hint(hint);
        Some(also_at(finding, others))
    }
}

/// The finding with the other places of the same cause.
fn also_at(finding: Diagnostic, others: &[Origin]) -> Diagnostic {
    if others.is_empty() {
        return finding;
    }
    let Say { ja, en } = named(others);
    finding.hint(say!("同じものがほかにもあります：{ja}", "The same stands elsewhere too: {en}"))
}

/// The names of places; of many the first and how many there are besides.
fn named(places: &[Origin]) -> Say {
    let list: Vec<String> = places.iter().take(NAMED).map(ToString::to_string).collect();
    match places.len() - list.len() {
        0 => Say::new(list.join("、"), list.join(", ")),
        more => Say::new(
            format!("{} ほか{more}か所", list.join("、")),
            format!("{} and {more} more", list.join(", ")),
        ),
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
