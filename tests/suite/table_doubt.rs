//! Lists whose header, rows or form are in doubt: what is not in force is not printed, a row without cells is told once, and
//! what is wrong with the manifest is not said of the list.

use super::books_made::Book;
use super::harness::{Run, Sandbox};
use super::tools::{pages, squeezed};

const HEADER: &str = "区,名称,住所,電話番号\n";
const ROWS: &str = "鶴見区,つるみ見本センター,鶴見区見本町1-2,045-510-0001\n\
    西区,にし見本センター,西区見本町4-5,045-510-0002\n港北区,こうほく見本センター,港北区見本町6-7,045-510-0003\n";
const CLOSED: &str = "西区,とじた見本センター,西区見本町9-9,045-510-0009\n";

/// The small project with this list.
fn with(list: impl AsRef<[u8]>) -> Sandbox {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.write("sources/centers.csv", list);
    sandbox
}

/// The same with a line more for the list in the manifest.
fn with_key(list: impl AsRef<[u8]>, key: &str) -> Sandbox {
    let sandbox = with(list);
    sandbox.edit("sasshi.toml", "icon = \"people\"", &format!("icon = \"people\"\n{key}"));
    sandbox
}

fn build(sandbox: &Sandbox, status: i32) -> Run {
    sandbox.sasshi("build list --lang ja").exit(status)
}

fn paper(sandbox: &Sandbox) -> Option<String> {
    let pages = pages(&sandbox.root().join("output/list/screen/list.pdf"), &["-raw"])?;
    Some(squeezed(&pages.concat()))
}

#[test]
fn what_stands_below_a_title_of_what_is_not_in_force_is_told_and_not_printed() {
    for (below, title, row) in [
        ("【廃止】,,,\n", "5:1", "6行目"),
        (",【休止】,,\n", "5:2", "6行目"),
        ("\n旧窓口一覧,,,\n", "6:1", "7行目"),
        ("\n休止中の窓口（3か所）,,,\n", "6:1", "7行目"),
        ("廃止,,,\n区,名称,住所,電話番号\n", "5:1", "7行目"),
        ("\n窓口一覧（旧）,,,\n区,名称,住所,電話番号\n", "6:1", "8行目"),
        ("連絡用（庁内限り）,,,\n", "5:1", "6行目"),
        ("※以下は廃止した窓口です,,,\n", "5:1", "6行目"),
        ("開設予定,,,\n", "5:1", "6行目"),
    ] {
        let sandbox = with(format!("{HEADER}{ROWS}{below}{CLOSED}"));
        let run = build(&sandbox, 1).says("下に名簿の行があります").says(row);
        assert_eq!(run.codes(), ["S1012"], "{}", run.transcript());
        let run = run.says(&format!("sources/centers.csv:{title}"));
        assert!(sandbox.pdfs().is_empty(), "{}", run.transcript());
    }
    // a title that says nothing of the kind is the title of a group, and so is one above the header once more
    let sandbox = with(format!("{HEADER}【北部】,,,\n{ROWS}その他の窓口,,,\n{HEADER}{CLOSED}"));
    build(&sandbox, 0).says("2・6行目は1つのセルだけ").says("7行目は見出しのくり返し");
    let Some(paper) = paper(&sandbox) else { return };
    assert!(paper.contains("とじた見本センター"), "{paper}");
}

#[test]
fn rows_that_are_not_in_force_may_stay_when_the_manifest_says_so() {
    let sandbox = with_key(format!("{HEADER}{ROWS}\n【廃止】,,,\n{CLOSED}"), "skip-below = 2");
    let run = build(&sandbox, 0);
    assert!(run.codes().is_empty(), "{}", run.transcript());
    let Some(paper) = paper(&sandbox) else { return };
    assert!(!paper.contains("とじた") && paper.contains("こうほく見本センター"), "{paper}");
    // the sheets of other wards are made in the meantime
    let sandbox = with(format!("{HEADER}{ROWS}【廃止】,,,\n{CLOSED}【北部】,,,\n{CLOSED}"));
    sandbox.sasshi("build contact-sheet --edition screen --lang ja").exit(1).says("6行目");
    let sheets: Vec<String> = sandbox.pdfs().into_iter().filter(|path| path.contains("10")).collect();
    assert!(sheets.iter().all(|path| !path.contains("103")) && sheets.len() == 2, "{sheets:?}");
}

