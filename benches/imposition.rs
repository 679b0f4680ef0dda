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

/// What a run took.
#[derive(Clone, Copy)]
struct Took {
    /// Milliseconds on the clock.
    wall: f64,
    /// Milliseconds of computing, where GNU `time` is installed.
    cpu: Option<f64>,
    /// Megabytes at most, by the same.
    memory: Option<f64>,
}

impl std::fmt::Display for Took {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.0} ms", self.wall)?;
        if let (Some(cpu), Some(memory)) = (self.cpu, self.memory) {
            write!(f, ", {cpu:.0} ms CPU, {memory:.0} MB")?;
        }
        Ok(())
    }
}

/// Runs a program once; none where it is not installed or fails.
fn run(folder: &Path, program: &str, arguments: &[&str]) -> Option<Took> {
    let measured = Path::new("/usr/bin/time").exists();
    let mut command = if measured {
        let mut command = Command::new("/usr/bin/time");
        command.args(["-o", "time.txt", "-f", "%U %S %M", program]);
        command
    } else {
        Command::new(program)
    };
    let start = Instant::now();
    let output = command.args(arguments).current_dir(folder).output().ok()?;
    let wall = start.elapsed().as_secs_f64() * 1000.0;
    if !output.status.success() {
        eprintln!("{program}: {}", String::from_utf8_lossy(&output.stderr));
        return None;
    }
    let text = if measured { std::fs::read_to_string(folder.join("time.txt")).ok()? } else { String::new() };
    let numbers: Vec<f64> = text.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    Some(match numbers[..] {
        [user, system, memory] => {
            Took { wall, cpu: Some((user + system) * 1000.0), memory: Some(memory / 1024.0) }
        }
        _ => Took { wall, cpu: None, memory: None },
    })
}

/// The quickest of `times` runs.
fn quickest(times: usize, folder: &Path, program: &str, arguments: &[&str]) -> Option<Took> {
    let runs: Option<Vec<Took>> = (0..times).map(|_| run(folder, program, arguments)).collect();
    runs?.into_iter().min_by(|one, other| one.wall.total_cmp(&other.wall))
}

fn main() {
    // in memory where the system has such a folder: what waits for a disk is not what is compared
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    let folder = folder.expect("a folder");
    let folder = folder.path();
    let sasshi = env!("CARGO_BIN_EXE_sasshi");
    let exact = ["--sheet", "a3", "--bleed", "0", "--trim", "0", "--quiet", "-o", "out.pdf"];
    let mut ours = None;
    for pages in [200, 2000] {
        let name = format!("in{pages}.pdf");
        std::fs::write(folder.join(&name), document(pages)).expect("written");
        for (what, marks) in
            [("pages alone", &["--no-marks"][..]), ("marks, colour bar, slug, preflight", &[])]
        {
            let arguments = [&["impose", &name], &exact[..], marks].concat();
            let Some(took) = quickest(7, folder, sasshi, &arguments) else { continue };
            println!("sasshi, {pages} pages, {what}: {took}");
            if pages == 200 && ours.is_none() {
                ours = Some(took);
            }
        }
    }
    let others: [(&str, &[&str]); 2] = [
        ("pdfimpose", &["saddle", "--signature", "2x1", "--output", "theirs.pdf", "in200.pdf"]),
        (
            "pdfjam",
            &[
                "--quiet",
                "--booklet",
                "true",
                "--a3paper",
                "--landscape",
                "--outfile",
                "theirs.pdf",
                "in200.pdf",
            ],
        ),
    ];
    for (program, arguments) in others {
        match (quickest(3, folder, program, arguments), ours) {
            (Some(took), Some(ours)) => {
                let ratio = took.wall / ours.wall;
                println!("{program}, 200 pages: {took}; sasshi is {ratio:.0} times as fast");
            }
            _ => println!("{program}: not installed"),
        }
    }
}
