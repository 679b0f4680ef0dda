//! The rules about tables: for each that is judged a sample that keeps it and one that breaks it, made after the rule's text.

use super::books_made::{Book, archive, text_cell, text_rows};
use super::harness::Sandbox;
use super::xls_made::Sheet;

/// The sign of each rule and the findings.
fn verdicts(name: &str, bytes: impl AsRef<[u8]>) -> (Vec<(String, String)>, String) {
    let sandbox = Sandbox::empty();
    sandbox.write(name, bytes);
    let run = sandbox.sasshi(&format!("data {name} --rules --lang ja"));
    let lines = run.stdout.lines().filter(|line| line.starts_with('L'));
    let signs = lines.filter_map(|line| {
        let mut words = line.split(' ');
        Some((words.next()?.to_owned(), words.next()?.to_owned()))
    });
    let signs: Vec<(String, String)> = signs.collect();
    assert_eq!(signs.len(), 30, "every rule is named: {}", run.transcript());
    let broken = signs.iter().any(|(_, sign)| sign == "×");
    assert_eq!(run.code, i32::from(broken), "{}", run.transcript());
    (signs, run.stderr)
}

fn sign(name: &str, bytes: impl AsRef<[u8]>, rule: &str) -> (String, String) {
    let (signs, said) = verdicts(name, bytes);
    let found = signs.into_iter().find(|(id, _)| id == rule).expect("the rule is named");
    (found.1, said)
}

/// A table that keeps every rule.
const GOOD: &str = "団体コード,都道府県名,調査日,区分,人口（人）\n011002,北海道,2026-04-01,検討中,1200\n131016,東京都,2026-04-01,取組済,340\n141003,神奈川県,2026-04-01,検討中,56\n";

