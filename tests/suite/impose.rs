//! `sasshi impose` and the editions that are imposed: page order, text, plates, and inputs that are wrong.

use std::path::Path;

use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::harness::Sandbox;
use super::tools::{pages, squeezed, tool};

/// What a test wants of its input.
#[derive(Default)]
pub struct Wish {
    /// Keys of every page.
    pub page: Dictionary,
    /// Keys of the second page alone.
    pub second: Dictionary,
    /// Keys of the page tree.
    pub tree: Dictionary,
    /// Content in two streams.
    pub split: bool,
    /// The inks of the ground; a light grey of black without them.
    pub ground: Option<&'static str>,
}

/// A document whose pages carry their number and a grey ground to the edge.
pub fn document(count: usize, wish: &Wish) -> Vec<u8> {
    let mut document = Document::with_version("1.6");
    let tree = document.new_object_id();
    let font = document
        .add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let mut root = dictionary! {
        "Type" => "Pages",
        "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
        "MediaBox" => vec![0.into(), 0.into(), 317.into(), 437.into()],
        "TrimBox" => vec![8.5.into(), 8.5.into(), 308.5.into(), 428.5.into()],
    };
    root.extend(&wish.tree);
    let mut kids: Vec<Object> = Vec::new();
    for number in 1..=count {
        let parts = [
            format!("{} k 0 0 317 437 re f", wish.ground.unwrap_or("0 0 0 0.2")),
            format!("0 0 0 1 k BT /F1 60 Tf 90 200 Td (p{number}) Tj ET"),
        ];
        let streams: Vec<String> = if wish.split { parts.to_vec() } else { vec![parts.join("\n")] };
        let contents: Vec<Object> = streams
            .into_iter()
            .map(|content| document.add_object(Stream::new(Dictionary::new(), content.into_bytes())).into())
            .collect();
        let trim = root.get(b"TrimBox").expect("set above").clone();
        let mut page =
            dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => contents, "TrimBox" => trim };
        page.extend(&wish.page);
        if number == 2 {
            page.extend(&wish.second);
        }
        kids.push(document.add_object(page).into());
    }
    root.set("Count", i64::try_from(count).expect("few"));
    root.set("Kids", kids);
    document.objects.insert(tree, root.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_modern(&mut bytes).expect("saved");
    bytes
}

/// Imposes `input` with `arguments` and gives the page numbers of each side, in the order of `pdftotext -layout`.
fn sides(input: &[u8], arguments: &str) -> (Sandbox, Option<Vec<Vec<String>>>) {
    let sandbox = Sandbox::empty();
    sandbox.write("in.pdf", input);
    sandbox.sasshi(&format!("impose in.pdf {arguments} -o out.pdf --lang en")).exit(0);
    let text = pages(&sandbox.root().join("out.pdf"), &["-layout"]);
    let sides = text.map(|sides| {
        let numbers = |side: &String| {
            side.split_whitespace().filter(|word| word.starts_with('p')).map(str::to_owned).collect()
        };
        sides.iter().map(numbers).collect()
    });
    (sandbox, sides)
}

#[test]
fn a_booklet_is_on_sheets_in_the_right_order() {
    let input = document(20, &Wish::default());
    let (left, order) = sides(&input, "--scheme saddle --sheet sra3 --paper 0.1 --job job");
    let Some(order) = order else { return };
    assert_eq!(order.len(), 10);
    assert_eq!(order[0], ["p20", "p1"]);
    assert_eq!(order[1], ["p2", "p19"]);
    assert_eq!(order[9], ["p10", "p11"]);
    let (_right, order) = sides(&input, "--scheme saddle --sheet sra3 --bind right");
    assert_eq!(order.map(|order| order[0].clone()), Some(vec!["p1".to_owned(), "p20".to_owned()]));
    tool("qpdf", &["--check"], &left.root().join("out.pdf"));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let input = document(8, &Wish::default());
    let (one, _) = sides(&input, "--scheme perfect-8 --cover");
    let (other, _) = sides(&input, "--scheme perfect-8 --cover");
    assert!(one.read("out.pdf") == other.read("out.pdf"), "two runs give one file");
}

