//! Defects that lie deep: in patterns, forms, soft masks, drawn characters and marks, one within the other, each away from
//! the origin of what it lies in.

use lopdf::{Dictionary, Object, ObjectId, dictionary};
use sasshi::diagnostic::Code;

use super::draft::Draft;
use super::drawn::{name, numbers};
use super::{Case, case};

const RGB: &str = "1 0 0 rg";
const CMYK: &str = "0 1 1 0 k";
const HEAVY: &str = "1 1 1 1 k";
const LIGHT: &str = "0 0 0 0.5 k";
/// Paints a rectangle with the pattern `P`.
const PAINT: &str = "/Pattern cs /P scn 0 0 60 60 re f";
const SQUARE: &str = "0 0 9 9 re f";

/// The cases.
pub const CASES: &[Case] = &[
    case("RGB pattern under a clip", Code::ColourForeign, |d| clipped(d, RGB), |d| clipped(d, CMYK)),
    case("RGB pattern in a form", Code::ColourForeign, |d| in_form(d, RGB), |d| in_form(d, CMYK)),
    case("RGB pattern in a pattern", Code::ColourForeign, |d| in_pattern(d, RGB), |d| in_pattern(d, CMYK)),
    case(
        "RGB form in a pattern in a form",
        Code::ColourForeign,
        |d| form_in_pattern_in_form(d, RGB),
        |d| form_in_pattern_in_form(d, CMYK),
    ),
    case(
        "the pattern of the form's own resources",
        Code::ColourForeign,
        |d| two_of_a_name(d, CMYK, RGB),
        |d| two_of_a_name(d, RGB, CMYK),
    ),
    case(
        "the pattern of the page's resources, for a form without its own",
        Code::ColourForeign,
        |d| without_resources(d, RGB),
        |d| without_resources(d, CMYK),
    ),
    case(
        "RGB pattern as line in a form",
        Code::ColourForeign,
        |d| painting_in_form(d, RGB, "/Pattern CS /P SCN 4 w 5 5 m 50 50 l S"),
        |d| painting_in_form(d, CMYK, "/Pattern CS /P SCN 4 w 5 5 m 50 50 l S"),
    ),
    case(
        "RGB pattern as text in a form",
        Code::ColourForeign,
        |d| painting_in_form(d, RGB, "/Pattern cs /P scn BT /F1 20 Tf 5 5 Td <0001> Tj ET"),
        |d| painting_in_form(d, CMYK, "/Pattern cs /P scn BT /F1 20 Tf 5 5 Td <0001> Tj ET"),
    ),
    case(
        "RGB pattern through an image mask in a form",
        Code::ColourForeign,
        |d| painting_in_form(d, RGB, MASK),
        |d| painting_in_form(d, CMYK, MASK),
    ),
    case(
        "RGB pattern in a Type 3 font",
        Code::ColourForeign,
        |d| in_character(d, RGB),
        |d| in_character(d, CMYK),
    ),
    case(
        "RGB for a Type 3 font without a colour",
        Code::ColourForeign,
        |d| in_colour_of_text(d, RGB),
        |d| in_colour_of_text(d, CMYK),
    ),
    case(
        "RGB pattern in a soft mask",
        Code::ColourForeign,
        |d| in_mask(d, RGB, ""),
        |d| in_mask(d, CMYK, ""),
    ),
    case(
        "ink of a pattern that a soft mask showed first",
        Code::InkLimit,
        |d| in_mask(d, HEAVY, PAINT),
        |d| in_mask(d, LIGHT, PAINT),
    ),
    case(
        "ink of a pattern without colours of its own",
        Code::InkLimit,
        |d| uncoloured(d, "1 1 1 1"),
        |d| uncoloured(d, "0 0 0 0.5"),
    ),
    case(
        "hairline in a pattern in a form that is made smaller",
        Code::LineThin,
        |d| line_in_form(d, 0.1),
        |d| line_in_form(d, 1.0),
    ),
    case("RGB printer's mark", Code::ColourForeign, |d| mark(d, RGB), |d| mark(d, CMYK)),
    case(
        "RGB pattern in a printer's mark of several states",
        Code::ColourForeign,
        |d| mark_of_states(d, RGB),
        |d| mark_of_states(d, CMYK),
    ),
    case(
        "RGB outside of the box of a cell is not seen",
        Code::ColourForeign,
        |d| in_box(d, "0 0 9 9 re f"),
        |d| in_box(d, "20 20 9 9 re f"),
    ),
];

