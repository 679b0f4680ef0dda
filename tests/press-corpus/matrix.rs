//! The matrix: every rule for what is painted, in every nesting; every coding of images in every colour space, nested too.
//!
//! In: nothing. Out: drafts by name, each with its clean twin. None of them is written by hand.

use lopdf::{Dictionary, Object, dictionary};
use sasshi::diagnostic::Code;
use sasshi::model::length::Length;
use sasshi::press::profile::{BlackOverprint, Profile};

use super::draft::Draft;
use super::drawn::{black_only, icc, name, numbers, tint, x1a, x1a_draft};
use super::generic;

/// How deep a thing lies.
pub const NESTINGS: [(&str, Nest); 8] = [
    ("on the page", on_page),
    ("in a form", in_form),
    ("in a pattern", in_pattern),
    ("in a character", in_character),
    ("in a form in a pattern in a form", in_form_in_pattern_in_form),
    ("in a pattern in a character", in_pattern_in_character),
    ("in a transparency group", in_group),
    ("under a soft mask", under_mask),
];

/// Puts content of 60 × 60 points, with its resources, on the page.
pub type Nest = fn(&mut Draft, &Dictionary, &str);

/// What is painted, with its resources.
pub type Paint = fn(&mut Draft) -> (Dictionary, String);

/// A rule with something that breaks it and something that does not.
pub struct Rule {
    pub name: &'static str,
    pub code: Code,
    pub defect: Paint,
    pub twin: Paint,
    pub profile: fn(&mut Profile),
    /// Nestings that would break the rule by themselves, or in which it cannot be known.
    pub but: &'static [&'static str],
}

const fn rule(name: &'static str, code: Code, defect: Paint, twin: Paint) -> Rule {
    Rule { name, code, defect, twin, profile: generic, but: &[] }
}

impl Rule {
    const fn under(self, profile: fn(&mut Profile)) -> Self {
        Self { profile, ..self }
    }

    const fn but(self, but: &'static [&'static str]) -> Self {
        Self { but, ..self }
    }
}

/// Where what lies below is not known: through a pattern or a character, or where some of it shows through.
const GROUND_UNKNOWN: &[&str] = &[
    "in a pattern",
    "in a character",
    "in a form in a pattern in a form",
    "in a pattern in a character",
    "under a soft mask",
];

/// The rules for what is painted.
pub const RULES: &[Rule] = &[
    rule(
        "RGB",
        Code::ColourForeign,
        |_| plain("1 0 0 rg 0 0 60 60 re f"),
        |_| plain("0 1 1 0 k 0 0 60 60 re f"),
    ),
    rule(
        "sum of inks",
        Code::InkLimit,
        |_| plain("1 0.9 0.9 1 k 0 0 60 60 re f"),
        |_| plain("0.7 0.7 0.6 1 k 0 0 60 60 re f"),
    ),
    rule(
        "thin line",
        Code::LineThin,
        |_| plain("0 0 0 1 K 0.1 w 5 30 m 55 30 l S"),
        |_| plain("0 0 0 1 K 1 w 5 30 m 55 30 l S"),
    ),
    rule("small text", Code::TextInInks, |d| text(d, "F1", 4, "0001"), |d| text(d, "F1", 14, "0001")),
    rule("glyph", Code::PressGlyphMissing, |d| text(d, "F1", 14, "0000"), |d| text(d, "F1", 14, "0001")),
    rule("font", Code::FontNotEmbedded, not_embedded, |d| text(d, "F1", 14, "0001")),
    rule("white overprint", Code::WhiteOverprint, |_| overprint("0 0 0 0 k"), |_| overprint("0 0 0 0.5 k")),
    rule("registration colour", Code::RegistrationColour, |_| in_all("0.3"), |_| in_all("0")),
    rule(
        "broken colour",
        Code::ColourSpaceBroken,
        |_| plain("/Nowhere cs 0 0 60 60 re f"),
        |_| plain("0 g 0 0 60 60 re f"),
    ),
    rule(
        "another ink",
        Code::ColourInk,
        |_| plain("0 0.5 0 0 k 0 0 60 60 re f"),
        |_| plain("0 0 0 0.5 k 0 0 60 60 re f"),
    )
    .under(black_only),
    rule("spot", Code::SpotColour, |_| in_spot("DIC 156"), |_| in_spot("Magenta")).under(|p| p.spots = false),
    rule("overprint", Code::Overprint, |_| overprint("0 0 0 0.5 k"), |_| plain("0 0 0 0.5 k 0 0 60 60 re f"))
        .under(|p| p.overprint = BlackOverprint::Forbidden),
    rule("resolution", Code::ImageResolution, |d| pixels(d, 50, false), |d| pixels(d, 300, false)),
    rule("resolution of a mask", Code::ImageResolution, |d| pixels(d, 50, true), |d| pixels(d, 300, true)),
    rule("broken image", Code::PressImageBroken, |d| few(d, 99), |d| few(d, 100)),
    rule("another press", Code::ColourProfiled, |d| profiled(d, icc), |d| profiled(d, |d, _| of_press(d))),
    rule(
        "transfer function",
        Code::TransferFunction,
        |_| with_state("TR", tint(1)),
        |_| with_state("TR", name("Identity")),
    ),
    rule("PostScript", Code::PostScript, |d| drawing(d, "PS", "n"), |d| drawing(d, "Form", "n")),
    rule("blend space", Code::BlendSpace, |d| grouped(d, "DeviceRGB"), |d| grouped(d, "DeviceCMYK")),
    rule(
        "broken content",
        Code::ContentBroken,
        |_| plain("q 0 g 0 0 60 60 re f"),
        |_| plain("q 0 g 0 0 60 60 re f Q"),
    ),
    rule("thin line in inks", Code::LineInInks, |_| stroke("0.3 0.3 0 0"), |_| stroke("0 0 0 1"))
        .under(|p| p.warn_line_in_inks = Length::pt(0.5)),
    rule("outline", Code::LineThin, |d| outline(d, "0.1"), |d| outline(d, "0.5")),
    rule(
        "black knocks out",
        Code::BlackKnockout,
        |d| on_ground(d, "0 0.5 0 0"),
        |d| on_ground(d, "0 0 0 0.2"),
    )
    .but(GROUND_UNKNOWN),
    rule("transparency", Code::Transparency, |d| half(d, "0.5"), |d| half(d, "1"))
        .under(x1a)
        .but(&["in a transparency group", "under a soft mask"]),
];

