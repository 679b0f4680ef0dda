//! The resources of a rewritten stream: what was made for the plate, and fonts and graphics states as they are.
//!
//! In: the resources of the original, the new names. Out: a resource dictionary.

use lopdf::{Dictionary, Object, ObjectId};

use super::copy::Copier;
use super::state::State;
use crate::pdf::objects::{dictionary, dictionary_of, name, resolved};
use crate::pdf::reading::{LARGEST_CONTENT, unpacked};

/// The name of the space of patterns that take the gray they are given.
pub(super) const GRAY_PATTERN: &str = "PlateGray";

/// Kinds of resources that are made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Forms and images.
    XObject,
    /// Patterns.
    Pattern,
    /// Shadings.
    Shading,
}

/// The new resources of a stream.
#[derive(Debug, Default)]
pub(super) struct New {
    list: Vec<(Kind, ObjectId)>,
}

impl New {
    /// Gives an object a name.
    pub(super) fn add(&mut self, kind: Kind, object: ObjectId) -> Vec<u8> {
        if !self.list.contains(&(kind, object)) {
            self.list.push((kind, object));
        }
        name_of(object).into_bytes()
    }
}

fn name_of(object: ObjectId) -> String {
    format!("Plate{}", object.0)
}

impl<'d> Copier<'d> {
    /// The resources of a stream that was rewritten.
    pub(super) fn resources(
        &mut self,
        original: Option<&'d Dictionary>,
        new: &New,
        depth: usize,
    ) -> Option<Dictionary> {
        let mut made = Dictionary::new();
        if let Some(original) = original {
            for key in [&b"ExtGState"[..], b"Properties"] {
                if let Ok(object) = original.get(key) {
                    let taken = self.taken(object);
                    made.set(key, taken);
                }
            }
            if let Some(fonts) = dictionary(self.doc, original, b"Font") {
                let mut copies = Dictionary::new();
                for (name, font) in fonts {
                    let font = self.font(font, depth)?;
                    copies.set(name.clone(), font);
                }
                made.set("Font", copies);
            }
        }
        for (kind, key) in
            [(Kind::XObject, "XObject"), (Kind::Pattern, "Pattern"), (Kind::Shading, "Shading")]
        {
            let mut names = Dictionary::new();
            for (_, object) in new.list.iter().filter(|(one, _)| *one == kind) {
                names.set(name_of(*object), Object::Reference(*object));
            }
            made.set(key, names);
        }
        let gray: Object = vec!["Pattern".into(), "DeviceGray".into()].into();
        let mut spaces = Dictionary::new();
        spaces.set(GRAY_PATTERN, gray);
        made.set("ColorSpace", spaces);
        Some(made)
    }

    /// A font; the characters of Type 3 are rewritten.
    fn font(&mut self, object: &'d Object, depth: usize) -> Option<Object> {
        let font = resolved(self.doc, object).and_then(dictionary_of);
        let Some(font) = font.filter(|font| name(self.doc, font, b"Subtype") == Some(b"Type3")) else {
            return Some(self.taken(object));
        };
        let key = object.as_reference().ok().map(|id| (id, State::of_page().entry()));
        if let Some(done) = key.and_then(|key| self.done.get(&key)) {
            return Some(Object::Reference(*done));
        }
        if let Some((id, _)) = key {
            if self.open.contains(&id) {
                return Some(Object::Null);
            }
            self.open.push(id);
        }
        let mut copy = font.clone();
        for (_, entry) in
            font.iter().filter(|(key, _)| !matches!(key.as_slice(), b"CharProcs" | b"Resources"))
        {
            self.taken(entry);
        }
        let (mut characters, mut used) = (Dictionary::new(), Dictionary::new());
        for (name, character) in dictionary(self.doc, font, b"CharProcs").into_iter().flatten() {
            let Some(Object::Stream(character)) = resolved(self.doc, character) else { continue };
            let Some(bytes) = unpacked(character, LARGEST_CONTENT) else { continue };
            let resources = dictionary(self.doc, font, b"Resources");
            let (content, resources, _) = self.content(&bytes, resources, State::of_page(), depth + 1)?;
            // what is new has a name of its own in the whole file, so that all characters can share a dictionary
            merge(&mut used, resources);
            let character = self.stream(Dictionary::new(), content);
            characters.set(name.clone(), character);
        }
        if key.is_some() {
            self.open.pop();
        }
        copy.set("CharProcs", characters);
        copy.set("Resources", used);
        let made = self.out.add_object(copy);
        if let Some(key) = key {
            self.done.insert(key, made);
        }
        Some(made.into())
    }
}

/// Puts the entries of a resource dictionary into another.
fn merge(into: &mut Dictionary, from: Dictionary) {
    for (kind, names) in from {
        match (into.get_mut(&kind), names) {
            (Ok(Object::Dictionary(there)), Object::Dictionary(names)) => there.extend(&names),
            (_, names) => into.set(kind, names),
        }
    }
}
