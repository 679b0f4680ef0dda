//! Goes through the finished pages: where each origin landed, which glyphs are missing, what leaves its box.
//!
//! In: frames, in which templates left marks (`layouts/shared/trace.typ`). Out: [`Trace`].

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use typst::foundations::Bytes;
use typst::foundations::{Content, Value};
use typst::introspection::Tag;
use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst::text::TextItem;
use typst::visualize::{Geometry, Image, ImageKind, Shape};
use typst_layout::Page;

use super::mark::Mark;
use super::qr;
use crate::model::length::Length;
use crate::model::piece::{Landed, LandedCode, LandedMark, LandedRun};
use crate::model::region::Region;
use crate::model::unseen;

/// How far text may leave its slot or page before it is said: rounding, and ink that overhangs its box.
const TOLERANCE_MM: f64 = 0.3;

/// The region between two corners of a frame.
fn region(a: Point, b: Point) -> Region {
    let (left, right) = (a.x.min(b.x), a.x.max(b.x));
    let (top, bottom) = (a.y.min(b.y), a.y.max(b.y));
    Region {
        x: Length::pt(left.to_pt()),
        y: Length::pt(top.to_pt()),
        width: Length::pt((right - left).to_pt()),
        height: Length::pt((bottom - top).to_pt()),
    }
}

/// The right and the lower edge, in millimetres.
fn far_edges(region: &Region) -> (f64, f64) {
    (region.x.to_mm() + region.width.to_mm(), region.y.to_mm() + region.height.to_mm())
}

/// Makes `region` hold `other` too.
fn join(region: &mut Region, other: &Region) {
    let ((right, bottom), (other_right, other_bottom)) = (far_edges(region), far_edges(other));
    let (right, bottom) = (right.max(other_right), bottom.max(other_bottom));
    let (x, y) = (region.x.to_mm().min(other.x.to_mm()), region.y.to_mm().min(other.y.to_mm()));
    *region = Region {
        x: Length::mm(x),
        y: Length::mm(y),
        width: Length::mm(right - x),
        height: Length::mm(bottom - y),
    };
}

/// Whether the two share a point.
fn meet(a: &Region, b: &Region) -> bool {
    let ((a_right, a_bottom), (b_right, b_bottom)) = (far_edges(a), far_edges(b));
    a.x.to_mm() < b_right && b.x.to_mm() < a_right && a.y.to_mm() < b_bottom && b.y.to_mm() < a_bottom
}

/// How far `region` sticks out of `outer`, in millimetres; zero if it does not.
fn overhang(region: &Region, outer: &Region) -> f64 {
    let ((right, bottom), (outer_right, outer_bottom)) = (far_edges(region), far_edges(outer));
    let over = [
        outer.x.to_mm() - region.x.to_mm(),
        outer.y.to_mm() - region.y.to_mm(),
        right - outer_right,
        bottom - outer_bottom,
    ];
    over.into_iter().fold(0.0, f64::max)
}

/// Where an origin landed on one page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Landing {
    /// The number of the origin in `data.json`.
    pub origin: usize,
    /// Page, from 1.
    pub page: usize,
    /// All of its text on that page.
    pub rect: Region,
}

/// A character without a glyph.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct MissingGlyph {
    /// The origin, if the text is the user's.
    pub origin: Option<usize>,
    /// The character.
    pub character: char,
    /// Page, from 1.
    pub page: usize,
}

/// Text that leaves its box or its page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Overfull {
    /// The origin, if the text is the user's.
    pub origin: Option<usize>,
    /// The name of the slot; none for the page itself.
    pub slot: Option<String>,
    /// Page, from 1.
    pub page: usize,
    /// By how much.
    pub by: Length,
    /// The box, or the page.
    pub room: Region,
    /// Whether the text is too wide for it; else it is too high.
    pub is_wide: bool,
    /// The size of the text.
    pub size: Length,
}

/// What the pages show. Places of the user's data are numbers: they hold also when rows have moved.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Trace {
    /// Where each origin landed, page by page.
    pub landings: Vec<Landing>,
    /// Characters without a glyph, each once for an origin.
    pub missing: Vec<MissingGlyph>,
    /// Text that leaves its box, each once for an origin and box.
    pub overfull: Vec<Overfull>,
    /// What is to be read on them, and the pictures.
    pub landed: Landed,
}

impl Trace {
    /// Whether something on the pages keeps them from being a file.
    #[must_use]
    pub fn is_faulty(&self) -> bool {
        !self.missing.is_empty() || !self.overfull.is_empty()
    }
}

/// A picture of the project that a template may show.
pub struct PlacedPicture {
    /// Its path within the project.
    pub path: String,
    /// Its file.
    pub bytes: Bytes,
    /// Characters that it sets as text and that no font has.
    pub missing: Vec<char>,
}

