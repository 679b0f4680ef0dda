//! From an order and the pages to the place of every page on every sheet.
//!
//! In: [`Order`], the number of pages and their trimmed size. Out: [`Imposition`], or why it cannot be.

use super::cells::{Unfit, too_large};
use super::{flat, folded};
use crate::diagnostic::Say;
use crate::model::imposition::{Backing, Creep, Heads, Imposition, Order, Placement, Side, Work};
use crate::model::length::Length;
use crate::model::scheme::Arrangement;
use crate::model::sheet::{NamedSheet, Size, named_sheet};
use crate::say;

/// Sheets that are tried when none is named, smallest first.
const OFFICE_SHEETS: [&str; 5] = ["a5", "a4", "b4", "a3", "a2"];
const PRESS_SHEETS: [&str; 8] =
    ["sra4", "sra3", "a3-nobi", "a2", "kiku-half", "shiroku-half", "kiku", "shiroku"];

/// Plans the sheets.
///
/// # Errors
/// `Unfit` when the pages do not fit on the sheet, or the order contradicts itself.
pub fn plan(order: &Order, pages: usize, page: Size) -> Result<Imposition, Unfit> {
    sound(order, pages)?;
    let Some(sheet) = order.sheet else {
        return smallest(order, pages, page).map(|(_, imposition)| imposition);
    };
    on_sheet(order, pages, page, sheet).map_err(|unfit| match unfit {
        Unfit::TooLarge { block, sheet, .. } => {
            let enough = smallest(order, pages, page).ok().map(|(sheet, _)| sheet);
            Unfit::TooLarge { block, sheet, enough }
        }
        Unfit::Order(_) => unfit,
    })
}

/// The smallest sheet of those that offices or presses have that holds the pages.
fn smallest(order: &Order, pages: usize, page: Size) -> Result<(&'static NamedSheet, Imposition), Unfit> {
    let names: &[&str] = if order.marks { &PRESS_SHEETS } else { &OFFICE_SHEETS };
    let mut last = None;
    for sheet in names.iter().filter_map(|name| named_sheet(name)) {
        let size = sheet.size();
        // pages that are fitted keep the size of paper that they have
        if order.fit && size.width.max(size.height) + Length::mm(1.0) < page.width.max(page.height) {
            continue;
        }
        match on_sheet(order, pages, page, size) {
            Ok(imposition) => return Ok((sheet, imposition)),
            Err(unfit) => last = Some(unfit),
        }
    }
    Err(last.unwrap_or_else(|| too_large(page, page)))
}

/// An order that contradicts itself is refused before anything is measured.
fn sound(order: &Order, pages: usize) -> Result<(), Unfit> {
    let refuse = |what| Err(Unfit::Order(what));
    let positive = [order.gripper, order.gutter, order.trim, order.bleed, order.milling, order.paper];
    if positive.iter().any(|length| *length < Length::ZERO) {
        return refuse(say!("長さは0以上で指定します。", "A length must not be negative."));
    }
    if order.paper > Length::mm(2.0) {
        return refuse(say!(
            "紙の厚さが2 mmを超えています。0.1mm のように指定します。",
            "The paper is thicker than 2 mm; write it as 0.1mm."
        ));
    }
    if order.cover && !order.scheme.definition().takes_cover {
        return refuse(say!(
            "表紙を別にできるのは、無線綴じ（perfect）だけです。",
            "A cover of its own belongs to perfect binding."
        ));
    }
    if order.cover && pages < 6 {
        return refuse(say!(
            "表紙を別にするには、6ページ以上が要ります。",
            "A cover of its own needs at least 6 pages."
        ));
    }
    if order.fit && order.scheme.is_cut() {
        return refuse(say!(
            "断って使うもの（step-and-repeat、cut-and-stack、gang）は、大きさを変えずに並べます。",
            "What is cut apart is laid at its own size: step-and-repeat, cut-and-stack and gang are not fitted."
        ));
    }
    if order.heads == Heads::AtSpine && order.scheme.signature().is_none() {
        return refuse(say!(
            "天綴じは、折って綴じるもの（中綴じ・無線綴じ）に使います。",
            "Binding at the head is for what is folded: saddle stitch and perfect binding."
        ));
    }
    if order.work != Work::Sheetwise && (!order.both_sides || order.scheme.is_read_flat()) {
        return refuse(say!(
            "打ち返し・どんでんは、両面に刷って断つものだけに使えます。",
            "Work-and-turn and work-and-tumble are for sheets that are printed on both sides and cut."
        ));
    }
    if order.scheme.signature().is_some() && !order.both_sides {
        return refuse(say!(
            "折って綴じるものは、片面には刷れません。",
            "What is folded is printed on both sides."
        ));
    }
    Ok(())
}

/// Tries the sheet upright and turned.
fn on_sheet(order: &Order, pages: usize, page: Size, sheet: Size) -> Result<Imposition, Unfit> {
    let upright = worked(order, pages, page, sheet);
    let turned = worked(order, pages, page, sheet.turned());
    match (upright, turned) {
        (Ok(one), Ok(other)) => Ok(better(one, other)),
        (Ok(one), Err(_)) | (Err(_), Ok(one)) => Ok(one),
        (Err(unfit), Err(_)) => Err(unfit),
    }
}

/// Fewer sheets, then larger pages, then the sheet as it was named.
fn better(one: Imposition, other: Imposition) -> Imposition {
    if other.sheets.len() < one.sheets.len()
        || (other.sheets.len() == one.sheets.len() && other.page.width > one.page.width + Length::pt(0.01))
    {
        other
    } else {
        one
    }
}

