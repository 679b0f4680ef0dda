//! Parts the cover from the body: 表4-1 and 表2-3 as two spreads in a file of their own, the body without them.
//!
//! In: a typeset booklet whose pages are all of one size, the bound side. Out: two PDFs, not yet ready for the press. The
//! pages of a spread meet at the fold: the spine has no width, as in saddle stitch.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::fault::{ConvertError, PageFault};
use super::profile::Profile;
use crate::model::layout::Binding;
use crate::model::length::Length;
use crate::model::sheet::Size;
use crate::pdf::boxes::WrittenBoxes;
use crate::pdf::geometry::Rect;
use crate::pdf::objects::{corners, inherited_entry};
use crate::typeset::{PlacedOrigin, TypesetPages};

/// Pages of the cover: the first two and the last two.
pub const PAGES: usize = 4;
/// With fewer pages there is no body that could be stitched into a cover.
pub const LEAST: usize = 8;

/// A booklet in two parts.
#[derive(Debug)]
pub struct Parts {
    /// Page 3 to the last but two.
    pub body: Vec<u8>,
    /// Two spreads, outside and inside.
    pub cover: Vec<u8>,
}

/// A typeset booklet in two parts; what landed where goes along.
#[derive(Debug)]
pub struct PageParts {
    /// Page 3 to the last but two.
    pub body: TypesetPages,
    /// Two spreads, outside and inside.
    pub cover: TypesetPages,
}

/// Parts typeset pages of one size.
///
/// # Errors
/// [`ConvertError`] when the PDF cannot be read or has too few pages.
pub fn part_pages(set: TypesetPages, binding: Binding) -> Result<PageParts, ConvertError> {
    let parts = part(&set.pdf, binding)?;
    let Placements { body, cover } = part_placements(set.placements, &set.pages, binding);
    let inner = set.pages.get(2..set.pages.len().saturating_sub(2)).unwrap_or_default().to_vec();
    let (width, height) = set.pages.first().copied().unwrap_or((Length::ZERO, Length::ZERO));
    Ok(PageParts {
        body: TypesetPages { pdf: parts.body, pages: inner, placements: body },
        cover: TypesetPages { pdf: parts.cover, pages: vec![(width + width, height); 2], placements: cover },
    })
}

/// What landed where, in two parts.
#[derive(Debug)]
pub struct Placements {
    /// In the body.
    pub body: Vec<PlacedOrigin>,
    /// On the spreads of the cover.
    pub cover: Vec<PlacedOrigin>,
}

/// Parts what landed on `pages`, which are enough to be parted.
#[must_use]
pub fn part_placements(
    landed: Vec<PlacedOrigin>,
    pages: &[(Length, Length)],
    binding: Binding,
) -> Placements {
    let total = pages.len();
    let width = pages.first().map_or(Length::ZERO, |(width, _)| *width);
    let spreads = order(total, binding);
    let (mut body, mut cover) = (Vec::new(), Vec::new());
    for placement in landed {
        let side = spreads.iter().zip(1..).find_map(|(sides, number)| {
            sides.iter().position(|page| *page == placement.page).map(|side| (number, side))
        });
        match side {
            None => body.push(PlacedOrigin { page: placement.page - 2, ..placement }),
            Some((number, side)) => {
                let mut rect = placement.rect;
                if side == 1 {
                    rect.x = rect.x + width;
                }
                cover.push(PlacedOrigin { page: number, rect, ..placement });
            }
        }
    }
    Placements { body, cover }
}

/// The pages of each spread, left and right, from 1: outside, then inside.
#[must_use]
pub fn order(pages: usize, binding: Binding) -> [[usize; 2]; 2] {
    let left = [[pages, 1], [2, pages - 1]];
    match binding {
        Binding::Left => left,
        Binding::Right => left.map(|[one, other]| [other, one]),
    }
}

/// The profile that two spreads are judged by: of twice the width, and no number of pages that binding asks for.
#[must_use]
pub fn profile(profile: &Profile) -> Profile {
    let trims = profile.trims.iter().map(|trim| Size { width: trim.width * 2.0, ..*trim }).collect();
    Profile { trims, page_multiple: 1, ..profile.clone() }
}

/// The name of the cover's file beside that of the body.
#[must_use]
pub fn stem(stem: &str) -> String {
    format!("{stem}-cover")
}

/// Parts `pdf`; at least [`LEAST`] pages.
///
/// # Errors
/// [`ConvertError`] when the PDF cannot be read or has too few pages.
pub fn part(pdf: &[u8], binding: Binding) -> Result<Parts, ConvertError> {
    let mut body = Document::load_mem(pdf)?;
    let pages: Vec<ObjectId> = body.page_iter().collect();
    if pages.len() < LEAST {
        return Err(PageFault::FewPages(pages.len()).into());
    }
    let mut cover = body.clone();
    let spreads = order(pages.len(), binding)
        .into_iter()
        .map(|[left, right]| spread(&mut cover, pages[left - 1], pages[right - 1]))
        .collect::<Result<Vec<_>, _>>()?;
    keep(&mut cover, &spreads)?;
    keep(&mut body, &pages[2..pages.len() - 2])?;
    Ok(Parts { body: written(body)?, cover: written(cover)? })
}

