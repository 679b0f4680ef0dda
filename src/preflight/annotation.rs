//! What annotations print: the appearances of printer's marks and traps, and of all that is set to print.
//!
//! In: the annotations of a page (ISO 32000-1, 12.5). Out: their appearances, walked as forms. Whether an annotation may
//! lie where it lies is a rule of `structure`.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::walk::{Spent, Walk};
use crate::pdf::geometry::{Matrix, Rect};
use crate::pdf::graphics_state::GraphicsState;
use crate::pdf::objects::{
    array, dictionary, dictionary_of, matrix, name, number, rectangle, reference, resolved, value,
};

/// The flags of an annotation: bit 2 hides it, bit 3 prints it.
const HIDDEN: u32 = 1 << 1;
const PRINT: u32 = 1 << 2;

/// Whether an annotation is on no print: hidden, or not set to print. Marks and traps of the press print as they are.
pub(super) fn never_prints(doc: &Document, annotation: &Dictionary) -> bool {
    let flags = number(doc, annotation, b"F").unwrap_or(0.0);
    // the flags are few bits of an integer; what is none of them is no flag
    let flag = |bit: u32| (flags / f64::from(bit)).floor().rem_euclid(2.0) >= 1.0;
    let of_the_press = matches!(name(doc, annotation, b"Subtype"), Some(b"PrinterMark" | b"TrapNet"));
    flag(HIDDEN) || !(of_the_press || flag(PRINT))
}

impl<'d> Walk<'d, '_> {
    /// Walks what the annotations of `page` print.
    pub(super) fn appearances(&mut self, page: &'d Dictionary) -> Result<(), Spent> {
        let doc = self.doc;
        for annotation in array(doc, page, b"Annots") {
            let Some(annotation) = resolved(doc, annotation).and_then(dictionary_of) else { continue };
            if never_prints(doc, annotation) {
                continue;
            }
            let Some((id, appearance)) = self.appearance(annotation) else { continue };
            let Some(place) = rectangle(doc, annotation, b"Rect") else { continue };
            let state = GraphicsState::new(self.onto(place, &appearance.dict), self.judge.boxes.media, ());
            self.form(&state, id, appearance, None)?;
        }
        Ok(())
    }

    /// The normal appearance, in the state that the annotation is in.
    fn appearance(&self, annotation: &'d Dictionary) -> Option<(Option<ObjectId>, &'d Stream)> {
        let all = dictionary(self.doc, annotation, b"AP")?;
        match value(self.doc, all, b"N")? {
            Object::Stream(stream) => Some((reference(all, b"N"), stream)),
            Object::Dictionary(states) => {
                let state = name(self.doc, annotation, b"AS")?;
                let stream = value(self.doc, states, state)?.as_stream().ok()?;
                Some((reference(states, state), stream))
            }
            _ => None,
        }
    }

    /// The matrix that lays the box of an appearance onto the rectangle of its annotation (ISO 32000-1, 12.5.5).
    fn onto(&self, place: Rect, appearance: &Dictionary) -> Matrix {
        let Some(bounds) = rectangle(self.doc, appearance, b"BBox") else { return Matrix::IDENTITY };
        let from = matrix(self.doc, appearance, b"Matrix").rect(bounds);
        let scale = |to: f64, from: f64| if from > 0.0 { to / from } else { 1.0 };
        let (x, y) = (scale(place.width(), from.width()), scale(place.height(), from.height()));
        Matrix([x, 0.0, 0.0, y, place.x0 - from.x0 * x, place.y0 - from.y0 * y])
    }
}
