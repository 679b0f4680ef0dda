//! Findings for people: those of one kind are one message that names all its pages, and the spot of the first.
//!
//! In: [`Finding`]s in order. Out: a [`Diagnostic`] for each kind.

use super::finding::Finding;
use crate::diagnostic::{Diagnostic, Say, Severity};
use crate::model::origin::Origin;

/// The most values that one message lists.
const MOST_VALUES: usize = 5;
/// The most stretches of pages that one message lists.
const MOST_STRETCHES: usize = 12;

/// One message for each kind of `findings`, in the order in which they come; `file` is where they stand.
#[must_use]
pub fn by_kind(findings: &[Finding], file: &str) -> Vec<Diagnostic> {
    let mut kinds: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings {
        let is_same = |kind: &&mut Vec<&Finding>| kind.first().is_some_and(|first| are_alike(first, finding));
        match kinds.iter_mut().find(is_same) {
            Some(kind) => kind.push(finding),
            None => kinds.push(vec![finding]),
        }
    }
    kinds.iter().map(|kind| told(kind, file)).collect()
}

/// Whether one message can stand for both.
fn are_alike(one: &Finding, other: &Finding) -> bool {
    one.code == other.code
        && one.severity == other.severity
        && one.page.is_some() == other.page.is_some()
        && one.what == other.what
        && one.allowed == other.allowed
}

fn told(kind: &[&Finding], file: &str) -> Diagnostic {
    let [first, _, ..] = kind else {
        return kind[0].diagnostic(file);
    };
    let values = values(kind);
    let mut message = first.what.clone();
    if first.page.is_some() {
        let pages = pages(kind);
        let page = if pages.contains(['–', ',']) { "pages" } else { "page" };
        message.ja = format!("{pages}ページ：{}", first.what.ja);
        message.en = format!("{page} {pages}: {}", first.what.en);
    }
    if !values.en.is_empty() {
        message.ja = format!("{} 検出値：{}。", message.ja, values.ja);
        message.en = format!("{} Found: {}.", message.en, values.en);
    }
    if first.page.is_some() {
        let count = kind.iter().map(|one| 1 + one.more).sum::<usize>();
        let place = first.place();
        message.ja = format!("{} 全部で{count}か所、最初は{}。", message.ja, place.ja);
        message.en = format!("{} {count} places in all, the first: {}.", message.en, place.en);
    }
    let mut diagnostic = match first.severity {
        Severity::Error => Diagnostic::error(first.code, message),
        Severity::Warning => Diagnostic::warning(first.code, message),
    };
    if !first.allowed.en.is_empty() {
        let Say { ja, en } = &first.allowed;
        diagnostic = diagnostic.hint(Say::new(format!("基準：{ja}"), format!("Allowed: {en}")));
    }
    diagnostic.at(first.origin.clone().unwrap_or_else(|| Origin::path(file)))
}

/// What was found, each value once.
fn values(kind: &[&Finding]) -> Say {
    let mut values: Vec<&Say> = Vec::new();
    for finding in kind {
        if !finding.found.en.is_empty() && !values.contains(&&finding.found) {
            values.push(&finding.found);
        }
    }
    let more = values.len() > MOST_VALUES;
    values.truncate(MOST_VALUES);
    let join = |words: Vec<&str>, comma: &str, and_more: &str| {
        let joined = words.join(comma);
        if more { joined + and_more } else { joined }
    };
    Say::new(
        join(values.iter().map(|value| value.ja.as_str()).collect(), "、", " など"),
        join(values.iter().map(|value| value.en.as_str()).collect(), ", ", " and others"),
    )
}

/// The pages in stretches: `3–18, 20`.
fn pages(kind: &[&Finding]) -> String {
    let mut stretches: Vec<(u32, u32)> = Vec::new();
    for page in kind.iter().filter_map(|finding| finding.page) {
        match stretches.last_mut() {
            Some((_, last)) if page == *last || page == *last + 1 => *last = page,
            _ => stretches.push((page, page)),
        }
    }
    let more = stretches.len() > MOST_STRETCHES;
    let words = stretches.iter().take(MOST_STRETCHES).map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first}–{last}"),
    });
    let joined = words.collect::<Vec<_>>().join(", ");
    if more { joined + ", …" } else { joined }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn thin(page: u32, found: &str) -> Finding {
        let what = Say::new("細い線です。", "A thin line.");
        let found = Say::new(found, found);
        Finding::error(Code::LineThin, what).found(found).allowed(Say::new("1 mm", "1 mm")).on(page)
    }

    #[test]
    fn a_kind_is_one_message_with_its_pages() {
        let mut findings: Vec<Finding> = (3..=5).map(|page| thin(page, "0.1 mm")).collect();
        findings.push(Finding { more: 2, ..thin(9, "0.2 mm") });
        findings.push(Finding::warning(Code::PageBlank, Say::new("白紙", "Blank.")).on(7));
        let told = by_kind(&findings, "a.pdf");
        let words: Vec<&str> = told.iter().map(|one| one.message.en.as_str()).collect();
        assert_eq!(
            words,
            [
                "pages 3–5, 9: A thin line. Found: 0.1 mm, 0.2 mm. 6 places in all, the first: page 3.",
                "page 7: Blank."
            ]
        );
        assert_eq!(
            told[0].message.ja,
            "3–5, 9ページ：細い線です。 検出値：0.1 mm、0.2 mm。 全部で6か所、最初は3ページ。"
        );
    }

    #[test]
    fn what_is_about_the_file_lists_its_values() {
        let missing = |key: &str| {
            let what = Say::new("文書情報がありません。", "Metadata is missing.");
            Finding::error(Code::MetadataMissing, what).found(Say::new(key, key))
        };
        let told = by_kind(&[missing("no XMP"), missing("no title")], "a.pdf");
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].message.en, "Metadata is missing. Found: no XMP, no title.");
    }
}
