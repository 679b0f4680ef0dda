//! Workbooks: what a person reads in a cell is what is read, and what is no honest workbook is said to be none, within
//! bounds of time and memory.
//!
//! The files in `projects/books/` are made by its `make.py`, and show beside each value the words that a person reads.

use std::fmt::Write as _;
use std::io::Write as _;
use std::time::{Duration, Instant};

use super::harness::Sandbox;

/// Kilobytes of addresses that a run may take on Linux, program and threads included: the allocator reserves a gigabyte of
/// them before it uses any.
const MEMORY: &str = "2500000";
/// How long it may take, also on a machine that does other work.
const TIME: Duration = Duration::from_mins(1);

/// What a bounded run gave: all that was printed, and the exit code.
struct Bounded {
    text: String,
    code: i32,
}

impl Bounded {
    fn says(&self, words: &str) -> &Self {
        assert!(self.text.contains(words), "no \"{words}\" in:\n{}", self.text);
        self
    }
}

/// Runs `sasshi data` on a file, bounded.
fn bounded(sandbox: &Sandbox, arguments: &str) -> Bounded {
    let start = Instant::now();
    let program = env!("CARGO_BIN_EXE_sasshi");
    let limit = if cfg!(target_os = "linux") { format!("ulimit -v {MEMORY} && ") } else { String::new() };
    let output = std::process::Command::new("sh")
        .args(["-c", &format!("{limit}exec \"$0\" data {arguments} --lang ja"), program])
        .current_dir(sandbox.root())
        .output()
        .expect("a shell");
    assert!(start.elapsed() < TIME, "{arguments} took {:?}", start.elapsed());
    let text = [output.stderr, output.stdout].map(|bytes| String::from_utf8(bytes).expect("UTF-8")).concat();
    let code = output.status.code().unwrap_or(-1);
    assert!((0..=1).contains(&code) && !text.contains("panicked"), "{arguments} ends with {code}:\n{text}");
    Bounded { text, code }
}

fn books() -> Sandbox {
    Sandbox::copy("projects/books")
}

#[test]
fn values_are_read_as_people_read_them() {
    let sandbox = books();
    for (file, rows) in
        [("values-1900.xlsx", 20), ("values-1904.xlsx", 20), ("values.ods", 7), ("values.xls", 8)]
    {
        let run = sandbox.sasshi(&format!("data {file} --to csv")).exit(0);
        assert!(
            run.codes().iter().all(|code| *code == "S2016"),
            "rows that are the same: {}",
            run.transcript()
        );
        let mut reader = csv::Reader::from_reader(run.stdout.as_bytes());
        let records: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!(records.len(), rows, "{file}");
        for record in records {
            assert_eq!(record[0], record[1], "{file}");
        }
    }
}

#[test]
fn a_title_merged_header_and_hidden_rows() {
    let sandbox = books();
    // hidden rows and columns are read like others, and said
    let plain = sandbox.sasshi("data hidden-rows.xlsx --to csv").exit(0);
    assert_eq!(plain.codes(), ["S1024"], "{}", plain.transcript());
    assert_eq!(plain.stdout.lines().count(), 4);
    assert!(plain.stdout.contains("西区,にし見本センター,西区見本町4-5,045-510-0002"), "{}", plain.stdout);
    // a header of two rows, merged, is one header
    sandbox.sasshi("data merged-header.xlsx --to csv").exit(0).silent().stdout(&plain.stdout);
}

/// A header of two rows: what is merged over both stands in the lower one too, which is the header.
#[test]
fn a_header_of_two_rows_is_the_lower_one() {
    let word =
        |place: &str, word: &str| format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{word}</t></is></c>");
    let first = [word("A1", "区"), word("B1", "名称"), word("C1", "連絡先")].concat();
    let second = [word("C2", "電話番号"), word("D2", "FAX番号")].concat();
    let third =
        [word("A3", "西区"), word("B3", "にし"), word("C3", "045-510-0002"), word("D3", "045-510-0003")];
    let third = third.concat();
    let sheet = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">{first}</row><row r="2">{second}</row><row r="3">{third}</row></sheetData><mergeCells count="3"><mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/><mergeCell ref="C1:D1"/></mergeCells></worksheet>"#
    );
    let sandbox = Sandbox::empty();
    sandbox.write("two.xlsx", super::fuzz::workbook(&sheet));
    let clean = "\u{FEFF}区,名称,電話番号,FAX番号\r\n西区,にし,045-510-0002,045-510-0003\r\n";
    sandbox.sasshi("data two.xlsx --to csv --header-row 2").exit(0).silent().stdout(clean);
}