const MASK: &str = "/Pattern cs /P scn q 40 0 0 40 5 5 cm BI /W 1 /H 1 /IM true ID 0 EI Q";

/// A pattern of 9 points a cell.
fn cell(d: &mut Draft, resources: Dictionary, content: &str) -> ObjectId {
    let dict = dictionary! {
        "PatternType" => 1, "PaintType" => 1, "TilingType" => 1, "BBox" => numbers(&[0.0, 0.0, 9.0, 9.0]),
        "XStep" => 9, "YStep" => 9, "Resources" => resources,
    };
    d.stream(dict, content)
}

/// A cell full of a colour.
fn full(d: &mut Draft, colour: &str) -> ObjectId {
    cell(d, dictionary! {}, &format!("{colour} {SQUARE}"))
}

fn pattern_of(cell: ObjectId) -> Dictionary {
    dictionary! { "Pattern" => dictionary! { "P" => cell } }
}

/// A form in the middle of the page.
fn form(d: &mut Draft, resources: Option<Dictionary>, content: &str) -> ObjectId {
    let mut dict = dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "BBox" => numbers(&[0.0, 0.0, 60.0, 60.0]),
        "Matrix" => numbers(&[1.0, 0.0, 0.0, 1.0, 250.0, 350.0]),
    };
    if let Some(resources) = resources {
        dict.set("Resources", resources);
    }
    d.stream(dict, content)
}

fn drawn(d: &mut Draft, form: ObjectId) {
    d.resource("XObject", "Fm", form).draw("/Fm Do");
}

fn clipped(d: &mut Draft, colour: &str) {
    let cell = full(d, colour);
    d.resource("Pattern", "P", cell);
    d.draw("q 200 200 50 50 re W n /Pattern cs /P scn 200 200 50 50 re f Q");
}

fn painting_in_form(d: &mut Draft, colour: &str, painting: &str) {
    let cell = full(d, colour);
    let mut resources = pattern_of(cell);
    resources.set("Font", d.resources.get(b"Font").expect("the fonts of the draft").clone());
    let form = form(d, Some(resources), painting);
    drawn(d, form);
}

fn in_form(d: &mut Draft, colour: &str) {
    painting_in_form(d, colour, PAINT);
}

fn in_pattern(d: &mut Draft, colour: &str) {
    let inner = full(d, colour);
    let outer = cell(d, pattern_of(inner), "/Pattern cs /P scn 2 2 5 5 re f");
    d.resource("Pattern", "P", outer).draw("/Pattern cs /P scn 200 200 50 50 re f");
}

fn form_in_pattern_in_form(d: &mut Draft, colour: &str) {
    let dict =
        dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => numbers(&[0.0, 0.0, 9.0, 9.0]) };
    let inner = d.stream(dict, format!("{colour} {SQUARE}"));
    let cell = cell(d, dictionary! { "XObject" => dictionary! { "Fm" => inner } }, "/Fm Do");
    let form = form(d, Some(pattern_of(cell)), PAINT);
    drawn(d, form);
}

fn two_of_a_name(d: &mut Draft, of_page: &str, of_form: &str) {
    let cell = full(d, of_page);
    d.resource("Pattern", "P", cell);
    in_form(d, of_form);
}

fn without_resources(d: &mut Draft, colour: &str) {
    let cell = full(d, colour);
    d.resource("Pattern", "P", cell);
    let form = form(d, None, PAINT);
    drawn(d, form);
}

fn character(d: &mut Draft, resources: Dictionary, content: &str) {
    let character = d.stream(dictionary! {}, content);
    let font = dictionary! {
        "Type" => "Font", "Subtype" => "Type3", "FontBBox" => numbers(&[0.0, 0.0, 1000.0, 1000.0]),
        "FontMatrix" => numbers(&[0.001, 0.0, 0.0, 0.001, 0.0, 0.0]), "FirstChar" => 65, "LastChar" => 65,
        "Widths" => numbers(&[1000.0]), "CharProcs" => dictionary! { "a" => character },
        "Encoding" => dictionary! { "Differences" => vec![65.into(), name("a")] }, "Resources" => resources,
    };
    let font = d.doc.add_object(font);
    d.resource("Font", "T3", font);
}

