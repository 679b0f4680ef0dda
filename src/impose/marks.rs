//! What belongs on every plate: トンボ at corners and middles, cut and fold marks, register crosses, in
//! /Separation /All (ISO 32000-1, 8.6.6.4), or the one plate of a job in black, drawn outside the bleed.
//!
//! In: a side. Out: operators for its content stream.

use std::fmt::Write as _;

use lopdf::{Document, Object, ObjectId, dictionary};

use super::cells::block;
use crate::model::imposition::{Imposition, Side};
use crate::model::length::Length;
use crate::model::sheet::SheetRect;
use crate::pdf::objects::coordinate;

/// Thinner lines vanish on some plates (printers ask for 0.25 pt or more).
const LINE: f64 = 0.3;
const MARK_MM: f64 = 10.0;
/// Between the end of the bleed and a mark, so that no part of a line's width lies on the page.
const CLEAR_MM: f64 = 0.2;
/// From the edge of the sheet.
const MARGIN_MM: f64 = 0.5;

/// The plates that marks stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MarkedPlates {
    /// Every plate that there is, whatever its ink.
    All,
    /// The one plate of a job in black: a program that shows sheets without plates must not show other inks.
    Black,
}

/// The colour of the marks as a shared object.
pub(super) fn registration(document: &mut Document, plates: MarkedPlates) -> ObjectId {
    let (name, most) = match plates {
        MarkedPlates::All => ("All", [1, 1, 1, 1]),
        MarkedPlates::Black => ("Black", [0, 0, 0, 1]),
    };
    let tint = document.add_object(dictionary! {
        "FunctionType" => 2,
        "Domain" => vec![0.into(), 1.into()],
        "C0" => vec![0.into(), 0.into(), 0.into(), 0.into()],
        "C1" => most.map(Object::Integer).to_vec(),
        "N" => 1,
    });
    document.add_object(vec!["Separation".into(), name.into(), "DeviceCMYK".into(), tint.into()])
}

/// Which edge of the block a mark stands at.
#[derive(Clone, Copy, PartialEq)]
enum Edge {
    Left,
    Right,
    Bottom,
    Top,
}

const EDGES: [Edge; 4] = [Edge::Left, Edge::Right, Edge::Bottom, Edge::Top];

struct Pen<'a> {
    block: SheetRect,
    imposition: &'a Imposition,
    text: String,
}