fn in_spot(spot: &str) -> (Dictionary, String) {
    let space: Object = vec![name("Separation"), name(spot), name("DeviceCMYK"), tint(4)].into();
    (
        dictionary! { "ColorSpace" => dictionary! { "Cs" => space } },
        "/Cs cs 0.5 scn 0 0 60 60 re f".to_owned(),
    )
}

/// An image of 60 points, or one with a mask, of so many pixels.
fn pixels(d: &mut Draft, count: i64, masks: bool) -> (Dictionary, String) {
    let gray = |count: i64| {
        let dict = dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => count, "Height" => count,
            "BitsPerComponent" => 8, "ColorSpace" => "DeviceGray",
        };
        (dict, vec![128_u8; usize::try_from(count * count).expect("few")])
    };
    let (mut dict, data) = gray(if masks { 300 } else { count });
    if masks {
        let (mask, degrees) = gray(count);
        let mask = d.stream(mask, degrees);
        dict.set("SMask", mask);
    }
    let image = d.stream(dict, data);
    (dictionary! { "XObject" => dictionary! { "Im" => image } }, "q 60 0 0 60 0 0 cm /Im Do Q".to_owned())
}

/// An image of ten by ten pixels, of which so many are there.
fn few(d: &mut Draft, there: usize) -> (Dictionary, String) {
    let dict = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => 10, "Height" => 10,
        "BitsPerComponent" => 8, "ColorSpace" => "DeviceGray",
    };
    let image = d.stream(dict, vec![128_u8; there]);
    (dictionary! { "XObject" => dictionary! { "Im" => image } }, "q 2 0 0 2 20 20 cm /Im Do Q".to_owned())
}

fn profiled(d: &mut Draft, space: fn(&mut Draft, i64) -> Object) -> (Dictionary, String) {
    let space = space(d, 4);
    let resources = dictionary! { "ColorSpace" => dictionary! { "Cs" => space } };
    (resources, "/Cs cs 0 0.5 0 0 scn 0 0 60 60 re f".to_owned())
}

fn with_state(key: &str, value: Object) -> (Dictionary, String) {
    let mut state = Dictionary::new();
    state.set(key, value);
    let states = dictionary! { "Gs" => state };
    (dictionary! { "ExtGState" => states }, "/Gs gs 0 g 0 0 60 60 re f".to_owned())
}