fn in_character(d: &mut Draft, colour: &str) {
    // a character is drawn in thousandths of its size
    let cell = full(d, colour);
    let dict = &mut d.doc.get_object_mut(cell).and_then(Object::as_stream_mut).expect("a cell").dict;
    dict.set("Matrix", numbers(&[100.0, 0.0, 0.0, 100.0, 0.0, 0.0]));
    character(d, pattern_of(cell), "1000 0 d0 /Pattern cs /P scn 0 0 750 750 re f");
    // the text begins outside of what is seen of it
    d.draw("q 224 190 30 30 re W n BT /T3 12 Tf 200 200 Td (AAA) Tj ET Q");
}

fn in_colour_of_text(d: &mut Draft, colour: &str) {
    character(d, dictionary! {}, "1000 0 0 0 750 750 d1 0 0 750 750 re f");
    d.draw(format!("BT /T3 12 Tf 200 200 Td 0 0 0 1 k (A) Tj {colour} (A) Tj ET"));
}

/// A soft mask whose group is painted with a pattern, and then `painting` on the page with the same pattern.
fn in_mask(d: &mut Draft, colour: &str, painting: &str) {
    let cell = full(d, colour);
    let group = d.stream(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => numbers(&[0.0, 0.0, 700.0, 900.0]),
            "Group" => dictionary! { "S" => "Transparency", "CS" => "DeviceCMYK" }, "Resources" => pattern_of(cell),
        },
        "/Pattern cs /P scn 200 200 40 40 re f",
    );
    let state = dictionary! { "SMask" => dictionary! { "S" => "Luminosity", "G" => group } };
    d.resource("ExtGState", "Gs", state).resource("Pattern", "P", cell);
    d.draw(format!("q /Gs gs 0 0 0 0.5 k 200 200 40 40 re f Q q 1 0 0 1 300 300 cm {painting} Q"));
}

fn uncoloured(d: &mut Draft, colour: &str) {
    let dict = dictionary! {
        "PatternType" => 1, "PaintType" => 2, "TilingType" => 1, "BBox" => numbers(&[0.0, 0.0, 9.0, 9.0]),
        "XStep" => 9, "YStep" => 9, "Resources" => dictionary! {},
    };
    let cell = d.stream(dict, SQUARE);
    d.resource("Pattern", "P", cell).resource("ColorSpace", "Cs", vec![name("Pattern"), name("DeviceCMYK")]);
    d.draw(format!("/Cs cs {colour} /P scn 200 200 50 50 re f"));
}

fn line_in_form(d: &mut Draft, scale: f32) {
    let cell = cell(d, dictionary! {}, "0 0 0 1 K 1 w 0 4 m 9 4 l S");
    let form = form(d, Some(pattern_of(cell)), PAINT);
    d.resource("XObject", "Fm", form).draw(format!("q {scale} 0 0 {scale} 100 100 cm /Fm Do Q"));
}

/// A printer's mark between bleed and edge.
fn printer_mark(d: &mut Draft, appearance: Object, state: Option<&str>) {
    let mut mark = dictionary! {
        "Type" => "Annot", "Subtype" => "PrinterMark", "F" => 68, "Rect" => numbers(&[200.0, 1.0, 220.0, 7.0]),
        "AP" => dictionary! { "N" => appearance },
    };
    if let Some(state) = state {
        mark.set("AS", name(state));
    }
    d.pages[0].entries.set("Annots", vec![mark.into()]);
}

fn mark(d: &mut Draft, colour: &str) {
    let form = form(d, Some(dictionary! {}), &format!("{colour} {SQUARE}"));
    printer_mark(d, form.into(), None);
}

fn mark_of_states(d: &mut Draft, colour: &str) {
    let (used, unused) = (full(d, colour), full(d, RGB));
    let on = form(d, Some(pattern_of(used)), PAINT);
    let off = form(d, Some(pattern_of(unused)), PAINT);
    printer_mark(d, dictionary! { "On" => on, "Off" => off }.into(), Some("On"));
}

fn in_box(d: &mut Draft, square: &str) {
    let cell = cell(d, dictionary! {}, &format!("{CMYK} {SQUARE} {RGB} {square}"));
    let form = form(d, Some(pattern_of(cell)), PAINT);
    drawn(d, form);
}
