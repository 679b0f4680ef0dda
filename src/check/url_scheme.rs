//! Rule: an address on the web begins with http:// or https://; which of the two is not for sasshi to guess.
//!
//! In: columns of the type `url`. Out: a finding at each address without.

use super::aside::Aside;
use super::findings::Findings;
use super::parts;
use super::rule_definition::{Check, RuleDefinition, Subject};
use crate::diagnostic::codes::codes;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::rule::{Level, Rule};
use crate::model::schema::FieldType;
use crate::say;

/// The rule.
pub static RULE: RuleDefinition = RuleDefinition {
    rule: Rule {
        name: "url-scheme",
        words: "An address on the web begins with http:// or https://.",
        level: Level::Warn,
        parameters: &[],
    },
    codes: CODES,
    check: Check::Directory(check),
};

codes! {
    /// An address on the web without http:// or https://.
    UrlScheme = "S2019" {
        ja: "アドレスが https:// か http:// で始まっていません。どちらかは推測しません。（規則名 url-scheme）",
        en: "An address begins with neither https:// nor http://; sasshi does not guess which. (rule: url-scheme)",
    }
}

/// Looks for addresses without a scheme.
fn check(Subject { directory, .. }: Subject<'_>, aside: &mut Aside, findings: &mut Findings<'_>) {
    for (column, known) in directory.columns.iter().enumerate() {
        if !known.field.as_ref().is_some_and(|field| field.kind == FieldType::Url) {
            continue;
        }
        let has = |url: &str| {
            let begins =
                |scheme: &str| url.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme));
            begins("https://") || begins("http://")
        };
        let bare = parts::find(&directory.records, |record| {
            // what has a scheme as it is written has it in print
            if has(record.written(column)) {
                return None;
            }
            Some(directory.text(record, column)).filter(|url| !url.is_empty() && !has(url))
        });
        for (index, url) in bare {
            let record = &directory.records[index];
            let finding = Diagnostic::error(
                Code::UrlScheme,
                say!("「{url}」が https:// で始まっていません。", "\"{url}\" does not begin with https://."),
            )
            .at(record.origin(column))
            .hint(say!(
                "ブラウザーで開いて、アドレス欄をそのまま写してください。",
                "Open it in a browser and copy the address from there."
            ));
            findings.of_record(&RULE.rule, finding, aside, index);
        }
    }
}
