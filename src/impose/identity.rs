//! What the file of the sheets says about itself: what holds of the pages' file holds of the sheets, but for what speaks
//! of pages as they were, and for the identifier of this very file.
//!
//! In: the document of the pages. Out: the same with catalog, metadata and trailer of sheets. Output intent, XMP and
//! Info stay (ISO 15930-7); so does the first half of the trailer's ID (ISO 32000-1, 14.4).

use lopdf::{Document, Error, Object, ObjectId};

use crate::pdf::identity::{file_id, uuid_of_sheets};
use crate::pdf::xmp::set_instance;

/// Keys of a catalog that speak of pages as they were, not of sheets.
const OLD: [&[u8]; 12] = [
    b"Outlines",
    b"Names",
    b"Dests",
    b"OpenAction",
    b"AA",
    b"AcroForm",
    b"StructTreeRoot",
    b"MarkInfo",
    b"PageLabels",
    b"PageLayout",
    b"PageMode",
    b"Threads",
];

/// Turns the file of the pages into that of the sheets. `about` is the digest of all that they come from.
pub(super) fn change(document: &mut Document, about: &[u8]) -> Result<(), Error> {
    let metadata = document.catalog()?.get(b"Metadata").and_then(Object::as_reference).ok();
    let claims = metadata.is_some_and(|id| claims_what_sheets_are_not(document, id));
    let catalog = document.catalog_mut()?;
    for key in OLD {
        catalog.remove(key);
    }
    if claims {
        catalog.remove(b"Metadata");
    } else if let Some(id) = metadata {
        new_instance(document, id, about);
    }
    if let Ok([_, changing]) =
        document.trailer.get_mut(b"ID").and_then(Object::as_array_mut).map(Vec::as_mut_slice)
    {
        *changing = file_id(about);
    }
    Ok(())
}

/// When the pages were last changed, as their file says; there is no clock here.
pub(super) fn modified(document: &Document) -> Object {
    let info = document.trailer.get(b"Info").ok().and_then(|info| document.dereference(info).ok());
    let info = info.and_then(|(_, info)| info.as_dict().ok());
    let date = |key: &[u8]| info?.get_deref(key, document).ok().filter(|date| date.as_str().is_ok()).cloned();
    let unknown = || Object::string_literal("D:19700101000000Z");
    date(b"ModDate").or_else(|| date(b"CreationDate")).unwrap_or_else(unknown)
}

/// Whether the file says that it is PDF/X: it has the output intent for that.
pub(super) fn says_pdfx(document: &Document) -> bool {
    condition(document).is_some()
}

/// The printing condition that the file is made for.
pub(super) fn condition(document: &Document) -> Option<String> {
    let intents = document.catalog().ok()?.get_deref(b"OutputIntents", document).ok()?.as_array().ok()?;
    let intents = intents.iter().filter_map(|intent| document.dereference(intent).ok()?.1.as_dict().ok());
    let intent = intents.into_iter().find(|intent| {
        intent.get_deref(b"S", document).and_then(Object::as_name).is_ok_and(|s| s == b"GTS_PDFX")
    })?;
    let name = intent.get_deref(b"OutputConditionIdentifier", document).and_then(Object::as_str);
    Some(String::from_utf8_lossy(name.unwrap_or_default()).into_owned())
}

/// Whether the file has layers that are not shown: they are known by the catalog alone.
pub(super) fn hides_layers(document: &Document) -> bool {
    let hidden = || -> Result<bool, Error> {
        let layers = document.catalog()?.get_deref(b"OCProperties", document)?.as_dict()?;
        let default = layers.get_deref(b"D", document)?.as_dict()?;
        let off =
            default.get_deref(b"OFF", document).and_then(Object::as_array).is_ok_and(|off| !off.is_empty());
        let base = default
            .get_deref(b"BaseState", document)
            .and_then(Object::as_name)
            .is_ok_and(|base| base == b"OFF");
        Ok(off || base)
    };
    hidden().unwrap_or(false)
}

/// Tagged and archived files say so in their metadata; sheets are neither.
fn claims_what_sheets_are_not(document: &Document, id: ObjectId) -> bool {
    let Ok(stream) = document.get_object(id).and_then(Object::as_stream) else { return true };
    let text = stream.get_plain_content().unwrap_or_default();
    find(&text, b"pdfuaid").is_some() || find(&text, b"pdfaid").is_some()
}

/// Gives the metadata another instance identifier.
fn new_instance(document: &mut Document, id: ObjectId, about: &[u8]) {
    let Ok(stream) = document.get_object_mut(id).and_then(Object::as_stream_mut) else { return };
    if !stream.dict.has(b"Filter") {
        set_instance(&mut stream.content, &uuid_of_sheets(about));
    }
}

fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    memchr::memmem::find(text, word)
}
