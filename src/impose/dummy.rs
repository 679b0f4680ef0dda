//! The folding dummy (折り見本): which page stands where, to be folded by hand before anything is plated.
//!
//! In: an imposition. Out: text for a terminal, and a small PDF with a page a side.

use std::fmt::Write as _;

use printpdf::{Cmyk, Color, FontId, Line, Mm, Op, PdfFontHandle, PdfPage, Pt, TextItem, TextMatrix};

use super::font;
use super::pen::corners;
use super::sides::{SheetSide, sides};
use crate::diagnostic::Say;
use crate::model::imposition::{Imposition, Placement, SheetRole, Side};
use crate::model::length::Length;
use crate::model::sheet::{SheetRect, Size, Turn, TurnDirection};
use crate::say;

/// What a page is called: its number, or that it is blank; an arrow points to its head.
fn label(placement: &Placement) -> String {
    let head = match placement.turn {
        Turn::None => "↑",
        Turn::Quarter => "←",
        Turn::Half => "↓",
        Turn::ThreeQuarters => "→",
    };
    match placement.page {
        Some(page) => format!("{head}{}", page + 1),
        None => format!("{head}--"),
    }
}

/// Places of a side in rows from the top, each from the left.
fn in_rows(side: &Side) -> Vec<Vec<&Placement>> {
    let mut all: Vec<&Placement> = side.placements.iter().collect();
    all.sort_by(|one, other| {
        let (a, b) = (one.cell, other.cell);
        if (a.bottom - b.bottom).abs() > Length::pt(1.0) {
            b.bottom.to_pt().total_cmp(&a.bottom.to_pt())
        } else {
            a.left.to_pt().total_cmp(&b.left.to_pt())
        }
    });
    let same_row =
        |one: &&Placement, other: &&Placement| (one.cell.bottom - other.cell.bottom).abs() <= Length::pt(1.0);
    all.chunk_by(same_row).map(<[&Placement]>::to_vec).collect()
}

fn title(imposition: &Imposition, of: SheetSide<'_>) -> Say {
    let (number, count) = (of.sheet + 1, imposition.sheets.len());
    let (side_ja, side_en) = if of.is_back { ("裏", "back") } else { ("表", "front") };
    match imposition.sheets[of.sheet].role {
        SheetRole::Signature(signature) => say!(
            "{number}／{count}枚目　{side_ja}（{signature}折）",
            "Sheet {number} of {count}, {side_en} (signature {signature})"
        ),
        SheetRole::Cover => {
            say!("{number}／{count}枚目　{side_ja}（表紙）", "Sheet {number} of {count}, {side_en} (cover)")
        }
        SheetRole::Leaves => say!("{number}／{count}枚目　{side_ja}", "Sheet {number} of {count}, {side_en}"),
    }
}

/// The dummy as text: page numbers as they lie on each side; an arrow points to the head of the page.
#[must_use]
pub fn text(imposition: &Imposition) -> Say {
    let mut say = Say::new(String::new(), String::new());
    for one in sides(imposition) {
        let title = title(imposition, one);
        let mut grid = String::new();
        for row in in_rows(one.side) {
            let cells: Vec<String> = row.into_iter().map(|one| format!("{:>5}", label(one))).collect();
            let _ = writeln!(grid, "  {}", cells.join(" │"));
        }
        let _ = writeln!(say.ja, "{}\n{grid}", title.ja);
        let _ = writeln!(say.en, "{}\n{grid}", title.en);
    }
    say
}

#[allow(clippy::cast_possible_truncation)]
fn mm(length: Length) -> Mm {
    Mm(length.to_mm() as f32)
}

/// The dummy as a PDF: the sheets, made small enough for an office printer, with page numbers for pages.
#[must_use]
pub fn pdf(imposition: &Imposition) -> Vec<u8> {
    let name = font::name();
    let sheet = imposition.sheet;
    let paper = if sheet.width > sheet.height { Size::mm(297.0, 210.0) } else { Size::mm(210.0, 297.0) };
    let scale = paper.width.ratio(sheet.width).min(paper.height.ratio(sheet.height)).min(1.0);
    let mut pages = Vec::new();
    for one in sides(imposition) {
        let black = Color::Cmyk(Cmyk::new(0.0, 0.0, 0.0, 1.0, None));
        let mut ops = vec![
            Op::SetOutlineColor { col: black.clone() },
            Op::SetFillColor { col: black },
            Op::SetOutlineThickness { pt: Pt(0.5) },
        ];
        for placement in &one.side.placements {
            let cell = scaled(placement.cell, scale);
            ops.push(frame(cell));
            ops.extend(numeral(placement, cell, &name));
        }
        let corner = (Length::mm(6.0), Length::mm(3.0));
        ops.extend(written(&title(imposition, one).ja, corner, Turn::None, 7.0, &name));
        pages.push(PdfPage::new(mm(sheet.width * scale), mm(sheet.height * scale), ops));
    }
    font::save(pages)
}

fn scaled(place: SheetRect, scale: f64) -> SheetRect {
    SheetRect {
        left: place.left * scale,
        bottom: place.bottom * scale,
        width: place.width * scale,
        height: place.height * scale,
    }
}

fn frame(place: SheetRect) -> Op {
    Op::DrawLine { line: Line { points: corners(place), is_closed: true } }
}

/// The number in the middle of its page, turned as the page is.
fn numeral(placement: &Placement, cell: SheetRect, font: &FontId) -> Vec<Op> {
    let words = placement.page.map_or_else(|| "白".to_owned(), |page| (page + 1).to_string());
    let size = (cell.width.min(cell.height) * 0.3).min(Length::pt(48.0));
    // digits of the font are half as wide as high
    let wide = if placement.page.is_some() { 0.5 } else { 1.0 };
    let count = f64::from(u32::try_from(words.chars().count()).unwrap_or(1));
    let (half, rise) = (size * (wide * count * 0.5), size * 0.36);
    let TurnDirection { cos, sin } = placement.turn.direction();
    let x = cell.left + cell.width * 0.5 - half * cos + rise * sin;
    let y = cell.bottom + cell.height * 0.5 - half * sin - rise * cos;
    written(&words, (x, y), placement.turn, size.to_pt(), font)
}

#[allow(clippy::cast_possible_truncation)]
fn written(words: &str, at: (Length, Length), turn: Turn, size: f64, font: &FontId) -> Vec<Op> {
    let TurnDirection { cos, sin } = turn.direction();
    let matrix = [cos, sin, -sin, cos, at.0.to_pt(), at.1.to_pt()].map(|entry| entry as f32);
    vec![
        Op::StartTextSection,
        Op::SetFont { font: PdfFontHandle::External(font.clone()), size: Pt(size as f32) },
        Op::SetTextMatrix { matrix: TextMatrix::Raw(matrix) },
        Op::ShowText { items: vec![TextItem::Text(words.to_owned())] },
        Op::EndTextSection,
    ]
}
