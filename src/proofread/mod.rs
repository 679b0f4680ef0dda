//! A judge beside the stages: typeset pages read as a proofreader and a typographer read them.
//!
//! In: a [`Galley`]: the text of a file line by line, what was laid out and a [`ProofProfile`]. Out: [`Finding`]s, each with page, place on it and
//! the line of the source. Every rule is a file of its own and a line of [`RULES`].

mod broken;
mod closing_stop;
mod colour_difference;
mod commas;
mod contrast;
mod dash;
pub mod easy;
mod exclamation;
mod findings;
mod fonts;
mod galley;
mod half_kana;
mod kinsoku;
mod line_gap;
mod page_breaks;
mod pairs;
pub mod profile;
mod repeated;
mod ruby;
mod rule;
pub mod rules;
mod running;
mod short_line;
mod spacing;
mod stretch;
#[cfg(test)]
mod tests;
mod touching;
mod type_size;
mod underline;
mod widths;
mod words;

pub use self::findings::ProofFindings;
pub use self::galley::Galley;
pub use self::profile::ProofProfile;
pub use self::rule::ProofRule;
use self::rules::RULES;
use crate::model::finding::Finding;

/// What is wrong with the typography and the writing of a file.
#[must_use]
pub fn judge(galley: &Galley<'_>) -> Vec<Finding> {
    let mut findings = ProofFindings::new(galley.origins);
    for rule in RULES.iter().filter(|rule| !galley.off.contains(rule.name)) {
        (rule.judge)(galley, &mut findings);
    }
    findings.finish()
}
