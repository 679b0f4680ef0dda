//! `sasshi impose` for an office printer: pages of an office program, made to fit, chosen, bound at the head.

use lopdf::{Document, Object, dictionary};

use super::harness::Sandbox;
use super::impose::{Wish, document};
use super::tools::pages;

/// Pages of whole points, as office programs write them.
fn paper(count: usize, width: i64, height: i64) -> Vec<u8> {
    let media = || vec![0.into(), 0.into(), width.into(), height.into()];
    let page = dictionary! { "MediaBox" => media(), "TrimBox" => media() };
    document(count, &Wish { page, ..Wish::default() })
}

/// Width and height of the first side, in whole points.
fn sheet(sandbox: &Sandbox) -> (i64, i64) {
    let document = Document::load_mem(&sandbox.read("out.pdf")).expect("a PDF");
    let first = document.page_iter().next().expect("a side");
    let media =
        document.get_dictionary(first).and_then(|page| page.get(b"MediaBox")).and_then(Object::as_array);
    let media: Vec<f32> =
        media.expect("a box").iter().map(|side| side.as_float().expect("a number")).collect();
    #[expect(clippy::cast_possible_truncation, reason = "a sheet")]
    let whole = |length: f32| length.round() as i64;
    (whole(media[2] - media[0]), whole(media[3] - media[1]))
}

/// How each page on a side is turned: the first four numbers of its matrix.
fn matrices(sandbox: &Sandbox) -> Vec<[f32; 4]> {
    let document = Document::load_mem(&sandbox.read("out.pdf")).expect("a PDF");
    let placed = |id| document.get_and_decode_page_content(id).expect("content").operations;
    let operations = document.page_iter().flat_map(placed).filter(|one| one.operator == "cm");
    let numbers = |one: lopdf::content::Operation| {
        let number = |at: usize| one.operands[at].as_float().expect("a number");
        [number(0), number(1), number(2), number(3)]
    };
    operations.map(numbers).collect()
}

/// The words of each side in the order of reading, and what the command said.
fn imposed(input: Vec<u8>, arguments: &str) -> (Sandbox, String, Option<Vec<String>>) {
    let sandbox = Sandbox::empty();
    sandbox.write("in.pdf", input);
    let run = sandbox.sasshi(&format!("impose in.pdf {arguments} -o out.pdf --lang en")).exit(0);
    let said = format!("{}{}", run.stdout, run.stderr);
    let text = pages(&sandbox.root().join("out.pdf"), &["-layout"]).map(|sides| {
        let words = |side: &String| side.split_whitespace().collect::<Vec<_>>().join(" ");
        sides.iter().map(words).collect()
    });
    (sandbox, said, text)
}

#[test]
fn pages_of_whole_points_are_the_paper_that_they_are_meant_for() {
    // 595 by 842 points are 209.9 by 297.04 mm: 0.04 mm more than A3 is high
    let (sandbox, said, text) =
        imposed(paper(8, 595, 842), "--scheme saddle --sheet a3 --bleed 0 --trim 0 --no-marks");
    assert_eq!(sheet(&sandbox), (1191, 842));
    assert!(said.contains("short edge"), "{said}");
    let Some(text) = text else { return };
    assert_eq!(text, ["p8 p1", "p2 p7", "p6 p3", "p4 p5"]);
}

#[test]
fn what_does_not_fit_names_the_sheet_that_would_do() {
    let sandbox = Sandbox::empty();
    sandbox.write("in.pdf", paper(4, 595, 842));
    let run =
        sandbox.sasshi("impose in.pdf --sheet a4 --bleed 0 --trim 0 --no-marks -o out.pdf --lang ja").exit(1);
    run.says("A3（297×420 mm）").says("--fit");
    let run = sandbox.sasshi("impose in.pdf --sheet a3 -o out.pdf --lang en").exit(1);
    run.says("It fits on SRA3 (320×450 mm)").says("419.81×297.04 mm");
}

