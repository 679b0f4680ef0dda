//! `ward`: the name of a record of the master list.

use super::{COMMON, TypeDefinition, is_link, is_phone, plain_if};
use crate::model::meaning::{Meaning, is_one_line};
use crate::model::width;

/// The type.
pub(super) static DEFINITION: TypeDefinition = TypeDefinition {
    name: "ward",
    ja: "区",
    en: "ward",
    read: |cell| Ok(Meaning::Ward(cell.locality.unit(&width::compose_kana(cell.text)).to_owned())),
    sight: |text, locality| plain_if(is_one_line(text) && locality.unit(text) == text),
    is_elsewhere: |cell| is_phone(cell) || is_link(cell),
    looks_like: |cell, units| units.iter().any(|unit| !unit.is_empty() && cell.ends_with(unit.as_str())),
    ..COMMON
};
