//! What a content stream draws from elsewhere: forms, transparency groups, images, and images that stand in the stream.
//!
//! In: the operators `Do` and `BI` (ISO 32000-1, 8.8 to 8.10). Out: forms are walked, images judged.

use std::rc::Rc;

use lopdf::{Dictionary, Object, ObjectId, Stream};

use super::fault::{ContentFault, Transparency};
use super::finding::Finding;
use super::image::PaintedImage;
use super::painted::{Outline, PaintKind, Painted};
use super::resolution::ShownSize;
use super::walk::{Spent, Walk};
use crate::diagnostic::Code;
use crate::pdf::colour_space::Space;
use crate::pdf::geometry::Rect;
use crate::pdf::graphics_state::{ClipShape, GraphicsState};
use crate::pdf::objects::{dictionary, matrix, name, rectangle, resolved};
use crate::pdf::reading::{LARGEST_CONTENT, unpacked};
use crate::pdf::scope::Scope;
use crate::press::profile::PdfxLevel;
use crate::say;

impl<'d> Walk<'d, '_> {
    /// Draws a form or an image by the name that the resources have for it.
    pub(super) fn external(&mut self, scope: &Scope<'d>, wanted: &[u8]) -> Result<(), Spent> {
        let Some(object) = scope.resource(self.doc, b"XObject", wanted) else {
            self.broken(&ContentFault::MissingObject);
            return Ok(());
        };
        let Some(Object::Stream(stream)) = resolved(self.doc, object) else {
            self.broken(&ContentFault::LostObject);
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
                self.broken(&ContentFault::UnknownObject);
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
            self.broken(&ContentFault::FormInItself);
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
            self.broken(&ContentFault::FormPacked);
            return Ok(());
        };
        self.within(id, |walk| walk.content(&bytes, resources, inner))
    }

    /// Judges a transparency group.
    pub(super) fn group(
        &mut self,
        group: &'d Dictionary,
        resources: Option<&'d Dictionary>,
        area: Option<Rect>,
    ) {
        if name(self.doc, group, b"S") != Some(b"Transparency") {
            return;
        }
        if self.judge.profile.level == PdfxLevel::X1a {
            self.judge.transparency(Transparency::Group, area);
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

    pub(super) fn inline_image(&mut self, scope: &Scope<'d>, image: Option<&Stream>) -> Result<(), Spent> {
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
        let size = ShownSize { width: a.hypot(b), height: c.hypot(d) };
        self.judge.image(image, size, area);
        if image.space.is_none() { self.tiles(&state.fill, area) } else { Ok(()) }
    }
}