#[test]
fn sheets_are_hardly_larger_than_pages() {
    let input = document(200, &Wish::default());
    let (sandbox, _) = sides(&input, "--sheet sra3");
    let size = sandbox.read("out.pdf").len();
    // marks, slug line and the sheet in small are some kilobyte a side
    assert!(size < input.len() * 105 / 100 + 100 * 1_200, "{size} bytes from {}", input.len());
}

/// A plate of a side: grey values row by row, as `tiffsep` writes them without compression (TIFF 6.0).
struct Plate {
    width: usize,
    bytes: Vec<u8>,
}

impl Plate {
    fn read(file: &Path) -> Self {
        let bytes = std::fs::read(file).expect("a plate");
        let number = |at: usize, size: usize| {
            bytes[at..at + size].iter().rev().fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte))
        };
        let entries = number(4, 4);
        let tag = |wanted: usize| {
            let entry = (0..number(entries, 2)).map(|index| entries + 2 + index * 12);
            let entry = entry.into_iter().find(|at| number(*at, 2) == wanted).expect("a tag");
            let size = if number(entry + 2, 2) == 3 { 2 } else { 4 };
            // more than one value: the first, where the list is
            if number(entry + 4, 4) * size > 4 {
                number(number(entry + 8, 4), size)
            } else {
                number(entry + 8, size)
            }
        };
        let (width, height, start) = (tag(256), tag(257), tag(273));
        Self { width, bytes: bytes[start..start + width * height].to_vec() }
    }

    /// Whether there is ink in a place, in pixels from the upper left corner.
    fn inked(&self, columns: std::ops::Range<usize>, rows: std::ops::Range<usize>) -> bool {
        let mut rows = rows;
        rows.any(|row| self.bytes[row * self.width..][columns.clone()].iter().any(|grey| *grey < 250))
    }
}

#[test]
fn marks_are_on_all_plates_and_words_on_black() {
    for (is_black, ground) in [(false, "0.1 0.1 0.1 0.2"), (true, "0 0 0 0.2")] {
        marks_of(is_black, ground);
    }
}

/// Marks of a job whose ground has these inks: on each of its plates, and on no other.
fn marks_of(is_black: bool, ground: &'static str) {
    let wish = Wish { ground: Some(ground), ..Wish::default() };
    let (sandbox, order) = sides(&document(4, &wish), "--sheet sra3 --bleed 3 --job JOB");
    if order.is_none() {
        return;
    }
    let plates = sandbox.root().join("plates");
    std::fs::create_dir(&plates).expect("a folder");
    let pattern = format!("-sOutputFile={}/s%d.tif", plates.display());
    let arguments = ["-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-r254", "-dFirstPage=1", "-dLastPage=1"];
    let arguments = [&arguments[..], &["-sDEVICE=tiffsep", "-sCompression=none", &pattern]].concat();
    if tool("gs", &arguments, &sandbox.root().join("out.pdf")).is_none() {
        return;
    }
    // ten pixels a millimetre. The sheet is 320 x 450 mm, the block 2 x 300 pt by 420 pt in its middle
    let (left, bottom) = (542, 2991);
    for ink in ["Cyan", "Magenta", "Yellow", "Black"] {
        let plate = Plate::read(&plates.join(format!("s1({ink}).tif")));
        // the mark at the lower left corner, outside the bleed
        let is_marked = plate.inked(left - 3..left + 3, bottom + 50..bottom + 100);
        assert_eq!(is_marked, !is_black || ink == "Black", "{ink}: the corner mark");
        assert!(!plate.inked(left - 15..left - 10, bottom + 50..bottom + 100), "{ink}: nothing beside it");
        // the slug line, between corner mark and register mark
        let slug = plate.inked(left + 25..left + 300, bottom + 35..bottom + 65);
        assert_eq!(slug, ink == "Black", "{ink}: the slug line");
        // the sheet in small, right of the middle
        let small = plate.inked(left + 1_058 + 100..left + 1_058 + 250, bottom + 40..bottom + 160);
        assert_eq!(small, ink == "Black", "{ink}: the sheet in small");
    }
}

