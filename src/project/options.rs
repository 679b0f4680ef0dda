//! Values of layouts' options: what templates get, and how a person writes it.
//!
//! In: a value of the manifest or a default. Out: the value by its type.

use serde_json::Value as Json;

use crate::diagnostic::Say;
use crate::model::layout::OptionType;
use crate::model::length::Length;
use crate::say;

/// The value in the form that templates get, if it has the type.
pub(super) fn typed(kind: OptionType, value: &Json) -> Option<Json> {
    match kind {
        OptionType::Text | OptionType::Image => value.is_string().then(|| value.clone()),
        OptionType::Integer => value.is_i64().then(|| value.clone()),
        OptionType::Flag => value.is_boolean().then(|| value.clone()),
        OptionType::Length => value.as_str()?.parse::<Length>().ok().map(|length| Json::from(length.to_mm())),
        OptionType::List => {
            let all_text = value.as_array()?.iter().all(Json::is_string);
            all_text.then(|| value.clone())
        }
    }
}

/// How a value of a type is written.
pub(super) fn form(kind: OptionType) -> Say {
    match kind {
        OptionType::Text => say!("「\"」で囲んだ文字", "a text in quotes"),
        OptionType::Image => say!("画像の場所（\"sources/art/logo.svg\"）", "the path of an image"),
        OptionType::Integer => say!("整数", "a whole number"),
        OptionType::Flag => say!("true か false", "true or false"),
        OptionType::Length => say!("単位のついた長さ（\"6mm\"）", "a length with its unit (\"6mm\")"),
        OptionType::List => say!("文字の並び（[\"一\", \"二\"]）", "a list of texts"),
    }
}