#[test]
fn pages_are_made_to_fit() {
    // an A4 document as an A5 booklet on A4
    let (sandbox, said, text) = imposed(paper(8, 595, 842), "--fit");
    assert_eq!(sheet(&sandbox), (842, 595), "the paper that the pages had, lying");
    assert!(said.contains("short edge"), "{said}");
    if let Some(text) = text {
        assert_eq!(text, ["p8 p1", "p2 p7", "p6 p3", "p4 p5"]);
    }
    // slides of 16:9 on A3, one above the other's back
    let (sandbox, _, text) = imposed(paper(4, 960, 540), "--fit --sheet a3");
    assert_eq!(sheet(&sandbox), (1191, 842));
    if let Some(text) = text {
        assert_eq!(text, ["p4 p1", "p2 p3"]);
    }
    // pages of several sizes are each made to fit
    let second = dictionary! {
        "MediaBox" => vec![0.into(), 0.into(), 842.into(), 595.into()],
        "TrimBox" => vec![0.into(), 0.into(), 842.into(), 595.into()],
    };
    imposed(document(4, &Wish { second, ..Wish::default() }), "--fit --sheet a4");
    let sandbox = Sandbox::empty();
    sandbox.write("in.pdf", paper(4, 595, 842));
    sandbox.sasshi("impose in.pdf --scheme gang --fit -o out.pdf --lang en").exit(1).says("not fitted");
}

#[test]
fn some_pages_are_taken() {
    let (_, said, text) = imposed(document(12, &Wish::default()), "--pages 4-9,12 --sheet sra3 --no-marks");
    assert!(said.contains("7 pages"), "{said}");
    if let Some(text) = text {
        assert_eq!(text, ["p12 p4", "p5", "p9 p6", "p7 p8"]);
    }
    let sandbox = Sandbox::empty();
    sandbox.write("in.pdf", document(4, &Wish::default()));
    sandbox.sasshi("impose in.pdf --pages 3-9 -o out.pdf --lang en").exit(1).says("has no page 9: it has 4");
    sandbox.sasshi("impose in.pdf --pages 9-3 -o out.pdf --lang en").exit(2).says("4-9");
    sandbox.sasshi("impose in.pdf in.pdf --pages 1 -o out.pdf --lang en").exit(2).says("one PDF");
    // what is wrong with a page that stays behind does not matter
    let note = dictionary! {
        "Annots" => vec![Object::Dictionary(dictionary! {
            "Type" => "Annot", "Subtype" => "Stamp", "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()],
        })],
    };
    sandbox.write("in.pdf", document(5, &Wish { second: note, ..Wish::default() }));
    sandbox.sasshi("impose in.pdf --pages 1-4 --sheet sra3 -o out.pdf").exit(1);
    sandbox.sasshi("impose in.pdf --pages 1,3-5 --sheet sra3 -o out.pdf").exit(0);
}

#[test]
fn work_is_bound_at_the_head() {
    let (sandbox, said, text) =
        imposed(paper(4, 842, 595), "--bind head --sheet a3 --bleed 0 --trim 0 --no-marks");
    assert!(said.contains("bound at the head"), "{said}");
    assert_eq!(sheet(&sandbox), (1191, 842), "pages lie with their heads to the left");
    let matrices = matrices(&sandbox);
    assert_eq!(matrices.len(), 4);
    // a quarter to the left: what ran to the right runs up, what ran up runs to the left
    assert!(
        matrices.iter().all(|[a, b, c, d]| *a == 0.0 && *b > 0.9 && *c < -0.9 && *d == 0.0),
        "{matrices:?}"
    );
    if let Some(text) = text {
        assert_eq!(text.len(), 2, "{text:?}");
    }
    let sandbox = Sandbox::empty();
    sandbox.write("in.pdf", paper(4, 595, 842));
    sandbox.sasshi("impose in.pdf --scheme 2up --bind head -o out.pdf --lang en").exit(1).says("folded");
}
