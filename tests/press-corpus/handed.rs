//! Kinds of defects that slipped through once: each was clean, or a finding where nothing was wrong.

use lopdf::{Dictionary, Object, ObjectId, dictionary};
use sasshi::diagnostic::Code;

use super::draft::{Draft, composite_font};
use super::drawn::{black_only, icc_of, name, numbers, pattern, state, text};
use super::{Case, case, font, under};

/// The cases.
pub const CASES: &[Case] = &[
    case(
        "9-pt text in a black of four inks",
        Code::TextInInks,
        |d| text(d, "0.75 0.68 0.67 0.9", 9.0),
        |d| text(d, "0.75 0.68 0.67 0.9", 12.0),
    ),
    case(
        "9-pt text in a gray without black ink",
        Code::TextInInks,
        |d| text(d, "0.5 0.45 0.45 0", 9.0),
        |d| text(d, "0.95 0.55 0.3 0.1", 9.0),
    ),
    case(
        "RGB in an inline image with a filter",
        Code::ColourForeign,
        |d| inline(d, "RGB", "FF0000"),
        |d| {
            inline(d, "CMYK", "00FFFF00");
        },
    ),
    case(
        "an ICC profile of RGB that says it has four",
        Code::ColourSpaceBroken,
        |d| profiled(d, *b"RGB "),
        own_profile,
    ),
    case("CMYK of another press", Code::ColourProfiled, |d| profiled(d, *b"CMYK"), own_profile),
    case(
        "DefaultCMYK of another press",
        Code::ColourProfiled,
        |d| default(d, "DefaultCMYK"),
        |d| default(d, "DefaultRGB"),
    ),
    case("DefaultGray", Code::ColourProfiled, |d| default(d, "DefaultGray"), |d| default(d, "DefaultRGB")),
    case(
        "white overprint through an image mask",
        Code::WhiteOverprint,
        |d| state(d, "op", true.into(), &mask("0 0 0 0")),
        |d| state(d, "op", true.into(), &mask("0 0 0 1")),
    ),
    under(
        "cyan in a pattern of a black job",
        Code::ColourInk,
        black_only,
        |d| pattern(d, "1 0 0 0 k"),
        |d| pattern(d, "0 0 0 1 k"),
    ),
    case(
        "a font program that is empty",
        Code::FontNotEmbedded,
        |d| program(d, Vec::new()),
        |d| {
            program(d, font::program());
        },
    ),
    case(
        "a font program that is broken",
        Code::FontNotEmbedded,
        |d| program(d, font::program()[..90].to_vec()),
        |d| {
            program(d, font::program());
        },
    ),
    case("a glyph beyond the font", Code::PressGlyphMissing, |d| shown(d, "0050"), |d| shown(d, "003F")),
    case(
        "a column that ends at the foot of the page",
        Code::SafeArea,
        |d| column(d, 110.0),
        |d| column(d, 400.0),
    ),
    case("a column of its own metrics", Code::SafeArea, |d| own_column(d, -4000), |d| own_column(d, -1000)),
    case(
        "JPEG 2000 in RGB without a colour space",
        Code::ColourForeign,
        |d| jpx(d, JPX_RGB),
        |d| jpx(d, JPX_CMYK_LIGHT),
    ),
    case("380 % in JPEG 2000", Code::InkLimit, |d| jpx(d, JPX_CMYK_HEAVY), |d| jpx(d, JPX_CMYK_LIGHT)),
    case("370 % by overprint", Code::InkLimit, |d| overprinted(d, true), |d| overprinted(d, false)),
    case("a rounded shape that ends at the trim", Code::BleedShort, |d| rounded(d, 0.0), |d| rounded(d, 3.0)),
    case(
        "a gradient under a clip that ends at the trim",
        Code::BleedShort,
        |d| clipped(d, 0.0),
        |d| clipped(d, 3.0),
    ),
    case(
        "a pattern whose cell is larger than the page",
        Code::InkUnmeasured,
        |d| tiled(d, 90_000),
        |d| tiled(d, 9),
    ),
];

