//! What comes in to imposition: pages that are turned, scaled, boxed oddly or inherit what they show lie on the sheet as a
//! viewer shows them; what would be lost or printed wrongly is refused by name.

use lopdf::{Dictionary, Document, Object, dictionary};

use super::harness::Sandbox;
use super::impose::{Wish, document};
use super::tools::{pages, squeezed, tool};

fn rectangle(values: [i64; 4]) -> Object {
    values.map(Object::from).to_vec().into()
}

/// A page as grey values, at one pixel a point.
fn picture(file: &std::path::Path, page: usize, cut_to_crop_box: bool) -> Option<(String, Vec<u8>)> {
    let page = page.to_string();
    let root = file.with_extension("");
    let name = root.display().to_string();
    let mut arguments = vec!["-r", "72", "-gray", "-singlefile", "-f", &page, "-l", &page];
    if cut_to_crop_box {
        arguments.push("-cropbox");
    }
    // the name of the picture comes after the file's, where `tool` has no room for it
    let output = std::process::Command::new("pdftoppm").args(&arguments).arg(file).arg(&name).output();
    match output {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
        // said, or refused in continuous integration, by `tool`
        Err(_) => {
            tool("pdftoppm", &[], file)?;
        }
    }
    let bytes = std::fs::read(format!("{name}.pgm")).expect("a picture");
    // P5, width and height, 255: three lines, then the pixels
    let start = bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'\n')
        .map(|(at, _)| at)
        .nth(2)
        .expect("a head");
    Some((String::from_utf8_lossy(&bytes[..start]).into_owned(), bytes[start + 1..].to_vec()))
}

/// Pixels in a thousand that differ by more than a third of the scale.
fn difference(one: &[u8], other: &[u8]) -> usize {
    let differ = one.iter().zip(other).filter(|(one, other)| one.abs_diff(**other) > 85).count();
    differ * 1000 / one.len().max(1)
}

#[test]
fn pages_lie_on_the_sheet_as_a_viewer_shows_them() {
    // the trim box is the crop box here, so that a viewer shows just that
    let boxed = |extra: Dictionary| {
        let trim = rectangle([8, 8, 308, 428]);
        let mut page = dictionary! { "TrimBox" => trim.clone(), "CropBox" => trim };
        page.extend(&extra);
        page
    };
    let reversed = rectangle([308, 428, 8, 8]);
    let ways: Vec<(&str, Wish, &str)> = vec![
        ("as it is", Wish { page: boxed(Dictionary::new()), ..Wish::default() }, "300x420pt"),
        ("turned", Wish { page: boxed(dictionary! { "Rotate" => 90 }), ..Wish::default() }, "420x300pt"),
        (
            "on its head",
            Wish { page: boxed(dictionary! { "Rotate" => 180 }), ..Wish::default() },
            "300x420pt",
        ),
        (
            "turned back",
            Wish { page: boxed(dictionary! { "Rotate" => -90 }), ..Wish::default() },
            "420x300pt",
        ),
        (
            "turned by the tree",
            Wish { page: boxed(Dictionary::new()), tree: dictionary! { "Rotate" => 270 }, ..Wish::default() },
            "420x300pt",
        ),
        (
            "in two streams",
            Wish { page: boxed(Dictionary::new()), split: true, ..Wish::default() },
            "300x420pt",
        ),
        (
            "corners in the other order",
            Wish {
                page: dictionary! { "TrimBox" => reversed.clone(), "CropBox" => reversed },
                ..Wish::default()
            },
            "300x420pt",
        ),
        (
            "a trim box beyond the sheet",
            Wish {
                page: dictionary! {
                    "TrimBox" => rectangle([-50, -50, 300, 420]), "CropBox" => rectangle([0, 0, 300, 420]),
                },
                ..Wish::default()
            },
            "300x420pt",
        ),
        (
            "a medium that does not begin at 0",
            Wish {
                page: dictionary! {
                    "MediaBox" => rectangle([17, -3, 317, 417]), "TrimBox" => rectangle([17, -3, 317, 417]),
                },
                ..Wish::default()
            },
            "300x420pt",
        ),
        (
            "art box alone",
            Wish {
                page: dictionary! {
                    "ArtBox" => rectangle([8, 8, 308, 428]), "CropBox" => rectangle([8, 8, 308, 428]),
                    "TrimBox" => Object::Null,
                },
                ..Wish::default()
            },
            "300x420pt",
        ),
        (
            "crop box alone",
            Wish {
                page: dictionary! { "CropBox" => rectangle([8, 8, 308, 428]), "TrimBox" => Object::Null },
                ..Wish::default()
            },
            "300x420pt",
        ),
    ];
    for (name, wish, sheet) in ways {
        let sandbox = Sandbox::empty();
        sandbox.write("in.pdf", document(2, &wish));
        let exact = "--scheme step-and-repeat --one-sided --no-marks --bleed 0 --trim 0";
        sandbox.sasshi(&format!("impose in.pdf {exact} --sheet {sheet} -o out.pdf --lang en")).exit(0);
        for page in [1, 2] {
            let (input, output) = (sandbox.root().join("in.pdf"), sandbox.root().join("out.pdf"));
            let Some((size, before)) = picture(&input, page, true) else { return };
            let Some((same, after)) = picture(&output, page, false) else { return };
            assert_eq!(size, same, "{name}: the size");
            let differs = difference(&before, &after);
            assert!(differs <= 2, "{name}, page {page}: {differs} pixels in a thousand differ");
            // the number is there: an empty page would be like another
            assert!(before.iter().any(|grey| *grey < 60), "{name}: something is on the page");
        }
    }
}

