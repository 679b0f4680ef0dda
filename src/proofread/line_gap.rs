//! Rule: the gap between two lines of a paragraph is within what the profile allows, in parts of the type size.
//!
//! In: paragraphs of three lines and more. Out: a finding for each paragraph.

use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::composition::ParagraphKind;
use crate::model::finding::Finding;
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "line-gap", codes: CODES, judge };

codes! {
    /// Lines that stand too near or too far from each other.
    LineGap = "S8008" {
        ja: "段落の行間（行送りから字の大きさを引いた幅）が、基準（プロファイル）から外れています。レイアウトの行送りを直してください。",
        en: "The gap between lines (their pitch without the type size) is not within what the profile allows. Change the pitch in the layout.",
    }
}

/// Rounding, in per cent.
const TOLERANCE: f64 = 0.5;
/// So many lines are running text; a label of two is none.
const LINES: usize = 3;
/// A label of a drawing is narrower, in ems.
const NARROW: f64 = 10.0;

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    let (least, most) = (galley.profile.line_gap.least, galley.profile.line_gap.most);
    for paragraph in galley.composition.body().filter(|paragraph| paragraph.kind == ParagraphKind::Text) {
        let is_label = paragraph.measure() < paragraph.lines[0].size() * NARROW;
        if is_label || paragraph.lines.len() < LINES {
            continue;
        }
        let gaps = paragraph.lines.windows(2).filter(|pair| pair[0].page == pair[1].page).map(|pair| {
            let (pitch, size) = ((pair[1].baseline - pair[0].baseline).to_pt(), pair[0].size().to_pt());
            (pitch - size) / size * 100.0
        });
        // a paragraph that goes on in the next column goes up
        let mut gaps: Vec<f64> = gaps.filter(|gap| *gap > -50.0).collect();
        gaps.sort_by(f64::total_cmp);
        let Some(gap) = gaps.get(gaps.len() / 2) else { continue };
        if (least - TOLERANCE..=most + TOLERANCE).contains(gap) {
            continue;
        }
        let gap = gap.round();
        let what =
            say!("行間が、字の大きさの {gap} % です。", "The gap between lines is {gap} % of the type size.");
        let finding =
            Finding::warning(Code::LineGap, what).allowed(say!("{least}〜{most} %", "{least} to {most} %"));
        findings.add_line(finding, &paragraph.lines[0]);
    }
}
