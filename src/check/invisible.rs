//! Rule: no invisible character: it makes two equal names differ, or turns the text around it.
//!
//! In: every cell. Out: a finding at each cell with one, with its code point. Variation selectors (IVS) are no fault.

use super::{Aside, Findings, parts};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::rule::Rule;
use crate::model::typed::TypedDirectory;
use crate::model::unseen::{is_unseen, turns};
use crate::say;

/// Whether an invisible character may begin with `byte` and `next` in UTF-8.
fn may_begin(byte: u8, next: u8) -> bool {
    ((byte == 0xC2) & (next == 0xAD))
        | ((byte == 0xCD) & (next == 0x8F))
        | ((byte == 0xD8) & (next == 0x9C))
        | ((byte == 0xE1) & ((next == 0x85) | (next == 0x9E) | (next == 0xA0)))
        | ((byte == 0xE2) & ((next == 0x80) | (next == 0x81)))
        | ((byte == 0xE3) & (next == 0x85))
        | ((byte == 0xEF) & ((next == 0xBB) | (next == 0xBE) | (next == 0xBF)))
        | ((byte == 0xF3) & (next == 0xA0))
}

/// The first character of `text` that nobody sees.
pub(super) fn first(text: &str) -> Option<char> {
    text.chars().find(|c| is_unseen(*c))
}

/// Looks for invisible characters.
pub fn check(directory: &TypedDirectory, aside: &mut Aside, findings: &mut Findings<'_>) {
    if findings.is_off(Rule::Invisible) {
        return;
    }
    for (index, column, found) in parts::characters(directory, may_begin, is_unseen) {
        let code = u32::from(found);
        let message = match turns(found) {
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
            .at(directory.records[index].origin(column))
            .hint(say!("セルの中身を消して、打ち直してください。", "Type the cell again."));
        findings.of_record(Rule::Invisible, finding, aside, index);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_of_every_invisible_character() {
        for c in ('\0'..=char::MAX).filter(|c| is_unseen(*c)) {
            let bytes = c.to_string().into_bytes();
            assert!(may_begin(bytes[0], bytes[1]), "U+{:04X}", u32::from(c));
        }
    }
}
