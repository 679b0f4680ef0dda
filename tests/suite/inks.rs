//! Inks: plates and amounts follow the painting operators, and agree with Ghostscript's separations.

use std::path::Path;

use lopdf::{Object, Stream, dictionary};
use sasshi::pdf::raster::Gray;
use sasshi::preflight::plates::Plates;
use sasshi::proofing::inks::{InkTable, table};

use super::corpus::draft::{Draft, rect};
use super::corpus::icc;
use super::harness::Sandbox;
use super::tools::tool;

fn name(name: &str) -> Object {
    Object::Name(name.as_bytes().to_vec())
}

/// A page with nothing on it yet.
fn empty() -> Draft {
    let mut draft = Draft::clean(icc());
    draft.pages[0].content.clear();
    draft
}

fn tint() -> Object {
    let full: Vec<Object> = [0.0_f32, 0.5, 1.0, 0.0].map(Object::Real).to_vec();
    dictionary! { "FunctionType" => 2, "N" => 1, "Domain" => vec![0.into(), 1.into()],
    "C0" => vec![Object::Integer(0); 4], "C1" => full }
    .into()
}

fn separation(colorant: &str) -> Object {
    vec![name("Separation"), name(colorant), name("DeviceCMYK"), tint()].into()
}

fn measured(draft: Draft) -> InkTable {
    plates_of(draft).0
}

/// The table, and the plates by file name.
fn plates_of(draft: Draft) -> (InkTable, Vec<(String, Gray)>) {
    let plates = Plates::open(&draft.bytes()).expect("a PDF");
    let mut kept = Vec::new();
    let mut keep = |name: &str, plate: &Gray| {
        kept.push((name.to_owned(), plate.clone()));
        Ok::<(), ()>(())
    };
    let drawn = table(&plates, Some(&mut keep)).expect("kept");
    // without pictures, what is known to be empty is not drawn, and measures the same
    assert_eq!(table::<()>(&plates, None).expect("measured"), drawn);
    (drawn, kept)
}

/// Expects the shares of the first page, in per cent of the trimmed page.
fn expect(table: &InkTable, wanted: &[f64]) {
    let found: Vec<f64> =
        table.pages[0].shares.iter().map(|share| share.expect("it is drawn") * 100.0).collect();
    let same = found.len() == wanted.len()
        && found.iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() < 0.3);
    assert!(same, "found {found:?}, wanted {wanted:?} of {:?}", table.inks);
}

/// Half of the trimmed page.
fn half() -> String {
    rect(-3.0, -3.0, 108.0, 303.0)
}

#[test]
fn a_colour_is_on_the_plates_of_its_inks() {
    let mut draft = empty();
    draft.draw(format!("1 0.5 0 0.2 k {} re f", half()));
    expect(&measured(draft), &[50.0, 25.0, 0.0, 10.0]);
}

#[test]
fn gray_is_black_and_white_knocks_out() {
    let mut draft = empty();
    draft.draw(format!("0.25 g {} re f 0 0 0 0 k {} re f", half(), rect(0.0, 0.0, 105.0, 148.5)));
    expect(&measured(draft), &[0.0, 0.0, 0.0, 18.75]);
}

#[test]
fn black_knocks_out_unless_it_overprints() {
    let drawing = |overprint: bool| {
        let mut draft = empty();
        let state = dictionary! { "OP" => overprint, "op" => overprint, "OPM" => 1 };
        draft.resource("ExtGState", "Gs", state).draw(format!(
            "1 0 0 0 k {} re f q /Gs gs 0 0 0 1 k {} re f Q",
            half(),
            rect(0.0, 0.0, 105.0, 148.5)
        ));
        measured(draft)
    };
    expect(&drawing(false), &[25.0, 0.0, 0.0, 25.0]);
    expect(&drawing(true), &[50.0, 0.0, 0.0, 25.0]);
}

