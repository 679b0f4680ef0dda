//! Shows text: how far it reaches, how large it is, which characters are missing; Type 3 characters are walked.
//!
//! In: text operators. Out: painted text for the rules.

use std::rc::Rc;

use lopdf::Object;

use super::paint::{Kind, Painted};
use super::state::State;
use super::walk::{Scope, Spent, Walk};
use crate::pdf::font::Font;
use crate::pdf::geometry::{Matrix, Rect};
use crate::pdf::objects::{dictionary, dictionary_of, name_of, number_of, resolved};
use crate::pdf::reading::{LARGEST_CONTENT, unpacked};

impl<'d> Walk<'d, '_> {
    pub(super) fn set_font(&mut self, scope: &mut Scope<'d>, operands: &[Object], size: f64) {
        scope.state.text.size = size;
        let object = operands
            .first()
            .and_then(name_of)
            .and_then(|name| dictionary(self.doc, scope.resources?, b"Font")?.get(name).ok());
        scope.state.text.font = object.and_then(|object| self.font(object));
        if scope.state.text.font.is_none() {
            self.broken("a font that the resources do not have");
        }
    }

    pub(super) fn font(&mut self, object: &'d Object) -> Option<Rc<Font<'d>>> {
        let id = object.as_reference().ok();
        if let Some(known) = id.and_then(|id| self.known.fonts.get(&id)) {
            return Some(Rc::clone(known));
        }
        let font = Rc::new(Font::read(self.doc, resolved(self.doc, object).and_then(dictionary_of)?));
        if let Some(id) = id {
            self.known.fonts.insert(id, Rc::clone(&font));
        }
        Some(font)
    }

    pub(super) fn show(&mut self, scope: &mut Scope<'d>, operands: &[Object]) -> Result<(), Spent> {
        let Some(font) = scope.state.text.font.clone() else {
            return Ok(());
        };
        let parts = match operands.last() {
            Some(Object::Array(parts)) => parts.as_slice(),
            Some(_) => &operands[operands.len() - 1..],
            None => &[],
        };
        let text = scope.state.text.clone();
        let (mut x, mut missing, mut shown) = (0.0, 0, 0_usize);
        for part in parts {
            match part {
                Object::String(string, _) => {
                    for code in font.codes(string) {
                        let word = if font.is_word_space(code) { text.word_space } else { 0.0 };
                        let width = font.width(code) / 1000.0 * text.size;
                        x += (width + text.character_space + word) * text.stretch;
                        missing += usize::from(font.is_missing(code));
                        shown += usize::from(!font.is_word_space(code));
                    }
                }
                other => {
                    x -= number_of(other).unwrap_or(0.0) / 1000.0 * text.size * text.stretch;
                }
            }
        }
        if !self.budget.spend_operations(shown / 8) {
            return Err(Spent);
        }
        let whole = scope.matrix.then(scope.state.ctm);
        // from the foot of a g to the head of an l: ideographs lie within
        let (below, above) = (text.rise - 0.1 * text.size, text.rise + 0.8 * text.size);
        let area = whole.rect(Rect::corners(0.0, below, x, above)).both(scope.state.clip);
        let size = text.size.abs() * whole.scales().0;
        scope.matrix = Matrix([1.0, 0.0, 0.0, 1.0, x, 0.0]).then(scope.matrix);
        if shown == 0 || area.is_empty() {
            return Ok(());
        }
        if text.mode != 3 {
            self.judge.font(&font, missing, area);
        }
        if font.drawn.is_some() {
            return self.drawn(scope, &font, whole, area);
        }
        self.paint_text(scope, area, size)
    }

    fn paint_text(&mut self, scope: &Scope<'d>, area: Rect, size: f64) -> Result<(), Spent> {
        let state = &scope.state;
        let mode = state.text.mode;
        let kind = Kind::Text(size);
        if matches!(mode, 0 | 2 | 4 | 6) {
            let (space, inks) = (Some(&*state.fill.space), state.fill.inks.as_ref());
            self.judge.painted(Painted { kind, area, space, inks, overprint: state.overprint_fill });
            self.tiles(&state.fill, area)?;
        }
        if matches!(mode, 1 | 2 | 5 | 6) {
            let (space, inks) = (Some(&*state.stroke.space), state.stroke.inks.as_ref());
            self.judge.painted(Painted { kind, area, space, inks, overprint: state.overprint_stroke });
            self.tiles(&state.stroke, area)?;
        }
        Ok(())
    }

    /// Walks the characters of a Type 3 font for text that is seen at `place`.
    fn drawn(&mut self, scope: &Scope<'d>, font: &Font<'d>, whole: Matrix, place: Rect) -> Result<(), Spent> {
        let Some(drawn) = &font.drawn else { return Ok(()) };
        let scale = scope.state.text.size;
        let ctm = drawn.matrix.then(Matrix([scale, 0.0, 0.0, scale, 0.0, 0.0])).then(whole);
        // a character that sets no colour has that of the text
        let colours = [&scope.state.fill, &scope.state.stroke];
        for (_, object) in drawn.characters {
            let Ok(id) = object.as_reference() else { continue };
            if !self.is_new(id, place, Some(colours)) {
                continue;
            }
            let Some(Object::Stream(character)) = resolved(self.doc, object) else { continue };
            let Some(bytes) = unpacked(character, LARGEST_CONTENT) else {
                self.broken("a character that cannot be unpacked");
                continue;
            };
            // only the first of them stands where the text begins: all are seen where the text is
            let state = State { ctm, clip: Rect::EVERYTHING, ..scope.state.clone() };
            let resources = drawn.resources.or(scope.resources);
            self.seen_at(place, |walk| walk.within(Some(id), |walk| walk.content(&bytes, resources, state)))?;
        }
        Ok(())
    }
}
