//! The example for all its readers, by the real binary: where their files stand, what is in them, and what is in no other's.

use std::path::PathBuf;
use std::sync::OnceLock;

use super::harness::Sandbox;
use super::tools::{pages, squeezed, tool};

/// The example with the files of all readers but the first, built once.
fn built() -> &'static Sandbox {
    static BUILT: OnceLock<Sandbox> = OnceLock::new();
    BUILT.get_or_init(|| {
        let sandbox = Sandbox::shared().with_example_for_all_readers();
        let editions = ["screen-mono", "office-mono", "press-mono", "imposed-mono"].join(" --edition ");
        sandbox
            .sasshi(&format!("build contact-sheet booklet --quiet --lang en --edition {editions}"))
            .exit(0)
            .silent();
        sandbox
    })
}

fn file(path: &str) -> PathBuf {
    built().root().join("output").join(path)
}

#[test]
fn each_reader_has_a_folder() {
    for folder in ["contact-sheet/screen-mono", "contact-sheet/office-mono", "contact-sheet/press-mono"] {
        let sheets = built().files(&format!("output/{folder}"));
        let dockets = usize::from(folder.contains("press"));
        assert_eq!(sheets.len(), 19 + dockets, "{folder}: {sheets:?}");
    }
    assert_eq!(built().files("output/booklet/screen-mono"), ["output/booklet/screen-mono/booklet.pdf"]);
}

/// Cyan, magenta and yellow of each page, by Ghostscript; none if it is not installed. Press sheets are not looked at: their
/// marks have the colour of registration, which is on every plate that there is.
fn colours_of(path: &str) -> Option<Vec<[String; 3]>> {
    let seen = tool("gs", &["-q", "-o", "-", "-sDEVICE=inkcov"], &file(path))?;
    let inks = seen.lines().filter(|line| line.contains("CMYK")).map(|line| {
        let mut inks = line.split_whitespace().map(str::to_owned);
        std::array::from_fn(|_| inks.next().unwrap_or_default())
    });
    Some(inks.collect())
}

#[test]
fn mono_has_no_colour_in_any_edition() {
    for (path, pages) in [
        ("contact-sheet/press-mono/all.pdf", 18),
        ("contact-sheet/screen-mono/all.pdf", 18),
        ("contact-sheet/office-mono/109-kohoku.pdf", 1),
        ("booklet/press-mono/booklet.pdf", 20),
        ("booklet/screen-mono/booklet.pdf", 20),
    ] {
        let Some(found) = colours_of(path) else { return };
        assert_eq!(found.len(), pages, "{path}");
        for (page, inks) in (1..).zip(&found) {
            assert_eq!(inks, &["0.00000", "0.00000", "0.00000"].map(str::to_owned), "{path}, page {page}");
        }
    }
}

#[test]
fn mono_says_what_the_first_reader_is_told() {
    let sandbox = Sandbox::shared().with_example();
    sandbox.sasshi("build contact-sheet --edition screen --only 港北区 --quiet").exit(0);
    let text = |path: &PathBuf| Some(squeezed(&pages(path, &["-raw"])?.concat()));
    let first = sandbox.root().join("output/contact-sheet/screen/109-kohoku.pdf");
    let Some((first, black)) = text(&first).zip(text(&file("contact-sheet/screen-mono/109-kohoku.pdf")))
    else {
        return;
    };
    assert_eq!(first, black);
    // links and tags are those of the engine
    let Some(info) = tool("pdfinfo", &[], &file("contact-sheet/screen-mono/109-kohoku.pdf")) else { return };
    let tagged = info.lines().find(|line| line.starts_with("Tagged:")).unwrap_or_default();
    assert!(tagged.ends_with("yes"), "{info}");
}

#[test]
fn the_docket_of_mono_asks_for_one_ink() {
    let Some(pages) = pages(&file("booklet/press-mono/docket.pdf"), &["-raw"]) else { return };
    assert!(squeezed(&pages.concat()).contains("墨1色"), "{pages:?}");
}

#[test]
fn the_first_reader_has_the_plain_names() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.edit("sasshi.toml", "per = \"wards\"\n", "per = \"wards\"\nreaders = [\"mono\", \"ja\"]\n");
    sandbox.sasshi("build contact-sheet --quiet --edition screen --edition screen-ja").exit(0).silent();
    let made = sandbox.files("output/contact-sheet");
    assert!(
        made.iter().any(|path| path.contains("/screen/"))
            && made.iter().any(|path| path.contains("/screen-ja/"))
    );
    sandbox.sasshi("build contact-sheet --edition screen-mono --why --lang en").says("screen/109-kohoku.pdf");
}
