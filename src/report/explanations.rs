//! What each code means, why it matters and how to mend it: the words of `sasshi explain`.
//!
//! In: a [`Code`]. Out: its definition, and its explanation in both languages.

use std::sync::LazyLock;

use crate::check::rules::RULES;
use crate::diagnostic::codes::{CodeDefinition, general};
use crate::diagnostic::{Code, Language};
use crate::proofread::rules::RULES as PROOF_RULES;

/// Every code, in order.
static CODES: LazyLock<Vec<&'static CodeDefinition>> = LazyLock::new(|| {
    let of_rules = RULES.iter().flat_map(|definition| definition.codes);
    let of_proofreading = PROOF_RULES.iter().flat_map(|rule| rule.codes);
    let mut all: Vec<&CodeDefinition> = general().chain(of_rules).chain(of_proofreading).collect();
    all.sort_by_key(|definition| definition.code);
    all
});

/// Every code, in order.
#[must_use]
pub fn codes() -> &'static [&'static CodeDefinition] {
    &CODES
}

/// The definition of `code`; none of one that this version does not know.
#[must_use]
pub fn definition(code: Code) -> Option<&'static CodeDefinition> {
    let at = CODES.binary_search_by_key(&code, |definition| definition.code).ok()?;
    CODES.get(at).copied()
}

/// The explanation of `code`; none of one that this version does not know.
#[must_use]
pub fn explanation(code: Code, language: Language) -> Option<&'static str> {
    definition(code).map(|definition| match language {
        Language::Japanese => definition.ja,
        Language::English => definition.en,
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn codes_and_their_names_are_unique() {
        for pair in codes().windows(2) {
            assert!(pair[0].code < pair[1].code, "{} stands twice", pair[0].name);
        }
        let names: std::collections::BTreeSet<&str> = codes().iter().map(|one| one.name).collect();
        assert_eq!(names.len(), codes().len());
    }

    fn sources(folder: &Path, all: &mut String) {
        for entry in std::fs::read_dir(folder).expect("a folder of sources").flatten() {
            let path = entry.path();
            if path.is_dir() {
                sources(&path, all);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source");
                // what only tests name is not found by any check
                all.push_str(text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default());
            }
        }
    }

    /// Whether `code` is named as a whole: `Code::Phone` is not named by `Code::PhoneArea`.
    fn names(all: &str, code: &CodeDefinition) -> bool {
        let name = format!("Code::{}", code.name);
        let mut rest = all.split(name.as_str()).skip(1);
        rest.any(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    }

    #[test]
    fn every_code_is_given_by_some_check() {
        let mut all = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut all);
        for definition in codes() {
            assert!(names(&all, definition), "{} is given by nothing", definition.name);
        }
    }
}
