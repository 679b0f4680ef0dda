//! Makes a converted document a PDF/X file: boxes, output intent, metadata, and nothing that a press file may not hold.
//!
//! In: a document whose colours are converted. Out: bytes. PDF/X-4 (ISO 15930-7): PDF 1.6 with object streams. PDF/X-1a:2003
//! (ISO 15930-4): PDF 1.4, classic cross references, refused when the pages hold transparency.

use lopdf::xref::XrefType;
use lopdf::{Dictionary, Document, Object, ObjectId, SaveOptions, Stream};
use sha2::{Digest, Sha256};

use super::Icc;
use super::about::{About, program};
use super::fault::{ConvertError, PageFault};
use super::marks;
use super::profile::{PdfxLevel, Profile};
use crate::model::date::Date;
use crate::model::layout::Binding;
use crate::pdf::identity::{self, file_id};
use crate::pdf::objects::text_string;
use crate::pdf::xmp::Packet;

/// The catalog's keys that a press file keeps.
const CATALOG: &[&[u8]] = &[b"Type", b"Pages"];
/// A page's keys that it keeps.
const PAGE: &[&[u8]] =
    &[b"Type", b"Parent", b"Contents", b"Resources", b"MediaBox", b"TrimBox", b"Group", b"Rotate"];

/// Finishes `document`, which was made from `source`.
///
/// # Errors
/// [`ConvertError`] when it holds what the level does not allow.
pub(super) fn finish(
    mut document: Document,
    source: &[u8],
    profile: &Profile,
    icc: &Icc,
    about: &About,
) -> Result<Vec<u8>, ConvertError> {
    if profile.level == PdfxLevel::X1a {
        flat(&mut document)?;
    }
    let pages: Vec<ObjectId> = document.page_iter().collect();
    let total = pages.len();
    for (index, page) in pages.into_iter().enumerate() {
        boxes(&mut document, page)?;
        marks::draw(&mut document, page, &marks::Sheet { profile, about, number: index + 1, total })?;
    }
    let instance = digest(&[source, &icc.digest, profile.name.as_bytes()]);
    let original = digest(&[about.ident.as_bytes()]);
    let ids = Ids { original: &original, instance: &instance };
    catalog(&mut document, profile, icc, about, ids)?;
    information(&mut document, profile, about);
    document.trailer.set("ID", vec![file_id(&original), file_id(&instance)]);
    document.trailer.remove(b"Encrypt");
    document.prune_objects();
    document.renumber_objects();
    let modern = profile.level == PdfxLevel::X4;
    document.version = if modern { "1.6" } else { "1.4" }.to_owned();
    if !modern {
        document.reference_table.cross_reference_type = XrefType::CrossReferenceTable;
    }
    let options = SaveOptions::builder().use_object_streams(modern).use_xref_streams(modern).build();
    let mut bytes = Vec::with_capacity(source.len() + icc.stream.content.len());
    document.save_with_options(&mut bytes, options).map_err(lopdf::Error::from)?;
    Ok(bytes)
}

/// The digests that the identifiers of a file are made of.
#[derive(Clone, Copy)]
struct Ids<'a> {
    /// Of the job.
    original: &'a [u8],
    /// Of this very file.
    instance: &'a [u8],
}

fn digest(parts: &[&[u8]]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
    }
    hasher.finalize().to_vec()
}

/// Trim and bleed of a page. The engine writes the sheet with its bleed as `MediaBox`.
fn boxes(document: &mut Document, page: ObjectId) -> Result<(), ConvertError> {
    let media = document.get_dictionary(page)?.get_deref(b"MediaBox", document)?.clone();
    let dictionary = document.get_dictionary_mut(page)?;
    let keys: Vec<Vec<u8>> = dictionary.iter().map(|(key, _)| key.clone()).collect();
    for key in keys.iter().filter(|key| !PAGE.contains(&key.as_slice())) {
        dictionary.remove(key);
    }
    if !dictionary.has(b"TrimBox") {
        dictionary.set("TrimBox", media.clone());
    }
    dictionary.set("BleedBox", media.clone());
    dictionary.set("MediaBox", media);
    Ok(())
}

