//! The readers on what nobody would write: seeded mutations of small files. Nothing may panic, and no cell of a record
//! may hold what was not in the file.

use std::io::Write as _;

use sasshi::project::table_form::TableForm;
use sasshi::read::{directory, kind, known, survey};

use super::harness::{collect, read, tests};

#[path = "../fuzz/readers.rs"]
mod readers;

/// A small generator of pseudo-random numbers (xorshift, Marsaglia 2003), so that a failure can be repeated.
pub(super) struct Random(pub(super) u64);

impl Random {
    pub(super) fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (below.max(1) as u64)).unwrap_or(0)
    }

    fn mutate(&mut self, bytes: &mut Vec<u8>, words: &[&[u8]]) {
        for _ in 0..=self.next(6) {
            let at = self.next(bytes.len() + 1);
            match self.next(5) {
                0 if at < bytes.len() => bytes[at] = u8::try_from(self.next(256)).unwrap_or(0),
                1 => drop(bytes.splice(at..at, words[self.next(words.len())].iter().copied())),
                2 => drop(bytes.drain(at..(at + self.next(20)).min(bytes.len()))),
                3 => {
                    let end = (at + self.next(60)).min(bytes.len());
                    let copy = bytes[at..end].to_vec();
                    drop(bytes.splice(at..at, copy));
                }
                _ => bytes.truncate(at.max(8)),
            }
        }
    }
}

/// The seeds of a target, as `cargo fuzz` gets them.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    files(&format!("seeds/{target}"))
}

fn files(folder: &str) -> Vec<Vec<u8>> {
    let folder = tests().join("fuzz").join(folder);
    let mut names = Vec::new();
    collect(&folder, "", &mut names);
    names.sort();
    assert!(!names.is_empty(), "{} holds files", folder.display());
    names.iter().map(|name| read(&folder.join(name))).collect()
}

#[test]
fn lists_in_every_encoding() {
    let words: &[&[u8]] = &[
        b"\"",
        b"\"\"",
        b",",
        b"\r",
        b"\n",
        b"\t",
        b";",
        b"sep=;\n",
        b"\xFF\xFE",
        b"\x8F",
        b"\0",
        b"'=1",
        b"\xEF\xBF\xBD",
    ];
    for (index, seed) in seeds("table").iter().enumerate() {
        readers::table(seed);
        let mut random = Random(0x5A55_u64 + index as u64);
        for _ in 0..3_000 {
            let mut bytes = seed.clone();
            random.mutate(&mut bytes, words);
            readers::table(&bytes);
        }
    }
}

/// A workbook with one sheet; its XML as it is given.
pub fn workbook(sheet: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let parts = [
        (
            "[Content_Types].xml",
            r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#,
        ),
        (
            "_rels/.rels",
            r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="一覧" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    for (name, content) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(content.as_bytes()).expect("written");
    }
    archive.finish().expect("an archive").into_inner()
}

/// A sheet with a title, cells merged downwards, a number that was a phone number, a formula without a result.
pub const SHEET: &str = r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>区の一覧</t></is></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>区</t></is></c><c r="B3" t="inlineStr"><is><t>名称</t></is></c><c r="C3" t="inlineStr"><is><t>電話番号</t></is></c></row><row r="4"><c r="A4" t="inlineStr"><is><t>西区</t></is></c><c r="B4" t="inlineStr"><is><t>あ</t></is></c><c r="C4" t="inlineStr"><is><t>045-510-0003</t></is></c></row><row r="5"><c r="B5" t="inlineStr"><is><t>い</t></is></c><c r="C5"><v>455100001</v></c></row><row r="6"><c r="B6" t="inlineStr"><is><t>う</t></is></c><c r="C6" t="inlineStr"><is><t>045-510-0002</t></is></c></row><row r="7"><c r="A7"><f>A1</f></c><c r="B7" t="inlineStr"><is><t>え</t></is></c></row></sheetData><mergeCells count="1"><mergeCell ref="A4:A6"/></mergeCells></worksheet>"#;

#[test]
fn a_sheet_is_read_as_a_person_reads_it() {
    let form = TableForm::default();
    let grid = kind::from_bytes("一覧.xlsx", workbook(SHEET), &form, &known::KnownHeaders::built_in())
        .value
        .expect("a sheet");
    let plan = survey::plan("一覧.xlsx", readers::facility(), &form);
    let read = directory::directory(&plan, vec![grid]);
    let records: Vec<_> =
        read.value.records.iter().map(|record| (record.row, record.written(0), record.written(1))).collect();
    assert_eq!(records, [(4, "西区", "あ"), (6, "西区", "う")]);
    let found: Vec<_> = read
        .diagnostics
        .iter()
        .map(|finding| {
            (finding.code.id(), finding.origin.as_ref().map(ToString::to_string).unwrap_or_default())
        })
        .collect();
    assert_eq!(
        found,
        [
            ("S1012", "一覧.xlsx:一覧!A1".to_owned()),
            ("S1018", "一覧.xlsx:一覧!C5".to_owned()),
            ("S1016", "一覧.xlsx:一覧!A7".to_owned())
        ]
    );
}

#[test]
fn workbooks_that_are_broken() {
    let whole = workbook(SHEET);
    let words: &[&[u8]] = &[b"PK\x03\x04", b"\0\0\0\0", b"\xFF\xFF\xFF\xFF"];
    let mut random = Random(0xB00C);
    for _ in 0..1_500 {
        let mut bytes = whole.clone();
        random.mutate(&mut bytes, words);
        readers::workbook(&bytes);
    }
    // the other kinds, as other programs write them
    let words: &[&[u8]] = &[b"\0\0\0\0", b"\xFF\xFF\xFF\xFF", b"\xFD\0\x0A\0", b"\x05\0", b"PK\x05\x06"];
    for seed in seeds("workbook") {
        readers::workbook(&seed);
        for _ in 0..600 {
            let mut bytes = seed.clone();
            random.mutate(&mut bytes, words);
            readers::workbook(&bytes);
        }
    }
    let words: &[&[u8]] = &[
        b"<c>",
        b"</c>",
        b"<v>1e999</v>",
        b" r=\"XFD1048576\"",
        b"<row>",
        b"</row>",
        b"<f/>",
        b"&#x0;",
        b" t=\"s\"",
        b" t=\"d\"",
    ];
    for _ in 0..1_500 {
        let mut sheet = SHEET.as_bytes().to_vec();
        random.mutate(&mut sheet, words);
        readers::workbook(&workbook(&String::from_utf8_lossy(&sheet)));
    }
}

#[test]
fn texts_with_broken_markup() {
    let words: &[&[u8]] =
        &[b":::", b"{", b"}", b"|", b"[^", b"]", b"\n\n", b"+++\n", b"```", b"<b>", b"\\", b"#"];
    let mut random = Random(0x7E87);
    for seed in seeds("text") {
        readers::markup(&seed);
        for _ in 0..3_000 {
            let mut bytes = seed.clone();
            random.mutate(&mut bytes, words);
            readers::markup(&bytes);
        }
    }
}
