//! The keys of `[directory.NAME]` that say how its files are read, and what is found out without them.

use super::broken;
use super::harness::Sandbox;

const HEADER: &str = "区,名称,住所,電話番号\n";
const ROWS: &str = "鶴見区,つるみ見本センター,鶴見区見本町1-2-3　見本ビル2階,045-510-0001\n\
    西区,にし見本センター,西区見本町4-5,045-510-0002\n\
    港北区,こうほく見本センター,港北区見本町6-7　見本会館1階,045-510-0003\n";

/// A small project with its list of centres in `bytes`, read as `keys` say.
fn project(keys: &str, bytes: impl AsRef<[u8]>) -> Sandbox {
    let sandbox = broken::sandbox("quote-unclosed");
    let source = "source = \"sources/centers.csv\"\n";
    sandbox.edit("sasshi.toml", source, &format!("{source}{keys}\n"));
    sandbox.write("sources/centers.csv", bytes);
    sandbox
}

/// The sheet of Nishi ward, of a build that ends with `codes`.
fn nishi(sandbox: &Sandbox, codes: &[&str]) -> Vec<u8> {
    let run = sandbox.sasshi("build contact-sheet --quiet --lang ja").exit(0);
    assert_eq!(run.codes(), codes, "{}", run.transcript());
    sandbox.read("output/contact-sheet/screen/103-nishi.pdf")
}

fn plain() -> Vec<u8> {
    nishi(&project("", format!("{HEADER}{ROWS}")), &[])
}

/// The codes of `check`, which finds faults.
fn faults(keys: &str, bytes: impl AsRef<[u8]>) -> Vec<String> {
    let run = project(keys, bytes).sasshi("check contact-sheet --quiet --lang ja").exit(1);
    run.codes().into_iter().map(str::to_owned).collect()
}

#[test]
fn header_row_and_skip_below() {
    let expected = plain();
    let above = "地域の相談先\n\n担当：市民協働推進部,,,\n";
    let marked = "※平日のみ,,,\n";
    let unmarked = "市内に,3か所,,\n次の更新は4月,,,\n";
    // without the keys, what is certain is left out and said
    let text = format!("{above}{HEADER}{ROWS}{marked}");
    assert!(nishi(&project("", &text), &["S1012", "S1012"]) == expected);
    let text = format!("{above}{HEADER}{ROWS}{unmarked}");
    assert!(nishi(&project("header-row = 4\nskip-below = 2", &text), &[]) == expected);
    // what is not certain is read, and found to be no record
    assert_ne!(faults("header-row = 4", &text), [""; 0]);
    // the row is the one that a spreadsheet shows: a line break in a cell makes no row
    let broken = format!("\"地域の\r\n相談先\",\n{HEADER}{ROWS}");
    assert!(nishi(&project("header-row = 2", broken), &[]) == expected);
    assert_eq!(faults("header-row = 2", &text), ["S1011"]);
    assert_eq!(faults("header-row = 99", &text), ["S1011"]);
}

/// A title that holds the word of a header is no header, nor is one that is a header: the row with the most is.
#[test]
fn a_title_is_left_out_only_when_it_is_certain() {
    let expected = plain();
    let text = format!("区の一覧,,,\n{HEADER}{ROWS}");
    assert!(nishi(&project("", text), &["S1012"]) == expected);
    let text = format!("住所,,,\n{HEADER}{ROWS}");
    assert!(nishi(&project("", text), &["S1012"]) == expected);
}

#[test]
fn delimiter() {
    let expected = plain();
    let text = format!("{HEADER}{ROWS}");
    for (keys, mark) in [("\"tab\"", "\t"), ("\";\"", ";"), ("\",\"", ","), ("\"\\t\"", "\t"), ("\"|\"", "|")]
    {
        let text = text.replace(',', mark);
        assert!(nishi(&project(&format!("delimiter = {keys}"), &text), &[]) == expected, "{keys}");
        assert!(nishi(&project("", &text), &[]) == expected, "{mark:?} found out");
    }
    // it is believed: this list has one column then
    assert_ne!(faults("delimiter = \"tab\"", &text), [""; 0]);
    assert_eq!(faults("delimiter = \"/\"", &text), ["S0003"]);
    // a comma in an address does not make a list of semicolons one of commas
    let addresses = text.replace(',', ";").replace("4-5", "4-5,見本荘,2階");
    let run = project("", addresses).sasshi("check --quiet").exit(0);
    assert_eq!(run.codes(), [""; 0]);
}

