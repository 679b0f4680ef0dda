//! Schemas from TOML: the built-in ones of `schemas/` beside this file, and a project's own in its folder `schemas/`,
//! which shadow them name by name.
//!
//! In: a name and a folder. Out: [`Schema`], or findings at the line of the file.

use std::sync::{Arc, LazyLock};

use schemars::JsonSchema;
use serde::Deserialize;

use super::files::Files;
use super::text::Text;
use super::words::Words;
use crate::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::origin::{Origin, Source};
use crate::model::role::{Role, Roles};
use crate::model::schema::{Field, FieldType, Print, Schema, SchemaKind};
use crate::say;

/// The folder of a project's own schemas.
pub const FOLDER: &str = "schemas";

macro_rules! embed {
    ($($name:literal,)+) => {
        /// Name and text of every built-in schema.
        pub static BUILT_IN: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("schemas/", $name, ".toml"))),)+
        ];
    };
}

embed! {
    "facility",
    "ward",
    "town",
    "plain",
    "public-facilities",
    "childcare",
    "care-services",
    "medical",
    "evacuation-sites",
    "aed",
}

/// 名簿の種類（スキーマ）: the columns of a directory, their types and what must hold of them.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SchemaFile {
    /// What the directory is, in the user's words.
    #[serde(default)]
    title: String,
    /// Where the columns come from, and as of when.
    #[serde(default)]
    origin: String,
    /// What part the directory plays.
    #[serde(default)]
    kind: SchemaKind,
    /// Name of the column that names a record.
    #[serde(default)]
    #[schemars(with = "String")]
    key: Option<Text>,
    /// The columns.
    #[serde(default)]
    column: Vec<ColumnTable>,
}

/// One column.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ColumnTable {
    /// The name by which layouts know it.
    #[schemars(with = "String")]
    name: Text,
    /// The type of its values.
    #[serde(default, rename = "type")]
    kind: FieldType,
    /// Headers under which it is found; the name, if none is given.
    #[serde(default)]
    headers: Vec<String>,
    /// No cell may be empty.
    #[serde(default)]
    required: bool,
    /// No value may stand twice.
    #[serde(default)]
    unique: bool,
    /// The only values.
    #[serde(default)]
    one_of: Vec<String>,
    /// A regular expression that the whole value fits.
    #[serde(default)]
    #[schemars(with = "String", extend("format" = "regex"))]
    pattern: Option<Text>,
    /// The directory whose key its values name.
    #[serde(default)]
    #[schemars(with = "String")]
    refers_to: Option<String>,
    /// Which form layouts print.
    #[serde(default)]
    print: Print,
    /// Whether the header was seen in a published file.
    #[serde(default = "seen")]
    confirmed: bool,
}

fn seen() -> bool {
    true
}

static SCHEMAS: LazyLock<Vec<Arc<Schema>>> = LazyLock::new(|| {
    BUILT_IN
        .iter()
        .map(|(name, text)| {
            let read = read(name, &Source::new(format!("{FOLDER}/{name}.toml"), *text));
            read.value.expect("a test reads every built-in schema")
        })
        .collect()
});

/// The built-in schemas.
#[must_use]
pub fn built_in() -> &'static [Arc<Schema>] {
    &SCHEMAS
}

/// Names of the schemas that a project can use, its own first.
#[must_use]
pub fn names(files: Option<&Files>) -> Vec<String> {
    let listed = files.map(|files| files.list(FOLDER)).unwrap_or_default();
    let mut own: Vec<String> =
        listed.iter().filter_map(|name| name.strip_suffix(".toml")).map(str::to_owned).collect();
    own.sort();
    let built_in = BUILT_IN.iter().map(|(name, _)| (*name).to_owned());
    let shadowing = own.clone();
    own.extend(built_in.filter(|name| !shadowing.contains(name)));
    own
}