#[test]
fn a_good_table_keeps_every_rule() {
    let (signs, said) = verdicts("good.csv", GOOD);
    assert!(signs.iter().all(|(_, sign)| sign != "×"), "{said}");
    assert_eq!(signs.iter().filter(|(_, sign)| sign == "○").count(), 22);
    let rows: Vec<Vec<&str>> = GOOD.lines().map(|line| line.split(',').collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let (signs, said) = verdicts("good.xlsx", Book::default().rows("表", &rows).bytes());
    assert!(signs.iter().all(|(_, sign)| sign != "×"), "{said}");
    assert_eq!(signs.iter().filter(|(_, sign)| sign == "○").count(), 25);
}

/// Rules that are judged in CSV: the rule, a table that keeps it, one that breaks it, where.
const SAMPLES: &[(&str, &str, &str, &str)] = &[
    ("L1-02", GOOD, "区,人口（人）\n西区,10\n南区,20\n\n学校,児童（人）\n見本小,30\n手本小,40\n", ":5:1"),
    (
        "L1-02",
        GOOD,
        "区,名称,定員（人）\n西区,見本館,120\n中区,手本館,80\n\n区,人口（人）,世帯数\n西区,1000,500\n中区,2000,900\n",
        ":5:1",
    ),
    // beside the first: one row lower, shorter, with the same names
    (
        "L1-02",
        "区,定員（人）,,備考\n西区,120,,予約制\n南区,80,,\n北区,60,,改修中\n",
        "区,定員（人）,,,\n西区,120,,学校,児童（人）\n南区,80,,見本小,30\n北区,60,,手本小,40\n",
        ":2:4",
    ),
    (
        "L1-02",
        "区,定員（人）,,電話,設備\n西区,120,,045-671-1111,机\n南区,80,,045-671-1112,いす\n",
        "区,名称,定員（人）,,区,人口（人）\n西区,見本館,120,,西区,1000\n南区,手本館,80,,南区,2000\n",
        ":1:5",
    ),
    (
        "L1-02",
        GOOD,
        "学校,学級,児童（人）,,区,人口（人）\n見本小,6,30,,西区,1000\n手本小,8,40,,南区,2000\n例小,9,50,,,\n",
        ":1:5",
    ),
    ("L1-03", GOOD, "区,,人口（人）\n西区,,10\n\n南区,,20\n", ":3:1"),
    ("L1-03", GOOD, "区,人口（人）\n西区,10\n区,人口（人）\n南区,20\n", ":3:1"),
    ("L1-04", GOOD, "令和8年の人口\n区,人口（人）\n西区,10\n南区,20\n※ 速報値です\n", ":1:1"),
    ("L1-05", GOOD, "区,,人口（人）\n西区,a,10\n南区,b,20\n", ":1:2"),
    ("L1-05", GOOD, "区,列2,Column3\n西区,10,1\n南区,20,2\n", ":1:2"),
    ("L1-06", GOOD, "氏　名,人口（人）\n西区,10\n南区　,20\n", ":1:1"),
    ("L1-07", "区,曜日\n西区,月\n南区,火\n", "区,曜日\n西区,月、水、金\n南区,火\n", ":2:2"),
    ("L1-06", GOOD, "\"人口\n（人）\",区\n10,西区\n20,南区\n", ":1:1"),
    (
        "L1-07",
        "名称,担当\n見本,市民・協働課\n手本,ジョン・スミス\n",
        "区,電話\n西区,045-671-1111 045-671-2222\n南区,なし\n",
        ":2:2",
    ),
    ("L1-07", "区,日付\n西区,2026/4/1\n", "区,範囲\n西区,10～20\n南区,5\n", ":2:2"),
    ("L1-07", "区,時間\n西区,9:00-17:00\n", "区,人数\n西区,男5女3\n南区,男1女2\n", ":2:2"),
    ("L1-08", "名称\n株式会社見本\n髙島屋\n", "名称,件（件）\n㈱見本,1\n①手本,2\n", ":2:1"),
    ("L1-09", "区,件数\n西区,0\n南区,5\n北区,3\n", "区,件数\n西区,0\n南区,\n北区,3\n", ":3:2"),
    (
        "L1-09",
        "区,件数\n西区,0\n南区,不明\n北区,3\n中区,4\n緑区,5\n",
        "区,件数\n西区,0\n南区,なし\n北区,3\n中区,4\n緑区,5\n",
        ":3:2",
    ),
    (
        "L1-09",
        "区,件数\n西区,12\n南区,-\n北区,3\n中区,4\n",
        "区,件数\n西区,12\n南区,\n北区,-\n中区,4\n",
        ":3:2",
    ),
    ("L1-14", GOOD, "区,メモ\n西区,\"一行目\n二行目\"\n南区,なし\n", ":2:2"),
    (
        "L1-15",
        "区,人口（人）\n西区,\"1,200\"\n南区,30\n",
        "区,人口（人）\n西区,1,200\n南区,30\n北区,40\n",
        ":2:1",
    ),
    (
        "L2-01",
        "区,人口（人）\n西区,1200\n南区,30\n",
        "区,人口\n西区,\"1,200人\"\n南区,３０\n北区,40\n",
        ":2:2",
    ),
    ("L2-02", GOOD, "区,学校,児童（人）\n西区,見本小,10\n〃,手本小,20\n南区,例小,30\n", ":3:1"),
    ("L2-02", GOOD, "区,学校,児童（人）\n西区,見本小,10\n,手本小,20\n,例小,30\n南区,実小,40\n", ":3:1"),
    ("L2-03", GOOD, "区,人口,人口\n西区,10,20\n南区,30,40\n", ":1:3"),
    (
        "L2-03",
        GOOD,
        "施設,,連絡先,\n名称,住所,電話番号,FAX\n見本館,見本町1,045-320-8396,045-320-8397\n",
        ":2:1",
    ),
    ("L3-05", GOOD, "名称,開設年\n見本館,2010\n手本館,平成24年\n例館,1999\n", ":3:2"),
    ("L2-03", GOOD, "区,人口,\n,男,女\n西区,10,20\n南区,30,40\n", ":1:1"),
    (
        "L2-03",
        "区,名称,住所\n西区,,\n南区,乙,南区2\n",
        "区,連絡先,\n,電話番号,FAX番号\n西区,045-671-1111,なし\n南区,045-671-1113,なし\n",
        ":1:1",
    ),
    (
        "L2-04",
        "区,状況\n西区,取組済\n南区,検討中\n北区,取組済\n中区,検討中\n",
        "区,状況\n西区,取組済\n南区,取り組み済み\n北区,取組済\n中区,検討中\n",
        ":3:2",
    ),
    (
        "L2-04",
        "区,設備\n西区,有\n南区,無\n北区,有\n",
        "区,設備\n西区,有\n南区,あり\n北区,有\n中区,無\n",
        ":3:2",
    ),
    (
        "L2-04",
        "区,種別\n西区,公民館\n南区,図書館\n北区,公民館\n",
        "区,種別\n西区,公民館\n南区,公民舘\n北区,公民館\n中区,図書館\n",
        ":3:2",
    ),
    (
        "L2-05",
        "区,種別,種別の内容\n西区,学校,\n南区,その他,寺\n北区,学校,\n",
        "区,種別\n西区,学校\n南区,その他（寺）\n北区,学校\n",
        ":3:2",
    ),
    ("L3-01", GOOD, "人口の表\n区,人口（人）\n西区,10\n南区,20\n", ":2:1"),
    ("L3-01", GOOD, "\n区,人口（人）\n西区,10\n南区,20\n", ":2:1"),
    (
        "L3-03",
        "区,人口（人）\n西区,10\n南区,x\n北区,20\n※「x」は秘匿した値です,\n",
        "区,人口（人）\n西区,10\n南区,x\n北区,20\n",
        ":3:2",
    ),
    (
        "L3-03",
        "区,人口（人）\n西区,10\n南区,△5\n北区,20\n",
        "区,人口（人）\n西区,10\n南区,秘\n北区,20\n中区,30\n",
        ":3:2",
    ),
    (
        "L3-03",
        "区,人口（人）\n西区,10\n南区,-\n北区,20\n※ -：値なし,\n",
        "区,人口（人）\n西区,10\n南区,-\n北区,20\n※住所は1-2の形です,\n",
        ":3:2",
    ),
    ("L3-04", "区,収入（千円）,人数\n西区,10,1\n南区,20,2\n", "区,収入\n西区,10\n南区,20\n", ":1:2"),
    (
        "L3-05",
        "区,日付\n西区,2026-04-01\n南区,2026-05-01\n",
        "区,日付\n西区,令和8年4月1日\n南区,令和8年5月1日\n",
        ":2:2",
    ),
    (
        "L3-05",
        "区,年\n西区,令和8年（2026年）\n南区,令和7年（2025年）\n",
        "区,日付\n西区,2026-04-01\n南区,2026/5/1\n",
        ":3:2",
    ),
    (
        "L3-06",
        "都道府県,人口（人）\n東京都,10\n北海道,20\n",
        "都道府県,人口（人）\n東京,10\n北海道,20\n",
        ":2:1",
    ),
    ("L3-06", "区,人口（人）\n鶴見区,10\n西区,20\n", "区名,人口（人）\n鶴見,10\n西,20\n", ":2:1"),
    (
        "L3-06",
        "所在地_都道府県,人口（人）\n東京都,10\n北海道,20\n",
        "都道府県名（漢字）,人口（人）\n東京,10\n北海道,20\n",
        ":2:1",
    ),
    (
        "L3-06",
        "地域,市区町村,人口（人）\n北部,名護市,10\n南部,糸満市,20\n",
        "地域,人口（人）\n北部,10\n南部,20\n中央,30\n",
        ":2:1",
    ),
    (
        "L3-06",
        "名称,施設所在地,定員（人）\n見本館,横浜市西区見本町1,10\n手本館,横浜市南区見本町2,20\n",
        "番号,人口（人）\n1,10\n2,20\n",
        ":1:1",
    ),
    ("L3-06", "都道府県,人口（人）\n13,10\n27,20\n", "都道府県,人口（人）\n東京,10\n27,20\n", ":2:1"),
    (
        "L3-09",
        "区,年,人口（人）\n西区,2023,10\n西区,2024,20\n",
        "区,2022年,2023年,2024年\n西区,10,20,30\n南区,11,21,31\n",
        ":1:2",
    ),
];

#[test]
fn each_rule_is_kept_and_broken_by_its_samples() {
    for (rule, right, wrong, place) in SAMPLES {
        let (kept, said) = sign("table.csv", right, rule);
        assert_eq!(kept, "○", "{rule} is kept by:\n{right}\n{said}");
        let (broken, said) = sign("table.csv", wrong, rule);
        assert_eq!(broken, "×", "{rule} is broken by:\n{wrong}\n{said}");
        let place = format!("table.csv{place} ");
        let is_told = said.lines().any(|line| line.contains(rule) && line.contains(&place));
        assert!(is_told, "{rule} at {place}: {said}");
        assert!(said.contains("help"), "{rule} says what to do: {said}");
    }
}

/// The cells of a sample, as a workbook has them.
fn cells(sample: &str) -> Vec<Vec<String>> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(sample.as_bytes());
    let rows = reader.records().map(|row| row.expect("CSV").iter().map(str::to_owned).collect());
    let rows: Vec<Vec<String>> = rows.collect();
    // the reader passes over empty lines, which are empty rows of a workbook
    let empty = sample.lines().position(str::is_empty).filter(|_| !sample.contains('"'));
    match empty {
        Some(at) => [&rows[..at], &[Vec::new()], &rows[at..]].concat(),
        None => rows,
    }
}

