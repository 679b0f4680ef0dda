//! `date`: a date, also of an era.

use super::{COMMON, StoredForm, TypeDefinition, has_digit, is_link, is_phone};
use crate::model::date::Date;
use crate::model::meaning::{Meaning, MeaningError};

/// The type.
pub(super) static DEFINITION: TypeDefinition = TypeDefinition {
    name: "date",
    ja: "日付",
    en: "date",
    read: |cell| Date::parse(cell.text).map(Meaning::Date).map_err(MeaningError::Date),
    is_elsewhere: |cell| is_phone(cell) || is_link(cell) || !has_digit(cell),
    looks_like: |cell, _| Date::parse(cell).is_ok(),
    infers: |_, value| Date::parse(value).is_ok(),
    stored: StoredForm::Date,
    ..COMMON
};
