//! Draws an imposition: pages become forms, forms are placed on sheets. Content streams are moved, not rewritten, so
//! vectors, colours and shared fonts stay what they were.
//!
//! In: a [`Source`], an [`Imposition`], furniture. Out: the PDF of the sheets.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::marks;
use super::source::{Source, SourcePage, inherited};
use crate::model::imposition::{Imposition, Placement, Side};
use crate::model::sheet::{Rect, Turn};

/// A number in a content stream: four decimals of a point are a ten-thousandth of a millimetre.
pub(super) fn number(value: f64) -> String {
    let mut text = format!("{value:.4}");
    text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    if text == "-0" { "0".to_owned() } else { text }
}

fn real(value: f64) -> Object {
    // PDF readers keep single precision; so does the library
    #[allow(clippy::cast_possible_truncation)]
    Object::Real(value as f32)
}

/// Content streams that became forms, each with what was added to it.
type Taken = BTreeMap<ObjectId, Vec<(Dictionary, ObjectId)>>;

/// Makes the PDF of the sheets. `furniture` has a page that all share and one a side; with none
/// there are no marks either.
pub(super) fn compose(
    source: Source,
    imposition: &Imposition,
    furniture: Option<Source>,
) -> Result<Vec<u8>, lopdf::Error> {
    let Source { mut document, pages } = source;
    let mut taken = Taken::new();
    let mut forms = Vec::new();
    for page in &pages {
        forms.push(form(&mut document, page, &mut taken)?);
    }
    let furniture = match furniture {
        Some(furniture) => merged(&mut document, furniture, &mut taken)?,
        None => Vec::new(),
    };
    let group = pages.first().and_then(|page| inherited(&document, page.id, b"Group").cloned());
    let registration = (!furniture.is_empty()).then(|| marks::registration(&mut document));
    let tree = document.new_object_id();
    // most sides have the same marks: they share one form
    let mut drawn: BTreeMap<String, ObjectId> = BTreeMap::new();
    let mut kids = Vec::new();
    for (index, (_, _, side)) in sides(imposition).enumerate() {
        let mut content = String::new();
        let mut objects = Dictionary::new();
        for placement in &side.placements {
            if let Some(at) = placement.page {
                place(&mut content, placement, &pages[at], at);
                objects.set(format!("P{at}"), forms[at]);
            }
        }
        let mut resources = Dictionary::new();
        if let Some(registration) = registration {
            let marks = marks::draw(side, imposition);
            let form = if let Some(form) = drawn.get(&marks) {
                *form
            } else {
                let form = marks_form(&mut document, imposition, registration, &marks)?;
                drawn.insert(marks, form);
                form
            };
            content.push_str("q /M Do Q\n");
            objects.set("M", form);
        }
        if let (Some(shared), Some(form)) = (furniture.first(), furniture.get(index + 1)) {
            content.push_str("q /B Do Q q /F Do Q\n");
            objects.set("B", *shared);
            objects.set("F", *form);
        }
        resources.set("XObject", objects);
        let mut stream = Stream::new(Dictionary::new(), content.into_bytes());
        stream.compress()?;
        let content = document.add_object(stream);
        kids.push(sheet_page(&mut document, imposition, tree, content, resources, group.as_ref()));
    }
    let count = i64::try_from(kids.len()).expect("fewer sides than an i64 holds");
    let kids: Vec<Object> = kids.into_iter().map(Object::Reference).collect();
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Count" => count, "Kids" => kids }.into());
    finish(document, tree)
}

fn marks_form(
    document: &mut Document,
    imposition: &Imposition,
    registration: ObjectId,
    marks: &str,
) -> Result<ObjectId, lopdf::Error> {
    let sheet = imposition.sheet;
    let entries = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), real(sheet.width.to_pt()), real(sheet.height.to_pt())],
        "Resources" => dictionary! { "ColorSpace" => dictionary! { "All" => registration } },
    };
    let mut stream = Stream::new(entries, marks.as_bytes().to_vec());
    stream.compress()?;
    Ok(document.add_object(stream))
}

fn sheet_page(
    document: &mut Document,
    imposition: &Imposition,
    tree: ObjectId,
    content: ObjectId,
    resources: Dictionary,
    group: Option<&Object>,
) -> ObjectId {
    let whole = || {
        vec![0.into(), 0.into(), real(imposition.sheet.width.to_pt()), real(imposition.sheet.height.to_pt())]
    };
    let mut page = dictionary! {
        "Type" => "Page",
        "Parent" => tree,
        "MediaBox" => whole(),
        // what is cut is told by marks; the sheet itself is the finished size of this file
        "TrimBox" => whole(),
        "BleedBox" => whole(),
        "Resources" => resources,
        "Contents" => content,
    };
    if let Some(group) = group {
        page.set("Group", group.clone());
    }
    document.add_object(page)
}

