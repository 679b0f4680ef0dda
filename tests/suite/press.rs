//! The press edition and the package, by the real binary: preflight finds nothing, and tools from outside agree.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use sasshi::pdf::raster::{Gray, gray};
use sasshi::pdf::text::{PageText, TextSource, text_of};
use sasshi::preflight::plates::Plates;
use sasshi::press::checksum;

use super::corpus::draft::{Draft, rect};
use super::corpus::icc;
use super::harness::{Sandbox, repository, text};
use super::tools::{pages, squeezed, tool};

/// The example's booklet for the press, made once.
fn booklet() -> (&'static Sandbox, PathBuf) {
    static MADE: OnceLock<Sandbox> = OnceLock::new();
    let sandbox = MADE.get_or_init(|| {
        let sandbox = Sandbox::shared().with_example();
        sandbox.sasshi("build booklet --edition press --quiet --lang en").exit(0).silent();
        sandbox
    });
    (sandbox, sandbox.root().join("output/booklet/press/booklet.pdf"))
}

/// The booklet in black only, with トンボ: a profile that a project writes for its shop.
fn black() -> (&'static Sandbox, PathBuf) {
    static MADE: OnceLock<Sandbox> = OnceLock::new();
    let sandbox = MADE.get_or_init(|| {
        let sandbox = Sandbox::shared().with_example();
        let built_in = text(&repository().join("src/press/profiles/japan-uncoated-1c.toml"));
        let with_marks = built_in.replace("marks = \"none\"", "marks = \"japanese\"\nslug = true");
        assert_ne!(built_in, with_marks);
        sandbox.write("layouts/press/neighbour.toml", with_marks).edit(
            "sasshi.toml",
            "profile = \"x4-generic\"",
            "profile = \"neighbour\"",
        );
        sandbox.sasshi("build booklet --edition press --quiet --lang en").exit(0).silent();
        sandbox
    });
    (sandbox, sandbox.root().join("output/booklet/press/booklet.pdf"))
}

#[test]
fn the_booklet_is_clean() {
    let (sandbox, _) = booklet();
    sandbox
        .sasshi("preflight output/booklet/press/booklet.pdf --lang en")
        .exit(0)
        .silent()
        .stdout("20 pages judged by x4-generic: 0 errors, 0 warnings.\n");
}

#[test]
fn preflight_takes_the_profile_of_the_project() {
    let (sandbox, _) = black();
    let judged = "20 pages judged by neighbour: 0 errors, 0 warnings.\n";
    sandbox.sasshi("preflight output/booklet/press/booklet.pdf --lang en").exit(0).stdout(judged);
    // the one that is asked for comes first, also one of the project's
    sandbox
        .sasshi("preflight output/booklet/press/booklet.pdf --profile x4-generic --lang en")
        .says("x4-generic");
    // a publication with a shop of its own
    let other = Sandbox::empty().with_example();
    other.edit(
        "sasshi.toml",
        "[press.default]",
        "[press.booklet]\nprofile = \"digital-office\"\n\n[press.default]",
    );
    other.write("output/booklet/press/booklet.pdf", Draft::clean(icc()).bytes());
    other.write("elsewhere.pdf", Draft::clean(icc()).bytes());
    other.sasshi("preflight output/booklet/press/booklet.pdf --lang en").says("judged by digital-office");
    other.sasshi("preflight elsewhere.pdf --lang en").says("judged by x4-generic");
    // what the project says cannot be passed over in silence
    other.edit("sasshi.toml", "profile = \"x4-generic\"", "profile = \"x5-generic\"");
    other.sasshi("preflight elsewhere.pdf --lang en").exit(2).says("x5-generic");
    // without a project, the generic one
    let none = Sandbox::empty();
    none.write("page.pdf", Draft::clean(icc()).bytes());
    none.sasshi("preflight page.pdf --lang en").says("judged by x4-generic");
}

/// Name and four numbers of each box of each page, as poppler reads them.
fn boxes(text: &str) -> BTreeMap<u32, BTreeMap<String, [f64; 4]>> {
    let mut pages: BTreeMap<u32, BTreeMap<String, [f64; 4]>> = BTreeMap::new();
    for line in text.lines().filter(|line| line.contains("Box:")) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [_, number, name, numbers @ ..] = words.as_slice() else { panic!("{line}") };
        let numbers: Vec<f64> = numbers.iter().map(|word| word.parse().expect(line)).collect();
        pages
            .entry(number.parse().expect(line))
            .or_default()
            .insert((*name).to_owned(), numbers.try_into().expect("four numbers"));
    }
    pages
}

