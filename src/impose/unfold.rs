//! Which page of a signature stands where: a closed signature is numbered leaf by leaf and opened fold by fold.
//!
//! In: pages of the signature and which edges meet between rows. Out: [`Forme`], both sides as grids, and the folds in
//! the order of the machine. Whole numbers only; `simulate` folds the same sheet again with millimetres.

use crate::model::imposition::CellRows;

/// A leaf on a grid place: page numbers from 1, as seen from above and from below.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Leaf {
    above: usize,
    below: usize,
    upside_down: bool,
}

impl Leaf {
    /// Turned over, left to right.
    fn over(self) -> Self {
        Self { above: self.below, below: self.above, ..self }
    }

    /// Turned over, head to foot.
    fn tumbled(self) -> Self {
        Self { upside_down: !self.upside_down, ..self.over() }
    }
}

/// A page on one side of a forme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnfoldedSpot {
    /// Page of the signature, counted from 1.
    pub page: usize,
    /// Whether it stands on its head.
    pub upside_down: bool,
}

/// The line of a fold, between columns or rows counted from the left and from the top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crease {
    /// Columns before this one go over the rest.
    LeftOver(usize),
    /// Columns from this one on go over the rest.
    RightOver(usize),
    /// Rows before this one go over the rest.
    TopOver(usize),
    /// Rows from this one on go over the rest.
    BottomOver(usize),
}

/// A place on the grid of a forme.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct GridPlace {
    /// From the left, from 0.
    pub column: usize,
    /// From the top, from 0.
    pub row: usize,
}

/// Both sides of a sheet, each seen from its own side, row by row from the top; for binding on the left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forme {
    /// The side with page 1.
    pub front: Vec<Vec<UnfoldedSpot>>,
    /// The other.
    pub back: Vec<Vec<UnfoldedSpot>>,
    /// The folds, first to last, seen with the back up.
    pub creases: Vec<Crease>,
    /// Where the folded sheet lies, seen with the back up.
    pub rests_at: GridPlace,
}

/// Whether each fold runs from head to foot, first to last: the machine folds crosswise by turns and the last fold is
/// the spine.
fn upright_folds(pages: u32) -> &'static [bool] {
    match pages {
        4 => &[true],
        8 => &[false, true],
        16 => &[true, false, true],
        _ => &[false, true, false, true],
    }
}

/// Opens a signature of 4, 8, 16 or 32 pages.
#[must_use]
pub fn unfold(pages: u32, rows: CellRows) -> Forme {
    let count = pages as usize / 2;
    let closed = (0..count)
        .map(|leaf| Leaf { above: leaf * 2 + 1, below: leaf * 2 + 2, upside_down: false })
        .collect();
    // row by row from the top; at each place the leaves from top to bottom
    let mut grid: Vec<Vec<Vec<Leaf>>> = vec![vec![closed]];
    let mut creases = Vec::new();
    let mut rests_at = GridPlace::default();
    for (undone, upright) in upright_folds(pages).iter().rev().enumerate() {
        let half = grid[0][0].len() / 2;
        let (columns, lines) = (grid[0].len(), grid.len());
        let mut lifted: Vec<Vec<Vec<Leaf>>> = grid
            .iter_mut()
            .map(|row| row.iter_mut().map(|stack| stack.drain(..half).rev().collect()).collect())
            .collect();
        if *upright {
            lifted.iter_mut().flatten().flatten().for_each(|leaf| *leaf = leaf.over());
            for row in &mut lifted {
                row.reverse();
            }
            // the spine opens to the left, every other fold to the right
            if undone == 0 {
                for (row, mut opened) in grid.iter_mut().zip(lifted) {
                    opened.append(row);
                    *row = opened;
                }
                rests_at.column += columns;
                creases.push(Crease::LeftOver(columns));
            } else {
                grid.iter_mut().zip(lifted).for_each(|(row, opened)| row.extend(opened));
                creases.push(Crease::RightOver(columns));
            }
        } else {
            lifted.iter_mut().flatten().flatten().for_each(|leaf| *leaf = leaf.tumbled());
            lifted.reverse();
            if rows == CellRows::Heads {
                lifted.append(&mut grid);
                grid = lifted;
                for crease in &mut creases {
                    shift_rows(crease, lines);
                }
                rests_at.row += lines;
                creases.push(Crease::TopOver(lines));
            } else {
                grid.extend(lifted);
                creases.push(Crease::BottomOver(lines));
            }
        }
    }
    creases.reverse();
    let spot = |page, leaf: &Leaf| UnfoldedSpot { page, upside_down: leaf.upside_down };
    let leaves: Vec<Vec<Leaf>> = grid.into_iter().map(|row| row.into_iter().flatten().collect()).collect();
    Forme {
        front: leaves
            .iter()
            .map(|row| row.iter().rev().map(|leaf| spot(leaf.below, leaf)).collect())
            .collect(),
        back: leaves.iter().map(|row| row.iter().map(|leaf| spot(leaf.above, leaf)).collect()).collect(),
        creases,
        rests_at,
    }
}

/// Rows that open above move all lines between rows down.
fn shift_rows(crease: &mut Crease, by: usize) {
    if let Crease::TopOver(line) | Crease::BottomOver(line) = crease {
        *line += by;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages(side: &[Vec<UnfoldedSpot>]) -> Vec<Vec<i32>> {
        let signed = |spot: &UnfoldedSpot| {
            let page = i32::try_from(spot.page).expect("small");
            if spot.upside_down { -page } else { page }
        };
        side.iter().map(|row| row.iter().map(signed).collect()).collect()
    }

    /// The lays that every imposition manual prints; a minus stands for upside down.
    #[test]
    fn common_lays() {
        let four = unfold(4, CellRows::Heads);
        assert_eq!(pages(&four.front), [[4, 1]]);
        assert_eq!(pages(&four.back), [[2, 3]]);
        let eight = unfold(8, CellRows::Heads);
        assert_eq!(pages(&eight.front), [[-5, -4], [8, 1]]);
        assert_eq!(pages(&eight.back), [[-3, -6], [2, 7]]);
        let sixteen = unfold(16, CellRows::Heads);
        assert_eq!(pages(&sixteen.front), [[-5, -12, -9, -8], [4, 13, 16, 1]]);
        assert_eq!(pages(&sixteen.back), [[-7, -10, -11, -6], [2, 15, 14, 3]]);
    }

    #[test]
    fn feet_meet_when_asked() {
        let eight = unfold(8, CellRows::Feet);
        assert_eq!(pages(&eight.front), [[8, 1], [-5, -4]]);
        assert_eq!(eight.rests_at, GridPlace { column: 1, row: 0 });
    }

    #[test]
    fn every_page_stands_once() {
        for count in [4, 8, 16, 32] {
            let forme = unfold(count, CellRows::Heads);
            let mut all: Vec<usize> =
                forme.front.iter().chain(&forme.back).flatten().map(|spot| spot.page).collect();
            all.sort_unstable();
            assert_eq!(all, (1..=count as usize).collect::<Vec<_>>());
        }
    }
}
