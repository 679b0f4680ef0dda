//! Graphics state dictionaries (`gs`): overprint, transparency, soft masks, transfer functions, halftones.
//!
//! In: an `ExtGState` dictionary (ISO 32000-1, 8.4.5). Out: the changed state, and findings.

use lopdf::{Dictionary, Document, Object};

use super::fault::{ContentFault, Transparency};
use super::finding::Finding;
use super::walk::{Spent, Walk};
use crate::diagnostic::Code;
use crate::pdf::graphics_state::GraphicsState;
use crate::pdf::objects::{name, name_of, number, resolved, value};
use crate::pdf::scope::Scope;
use crate::press::profile::PdfxLevel;
use crate::say;

impl<'d> Walk<'d, '_> {
    /// `gs`.
    pub(super) fn graphics_state(&mut self, scope: &mut Scope<'d>, name: &[u8]) -> Result<(), Spent> {
        let doc = self.doc;
        let Some(found) = scope.graphics_state(doc, name) else {
            self.broken(&ContentFault::MissingState);
            return Ok(());
        };
        if let Some(Object::Array(font)) = value(doc, found, b"Font")
            && let Some(object) = font.first()
        {
            scope.state.text.font = self.known.fonts.read(doc, object);
            scope.state.text.size = font.get(1).and_then(crate::pdf::objects::number_of).unwrap_or(0.0);
        }
        self.transfer(doc, found);
        if self.judge.profile.level == PdfxLevel::X1a {
            self.no_transparency(doc, found);
        }
        self.soft_mask(scope, found)
    }

    fn transfer(&mut self, doc: &Document, found: &Dictionary) {
        let mut wrong = Vec::new();
        if value(doc, found, b"TR").is_some_and(|value| name_of(value) != Some(b"Identity")) {
            wrong.push("TR");
        }
        if value(doc, found, b"TR2")
            .is_some_and(|value| !matches!(name_of(value), Some(b"Default" | b"Identity")))
        {
            wrong.push("TR2");
        }
        if found.has(b"HTP") || found.has(b"HTO") {
            wrong.push("HTP");
        }
        if let Some(Object::Dictionary(halftone)) = value(doc, found, b"HT") {
            let kind = number(doc, halftone, b"HalftoneType");
            if !matches!(kind, Some(1.0 | 5.0)) || halftone.has(b"HalftoneName") {
                wrong.push("HT");
            }
        }
        for key in wrong {
            let what = say!(
                "濃度を変える指定（転送関数や網点）が入っています。",
                "A transfer function or halftone is set in the file."
            );
            let finding = Finding::error(Code::TransferFunction, what)
                .found(say!("{key}", "{key}"))
                .allowed(say!("なし", "none"));
            self.judge.report(finding, None);
        }
    }

    fn no_transparency(&mut self, doc: &Document, found: &Dictionary) {
        for key in [&b"CA"[..], b"ca"] {
            if number(doc, found, key).is_some_and(|alpha| alpha < 1.0) {
                self.judge.transparency(Transparency::Opacity, None);
            }
        }
        let mode = match value(doc, found, b"BM") {
            Some(Object::Array(modes)) => {
                modes.first().and_then(|mode| resolved(doc, mode)).and_then(name_of)
            }
            Some(mode) => name_of(mode),
            None => None,
        };
        if mode.is_some_and(|mode| mode != b"Normal" && mode != b"Compatible") {
            self.judge.transparency(Transparency::BlendMode, None);
        }
        if matches!(value(doc, found, b"SMask"), Some(Object::Dictionary(_))) {
            self.judge.transparency(Transparency::SoftMask, None);
        }
    }

    /// Walks the group of a soft mask: its colours are judged, its ink is none.
    fn soft_mask(&mut self, scope: &Scope<'d>, found: &'d Dictionary) -> Result<(), Spent> {
        let doc = self.doc;
        let Some(Object::Dictionary(mask)) = value(doc, found, b"SMask") else { return Ok(()) };
        if value(doc, mask, b"TR").is_some_and(|value| name_of(value) != Some(b"Identity"))
            && name(doc, mask, b"S") == Some(b"Alpha")
        {
            self.transfer_of_mask();
        }
        let Some(Object::Stream(group)) = value(doc, mask, b"G") else {
            self.broken(&ContentFault::NoMaskGroup);
            return Ok(());
        };
        let id = crate::pdf::objects::reference(mask, b"G");
        let before = std::mem::replace(&mut self.judge.in_mask, true);
        let result =
            self.form(&GraphicsState::new(scope.state.ctm, scope.state.clip, ()), id, group, scope.resources);
        self.judge.in_mask = before;
        result
    }

    fn transfer_of_mask(&mut self) {
        let what = say!("透明マスクに転送関数があります。", "A soft mask has a transfer function.");
        self.judge.report(Finding::warning(Code::TransferFunction, what), None);
    }
}
