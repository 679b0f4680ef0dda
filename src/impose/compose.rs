//! Draws an imposition: pages become forms, forms are placed on sheets. Content streams are moved, not rewritten, so
//! vectors, colours and shared fonts stay what they were.
//!
//! In: a [`Source`], an [`Imposition`], furniture. Out: the PDF of the sheets.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::cells::block;
use super::identity;
use super::marks;
use super::source::{Source, SourcePage};
use crate::model::imposition::{Imposition, Placement, Side};
use crate::model::length::Length;
use crate::model::sheet::{Edges, SheetRect, Turn};
use crate::pdf::geometry::{Matrix, Rect};
use crate::pdf::objects::{coordinate, inherited_entry, real};
use crate::pdf::placed_pages::{PlacedPage, PlacedPages};

/// Content streams that became forms, each with what was added to it.
type Taken = BTreeMap<ObjectId, Vec<(Dictionary, ObjectId)>>;

/// Makes the PDF of the sheets. `furniture` has a page that all share and one a side; with none
/// there are no marks either. `about` is the digest of all that the sheets come from.
pub(super) fn compose(
    source: Source,
    imposition: &Imposition,
    furniture: Option<Source>,
    about: &[u8],
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
    let group = pages.first().and_then(|page| entry(&document, page.id, b"Group").cloned());
    let registration = (!furniture.is_empty()).then(|| marks::registration(&mut document));
    let modified = identity::modified(&document);
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
        if stream.content.len() > PLAIN {
            stream.compress()?;
        }
        let mut page = boxes(side, imposition);
        page.set("Type", "Page");
        page.set("Parent", tree);
        page.set("Resources", resources);
        page.set("Contents", document.add_object(stream));
        if let Some(group) = &group {
            page.set("Group", group.clone());
        }
        page.set("PieceInfo", placed(side, imposition, &pages).piece(&modified));
        page.set("LastModified", modified.clone());
        kids.push(document.add_object(page));
    }
    let count = i64::try_from(kids.len()).expect("fewer sides than an i64 holds");
    let kids: Vec<Object> = kids.into_iter().map(Object::Reference).collect();
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Count" => count, "Kids" => kids }.into());
    finish(document, tree, about)
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

/// A content stream up to this many bytes is not compressed: it would hardly become smaller, and the compressor needs
/// some 300 kB of memory for each.
const PLAIN: usize = 512;

/// The boxes of a side (ISO 32000-1, 14.11.2): the sheet, the pages with their bleed, the pages as they are cut. Marks
/// and furniture lie outside of the bleed.
fn boxes(side: &Side, imposition: &Imposition) -> Dictionary {
    let sheet = imposition.sheet;
    let whole = SheetRect::at(Length::ZERO, Length::ZERO, sheet);
    let trim = block(side).unwrap_or(whole);
    let bleed = imposition.bleed;
    let with_bleed = trim.grown(Edges { left: bleed, right: bleed, bottom: bleed, top: bleed }).within(whole);
    let corners = |place: SheetRect| {
        let SheetRect { left, bottom, .. } = place;
        [left, bottom, place.right(), place.top()].map(|length| real(length.to_pt())).to_vec()
    };
    dictionary! { "MediaBox" => corners(whole), "BleedBox" => corners(with_bleed), "TrimBox" => corners(trim) }
}

/// What preflight is told of the pages of a side: where each lies and how far it is shown.
fn placed(side: &Side, imposition: &Imposition, pages: &[SourcePage]) -> PlacedPages {
    let whole = SheetRect::at(Length::ZERO, Length::ZERO, imposition.sheet);
    let area = |place: SheetRect| Rect {
        x0: place.left.to_pt(),
        y0: place.bottom.to_pt(),
        x1: place.right().to_pt(),
        y1: place.top().to_pt(),
    };
    let all = side.placements.iter().map(|placement| {
        let (clip, image) = (area(placement.clip.within(whole)), area(placement.image));
        let shown = placement.page.map_or(clip, |at| {
            matrix(placement.image, placement.turn, &pages[at]).rect(pages[at].bleed).both(clip)
        });
        PlacedPage { trim: area(placement.cell), image, shown, blank: placement.page.is_none() }
    });
    PlacedPages(all.collect())
}

/// What a page, or a node above it, says under `key`, as it is written.
fn entry<'d>(document: &'d Document, page: ObjectId, key: &[u8]) -> Option<&'d Object> {
    inherited_entry(document, document.get_dictionary(page).ok()?, key)
}

/// Turns a page's content into a form. Its resources stay the same object, so that fonts are shared.
fn form(document: &mut Document, page: &SourcePage, taken: &mut Taken) -> Result<ObjectId, lopdf::Error> {
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
        coordinate(clip.left.to_pt()),
        coordinate(clip.bottom.to_pt()),
        coordinate(clip.width.to_pt()),
        coordinate(clip.height.to_pt())
    );
    for entry in matrix(placement.image, placement.turn, page).0 {
        // a factor: six decimals are a hundredth of a point on the largest sheet
        let _ = write!(content, "{} ", format!("{entry:.6}").trim_end_matches('0').trim_end_matches('.'));
    }
    let _ = writeln!(content, "cm /P{at} Do Q");
}

/// From the page's own units to the sheet.
fn matrix(image: SheetRect, turn: Turn, page: &SourcePage) -> Matrix {
    let (cos, sin) = turn.direction();
    let (own_cos, own_sin) = page.turn.direction();
    // both turns in one
    let (cos, sin) = (cos * own_cos - sin * own_sin, sin * own_cos + cos * own_sin);
    let Rect { x0, y0, x1, y1 } = page.trim;
    let (wide, high) = (image.width.to_pt(), image.height.to_pt());
    let (along, up) = if sin.abs() > 0.5 { (high, wide) } else { (wide, high) };
    let (along, up) = (along / (x1 - x0), up / (y1 - y0));
    let turned = [cos * along, sin * along, -sin * up, cos * up];
    // the lower left corner of the turned trim box lands on that of the image
    let corners = [(x0, y0), (x1, y0), (x0, y1), (x1, y1)];
    let least = |from_x: f64, from_y: f64| {
        corners.into_iter().map(|(x, y)| from_x * x + from_y * y).fold(f64::MAX, f64::min)
    };
    Matrix([
        turned[0],
        turned[1],
        turned[2],
        turned[3],
        image.left.to_pt() - least(turned[0], turned[2]),
        image.bottom.to_pt() - least(turned[1], turned[3]),
    ])
}

fn finish(mut document: Document, tree: ObjectId, about: &[u8]) -> Result<Vec<u8>, lopdf::Error> {
    identity::change(&mut document, about)?;
    document.catalog_mut()?.set("Pages", tree);
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

/// All sides of an imposition with their place in the order of printing.
pub(super) fn sides(imposition: &Imposition) -> impl Iterator<Item = (usize, bool, &Side)> {
    imposition.sheets.iter().enumerate().flat_map(|(index, sheet)| {
        std::iter::once((index, false, &sheet.front))
            .chain(sheet.back.iter().map(move |side| (index, true, side)))
    })
}