/// Goes through `pages`, on which `pictures` may stand.
#[must_use]
pub fn trace(pages: &[Page], pictures: &[PlacedPicture]) -> Trace {
    let mut walker = Walker { pictures, ..Walker::default() };
    for (index, page) in pages.iter().enumerate() {
        walker.page = index + 1;
        let size = page.frame.size();
        walker.bounds = Some(region(Point::zero(), Point::new(size.x, size.y)));
        walker.frame(&page.frame, Transform::identity());
        // marks never reach over a page's end with a slot open
        walker.slots.clear();
    }
    let landings =
        walker.landings.into_iter().map(|((origin, page, _), rect)| Landing { origin, page, rect }).collect();
    Trace { landings, missing: walker.missing, overfull: walker.overfull, landed: walker.landed }
}

#[derive(Default)]
struct Walker<'p> {
    pictures: &'p [PlacedPicture],
    page: usize,
    bounds: Option<Region>,
    /// Origins whose marks are open, each with the number of its mark.
    active: Vec<(usize, usize)>,
    /// Marks that were open where page furniture began: a paragraph may run on over it to the next page.
    asides: Vec<Vec<(usize, usize)>>,
    slots: Vec<(String, Region)>,
    /// By origin, page and mark: a name that stands at the head and in the foot landed twice.
    landings: BTreeMap<(usize, usize, usize), Region>,
    missing: Vec<MissingGlyph>,
    overfull: Vec<Overfull>,
    /// Its marks are numbered as they open.
    landed: Landed,
}

