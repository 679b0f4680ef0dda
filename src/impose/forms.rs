//! Pages as forms (ISO 32000-1, 8.10): a content stream is moved, not rewritten, and resources stay the same objects.
//!
//! In: a document and its pages, or another document to be taken over. Out: the number of the form of each page.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::source::{Source, SourcePage};
use crate::pdf::geometry::Rect;
use crate::pdf::objects::{inherited_entry, real};

/// Content streams that became forms, each with what was added to it.
pub(super) type Taken = BTreeMap<ObjectId, Vec<(Dictionary, ObjectId)>>;

/// What a page, or a node above it, says under `key`, as it is written.
pub(super) fn entry<'d>(document: &'d Document, page: ObjectId, key: &[u8]) -> Option<&'d Object> {
    inherited_entry(document, document.get_dictionary(page).ok()?, key)
}

/// Turns a page's content into a form. Its resources stay the same object, so that fonts are shared.
pub(super) fn form(
    document: &mut Document,
    page: &SourcePage,
    taken: &mut Taken,
) -> Result<ObjectId, lopdf::Error> {
    let Rect { x0, y0, x1, y1 } = page.bleed;
    let mut entries = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![real(x0), real(y0), real(x1), real(y1)],
    };
    let resources = entry(document, page.id, b"Resources").cloned();
    entries.set("Resources", resources.unwrap_or_else(|| Dictionary::new().into()));
    if let Ok(group) = document.get_dictionary(page.id).and_then(|page| page.get(b"Group")) {
        entries.set("Group", group.clone());
    }
    let contents = document.get_page_contents(page.id);
    if let [content] = contents[..]
        && let Ok(stream) = document.get_object(content).and_then(Object::as_stream)
    {
        let mut stream = stream.clone();
        stream.dict.remove(b"Group");
        stream.dict.extend(&entries);
        // pages that share a stream share its form too, unless their boxes or resources differ
        let known = taken.entry(content).or_default();
        if let Some((_, form)) = known.iter().find(|(other, _)| *other == entries) {
            return Ok(*form);
        }
        let form = if known.is_empty() {
            document.objects.insert(content, stream.into());
            content
        } else {
            document.add_object(stream)
        };
        known.push((entries, form));
        return Ok(form);
    }
    // several streams are one content, cut anywhere between tokens
    let content = document.get_page_content(page.id);
    let mut stream = Stream::new(entries, content);
    stream.compress()?;
    Ok(document.add_object(stream))
}

/// Takes the pages of another document over as forms.
pub(super) fn merged(
    document: &mut Document,
    other: Source,
    taken: &mut Taken,
) -> Result<Vec<ObjectId>, lopdf::Error> {
    let other = joined(document, other);
    other.iter().map(|page| form(document, page, taken)).collect()
}

/// Moves the objects of `other` into `document` and gives its pages under their new numbers.
pub(super) fn joined(document: &mut Document, other: Source) -> Vec<SourcePage> {
    let Source { document: mut second, mut pages } = other;
    second.renumber_objects_with(document.max_id + 1);
    for (page, id) in pages.iter_mut().zip(second.page_iter()) {
        page.id = id;
    }
    document.max_id = second.max_id;
    document.objects.append(&mut second.objects);
    pages
}
