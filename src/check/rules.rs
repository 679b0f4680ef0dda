//! The rules of `[checks]`, as a table: each rule is a file beside this one and a line of [`RULES`].
//!
//! In: nothing. Out: for each rule its name, level and parameters in the manifest, its codes with their explanations, and how it
//! is asked.

use std::collections::BTreeMap;

use super::columns::Need;
use super::{Aside, Findings};
use super::{
    duplicate_office, duplicate_row, edition_date, invisible, not_in_force, one_of, opening_hours, pattern,
    phone_area, private_use, refers_to, required, types, unfinished, unique, unprinted_part, url_scheme,
    ward_missing, ward_unknown,
};
use crate::diagnostic::codes::CodeDefinition;
use crate::model::date::Date;
use crate::model::rule::Rule;
use crate::model::typed::TypedDirectory;
use crate::project::DirectoryPlan;

/// Every rule, in the order in which they are asked and listed.
pub static RULES: &[&RuleDefinition] = &[
    &required::RULE,
    &types::RULE,
    &unique::RULE,
    &one_of::RULE,
    &pattern::RULE,
    &refers_to::RULE,
    &ward_unknown::RULE,
    &ward_missing::RULE,
    &duplicate_row::RULE,
    &duplicate_office::RULE,
    &phone_area::RULE,
    &unprinted_part::RULE,
    &url_scheme::RULE,
    &opening_hours::RULE,
    &not_in_force::RULE,
    &unfinished::RULE,
    &private_use::RULE,
    &invisible::RULE,
    &edition_date::RULE,
];

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

/// What the manifest knows of the rules.
#[must_use]
pub fn known() -> Vec<&'static Rule> {
    RULES.iter().map(|definition| &definition.rule).collect()
}

/// A rule is the one of its name.
impl PartialEq for RuleDefinition {
    fn eq(&self, other: &Self) -> bool {
        self.rule.name == other.rule.name
    }
}

impl Eq for RuleDefinition {}
