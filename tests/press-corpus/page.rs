//! Defects of pages: boxes, sizes, number, bleed, safe area.

use lopdf::{Object, dictionary};
use sasshi::diagnostic::Code;

use super::draft::{Draft, page, page_box, rect};
use super::drawn::{annotation, name};
use super::{Case, case, same, under};

/// The cases.
pub const CASES: &[Case] = &[
    case(
        "missing TrimBox",
        Code::BoxMissing,
        |d| {
            d.pages[0].entries.remove(b"TrimBox");
            d.pages[0].entries.remove(b"BleedBox");
        },
        same,
    ),
    case(
        "missing BleedBox",
        Code::BoxMissing,
        |d| {
            d.pages[0].entries.remove(b"BleedBox");
        },
        same,
    ),
    case(
        "no BleedBox on a sheet as large as the page",
        Code::BleedShort,
        |d| {
            d.pages[0].entries.remove(b"BleedBox");
            d.pages[0].entries.set("MediaBox", page_box(0.0, 0.0, 210.0, 297.0));
        },
        same,
    ),
    case(
        "CropBox on the trim",
        Code::BoxNesting,
        |d| d.pages[0].entries.set("CropBox", page_box(0.0, 0.0, 210.0, 297.0)),
        |d| d.pages[0].entries.set("CropBox", page_box(-3.0, -3.0, 213.0, 300.0)),
    ),
    case(
        "CropBox inside the trim",
        Code::BoxNesting,
        |d| d.pages[0].entries.set("CropBox", page_box(10.0, 0.0, 210.0, 297.0)),
        |d| d.pages[0].entries.set("CropBox", page_box(-6.0, -6.0, 216.0, 303.0)),
    ),
    case(
        "TrimBox outside BleedBox",
        Code::BoxNesting,
        |d| d.pages[0].entries.set("TrimBox", page_box(-5.0, 0.0, 210.0, 297.0)),
        same,
    ),
    case(
        "TrimBox and ArtBox",
        Code::BoxNesting,
        |d| d.pages[0].entries.set("ArtBox", page_box(0.0, 0.0, 210.0, 297.0)),
        same,
    ),
    case(
        "odd page size",
        Code::PageSize,
        |d| {
            let mut odd = page();
            odd.entries.set("TrimBox", page_box(0.0, 0.0, 209.0, 297.0));
            d.pages.push(odd);
        },
        |d| d.pages.push(page()),
    ),
    case(
        "turned page",
        Code::PageRotated,
        |d| d.pages[0].entries.set("Rotate", 90),
        |d| d.pages[0].entries.set("Rotate", 360),
    ),
    under(
        "wrong page count",
        Code::PageMultiple,
        |p| p.page_multiple = 4,
        |d| d.pages.push(page()),
        |d| d.pages.extend([page(), page(), page()]),
    ),
    case(
        "blank page",
        Code::PageBlank,
        |d| {
            d.pages.push(page());
            d.pages[1].content.clear();
        },
        |d| d.pages.push(page()),
    ),
    case(
        "annotation",
        Code::Annotation,
        |d| annotation(d, page_box(10.0, 10.0, 30.0, 20.0)),
        |d| annotation(d, page_box(-6.0, -6.0, -4.0, -4.0)),
    ),
    case(
        "a note that does not print",
        Code::Annotation,
        |d| note(d, page_box(10.0, 10.0, 30.0, 20.0)),
        |d| note(d, page_box(-6.0, -6.0, -4.0, -4.0)),
    ),
    case("a frame on the trim", Code::BleedShort, |d| frame(d, 0.0), |d| frame(d, 10.0)),
    case(
        "content short of the bleed",
        Code::BleedShort,
        |d| {
            d.draw(format!("0 0.5 0 0 k {} re f", rect(0.0, 0.0, 210.0, 30.0)));
        },
        |d| {
            d.draw(format!("0 0.5 0 0 k {} re f", rect(-3.0, -3.0, 216.0, 33.0)));
        },
    ),
    case(
        "image short of the bleed",
        Code::BleedShort,
        |d| {
            d.image((900, 900), name("DeviceCMYK"), &[0, 50, 50, 0], [-1.0, 50.0, 40.0, 40.0]);
        },
        |d| {
            d.image((900, 900), name("DeviceCMYK"), &[0, 50, 50, 0], [-3.0, 50.0, 40.0, 40.0]);
        },
    ),
    case(
        "bleed too narrow",
        Code::BleedShort,
        |d| d.pages[0].entries.set("BleedBox", page_box(-1.0, -1.0, 211.0, 298.0)),
        same,
    ),
    case(
        "text near the edge",
        Code::SafeArea,
        |d| {
            d.draw(format!("BT 0 g /F1 10 Tf {} Td <0001> Tj ET", "20 400"));
        },
        |d| {
            d.draw("BT 0 g /F1 10 Tf 40 400 Td <0001> Tj ET");
        },
    ),
];

fn note(d: &mut Draft, place: Object) {
    let note = dictionary! { "Type" => "Annot", "Subtype" => "Text", "Rect" => place };
    d.pages[0].entries.set("Annots", vec![note.into()]);
}

fn frame(d: &mut Draft, inside: f64) {
    let side = rect(inside, inside, 210.0 - 2.0 * inside, 297.0 - 2.0 * inside);
    // on white: a ground below would hide its edge
    d.pages[0].content = format!("2 w 0 0 0 1 K {side} re S\n");
}