/// `:3:2` as a workbook has it: `表!B3`.
fn workbook_place(place: &str) -> String {
    let mut parts = place.trim_start_matches(':').split(':');
    let (row, column) = (parts.next().expect("a row"), parts.next().expect("a column"));
    let column: u8 = column.parse().expect("a number");
    format!("表!{}{row}", char::from(b'A' + column - 1))
}

#[test]
fn each_rule_is_kept_and_broken_in_workbooks_too() {
    for (rule, right, wrong, place) in SAMPLES.iter().filter(|(rule, ..)| !["L1-14", "L1-15"].contains(rule))
    {
        let files = |sample: &str| {
            let rows = cells(sample);
            let texts: Vec<Vec<&str>> =
                rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
            let texts: Vec<&[&str]> = texts.iter().map(Vec::as_slice).collect();
            let xlsx = Book::default().rows("表", &texts).bytes();
            [("a.xlsx", xlsx), ("a.xls", Sheet::rows(rows).bytes())]
        };
        for (name, bytes) in files(right) {
            let (kept, said) = sign(name, bytes, rule);
            assert_eq!(kept, "○", "{rule} is kept by {name}:\n{right}\n{said}");
        }
        for (name, bytes) in files(wrong) {
            let (broken, said) = sign(name, bytes, rule);
            assert_eq!(broken, "×", "{rule} is broken by {name}:\n{wrong}\n{said}");
            let place = workbook_place(place);
            let is_told = said.lines().any(|line| line.contains(rule) && line.contains(&place));
            assert!(is_told, "{rule} at {place} of {name}: {said}");
        }
    }
}

