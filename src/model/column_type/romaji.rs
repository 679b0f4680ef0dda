//! `romaji`: a name in Latin letters.

use super::{COMMON, TypeDefinition, is_link, is_phone};
use crate::model::meaning::{Meaning, MeaningError};
use crate::model::width;

/// The type.
pub(super) static DEFINITION: TypeDefinition = TypeDefinition {
    name: "romaji",
    ja: "ローマ字",
    en: "romaji",
    read: |cell| romaji(cell.text).map(Meaning::Text),
    is_elsewhere: |cell| is_phone(cell) || is_link(cell),
    looks_like: |cell, _| romaji(cell).is_ok() && !is_link(cell),
    ..COMMON
};

/// Letters with and without marks (Ōsaka), and what stands in names.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '\u{C0}'..='\u{24F}' | '\u{300}'..='\u{36F}' | '\u{1E00}'..='\u{1EFF}')
        || c.is_whitespace()
        || "-–'’.,&()/".contains(c)
}

fn romaji(written: &str) -> Result<String, MeaningError> {
    let folded = width::fold(written);
    match folded.chars().find(|c| !is_latin(*c)) {
        Some(stranger) => Err(MeaningError::Romaji(Some(stranger))),
        None if !folded.chars().any(char::is_alphabetic) => Err(MeaningError::Romaji(None)),
        None => Ok(folded.split_whitespace().collect::<Vec<_>>().join(" ")),
    }
}
