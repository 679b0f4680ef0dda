//! Pages placed on a press sheet by imposition. Each is judged by its own trim and bleed, as it was before; what lies
//! outside of all of them is the sheet's furniture, where registration colour belongs.
//!
//! In: page-piece data of a side (ISO 32000-1, 14.5), written by `impose`. Out: [`PlacedPage`]s. What is written there is
//! believed only as far as the geometry bears it out: otherwise the side is judged as any page.

use lopdf::{Dictionary, Document, Object, dictionary};

use super::boxes::PageBoxes;
use super::geometry::Rect;
use super::objects::{array, dictionary, numbers, real, resolved};

/// The name under which the data stands.
const OWNER: &str = "Sasshi";
/// The most pages of a side that we make: labels of a square centimetre on the largest sheet.
const MOST: usize = 4_096;
/// The least side of a placed page, in points: 5 mm.
const LEAST: f64 = 5.0 * 72.0 / 25.4;
/// This much of a page at least is shown where it is cut out.
const KEPT: f64 = 0.75;
/// Boxes within a tenth of a millimetre are one.
const SLACK: f64 = 0.1 * 72.0 / 25.4;

/// A page on a side of a press sheet, in points of the side.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedPage {
    /// Where it is cut.
    pub trim: Rect,
    /// Where its own trim box lies: the same, but for creep.
    pub image: Rect,
    /// What is shown of it: to the end of the bleed, or to the fold.
    pub shown: Rect,
    /// Whether it is left blank by the order.
    pub blank: bool,
}

/// The pages of a side.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlacedPages(pub Vec<PlacedPage>);

impl PlacedPages {
    /// The page-piece dictionary that tells of them. `modified` is a date (ISO 32000-1, 7.9.4).
    #[must_use]
    pub fn piece(&self, modified: &Object) -> Dictionary {
        let pages: Vec<Object> = self
            .0
            .iter()
            .map(|page| {
                let sides = |area: Rect| [area.x0, area.y0, area.x1, area.y1];
                let corners = [page.trim, page.image, page.shown].into_iter().flat_map(sides);
                let mut entry: Vec<Object> = corners.map(real).collect();
                entry.push(Object::Boolean(page.blank));
                entry.into()
            })
            .collect();
        let private = dictionary! { "PlacedPages" => pages };
        let data = dictionary! { "LastModified" => modified.clone(), "Private" => private };
        let mut piece = Dictionary::new();
        piece.set(OWNER, data);
        piece
    }

    /// The pages of a side with these boxes; none if nothing is said of them, or what is said cannot be.
    #[must_use]
    pub fn read(doc: &Document, side: &Dictionary, boxes: PageBoxes) -> Option<Self> {
        let piece = dictionary(doc, side, b"PieceInfo")?;
        let private = dictionary(doc, dictionary(doc, piece, OWNER.as_bytes())?, b"Private")?;
        let list = array(doc, private, b"PlacedPages");
        if list.is_empty() || list.len() > MOST {
            return None;
        }
        let pages: Option<Vec<PlacedPage>> = list.iter().map(|entry| placed(doc, entry)).collect();
        let pages = pages?;
        let sound = pages.iter().all(|page| {
            // creep moves a page, but not off its place
            let kept = page.image.both(page.shown).both(page.trim);
            kept.width() >= LEAST
                && kept.height() >= LEAST
                && kept.width() >= page.trim.width() * KEPT
                && kept.height() >= page.trim.height() * KEPT
                && boxes.bleed.holds(page.shown, SLACK)
                && boxes.trim.holds(page.trim, SLACK)
        });
        (sound && !overlapping(&pages)).then_some(Self(pages))
    }
}

/// What is shown of a page never lies on the finished size of another.
fn overlapping(pages: &[PlacedPage]) -> bool {
    pages.iter().enumerate().any(|(index, page)| {
        pages.iter().enumerate().any(|(other, neighbour)| {
            let both = page.shown.both(neighbour.trim);
            index != other && both.width() > SLACK && both.height() > SLACK
        })
    })
}

fn placed(doc: &Document, entry: &Object) -> Option<PlacedPage> {
    let entry = resolved(doc, entry)?.as_array().ok()?;
    let blank = entry.last()?.as_bool().ok()?;
    let numbers = <[f64; 12]>::try_from(numbers(doc, entry)).ok()?;
    let mut areas = numbers.as_chunks::<4>().0.iter().map(|[a, b, c, d]| Rect::corners(*a, *b, *c, *d));
    Some(PlacedPage { trim: areas.next()?, image: areas.next()?, shown: areas.next()?, blank })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(x0: f64, x1: f64) -> Rect {
        Rect { x0, y0: 100.0, x1, y1: 700.0 }
    }

    fn read(pages: Vec<PlacedPage>) -> Option<PlacedPages> {
        let mut side = Dictionary::new();
        side.set("PieceInfo", PlacedPages(pages).piece(&Object::string_literal("D:20261123000000Z")));
        let whole = Rect { x0: 0.0, y0: 0.0, x1: 1000.0, y1: 800.0 };
        let boxes = PageBoxes { media: whole, bleed: area(90.0, 910.0), trim: area(100.0, 900.0) };
        PlacedPages::read(&Document::new(), &side, boxes)
    }

    fn page(trim: Rect, shown: Rect) -> PlacedPage {
        PlacedPage { trim, image: trim, shown, blank: false }
    }

    #[test]
    fn what_is_written_is_read() {
        let left = page(area(100.0, 500.0), area(91.5, 500.0));
        // pushed over the fold by paper
        let right = PlacedPage { image: area(498.0, 898.0), ..page(area(500.0, 900.0), area(500.0, 906.5)) };
        let blank = PlacedPage { blank: true, ..right };
        for pages in [vec![left, right], vec![left, blank]] {
            assert_eq!(read(pages.clone()), Some(PlacedPages(pages)));
        }
    }

    #[test]
    fn what_cannot_be_is_not_believed() {
        let left = page(area(100.0, 500.0), area(91.5, 500.0));
        for wrong in [
            vec![],
            // smaller than any page: a hole in the rules
            vec![page(area(100.0, 105.0), area(100.0, 105.0))],
            // off the trimmed part of the side, and off its bleed
            vec![page(area(80.0, 500.0), area(80.0, 500.0))],
            vec![PlacedPage { shown: area(40.0, 500.0), ..left }],
            // shown only in part, or elsewhere than it is cut
            vec![PlacedPage { shown: area(100.0, 300.0), ..left }],
            vec![PlacedPage { image: area(350.0, 750.0), ..left }],
            // one on the other
            vec![left, page(area(400.0, 900.0), area(400.0, 900.0))],
        ] {
            assert_eq!(read(wrong.clone()), None, "{wrong:?}");
        }
    }
}
