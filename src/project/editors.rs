//! JSON Schemas of the files that people write, made of the types that read them: an editor completes keys by them and
//! underlines what is wrong.
//!
//! In: which file. Out: the text of a JSON Schema (draft 2020-12).

use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema, schema_for};
use serde_json::Value;

use super::checks;
use super::manifest::Manifest;
use super::schema::SchemaFile;
use crate::model::rule::Rule;

/// A file that has a JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `sasshi.toml`.
    Manifest,
    /// `schemas/NAME.toml`.
    Schema,
}

/// The JSON Schema of a form; `rules` are what `[checks]` may name.
#[must_use]
pub fn json_schema(form: Form, rules: &[&'static Rule]) -> Schema {
    match form {
        Form::Manifest => checks::with_rules(of::<Manifest>("sasshi.toml"), rules),
        Form::Schema => of::<SchemaFile>("schemas/NAME.toml"),
    }
}

fn of<T: JsonSchema>(title: &str) -> Schema {
    let mut schema = schema_for!(T);
    WithoutNull.transform(&mut schema);
    schema.insert("title".to_owned(), title.into());
    schema
}

/// TOML has no null: what is not written is not there, so no default may be null.
#[derive(Debug, Clone)]
struct WithoutNull;

impl Transform for WithoutNull {
    fn transform(&mut self, schema: &mut Schema) {
        if schema.get("default").is_some_and(Value::is_null) {
            schema.remove("default");
        }
        if let Some(types) = schema.get_mut("type").and_then(Value::as_array_mut) {
            types.retain(|kind| kind != "null");
            if let [only] = types.as_slice() {
                let only = only.clone();
                schema.insert("type".to_owned(), only);
            }
        }
        transform_subschemas(self, schema);
    }
}
