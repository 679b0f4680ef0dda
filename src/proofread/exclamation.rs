//! Rule: behind `！` and `？` that end a sentence stands a full-width blank (`JLReq` 3.1.2, note on cl-04).
//!
//! In: the words of each paragraph. Out: a finding where a new sentence begins at once. A particle (と, って) goes on with the same.

use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use super::running::RunningText;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::finding::Finding;
use crate::model::jlreq::{is_ideograph, is_japanese, is_katakana};
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "exclamation", codes: CODES, judge };

codes! {
    /// No blank behind a mark that ends a sentence.
    BlankMissing = "S8020" {
        ja: "文を終える「！」「？」のあとに、全角の空白がありません。次の文がすぐ続くときは、全角の空白を1つ入れます。",
        en: "No full-width blank stands behind a mark that ends a sentence, though another sentence follows.",
    }
    /// An exclamation or question mark of half width among Japanese letters.
    MarkHalf = "S8021" {
        ja: "和文の中の「!」「?」が半角です。全角で書きます。",
        en: "An exclamation or question mark among Japanese letters is of half width.",
    }
}

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    for paragraph in &galley.composition.paragraphs {
        let running = RunningText::of(paragraph);
        let characters: Vec<(usize, char)> = running.text.char_indices().collect();
        for (place, (at, c)) in characters.iter().enumerate() {
            let range = *at..at + c.len_utf8();
            let next = characters.get(place + 1).map(|(_, next)| *next);
            let before = place.checked_sub(1).map(|before| characters[before].1);
            let begins = next
                .is_some_and(|next| is_ideograph(next) || is_katakana(next) || next.is_ascii_alphanumeric());
            // a sentence of its own may begin with kana too, but so does what goes on with this one
            if matches!(c, '！' | '？') && begins && running.is_written(&range, galley) {
                let next = next.unwrap_or_default();
                let what = say!(
                    "「{c}」のすぐあとに「{next}」が続いています。",
                    "\"{next}\" follows \"{c}\" at once."
                );
                running.add(Finding::warning(Code::BlankMissing, what), &range, findings);
            }
            let follows = before.is_some_and(is_japanese);
            if matches!(c, '!' | '?') && follows && running.is_written(&range, galley) {
                let what = say!("「{c}」が半角です。", "\"{c}\" is of half width.");
                running.add(Finding::warning(Code::MarkHalf, what), &range, findings);
            }
        }
    }
}
