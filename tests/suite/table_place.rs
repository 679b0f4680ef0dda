//! Where the table is: below titles, in any column, on any sheet, under a header of two rows; and what stands between and
//! below its records is said, never lost.

use super::books_made::Book;
use super::harness::{Run, Sandbox};

const HEADER: &str = "区,名称,住所,電話番号\n";
const NISHI: &str = "西区,にし見本センター,西区見本町4-5,045-510-0002\n";
const KOHOKU: &str = "港北区,こうほく見本センター,港北区見本町6-7,045-510-0003\n";

/// What `data` makes of a list, and the lines that it reads as clean CSV.
fn data(bytes: impl AsRef<[u8]>, name: &str, more: &str) -> (Run, Vec<String>) {
    let sandbox = Sandbox::empty();
    sandbox.write(name, bytes);
    let run = sandbox.sasshi(&format!("data {name} {more} --lang ja --to csv"));
    let lines = run.stdout.trim_start_matches('\u{FEFF}').lines().map(str::to_owned).collect();
    (run, lines)
}

fn list(text: &str) -> (Run, Vec<String>) {
    data(text, "list.csv", "")
}

fn clean() -> Vec<String> {
    format!("{HEADER}{NISHI}{KOHOKU}").lines().map(str::to_owned).collect()
}

#[test]
fn the_header_stands_in_any_row_and_column() {
    let rows: &[&[&str]] = &[
        &["", "地域の相談室一覧", "", "", "", "令和8年4月1日現在"],
        &["", "", "", "", "担当", "市民協働課"],
        &["", "", "", "", "電話", "045-671-4734"],
        &[],
        &["", "No.", "区", "名称", "住所", "電話番号"],
        &["", "1", "西区", "にし見本センター", "西区見本町4-5", "045-510-0002"],
        &["", "2", "港北区", "こうほく見本センター", "港北区見本町6-7", "045-510-0003"],
        &["", "※ 土日は休みです。"],
        &["", "※ 相談は予約が要ります。"],
    ];
    let (run, lines) = data(Book::default().rows("一覧", rows).bytes(), "a.xlsx", "");
    assert_eq!(lines.len(), 3, "{}", run.transcript());
    assert_eq!(lines[1], "1,西区,にし見本センター,西区見本町4-5,045-510-0002");
    assert_eq!(run.codes(), ["S1012", "S1012"]);
    let run = run.says("見出しは5行目とみました").says("header-row = 5").says("skip-below = 2");
    run.says("[a.xlsx:一覧!B1]").says("[a.xlsx:一覧!B8]").exit(0);
}

#[test]
fn the_sheet_is_the_one_with_the_headers() {
    let table: &[&[&str]] = &[&["区", "名称", "電話番号"], &["西区", "にし", "045-510-0002"]];
    let book = Book::default()
        .rows("表紙", &[&["地域の相談先"], &["令和8年度"]])
        .rows("記入要領", &[&["項目", "書き方"], &["電話番号", "市外局番から"], &["名称", "正式な名前"]])
        .rows("一覧", table)
        .rows("一覧（昨年度）", table)
        .rows("控え", table)
        .hidden();
    let (run, lines) = data(book.bytes(), "a.xlsx", "");
    assert_eq!(lines, ["区,名称,電話番号", "西区,にし,045-510-0002"], "{}", run.transcript());
    assert_eq!(run.codes(), ["S1015"]);
    run.says("シート「一覧」を読みました。ほかのシート（表紙、記入要領、一覧（昨年度））と、隠れているシート（控え）は読みません。")
        .says("同じような見出しの表が、一覧（昨年度） にもあります")
        .says("sheet = \"一覧\"")
        .exit(0);
    let (run, _) = data(book.bytes(), "a.xlsx", "--sheet 一覧");
    run.silent().exit(0);
}

#[test]
fn a_header_of_two_rows() {
    let text = "区,名称,所在,連絡先\n,,住所,電話番号\n";
    let (run, lines) = list(&format!("{text}{NISHI}{KOHOKU}"));
    assert_eq!(lines, clean(), "{}", run.transcript());
    assert_eq!(run.codes(), ["S1012"]);
    run.says("見出しは1行目と2行目の2段とみました。").says("header-row = 2").exit(0);
    let (run, lines) = data(format!("{text}{NISHI}{KOHOKU}"), "list.csv", "--header-row 2");
    assert_eq!(lines, clean());
    run.silent().exit(0);
    // names that stand twice are told apart by the group above
    let text = ",,窓口,担当課\n区,名称,電話番号,電話番号\n西区,あ,045-510-0002,045-510-0003\n";
    let (_, lines) = list(text);
    assert_eq!(lines[0], "区,名称,窓口電話番号,担当課電話番号");
    // merged cells
    let sheet = "<sheetData>".to_owned()
        + &super::books_made::text_rows(&[
            &["区", "名称", "連絡先"],
            &["", "", "電話番号", "FAX番号"],
            &["西区", "にし", "045-510-0002", "045-510-0003"],
        ])
        + "</sheetData><mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:B2\"/><mergeCell ref=\"C1:D1\"/></mergeCells>";
    let (run, lines) = data(Book::default().sheet("一覧", &sheet).bytes(), "a.xlsx", "");
    assert_eq!(lines, ["区,名称,電話番号,FAX番号", "西区,にし,045-510-0002,045-510-0003"]);
    assert_eq!(run.codes(), ["S1012"], "{}", run.transcript());
}