fn drawing(d: &mut Draft, subtype: &str, content: &str) -> (Dictionary, String) {
    let dict = dictionary! {
        "Type" => "XObject", "Subtype" => subtype, "BBox" => numbers(&[0.0, 0.0, 9.0, 9.0]),
    };
    let drawing = d.stream(dict, content);
    let resources = dictionary! { "XObject" => dictionary! { "Ps" => drawing } };
    (resources, "/Ps Do 0 g 0 0 60 60 re f".to_owned())
}

fn grouped(d: &mut Draft, space: &str) -> (Dictionary, String) {
    let dict = dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "BBox" => numbers(&[0.0, 0.0, 60.0, 60.0]),
        "Group" => dictionary! { "S" => "Transparency", "CS" => name(space) },
    };
    let group = d.stream(dict, "0 0 0 0.5 k 0 0 60 60 re f");
    (dictionary! { "XObject" => dictionary! { "Gr" => group } }, "/Gr Do".to_owned())
}

fn stroke(colour: &str) -> (Dictionary, String) {
    plain(&format!("{colour} K 0.3 w 5 30 m 55 30 l S"))
}

fn outline(d: &mut Draft, width: &str) -> (Dictionary, String) {
    let fonts = d.resources.get(b"Font").expect("the fonts of the draft").clone();
    let content = format!("0 0 0 1 K {width} w BT 1 Tr /F1 14 Tf 10 30 Td <0001> Tj 0 Tr ET");
    (dictionary! { "Font" => fonts }, content)
}

fn on_ground(d: &mut Draft, ground: &str) -> (Dictionary, String) {
    let fonts = d.resources.get(b"Font").expect("the fonts of the draft").clone();
    let content = format!("{ground} k 0 0 60 60 re f 0 0 0 1 k BT /F1 14 Tf 10 30 Td <0001> Tj ET");
    (dictionary! { "Font" => fonts }, content)
}

fn half(d: &mut Draft, opacity: &str) -> (Dictionary, String) {
    x1a_draft(d);
    with_state("ca", Object::Real(opacity.parse().expect("a number")))
}

fn plain(content: &str) -> (Dictionary, String) {
    (dictionary! {}, content.to_owned())
}

fn text(d: &mut Draft, font: &str, size: i64, code: &str) -> (Dictionary, String) {
    let fonts = d.resources.get(b"Font").expect("the fonts of the draft").clone();
    let content = format!("0.5 0.4 0.4 1 k BT /{font} {size} Tf 10 30 Td <{code}> Tj ET");
    (dictionary! { "Font" => fonts }, content)
}

fn not_embedded(d: &mut Draft) -> (Dictionary, String) {
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
    let font = d.doc.add_object(font);
    (dictionary! { "Font" => dictionary! { "F2" => font } }, "0 g BT /F2 14 Tf 10 30 Td (A) Tj ET".to_owned())
}

fn overprint(colour: &str) -> (Dictionary, String) {
    let states = dictionary! { "Gs" => dictionary! { "op" => true, "OP" => true } };
    (dictionary! { "ExtGState" => states }, format!("/Gs gs {colour} 0 0 60 60 re f"))
}

fn in_all(tint_of: &str) -> (Dictionary, String) {
    let space: Object = vec![name("Separation"), name("All"), name("DeviceCMYK"), tint(4)].into();
    (
        dictionary! { "ColorSpace" => dictionary! { "Cs" => space } },
        format!("/Cs cs {tint_of} scn 0 0 60 60 re f"),
    )
}

/// How the pixels of an image are stored: one pixel, of three or four samples.
pub const CODINGS: [(&str, Coding); 7] = [
    ("as it is", |d, space, pixel| xobject(d, space, 8, None, pixel.to_vec())),
    ("in sixteen bits", |d, space, pixel| {
        xobject(d, space, 16, None, pixel.iter().flat_map(|byte| [*byte, *byte]).collect())
    }),
    ("in hexadecimal", |d, space, pixel| {
        xobject(d, space, 8, Some("ASCIIHexDecode"), hex(pixel).into_bytes())
    }),
    ("flate", flate),
    ("run lengths", |d, space, pixel| {
        let length = u8::try_from(pixel.len() - 1).expect("a pixel");
        xobject(d, space, 8, Some("RunLengthDecode"), [&[length], pixel, &[128]].concat())
    }),
    ("inline", |_, space, pixel| inline(space, pixel)),
    ("of a table", table),
];

