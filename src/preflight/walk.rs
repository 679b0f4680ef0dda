//! Walks what is painted: pages, and in them forms, patterns, soft masks and the characters of Type 3 fonts.
//!
//! In: a page of a document. Out: each painted thing, given to the rules ([`Judge`]) with its place on the page.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::content::Operation;
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::fault::ContentFault;
use super::finding::Finding;
use super::image::PaintedImage;
use super::paint::Judge;
use super::painted::{Outline, PaintKind, Painted};
use crate::diagnostic::Code;
use crate::pdf::colour::{Colour, Tiling};
use crate::pdf::colour_space::{Space, Spaces};
use crate::pdf::content::operations;
use crate::pdf::font::PageFonts;
use crate::pdf::geometry::Matrix;
use crate::pdf::graphics_state::{ClipShape, GraphicsState};
use crate::pdf::objects::{dictionary, dictionary_of, name_of, numbers_of, resolved, value};
use crate::pdf::operators::{Brush, Op, Painting};
use crate::pdf::page::PageContent;
use crate::pdf::reading::Budget;
use crate::pdf::scope::{Scope, Step};
use crate::pdf::space_fault::SpaceDefect;
use crate::say;

/// A path that is no wider, in points, is one straight line.
const FLAT: f64 = 0.01;
/// How deep forms may lie in each other; deeper ones are broken.
const DEEPEST: usize = 24;

/// What is remembered from page to page.
#[derive(Debug, Default)]
pub struct Known<'d> {
    pub(super) fonts: PageFonts<'d>,
    pub(super) spaces: Spaces,
    pub(super) images: HashMap<ObjectId, Rc<PaintedImage>>,
}

/// The walk over one page.
pub struct Walk<'d, 'r> {
    pub(super) doc: &'d Document,
    pub(super) known: &'r mut Known<'d>,
    pub(super) budget: &'r mut Budget,
    pub(super) judge: Judge<'r>,
    /// The streams that are being walked, so that none is entered from within itself.
    pub(super) open: Vec<ObjectId>,
    /// Patterns and characters that this page has shown already.
    pub(super) shown: HashMap<ObjectId, Vec<Shown<'d>>>,
    depth: usize,
}

/// What a pattern or a character was walked for: once for each is enough.
#[derive(Debug)]
pub(super) struct Shown<'d> {
    pub(super) in_mask: bool,
    pub(super) is_held: bool,
    pub(super) colours: Option<[Colour<'d>; 2]>,
}

/// Why a stream is no further walked.
pub(super) struct Spent;

impl<'d, 'r> Walk<'d, 'r> {
    /// A walk over the page that `judge` knows.
    pub fn new(
        doc: &'d Document,
        known: &'r mut Known<'d>,
        budget: &'r mut Budget,
        judge: Judge<'r>,
    ) -> Self {
        Self { doc, known, budget, judge, open: Vec::new(), shown: HashMap::new(), depth: 0 }
    }

