//! The fold simulator: prints, turns, cuts, folds, nests or gathers and trims the sheets of an imposition as machines
//! do, and reads the pages back.
//!
//! In: an [`Imposition`], of which only places, turns and the machine's programme are used, never the page order that
//! was meant. Out: [`FoldedReading`]s, one for each copy that a sheet gives. Paper has a thickness: inner leaves are pushed
//! out before the knife falls.

use super::fault::Jam;
use super::impression::Impression;
use crate::model::imposition::{
    Backing, Finishing, Fold, Folding, Imposition, Placement, PressSheet, SheetRole, Work,
};
use crate::model::layout::Binding;
use crate::model::length::Length;
use crate::model::scheme::{Gather, Leaves};
use crate::model::sheet::{SheetRect, Size};

/// A face of a leaf, as a reader sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Face {
    /// The page, counted from 0; none for a blank.
    pub page: Option<usize>,
    /// Whether it stands upright when the leaf is turned.
    pub upright: bool,
    /// How far the trim box of the page is from where the knife falls: the largest of head, foot and fore edge (and
    /// the spine where it is milled).
    pub off: Length,
}

/// The faces of one copy, in reading order.
pub type FoldedReading = Vec<Face>;

/// Paper with what is printed on its two faces, both seen from above: what is below is seen through the paper.
#[derive(Debug, Clone, Default)]
struct Paper {
    above: Vec<Impression>,
    below: Vec<Impression>,
}

/// How a sheet is turned over.
#[derive(Clone, Copy)]
enum Over {
    Side,
    Head,
}

fn over(imposition: &Imposition) -> Over {
    match (imposition.work, imposition.backing) {
        (Work::Tumble, _) | (Work::Sheetwise, Backing::HeadToFoot) => Over::Head,
        (Work::Turn, _) | (Work::Sheetwise, Backing::HeadToHead) => Over::Side,
    }
}

/// Prints the front, turns the sheet over, prints the back, and lays it down with the front up.
fn printed(sheet: &PressSheet, size: Size, over: Over) -> Paper {
    let behind = |placement: &Placement| match over {
        Over::Side => Impression::new(placement).over_upright(size.width.to_pt() * 0.5),
        Over::Head => Impression::new(placement).over_level(size.height.to_pt() * 0.5),
    };
    Paper {
        above: sheet.front.placements.iter().map(Impression::new).collect(),
        below: sheet.back.iter().flat_map(|side| &side.placements).map(behind).collect(),
    }
}

/// Runs the machine over all sheets and reads each copy.
///
/// # Errors
/// [`Jam`] when a sheet cannot be finished as programmed.
pub fn read_back(imposition: &Imposition) -> Result<Vec<FoldedReading>, Jam> {
    let over = over(imposition);
    // work-and-turn gives the same sheet twice: once as it lies, once turned over
    let half = match imposition.work {
        Work::Sheetwise => imposition.sheet,
        Work::Turn => Size { width: imposition.sheet.width * 0.5, ..imposition.sheet },
        Work::Tumble => Size { height: imposition.sheet.height * 0.5, ..imposition.sheet },
    };
    let kept = SheetRect::at(Length::ZERO, Length::ZERO, half);
    let copies = if imposition.work == Work::Sheetwise { 1 } else { 2 };
    let mut readings = Vec::new();
    for copy in 0..copies {
        let lay = |sheet: &PressSheet| {
            let mut paper = printed(sheet, imposition.sheet, over);
            if copy == 1 {
                paper = turned_over(&paper, imposition.sheet, over);
            }
            if imposition.work != Work::Sheetwise {
                // the guillotine cuts between the formes; this half is kept, the other is the other copy
                paper.above.retain(|print| print.is_in(kept));
                paper.below.retain(|print| print.is_in(kept));
            }
            paper
        };
        match &imposition.finishing {
            Finishing::Fold(gather) => readings.push(bound(imposition, *gather, &lay)?),
            Finishing::Flat(Leaves::Read) => readings.push(rows(imposition)),
            Finishing::Flat(Leaves::Pieces | Leaves::Copies | Leaves::Pile) => {
                readings.extend(cut(imposition, &lay)?);
            }
        }
    }
    Ok(readings)
}

fn turned_over(paper: &Paper, sheet: Size, over: Over) -> Paper {
    let turn = |print: &Impression| match over {
        Over::Side => print.over_upright(sheet.width.to_pt() * 0.5),
        Over::Head => print.over_level(sheet.height.to_pt() * 0.5),
    };
    Paper { above: paper.below.iter().map(turn).collect(), below: paper.above.iter().map(turn).collect() }
}

/// A leaf of the folded work, and where its sheet is cut.
struct BoundLeaf {
    above: Impression,
    below: Impression,
    trim: SheetRect,
}

