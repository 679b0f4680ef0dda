//! Reads the text of finished pages line by line, for whoever judges typography.
//!
//! In: frames. Out: [`Composition`]. The engine keeps no lines, only runs of glyphs where they stand: runs on one baseline that
//! join are a line, small ones above it its readings, and lines of one paragraph element (or one box) a paragraph.

use std::sync::Arc;

use typst::foundations::Content;
use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem, FrameKind, Point, Transform};
use typst::model::{HeadingElem, Outlinable, ParElem};
use typst::text::{TextItem, UnderlineElem};
use typst::visualize::Paint;
use typst_layout::Page;

use super::mark::Mark;
use crate::model::composition::{
    Composition, ParagraphKind, TextCharacter, TextLine, TextParagraph, TextStyle,
};
use crate::model::length::Length;
use crate::model::region::Region;

/// How far baselines of one line may lie apart, in ems.
const SAME_LINE: f64 = 0.05;
/// How far apart runs of a line may stand, in ems: a gap that justification widened, an overhanging reading.
const JOIN: f64 = 0.9;
/// How far back a run may begin, in ems: punctuation that was squeezed, a base beneath a wide reading.
const BACK: f64 = 0.6;
/// Runs that are smaller than this part of the line and raised are readings or marks of notes.
const SMALL: f64 = 0.75;
/// A small run that is raised by less stands beside the words before it, by more above them, in ems.
const RAISED: f64 = 0.7;
/// Type above a line that is smaller than this part of it is a label, not a reading.
const LABEL: f64 = 0.33;
/// The largest distance of ruby from its line, in ems.
const RUBY: f64 = 1.2;
/// The largest distance of a reading that is a text of its own, in ems.
const READING: f64 = 1.7;
/// The largest pitch of lines in a paragraph that has no element of its own, in ems.
const PITCH: f64 = 2.5;

/// Reads the text of `pages`.
#[must_use]
pub fn composition(pages: &[Page]) -> Composition {
    let mut walker = Walker::default();
    for (index, page) in pages.iter().enumerate() {
        walker.page = index + 1;
        let (width, height) = (page.frame.width().to_pt(), page.frame.height().to_pt());
        walker.text.pages.push(Region::page(Length::pt(width), Length::pt(height)));
        walker.frame(&page.frame, Transform::identity());
    }
    take_readings(&mut walker.text);
    // blanks at the ends of lines are nobody's
    for line in walker.text.paragraphs.iter_mut().flat_map(|paragraph| &mut paragraph.lines) {
        while line.characters.len() > 1 && line.characters.last().is_some_and(is_blank) {
            line.characters.pop();
        }
    }
    walker.text
}

fn is_blank(character: &TextCharacter) -> bool {
    character.text.trim_matches(' ').is_empty()
}

/// An element that holds text.
#[derive(Clone, Copy, PartialEq)]
enum Scope {
    Paragraph,
    Heading(usize),
    Underline,
}

/// What is open where a run stands.
#[derive(Default)]
struct Open {
    /// Elements: a paragraph may run on over the end of a page.
    scopes: Vec<(Location, Scope)>,
    /// Origins by their marks.
    origins: Vec<usize>,
}

#[derive(Default)]
struct Walker {
    page: usize,
    /// Hard frames that are open, each by a number of its own.
    boxes: Vec<usize>,
    boxes_seen: usize,
    open: Open,
    /// What was open where page furniture began.
    asides: Vec<Open>,
    /// The last paragraph of the text: it may run on below the furniture of the next page.
    body: Option<LastParagraph>,
    /// The last paragraph of the furniture.
    furniture: Option<LastParagraph>,
    styles: Vec<Arc<TextStyle>>,
    text: Composition,
}

/// A paragraph that may run on.
struct LastParagraph {
    /// Its number.
    at: usize,
    /// Where it stands in the document.
    place: TextPlace,
}

