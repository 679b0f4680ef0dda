//! Rule: no character for private use (外字): it is another character, or none, on every other machine.
//!
//! In: every cell. Out: a finding at each cell with one, with its code point.

use super::{Aside, Findings, parts};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::rule::Rule;
use crate::model::typed::TypedDirectory;
use crate::model::unseen::is_private;
use crate::say;

/// Looks for characters of the three private use areas of Unicode.
pub fn check(directory: &TypedDirectory, aside: &mut Aside, findings: &mut Findings<'_>) {
    if findings.is_off(Rule::PrivateUse) {
        return;
    }
    // the areas begin with the bytes EE, EF 80 to EF A3, F3 and F4
    let may = |byte: u8, next: u8| (byte == 0xEE) | (byte >= 0xF3) | ((byte == 0xEF) & (next <= 0xA3));
    for (index, column, found) in parts::characters(directory, may, is_private) {
        let code = u32::from(found);
        let finding = Diagnostic::error(
            Code::PrivateUse,
            say!(
                "外字（U+{code:04X}）があります。ほかのパソコンや印刷では別の字になるか、消えます。",
                "There is a private-use character (U+{code:04X}); elsewhere it is another one, or none."
            ),
        )
        .at(directory.records[index].origin(column))
        .hint(say!(
            "普通の字（髙・﨑・𠮷 などは使えます）か、かなに替えてください。",
            "Write it with an ordinary character (髙, 﨑, 𠮷 are), or in kana."
        ));
        findings.of_record(Rule::PrivateUse, finding, aside, index);
    }
}