/// Makes an image of one pixel: its resources, and the content that shows it.
pub type Coding = fn(&mut Draft, Object, &[u8]) -> (Dictionary, String);

fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().fold(String::new(), |all, byte| all + &format!("{byte:02X}"));
    digits + ">"
}

fn xobject(
    d: &mut Draft,
    space: Object,
    bits: i64,
    filter: Option<&str>,
    data: Vec<u8>,
) -> (Dictionary, String) {
    let mut dict = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1, "BitsPerComponent" => bits,
        "ColorSpace" => space,
    };
    if let Some(filter) = filter {
        dict.set("Filter", filter);
    }
    let image = d.stream(dict, data);
    (dictionary! { "XObject" => dictionary! { "Im" => image } }, "q 60 0 0 60 0 0 cm /Im Do Q".to_owned())
}

fn flate(d: &mut Draft, space: Object, pixel: &[u8]) -> (Dictionary, String) {
    // stored as it is, with its sum (RFC 1950, RFC 1951)
    let length = u16::try_from(pixel.len()).expect("a pixel");
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in pixel {
        low = (low + u32::from(*byte)) % 65_521;
        high = (high + low) % 65_521;
    }
    let mut data = vec![0x78, 0x01, 1];
    data.extend(length.to_le_bytes());
    data.extend((!length).to_le_bytes());
    data.extend(pixel);
    data.extend((high << 16 | low).to_be_bytes());
    xobject(d, space, 8, Some("FlateDecode"), data)
}

fn inline(space: Object, pixel: &[u8]) -> (Dictionary, String) {
    let resources = dictionary! { "ColorSpace" => dictionary! { "Cs" => space } };
    (resources, format!("q 60 0 0 60 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /Cs /F /AHx ID {} EI Q", hex(pixel)))
}

fn table(d: &mut Draft, space: Object, pixel: &[u8]) -> (Dictionary, String) {
    let colours = Object::String(pixel.to_vec(), lopdf::StringFormat::Hexadecimal);
    let indexed = vec![name("Indexed"), space, 0.into(), colours];
    xobject(d, indexed.into(), 8, None, vec![0])
}

/// Colour spaces, and a pixel in them.
pub struct Pixel {
    pub name: &'static str,
    /// What is found of it; a twin has nothing.
    pub code: Option<Code>,
    pub space: fn(&mut Draft) -> Object,
    pub samples: &'static [u8],
}

/// A pixel that is wrong, then one that is right, of each kind.
pub const PIXELS: &[Pixel] = &[
    Pixel {
        name: "DeviceRGB",
        code: Some(Code::ColourForeign),
        space: |_| name("DeviceRGB"),
        samples: &[255, 0, 0],
    },
    Pixel { name: "ICC RGB", code: Some(Code::ColourForeign), space: |d| icc(d, 3), samples: &[255, 0, 0] },
    Pixel { name: "ICC gray", code: Some(Code::ColourForeign), space: |d| icc(d, 1), samples: &[99] },
    Pixel {
        name: "heavy CMYK",
        code: Some(Code::InkLimit),
        space: |_| name("DeviceCMYK"),
        samples: &[255, 230, 230, 254],
    },
    Pixel { name: "light CMYK", code: None, space: |_| name("DeviceCMYK"), samples: &[0, 128, 128, 0] },
    Pixel {
        name: "CMYK of another press",
        code: Some(Code::ColourProfiled),
        space: |d| icc(d, 4),
        samples: &[0, 128, 128, 0],
    },
    Pixel { name: "CMYK of the press", code: None, space: of_press, samples: &[0, 128, 128, 0] },
    Pixel { name: "gray", code: None, space: |_| name("DeviceGray"), samples: &[99] },
    Pixel { name: "registration", code: Some(Code::RegistrationColour), space: |_| all(), samples: &[50] },
    Pixel {
        name: "heavy DeviceN",
        code: Some(Code::InkLimit),
        space: |_| inks(),
        samples: &[255, 230, 230, 254],
    },
    Pixel { name: "light DeviceN", code: None, space: |_| inks(), samples: &[0, 0, 50, 50] },
];

fn of_press(d: &mut Draft) -> Object {
    let profile = d.intents[0].get(b"DestOutputProfile").expect("a profile").clone();
    vec![name("ICCBased"), profile].into()
}

fn all() -> Object {
    vec![name("Separation"), name("All"), name("DeviceCMYK"), tint(4)].into()
}

