//! Rule: sentences of easy Japanese are short.
//!
//! In: each sentence. Out: a finding where it has more letters or more commas than the standard has.

use super::sentence;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::finding::Finding;
use crate::proofread::findings::ProofFindings;
use crate::proofread::galley::Galley;
use crate::proofread::rule::ProofRule;
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "easy-length", codes: CODES, judge };

codes! {
    /// A sentence that is too long.
    EasyLong = "S8032" {
        ja: "やさしい日本語の文が長すぎます。一つの文では一つのことだけを言い、2つの文に分けてください。字数に、空白・記号・（　）の中の説明は数えません。",
        en: "A sentence of easy Japanese is too long. Let a sentence say one thing, and make two of it. Blanks, marks and explanations in brackets are not counted.",
    }
}

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    let (most, most_commas) = (galley.easy.sentence, galley.easy.commas);
    for sentences in sentence::of_galley(galley) {
        for sentence in sentences.iter() {
            let letters = sentence.letters();
            let commas = sentence.text.matches(['、', '，']).count();
            let what = if letters > most {
                say!("文が長すぎます（{letters}字）。", "A sentence is too long: {letters} letters.")
            } else if commas > most_commas {
                say!("文に「、」が{commas}つあります。", "A sentence has {commas} commas.")
            } else {
                continue;
            };
            let allowed = say!(
                "{most}字まで、「、」は{most_commas}つまで",
                "{most} letters and {most_commas} commas at most"
            );
            let found = say!("{letters}字", "{letters} letters");
            let finding = Finding::warning(Code::EasyLong, what).found(found).allowed(allowed);
            sentences.running.add(finding, &sentence.whole(), findings);
        }
    }
}
