//! `ward`: the name of a record of the master list.

use super::{COMMON, TypeDefinition, is_link, is_phone, plain_if};
use crate::model::meaning::{Meaning, is_one_line};
use crate::model::width;

/// The type.
pub(super) static DEFINITION: TypeDefinition = TypeDefinition {
    name: "ward",
    ja: "区",
    en: "ward",
    read: |cell| {
        let written = width::compose_kana(cell.text);
        // a narrow column breaks a name; two names in two lines are none
        let joined: String = written.lines().map(str::trim).collect();
        let name = cell.locality.unit(&joined);
        let is_known = cell.locality.has_unit(name);
        Ok(Meaning::Ward(if is_known { name.to_owned() } else { cell.locality.unit(&written).to_owned() }))
    },
    sight: |text, locality| plain_if(is_one_line(text) && locality.unit(text) == text),
    is_elsewhere: |cell| is_phone(cell) || is_link(cell),
    looks_like: |cell, units| units.iter().any(|unit| !unit.is_empty() && cell.ends_with(unit.as_str())),
    ..COMMON
};
