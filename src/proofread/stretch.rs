//! Rule: justified lines are neither stretched nor squeezed between kana and ideographs by more than the profile allows.
//!
//! In: how far each line is stretched (`crate::model::flush`). Out: a finding at each that is beyond the limit.

use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::finding::Finding;
use crate::model::flush::{FlushLine, flush_lines, own_air};
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "stretch", codes: CODES, judge };

codes! {
    /// A line that is stretched or squeezed too much.
    LineStretched = "S8004" {
        ja: "両端をそろえるために、行の字と字のあいだが開きすぎ（詰まりすぎ）ています。段の幅を字の大きさの整数倍にする、ぶら下げる、左そろえにする、または言い回しを少し変えてください。",
        en: "To be flush on both sides, a line has too much (or too little) air between its letters. Make the column a whole number of ems wide, set it ragged, or change the words a little.",
    }
}

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    let most = galley.profile.stretch;
    for paragraph in galley.composition.body() {
        let own = own_air(paragraph);
        let stretched = flush_lines(paragraph).into_iter().filter(|line| line.is_beyond(own, most / 100.0));
        for FlushLine { line, air } in stretched {
            let percent = format!("{:+.1}", (air - own) * 100.0);
            let what = say!(
                "行の字間が、{percent} % 開いています。",
                "The letters of a line stand {percent} % apart."
            );
            let finding = Finding::warning(Code::LineStretched, what).allowed(say!("±{most} %", "±{most} %"));
            findings.add_line(finding, line);
        }
    }
}
