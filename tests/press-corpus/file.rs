//! Defects of the file: intent, metadata, actions, version.

use lopdf::{Object, dictionary};
use sasshi::diagnostic::Code;

use super::draft::Draft;
use super::drawn::{profile_header, replace};
use super::{Case, case, same};

/// The cases.
pub const CASES: &[Case] = &[
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
    case("a hidden layer", Code::Layers, |d| layer(d, "OFF"), |d| layer(d, "ON")),
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
];

fn layer(d: &mut Draft, state: &str) {
    let group = d.doc.add_object(dictionary! { "Type" => "OCG", "Name" => Object::string_literal("Notes") });
    let mut default = dictionary! { "Name" => "all" };
    default.set(state, vec![group.into()]);
    d.catalog.set("OCProperties", dictionary! { "OCGs" => vec![group.into()], "D" => default });
}
