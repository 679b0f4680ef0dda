//! The path that is being built, as its bounds on the page.
//!
//! In: path operators. Out: [`Path`].

use super::geometry::{Matrix, Rect};

/// A path under construction, as its bounds on the page.
#[derive(Debug, Clone)]
pub struct Path {
    /// The bounds.
    pub area: Rect,
    parts: usize,
    corners: usize,
    slanted: bool,
    last: Option<(f64, f64)>,
}

impl Default for Path {
    /// No path.
    fn default() -> Self {
        Self { area: Rect::NOTHING, parts: 0, corners: 0, slanted: false, last: None }
    }
}

impl Path {
    /// `m`.
    pub fn start(&mut self, ctm: Matrix, x: f64, y: f64) {
        let (x, y) = ctm.point(x, y);
        self.parts += 1;
        self.area.add(x, y);
        self.last = Some((x, y));
    }

    /// `l`.
    pub fn line(&mut self, ctm: Matrix, x: f64, y: f64) {
        let (x, y) = ctm.point(x, y);
        if let Some((from_x, from_y)) = self.last {
            self.slanted |= (from_x - x).abs() > 0.01 && (from_y - y).abs() > 0.01;
        }
        self.corners += 1;
        self.area.add(x, y);
        self.last = Some((x, y));
    }

    /// `c`, `v`, `y`: the bounds of the control points hold the curve.
    pub fn curve(&mut self, ctm: Matrix, points: &[f64]) {
        for pair in points.as_chunks::<2>().0 {
            let (x, y) = ctm.point(pair[0], pair[1]);
            self.area.add(x, y);
            self.last = Some((x, y));
        }
        self.slanted = true;
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
