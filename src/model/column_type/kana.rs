//! `kana`: a reading; parted where the name is known.

use super::{COMMON, TypeDefinition, is_link, is_phone};
use crate::model::kana::Reading;
use crate::model::meaning::{Meaning, MeaningError, one_line};
use crate::model::width;

/// The type.
pub(super) static DEFINITION: TypeDefinition = TypeDefinition {
    name: "kana",
    ja: "よみ",
    en: "reading",
    read: |cell| {
        kana(cell.text, cell.name).map(|kana| Meaning::Kana(Box::new(Reading::part(cell.name, &kana))))
    },
    is_elsewhere: |cell| is_phone(cell) || is_link(cell),
    looks_like: |cell, _| cell.chars().all(is_kana),
    infers: |_, value| value.chars().all(|c| is_kana(c) || matches!(c, '・' | ' ' | '\u{3000}')),
    ..COMMON
};

fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー')
}

fn kana(written: &str, name: &str) -> Result<String, MeaningError> {
    let folded = width::fold(written);
    let kana = width::compose_kana(&folded);
    let stranger = kana.chars().find(|c| {
        let known = matches!(c, 'ぁ'..='ゖ' | 'ゝ' | 'ゞ' | 'ァ'..='ヺ' | 'ー' | 'ヽ' | 'ヾ' | '・');
        // brackets and commas stand in readings as in names: クダマツシジドウセンター「ワカバ」
        let punctuation = matches!(c, '、'..='〃' | '〈'..='】' | '〔'..='〟');
        !known && !punctuation && !c.is_whitespace() && !c.is_ascii()
    });
    match stranger {
        Some(stranger) => Err(MeaningError::Kana(Some(stranger))),
        // a name that has nothing to read is its own reading (ABC)
        None if !kana.chars().any(is_kana) && width::fold(name.trim()) != folded => {
            Err(MeaningError::Kana(None))
        }
        None => Ok(one_line(&kana).into_owned()),
    }
}
