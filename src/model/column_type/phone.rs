//! `phone`: a phone number, or a word that says that there is none to print.

use super::{COMMON, StoredForm, TypeDefinition, is_link, is_phone, plain_if};
use crate::model::meaning::{Meaning, MeaningError};
use crate::model::phone::Phone;

/// The type.
pub(super) static DEFINITION: TypeDefinition = TypeDefinition {
    name: "phone",
    ja: "電話番号",
    en: "phone",
    read: |cell| {
        if Phone::is_unlisted(cell.text) {
            return Ok(Meaning::Text(cell.text.to_owned()));
        }
        let phone = Phone::parse_under(cell.header, cell.text).map_err(MeaningError::Phone)?;
        Ok(Meaning::Phone(Box::new(phone)))
    },
    sight: |text, _| plain_if(Phone::is_plain(text)),
    is_elsewhere: |cell| {
        let is_place = cell.chars().all(|c| !c.is_ascii_digit()) && cell.contains(['区', '町', '丁']);
        is_link(cell) || (!is_phone(cell) && is_place)
    },
    looks_like: |cell, _| is_phone(cell),
    infers: |_, value| is_phone(value) || Phone::is_unlisted(value),
    with_zero: |digits| {
        let phone =
            matches!(digits.len(), 9 | 10).then(|| Phone::parse(&format!("0{digits}")).ok()).flatten();
        phone.map(|phone| phone.to_string())
    },
    stored: StoredForm::Digits,
    has_digits: true,
    ..COMMON
};