    /// Walks the page. Gives the judge back.
    pub fn page(mut self, page: &'d Dictionary, resources: Option<&'d Dictionary>) -> Judge<'r> {
        if let Some(group) = dictionary(self.doc, page, b"Group") {
            self.group(group, resources, None);
        }
        let content = PageContent::read(self.doc, page);
        for _ in 0..content.unread {
            self.broken(&ContentFault::StreamPacked);
        }
        let state = GraphicsState::new(Matrix::IDENTITY, self.judge.boxes.media, ());
        let walked = self.content(&content.bytes, resources, state).and_then(|()| self.appearances(page));
        if walked.is_err() {
            self.judge.report(too_much(), None);
        }
        self.judge
    }

    /// Tells of what cannot be read.
    pub(super) fn broken(&mut self, why: &ContentFault) {
        // what cannot be read may be anything: its page is not called blank
        self.judge.has_content = true;
        let what = say!(
            "ページの中身に、読めないところがあります。",
            "The content of the page cannot be read to the end."
        );
        self.judge.report(Finding::error(Code::ContentBroken, what).found(why.say()), None);
    }

    /// Walks a content stream.
    pub(super) fn content(
        &mut self,
        bytes: &[u8],
        resources: Option<&'d Dictionary>,
        state: GraphicsState<'d>,
    ) -> Result<(), Spent> {
        if self.depth >= DEEPEST {
            self.broken(&ContentFault::EndlessForms);
            return Ok(());
        }
        if !self.budget.spend_bytes(bytes.len()) {
            return Err(Spent);
        }
        self.depth += 1;
        let mut scope = Scope::new(state, resources);
        for operation in operations(bytes) {
            if !self.budget.spend_operations(1) {
                return Err(Spent);
            }
            let Ok(operation) = operation else {
                self.broken(&ContentFault::NoOperator);
                continue;
            };
            self.operation(&mut scope, &operation)?;
        }
        if scope.depth() > 0 {
            self.broken(&ContentFault::NotRestored);
        }
        self.depth -= 1;
        Ok(())
    }

    fn operation(&mut self, scope: &mut Scope<'d>, operation: &Operation) -> Result<(), Spent> {
        let op = Op::read(operation);
        self.defaults(scope, &op);
        match scope.apply(&op) {
            Step::Done => return Ok(()),
            Step::NothingSaved => self.broken(&ContentFault::NotSaved),
            Step::TooManySaved => return Err(Spent),
            Step::Open => {}
        }
        match op {
            Op::Paint(painting) => self.paint_path(scope, painting)?,
            Op::Show(showing) => self.show(scope, showing.parts)?,
            Op::Font(name, size) => self.set_font(scope, name, size),
            Op::GraphicsState(name) => self.graphics_state(scope, name)?,
            Op::Space(brush, object) => {
                let space = match object {
                    Some(object) => self.known.spaces.read(self.doc, object, scope.resources),
                    None => Rc::new(Space::Broken(SpaceDefect::NoName)),
                };
                scope.set_space(brush, space);
            }
            Op::Colour(brush, operands) => {
                let colour = self.colour(scope, brush, operands);
                scope.state.set_colour(brush, colour);
            }
            Op::Shade(name) => self.shading_fill(scope, name),
            Op::Draw(name) => self.external(scope, name)?,
            Op::InlineImage(image) => self.inline_image(scope, image)?,
            Op::PostScript => self.postscript(),
            Op::Unknown if !scope.is_lenient() => {
                let operator: String = operation.operator.chars().take(20).collect();
                self.broken(&ContentFault::UnknownOperator(operator, operation.operands.len()));
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether a colour of a device is set that the resources replace (ISO 32000-1, 8.6.5.6).
    fn defaults(&mut self, scope: &Scope<'d>, op: &Op<'_>) {
        let name = match op {
            Op::Gray(..) => "DefaultGray",
            Op::Cmyk(..) => "DefaultCMYK",
            Op::Space(_, Some(object)) => match name_of(object) {
                Some(b"DeviceGray") => "DefaultGray",
                Some(b"DeviceCMYK") => "DefaultCMYK",
                _ => return,
            },
            _ => return,
        };
        let Some(object) = scope.resource(self.doc, b"ColorSpace", name.as_bytes()) else { return };
        let space = self.known.spaces.read(self.doc, object, scope.resources);
        let is_same = match &*space {
            Space::Gray | Space::Cmyk { profile: None } => true,
            Space::Cmyk { profile } => *profile == self.judge.press,
            _ => false,
        };
        if !is_same {
            self.judge.replaced(name);
        }
    }

    pub(super) fn postscript(&mut self) {
        let what = say!("PostScriptが入っています。", "There is PostScript in the file.");
        self.judge.report(Finding::error(Code::PostScript, what), None);
    }

    fn paint_path(&mut self, scope: &mut Scope<'d>, painting: Painting) -> Result<(), Spent> {
        let state = &scope.state;
        let (bounds, rectangle) = (scope.path.area, scope.path.is_rectangle());
        let outline = |half_line: f64| match state.clip_shape {
            ClipShape::Odd => Outline::Odd,
            ClipShape::Upright if rectangle && half_line <= 0.0 => Outline::Bounds,
            ClipShape::Upright => Outline::Path(&scope.path, half_line),
        };
        if painting.fill.is_some() && !bounds.both(state.clip).is_empty() {
            let area = bounds.both(state.clip);
            self.judge.painted(Painted {
                kind: PaintKind::Fill { rectangle },
                area,
                outline: outline(0.0),
                space: Some(&state.fill.space),
                inks: state.fill.inks.as_ref(),
                overprint: state.overprint_fill,
                blend: state.fill_blend,
            });
            self.tiles(&state.fill, area)?;
        }
        let width = state.line_width * state.ctm.scales().least;
        let around = bounds.grown(width / 2.0).both(state.clip);
        if painting.stroke && !bounds.is_empty() && !around.is_empty() {
            self.judge.painted(Painted {
                kind: PaintKind::Stroke(width),
                area: around,
                outline: outline(width / 2.0),
                space: Some(&state.stroke.space),
                inks: state.stroke.inks.as_ref(),
                overprint: state.overprint_stroke,
                blend: state.stroke_blend,
            });
            if rectangle || bounds.width() <= FLAT || bounds.height() <= FLAT {
                self.judge.frame(bounds, width, around);
            }
            self.tiles(&state.stroke, around)?;
        }
        scope.end_path();
        if self.budget.is_page_spent() { Err(Spent) } else { Ok(()) }
    }

    fn colour(&mut self, scope: &Scope<'d>, brush: Brush, operands: &[Object]) -> Colour<'d> {
        let space = Rc::clone(&scope.state.colour(brush).space);
        let values = numbers_of(operands);
        let Some(pattern) = operands.last().and_then(name_of) else {
            return Colour::of(space, &values);
        };
        let Some(object) = scope.resource(self.doc, b"Pattern", pattern) else {
            return Colour::flat(Rc::new(Space::Broken(SpaceDefect::MissingPattern)), None);
        };
        let shading = resolved(self.doc, object)
            .and_then(dictionary_of)
            .and_then(|pattern| value(self.doc, pattern, b"Shading"))
            .and_then(dictionary_of);
        if let Some(shading) = shading {
            // a shading's own space is what is painted with it
            let (space, inks) = self.shading(shading, scope.resources);
            return Colour::flat(space, inks);
        }
        // a cell without colours of its own takes the one that stands before the name
        let base = match &*space {
            Space::Pattern(Some(base)) => Some(Colour::of(Rc::new((**base).clone()), &values)),
            _ => None,
        };
        let inks = base.as_ref().and_then(|base| base.inks.clone());
        match Tiling::read(self.doc, object, scope.resources, scope.base, base) {
            Some(tiling) => Colour { space, inks, tiling: Some(Rc::new(tiling)) },
            None => Colour::flat(Rc::new(Space::Broken(SpaceDefect::NoPattern)), None),
        }
    }

    /// Runs `work` while the stream `id` counts as open.
    pub(super) fn within<T>(&mut self, id: Option<ObjectId>, work: impl FnOnce(&mut Self) -> T) -> T {
        self.open.extend(id);
        let result = work(self);
        if id.is_some() {
            self.open.pop();
        }
        result
    }
}

/// The finding of a file that is worth no more work.
pub(super) fn too_much() -> Finding {
    let what = say!(
        "中身がふくらみすぎて、調べきれません（入れ子の図形、圧縮されたデータ）。",
        "The content unpacks to more than can be judged (forms in forms, compressed data)."
    );
    Finding::error(Code::PdfTooMuch, what)
}