#[test]
fn a_unit_makes_the_page_larger() {
    let unit = dictionary! { "UserUnit" => 2 };
    let sandbox = Sandbox::empty();
    sandbox.write("in.pdf", document(2, &Wish { page: unit, ..Wish::default() }));
    let exact = "--scheme step-and-repeat --one-sided --no-marks --bleed 0 --trim 0";
    // 300 x 420 units of two points; a hair less does not take it
    sandbox.sasshi(&format!("impose in.pdf {exact} --sheet 600x840pt -o out.pdf --lang en")).exit(0);
    sandbox
        .sasshi(&format!("impose in.pdf {exact} --sheet 598x840pt -o out.pdf --lang en"))
        .exit(1)
        .says("S6004");
    let Some((_, pixels)) = picture(&sandbox.root().join("out.pdf"), 1, false) else { return };
    assert_eq!(pixels.len(), 600 * 840);
}

#[test]
fn resources_come_from_the_nodes_above() {
    let sandbox = Sandbox::empty();
    let mut document = Document::load_mem(&document(4, &Wish::default())).expect("our own");
    // another node between the tree, which holds the font, and the pages
    let tree = document.catalog().and_then(|catalog| catalog.get(b"Pages")?.as_reference()).expect("a tree");
    let kids = document.get_dictionary(tree).and_then(|tree| tree.get(b"Kids")).expect("pages").clone();
    let between = document.add_object(dictionary! {
        "Type" => "Pages", "Parent" => tree, "Count" => 4, "Kids" => kids.clone(),
    });
    for kid in kids.as_array().expect("a list") {
        let page = document.get_dictionary_mut(kid.as_reference().expect("a page")).expect("a page");
        page.set("Parent", between);
    }
    document.get_dictionary_mut(tree).expect("the tree").set("Kids", vec![between.into()]);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("memory takes every byte");
    sandbox.write("in.pdf", bytes);
    sandbox.sasshi("impose in.pdf --sheet sra3 --no-marks -o out.pdf --lang en").exit(0);
    let Some(text) = pages(&sandbox.root().join("out.pdf"), &[]) else { return };
    let mut words: Vec<String> = text.concat().split_whitespace().map(str::to_owned).collect();
    words.sort();
    assert_eq!(words, ["p1", "p2", "p3", "p4"]);
}

#[test]
fn all_characters_come_along_once() {
    for arguments in ["saddle", "saddle-8 --bind right", "perfect", "4up", "cut-and-stack", "gang"] {
        let sandbox = Sandbox::empty();
        sandbox.write("in.pdf", document(23, &Wish::default()));
        let sheet = "--sheet 1000x1400mm --no-marks";
        sandbox.sasshi(&format!("impose in.pdf --scheme {arguments} {sheet} -o out.pdf --lang en")).exit(0);
        let characters = |name: &str| {
            let text = pages(&sandbox.root().join(name), &["-raw"])?.concat();
            let mut all: Vec<char> = squeezed(&text).chars().collect();
            all.sort_unstable();
            Some(all)
        };
        let (Some(before), Some(after)) = (characters("in.pdf"), characters("out.pdf")) else { return };
        assert_eq!(before.len(), 9 * 2 + 14 * 3);
        assert_eq!(before, after, "{arguments}");
    }
}