#[test]
fn encoding() {
    let expected = plain();
    let text = format!("{HEADER}{ROWS}");
    let windows = encoding_rs::SHIFT_JIS.encode(&text).0.into_owned();
    let unix = encoding_rs::EUC_JP.encode(&text).0.into_owned();
    for (name, bytes) in [("cp932", &windows), ("Shift_JIS", &windows), ("euc-jp", &unix), ("auto", &unix)] {
        assert!(nishi(&project(&format!("encoding = \"{name}\""), bytes), &[]) == expected, "{name}");
    }
    // a wrong one is never taken silently
    for (name, bytes) in [("utf-8", &windows), ("euc-jp", &windows), ("utf-8", &unix)] {
        let codes = faults(&format!("encoding = \"{name}\""), bytes);
        assert!(codes.contains(&"S1003".to_owned()), "{name}: {codes:?}");
    }
}

#[test]
fn the_sheet_of_a_workbook() {
    let sandbox = broken::sandbox("sheet-skipped");
    let source = "source = \"sources/centers.xlsx\"\n";
    let expected = plain();
    assert!(nishi(&sandbox, &["S1015"]) == expected);
    sandbox.edit("sasshi.toml", source, &format!("{source}sheet = \"活動センター\"\n"));
    assert!(nishi(&sandbox, &[]) == expected);
    // a hidden sheet is read when it is named
    sandbox.edit("sasshi.toml", "sheet = \"活動センター\"", "sheet = \"昨年度\"");
    let run = sandbox.sasshi("check --quiet --lang ja").exit(1);
    run.says("sources/centers.xlsx").says("古い一覧");
}

#[test]
fn corrections_take_the_place_of_rows() {
    let base = format!("{HEADER}{ROWS}");
    let keys = "corrections = \"sources/corrections.csv\"";
    let corrected = plain_with("045-510-0012");
    let one = "西区,にし見本センター,西区見本町4-5,045-510-0012\n";
    let sandbox = project(keys, &base);
    sandbox.write("sources/corrections.csv", format!("{HEADER}{one}"));
    assert!(nishi(&sandbox, &["S1020"]) == corrected);
    // of two corrections of one row the later stands
    sandbox.edit("sasshi.toml", "sources/corrections.csv", "sources/corrections");
    sandbox.write("sources/corrections/1.csv", format!("{HEADER}{}", one.replace("0012", "0011")));
    sandbox.write("sources/corrections/2.csv", format!("{HEADER}{one}"));
    assert!(nishi(&sandbox, &["S1020", "S1020"]) == corrected);
    // the same row again is no correction
    sandbox.write("sources/corrections/1.csv", format!("{HEADER}{}", one.replace("0012", "0002")));
    assert!(nishi(&sandbox, &["S1021", "S1020"]) == corrected);
}

#[test]
fn corrections_that_cannot_be_applied_are_said() {
    let base = format!("{HEADER}{ROWS}");
    let keys = "corrections = \"sources/corrections.csv\"";
    let sandbox = project(keys, &base);
    sandbox.write("sources/corrections.csv", format!("{HEADER}西区,にしみほん,西区見本町4-5,045-510-0012\n"));
    let run = sandbox.sasshi("check --quiet --lang ja").exit(0);
    assert_eq!(run.codes(), ["S1020"], "{}", run.transcript());
    run.says("もとの名簿にありません");
    // a correction without the address would take it away
    sandbox.write("sources/corrections.csv", "区,名称,電話番号\n西区,にし見本センター,045-510-0012\n");
    let run = sandbox.sasshi("build contact-sheet --quiet --lang ja").exit(1);
    assert_eq!(run.codes(), ["S1019"], "{}", run.transcript());
    run.says("「住所」の列がない");
    assert_eq!(
        sandbox.files("output/contact-sheet/screen"),
        ["output/contact-sheet/screen/101-tsurumi.pdf", "output/contact-sheet/screen/109-kohoku.pdf"]
    );
    // a list without a key cannot be corrected
    sandbox.edit("sasshi.toml", "schema = \"facility\"\n", "");
    let run = sandbox.sasshi("check --quiet --lang ja").exit(1);
    run.says("行を見分ける列");
}

