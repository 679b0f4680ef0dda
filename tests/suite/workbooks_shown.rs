//! What Excel shows: number and date formats, links, what is hidden or struck out, readings above letters; and packages whose
//! parts have other names.

use super::books_made::{Book, archive, text_cell};
use super::harness::{Run, Sandbox};

/// A sheet with these columns: a header, and below it a cell of XML each.
fn sheet(columns: &[(&str, &str)]) -> String {
    let letter = |index: usize| char::from(b'A' + u8::try_from(index).expect("few"));
    let header: String = columns
        .iter()
        .enumerate()
        .map(|(index, (header, _))| text_cell(&format!("{}1", letter(index)), header))
        .collect();
    let cells: String = columns
        .iter()
        .enumerate()
        .map(|(index, (_, cell))| cell.replace("<c", &format!("<c r=\"{}2\"", letter(index))))
        .collect();
    format!("<sheetData><row r=\"1\">{header}</row><row r=\"2\">{cells}</row></sheetData>")
}

fn run(bytes: impl AsRef<[u8]>, name: &str) -> (Run, Vec<String>) {
    let sandbox = Sandbox::empty();
    sandbox.write(name, bytes);
    let run = sandbox.sasshi(&format!("data {name} --lang ja --to csv"));
    let lines = run.stdout.trim_start_matches('\u{FEFF}').lines().map(str::to_owned).collect();
    (run, lines)
}

#[test]
fn numbers_and_dates_in_their_formats() {
    let formats = [
        "0000",
        "#,##0\"円\"",
        "0.0%",
        "[$-411]ggge\"年\"m\"月\"d\"日\";@",
        "[$-411]ggge\"年度\"",
        "aaaa",
        "m\"月\"d\"日\"",
        "[h]:mm",
    ];
    let xml = sheet(&[
        ("内線", "<c s=\"1\"><v>7</v></c>"),
        ("参加費", "<c s=\"2\"><v>1200</v></c>"),
        ("割合", "<c s=\"3\"><v>0.125</v></c>"),
        ("開設", "<c s=\"4\"><v>45385</v></c>"),
        ("開設年度", "<c s=\"5\"><v>45385</v></c>"),
        ("曜日", "<c s=\"6\"><v>45385</v></c>"),
        ("締切", "<c s=\"7\"><v>45385</v></c>"),
        ("時間", "<c s=\"8\"><v>1</v></c>"),
    ]);
    let (run, lines) = run(Book::default().sheet("一覧", &xml).formats(&formats).bytes(), "a.xlsx");
    assert_eq!(
        lines[1],
        "0007,\"1,200円\",12.5%,令和6年4月3日,令和6年度,水曜日,4月3日,24:00",
        "{}",
        run.transcript()
    );
    run.silent().exit(0);
}

/// Where the type of the column wants the stored value, that is read.
#[test]
fn a_typed_column_gets_what_its_type_wants() {
    let formats = ["m\"月\"d\"日\"", "mmm-dd", "0##\\-###\\-####", "#,##0"];
    let xml = sheet(&[
        ("名称", "<c t=\"inlineStr\"><is><t>あ</t></is></c>"),
        ("電話番号", "<c s=\"3\"><v>455100002</v></c>"),
        ("開設日", "<c s=\"1\"><v>46117</v></c>"),
        ("全国地方公共団体コード", "<c s=\"4\"><v>141011</v></c>"),
    ]);
    let sandbox = Sandbox::empty();
    sandbox.write("a.xlsx", Book::default().sheet("一覧", &xml).formats(&formats).bytes());
    let run = sandbox.sasshi("data a.xlsx --lang ja --to csv");
    assert!(run.stdout.contains("045-510-0002"), "{}", run.transcript());
    // house numbers that became dates are found, whatever the sheet makes of them
    for style in [1, 2] {
        let xml = sheet(&[
            ("区", "<c t=\"inlineStr\"><is><t>西区</t></is></c>"),
            ("名称", "<c t=\"inlineStr\"><is><t>あ</t></is></c>"),
            ("住所", &format!("<c s=\"{style}\"><v>46117</v></c>")),
        ]);
        sandbox.write("b.xlsx", Book::default().sheet("一覧", &xml).formats(&formats).bytes());
        let run = sandbox.sasshi("data b.xlsx --lang ja").exit(1);
        assert_eq!(run.codes(), ["S2026"], "{}", run.transcript());
        run.says("2026-04-05").says("[b.xlsx:一覧!C2]");
    }
}

