//! Defects of what prints from several plates or in dots: thin lines, outlines, black on colour, soft masks, spot colours.

use lopdf::{Object, dictionary};
use sasshi::diagnostic::Code;
use sasshi::model::length::Length;
use sasshi::press::profile::Profile;

use super::draft::{Draft, rect};
use super::drawn::{name, numbers};
use super::{Case, case, under};

/// The cases.
pub const CASES: &[Case] = &[
    under(
        "a thin line in a tint",
        Code::LineInInks,
        half_a_point,
        |d| line(d, "0 0 0 0.4"),
        |d| {
            line(d, "0 0 0 1");
        },
    ),
    under(
        "a thin line in four inks",
        Code::LineInInks,
        half_a_point,
        |d| line(d, "0.4 0.3 0.3 1"),
        |d| {
            line(d, "0 0 0 1");
        },
    ),
    case("an operator in an array", Code::ContentBroken, |d| array(d, "0 Tc"), |d| array(d, "-250")),
    case("an outline of text like a hairline", Code::LineThin, |d| outlined(d, 0.1), |d| outlined(d, 0.5)),
    case(
        "black text that knocks out of colour",
        Code::BlackKnockout,
        |d| black(d, false),
        |d| black(d, true),
    ),
    case("a black rule that knocks out of colour", Code::BlackKnockout, |d| rule(d, 1.0), |d| rule(d, 4.0)),
    case(
        "black text that knocks out below a white card",
        Code::BlackKnockout,
        |d| on_a_card(d, "0 0.5 0 0 k"),
        |d| on_a_card(d, "0 0 0 0 k"),
    ),
    case("a table of two colours as line art", Code::ImageResolution, |d| table(d, 2), |d| table(d, 3)),
    case("JBIG2 with the head of a file", Code::PressImageBroken, |d| jbig2(d, true), |d| jbig2(d, false)),
    case("a soft mask of few pixels", Code::ImageResolution, |d| masked(d, 72), |d| masked(d, 300)),
    case(
        "a spot colour with two spellings",
        Code::SpotColourTwice,
        |d| spots(d, [b"DIC 156", b"DIC-156"], 0.5),
        |d| spots(d, [b"DIC 156", b"DIC 157"], 0.5),
    ),
    case(
        "a spot colour with two looks",
        Code::SpotColourTwice,
        |d| spots(d, [b"DIC 156", b"DIC 156"], 0.8),
        |d| spots(d, [b"DIC 156", b"DIC 156"], 0.5),
    ),
];

fn half_a_point(profile: &mut Profile) {
    profile.warn_line_in_inks = Length::pt(0.5);
}

fn line(d: &mut Draft, colour: &str) {
    d.draw(format!("{colour} K 0.3 w 200 300 m 300 300 l S"));
}

fn outlined(d: &mut Draft, width: f64) {
    d.draw(format!("q BT 0 0 0 0 k 0 0 0 1 K 1 Tr {width} w /F1 20 Tf 200 300 Td <0001> Tj ET Q"));
}

fn black(d: &mut Draft, overprints: bool) {
    d.resource("ExtGState", "Gs", dictionary! { "op" => overprints, "OP" => overprints, "OPM" => 1 });
    d.draw(format!("0 0.5 0 0 k {} re f", rect(50.0, 50.0, 60.0, 60.0)));
    d.draw("q /Gs gs 0 0 0 1 k BT /F1 20 Tf 200 200 Td <0001> Tj ET Q");
}

/// A wide rule is a shape: it may knock out.
fn rule(d: &mut Draft, width: f64) {
    d.draw(format!("0 0.5 0 0 k {} re f", rect(50.0, 50.0, 60.0, 60.0)));
    d.draw(format!("0 0 0 1 K {width} w 200 200 m 260 200 l S"));
}

fn on_a_card(d: &mut Draft, card: &str) {
    d.draw(format!("0 0.5 0 0 k {} re f", rect(50.0, 50.0, 60.0, 60.0)));
    d.draw(format!("{card} {} re f", rect(55.0, 55.0, 40.0, 40.0)));
    d.draw("0 0 0 1 k BT /F1 12 Tf 200 200 Td <0001> Tj ET");
}

fn table(d: &mut Draft, colours: usize) {
    let entries: Vec<u8> = [0, 255, 128].into_iter().take(colours).collect();
    let last = i64::try_from(colours).expect("few") - 1;
    let entries = Object::String(entries, lopdf::StringFormat::Hexadecimal);
    let space = vec![name("Indexed"), name("DeviceGray"), last.into(), entries];
    d.image((300, 300), space.into(), &[0], [50.0, 50.0, 25.4, 25.4]);
}

fn masked(d: &mut Draft, pixels: i64) {
    let count = usize::try_from(pixels * pixels).expect("few");
    let mask = d.stream(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => pixels, "Height" => pixels,
            "BitsPerComponent" => 8, "ColorSpace" => "DeviceGray",
        },
        vec![200; count],
    );
    let image = d.stream(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => 300, "Height" => 300,
            "BitsPerComponent" => 8, "ColorSpace" => "DeviceGray", "SMask" => mask,
        },
        vec![99; 90_000],
    );
    d.resource("XObject", "Im", image).draw("q 72 0 0 72 200 200 cm /Im Do Q");
}

/// Two spot colours side by side; the second is so much of magenta on screens.
fn spots(d: &mut Draft, names: [&[u8]; 2], magenta: f32) {
    for (at, (spot, magenta)) in names.into_iter().zip([0.5, magenta]).enumerate() {
        let tint = dictionary! {
            "FunctionType" => 2, "N" => 1, "Domain" => numbers(&[0.0, 1.0]),
            "C0" => numbers(&[0.0; 4]), "C1" => numbers(&[0.0, magenta, 0.0, 0.0]),
        };
        let space = vec![name("Separation"), Object::Name(spot.to_vec()), name("DeviceCMYK"), tint.into()];
        let left = 200 + 60 * at;
        d.resource("ColorSpace", &format!("Cs{at}"), space)
            .draw(format!("/Cs{at} cs 1 scn {left} 200 50 50 re f"));
    }
}

/// The only text of a page, shown by an array; an operator in it stops the reader of many a program.
fn array(d: &mut Draft, within: &str) {
    d.pages[0].content = format!("BT 0 g /F1 10 Tf 100 400 Td [<0001> {within} <0002>] TJ ET\n");
}

/// A black image of one segment, as streams have it or as files have it.
fn jbig2(d: &mut Draft, is_file: bool) {
    // a page of 32 × 32 pixels, black from the beginning
    let page =
        [0, 0, 0, 0, 0x30, 0, 1, 0, 0, 0, 19, 0, 0, 0, 32, 0, 0, 0, 32, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0];
    let head: &[u8] = if is_file { b"\x97JB2\r\n\x1a\n\x01\0\0\0\x01" } else { b"" };
    let image = d.stream(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => 32, "Height" => 32, "BitsPerComponent" => 1,
            "ColorSpace" => "DeviceGray", "Filter" => "JBIG2Decode",
        },
        [head, &page].concat(),
    );
    d.resource("XObject", "Im", image).draw("q 1.8 0 0 1.8 200 200 cm /Im Do Q");
}
