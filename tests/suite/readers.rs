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
        let build = |publication: &str, editions: &[&str]| {
            let asked = editions.join(" --edition ");
            sandbox
                .sasshi(&format!("build {publication} --quiet --lang en --edition {asked}"))
                .exit(0)
                .silent();
        };
        build("booklet", &["screen-mono", "press-mono", "imposed-mono"]);
        let of_sheets = [
            "screen-mono",
            "office-mono",
            "press-mono",
            "screen-en",
            "press-en",
            "screen-ja-easy",
            "press-ja-easy",
        ];
        build("contact-sheet", &of_sheets);
        build("introduction", &["screen", "office", "screen-en", "office-en"]);
        sandbox
    })
}

/// A file of the output of that build.
pub fn file(path: &str) -> PathBuf {
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

/// Cyan, magenta and yellow of each page, by Ghostscript; none if it is not installed.
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
        // marks are on every plate that there is, and there is one
        ("booklet/imposed-mono/booklet.pdf", 10),
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

/// The text of a page as it is read, without white space.
fn text_of(path: &str) -> Option<String> {
    Some(squeezed(&pages(&file(path), &["-raw"])?.concat()))
}

#[test]
fn english_sheets_say_what_the_door_says_too() {
    let Some(text) = text_of("contact-sheet/screen-en/106-hodogaya.pdf") else { return };
    for words in [
        "Where to ask for help and advice",
        "Hodogaya",
        "Ward, Yokohama",
        "Civic Activity Center",
        "Hodogaya Shimin Katsudo Center “Awazu”",
        "1-2-1 Hoshikawa, Hodogaya-ku, Yokohama",
        "Sign: ほどがや市民活動センター「アワーズ」",
        "Scan to call",
        "Edition of 23 November 2026.",
    ] {
        assert!(text.contains(&squeezed(words)), "\"{words}\" is not in {text}");
    }
    assert!(!text.contains("スマホで電話") && !text.contains("活動を始めたい"), "{text}");
    let Some(info) = tool("pdfinfo", &[], &file("contact-sheet/screen-en/106-hodogaya.pdf")) else { return };
    assert!(info.contains("Where to ask for help and advice, Hodogaya Ward"), "{info}");
}

#[test]
fn pages_of_the_booklet_in_easy_japanese_and_in_english() {
    let text = |path: &str| text_of(&format!("introduction/{path}/introduction.pdf"));
    let Some((easy, english)) = text("screen").zip(text("screen-en")) else { return };
    for words in ["協働きょうどうの本ほん", "困こまった", "どうして"] {
        assert!(easy.contains(&squeezed(words)), "\"{words}\" is not in {easy}");
    }
    for words in ["What is kyodo?", "Contents", "Is it kyodo?", "Working Together: an Introduction"] {
        assert!(english.contains(&squeezed(words)), "\"{words}\" is not in {english}");
        assert!(!easy.contains(&squeezed(words)), "\"{words}\" is in {easy}");
    }
    let japanese = |c: &char| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}');
    assert_eq!(english.chars().filter(japanese).collect::<String>(), "", "all of it is in English");
}

#[test]
fn words_of_a_reader_are_in_no_other_copy() {
    let (Some(black), Some(easy)) = (
        text_of("contact-sheet/screen-mono/106-hodogaya.pdf"),
        text_of("contact-sheet/screen-ja-easy/106-hodogaya.pdf"),
    ) else {
        return;
    };
    assert!(easy.contains("ここに") && easy.contains("はんこ"), "{easy}");
    for words in ["ここに", "はんこ", "Scan to call", "SAMPLE"] {
        assert!(!black.contains(&squeezed(words)), "{words}");
    }
    assert!(!easy.contains("受付印") && !easy.contains("Scan"), "{easy}");
}

#[test]
fn every_kanji_of_an_easy_sheet_has_its_reading() {
    let Some(text) = text_of("contact-sheet/screen-ja-easy/106-hodogaya.pdf") else { return };
    for reading in
        ["ほどがやく", "しみんかつどう", "しゃかいふくしきょうぎかい", "よこはまし", "かわべちょう", "でんわ"]
    {
        let letters: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(letters.contains(reading), "{reading} is not in {letters}");
    }
}

#[test]
fn what_no_reading_covers_is_told_and_printed_as_it_is() {
    let sandbox = Sandbox::shared().with_example_for_all_readers();
    let table = String::from_utf8(sandbox.read("sources/readings.csv")).expect("UTF-8");
    let left: String =
        table.lines().filter(|line| !line.starts_with("社会福祉")).flat_map(|line| [line, "\n"]).collect();
    sandbox.write("sources/readings.csv", left);
    let run = sandbox
        .sasshi("build contact-sheet --only 港北区 --edition screen-ja-easy --edition screen-en --lang en");
    let run = run.exit(0);
    for words in [
        "\"社会福祉協議会\" has no reading",
        "councils.csv:2:2",
        "18 cells of the column \"名称\" have neither English nor a reading",
    ] {
        assert!(run.stderr.contains(words), "\"{words}\" is not in {}", run.stderr);
    }
    let path = sandbox.root().join("output/contact-sheet/screen-en/109-kohoku.pdf");
    let Some(pages) = pages(&path, &["-raw"]) else { return };
    assert!(squeezed(&pages.concat()).contains("港北区社会福祉協議会"));
}

