//! What stands on a plate beside marks: colour bar, millimetre ruler, collating marks (背丁), slug line with a picture of the sheet. A
//! small PDF of its own, which `compose` places as forms.
//!
//! In: an imposition and the words of the slug. Out: the bytes of a PDF whose colours are CMYK and K alone. Nothing of
//! it but page contents and the font reaches the sheet.

use printpdf::{FontId, Line, LinePoint, Op, PdfFontHandle, PdfPage, Point, Pt, TextItem};

use super::cells::block;
use super::diagram::diagram;
use super::font;
use super::marks::MarkedPlates;
use super::pen::{BLACK, ink, mm, rectangle};
use super::sides::{SheetSide, sides};
use crate::model::imposition::{Finishing, Imposition, SheetRole, Work};
use crate::model::layout::Binding;
use crate::model::length::Length;
use crate::model::scheme::Gather;
use crate::model::sheet::SheetRect;
use crate::pdf::process_inks::LETTERS;

const TEXT_PT: f32 = 6.0;
const PATCH_MM: f64 = 4.0;

/// The words of the slug line.
#[derive(Debug, Clone, Default)]
pub struct Slug {
    /// What is printed: title, file.
    pub job: String,
    /// The inks that the pages print, process inks first: C, M, Y, K, names of spot colours. Empty: not known.
    pub inks: Vec<String>,
}

impl Slug {
    /// Whether a patch of these process inks belongs on the sheet: a job in black alone needs no other plate.
    fn prints(&self, patch: [f32; 4]) -> bool {
        let known = |ink: &str| self.inks.is_empty() || self.inks.iter().any(|one| one == ink);
        LETTERS.iter().zip(patch).all(|(ink, amount)| amount == 0.0 || known(ink))
    }

    /// The plates that the marks stand on.
    pub(super) fn plates(&self) -> MarkedPlates {
        if self.inks == ["K"] { MarkedPlates::Black } else { MarkedPlates::All }
    }

    /// The inks in one line.
    fn ink_words(&self) -> String {
        let spots = |ink: &&String| !LETTERS.contains(&ink.as_str());
        let mut words: Vec<&str> = self.inks.iter().filter(|ink| !spots(ink)).map(String::as_str).collect();
        let process = words.join(" ");
        words = if process.is_empty() { Vec::new() } else { vec![&process] };
        words.extend(self.inks.iter().filter(spots).map(String::as_str));
        words.join("＋")
    }
}

/// Patches of the colour bar: solids, tints of 70, 40 and 10 %, overprints of two, and the grey balance.
const PATCHES: [[f32; 4]; 20] = [
    [1.0, 0.0, 0.0, 0.0],
    [0.0, 1.0, 0.0, 0.0],
    [0.0, 0.0, 1.0, 0.0],
    [0.0, 0.0, 0.0, 1.0],
    [1.0, 1.0, 0.0, 0.0],
    [1.0, 0.0, 1.0, 0.0],
    [0.0, 1.0, 1.0, 0.0],
    [0.5, 0.4, 0.4, 0.0],
    [0.7, 0.0, 0.0, 0.0],
    [0.0, 0.7, 0.0, 0.0],
    [0.0, 0.0, 0.7, 0.0],
    [0.0, 0.0, 0.0, 0.7],
    [0.4, 0.0, 0.0, 0.0],
    [0.0, 0.4, 0.0, 0.0],
    [0.0, 0.0, 0.4, 0.0],
    [0.0, 0.0, 0.0, 0.4],
    [0.1, 0.0, 0.0, 0.0],
    [0.0, 0.1, 0.0, 0.0],
    [0.0, 0.0, 0.1, 0.0],
    [0.0, 0.0, 0.0, 0.1],
];

/// Draws the furniture: on the first page what all sides share, then a page a side.
#[must_use]
pub fn pages(imposition: &Imposition, slug: &Slug) -> Vec<u8> {
    let name = font::name();
    let constant = block(&imposition.sheets[0].front).map(|block| bar_and_ruler(imposition, slug, block));
    let page = |ops| PdfPage::new(mm(imposition.sheet.width), mm(imposition.sheet.height), ops);
    let mut all = vec![page(constant.unwrap_or_default())];
    for one in sides(imposition) {
        let mut ops = Vec::new();
        if let Some(block) = block(one.side) {
            ops.extend(slug_line(imposition, slug, one, block, &name));
            ops.extend(
                beside_slug(imposition, block)
                    .map_or_else(Vec::new, |room| diagram(imposition, one, room, &name)),
            );
            if !one.is_back {
                ops.extend(collating_mark(imposition, one));
            }
        }
        all.push(page(ops));
    }
    font::save(all)
}

