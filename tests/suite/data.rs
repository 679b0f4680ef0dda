//! `sasshi data`: what a file is, what is wrong with it, and the same as clean CSV; without any project.

use proptest::prelude::*;
use sasshi::model::directory::Directory;
use sasshi::model::schema::Schema;
use sasshi::project::table_form::TableForm;
use sasshi::read::{directory, kind, known, survey};
use sasshi::report;

use super::harness::{Sandbox, golden, tests};

const LIST: &str = "区,名称,電話番号,備考,URL\r\n\
    西区,№①㈱髙﨑,045-510-0002,\"改行\r\nあり\",https://example.org/\r\n\
    中区,ｶﾅ センター,045-510-00,=HYPERLINK(1),example.org\r\n\
    南区,みなみ,０４５（５１０）０００４,,\r\n\
    緑区,みどり,045-510-0005,見本,\r\n";

fn windows(text: &str) -> Vec<u8> {
    encoding_rs::SHIFT_JIS.encode(text).0.into_owned()
}

#[test]
fn shows_what_was_found_out() {
    let sandbox = Sandbox::empty();
    sandbox.write("名簿.csv", windows(LIST));
    for language in ["ja", "en"] {
        let run = sandbox.sasshi(&format!("data 名簿.csv --lang {language}")).exit(1);
        golden(&tests().join(format!("reference/data.{language}.txt")), &run.transcript());
    }
}

