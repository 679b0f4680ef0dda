//! Page boxes: that they are there, lie in one another, and are of the size that was ordered.
//!
//! In: page dictionaries (ISO 32000-1, 14.11.2). Out: [`PageBoxes`] for the other rules, and findings.

use lopdf::{Dictionary, Document};

use super::finding::{Finding, PreflightFindings};
use crate::diagnostic::{Code, Say};
use crate::model::length::Length;
use crate::pdf::boxes::{PageBoxes, WrittenBoxes};
use crate::pdf::geometry::Rect;
use crate::pdf::placed_pages::PlacedPages;
use crate::press::profile::Profile;
use crate::say;

/// Sizes within a twentieth of a millimetre are one.
const SLACK: f64 = 0.05 * 72.0 / 25.4;
/// Judges the boxes of page number `page`; with them come the pages that are placed on it, if it is a press sheet.
pub fn page(
    doc: &Document,
    dict: &Dictionary,
    profile: &Profile,
    page: u32,
    findings: &mut PreflightFindings,
) -> (PageBoxes, PlacedPages) {
    let written = WrittenBoxes::read(doc, dict);
    let media = written.media.filter(|media| media.width() > 0.0 && media.height() > 0.0);
    if media.is_none() {
        findings.add(missing("MediaBox", page));
    }
    // the paper of ISO 32000-1's time, so that the rest can be judged
    let media = media.unwrap_or(Rect { x0: 0.0, y0: 0.0, x1: 595.276, y1: 841.89 });
    let trim = finished(&written, page, findings);
    let bleed = written.bleed;
    let wanted = profile.bleed.to_pt();
    let trim_box = trim.unwrap_or(media);
    if bleed.is_none() && trim.is_some() && wanted > 0.0 {
        no_bleed_box(media, trim_box, profile.bleed, page, findings);
    }
    // without a BleedBox the profile's bleed is what the content is held to
    let bleed_box = bleed.unwrap_or_else(|| trim_box.grown(wanted).both(media));
    let boxes = PageBoxes { media, bleed: bleed_box, trim: trim_box };
    let placed = PlacedPages::read(doc, dict, boxes).unwrap_or_default();
    // how much bleed is kept on a press sheet is the order's; that it is filled is judged page by page
    if trim.is_some() && bleed.is_some() && placed.0.is_empty() {
        amount(trim_box, bleed_box, profile.bleed, page, findings);
    }
    for (outer, inner, outer_area, inner_area) in
        [("MediaBox", "BleedBox", media, bleed_box), ("BleedBox", "TrimBox", bleed_box, trim_box)]
    {
        if !outer_area.holds(inner_area, SLACK) {
            let what = say!(
                "ページの枠が入れ子になっていません。",
                "The boxes of the page do not lie in one another."
            );
            findings.add(
                Finding::error(Code::BoxNesting, what)
                    .found(say!("{inner}が{outer}からはみ出している", "the {inner} leaves the {outer}"))
                    .allowed(say!("TrimBox ⊂ BleedBox ⊂ MediaBox", "TrimBox ⊂ BleedBox ⊂ MediaBox"))
                    .on(page),
            );
        }
    }
    if let Some(crop) = written.crop {
        cropped(crop.both(media), boxes, page, findings);
    }
    turned(&written, page, findings);
    (boxes, placed)
}

fn missing(name: &'static str, page: u32) -> Finding {
    let what = say!(
        "ページの枠（{name}）がありません。どこで裁つのか分かりません。",
        "The page has no {name}: it is not known where to trim."
    );
    Finding::error(Code::BoxMissing, what).on(page)
}

/// A `BleedBox` is optional in PDF/X-4: the sheet is the bleed then, and must be large enough.
fn no_bleed_box(media: Rect, trim: Rect, wanted: Length, page: u32, findings: &mut PreflightFindings) {
    let least = media.margins(trim).into_iter().fold(f64::INFINITY, f64::min);
    if least + SLACK < wanted.to_pt() {
        amount(trim, media, wanted, page, findings);
        return;
    }
    let what = say!(
        "塗り足しの枠（BleedBox）がありません。PDF/X-4では省けますが、どこまでが塗り足しか分かりません。",
        "There is no BleedBox. PDF/X-4 lets it be left out, but how far the bleed goes is not known."
    );
    findings.add(
        Finding::warning(Code::BoxMissing, what)
            .allowed(say!("仕上がりの外{wanted}のBleedBox", "a BleedBox {wanted} outside of the trim"))
            .on(page),
    );
}