/// Folds all sheets, brings them together, trims, and reads from the first leaf to the last.
fn bound(
    imposition: &Imposition,
    gather: Gather,
    lay: &dyn Fn(&PressSheet) -> Paper,
) -> Result<FoldedReading, Jam> {
    let mut book: Vec<BoundLeaf> = Vec::new();
    let mut depths: Vec<usize> = Vec::new();
    let mut cover = Vec::new();
    for (number, sheet) in imposition.sheets.iter().enumerate() {
        if sheet.role == SheetRole::Cover {
            cover = wrapped(&lay(sheet), imposition, number)?;
            continue;
        }
        let Some(Folding { folds, trim }) = &sheet.folding else { return Err(Jam::Layer(number, 0, 0)) };
        let trim = *trim;
        let with_back_up = back_up(lay(sheet), imposition);
        let mut stack = vec![with_back_up];
        for fold in folds {
            stack = folded(stack, *fold);
        }
        let mut leaves = Vec::new();
        for layer in stack.iter().rev() {
            let above: Vec<&Impression> = layer.above.iter().filter(|print| print.is_in(trim)).collect();
            let below: Vec<&Impression> = layer.below.iter().filter(|print| print.is_in(trim)).collect();
            match (&above[..], &below[..]) {
                ([above], [below]) => leaves.push(BoundLeaf { above: **above, below: **below, trim }),
                _ => return Err(Jam::Layer(number, above.len(), below.len())),
            }
        }
        match gather {
            Gather::Nest => {
                let middle = book.len() / 2;
                book.splice(middle..middle, leaves);
            }
            Gather::Stack => {
                let count = leaves.len();
                depths.extend((0..count).map(|leaf| leaf.min(count - 1 - leaf)));
                book.extend(leaves);
            }
        }
    }
    if gather == Gather::Nest {
        depths = (0..book.len()).map(|leaf| leaf.min(book.len() - 1 - leaf)).collect();
    }
    let mut reading = FoldedReading::new();
    for (BoundLeaf { above, below, trim }, depth) in book.into_iter().zip(depths) {
        let pushed = imposition.paper.to_pt() * f64::from(u32::try_from(depth).unwrap_or(u32::MAX));
        let milled = gather == Gather::Stack;
        for (print, upright) in [(above, [1, 0, 0, 1]), (below, [-1, 0, 0, 1])] {
            reading.push(Face {
                page: print.page,
                upright: print.directions() == upright,
                off: off(print, trim, pushed, imposition.binding, milled),
            });
        }
    }
    if let [front, inside_front, inside_back, back] = cover[..] {
        reading.splice(0..0, [front, inside_front]);
        reading.extend([inside_back, back]);
    }
    Ok(reading)
}

/// The sheet (half of it, of work-and-turn) turned left to right in its own middle, so that the back lies up.
fn back_up(paper: Paper, imposition: &Imposition) -> Paper {
    let width = imposition.sheet.width.to_pt();
    let middle = if imposition.work == Work::Turn { width * 0.25 } else { width * 0.5 };
    Paper {
        above: paper.below.into_iter().map(|print| print.over_upright(middle)).collect(),
        below: paper.above.into_iter().map(|print| print.over_upright(middle)).collect(),
    }
}

/// Folds every layer of a stack, listed from the lowest.
fn folded(stack: Vec<Paper>, fold: Fold) -> Vec<Paper> {
    let goes = |print: &Impression| match fold {
        Fold::LeftOver(x) => print.middle.x < x.to_pt(),
        Fold::RightOver(x) => print.middle.x > x.to_pt(),
        Fold::TopOver(y) => print.middle.y > y.to_pt(),
        Fold::BottomOver(y) => print.middle.y < y.to_pt(),
    };
    let mirrored = |print: Impression| match fold {
        Fold::LeftOver(x) | Fold::RightOver(x) => print.over_upright(x.to_pt()),
        Fold::TopOver(y) | Fold::BottomOver(y) => print.over_level(y.to_pt()),
    };
    let mut stays = Vec::new();
    let mut lifted = Vec::new();
    for layer in stack {
        let (above, above_stays): (Vec<_>, Vec<_>) = layer.above.into_iter().partition(goes);
        let (below, below_stays): (Vec<_>, Vec<_>) = layer.below.into_iter().partition(goes);
        stays.push(Paper { above: above_stays, below: below_stays });
        lifted.push(Paper {
            above: below.into_iter().map(mirrored).collect(),
            below: above.into_iter().map(mirrored).collect(),
        });
    }
    stays.extend(lifted.into_iter().rev());
    stays
}

/// How far a page lies from the knife after paper pushed its leaf out by `pushed` points.
fn off(print: Impression, trim: SheetRect, pushed: f64, binding: Binding, milled: bool) -> Length {
    let [left, bottom, right, top] = print.bounds();
    let pushed = if binding == Binding::Right { -pushed } else { pushed };
    let (spine, fore) = match binding {
        Binding::Left => (left + pushed - trim.left.to_pt(), right + pushed - trim.right().to_pt()),
        Binding::Right => (right + pushed - trim.right().to_pt(), left + pushed - trim.left.to_pt()),
    };
    let head = top - trim.top().to_pt();
    let foot = bottom - trim.bottom.to_pt();
    let most = head.abs().max(foot.abs()).max(fore.abs());
    Length::pt(if milled { most.max(spine.abs()) } else { most })
}