/// Room below or above the block, outside the bleed.
fn free_above(imposition: &Imposition, block: SheetRect) -> Length {
    imposition.sheet.height - block.top() - imposition.bleed
}

/// The colour bar above the left half, the ruler above the right: clear of corner, middle and register marks.
fn bar_and_ruler(imposition: &Imposition, slug: &Slug, block: SheetRect) -> Vec<Op> {
    let mut ops = Vec::new();
    let room = free_above(imposition, block);
    let patch = Length::mm(PATCH_MM);
    if room < patch + Length::mm(1.0) {
        return ops;
    }
    let bottom = block.top() + imposition.bleed + (room - patch).min(Length::mm(1.0)).max(Length::mm(0.5));
    let middle = block.left + block.width * 0.5;
    let quarter = block.left + block.width * 0.25;
    let mut left = block.left + Length::mm(3.0);
    for colour in PATCHES.into_iter().filter(|patch| slug.prints(*patch)) {
        // the register mark at the quarter keeps its place
        if left + patch > quarter - Length::mm(4.0) && left < quarter + Length::mm(4.0) {
            left = quarter + Length::mm(4.0);
        }
        if left + patch > middle - Length::mm(8.0) {
            break;
        }
        let place = SheetRect { left, bottom, width: patch, height: patch };
        ops.extend(rectangle(place, colour));
        left = left + patch;
    }
    ops.push(Op::SetOutlineColor { col: ink(BLACK) });
    ops.push(Op::SetOutlineThickness { pt: Pt(0.25) });
    let start = middle + Length::mm(8.0);
    let end = block.left + block.width * 0.75 - Length::mm(4.0);
    for step in 0..=100_u32 {
        let x = start + Length::mm(f64::from(step));
        if x > end {
            break;
        }
        let height = match step % 10 {
            0 => 4.0,
            5 => 3.0,
            _ => 2.0,
        };
        let point = |y: Length| LinePoint { p: Point::new(mm(x), mm(y)), bezier: false };
        let points = vec![point(bottom), point(bottom + Length::mm(height))];
        ops.push(Op::DrawLine { line: Line { points, is_closed: false } });
    }
    ops
}

/// Below the block: job, sheet, side, signature, inks. K alone.
fn slug_line(
    imposition: &Imposition,
    slug: &Slug,
    side: SheetSide<'_>,
    block: SheetRect,
    font: &FontId,
) -> Vec<Op> {
    let room = block.bottom - imposition.bleed;
    if room < Length::mm(3.5) {
        return Vec::new();
    }
    let quarter = block.width * 0.25;
    let text = words(imposition, slug, side, (quarter - Length::mm(8.0)).to_pt());
    let baseline = room - Length::mm(3.0);
    text.into_iter()
        .zip([Length::mm(3.0), quarter + Length::mm(5.0)])
        .flat_map(|(text, left)| {
            let pos = Point::new(mm(block.left + left), mm(baseline));
            [
                Op::SetFillColor { col: ink(BLACK) },
                Op::StartTextSection,
                Op::SetFont { font: PdfFontHandle::External(font.clone()), size: Pt(TEXT_PT) },
                Op::SetTextCursor { pos },
                Op::ShowText { items: vec![TextItem::Text(text)] },
                Op::EndTextSection,
            ]
        })
        .collect()
}

/// The place of the picture of the sheet: below the block, between middle and three quarters, clear of the marks there and of what
/// the press holds.
fn beside_slug(imposition: &Imposition, block: SheetRect) -> Option<SheetRect> {
    let edge = Length::mm(1.0);
    let bottom = imposition.gripper.max(edge);
    let height = block.bottom - imposition.bleed - edge - bottom;
    let width = block.width * 0.25 - Length::mm(12.0);
    let left = block.left + block.width * 0.5 + Length::mm(8.0);
    (height > edge && width > edge).then_some(SheetRect { left, bottom, width, height })
}

