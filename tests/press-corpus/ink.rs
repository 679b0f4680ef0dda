//! Defects of what is painted: ink sums, images, lines, text, overprint, broken content.

use lopdf::dictionary;
use sasshi::diagnostic::Code;
use sasshi::press::profile::BlackOverprint;

use super::draft::composite_font;
use super::drawn::{box_in, name, numbers, state, text, tint};
use super::{Case, case, under};

/// The cases.
pub const CASES: &[Case] = &[
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
        Code::RegistrationColour,
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
            let program = d.stream(dictionary! {}, super::font::program());
            let descriptor = dictionary! { "FontFile2" => program };
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