/// Programs that place pages by their `CropBox` cut off what is outside of it.
fn cropped(crop: Rect, boxes: PageBoxes, page: u32, findings: &mut PreflightFindings) {
    if crop.holds(boxes.bleed, SLACK) || crop.is_empty() {
        return;
    }
    let finding = if crop.holds(boxes.trim, SLACK) {
        let what = say!(
            "表示の枠（CropBox）が塗り足しを切っています。貼りこむと塗り足しがなくなることがあります。",
            "The CropBox cuts the bleed: whoever places the page may lose it."
        );
        Finding::warning(Code::BoxNesting, what)
    } else {
        let what =
            say!("表示の枠（CropBox）が仕上がりの内側を切っています。", "The CropBox cuts the trimmed page.");
        Finding::error(Code::BoxNesting, what)
    };
    let found = crop.margins(boxes.trim).into_iter().fold(f64::INFINITY, f64::min);
    let found = Length::pt(found).to_mm();
    findings.add(
        finding
            .found(say!("CropBoxは仕上がりから{found:.1} mm", "the CropBox is {found:.1} mm off the trim"))
            .allowed(say!("CropBoxなし、またはBleedBoxより外", "no CropBox, or one outside of the BleedBox"))
            .on(page),
    );
}

/// `TrimBox`, or `ArtBox` in its place; not both.
fn finished(written: &WrittenBoxes, page: u32, findings: &mut PreflightFindings) -> Option<Rect> {
    let (trim, art) = (written.trim, written.art);
    if trim.is_some() && art.is_some() {
        let what = say!("TrimBoxとArtBoxの両方があります。", "There are both a TrimBox and an ArtBox.");
        findings
            .add(Finding::error(Code::BoxNesting, what).allowed(say!("どちらか1つ", "one of them")).on(page));
    }
    let found = trim.or(art).filter(|area| area.width() > 0.0 && area.height() > 0.0);
    if found.is_none() {
        findings.add(missing("TrimBox", page));
    }
    found
}

fn amount(trim: Rect, bleed: Rect, wanted: Length, page: u32, findings: &mut PreflightFindings) {
    let least = bleed.margins(trim).into_iter().fold(f64::INFINITY, f64::min);
    // a trim outside of the bleed is a fault of nesting, and told as that
    if least >= -SLACK && least + SLACK < wanted.to_pt() {
        let what = say!("塗り足しの幅が足りません。", "The bleed is too narrow.");
        let found = Length::pt(least);
        findings.add(
            Finding::error(Code::BleedShort, what)
                .found(say!("{found}", "{found}"))
                .allowed(say!("各辺{wanted}以上", "{wanted} or more on each side"))
                .on(page),
        );
    }
}

fn turned(written: &WrittenBoxes, page: u32, findings: &mut PreflightFindings) {
    let (angle, unit) = (written.turn, written.unit);
    let found = if angle.rem_euclid(360.0) != 0.0 {
        say!("{angle}度", "{angle}°")
    } else if (unit - 1.0).abs() > 1e-6 {
        say!("{unit}倍の単位", "a unit {unit} times as large")
    } else {
        return;
    };
    let what =
        say!("ページが回転（または拡大）の指定つきです。", "The page is turned or scaled by an entry.");
    findings.add(
        Finding::error(Code::PageRotated, what).found(found).allowed(say!("回転なし", "not turned")).on(page),
    );
}

/// A finished page and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Finished {
    /// Its size.
    pub trim: Rect,
    /// The page or the side of a sheet, from 1.
    pub on: u32,
    /// Whether it may lie, as on a press sheet.
    pub may_lie: bool,
}

/// Judges all finished pages together: equal sizes, the sizes of the profile, the number.
pub fn together(pages: &[Finished], profile: &Profile, findings: &mut PreflightFindings) {
    let Some(first) = pages.first() else { return };
    for page in pages {
        let near = |one: f64, other: f64| (one - other).abs() <= SLACK;
        let (wide, high) = (page.trim.width(), page.trim.height());
        let same = |width: f64, height: f64| {
            (near(wide, width) && near(high, height))
                || (page.may_lie && near(wide, height) && near(high, width))
        };
        let what = say!("仕上がりの大きさが違います。", "The page is of another size.");
        let finding = Finding::error(Code::PageSize, what).found(size(page.trim)).on(page.on);
        if !profile.trims.is_empty()
            && !profile.trims.iter().any(|trim| same(trim.width.to_pt(), trim.height.to_pt()))
        {
            let sizes: Vec<String> = profile
                .trims
                .iter()
                .map(|trim| format!("{:.1}×{:.1} mm", trim.width.to_mm(), trim.height.to_mm()))
                .collect();
            let sizes = sizes.join(", ");
            findings.add(finding.allowed(say!("{sizes}", "{sizes}")));
        } else if !same(first.trim.width(), first.trim.height()) {
            let allowed = size(first.trim);
            findings.add(finding.allowed(say!("{}（1ページと同じ）", "{} (as page 1)", allowed.ja)));
        }
    }
    let (count, multiple) = (pages.len(), profile.page_multiple as usize);
    if multiple > 1 && count % multiple != 0 {
        let what = say!("ページ数が折りに合いません。", "The number of pages does not fit the folding.");
        findings.add(
            Finding::error(Code::PageMultiple, what).found(say!("{count}ページ", "{count} pages")).allowed(
                say!("{multiple}の倍数（白ページも数える）", "a multiple of {multiple}, blanks counted"),
            ),
        );
    }
}

fn size(area: Rect) -> Say {
    let (width, height) = (Length::pt(area.width()).to_mm(), Length::pt(area.height()).to_mm());
    say!("{width:.1}×{height:.1} mm", "{width:.1}×{height:.1} mm")
}