#[test]
fn rules_about_workbooks_in_xls() {
    let rows = cells("区,人口（人）\n西区,10\n南区,20\n北区,30\n");
    let merged = Sheet { rows: rows.clone(), merged: Some([1, 2, 0, 0]), formula: None };
    let formula = Sheet { rows: rows.clone(), merged: None, formula: Some([3, 1]) };
    for (rule, wrong, place) in [("L1-12", merged, "表!A2"), ("L2-06", formula, "表!B4")] {
        assert_eq!(sign("a.xls", Sheet::rows(rows.clone()).bytes(), rule).0, "○", "{rule}");
        let (found, said) = sign("a.xls", wrong.bytes(), rule);
        assert_eq!(found, "×", "{rule}: {said}");
        assert!(said.lines().any(|line| line.contains(rule) && line.contains(place)), "{rule}: {said}");
    }
    // what an XLS hides and how it looks is not judged, and that is said
    for rule in ["L1-10", "L1-11", "L1-13"] {
        assert_eq!(sign("a.xls", Sheet::rows(rows.clone()).bytes(), rule).0, "－", "{rule}");
    }
    // every rule that is judged has a sample that keeps it and one that breaks it
    let sampled: std::collections::BTreeSet<&str> = SAMPLES.iter().map(|(rule, ..)| *rule).collect();
    let elsewhere = ["L1-01", "L1-10", "L1-11", "L1-12", "L1-13", "L2-06"];
    let judged = sasshi::check::table_rules::RULES.iter().map(|rule| rule.id);
    let not_judged = ["L3-02", "L3-07", "L3-08"];
    let missing: Vec<&str> = judged
        .filter(|id| !sampled.contains(id) && !elsewhere.contains(id) && !not_judged.contains(id))
        .collect();
    assert!(missing.is_empty(), "without samples: {missing:?}");
}

#[test]
fn files_of_no_table_break_the_first_rule() {
    for (name, bytes) in
        [("a.pdf", &b"%PDF-1.7\n"[..]), ("a.csv", b"<!DOCTYPE html><table></table>"), ("a.xlsx", b"\0\x01")]
    {
        assert_eq!(sign(name, bytes, "L1-01").0, "×", "{name}");
    }
    assert_eq!(sign("a.csv", GOOD, "L1-01").0, "○");
}

