//! Rule: no full stop before a closing bracket, where the profile says so.
//!
//! In: the words of each paragraph. Out: a finding at each `。」`. How a text quotes whole sentences is a matter of its house; what
//! it says is asked of all of them.

use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use super::running::RunningText;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::finding::Finding;
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "closing-stop", codes: CODES, judge };

codes! {
    /// A full stop before a closing bracket.
    StopBeforeBracket = "S8019" {
        ja: "閉じ括弧の前に句点があります。このプロファイルでは「…です」のように、閉じ括弧の前の句点を省きます。",
        en: "A full stop stands before a closing bracket; by this profile it is left out there.",
    }
}

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    if !galley.profile.forbids_closing_stop {
        return;
    }
    for paragraph in &galley.composition.paragraphs {
        let running = RunningText::of(paragraph);
        for mark in ["。」", "。』"] {
            for (at, _) in running.text.match_indices(mark) {
                let range = at..at + mark.len();
                if running.is_written(&range, galley) {
                    let what = say!(
                        "閉じ括弧の前に句点があります（{mark}）。",
                        "A full stop stands before a closing bracket ({mark})."
                    );
                    running.add(Finding::warning(Code::StopBeforeBracket, what), &range, findings);
                }
            }
        }
    }
}