/// The text of the schema called `name`: the project's own, else the built-in one. The path is the project's or a
/// likely one for a copy.
#[must_use]
pub fn text(files: Option<&Files>, name: &str) -> Option<Arc<Source>> {
    // a name is no path
    if name.is_empty() || name.contains(['/', '\\', '.', ':']) {
        return None;
    }
    let path = format!("{FOLDER}/{name}.toml");
    if let Some(text) = files.and_then(|files| String::from_utf8(files.read(&path).ok()?.into_vec()).ok()) {
        return Some(Source::new(path, text.trim_start_matches('\u{FEFF}')));
    }
    BUILT_IN.iter().find(|(known, _)| *known == name).map(|(_, text)| Source::new(path, *text))
}

/// The schema called `name`; none if there is no such file, or if it is broken, which is then a finding.
pub fn named(files: &Files, name: &str) -> Outcome<Option<Arc<Schema>>> {
    match text(Some(files), name) {
        Some(source) => read(name, &source),
        None => Outcome::clean(None),
    }
}

/// Reads a schema file.
pub fn read(name: &str, source: &Arc<Source>) -> Outcome<Option<Arc<Schema>>> {
    let file = match parse(source) {
        Ok(file) => file,
        Err(diagnostic) => return Outcome { value: None, diagnostics: vec![*diagnostic] },
    };
    let mut diagnostics =
        Vec::from_iter(unclear_join(&file).map(|(name, finding)| finding.at(place(source, name))));
    let mut fields: Vec<Arc<Field>> = Vec::new();
    for column in file.column {
        diagnostics.extend(second_of_a_name(&fields, &column, source));
        diagnostics.extend(no_pattern(&column, source));
        fields.push(Arc::new(field(column)));
    }
    diagnostics.extend(file.key.as_ref().and_then(|key| unknown_key(&fields, key, source)));
    let key = file.key.map(Text::into_inner).unwrap_or_default();
    let schema = Schema {
        name: name.to_owned(),
        title: file.title,
        origin: file.origin,
        kind: file.kind,
        roles: Roles::of(file.kind, &key, &fields),
        fields,
        key,
        is_unread: false,
        // a copy of one that says something else is the project's own
        is_built_in: BUILT_IN.iter().any(|(known, text)| *known == name && *text == &*source.text),
    };
    Outcome { value: diagnostics.is_empty().then(|| Arc::new(schema)), diagnostics }
}

/// The tables of a schema file, or why it is none.
fn parse(source: &Arc<Source>) -> Result<SchemaFile, Box<Diagnostic>> {
    toml::from_str(&source.text).map_err(|error| {
        let words = Words::of(error.message());
        let diagnostic = Diagnostic::error(Code::SchemaBroken, words.message.clone())
            .at(error.span().map(|span| Origin::text(source, span)));
        Box::new(pointed(words.on(diagnostic)))
    })
}

/// The place of a text, without its quotation marks.
fn place(source: &Arc<Source>, text: &Text) -> Origin {
    let span = text.span();
    Origin::text(source, span.start + 1..span.end.saturating_sub(1).max(span.start + 1))
}

/// A column whose name another one before it has.
fn second_of_a_name(fields: &[Arc<Field>], column: &ColumnTable, source: &Arc<Source>) -> Option<Diagnostic> {
    let twice = column.name.get_ref();
    fields.iter().find(|other| other.name == *twice)?;
    let what = say!("スキーマに列「{twice}」が2つあります。", "The schema has two columns \"{twice}\".");
    Some(broken(what).at(place(source, &column.name)))
}

/// A pattern that is no regular expression.
fn no_pattern(column: &ColumnTable, source: &Arc<Source>) -> Option<Diagnostic> {
    let pattern = column.pattern.as_ref()?;
    let error = regex::Regex::new(pattern.get_ref()).err()?.to_string();
    // the last line says what is wrong, those above repeat the pattern
    let detail = error.lines().last().unwrap_or_default().trim_start_matches("error: ");
    let field = column.name.get_ref();
    let what = say!(
        "列「{field}」の pattern は正規表現ではありません：{detail}",
        "The pattern of \"{field}\" is no regular expression: {detail}"
    );
    Some(broken(what).at(place(source, pattern)))
}

