//! `sasshi serve` over a list that is a workbook: it is not rewritten, its corrections stand beside it.

use super::books_made::Book;
use super::harness::Sandbox;
use super::serve::{CENTER, Server, UNIT};

const BOOK: &str = "sources/directories/centers.xlsx";
const CORRECTIONS: &str = "sources/directories/centers.corrections.csv";

fn text(sandbox: &Sandbox, path: &str) -> String {
    String::from_utf8(sandbox.read(path)).expect("UTF-8")
}

/// The example with its first list as a workbook, in which the unit is called by more than its name.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::empty().with_example();
    let list =
        text(&sandbox, "sources/directories/centers.csv").replace("\n保土ケ谷区,", "\n横浜市保土ケ谷区,");
    let lines: Vec<Vec<&str>> =
        list.trim_start_matches('\u{FEFF}').lines().map(|line| line.split(',').collect()).collect();
    let rows: Vec<&[&str]> =
        std::iter::once(&["活動センターの一覧"][..]).chain(lines.iter().map(Vec::as_slice)).collect();
    sandbox.write(BOOK, Book::default().rows("一覧", &rows).bytes());
    let manifest =
        text(&sandbox, "sasshi.toml").replace("directories/centers.csv", "directories/centers.xlsx");
    sandbox.write("sasshi.toml", manifest.as_bytes());
    sandbox
}

fn rows<'a>(version: &'a str, cells: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    [&[("version", version), ("row-0", "1"), ("row-1", "1")], cells].concat()
}

fn accept(server: &Server, version: &str) {
    let handed = server.post(&format!("{UNIT}/submit"), &[("version", version)]);
    assert_eq!(handed.status, 303, "{}", handed.text());
    let form = [("unit", "保土ケ谷区"), ("version", version), ("do", "accept")];
    let accepted = server.post("/coordinator", &form);
    assert_eq!(accepted.header("location"), Some("/coordinator?said=accepted"), "{}", accepted.text());
}

/// The text of the unit's sheet as the command line makes it, and what it says.
fn built(sandbox: &Sandbox) -> (Vec<u8>, String) {
    let run = sandbox.sasshi("build contact-sheet --only 保土ケ谷区 --edition office --lang ja").exit(0);
    (sandbox.read("output/contact-sheet/office/106-hodogaya.pdf"), format!("{}{}", run.stdout, run.stderr))
}

#[test]
fn edited_rows_of_a_workbook_go_to_the_corrections_beside_it() {
    let server = Server::over(sandbox(), "");
    let before = server.sandbox.read(BOOK);
    server.post(&format!("{UNIT}/rows"), &rows("0", &[(CENTER, "045-334-6307")]));
    let shown = server.get(&format!("{UNIT}/sheet/office/ja"));
    assert_eq!(shown.header("content-type"), Some("application/pdf"), "{}", shown.text());
    accept(&server, "1");
    assert!(server.sandbox.read(BOOK) == before, "the workbook is as it was");
    let corrections = text(&server.sandbox, CORRECTIONS);
    assert_eq!(
        corrections.lines().collect::<Vec<_>>(),
        [
            "\u{FEFF}区,名称,住所,電話番号",
            "横浜市保土ケ谷区,ほどがや市民活動センター「アワーズ」,保土ケ谷区星川１－２－１,045-334-6307",
        ]
    );
    let (pdf, said) = built(&server.sandbox);
    assert!(pdf == shown.body, "the sheet is the one that was looked at");
    assert!(said.contains("横浜市保土ケ谷区の行は") && said.contains("S1020"), "{said}");
    // once more: the corrections themselves are edited, and what was there is kept
    server.post(&format!("{UNIT}/rows"), &rows("2", &[(CENTER, "045-334-6308")]));
    accept(&server, "3");
    assert!(text(&server.sandbox, CORRECTIONS).contains("045-334-6308"));
    let history = server.sandbox.files(".sasshi/history");
    assert!(history.len() == 1 && history[0].ends_with("centers.corrections.csv"), "{history:?}");
    assert!(server.sandbox.read(BOOK) == before);
}

#[test]
fn a_unit_without_rows_has_none_of_the_workbook() {
    let server = Server::over(sandbox(), "");
    // the form has no row of the first list any more
    server.post(&format!("{UNIT}/rows"), &[("version", "0"), ("row-1", "1")]);
    let manifest = text(&server.sandbox, "sasshi.toml");
    let manifest = manifest.replace("icon = \"people\"\n", "icon = \"people\"\nevery-ward = false\n");
    server.sandbox.write("sasshi.toml", manifest.as_bytes());
    accept(&server, "1");
    let corrections = "\u{FEFF}区,名称,住所,電話番号\r\n横浜市保土ケ谷区\r\n";
    assert_eq!(text(&server.sandbox, CORRECTIONS), corrections);
    let (_, said) = built(&server.sandbox);
    assert!(said.contains("横浜市保土ケ谷区の行は"), "{said}");
    // and gets one again
    let cells = [
        ("c-0-1-0", "保土ケ谷区"),
        ("c-0-1-1", "新しいセンター"),
        ("c-0-1-2", "保土ケ谷区川辺町2-9"),
        (CENTER, "045-334-6309"),
    ];
    server.post(&format!("{UNIT}/rows"), &rows("2", &cells));
    accept(&server, "3");
    let added = format!("{corrections}保土ケ谷区,新しいセンター,保土ケ谷区川辺町2-9,045-334-6309\r\n");
    assert_eq!(text(&server.sandbox, CORRECTIONS), added);
    built(&server.sandbox);
}

#[test]
fn a_list_beside_a_list_is_no_correction_of_it() {
    let sandbox = Sandbox::copy("projects/small");
    let whole = text(&sandbox, "sources/centers.csv");
    let mut lines: Vec<&str> = whole.lines().collect();
    let last = lines.pop().expect("a row");
    sandbox.write("sources/centers/list.csv", lines.join("\n"));
    sandbox.write("sources/centers/list.corrections.csv", format!("{}\n{last}\n", lines[0]));
    let manifest = text(&sandbox, "sasshi.toml").replace("sources/centers.csv", "sources/centers");
    sandbox.write("sasshi.toml", manifest);
    let run = sandbox.sasshi("check --lang ja").exit(0);
    assert!(!format!("{}{}", run.stdout, run.stderr).contains("S2004"), "no unit lost its row");
}
