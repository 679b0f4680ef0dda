//! Rule: no invisible character: it makes two equal names differ, or turns the text around it.
//!
//! In: every cell. Out: a finding at each cell with one, with its code point. Variation selectors (IVS) are no fault.

use super::{Aside, Findings};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::directory::{Directory, Value};
use crate::model::rule::Rule;
use crate::model::unseen;
use crate::say;

/// The first character of `text` that nobody sees.
pub(super) fn first(text: &str) -> Option<char> {
    // what is plain ASCII costs one look
    if text.is_ascii() { None } else { text.chars().find(|c| unseen::is_unseen(*c)) }
}

/// Looks for invisible characters.
pub fn check(directory: &Directory<Value>, aside: &mut Aside, findings: &mut Findings<'_>) {
    if findings.is_off(Rule::Invisible) {
        return;
    }
    for (index, record) in directory.records.iter().enumerate() {
        for (column, cell) in record.cells.iter().enumerate() {
            let Some(found) = first(&cell.written) else { continue };
            let code = u32::from(found);
            let message = match unseen::turns(found) {
                true => say!(
                    "目に見えない、文字の向きを変える文字（U+{code:04X}）があります。",
                    "There is an invisible character (U+{code:04X}) that turns the direction of the text."
                ),
                false => say!(
                    "目に見えない文字（U+{code:04X}）があります。同じ名前でも違うものとして扱われます。",
                    "There is an invisible character (U+{code:04X}): names that look the same are not."
                ),
            };
            let finding = Diagnostic::error(Code::Invisible, message)
                .at(record.origin(column))
                .hint(say!("セルの中身を消して、打ち直してください。", "Type the cell again."));
            findings.of_record(Rule::Invisible, finding, aside, index);
        }
    }
}