#[test]
fn pages_of_other_sizes_are_fitted_or_refused() {
    let larger = dictionary! {
        "MediaBox" => rectangle([0, 0, 600, 400]), "TrimBox" => rectangle([0, 0, 600, 400]),
    };
    let sandbox = Sandbox::empty();
    sandbox.write("in.pdf", document(4, &Wish { second: larger, ..Wish::default() }));
    for scheme in ["saddle", "perfect-8", "step-and-repeat", "cut-and-stack", "gang"] {
        let run = format!("impose in.pdf --scheme {scheme} --sheet 1000x1400mm -o out.pdf --lang en");
        sandbox.sasshi(&run).exit(1).says("S6003");
    }
    sandbox.sasshi("impose in.pdf --scheme 4up --sheet a4 -o out.pdf --lang en").exit(0);
    let Some(text) = pages(&sandbox.root().join("out.pdf"), &["-layout"]) else { return };
    assert_eq!(text[0].split_whitespace().collect::<Vec<_>>(), ["p1", "p2", "p3", "p4"]);
}

#[test]
fn links_are_left_out_and_said() {
    let link = dictionary! { "Type" => "Annot", "Subtype" => "Link", "Rect" => rectangle([0, 0, 9, 9]) };
    let second = dictionary! { "Annots" => vec![Object::Dictionary(link)] };
    let sandbox = Sandbox::empty();
    sandbox.write("in.pdf", document(4, &Wish { second, ..Wish::default() }));
    sandbox.sasshi("impose in.pdf --scheme 2up -o out.pdf --lang en").exit(0).says("S6007");
    let sheets = Document::load_mem(&sandbox.read("out.pdf")).expect("our own");
    assert!(sheets.page_iter().all(|page| !sheets.get_dictionary(page).expect("a side").has(b"Annots")));
}

#[test]
fn what_belongs_to_one_catalog_does_not_go_into_another() {
    let sandbox = Sandbox::empty();
    let with = |change: &dyn Fn(&mut Document)| {
        let mut document = Document::load_mem(&document(2, &Wish::default())).expect("our own");
        change(&mut document);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).expect("memory takes every byte");
        bytes
    };
    let condition = |name: &'static str| {
        move |document: &mut Document| {
            let intent = dictionary! {
                "S" => "GTS_PDFX", "OutputConditionIdentifier" => Object::string_literal(name),
            };
            document.catalog_mut().expect("a catalog").set("OutputIntents", vec![Object::Dictionary(intent)]);
        }
    };
    sandbox.write("one.pdf", with(&condition("FOGRA39")));
    sandbox.write("other.pdf", with(&condition("JC200103")));
    sandbox.write(
        "layers.pdf",
        with(&|document| {
            let layer = document
                .add_object(dictionary! { "Type" => "OCG", "Name" => Object::string_literal("draft") });
            let layers = dictionary! {
                "OCGs" => vec![layer.into()], "D" => dictionary! { "OFF" => vec![layer.into()] },
            };
            document.catalog_mut().expect("a catalog").set("OCProperties", layers);
        }),
    );
    let run =
        |files: &str| format!("impose {files} --scheme gang --sheet sra3 --no-marks -o out.pdf --lang en");
    sandbox.sasshi(&run("one.pdf other.pdf")).exit(1).says("S6009");
    sandbox.sasshi(&run("one.pdf layers.pdf")).exit(1).says("S6010");
    assert!(!sandbox.root().join("out.pdf").exists());
    // alone, its catalog comes along
    sandbox.sasshi(&run("layers.pdf")).exit(0);
    let sheets = Document::load_mem(&sandbox.read("out.pdf")).expect("our own");
    assert!(sheets.catalog().expect("a catalog").has(b"OCProperties"));
}

#[test]
fn a_pdf_that_only_forbids_is_locked_too() {
    let sandbox = Sandbox::empty();
    sandbox.write("open.pdf", document(4, &Wish::default()));
    let (open, locked) = (sandbox.root().join("open.pdf"), sandbox.root().join("in.pdf"));
    // it opens without a password, but printing is not allowed
    let arguments = ["--encrypt", "", "owner", "256", "--print=none", "--", &open.display().to_string()];
    if tool("qpdf", &arguments, &locked).is_none() {
        return;
    }
    sandbox.sasshi("impose in.pdf -o out.pdf --lang en").exit(1).says("S6002");
}
