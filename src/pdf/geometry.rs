//! Points, rectangles and matrices of PDF's user space.
//!
//! In: numbers of a content stream or a page dictionary, in points, y upwards. Out: [`Matrix`], [`Rect`].
//! Lengths of a plan of sheets are [`crate::model::sheet::SheetRect`], places for people [`crate::model::region::Region`].

/// A point, in units of the space that it is given in.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Upwards.
    pub y: f64,
}

/// By which factors a transformation makes lengths grow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scales {
    /// In the direction in which they grow least.
    pub least: f64,
    /// In the direction in which they grow most.
    pub greatest: f64,
}

/// A transformation: `[a b c d e f]` of ISO 32000-1, 8.3.4.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Matrix(pub [f64; 6]);

impl Matrix {
    /// No change.
    pub const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// Moves by so much, right and up.
    #[must_use]
    pub fn shift(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// First `self`, then `outer`.
    #[must_use]
    pub fn then(self, outer: Self) -> Self {
        let (i, o) = (self.0, outer.0);
        Self([
            i[0] * o[0] + i[1] * o[2],
            i[0] * o[1] + i[1] * o[3],
            i[2] * o[0] + i[3] * o[2],
            i[2] * o[1] + i[3] * o[3],
            i[4] * o[0] + i[5] * o[2] + o[4],
            i[4] * o[1] + i[5] * o[3] + o[5],
        ])
    }

    /// A point after the transformation.
    #[must_use]
    pub fn point(self, x: f64, y: f64) -> Point {
        let m = self.0;
        Point { x: m[0] * x + m[2] * y + m[4], y: m[1] * x + m[3] * y + m[5] }
    }

    /// The least and the greatest factor by which a length grows (its singular values).
    #[must_use]
    pub fn scales(self) -> Scales {
        let [a, b, c, d, ..] = self.0;
        let (sum, det) = (a * a + b * b + c * c + d * d, (a * d - b * c).abs());
        // of (sum ± √(sum² − 4 det²)) / 2; what rounding makes negative is nothing
        let root = (sum * sum - 4.0 * det * det).max(0.0).sqrt();
        let greatest = f64::midpoint(sum, root).max(0.0).sqrt();
        Scales { least: if greatest > 0.0 { det / greatest } else { 0.0 }, greatest }
    }

    /// The factor by which lengths grow in the mean: the root of that of areas.
    #[must_use]
    pub fn scale(self) -> f64 {
        let [a, b, c, d, ..] = self.0;
        (a * d - b * c).abs().sqrt()
    }

    /// Whether a rectangle stays one with upright sides.
    #[must_use]
    pub fn keeps_upright(self) -> bool {
        let [a, b, c, d, ..] = self.0;
        let small = 1e-6 * (a.abs() + b.abs() + c.abs() + d.abs());
        (b.abs() <= small && c.abs() <= small) || (a.abs() <= small && d.abs() <= small)
    }

    /// The transformation back; none where it lets an area vanish.
    #[must_use]
    pub fn inverse(self) -> Option<Self> {
        let m = self.0;
        let det = m[0] * m[3] - m[1] * m[2];
        let (x, y) = (m[2] * m[5] - m[3] * m[4], m[1] * m[4] - m[0] * m[5]);
        let back = [m[3], -m[1], -m[2], m[0], x, y].map(|value| value / det);
        back.iter().all(|value| value.is_finite()).then_some(Self(back))
    }

    /// The bounds of a rectangle after the transformation.
    #[must_use]
    pub fn rect(self, area: Rect) -> Rect {
        let mut bounds = Rect::NOTHING;
        for (x, y) in [(area.x0, area.y0), (area.x1, area.y0), (area.x0, area.y1), (area.x1, area.y1)] {
            let Point { x, y } = self.point(x, y);
            bounds.add(x, y);
        }
        bounds
    }
}

/// An upright rectangle in points; empty if an end lies before its start.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Left.
    pub x0: f64,
    /// Lower.
    pub y0: f64,
    /// Right.
    pub x1: f64,
    /// Upper.
    pub y1: f64,
}

impl Rect {
    /// Contains no point, and grows by [`Rect::add`].
    pub const NOTHING: Self =
        Self { x0: f64::INFINITY, y0: f64::INFINITY, x1: f64::NEG_INFINITY, y1: f64::NEG_INFINITY };
    /// Contains every point.
    pub const EVERYTHING: Self =
        Self { x0: f64::NEG_INFINITY, y0: f64::NEG_INFINITY, x1: f64::INFINITY, y1: f64::INFINITY };
    /// The square that images and soft masks are drawn in.
    pub const UNIT: Self = Self { x0: 0.0, y0: 0.0, x1: 1.0, y1: 1.0 };

