//! The corpus: kinds of defects, each with a clean twin that differs in that one thing.

use lopdf::{Object, dictionary};
use sasshi::diagnostic::Code;
use sasshi::press::profile::{BlackOverprint, Inks, Level, Profile};

use super::draft::{Draft, composite_font, page, page_box, rect};

/// A change of a draft.
pub type Change = fn(&mut Draft);

/// A defect and its twin.
pub struct Case {
    /// What it is called.
    pub name: &'static str,
    /// The code it must be found with.
    pub code: Code,
    /// The defect.
    pub defect: Change,
    /// The same without the defect.
    pub twin: Change,
    /// What differs from the generic profile.
    pub profile: fn(&mut Profile),
}

fn same(_: &mut Draft) {}
fn generic(_: &mut Profile) {}

const fn case(name: &'static str, code: Code, defect: Change, twin: Change) -> Case {
    Case { name, code, defect, twin, profile: generic }
}

const fn under(
    name: &'static str,
    code: Code,
    profile: fn(&mut Profile),
    defect: Change,
    twin: Change,
) -> Case {
    Case { name, code, defect, twin, profile }
}

fn name(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

fn numbers(values: &[f32]) -> Object {
    Object::Array(values.iter().map(|value| Object::Real(*value)).collect())
}

fn icc(d: &mut Draft, components: i64) -> Object {
    let profile = d.stream(dictionary! { "N" => components }, b"a profile".to_vec());
    vec![name("ICCBased"), profile.into()].into()
}

fn tint(components: usize) -> Object {
    Object::Dictionary(dictionary! {
        "FunctionType" => 2, "N" => 1, "Domain" => numbers(&[0.0, 1.0]),
        "C0" => numbers(&vec![0.0; components]), "C1" => numbers(&vec![0.5; components]),
    })
}

fn spot(d: &mut Draft, alternate: Object) {
    let space = vec![name("Separation"), name("DIC 156"), alternate, tint(4)];
    d.resource("ColorSpace", "Cs", space).draw(format!("/Cs cs 1 scn {} re f", rect(50.0, 50.0, 20.0, 20.0)));
}

fn box_in(d: &mut Draft, colour: &str) {
    d.draw(format!("{colour} {} re f", rect(50.0, 50.0, 20.0, 20.0)));
}

fn pattern(d: &mut Draft, colour: &str) {
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

fn shading(d: &mut Draft, space: &str, components: usize) {
    let shading = dictionary! {
        "ShadingType" => 2, "ColorSpace" => name(space), "Coords" => numbers(&[0.0, 0.0, 100.0, 0.0]),
        "Function" => tint(components),
    };
    d.resource("Shading", "Sh", shading).draw("q 200 200 50 50 re W n /Sh sh Q");
}

fn type3(d: &mut Draft, colour: &str) {
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

fn group(d: &mut Draft, space: &str) {
    let group = dictionary! { "Type" => "Group", "S" => "Transparency", "CS" => name(space) };
    d.form(&dictionary! { "Group" => group }, "0 0 0 0.5 k 200 200 40 40 re f");
}

fn soft_mask(d: &mut Draft, space: &str) {
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

fn state(d: &mut Draft, key: &str, value: Object, then: &str) {
    let mut dict = lopdf::Dictionary::new();
    dict.set(key, value);
    d.resource("ExtGState", "Gs", dict).draw(format!("q /Gs gs {then} Q"));
}

fn annotation(d: &mut Draft, rect: Object) {
    let link = dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => rect };
    d.pages[0].entries.set("Annots", vec![link.into()]);
}

fn text(d: &mut Draft, colour: &str, size: f64) {
    d.draw(format!("BT {colour} k /F1 {size} Tf 200 300 Td <00010002> Tj ET"));
}

fn replace(d: &mut Draft, from: &str, to: &str) {
    assert!(d.xmp.contains(from), "{from} is in the metadata of the draft");
    d.xmp = d.xmp.replace(from, to);
}

fn profile_header(d: &mut Draft, class: [u8; 4], space: [u8; 4]) {
    let mut bytes = vec![0_u8; 128];
    bytes[3] = 128;
    bytes[12..16].copy_from_slice(&class);
    bytes[16..20].copy_from_slice(&space);
    bytes[36..40].copy_from_slice(b"acsp");
    let profile = d.stream(dictionary! { "N" => 4 }, bytes);
    d.intents[0].set("DestOutputProfile", profile);
}

fn black_only(profile: &mut Profile) {
    profile.inks = Inks::Black;
    profile.ink_limit = 100.0;
}

fn x1a(profile: &mut Profile) {
    profile.level = Level::X1a;
}

fn x1a_draft(d: &mut Draft) {
    d.doc.version = "1.4".to_owned();
    // streams of cross references came with 1.5
    d.doc.reference_table.cross_reference_type = lopdf::xref::XrefType::CrossReferenceTable;
    d.info.set("GTS_PDFXVersion", Object::string_literal("PDF/X-1a:2003"));
}

/// All cases.
pub const CASES: &[Case] = &[
    case("RGB fill", Code::ColourForeign, |d| box_in(d, "1 0 0 rg"), |d| box_in(d, "0 1 1 0 k")),
    case(
        "RGB line",
        Code::ColourForeign,
        |d| {
            d.draw("1 0 0 RG 100 100 m 200 100 l S");
        },
        |d| {
            d.draw("0 1 1 0 K 100 100 m 200 100 l S");
        },
    ),
    case(
        "RGB image",
        Code::ColourForeign,
        |d| {
            d.image((300, 300), name("DeviceRGB"), &[200, 0, 0], [50.0, 50.0, 20.0, 20.0]);
        },
        |d| {
            d.image((300, 300), name("DeviceCMYK"), &[0, 200, 200, 0], [50.0, 50.0, 20.0, 20.0]);
        },
    ),
    case(
        "RGB in a form in a pattern",
        Code::ColourForeign,
        |d| pattern(d, "1 0 0 rg"),
        |d| pattern(d, "0 1 1 0 k"),
    ),
    case("RGB shading", Code::ColourForeign, |d| shading(d, "DeviceRGB", 3), |d| shading(d, "DeviceCMYK", 4)),
    case("RGB in a Type 3 font", Code::ColourForeign, |d| type3(d, "1 0 0 rg"), |d| type3(d, "0 0 0 1 k")),
    case(
        "RGB inline image",
        Code::ColourForeign,
        |d| {
            d.draw("q 2 0 0 2 200 200 cm BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI Q");
        },
        |d| {
            d.draw("q 2 0 0 2 200 200 cm BI /W 1 /H 1 /BPC 8 /CS /CMYK ID     EI Q");
        },
    ),
    case(
        "profiled gray text",
        Code::ColourForeign,
        |d| {
            let space = icc(d, 1);
            d.resource("ColorSpace", "Cs", space).draw("BT /Cs cs 0 sc /F1 10 Tf 200 300 Td <0001> Tj ET");
        },
        |d| {
            d.draw("BT 0 g /F1 10 Tf 200 300 Td <0001> Tj ET");
        },
    ),
    case(
        "Lab fill",
        Code::ColourForeign,
        |d| {
            d.resource(
                "ColorSpace",
                "Cs",
                vec![name("Lab"), dictionary! { "WhitePoint" => numbers(&[0.96, 1.0, 0.82]) }.into()],
            );
            box_in(d, "/Cs cs 50 0 0 sc");
        },
        |d| box_in(d, "/DeviceCMYK cs 0 0 0 0.5 sc"),
    ),
    case(
        "spot colour with RGB alternate",
        Code::ColourForeign,
        |d| spot(d, name("DeviceRGB")),
        |d| spot(d, name("DeviceCMYK")),
    ),
    case(
        "DeviceN without alternate",
        Code::ColourSpaceBroken,
        |d| {
            d.resource("ColorSpace", "Cs", vec![name("DeviceN"), vec![name("Cyan")].into()]);
            box_in(d, "/Cs cs 1 scn");
        },
        |d| {
            d.resource(
                "ColorSpace",
                "Cs",
                vec![name("DeviceN"), vec![name("Cyan")].into(), name("DeviceCMYK"), tint(4)],
            );
            box_in(d, "/Cs cs 1 scn");
        },
    ),
    under(
        "spot colour in a four-colour job",
        Code::SpotColour,
        |p| p.spots = false,
        |d| spot(d, name("DeviceCMYK")),
        |d| box_in(d, "0 1 0 0 k"),
    ),
    under(
        "cyan in a job of black",
        Code::ColourInk,
        black_only,
        |d| box_in(d, "0.5 0 0 0 k"),
        |d| box_in(d, "0 0 0 0.5 k"),
    ),
    case("TAC 380 %", Code::InkLimit, |d| box_in(d, "1 0.9 0.9 1 k"), |d| box_in(d, "0.7 0.7 0.6 1 k")),
    case(
        "TAC 380 % in an image",
        Code::InkLimit,
        |d| {
            d.image((300, 300), name("DeviceCMYK"), &[255, 230, 230, 254], [50.0, 50.0, 20.0, 20.0]);
        },
        |d| {
            d.image((300, 300), name("DeviceCMYK"), &[255, 128, 128, 128], [50.0, 50.0, 20.0, 20.0]);
        },
    ),
    case(
        "registration colour in the page",
        Code::InkLimit,
        |d| {
            d.resource(
                "ColorSpace",
                "Cs",
                vec![name("Separation"), name("All"), name("DeviceCMYK"), tint(4)],
            )
            .draw("/Cs CS 1 SCN 100 100 m 200 100 l S");
        },
        |d| {
            d.resource(
                "ColorSpace",
                "Cs",
                vec![name("Separation"), name("All"), name("DeviceCMYK"), tint(4)],
            )
            .draw("/Cs CS 1 SCN 2 2 m 6 2 l S");
        },
    ),
    case(
        "72 dpi image",
        Code::ImageResolution,
        |d| {
            d.image((72, 72), name("DeviceCMYK"), &[0, 50, 50, 0], [50.0, 50.0, 25.4, 25.4]);
        },
        |d| {
            d.image((360, 360), name("DeviceCMYK"), &[0, 50, 50, 0], [50.0, 50.0, 25.4, 25.4]);
        },
    ),
    case(
        "0.05 mm line",
        Code::LineThin,
        |d| {
            d.draw("0.142 w 0 0 0 1 K 100 100 m 200 100 l S");
        },
        |d| {
            d.draw("0.25 w 0 0 0 1 K 100 100 m 200 100 l S");
        },
    ),
    case(
        "line made thin by its matrix",
        Code::LineThin,
        |d| {
            d.draw("q 0.1 0 0 0.1 0 0 cm 1 w 0 0 0 1 K 1000 1000 m 2000 1000 l S Q");
        },
        |d| {
            d.draw("q 0.1 0 0 0.1 0 0 cm 5 w 0 0 0 1 K 1000 1000 m 2000 1000 l S Q");
        },
    ),
    case(
        "hairline",
        Code::LineThin,
        |d| {
            d.draw("0 w 0 0 0 1 K 100 100 m 200 100 l S");
        },
        |d| {
            d.draw("1 w 0 0 0 1 K 100 100 m 200 100 l S");
        },
    ),
    case(
        "filled hairline",
        Code::LineThin,
        |d| {
            d.draw("0 0 0 1 k 100 100 100 0.1 re f");
        },
        |d| {
            d.draw("0 0 0 1 k 100 100 100 0.5 re f");
        },
    ),
    case("4-ink 4-pt text", Code::TextInInks, |d| text(d, "0.5 0.4 0.4 1", 4.0), |d| text(d, "0 0 0 1", 4.0)),
    case(
        "white overprint",
        Code::WhiteOverprint,
        |d| state(d, "OP", true.into(), "0 0 0 0 k 100 100 50 50 re f"),
        |d| state(d, "OP", true.into(), "0 0 0 1 k 100 100 50 50 re f"),
    ),
    under(
        "overprint where forbidden",
        Code::Overprint,
        |p| p.overprint = BlackOverprint::Forbidden,
        |d| state(d, "op", true.into(), "0 0 0 1 k 100 100 50 50 re f"),
        |d| state(d, "op", false.into(), "0 0 0 1 k 100 100 50 50 re f"),
    ),
    case(
        "transfer function",
        Code::TransferFunction,
        |d| state(d, "TR", tint(1), ""),
        |d| state(d, "TR2", name("Default"), ""),
    ),
    case(
        "PostScript XObject",
        Code::PostScript,
        |d| {
            let ps = d.stream(dictionary! { "Type" => "XObject", "Subtype" => "PS" }, "showpage");
            d.resource("XObject", "Ps", ps).draw("/Ps Do");
        },
        |d| {
            d.form(&dictionary! {}, "0 g 200 200 40 40 re f");
        },
    ),
    case("RGB blend group", Code::BlendSpace, |d| group(d, "DeviceRGB"), |d| group(d, "DeviceCMYK")),
    case(
        "RGB blend space of the page",
        Code::BlendSpace,
        |d| d.pages[0].entries.set("Group", dictionary! { "S" => "Transparency", "CS" => "DeviceRGB" }),
        |d| d.pages[0].entries.set("Group", dictionary! { "S" => "Transparency", "CS" => "DeviceCMYK" }),
    ),
    case("RGB soft mask", Code::BlendSpace, |d| soft_mask(d, "DeviceRGB"), |d| soft_mask(d, "DeviceGray")),
    under(
        "transparency in X-1a",
        Code::Transparency,
        x1a,
        |d| {
            x1a_draft(d);
            state(d, "ca", Object::Real(0.5), "0 0 0 1 k 100 100 50 50 re f");
        },
        |d| {
            x1a_draft(d);
            state(d, "ca", 1.into(), "0 0 0 1 k 100 100 50 50 re f");
        },
    ),
    case(
        "font not embedded",
        Code::FontNotEmbedded,
        |d| {
            let font = d.doc.add_object(
                dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" },
            );
            d.resource("Font", "F2", font).draw("BT 0 g /F2 10 Tf 200 300 Td (A) Tj ET");
        },
        |d| {
            let program = d.stream(dictionary! {}, "a font");
            let descriptor = dictionary! { "FontFile" => program };
            let font = composite_font(&mut d.doc, descriptor);
            d.resource("Font", "F2", font).draw("BT 0 g /F2 10 Tf 200 300 Td <0001> Tj ET");
        },
    ),
    case(
        "missing glyph",
        Code::PressGlyphMissing,
        |d| {
            d.draw("BT 0 g /F1 10 Tf 200 300 Td <00010000> Tj ET");
        },
        |d| {
            d.draw("BT 0 g /F1 10 Tf 200 300 Td <00010002> Tj ET");
        },
    ),
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
        "JavaScript",
        Code::Action,
        |d| d.catalog.set("Names", dictionary! { "JavaScript" => dictionary! {} }),
        |d| d.catalog.set("Names", dictionary! { "Dests" => dictionary! {} }),
    ),
    case(
        "open action",
        Code::Action,
        |d| d.catalog.set("OpenAction", dictionary! { "S" => "Named", "N" => "Print" }),
        same,
    ),
    case(
        "attachment",
        Code::Attachment,
        |d| d.catalog.set("Names", dictionary! { "EmbeddedFiles" => dictionary! {} }),
        same,
    ),
    case(
        "layers that switch",
        Code::Layers,
        |d| {
            d.catalog.set("OCProperties", dictionary! { "D" => dictionary! { "AS" => vec![dictionary! { "Event" => "Print" }.into()] } });
        },
        |d| d.catalog.set("OCProperties", dictionary! { "D" => dictionary! { "Name" => "all" } }),
    ),
    case("no intent", Code::IntentMissing, |d| d.intents.clear(), same),
    case("two intents", Code::IntentMissing, |d| d.intents.push(d.intents[0].clone()), same),
    case(
        "RGB intent",
        Code::IntentProfile,
        |d| profile_header(d, *b"mntr", *b"RGB "),
        |d| profile_header(d, *b"prtr", *b"CMYK"),
    ),
    case(
        "intent profile not embedded",
        Code::IntentProfile,
        |d| {
            d.intents[0].remove(b"DestOutputProfile");
        },
        same,
    ),
    case("no XMP", Code::MetadataMissing, |d| d.xmp.clear(), same),
    case("XMP without PDF/X", Code::MetadataMissing, |d| replace(d, "GTS_PDFXVersion", "Other"), same),
    case(
        "XMP and Info disagree",
        Code::MetadataDisagrees,
        |d| d.info.set("Title", Object::string_literal("Another")),
        same,
    ),
    case(
        "dates disagree",
        Code::MetadataDisagrees,
        |d| d.info.set("ModDate", Object::string_literal("D:20260401090001+09'00'")),
        |d| d.info.set("ModDate", Object::string_literal("D:20260401000000Z")),
    ),
    case(
        "Trapped unknown",
        Code::Trapped,
        |d| {
            d.info.set("Trapped", "Unknown");
            replace(d, "Trapped=\"False\"", "Trapped=\"Unknown\"");
        },
        same,
    ),
    case(
        "version 1.7",
        Code::PdfVersion,
        |d| d.doc.version = "1.7".to_owned(),
        |d| d.doc.version = "1.4".to_owned(),
    ),
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
    case(
        "image without its pixels",
        Code::PressImageBroken,
        |d| {
            let image = d.stream(dictionary! { "Subtype" => "Image", "Width" => 300, "Height" => 300, "BitsPerComponent" => 8, "ColorSpace" => "DeviceGray" }, "few");
            d.resource("XObject", "Im", image).draw("q 20 0 0 20 200 200 cm /Im Do Q");
        },
        |d| {
            d.image((300, 300), name("DeviceGray"), &[9], [50.0, 50.0, 10.0, 10.0]);
        },
    ),
    case(
        "q without Q",
        Code::ContentBroken,
        |d| {
            d.draw("q");
        },
        |d| {
            d.draw("q Q");
        },
    ),
    case(
        "a form within itself",
        Code::ContentBroken,
        |d| {
            let id = d.doc.new_object_id();
            let form = lopdf::Stream::new(
                dictionary! { "Subtype" => "Form", "BBox" => numbers(&[0.0, 0.0, 9.0, 9.0]), "Resources" => dictionary! { "XObject" => dictionary! { "Fm" => id } } },
                b"/Fm Do".to_vec(),
            );
            d.doc.set_object(id, form);
            d.resource("XObject", "Fm", id).draw("/Fm Do");
        },
        |d| {
            d.form(&dictionary! {}, "0 g 200 200 40 40 re f");
        },
    ),
];
