//! Rewrites the colours of a whole document: page contents, forms, patterns, gradients, images, groups.
//!
//! In: a PDF in memory as the engine writes it, and a [`Separator`]. Out: the same document with nothing but CMYK, gray as
//! black ink, and spot colours. What lies in a luminosity mask is no ink and becomes plain gray.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::colour::{family, of_press};
use super::content::{self, OVERPRINT, Rewrite};
use super::fault::{ConvertError, PageFault};
use super::image;
use super::ink::Separator;
use crate::pdf::colour_space::Family;
use crate::pdf::objects::{dictionary_of, numbers_of, short_number};
use crate::pdf::page;

/// What is done with K100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Text and thin rules in K100 overprint.
    pub overprint: bool,
}

/// Converts every colour of `document`.
///
/// # Errors
/// [`ConvertError`] for colours that have no conversion (a conic gradient, for one).
pub fn colours(document: &mut Document, separator: &Separator, options: Options) -> Result<(), ConvertError> {
    let masks = masks(document);
    let streams = contents(document);
    for (id, resources) in streams {
        let in_mask = masks.contains(&id);
        let bytes = match document.get_object(id)? {
            Object::Stream(stream) => stream.get_plain_content()?,
            _ => continue,
        };
        let overprint = options.overprint && !in_mask;
        let rewrite = Rewrite { separator, document, resources: &resources, in_mask, overprint };
        let rewritten = content::rewrite(&bytes, &rewrite)?;
        if let Object::Stream(stream) = document.get_object_mut(id)? {
            stream.set_plain_content(rewritten.bytes);
            stream.compress()?;
        }
        if rewritten.overprints {
            add_overprint(document, id)?;
        }
    }
    let ids: Vec<ObjectId> = document.objects.keys().copied().collect();
    for id in &ids {
        shading_at(document, *id, masks.contains(id), separator)?;
    }
    let of_images = image::masks(document);
    for id in ids.iter().filter(|id| !of_images.contains(id)) {
        if let Some(converted) = image::convert(document, *id, separator)? {
            document.objects.insert(*id, Object::Stream(converted));
        }
    }
    for id in &ids {
        let in_mask = masks.contains(id);
        if let Some(object) = document.objects.get_mut(id)
            && let Some(dictionary) = dictionary_mut(object)
        {
            group(dictionary, in_mask);
            if let Ok(resources) = dictionary.get_mut(b"Resources").and_then(Object::as_dict_mut) {
                drop_spaces(resources);
            }
        }
    }
    // resources that stand for themselves
    let own: BTreeSet<ObjectId> = ids
        .iter()
        .filter_map(|id| {
            dictionary_of(document.objects.get(id)?)?.get(b"Resources").ok()?.as_reference().ok()
        })
        .collect();
    for id in own {
        if let Ok(resources) = document.get_dictionary_mut(id) {
            drop_spaces(resources);
        }
    }
    Ok(())
}

fn dictionary_mut(object: &mut Object) -> Option<&mut Dictionary> {
    match object {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&mut stream.dict),
        _ => None,
    }
}

/// The blending space of a transparency group: the press's, or gray in a mask.
fn group(dictionary: &mut Dictionary, in_mask: bool) {
    if let Ok(group) = dictionary.get_mut(b"Group").and_then(Object::as_dict_mut)
        && group.has(b"S")
    {
        let space: &[u8] = if in_mask { b"DeviceGray" } else { b"DeviceCMYK" };
        group.set("CS", Object::Name(space.to_vec()));
    }
}

/// Nothing names converted colour spaces any more.
fn drop_spaces(resources: &mut Dictionary) {
    let Ok(spaces) = resources.get_mut(b"ColorSpace").and_then(Object::as_dict_mut) else { return };
    let converted: Vec<Vec<u8>> = spaces
        .iter()
        .filter(|(_, space)| {
            let kind = space.as_array().ok().and_then(|array| array.first()?.as_name().ok());
            matches!(kind, Some(b"ICCBased" | b"CalRGB" | b"CalGray")) || space.as_reference().is_ok()
        })
        .map(|(name, _)| name.clone())
        .collect();
    for name in converted {
        spaces.remove(&name);
    }
    if spaces.is_empty() {
        resources.remove(b"ColorSpace");
    }
}

