//! `email`: an e-mail address.

use std::borrow::Cow;

use super::url::is_host;
use super::{COMMON, LinkTarget, TypeDefinition, begins_with_digit, plain_if};
use crate::model::meaning::{Meaning, MeaningError};
use crate::model::width;

/// The type.
pub(super) static DEFINITION: TypeDefinition = TypeDefinition {
    name: "email",
    ja: "メールアドレス",
    en: "e-mail",
    read: |cell| email(cell.text).map(|email| Meaning::Text(email.into_owned())),
    sight: |text, _| plain_if(is_plain_email(text.as_bytes())),
    is_elsewhere: |cell| !cell.contains(['@', '＠']) && begins_with_digit(cell),
    looks_like: |cell, _| email(cell).is_ok(),
    infers: |_, value| value.contains('@') && !value.contains(char::is_whitespace),
    link: LinkTarget::Mail,
    ..COMMON
};

/// Whether an address is ASCII of the usual form, told byte by byte; of any other [`email`] tells.
fn is_plain_email(email: &[u8]) -> bool {
    let is_atom = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b'+');
    let at = email.iter().position(|byte| !is_atom(byte)).unwrap_or(0);
    email.get(at) == Some(&b'@') && at > 0 && is_host(&email[at + 1..])
}

fn email(written: &str) -> Result<Cow<'_, str>, MeaningError> {
    let folded = width::fold(written);
    let right = match folded.split_once('@') {
        Some((local, domain)) => {
            let atoms =
                local.bytes().all(|byte| byte.is_ascii_graphic() && !b"()<>[]:;,\\\"".contains(&byte));
            let hosts = domain.split('.').all(|label| {
                !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            });
            !local.is_empty() && atoms && domain.contains('.') && hosts
        }
        None => false,
    };
    if right { Ok(folded) } else { Err(MeaningError::Email) }
}