/// A key that is the name of no column.
fn unknown_key(fields: &[Arc<Field>], key: &Text, source: &Arc<Source>) -> Option<Diagnostic> {
    let name = key.get_ref();
    if fields.iter().any(|field| field.name == *name) {
        return None;
    }
    let what =
        say!("key の「{name}」という列がありません。", "There is no column \"{name}\" that key names.");
    Some(broken(what).at(place(source, key)))
}

/// The second of several columns of wards, none of which is called as the one that joins.
fn unclear_join(file: &SchemaFile) -> Option<(&Text, Diagnostic)> {
    let wards = file.column.iter().filter(|column| column.kind == FieldType::Ward);
    let names: Vec<&Text> = wards.map(|column| &column.name).collect();
    let name = Role::Joins.name();
    if file.kind == SchemaKind::Ward || names.iter().any(|other| other.get_ref() == name) {
        return None;
    }
    let [first, second, ..] = names[..] else { return None };
    let (one, other) = (first.get_ref(), second.get_ref());
    let message = say!(
        "type = \"ward\" の列が「{one}」「{other}」とあり、どちらの用紙に載せるのか分かりません。",
        "\"{one}\" and \"{other}\" both name wards: it is not clear on whose sheet a row belongs."
    );
    let finding = Diagnostic::error(Code::SchemaBroken, message).hint(say!(
        "用紙を決める列の name を「{name}」にしてください。",
        "Give the column that decides the name \"{name}\"."
    ));
    Some((second, finding))
}

fn field(column: ColumnTable) -> Field {
    let headers =
        if column.headers.is_empty() { vec![column.name.get_ref().clone()] } else { column.headers };
    Field {
        name: column.name.into_inner(),
        kind: column.kind,
        headers,
        required: column.required,
        unique: column.unique,
        one_of: column.one_of,
        pattern: column.pattern.map(Text::into_inner),
        refers_to: column.refers_to,
        print: column.print,
        confirmed: column.confirmed,
    }
}

fn broken(message: crate::diagnostic::Say) -> Diagnostic {
    pointed(Diagnostic::error(Code::SchemaBroken, message))
}

/// Says where a schema to go by is.
fn pointed(diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.hint(say!(
        "書き方の見本は「sasshi schema facility」で見られます。",
        "`sasshi schema facility` prints one to go by."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_schema_reads_and_names_its_columns_once() {
        for (name, text) in BUILT_IN {
            let read = read(name, &Source::new(format!("{name}.toml"), *text));
            let schema = read.value.unwrap_or_else(|| panic!("{name}: {:?}", read.diagnostics));
            let mut headers: Vec<&String> = schema.fields.iter().flat_map(|field| &field.headers).collect();
            headers.sort();
            let count = headers.len();
            headers.dedup();
            assert_eq!(headers.len(), count, "{name}: a header stands for two columns");
        }
    }

    #[test]
    fn a_broken_schema_is_said_at_its_place() {
        let source =
            Source::new("schemas/x.toml", "key = \"nix\"\n[[column]]\nname = \"a\"\npattern = \"(\"\n");
        let read = read("x", &source);
        assert!(read.value.is_none());
        let places: Vec<String> =
            read.diagnostics.iter().filter_map(|one| one.origin.as_ref().map(ToString::to_string)).collect();
        assert_eq!(places, ["schemas/x.toml:4:12", "schemas/x.toml:1:8"]);
        let source = Source::new("schemas/x.toml", "[[column]]\nname = \"a\"\ntype = \"fone\"\n");
        assert_eq!(super::read("x", &source).diagnostics.len(), 1);
    }

    #[test]
    fn a_name_is_no_path() {
        assert!(text(None, "../facility").is_none());
        assert!(text(None, "facility").is_some());
    }
}
