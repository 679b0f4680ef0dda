//! The rules of proofreading, as a table: each is a file beside this one and a line of [`RULES`].
//!
//! In: nothing. Out: for each rule its name, its codes with their explanations, and how it is asked.

use super::rule::ProofRule;
use super::{
    broken, closing_stop, commas, contrast, dash, easy, exclamation, fonts, half_kana, kinsoku, line_gap,
    page_breaks, pairs, repeated, ruby, short_line, spacing, stretch, touching, type_size, underline, widths,
    words,
};

/// Every rule, in the order in which they are asked and listed.
pub static RULES: &[&ProofRule] = &[
    &kinsoku::RULE,
    &stretch::RULE,
    &short_line::RULE,
    &broken::RULE,
    &ruby::RULE,
    &page_breaks::RULE,
    &type_size::RULE,
    &fonts::RULE,
    &line_gap::RULE,
    &contrast::RULE,
    &touching::RULE,
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
    &easy::length::RULE,
    &easy::endings::RULE,
    &easy::wording::RULE,
    &easy::loans::RULE,
    &easy::amount::RULE,
];