#[test]
fn what_is_no_record_is_said_once_a_kind() {
    for (between, words) in [
        ("【市の北部】,,,\n", "3行目は1つのセルだけなので、まとまりの題とみて"),
        ("小計,1か所,,\n", "3行目は合計の行とみて"),
        ("※,工事中,,\n", "3行目は注とみて"),
        (HEADER, "3行目は見出しのくり返しとみて"),
    ] {
        let (run, lines) = list(&format!("{HEADER}{NISHI}{between}{KOHOKU}"));
        assert_eq!(lines, clean(), "{}", run.transcript());
        assert_eq!(run.codes(), ["S1012"], "{}", run.transcript());
        run.says(words).exit(0);
    }
    let groups = "【西】,,,\n".to_owned() + NISHI + "【北】,,,\n" + KOHOKU;
    let (run, lines) = list(&format!("{HEADER}{groups}※平日のみ,,,\n以上,,,\n"));
    assert_eq!(lines, clean());
    assert_eq!(run.codes(), ["S1012", "S1012"]);
    run.says("2・4行目は").says("終わりの2行は注とみて").says("skip-below = 2").exit(0);
}

/// A row of one cell that may be a record that is not complete is never passed over.
#[test]
fn what_may_be_a_record_is_one() {
    for row in ["鶴見区,,,\n", ",つるみ見本センター,,\n", ",,,045-510-0001\n"] {
        let sandbox = Sandbox::copy("projects/small");
        sandbox.write("sources/centers.csv", format!("{HEADER}{NISHI}{row}{KOHOKU}"));
        let run = sandbox.sasshi("check --lang ja").exit(1);
        assert!(run.codes().contains(&"S2002"), "{}", run.transcript());
        assert!(!run.codes().contains(&"S1012"), "{}", run.transcript());
    }
}

#[test]
fn another_table_below_is_an_error() {
    let (run, lines) = list(&format!("{HEADER}{NISHI}\n名称,電話番号,区\nこうほく,045-510-0003,港北区\n"));
    assert_eq!(lines.len(), 2, "{}", run.transcript());
    assert_eq!(run.codes(), ["S1012"]);
    run.says("4行目に、1行目とは列のちがう見出しがあります。").says("header-row = 4").exit(1);
}

#[test]
fn what_nobody_sees_in_a_header_is_no_part_of_it() {
    let text = "\u{200B}区,名\u{3000}称,\"住所\n（番地まで）\",\"電話\r\n番号\",ｆａｘ番号,\"備考\n欄\"\n西区,あ,x,045-510-0002,,い\n";
    let (run, lines) = list(text);
    assert_eq!(
        lines[0],
        "区,名\u{3000}称,住所（番地まで）,電話番号,ｆａｘ番号,備考欄",
        "{}",
        run.transcript()
    );
    let sandbox = Sandbox::empty();
    sandbox.write("list.csv", text);
    let run = sandbox.sasshi("data list.csv --lang ja").exit(0);
    run.says("電話番号 [電話番号]").says("ｆａｘ番号 [電話番号]").says("区 [区]");
}

#[test]
fn a_schema_is_drafted_from_the_header_that_is_named() {
    let sandbox = Sandbox::empty();
    sandbox.write("list.csv", "甲,乙\n1,2\n丙,丁\n3,4\n");
    let run = sandbox.sasshi("schema infer list.csv --header-row 3 --lang ja").exit(0);
    assert!(run.stdout.contains("丙") && !run.stdout.contains("乙"), "{}", run.transcript());
    sandbox.write("list.csv", "名簿,,\n\n施設名,電話番号,愛称\nあ,045-510-0002,い\n");
    let run = sandbox.sasshi("schema infer list.csv --lang ja").exit(0);
    run.says("headers = [\"施設名\"]").says("type = \"phone\"").says("愛称");
}
