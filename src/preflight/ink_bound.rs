//! How much ink can lie anywhere on a page at most: a bound from what is painted, so that only pages in doubt are drawn.
//!
//! In: painted things with their bounds and inks. Out: whether the sum of inks can exceed a limit somewhere. The page is cut
//! into cells; a cell keeps what its points may be covered with, ink by ink. What knocks out is one more of those, and all of
//! them where it covers the cell; what overprints or is transparent may come on top of each.

use super::painted::{Blend, Outline, Painted};
use crate::pdf::colour_space::Space;
use crate::pdf::geometry::Rect;
use crate::pdf::inks::Inks;
use crate::pdf::objects::read_name;
use crate::pdf::process_inks;

/// Cells from side to side.
const CELLS: usize = 48;
/// The inks that are told apart: the process inks and some spot colours. Any other counts as full ink.
const INKS: usize = 12;

/// The most mixtures that are told apart in one cell; of one more, the two that are nearest to each other become one.
const MIXTURES: usize = 8;

/// The most ink by place.
#[derive(Debug)]
pub struct InkBound {
    page: Rect,
    cells: Vec<Cell>,
    spots: Vec<String>,
    /// Whether a blend mode was seen: from then on, inks may add up.
    adds: bool,
}

/// Amounts by ink, in the order of the bound.
type Amounts = [f64; INKS];

/// How a thing changes the inks below it.
#[derive(Debug, Clone, Copy)]
enum Joins {
    /// It knocks them out, all over the cells within its bounds.
    Covers,
    /// It knocks them out where it is.
    KnocksOut,
    /// No ink becomes more than the larger of both: overprint, transparency.
    LiesOver,
    /// Inks may add up: blending.
    Adds,
}

/// What points of a cell may be covered with; none is in all inks less than another. Empty is bare paper.
#[derive(Debug, Clone, Default)]
struct Cell(Vec<Amounts>);

impl Cell {
    fn paint(&mut self, amounts: &Amounts, joins: Joins) {
        match joins {
            Joins::Covers => {
                self.0.clear();
                self.0.push(*amounts);
            }
            Joins::KnocksOut => self.add(*amounts),
            Joins::LiesOver => self.change(amounts, f64::max),
            Joins::Adds => self.change(amounts, |below, above| 1.0 - (1.0 - below) * (1.0 - above)),
        }
    }

    fn change(&mut self, amounts: &Amounts, join: impl Fn(f64, f64) -> f64) {
        let before = std::mem::take(&mut self.0);
        // bare paper, too, may be below
        self.add(*amounts);
        for below in before {
            self.add(std::array::from_fn(|ink| join(below[ink], amounts[ink])));
        }
    }

    fn add(&mut self, amounts: Amounts) {
        if self.0.iter().any(|there| is_less(&amounts, there)) {
            return;
        }
        self.0.retain(|there| !is_less(there, &amounts));
        self.0.push(amounts);
        if self.0.len() > MIXTURES {
            self.join_nearest();
        }
    }

    /// Makes one mixture of the two whose sum is the least then.
    fn join_nearest(&mut self) {
        let joined = |(one, other): (usize, usize)| most(&self.0[one], &self.0[other]);
        let pairs = (1..self.0.len()).flat_map(|at| (0..at).map(move |before| (before, at)));
        let nearest = pairs.min_by(|one, other| sum(&joined(*one)).total_cmp(&sum(&joined(*other))));
        if let Some((one, other)) = nearest {
            let joined = most(&self.0.swap_remove(other), &self.0[one]);
            self.0.swap_remove(one);
            self.add(joined);
        }
    }

    fn most(&self) -> f64 {
        self.0.iter().map(sum).fold(0.0, f64::max)
    }
}

fn is_less(one: &Amounts, other: &Amounts) -> bool {
    one.iter().zip(other).all(|(one, other)| one <= other)
}

fn most(one: &Amounts, other: &Amounts) -> Amounts {
    std::array::from_fn(|ink| one[ink].max(other[ink]))
}

fn sum(amounts: &Amounts) -> f64 {
    amounts.iter().sum()
}

impl InkBound {
    /// Of an empty page, which is printed within `page`.
    #[must_use]
    pub fn new(page: Rect) -> Self {
        Self { page, cells: vec![Cell::default(); CELLS * CELLS], spots: Vec::new(), adds: false }
    }

    /// Takes a painted thing in; one of unknown inks counts as all that its space can print.
    pub fn paint(&mut self, painted: &Painted<'_>) {
        let amounts = match (painted.inks, painted.space) {
            (Some(inks), _) => self.amounts(inks),
            (None, Some(space)) => self.all_of(space),
            (None, None) => return,
        };
        self.adds |= painted.blend == Blend::Blended;
        let joins = if self.adds {
            Joins::Adds
        } else if painted.overprint || painted.blend != Blend::Opaque {
            Joins::LiesOver
        } else if matches!(painted.outline, Outline::Bounds) {
            Joins::Covers
        } else {
            Joins::KnocksOut
        };
        self.add(painted.area, &amounts, joins);
    }

    fn place(&mut self, spot: &str) -> usize {
        let known = self.spots.iter().position(|known| known == spot);
        let at = known.unwrap_or_else(|| {
            if self.spots.len() < INKS - 4 {
                self.spots.push(spot.to_owned());
            }
            self.spots.len() - 1
        });
        4 + at
    }