    /// Of the four numbers that a rectangle is written with; none of any other number of them.
    #[must_use]
    pub fn read(numbers: &[f64]) -> Option<Self> {
        match *numbers {
            [a, b, c, d] => Some(Self::corners(a, b, c, d)),
            _ => None,
        }
    }

    /// From any two opposite corners.
    #[must_use]
    pub fn corners(a: f64, b: f64, c: f64, d: f64) -> Self {
        Self { x0: a.min(c), y0: b.min(d), x1: a.max(c), y1: b.max(d) }
    }

    /// Takes a point in.
    pub fn add(&mut self, x: f64, y: f64) {
        self.x0 = self.x0.min(x);
        self.y0 = self.y0.min(y);
        self.x1 = self.x1.max(x);
        self.y1 = self.y1.max(y);
    }

    /// What both have.
    #[must_use]
    pub fn both(self, other: Self) -> Self {
        Self {
            x0: self.x0.max(other.x0),
            y0: self.y0.max(other.y0),
            x1: self.x1.min(other.x1),
            y1: self.y1.min(other.y1),
        }
    }

    /// The smallest that holds both.
    #[must_use]
    pub fn joined(self, other: Self) -> Self {
        if other.is_empty() {
            return self;
        }
        let mut bounds = self;
        bounds.add(other.x0, other.y0);
        bounds.add(other.x1, other.y1);
        bounds
    }

    /// How far the edges of `inner` lie within: left, below, right, above.
    #[must_use]
    pub fn margins(self, inner: Self) -> [f64; 4] {
        [inner.x0 - self.x0, inner.y0 - self.y0, self.x1 - inner.x1, self.y1 - inner.y1]
    }

    /// Larger by `by` on each side.
    #[must_use]
    pub fn grown(self, by: f64) -> Self {
        Self { x0: self.x0 - by, y0: self.y0 - by, x1: self.x1 + by, y1: self.y1 + by }
    }

    /// Whether there is no point in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        // written so that a NaN counts as empty
        !(self.x1 >= self.x0 && self.y1 >= self.y0)
    }

    /// Width in points.
    #[must_use]
    pub fn width(self) -> f64 {
        self.x1 - self.x0
    }

    /// Height in points.
    #[must_use]
    pub fn height(self) -> f64 {
        self.y1 - self.y0
    }

    /// Whether `inner` lies within, give or take `slack` points.
    #[must_use]
    pub fn holds(self, inner: Self, slack: f64) -> bool {
        let wide = self.grown(slack);
        inner.x0 >= wide.x0 && inner.y0 >= wide.y0 && inner.x1 <= wide.x1 && inner.y1 <= wide.y1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_those_of_the_axes() {
        let Scales { least, greatest } = Matrix([2.0, 0.0, 0.0, 3.0, 9.0, 9.0]).scales();
        assert!((least - 2.0).abs() < 1e-9 && (greatest - 3.0).abs() < 1e-9, "{least} {greatest}");
        let turned = Matrix([0.0, 2.0, -0.5, 0.0, 0.0, 0.0]);
        let Scales { least, greatest } = turned.scales();
        assert!((least - 0.5).abs() < 1e-9 && (greatest - 2.0).abs() < 1e-9, "{least} {greatest}");
        assert!(turned.keeps_upright());
    }

    #[test]
    fn then_applies_the_inner_first() {
        let grown = Matrix([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
        let moved = Matrix([1.0, 0.0, 0.0, 1.0, 10.0, 0.0]);
        assert_eq!(grown.then(moved).point(1.0, 1.0), Point { x: 12.0, y: 2.0 });
        assert_eq!(moved.then(grown).point(1.0, 1.0), Point { x: 22.0, y: 2.0 });
    }

    #[test]
    fn there_and_back_is_no_change() {
        let there = Matrix([2.0, 1.0, -3.0, 0.5, 7.0, 9.0]);
        let Point { x, y } = there.then(there.inverse().expect("it keeps areas")).point(4.0, 5.0);
        assert!((x - 4.0).abs() < 1e-9 && (y - 5.0).abs() < 1e-9, "{x} {y}");
        assert_eq!(Matrix([1.0, 1.0, 1.0, 1.0, 0.0, 0.0]).inverse(), None);
    }

    #[test]
    fn nothing_is_empty_and_nan_too() {
        assert!(Rect::NOTHING.is_empty());
        assert!(Rect { x0: f64::NAN, ..Rect::UNIT }.is_empty());
        assert!(!Rect::UNIT.is_empty());
    }
}
