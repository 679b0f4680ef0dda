//! The rules of `[checks]`, as a table: each rule is a file beside this one and a line of [`RULES`].
//!
//! In: nothing. Out: for each rule its name, level and parameters in the manifest, its codes with their explanations, and how it
//! is asked.

use super::rule_definition::RuleDefinition;
use super::{
    duplicate_office, duplicate_row, edition_date, invisible, not_in_force, one_of, opening_hours, pattern,
    phone_area, private_use, refers_to, required, types, unfinished, unique, unprinted_part, url_scheme,
    ward_missing, ward_unknown,
};
use crate::model::rule::Rule;

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

/// What the manifest knows of the rules.
#[must_use]
pub fn known() -> Vec<&'static Rule> {
    RULES.iter().map(|definition| &definition.rule).collect()
}