#[test]
fn turned_scaled_and_split_pages_are_placed() {
    let wishes = [
        Wish { split: true, ..Wish::default() },
        Wish { page: dictionary! { "Rotate" => 180 }, ..Wish::default() },
        Wish { page: dictionary! { "UserUnit" => 2 }, ..Wish::default() },
        Wish { tree: dictionary! { "Rotate" => 90 }, ..Wish::default() },
    ];
    for wish in wishes {
        let sandbox = Sandbox::empty();
        sandbox.write("in.pdf", document(8, &wish));
        sandbox.sasshi("impose in.pdf --sheet kiku -o out.pdf --lang en").exit(0);
        let Some(text) = pages(&sandbox.root().join("out.pdf"), &[]) else { return };
        let all = squeezed(&text.concat());
        for number in 1..=8 {
            assert!(all.contains(&format!("p{number}")), "page {number} in {all}");
        }
    }
}

#[test]
fn wrong_inputs_are_named() {
    let note = dictionary! {
        "Annots" => vec![Object::Dictionary(dictionary! {
            "Type" => "Annot", "Subtype" => "Stamp", "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()],
        })],
    };
    let field = dictionary! {
        "Annots" => vec![Object::Dictionary(dictionary! {
            "Type" => "Annot", "Subtype" => "Widget", "Rect" => vec![0.into(), 0.into(), 9.into(), 9.into()],
        })],
    };
    let larger = dictionary! {
        "MediaBox" => vec![0.into(), 0.into(), 600.into(), 600.into()],
        "TrimBox" => vec![0.into(), 0.into(), 600.into(), 600.into()],
    };
    let second = |second: Dictionary| document(4, &Wish { second, ..Wish::default() });
    for (bytes, code) in [
        (b"no PDF at all".to_vec(), "S6001"),
        (document(4, &Wish::default())[..300].to_vec(), "S6001"),
        (second(note), "S6005"),
        (second(field), "S6005"),
        (second(larger), "S6003"),
    ] {
        let sandbox = Sandbox::empty();
        sandbox.write("in.pdf", bytes);
        sandbox.sasshi("impose in.pdf --sheet sra3 -o out.pdf --lang en").exit(1).says(code);
        assert!(!sandbox.root().join("out.pdf").exists(), "{code}: nothing is written");
    }
    let sandbox = Sandbox::empty();
    sandbox.write("in.pdf", document(4, &Wish::default()));
    sandbox.sasshi("impose in.pdf --sheet a6 -o out.pdf --lang en").exit(1).says("S6004");
    sandbox.sasshi("impose in.pdf --sheet nonsense -o out.pdf --lang en").exit(2);
    sandbox.sasshi("impose not-there.pdf -o out.pdf --lang en").exit(2);
    sandbox.sasshi("impose in.pdf --lang en").exit(2);
}

#[test]
fn a_locked_pdf_is_refused() {
    let sandbox = Sandbox::empty();
    sandbox.write("open.pdf", document(4, &Wish::default()));
    let (open, locked) = (sandbox.root().join("open.pdf"), sandbox.root().join("in.pdf"));
    let arguments = ["--encrypt", "user", "owner", "256", "--", &open.display().to_string()];
    if tool("qpdf", &arguments, &locked).is_none() {
        return;
    }
    sandbox.sasshi("impose in.pdf -o out.pdf --lang en").exit(1).says("S6002");
}

#[test]
fn strict_takes_warnings_for_errors() {
    let sandbox = Sandbox::empty();
    let trim = dictionary! { "TrimBox" => vec![0.into(), 0.into(), 317.into(), 437.into()] };
    sandbox.write("in.pdf", document(4, &Wish { page: trim, ..Wish::default() }));
    sandbox.sasshi("impose in.pdf --sheet sra3 -o out.pdf --lang en").exit(0).says("S6006");
    sandbox.sasshi("impose in.pdf --sheet sra3 -o strict.pdf --strict --lang en").exit(1).says("S6006");
    assert!(!sandbox.root().join("strict.pdf").exists());
}

#[test]
fn the_dummy_shows_what_lies_where() {
    let sandbox = Sandbox::empty();
    sandbox.write("in.pdf", document(8, &Wish::default()));
    let run = sandbox.sasshi("impose in.pdf --scheme saddle-8 --dummy -o dummy.pdf --lang en").exit(0);
    let rows: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(rows[..3], ["Sheet 1 of 1, front (signature 1)", "     ↓5 │   ↓4", "     ↑8 │   ↑1"]);
    assert!(sandbox.read("dummy.pdf").starts_with(b"%PDF"));
}