/// Every stream of painting operators with its resources.
fn contents(document: &Document) -> Vec<(ObjectId, Dictionary)> {
    let mut found: BTreeMap<ObjectId, Dictionary> = BTreeMap::new();
    let resources = |dictionary: &Dictionary| -> Dictionary {
        dictionary.get_deref(b"Resources", document).and_then(Object::as_dict).cloned().unwrap_or_default()
    };
    for (id, object) in &document.objects {
        let Some(dictionary) = dictionary_of(object) else { continue };
        let is = |key: &[u8], value: &[u8]| dictionary.get(key).and_then(Object::as_name).ok() == Some(value);
        if is(b"Type", b"Page") {
            let all = page::resources(document, dictionary).cloned().unwrap_or_default();
            for content in document.get_page_contents(*id) {
                found.insert(content, all.clone());
            }
        }
        if matches!(object, Object::Stream(_)) && (is(b"Subtype", b"Form") || dictionary.has(b"PaintType")) {
            found.insert(*id, resources(dictionary));
        }
        if is(b"Subtype", b"Type3")
            && let Ok(glyphs) = dictionary.get_deref(b"CharProcs", document).and_then(Object::as_dict)
        {
            let own = resources(dictionary);
            for (_, glyph) in glyphs {
                if let Ok(glyph) = glyph.as_reference() {
                    found.insert(glyph, own.clone());
                }
            }
        }
    }
    found.into_iter().collect()
}

/// Everything that is reached from a luminosity mask and from nothing else that paints.
fn masks(document: &Document) -> BTreeSet<ObjectId> {
    let mut open: Vec<ObjectId> = Vec::new();
    for object in document.objects.values() {
        soft_masks(document, object, &mut open, 0);
    }
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        if let Some(dictionary) = document.objects.get(&id).and_then(dictionary_of) {
            references(dictionary.get(b"Resources").unwrap_or(&Object::Null), &mut open, 0);
            references(dictionary.get(b"Shading").unwrap_or(&Object::Null), &mut open, 0);
            references(dictionary.get(b"Function").unwrap_or(&Object::Null), &mut open, 0);
            if !dictionary.has(b"Subtype") && !dictionary.has(b"ShadingType") {
                references(&Object::Dictionary(dictionary.clone()), &mut open, 0);
            }
        }
    }
    seen
}

fn soft_masks(document: &Document, object: &Object, found: &mut Vec<ObjectId>, depth: u8) {
    let Some(dictionary) = dictionary_of(object).filter(|_| depth < 12) else { return };
    if let Ok(mask) = dictionary.get_deref(b"SMask", document).and_then(Object::as_dict)
        && mask.get(b"S").and_then(Object::as_name).ok() == Some(b"Luminosity")
        && let Ok(form) = mask.get(b"G").and_then(Object::as_reference)
    {
        found.push(form);
    }
    for (_, inner) in dictionary {
        soft_masks(document, inner, found, depth + 1);
    }
}

fn references(object: &Object, found: &mut Vec<ObjectId>, depth: u8) {
    if depth > 12 {
        return;
    }
    match object {
        Object::Reference(id) => found.push(*id),
        Object::Array(items) => items.iter().for_each(|item| references(item, found, depth + 1)),
        Object::Dictionary(dictionary) => {
            dictionary
                .iter()
                .filter(|(key, _)| key.as_slice() != b"Parent")
                .for_each(|(_, item)| references(item, found, depth + 1));
        }
        _ => {}
    }
}

/// A gradient, or a pattern that holds one.
fn shading_at(
    document: &mut Document,
    id: ObjectId,
    in_mask: bool,
    separator: &Separator,
) -> Result<(), ConvertError> {
    let Some(dictionary) = document.objects.get(&id).and_then(dictionary_of) else { return Ok(()) };
    if dictionary.has(b"ShadingType") {
        let converted = shading(document, dictionary, in_mask, separator)?;
        if let Some(converted) = converted
            && let Some(dictionary) = document.objects.get_mut(&id).and_then(dictionary_mut)
        {
            *dictionary = converted;
        }
        return Ok(());
    }
    let inner = dictionary.get(b"Shading").ok().and_then(|shading| shading.as_dict().ok());
    if let Some(inner) = inner.filter(|inner| inner.has(b"ShadingType")) {
        let converted = shading(document, inner, in_mask, separator)?;
        if let Some(converted) = converted
            && let Some(dictionary) = document.objects.get_mut(&id).and_then(dictionary_mut)
        {
            dictionary.set("Shading", converted);
        }
    }
    Ok(())
}

