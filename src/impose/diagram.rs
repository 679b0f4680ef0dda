//! 面付け図: a small picture of a sheet beside the slug line. Front and back side by side, the number of each page in its cell and
//! turned as the page is, the side at hand drawn with a heavy outline.
//!
//! In: an imposition, a side of it and the free place on the sheet. Out: drawing operators in black alone; none where a number
//! would be too small to be read.

use printpdf::{FontId, Line, Op, PdfFontHandle, Point, Pt, TextItem, TextMatrix};

use super::pen::{BLACK, corners, ink, mm};
use super::sides::SheetSide;
use crate::model::imposition::{Imposition, Side, Work};
use crate::model::length::Length;
use crate::model::sheet::{SheetRect, Turn};

/// Heights of numbers, in points.
const LARGEST: f64 = 6.0;
const SMALLEST: f64 = 3.5;
/// Height of the words 表 and 裏, in points, and the room for one of them.
const WORD: f64 = 5.0;
const WORD_ROOM_MM: f64 = 2.6;
/// Tallest picture of a side.
const TALLEST_MM: f64 = 12.0;
const GAP_MM: f64 = 2.0;
/// Height of a digit as a part of its font size (`BIZ UDGothic`), and its width.
const DIGIT_HEIGHT: f64 = 0.74;
const DIGIT_WIDTH: f64 = 0.5;

/// A side in small.
struct Picture<'i> {
    side: &'i Side,
    word: &'static str,
    is_at_hand: bool,
}

/// Draws the sheet of `of` into the upper left of `room`.
pub(super) fn diagram(imposition: &Imposition, of: SheetSide<'_>, room: SheetRect, font: &FontId) -> Vec<Op> {
    let sheet = &imposition.sheets[of.sheet];
    let first = Picture { side: &sheet.front, word: front_word(imposition.work), is_at_hand: !of.is_back };
    let back = sheet.back.as_ref().map(|side| Picture { side, word: "裏", is_at_hand: of.is_back });
    let pictures: Vec<Picture<'_>> = std::iter::once(first).chain(back).collect();
    let count = f64::from(u32::try_from(pictures.len()).unwrap_or(u32::MAX));
    let for_one = room.width * (1.0 / count) - Length::mm(WORD_ROOM_MM + GAP_MM);
    let tallest = room.height.min(Length::mm(TALLEST_MM));
    let scale = (tallest.to_pt() / imposition.sheet.height.to_pt())
        .min(for_one.to_pt() / imposition.sheet.width.to_pt());
    let Some(size) = number_size(&pictures, scale) else { return Vec::new() };
    let (mut left, bottom) = (room.left, room.top() - imposition.sheet.height * scale);
    let mut ops = vec![Op::SetFillColor { col: ink(BLACK) }];
    ops.push(Op::SetOutlineColor { col: ink(BLACK) });
    for picture in &pictures {
        ops.extend(text(picture.word, WORD, TextMatrix::Translate(pt(left), pt(bottom)), font));
        let origin = (left + Length::mm(WORD_ROOM_MM), bottom);
        let small = |place: SheetRect| SheetRect {
            left: origin.0 + place.left * scale,
            bottom: origin.1 + place.bottom * scale,
            width: place.width * scale,
            height: place.height * scale,
        };
        let paper = SheetRect {
            left: Length::ZERO,
            bottom: Length::ZERO,
            width: imposition.sheet.width,
            height: imposition.sheet.height,
        };
        ops.extend(outline(small(paper), if picture.is_at_hand { 0.8 } else { 0.25 }));
        for placement in &picture.side.placements {
            let cell = small(placement.cell);
            ops.extend(outline(cell, 0.25));
            if let Some(page) = placement.page {
                ops.extend(number(page + 1, cell, placement.turn, (size, font)));
            }
        }
        left = origin.0 + imposition.sheet.width * scale + Length::mm(GAP_MM);
    }
    ops
}

fn front_word(work: Work) -> &'static str {
    // both sides of the paper are printed from that plate
    if work == Work::Sheetwise { "表" } else { "版" }
}

