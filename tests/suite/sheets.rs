//! Press sheets against judges: preflight on the bytes that are written, and other imposers (`pdfimpose`, `pdfjam`) for
//! the page order of the schemes that they know.

use std::fmt::Write as _;

use lopdf::{Document, Object, dictionary};
use sasshi::model::scheme::Scheme;

use super::corpus::draft::{Draft, page, rect};
use super::corpus::icc;
use super::harness::Sandbox;
use super::impose::{Wish, document};
use super::tools::{pages, tool};

/// A press file of `count` pages that passes preflight, after a change.
fn press_file(count: usize, change: impl Fn(&mut Draft)) -> Vec<u8> {
    let mut draft = Draft::clean(icc());
    draft.pages.extend((1..count).map(|_| page()));
    change(&mut draft);
    draft.bytes()
}

fn clean(_: &mut Draft) {}

/// Imposes `input` on a sheet that takes every scheme.
fn imposed(input: &[u8], arguments: &str) -> Sandbox {
    let sandbox = Sandbox::empty();
    sandbox.write("in.pdf", input);
    sandbox.sasshi(&format!("impose in.pdf {arguments} -o out.pdf --lang en")).exit(0);
    sandbox
}

#[test]
fn pages_that_pass_give_sheets_that_pass() {
    let input = press_file(12, clean);
    let ways = [
        "",
        "--bind right",
        "--creep outer",
        "--creep scale",
        "--back head-to-foot",
        "--bleed 2",
        "--no-marks",
    ];
    for (name, _) in Scheme::all() {
        for way in ways {
            let sandbox = imposed(&input, &format!("--scheme {name} {way} --paper 0.3 --sheet 1000x1400mm"));
            let run = sandbox.sasshi("preflight out.pdf --lang en").exit(0);
            // pages that are made smaller bring their text nearer to the edge
            let codes: Vec<&str> = run.codes().into_iter().filter(|code| *code != "S5136").collect();
            assert!(codes.is_empty(), "{name} {way}: {}", run.transcript());
        }
    }
}

#[test]
fn both_ways_of_one_plate_pass() {
    let input = press_file(8, clean);
    for way in ["saddle --work turn", "saddle-8 --work tumble", "gang --work turn", "perfect-8 --cover"] {
        let sandbox = imposed(&input, &format!("--scheme {way} --paper 0.1 --sheet 1000x1400mm"));
        sandbox.sasshi("preflight out.pdf --lang en").exit(0).silent();
    }
}

#[test]
fn the_printing_condition_comes_along() {
    let input = press_file(4, clean);
    let sandbox = imposed(&input, "--sheet 1000x1400mm");
    let (before, after) = (
        Document::load_mem(&input).expect("our own draft"),
        Document::load_mem(&sandbox.read("out.pdf")).expect("our own sheets"),
    );
    let profile = |document: &Document| {
        let intents = document.catalog()?.get_deref(b"OutputIntents", document)?.as_array()?.clone();
        let intent = document.dereference(&intents[0])?.1.as_dict()?.clone();
        intent.get_deref(b"DestOutputProfile", document)?.as_stream()?.get_plain_content()
    };
    assert_eq!(profile(&before).expect("a profile"), profile(&after).expect("a profile"));
    let packet = |document: &Document| -> Result<String, lopdf::Error> {
        let stream = document.catalog()?.get_deref(b"Metadata", document)?.as_stream()?;
        Ok(String::from_utf8_lossy(&stream.get_plain_content()?).into_owned())
    };
    assert_eq!(packet(&before).expect("XMP"), packet(&after).expect("XMP"));
    let id =
        |document: &Document| document.trailer.get(b"ID").and_then(Object::as_array).cloned().expect("an ID");
    assert_eq!(id(&before)[0], id(&after)[0], "where it comes from");
    assert_ne!(id(&before)[1], id(&after)[1], "which file it is");
}

#[test]
fn registration_colour_inside_a_page_stays_a_finding() {
    let all = |draft: &mut Draft| {
        let tint = dictionary! {
            "FunctionType" => 2, "N" => 1, "Domain" => vec![0.into(), 1.into()],
            "C0" => vec![0.into(), 0.into(), 0.into(), 0.into()], "C1" => vec![1.into(), 1.into(), 1.into(), 1.into()],
        };
        let space = vec!["Separation".into(), "All".into(), "DeviceCMYK".into(), tint.into()];
        draft.resource("ColorSpace", "Reg", space);
        draft.draw(format!("/Reg cs 1 scn {} re f", rect(100.0, 100.0, 5.0, 5.0)));
    };
    let sandbox = imposed(&press_file(8, all), "--scheme saddle-8 --sheet 1000x1400mm");
    let run = sandbox.sasshi("preflight out.pdf --lang en").exit(1);
    assert_eq!(run.codes(), ["S5143"], "{}", run.transcript());
}

