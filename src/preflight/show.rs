//! Shows text: how far it reaches, how large it is, which characters are missing; Type 3 characters are walked.
//!
//! In: text operators. Out: painted text for the rules.

use lopdf::Object;

use super::fault::ContentFault;
use super::painted::{Outline, PaintKind, Painted};
use super::walk::{Spent, Walk};
use crate::pdf::font::Font;
use crate::pdf::geometry::{Matrix, Rect};
use crate::pdf::graphics_state::GraphicsState;
use crate::pdf::objects::resolved;
use crate::pdf::reading::{LARGEST_CONTENT, unpacked};
use crate::pdf::scope::{Extent, Scope};

impl<'d> Walk<'d, '_> {
    pub(super) fn set_font(&mut self, scope: &mut Scope<'d>, name: &[u8], size: f64) {
        scope.state.text.size = size;
        let object = scope.resource(self.doc, b"Font", name);
        scope.state.text.font = object.and_then(|object| self.known.fonts.read(self.doc, object));
        if scope.state.text.font.is_none() {
            self.broken(&ContentFault::MissingFont);
        }
    }

    pub(super) fn show(&mut self, scope: &mut Scope<'d>, parts: &[Object]) -> Result<(), Spent> {
        let Some(font) = scope.state.text.font.clone() else {
            return Ok(());
        };
        let Extent { whole, area, size, shown, missing } = scope.show(&font, parts);
        if !self.budget.spend_operations(shown / 8) {
            return Err(Spent);
        }
        if shown == 0 || area.is_empty() {
            return Ok(());
        }
        if scope.state.text.mode != 3 {
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
        let kind = PaintKind::Text(size);
        if matches!(mode, 0 | 2 | 4 | 6) {
            let (space, inks) = (Some(&*state.fill.space), state.fill.inks.as_ref());
            self.judge.painted(Painted {
                kind,
                area,
                outline: Outline::Odd,
                space,
                inks,
                overprint: state.overprint_fill,
                blend: state.fill_blend,
            });
            self.tiles(&state.fill, area)?;
        }
        if matches!(mode, 1 | 2 | 5 | 6) {
            let (space, inks) = (Some(&*state.stroke.space), state.stroke.inks.as_ref());
            self.judge.painted(Painted {
                kind,
                area,
                outline: Outline::Odd,
                space,
                inks,
                overprint: state.overprint_stroke,
                blend: state.stroke_blend,
            });
            // an outline in the colour of the text itself makes it bolder, and stands on it
            if !(mode % 4 == 2 && state.fill.is_same(&state.stroke)) {
                let width = state.line_width * state.ctm.scales().least;
                self.judge.outline(width, inks, area);
            }
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
                self.broken(&ContentFault::CharacterPacked);
                continue;
            };
            // only the first of them stands where the text begins: all are seen where the text is
            let state = GraphicsState { ctm, clip: Rect::EVERYTHING, ..scope.state.clone() };
            let resources = drawn.resources.or(scope.resources);
            self.seen_at(place, |walk| walk.within(Some(id), |walk| walk.content(&bytes, resources, state)))?;
        }
        Ok(())
    }
}