/// A sheet of three records, with something of the sheet's and something of the styles'.
fn sheet(before: &str, rows: &str, after: &str) -> Book {
    Book::default().sheet("表", &format!("{before}<sheetData>{rows}</sheetData>{after}"))
}

fn plain() -> String {
    text_rows(&[&["区", "人口（人）"], &["西区", "10"], &["南区", "20"], &["北区", "30"]])
}

#[test]
fn rules_about_workbooks() {
    let right = sheet("", &plain(), "").bytes();
    let merged =
        sheet("", &plain(), "<mergeCells count=\"1\"><mergeCell ref=\"A2:A3\"/></mergeCells>").bytes();
    let hidden_row = sheet("", &plain().replace("<row r=\"3\">", "<row r=\"3\" hidden=\"1\">"), "").bytes();
    let hidden_column = sheet("<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols>", &plain(), "").bytes();
    let formula = plain().replace(&text_cell("B4", "30"), "<c r=\"B4\"><f>SUM(B2:B3)</f><v>30</v></c>");
    let formula = sheet("", &formula, "").bytes();
    let broken_line = sheet("", &plain().replace("南区", "南\n区"), "").bytes();
    for (rule, wrong, place) in [
        ("L1-12", merged, "表!A2"),
        ("L1-13", hidden_row, "表!A3"),
        ("L1-13", hidden_column, "表!B1"),
        ("L2-06", formula, "表!B4"),
        ("L1-06", broken_line, "表!A3"),
    ] {
        assert_eq!(sign("a.xlsx", &right, rule).0, "○", "{rule}");
        let (found, said) = sign("a.xlsx", &wrong, rule);
        assert_eq!(found, "×", "{rule}: {said}");
        assert!(
            said.lines().any(|line| line.contains(rule) && line.contains(place)),
            "{rule} at {place}: {said}"
        );
    }
    let book = sheet("", &plain(), "");
    let (found, said) =
        sign("a.xlsx", book.rows("裏", &[&["区", "件"], &["西区", "1"]]).hidden().bytes(), "L1-13");
    assert!(found == "×" && said.contains("シートが隠れています（裏）"), "{said}");
    for rule in ["L1-14", "L1-15"] {
        assert_eq!(sign("a.xlsx", &right, rule).0, "－", "{rule} is about CSV");
    }
    assert_eq!(sign("a.csv", GOOD, "L1-12").0, "－");
}

#[test]
fn looks_and_pictures_that_bear_meaning() {
    let styled = |styles: &str, rows: &str, parts: &[(&str, &str)], sheet: &str| {
        const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
        let mut files = vec![
            ("[Content_Types].xml".to_owned(), "<Types/>".to_owned()),
            (
                "xl/workbook.xml".to_owned(),
                format!(
                    "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels".to_owned(),
                format!(
                    "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r1\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/></Relationships>"
                ),
            ),
            ("xl/styles.xml".to_owned(), format!("<styleSheet xmlns=\"{MAIN}\">{styles}</styleSheet>")),
            (
                "xl/worksheets/sheet1.xml".to_owned(),
                format!(
                    "<worksheet xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheetData>{rows}</sheetData>{sheet}</worksheet>"
                ),
            ),
        ];
        files.extend(parts.iter().map(|(name, xml)| {
            ((*name).to_owned(), xml.replace("OFFICE", OFFICE).replace("PACKAGE", PACKAGE))
        }));
        archive(&files)
    };
    let looks = "<fonts><font/><font><b/></font></fonts><fills><fill/><fill/><fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFFF00\"/></patternFill></fill></fills><cellXfs><xf fontId=\"0\" fillId=\"0\"/><xf fontId=\"1\" fillId=\"0\"/><xf fontId=\"0\" fillId=\"2\"/></cellXfs>";
    let yellow = plain().replace("<c r=\"A3\"", "<c r=\"A3\" s=\"2\"");
    let bold_names =
        plain().replace("<c r=\"A1\"", "<c r=\"A1\" s=\"1\"").replace("<c r=\"B1\"", "<c r=\"B1\" s=\"1\"");
    assert_eq!(sign("a.xlsx", styled(looks, &bold_names, &[], ""), "L1-11").0, "○", "names may be bold");
    let (found, said) = sign("a.xlsx", styled(looks, &yellow, &[], ""), "L1-11");
    assert_eq!(found, "×", "{said}");
    assert!(said.contains("表!A3"), "{said}");
    let drawing = &[
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            "<Relationships xmlns=\"PACKAGE\"><Relationship Id=\"d1\" Type=\"OFFICE/drawing\" Target=\"../drawings/drawing1.xml\"/></Relationships>",
        ),
        (
            "xl/drawings/drawing1.xml",
            "<xdr:wsDr xmlns:xdr=\"x\"><xdr:oneCellAnchor><xdr:from><xdr:col>3</xdr:col><xdr:row>4</xdr:row></xdr:from><xdr:sp/></xdr:oneCellAnchor></xdr:wsDr>",
        ),
    ];
    let (found, said) = sign("a.xlsx", styled(looks, &plain(), drawing, "<drawing r:id=\"d1\"/>"), "L1-10");
    assert_eq!(found, "×", "{said}");
    assert!(said.contains("表!D5"), "{said}");
    assert_eq!(sign("a.xlsx", styled(looks, &plain(), &[], ""), "L1-10").0, "○");
    let comments = &[
        (
            "xl/worksheets/_rels/sheet1.xml.rels",
            "<Relationships xmlns=\"PACKAGE\"><Relationship Id=\"c1\" Type=\"OFFICE/comments\" Target=\"../comments1.xml\"/></Relationships>",
        ),
        (
            "xl/comments1.xml",
            "<comments xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><commentList><comment ref=\"B3\"/></commentList></comments>",
        ),
    ];
    let (found, said) = sign("a.xlsx", styled(looks, &plain(), comments, ""), "L1-10");
    assert!(found == "×" && said.contains("表!B3"), "{said}");
}

