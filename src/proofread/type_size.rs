//! Rule: type is as large as the profile asks.
//!
//! In: the sizes of all characters but readings, raised marks of notes, bullets and the furniture of pages. Out: a finding of the body's size, and one for each
//! paragraph with characters below the least size (or, smaller than the body, below that of notes).

use std::collections::BTreeMap;

use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::composition::{ParagraphKind, TextCharacter, TextParagraph};
use crate::model::finding::Finding;
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "type-size", codes: CODES, judge };

codes! {
    /// Body text that is too small.
    BodySmall = "S8006" {
        ja: "本文の字が、印刷物の基準（プロファイル）より小さく組まれています。レイアウトの設定で大きくするか、ページを増やしてください。",
        en: "The body text is smaller than the profile asks. Choose a larger setting of the layout, or more pages.",
    }
    /// Text that is too small to be read.
    TypeSmall = "S8007" {
        ja: "注や図の字が、印刷物の基準（プロファイル）のいちばん小さい字より小さく組まれています。ルビと柱・ノンブルは数えません。",
        en: "Notes or words of a figure are smaller than the least size of the profile. Ruby, running heads and folios do not count.",
    }
}

/// Rounding, in points.
const TOLERANCE: f64 = 0.05;
/// A paragraph of so many lines is running text; sheets and labels have none, and no size of it.
const PROSE: usize = 3;
/// Text that is smaller than the body by this part of it is a note.
const NOTE: f64 = 0.95;

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    let sizes = &galley.profile.size;
    let body = body_size(galley).unwrap_or(0.0);
    let is_body = |one: &TextCharacter| (one.style.size.to_pt() - body).abs() < TOLERANCE;
    if body > 0.0 && body < sizes.base - TOLERANCE {
        let first = galley.composition.body().flat_map(|paragraph| &paragraph.lines);
        let first = first.into_iter().find(|line| line.characters.iter().any(is_body));
        let (found, wanted) = (points(body), points(sizes.base));
        let what = say!("本文の字が小さすぎます。", "The body text is too small.");
        let finding = Finding::warning(Code::BodySmall, what)
            .found(say!("{found} pt", "{found} pt"))
            .allowed(say!("{wanted} pt 以上", "{wanted} pt or more"));
        if let Some(line) = first {
            findings.add_line(finding, line);
        }
    }
    for paragraph in galley.composition.body() {
        let least = |one: &TextCharacter| {
            if one.style.size.to_pt() < body * NOTE { sizes.note } else { sizes.least }
        };
        let is_small = |one: &TextCharacter| {
            !one.is_raised && one.first().is_alphanumeric() && one.style.size.to_pt() < least(one) - TOLERANCE
        };
        let found = paragraph.lines.iter().find_map(|line| {
            let at = line.characters.iter().position(is_small)?;
            let run = line.characters[at..].iter().take_while(|one| is_small(one)).count();
            Some((line, at..at + run))
        });
        let Some((line, range)) = found else { continue };
        let one = &line.characters[range.start];
        let (size, wanted) = (points(one.style.size.to_pt()), points(least(one)));
        let what = say!("字が小さすぎます。", "Type is too small.");
        let finding = Finding::warning(Code::TypeSmall, what)
            .found(say!("{size} pt", "{size} pt"))
            .allowed(say!("{wanted} pt 以上", "{wanted} pt or more"));
        findings.add(finding, line, range);
    }
}

/// The size in which most of the running text stands, in points.
fn body_size(galley: &Galley<'_>) -> Option<f64> {
    let mut counts: BTreeMap<u64, usize> = BTreeMap::new();
    let is_prose = |one: &&TextParagraph| one.kind == ParagraphKind::Text && one.lines.len() >= PROSE;
    let text = galley.composition.body().filter(is_prose);
    for one in text.flat_map(TextParagraph::characters) {
        *counts.entry(one.style.size.to_pt().to_bits()).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(size, _)| f64::from_bits(size))
}

/// Points with as many digits as they have, at most two.
fn points(size: f64) -> String {
    format!("{}", (size * 100.0).round() / 100.0)
}