fn inks() -> Object {
    let names = ["Cyan", "Magenta", "Yellow", "Black"].map(name).to_vec();
    vec![name("DeviceN"), names.into(), name("DeviceCMYK"), tint(4)].into()
}

fn join(d: &mut Draft, resources: &Dictionary) {
    for (kind, names) in resources {
        for (name, object) in names.as_dict().expect("resources by name") {
            let (kind, name) = (String::from_utf8_lossy(kind), String::from_utf8_lossy(name));
            d.resource(&kind, &name, object.clone());
        }
    }
}

fn on_page(d: &mut Draft, resources: &Dictionary, content: &str) {
    join(d, resources);
    d.draw(format!("q 1 0 0 1 250 350 cm {content} Q"));
}

fn form(resources: &Dictionary) -> Dictionary {
    dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "BBox" => numbers(&[0.0, 0.0, 60.0, 60.0]),
        "Matrix" => numbers(&[1.0, 0.0, 0.0, 1.0, 250.0, 350.0]), "Resources" => resources.clone(),
    }
}

fn in_form(d: &mut Draft, resources: &Dictionary, content: &str) {
    let form = d.stream(form(resources), content);
    d.resource("XObject", "Fm", form).draw("/Fm Do");
}

fn cell(d: &mut Draft, resources: &Dictionary, content: &str) -> Object {
    let dict = dictionary! {
        "PatternType" => 1, "PaintType" => 1, "TilingType" => 1, "BBox" => numbers(&[0.0, 0.0, 60.0, 60.0]),
        "XStep" => 60, "YStep" => 60, "Resources" => resources.clone(),
    };
    d.stream(dict, content).into()
}

const PAINT: &str = "/Pattern cs /P scn 0 0 60 60 re f";

fn in_pattern(d: &mut Draft, resources: &Dictionary, content: &str) {
    let cell = cell(d, resources, content);
    d.resource("Pattern", "P", cell).draw("/Pattern cs /P scn 200 200 120 120 re f");
}

fn in_character(d: &mut Draft, resources: &Dictionary, content: &str) {
    let character = d.stream(dictionary! {}, format!("60 0 d0 {content}"));
    let font = dictionary! {
        "Type" => "Font", "Subtype" => "Type3", "FontBBox" => numbers(&[0.0, 0.0, 60.0, 60.0]),
        "FontMatrix" => numbers(&[0.01, 0.0, 0.0, 0.01, 0.0, 0.0]), "FirstChar" => 65, "LastChar" => 65,
        "Widths" => numbers(&[60.0]), "CharProcs" => dictionary! { "a" => character },
        "Encoding" => dictionary! { "Differences" => vec![65.into(), name("a")] }, "Resources" => resources.clone(),
    };
    let font = d.doc.add_object(font);
    d.resource("Font", "T3", font).draw("BT /T3 100 Tf 200 200 Td (A) Tj ET");
}

fn in_form_in_pattern_in_form(d: &mut Draft, resources: &Dictionary, content: &str) {
    let mut inner = form(resources);
    inner.remove(b"Matrix");
    let inner = d.stream(inner, content);
    let cell = cell(d, &dictionary! { "XObject" => dictionary! { "Fm" => inner } }, "/Fm Do");
    in_form(d, &dictionary! { "Pattern" => dictionary! { "P" => cell } }, PAINT);
}

fn in_pattern_in_character(d: &mut Draft, resources: &Dictionary, content: &str) {
    let cell = cell(d, resources, content);
    in_character(d, &dictionary! { "Pattern" => dictionary! { "P" => cell } }, PAINT);
}

fn in_group(d: &mut Draft, resources: &Dictionary, content: &str) {
    let mut dict = form(resources);
    dict.set("Group", dictionary! { "S" => "Transparency", "CS" => "DeviceCMYK", "I" => true });
    let group = d.stream(dict, content);
    d.resource("XObject", "Fm", group).draw("/Fm Do");
}

fn under_mask(d: &mut Draft, resources: &Dictionary, content: &str) {
    let mask = d.stream(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "BBox" => numbers(&[0.0, 0.0, 700.0, 900.0]),
            "Group" => dictionary! { "S" => "Transparency", "CS" => "DeviceGray" },
        },
        "1 g 0 0 700 900 re f",
    );
    let state = dictionary! { "SMask" => dictionary! { "S" => "Luminosity", "G" => mask } };
    let form = d.stream(form(resources), content);
    d.resource("ExtGState", "Masked", state).resource("XObject", "Fm", form).draw("q /Masked gs /Fm Do Q");
}