/// The job, and where this side belongs; each cut to its room in points.
fn words(imposition: &Imposition, slug: &Slug, of: SheetSide<'_>, room: f64) -> [String; 2] {
    let cut = |words: &str| -> String {
        let mut used = 0.0;
        let fits = |c: &char| {
            used += f64::from(TEXT_PT) * if c.is_ascii() { 0.5 } else { 1.0 };
            used <= room
        };
        words.chars().filter(|c| !c.is_control()).take_while(fits).collect()
    };
    let (number, count) = (of.sheet + 1, imposition.sheets.len());
    let side = match (imposition.work, of.is_back) {
        (Work::Turn, _) => "打ち返し",
        (Work::Tumble, _) => "どんでん",
        (Work::Sheetwise, false) => "表",
        (Work::Sheetwise, true) => "裏",
    };
    let role = match imposition.sheets[of.sheet].role {
        SheetRole::Signature(signature) => format!("　{signature}折"),
        SheetRole::Cover => "　表紙".to_owned(),
        SheetRole::Leaves => String::new(),
    };
    [cut(&slug.job), cut(&format!("{number}／{count}枚目　{side}{role}　{}", slug.ink_words()))]
}

/// A bar on the spine fold between the last and the first page, one step lower with each signature: after gathering,
/// the bars run down the back as stairs, and a missing or doubled signature breaks them.
fn collating_mark(imposition: &Imposition, of: SheetSide<'_>) -> Vec<Op> {
    let (Finishing::Fold(Gather::Stack), SheetRole::Signature(signature)) =
        (&imposition.finishing, imposition.sheets[of.sheet].role)
    else {
        return Vec::new();
    };
    // page 1 of a signature stands in the lowest row beside the spine
    let Some(first) = of.side.placements.iter().filter(|one| one.page.is_some()).min_by_key(|one| one.page)
    else {
        return Vec::new();
    };
    let cell = first.cell;
    let is_left = imposition.binding == Binding::Left;
    let at_spine = |x: Length| if is_left { (x - cell.left).abs() } else { (x - cell.right()).abs() };
    let Some(spine) = of
        .side
        .upright_folds
        .iter()
        .copied()
        .min_by(|one, other| at_spine(*one).to_pt().total_cmp(&at_spine(*other).to_pt()))
    else {
        return Vec::new();
    };
    let half = at_spine(spine).min(Length::mm(1.5));
    if half < Length::mm(0.5) {
        return Vec::new();
    }
    let step = Length::mm(6.0);
    // the stairs begin again when they reach the foot
    let steps = ((cell.height - Length::mm(30.0)).to_mm() / 6.0).max(1.0);
    let down = f64::from(u32::try_from(signature - 1).unwrap_or(0)).rem_euclid(steps.floor());
    let top = cell.top() - Length::mm(15.0) - step * down;
    let place = SheetRect { left: spine - half, bottom: top - step, width: half * 2.0, height: step };
    rectangle(place, BLACK)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slug(inks: &[&str]) -> Slug {
        Slug { job: String::new(), inks: inks.iter().map(|ink| (*ink).to_owned()).collect() }
    }

    #[test]
    fn a_job_in_black_brings_no_colour_about() {
        let shown = |inks: &[&str]| PATCHES.iter().filter(|patch| slug(inks).prints(**patch)).count();
        assert_eq!(shown(&[]), PATCHES.len());
        assert_eq!(shown(&["C", "M", "Y", "K", "DIC 156"]), PATCHES.len());
        // solid, 70, 40 and 10 % of black
        assert_eq!(shown(&["K"]), 4);
        assert_eq!(shown(&["DIC 156"]), 0);
    }

    #[test]
    fn inks_are_named_in_one_line() {
        assert_eq!(slug(&["C", "M", "Y", "K"]).ink_words(), "C M Y K");
        assert_eq!(slug(&["K"]).plates(), MarkedPlates::Black);
        for inks in [&["K", "DIC 156"][..], &["C", "K"], &[]] {
            assert_eq!(slug(inks).plates(), MarkedPlates::All, "{inks:?}");
        }
        assert_eq!(slug(&["K", "DIC 156", "金"]).ink_words(), "K＋DIC 156＋金");
        assert_eq!(slug(&["DIC 156"]).ink_words(), "DIC 156");
    }
}