fn overprinted(d: &mut Draft, is_set: bool) {
    d.resource("ExtGState", "Gs", dictionary! { "op" => is_set, "OPM" => 1 });
    d.draw("0.9 0.9 0.9 0 k 200 200 200 100 re f q /Gs gs 0 0 0 1 k 220 220 100 50 re f Q");
}

/// A page that is white but for the text, so that what ends at its edge shows.
fn white(d: &mut Draft) {
    d.pages[0].content = "BT 0 0 0 1 k /F1 10 Tf 100 400 Td <000100020003> Tj ET\n".to_owned();
}

/// A shape with round corners from the left edge, which goes on by so many millimetres.
fn rounded(d: &mut Draft, beyond: f64) {
    white(d);
    let left = (6.0 - beyond) * 72.0 / 25.4;
    d.draw(format!(
        "0.3 0 0 0 k {left:.3} 128 m 178 128 l 178 218 l 178 223 173 228 168 228 c {left:.3} 228 l h f"
    ));
}

fn clipped(d: &mut Draft, beyond: f64) {
    white(d);
    let shading = dictionary! {
        "ShadingType" => 2, "ColorSpace" => name("DeviceCMYK"), "Coords" => numbers(&[0.0, 0.0, 300.0, 0.0]),
        "Extend" => vec![true.into(), true.into()],
        "Function" => dictionary! {
            "FunctionType" => 2, "N" => 1, "Domain" => numbers(&[0.0, 1.0]),
            "C0" => numbers(&[0.5, 0.0, 0.0, 0.0]), "C1" => numbers(&[0.0, 0.5, 0.0, 0.0]),
        },
    };
    let left = (6.0 - beyond) * 72.0 / 25.4;
    d.resource("Shading", "Sh", shading);
    d.draw(format!("q {left:.3} 128 m 178 128 l 178 218 l {left:.3} 228 l h W n /Sh sh Q"));
}

/// Heavy enough by its bound that the plates are asked.
fn tiled(d: &mut Draft, step: i64) {
    let dict = dictionary! {
        "PatternType" => 1, "PaintType" => 1, "TilingType" => 1, "BBox" => numbers(&[0.0, 0.0, 4.0, 4.0]),
        "XStep" => step, "YStep" => step, "Resources" => dictionary! {},
    };
    let cell = d.stream(dict, "1 1 0.5 0 k 0 0 2 2 re f 0 0 0 1 k 2 2 2 2 re f");
    d.resource("Pattern", "P", cell).draw("/Pattern cs /P scn 200 200 50 50 re f");
}

/// JPEG 2000 of one pixel.
const JPX_CMYK_HEAVY: &str = concat!(
    "0000000c6a5020200d0a870a00000014667479706a703220000000006a7032200000002d6a70326800000016696864720000",
    "0001000000010004070700000000000f636f6c720100000000000c0000009c6a703263ff4fff510032000000000001000000",
    "010000000000000000000000010000000100000000000000000004070101070101070101070101ff52000c00000001000004",
    "040001ff5c00044040ff640025000143726561746564206279204f70656e4a5045472076657273696f6e20322e352e34ff90",
    "000a0000000000210001ff93cfb40400cfb40801c3cfb40801c3cfb408009fffd9",
);

const JPX_CMYK_LIGHT: &str = concat!(
    "0000000c6a5020200d0a870a00000014667479706a703220000000006a7032200000002d6a70326800000016696864720000",
    "0001000000010004070700000000000f636f6c720100000000000c000000966a703263ff4fff510032000000000001000000",
    "010000000000000000000000010000000100000000000000000004070101070101070101070101ff52000c00000001000004",
    "040001ff5c00044040ff640025000143726561746564206279204f70656e4a5045472076657273696f6e20322e352e34ff90",
    "000a00000000001b0001ff93df800807df800807df80080780ffd9",
);

const JPX_RGB: &str = concat!(
    "0000000c6a5020200d0a870a00000014667479706a703220000000006a7032200000002d6a70326800000016696864720000",
    "0001000000010003070700000000000f636f6c7201000000000010000000926a703263ff4fff51002f000000000001000000",
    "010000000000000000000000010000000100000000000000000003070101070101070101ff52000c00000001000004040001",
    "ff5c00044040ff640025000143726561746564206279204f70656e4a5045472076657273696f6e20322e352e34ff90000a00",
    "000000001a0001ff93cfb40400df800807df800807ffd9",
);

