//! Where rules put what they find: the manifest's level decides whether it is kept and whether its record is set aside.
//!
//! In: findings of the rules. Out: the run's diagnostics, how many more there are, and each directory's [`Aside`].

use std::collections::{BTreeMap, BTreeSet};

use super::aside::Aside;
use crate::diagnostic::{Code, Diagnostic, LeftOut, MOST_OF_A_KIND, Severity};
use crate::model::rule::{Level, Levels, Parameter, Rule};
use crate::say;

/// A cell by record and column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellIndex {
    /// The index of its record.
    pub record: usize,
    /// The index of its column in the directory.
    pub column: usize,
}

/// Findings of the rules about one directory, with the levels of the manifest.
pub struct Findings<'a> {
    levels: &'a Levels,
    diagnostics: &'a mut Vec<Diagnostic>,
    left_out: &'a mut LeftOut,
    kept: BTreeMap<Code, usize>,
    /// Columns that nothing uses.
    unused: BTreeSet<usize>,
}

impl<'a> Findings<'a> {
    /// Puts the first findings of each kind into `diagnostics`, and counts the others in `left_out`.
    pub fn new(levels: &'a Levels, diagnostics: &'a mut Vec<Diagnostic>, left_out: &'a mut LeftOut) -> Self {
        Self { levels, diagnostics, left_out, kept: BTreeMap::new(), unused: BTreeSet::new() }
    }

    /// The same for a directory of whose columns some are `unused`.
    #[must_use]
    pub fn with_unused(self, unused: BTreeSet<usize>) -> Self {
        Self { unused, ..self }
    }

    /// How strict `rule` is.
    #[must_use]
    pub fn level(&self, rule: &Rule) -> Level {
        self.levels.of(rule)
    }

    /// The value of `parameter` of `rule`.
    #[must_use]
    pub fn parameter(&self, rule: &Rule, parameter: &Parameter) -> u32 {
        self.levels.parameter(rule, parameter)
    }

    /// Whether `rule` is off: it need not look.
    #[must_use]
    pub fn is_off(&self, rule: &Rule) -> bool {
        self.level(rule) == Level::Off
    }

    /// Keeps a finding that no rule of the manifest can lower.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let kept = self.kept.entry(diagnostic.code).or_default();
        *kept += 1;
        if *kept <= MOST_OF_A_KIND {
            self.diagnostics.push(diagnostic);
        } else {
            *self.left_out.entry((diagnostic.code, diagnostic.severity)).or_default() += 1;
        }
    }

    /// Keeps a finding of `rule` at the rule's level; whether that is an error.
    pub fn of_rule(&mut self, rule: &Rule, mut diagnostic: Diagnostic) -> bool {
        diagnostic.severity = match self.level(rule) {
            Level::Off => return false,
            Level::Warn => Severity::Warning,
            Level::Error => Severity::Error,
        };
        let error = diagnostic.severity == Severity::Error;
        self.push(diagnostic);
        error
    }

    /// Keeps a finding about the cell `at`: in a column that nothing uses it is a warning, and its record stays.
    pub fn of_cell(&mut self, rule: &Rule, mut diagnostic: Diagnostic, aside: &mut Aside, at: CellIndex) {
        if !self.unused.contains(&at.column) {
            self.of_record(rule, diagnostic, aside, at.record);
        } else if !self.is_off(rule) {
            diagnostic.severity = Severity::Warning;
            self.push(diagnostic.hint(say!(
                "どのレイアウトもこの列を使わないので、このまま作ります。",
                "No layout uses this column, so it keeps nothing back."
            )));
        }
    }

    /// Keeps a finding about the record `index`, which is set aside if it is an error; whether it is.
    pub fn of_record(
        &mut self,
        rule: &Rule,
        diagnostic: Diagnostic,
        aside: &mut Aside,
        index: usize,
    ) -> bool {
        let error = self.of_rule(rule, diagnostic);
        if error {
            aside.records.insert(index);
        }
        error
    }
}