#[test]
fn sheets_of_libreoffice() {
    let ods = |rows: &str| {
        let content = format!(
            "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:spreadsheet><table:table table:name=\"表\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
        );
        let kind = "application/vnd.oasis.opendocument.spreadsheet";
        archive(&[("mimetype".to_owned(), kind.to_owned()), ("content.xml".to_owned(), content)])
    };
    let word = |words: &str| {
        format!("<table:table-cell office:value-type=\"string\"><text:p>{words}</text:p></table:table-cell>")
    };
    let number = |value: &str| {
        format!(
            "<table:table-cell office:value-type=\"float\" office:value=\"{value}\"><text:p>{value}</text:p></table:table-cell>"
        )
    };
    let row = |cells: &str| format!("<table:table-row>{cells}</table:table-row>");
    let head = row(&(word("区") + &word("人口（人）")));
    let body = row(&(word("西区") + &number("10"))) + &row(&(word("南区") + &number("20")));
    let (signs, said) = verdicts("good.ods", ods(&format!("{head}{body}")));
    assert!(signs.iter().all(|(_, sign)| sign != "×"), "{said}");
    let hidden = body.replacen("<table:table-row>", "<table:table-row table:visibility=\"collapse\">", 1);
    assert_eq!(sign("a.ods", ods(&format!("{head}{hidden}")), "L1-13").0, "×");
    let formula = body.replacen("office:value=\"10\"", "office:value=\"10\" table:formula=\"of:=5+5\"", 1);
    assert_eq!(sign("a.ods", ods(&format!("{head}{formula}")), "L2-06").0, "×");
    let spanned = body.replacen(
        "office:value-type=\"string\"",
        "office:value-type=\"string\" table:number-rows-spanned=\"2\"",
        1,
    );
    assert_eq!(sign("a.ods", ods(&format!("{head}{spanned}")), "L1-12").0, "×");
}

#[test]
fn programs_get_the_verdicts_as_one_line() {
    let sandbox = Sandbox::empty();
    sandbox.write("a.csv", "区,収入\n西区,10\n南区,20\n");
    let run = sandbox.sasshi("data a.csv --rules --message-format json");
    let last = run.stdout.lines().last().expect("a line");
    let value: serde_json::Value = serde_json::from_str(last).expect("JSON");
    let rules = value["rules"].as_array().expect("the rules");
    assert_eq!(rules.len(), 30);
    assert!(rules.iter().any(|rule| rule["id"] == "L3-04" && rule["verdict"] == "broken"));
    assert!(rules.iter().any(|rule| rule["id"] == "L3-02" && rule["verdict"] == "not-judged"));
}