/// A house number that became a date, in a column that no schema knows.
#[test]
fn a_date_among_house_numbers_is_said() {
    let rows = "<row r=\"1\">".to_owned()
        + &text_cell("A1", "名称")
        + &text_cell("B1", "番地")
        + &text_cell("C1", "開設")
        + "</row><row r=\"2\">"
        + &text_cell("A2", "あ")
        + "<c r=\"B2\" s=\"1\"><v>46117</v></c><c r=\"C2\" s=\"1\"><v>46117</v></c></row><row r=\"3\">"
        + &text_cell("A3", "い")
        + &text_cell("B3", "2-1")
        + &text_cell("C3", "未定")
        + "</row>";
    let book =
        Book::default().sheet("一覧", &format!("<sheetData>{rows}</sheetData>")).formats(&["m\"月\"d\"日\""]);
    let (said, lines) = run(book.bytes(), "a.xlsx");
    assert_eq!(lines[1], "あ,4月5日,4月5日", "{}", said.transcript());
    assert_eq!(said.codes(), ["S2026"], "{}", said.transcript());
    said.says("「4月5日」は日付です（この列に1個）。ほかのセルは「2-1」").says("[a.xlsx:一覧!B2]").exit(0);
}

#[test]
fn a_format_that_is_not_understood_is_said_once_a_column() {
    let mut rows = format!("<row r=\"1\">{}{}</row>", text_cell("A1", "名称"), text_cell("B1", "電話番号"));
    for row in 2..=4 {
        let phone = text_cell(&format!("B{row}"), &format!("045-510-000{row}"));
        let name = format!("<c r=\"A{row}\" s=\"1\"><v>{row}</v></c>");
        rows = [rows, format!("<row r=\"{row}\">"), name, phone, "</row>".to_owned()].concat();
    }
    let book =
        Book::default().sheet("一覧", &format!("<sheetData>{rows}</sheetData>")).formats(&["[DBNum1]0"]);
    let (run, lines) = run(book.bytes(), "a.xlsx");
    assert_eq!(lines[1], "2,045-510-0002", "{}", run.transcript());
    // a number is a strange name, whatever its format
    assert_eq!(run.codes(), ["S1023", "S2031", "S2031", "S2031"]);
    run.says("表示形式「[DBNum1]0」").says("[a.xlsx:一覧!A2]").exit(0);
}

#[test]
fn links_behind_words() {
    let rows = super::books_made::text_rows(&[
        &["名称", "URL"],
        &["あ", "こちら"],
        &["い", "https://example.jp/b"],
        &["う", "https://example.jp/c"],
    ]);
    let places = (2..=4).map(|row| format!("<hyperlink ref=\"B{row}\" r:id=\"link{}\"/>", row - 1));
    let places: Vec<String> = places.collect();
    let places = places.concat();
    let book = Book::default()
        .sheet("一覧", &format!("<sheetData>{rows}</sheetData><hyperlinks>{places}</hyperlinks>"))
        .link("https://example.jp/a?x=1&y=2")
        .link("https://example.jp/old")
        .link("https://example.jp/c/");
    let (run, lines) = run(book.bytes(), "a.xlsx");
    let expected =
        ["名称,URL", "あ,https://example.jp/a?x=1&y=2", "い,https://example.jp/b", "う,https://example.jp/c"];
    assert_eq!(lines, expected, "{}", run.transcript());
    assert_eq!(run.codes(), ["S1026", "S1026"]);
    run.says("表示（「こちら」）ではなく、リンク先（https://example.jp/a?x=1&y=2）")
        .says("「https://example.jp/b」のリンク先は https://example.jp/old で")
        .exit(0);
}

/// A workbook with a hidden row, a hidden column, struck-out letters and readings.
pub fn hidden_and_struck() -> Vec<u8> {
    let shared = |address: &str, index: usize| format!("<c r=\"{address}\" t=\"s\"><v>{index}</v></c>");
    let rows = format!(
        "<row r=\"1\">{}{}{}{}</row><row r=\"2\">{}{}{}{}</row><row r=\"3\" hidden=\"1\">{}{}{}{}</row>",
        text_cell("A1", "区"),
        text_cell("B1", "名称"),
        text_cell("C1", "住所"),
        text_cell("D1", "電話番号"),
        text_cell("A2", "西区"),
        shared("B2", 0),
        shared("C2", 1),
        text_cell("D2", "045-510-0002"),
        text_cell("A3", "港北区"),
        text_cell("B3", "こうほく見本センター").replace("<c ", "<c s=\"1\" "),
        text_cell("C3", "港北区見本町6-7"),
        text_cell("D3", "045-510-0003"),
    );
    let strings = "<si><t>見本町</t><rPh sb=\"0\" eb=\"3\"><t>ミホンチョウ</t></rPh><phoneticPr fontId=\"1\"/></si>\
        <si><r><rPr><strike/></rPr><t>西区見本町1</t></r><r><rPr><strike val=\"0\"/></rPr><t>西区見本町4-5</t></r></si>";
    Book::default()
        .sheet(
            "一覧",
            &format!("<cols><col min=\"4\" max=\"4\" width=\"9\" hidden=\"1\"/></cols><sheetData>{rows}</sheetData>"),
        )
        .strings(strings)
        .formats(&[])
        .bytes()
}

