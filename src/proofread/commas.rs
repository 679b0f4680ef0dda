//! Rule: one kind of comma and full stop throughout a file.
//!
//! In: all that was written. Out: a finding at each that is of the rarer kind, and at Latin ones among Japanese letters.

use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use super::running::RunningText;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::finding::Finding;
use crate::model::jlreq::is_japanese;
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "commas", codes: CODES, judge };

codes! {
    /// Commas or full stops of two kinds.
    CommasMixed = "S8022" {
        ja: "読点（、と，）や句点（。と．）が混ざっているか、和文の中に半角の「,」「.」があります。このファイルで多いほうにそろえてください（公用文では「、」「。」）。",
        en: "Commas or full stops of two kinds are mixed, or Latin ones stand among Japanese letters. Use the kind that most of the file has.",
    }
}

/// Kinds of the same mark.
const KINDS: [[char; 2]; 2] = [['、', '，'], ['。', '．']];

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    let all: Vec<RunningText<'_>> = galley.composition.paragraphs.iter().map(RunningText::of).collect();
    let count = |mark: char| all.iter().map(|running| running.text.matches(mark).count()).sum::<usize>();
    for [usual, other] in KINDS {
        let (usual_count, other_count) = (count(usual), count(other));
        let (rare, frequent) = if other_count > usual_count { (usual, other) } else { (other, usual) };
        if usual_count.min(other_count) == 0 {
            continue;
        }
        for running in &all {
            for (at, _) in running.text.match_indices(rare) {
                if is_meant(running, at, rare, galley) {
                    running.add(finding(rare, frequent), &(at..at + rare.len_utf8()), findings);
                }
            }
        }
    }
    for running in &all {
        let characters: Vec<(usize, char)> = running.text.char_indices().collect();
        for three in characters.windows(3) {
            let [(_, before), (at, mark), (_, after)] = three else { continue };
            let is_latin = matches!(mark, ',' | '.') && is_japanese(*before) && is_japanese(*after);
            if is_latin && is_meant(running, *at, *mark, galley) {
                let right = if *mark == ',' { '、' } else { '。' };
                running.add(finding(*mark, right), &(*at..at + 1), findings);
            }
        }
    }
}

/// Whether somebody wrote the mark at a byte.
fn is_meant(running: &RunningText<'_>, at: usize, mark: char, galley: &Galley<'_>) -> bool {
    running.is_written(&(at..at + mark.len_utf8()), galley)
}

fn finding(mark: char, right: char) -> Finding {
    let what = say!("「{mark}」はほかでは「{right}」です。", "\"{mark}\" is \"{right}\" elsewhere.");
    Finding::warning(Code::CommasMixed, what)
}
