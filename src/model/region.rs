//! A place on a trimmed page as people measure it: from its upper left corner, to the right and down.
//!
//! In: frames of typesetting, findings of preflight. Out: [`Region`].

use serde::{Deserialize, Serialize};

use super::length::Length;

/// A rectangle on a page; negative where it begins in the bleed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Region {
    /// From the left edge of the trimmed page.
    pub x: Length,
    /// From its upper edge.
    pub y: Length,
    /// Width.
    pub width: Length,
    /// Height.
    pub height: Length,
}

/// A point on a page, from the upper left corner of what is trimmed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PagePoint {
    /// To the right, in points.
    pub x: f64,
    /// Down, in points.
    pub y: f64,
}

impl Region {
    /// The place of a page within itself.
    #[must_use]
    pub fn page(width: Length, height: Length) -> Self {
        Self { x: Length::ZERO, y: Length::ZERO, width, height }
    }

    /// The middle.
    #[must_use]
    pub fn middle(&self) -> PagePoint {
        let (x, y) = (self.x.to_pt(), self.y.to_pt());
        PagePoint { x: x + self.width.to_pt() / 2.0, y: y + self.height.to_pt() / 2.0 }
    }

    /// Whether a point lies in it; its edges count.
    #[must_use]
    pub fn holds(&self, point: PagePoint) -> bool {
        let (left, top) = (self.x.to_pt(), self.y.to_pt());
        let is_across = (left..=left + self.width.to_pt()).contains(&point.x);
        is_across && (top..=top + self.height.to_pt()).contains(&point.y)
    }

    /// Square points.
    #[must_use]
    pub fn size(&self) -> f64 {
        self.width.to_pt() * self.height.to_pt()
    }
}