#[test]
fn what_is_wrong_at_an_inner_edge_is_found() {
    // art that ends 1 mm beyond the trim on one side of a page in the middle of its neighbours
    for place in
        [rect(-1.0, -3.0, 20.0, 303.0), rect(190.0, -3.0, 21.0, 303.0), rect(-3.0, 290.0, 216.0, 8.0)]
    {
        let short = |draft: &mut Draft| {
            let _ = writeln!(draft.pages[10].content, "0 0 0 0.4 k {place} re f");
        };
        let sandbox = imposed(&press_file(32, short), "--scheme cut-and-stack --sheet 1000x1400mm");
        let run = sandbox.sasshi("preflight out.pdf --lang en").exit(1);
        assert_eq!(run.codes(), ["S5137"], "{}", run.transcript());
    }
}

#[test]
fn findings_of_other_pages_are_warnings_unless_strict() {
    let rgb = |draft: &mut Draft| {
        draft.draw(format!("1 0 0 rg {} re f", rect(50.0, 50.0, 20.0, 20.0)));
    };
    let sandbox = Sandbox::empty();
    sandbox.write("in.pdf", press_file(4, rgb));
    let run = sandbox.sasshi("impose in.pdf --sheet 1000x1400mm -o out.pdf --lang en").exit(0);
    assert_eq!(run.codes(), ["S5111"], "{}", run.transcript());
    sandbox
        .sasshi("impose in.pdf --sheet 1000x1400mm -o strict.pdf --strict --lang en")
        .exit(1)
        .says("S5111");
    assert!(!sandbox.root().join("strict.pdf").exists());
    // an office printer is no press, but a file that calls itself PDF/X is held to it
    sandbox.sasshi("impose in.pdf --scheme 2up -o office.pdf --lang en").exit(0).says("S5111");
    sandbox.write("plain.pdf", document(4, &Wish::default()));
    sandbox.sasshi("impose plain.pdf --scheme 2up -o office.pdf --lang en").exit(0).silent();
}

#[test]
fn a_slug_line_that_the_font_cannot_set_gives_no_sheets() {
    let sandbox = Sandbox::empty();
    sandbox.write("冊子😀.pdf", press_file(4, clean));
    let run = sandbox.sasshi("impose 冊子😀.pdf --sheet 1000x1400mm -o out.pdf --lang en").exit(1);
    assert_eq!(run.codes(), ["S6008"], "{}", run.transcript());
    run.says("S5126");
    assert!(!sandbox.root().join("out.pdf").exists());
    sandbox.sasshi("impose 冊子😀.pdf --sheet 1000x1400mm --no-marks -o out.pdf").exit(0);
}

#[test]
fn the_slug_names_the_inks_that_are_printed() {
    let spot = |draft: &mut Draft| {
        let tint = dictionary! {
            "FunctionType" => 2, "N" => 1, "Domain" => vec![0.into(), 1.into()],
            "C0" => vec![0.into(), 0.into(), 0.into(), 0.into()], "C1" => vec![0.into(), 1.into(), 1.into(), 0.into()],
        };
        let space = vec!["Separation".into(), "DIC 156".into(), "DeviceCMYK".into(), tint.into()];
        draft.resource("ColorSpace", "Cs", space);
        draft.draw(format!("/Cs cs 1 scn {} re f", rect(50.0, 50.0, 20.0, 20.0)));
    };
    let cyan = |draft: &mut Draft| {
        draft.draw(format!("0.5 0 0 0 k {} re f", rect(50.0, 50.0, 20.0, 20.0)));
    };
    for (input, words) in [
        (press_file(4, clean), "1／1枚目 表 1折 K"),
        (press_file(4, cyan), "1／1枚目 表 1折 C K"),
        (press_file(4, spot), "1／1枚目 表 1折 K＋DIC 156"),
    ] {
        let sandbox = imposed(&input, "--sheet 1000x1400mm");
        let Some(sides) = pages(&sandbox.root().join("out.pdf"), &["-layout"]) else { return };
        let lines: Vec<String> =
            sides[0].lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert!(lines.iter().any(|line| line == &format!("in {words}")), "{words} in {lines:?}");
    }
}