/// Wraps a cover around its spine: outside and inside of the front, inside and outside of the back.
fn wrapped(paper: &Paper, imposition: &Imposition, number: usize) -> Result<Vec<Face>, Jam> {
    let jam = || Jam::Layer(number, paper.above.len(), paper.below.len());
    let by_side = |prints: &[Impression]| -> Option<(Impression, Impression)> {
        let mut prints = prints.to_vec();
        prints.sort_by(|one, other| one.middle.x.total_cmp(&other.middle.x));
        match prints[..] {
            [left, right] => Some((left, right)),
            _ => None,
        }
    };
    let (left, right) = by_side(&paper.above).ok_or_else(jam)?;
    let (left_inside, right_inside) = by_side(&paper.below).ok_or_else(jam)?;
    let gap = right.bounds()[0] - left.bounds()[2];
    let off = Length::pt((gap - imposition.spine.to_pt()).abs());
    let face = |print: Impression, upright: [i8; 4]| Face {
        page: print.page,
        upright: print.directions() == upright,
        off,
    };
    let (above, below) = ([1, 0, 0, 1], [-1, 0, 0, 1]);
    Ok(match imposition.binding {
        Binding::Left => {
            vec![face(right, above), face(right_inside, below), face(left_inside, below), face(left, above)]
        }
        Binding::Right => {
            vec![face(left, above), face(left_inside, below), face(right_inside, below), face(right, above)]
        }
    })
}

/// Reading order of places: rows from the top, along the row as the binding runs.
fn in_rows(one: &Impression, other: &Impression, binding: Binding) -> std::cmp::Ordering {
    let row = |print: &Impression| -print.middle.y;
    if (row(one) - row(other)).abs() > 1.0 {
        return row(one).total_cmp(&row(other));
    }
    match binding {
        Binding::Left => one.middle.x.total_cmp(&other.middle.x),
        Binding::Right => other.middle.x.total_cmp(&one.middle.x),
    }
}

/// Reads sides as they are; a sheet that was turned over its head is held the other way up.
fn rows(imposition: &Imposition) -> FoldedReading {
    let mut reading = FoldedReading::new();
    for sheet in &imposition.sheets {
        for (index, side) in std::iter::once(&sheet.front).chain(&sheet.back).enumerate() {
            let held_turned = index == 1 && imposition.backing == Backing::HeadToFoot;
            let (x, y) = (imposition.sheet.width.to_pt() * 0.5, imposition.sheet.height.to_pt() * 0.5);
            let mut prints: Vec<Impression> = side
                .placements
                .iter()
                .map(Impression::new)
                .map(|print| if held_turned { print.over_upright(x).over_level(y) } else { print })
                .collect();
            prints.sort_by(|one, other| in_rows(one, other, imposition.binding));
            reading.extend(prints.iter().map(|print| Face {
                page: print.page,
                upright: print.directions() == [1, 0, 0, 1],
                off: Length::ZERO,
            }));
        }
    }
    reading
}

/// Cuts sheets apart and reads the leaves of each copy.
fn cut(imposition: &Imposition, lay: &dyn Fn(&PressSheet) -> Paper) -> Result<Vec<FoldedReading>, Jam> {
    // by sheet, then by place in rows: the faces of the leaf
    let mut sheets: Vec<Vec<FoldedReading>> = Vec::new();
    for (number, sheet) in imposition.sheets.iter().enumerate() {
        let paper = lay(sheet);
        let mut fronts = paper.above.clone();
        fronts.sort_by(|one, other| in_rows(one, other, imposition.binding));
        let mut leaves = Vec::new();
        for front in fronts {
            let mut faces = vec![Face { page: front.page, upright: true, off: Length::ZERO }];
            if sheet.back.is_some() {
                let near = |one: &&Impression| {
                    (one.middle.x - front.middle.x).abs() < 1.0 && (one.middle.y - front.middle.y).abs() < 1.0
                };
                let back = paper.below.iter().find(near).ok_or(Jam::Back(number))?;
                let [a, b, c, d] = front.directions();
                let (one, other) = (front.bounds(), back.bounds());
                let most = one.iter().zip(other).map(|(one, other)| (one - other).abs()).fold(0.0, f64::max);
                faces.push(Face {
                    page: back.page,
                    // seen through the paper, right is left
                    upright: back.directions() == [-a, -b, c, d],
                    off: Length::pt(most),
                });
            }
            leaves.push(faces);
        }
        sheets.push(leaves);
    }
    let cells = sheets.first().map_or(0, Vec::len);
    Ok(match imposition.finishing {
        // each cell is a copy of the whole
        Finishing::Flat(Leaves::Copies) => {
            (0..cells).map(|cell| sheets.iter().flat_map(|leaves| leaves[cell].clone()).collect()).collect()
        }
        Finishing::Flat(Leaves::Pile) => {
            let piles =
                (0..cells).flat_map(|cell| sheets.iter().flat_map(move |leaves| leaves[cell].clone()));
            vec![piles.collect()]
        }
        Finishing::Flat(Leaves::Read | Leaves::Pieces) | Finishing::Fold { .. } => {
            vec![sheets.into_iter().flatten().flatten().collect()]
        }
    })
}
