//! Walks what is painted: pages, and in them forms, patterns, soft masks and the characters of Type 3 fonts.
//!
//! In: a page of a document. Out: each painted thing, given to the rules ([`Judge`]) with its place on the page.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::finding::Finding;
use super::image::Image;
use super::paint::{Judge, Kind, Painted};
use super::state::{Colour, Path, State};
use super::tiling::{Shown, Tiling};
use crate::diagnostic::Code;
use crate::pdf::colour_space::{Foreign, Space};
use crate::pdf::font::Font;
use crate::pdf::geometry::{Matrix, Rect};
use crate::pdf::objects::{
    dictionary, dictionary_of, matrix, name, name_of, numbers, rectangle, resolved, value,
};
use crate::pdf::page::PageContent;
use crate::pdf::reading::{Budget, LARGEST_CONTENT, unpacked};
use crate::press::profile::Level;
use crate::say;

/// Forms in forms: deeper is broken.
const DEEPEST: usize = 24;
/// Saved states in one stream: more is broken.
const MOST_STATES: usize = 4_096;

/// What is remembered from page to page.
#[derive(Debug, Default)]
pub struct Known<'d> {
    pub(super) fonts: HashMap<ObjectId, Rc<Font<'d>>>,
    images: HashMap<ObjectId, Rc<Image>>,
    spaces: HashMap<ObjectId, Rc<Space>>,
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

/// Why a stream is no further walked.
pub(super) struct Spent;

