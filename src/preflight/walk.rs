//! Walks what is painted: pages, and in them forms, patterns, soft masks and the characters of Type 3 fonts.
//!
//! In: a page of a document. Out: each painted thing, given to the rules ([`Judge`]) with its place on the page.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::content::Operation;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::finding::Finding;
use super::image::PaintedImage;
use super::paint::Judge;
use super::painted::{Outline, PaintKind, Painted};
use crate::diagnostic::Code;
use crate::pdf::colour::{Colour, Tiling};
use crate::pdf::colour_space::{Space, Spaces};
use crate::pdf::content::operations;
use crate::pdf::font::PageFonts;
use crate::pdf::geometry::{Matrix, Rect};
use crate::pdf::graphics_state::{ClipShape, GraphicsState, Scope, Step};
use crate::pdf::objects::{
    dictionary, dictionary_of, matrix, name, name_of, numbers_of, rectangle, resolved, value,
};
use crate::pdf::operators::{Brush, Op, Painting};
use crate::pdf::page::PageContent;
use crate::pdf::reading::{Budget, LARGEST_CONTENT, unpacked};
use crate::press::profile::PdfxLevel;
use crate::say;

/// A path that is no wider, in points, is one straight line.
const FLAT: f64 = 0.01;
/// Forms in forms: deeper is broken.
const DEEPEST: usize = 24;