#[test]
fn every_page_is_a4_with_three_millimetres_of_bleed() {
    let (_, file) = booklet();
    let Some(text) = tool("pdfinfo", &["-box", "-l", "99"], &file) else { return };
    let pages = boxes(&text);
    assert_eq!(pages.len(), 20, "{text}");
    for (number, boxes) in pages {
        let mm = |name: &str| boxes[name].map(|points| points / 72.0 * 25.4);
        let ([left, low, right, high], bleed) = (mm("TrimBox:"), mm("BleedBox:"));
        let near = |value: f64, wanted: f64| (value - wanted).abs() < 0.02;
        assert!(near(right - left, 210.0) && near(high - low, 297.0), "page {number}: {boxes:?}");
        let wanted = [left - 3.0, low - 3.0, right + 3.0, high + 3.0];
        assert!(
            bleed.iter().zip(wanted).all(|(found, wanted)| near(*found, wanted)),
            "page {number}: {boxes:?}"
        );
    }
}

#[test]
fn structure_and_fonts_are_sound_for_others() {
    for (_, file) in [booklet(), black()] {
        if let Some(text) = tool("qpdf", &["--check"], &file) {
            assert!(text.contains("No syntax or stream encoding errors found"), "{text}");
        }
        let Some(text) = tool("pdffonts", &[], &file) else { continue };
        let fonts: Vec<&str> = text.lines().skip(2).collect();
        assert!(!fonts.is_empty(), "{text}");
        for font in fonts {
            // … emb sub uni object ID
            let words: Vec<&str> = font.split_whitespace().rev().collect();
            assert_eq!(words.get(4), Some(&"yes"), "embedded: {font}");
            assert_eq!(words.get(3), Some(&"yes"), "a subset: {font}");
        }
    }
}

/// The inks of each page as Ghostscript measures them, in per cent.
fn coverage(file: &Path, arguments: &[&str]) -> Option<Vec<[f64; 4]>> {
    let mut all = vec!["-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=inkcov", "-r72", "-o", "-"];
    all.extend(arguments);
    let text = tool("gs", &all, file)?;
    let pages = text.lines().filter(|line| line.contains("CMYK")).map(|line| {
        let numbers: Vec<f64> =
            line.split_whitespace().take(4).map(|word| word.parse().expect(line)).collect();
        numbers.try_into().expect("four inks")
    });
    Some(pages.collect())
}

#[test]
fn black_pages_are_on_the_black_plate_only() {
    let (_, file) = black();
    let Some(pages) = coverage(&file, &["-dUseTrimBox"]) else { return };
    assert_eq!(pages.len(), 20);
    for (number, [c, m, y, k]) in (1..).zip(pages) {
        assert!(c + m + y < 1e-9, "page {number}: {c} {m} {y}");
        assert!(k > 0.0, "page {number} has ink");
    }
}

/// The text of the booklet is black alone: where it stands on white paper, no other ink is there.
#[test]
fn black_text_of_a_colour_job_is_on_the_black_plate_only() {
    let (_, file) = booklet();
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("page-%02d.pam");
    let out = out.to_str().expect("a plain name");
    // page 12 is text, rules and tinted panels
    let arguments = [
        "-q",
        "-dBATCH",
        "-dNOPAUSE",
        "-sDEVICE=pamcmyk32",
        "-r72",
        "-dFirstPage=12",
        "-dLastPage=12",
        "-o",
        out,
    ];
    if tool("gs", &arguments, &file).is_none() {
        return;
    }
    let picture = std::fs::read(folder.path().join("page-01.pam")).expect("a picture");
    let end = b"ENDHDR\n";
    let head = picture.windows(end.len()).position(|window| window == end).expect("a header");
    let header = String::from_utf8_lossy(&picture[..head]).into_owned();
    let width = header.lines().find_map(|line| line.strip_prefix("WIDTH ")).expect("a width");
    let width: usize = width.parse().expect("a number");
    let pixels = picture[head + end.len()..].as_chunks::<4>().0;
    // squares of 16 points with black in them, alone or on a tint
    let (mut alone, mut on_tint) = (0, 0);
    for rows in pixels.chunks(width * 16) {
        for left in (0..width).step_by(16) {
            let square = || rows.chunks(width).flat_map(|row| row.iter().skip(left).take(16));
            if square().any(|[.., k]| *k > 128) {
                if square().any(|[c, m, y, _]| *c > 2 || *m > 2 || *y > 2) {
                    on_tint += 1;
                } else {
                    alone += 1;
                }
            }
        }
    }
    // in rich black none would be alone
    assert!(alone > 150, "{alone} squares of black alone, {on_tint} with another ink");
}

