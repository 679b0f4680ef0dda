//! How many findings of one kind are kept: a fault that every row has fills no report.
//!
//! In: all findings. Out: the first of each kind in each file, and how many more there were.

use std::collections::BTreeMap;

use super::codes::Code;
use super::finding::{Diagnostic, Severity};

/// Findings of one kind that are kept one by one (of each directory, or file); more are counted.
pub const MOST_OF_A_KIND: usize = 1_000;

/// How many findings were counted and not kept.
pub type LeftOut = BTreeMap<(Code, Severity), usize>;

/// Keeps the first [`MOST_OF_A_KIND`] findings of each kind in each file and counts the others in `left_out`.
pub fn keep_first(diagnostics: &mut Vec<Diagnostic>, left_out: &mut LeftOut) {
    let mut kept: BTreeMap<(Code, Option<String>), usize> = BTreeMap::new();
    diagnostics.retain(|one| {
        let file = one.origin.as_ref().map(|origin| origin.source.path.clone());
        let count = kept.entry((one.code, file)).or_default();
        *count += 1;
        let keeps = *count <= MOST_OF_A_KIND;
        if !keeps {
            *left_out.entry((one.code, one.severity)).or_default() += 1;
        }
        keeps
    });
}