/// A workbook of which all this has to be said: a link, a format, what is hidden and struck out.
pub fn all_of_it() -> Vec<u8> {
    let header: String = ["区", "名称", "住所", "電話番号", "URL"]
        .iter()
        .zip(["A1", "B1", "C1", "D1", "E1"])
        .map(|(word, address)| text_cell(address, word))
        .collect();
    let row = |number: u32, hidden: &str, ward: &str, name: &str| {
        let cells = [
            text_cell(&format!("A{number}"), ward),
            text_cell(&format!("B{number}"), name),
            text_cell(&format!("C{number}"), &format!("{ward}見本町4-5")),
            format!("<c r=\"D{number}\" s=\"1\"><v>4551000{number:02}</v></c>"),
            text_cell(&format!("E{number}"), "こちら"),
        ];
        format!("<row r=\"{number}\"{hidden}>{}</row>", cells.concat())
    };
    let struck = row(3, "", "西区", "にし見本センター").replace("<c r=\"B3\"", "<c r=\"B3\" s=\"2\"");
    let rows = [
        format!("<row r=\"1\">{header}</row>"),
        row(2, "", "鶴見区", "つるみ見本センター"),
        struck,
        row(4, " hidden=\"1\"", "港北区", "こうほく見本センター"),
    ];
    let links = "<hyperlinks><hyperlink ref=\"E2:E4\" r:id=\"link1\"/></hyperlinks>";
    Book::default()
        .sheet("一覧", &format!("<sheetData>{}</sheetData>{links}", rows.concat()))
        .link("https://example.jp/")
        .formats(&["[DBNum3]000-000-0000"])
        .bytes()
}

#[test]
fn hidden_and_struck_out_is_read_and_said() {
    let (run, lines) = run(hidden_and_struck(), "a.xlsx");
    let expected = [
        "区,名称,住所,電話番号",
        "西区,見本町,西区見本町1西区見本町4-5,045-510-0002",
        "港北区,こうほく見本センター,港北区見本町6-7,045-510-0003",
    ];
    assert_eq!(lines, expected, "{}", run.transcript());
    let mut codes = run.codes();
    codes.sort_unstable();
    assert_eq!(codes, ["S1024", "S1025"]);
    run.says("隠れている3行目とD列も読みました").says("（C2・B3）").exit(0);
}

#[test]
fn the_parts_of_a_package_may_have_any_name() {
    let rows: &[&[&str]] = &[&["区", "名称", "電話番号"], &["西区", "にし", "045-510-0002"]];
    let xml = format!(
        "<sheetData>{}<row r=\"3\">{}<c r=\"B3\" t=\"s\"><v>0</v></c><c r=\"C3\" s=\"1\"><v>455100003</v></c></row></sheetData>",
        super::books_made::text_rows(rows),
        text_cell("A3", "中区")
    );
    let book = Book::default().sheet("一覧", &xml).strings("<si><t>なか</t></si>").formats(&["000-000-0000"]);
    let (_, usual) = run(book.bytes(), "a.xlsx");
    assert_eq!(usual[2], "中区,なか,045-510-0003");
    let (other, lines) = run(book.bytes_named("Book2", "Blatt", "texts", "looks"), "a.xlsx");
    assert_eq!(lines, usual, "{}", other.transcript());
    // a text that is missing is no empty cell
    let missing = xml.replace("<v>0</v>", "<v>1</v>");
    let book = Book::default().sheet("一覧", &missing).strings("<si><t>なか</t></si>").formats(&["0"]);
    let (missing, _) = run(book.bytes(), "a.xlsx");
    assert_eq!(missing.codes(), ["S1013"]);
}

