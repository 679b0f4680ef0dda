//! `address`: a postal address; the project's own city and prefecture are left out.

use super::{COMMON, StoredForm, TypeDefinition, is_link, is_phone};
use crate::model::address::Address;
use crate::model::meaning::{Meaning, MeaningError, Sight};
use crate::model::width;

/// The type.
pub(super) static DEFINITION: TypeDefinition = TypeDefinition {
    name: "address",
    ja: "住所",
    en: "address",
    read: |cell| match Address::parse(cell.text, cell.locality) {
        Ok(address) => Ok(Meaning::Address(Box::new(address), None)),
        Err(error) => Err(MeaningError::Address(error)),
    },
    sight: |text, locality| if Address::is_changed(text, locality) { Sight::Changed } else { Sight::Unclear },
    is_elsewhere: |cell| is_phone(cell) || is_link(cell),
    looks_like: |cell, _| {
        cell.contains(['区', '市', '町', '村']) && width::fold(cell).contains(|c: char| c.is_ascii_digit())
    },
    stored: StoredForm::DateForAddress,
    ..COMMON
};
