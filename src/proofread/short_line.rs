//! Rule: no paragraph ends with a line of one or two characters.
//!
//! In: paragraphs of two lines and more. Out: a finding at the last line.

use super::findings::ProofFindings;
use super::galley::Galley;
use super::jlreq::is_mark;
use super::rule::ProofRule;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::composition::TextLine;
use crate::model::finding::Finding;
use crate::model::length::Length;
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "short-line", codes: CODES, judge };

codes! {
    /// A last line of one or two characters.
    LastLineShort = "S8005" {
        ja: "段落の最後の行が、1字か2字だけです。言い回しを少し縮めて前の行に入れるか、3字以上になるように足してください。",
        en: "The last line of a paragraph has one or two characters. Shorten the words a little, or add some.",
    }
}

/// So many characters are a line.
const ENOUGH: usize = 3;
/// A line that ends so much before the measure, in ems, was ended on purpose.
const ENDED: f64 = 1.6;

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    for paragraph in galley.composition.body() {
        let [.., before, last] = paragraph.lines.as_slice() else { continue };
        let count = last.characters.iter().filter(|one| !is_mark(one.first())).count();
        let right = paragraph.lines.iter().map(TextLine::end);
        let right = right.map(Length::to_pt).fold(0.0, f64::max);
        let ran_on = right - before.end().to_pt() < ENDED * before.size().to_pt();
        if count < ENOUGH && ran_on && before.characters.len() > ENOUGH {
            let words = last.words();
            let what = say!(
                "段落の最後の行が「{words}」だけです。",
                "A paragraph ends with a line of \"{words}\" alone."
            );
            findings.add_line(Finding::warning(Code::LastLineShort, what), last);
        }
    }
}
