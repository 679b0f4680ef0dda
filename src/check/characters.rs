//! What is said of characters that nobody sees or that are none, in cells and in texts.
//!
//! In: an odd character. Out: the finding without its place, and what to do.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::unseen::Odd;
use crate::say;

/// The finding for an odd character, without its place.
#[must_use]
pub fn finding(kind: Odd, character: char) -> Diagnostic {
    let code = u32::from(character);
    let (finding, message) = match kind {
        Odd::Private => (
            Code::PrivateUse,
            say!(
                "外字（U+{code:04X}）があります。ほかのパソコンや印刷では別の字になるか、消えます。",
                "There is a private-use character (U+{code:04X}); elsewhere it is another one, or none."
            ),
        ),
        Odd::Turns => (
            Code::Invisible,
            say!(
                "目に見えない、文字の向きを変える文字（U+{code:04X}）があります。",
                "There is an invisible character (U+{code:04X}) that turns the direction of the text."
            ),
        ),
        Odd::Unseen => (
            Code::Invisible,
            say!(
                "目に見えない文字（U+{code:04X}）があります。同じ名前でも違うものとして扱われます。",
                "There is an invisible character (U+{code:04X}): names that look the same are not."
            ),
        ),
        Odd::Noncharacter => (
            Code::Invisible,
            say!(
                "文字ではない符号（U+{code:04X}）があります。印刷できません。",
                "There is a number that stands for no character (U+{code:04X}); it cannot be printed."
            ),
        ),
        Odd::LoneSelector => (
            Code::Invisible,
            say!(
                "異体字セレクタ（U+{code:04X}）の前に、字がありません。",
                "A variation selector (U+{code:04X}) has no character before it."
            ),
        ),
    };
    Diagnostic::error(finding, message)
}

/// The cure for a private-use character; for the others it differs between cells and texts.
#[must_use]
pub fn with_cure(diagnostic: Diagnostic, kind: Odd) -> Diagnostic {
    match kind {
        Odd::Private => diagnostic.hint(say!(
            "普通の字（髙・﨑・德 などは使えます）か、かなに替えてください。",
            "Write it with an ordinary character (髙, 﨑, 德 are), or in kana."
        )),
        Odd::Unseen | Odd::Turns | Odd::Noncharacter | Odd::LoneSelector => diagnostic.hint(say!(
            "その前後を消して、打ち直してください。",
            "Delete what stands around it, and type it again."
        )),
    }
}