#[test]
fn says_what_each_file_is() {
    let sandbox = Sandbox::empty();
    let text = "甲\t乙\n1\t2\n";
    for (name, bytes, words) in [
        ("a.csv", text.replace('\t', ",").into_bytes(), ["文字コード: UTF-8\n", "区切り: コンマ（,）\n"]),
        (
            "b.csv",
            format!("\u{FEFF}{text}").into_bytes(),
            ["文字コード: UTF-8（BOMあり）\n", "区切り: タブ\n"],
        ),
        (
            "c.csv",
            windows(&text.replace('\t', ";")),
            ["文字コード: Shift_JIS (CP932)\n", "区切り: セミコロン（;）\n"],
        ),
        (
            "d.csv",
            encoding_rs::EUC_JP.encode(text).0.into_owned(),
            ["文字コード: EUC-JP\n", "区切り: タブ\n"],
        ),
        (
            "e.tsv",
            [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
            ["文字コード: UTF-16LE（BOMあり）\n", "区切り: タブ\n"],
        ),
    ] {
        sandbox.write(name, bytes);
        let run = sandbox.sasshi(&format!("data {name} --lang ja")).exit(0).silent();
        for words in words {
            assert!(run.stdout.contains(words), "{}", run.transcript());
        }
    }
    // two letters are little to go by: it can be said which encoding it is
    sandbox.write("f.csv", encoding_rs::EUC_JP.encode("甲,乙\n").0);
    sandbox.sasshi("data f.csv --encoding euc-jp --lang ja").says("EUC-JP");
    let books = Sandbox::copy("projects/books/office");
    let run = books.sasshi("data centers.xlsx --lang ja").exit(0);
    assert_eq!(run.codes(), ["S1012"]);
    for words in [
        "種類: XLSX\n",
        "シート: 区民活動センター等の一覧\n",
        "見出しの行: 3\n",
        "スキーマ: facility\n",
        "件数: 20\n",
        "エラー0件、注意1件",
    ] {
        assert!(run.stdout.contains(words), "no {words} in {}", run.transcript());
    }
    books.sasshi("data centers.xlsx --header-row 3").exit(0).silent();
}

#[test]
fn what_cannot_be_read_ends_with_the_right_code() {
    let sandbox = Sandbox::empty();
    sandbox.sasshi("data none.csv --lang ja").exit(2).says("ファイルがありません");
    sandbox.write("empty.csv", "");
    sandbox.sasshi("data empty.csv --lang ja").exit(1).says("S1004");
    sandbox.write("a.csv", "甲,乙\n1,2\n");
    sandbox.sasshi("data a.csv --header-row 7 --lang ja").exit(1).says("7行目がありません");
    sandbox.sasshi("data a.csv --to csv --message-format json --lang ja").exit(2).says("同時に使えません");
    // a byte that is none of the encoding is never a character of the output
    sandbox.write("a.csv", [windows("区,名称\n西区,あ\n中区,").as_slice(), b"\x90\xFF,\n"].concat());
    let run = sandbox.sasshi("data a.csv --to csv --encoding cp932").exit(1);
    assert_eq!(run.stdout, "\u{FEFF}区,名称\r\n西区,あ\r\n", "{}", run.transcript());
}

#[test]
fn a_file_may_lie_anywhere() {
    let sandbox = Sandbox::empty();
    let outside = sandbox.outside("b.csv", "甲,乙\n1,2\n");
    for path in ["../b.csv", &outside.to_string_lossy()] {
        let run = sandbox.sasshi(&format!("data {path} --to csv")).exit(0);
        assert_eq!(run.stdout, "\u{FEFF}甲,乙\r\n1,2\r\n", "{}", run.transcript());
        sandbox.sasshi(&format!("schema infer {path}")).exit(0).says("乙");
    }
}

#[test]
fn clean_csv_opens_properly_and_runs_nothing() {
    let sandbox = Sandbox::empty();
    sandbox.write("list.csv", windows(LIST));
    let clean = "\u{FEFF}区,名称,電話番号,備考,URL\r\n\
        西区,№①㈱髙﨑,045-510-0002,\"改行\r\nあり\",https://example.org/\r\n\
        中区,ｶﾅ センター,045-510-00,'=HYPERLINK(1),example.org\r\n\
        南区,みなみ,０４５（５１０）０００４,,\r\n\
        緑区,みどり,045-510-0005,見本,\r\n";
    let run = sandbox.sasshi("data list.csv --to csv").exit(1);
    assert_eq!(run.stdout, clean, "as written, whatever is wrong with it");
    // what was written reads the same, and is written the same
    sandbox.write("again.csv", clean);
    assert_eq!(sandbox.sasshi("data again.csv --to csv").stdout, clean);
    sandbox.write("bad.csv", "=1,+2+A1,-x,@SUM(4)\n\"=a\"\"b\",'+x,'',\t=5\n");
    let run = sandbox.sasshi("data bad.csv --to csv").exit(0);
    assert_eq!(run.stdout, "\u{FEFF}'=1,'+2+A1,'-x,'@SUM(4)\r\n\"'=a\"\"b\",\"'+x\",\"''\",\"'\t=5\"\r\n");
}

/// Cells as offices write them: phones, codes, signed numbers, dashes. The last ones are formulas to a spreadsheet.
fn as_offices_write() -> Vec<String> {
    let mut cells: Vec<String> = [
        "-", "--", "―", "－", "ー", "△3", "▲1,200", "+5", "-5", "-0.5", "＋1", "－2", "-1,234", "-10%", "+0",
        "-5℃", "1-2-3", "4/5",
    ]
    .map(str::to_owned)
    .to_vec();
    for index in 0..40 {
        let (a, b) = (300 + index * 7, 1000 + index * 131);
        cells.push(format!("045-{a}-{b}"));
        cells.push(format!("045{a}{b}"));
        cells.push(format!("+81-45-{a}-{b}"));
        cells.push(format!("0{index:04}"));
        cells.push(format!("{}{index}", if index % 2 == 0 { "-" } else { "+" }));
    }
    cells.extend(
        ["@ほーむ", "0120-000-000（直）", "'90年代", "=", "＝＝", "=休み=", "-1-2", "+x", "=1+1"]
            .map(str::to_owned),
    );
    cells
}

#[test]
fn sheet_to_csv_to_sheet_is_the_same() {
    let cells = as_offices_write();
    assert!(cells.len() > 200);
    let rows: String = cells.iter().enumerate().fold(String::new(), |rows, (index, cell)| {
        let (row, cell) = (index + 2, cell.replace('&', "&amp;"));
        format!("{rows}<row r=\"{row}\"><c r=\"A{row}\" t=\"inlineStr\"><is><t>行{index}</t></is></c><c r=\"B{row}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{cell}</t></is></c></row>")
    });
    let sheet = format!(
        "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>行</t></is></c><c r=\"B1\" t=\"inlineStr\"><is><t>値</t></is></c></row>{rows}</sheetData></worksheet>"
    );
    let sandbox = Sandbox::empty();
    sandbox.write("a.xlsx", super::fuzz::workbook(&sheet));
    let clean = sandbox.sasshi("data a.xlsx --to csv").exit(0).silent().stdout;
    sandbox.write("b.csv", &clean);
    assert_eq!(sandbox.sasshi("data b.csv --to csv").exit(0).silent().stdout, clean);
    // another reader finds what the sheet holds, but for the apostrophe before what would be calculated
    let text = clean.trim_start_matches('\u{FEFF}');
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let found: Vec<String> = reader.records().map(|row| row.expect("a row")[1].to_owned()).collect();
    let calculated = ["=休み=", "-1-2", "+x", "=1+1"];
    let expected: Vec<String> = cells
        .iter()
        .map(|cell| if calculated.contains(&cell.as_str()) { format!("'{cell}") } else { cell.clone() })
        .collect();
    assert_eq!(found, expected);
    let meant: Vec<String> = cells_of(&clean).into_iter().map(|row| row[1].clone()).collect();
    assert_eq!(meant, cells);
}

fn cells_of(text: &str) -> Vec<Vec<String>> {
    cells(&read(text))
}

fn read(text: &str) -> Directory {
    let form = TableForm::default();
    let grid =
        kind::from_bytes("list.csv", text.as_bytes().to_vec(), &form, &known::KnownHeaders::built_in());
    assert!(grid.diagnostics.is_empty(), "{:?}", grid.diagnostics);
    let plan = survey::plan("list.csv", Schema::plain(), &form);
    let read = directory::directory(&plan, vec![grid.value.expect("a list")]);
    assert!(read.diagnostics.is_empty(), "{:?} in {text:?}", read.diagnostics);
    read.value
}

fn cells(directory: &Directory) -> Vec<Vec<String>> {
    let width = directory.columns.len();
    let row = |record: &sasshi::model::directory::Record| {
        (0..width).map(|column| record.written(column).to_owned()).collect()
    };
    directory.records.iter().map(row).collect()
}

/// A cell of anything that may stand in one, often of what is special in CSV or to a spreadsheet.
fn cell() -> impl Strategy<Value = String> {
    let special = "[\"',;|\t\n\r=+@#(.%＝－　 -]{0,4}";
    let words = "[a-z0-9あ-ん一-龥ｱ-ﾝ髙﨑𠮷]{0,4}";
    (special, words, special).prop_map(|(before, words, after)| format!("{before}{words}{after}"))
}

/// The cell as somebody who knows the rules would quote it by hand.
fn quoted(cell: &str) -> String {
    let mark =
        if sasshi::table::formula::needs_mark(cell) || sasshi::table::formula::quoted_text(cell).is_some() {
            "'"
        } else {
            ""
        };
    format!("\"{mark}{}\"", cell.replace('"', "\"\""))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    /// Writing clean CSV and reading it gives the same records, and what was read is what was meant.
    #[test]
    fn clean_csv_reads_as_the_same_records(
        rows in (1..5_usize).prop_flat_map(|width| prop::collection::vec(prop::collection::vec(cell(), width), 1..8))
    ) {
        let width = rows[0].len();
        // the last column keeps a row from being blank, and from being a note below the table
        let rows: Vec<Vec<String>> =
            rows.into_iter().map(|row| row.into_iter().chain(["x".to_owned()]).collect()).collect();
        let header: Vec<String> = (0..=width).map(|column| format!("列{column}")).collect();
        let line = |row: &Vec<String>| row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(",") + "\n";
        let text: String = std::iter::once(&header).chain(&rows).map(line).collect();
        let first = read(&text);
        prop_assert_eq!(&cells(&first), &rows);
        let clean = report::csv::text(&first);
        let second = read(&clean);
        prop_assert_eq!(cells(&second), rows);
        prop_assert_eq!(report::csv::text(&second), clean);
    }
}
