//! The example's directories as offices keep them, in every encoding and kind of file: the contact sheets are the same,
//! byte for byte, as from UTF-8 CSV.
//!
//! The workbooks in `projects/books/office/` are made by `projects/books/make.py`: a title above, wards merged over their
//! offices, codes as numbers, a column of dates. Two wards have a second office, so that there is something to merge.

use std::collections::BTreeMap;

use super::harness::{Sandbox, read, repository, tests};

/// The directories that sheets are made of.
const NAMES: &[&str] = &["wards", "centers", "councils"];

/// Gives the bytes of a directory.
type Bytes<'a> = &'a dyn Fn(&str) -> Vec<u8>;

type Sheets = BTreeMap<String, Vec<u8>>;

/// Builds the sheets; the codes of what was said.
fn build(sandbox: &Sandbox) -> (Sheets, Vec<String>) {
    let run = sandbox.sasshi("build contact-sheet --edition screen --quiet").exit(0);
    let codes = run.codes().into_iter().map(str::to_owned).collect();
    let files = sandbox.files("output/contact-sheet/screen");
    let sheets: Sheets = files.into_iter().map(|file| (file.clone(), sandbox.read(&file))).collect();
    assert!(sheets.len() > 18, "a sheet for each ward, and all in one: {:?}", sheets.keys());
    (sheets, codes)
}

fn example() -> Sandbox {
    Sandbox::empty().with_example()
}

/// The example whose directories lie in files with another ending.
fn example_with(ending: &str, more: &str, bytes: impl Fn(&str) -> Vec<u8>) -> Sandbox {
    let sandbox = example();
    for name in NAMES {
        let from = format!("source = \"sources/directories/{name}.csv\"");
        let file = format!("sources/{name}.{ending}");
        sandbox.edit("sasshi.toml", &from, &format!("source = \"{file}\"\n{more}"));
        sandbox.write(&file, bytes(name));
    }
    sandbox
}

/// A directory as UTF-8 CSV without a mark of the byte order; the centres with their two second offices.
fn text(name: &str) -> String {
    let file = match name {
        "centers" => tests().join("projects/books/office/centers.csv"),
        _ => repository().join(format!("sources/directories/{name}.csv")),
    };
    let text = String::from_utf8(read(&file)).expect("a directory is UTF-8");
    text.trim_start_matches('\u{FEFF}').to_owned()
}

fn expected() -> Sheets {
    let (sheets, codes) = build(&example_with("csv", "", |name| text(name).into_bytes()));
    assert_eq!(codes, [""; 0]);
    sheets
}

fn same(how: &str, expected: &Sheets, found: &Sheets) {
    let names = |sheets: &Sheets| sheets.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(expected), names(found), "{how}");
    for (file, bytes) in expected {
        assert!(found.get(file) == Some(bytes), "{how}: {file} is another");
    }
}

fn encoded(encoding: &'static encoding_rs::Encoding, text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = encoding.encode(text);
    assert!(!lossy, "{} has all characters of the example", encoding.name());
    bytes.into_owned()
}

fn tsv(text: &str) -> String {
    let mut rows = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut out =
        csv::WriterBuilder::new().delimiter(b'\t').terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    rows.records().for_each(|row| out.write_record(&row.expect("a row")).expect("written"));
    String::from_utf8(out.into_inner().expect("written")).expect("UTF-8")
}