/// The size of numbers that fits every cell, in points; none where that is too small to be read.
fn number_size(pictures: &[Picture<'_>], scale: f64) -> Option<f64> {
    let fits = |placement: &crate::model::imposition::Placement| {
        let digits = (placement.page? + 1).to_string().len();
        let digits = f64::from(u32::try_from(digits).unwrap_or(u32::MAX));
        let [across, along] = match placement.turn {
            Turn::None | Turn::Half => [placement.cell.width, placement.cell.height],
            Turn::Quarter | Turn::ThreeQuarters => [placement.cell.height, placement.cell.width],
        };
        let [across, along] = [across, along].map(|length| length.to_pt() * scale * 0.85);
        Some((across / (digits * DIGIT_WIDTH)).min(along / DIGIT_HEIGHT))
    };
    let placements = pictures.iter().flat_map(|picture| &picture.side.placements);
    let size = placements.filter_map(fits).fold(LARGEST, f64::min);
    (size >= SMALLEST).then_some(size)
}

fn outline(place: SheetRect, points: f32) -> Vec<Op> {
    let line = Line { points: corners(place), is_closed: true };
    vec![Op::SetOutlineThickness { pt: Pt(points) }, Op::DrawLine { line }]
}

/// A number in the middle of its cell, its head where the page has its own.
fn number(page: usize, cell: SheetRect, turn: Turn, (size, font): (f64, &FontId)) -> Vec<Op> {
    let words = page.to_string();
    let digits = f64::from(u32::try_from(words.len()).unwrap_or(u32::MAX));
    let (right, up) = (-digits * DIGIT_WIDTH * size / 2.0, -DIGIT_HEIGHT * size / 2.0);
    let (cos, sin) = match turn {
        Turn::None => (1.0, 0.0),
        Turn::Quarter => (0.0, 1.0),
        Turn::Half => (-1.0, 0.0),
        Turn::ThreeQuarters => (0.0, -1.0),
    };
    let middle = [(cell.left + cell.width * 0.5).to_pt(), (cell.bottom + cell.height * 0.5).to_pt()];
    let start = [middle[0] + right * cos - up * sin, middle[1] + right * sin + up * cos];
    #[allow(clippy::cast_possible_truncation, reason = "the library keeps operands so")]
    let matrix = [cos, sin, -sin, cos, start[0], start[1]].map(|value| value as f32);
    text(&words, size, TextMatrix::Raw(matrix), font)
}

#[allow(clippy::cast_possible_truncation, reason = "the library keeps operands so")]
fn text(words: &str, size: f64, matrix: TextMatrix, font: &FontId) -> Vec<Op> {
    vec![
        Op::StartTextSection,
        Op::SetFont { font: PdfFontHandle::External(font.clone()), size: Pt(size as f32) },
        Op::SetTextMatrix { matrix },
        Op::ShowText { items: vec![TextItem::Text(words.to_owned())] },
        Op::EndTextSection,
    ]
}

fn pt(length: Length) -> Pt {
    Point::new(mm(length), mm(length)).x
}

#[cfg(test)]
mod tests {
    use super::super::{font, plan::plan, sides::sides};
    use super::*;
    use crate::model::imposition::Order;
    use crate::model::scheme::Scheme;
    use crate::model::sheet::Size;

    /// The words on the picture of a side in a room of `height`, with the heads of its numbers turned by the sign of the sine.
    fn shown(scheme: &str, is_back: bool, height: f64) -> Vec<String> {
        let order = Order::new(Scheme::named(scheme).expect("a scheme"));
        let imposition = plan(&order, 16, Size::mm(210.0, 297.0)).expect("it fits");
        let of = sides(&imposition).find(|side| side.is_back == is_back).expect("a side");
        let room = SheetRect {
            left: Length::ZERO,
            bottom: Length::ZERO,
            width: Length::mm(100.0),
            height: Length::mm(height),
        };
        let mut turned = "";
        let mut words = Vec::new();
        for op in diagram(&imposition, of, room, &font::name()) {
            match op {
                Op::SetTextMatrix { matrix } => turned = if matrix.as_array()[0] < 0.0 { "~" } else { "" },
                Op::ShowText { items } => words.extend(items.into_iter().filter_map(|item| match item {
                    TextItem::Text(text) => Some(format!("{turned}{text}")),
                    TextItem::Offset(_) | TextItem::GlyphIds(_) => None,
                })),
                _ => {}
            }
        }
        words
    }

    #[test]
    fn pages_stand_in_small_as_they_lie_on_the_sheet() {
        assert_eq!(shown("saddle", false, 8.0), ["表", "16", "1", "裏", "2", "15"]);
        let signature = shown("saddle-16", true, 12.0);
        let (front, back) = signature.split_at(9);
        assert_eq!((front[0].as_str(), back[0].as_str()), ("表", "裏"));
        let turned = |words: &[String]| words.iter().filter(|word| word.starts_with('~')).count();
        assert_eq!((turned(front), turned(back)), (4, 4), "heads meet: {signature:?}");
        let mut numbers: Vec<usize> =
            signature.iter().filter_map(|word| word.trim_start_matches('~').parse().ok()).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=16).collect::<Vec<_>>());
    }

    #[test]
    fn what_would_be_too_small_is_left_out() {
        assert!(shown("saddle", false, 2.0).is_empty());
        assert!(shown("saddle-16", false, 4.0).is_empty());
    }
}