#[test]
fn words_without_a_reading_are_a_table_to_fill_in() {
    let sandbox = Sandbox::shared().with_example_for_all_readers();
    let written = String::from_utf8(sandbox.read("sources/readings.csv")).expect("UTF-8");
    let row = "社会福祉協議会,しゃかいふくしきょうぎかい,Shakai Fukushi Kyogikai";
    assert!(written.contains(row), "{written}");
    let left = written.replace(row, "社会,しゃかい,").replace("\n階,", "\n段,");
    sandbox.write("sources/readings.csv", &left);
    sandbox.sasshi("proofread contact-sheet --only 鶴見 --missing-readings missing.csv --quiet").exit(1);
    let table = String::from_utf8(sandbox.read("missing.csv")).expect("UTF-8");
    // 社会 has a reading now, what stands behind it has none
    assert_eq!(table, "表記,よみ,ローマ字\n福祉協議会,,\n階,,\n");
    // filled in and added, nothing is missing
    let filled = table.replace("福祉協議会,,", "福祉協議会,ふくしきょうぎかい,").replace("階,,", "階,かい,");
    let rows = filled.lines().skip(1).collect::<Vec<_>>().join("\n");
    sandbox.write("sources/readings.csv", format!("{left}{rows}\n"));
    sandbox
        .sasshi("proofread contact-sheet --only 鶴見 --missing-readings missing.csv --quiet")
        .exit(0)
        .silent();
    assert_eq!(sandbox.read("missing.csv"), "表記,よみ,ローマ字\n".as_bytes());
}

#[test]
fn words_that_the_manifest_does_not_have_for_a_reader_are_told() {
    let sandbox = Sandbox::shared().with_example_for_all_readers();
    sandbox.edit("sasshi.toml", "tag = \"SAMPLE\"\n", "tagg = \"SAMPLE\"\n");
    let run = sandbox.sasshi("check contact-sheet --lang en");
    assert!(
        run.stderr.contains("no words for the reader \"en\": \"見本版\" (layout.contact-sheet.tag)"),
        "{}",
        run.stderr
    );
}

#[test]
fn phrases_of_easy_japanese_are_parted_where_the_manifest_wants_it() {
    let sandbox = Sandbox::shared().with_example_for_all_readers();
    let path = "sources/booklet/05-question-1.easy.md";
    let text = "+++\npart = \"know\"\ntemplate = \"plain\"\n+++\n\n# {協働|きょうどう}は {何|なん}ですか\n\n\
        まちの {困|こま}った ことは たくさん あります。{市民|しみん}と {市役所|しやくしょ}が {一緒|いっしょ}に {考|かんが}えます。\n\n\
        - {上手|じょうず}に できる ことです\n- {横浜市|よこはまし}に {住|す}んで いる {人|ひと}\n";
    let made = |sandbox: &Sandbox| {
        sandbox.sasshi("build introduction --edition screen-ja-easy --quiet").exit(0).silent();
        sandbox.read("output/introduction/screen/introduction.pdf")
    };
    sandbox.write(path, text);
    let by_hand = made(&sandbox);
    // the blank behind the mark of a list or a heading is not of the words
    let unparted: String = text
        .split_inclusive('\n')
        .map(|line| match line.split_once(' ') {
            Some((mark @ ("#" | "-"), words)) => format!("{mark} {}", words.replace(' ', "")),
            _ if line.contains(" = ") => line.to_owned(),
            _ => line.replace(' ', ""),
        })
        .collect();
    assert_ne!(unparted, text);
    sandbox.write(path, &unparted);
    assert!(made(&sandbox) != by_hand, "nothing is parted unless it is wanted");
    sandbox.edit("sasshi.toml", "[reader.ja-easy]\n", "[reader.ja-easy]\nparted = true\n");
    assert!(made(&sandbox) == by_hand, "the same file as from a text that is parted by hand");
    sandbox.edit("sasshi.toml", "[reader.ja-easy]\nparted = true\n", "[reader.ja-easy]\n");
    sandbox.edit("sasshi.toml", "[reader.en]\n", "[reader.en]\nparted = true\n");
    sandbox
        .sasshi("check introduction --lang en")
        .exit(1)
        .says("S0003")
        .says("Only texts of the reader \"ja-easy\"");
}
