//! The path that is being built, as its bounds on the page, and where it ends.
//!
//! In: path operators. Out: [`Path`].

use super::geometry::{Matrix, Point, Rect};

/// The most pieces of a path that are looked at one by one.
const MOST_PIECES: usize = 512;
/// A line that runs aside more than this for each step across a strip ends in it for the eye.
const SHALLOW: f64 = 2.0;

/// A piece of an outline: the bounds of its points, and how it goes.
#[derive(Debug, Clone, Copy)]
struct Piece {
    bounds: Rect,
    is_curve: bool,
}

/// A side of a strip that art must pass: the strip runs along the side of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Across {
    /// The strip stands: it is passed from left to right.
    X,
    /// The strip lies: it is passed from foot to head.
    Y,
}

/// A path under construction, as its bounds on the page.
#[derive(Debug, Clone)]
pub struct Path {
    /// The bounds.
    pub area: Rect,
    parts: usize,
    corners: usize,
    slanted: bool,
    last: Option<Point>,
    first: Option<Point>,
    pieces: Vec<Piece>,
}

impl Default for Path {
    /// No path.
    fn default() -> Self {
        Self {
            area: Rect::NOTHING,
            parts: 0,
            corners: 0,
            slanted: false,
            last: None,
            first: None,
            pieces: Vec::new(),
        }
    }
}

impl Path {
    /// `m`.
    pub fn start(&mut self, ctm: Matrix, x: f64, y: f64) {
        let start = ctm.point(x, y);
        // what is filled is closed
        if let Some(closing) = self.closing() {
            self.keep(closing);
        }
        self.parts += 1;
        self.area.add(start.x, start.y);
        self.last = Some(start);
        self.first = self.last;
    }

    /// `l`.
    pub fn line(&mut self, ctm: Matrix, x: f64, y: f64) {
        let end = ctm.point(x, y);
        if let Some(from) = self.last {
            self.slanted |= (from.x - end.x).abs() > 0.01 && (from.y - end.y).abs() > 0.01;
            self.keep(Piece { bounds: bounds_of(from, end), is_curve: false });
        }
        self.corners += 1;
        self.area.add(end.x, end.y);
        self.last = Some(end);
    }

    /// `c`, `v`, `y`: the bounds of the control points hold the curve.
    pub fn curve(&mut self, ctm: Matrix, points: &[f64]) {
        let mut bounds = Rect::NOTHING;
        if let Some(from) = self.last {
            bounds.add(from.x, from.y);
        }
        for pair in points.as_chunks::<2>().0 {
            let point = ctm.point(pair[0], pair[1]);
            bounds.add(point.x, point.y);
            self.area.add(point.x, point.y);
            self.last = Some(point);
        }
        self.keep(Piece { bounds, is_curve: true });
        self.slanted = true;
    }

    fn keep(&mut self, piece: Piece) {
        if self.pieces.len() <= MOST_PIECES {
            self.pieces.push(piece);
        }
    }

    /// The line that closes what is open.
    fn closing(&self) -> Option<Piece> {
        let (first, last) = (self.first?, self.last?);
        (first != last).then(|| Piece { bounds: bounds_of(first, last), is_curve: false })
    }

    /// Whether the outline may end between `low` and `high`: a corner, a curve or a shallow line lies there. One that passes
    /// from side to side does not.
    #[must_use]
    pub fn ends_between(&self, across: Across, low: f64, high: f64) -> bool {
        let ends = |piece: &Piece| {
            let Rect { x0, y0, x1, y1 } = piece.bounds;
            let (from, to, aside) = match across {
                Across::X => (x0, x1, y1 - y0),
                Across::Y => (y0, y1, x1 - x0),
            };
            if to <= low || from >= high {
                return false;
            }
            let passes = !piece.is_curve && from <= low && to >= high;
            !(passes && aside <= (to - from) * SHALLOW)
        };
        self.pieces.len() > MOST_PIECES
            || self.pieces.iter().any(ends)
            || self.closing().is_some_and(|one| ends(&one))
    }

    /// `re`.
    pub fn rectangle(&mut self, ctm: Matrix, [x, y, width, height]: [f64; 4]) {
        self.start(ctm, x, y);
        self.line(ctm, x + width, y);
        self.line(ctm, x + width, y + height);
        self.line(ctm, x, y + height);
    }

    /// Whether it is one upright rectangle (or a line of no width).
    #[must_use]
    pub fn is_rectangle(&self) -> bool {
        self.parts == 1 && !self.slanted && (1..=5).contains(&self.corners)
    }
}

fn bounds_of(one: Point, other: Point) -> Rect {
    let mut bounds = Rect::NOTHING;
    bounds.add(one.x, one.y);
    bounds.add(other.x, other.y);
    bounds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(draw: impl FnOnce(&mut Path, Matrix)) -> Path {
        let mut path = Path::default();
        draw(&mut path, Matrix::IDENTITY);
        path
    }

    /// The strip of the left side: from 0 (the end of the bleed) to 10 (the trim).
    fn ends(path: &Path) -> bool {
        path.ends_between(Across::X, 0.0, 10.0)
    }

    #[test]
    fn what_passes_a_strip_does_not_end_in_it() {
        // a tab, round on the side that is inside
        let tab = path(|path, ctm| {
            path.start(ctm, -1.0, 100.0);
            path.line(ctm, 30.0, 100.0);
            path.curve(ctm, &[35.0, 100.0, 40.0, 105.0, 40.0, 110.0]);
            path.line(ctm, 40.0, 150.0);
            path.line(ctm, -1.0, 150.0);
        });
        assert!(!ends(&tab));
        let slanted = path(|path, ctm| {
            path.start(ctm, -5.0, 0.0);
            path.line(ctm, 20.0, 20.0);
            path.line(ctm, -5.0, 40.0);
        });
        assert!(!ends(&slanted), "its open side is beyond the strip");
    }

    #[test]
    fn corners_curves_and_shallow_lines_end_in_it() {
        let drawn = |points: &[[f64; 2]]| {
            path(|path, ctm| {
                path.start(ctm, points[0][0], points[0][1]);
                points[1..].iter().for_each(|[x, y]| path.line(ctm, *x, *y));
            })
        };
        assert!(ends(&drawn(&[[5.0, 0.0], [50.0, 0.0], [50.0, 50.0]])), "a corner");
        assert!(ends(&drawn(&[[-5.0, 0.0], [15.0, 100.0], [50.0, 0.0]])), "shallow");
        assert!(ends(&path(|path, ctm| {
            path.start(ctm, 30.0, 0.0);
            path.curve(ctm, &[-5.0, 0.0, -5.0, 50.0, 30.0, 50.0]);
        })));
        let many: Vec<[f64; 2]> = (0..2_000).map(|at| [50.0, f64::from(at)]).collect();
        assert!(ends(&drawn(&many)), "too many to tell");
    }
}