#[test]
fn a_column_that_is_not_printed_says_that_a_row_is_not_in_force() {
    let rows =
        ROWS.replace("0002\n", "0002,R7.3廃止\n").replace("0003\n", "0003,\n").replace("0001\n", "0001,\n");
    let sandbox = with(format!("{}備考\n{rows}", HEADER.replace('\n', ",")));
    let run = build(&sandbox, 0).says("「備考」に「R7.3廃止」とある行");
    assert_eq!(run.codes(), ["S2030", "S7002"], "{}", run.transcript());
    // and so does a name in brackets, though it is printed
    let run = build(&with(format!("{HEADER}{}", ROWS.replace("にし見本", "【廃止】にし見本"))), 0);
    assert_eq!(run.codes(), ["S2030"], "{}", run.transcript());
    // a list may end with a word
    let run = build(&with(format!("{HEADER}{ROWS},,,以上\n")), 0).says("終わりの1行は注とみて");
    assert_eq!(run.codes(), ["S1012"], "{}", run.transcript());
}

#[test]
fn a_row_of_one_cell_is_told_once() {
    for (row, at, word) in [
        ("その他の窓口,,,\n", "5:1", "その他の窓口"),
        ("中区,,,\n", "5:1", "中区"),
        (",みなと相談室,,\n", "5:2", "みなと相談室"),
    ] {
        let run = build(&with(format!("{HEADER}{ROWS}{row}{CLOSED}")), 1);
        assert_eq!(run.codes(), ["S2002"], "{}", run.transcript());
        run.says(&format!("この行は「{word}」のほかが空です")).says(&format!("centers.csv:{at}"));
    }
}

#[test]
fn a_header_is_read_as_a_person_reads_it() {
    for header in [
        "区：,名称：,住所：,電話番号：\n",
        "①区,②名称,③住所,④電話番号\n",
        "【区】,【名称】,【住所】,【電話番号】\n",
        "１　区,２　名称,３　住所,４　電話番号\n",
        "(1)区,(2)名称,(3)住所,(4)電話番号\n",
        "●区,●名称,●住所,●電話番号\n",
        "区,施設名称,所在地（住所）,電話番号（代表）\n",
        "区/Ward,名称/Name,住所/Address,電話番号/TEL\n",
        "区名,施設の名称,所在地・住所,連絡先（電話）\n",
    ] {
        let sandbox = with(format!("{header}{ROWS}"));
        let run = build(&sandbox, 0);
        assert!(run.codes().is_empty(), "{header}: {}", run.transcript());
    }
    // what makes a column another one is not passed over
    let run = build(&with(format!("区,名称,住所,電話番号（夜間）\n{ROWS}")), 1);
    assert_eq!(run.codes(), ["S2001"], "{}", run.transcript());
}

#[test]
fn a_header_row_that_is_not_the_header_is_the_manifests_fault() {
    for (key, right) in [(4, "3行目"), (1, "3行目"), (2, "3行目")] {
        let list = format!("窓口一覧,,,\n令和8年度,,,\n{HEADER}{ROWS}");
        let run = build(&with_key(list, &format!("header-row = {key}")), 1);
        assert_eq!(run.codes(), ["S1011"], "{}", run.transcript());
        run.says(&format!("header-row = {key} とありますが、見出しは{right}のようです"))
            .says("header-row = 3 に直すか");
    }
    for list in [ROWS.to_owned(), format!("窓口一覧,,,\n{ROWS}")] {
        let run = build(&with(list), 1);
        assert_eq!(run.codes(), ["S1011"], "{}", run.transcript());
        let run = run.says("名簿の1件のように見えます").says("上に1行加えて");
        assert!(!run.stderr.contains("見出しを「"), "no record is to be renamed: {}", run.stderr);
    }
}

#[test]
fn two_tables_side_by_side_are_one_finding() {
    let pair = |left: &str, right: &str| format!("{},,{right}", left.trim_end());
    let list = format!("{}{}{}", pair(HEADER, HEADER), pair(CLOSED, CLOSED), pair(CLOSED, CLOSED));
    let run = build(&with(list), 1).says("横に2つ並んでいます（A列からとF列から）");
    assert_eq!(run.codes(), ["S1006"], "{}", run.transcript());
    let rows: &[&[&str]] = &[
        &["東部", "", "", "", "", "西部"],
        &["区", "名称", "住所", "電話番号", "", "区", "名称", "住所", "電話番号"],
        &["西区", "甲", "西区見本町1", "045-510-0001", "", "西区", "乙", "西区見本町2", "045-510-0002"],
    ];
    let sandbox = with("");
    sandbox.write("sources/centers.xlsx", Book::default().rows("一覧", rows).bytes());
    sandbox.edit("sasshi.toml", "sources/centers.csv", "sources/centers.xlsx");
    assert_eq!(build(&sandbox, 1).codes(), ["S1006"]);
}

