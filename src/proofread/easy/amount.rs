//! Rule: a page of easy Japanese holds no more than its readers take in.
//!
//! In: the letters of each page and its size. Out: a finding on a page with more than the standard has for its area.

use std::collections::BTreeMap;

use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::edition::Reader;
use crate::model::finding::Finding;
use crate::model::length::Length;
use crate::model::region::Region;
use crate::proofread::findings::ProofFindings;
use crate::proofread::galley::Galley;
use crate::proofread::rule::ProofRule;
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "easy-amount", codes: CODES, judge };

codes! {
    /// A page with too many letters.
    EasyFull = "S8043" {
        ja: "やさしい日本語のページの字が多すぎます。いちばん伝えたいことに絞るか、次のページに分けてください（A4判・12ポイントで1,000字が目安）。",
        en: "A page of easy Japanese has too many letters. Keep to what matters most, or part it over two pages (about 1,000 letters of 12 pt on A4).",
    }
}

/// A4, in square millimetres.
const A4: f64 = 210.0 * 297.0;

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    if galley.reader != Reader::JaEasy {
        return;
    }
    let mut letters: BTreeMap<usize, usize> = BTreeMap::new();
    for line in galley.composition.body().flat_map(|paragraph| &paragraph.lines) {
        let count = line.characters.iter().filter(|one| one.first().is_alphanumeric()).count();
        *letters.entry(line.page).or_default() += count;
    }
    for (page, count) in letters {
        let Some(size) = page.checked_sub(1).and_then(|place| galley.composition.pages.get(place)) else {
            continue;
        };
        let most = most(galley.easy.page, size);
        if count > most {
            let what = say!("ページの字が多すぎます（{count}字）。", "A page has too many letters: {count}.");
            let (found, allowed) =
                (say!("{count}字", "{count} letters"), say!("{most}字まで", "{most} at most"));
            let finding = Finding::warning(Code::EasyFull, what).found(found).allowed(allowed);
            let head = Region { height: Length::mm(20.0), ..*size };
            findings.add_place(finding, page, head);
        }
    }
}

/// What a page of its size may hold, if A4 may hold `letters`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "letters of a page")]
fn most(letters: usize, page: &Region) -> usize {
    let area = page.width.to_mm() * page.height.to_mm();
    let letters = u32::try_from(letters).unwrap_or(u32::MAX);
    (f64::from(letters) * area / A4).round() as usize
}
