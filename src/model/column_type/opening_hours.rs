//! `opening-hours`: opening hours as people write them; the rule `opening-hours` says which are not understood.

use super::{COMMON, TypeDefinition, is_link, is_phone};
use crate::model::meaning::Meaning;
use crate::model::opening_hours::normal;

/// The type.
pub(super) static DEFINITION: TypeDefinition = TypeDefinition {
    name: "opening-hours",
    ja: "開館時間",
    en: "opening hours",
    // what is not understood is printed as written
    read: |cell| Ok(normal(cell.text).map_or_else(|| Meaning::as_text(cell.text), Meaning::Text)),
    is_elsewhere: |cell| is_phone(cell) || is_link(cell),
    looks_like: |cell, _| normal(cell).is_some(),
    infers: |_, value| normal(value).is_some(),
    ..COMMON
};
