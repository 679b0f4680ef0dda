//! Rule: no character for private use (外字): it is another character, or none, on every other machine.
//!
//! In: every cell. Out: a finding at each cell with one, with its code point.

use super::{Aside, Findings};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::directory::{Directory, Value};
use crate::model::rule::Rule;
use crate::model::unseen;
use crate::say;

/// Looks for characters of the three private use areas of Unicode.
pub fn check(directory: &Directory<Value>, aside: &mut Aside, findings: &mut Findings<'_>) {
    if findings.is_off(Rule::PrivateUse) {
        return;
    }
    for (index, record) in directory.records.iter().enumerate() {
        for (column, cell) in record.cells.iter().enumerate() {
            let Some(found) = cell.written.chars().find(|c| unseen::is_private(*c)) else { continue };
            let code = u32::from(found);
            let finding = Diagnostic::error(
                Code::PrivateUse,
                say!(
                    "外字（U+{code:04X}）があります。ほかのパソコンや印刷では別の字になるか、消えます。",
                    "There is a private-use character (U+{code:04X}); elsewhere it is another one, or none."
                ),
            )
            .at(record.origin(column))
            .hint(say!(
                "普通の字（髙・﨑・𠮷 などは使えます）か、かなに替えてください。",
                "Write it with an ordinary character (髙, 﨑, 𠮷 are), or in kana."
            ));
            findings.of_record(Rule::PrivateUse, finding, aside, index);
        }
    }
}