/// Registration marks stand on all four plates, at the same places.
#[test]
fn marks_are_on_all_plates() {
    let (_, file) = black();
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("p%02d.tif");
    let out = out.to_str().expect("a plain name");
    if tool(
        "gs",
        &["-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r72", "-dLastPage=1", "-o", out],
        &file,
    )
    .is_none()
    {
        return;
    }
    let plates: Vec<Vec<u8>> = ["Cyan", "Magenta", "Yellow"]
        .iter()
        .map(|ink| std::fs::read(folder.path().join(format!("p01({ink}).tif"))).expect(ink))
        .collect();
    // in a job of black, cyan, magenta and yellow have the marks and nothing else
    assert!(plates[0] == plates[1] && plates[1] == plates[2], "the marks are the same on each plate");
    let Some(inked) = coverage(&file, &["-dLastPage=1"]) else { return };
    let [c, m, y, k] = inked[0];
    assert!(c > 0.0 && (c - m).abs() < 1e-9 && (m - y).abs() < 1e-9 && k > c, "{c} {m} {y} {k}");
}

#[test]
fn a_docket_with_a_character_without_a_glyph_is_not_made() {
    let sandbox = Sandbox::empty().with_example();
    sandbox.sasshi("build contact-sheet --edition press --only 鶴見区 --quiet").exit(0).silent();
    sandbox.edit("sasshi.toml", "[press.default]\n", "[press.default]\nnotes = [\"カバー\u{1F338}付き\"]\n");
    let docket = sandbox.read("output/contact-sheet/press/docket.pdf");
    let run = sandbox.sasshi("build contact-sheet --edition press --only 鶴見区 --lang ja").exit(1);
    assert_eq!(run.codes(), ["S4002"], "{}", run.transcript());
    run.says("output/contact-sheet/press/docket.pdf")
        .says("前の指示書は、新しいファイルのものではありません");
    assert!(sandbox.read("output/contact-sheet/press/docket.pdf") == docket, "the older one stays");
    sandbox.sasshi("package contact-sheet --quiet").exit(1);
}

#[test]
fn a_package_holds_all_that_a_shop_needs() {
    let sandbox = Sandbox::empty().with_example();
    sandbox.sasshi("package booklet --quiet --lang en").exit(0).silent();
    let bytes = sandbox.read("output/booklet/booklet.zip");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).expect("a ZIP");
    let mut files = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).expect("an entry");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its bytes");
        let name = entry.name().expect("a name").into_owned();
        assert!(name.is_ascii(), "{name}");
        files.insert(name, bytes);
    }
    let mut wanted: Vec<String> =
        ["SHA256SUMS", "booklet.pdf", "docket.pdf"].map(|n| format!("booklet/{n}")).to_vec();
    wanted.extend((1..=20).map(|page| format!("booklet/previews/booklet-{page:03}.png")));
    assert_eq!(files.keys().cloned().collect::<Vec<_>>(), wanted);
    let sums = String::from_utf8(files["booklet/SHA256SUMS"].clone()).expect("ASCII");
    assert_eq!(sums.lines().count(), wanted.len() - 1, "all but itself");
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").expect("as sha256sum prints it");
        assert_eq!(sum, checksum(&files[&format!("booklet/{name}")]), "{name}");
    }
    assert_eq!(files["booklet/booklet.pdf"], sandbox.read("output/booklet/press/booklet.pdf"));
    for (name, picture) in files.iter().filter(|(name, _)| name.contains("previews/")) {
        let size = |at: usize| u32::from_be_bytes(picture[at..at + 4].try_into().expect("four bytes"));
        assert!(picture.starts_with(b"\x89PNG"), "{name}");
        // 216 × 303 mm at 100 dpi
        assert!(
            size(16).abs_diff(850) <= 1 && size(20).abs_diff(1193) <= 1,
            "{name}: {} × {}",
            size(16),
            size(20)
        );
    }
}