#[test]
fn lists_in_every_encoding_give_the_same_sheets() {
    let expected = expected();
    let windows = |name: &str| encoded(encoding_rs::SHIFT_JIS, &text(name).replace('\n', "\r\n"));
    let unix = |name: &str| encoded(encoding_rs::EUC_JP, &text(name));
    let sixteen = |name: &str| -> Vec<u8> {
        [0xFEFF].into_iter().chain(tsv(&text(name)).encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let sixteen_big = |name: &str| -> Vec<u8> {
        [0xFEFF].into_iter().chain(tsv(&text(name)).encode_utf16()).flat_map(u16::to_be_bytes).collect()
    };
    let marked = |name: &str| format!("\u{FEFF}{}", text(name)).into_bytes();
    let semicolons = |name: &str| {
        let cells = tsv(&text(name)).replace('\t', ";");
        encoded(encoding_rs::SHIFT_JIS, &format!("sep=;\r\n{cells}"))
    };
    let ways: [(&str, &str, Bytes<'_>); 6] = [
        ("CP932", "csv", &windows),
        ("EUC-JP", "csv", &unix),
        ("UTF-16LE with tabs", "tsv", &sixteen),
        ("UTF-16BE with tabs, named .csv", "csv", &sixteen_big),
        ("UTF-8 with a mark", "csv", &marked),
        ("CP932 with sep=;", "csv", &semicolons),
    ];
    for (how, ending, bytes) in ways {
        let (found, codes) = build(&example_with(ending, "", bytes));
        assert_eq!(codes, [""; 0], "{how}");
        same(how, &expected, &found);
    }
}

#[test]
fn workbooks_of_every_kind_give_the_same_sheets() {
    let expected = expected();
    for ending in ["xlsx", "ods", "xls"] {
        let bytes = |name: &str| read(&tests().join(format!("projects/books/office/{name}.{ending}")));
        let (found, codes) = build(&example_with(ending, "", bytes));
        let count = |codes: &[String], wanted: &str| codes.iter().filter(|code| *code == wanted).count();
        assert_eq!(count(&codes, "S1012"), 3, "{ending}: the title above is said to be left out");
        assert_eq!(count(&codes, "S7002"), 3, "{ending}: the column 確認日 is printed nowhere");
        assert_eq!(codes.len(), 6, "{ending}: nothing else is said");
        same(ending, &expected, &found);
        let (found, codes) = build(&example_with(ending, "header-row = 3\n", bytes));
        assert_eq!(codes, ["S7002"; 3], "{ending}: nothing else is left to say");
        same(ending, &expected, &found);
    }
}

/// What is read of a workbook, as clean CSV: the list with one column more.
#[test]
fn workbooks_hold_what_the_list_holds() {
    for name in NAMES {
        // the dates as the sheets show them
        for (ending, date) in [("xlsx", "2026年3月2日"), ("ods", "2026年3月2日"), ("xls", "2026/03/02")]
        {
            let mut lines: Vec<String> =
                text(name).lines().map(|line| format!("{line},{date}\r\n")).collect();
            lines[0] = lines[0].replace(date, "確認日");
            let clean = format!("\u{FEFF}{}", lines.concat());
            let sandbox = Sandbox::copy("projects/books/office");
            sandbox.sasshi(&format!("data {name}.{ending} --to csv --lang ja")).exit(0).stdout(&clean);
        }
    }
}

#[test]
fn a_file_from_each_ward_gives_the_same_sheets() {
    let (expected, _) = build(&example());
    let sandbox = example();
    sandbox.edit("sasshi.toml", "sources/directories/centers.csv", "sources/from-wards");
    super::harness::copy(&tests().join("projects/books/by-ward"), &sandbox.root().join("sources/from-wards"));
    assert_eq!(sandbox.files("sources/from-wards").len(), 18);
    // what spreadsheets and file managers leave beside the files while they are open, and after
    for name in [
        "~$01-鶴見区.xlsx",
        ".~lock.02-神奈川区.xlsx#",
        ".~lock.03-西区.csv",
        "Thumbs.db",
        ".DS_Store",
        "._01-鶴見区.xlsx",
        "desktop.ini",
        "お読みください.txt",
    ] {
        sandbox.write(&format!("sources/from-wards/{name}"), b"\0no list");
    }
    let (found, codes) = build(&sandbox);
    assert_eq!(codes, [""; 0]);
    same("18 files", &expected, &found);
}

/// One ward sends a file that is broken: the others' sheets are made, and it is said which file it is.
#[test]
fn a_broken_file_of_a_folder_is_named() {
    let sandbox = example();
    sandbox.edit("sasshi.toml", "sources/directories/centers.csv", "sources/from-wards");
    super::harness::copy(&tests().join("projects/books/by-ward"), &sandbox.root().join("sources/from-wards"));
    sandbox.write("sources/from-wards/03-西区.xlsx", "区,名称,住所,電話番号\r\n");
    let run = sandbox.sasshi("check contact-sheet --quiet --lang ja").exit(1);
    assert_eq!(run.codes(), ["S1013"], "{}", run.transcript());
    run.says("sources/from-wards/03-西区.xlsx").says("「.csv」に変えて");
}

/// The list of centres as a clerk keeps it: a cover, titles, a header of two rows, wards merged over their offices, numbers
/// before them, a total and notes below, a summary on another sheet.
fn as_clerks_keep_it() -> Vec<u8> {
    let list = text("centers");
    let records: Vec<csv::StringRecord> =
        csv::Reader::from_reader(list.as_bytes()).records().map(|record| record.expect("a row")).collect();
    let mut rows = vec![
        vec![String::new(), "地域の相談先一覧".into()],
        ["", "", "", "", "", "令和8年4月1日現在"].map(String::from).to_vec(),
        Vec::new(),
        ["", "連番", "区", "名称", "所在・連絡先", ""].map(String::from).to_vec(),
        ["", "", "", "", "住所", "電話番号"].map(String::from).to_vec(),
    ];
    let mut merged = ["B1:F1", "B4:B5", "C4:C5", "D4:D5", "E4:F4"].map(String::from).to_vec();
    let mut first = 0;
    for (index, record) in records.iter().enumerate() {
        let same = index > 0 && records[index - 1][0] == record[0];
        if !same {
            first = index;
        } else if records.get(index + 1).is_none_or(|next| next[0] != record[0]) {
            merged.push(format!("C{}:C{}", first + 6, index + 6));
        }
        let ward = if same { "" } else { &record[0] };
        let number = (index + 1).to_string();
        rows.push(["", &number, ward, &record[1], &record[2], &record[3]].map(String::from).to_vec());
    }
    rows.push(vec![String::new(), "合計".into(), String::new(), format!("{}か所", records.len())]);
    rows.push(vec![String::new(), "※ 土日・祝日は休みです。".into()]);
    rows.push(vec![String::new(), "　 くわしくは各区へ".into()]);
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let merged: Vec<String> = merged.iter().map(|area| format!("<mergeCell ref=\"{area}\"/>")).collect();
    let sheet = format!(
        "<sheetData>{}</sheetData><mergeCells>{}</mergeCells>",
        super::books_made::text_rows(&rows),
        merged.concat()
    );
    super::books_made::Book::default()
        .rows("表紙", &[&["令和8年度"], &["地域の相談先"]])
        .sheet("一覧", &sheet)
        .rows("集計", &[&["区", "か所"], &["鶴見区", "1"]])
        .bytes()
}

#[test]
fn a_workbook_as_clerks_keep_it_gives_the_same_sheets() {
    let expected = expected();
    let book = as_clerks_keep_it();
    let sandbox = example_with("csv", "", |name| text(name).into_bytes());
    sandbox.edit("sasshi.toml", "sources/centers.csv", "sources/centers.xlsx");
    sandbox.write("sources/centers.xlsx", book);
    let (found, mut codes) = build(&sandbox);
    codes.sort();
    let expect = ["S1012", "S1012", "S1015", "S7002"];
    assert_eq!(codes, expect, "titles above, notes below, other sheets, numbers that no sheet prints");
    same("a clerk's workbook", &expected, &found);
    let settled = "source = \"sources/centers.xlsx\"\nsheet = \"一覧\"\nheader-row = 5\nskip-below = 3";
    sandbox.edit("sasshi.toml", "source = \"sources/centers.xlsx\"", settled);
    let (found, codes) = build(&sandbox);
    assert_eq!(codes, ["S7002"], "nothing is left to say of the workbook");
    same("a clerk's workbook", &expected, &found);
}
