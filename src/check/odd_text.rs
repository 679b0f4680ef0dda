//! Rules `invisible` and `private-use` in texts: no character that nobody sees or that is none.
//!
//! In: the odd characters of a chapter. Out: a finding at each, at the level of its rule.

use super::{characters, invisible, private_use};
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::rule::{Level, Rule};
use crate::model::text::Chapter;
use crate::model::unseen::Odd;
use crate::project::Project;

/// The rule that an odd character breaks.
fn rule(kind: Odd) -> &'static Rule {
    if kind.is_private() { &private_use::RULE.rule } else { &invisible::RULE.rule }
}

/// Finds the odd characters of a text, at the levels of the manifest; whether one of them is an error.
pub fn of_text(project: &Project, chapter: &Chapter, diagnostics: &mut Vec<Diagnostic>) -> bool {
    let mut broken = false;
    for (odd, origin) in &chapter.odd {
        let mut found =
            characters::with_cure(characters::finding(odd.kind, odd.character), odd.kind).at(origin.clone());
        found.severity = match project.checks.of(rule(odd.kind)) {
            Level::Off => continue,
            Level::Warn => Severity::Warning,
            Level::Error => Severity::Error,
        };
        broken |= found.severity == Severity::Error;
        diagnostics.push(found);
    }
    broken
}
