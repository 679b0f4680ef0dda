//! Reading: what stands in a cell or a text is printed as the plain words that it is.

use super::harness::Sandbox;
use super::tools::{pages, squeezed};

/// The text of a PDF below the project, without white space; none if there is no tool to read it.
fn printed(sandbox: &Sandbox, file: &str) -> Option<String> {
    pages(&sandbox.root().join(file), &["-raw"]).map(|pages| squeezed(&pages.concat()))
}

#[test]
fn odd_characters_in_cells_are_words() {
    let sandbox = Sandbox::copy("projects/odd-characters");
    sandbox.sasshi("build --quiet").exit(0).silent();
    for (file, wanted) in [
        (
            "output/contact-sheet/screen/101-tsurumi.pdf",
            ["#setpage()$x^2$\\n", "*太字*_斜体_`code`@ref<label>", "045-510-0001"],
        ),
        (
            "output/contact-sheet/screen/103-nishi.pdf",
            ["<script>alert(1)</script>", "=cmd()|'/Ccalc'!A0", "045-510-0002"],
        ),
        (
            "output/contact-sheet/screen/109-kohoku.pdf",
            ["こうほく見本センター", "「見本,\"会館\"」1階", "045-510-0003"],
        ),
    ] {
        let Some(text) = printed(&sandbox, file) else { return };
        for words in wanted {
            assert!(text.contains(words), "{file} does not hold {words}:\n{text}");
        }
    }
}

#[test]
fn a_folder_is_read_file_by_file_and_columns_by_their_headers() {
    let sandbox = Sandbox::copy("projects/odd-characters");
    sandbox.sasshi("build list --quiet").exit(0).silent();
    let Some(text) = printed(&sandbox, "output/list/screen/list.pdf") else { return };
    for words in ["045-510-0001", "045-510-0002", "045-510-0003"] {
        assert_eq!(text.matches(words).count(), 1, "{words}");
    }
    assert!(!text.contains("名簿ではない"), "a text beside the directories is none");
}

#[test]
fn a_glob_reads_the_same_as_its_folder() {
    let sandbox = Sandbox::copy("projects/odd-characters");
    sandbox.sasshi("build list --quiet").exit(0);
    let folder = sandbox.read("output/list/screen/list.pdf");
    sandbox.edit("sasshi.toml", "sources/centers\"", "sources/centers/?.csv\"");
    sandbox.sasshi("build list --quiet").exit(0).silent();
    assert!(sandbox.read("output/list/screen/list.pdf") == folder);
}

#[test]
fn spreadsheets_of_every_system_read_alike() {
    let sandbox = Sandbox::copy("projects/small");
    let centers = "sources/centers.csv";
    sandbox.sasshi("build --quiet").exit(0).silent();
    let expected = sandbox.read("output/contact-sheet/screen/103-nishi.pdf");
    let text = String::from_utf8(sandbox.read(centers)).expect("a directory is UTF-8");
    let plain = text.trim_start_matches('\u{feff}').to_owned();
    for (how, variant) in [
        ("without a mark of the byte order", plain.clone()),
        ("with Windows line ends", text.replace('\n', "\r\n")),
        ("without a last line end", text.trim_end().to_owned()),
        ("with every cell quoted", quoted(&plain)),
        ("with empty lines and rows", format!("\n\n{}\n,,,\n", plain.replace('\n', "\n\n"))),
        ("with spaces around", plain.replace("西区,にし見本センター", " 西区 ,　にし見本センター ")),
    ] {
        sandbox.write(centers, variant);
        sandbox.sasshi("build contact-sheet --edition screen --quiet").exit(0).silent();
        assert!(sandbox.read("output/contact-sheet/screen/103-nishi.pdf") == expected, "{how}");
    }
}

fn quoted(text: &str) -> String {
    let row = |line: &str| line.split(',').map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",");
    text.lines().map(|line| row(line) + "\n").collect()
}

#[test]
fn text_is_joined_marked_and_noted() {
    let sandbox = Sandbox::copy("projects/text");
    // the one publication is no part's own, so that the name of the part is nowhere
    sandbox
        .sasshi("build --quiet --lang en")
        .exit(0)
        .says("\"知る\" of part.know.title in sasshi.toml is in no publication.");
    let Some(pages) = pages(&sandbox.root().join("output/guide/screen/guide.pdf"), &["-raw"]) else { return };
    let text = pages.concat();
    // no space between kana and kanji at a line end, a space between Latin words
    assert!(squeezed(&text).contains("まちの声を聴く。CityofYokohamaのNPO法人と話す"), "{text}");
    assert!(text.contains("City of Yokohama"), "{text}");
    for words in [
        "一つめの項目",
        "#letx=1と$y$と*星*と<b>のような記号",
        "事例の文です。太い字と強調。",
        "注の文です。",
    ] {
        assert!(squeezed(&text).contains(words), "no {words} in:\n{text}");
    }
    assert!(!text.contains("[^1]") && !text.contains("{協働"), "no mark-up is printed:\n{text}");
}

/// A row that cannot be read may be any ward's: a sheet that lacks it must not pass for whole.
#[test]
fn a_lost_row_is_never_a_missing_office() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.edit("sources/centers.csv", "西区,にし", "西区,にし分室,西区見本町8-9\n西区,にし");
    sandbox.sasshi("build contact-sheet --quiet").exit(1);
    let made = sandbox.files("output/contact-sheet/screen");
    assert!(!made.iter().any(|file| file.contains("103-nishi")), "its second office is missing: {made:?}");
}
