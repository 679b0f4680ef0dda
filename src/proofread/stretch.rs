//! Rule: justified lines are neither stretched nor squeezed between kana and ideographs by more than the profile allows.
//!
//! In: where each glyph stands and what its font gives it. Out: a finding at each line. Letters that are spaced on purpose have the
//! same air in the last line of the paragraph, which is not justified: that air is taken off.

use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::composition::TextLine;
use crate::model::finding::Finding;
use crate::model::jlreq::is_japanese;
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

/// A line with fewer pairs of Japanese characters tells nothing.
const PAIRS: usize = 2;
/// Rounding, in ems.
const TOLERANCE: f64 = 0.0005;

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    let limit = galley.profile.stretch / 100.0;
    for paragraph in galley.composition.body() {
        let Some((last, lines)) = paragraph.lines.split_last() else { continue };
        let lines_air: Vec<Option<f64>> = lines.iter().map(|line| air(line, PAIRS)).collect();
        // of several lines the tightest is the nearest to what was wanted; of one nothing is known
        let tightest = lines_air.iter().flatten().copied().reduce(f64::min).filter(|_| lines.len() > 1);
        let tracking = air(last, 1).or(tightest).unwrap_or(0.0);
        for (line, air) in lines.iter().zip(lines_air) {
            let Some(stretch) = air.map(|air| air - tracking) else { continue };
            // what stands apart on the last line is no line that was made flush
            let is_of_last = line.page == last.page && line.baseline == last.baseline;
            if is_of_last || stretch.abs() <= limit + TOLERANCE {
                continue;
            }
            let percent = format!("{:+.1}", stretch * 100.0);
            let most = galley.profile.stretch;
            let what = say!(
                "行の字間が、{percent} % 開いています。",
                "The letters of a line stand {percent} % apart."
            );
            let finding = Finding::warning(Code::LineStretched, what).allowed(say!("±{most} %", "±{most} %"));
            findings.add_line(finding, line);
        }
    }
}

/// The usual air between two Japanese characters of a line, in ems; none where there are fewer than `least` pairs of them.
fn air(line: &TextLine, least: usize) -> Option<f64> {
    let mut airs: Vec<f64> = line
        .characters
        .windows(2)
        .filter(|pair| pair.iter().all(|one| is_japanese(one.first())))
        .filter(|pair| pair[0].style == pair[1].style)
        .map(|pair| (pair[1].x - pair[0].x - pair[0].natural).to_pt() / pair[0].style.size.to_pt())
        .collect();
    airs.sort_by(f64::total_cmp);
    (airs.len() >= least).then(|| airs[airs.len() / 2])
}
