//! Rule: colours that touch are told apart by everybody, and in a grey copy.
//!
//! In: pictures of the pages. Out: a finding for each pair of flat colours that lie side by side, that most people tell apart at a
//! glance, and that look the same to an eye of type P, D or T, or in grey. Text is judged by its contrast.

use std::collections::BTreeMap;

use super::colour_difference::Sight;
use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use crate::diagnostic::codes::codes;
use crate::diagnostic::{Code, Say};
use crate::model::finding::Finding;
use crate::model::length::Length;
use crate::model::region::Region;
use crate::pdf::raster::Bitmap;
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "touching", codes: CODES, judge };

codes! {
    /// Colours side by side that some people do not tell apart.
    ColoursAlike = "S8031" {
        ja: "隣り合う2つの色が、色覚の型（P・D・T）によって、または白黒のコピーで、同じ色に見えます。明るさの差をつけるか、あいだに線を入れるか、模様や文字でも区別してください（カラーユニバーサルデザイン）。",
        en: "Two colours side by side look the same to some eyes (type P, D or T), or in a copy in black and white. Make one lighter, put a line between them, or tell them apart by a pattern or words too.",
    }
}

/// Pixels in a row that are a flat colour.
const FLAT: usize = 4;
/// Pixels between two flat colours that are the renderer's blend.
const BLEND: usize = 2;
/// So many rows of pixels side by side are worth a word: 5 mm.
const ROWS: usize = 20;
/// Colours that most people tell apart at a glance.
const APART: f64 = 20.0;

/// Where two colours touch.
#[derive(Default)]
struct Touch {
    rows: usize,
    first: (usize, usize),
    last: (usize, usize),
}

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    let mut said: Vec<[[u8; 3]; 2]> = Vec::new();
    for (index, picture) in galley.pictures.iter().enumerate() {
        let Some(page) = galley.composition.pages.get(index) else { continue };
        for (pair, touch) in touches(picture).into_iter().filter(|(_, touch)| touch.rows >= ROWS) {
            let [a, b] = pair;
            if said.contains(&pair) || Sight::Common.difference(a, b) < APART {
                continue;
            }
            let alike = Sight::OTHERS.iter().map(|sight| (sight, sight.difference(a, b)));
            let alike = alike.filter(|(sight, difference)| *difference < least(galley, **sight));
            let Some((sight, difference)) = alike.min_by(|(_, a), (_, b)| a.total_cmp(b)) else { continue };
            said.push(pair);
            let (a, b, who) = (hex(a), hex(b), words(*sight));
            let what = Say::new(
                format!("隣り合う色 {a} と {b} が、{}で同じに見えます。", who.ja),
                format!("The colours {a} and {b} touch and look the same {}.", who.en),
            );
            let least = least(galley, *sight);
            let finding = Finding::warning(Code::ColoursAlike, what)
                .found(say!("色差 {difference:.1}", "a difference of {difference:.1}"))
                .allowed(say!(
                    "色差（CIEDE2000）{least} 以上",
                    "a difference (CIEDE2000) of {least} or more"
                ));
            let scale = page.width.to_pt() / f64::from(picture.width);
            findings.add_place(finding, index + 1, place(&touch, scale));
        }
    }
}

/// How far apart colours that touch must be to a sight.
fn least(galley: &Galley<'_>, sight: Sight) -> f64 {
    match sight {
        Sight::Grey => galley.profile.touching_grey,
        Sight::Common | Sight::Protan | Sight::Deutan | Sight::Tritan => galley.profile.touching,
    }
}

/// Where the two colours touch, on the page.
fn place(touch: &Touch, scale: f64) -> Region {
    #[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
    let at = |pixels: usize| Length::pt(pixels as f64 * scale);
    let (left, right) = (touch.first.0.min(touch.last.0), touch.first.0.max(touch.last.0));
    let (x, y) = (at(left.saturating_sub(FLAT)), at(touch.first.1));
    Region { x, y, width: at(right + FLAT) - x, height: at(touch.last.1 + 1) - y }
}

/// The pairs of flat colours side by side in rows of pixels.
fn touches(picture: &Bitmap) -> BTreeMap<[[u8; 3]; 2], Touch> {
    let width = usize::from(picture.width);
    let mut touches: BTreeMap<[[u8; 3]; 2], Touch> = BTreeMap::new();
    for (y, row) in picture.pixels.chunks_exact(width.max(1)).enumerate() {
        let mut x = 0;
        let mut before: Option<([u8; 3], usize)> = None;
        for run in row.chunk_by(|a, b| a == b) {
            let start = x;
            x += run.len();
            if run.len() < FLAT {
                continue;
            }
            let [r, g, b, _] = run[0];
            let colour = [r, g, b];
            if let Some((other, end)) = before.filter(|(other, end)| *other != colour && start - end <= BLEND)
            {
                let pair = if other < colour { [other, colour] } else { [colour, other] };
                let touch =
                    touches.entry(pair).or_insert_with(|| Touch { first: (end, y), ..Touch::default() });
                touch.rows += 1;
                touch.last = (end, y);
            }
            before = Some((colour, x));
        }
    }
    touches
}

/// Who sees so.
fn words(sight: Sight) -> Say {
    match sight {
        Sight::Common => say!("ふつうの色覚", "to most people"),
        Sight::Protan => say!("色覚の型P", "to an eye of type P"),
        Sight::Deutan => say!("色覚の型D", "to an eye of type D"),
        Sight::Tritan => say!("色覚の型T", "to an eye of type T"),
        Sight::Grey => say!("白黒のコピー", "in a copy in black and white"),
    }
}

fn hex([r, g, b]: [u8; 3]) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}
