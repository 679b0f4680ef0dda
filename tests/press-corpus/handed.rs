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
];

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
