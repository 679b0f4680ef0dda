//! Rule: no line begins or ends with a character that must not (`JLReq` 3.1.7, 3.1.8), and pairs of dashes and leaders stay whole
//! (3.1.10); JIS X 4051:2004 has the same.
//!
//! In: the lines of each paragraph. Out: a finding at each such character.

use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::composition::{TextCharacter, TextLine};
use crate::model::finding::Finding;
use crate::model::jlreq::{INSEPARABLE, cannot_begin, cannot_end};
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "kinsoku", codes: CODES, judge };

codes! {
    /// A line that begins with a character that no line begins with.
    LineBegins = "S8001" {
        ja: "行の始めに、句読点・閉じ括弧・小さい仮名・長音記号などがあります（行頭禁則、JLReq 3.1.7）。強制的な改行（行末の \\）があれば外し、なければ語順か言い回しを少し変えてください。",
        en: "A line begins with a full stop, a closing bracket, a small kana or another character that no line begins with (JLReq 3.1.7). Take a hard break away, or change the words a little.",
    }
    /// A line that ends with an opening bracket.
    LineEnds = "S8002" {
        ja: "行の終わりに、始め括弧があります（行末禁則、JLReq 3.1.8）。強制的な改行があれば外し、なければ語順か言い回しを少し変えてください。",
        en: "A line ends with an opening bracket (JLReq 3.1.8). Take a hard break away, or change the words a little.",
    }
    /// A pair of dashes or leaders that is broken.
    PairBroken = "S8003" {
        ja: "2つで1組のダッシュ（――）や三点リーダー（……）が、2行に分かれています（分離禁止、JLReq 3.1.10）。",
        en: "A pair of dashes or leaders is broken over two lines (JLReq 3.1.10).",
    }
}

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    for paragraph in &galley.composition.paragraphs {
        for pair in paragraph.lines.windows(2) {
            let [before, after] = pair else { continue };
            let (Some(last), Some(first)) = (before.characters.last(), after.characters.first()) else {
                continue;
            };
            let (last, first) = (last.first(), first.first());
            let end = before.characters.len();
            if last == first && INSEPARABLE.contains(first) {
                let what = say!(
                    "「{first}{first}」が2行に分かれています。",
                    "\"{first}{first}\" is broken over two lines."
                );
                findings.add(Finding::warning(Code::PairBroken, what), after, 0..1);
            } else if cannot_begin(first) && !is_bullet(first, before, after) && !is_framed(after) {
                let what = say!("行の始めに「{first}」があります。", "A line begins with \"{first}\".");
                findings.add(Finding::warning(Code::LineBegins, what), after, 0..1);
            }
            if cannot_end(last) {
                let what = say!("行の終わりに「{last}」があります。", "A line ends with \"{last}\".");
                findings.add(Finding::warning(Code::LineEnds, what), before, end - 1..end);
            }
        }
    }
}

/// A subtitle between two waves: they are its frame.
fn is_framed(line: &TextLine) -> bool {
    let is_wave = |one: Option<&TextCharacter>| one.is_some_and(|one| matches!(one.first(), '～' | '〜'));
    line.characters.len() > 2 && is_wave(line.characters.first()) && is_wave(line.characters.last())
}

/// A middle dot that begins an item: the line before it was ended on purpose.
fn is_bullet(first: char, before: &TextLine, after: &TextLine) -> bool {
    first == '・' && (after.end() - before.end()).to_pt().abs() > 2.0 * after.size().to_pt()
}
