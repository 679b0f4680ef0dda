//! What the cases draw: a shape, a pattern, a group, each in a colour that is given.

use lopdf::{Object, dictionary};
use sasshi::press::profile::{PdfxLevel, Profile, ProfileInks};

use super::draft::{Draft, rect};

pub fn name(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

pub fn numbers(values: &[f32]) -> Object {
    Object::Array(values.iter().map(|value| Object::Real(*value)).collect())
}

/// A colour space of a profile of so many components.
pub fn icc(d: &mut Draft, components: i64) -> Object {
    let space = match components {
        1 => *b"GRAY",
        3 => *b"RGB ",
        _ => *b"CMYK",
    };
    let profile = icc_of(d, components, space);
    vec![name("ICCBased"), profile.into()].into()
}

/// A profile of another device, as far as its head.
pub fn icc_of(d: &mut Draft, components: i64, space: [u8; 4]) -> lopdf::ObjectId {
    d.stream(dictionary! { "N" => components }, header(*b"prtr", space))
}

fn header(class: [u8; 4], space: [u8; 4]) -> Vec<u8> {
    let mut bytes = vec![0_u8; 128];
    bytes[3] = 128;
    bytes[12..16].copy_from_slice(&class);
    bytes[16..20].copy_from_slice(&space);
    bytes[36..40].copy_from_slice(b"acsp");
    bytes
}

pub fn tint(components: usize) -> Object {
    Object::Dictionary(dictionary! {
        "FunctionType" => 2, "N" => 1, "Domain" => numbers(&[0.0, 1.0]),
        "C0" => numbers(&vec![0.0; components]), "C1" => numbers(&vec![0.5; components]),
    })
}

pub fn spot(d: &mut Draft, alternate: Object) {
    let space = vec![name("Separation"), name("DIC 156"), alternate, tint(4)];
    d.resource("ColorSpace", "Cs", space).draw(format!("/Cs cs 1 scn {} re f", rect(50.0, 50.0, 20.0, 20.0)));
}

pub fn box_in(d: &mut Draft, colour: &str) {
    d.draw(format!("{colour} {} re f", rect(50.0, 50.0, 20.0, 20.0)));
}

pub fn pattern(d: &mut Draft, colour: &str) {
    let form = d.stream(
        dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => numbers(&[0.0, 0.0, 9.0, 9.0]) },
        format!("{colour} 0 0 9 9 re f"),
    );
    let pattern = d.stream(
        dictionary! {
            "PatternType" => 1, "PaintType" => 1, "TilingType" => 1, "BBox" => numbers(&[0.0, 0.0, 9.0, 9.0]),
            "XStep" => 9, "YStep" => 9,
            "Resources" => dictionary! { "XObject" => dictionary! { "Fm" => form } },
        },
        "/Fm Do",
    );
    d.resource("Pattern", "P", pattern)
        .draw(format!("/Pattern cs /P scn {} re f", rect(50.0, 50.0, 20.0, 20.0)));
}

pub fn shading(d: &mut Draft, space: &str, components: usize) {
    let shading = dictionary! {
        "ShadingType" => 2, "ColorSpace" => name(space), "Coords" => numbers(&[0.0, 0.0, 100.0, 0.0]),
        "Function" => tint(components),
    };
    d.resource("Shading", "Sh", shading).draw("q 200 200 50 50 re W n /Sh sh Q");
}

pub fn type3(d: &mut Draft, colour: &str) {
    let character = d.stream(dictionary! {}, format!("1000 0 d0 {colour} 0 0 750 750 re f"));
    let font = dictionary! {
        "Type" => "Font", "Subtype" => "Type3", "FontBBox" => numbers(&[0.0, 0.0, 1000.0, 1000.0]),
        "FontMatrix" => numbers(&[0.001, 0.0, 0.0, 0.001, 0.0, 0.0]), "FirstChar" => 65, "LastChar" => 65,
        "Widths" => numbers(&[1000.0]), "CharProcs" => dictionary! { "a" => character },
        "Encoding" => dictionary! { "Differences" => vec![65.into(), name("a")] },
    };
    let font = d.doc.add_object(font);
    d.resource("Font", "T3", font).draw("BT /T3 12 Tf 200 200 Td (A) Tj ET");
}

pub fn group(d: &mut Draft, space: &str) {
    let group = dictionary! { "Type" => "Group", "S" => "Transparency", "CS" => name(space) };
    d.form(&dictionary! { "Group" => group }, "0 0 0 0.5 k 200 200 40 40 re f");
}

pub fn soft_mask(d: &mut Draft, space: &str) {
    let mask = d.stream(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => numbers(&[0.0, 0.0, 700.0, 900.0]),
            "Group" => dictionary! { "S" => "Transparency", "CS" => name(space) },
        },
        "1 g 200 200 40 40 re f",
    );
    let state = dictionary! { "SMask" => dictionary! { "S" => "Luminosity", "G" => mask } };
    d.resource("ExtGState", "Gs", state).draw("q /Gs gs 0 0 0 0.5 k 200 200 40 40 re f Q");
}

pub fn state(d: &mut Draft, key: &str, value: Object, then: &str) {
    let mut dict = lopdf::Dictionary::new();
    dict.set(key, value);
    d.resource("ExtGState", "Gs", dict).draw(format!("q /Gs gs {then} Q"));
}

pub fn annotation(d: &mut Draft, rect: Object) {
    let link = dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => rect, "F" => 4 };
    d.pages[0].entries.set("Annots", vec![link.into()]);
}

pub fn text(d: &mut Draft, colour: &str, size: f64) {
    d.draw(format!("BT {colour} k /F1 {size} Tf 200 300 Td <00010002> Tj ET"));
}

pub fn replace(d: &mut Draft, from: &str, to: &str) {
    assert!(d.xmp.contains(from), "{from} is in the metadata of the draft");
    d.xmp = d.xmp.replace(from, to);
}

pub fn profile_header(d: &mut Draft, class: [u8; 4], space: [u8; 4]) {
    let profile = d.stream(dictionary! { "N" => 4 }, header(class, space));
    d.intents[0].set("DestOutputProfile", profile);
}

pub fn black_only(profile: &mut Profile) {
    profile.inks = ProfileInks::Black;
    profile.ink_limit = 100.0;
}

pub fn x1a(profile: &mut Profile) {
    profile.level = PdfxLevel::X1a;
}

pub fn x1a_draft(d: &mut Draft) {
    d.doc.version = "1.4".to_owned();
    // streams of cross references came with 1.5
    d.doc.reference_table.cross_reference_type = lopdf::xref::XrefType::CrossReferenceTable;
    d.info.set("GTS_PDFXVersion", Object::string_literal("PDF/X-1a:2003"));
}
