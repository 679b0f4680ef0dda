//! `sasshi schema json`: what editors know of our files is what sasshi itself reads, key by key.

use std::collections::BTreeSet;

use sasshi::check::rules;
use sasshi::diagnostic::Outcome;
use sasshi::model::origin::Source;
use sasshi::project::editors::{Form, json_schema};
use sasshi::project::{checks, manifest, schema};
use serde_json::{Value, json};

use super::harness::{Sandbox, repository, text};

/// A key that nothing is called like, so that all known ones are named.
const STRANGER: &str = "qqqqqqqqqqqqqqqq";

fn of(form: Form) -> Value {
    serde_json::to_value(json_schema(form, &rules::known())).expect("a schema is JSON")
}

/// TOML as JSON; dates are texts to editors.
fn json_of(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => json!(text),
        toml::Value::Integer(number) => json!(number),
        toml::Value::Float(number) => json!(number),
        toml::Value::Boolean(truth) => json!(truth),
        toml::Value::Datetime(date) => json!(date.to_string()),
        toml::Value::Array(items) => items.iter().map(json_of).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.iter().map(|(key, value)| (key.clone(), json_of(value))).collect())
        }
    }
}

fn parsed(text: &str) -> toml::Value {
    toml::Value::Table(text.parse().expect("TOML"))
}

/// The schema behind a `$ref`.
fn resolved<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    match schema["$ref"].as_str() {
        Some(path) => root.pointer(path.trim_start_matches('#')).expect("a reference leads somewhere"),
        None => schema,
    }
}

/// What a validator finds: the places where `value` is not what `schema` says.
fn faults(root: &Value, schema: &Value, value: &Value, place: &str, found: &mut Vec<String>) {
    let schema = resolved(root, schema);
    for several in ["anyOf", "oneOf"] {
        let Some(forms) = schema[several].as_array() else { continue };
        let fits = |form: &Value| {
            let mut inner = Vec::new();
            faults(root, form, value, place, &mut inner);
            inner.is_empty()
        };
        if !forms.iter().any(fits) {
            found.push(format!("{place}: none of {several}"));
        }
    }
    let is_type = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some(other) => panic!("{place}: the validator does not know the type {other}"),
        None => true,
    };
    if !is_type || schema.get("const").is_some_and(|only| only != value) {
        found.push(format!("{place}: {value}"));
    }
    if let (Some(least), Some(number)) = (schema["minimum"].as_i64(), value.as_i64())
        && number < least
    {
        found.push(format!("{place}: below {least}"));
    }
    if let (Some(items), Some(values)) = (schema.get("items"), value.as_array()) {
        for (index, one) in values.iter().enumerate() {
            faults(root, items, one, &format!("{place}[{index}]"), found);
        }
    }
    let Some(keys) = value.as_object() else { return };
    for wanted in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !keys.contains_key(wanted) {
            found.push(format!("{place}: no {wanted}"));
        }
    }
    for (key, inner) in keys {
        let place = format!("{place}.{key}");
        match (schema["properties"].get(key), schema.get("additionalProperties")) {
            (Some(known), _) => faults(root, known, inner, &place, found),
            (None, Some(Value::Bool(false))) => found.push(format!("{place}: unknown")),
            (None, Some(other)) => faults(root, other, inner, &place, found),
            (None, None) => {}
        }
    }
}

fn check(root: &Value, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    faults(root, root, &json_of(&parsed(text)), "", &mut found);
    found
}