#[test]
fn a_publication_without_a_press_edition_has_no_package() {
    let sandbox = Sandbox::empty().with_example();
    sandbox.sasshi("package worksheet --lang en").exit(2).says("press");
    assert_eq!(sandbox.files("output"), Vec::<String>::new());
}

#[test]
fn the_page_of_preflight_shows_each_page_and_spot() {
    let mut draft = Draft::clean(icc());
    draft.draw(format!("1 0 0 rg {} re f", rect(50.0, 60.0, 20.0, 10.0)));
    let mut second = super::corpus::draft::page();
    second.content.push_str("0.142 w 0 0 0 1 K 100 100 m 200 100 l S\n");
    draft.pages.push(second);
    draft.pages.push(super::corpus::draft::page());
    let sandbox = Sandbox::empty();
    // a name that would be markup
    sandbox.write("<b>.pdf", draft.bytes());
    sandbox.sasshi("preflight <b>.pdf --html found.html --lang ja").exit(1);
    let html = String::from_utf8(sandbox.read("found.html")).expect("UTF-8");
    assert!(html.contains("&lt;b&gt;.pdf") && !html.contains("<b>.pdf"), "the name is text");
    assert_eq!(html.matches("src=\"data:image/png;base64,iVBOR").count(), 3, "a picture of each page");
    assert!(!html.contains("<script") && !html.contains("http"), "nothing from elsewhere");
    assert!(html.contains("S5111") && html.contains("S5117"));
    assert_eq!(html.matches("class=\"mark error").count(), 2, "each finding has its spot");
    // sheet of 222 × 309 mm, trim 6 mm within: (6 + 50) / 222, (6 + 297 − 60 − 10) / 309, 20 / 222, 10 / 309
    assert!(html.contains("left:25.23%;top:75.40%;width:9.01%;height:3.24%"), "the spot of the red field");
    assert!(html.contains("問題のないページ"), "the third page is among the clean ones");
}

/// The example with a profile of its own, made of the generic one.
fn with_profile(from: &str, to: &str) -> Sandbox {
    let sandbox = Sandbox::empty().with_example();
    let built_in = text(&repository().join("src/press/profiles/x4-generic.toml"));
    assert_eq!(built_in.matches(from).count(), 1, "{from}");
    sandbox.write("layouts/press/shop.toml", built_in.replace(from, to)).edit(
        "sasshi.toml",
        "profile = \"x4-generic\"",
        "profile = \"shop\"",
    );
    sandbox
}

#[test]
fn a_cover_of_two_spreads_is_a_file_of_its_own() {
    let sandbox = with_profile("cover = \"with-body\"", "cover = \"spreads\"");
    sandbox.sasshi("build booklet --edition press --quiet --lang en").exit(0).silent();
    let files = sandbox.files("output/booklet/press");
    assert_eq!(
        files,
        ["booklet-cover.pdf", "booklet.pdf", "docket.pdf"].map(|n| format!("output/booklet/press/{n}"))
    );
    let report = String::from_utf8(sandbox.read("output/report.json")).expect("UTF-8");
    assert!(report.contains("booklet/press/booklet-cover.pdf"), "the report knows it");
    let again = sandbox.sasshi("build booklet --edition press --lang en").exit(0);
    let said = format!("{}{}", again.stdout, again.stderr);
    assert!(!said.contains("booklet-cover.pdf"), "it is no file of earlier runs: {said}");
    let file = |name: &str| sandbox.root().join("output/booklet/press").join(name);
    if let Some(docket) = pages(&file("docket.pdf"), &["-raw"]) {
        assert!(docket.concat().contains("booklet-cover.pdf"), "the docket lists it");
    }
    sandbox.sasshi("preflight output/booklet/press/booklet.pdf --lang en").exit(0).silent().says("16 pages");
    let whole = booklet().1;
    let text = |file: &Path| pages(file, &["-raw"]);
    let (Some(cover), Some(body), Some(all)) =
        (text(&file("booklet-cover.pdf")), text(&file("booklet.pdf")), text(&whole))
    else {
        return;
    };
    assert_eq!((cover.len(), body.len()), (2, 16));
    for (page, (body, all)) in body.iter().zip(&all[2..18]).enumerate() {
        assert_eq!(
            squeezed(body),
            squeezed(all),
            "page {} of the body is page {} of the booklet",
            page + 1,
            page + 3
        );
    }
    // 表4 is left of 表1, 表2 left of 表3
    for (spread, [left, right]) in cover.iter().zip([[20, 1], [2, 19]]) {
        let wanted = squeezed(&all[left - 1]) + &squeezed(&all[right - 1]);
        assert_eq!(squeezed(spread), wanted);
    }
    let Some(text) = tool("pdfinfo", &["-box", "-l", "9"], &file("booklet-cover.pdf")) else { return };
    for boxes in boxes(&text).values() {
        let [left, low, right, high] = boxes["TrimBox:"].map(|points| points / 72.0 * 25.4);
        assert!((right - left - 420.0).abs() < 0.02 && (high - low - 297.0).abs() < 0.02, "{boxes:?}");
        let bleed = boxes["BleedBox:"].map(|points| points / 72.0 * 25.4);
        assert!((bleed[2] - bleed[0] - 426.0).abs() < 0.02, "{boxes:?}");
    }
    // what stood on the fold's either side stays on its own page: each half looks as the page does
    let halves = [plate(&file("booklet-cover.pdf"), 0, 0), plate(&whole, 19, 0), plate(&whole, 0, 0)];
    let [spread, last, first] = halves;
    let (close, far) = (gap(&spread, 0, &last, 0), gap(&spread, 0, &first, 0));
    assert!(close < 3.0 && far > 10.0, "the left half is the last page: {close:.1} against {far:.1}");
    let trim = spread.width - first.width;
    let close = gap(&spread, trim, &first, 0);
    assert!(close < 3.0, "the right half is the first page: {close:.1}");
}

