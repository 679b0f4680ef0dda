//! Where rules put what they find: the manifest's level decides whether it is kept and whether its record is set aside.
//!
//! In: findings of the rules. Out: the run's diagnostics and each directory's [`Aside`].

use super::Aside;
use crate::diagnostic::{Diagnostic, Severity};
use crate::model::rule::{Level, Levels, Rule};

/// Findings of the rules, with the levels of the manifest.
pub struct Findings<'a> {
    levels: &'a Levels,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl<'a> Findings<'a> {
    /// Puts findings into `diagnostics`.
    pub fn new(levels: &'a Levels, diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        Self { levels, diagnostics }
    }

    /// How strict `rule` is.
    #[must_use]
    pub fn level(&self, rule: Rule) -> Level {
        self.levels.of(rule)
    }

    /// Whether `rule` is off: it need not look.
    #[must_use]
    pub fn is_off(&self, rule: Rule) -> bool {
        self.level(rule) == Level::Off
    }

    /// Keeps a finding that no rule of the manifest can lower.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Keeps a finding of `rule` at the rule's level; whether that is an error.
    pub fn of_rule(&mut self, rule: Rule, mut diagnostic: Diagnostic) -> bool {
        diagnostic.severity = match self.level(rule) {
            Level::Off => return false,
            Level::Warn => Severity::Warning,
            Level::Error => Severity::Error,
        };
        let error = diagnostic.severity == Severity::Error;
        self.diagnostics.push(diagnostic);
        error
    }

    /// Keeps a finding about the record `index`, which is set aside if it is an error; whether it is.
    pub fn of_record(&mut self, rule: Rule, diagnostic: Diagnostic, aside: &mut Aside, index: usize) -> bool {
        let error = self.of_rule(rule, diagnostic);
        if error {
            aside.records.insert(index);
        }
        error
    }
}
