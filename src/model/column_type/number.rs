//! `number`: a number, without commas between thousands.

use super::{COMMON, StoredForm, TypeDefinition, is_link, is_phone};
use crate::model::meaning::{Meaning, MeaningError};
use crate::model::width;

/// The type.
pub(super) static DEFINITION: TypeDefinition = TypeDefinition {
    name: "number",
    ja: "数",
    en: "number",
    read: |cell| number(cell.text).map(Meaning::Text),
    is_elsewhere: |cell| is_phone(cell) || is_link(cell),
    infers: |header, value| (header == "緯度" || header == "経度") && value.parse::<f64>().is_ok(),
    stored: StoredForm::Number,
    has_digits: true,
    ..COMMON
};

fn number(written: &str) -> Result<String, MeaningError> {
    let folded = width::fold(written);
    let sign = folded.chars().next().is_some_and(width::is_dash);
    let body: String = folded.chars().skip(usize::from(sign)).filter(|c| *c != ',').collect();
    let points = body.matches('.').count();
    let digits = body.bytes().filter(u8::is_ascii_digit).count();
    if digits > 0 && points <= 1 && digits + points == body.len() {
        return Ok(if sign { format!("-{body}") } else { body });
    }
    Err(MeaningError::Number)
}