/// What is remembered from page to page.
#[derive(Debug, Default)]
pub struct Known<'d> {
    pub(super) fonts: PageFonts<'d>,
    pub(super) spaces: Spaces,
    images: HashMap<ObjectId, Rc<PaintedImage>>,
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
            self.broken("a stream that cannot be unpacked");
        }
        let state = GraphicsState::new(Matrix::IDENTITY, self.judge.boxes.media, ());
        let walked = self.content(&content.bytes, resources, state).and_then(|()| self.appearances(page));
        if walked.is_err() {
            self.judge.report(too_much(), None);
        }
        self.judge
    }

    pub(super) fn broken(&mut self, why: &str) {
        // what cannot be read may be anything: its page is not called blank
        self.judge.has_content = true;
        let what = say!(
            "ページの中身に、読めないところがあります。",
            "The content of the page cannot be read to the end."
        );
        self.judge.report(Finding::error(Code::ContentBroken, what).found(say!("{why}", "{why}")), None);
    }

    /// Walks a content stream.
    pub(super) fn content(
        &mut self,
        bytes: &[u8],
        resources: Option<&'d Dictionary>,
        state: GraphicsState<'d>,
    ) -> Result<(), Spent> {
        if self.depth >= DEEPEST {
            self.broken("forms within forms without end");
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
                self.broken("characters that are no operator");
                continue;
            };
            self.operation(&mut scope, &operation)?;
        }
        if scope.depth() > 0 {
            self.broken("q without Q");
        }
        self.depth -= 1;
        Ok(())
    }

    fn operation(&mut self, scope: &mut Scope<'d>, operation: &Operation) -> Result<(), Spent> {
        let op = Op::read(operation);
        self.defaults(scope, &op);
        match scope.apply(&op) {
            Step::Done => return Ok(()),
            Step::NothingSaved => self.broken("Q without q"),
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
                    None => Rc::new(Space::Broken("no name")),
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
                self.broken(&format!("{operator} ({} operands)", operation.operands.len()));
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
        let width = state.line_width * state.ctm.scales().0;
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
            return Colour::flat(Rc::new(Space::Broken("a pattern that the resources do not have")), None);
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
            None => Colour::flat(Rc::new(Space::Broken("a pattern that is none")), None),
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

    fn external(&mut self, scope: &Scope<'d>, wanted: &[u8]) -> Result<(), Spent> {
        let Some(object) = scope.resource(self.doc, b"XObject", wanted) else {
            self.broken("a form or image that the resources do not have");
            return Ok(());
        };
        let Some(Object::Stream(stream)) = resolved(self.doc, object) else {
            self.broken("a form or image that is not there");
            return Ok(());
        };
        match name(self.doc, &stream.dict, b"Subtype") {
            Some(b"Image") => {
                let image = self.image(object, stream, scope.resources);
                self.show_image(scope, &image)
            }
            Some(b"Form") => {
                self.form(&scope.state.clone(), object.as_reference().ok(), stream, scope.resources)
            }
            Some(b"PS") => {
                self.postscript();
                Ok(())
            }
            _ => {
                self.broken("neither form nor image");
                Ok(())
            }
        }
    }

    /// Walks a form within `state`.
    pub(super) fn form(
        &mut self,
        state: &GraphicsState<'d>,
        id: Option<ObjectId>,
        form: &'d Stream,
        resources: Option<&'d Dictionary>,
    ) -> Result<(), Spent> {
        if id.is_some_and(|id| self.open.contains(&id)) {
            self.broken("a form within itself");
            return Ok(());
        }
        if form.dict.has(b"PS")
            || form.dict.has(b"OPI")
            || name(self.doc, &form.dict, b"Subtype2") == Some(b"PS")
        {
            self.postscript();
        }
        let resources = dictionary(self.doc, &form.dict, b"Resources").or(resources);
        let mut inner = state.clone();
        inner.ctm = matrix(self.doc, &form.dict, b"Matrix").then(state.ctm);
        if let Some(bounds) = rectangle(self.doc, &form.dict, b"BBox") {
            inner.clip = inner.clip.both(inner.ctm.rect(bounds));
        }
        if let Some(group) = dictionary(self.doc, &form.dict, b"Group") {
            self.group(group, resources, Some(inner.clip));
        }
        let Some(bytes) = unpacked(form, LARGEST_CONTENT) else {
            self.broken("a form that cannot be unpacked");
            return Ok(());
        };
        self.within(id, |walk| walk.content(&bytes, resources, inner))
    }

    /// Judges a transparency group.
    fn group(&mut self, group: &'d Dictionary, resources: Option<&'d Dictionary>, area: Option<Rect>) {
        if name(self.doc, group, b"S") != Some(b"Transparency") {
            return;
        }
        if self.judge.profile.level == PdfxLevel::X1a {
            self.judge.transparency("transparency group", area);
        }
        let Ok(object) = group.get(b"CS") else { return };
        let space = self.known.spaces.read(self.doc, object, resources);
        if !matches!(*space, Space::Cmyk { .. } | Space::Gray) {
            let what = say!(
                "透明がRGBなどの色で合成されます。刷ると色が変わります。",
                "Transparency is blended in a colour space that is not the press's: colours change."
            );
            let found = match &*space {
                Space::Foreign(foreign) => foreign.name(),
                _ => "not CMYK",
            };
            let finding = Finding::error(Code::BlendSpace, what)
                .found(say!("{found}", "{found}"))
                .allowed(say!("DeviceCMYK", "DeviceCMYK"));
            self.judge.report(finding, area);
        }
    }

    fn image(
        &mut self,
        object: &Object,
        stream: &Stream,
        resources: Option<&Dictionary>,
    ) -> Rc<PaintedImage> {
        let id = object.as_reference().ok();
        if let Some(known) = id.and_then(|id| self.known.images.get(&id)) {
            return Rc::clone(known);
        }
        let image = Rc::new(PaintedImage::read(self.doc, stream, resources));
        let _ = self.budget.spend_bytes(stream.content.len());
        if let Some(id) = id {
            self.known.images.insert(id, Rc::clone(&image));
        }
        image
    }

    fn inline_image(&mut self, scope: &Scope<'d>, image: Option<&Stream>) -> Result<(), Spent> {
        let Some(stream) = image else {
            let what = say!(
                "ページに直接書かれた画像で、調べられないものがあります。",
                "An inline image cannot be judged."
            );
            self.judge.report(
                Finding::warning(Code::PressImageBroken, what)
                    .allowed(say!("外部の画像（XObject）", "an image XObject")),
                None,
            );
            return Ok(());
        };
        let image = PaintedImage::read(self.doc, stream, scope.resources);
        self.show_image(scope, &image)
    }

    fn show_image(&mut self, scope: &Scope<'d>, image: &PaintedImage) -> Result<(), Spent> {
        let state = &scope.state;
        let area = state.ctm.rect(Rect::UNIT).both(state.clip);
        if area.is_empty() {
            return Ok(());
        }
        let [a, b, c, d, ..] = state.ctm.0;
        let (space, inks, overprint) = match &image.space {
            Some(space) => (Some(space), None, false),
            // a mask is painted in the current colour, and overprints as fills do
            None => (Some(&*state.fill.space), state.fill.inks.as_ref(), state.overprint_fill),
        };
        let upright = state.ctm.keeps_upright();
        let kind = PaintKind::Image { upright };
        let outline =
            if upright && state.clip_shape == ClipShape::Upright { Outline::Bounds } else { Outline::Odd };
        let blend = state.fill_blend;
        let inks = inks.or(image.most.as_ref());
        self.judge.painted(Painted { kind, area, outline, space, inks, overprint, blend });
        self.judge.image(image, (a.hypot(b), c.hypot(d)), area);
        if image.space.is_none() { self.tiles(&state.fill, area) } else { Ok(()) }
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