/// To what a run belongs.
#[derive(Clone, PartialEq)]
struct TextPlace {
    kind: ParagraphKind,
    paragraph: Option<Location>,
    boxes: Vec<usize>,
}

impl TextPlace {
    /// Whether lines of the two may be of one paragraph.
    fn is_one_with(&self, other: &Self) -> bool {
        let nested = self.boxes.starts_with(&other.boxes) || other.boxes.starts_with(&self.boxes);
        self.kind == other.kind && self.paragraph == other.paragraph && (self.paragraph.is_some() || nested)
    }
}

impl Walker {
    fn frame(&mut self, frame: &Frame, transform: Transform) {
        for (position, item) in frame.items() {
            match item {
                FrameItem::Group(group) => {
                    let inner = transform
                        .pre_concat(Transform::translate(position.x, position.y))
                        .pre_concat(group.transform);
                    let is_box = group.frame.kind() == FrameKind::Hard;
                    if is_box {
                        self.boxes_seen += 1;
                        self.boxes.push(self.boxes_seen);
                    }
                    self.frame(&group.frame, inner);
                    if is_box {
                        self.boxes.pop();
                    }
                }
                FrameItem::Text(text) => self.run(text, *position, transform),
                FrameItem::Tag(Tag::Start(content, _)) => self.enter(content),
                FrameItem::Tag(Tag::End(location, ..)) => {
                    if let Some(at) = self.open.scopes.iter().rposition(|(open, _)| open == location) {
                        self.open.scopes.remove(at);
                    }
                }
                FrameItem::Shape(..) | FrameItem::Image(..) | FrameItem::Link(..) => {}
            }
        }
    }

    fn enter(&mut self, content: &Content) {
        if let Some(mark) = Mark::of(content) {
            match (mark.kind, mark.origin()) {
                ("on", Some(origin)) => self.open.origins.push(origin),
                ("off", Some(origin)) => {
                    if let Some(at) = self.open.origins.iter().rposition(|open| *open == origin) {
                        self.open.origins.remove(at);
                    }
                }
                ("aside", _) => self.asides.push(std::mem::take(&mut self.open)),
                ("aside-end", _) => self.open = self.asides.pop().unwrap_or_default(),
                _ => {}
            }
            return;
        }
        let scope = if let Some(heading) = content.to_packed::<HeadingElem>() {
            Scope::Heading(heading.level().get())
        } else if content.is::<ParElem>() {
            Scope::Paragraph
        } else if content.is::<UnderlineElem>() {
            Scope::Underline
        } else {
            return;
        };
        self.open.scopes.extend(content.location().map(|location| (location, scope)));
    }

    /// Takes a run in that stands upright.
    fn run(&mut self, text: &TextItem, position: Point, transform: Transform) {
        let (sx, sy) = (transform.sx.get(), transform.sy.get());
        let is_upright = transform.kx.get() == 0.0 && transform.ky.get() == 0.0 && sx > 0.0 && sy > 0.0;
        // what is transparent is there for who listens, not for who looks
        let is_seen = !matches!(&text.fill, Paint::Solid(colour) if colour.to_vec4_u8()[3] == 0);
        if !is_upright || !is_seen || text.glyphs.is_empty() {
            return;
        }
        let corner = position.transform(transform);
        let (mut x, baseline) = (corner.x.to_pt(), corner.y.to_pt());
        let style = self.style(text, sy);
        let origin = self.open.origins.last().copied();
        let mut characters: Vec<TextCharacter> = Vec::new();
        let mut cluster = 0..0;
        for glyph in &text.glyphs {
            let advance = glyph.x_advance.at(text.size).to_pt() * sx;
            let natural = text.font.x_advance(glyph.id).map_or(advance, |em| em.at(text.size).to_pt() * sx);
            // the second glyph of a cluster shows no further text
            if let Some(last) = characters.last_mut().filter(|_| glyph.range == cluster) {
                last.advance = last.advance + Length::pt(advance);
                last.natural = last.natural + Length::pt(natural);
                x += advance;
                continue;
            }
            cluster = glyph.range.clone();
            characters.push(TextCharacter {
                text: text.text[glyph.range()].to_owned(),
                x: Length::pt(x + glyph.x_offset.at(text.size).to_pt() * sx),
                advance: Length::pt(advance),
                natural: Length::pt(natural),
                style: Arc::clone(&style),
                is_raised: false,
                origin,
            });
            x += advance;
        }
        self.place_run(characters, Length::pt(baseline));
    }