impl Pen<'_> {
    /// Room between the bleed and the edge of the sheet.
    fn room(&self, edge: Edge) -> Length {
        let sheet = self.imposition.sheet;
        let free = match edge {
            Edge::Left => self.block.left,
            Edge::Right => sheet.width - self.block.right(),
            Edge::Bottom => self.block.bottom,
            Edge::Top => sheet.height - self.block.top(),
        };
        free - self.imposition.bleed - Length::mm(MARGIN_MM)
    }

    /// The point at `along` the edge, `out` beyond the bleed.
    fn point(&self, edge: Edge, along: Length, out: Length) -> (f64, f64) {
        let out = out + self.imposition.bleed;
        let (x, y) = match edge {
            Edge::Left => (self.block.left - out, along),
            Edge::Right => (self.block.right() + out, along),
            Edge::Bottom => (along, self.block.bottom - out),
            Edge::Top => (along, self.block.top() + out),
        };
        (x.to_pt(), y.to_pt())
    }

    fn line(&mut self, from: (f64, f64), to: (f64, f64)) {
        let [a, b, c, d] = [from.0, from.1, to.0, to.1].map(coordinate);
        let _ = writeln!(self.text, "{a} {b} m {c} {d} l S");
    }

    /// A line outwards, as long as there is room.
    fn outward(&mut self, edge: Edge, along: Length, to: Length) {
        let from = Length::mm(CLEAR_MM);
        let to = to.min(self.room(edge));
        if to > from + Length::mm(0.5) {
            self.line(self.point(edge, along, from), self.point(edge, along, to));
        }
    }

    fn dashed(&mut self, edge: Edge, along: Length) {
        self.text.push_str("[4 2] 0 d\n");
        self.outward(edge, along, Length::mm(MARK_MM));
        self.text.push_str("[] 0 d\n");
    }

    /// A line across and one outwards: the middle of the block.
    fn centre(&mut self, edge: Edge, along: Length, folded: bool) {
        if !folded {
            self.outward(edge, along, Length::mm(MARK_MM));
        }
        let out = Length::mm(3.0).min(self.room(edge));
        if out > Length::mm(1.0) {
            let half = Length::mm(6.0);
            self.line(self.point(edge, along - half, out), self.point(edge, along + half, out));
        }
    }

    /// A circle with a cross.
    fn register(&mut self, edge: Edge, along: Length) {
        let room = self.room(edge);
        let radius = Length::mm(1.5);
        if room < Length::mm(5.0) {
            return;
        }
        let (x, y) = self.point(edge, along, (room - Length::mm(2.5)).min(Length::mm(6.0)));
        let (r, arm) = (radius.to_pt(), radius.to_pt() * 5.0 / 3.0);
        self.line((x - arm, y), (x + arm, y));
        self.line((x, y - arm), (x, y + arm));
        // a circle of four Bézier curves: each from a point of the compass to the next
        let pull = r * 0.552_284_75;
        let compass = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0), (1.0, 0.0)];
        let _ = write!(self.text, "{} {} m ", coordinate(x + r), coordinate(y));
        for pair in compass.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            for (dx, dy) in [
                (from.0 * r + to.0 * pull, from.1 * r + to.1 * pull),
                (to.0 * r + from.0 * pull, to.1 * r + from.1 * pull),
                (to.0 * r, to.1 * r),
            ] {
                let _ = write!(self.text, "{} {} ", coordinate(x + dx), coordinate(y + dy));
            }
            self.text.push_str("c ");
        }
        self.text.push_str("s\n");
    }
}

/// Draws the marks of a side.
pub(super) fn draw(side: &Side, imposition: &Imposition) -> String {
    let Some(block) = block(side) else { return String::new() };
    let mut pen = Pen { block, imposition, text: format!("q /All CS 1 SCN {LINE} w\n") };
    let bleed = imposition.bleed;
    for edge in EDGES {
        let upright = matches!(edge, Edge::Bottom | Edge::Top);
        let (low, high, folds) = if upright {
            (block.left, block.right(), &side.upright_folds)
        } else {
            (block.bottom, block.top(), &side.level_folds)
        };
        // corners: finished size and bleed, side by side
        for along in [low, high, low - bleed, high + bleed] {
            pen.outward(edge, along, Length::mm(MARK_MM));
        }
        // cuts between pages; an edge on a fold is not cut
        for along in inner_edges(side, upright, low, high) {
            if !near(folds, along) {
                pen.outward(edge, along, Length::mm(MARK_MM * 0.6));
            }
        }
        for fold in folds {
            pen.dashed(edge, *fold);
        }
        let middle = (low + high) * 0.5;
        pen.centre(edge, middle, near(folds, middle));
        pen.register(edge, low + (high - low) * 0.25);
        pen.register(edge, low + (high - low) * 0.75);
    }
    pen.text.push_str("Q\n");
    pen.text
}

fn near(lines: &[Length], at: Length) -> bool {
    lines.iter().any(|line| (*line - at).abs() < Length::mm(0.05))
}

/// Edges of pages inside the block, once each.
fn inner_edges(side: &Side, upright: bool, low: Length, high: Length) -> Vec<Length> {
    let mut edges: Vec<Length> = Vec::new();
    for one in &side.placements {
        let cell = one.cell;
        let pair = if upright { [cell.left, cell.right()] } else { [cell.bottom, cell.top()] };
        for at in pair {
            if !near(&edges, at) && !near(&[low, high], at) {
                edges.push(at);
            }
        }
    }
    edges
}
