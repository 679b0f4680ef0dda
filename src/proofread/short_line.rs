//! Rule: no paragraph ends with a line of one or two characters.
//!
//! In: paragraphs of two lines and more. Out: a finding at the last line.

use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::composition::{TextCharacter, TextLine};
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
/// A column of so many ems is too narrow to choose where lines end.
const NARROW: f64 = 10.5;
/// A line that ends so much before the measure, in ems, was ended on purpose.
const ENDED: f64 = 1.6;

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    for paragraph in galley.composition.body() {
        let [.., before, last] = paragraph.lines.as_slice() else { continue };
        // what the line shows besides its stops; a bracket that closes is no stop
        let is_stop = |one: &&TextCharacter| matches!(one.first(), '。' | '、' | '．' | '，');
        let count = last.characters.iter().filter(|one| !is_stop(one)).count();
        let right = paragraph.lines.iter().map(TextLine::end);
        let right = right.map(Length::to_pt).fold(0.0, f64::max);
        let ran_on = right - before.end().to_pt() < ENDED * before.size().to_pt();
        // a label or a cell is too narrow to choose
        let is_wide = paragraph.measure() > last.size() * NARROW;
        if is_wide && count < ENOUGH && ran_on && before.characters.len() > ENOUGH {
            let words = last.words();
            let what = say!(
                "段落の最後の行が「{words}」だけです。",
                "A paragraph ends with a line of \"{words}\" alone."
            );
            findings.add_line(Finding::warning(Code::LastLineShort, what), last);
        }
    }
}