/// The numbers on each side of a file, in rows from the top and from left to right.
fn order(file: &std::path::Path) -> Option<Vec<Vec<usize>>> {
    let text = tool("pdftotext", &["-bbox"], file)?;
    let number = |line: &str, key: &str| -> f64 {
        let value = line.split(&format!("{key}=\"")).nth(1).and_then(|rest| rest.split('"').next());
        value.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{key} in {line}"))
    };
    let mut sides: Vec<Vec<(f64, f64, usize)>> = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.starts_with("<page ") {
            sides.push(Vec::new());
        } else if let Some(word) = line.strip_suffix("</word>").and_then(|line| line.rsplit('>').next())
            && let Some(page) = word.strip_prefix('p').and_then(|page| page.parse().ok())
        {
            let side = sides.last_mut().expect("a word stands on a page");
            side.push((number(line, "yMin"), number(line, "xMin"), page));
        }
    }
    // 420 points from row to row; what stands on its head lies elsewhere in its page
    let row = |y: f64, top: f64| y - top > 200.0;
    for side in &mut sides {
        side.sort_by(|one, other| one.0.total_cmp(&other.0));
        let top = side.first().map_or(0.0, |first| first.0);
        side.sort_by(|one, other| (row(one.0, top)).cmp(&row(other.0, top)).then(one.1.total_cmp(&other.1)));
    }
    // some write the empty back of the last sheet, some do not
    sides.retain(|side| !side.is_empty());
    Some(sides.into_iter().map(|side| side.into_iter().map(|(_, _, page)| page).collect()).collect())
}

/// A whole side turned by half.
fn turned(sides: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    sides.into_iter().map(|side| side.into_iter().rev().collect()).collect()
}

/// Pages of 300 x 420 points for tools that know one box only.
fn plain(count: usize) -> Vec<u8> {
    let whole = || vec![0.into(), 0.into(), 300.into(), 420.into()];
    document(
        count,
        &Wish { page: dictionary! { "MediaBox" => whole(), "TrimBox" => whole() }, ..Wish::default() },
    )
}

fn ours(sandbox: &Sandbox, arguments: &str) -> Option<Vec<Vec<usize>>> {
    let exact = "--no-marks --bleed 0 --trim 0 --milling 0 --lang en -o ours.pdf";
    sandbox.sasshi(&format!("impose in.pdf {arguments} {exact}")).exit(0);
    order(&sandbox.root().join("ours.pdf"))
}

#[test]
fn pdfimpose_has_the_same_order() {
    // pdfimpose turns the whole sheet for binding on the right
    let schemes = [
        ("saddle --signature 2x1", "--scheme saddle --sheet 600x420pt", false),
        ("saddle --signature 2x1 --bind right", "--scheme saddle --bind right --sheet 600x420pt", true),
        ("saddle --signature 2x2", "--scheme saddle-8 --sheet 600x840pt", false),
        ("hardcover --signature 2x2", "--scheme perfect-8 --sheet 600x840pt", false),
        ("hardcover --signature 4x2", "--scheme perfect --sheet 1200x840pt", false),
        ("wire --signature 2x1", "--scheme cut-and-stack --sheet 600x420pt", false),
        ("cards --signature 2x1", "--scheme gang --sheet 600x420pt", false),
    ];
    for count in [16, 32, 64] {
        let sandbox = Sandbox::empty();
        sandbox.write("in.pdf", plain(count));
        for (theirs, arguments, is_turned) in schemes {
            let out = sandbox.root().join("theirs.pdf");
            let out_text = out.display().to_string();
            let words: Vec<&str> = theirs.split(' ').chain(["--output", &out_text]).collect();
            if tool("pdfimpose", &words, &sandbox.root().join("in.pdf")).is_none() {
                return;
            }
            let (Some(theirs_order), Some(ours)) = (order(&out), ours(&sandbox, arguments)) else { return };
            let theirs_order = if is_turned { turned(theirs_order) } else { theirs_order };
            assert_eq!(ours, theirs_order, "{count} pages, pdfimpose {theirs}");
        }
    }
}

