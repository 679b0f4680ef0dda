//! The repository's own example, built as a user would: manifest and sources alone, with the embedded layouts.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::OnceLock;

use serde_json::Value;

use super::facts::FACTS;
use super::harness::{Run, Sandbox, golden, same, tests};
use super::tools::{pages, squeezed, tool};

/// The example with its output, built once for all tests, and the run that built it.
pub struct Built {
    pub sandbox: Sandbox,
    pub run: Run,
}

impl Built {
    /// A file of the output.
    pub fn file(&self, path: &str) -> PathBuf {
        self.sandbox.root().join("output").join(path)
    }
}

/// The one build of the example, in the C locale with one job at a time.
pub fn example() -> &'static Built {
    static BUILT: OnceLock<Built> = OnceLock::new();
    BUILT.get_or_init(|| {
        let sandbox = Sandbox::shared().with_example();
        let run = sandbox.sasshi_in("C", "UTC", "build --quiet --jobs 1");
        Built { sandbox, run }
    })
}

/// Rows of one of the example's directories, cells as written.
fn rows(name: &str) -> Vec<Vec<String>> {
    let text = String::from_utf8(example().sandbox.read(&format!("sources/directories/{name}.csv")));
    let text = text.expect("directories are UTF-8");
    assert!(!text.contains('"'), "{name}.csv has no quoted cells, so that commas part them");
    text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

/// Code, name and romaji of each ward's sheet.
fn wards() -> Vec<(String, String, String)> {
    rows("wards").into_iter().map(|row| (row[0][2..5].to_owned(), row[1].clone(), row[3].clone())).collect()
}

fn sheet_name(code: &str, romaji: &str) -> String {
    format!("{code}-{}", romaji.to_lowercase())
}

/// Half-width digits and letters, one dash, no spaces, no name of the city.
fn as_printed(address: &str) -> String {
    let narrow: String = address
        .chars()
        .map(|c| match c {
            '０'..='９' | 'Ａ'..='Ｚ' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '－' => '-',
            _ => c,
        })
        .collect();
    narrow.trim_start_matches("横浜市").to_owned()
}

#[test]
fn builds_without_a_word() {
    let run = &example().run;
    assert_eq!((run.code, run.stderr.as_str(), run.stdout.as_str()), (0, "", ""), "{}", run.transcript());
}

#[test]
fn makes_the_files_that_are_promised() {
    let mut expected = vec!["output/report.json".to_owned()];
    for edition in ["screen", "office"] {
        let sheets = wards().into_iter().map(|(code, _, romaji)| sheet_name(&code, &romaji));
        let sheets: Vec<String> = sheets.chain(["all".to_owned()]).collect();
        assert_eq!(sheets.len(), 19);
        expected.extend(sheets.iter().map(|name| format!("output/contact-sheet/{edition}/{name}.pdf")));
        for name in ["1-know", "2-go", "3-connect", "all"] {
            expected.push(format!("output/handout/{edition}/{name}.pdf"));
            expected.push(format!("output/handout/{edition}/{name}-trainer.pdf"));
        }
        for name in ["booklet", "worksheet", "directory-list"] {
            expected.push(format!("output/{name}/{edition}/{name}.pdf"));
        }
    }
    expected.push("output/labels/office/labels.pdf".to_owned());
    // for the print shop: press files with their dockets, press sheets with their picture, a booklet for a duplex printer
    for (code, _, romaji) in wards() {
        expected.push(format!("output/contact-sheet/press/{}.pdf", sheet_name(&code, &romaji)));
    }
    for name in [
        "contact-sheet/press/all.pdf",
        "contact-sheet/press/docket.pdf",
        "booklet/press/booklet.pdf",
        "booklet/press/docket.pdf",
        "booklet/imposed/booklet.pdf",
        "booklet/imposed/booklet.png",
        "booklet/office-booklet/booklet.pdf",
    ] {
        expected.push(format!("output/{name}"));
    }
    expected.sort();
    same("the list of files", &expected.join("\n"), &example().sandbox.files("output").join("\n"));
}

/// What every PDF of the example and of `tests/projects` was at 8d65df4, byte for byte: a change that means to alter no page
/// alters none. A change that does mean to is accepted with `SASSHI_ACCEPT=1`, after its pages were looked at.
#[test]
fn every_pdf_is_byte_for_byte_what_it_was() {
    let mut sums = String::new();
    let mut add = |sandbox: &Sandbox, name: &str| {
        // the docket shows pictures that are drawn, and a drawing is not the same to the last bit on every processor
        for file in sandbox.pdfs().into_iter().filter(|file| !file.ends_with("/docket.pdf")) {
            let sum = sasshi::press::checksum(&sandbox.read(&file));
            let _ = writeln!(sums, "{sum}  {name}/{file}");
        }
    };
    add(&example().sandbox, "example");
    for name in [
        "small",
        "text",
        "associations",
        "schools",
        "fifty-faults-clean",
        "odd-characters",
        "open-data/kudamatsu",
    ] {
        let sandbox = Sandbox::copy(&format!("projects/{name}"));
        sandbox.sasshi("build --quiet");
        add(&sandbox, name);
    }
    golden(&tests().join("reference/pdf.sha256"), &sums);
}

#[test]
fn pages_are_a4_and_counted() {
    for (file, count) in [
        ("booklet/screen/booklet.pdf", 20),
        ("booklet/office/booklet.pdf", 20),
        ("contact-sheet/screen/all.pdf", 18),
        ("contact-sheet/screen/109-kohoku.pdf", 1),
        ("directory-list/screen/directory-list.pdf", 2),
        ("worksheet/office/worksheet.pdf", 1),
        ("labels/office/labels.pdf", 3),
    ] {
        let Some(info) = tool("pdfinfo", &[], &example().file(file)) else { return };
        let value =
            |key: &str| info.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default().trim();
        assert_eq!(value("Pages:"), count.to_string(), "{file}");
        assert!(value("Page size:").ends_with("(A4)"), "{file}: {}", value("Page size:"));
        assert_eq!(value("Tagged:"), if file.contains("/screen/") { "yes" } else { "no" }, "{file}");
    }
}

#[test]
fn each_sheet_holds_its_wards_rows() {
    for (code, ward, romaji) in wards() {
        let file = format!("contact-sheet/screen/{}.pdf", sheet_name(&code, &romaji));
        let Some(pages) = pages(&example().file(&file), &["-raw"]) else { return };
        let text = squeezed(&pages.concat());
        let mut wanted = vec![ward.clone(), romaji];
        for directory in ["centers", "councils"] {
            let row = rows(directory).into_iter().find(|row| row[0] == ward).expect("a row for each ward");
            wanted.push(row[1].clone());
            // place and building stand on lines of their own
            wanted.extend(as_printed(&row[2]).split('\u{3000}').map(str::to_owned));
            wanted.push(row[3].clone());
        }
        for row in rows("city-offices") {
            wanted.extend([row[1].clone(), row[3].clone()]);
        }
        for words in wanted {
            assert!(text.contains(&squeezed(&words)), "{file} does not hold \"{words}\":\n{text}");
        }
        let others = rows("centers").into_iter().filter(|row| row[0] != ward);
        for row in others {
            assert!(!text.contains(&row[3]), "{file} holds the number of {}", row[0]);
        }
    }
}

#[test]
fn lists_and_the_booklet_hold_every_number() {
    for (file, directories) in [
        ("directory-list/screen/directory-list.pdf", &["centers", "councils", "city-offices"][..]),
        ("booklet/screen/booklet.pdf", &["centers", "councils", "city-offices"]),
        ("contact-sheet/office/all.pdf", &["centers", "councils", "city-offices"]),
    ] {
        let Some(pages) = pages(&example().file(file), &["-raw"]) else { return };
        let text = squeezed(&pages.concat());
        for row in directories.iter().flat_map(|name| rows(name)) {
            for words in [&row[1], &row[3]] {
                assert!(text.contains(&squeezed(words)), "{file} does not hold \"{words}\"");
            }
        }
    }
}

#[test]
fn every_fact_of_the_brief_is_on_its_page() {
    let Some(pages) = pages(&example().file("booklet/screen/booklet.pdf"), &["-raw"]) else { return };
    assert_eq!(pages.len(), FACTS.len());
    let mut missing = Vec::new();
    for (page, facts) in FACTS {
        let text = squeezed(&pages[page - 1]);
        missing.extend(facts.iter().filter(|fact| !text.contains(&squeezed(fact))).map(|fact| (page, fact)));
    }
    assert!(missing.is_empty(), "not on their pages: {missing:?}");
}

#[test]
fn only_the_trainers_copy_has_the_trainers_words() {
    let Some(learner) = pages(&example().file("handout/screen/all.pdf"), &["-raw"]) else { return };
    let Some(trainer) = pages(&example().file("handout/screen/all-trainer.pdf"), &["-raw"]) else { return };
    let (learner, trainer) = (learner.concat(), trainer.concat());
    assert!(trainer.contains("講師用") && !learner.contains("講師用"), "the copies name themselves");
    assert!(squeezed(&trainer).len() > squeezed(&learner).len());
}

#[test]
fn a_note_of_a_handout_stands_on_the_page_that_marks_it() {
    let Some(pages) = pages(&example().file("handout/screen/all.pdf"), &["-raw"]) else { return };
    let page = |words: &str| pages.iter().position(|page| squeezed(page).contains(words));
    assert_eq!(page("どろっぷ」※1の運営"), page("※1地域子育て支援拠点：各区に1か所"), "{pages:?}");
    assert_eq!(page("市民活動団体※1と行政"), page("※1市民活動団体：よりよい"), "{pages:?}");
    assert!(page("どろっぷ」※1の運営").is_some() && page("市民活動団体※1と行政").is_some(), "{pages:?}");
}

#[test]
fn fonts_are_embedded_and_subset() {
    for file in &example().sandbox.pdfs() {
        let Some(list) = tool("pdffonts", &[], &example().sandbox.root().join(file)) else { return };
        let fonts: Vec<&str> = list.lines().skip(2).collect();
        assert!(!fonts.is_empty(), "{file} has text");
        for font in fonts {
            let columns: Vec<&str> = font.split_whitespace().collect();
            // …, emb, sub, uni, object, generation
            let from_end = |index: usize| columns[columns.len() - index];
            assert_eq!((from_end(5), from_end(4), from_end(3)), ("yes", "yes", "yes"), "{file}: {font}");
            assert!(columns[0].contains("+BIZUD"), "{file}: {font}");
        }
    }
}

#[test]
fn qpdf_finds_nothing() {
    for file in &example().sandbox.pdfs() {
        let Some(words) = tool("qpdf", &["--check"], &example().sandbox.root().join(file)) else { return };
        assert!(words.contains("No syntax or stream encoding errors found"), "{file}: {words}");
    }
}

#[test]
fn the_same_bytes_in_another_folder_locale_and_zone() {
    let other = Sandbox::empty().with_example();
    other.sasshi_in("ja_JP.UTF-8", "Asia/Tokyo", "build --quiet --jobs 2").exit(0).silent();
    let files = example().sandbox.files("output");
    assert_eq!(files, other.files("output"));
    for file in files {
        assert!(example().sandbox.read(&file) == other.read(&file), "{file} differs");
    }
}

/// A placement of `report.json`.
struct Placed {
    at: String,
    page: u64,
    rect: [f64; 4],
}

fn report() -> Value {
    serde_json::from_slice(&example().sandbox.read("output/report.json")).expect("report.json is JSON")
}

fn placements(file: &Value) -> Vec<Placed> {
    let list = file["placements"].as_array().expect("a list of placements");
    list.iter()
        .map(|one| Placed {
            at: one["at"].as_str().expect("a place").to_owned(),
            page: one["page"].as_u64().expect("a page"),
            rect: std::array::from_fn(|index| one["rect"][index].as_f64().expect("a length")),
        })
        .collect()
}

/// Rounding of the report, and boxes of type that touch.
const TOUCH: f64 = 0.2;

fn overlap(a: &Placed, b: &Placed) -> bool {
    let apart = |axis: usize| {
        a.rect[axis] + a.rect[axis + 2] <= b.rect[axis] + TOUCH
            || b.rect[axis] + b.rect[axis + 2] <= a.rect[axis] + TOUCH
    };
    a.page == b.page && !apart(0) && !apart(1)
}

#[test]
fn the_report_places_every_cell_of_a_sheet() {
    let report = report();
    let files = report["files"].as_array().expect("a list of files");
    let sheets: BTreeMap<&str, &Value> = files
        .iter()
        .filter(|file| file["path"].as_str().is_some_and(|path| path.starts_with("output/contact-sheet/")))
        .filter_map(|file| Some((file["record"].as_str()?, file)))
        .collect();
    assert_eq!(sheets.len(), 18);
    for (index, (_, ward, _)) in wards().iter().enumerate() {
        let placed = placements(sheets[ward.as_str()]);
        let mut cells = Vec::new();
        let cell = |directory: &str, row: usize, column: usize| {
            format!("sources/directories/{directory}.csv:{row}:{column}")
        };
        cells.extend((1..=4).map(|column| cell("wards", index + 2, column)));
        for directory in ["centers", "councils"] {
            let row = rows(directory).iter().position(|row| row[0] == *ward).expect("a row for each ward");
            cells.extend((2..=4).map(|column| cell(directory, row + 2, column)));
        }
        cells.extend(
            [(2, 2), (2, 3), (2, 4), (3, 2), (3, 4)].map(|(row, column)| cell("city-offices", row, column)),
        );
        for cell in &cells {
            assert!(placed.iter().any(|one| one.at == *cell && one.page == 1), "{ward}: {cell} has no place");
        }
        for one in &placed {
            assert!(cells.contains(&one.at), "{ward}: {} is on the sheet of another ward", one.at);
        }
        for (index, a) in placed.iter().enumerate() {
            for b in &placed[index + 1..] {
                let clash = a.at != b.at && overlap(a, b);
                assert!(!clash, "{ward}: {} {:?} over {} {:?}", a.at, a.rect, b.at, b.rect);
            }
        }
    }
}

#[test]
fn nothing_is_placed_off_its_page() {
    for file in report()["files"].as_array().expect("a list of files") {
        let path = file["path"].as_str().expect("a path");
        assert_eq!(file["state"], "made", "{path}");
        let sizes = file["pages"].as_array().expect("a list of pages");
        let placed = placements(file);
        // places are told by the editions of pages, not again by the sheets that hold these
        let sheets = ["/imposed/", "/office-booklet/"].iter().any(|folder| path.contains(folder));
        assert_eq!(placed.is_empty(), sheets, "{path} shows something of the sources");
        for one in placed {
            let page = usize::try_from(one.page).expect("a page number");
            let size = sizes.get(page - 1).unwrap_or_else(|| panic!("{path} has no page {page}"));
            let [x, y, width, height] = one.rect;
            let (right, bottom) = (size[0].as_f64().expect("a width"), size[1].as_f64().expect("a height"));
            let inside = x >= -0.3 && y >= -0.3 && x + width <= right + 0.3 && y + height <= bottom + 0.3;
            assert!(inside, "{path} {page}: {} {:?} in {right} × {bottom}", one.at, one.rect);
        }
    }
}

#[test]
fn a_publication_built_alone_has_no_other_faults() {
    // the booklet reads attributes of the same texts that handouts do not
    let sandbox = Sandbox::empty().with_example();
    sandbox.sasshi("check handout labels --lang en").exit(0).stdout("Checked: 0 errors, 0 warnings.\n");
}
