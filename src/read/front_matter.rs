//! Front matter: TOML between two `+++` lines at the head of a text.
//!
//! In: the text file. Out: its entries with the place of each value.

use std::sync::Arc;

use serde_json::Value as Json;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Outcome, Say};
use crate::model::origin::{Origin, Source};
use crate::model::text::MetaEntry;
use crate::project::toml_words::TomlWords;
use crate::say;

/// The front matter of `source`, which must begin with `+++`.
pub fn read(source: &Arc<Source>) -> Outcome<Vec<MetaEntry>> {
    let text = &source.text;
    let start = text.find('\n').map_or(text.len(), |at| at + 1);
    let end = text[start..].find("\n+++").map_or(text.len(), |at| start + at + 1);
    let matter = &text[start..end];
    let table = match DeTable::parse(matter) {
        Ok(table) => table.into_inner(),
        Err(error) => {
            let span = error.span().unwrap_or(0..matter.len());
            let TomlWords { fault: Say { ja, en }, cure } = TomlWords::of(error.message());
            return Outcome {
                value: Vec::new(),
                diagnostics: vec![
                    Diagnostic::error(
                        Code::FrontMatter,
                        say!(
                            "冒頭の設定（+++ の間）を読み取れません：{ja}",
                            "The front matter cannot be read. {en}"
                        ),
                    )
                    .at(Origin::text(source, start + span.start..start + span.end))
                    .hint(cure),
                ],
            };
        }
    };
    let mut entries: Vec<(usize, MetaEntry)> = table
        .into_iter()
        .map(|(key, value)| {
            let span = value.span();
            let origin = Origin::text(source, start + span.start..start + span.end);
            let entry =
                MetaEntry { key: key.into_inner().into_owned(), value: json(value.get_ref()), origin };
            (span.start, entry)
        })
        .collect();
    entries.sort_by_key(|(at, _)| *at);
    Outcome::clean(entries.into_iter().map(|(_, entry)| entry).collect())
}

/// A TOML value as JSON data; dates become their text.
fn json(value: &DeValue<'_>) -> Json {
    match value {
        DeValue::String(text) => Json::from(text.as_ref()),
        DeValue::Integer(number) => {
            number.as_str().parse::<i64>().map_or_else(|_| Json::from(number.as_str()), Json::from)
        }
        DeValue::Float(number) => {
            number.as_str().parse::<f64>().map_or_else(|_| Json::from(number.as_str()), Json::from)
        }
        DeValue::Boolean(flag) => Json::from(*flag),
        DeValue::Datetime(date) => Json::from(date.to_string()),
        DeValue::Array(items) => items.iter().map(|item| json(item.get_ref())).collect(),
        DeValue::Table(table) => {
            table.iter().map(|(key, value)| (key.get_ref().to_string(), json(value.get_ref()))).collect()
        }
    }
}
