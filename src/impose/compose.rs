//! Draws an imposition: pages become forms, forms are placed on sheets. Content streams are moved, not rewritten, so
//! vectors, colours and shared fonts stay what they were.
//!
//! In: a [`Source`], an [`Imposition`], furniture. Out: the PDF of the sheets.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::cells::block;
use super::forms::{Taken, entry, form, merged};
use super::identity;
use super::marks;
use super::marks::MarkedPlates;
use super::sides::sides;
use super::source::{Source, SourcePage};
use crate::model::imposition::{Imposition, Placement, Side};
use crate::model::length::Length;
use crate::model::sheet::{Edges, SheetRect, Turn};
use crate::pdf::geometry::{Matrix, Rect};
use crate::pdf::objects::{coordinate, real};
use crate::pdf::placed_pages::{PlacedPage, PlacedPages};

/// A content stream up to this many bytes is not compressed: it would hardly become smaller, and the compressor needs
/// some 300 kB of memory for each.
const PLAIN: usize = 512;

/// What stands outside the pages.
pub(super) struct Outside {
    /// A page that all sides share, then one for each side.
    pub furniture: Source,
    /// The plates that the marks stand on.
    pub plates: MarkedPlates,
}

/// Makes the PDF of the sheets. Without what is `outside` there are no marks either. `about` is the digest of all that the sheets
/// come from.
pub(super) fn compose(
    source: Source,
    imposition: &Imposition,
    outside: Option<Outside>,
    about: &[u8],
) -> Result<Vec<u8>, lopdf::Error> {
    let Source { document, pages } = source;
    let mut writer = SideWriter::new(document, &pages, imposition, outside)?;
    let mut kids: Vec<Object> = Vec::new();
    for (index, one) in sides(imposition).enumerate() {
        kids.push(writer.page(index, one.side)?.into());
    }
    writer.finish(kids, about)
}

/// Writes sides into the document of the pages.
struct SideWriter<'a> {
    document: Document,
    imposition: &'a Imposition,
    pages: &'a [SourcePage],
    /// The form of each page.
    forms: Vec<ObjectId>,
    /// The form that all sides share, then that of each side; empty without marks.
    furniture: Vec<ObjectId>,
    /// The transparency group of the pages.
    group: Option<Object>,
    /// The colour space of the marks; none without marks.
    registration: Option<ObjectId>,
    /// The forms of marks that are drawn: most sides have the same marks and share one.
    marks: BTreeMap<String, ObjectId>,
    /// When the pages were last changed.
    modified: Object,
    /// The node above all sides.
    tree: ObjectId,
}

/// What is drawn on a side.
struct SideContent {
    operators: String,
    /// The forms that it names.
    forms: Dictionary,
}

impl<'a> SideWriter<'a> {
    fn new(
        mut document: Document,
        pages: &'a [SourcePage],
        imposition: &'a Imposition,
        outside: Option<Outside>,
    ) -> Result<Self, lopdf::Error> {
        let mut taken = Taken::new();
        let mut forms = Vec::new();
        for page in pages {
            forms.push(form(&mut document, page, &mut taken)?);
        }
        let plates = outside.as_ref().map(|outside| outside.plates);
        let furniture = match outside {
            Some(outside) => merged(&mut document, outside.furniture, &mut taken)?,
            None => Vec::new(),
        };
        let group = pages.first().and_then(|page| entry(&document, page.id, b"Group").cloned());
        let registration = plates.map(|plates| marks::registration(&mut document, plates));
        let modified = identity::modified(&document);
        let tree = document.new_object_id();
        let marks = BTreeMap::new();
        Ok(Self { document, imposition, pages, forms, furniture, group, registration, marks, modified, tree })
    }

    /// Adds the side at `index` as a page.
    fn page(&mut self, index: usize, side: &Side) -> Result<ObjectId, lopdf::Error> {
        let SideContent { operators, forms } = self.draw(index, side)?;
        let mut stream = Stream::new(Dictionary::new(), operators.into_bytes());
        if stream.content.len() > PLAIN {
            stream.compress()?;
        }
        let mut page = boxes(side, self.imposition);
        page.set("Type", "Page");
        page.set("Parent", self.tree);
        page.set("Resources", dictionary! { "XObject" => forms });
        page.set("Contents", self.document.add_object(stream));
        if let Some(group) = &self.group {
            page.set("Group", group.clone());
        }
        page.set("PieceInfo", placed(side, self.imposition, self.pages).piece(&self.modified));
        page.set("LastModified", self.modified.clone());
        Ok(self.document.add_object(page))
    }

    /// Draws the pages of a side, then marks and furniture over them.
    fn draw(&mut self, index: usize, side: &Side) -> Result<SideContent, lopdf::Error> {
        let mut operators = String::new();
        let mut forms = Dictionary::new();
        for placement in &side.placements {
            if let Some(at) = placement.page {
                place(&mut operators, placement, &self.pages[at], at);
                forms.set(format!("P{at}"), self.forms[at]);
            }
        }
        if let Some(registration) = self.registration {
            operators.push_str("q /M Do Q\n");
            forms.set("M", self.marks_form(side, registration)?);
        }
        if let (Some(shared), Some(own)) = (self.furniture.first(), self.furniture.get(index + 1)) {
            operators.push_str("q /B Do Q q /F Do Q\n");
            forms.set("B", *shared);
            forms.set("F", *own);
        }
        Ok(SideContent { operators, forms })
    }

    /// The form of the marks of a side.
    fn marks_form(&mut self, side: &Side, registration: ObjectId) -> Result<ObjectId, lopdf::Error> {
        let operators = marks::draw(side, self.imposition);
        if let Some(form) = self.marks.get(&operators) {
            return Ok(*form);
        }
        let sheet = self.imposition.sheet;
        let entries = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => vec![0.into(), 0.into(), real(sheet.width.to_pt()), real(sheet.height.to_pt())],
            "Resources" => dictionary! { "ColorSpace" => dictionary! { "All" => registration } },
        };
        let mut stream = Stream::new(entries, operators.as_bytes().to_vec());
        stream.compress()?;
        let form = self.document.add_object(stream);
        self.marks.insert(operators, form);
        Ok(form)
    }

    /// Turns the document of the pages into that of the sheets, whose pages are `kids`.
    fn finish(self, kids: Vec<Object>, about: &[u8]) -> Result<Vec<u8>, lopdf::Error> {
        let Self { mut document, tree, .. } = self;
        let count = i64::try_from(kids.len()).expect("fewer sides than an i64 holds");
        let node = dictionary! { "Type" => "Pages", "Count" => count, "Kids" => kids };
        document.objects.insert(tree, node.into());
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
}

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
    let (given, own) = (turn.direction(), page.turn.direction());
    // both turns in one
    let (cos, sin) = (given.cos * own.cos - given.sin * own.sin, given.sin * own.cos + given.cos * own.sin);
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
