//! Rule: no row stands twice, cell by cell.
//!
//! In: a directory as written. Out: a finding at each later row, naming the first.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{Aside, Findings};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::directory::{Directory, Record, Value};
use crate::model::rule::Rule;
use crate::say;

/// Looks for rows that stand twice; spaces around a cell do not matter.
pub fn check(directory: &Directory<Value>, aside: &mut Aside, findings: &mut Findings<'_>) {
    if findings.is_off(Rule::DuplicateRow) {
        return;
    }
    let written = |record: &Record<Value>| -> Vec<String> {
        record.cells.iter().map(|cell| cell.written.trim().to_owned()).collect()
    };
    let mut seen: HashMap<u64, usize> = HashMap::with_capacity(directory.records.len());
    for (index, record) in directory.records.iter().enumerate() {
        let mut hasher = DefaultHasher::new();
        record.cells.iter().for_each(|cell| cell.written.trim().hash(&mut hasher));
        let first = *seen.entry(hasher.finish()).or_insert(index);
        // equal hashes are no proof
        if first == index || written(&directory.records[first]) != written(record) {
            continue;
        }
        let row = directory.records[first].row;
        let finding = Diagnostic::error(
            Code::RowTwice,
            say!("{row}行目と同じ行です。", "This row is the same as row {row}."),
        )
        .at(record.origin(0))
        .hint(say!("片方を消してください。", "Delete one of them."));
        findings.of_record(Rule::DuplicateRow, finding, aside, index);
    }
}
