//! A content stream while it is walked: its graphics state and the one stack that keeps it, the path that is being built, the
//! text matrices (ISO 32000-1, 8.4 and 9.4).
//!
//! In: operators ([`Op`]), one by one. Out: what is left to do for the walker ([`Step`]), and how far text reaches.

use std::rc::Rc;

use lopdf::{Dictionary, Document, Object};

use super::colour::Colour;
use super::colour_space::Space;
use super::font::Font;
use super::geometry::{Matrix, Rect};
use super::graphics_state::{ClipShape, GraphicsState};
use super::objects::{dictionary_of, number_of, resolved, resource};
use super::operators::{Brush, Op, Showing};
use super::path::Path;
use super::space_fault::Foreign;

/// The most saved states of one stream; one with more is broken.
const MOST_SAVED: usize = 4_096;

/// What is left to do when a [`Scope`] has applied an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing: it changed the state alone.
    Done,
    /// It paints, marks, or asks for resources: that is for the walker.
    Open,
    /// `Q` where nothing is saved.
    NothingSaved,
    /// `q` once too often: the stream is worth no more work.
    TooManySaved,
}

/// A content stream being walked: its state, what is saved, the path, the text matrices, its resources.
#[derive(Debug)]
pub struct Scope<'d, Own = ()> {
    /// The state.
    pub state: GraphicsState<'d, Own>,
    saved: Vec<GraphicsState<'d, Own>>,
    /// The path that is being built.
    pub path: Path,
    clip_next: bool,
    /// Where the next character stands.
    pub text_matrix: Matrix,
    line_matrix: Matrix,
    lenient: usize,
    /// What its names stand for.
    pub resources: Option<&'d Dictionary>,
    /// From the space in which the stream begins to the page: patterns lie in it.
    pub base: Matrix,
}

/// Text as far as geometry goes.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    /// From text space to the page, where the text begins.
    pub whole: Matrix,
    /// Its bounds on the page, from the foot of a g to the head of an l; what the clip leaves of them.
    pub area: Rect,
    /// The size on the page, in points.
    pub size: f64,
    /// Characters that are no word space.
    pub shown: usize,
    /// Characters that the font does not have.
    pub missing: usize,
}

impl<'d, Own: Clone> Scope<'d, Own> {
    /// A stream that is entered with `state`.
    #[must_use]
    pub fn new(state: GraphicsState<'d, Own>, resources: Option<&'d Dictionary>) -> Self {
        Self {
            base: state.ctm,
            state,
            saved: Vec::new(),
            path: Path::default(),
            clip_next: false,
            text_matrix: Matrix::IDENTITY,
            line_matrix: Matrix::IDENTITY,
            lenient: 0,
            resources,
        }
    }

