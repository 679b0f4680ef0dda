//! How long imposition takes: 200 and 2,000 pages by the binary, and the same 200 pages by `pdfimpose` and `pdfjam`
//! where they are installed. `cargo bench --bench imposition`.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use lopdf::{Document, Object, Stream, dictionary};

/// A document of A5 pages with text and lines, each with its own content.
fn document(pages: usize) -> Vec<u8> {
    let mut document = Document::with_version("1.6");
    let tree = document.new_object_id();
    let font = document
        .add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let mut kids: Vec<Object> = Vec::new();
    for page in 0..pages {
        let mut content = format!("BT /F1 40 Tf 60 400 Td ({}) Tj ET\n", page + 1);
        for line in 0..40 {
            let _ =
                writeln!(content, "BT /F1 9 Tf 50 {} Td (line {line} of page {page}) Tj ET", 40 + line * 8);
        }
        let mut stream = Stream::new(lopdf::Dictionary::new(), content.into_bytes());
        stream.compress().expect("compressed");
        let content = document.add_object(stream);
        let page = document.add_object(dictionary! {
            "Type" => "Page",
            "Parent" => tree,
            "MediaBox" => vec![0.into(), 0.into(), Object::Real(419.53), Object::Real(595.28)],
            "Resources" => resources,
            "Contents" => content,
        });
        kids.push(page.into());
    }
    let count = i64::try_from(kids.len()).expect("few pages");
    document.objects.insert(tree, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_modern(&mut bytes).expect("saved");
    bytes
}

/// The quickest of `times` runs, in milliseconds; none where the program is not installed or fails.
fn quickest(times: usize, folder: &Path, program: &str, arguments: &[&str]) -> Option<f64> {
    let mut best: Option<f64> = None;
    for _ in 0..times {
        let start = Instant::now();
        let output = Command::new(program).args(arguments).current_dir(folder).output().ok()?;
        if !output.status.success() {
            eprintln!("{program}: {}", String::from_utf8_lossy(&output.stderr));
            return None;
        }
        let took = start.elapsed().as_secs_f64() * 1000.0;
        best = Some(best.map_or(took, |best| best.min(took)));
    }
    best
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let sasshi = env!("CARGO_BIN_EXE_sasshi");
    let mut ours = None;
    for pages in [200, 2000] {
        let name = format!("in{pages}.pdf");
        std::fs::write(folder.path().join(&name), document(pages)).expect("written");
        for marks in ["--quiet", "--no-marks"] {
            let arguments =
                ["impose", &name, "--sheet", "a3", "--bleed", "0", "--trim", "0", marks, "-o", "out.pdf"];
            let took = quickest(5, folder.path(), sasshi, &arguments);
            println!("sasshi {pages} pages {marks}: {took:.0?} ms");
            if pages == 200 && marks == "--no-marks" {
                ours = took;
            }
        }
    }
    let others: [(&str, &[&str]); 2] = [
        ("pdfimpose", &["saddle", "--format", "A5", "--output", "pdfimpose.pdf", "in200.pdf"]),
        (
            "pdfjam",
            &[
                "--quiet",
                "--booklet",
                "true",
                "--paper",
                "a4paper",
                "--landscape",
                "--outfile",
                "pdfjam.pdf",
                "in200.pdf",
            ],
        ),
    ];
    for (program, arguments) in others {
        match (quickest(1, folder.path(), program, arguments), ours) {
            (Some(took), Some(ours)) => {
                println!("{program} 200 pages: {took:.0} ms, {:.0} times as long", took / ours);
            }
            _ => println!("{program}: not installed"),
        }
    }
}
