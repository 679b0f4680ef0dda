//! What a rule of `[checks]` is: its name, level and parameters, its codes with their explanations, and how it is asked.

use std::collections::BTreeMap;

use super::aside::Aside;
use super::columns::Need;
use super::findings::Findings;
use crate::diagnostic::codes::CodeDefinition;
use crate::model::date::Date;
use crate::model::rule::Rule;
use crate::model::typed::TypedDirectory;
use crate::project::DirectoryPlan;

/// What makes one rule differ from another.
#[derive(Debug)]
pub struct RuleDefinition {
    /// What the manifest knows of it.
    pub rule: Rule,
    /// The codes of its findings, with their explanations.
    pub codes: &'static [CodeDefinition],
    /// How it is asked.
    pub check: Check,
}

/// How a rule is asked; one that is off is not.
#[derive(Debug)]
pub enum Check {
    /// Of each directory by itself.
    Directory(fn(Subject<'_>, &mut Aside, &mut Findings<'_>)),
    /// Of a directory among all others, when each has been looked at.
    Among(fn(&str, &BTreeMap<String, TypedDirectory>, &mut Aside, &mut Findings<'_>)),
    /// By the stage, where it gives cells their types and joins rows to units: that tells more than findings.
    Stage,
}

/// A directory to look at.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// What the manifest says of it.
    pub plan: &'a DirectoryPlan,
    /// Its rows.
    pub directory: &'a TypedDirectory,
    /// Which fields publications ask for, if any does.
    pub fields: Option<&'a BTreeMap<String, Need>>,
    /// The date of the edition; none where there is no project.
    pub edition: Option<Date>,
}

/// A rule is the one of its name.
impl PartialEq for RuleDefinition {
    fn eq(&self, other: &Self) -> bool {
        self.rule.name == other.rule.name
    }
}

impl Eq for RuleDefinition {}
