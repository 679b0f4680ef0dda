//! Rule: nothing is emphasised by an underline alone, where the profile says so.
//!
//! In: the looks of the characters of each paragraph. Out: a finding at each underlined run that is neither bolder than nor coloured
//! otherwise than the rest of its paragraph. Addresses on the web are underlined by habit and no emphasis.

use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::composition::{TextCharacter, TextParagraph};
use crate::model::finding::Finding;
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "underline", codes: CODES, judge };

codes! {
    /// Emphasis by an underline alone.
    UnderlineAlone = "S8011" {
        ja: "強調が下線だけです。下線は字の下端に触れて読みにくく、弱視の人には線が見えないことがあります。太字にするか、大きさや囲みで強調してください。",
        en: "Emphasis is by an underline alone: it touches the letters, and people with low vision may not see it. Use bold type, size or a box.",
    }
}

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    if !galley.profile.forbids_underline {
        return;
    }
    for paragraph in galley.composition.body() {
        for line in &paragraph.lines {
            let mut at = 0;
            while let Some(start) = line.characters[at..].iter().position(|one| one.style.is_underlined) {
                let start = at + start;
                let run = line.characters[start..].iter().take_while(|one| one.style.is_underlined).count();
                at = start + run;
                let words: String = line.characters[start..at].iter().map(|one| one.text.as_str()).collect();
                let is_address = words.contains("://") || words.contains('@');
                if is_address || is_marked_otherwise(&line.characters[start], paragraph) {
                    continue;
                }
                let what = say!(
                    "「{words}」の強調が下線だけです。",
                    "\"{words}\" is emphasised by an underline alone."
                );
                findings.add(Finding::warning(Code::UnderlineAlone, what), line, start..at);
            }
        }
    }
}

/// Whether an underlined character differs from those of its paragraph that are not by more than the line.
fn is_marked_otherwise(one: &TextCharacter, paragraph: &TextParagraph) -> bool {
    let mut plain = paragraph.characters().filter(|other| !other.style.is_underlined).peekable();
    plain.peek().is_some()
        && plain.all(|other| {
            let (one, other) = (&one.style, &other.style);
            one.weight > other.weight || one.colour != other.colour || one.size > other.size * 1.1
        })
}