/// The sheet of Nishi ward with another phone number.
fn plain_with(phone: &str) -> Vec<u8> {
    nishi(&project("", format!("{HEADER}{}", ROWS.replace("045-510-0002", phone))), &[])
}

/// A row that stands in two files with the same cells is one; nothing that only one of them knows is lost.
#[test]
fn rows_of_several_files_are_joined_without_loss() {
    let sandbox = project("", "");
    sandbox.edit("sasshi.toml", "sources/centers.csv", "sources/centers");
    std::fs::remove_file(sandbox.root().join("sources/centers.csv")).expect("removed");
    let lines: Vec<String> = format!("{HEADER}{ROWS}")
        .lines()
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            [cells[0], cells[1], cells[3]].join(",")
        })
        .collect();
    let short = lines.join("\n") + "\n";
    // the file that lacks the address comes first, then last
    for (lacking, whole) in [("1.csv", "2.csv"), ("2.csv", "1.csv")] {
        sandbox.write(&format!("sources/centers/{lacking}"), &short);
        sandbox.write(&format!("sources/centers/{whole}"), format!("{HEADER}{ROWS}"));
        assert!(nishi(&sandbox, &["S1021"]) == plain(), "{lacking} lacks the address");
    }
    // each knows something that the other does not
    sandbox.write("sources/centers/2.csv", format!("{HEADER}{ROWS}"));
    sandbox.write(
        "sources/centers/1.csv",
        short
            .replace("電話番号", "電話番号,FAX番号")
            .replace("045-510-0002", "045-510-0002,045-510-0022")
            .replace("0001", "0001,")
            .replace("0003", "0003,"),
    );
    let run = sandbox.sasshi("check contact-sheet --quiet --lang ja").exit(1);
    assert!(run.codes().contains(&"S1019"), "{}", run.transcript());
    run.says("2つのファイルに列が分かれて");
}

/// Odd but rightful ways to write a list: what is read is shown as clean CSV.
#[test]
fn lists_as_programs_write_them() {
    let sandbox = Sandbox::empty();
    let clean = "\u{FEFF}番号,名,注\r\n1,あ,い\r\n2,う,え\r\n";
    for (how, text) in [
        ("line feeds", "番号,名,注\n1,あ,い\n2,う,え\n"),
        ("carriage returns only", "番号,名,注\r1,あ,い\r2,う,え\r"),
        ("both, mixed", "番号,名,注\r\n1,あ,い\n2,う,え"),
        ("sep=;", "sep=;\n番号;名;注\n1;あ;い\n2;う;え\n"),
        ("SEP=tab", "SEP=\t\r\n番号\t名\t注\r\n1\tあ\tい\r\n2\tう\tえ\r\n"),
        ("quoted", "\"番号\",\"名\",\"注\"\n\"1\",\"あ\",\"い\"\n\"2\",\"う\",\"え\"\n"),
        ("delimiters behind the last column", "番号,名,注\n1,あ,い,,\n2,う,え,\n"),
    ] {
        sandbox.write("list.csv", text);
        let run = sandbox.sasshi("data list.csv --to csv --lang ja");
        assert_eq!((run.stdout.as_str(), run.stderr.as_str(), run.code), (clean, "", 0), "{how}");
    }
    // line breaks of Windows in cells of a list that has others; a row that begins with # is a row
    sandbox.write("list.csv", "番号,名\n#1,\"あ\r\nい\"\n#,\"う\nえ\"\n;,x\n");
    let clean = "\u{FEFF}番号,名\r\n#1,\"あ\r\nい\"\r\n#,\"う\nえ\"\r\n\";\",\"x\"\r\n";
    sandbox.sasshi("data list.csv --to csv --lang ja").exit(0).silent().stdout(clean);
    // the row in messages is the spreadsheet's, and the line of the file is named beside it
    sandbox.write("list.csv", "区,名称,電話番号\n西区,\"あ\r\nい\",045-510-0002\n西区,う,04-5\n");
    sandbox.sasshi("data list.csv --lang ja").exit(1).says("[list.csv:3:3]").says("（ファイルの4行目）");
}