/// Turns a page's content into a form. Its resources stay the same object, so that fonts are shared.
fn form(document: &mut Document, page: &SourcePage, taken: &mut Taken) -> Result<ObjectId, lopdf::Error> {
    let [left, bottom, right, top] = page.bleed;
    let mut entries = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "BBox" => vec![real(left), real(bottom), real(right), real(top)],
    };
    let resources = inherited(document, page.id, b"Resources").cloned();
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
fn merged(document: &mut Document, other: Source, taken: &mut Taken) -> Result<Vec<ObjectId>, lopdf::Error> {
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

/// Places a form: cut to what is shown, its trim box on the image.
fn place(content: &mut String, placement: &Placement, page: &SourcePage, at: usize) {
    let clip = placement.clip;
    let _ = write!(
        content,
        "q {} {} {} {} re W n ",
        number(clip.left.to_pt()),
        number(clip.bottom.to_pt()),
        number(clip.width.to_pt()),
        number(clip.height.to_pt())
    );
    for entry in matrix(placement.image, placement.turn, page) {
        // a factor: six decimals are a hundredth of a point on the largest sheet
        let _ = write!(content, "{} ", format!("{entry:.6}").trim_end_matches('0').trim_end_matches('.'));
    }
    let _ = writeln!(content, "cm /P{at} Do Q");
}

/// From the page's own units to the sheet.
fn matrix(image: Rect, turn: Turn, page: &SourcePage) -> [f64; 6] {
    let (cos, sin) = turn.direction();
    let (own_cos, own_sin) = page.turn.direction();
    // both turns in one
    let (cos, sin) = (cos * own_cos - sin * own_sin, sin * own_cos + cos * own_sin);
    let [left, bottom, right, top] = page.trim;
    let (wide, high) = (image.width.to_pt(), image.height.to_pt());
    let (along, up) = if sin.abs() > 0.5 { (high, wide) } else { (wide, high) };
    let (along, up) = (along / (right - left), up / (top - bottom));
    let turned = [cos * along, sin * along, -sin * up, cos * up];
    // the lower left corner of the turned trim box lands on that of the image
    let corners = [(left, bottom), (right, bottom), (left, top), (right, top)];
    let least = |from_x: f64, from_y: f64| {
        corners.into_iter().map(|(x, y)| from_x * x + from_y * y).fold(f64::MAX, f64::min)
    };
    [
        turned[0],
        turned[1],
        turned[2],
        turned[3],
        image.left.to_pt() - least(turned[0], turned[2]),
        image.bottom.to_pt() - least(turned[1], turned[3]),
    ]
}

/// Keys of a catalogue that speak of pages as they were, not of sheets.
const OLD: [&[u8]; 11] = [
    b"Outlines",
    b"Names",
    b"Dests",
    b"OpenAction",
    b"AA",
    b"AcroForm",
    b"StructTreeRoot",
    b"MarkInfo",
    b"PageLabels",
    b"PageMode",
    b"Threads",
];

fn finish(mut document: Document, tree: ObjectId) -> Result<Vec<u8>, lopdf::Error> {
    let metadata = document.catalog()?.get(b"Metadata").and_then(Object::as_reference).ok();
    let claims = metadata.is_some_and(|id| claims_what_sheets_are_not(&document, id));
    let catalog = document.catalog_mut()?;
    for key in OLD {
        catalog.remove(key);
    }
    if claims {
        catalog.remove(b"Metadata");
    }
    catalog.set("Pages", tree);
    document.prune_objects();
    document.renumber_objects();
    let mut bytes = Vec::new();
    // object streams came with 1.5 (ISO 32000-1, 7.5.7)
    if document.version.as_str() >= "1.5" {
        document.save_modern(&mut bytes)?;
    } else {
        document.save_to(&mut bytes)?;
    }
    Ok(bytes)
}

/// Tagged and archived files say so in their metadata; sheets are neither.
fn claims_what_sheets_are_not(document: &Document, id: ObjectId) -> bool {
    let Ok(stream) = document.get_object(id).and_then(Object::as_stream) else { return true };
    let text = stream.get_plain_content().unwrap_or_default();
    let has = |word: &[u8]| text.windows(word.len()).any(|part| part == word);
    has(b"pdfuaid") || has(b"pdfaid")
}

/// All sides of an imposition with their place in the order of printing.
pub(super) fn sides(imposition: &Imposition) -> impl Iterator<Item = (usize, bool, &Side)> {
    imposition.sheets.iter().enumerate().flat_map(|(index, sheet)| {
        std::iter::once((index, false, &sheet.front))
            .chain(sheet.back.iter().map(move |side| (index, true, side)))
    })
}
