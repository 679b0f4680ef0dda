//! Rule: no invisible character: it makes two equal names differ, or turns the text around it. Nor a number that stands for
//! no character.
//!
//! In: every cell. Out: a finding at each cell with one, with its code point. Variation selectors (IVS) behind their
//! characters and the joiners of an emoji are no fault.

use super::{Aside, CellIndex, Findings, characters, parts};
use crate::model::rule::Rule;
use crate::model::typed::TypedDirectory;
use crate::model::unseen::{OddCharacter, odd};
use crate::say;

/// Whether a character that is looked for may begin with `byte` and `next` in UTF-8.
fn may_begin(byte: u8, next: u8) -> bool {
    ((byte == 0xC2) & (next == 0xAD))
        | ((byte == 0xCD) & (next == 0x8F))
        | ((byte == 0xD8) & (next == 0x9C))
        | ((byte == 0xE1) & ((next == 0x85) | (next == 0x9E) | (next == 0xA0)))
        | ((byte == 0xE2) & ((next == 0x80) | (next == 0x81)))
        | ((byte == 0xE3) & (next == 0x85))
        | ((byte == 0xEF) & ((next == 0xB7) | (next == 0xB8) | (next == 0xBB) | (next >= 0xBE)))
        | ((byte == 0xF0) & (next & 0x0F == 0x0F))
        | (byte > 0xF0)
}

/// The first character of `text` that this rule is about.
pub(super) fn first(text: &str) -> Option<OddCharacter> {
    odd(text).find(|found| characters::rule(found.kind) == Rule::Invisible)
}

/// Looks for invisible characters.
pub fn check(directory: &TypedDirectory, aside: &mut Aside, findings: &mut Findings<'_>) {
    if findings.is_off(Rule::Invisible) {
        return;
    }
    for (index, column, found) in parts::characters(directory, may_begin, first) {
        let finding = characters::finding(found.kind, found.character)
            .at(directory.records[index].origin(column))
            .hint(say!("セルの中身を消して、打ち直してください。", "Type the cell again."));
        findings.of_cell(Rule::Invisible, finding, aside, CellIndex { record: index, column });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_of_every_character_that_is_looked_for() {
        for c in ('\0'..=char::MAX).filter(|c| first(&c.to_string()).is_some()) {
            let bytes = c.to_string().into_bytes();
            assert!(may_begin(bytes[0], bytes[1]), "U+{:04X}", u32::from(c));
        }
    }
}