#[test]
fn overprint_holds_within_forms_and_for_text_modes() {
    let mut draft = empty();
    let form = draft.stream(
        dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 700.into(), 900.into()] },
        format!("{} re f", rect(0.0, 0.0, 105.0, 148.5)),
    );
    let state = dictionary! { "op" => true, "OPM" => 1 };
    draft
        .resource("XObject", "Fm", form)
        .resource("ExtGState", "Gs", state)
        // the form takes colour and overprint from where it is drawn, the second time without overprint
        .draw(format!("1 0 0 0 k {} re f 0 0 0 1 k q /Gs gs /Fm Do Q", half()));
    expect(&measured(draft), &[50.0, 0.0, 0.0, 25.0]);
}

#[test]
fn a_spot_colour_has_a_plate_of_its_own() {
    let mut draft = empty();
    draft.resource("ColorSpace", "Cs", separation("DIC 156")).draw(format!(
        "1 0 0 0 k {} re f /Cs cs 0.5 scn {} re f",
        half(),
        rect(0.0, 0.0, 105.0, 148.5)
    ));
    let (table, kept) = plates_of(draft);
    assert_eq!(table.inks, ["Cyan", "Magenta", "Yellow", "Black", "DIC 156"]);
    // without overprint the spot colour takes away what lies below
    expect(&table, &[25.0, 0.0, 0.0, 0.0, 12.5]);
    assert!(
        kept.iter().any(|(name, _)| name == "page-001-spot-1-dic-156.png"),
        "its picture has a plain name"
    );
}

#[test]
fn registration_colour_is_on_every_plate() {
    let mut draft = empty();
    draft.resource("ColorSpace", "Cs", separation("All")).draw(format!("/Cs cs 1 scn {} re f", half()));
    expect(&measured(draft), &[50.0, 50.0, 50.0, 50.0]);
}

#[test]
fn transparency_is_blended_on_each_plate() {
    let mut draft = empty();
    draft.resource("ExtGState", "Gs", dictionary! { "ca" => Object::Real(0.5) }).draw(format!(
        "1 0 0 0 k {} re f q /Gs gs 0 1 0 0 k {} re f Q",
        half(),
        rect(0.0, 0.0, 105.0, 148.5)
    ));
    expect(&measured(draft), &[37.5, 12.5, 0.0, 0.0]);
}

