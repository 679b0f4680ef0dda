//! Rule: no katakana of half width.
//!
//! In: all that was written. Out: a finding at each run of them.

use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::finding::Finding;
use crate::model::width;
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "half-kana", codes: CODES, judge };

codes! {
    /// Katakana of half width.
    HalfKana = "S8016" {
        ja: "半角のカタカナがあります。印刷物では全角で書きます。",
        en: "There is katakana of half width; print has it in full width.",
    }
}

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    let is_half = |c: char| matches!(c, '｡'..='ﾟ');
    for line in galley.composition.paragraphs.iter().flat_map(|paragraph| &paragraph.lines) {
        let mut at = 0;
        while at < line.characters.len() {
            let run = line.characters[at..].iter().take_while(|one| is_half(one.first())).count();
            if run > 0 {
                let words: String =
                    line.characters[at..at + run].iter().map(|one| one.text.as_str()).collect();
                let right = width::fold(&words);
                let what =
                    say!("「{words}」は半角です（{right}）。", "\"{words}\" is of half width ({right}).");
                findings.add(Finding::warning(Code::HalfKana, what), line, at..at + run);
            }
            at += run.max(1);
        }
    }
}
