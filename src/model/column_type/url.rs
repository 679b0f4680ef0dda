//! `url`: an address on the web.

use std::borrow::Cow;

use super::{COMMON, LinkTarget, TypeDefinition, begins_with_digit, plain_if};
use crate::model::meaning::{Meaning, MeaningError};
use crate::model::width;

/// The type.
pub(super) static DEFINITION: TypeDefinition = TypeDefinition {
    name: "url",
    ja: "ホームページ",
    en: "web address",
    read: |cell| url(cell.text).map(|url| Meaning::Text(url.into_owned())),
    sight: |text, _| plain_if(is_plain_url(text.as_bytes())),
    is_elsewhere: begins_with_digit,
    looks_like: |cell, _| url(cell).is_ok(),
    infers: |_, value| value.starts_with("http://") || value.starts_with("https://"),
    link: LinkTarget::Web,
    ..COMMON
};

fn url(written: &str) -> Result<Cow<'_, str>, MeaningError> {
    let folded = width::fold(written);
    let rest = ["https://", "http://"].iter().find_map(|scheme| {
        let head = folded.get(..scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then(|| &folded[scheme.len()..])
    });
    let host = rest.unwrap_or(&folded).split(['/', '?', '#']).next().unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let labels = name.split('.').filter(|label| !label.is_empty()).count();
    // behind the address: （準備中）
    let has_remark = written.contains(['（', '）', '［', '］', '【', '】', '「', '」', '、', '。', '※']);
    let right = labels >= 2
        && labels == name.split('.').count()
        && !folded.contains(char::is_whitespace)
        && !has_remark
        && !host.contains('@')
        && (rest.is_some() || !folded.contains("://"));
    if right { Ok(folded) } else { Err(MeaningError::Url) }
}

/// Whether an address is ASCII with its scheme and a host of labels, told byte by byte; of any other [`url`] tells.
fn is_plain_url(url: &[u8]) -> bool {
    let Some(rest) = url.strip_prefix(b"https://").or_else(|| url.strip_prefix(b"http://")) else {
        return false;
    };
    let end = rest.iter().position(|byte| matches!(byte, b'/' | b'?' | b'#')).unwrap_or(rest.len());
    is_host(&rest[..end]) && rest[end..].iter().all(u8::is_ascii_graphic)
}

/// Whether a name is labels of letters, digits and hyphens with dots between, two labels at least.
pub(super) fn is_host(name: &[u8]) -> bool {
    let (mut before, mut dots) = (b'.', 0);
    for byte in name {
        let is_dot = *byte == b'.';
        if (is_dot && before == b'.') || !(is_dot || byte.is_ascii_alphanumeric() || *byte == b'-') {
            return false;
        }
        dots += usize::from(is_dot);
        before = *byte;
    }
    dots > 0 && before != b'.'
}