#[test]
fn pdfjam_has_the_same_order() {
    for count in [8, 20] {
        let sandbox = Sandbox::empty();
        sandbox.write("in.pdf", plain(count));
        let out = sandbox.root().join("theirs.pdf");
        let out_text = out.display().to_string();
        // pdfjam turns the fronts of a booklet, for printers that turn the sheet over its head
        let schemes = [
            ("--booklet true --landscape", "--scheme saddle --back head-to-foot --sheet 600x420pt", true),
            ("--nup 2x2", "--scheme 4up --sheet 600x840pt", false),
        ];
        for (theirs, arguments, is_turned) in schemes {
            let words: Vec<&str> = theirs.split(' ').chain(["--quiet", "--outfile", &out_text]).collect();
            if tool("pdfjam", &words, &sandbox.root().join("in.pdf")).is_none() {
                return;
            }
            let (Some(theirs_order), Some(ours)) = (order(&out), ours(&sandbox, arguments)) else { return };
            let theirs_order = if is_turned { turned(theirs_order) } else { theirs_order };
            assert_eq!(ours, theirs_order, "{count} pages, pdfjam {theirs}");
        }
    }
}

/// The example's booklet, from its sources to press sheets.
#[test]
fn the_example_goes_on_press_sheets_that_pass() {
    let sandbox = Sandbox::empty().with_example();
    sandbox.sasshi("build booklet --edition press --edition imposed --lang en").exit(0).says("saddle stitch");
    let sheets = "output/booklet/imposed/booklet.pdf";
    sandbox.sasshi(&format!("preflight {sheets} --lang en")).exit(0).says("0 errors, 0 warnings");
    let report = String::from_utf8(sandbox.read("output/report.json")).expect("JSON is UTF-8");
    let report: serde_json::Value = serde_json::from_str(&report).expect("JSON");
    let files = report["files"].as_array().expect("files");
    let told = files.iter().find(|file| file["path"] == sheets).expect("the sheets are reported");
    assert_eq!(told["sheets"]["sheets"], 5);
    assert_eq!(told["sheets"]["sides"], 10);
    assert_eq!(told["pages"].as_array().map(Vec::len), Some(10));
    let notes = told["sheets"]["notes"].to_string();
    assert!(notes.contains("Creep of 0.08 mm paper"), "the paper of the press: {notes}");
    // the pages are those of the press file, stream for stream
    let streams = |path: &str| -> Vec<Vec<u8>> {
        let document = Document::load_mem(&sandbox.read(path)).expect("our own");
        document
            .objects
            .values()
            .filter_map(|object| Some(object.as_stream().ok()?.content.clone()))
            .collect()
    };
    let (press, imposed) = (streams("output/booklet/press/booklet.pdf"), streams(sheets));
    let kept = press.iter().filter(|stream| imposed.contains(stream)).count();
    // not the metadata, whose identifier is another, nor the tables of objects
    assert!(kept + 12 > press.len(), "{kept} of {} streams are the same", press.len());
    let Some(sides) = pages(&sandbox.root().join(sheets), &["-layout"]) else { return };
    for (index, side) in sides.iter().enumerate() {
        let (sheet, face) = (index / 2 + 1, if index % 2 == 0 { "表" } else { "裏" });
        let words = side.lines().rev().find(|line| line.contains("枚目")).unwrap_or_default();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            words.contains(&format!("{sheet}／5枚目 {face} {sheet}折 C M Y K")),
            "side {}: {words}",
            index + 1
        );
    }
}

/// Contact sheets share press sheets: the file that holds them all is imposed, not each of them.
#[test]
fn contact_sheets_are_ganged_in_the_file_that_holds_them_all() {
    let sandbox = Sandbox::empty().with_example();
    let editions = "file-name = \"{code}-{romaji}\"\neditions = [\"screen\", \"office\", \"press\"";
    sandbox.edit("sasshi.toml", editions, &format!("{editions}, \"imposed\""));
    sandbox.edit(
        "sasshi.toml",
        "[layout.booklet]",
        "[imposition.default]\nscheme = \"gang\"\nsheet = \"sra3\"\n\n[layout.booklet]",
    );
    sandbox.sasshi("build contact-sheet --edition imposed --lang en").exit(0);
    assert_eq!(sandbox.pdfs(), ["output/contact-sheet/imposed/all.pdf"]);
    sandbox.sasshi("preflight output/contact-sheet/imposed/all.pdf --lang en").exit(0).says("0 errors");
    let Some(sides) = pages(&sandbox.root().join("output/contact-sheet/imposed/all.pdf"), &[]) else {
        return;
    };
    // A4 on SRA3: two a side, eighteen wards, nothing on the backs
    assert_eq!(sides.len(), 9);
    for side in &sides {
        assert_eq!(side.matches(" Ward").count(), 2, "{side}");
    }
}
