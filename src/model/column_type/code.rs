//! `code`: a municipality code (全国地方公共団体コード) with its check digit.

use super::{COMMON, StoredForm, TypeDefinition, has_digit, is_link, is_phone};
use crate::model::meaning::{Meaning, MeaningError};
use crate::model::municipality::MunicipalityCode;
use crate::model::width;

/// The type.
pub(super) static DEFINITION: TypeDefinition = TypeDefinition {
    name: "code",
    ja: "全国地方公共団体コード",
    en: "municipality code",
    read: |cell| {
        MunicipalityCode::parse(&width::fold(cell.text)).map(Meaning::Code).map_err(MeaningError::Code)
    },
    is_elsewhere: |cell| is_phone(cell) || is_link(cell) || !has_digit(cell),
    looks_like: |cell, _| is_code(cell),
    infers: |_, value| is_code(value),
    with_zero: |digits| {
        let code = (digits.len() == 5).then(|| MunicipalityCode::parse(&format!("0{digits}")).ok()).flatten();
        code.map(|code| code.to_string())
    },
    stored: StoredForm::Digits,
    has_digits: true,
    ..COMMON
};

fn is_code(cell: &str) -> bool {
    MunicipalityCode::parse(&width::fold(cell)).is_ok()
}
