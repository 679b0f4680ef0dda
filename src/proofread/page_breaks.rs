//! Rule: pages break where they may: no heading at the foot without its text, no single line of a paragraph apart from the others,
//! no page that ends half empty within a chapter.
//!
//! In: the paragraphs in their order, and pictures of the pages. Out: a finding at each.

use super::findings::ProofFindings;
use super::galley::Galley;
use super::rule::ProofRule;
use crate::diagnostic::Code;
use crate::diagnostic::codes::codes;
use crate::model::composition::{ParagraphKind, TextLine, TextParagraph};
use crate::model::finding::Finding;
use crate::pdf::raster::Bitmap;
use crate::say;

/// The rule.
pub static RULE: ProofRule = ProofRule { name: "page-breaks", codes: CODES, judge };

codes! {
    /// A heading at the foot of a page, without the text that it is of.
    HeadingAtFoot = "S8027" {
        ja: "見出しがページの終わりにあり、その本文が次のページに始まります。見出しを次のページへ送るか、前の文を縮めてください。",
        en: "A heading stands at the foot of a page and its text begins on the next one. Send it to the next page, or shorten what stands before.",
    }
    /// One line of a paragraph that stands alone on its page.
    LineAlone = "S8028" {
        ja: "段落の最初または最後の1行だけが、ほかの行と別のページにあります。言い回しを少し縮めるか、足してください。",
        en: "The first or last line of a paragraph stands on another page than the others. Shorten the words a little, or add some.",
    }
    /// A page that ends half empty within a chapter.
    PageHollow = "S8029" {
        ja: "章の途中のページが、半分より多く空いています。次のかたまりが大きくて入らないときは、順を変えるか、分けてください。",
        en: "More than half of a page within a chapter is empty. Where the next box is too large for the rest, change the order or part it.",
    }
}

/// A page is hollow when its text ends above this part of it.
const HALF: f64 = 0.5;
/// The foot of a page that is furniture.
const FOOT: f64 = 0.9;
/// So much of the pixels may differ from the ground in an empty part: specks.
const SPECKS: f64 = 0.002;

fn judge(galley: &Galley<'_>, findings: &mut ProofFindings<'_>) {
    let body: Vec<&TextParagraph> = galley.composition.body().collect();
    for (at, paragraph) in body.iter().enumerate() {
        if matches!(paragraph.kind, ParagraphKind::Heading(_)) {
            heading(&body, at, findings);
        }
        apart(paragraph, findings);
    }
    for page in 1..galley.composition.pages.len() {
        hollow(galley, &body, page, findings);
    }
}

/// A heading below which nothing stands on its page, though text follows.
fn heading(body: &[&TextParagraph], at: usize, findings: &mut ProofFindings<'_>) {
    let Some(line) = body[at].lines.last() else { return };
    let Some(next) = body.get(at + 1).and_then(|next| next.lines.first()) else { return };
    let is_below = |other: &&TextLine| other.page == line.page && other.baseline > line.baseline;
    let has_text = body.iter().flat_map(|paragraph| &paragraph.lines).any(|other| is_below(&other));
    if next.page > line.page && !has_text {
        let what = say!("見出しがページの終わりにあります。", "A heading stands at the foot of its page.");
        findings.add_line(Finding::warning(Code::HeadingAtFoot, what), line);
    }
}

/// A line that is parted from the others of its paragraph by the end of a page.
fn apart(paragraph: &TextParagraph, findings: &mut ProofFindings<'_>) {
    let [first, .., last] = paragraph.lines.as_slice() else { return };
    if paragraph.lines.len() < 3 || first.page == last.page {
        return;
    }
    let on = |page: usize| paragraph.lines.iter().filter(|line| line.page == page).count();
    for line in [first, last].into_iter().filter(|line| on(line.page) == 1) {
        let what = say!(
            "段落の1行だけが、別のページにあります。",
            "One line of a paragraph stands on another page."
        );
        findings.add_line(Finding::warning(Code::LineAlone, what), line);
    }
}

/// A page whose text ends above its middle though the chapter goes on.
fn hollow(galley: &Galley<'_>, body: &[&TextParagraph], page: usize, findings: &mut ProofFindings<'_>) {
    let lines =
        || body.iter().flat_map(|paragraph| paragraph.lines.iter().map(move |line| (paragraph, line)));
    let lowest = lines()
        .filter(|(_, line)| line.page == page)
        .max_by(|(_, a), (_, b)| a.baseline.to_pt().total_cmp(&b.baseline.to_pt()));
    let next = lines().find(|(_, line)| line.page == page + 1);
    let (Some((_, lowest)), Some((paragraph, next))) = (lowest, next) else { return };
    let Some(height) = galley.composition.pages.get(page - 1).map(|page| page.height.to_pt()) else { return };
    let share = lowest.baseline.to_pt() / height;
    let goes_on = paragraph.kind != ParagraphKind::Heading(1)
        && file(galley, lowest).is_some()
        && file(galley, lowest) == file(galley, next);
    let picture = galley.pictures.get(page - 1);
    if share < HALF && goes_on && picture.is_some_and(|picture| is_empty(picture, share)) {
        let percent = (share * 100.0).round();
        let what = say!(
            "章の途中のページが、上から {percent} % で終わっています。",
            "A page within a chapter ends at {percent} % of its height."
        );
        findings.add_line(Finding::warning(Code::PageHollow, what), lowest);
    }
}

/// The source of a line.
fn file<'g>(galley: &Galley<'g>, line: &TextLine) -> Option<&'g str> {
    let origin = line.characters.iter().find_map(|one| one.origin)?;
    galley.origins.get(origin).map(|origin| origin.source.path.as_str())
}

/// Whether nothing is drawn between the text and the foot.
fn is_empty(picture: &Bitmap, from: f64) -> bool {
    let (width, height) = (usize::from(picture.width), f64::from(picture.height));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rows of the picture")]
    let row = |share: f64| (height * share) as usize * width;
    let pixels = picture.pixels.get(row(from + 0.02)..row(FOOT)).unwrap_or_default();
    let Some(ground) = pixels.first() else { return false };
    #[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
    let drawn = pixels.iter().filter(|pixel| *pixel != ground).count() as f64 / pixels.len() as f64;
    drawn < SPECKS
}