impl Walker<'_> {
    fn frame(&mut self, frame: &Frame, transform: Transform) {
        for (position, item) in frame.items() {
            match item {
                FrameItem::Group(group) => {
                    let inner = transform
                        .pre_concat(Transform::translate(position.x, position.y))
                        .pre_concat(group.transform);
                    self.frame(&group.frame, inner);
                }
                FrameItem::Text(text) => self.text(text, *position, transform),
                FrameItem::Tag(Tag::Start(content, _)) => self.mark(content, *position, transform),
                FrameItem::Image(image, size, _) => {
                    let far = Point::new(position.x + size.x, position.y + size.y);
                    let rect = region(position.transform(transform), far.transform(transform));
                    if self.is_on_page(&rect) {
                        self.picture(image);
                    }
                }
                FrameItem::Shape(shape, _) => self.shape(shape, *position, transform),
                FrameItem::Tag(Tag::End(..)) | FrameItem::Link(..) => {}
            }
        }
    }

    fn mark(&mut self, content: &Content, position: Point, transform: Transform) {
        let Some(mark) = Mark::of(content) else { return };
        let mut values = mark.values.iter();
        match (mark.kind, values.next(), values.next(), values.next()) {
            ("on", Some(Value::Int(origin)), ..) => {
                let Ok(origin) = usize::try_from(*origin) else { return };
                self.active.push((origin, self.landed.marks.len()));
                self.landed.marks.push(LandedMark { origin, text: String::new() });
            }
            ("aside", ..) => self.asides.push(std::mem::take(&mut self.active)),
            ("aside-end", ..) => self.active = self.asides.pop().unwrap_or_default(),
            ("elsewhere", Some(Value::Int(origin)), ..) => {
                self.landed.elsewhere.extend(usize::try_from(*origin));
            }
            ("left-out", Some(Value::Int(origin)), key, _) => {
                let Ok(origin) = usize::try_from(*origin) else { return };
                match key {
                    Some(Value::Str(key)) => {
                        self.landed.keys_left_out.insert((origin, key.to_string()));
                    }
                    _ => {
                        self.landed.left_out.insert(origin);
                    }
                }
            }
            ("off", Some(Value::Int(origin)), ..) => {
                let wanted = usize::try_from(*origin).ok();
                if let Some(at) = self.active.iter().rposition(|(origin, _)| Some(*origin) == wanted) {
                    self.active.remove(at);
                }
            }
            ("slot", Some(Value::Str(name)), Some(width), Some(height)) => {
                let (Some(width), Some(height)) = (points(width), points(height)) else { return };
                let far = Point::new(position.x + Abs::pt(width), position.y + Abs::pt(height));
                let rect = region(position.transform(transform), far.transform(transform));
                self.slots.push((name.to_string(), rect));
            }
            ("end", Some(Value::Str(name)), ..) => {
                if let Some(at) = self.slots.iter().rposition(|(open, _)| *open == name.as_str()) {
                    self.slots.remove(at);
                }
            }
            _ => {}
        }
    }

    /// Whether anything of `rect` is on the page: what stands beside it is cut off, or is the shop's.
    fn is_on_page(&self, rect: &Region) -> bool {
        self.bounds.is_none_or(|page| meet(rect, &page))
    }

    fn picture(&mut self, image: &Image) {
        let shown = match image.kind() {
            ImageKind::Raster(raster) => raster.data(),
            ImageKind::Svg(svg) => svg.data(),
            ImageKind::Pdf(_) => return,
        };
        let origin = self.active.last().map(|(origin, _)| *origin);
        for picture in self.pictures.iter().filter(|picture| picture.bytes == *shown) {
            self.landed.pictures.insert(picture.path.clone());
            for character in &picture.missing {
                let missing = MissingGlyph { origin, character: *character, page: self.page };
                if !self.missing.contains(&missing) {
                    self.missing.push(missing);
                }
            }
        }
    }

    /// A selector of an ideograph's form (IVS) that the font does not follow: what is printed is another form.
    fn selectors(&mut self, text: &TextItem, origin: Option<usize>) {
        let mut before = None;
        for character in text.text.chars() {
            if let Some(base) = before
                && unseen::selects_ideograph(character)
                && text.font.ttf().glyph_variation_index(base, character).is_none()
            {
                let missing = MissingGlyph { origin, character, page: self.page };
                if !self.missing.contains(&missing) {
                    self.missing.push(missing);
                }
            }
            before = Some(character);
        }
    }

    /// The text that was added last is of the innermost mark that is open.
    fn run(&mut self) {
        let (mark, page) = (self.active.last().map(|(_, mark)| *mark), self.page);
        let end = self.landed.text.len();
        match self.landed.runs.last_mut() {
            Some(last) if last.mark == mark && last.page == page => last.end = end,
            _ => self.landed.runs.push(LandedRun { mark, page, end }),
        }
    }

    /// Keeps a QR code: a curve of squares on a grid.
    fn shape(&mut self, shape: &Shape, position: Point, transform: Transform) {
        let Geometry::Curve(curve) = &shape.geometry else { return };
        let Some(modules) = qr::drawn(curve) else { return };
        let corner = |corner: Point| (position + corner).transform(transform);
        let bounds = curve.bbox(None);
        if self.is_on_page(&region(corner(bounds.min), corner(bounds.max))) {
            self.landed.codes.push(LandedCode { page: self.page, modules });
        }
    }

    fn text(&mut self, text: &TextItem, position: Point, transform: Transform) {
        let origin = self.active.last().map(|(origin, _)| *origin);
        for glyph in text.glyphs.iter().filter(|glyph| glyph.id == 0) {
            let cluster = &text.text[glyph.range()];
            // what joins the pictures of an emoji has no glyph of its own
            let joins = |c: char| unseen::is_unseen(c) || unseen::is_selector(c);
            let alone = cluster.chars().all(joins);
            for character in cluster.chars().filter(|c| alone || !joins(*c)) {
                let missing = MissingGlyph { origin, character, page: self.page };
                let known = self.missing.iter().any(|m| m.origin == origin && m.character == character);
                if !known {
                    self.missing.push(missing);
                }
            }
        }
        self.selectors(text, origin);
        if text.text.trim().is_empty() {
            return;
        }
        // the em box of BIZ UD: 0.88 above the baseline, 0.12 below
        let above = Point::new(position.x, position.y - text.size * 0.88);
        let below = Point::new(position.x + text.width(), position.y + text.size * 0.12);
        let rect = region(above.transform(transform), below.transform(transform));
        if self.is_on_page(&rect) {
            self.landed.text.push_str(&text.text);
            self.landed.text.push('\n');
            self.run();
            if self.active.is_empty() {
                self.landed.unmarked.push_str(&text.text);
            }
            for (_, mark) in &self.active {
                self.landed.marks[*mark].text.push_str(&text.text);
            }
        }
        for (origin, mark) in &self.active {
            self.landings
                .entry((*origin, self.page, *mark))
                .and_modify(|landing| join(landing, &rect))
                .or_insert(rect);
        }
        let outside = self.slots.iter().rev().find_map(|(name, slot)| {
            let by = overhang(&rect, slot);
            (by > TOLERANCE_MM).then(|| (Some(name.clone()), by, *slot))
        });
        let off_page = self.bounds.and_then(|bounds| {
            let by = overhang(&rect, &bounds);
            // what stands outside altogether is in the slug, for the shop
            (by > TOLERANCE_MM && origin.is_some()).then_some((None, by, bounds))
        });
        if let Some((slot, by, room)) = outside.or(off_page) {
            let (by, is_wide) = (Length::mm(by), is_wide(&rect, &room));
            let page = self.page;
            match self.overfull.iter_mut().find(|o| o.origin == origin && o.slot == slot && o.page == page) {
                Some(known) if known.by < by => (known.by, known.is_wide) = (by, is_wide),
                Some(_) => {}
                None => {
                    let size = Length::mm(text.size.to_mm());
                    self.overfull.push(Overfull { origin, slot, page, by, room, is_wide, size });
                }
            }
        }
    }
}

/// Whether `inner` leaves `outer` at its left or right.
fn is_wide(inner: &Region, outer: &Region) -> bool {
    let (inner_right, right) = (inner.x.to_mm() + inner.width.to_mm(), outer.x.to_mm() + outer.width.to_mm());
    inner_right > right + TOLERANCE_MM || inner.x.to_mm() < outer.x.to_mm() - TOLERANCE_MM
}

fn points(value: &Value) -> Option<f64> {
    match value {
        #[allow(clippy::cast_precision_loss)] // a slot of 2^53 points does not exist
        Value::Int(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        _ => None,
    }
}