#[test]
fn sheets_that_are_hidden_are_named_and_not_read() {
    let sandbox = books();
    let run = sandbox.sasshi("data hidden-sheet.xlsx --lang ja");
    run.says("シート「見える」を読みました。隠れているシート（一覧）は読みません。");
    sandbox
        .sasshi("data hidden-sheet.xlsx --sheet 一覧 --lang ja")
        .exit(0)
        .silent()
        .says("シート: 一覧")
        .says("件数: 3");
    sandbox.sasshi("data hidden-sheet.xlsx --sheet 一らん --lang ja").exit(1).says("あるのは：見える、一覧");
}

#[test]
fn a_lost_zero_is_said_with_the_likely_value() {
    let run = books().sasshi("data phone-numbers.xlsx --lang ja").exit(1);
    let lost = ["「045-510-0001」", "「090-1234-5678」"];
    for words in lost {
        assert!(run.stderr.contains(words), "no {words} in:\n{}", run.transcript());
    }
    // an extension is no number that lost a zero: it is no number at all
    assert_eq!(run.codes(), ["S1018", "S1018", "S2005"], "{}", run.transcript());
}

#[test]
fn formulas_are_read_by_their_stored_results() {
    let sandbox = books();
    let run = sandbox.sasshi("data formulas.ods --lang ja").exit(1);
    assert_eq!(run.codes(), ["S1016", "S1017"], "{}", run.transcript());
    run.says("!A3]").says("#DIV/0!").says("件数: 1");
    // a result that is an empty text is a result
    let sheet = r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c><c r="B1" t="inlineStr"><is><t>乙</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>1</t></is></c><c r="B2" t="str"><f>IF(A2="","",C2)</f><v></v></c></row><row r="3"><c r="A3"><f>1+1</f><v>2</v></c><c r="B3" t="str"><f>"x"</f><v>x</v></c></row></sheetData></worksheet>"#;
    sandbox.write("results.xlsx", super::fuzz::workbook(sheet));
    sandbox.sasshi("data results.xlsx --to csv").exit(0).silent().stdout("\u{FEFF}甲,乙\r\n1,\r\n2,x\r\n");
}

#[test]
fn what_is_no_workbook_is_said_to_be_none() {
    let sandbox = Sandbox::empty();
    super::harness::copy(
        &super::broken::sandbox("workbook-broken").root().join("sources/centers"),
        sandbox.root(),
    );
    for (file, words) in [
        ("02-torn.xlsx", "こわれている"),
        ("03-password.xlsx", "パスワード"),
        ("04-password.xls", "パスワード"),
        ("05-web-page.xls", "ウェブページ"),
        ("06-list.xlsx", "文字だけのファイル"),
    ] {
        assert_eq!(bounded(&sandbox, file).says("S1013").says(words).code, 1);
    }
    // a file that is a workbook under the name of a list is read as what it is
    std::fs::copy(sandbox.root().join("01-good.xlsx"), sandbox.root().join("good.csv")).expect("copied");
    assert_eq!(bounded(&sandbox, "good.csv").says("種類: XLSX").code, 0);
    let whole = sandbox.read("01-good.xlsx");
    // a copy that broke off, and one whose end is there but whose middle was lost
    for length in [4, 30, 600, whole.len() - 30] {
        sandbox.write("short.xlsx", &whole[..length]);
        assert_eq!(bounded(&sandbox, "short.xlsx").says("S1013").code, 1);
    }
    let mut spoilt = whole.clone();
    spoilt[600..900].fill(0xAA);
    sandbox.write("spoilt.xlsx", &spoilt);
    assert_eq!(bounded(&sandbox, "spoilt.xlsx").says("S1013").code, 1);
    for (name, parts) in [
        ("locked.ods", &[("mimetype", ODS), ("META-INF/manifest.xml", LOCKED), ("content.xml", "\u{1}")][..]),
        ("binary.xlsb", &[("xl/workbook.bin", "\u{1}")][..]),
        ("photos.xlsx", &[("1.jpg", "\u{1}")][..]),
    ] {
        sandbox.write(name, archive(parts));
        let words = match name {
            "locked.ods" => "パスワード",
            "binary.xlsb" => "バイナリブック",
            _ => "ZIPでまとめたファイル",
        };
        assert_eq!(bounded(&sandbox, name).says("S1013").says(words).code, 1);
    }
    sandbox.write("nothing.xlsx", "");
    assert_eq!(bounded(&sandbox, "nothing.xlsx").says("0バイト").code, 1);
    let empty = bounded(&books(), "empty.xlsx");
    assert_eq!(empty.says("S1004").says("シート「Sheet」が空です").code, 1);
}

