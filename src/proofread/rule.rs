//! What a rule of proofreading is.
//!
//! In: nothing. Out: [`ProofRule`], one of which stands in the file of each rule.

use super::findings::ProofFindings;
use super::galley::Galley;
use crate::diagnostic::codes::CodeDefinition;

/// What makes one rule differ from another.
#[derive(Debug)]
pub struct ProofRule {
    /// Its name in `off` of `[proofread]`.
    pub name: &'static str,
    /// The codes of its findings, with their explanations.
    pub codes: &'static [CodeDefinition],
    /// Looks at a file.
    pub judge: fn(&Galley<'_>, &mut ProofFindings<'_>),
}
