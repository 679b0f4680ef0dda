//! Rule: sentences of easy Japanese end in です and ます.
//!
//! In: each sentence that has a stop. Out: a finding at the end of one that ends otherwise.

use super::sentence;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::finding::Finding;
use crate::proofread::findings::ProofFindings;
use crate::proofread::galley::Galley;
use crate::proofread::rule::ProofRule;
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "easy-endings", codes: CODES, judge };

codes! {
    /// A sentence that does not end in です or ます.
    EasyEnding = "S8042" {
        ja: "やさしい日本語の文は「です」「ます」「ください」で終えます。学ぶ人が最初に習う形だからです。「。」のない見出しや箇条書きは調べません。",
        en: "Sentences of easy Japanese end in です, ます or ください, the forms that learners know first. Headings and items without a stop are not looked at.",
    }
}

/// So many of the last letters are shown.
const SHOWN: usize = 4;

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    for sentences in sentence::of_galley(galley) {
        for sentence in sentences.iter().filter(|sentence| sentence.is_stopped()) {
            let words = sentence.unstopped();
            if words.is_empty() || galley.easy.endings.is_match(words) {
                continue;
            }
            let start = words.char_indices().rev().take(SHOWN).last().map_or(0, |(at, _)| at);
            let end = &words[start..];
            let what = say!("文が「…{end}」で終わっています。", "A sentence ends in \"…{end}\".");
            let allowed = say!("です・ます・ください", "です, ます or ください");
            let finding =
                Finding::warning(Code::EasyEnding, what).found(say!("…{end}", "…{end}")).allowed(allowed);
            sentences.running.add(finding, &sentence.place(&(start..words.len())), findings);
        }
    }
}