/// Both formes on one plate, or a plate for each.
fn worked(order: &Order, pages: usize, page: Size, sheet: Size) -> Result<Imposition, Unfit> {
    let half = match order.work {
        Work::Sheetwise => return laid(order, pages, page, sheet),
        Work::Turn => Size { width: sheet.width * 0.5, ..sheet },
        Work::Tumble => Size { height: sheet.height * 0.5, ..sheet },
    };
    // the plate holds the gripper once; both halves keep clear of it so that they match
    let mut imposition = laid(order, pages, page, half)?;
    imposition.sheet = sheet;
    for press_sheet in &mut imposition.sheets {
        let back = press_sheet.back.take().unwrap_or_default();
        let back = match order.work {
            Work::Tumble => turned_on(&back, half, Length::ZERO, half.height),
            Work::Turn | Work::Sheetwise => moved(&back, half.width, Length::ZERO),
        };
        let plate = &mut press_sheet.front;
        plate.placements.extend(back.placements);
        plate.upright_folds.extend(back.upright_folds);
        plate.level_folds.extend(back.level_folds);
        once(&mut plate.upright_folds);
        once(&mut plate.level_folds);
        press_sheet.back = Some(press_sheet.front.clone());
    }
    Ok(imposition)
}

/// Lines that coincide are drawn once.
fn once(lines: &mut Vec<Length>) {
    lines.sort_by(|one, other| one.to_pt().total_cmp(&other.to_pt()));
    lines.dedup_by(|one, other| (*one - *other).abs() < Length::pt(0.01));
}

fn laid(order: &Order, pages: usize, page: Size, sheet: Size) -> Result<Imposition, Unfit> {
    let mut imposition = match order.scheme.definition().arrangement {
        Arrangement::Folded(gather) => folded::lay(order, gather, pages, page, sheet)?,
        Arrangement::Flat(flat) => flat::lay(order, flat, pages, page, sheet)?,
    };
    if order.backing == Backing::HeadToFoot && order.work == Work::Sheetwise {
        for press_sheet in &mut imposition.sheets {
            if let Some(back) = press_sheet.back.take() {
                press_sheet.back = Some(turned_on(&back, sheet, Length::ZERO, Length::ZERO));
            }
        }
    }
    imposition.notes.extend(creep_note(order, &imposition));
    imposition.notes.extend(duplex_note(order, sheet));
    Ok(imposition)
}

/// Which edge an office printer turns the sheet at; a press has its own way.
fn duplex_note(order: &Order, sheet: Size) -> Option<Say> {
    if order.marks || !order.both_sides {
        return None;
    }
    // turned left to right, the sheet goes round one of its upright edges
    let edge = match order.backing {
        Backing::HeadToHead => sheet.height,
        Backing::HeadToFoot => sheet.width,
    };
    Some(if edge <= sheet.width.min(sheet.height) {
        say!(
            "両面印刷では「短辺とじ」を選びます。",
            "Print on both sides, turned at the short edge (\"flip on short edge\")."
        )
    } else {
        say!(
            "両面印刷では「長辺とじ」を選びます。",
            "Print on both sides, turned at the long edge (\"flip on long edge\")."
        )
    })
}

fn moved(side: &Side, right: Length, up: Length) -> Side {
    Side {
        placements: side
            .placements
            .iter()
            .map(|one| Placement {
                cell: one.cell.moved(right, up),
                image: one.image.moved(right, up),
                clip: one.clip.moved(right, up),
                ..*one
            })
            .collect(),
        upright_folds: side.upright_folds.iter().map(|x| *x + right).collect(),
        level_folds: side.level_folds.iter().map(|y| *y + up).collect(),
    }
}

/// The side turned by half in its plane, then moved.
fn turned_on(side: &Side, sheet: Size, right: Length, up: Length) -> Side {
    let turned = Side {
        placements: side
            .placements
            .iter()
            .map(|one| Placement {
                cell: one.cell.turned_on(sheet),
                image: one.image.turned_on(sheet),
                clip: one.clip.turned_on(sheet),
                turn: one.turn.half_more(),
                ..*one
            })
            .collect(),
        upright_folds: side.upright_folds.iter().map(|x| sheet.width - *x).collect(),
        level_folds: side.level_folds.iter().map(|y| sheet.height - *y).collect(),
    };
    moved(&turned, right, up)
}

/// What was done about creep: by how much, or why nothing.
fn creep_note(order: &Order, imposition: &Imposition) -> Option<Say> {
    order.scheme.signature()?;
    if order.creep == Creep::None || order.paper == Length::ZERO {
        // an office booklet is not trimmed
        let trimmed = order.marks && order.creep != Creep::None;
        return trimmed.then(|| {
            say!(
                "紙の厚さの指定がないので、ずれ（クリープ）は補正していません。",
                "The thickness of the paper is not given: creep is not made up for."
            )
        });
    }
    let most = imposition
        .sheets
        .iter()
        .flat_map(|sheet| std::iter::once(&sheet.front).chain(&sheet.back))
        .flat_map(|side| &side.placements)
        .map(|one| {
            let moved =
                (one.image.left - one.cell.left).abs().max((one.image.right() - one.cell.right()).abs());
            moved.to_mm()
        })
        .fold(0.0, f64::max);
    let paper = order.paper.to_mm();
    let (ja, en) = match order.creep {
        Creep::Inner | Creep::None => ("内側のページを綴じ側へ寄せ", "inner pages move towards the spine"),
        Creep::Outer => ("外側のページを綴じ側から離し", "outer pages move away from the spine"),
        Creep::Scale => ("内側のページの幅を縮め", "inner pages become narrower"),
    };
    Some(say!(
        "紙の厚さ {paper} mm によるずれ（クリープ）を、{ja}て、最大 {most:.2} mm 補正しました。",
        "Creep of {paper} mm paper is made up for by up to {most:.2} mm: {en}."
    ))
}