fn shading(
    document: &Document,
    shading: &Dictionary,
    in_mask: bool,
    separator: &Separator,
) -> Result<Option<Dictionary>, ConvertError> {
    let from = shading.get(b"ColorSpace").map_or(Family::Other, |object| family(document, object));
    if from == Family::Other || (from == Family::Cmyk && !separator.one_ink()) {
        return Ok(None);
    }
    let mut converted = shading.clone();
    let to: &[u8] = if in_mask { b"DeviceGray" } else { b"DeviceCMYK" };
    converted.set("ColorSpace", Object::Name(to.to_vec()));
    let function = shading.get(b"Function").map_err(|_| conic())?;
    let stop = |values: &[f64]| of_press(from, values, in_mask, separator);
    converted.set("Function", function_of(document, function, &stop, 0)?);
    converted.remove(b"Background");
    Ok(Some(converted))
}

fn conic() -> ConvertError {
    PageFault::Gradient.into()
}

/// The function with its stops converted: exponential (2) or stitched of such (3).
fn function_of(
    document: &Document,
    function: &Object,
    stop: &dyn Fn(&[f64]) -> Vec<f64>,
    depth: u8,
) -> Result<Object, ConvertError> {
    let (_, function) = document.dereference(function)?;
    let mut function = function.as_dict().map_err(|_| conic())?.clone();
    match function.get(b"FunctionType").and_then(Object::as_i64)? {
        2 => {
            for (key, default) in [("C0", 0.0), ("C1", 1.0)] {
                let values = function.get(key.as_bytes()).and_then(Object::as_array);
                let values = values.map_or_else(|_| vec![default], |values| numbers_of(values));
                let values: Vec<Object> =
                    stop(&values).into_iter().map(|value| short_number(value.clamp(0.0, 1.0))).collect();
                function.set(key, values);
            }
            function.remove(b"Range");
        }
        3 if depth < 8 => {
            let parts = function.get(b"Functions").and_then(Object::as_array)?;
            let parts: Vec<Object> = parts
                .iter()
                .map(|part| function_of(document, part, stop, depth + 1))
                .collect::<Result<_, _>>()?;
            function.set("Functions", parts);
            function.remove(b"Range");
        }
        _ => return Err(conic()),
    }
    Ok(Object::Dictionary(function))
}

/// Puts the two graphics states into the resources that the stream `id` paints with.
fn add_overprint(document: &mut Document, id: ObjectId) -> Result<(), ConvertError> {
    let users: Vec<ObjectId> = if dictionary_of(document.get_object(id)?).is_some_and(|d| d.has(b"Subtype")) {
        vec![id]
    } else {
        document.page_iter().filter(|page| document.get_page_contents(*page).contains(&id)).collect()
    };
    for user in users {
        // of a page also those that it inherits: it has its own from here on
        let own = dictionary_of(document.get_object(user)?).and_then(|one| page::resources(document, one));
        let mut resources = own.cloned().unwrap_or_default();
        let mut states = resources
            .get_deref(b"ExtGState", document)
            .and_then(Object::as_dict)
            .cloned()
            .unwrap_or_default();
        for (name, on) in OVERPRINT.iter().zip([true, false]) {
            let mut state = Dictionary::new();
            state.set("Type", Object::Name(b"ExtGState".to_vec()));
            state.set("OP", on);
            state.set("op", on);
            state.set("OPM", i64::from(on));
            states.set(*name, state);
        }
        resources.set("ExtGState", states);
        if let Some(dictionary) = document.objects.get_mut(&user).and_then(dictionary_mut) {
            dictionary.set("Resources", resources);
        }
    }
    Ok(())
}
