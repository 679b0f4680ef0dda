//! Rule: readings are no larger than half of their base (`JLReq` 3.3.3).
//!
//! In: the readings above each line. Out: a finding at the words below. The base of a reading is the ideographs beneath it; kana at
//! its ends are neighbours.

use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::composition::{TextCharacter, TextLine};
use crate::model::finding::Finding;
use crate::model::jlreq::is_ideograph;
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "ruby", codes: CODES, judge };

codes! {
    /// A reading that is too large for its base.
    RubyLarge = "S8025" {
        ja: "ルビの字が、親文字の半分より大きく組まれています。行間が詰まって見え、隣のルビとぶつかります。",
        en: "A reading is larger than half of its base: lines look crowded, and readings run into each other.",
    }
}

/// The largest reading as part of its base.
const LARGEST: f64 = 0.55;
/// Rounding, in points.
const TOLERANCE: f64 = 0.1;

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    for line in galley.composition.paragraphs.iter().flat_map(|paragraph| &paragraph.lines) {
        for reading in &line.readings {
            let Some(base) = base(line, reading) else { continue };
            let words: String = reading.iter().map(|one| one.text.as_str()).collect();
            let own = reading[0].style.size.to_pt();
            let below = line.characters[base.start].style.size.to_pt();
            if own > below * LARGEST + TOLERANCE {
                let percent = (own / below * 100.0).round();
                let what = say!("ルビ「{words}」が大きすぎます。", "The reading \"{words}\" is too large.");
                let finding = Finding::warning(Code::RubyLarge, what)
                    .found(say!("親文字の {percent} %", "{percent} % of its base"))
                    .allowed(say!("50 %", "50 %"));
                findings.add(finding, line, base);
            }
        }
    }
}

fn left(reading: &[TextCharacter]) -> f64 {
    reading.first().map_or(0.0, |one| one.x.to_pt())
}

fn right(reading: &[TextCharacter]) -> f64 {
    reading.last().map_or(0.0, |one| (one.x + one.advance).to_pt())
}

/// The ideographs whose middle is beneath a reading, in a row; all characters there where none is an ideograph.
fn base(line: &TextLine, reading: &[TextCharacter]) -> Option<std::ops::Range<usize>> {
    let is_beneath = |one: &TextCharacter| {
        let middle = one.x.to_pt() + one.advance.to_pt() / 2.0;
        (left(reading)..=right(reading)).contains(&middle)
    };
    let beneath: Vec<usize> =
        (0..line.characters.len()).filter(|at| is_beneath(&line.characters[*at])).collect();
    let is_base = |at: &&usize| is_ideograph(line.characters[**at].first());
    let first = beneath.iter().find(is_base).or(beneath.first())?;
    let last = beneath.iter().rfind(is_base).or(beneath.last())?;
    Some(*first..last + 1)
}
