//! Defects of colours: RGB and other foreign spaces, spot colours, blending.

use lopdf::{Object, dictionary};
use sasshi::diagnostic::Code;

use super::drawn::{
    black_only, box_in, group, icc, name, numbers, pattern, shading, soft_mask, spot, state, tint, type3,
    x1a, x1a_draft,
};
use super::{Case, case, under};

/// The cases.
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
];