#[test]
fn images_gradients_patterns_and_drawn_characters_are_separated() {
    let mut draft = empty();
    // a table of two colours, in one bit a pixel: the left half of the image is cyan, the right half yellow and black
    let table = Object::String(vec![255, 0, 0, 0, 0, 0, 255, 255], lopdf::StringFormat::Hexadecimal);
    let space: Object = vec![name("Indexed"), name("DeviceCMYK"), 1.into(), table].into();
    let mut image = dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 8, "Height" => 1,
    "BitsPerComponent" => 1 };
    image.set("ColorSpace", space);
    let image = draft.doc.add_object(Stream::new(image, vec![0b0000_1111]));
    draft.resource("XObject", "Im", image);
    let (left, low) = (6.0 * 72.0 / 25.4, 6.0 * 72.0 / 25.4);
    let (width, height) = (210.0 * 72.0 / 25.4, 148.5 * 72.0 / 25.4);
    draft.draw(format!("q {width:.3} 0 0 {height:.3} {left:.3} {low:.3} cm /Im Do Q"));
    expect(&measured(draft), &[25.0, 0.0, 25.0, 25.0]);

    let mut draft = empty();
    let real = |values: [f32; 4]| Object::Array(values.map(Object::Real).to_vec());
    let shading = dictionary! { "ShadingType" => 2, "ColorSpace" => "DeviceCMYK",
    "Coords" => real([left_f32(), 0.0, left_f32() + width_f32(), 0.0]),
    "Function" => dictionary! { "FunctionType" => 2, "N" => 1, "Domain" => vec![0.into(), 1.into()],
        "C0" => real([0.0, 0.0, 0.0, 0.0]), "C1" => real([0.0, 1.0, 0.0, 0.5]) } };
    draft.resource("Shading", "Sh", shading).draw("/Sh sh");
    expect(&measured(draft), &[0.0, 50.0, 0.0, 25.0]);

    let mut draft = empty();
    // a cell of which one half is cyan, of whole pixels
    let cell = draft.stream(
        dictionary! { "PatternType" => 1, "PaintType" => 1, "TilingType" => 1,
        "BBox" => vec![0.into(), 0.into(), 36.into(), 36.into()], "XStep" => 36, "YStep" => 36,
        "Resources" => dictionary! {} },
        "1 0 0 0 k 0 0 18 36 re f",
    );
    draft
        .resource("Pattern", "P", cell)
        .draw(format!("/Pattern cs /P scn {} re f", rect(-3.0, -3.0, 216.0, 303.0)));
    // the trim goes from 17 to 612.28 points
    expect(&measured(draft), &[(1.0 + 16.0 * 18.0 + 0.28) / 595.28 * 100.0, 0.0, 0.0, 0.0]);

    let mut draft = empty();
    let character = draft.stream(dictionary! {}, "1000 0 d0 0 0 1 0 k 0 0 1000 1000 re f");
    let font = dictionary! {
        "Type" => "Font", "Subtype" => "Type3", "FontBBox" => real([0.0, 0.0, 1000.0, 1000.0]),
        "FontMatrix" => vec![Object::Real(0.001), 0.into(), 0.into(), Object::Real(0.001), 0.into(), 0.into()],
        "FirstChar" => 65, "LastChar" => 65, "Widths" => vec![1000.into()],
        "CharProcs" => dictionary! { "a" => character },
        "Encoding" => dictionary! { "Differences" => vec![65.into(), name("a")] },
    };
    let font = draft.doc.add_object(font);
    draft.resource("Font", "T3", font).draw(format!("BT /T3 {width:.3} Tf {left:.3} {low:.3} Td (A) Tj ET"));
    // a square as wide as the page
    expect(&measured(draft), &[0.0, 0.0, 21_000.0 / 297.0, 0.0]);
}

fn left_f32() -> f32 {
    6.0 * 72.0 / 25.4
}

fn width_f32() -> f32 {
    210.0 * 72.0 / 25.4
}

#[test]
fn a_soft_mask_is_no_ink() {
    let mut draft = empty();
    let mask = draft.stream(
        dictionary! { "Type" => "XObject", "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), 700.into(), 900.into()],
        "Group" => dictionary! { "S" => "Transparency", "CS" => "DeviceGray" } },
        format!("1 g {} re f", rect(0.0, 0.0, 105.0, 148.5)),
    );
    let state = dictionary! { "SMask" => dictionary! { "S" => "Luminosity", "G" => mask } };
    draft
        .resource("ExtGState", "Gs", state)
        .draw(format!("q /Gs gs 0 1 0 0 k {} re f Q", rect(-3.0, -3.0, 216.0, 303.0)));
    expect(&measured(draft), &[0.0, 25.0, 0.0, 0.0]);
}

#[test]
fn colours_that_are_no_inks_are_counted_not_guessed() {
    let mut draft = empty();
    draft.draw(format!("1 0 0 rg {} re f", half()));
    let table = measured(draft);
    expect(&table, &[0.0; 4]);
    assert_eq!(table.pages[0].left_out, 1);
}

#[test]
fn forms_that_multiply_are_refused_before_they_are_drawn() {
    let sandbox = Sandbox::empty();
    sandbox.write("bomb.pdf", Draft::of_multiplying_forms(icc()).bytes());
    sandbox.sasshi("preflight bomb.pdf --inks --html bomb.html --lang en").exit(1).says("S5104");
    assert!(sandbox.root().join("bomb.html").is_file(), "the page is written without pictures");
}