/// The plate of an ink (cyan is 0, black 3) of a page (from 0).
fn plate(file: &Path, page: usize, ink: usize) -> Gray {
    let plates = Plates::open(&super::harness::read(file)).expect("a PDF");
    let one = plates.page(page, &plates.inks()[ink]).expect("a page");
    gray(one.pdf).expect("drawn")
}

/// The mean difference of two pictures within the width of the second, from columns on; the bleed at the fold is left out.
fn gap(one: &Gray, from: usize, other: &Gray, column: usize) -> f64 {
    let edge = 16;
    let (mut sum, mut count) = (0_u32, 0_u32);
    for row in 0..one.height.min(other.height) {
        for at in edge..other.width - edge {
            let (a, b) =
                (one.pixels[row * one.width + from + at], other.pixels[row * other.width + column + at]);
            sum += u32::from(a.abs_diff(b));
            count += 1;
        }
    }
    f64::from(sum) / f64::from(count)
}

#[test]
fn what_the_binding_cannot_have_is_refused() {
    let hidden = with_profile("folio = \"none\"", "folio = \"hidden\"");
    hidden
        .sasshi("build booklet --edition press --quiet --lang en")
        .exit(1)
        .says("S5004")
        .says("saddle stitch");
    assert!(!hidden.root().join("output/booklet/press/booklet.pdf").exists());
    // a sheet is not stitched
    hidden.sasshi("build contact-sheet --only 港北区 --edition press --quiet --lang en").exit(0);
    let perfect = with_profile("cover = \"with-body\"", "cover = \"spreads\"");
    let manifest = String::from_utf8(perfect.read("sasshi.toml")).expect("text");
    perfect.write("sasshi.toml", manifest + "\n[imposition.default]\nscheme = \"perfect\"\n");
    perfect.sasshi("build booklet --edition press --quiet --lang en").exit(1).says("S5004").says("spine");
}

