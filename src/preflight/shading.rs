//! Shadings: the space they are painted in, and the heaviest colour that their functions name.
//!
//! In: shading dictionaries (ISO 32000-1, 8.7.4). Out: painted areas for the rules.

use std::rc::Rc;

use lopdf::{Dictionary, Object};

use super::fault::ContentFault;
use super::painted::{Outline, PaintKind, Painted};
use super::walk::Walk;
use crate::pdf::colour_space::Space;
use crate::pdf::inks::Inks;
use crate::pdf::objects::{array, dictionary_of, numbers, resolved, value};
use crate::pdf::scope::Scope;
use crate::pdf::space_fault::SpaceDefect;

impl<'d> Walk<'d, '_> {
    pub(super) fn shading_fill(&mut self, scope: &Scope<'d>, name: &[u8]) {
        let shading = scope.resource(self.doc, b"Shading", name);
        let shading = shading.and_then(|shading| resolved(self.doc, shading)).and_then(dictionary_of);
        let Some(shading) = shading else {
            self.broken(&ContentFault::MissingShading);
            return;
        };
        let (space, inks) = self.shading(shading, scope.resources);
        let area = scope.state.clip;
        if !area.is_empty() {
            let overprint = scope.state.overprint_fill;
            let inks = inks.as_ref();
            self.judge.painted(Painted {
                kind: PaintKind::Shading,
                area,
                outline: Outline::Odd,
                space: Some(&space),
                inks,
                overprint,
                blend: scope.state.fill_blend,
            });
        }
    }

    /// The space of a shading, and of each ink the most that its functions name.
    pub(super) fn shading(
        &mut self,
        shading: &'d Dictionary,
        resources: Option<&'d Dictionary>,
    ) -> (Rc<Space>, Option<Inks>) {
        let Ok(object) = shading.get(b"ColorSpace") else {
            return (Rc::new(Space::Broken(SpaceDefect::ShadingSpace)), None);
        };
        let space = self.known.spaces.read(self.doc, object, resources);
        let mut ends = Vec::new();
        if let Some(function) = value(self.doc, shading, b"Function") {
            self.ends(function, &mut ends, 0);
        }
        let ends: Vec<Inks> = ends.iter().filter_map(|end| space.inks(end)).collect();
        match &ends[..] {
            // sampled colours are not read: it may be any of the space
            [] => self.judge.used.space(&space),
            ends => ends.iter().for_each(|inks| self.judge.used.inks(inks)),
        }
        // between its ends a shading has no more of any ink than they have
        let most = ends.into_iter().reduce(|most, end| most.most(&end));
        (space, most)
    }

    /// The colours at the ends of exponential functions, also of those stitched together.
    fn ends(&self, function: &Object, ends: &mut Vec<Vec<f64>>, depth: usize) {
        if depth > 4 || ends.len() > 4_096 {
            return;
        }
        let Some(function) = dictionary_of(function) else { return };
        for key in [&b"C0"[..], b"C1"] {
            let end = numbers(self.doc, array(self.doc, function, key));
            if !end.is_empty() {
                ends.push(end);
            }
        }
        for part in array(self.doc, function, b"Functions") {
            if let Some(part) = resolved(self.doc, part) {
                self.ends(part, ends, depth + 1);
            }
        }
    }
}