    fn style(&mut self, text: &TextItem, scale: f64) -> Arc<TextStyle> {
        let info = text.font.font().info();
        let colour = match &text.fill {
            Paint::Solid(colour) => {
                let [r, g, b, _] = colour.to_vec4_u8();
                Some([r, g, b])
            }
            Paint::Gradient(_) | Paint::Tiling(_) => None,
        };
        let style = TextStyle {
            family: info.family.clone(),
            weight: info.variant.weight.to_number(),
            size: Length::pt(text.size.to_pt() * scale),
            colour,
            is_underlined: self.open.scopes.iter().any(|(_, scope)| *scope == Scope::Underline),
        };
        if let Some(known) = self.styles.iter().find(|known| ***known == style) {
            return Arc::clone(known);
        }
        let style = Arc::new(style);
        self.styles.push(Arc::clone(&style));
        style
    }

    /// To what a run belongs that stands here.
    fn here(&self) -> TextPlace {
        let heading = self.open.scopes.iter().rev().find_map(|(_, scope)| match scope {
            Scope::Heading(level) => Some(*level),
            Scope::Paragraph | Scope::Underline => None,
        });
        let kind = match heading {
            _ if !self.asides.is_empty() => ParagraphKind::Furniture,
            Some(level) => ParagraphKind::Heading(level),
            None => ParagraphKind::Text,
        };
        let paragraph = self.open.scopes.iter().rev().find(|(_, scope)| *scope == Scope::Paragraph);
        TextPlace { kind, paragraph: paragraph.map(|(location, _)| *location), boxes: self.boxes.clone() }
    }

    /// Adds a run to the line it continues or stands above, else begins a line with it.
    fn place_run(&mut self, characters: Vec<TextCharacter>, baseline: Length) {
        let place = self.here();
        let is_furniture = place.kind == ParagraphKind::Furniture;
        let last = if is_furniture { &mut self.furniture } else { &mut self.body };
        if let Some(last) = last.as_mut().filter(|last| last.place.is_one_with(&place))
            && let Some(paragraph) = self.text.paragraphs.get_mut(last.at)
            && let Some(line) = paragraph.lines.last_mut()
        {
            match fit(line, &characters, baseline, self.page) {
                Fit::Continues { raised } => {
                    line.characters
                        .extend(characters.into_iter().map(|one| TextCharacter { is_raised: raised, ..one }));
                    last.place.shorten(place);
                    return;
                }
                Fit::Reads => {
                    line.readings.push(characters);
                    return;
                }
                Fit::Follows { .. } if characters.iter().all(is_blank) => return,
                Fit::Follows { pitch } if place.paragraph.is_some() || pitch => {
                    let page = self.page;
                    paragraph.lines.push(TextLine { page, baseline, characters, readings: Vec::new() });
                    last.place.shorten(place);
                    return;
                }
                Fit::Follows { .. } => {}
            }
        }
        if characters.iter().all(is_blank) {
            return;
        }
        let line = TextLine { page: self.page, baseline, characters, readings: Vec::new() };
        let kind = place.kind;
        *last = Some(LastParagraph { at: self.text.paragraphs.len(), place });
        self.text.paragraphs.push(TextParagraph { kind, lines: vec![line] });
    }
}

impl TextPlace {
    /// Keeps the one with fewer boxes around it: that of the paragraph, not of a box within a line.
    fn shorten(&mut self, other: Self) {
        if other.boxes.len() < self.boxes.len() {
            *self = other;
        }
    }
}

