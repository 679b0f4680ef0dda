//! `[checks]` of the manifest: levels and parameters of the rules.
//!
//! In: the table as written, and the rules that there are (the stage `check` has them). Out: [`Levels`] and findings; what editors
//! know of the table.

use std::collections::BTreeMap;
use std::sync::Arc;

use schemars::{JsonSchema, Schema, schema_for};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use toml::{Spanned, Value};

use super::text::Text;
use super::words::Words;
use crate::diagnostic::{Code, Diagnostic, Outcome};
use crate::model::origin::{Origin, Source};
use crate::model::rule::{Incomplete, Level, Levels, Parameter, Rule};

/// `[checks]` as written.
pub type ChecksTable = BTreeMap<Text, Spanned<Value>>;

/// The key that is no rule.
pub const INCOMPLETE: &str = "incomplete";
/// The key of a rule's level where its parameters stand beside it.
pub const LEVEL: &str = "level";

/// What `table` says of `rules`; none where a value cannot be used. An unknown key is a finding, and left out.
pub fn levels(table: ChecksTable, rules: &[&'static Rule], source: &Arc<Source>) -> Outcome<Option<Levels>> {
    let mut levels = Levels::default();
    let mut diagnostics = Vec::new();
    let mut is_usable = true;
    for (key, value) in table {
        let (name, place) = (key.get_ref().as_str(), value.span());
        let read = if name == INCOMPLETE {
            Deserialize::deserialize(value.into_inner())
                .map(|incomplete| levels.incomplete = incomplete)
                .map_err(|error| error.message().to_owned())
        } else if let Some(rule) = rules.iter().find(|rule| rule.name == name) {
            setting(rule, value.into_inner(), &mut levels)
        } else {
            let names = std::iter::once(INCOMPLETE).chain(rules.iter().map(|rule| rule.name));
            let place = Origin::text(source, key.span());
            diagnostics.push(fault(Code::ManifestUnknownKey, &unknown(name, names)).at(place));
            continue;
        };
        if let Err(detail) = read {
            // a key within a rule's table is unknown, or a value is wrong
            let is_unknown = detail.starts_with("unknown field ");
            let code = if is_unknown { Code::ManifestUnknownKey } else { Code::ManifestValue };
            diagnostics.push(fault(code, &detail).at(Origin::text(source, place)));
            is_usable &= is_unknown;
        }
    }
    Outcome { value: is_usable.then_some(levels), diagnostics }
}

/// A level, or a table of a level and parameters.
fn setting(rule: &'static Rule, value: Value, levels: &mut Levels) -> Result<(), String> {
    let Value::Table(table) = value else {
        let level = Level::deserialize(value).map_err(|error| error.message().to_owned())?;
        levels.given.insert(rule.name, level);
        return Ok(());
    };
    for (key, value) in table {
        if key == LEVEL {
            setting(rule, value, levels)?;
            continue;
        }
        let Some(parameter) = rule.parameters.iter().find(|parameter| parameter.name == key) else {
            let names = std::iter::once(LEVEL).chain(rule.parameters.iter().map(|parameter| parameter.name));
            return Err(unknown(&key, names));
        };
        let number = value.as_integer().and_then(|number| u32::try_from(number).ok());
        let Some(number) = number.filter(|number| *number >= parameter.least) else {
            return Err(format!("invalid value: `{value}`, expected u32"));
        };
        levels.parameters.entry(rule.name).or_default().insert(parameter.name, number);
    }
    Ok(())
}

/// What serde says of a key that is not known, so that it is said in the same words everywhere.
fn unknown<'n>(key: &str, names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    format!("unknown field `{key}`, expected one of {}", names.join(", "))
}

fn fault(code: Code, detail: &str) -> Diagnostic {
    let words = Words::of(detail);
    let diagnostic = Diagnostic::error(code, words.message.clone());
    words.on(diagnostic)
}

/// `[checks]`: the rules with the levels that the manifest gives them.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
#[expect(dead_code, reason = "only its JSON Schema is made: rules are a table")]
pub struct Checks {
    /// What happens to a publication of many records while one is set aside.
    #[schemars(default)]
    incomplete: Incomplete,
}

/// The JSON Schema of the manifest with what `[checks]` may say of each of `rules`.
pub fn with_rules(mut manifest: Schema, rules: &[&'static Rule]) -> Schema {
    let level = schema_for!(Level);
    let forms =
        ["oneOf", "description"].map(|key| (key.to_owned(), level.get(key).cloned().unwrap_or_default()));
    let level = Json::Object(forms.into_iter().collect());
    if let Some(definitions) = manifest.pointer_mut("/$defs").and_then(Json::as_object_mut) {
        definitions.insert("Level".to_owned(), level);
    }
    if let Some(keys) = manifest.pointer_mut("/$defs/Checks/properties").and_then(Json::as_object_mut) {
        keys.extend(rules.iter().map(|rule| (rule.name.to_owned(), form(rule))));
    }
    manifest
}

/// The JSON Schema of what can be said of a rule.
fn form(rule: &Rule) -> Json {
    let level = json!({ "$ref": "#/$defs/Level" });
    if rule.parameters.is_empty() {
        return json!({ "description": rule.words, "$ref": "#/$defs/Level" });
    }
    let of_parameter = |parameter: &&Parameter| {
        let form = json!({ "description": parameter.words, "type": "integer", "minimum": parameter.least, "default": parameter.usual });
        (parameter.name.to_owned(), form)
    };
    let mut keys: serde_json::Map<String, Json> = rule.parameters.iter().map(of_parameter).collect();
    keys.insert(LEVEL.to_owned(), level.clone());
    let table = json!({ "type": "object", "properties": keys, "additionalProperties": false });
    json!({ "description": rule.words, "anyOf": [level, table] })
}