fn written(mut document: Document) -> Result<Vec<u8>, ConvertError> {
    document.prune_objects();
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).map_err(lopdf::Error::from)?;
    Ok(bytes)
}

/// Makes `pages` the only ones.
fn keep(document: &mut Document, pages: &[ObjectId]) -> Result<(), ConvertError> {
    let root = document.catalog()?.get(b"Pages")?.as_reference()?;
    for page in pages {
        for key in [&b"Resources"[..], b"MediaBox"] {
            let inherited = entry(document, *page, key).cloned();
            let page = document.get_dictionary_mut(*page)?;
            if let Some(inherited) = inherited.filter(|_| !page.has(key)) {
                page.set(key, inherited);
            }
        }
        document.get_dictionary_mut(*page)?.set("Parent", root);
    }
    // links, tags and bookmarks lead to pages that are not there; a press file has none of them
    let catalog = document.catalog_mut()?;
    for key in [&b"Outlines"[..], b"Names", b"Dests", b"StructTreeRoot", b"PageLabels", b"OpenAction"] {
        catalog.remove(key);
    }
    let tree = document.get_dictionary_mut(root)?;
    tree.set("Count", i64::try_from(pages.len()).unwrap_or(i64::MAX));
    tree.set("Kids", pages.iter().map(|page| Object::Reference(*page)).collect::<Vec<_>>());
    Ok(())
}

fn entry<'d>(document: &'d Document, page: ObjectId, key: &[u8]) -> Option<&'d Object> {
    inherited_entry(document, document.get_dictionary(page).ok()?, key)
}

/// A page of twice the width with two pages on it; each is cut at the fold, where the other begins.
fn spread(document: &mut Document, left: ObjectId, right: ObjectId) -> Result<ObjectId, ConvertError> {
    let one = boxes(document, left)?;
    let SpreadBoxes { media, trim } = one;
    if !one.is_about(boxes(document, right)?) {
        return Err(PageFault::CoverSizes.into());
    }
    let width = trim.width();
    let group = document.get_dictionary(left)?.get(b"Group").cloned();
    let left = form(document, left, Rect { x1: trim.x1, ..media })?;
    let right = form(document, right, Rect { x0: trim.x0, ..media })?;
    let content = format!("q /Left Do Q q 1 0 0 1 {width} 0 cm /Right Do Q");
    let content = document.add_object(Stream::new(Dictionary::new(), content.into_bytes()));
    let mut forms = Dictionary::new();
    forms.set("Left", left);
    forms.set("Right", right);
    let mut resources = Dictionary::new();
    resources.set("XObject", forms);
    let rectangle = |one: Rect| corners(Rect { x1: one.x1 + width, ..one });
    let mut page = Dictionary::new();
    page.set("Type", Object::Name(b"Page".to_vec()));
    page.set("MediaBox", rectangle(media));
    page.set("TrimBox", rectangle(trim));
    page.set("Contents", content);
    page.set("Resources", resources);
    if let Ok(group) = group {
        page.set("Group", group);
    }
    Ok(document.add_object(page))
}

/// The boxes of a page that becomes half of a spread.
#[derive(Clone, Copy)]
struct SpreadBoxes {
    media: Rect,
    trim: Rect,
}

impl SpreadBoxes {
    /// Whether both are the same, but for rounding.
    fn is_about(self, other: Self) -> bool {
        let near = |one: Rect, other: Rect| one.margins(other).into_iter().all(|by| by.abs() <= 0.01);
        near(self.media, other.media) && near(self.trim, other.trim)
    }
}

fn boxes(document: &Document, page: ObjectId) -> Result<SpreadBoxes, ConvertError> {
    let written = WrittenBoxes::read(document, document.get_dictionary(page)?);
    let media = written.media.ok_or(PageFault::NoMediaBox)?;
    Ok(SpreadBoxes { media, trim: written.trim.unwrap_or(media) })
}

/// A page as a form that shows no more than `seen`.
fn form(document: &mut Document, page: ObjectId, seen: Rect) -> Result<ObjectId, ConvertError> {
    let content = document.get_page_content(page);
    let mut form = Dictionary::new();
    form.set("Type", Object::Name(b"XObject".to_vec()));
    form.set("Subtype", Object::Name(b"Form".to_vec()));
    form.set("BBox", corners(seen));
    if let Some(resources) = entry(document, page, b"Resources") {
        form.set("Resources", resources.clone());
    }
    let mut form = Stream::new(form, content);
    form.compress()?;
    Ok(document.add_object(form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_page_is_beside_the_first() {
        assert_eq!(order(20, Binding::Left), [[20, 1], [2, 19]]);
        assert_eq!(order(20, Binding::Right), [[1, 20], [19, 2]]);
    }
}