/// Gives names the readings above them that are set as texts of their own (`layouts/shared/reading.typ`).
fn take_readings(text: &mut Composition) {
    let (readings, mut paragraphs): (Vec<_>, Vec<_>) =
        std::mem::take(&mut text.paragraphs).into_iter().partition(is_kana);
    for reading in readings {
        let mut lines = paragraphs.iter_mut().flat_map(|paragraph| &mut paragraph.lines);
        match lines.find(|line| is_reading_of(&reading, line)) {
            Some(line) => line.readings.extend(reading.lines.into_iter().map(|reading| reading.characters)),
            None => paragraphs.push(reading),
        }
    }
    text.paragraphs = paragraphs;
}

/// Whether a paragraph is one line of kana; the reading of a name and that of its suffix stand apart on it.
fn is_kana(paragraph: &TextParagraph) -> bool {
    let is_kana =
        |one: &TextCharacter| one.text.chars().all(|c| matches!(c, 'ぁ'..='ゖ' | 'ァ'..='ー' | ' ' | '　'));
    let Some(first) = paragraph.lines.first() else { return false };
    let is_on_it = |line: &TextLine| line.page == first.page && line.baseline == first.baseline;
    paragraph.lines.iter().all(|line| is_on_it(line) && line.characters.iter().all(is_kana))
}

/// Whether a paragraph of one line is small type right above `line`.
fn is_reading_of(paragraph: &TextParagraph, line: &TextLine) -> bool {
    paragraph.lines.iter().any(|reading| {
        let (size, own) = (line.size().to_pt(), reading.size().to_pt());
        let raised = (line.baseline - reading.baseline).to_pt();
        reading.page == line.page
            && (size * LABEL..size * SMALL).contains(&own)
            && (RAISED * size..READING * size).contains(&raised)
            && reading.start() < line.end() + line.size()
            && reading.end() > line.start() - line.size()
    })
}

/// How a run stands to the line before it.
enum Fit {
    /// Where it ends, on its baseline or raised.
    Continues { raised: bool },
    /// Above it, as a reading.
    Reads,
    /// Elsewhere; whether it is where the next line of the same text would be.
    Follows { pitch: bool },
}

fn fit(line: &TextLine, run: &[TextCharacter], baseline: Length, page: usize) -> Fit {
    let Some(first) = run.first() else { return Fit::Follows { pitch: false } };
    let size = line.size().to_pt();
    let own = first.style.size.to_pt();
    let raised = (line.baseline - baseline).to_pt();
    // a base is narrower than its reading, and its neighbours keep clear of that
    let read = line.readings.last().and_then(|reading| reading.last()).map(|last| last.x + last.advance);
    let end = read.map_or(line.end(), |read| line.end().max(read));
    let gap = (first.x - end).to_pt();
    let joins = (-BACK * size..=JOIN * size).contains(&gap);
    let is_small = own < size * SMALL;
    if page == line.page {
        let is_level = raised.abs() <= SAME_LINE * size.max(own);
        if joins && (is_level || (is_small && raised.abs() < RAISED * size)) {
            return Fit::Continues { raised: !is_level };
        }
        let is_above = (RAISED * size..RUBY * size).contains(&raised);
        let end = run.last().map_or(first.x, |last| last.x + last.advance);
        // ruby is of the words that it is above; a label above a title is of another origin
        let is_of_line = line.characters.iter().any(|one| one.origin == first.origin);
        let over = first.x.to_pt() < line.end().to_pt() + size && end.to_pt() > line.start().to_pt() - size;
        if is_small && own > size * LABEL && is_above && over && is_of_line {
            return Fit::Reads;
        }
    }
    let sinks = -raised;
    let alike = (own - size).abs() < 0.02 * size;
    let over = first.x < line.end() && run.last().is_some_and(|last| last.x + last.advance > line.start());
    Fit::Follows { pitch: page == line.page && alike && over && (0.5 * size..PITCH * size).contains(&sinks) }
}