#[test]
fn an_old_workbook_is_read_as_it_is_shown() {
    let sandbox = Sandbox::copy("projects/books");
    let run = sandbox.sasshi("data looks.xls --to csv --lang ja").exit(0);
    let shown = "0007,12.5%,月曜日,24:00,令和8年3月2日,\"1,200円\"";
    assert!(run.stdout.ends_with(&format!("あ,{shown}\r\nい,{shown}\r\n")), "{}", run.transcript());
    assert_eq!(run.codes(), ["S1025", "S1024"]);
    run.says("隠れている3行目とG列").says("（A2）");
}

/// What a spreadsheet writes so that digits stay text is no part of the cell.
#[test]
fn digits_that_are_kept_as_text() {
    let list = "名称,電話番号,備考\nあ,=\"0455100002\",\"=\"\"045\"\"\"\nい,'0455100003,'90年代\n";
    let (list, lines) = run(list, "list.csv");
    assert_eq!(
        lines,
        ["名称,電話番号,備考", "あ,0455100002,045", "い,0455100003,'90年代"],
        "{}",
        list.transcript()
    );
    list.silent().exit(0);
    // and clean CSV of what looks like it reads back the same
    let first = "名称,電話番号,備考\r\nあ,045-510-0002,\"''=\"\"1\"\"\"\r\n";
    let (once, lines) = run(first, "list.csv");
    let (again, same) = run(&once.stdout, "list.csv");
    assert_eq!(lines, same, "{}", again.transcript());
}

#[test]
fn as_above_is_read_as_the_cell_above() {
    let list = "区,名称,住所,電話番号\n西区,あ,西区見本町4-5,045-510-0002\n〃,い,同　上,045-510-0003\n※工事中,,,\n同上,う,〃,045-510-0004\n";
    let (said, lines) = run(list, "list.csv");
    let expected = [
        "西区,あ,西区見本町4-5,045-510-0002",
        "西区,い,西区見本町4-5,045-510-0003",
        "西区,う,西区見本町4-5,045-510-0004",
    ];
    assert_eq!(lines[1..], expected, "{}", said.transcript());
    assert_eq!(said.codes(), ["S1027", "S1027", "S1012"]);
    said.says("この列の2個のセル（「〃」）").exit(0);
    let (said, _) = run("名称,電話番号\nあ,同上\n", "list.csv");
    assert_eq!(said.codes(), ["S1027"]);
    said.says("上のセルが空です").exit(1);
}

const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";

fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles><style:style style:name=\"h\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style></office:automatic-styles><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body></office:document-content>"
    );
    let parts = [("mimetype", ODS), ("META-INF/manifest.xml", "<manifest/>"), ("content.xml", &content)];
    archive(&parts.map(|(name, content)| (name.to_owned(), content.to_owned())))
}

#[test]
fn sheets_of_opendocument_as_they_are_shown() {
    let text = |words: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{words}</text:p></table:table-cell>")
    };
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let ward = "<table:table-cell office:value-type=\"string\" table:number-rows-spanned=\"2\"><text:p>西区</text:p></table:table-cell>";
    let name =
        "見本<text:ruby><text:ruby-base>町</text:ruby-base><text:ruby-text>まち</text:ruby-text></text:ruby>";
    let link = "<text:a xlink:href=\"https://example.jp/\">こちら</text:a>";
    let number = "<table:table-cell office:value-type=\"float\" office:value=\"7\"><text:p>0007</text:p></table:table-cell>";
    let hidden = "<table:table table:name=\"控え\" table:style-name=\"h\"></table:table>";
    let header = row(&["区", "名称", "URL", "内線"].map(text));
    let first = row(&[ward.to_owned(), text(name), text(link), number.to_owned()]);
    let second = row(&[
        "<table:covered-table-cell/>".to_owned(),
        text("い"),
        text("https://example.jp/b"),
        number.to_owned(),
    ]);
    let second = second.replace("<table:table-row>", "<table:table-row table:visibility=\"filter\">");
    let table = format!("{hidden}<table:table table:name=\"一覧\">{header}{first}{second}</table:table>");
    let (run, lines) = run(ods(&table), "a.ods");
    let expected =
        ["区,名称,URL,内線", "西区,見本町,https://example.jp/,0007", "西区,い,https://example.jp/b,0007"];
    assert_eq!(lines, expected, "{}", run.transcript());
    let mut codes = run.codes();
    codes.sort_unstable();
    assert_eq!(codes, ["S1015", "S1024", "S1026"]);
    run.says("隠れているシート（控え）").says("隠れている3行目").exit(0);
}