    fn amounts(&mut self, inks: &Inks) -> Amounts {
        let mut amounts = [0.0; INKS];
        for (amount, ink) in amounts.iter_mut().zip(inks.process) {
            *amount = ink.min(1.0);
        }
        for (name, ink) in &inks.spots {
            let at = self.place(name);
            amounts[at] = (amounts[at] + ink).min(1.0);
        }
        amounts
    }

    fn all_of(&mut self, space: &Space) -> Amounts {
        let mut amounts = [0.0; INKS];
        match space {
            Space::Gray => amounts[3] = 1.0,
            Space::Cmyk { .. } => amounts[..4].fill(1.0),
            Space::Indexed(base, _) => return self.all_of(base),
            Space::Colorants(names, _) => {
                for name in names {
                    let name = read_name(name);
                    match process_inks::index(&name) {
                        Some(index) => amounts[index] = 1.0,
                        None if name == "All" => amounts[..4].fill(1.0),
                        None if name == "None" => {}
                        None => amounts[self.place(&name)] = 1.0,
                    }
                }
            }
            // these are on no plate: they have findings of their own
            Space::Foreign(_) | Space::Pattern(_) | Space::Broken(_) => {}
        }
        amounts
    }

    fn add(&mut self, area: Rect, amounts: &Amounts, joins: Joins) {
        let seen = area.both(self.page);
        if seen.is_empty() || self.page.width() <= 0.0 || self.page.height() <= 0.0 {
            return;
        }
        let cell = |value: f64, from: f64, whole: f64| step((value - from) / whole * as_f64(CELLS));
        let (left, right) =
            (cell(seen.x0, self.page.x0, self.page.width()), cell(seen.x1, self.page.x0, self.page.width()));
        let (low, high) = (
            cell(seen.y0, self.page.y0, self.page.height()),
            cell(seen.y1, self.page.y0, self.page.height()),
        );
        for row in low..=high {
            for column in left..=right {
                let edge = (column == left && area.x0 > self.page.x0)
                    || (column == right && area.x1 < self.page.x1)
                    || (row == low && area.y0 > self.page.y0)
                    || (row == high && area.y1 < self.page.y1);
                let joins = if edge && matches!(joins, Joins::Covers) { Joins::KnocksOut } else { joins };
                self.cells[row * CELLS + column].paint(amounts, joins);
            }
        }
    }

    /// Whether somewhere the sum can exceed `limit`, where 1 is one full ink.
    #[must_use]
    pub fn can_exceed(&self, limit: f64) -> bool {
        self.cells.iter().any(|cell| cell.most() > limit)
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the number of cells")]
fn step(value: f64) -> usize {
    value.clamp(0.0, as_f64(CELLS - 1)) as usize
}

fn as_f64(value: usize) -> f64 {
    u32::try_from(value).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::painted::PaintKind;

    const PAGE: Rect = Rect { x0: 0.0, y0: 0.0, x1: 480.0, y1: 480.0 };

    /// An opaque thing that fills its area only in part.
    fn painted(inks: &Inks, area: Rect) -> Painted<'_> {
        Painted {
            kind: PaintKind::Shading,
            area,
            outline: Outline::Odd,
            space: None,
            inks: Some(inks),
            overprint: false,
            blend: Blend::Opaque,
        }
    }

    fn colour(process: [f64; 4]) -> Inks {
        Inks { process, spots: Vec::new() }
    }

    #[test]
    fn what_covers_replaces_and_what_overprints_adds() {
        let (colour, black) = (colour([0.9, 0.9, 0.9, 0.0]), Inks::black(1.0));
        let sum = |blend, overprint, outline| {
            let mut bound = InkBound::new(PAGE);
            bound.paint(&Painted { outline: Outline::Bounds, ..painted(&colour, PAGE) });
            let area = Rect { x0: 100.0, y0: 100.0, x1: 200.0, y1: 200.0 };
            bound.paint(&Painted { outline, overprint, blend, ..painted(&black, area) });
            // the edge of the black is in cells of both
            let middle = bound.cells[15 * CELLS + 15].most();
            (bound.can_exceed(3.5), middle)
        };
        assert_eq!(sum(Blend::Opaque, false, Outline::Bounds), (false, 1.0));
        assert!(sum(Blend::Opaque, true, Outline::Bounds).1 > 3.6);
        assert!(sum(Blend::Transparent, false, Outline::Bounds).1 > 3.6);
        assert!(
            sum(Blend::Opaque, false, Outline::Odd).1 < 2.8,
            "a letter does not cover its bounds, but knocks out"
        );
    }

    #[test]
    fn many_mixtures_become_few_and_never_less() {
        let mut bound = InkBound::new(PAGE);
        for step in 0..40 {
            let part = f64::from(step) / 40.0;
            let ink = colour([part, 1.0 - part, 0.5, 0.2]);
            bound.paint(&painted(&ink, PAGE));
        }
        bound.paint(&Painted { overprint: true, ..painted(&Inks::black(1.0), PAGE) });
        let most = bound.cells[0].most();
        // each of them is 1.7 in sum, 2.5 under black
        assert!((2.5..2.75).contains(&most), "{most}");
        assert!(bound.cells[0].0.len() <= MIXTURES);
    }

    #[test]
    fn things_apart_do_not_add_up() {
        let mut bound = InkBound::new(PAGE);
        let side = |x0: f64| Rect { x0, y0: 0.0, x1: x0 + 100.0, y1: 480.0 };
        bound.paint(&painted(&colour([1.0, 1.0, 1.0, 0.0]), side(0.0)));
        bound.paint(&painted(&Inks::black(1.0), side(200.0)));
        assert!(!bound.can_exceed(3.1) && bound.can_exceed(2.9));
    }
}