/// An image that brings its own colours.
fn jpx(d: &mut Draft, data: &str) {
    let bytes: Vec<u8> = data
        .as_bytes()
        .as_chunks::<2>()
        .0
        .iter()
        .map(|pair| u8::from_str_radix(&String::from_utf8_lossy(pair), 16).expect("hexadecimal"))
        .collect();
    let dict = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1, "Filter" => "JPXDecode",
    };
    let image = d.stream(dict, bytes);
    d.resource("XObject", "Im", image).draw("q 60 0 0 60 200 200 cm /Im Do Q");
}

/// One pixel.
fn inline(d: &mut Draft, space: &str, pixel: &str) {
    d.draw(format!("q 20 0 0 20 200 200 cm BI /W 1 /H 1 /BPC 8 /CS /{space} /F /AHx ID {pixel}> EI Q"));
}

fn mask(colour: &str) -> String {
    format!("{colour} k q 40 0 0 40 200 200 cm BI /W 1 /H 1 /IM true ID \u{0} EI Q")
}

fn in_space(d: &mut Draft, profile: ObjectId) {
    d.resource("ColorSpace", "Cs", vec![name("ICCBased"), profile.into()]);
    d.draw("/Cs cs 0 0 0 0.5 scn 200 200 50 50 re f");
}

fn profiled(d: &mut Draft, space: [u8; 4]) {
    let profile = icc_of(d, 4, space);
    in_space(d, profile);
}

/// The profile of the output intent.
fn own_profile(d: &mut Draft) {
    let profile = d.intents[0].get(b"DestOutputProfile").and_then(Object::as_reference).expect("a profile");
    in_space(d, profile);
}

fn default(d: &mut Draft, key: &str) {
    let profile = icc_of(d, 4, *b"CMYK");
    d.resource("ColorSpace", key, vec![name("ICCBased"), profile.into()]);
    d.draw("0.5 g 200 200 50 50 re f");
}

fn with_font(d: &mut Draft, program: Vec<u8>) -> Dictionary {
    let program = d.stream(dictionary! {}, program);
    dictionary! { "FontFile2" => program }
}

fn program(d: &mut Draft, program: Vec<u8>) {
    let descriptor = with_font(d, program);
    let font = composite_font(&mut d.doc, descriptor);
    d.resource("Font", "F2", font).draw("BT 0 g /F2 10 Tf 200 300 Td <0001> Tj ET");
}

fn shown(d: &mut Draft, code: &str) {
    d.draw(format!("BT 0 g /F1 10 Tf 200 300 Td <{code}> Tj ET"));
}

/// A font that writes downwards.
fn vertical(d: &mut Draft, entries: &Dictionary) {
    let descriptor = with_font(d, font::program());
    let mut descendant = dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "ABCDEF+Corpus", "DW" => 1000,
        "CIDToGIDMap" => "Identity", "FontDescriptor" => descriptor,
    };
    descendant.extend(entries);
    let descendant = d.doc.add_object(descendant);
    let font = d.doc.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "ABCDEF+Corpus", "Encoding" => "Identity-V",
        "DescendantFonts" => vec![descendant.into()],
    });
    d.resource("Font", "V", font);
}

/// A column of ten characters near the right edge: as a line it would leave the page.
fn column(d: &mut Draft, top: f64) {
    vertical(d, &dictionary! {});
    d.draw(format!("BT 0 g /V 9 Tf 590 {top} Td <{}> Tj ET", "0001".repeat(10)));
}

/// The same whose characters say how far they reach.
fn own_column(d: &mut Draft, down: i64) {
    let metrics: Object = vec![1.into(), vec![down.into(), 500.into(), 880.into()].into()].into();
    vertical(d, &dictionary! { "W2" => metrics, "DW2" => numbers(&[880.0, -1000.0]) });
    d.draw(format!("BT 0 g /V 9 Tf 590 300 Td <{}> Tj ET", "0001".repeat(10)));
}
