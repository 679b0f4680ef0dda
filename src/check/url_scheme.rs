//! Rule: an address on the web begins with http:// or https://; which of the two is not for sasshi to guess.
//!
//! In: columns of the type `url`. Out: a finding at each address without.

use super::{Aside, Findings};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::directory::{Directory, Meaning, Value};
use crate::model::rule::Rule;
use crate::model::schema::FieldType;
use crate::say;

/// Looks for addresses without a scheme.
pub fn check(directory: &Directory<Value>, aside: &mut Aside, findings: &mut Findings<'_>) {
    if findings.is_off(Rule::UrlScheme) {
        return;
    }
    for (column, known) in directory.columns.iter().enumerate() {
        if !known.field.as_ref().is_some_and(|field| field.kind == FieldType::Url) {
            continue;
        }
        for (index, record) in directory.records.iter().enumerate() {
            let Meaning::Text(url) = &record.cells[column].meaning else { continue };
            let lower = url.to_ascii_lowercase();
            if lower.starts_with("https://") || lower.starts_with("http://") {
                continue;
            }
            let finding = Diagnostic::error(
                Code::UrlScheme,
                say!("「{url}」が https:// で始まっていません。", "\"{url}\" does not begin with https://."),
            )
            .at(record.origin(column))
            .hint(say!(
                "ブラウザーで開いて、アドレス欄をそのまま写してください。",
                "Open it in a browser and copy the address from there."
            ));
            findings.of_record(Rule::UrlScheme, finding, aside, index);
        }
    }
}