const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";
const LOCKED: &str = r#"<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml" manifest:size="9"><manifest:encryption-data manifest:checksum-type="SHA1/1K" manifest:checksum="x"/></manifest:file-entry></manifest:manifest>"#;

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(content.as_bytes()).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

/// One cell in the first corner, one in the last: what lies between takes neither time nor memory without bounds.
#[test]
fn a_sheet_of_full_size_is_read_or_refused() {
    let sandbox = books();
    let xlsx = bounded(&sandbox, "corners.xlsx");
    assert_eq!(xlsx.says("S1010").says("[corners.xlsx:Sheet!XFD1048576]").code, 0);
    let xls = bounded(&sandbox, "corners.xls");
    assert_eq!(xls.says("S1010").says("IV65536]").code, 0);
    let ods = bounded(&sandbox, "corners.ods");
    assert_eq!(ods.says("S1010").says("[corners.ods:隅!XFD1048576]").code, 0);
    // a size that is only declared
    sandbox.write("declared.xlsx", super::fuzz::workbook(super::fuzz::SHEET));
    bounded(&sandbox, "declared.xlsx").says("件数: 2");
    // few bytes that stand for thousands of millions of cells: a value, a merged area, cells at the end of each row
    let cell = "<table:table-cell table:number-columns-repeated=\"16384\" office:value-type=\"float\" office:value=\"1\"/>";
    let row = format!("<table:table-row>{cell}</table:table-row>");
    let table = format!("<table:table table:name=\"1\">{}</table:table>", row.repeat(20_000));
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    );
    let parts = [("mimetype", ODS), ("META-INF/manifest.xml", "<manifest/>"), ("content.xml", &content)];
    sandbox.write("many.ods", archive(&parts));
    assert_eq!(bounded(&sandbox, "many.ods").says("大きすぎます").code, 1);
    let words = "x".repeat(30_000);
    let merged = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{words}</t></is></c></row><row r="1048576"><c r="B1048576"><v>1</v></c></row></sheetData><mergeCells count="1"><mergeCell ref="A1:A1048576"/></mergeCells></worksheet>"#
    );
    sandbox.write("merged.xlsx", super::fuzz::workbook(&merged));
    assert_eq!(bounded(&sandbox, "merged.xlsx").says("大きすぎます").code, 1);
    let mut rows = String::new();
    for row in 1..=20_000 {
        let _ = write!(rows, "<row r=\"{row}\"><c r=\"XFD{row}\"><v>1</v></c></row>");
    }
    let far = format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    sandbox.write("far.xlsx", super::fuzz::workbook(&far));
    assert_eq!(bounded(&sandbox, "far.xlsx").says("大きすぎます").code, 1);
}

/// Files that once took all memory, or brought the program down.
#[test]
fn what_once_broke_a_reader_is_a_finding() {
    let sandbox = Sandbox::copy("fuzz/crashes/workbook");
    let files = sandbox.files("");
    assert!(files.len() >= 2, "{files:?}");
    for file in files {
        assert_eq!(bounded(&sandbox, file.trim_start_matches('/')).says("S1013").code, 1);
    }
}

/// 600 MB of nothing within the XML: half a megabyte as it is packed.
pub fn bomb() -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    archive.start_file("xl/workbook.xml", options).expect("a part");
    archive.start_file("xl/worksheets/sheet1.xml", options).expect("a part");
    let block = vec![b' '; 1 << 20];
    for _ in 0..600 {
        archive.write_all(&block).expect("written");
    }
    let bytes = archive.finish().expect("an archive").into_inner();
    assert!(bytes.len() < 2 << 20, "it is a bomb");
    bytes
}

#[test]
fn a_bomb_is_not_unpacked_into_memory() {
    let sandbox = Sandbox::empty();
    sandbox.write("bomb.xlsx", bomb());
    assert_eq!(bounded(&sandbox, "bomb.xlsx").says("S1013").says("大きすぎます").code, 1);
}