/// The state of a stream being walked.
pub(super) struct Scope<'d> {
    pub(super) state: State<'d>,
    saved: Vec<State<'d>>,
    path: Path,
    clip_next: bool,
    /// Where the next character stands.
    pub(super) matrix: Matrix,
    line: Matrix,
    /// Operators that are not known are allowed (`BX`).
    lenient: usize,
    pub(super) resources: Option<&'d Dictionary>,
    /// From the space in which the stream begins to the page: patterns lie in it.
    pub(super) base: Matrix,
}

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
        let state = State::new(Matrix::IDENTITY, self.judge.boxes.media);
        let walked = self.content(&content.bytes, resources, state).and_then(|()| self.appearances(page));
        if walked.is_err() {
            self.judge.report(too_much(), None);
        }
        self.judge
    }

    pub(super) fn broken(&mut self, why: &str) {
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
        state: State<'d>,
    ) -> Result<(), Spent> {
        if self.depth >= DEEPEST {
            self.broken("forms within forms without end");
            return Ok(());
        }
        if !self.budget.spend_bytes(bytes.len()) {
            return Err(Spent);
        }
        self.depth += 1;
        let mut scope = Scope {
            base: state.ctm,
            state,
            saved: Vec::new(),
            path: Path::new(),
            clip_next: false,
            matrix: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            lenient: 0,
            resources,
        };
        for operation in Content::decode_iter(bytes) {
            if !self.budget.spend_operations(1) {
                return Err(Spent);
            }
            let Ok(operation) = operation else {
                self.broken("characters that are no operator");
                break;
            };
            self.operation(&mut scope, &operation)?;
        }
        if !scope.saved.is_empty() {
            self.broken("q without Q");
        }
        self.depth -= 1;
        Ok(())
    }

    fn operation(&mut self, scope: &mut Scope<'d>, operation: &Operation) -> Result<(), Spent> {
        let operands = &operation.operands;
        let values = numbers(self.doc, operands);
        let ctm = scope.state.ctm;
        match (operation.operator.as_str(), values.as_slice()) {
            ("q", _) if scope.saved.len() < MOST_STATES => scope.saved.push(scope.state.clone()),
            ("q", _) => return Err(Spent),
            ("Q", _) => match scope.saved.pop() {
                Some(state) => scope.state = state,
                None => self.broken("Q without q"),
            },
            ("cm", values @ [_, _, _, _, _, _]) => scope.state.ctm = six(values).then(ctm),
            ("w", &[width]) => scope.state.line_width = width.abs(),
            ("gs", _) => self.graphics_state(scope, operands)?,
            ("m", &[x, y]) => scope.path.start(ctm, x, y),
            ("l", &[x, y]) => scope.path.line(ctm, x, y),
            ("c", [_, _, _, _, _, _]) | ("v" | "y", [_, _, _, _]) => scope.path.curve(ctm, &values),
            ("re", &[x, y, width, height]) => scope.path.rectangle(ctm, [x, y, width, height]),
            ("W" | "W*", _) => scope.clip_next = true,
            ("n", _) => Self::end_path(scope),
            ("f" | "F" | "f*", _) => self.paint_path(scope, true, false)?,
            ("S" | "s", _) => self.paint_path(scope, false, true)?,
            ("B" | "B*" | "b" | "b*", _) => self.paint_path(scope, true, true)?,
            ("g", &[gray]) => scope.state.fill = plain(Space::Gray, &[gray]),
            ("G", &[gray]) => scope.state.stroke = plain(Space::Gray, &[gray]),
            ("rg", [_, _, _]) => scope.state.fill = plain(Space::Foreign(Foreign::DeviceRgb), &values),
            ("RG", [_, _, _]) => scope.state.stroke = plain(Space::Foreign(Foreign::DeviceRgb), &values),
            ("k", [_, _, _, _]) => scope.state.fill = plain(Space::Cmyk { profiled: false }, &values),
            ("K", [_, _, _, _]) => scope.state.stroke = plain(Space::Cmyk { profiled: false }, &values),
            ("cs", _) => scope.state.fill = self.colour_space(scope, operands),
            ("CS", _) => scope.state.stroke = self.colour_space(scope, operands),
            ("sc" | "scn", _) => {
                scope.state.fill = self.colour(scope, &scope.state.fill.clone(), operands, &values);
            }
            ("SC" | "SCN", _) => {
                scope.state.stroke = self.colour(scope, &scope.state.stroke.clone(), operands, &values);
            }
            ("sh", _) => self.shading_fill(scope, operands),
            ("Do", _) => self.external(scope, operands)?,
            ("BI", _) => self.inline_image(scope, operands)?,
            ("BT", _) => (scope.matrix, scope.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            ("Tc", &[space]) => scope.state.text.character_space = space,
            ("Tw", &[space]) => scope.state.text.word_space = space,
            ("Tz", &[per_cent]) => scope.state.text.stretch = per_cent / 100.0,
            ("TL", &[leading]) => scope.state.text.leading = leading,
            ("Ts", &[rise]) => scope.state.text.rise = rise,
            ("Tr", &[mode]) => {
                scope.state.text.mode = (0..=7_u8).find(|known| f64::from(*known) >= mode).unwrap_or(0);
            }
            ("Tf", _) => self.set_font(scope, operands, values.last().copied().unwrap_or(0.0)),
            ("Td", &[x, y]) => next_line(scope, x, y),
            ("TD", &[x, y]) => {
                scope.state.text.leading = -y;
                next_line(scope, x, y);
            }
            ("Tm", values @ [_, _, _, _, _, _]) => (scope.matrix, scope.line) = (six(values), six(values)),
            ("T*", _) => next_line(scope, 0.0, -scope.state.text.leading),
            ("Tj" | "TJ", _) => self.show(scope, operands)?,
            ("'", _) => {
                next_line(scope, 0.0, -scope.state.text.leading);
                self.show(scope, operands)?;
            }
            ("\"", &[word, character]) => {
                scope.state.text.word_space = word;
                scope.state.text.character_space = character;
                next_line(scope, 0.0, -scope.state.text.leading);
                self.show(scope, operands)?;
            }
            ("BX", _) => scope.lenient += 1,
            ("EX", _) => scope.lenient = scope.lenient.saturating_sub(1),
            (
                "ET" | "h" | "J" | "j" | "M" | "d" | "ri" | "i" | "MP" | "DP" | "BMC" | "BDC" | "EMC" | "d0"
                | "d1",
                _,
            ) => {}
            ("PS", _) => self.postscript(),
            (operator, _) if scope.lenient == 0 => {
                let operator: String = operator.chars().take(20).collect();
                self.broken(&format!("{operator} ({} operands)", operands.len()));
            }
            _ => {}
        }
        Ok(())
    }

    pub(super) fn postscript(&mut self) {
        let what = say!("PostScriptが入っています。", "There is PostScript in the file.");
        self.judge.report(Finding::error(Code::PostScript, what), None);
    }

    fn end_path(scope: &mut Scope<'d>) {
        if scope.clip_next {
            scope.state.clip = scope.state.clip.both(scope.path.area);
            scope.clip_next = false;
        }
        scope.path = Path::new();
    }

    fn paint_path(&mut self, scope: &mut Scope<'d>, fill: bool, stroke: bool) -> Result<(), Spent> {
        let state = &scope.state;
        let (bounds, rectangle) = (scope.path.area, scope.path.is_rectangle());
        if fill && !bounds.both(state.clip).is_empty() {
            let area = bounds.both(state.clip);
            self.judge.painted(Painted {
                kind: Kind::Fill { rectangle },
                area,
                space: Some(&state.fill.space),
                inks: state.fill.inks.as_ref(),
                overprint: state.overprint_fill,
            });
            self.tiles(&state.fill, area)?;
        }
        let width = state.line_width * state.ctm.scales().0;
        let around = bounds.grown(width / 2.0).both(state.clip);
        if stroke && !bounds.is_empty() && !around.is_empty() {
            self.judge.painted(Painted {
                kind: Kind::Stroke(width),
                area: around,
                space: Some(&state.stroke.space),
                inks: state.stroke.inks.as_ref(),
                overprint: state.overprint_stroke,
            });
            self.tiles(&state.stroke, around)?;
        }
        Self::end_path(scope);
        if self.budget.is_spent() { Err(Spent) } else { Ok(()) }
    }

    fn colour_space(&mut self, scope: &Scope<'d>, operands: &[Object]) -> Colour<'d> {
        let Some(object) = operands.first() else {
            return Colour::flat(Rc::new(Space::Broken("no name")), None);
        };
        let space = self.space(object, scope.resources);
        Colour::flat(Rc::clone(&space), space.initial())
    }

    /// A colour space by its name; read once where it is an object of its own.
    pub(super) fn space(&mut self, object: &Object, resources: Option<&'d Dictionary>) -> Rc<Space> {
        let id = name_of(object)
            .and_then(|name| dictionary(self.doc, resources?, b"ColorSpace")?.get(name).ok())
            .and_then(|space| space.as_reference().ok());
        if let Some(known) = id.and_then(|id| self.known.spaces.get(&id)) {
            return Rc::clone(known);
        }
        let space = Rc::new(Space::read(self.doc, object, resources));
        if let Some(id) = id {
            self.known.spaces.insert(id, Rc::clone(&space));
        }
        space
    }

    fn colour(
        &mut self,
        scope: &Scope<'d>,
        current: &Colour<'d>,
        operands: &[Object],
        values: &[f64],
    ) -> Colour<'d> {
        let space = Rc::clone(&current.space);
        let Some(pattern) = operands.last().and_then(name_of) else {
            return Colour::flat(Rc::clone(&space), space.inks(values));
        };
        let found = scope
            .resources
            .and_then(|resources| dictionary(self.doc, resources, b"Pattern"))
            .and_then(|patterns| patterns.get(pattern).ok());
        let Some(object) = found else {
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
            Space::Pattern(Some(base)) => Some(Colour::flat(Rc::new((**base).clone()), base.inks(values))),
            _ => None,
        };
        let inks = base.as_ref().and_then(|base| base.inks.clone());
        match Tiling::read(self, scope, object, base) {
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

    fn external(&mut self, scope: &mut Scope<'d>, operands: &[Object]) -> Result<(), Spent> {
        let object = operands
            .first()
            .and_then(name_of)
            .and_then(|name| dictionary(self.doc, scope.resources?, b"XObject")?.get(name).ok());
        let Some(object) = object else {
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
        state: &State<'d>,
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
        if self.judge.profile.level == Level::X1a {
            self.judge.transparency("transparency group", area);
        }
        let Ok(object) = group.get(b"CS") else { return };
        let space = self.space(object, resources);
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

    fn image(&mut self, object: &Object, stream: &Stream, resources: Option<&Dictionary>) -> Rc<Image> {
        let id = object.as_reference().ok();
        if let Some(known) = id.and_then(|id| self.known.images.get(&id)) {
            return Rc::clone(known);
        }
        let image = Rc::new(Image::read(self.doc, stream, resources));
        let _ = self.budget.spend_bytes(stream.content.len());
        if let Some(id) = id {
            self.known.images.insert(id, Rc::clone(&image));
        }
        image
    }

    fn inline_image(&mut self, scope: &Scope<'d>, operands: &[Object]) -> Result<(), Spent> {
        let Some(Object::Stream(stream)) = operands.first() else {
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
        let image = Image::read(self.doc, stream, scope.resources);
        self.show_image(scope, &image)
    }

    fn show_image(&mut self, scope: &Scope<'d>, image: &Image) -> Result<(), Spent> {
        let state = &scope.state;
        let area = state.ctm.rect(Rect::UNIT).both(state.clip);
        if area.is_empty() {
            return Ok(());
        }
        let [a, b, c, d, ..] = state.ctm.0;
        let (space, inks) = match &image.space {
            Some(space) => (Some(space), None),
            // a mask is painted in the current colour
            None => (Some(&*state.fill.space), state.fill.inks.as_ref()),
        };
        let kind = Kind::Image { upright: state.ctm.keeps_upright() };
        self.judge.painted(Painted { kind, area, space, inks, overprint: false });
        self.judge.image(image, (a.hypot(b), c.hypot(d)), area);
        if image.space.is_none() { self.tiles(&state.fill, area) } else { Ok(()) }
    }
}

/// Six operands as a matrix.
fn six(values: &[f64]) -> Matrix {
    <[f64; 6]>::try_from(values).map_or(Matrix::IDENTITY, Matrix)
}

fn plain<'d>(space: Space, values: &[f64]) -> Colour<'d> {
    let inks = space.inks(values);
    Colour::flat(Rc::new(space), inks)
}

fn next_line(scope: &mut Scope<'_>, x: f64, y: f64) {
    scope.line = Matrix([1.0, 0.0, 0.0, 1.0, x, y]).then(scope.line);
    scope.matrix = scope.line;
}

/// The finding of a file that is worth no more work.
pub(super) fn too_much() -> Finding {
    let what = say!(
        "中身がふくらみすぎて、調べきれません（入れ子の図形、圧縮されたデータ）。",
        "The content unpacks to more than can be judged (forms in forms, compressed data)."
    );
    Finding::error(Code::PdfTooMuch, what)
}