#[test]
fn every_manifest_of_ours_is_known_to_editors() {
    let root = of(Form::Manifest);
    let mut manifests = vec!["sasshi.toml".to_owned(), "src/command/new/sasshi.toml".to_owned()];
    manifests
        .extend(["small", "text", "odd-characters"].map(|name| format!("tests/projects/{name}/sasshi.toml")));
    for path in manifests {
        assert_eq!(check(&root, &text(&repository().join(&path))), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn every_schema_of_ours_is_known_to_editors() {
    let root = of(Form::Schema);
    for (name, text) in schema::BUILT_IN {
        assert_eq!(check(&root, text), Vec::<String>::new(), "{name}");
    }
}

#[test]
fn what_sasshi_refuses_editors_refuse() {
    let root = of(Form::Manifest);
    for (name, wanted) in [
        (
            "manifest-unknown-keys",
            vec![
                ".directory.centers.skema: unknown",
                ".project.munisipality: unknown",
                ".publication[0].colour: unknown",
                ".publication[0].par: unknown",
            ],
        ),
        ("manifest-type-list", vec![".publication[0].directories: \"centers\""]),
        ("manifest-missing-field", vec![".project: no title"]),
        ("manifest-checks", vec![".checks.incomplete: none of oneOf"]),
    ] {
        let manifest = super::broken::sandbox(name).read("sasshi.toml");
        let found = check(&root, &String::from_utf8(manifest).expect("a manifest is text"));
        assert_eq!(found, wanted, "{name}");
    }
}

/// A manifest with every table that there is.
const ALL_TABLES: &str = r#"
[project]
title = "題"
date = 2026-04-01
[[project.colophon]]
label = "発行"
lines = ["市"]
[[part]]
name = "a"
title = "あ"
[directory.wards]
source = "wards.csv"
[[publication]]
name = "list"
layout = "directory-list"
[layout.booklet]
any-option = 1
[imposition.saddle]
blanks = [1, 2]
[checks]
type = "warn"
[press.default]
profile = "x4-generic"
"#;

/// A schema file with every table that there is.
const ALL_OF_A_SCHEMA: &str = "title = \"名簿\"\n[[column]]\nname = \"a\"\n";

/// Puts the stranger into each table in turn; gives the place of the table and the text.
fn with_a_stranger(text: &str) -> Vec<(Vec<String>, String)> {
    fn each(value: &toml::Value, place: &[String], all: &mut Vec<Vec<String>>) {
        let mut inner = |key: String, value: &toml::Value| each(value, &[place, &[key]].concat(), all);
        match value {
            toml::Value::Table(table) => {
                table.iter().for_each(|(key, value)| inner(key.clone(), value));
                all.push(place.to_vec());
            }
            toml::Value::Array(items) => {
                items.iter().enumerate().for_each(|(index, value)| inner(index.to_string(), value));
            }
            _ => {}
        }
    }
    let whole = parsed(text);
    let mut places = Vec::new();
    each(&whole, &[], &mut places);
    let put = |place: Vec<String>| {
        let mut changed = whole.clone();
        let mut table = &mut changed;
        for key in &place {
            table = match key.parse::<usize>() {
                Ok(index) => &mut table[index],
                Err(_) => &mut table[key.as_str()],
            };
        }
        table.as_table_mut().expect("a table").insert(STRANGER.to_owned(), toml::Value::Integer(1));
        (place, toml::to_string(&changed).expect("TOML"))
    };
    places.into_iter().map(put).collect()
}

/// The keys that a schema has for the table at `place`; none where the user chooses the keys.
fn keys(root: &Value, place: &[String]) -> Option<BTreeSet<String>> {
    let mut schema = root;
    for key in place {
        schema = resolved(root, schema);
        schema = match (schema["properties"].get(key), schema.get("items")) {
            (Some(known), _) => known,
            (None, Some(items)) => items,
            (None, None) => &schema["additionalProperties"],
        };
    }
    let known = resolved(root, schema)["properties"].as_object()?;
    Some(known.keys().cloned().collect())
}

/// Keys that sasshi names where it refuses the stranger.
fn named<T>(outcome: &Outcome<T>) -> BTreeSet<String> {
    let mut hints = outcome.diagnostics.iter().flat_map(|one| &one.hints);
    let list = hints.find_map(|hint| hint.en.strip_prefix("Known here: ")).unwrap_or_default();
    list.split(", ").map(str::to_owned).collect()
}

#[test]
fn both_know_the_same_keys_in_every_table() {
    let root = of(Form::Manifest);
    let mut tables = 0;
    for (place, text) in with_a_stranger(ALL_TABLES) {
        let source = Source::new("sasshi.toml", text.as_str());
        let mut outcome = manifest::read(&source);
        let table = outcome.value.as_mut().map(|manifest| std::mem::take(&mut manifest.checks));
        let levels = checks::levels(table.unwrap_or_default(), &rules::known(), &source);
        outcome.diagnostics.extend(levels.diagnostics);
        let where_it_is = place.join(".");
        let refused = check(&root, &text);
        // what a layout can be told is known when the layout is
        if where_it_is == "layout.booklet" {
            assert!(outcome.diagnostics.is_empty() && refused.is_empty(), "{refused:?}");
            continue;
        }
        assert!(!outcome.diagnostics.is_empty() || where_it_is == "layout", "sasshi takes {where_it_is}");
        assert!(!refused.is_empty(), "editors take {where_it_is}");
        if let Some(keys) = keys(&root, &place) {
            assert_eq!(keys, named(&outcome), "{where_it_is}");
            tables += 1;
        }
    }
    assert_eq!(tables, 9, "all tables of a manifest");
    let root = of(Form::Schema);
    for (place, text) in with_a_stranger(ALL_OF_A_SCHEMA) {
        let outcome = schema::read("a", &Source::new("schemas/a.toml", text.as_str()));
        assert!(!check(&root, &text).is_empty(), "editors take {place:?}");
        assert_eq!(keys(&root, &place), Some(named(&outcome)), "{place:?}");
    }
}

#[test]
fn the_command_prints_both() {
    let sandbox = Sandbox::empty();
    for (command, form, title) in [
        ("schema json", Form::Schema, "schemas/NAME.toml"),
        ("schema json schema", Form::Schema, "schemas/NAME.toml"),
        ("schema json manifest", Form::Manifest, "sasshi.toml"),
    ] {
        let run = sandbox.sasshi(command).exit(0).silent();
        let printed: Value = serde_json::from_str(&run.stdout).expect("JSON");
        assert_eq!(printed, of(form), "{command}");
        assert_eq!(printed["title"], title);
        assert_eq!(printed["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert!(!run.stdout.contains("null"), "TOML has no null");
    }
}