/// Ghostscript reads the same file with another reader, and separates it with another renderer.
#[test]
fn amounts_agree_with_ghostscript() {
    let mut draft = empty();
    let state = dictionary! { "OP" => true, "op" => true, "OPM" => 1 };
    let real = |values: [f32; 4]| Object::Array(values.map(Object::Real).to_vec());
    let shading = dictionary! { "ShadingType" => 2, "ColorSpace" => "DeviceCMYK",
    "Coords" => real([100.0, 0.0, 400.0, 0.0]), "Extend" => vec![true.into(), true.into()],
    "Function" => dictionary! { "FunctionType" => 2, "N" => 1, "Domain" => vec![0.into(), 1.into()],
        "C0" => real([0.1, 0.0, 0.6, 0.0]), "C1" => real([0.0, 1.0, 0.0, 0.5]) } };
    draft
        .resource("ExtGState", "Gs", state)
        .resource("Shading", "Sh", shading)
        .draw(format!("q {} re W n /Sh sh Q", rect(20.0, 200.0, 170.0, 60.0)))
        .draw(format!("0.8 0.2 0 0 k {} re f", half()))
        .draw(format!("q /Gs gs 0 0 0 1 k {} re f Q", rect(40.0, 40.0, 120.0, 60.0)))
        .draw(format!("0 0.9 0.7 0 k {} re f", rect(150.0, 20.0, 40.0, 150.0)))
        .image((64, 64), name("DeviceCMYK"), &[20, 90, 160, 40], [90.0, 120.0, 80.0, 60.0]);
    let bytes = draft.bytes();
    let sandbox = Sandbox::empty();
    sandbox.write("page.pdf", &bytes);
    let Some(theirs) = tool(
        "gs",
        &["-q", "-dBATCH", "-dNOPAUSE", "-dUseTrimBox", "-sDEVICE=ink_cov", "-r150", "-o", "-"],
        &sandbox.root().join("page.pdf"),
    ) else {
        return;
    };
    let theirs: Vec<f64> =
        theirs.split_whitespace().take(4).map(|word| word.parse().expect(&theirs)).collect();
    let plates = Plates::open(&bytes).expect("a PDF");
    let ours = table::<()>(&plates, None).expect("drawn");
    for ((ink, share), theirs) in ours.inks.iter().zip(&ours.pages[0].shares).zip(&theirs) {
        let ours = share.expect("it is drawn") * 100.0;
        // half a per cent: the edges of shapes, which they count to the full pixel
        assert!((ours - theirs).abs() < 0.5, "{ink}: {ours:.2} %, Ghostscript says {theirs:.2} %");
    }
}

#[test]
fn the_command_prints_amounts_and_writes_pictures() {
    let mut draft = empty();
    draft.draw(format!("1 0 0 0 k {} re f", half()));
    let sandbox = Sandbox::empty();
    sandbox.write("page.pdf", draft.bytes());
    sandbox
        .sasshi("preflight page.pdf --inks-dir plates --lang en")
        .exit(0)
        .says("page     Cyan  Magenta   Yellow    Black")
        .says("0.00");
    for ink in ["cyan", "magenta", "yellow", "black"] {
        let picture = sandbox.read(&format!("plates/page-001-{ink}.png"));
        assert!(picture.starts_with(b"\x89PNG"), "{ink}");
    }
    let run = sandbox.sasshi("preflight page.pdf --inks --message-format json --lang en").exit(0);
    let line = run.stdout.lines().find(|line| line.contains("\"inks\"")).expect("a line of inks");
    let share: serde_json::Value = serde_json::from_str(line).expect("JSON");
    let cyan = share["inks"]["Cyan"].as_f64().expect("a number");
    assert!((cyan - 0.5).abs() < 0.003, "{line}");
    assert!(!Path::new("plates").exists(), "it is written where the command ran");
}