#[test]
fn a_wrong_encoding_or_delimiter_of_the_manifest_is_named_as_that() {
    let list = format!("{HEADER}{ROWS}");
    let jis = encoding_rs::SHIFT_JIS.encode(&list).0.into_owned();
    for (bytes, key, right) in [
        (jis.clone(), "utf-8", "Shift_JIS"),
        (jis, "euc-jp", "Shift_JIS"),
        (list.clone().into_bytes(), "cp932", "UTF-8"),
        (list.clone().into_bytes(), "utf-16le", "UTF-8"),
    ] {
        let run = build(&with_key(bytes, &format!("encoding = \"{key}\"")), 1);
        assert_eq!(run.codes(), ["S1003"], "{key}: {}", run.transcript());
        run.says(&format!("encoding = \"{key}\" が、このファイルと合いません")).says(right);
    }
    for (sign, key, said) in [
        ("\t", "delimiter = \",\"\n", "タブで区切られて"),
        (",", "delimiter = \"tab\"\n", "「,」で区切られて"),
        (",", "delimiter = \";\"\n", "「,」で区切られて"),
        ("、", "", "「、」で区切られて"),
        ("　　", "", "空白で区切られて"),
    ] {
        let run = build(&with_key(list.replace(',', sign), key.trim()), 1).says(said);
        assert_eq!(run.codes(), ["S1011"], "{sign}: {}", run.transcript());
    }
}

#[test]
fn a_text_in_another_encoding_has_one_fault() {
    let text = "+++\ntitle = \"見本\"\n+++\n\n# はじめに\n\nこれは見本の文章です。日本語が続きます。\n";
    let utf_16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, name) in [
        (encoding_rs::SHIFT_JIS.encode(text).0.into_owned(), "Shift_JIS"),
        ([vec![0xFF, 0xFE], utf_16].concat(), "UTF-16LE"),
    ] {
        let sandbox = Sandbox::copy("projects/text");
        sandbox.write("sources/guide.md", bytes);
        let run = sandbox.sasshi("check --lang ja").exit(1).says(name).says("UTF-8で書きます");
        assert_eq!(run.codes(), ["S1003"], "{}", run.transcript());
    }
}

#[test]
fn the_sheet_that_shows_how_to_fill_the_list_in_is_not_the_list() {
    let example: &[&[&str]] = &[
        &["下の例のように書いてください"],
        &["区", "名称", "住所", "電話番号"],
        &["西区", "見本の名前", "西区見本町0-0", "045-510-0000"],
    ];
    let list: Vec<Vec<&str>> =
        HEADER.lines().chain(ROWS.lines()).map(|row| row.split(',').collect()).collect();
    let list: Vec<&[&str]> = list.iter().map(Vec::as_slice).collect();
    for name in ["記入要領", "Sheet1"] {
        let book = Book::default().rows(name, example).rows("一覧", &list);
        let sandbox = with("");
        sandbox.write("sources/centers.xlsx", book.bytes());
        sandbox.edit("sasshi.toml", "sources/centers.csv", "sources/centers.xlsx");
        build(&sandbox, 0).says("シート「一覧」を読みました").says(name);
        let Some(paper) = paper(&sandbox) else { return };
        assert!(paper.contains("こうほく見本センター") && !paper.contains("見本の名前"), "{paper}");
    }
}

#[test]
fn a_fault_in_a_column_that_no_layout_prints_keeps_nothing_back() {
    let header = HEADER.replace('\n', ",FAX番号,メールアドレス\n");
    let rows = ROWS
        .replace("0001\n", "0001,045-510-99,x\n")
        .replace("0002\n", "0002,,\n")
        .replace("0003\n", "0003,,\n");
    let sandbox = with(format!("{header}{rows}"));
    let run = sandbox.sasshi("build contact-sheet --edition screen --lang ja").exit(0);
    // that the columns are printed nowhere is told too: they hold something
    assert_eq!(run.codes(), ["S2005", "S7002", "S2011"], "{}", run.transcript());
    run.says("どのレイアウトもこの列を使わない");
    // the number to call is printed
    let run = build(&with(format!("{HEADER}{}", ROWS.replace("045-510-0001", "045-510-99"))), 1);
    assert_eq!(run.codes(), ["S2005"], "{}", run.transcript());
}
