//! The rules of proofreading, as a table: each is a file beside this one and a line of [`RULES`].
//!
//! In: nothing. Out: for each rule its name, its codes with their explanations, and how it is asked.

use super::rule::ProofRule;
use super::{
    broken, closing_stop, commas, contrast, dash, exclamation, half_kana, kinsoku, line_gap, pairs, repeated,
    short_line, spacing, stretch, type_size, underline, widths, words,
};

/// Every rule, in the order in which they are asked and listed.
pub static RULES: &[&ProofRule] = &[
    &kinsoku::RULE,
    &stretch::RULE,
    &short_line::RULE,
    &broken::RULE,
    &type_size::RULE,
    &line_gap::RULE,
    &contrast::RULE,
    &underline::RULE,
    &words::RULE,
    &spacing::RULE,
    &widths::RULE,
    &half_kana::RULE,
    &dash::RULE,
    &pairs::RULE,
    &closing_stop::RULE,
    &exclamation::RULE,
    &commas::RULE,
    &repeated::RULE,
];