#[test]
fn a_hidden_folio_is_inside_the_trim_at_the_spine() {
    let sandbox = with_profile("folio = \"none\"", "folio = \"hidden\"");
    let manifest = String::from_utf8(sandbox.read("sasshi.toml")).expect("text");
    sandbox.write("sasshi.toml", manifest + "\n[imposition.default]\nscheme = \"perfect\"\n");
    sandbox.sasshi("build booklet --edition press --quiet --lang en").exit(0).silent();
    let with = sandbox.root().join("output/booklet/press/booklet.pdf");
    for (page, spine_is_left) in [(2, true), (3, false)] {
        let (with, without) = (plate(&with, page, 3), plate(&booklet().1, page, 3));
        let changed: Vec<(usize, usize)> = (0..with.height)
            .flat_map(|row| (0..with.width).map(move |column| (column, row)))
            .filter(|(column, row)| {
                let at = row * with.width + column;
                with.pixels[at].abs_diff(without.pixels[at]) > 60
            })
            .collect();
        assert!(!changed.is_empty(), "page {}: the folio is there", page + 1);
        let bleed = 3.0 / 25.4 * 100.0;
        for (column, row) in &changed {
            let millimetres =
                |pixels: usize| (f64::from(u32::try_from(pixels).expect("few")) - bleed) * 0.254;
            let from_spine = if spine_is_left { millimetres(*column) } else { 210.0 - millimetres(*column) };
            assert!((0.5..8.0).contains(&from_spine), "page {}: {from_spine:.1} mm from the spine", page + 1);
            assert!((0.0..297.0).contains(&millimetres(*row)), "page {}", page + 1);
        }
        let rows: Vec<usize> = changed.iter().map(|(_, row)| *row).collect();
        let height = rows.iter().max().zip(rows.iter().min()).map_or(0, |(low, high)| low - high + 1);
        // digits of 5 points are about 3.6 points high: 5 pixels
        assert!((4..=7).contains(&height), "page {}: {height} pixels high", page + 1);
    }
}

/// The characters of a page, in an order that readers agree on.
fn characters(text: &str) -> String {
    let mut characters: Vec<char> = squeezed(text).chars().collect();
    characters.sort_unstable();
    characters.into_iter().collect()
}

#[test]
fn text_is_read_back_as_others_read_it() {
    let (_, file) = booklet();
    let read = text_of(&std::fs::read(&file).expect("the booklet")).expect("our own file can be read");
    assert_eq!(read.len(), 20);
    let runs = || read.iter().flat_map(|page| &page.runs);
    assert!(
        runs().all(|run| run.source != TextSource::Unknown && run.missing == 0),
        "each glyph has its text"
    );
    let inside = |page: &PageText| page.runs.iter().all(|run| !run.area.is_empty());
    assert!(read.iter().all(inside), "all of it is on the page");
    let Some(others) = pages(&file, &["-raw"]) else { return };
    for (number, (own, other)) in (1..).zip(read.iter().zip(&others)) {
        let own: String = own.runs.iter().map(|run| run.text.as_str()).collect();
        assert_eq!(characters(&own), characters(other), "page {number}");
    }
}

#[test]
fn a_docket_says_what_is_ordered_and_how_pages_lie_on_sheets() {
    let sandbox = Sandbox::empty().with_example();
    sandbox.edit(
        "sasshi.toml",
        "copies = 500\n",
        "copies = 1200\nfinishing = \"中綴じ（ミシン綴じ）\"\ndue = \"12月10日（木）午前\"\n",
    );
    sandbox.sasshi("build booklet --edition press --quiet").exit(0).silent();
    let Some(read) = pages(&sandbox.root().join("output/booklet/press/docket.pdf"), &["-raw"]) else {
        return;
    };
    assert_eq!(read.len(), 1, "one sheet");
    let shown = squeezed(&read[0]);
    for words in [
        "部数各1200部",
        "製本中綴じ（ミシン綴じ）、左綴じ",
        "用紙マットコート紙四六判90kg",
        "ページ20ページ",
        "納期12月10日（木）午前",
        "20ページを450×320mmの用紙5枚（10面）に",
        // first sheet, front above back; last one
        "表201裏219",
        "表129裏1011",
        "校了印刷検品",
    ] {
        assert!(shown.contains(&squeezed(words)), "\"{words}\" is not in:\n{}", read[0]);
    }
    // no date of delivery is made up: there is a place to write it
    let blank = Sandbox::empty().with_example();
    blank.sasshi("build booklet --edition press --quiet").exit(0).silent();
    let Some(read) = pages(&blank.root().join("output/booklet/press/docket.pdf"), &["-raw"]) else { return };
    let shown = squeezed(&read[0]);
    assert!(shown.contains("納期納品先") && shown.contains("製本中綴じ（針金2か所）、左綴じ"), "{}", read[0]);
    // the highest sum of inks, which the profile allows, and the page that has it
    let most = shown.split("最大").nth(1).and_then(|rest| rest.split('%').next()).expect("measured");
    let most: f64 = most.parse().expect("a number");
    assert!((200.0..=301.0).contains(&most), "{}", read[0]);
    let row = shown.rsplit("最大").next().unwrap_or_default();
    assert!(row.contains(&format!("{most:.0}")), "{}", read[0]);
}
