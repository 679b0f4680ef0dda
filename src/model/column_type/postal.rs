//! `postal`: a postal code of seven digits.

use super::{COMMON, StoredForm, TypeDefinition, has_digit, is_link, is_phone, plain_if};
use crate::model::meaning::{Meaning, MeaningError, PostalError};
use crate::model::width;

/// The type.
pub(super) static DEFINITION: TypeDefinition = TypeDefinition {
    name: "postal",
    ja: "郵便番号",
    en: "postal code",
    read: |cell| postal(cell.text).map(Meaning::Postal).map_err(MeaningError::Postal),
    sight: |text, _| plain_if(is_postal(text)),
    is_elsewhere: |cell| is_phone(cell) || is_link(cell) || !has_digit(cell),
    looks_like: |cell, _| postal(cell).is_ok(),
    infers: |header, value| {
        let digits: String = width::narrow(value).trim_start_matches('〒').replace('-', "");
        header.contains("郵便") && digits.len() == 7 && digits.bytes().all(|digit| digit.is_ascii_digit())
    },
    with_zero: |digits| (digits.len() == 6).then(|| format!("0{}-{}", &digits[..2], &digits[2..])),
    stored: StoredForm::Digits,
    has_digits: true,
    ..COMMON
};

fn is_postal(text: &str) -> bool {
    text.len() == 8
        && !text.starts_with("000")
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if at == 3 { byte == b'-' } else { byte.is_ascii_digit() })
}

fn postal(written: &str) -> Result<String, PostalError> {
    let folded = width::fold(written);
    let digits: String = folded
        .trim_start_matches('〒')
        .chars()
        .filter(|c| !width::is_dash(*c) && !c.is_whitespace())
        .collect();
    let all_digits = digits.bytes().all(|digit| digit.is_ascii_digit());
    // no code begins with 000
    if digits.len() == 7 && all_digits && !digits.starts_with("000") {
        return Ok(format!("{}-{}", &digits[..3], &digits[3..]));
    }
    // a spreadsheet takes 060-0001 written without its hyphen for a number and drops the zero
    if digits.len() == 6 && digits == written && all_digits {
        return Err(PostalError::LostZero(format!("0{}-{}", &digits[..2], &digits[2..])));
    }
    if digits.is_empty() {
        return Err(PostalError::Empty);
    }
    let is_several = codes_in(&folded) > 1 || folded.matches('〒').count() > 1;
    Err(if is_several { PostalError::Several } else { PostalError::Form })
}

/// How many codes of seven digits a text holds.
fn codes_in(folded: &str) -> usize {
    let parts = folded.split(|c: char| !(c.is_ascii_digit() || width::is_dash(c)));
    parts.filter(|part| part.bytes().filter(u8::is_ascii_digit).count() == 7).count()
}