fn catalog(
    document: &mut Document,
    profile: &Profile,
    icc: &Icc,
    about: &About,
    ids: Ids<'_>,
) -> Result<(), ConvertError> {
    let icc_id = document.add_object(icc.stream.clone());
    let condition = &profile.condition;
    let mut intent = Dictionary::new();
    intent.set("Type", Object::Name(b"OutputIntent".to_vec()));
    intent.set("S", Object::Name(b"GTS_PDFX".to_vec()));
    intent.set("OutputConditionIdentifier", text_string(&condition.identifier));
    intent.set("OutputCondition", text_string(&condition.info));
    intent.set("RegistryName", text_string(&condition.registry));
    intent.set("Info", text_string(&condition.info));
    intent.set("DestOutputProfile", icc_id);
    let mut metadata = Dictionary::new();
    metadata.set("Type", Object::Name(b"Metadata".to_vec()));
    metadata.set("Subtype", Object::Name(b"XML".to_vec()));
    // searched for by programs that do not read PDF: never compressed
    let packet = Stream::new(metadata, xmp(profile, about, ids).into_bytes()).with_compression(false);
    let metadata_id = document.add_object(packet);
    let catalog = document.catalog_mut()?;
    let keys: Vec<Vec<u8>> = catalog.iter().map(|(key, _)| key.clone()).collect();
    for key in keys.iter().filter(|key| !CATALOG.contains(&key.as_slice())) {
        catalog.remove(key);
    }
    catalog.set("OutputIntents", vec![Object::Dictionary(intent)]);
    catalog.set("Metadata", metadata_id);
    if about.binding == Binding::Right {
        let mut preferences = Dictionary::new();
        preferences.set("Direction", Object::Name(b"R2L".to_vec()));
        catalog.set("ViewerPreferences", preferences);
    }
    Ok(())
}

/// The information dictionary; it says what the XMP packet says.
fn information(document: &mut Document, profile: &Profile, about: &About) {
    let Date { year, month, day } = about.date;
    let date = format!("D:{year:04}{month:02}{day:02}000000Z");
    let mut info = Dictionary::new();
    info.set("Title", text_string(&about.title));
    info.set("Creator", text_string(&program()));
    info.set("Producer", text_string(&program()));
    info.set("CreationDate", Object::string_literal(date.clone()));
    info.set("ModDate", Object::string_literal(date));
    info.set("Trapped", Object::Name(b"False".to_vec()));
    if profile.level == PdfxLevel::X1a {
        info.set("GTS_PDFXVersion", text_string("PDF/X-1a:2003"));
    }
    let id = document.add_object(info);
    document.trailer.set("Info", id);
}

fn xmp(profile: &Profile, about: &About, ids: Ids<'_>) -> String {
    let key = match profile.level {
        PdfxLevel::X4 => "pdfxid:GTS_PDFXVersion",
        PdfxLevel::X1a => "pdfx:GTS_PDFXVersion",
    };
    let packet = Packet {
        title: &about.title,
        date: about.date,
        program: &program(),
        version: [key, profile.level.name()],
        document: &identity::uuid(ids.original),
        instance: &identity::uuid(ids.instance),
    };
    packet.write()
}

/// Takes the groups away that PDF 1.4 without transparency does not have, if nothing in them is transparent.
fn flat(document: &mut Document) -> Result<(), ConvertError> {
    let transparent = document.objects.values().any(|object| see_through(object, 0));
    if transparent {
        return Err(PageFault::Transparency.into());
    }
    for object in document.objects.values_mut() {
        match object {
            Object::Dictionary(dictionary) => dictionary.remove(b"Group"),
            Object::Stream(stream) => stream.dict.remove(b"Group"),
            _ => None,
        };
    }
    Ok(())
}

fn see_through(object: &Object, depth: u8) -> bool {
    if depth > 12 {
        return false;
    }
    let dictionary = match object {
        Object::Dictionary(dictionary) => dictionary,
        Object::Stream(stream) => &stream.dict,
        Object::Array(items) => return items.iter().any(|item| see_through(item, depth + 1)),
        _ => return false,
    };
    dictionary.iter().any(|(key, value)| match (key.as_slice(), value) {
        (b"SMask", Object::Name(name)) => name != b"None",
        (b"SMask", _) => true,
        (b"ca" | b"CA", value) => value.as_float().is_ok_and(|alpha| alpha < 1.0),
        (b"BM", Object::Name(name)) => name != b"Normal" && name != b"Compatible",
        (_, value) => see_through(value, depth + 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transparency_is_seen() {
        let mut state = Dictionary::new();
        state.set("ca", Object::Real(0.5));
        let mut resources = Dictionary::new();
        resources.set("ExtGState", state);
        assert!(see_through(&Object::Dictionary(resources.clone()), 0));
        resources.set("ExtGState", Dictionary::new());
        assert!(!see_through(&Object::Dictionary(resources), 0));
    }
}