    /// How many states are saved.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.saved.len()
    }

    /// Whether operators that are not known are passed over.
    #[must_use]
    pub fn is_lenient(&self) -> bool {
        self.lenient > 0
    }

    /// Applies an operation to the state.
    pub fn apply(&mut self, op: &Op<'_>) -> Step {
        let state = &mut self.state;
        let ctm = state.ctm;
        match *op {
            Op::Save if self.saved.len() >= MOST_SAVED => return Step::TooManySaved,
            Op::Save => self.saved.push(state.clone()),
            Op::Restore => match self.saved.pop() {
                Some(saved) => self.state = saved,
                None => return Step::NothingSaved,
            },
            Op::Concat(matrix) => state.ctm = matrix.then(ctm),
            Op::LineWidth(width) => state.line_width = width.abs(),
            Op::Move([x, y]) => self.path.start(ctm, x, y),
            Op::Line([x, y]) => self.path.line(ctm, x, y),
            Op::Curve(points) => self.path.curve(ctm, &points),
            Op::ShortCurve(points) => self.path.curve(ctm, &points),
            Op::Rectangle(sides) => self.path.rectangle(ctm, sides),
            Op::Clip(_) => self.clip_next = true,
            Op::Gray(brush, gray) => state.set_colour(brush, Colour::of(Rc::new(Space::Gray), &[gray])),
            Op::Rgb(brush, rgb) => {
                state.set_colour(brush, Colour::of(Rc::new(Space::Foreign(Foreign::DeviceRgb)), &rgb));
            }
            Op::Cmyk(brush, inks) => {
                state.set_colour(brush, Colour::of(Rc::new(Space::Cmyk { profile: None }), &inks));
            }
            Op::BeginText => (self.text_matrix, self.line_matrix) = (Matrix::IDENTITY, Matrix::IDENTITY),
            Op::CharacterSpace(space) => state.text.character_space = space,
            Op::WordSpace(space) => state.text.word_space = space,
            Op::Stretch(per_cent) => state.text.stretch = per_cent / 100.0,
            Op::Leading(leading) => state.text.leading = leading,
            Op::Rise(rise) => state.text.rise = rise,
            Op::RenderMode(mode) => state.text.mode = mode,
            Op::MoveLine([x, y]) => self.next_line(x, y),
            Op::MoveLineAndLead([x, y]) => {
                state.text.leading = -y;
                self.next_line(x, y);
            }
            Op::TextMatrix(matrix) => (self.text_matrix, self.line_matrix) = (matrix, matrix),
            Op::NextLine => self.next_line(0.0, -self.state.text.leading),
            Op::Show(Showing { next_line, spaces, .. }) => {
                if let Some([word, character]) = spaces {
                    (state.text.word_space, state.text.character_space) = (word, character);
                }
                if next_line {
                    self.next_line(0.0, -self.state.text.leading);
                }
                return Step::Open;
            }
            Op::BeginCompatibility => self.lenient += 1,
            Op::EndCompatibility => self.lenient = self.lenient.saturating_sub(1),
            Op::Close | Op::Neutral => {}
            Op::GraphicsState(_)
            | Op::Paint(_)
            | Op::Space(..)
            | Op::Colour(..)
            | Op::Shade(_)
            | Op::Draw(_)
            | Op::InlineImage(_)
            | Op::Font(..)
            | Op::BeginMarked(..)
            | Op::EndMarked
            | Op::PostScript
            | Op::Unknown => return Step::Open,
        }
        Step::Done
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line_matrix = Matrix::shift(x, y).then(self.line_matrix);
        self.text_matrix = self.line_matrix;
    }

    /// What the resources call `name` among those of one `kind`.
    #[must_use]
    pub fn resource(&self, doc: &'d Document, kind: &[u8], name: &[u8]) -> Option<&'d Object> {
        resource(doc, self.resources, kind, name)
    }

    /// Applies `gs`; none if there is no such dictionary.
    pub fn graphics_state(&mut self, doc: &'d Document, name: &[u8]) -> Option<&'d Dictionary> {
        let found = resolved(doc, self.resource(doc, b"ExtGState", name)?).and_then(dictionary_of)?;
        self.state.take(doc, found);
        Some(found)
    }

    /// Begins the colours of `space` with its first one (`cs`).
    pub fn set_space(&mut self, brush: Brush, space: Rc<Space>) {
        let inks = space.initial();
        self.state.set_colour(brush, Colour::flat(space, inks));
    }

    /// Ends the path: what was to be the clip is.
    pub fn end_path(&mut self) {
        if self.clip_next {
            self.state.clip = self.state.clip.both(self.path.area);
            if !self.path.is_rectangle() {
                self.state.clip_shape = ClipShape::Odd;
            }
            self.clip_next = false;
        }
        self.path = Path::default();
    }

    /// Moves on behind the text that `parts` show in `font`, and says how far it reached.
    pub fn show(&mut self, font: &Font<'_>, parts: &[Object]) -> Extent {
        let text = &self.state.text;
        let (mut x, mut y, mut missing, mut shown) = (0.0, 0.0, 0, 0_usize);
        // ideographs lie between the foot of a g and the head of an l too
        let (below, above) = (text.rise - 0.1 * text.size, text.rise + 0.8 * text.size);
        let mut bounds = Rect::NOTHING;
        for part in parts {
            if let Object::String(string, _) = part {
                for code in font.codes(string) {
                    let word = if font.is_word_space(code) { text.word_space } else { 0.0 };
                    let width = font.width(code) / 1000.0 * text.size;
                    if let Some(down) = font.vertical_advance(code) {
                        let left = -down.origin_x / 1000.0 * text.size * text.stretch;
                        let base = y - down.origin_y / 1000.0 * text.size;
                        bounds.add(left, base + below);
                        bounds.add(left + width * text.stretch, base + above);
                        y += down.down / 1000.0 * text.size + text.character_space + word;
                    } else {
                        x += (width + text.character_space + word) * text.stretch;
                    }
                    missing += usize::from(font.is_missing(code));
                    shown += usize::from(!font.is_word_space(code));
                }
            } else {
                let moved = number_of(part).unwrap_or(0.0) / 1000.0 * text.size;
                if font.vertical.is_some() {
                    y -= moved;
                } else {
                    x -= moved * text.stretch;
                }
            }
        }
        let whole = self.text_matrix.then(self.state.ctm);
        if font.vertical.is_none() {
            bounds = Rect::corners(0.0, below, x, above);
        }
        let area = if bounds.is_empty() { bounds } else { whole.rect(bounds).both(self.state.clip) };
        let size = text.size.abs() * whole.scales().least;
        self.text_matrix = Matrix::shift(x, y).then(self.text_matrix);
        Extent { whole, area, size, shown, missing }
    }
}

#[cfg(test)]
mod tests {
    use lopdf::content::Content;

    use super::*;

    /// The scope after `content`, which paints nothing.
    fn after(content: &str) -> Scope<'static> {
        let mut scope = Scope::new(GraphicsState::new(Matrix::IDENTITY, Rect::EVERYTHING, ()), None);
        for operation in Content::decode(content.as_bytes()).expect("it can be read").operations {
            let op = Op::read(&operation);
            let step = scope.apply(&op);
            if let Op::Paint(_) = op {
                scope.end_path();
            } else {
                assert_eq!(step, Step::Done, "{operation:?}");
            }
        }
        scope
    }

    #[test]
    fn what_is_saved_comes_back() {
        let scope = after("2 w q 0 0 0 1 k 9 w 2 0 0 2 0 0 cm 0 0 5 5 re W n Q");
        assert!((scope.state.line_width - 2.0).abs() < 1e-9);
        assert_eq!((scope.state.ctm, scope.state.clip), (Matrix::IDENTITY, Rect::EVERYTHING));
        assert_eq!(*scope.state.fill.space, Space::Gray);
        assert_eq!(scope.depth(), 0);
    }

    #[test]
    fn a_clip_holds_from_the_end_of_its_path() {
        let scope = after("2 0 0 2 10 0 cm 0 0 5 6 re W n");
        assert_eq!(scope.state.clip, Rect { x0: 10.0, y0: 0.0, x1: 20.0, y1: 12.0 });
    }

    #[test]
    fn lines_of_text_follow_each_other() {
        let scope = after("BT 12 TL 5 100 Td T* 0 -20 TD T*");
        assert_eq!(scope.text_matrix, Matrix::shift(5.0, 48.0));
    }

    #[test]
    fn too_many_saved_states_end_it() {
        let mut scope = Scope::new(GraphicsState::new(Matrix::IDENTITY, Rect::EVERYTHING, ()), None);
        assert_eq!(scope.apply(&Op::Restore), Step::NothingSaved);
        for _ in 0..MOST_SAVED {
            assert_eq!(scope.apply(&Op::Save), Step::Done);
        }
        assert_eq!(scope.apply(&Op::Save), Step::TooManySaved);
    }
}
