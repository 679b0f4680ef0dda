//! Rows and files as offices have them: what is read is what a careful person reads, and what is not is one finding.

use super::harness::{Run, Sandbox};
use super::tools::{pages, squeezed};

const HEADER: &str = "区,名称,住所,電話番号,FAX番号,備考\r\n";
const ROWS: &str = "鶴見区,つるみ見本センター,鶴見区見本町1-2,045-510-0001,,\r\n\
    西区,にし見本センター,西区見本町4-5,045-510-0002,,\r\n\
    港北区,こうほく見本センター,港北区見本町6-7,045-510-0003,,\r\n";

fn windows(text: &str) -> Vec<u8> {
    let (bytes, _, lossy) = encoding_rs::SHIFT_JIS.encode(text);
    assert!(!lossy, "{text}");
    bytes.into_owned()
}

/// The small project with this list of offices.
fn with_list(bytes: impl AsRef<[u8]>) -> Sandbox {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.write("sources/centers.csv", bytes);
    sandbox
}

/// Builds the sheets; the run, and the text of 西区's sheet without spaces where there are a sheet and poppler.
fn build(sandbox: &Sandbox) -> (Run, Option<String>) {
    let run = sandbox.sasshi("build contact-sheet --edition screen --quiet --lang ja");
    let file = sandbox.root().join("output/contact-sheet/screen/103-nishi.pdf");
    let text = file.is_file().then(|| pages(&file, &["-raw"])).flatten();
    (run, text.map(|pages| squeezed(&pages.concat())))
}

/// Expects the findings with these codes, and these words in them.
fn finds(how: &str, bytes: impl AsRef<[u8]>, codes: &[&str], words: &str) {
    let sandbox = with_list(bytes);
    let (run, _) = build(&sandbox);
    assert_eq!(run.codes(), codes, "{how}:\n{}", run.transcript());
    run.says(words);
}

/// Expects the sheet of the plain list, and no finding.
fn reads(how: &str, bytes: impl AsRef<[u8]>) {
    let expected = with_list(format!("{HEADER}{ROWS}"));
    assert_eq!(build(&expected).0.exit(0).stderr, "", "the plain list");
    let sandbox = with_list(bytes);
    let (run, _) = build(&sandbox);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{how}:\n{}", run.transcript());
    for ward in ["101-tsurumi", "103-nishi", "109-kohoku"] {
        let file = format!("output/contact-sheet/screen/{ward}.pdf");
        assert!(sandbox.read(&file) == expected.read(&file), "{how}: {ward} is another");
    }
}

#[test]
fn lists_of_every_shape_read_alike() {
    let plain = format!("{HEADER}{ROWS}");
    let quoted = plain.replace("にし見本センター", "\"にし見本センター\"");
    for (how, text) in [
        ("delimiters behind the last column", plain.replace(",,\r\n", ",,,, ,\r\n")),
        ("delimiters behind the last header, rows without", plain.replace("備考\r\n", "備考,,\r\n")),
        ("lone CR as line end", plain.replace("\r\n", "\r")),
        ("line ends of two systems", plain.replacen("\r\n", "\n", 2)),
        ("vertical bars", plain.replace(',', "|")),
        ("sep=|", format!("sep=|\r\n{}", plain.replace(',', "|"))),
        ("tabs", plain.replace(',', "\t")),
        ("the end mark of DOS", format!("{plain}\u{1A}")),
        ("the end mark of DOS, twice, with a line end", format!("{plain}\u{1A}\u{1A}\r\n")),
        ("two marks of the byte order", format!("\u{FEFF}\u{FEFF}{plain}")),
        ("blanks before a quotation mark", quoted.replace(",\"", ", \"")),
        ("ideographic spaces before a quotation mark", quoted.replace(",\"", ",　\"")),
        ("blanks behind a quotation mark", quoted.replace("\",", "\" \t,")),
        (
            "delimiters within quotation marks behind a blank",
            plain.replace("西区見本町4-5,045-510-0002,,", "西区見本町4-5, \"045-510-0002\" , \"\" , \"\" "),
        ),
    ] {
        reads(how, text);
    }
    let jis = |text: &str| encoding_rs::ISO_2022_JP.encode(text).0.into_owned();
    reads("ISO-2022-JP", jis(&plain));
    reads("UTF-16LE without a mark", plain.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    reads("UTF-16BE without a mark", plain.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>());
}

#[test]
fn short_rows_are_padded_and_that_is_said_once() {
    let short = ROWS.replacen(",,\r\n", "\r\n", 2);
    let sandbox = with_list(format!("{HEADER}{short}"));
    let (run, text) = build(&sandbox);
    assert_eq!(run.codes(), ["S1005"], "{}", run.transcript());
    assert_eq!(run.code, 0);
    run.says("2行：2, 3行目").says("sources/centers.csv:2:4");
    assert!(text.is_none_or(|text| text.contains("045-510-0002")));
    // a column that a sheet needs is missed at its own row
    let cut = ROWS.replace(",045-510-0002,,\r\n", "\r\n");
    let sandbox = with_list(format!("{HEADER}{cut}"));
    let (run, text) = build(&sandbox);
    assert_eq!(run.codes(), ["S1005", "S2002"], "{}", run.transcript());
    run.exit(1).says("sources/centers.csv:3:4").says("「電話番号」が空です");
    assert!(text.is_none(), "no sheet without the number");
}

#[test]
fn a_row_that_lacks_a_cell_in_its_middle_is_no_record() {
    for (how, row) in [
        ("the address is missing", "西区,にし見本センター,045-510-0002\r\n"),
        ("a quotation mark is open", "西区,にし見本センター,西区見本町\"4-5\r\n"),
    ] {
        finds(how, format!("{HEADER}{ROWS}{row}"), &["S1005"], "見出しは6個です");
    }
    let broken = ROWS.replace("にし見本", "にし\r見本");
    finds("a line break in a cell", format!("{HEADER}{broken}"), &["S1005", "S1005"], "centers.csv:3:2");
}

#[test]
fn the_ward_of_a_row_with_an_open_mark_is_held_whatever_stands_before_it() {
    let header = "備考,区,名称,住所,電話番号\r\n";
    let rows = ",鶴見区,つるみ見本センター,鶴見区見本町1-2,045-510-0001\r\n\
        ,西区,にし見本センター,西区見本町4-5,045-510-0002\r\n\
        ,港北区,こうほく見本センター,港北区見本町6-7,045-510-0003\r\n";
    let open = "\"駅前,西区,にし見本分館,西区見本町7-8,045-510-0004\r\n";
    let sandbox = with_list(format!("{header}{rows}{open}"));
    let (run, _) = build(&sandbox);
    let run = run.says("閉じていません");
    let is_made =
        |ward: &str| sandbox.root().join(format!("output/contact-sheet/screen/{ward}.pdf")).is_file();
    assert!(is_made("101-tsurumi") && is_made("109-kohoku"), "{}", run.transcript());
    assert!(!is_made("103-nishi"), "a sheet without an office of its ward passes for whole");
}

#[test]
fn cells_under_no_header_in_most_rows_are_one_finding() {
    let more = ROWS.replace(",,\r\n", ",,,予約制\r\n");
    finds("a column without a header", format!("{HEADER}{more}"), &["S1005"], "3行でセルの数が違います");
    let one = ROWS.replacen(",,\r\n", ",,,予約制\r\n", 1);
    finds("a delimiter in a cell", format!("{HEADER}{one}"), &["S1005"], "この行のセルは7個です");
}

#[test]
fn a_quotation_mark_in_the_middle_of_a_cell_is_kept_or_told() {
    let row = |name: &str| ROWS.replace("にし見本センター", name);
    finds(
        "over a delimiter",
        format!("{HEADER}{}", row("にし\"A,B\"館")),
        &["S1009"],
        "別のセルで閉じています",
    );
    let sandbox = with_list(format!("{HEADER}{}", row("にし\"見本\"館5\"")));
    let (run, text) = build(&sandbox);
    assert_eq!(run.stderr, "");
    assert!(text.is_none_or(|text| text.contains("にし\"見本\"館5\"")));
}

#[test]
fn what_is_wrong_with_the_encoding_is_one_finding() {
    let plain = format!("{HEADER}{ROWS}");
    let (head, rest) = plain.split_at(plain.find("西区").expect("a row"));
    let mixed = [windows(head), rest.as_bytes().to_vec()].concat();
    finds("UTF-8 behind CP932", mixed, &["S1003"], "2行はUTF-8です（3, 4行目）");
    let (head, rest) = plain.split_at(plain.find("港北区").expect("a row"));
    let mixed = [head.as_bytes().to_vec(), windows(rest)].concat();
    finds("CP932 behind UTF-8", mixed, &["S1003"], "1行はShift_JIS (CP932)です（4行目）");
    let lost = plain.replace("見本", "\u{FFFD}\u{FFFD}");
    finds("letters that were lost before", lost, &["S1003"], "4行のうち3行に、文字化けした字");
    let jis = encoding_rs::ISO_2022_JP.encode(&plain).0.into_owned();
    let mixed = [jis, windows("西区,別の行\r\n")].concat();
    finds("CP932 behind ISO-2022-JP", mixed, &["S1003"], "制御文字（U+001B など）");
    let other = plain.replace("見本", "見\u{B}本");
    finds("line breaks of another system", other, &["S1007"], "3行に、目に見えない制御文字（U+000B など）");
    let one = plain.replace("西区見本町", "西区\0見本町");
    finds("one NUL", one, &["S1007"], "U+0000");
    finds("a tail that was lost", format!("{plain}\0\0\0\0"), &["S1007"], "centers.csv:5:1");
}

#[test]
fn files_of_other_kinds_are_named() {
    let zip = |name: &str| format!("PK\u{3}\u{4}{name}PK\u{5}\u{6}").into_bytes();
    for (bytes, words) in [
        (b"<?xml version=\"1.0\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>".to_vec(), "XMLスプレッドシート2003"),
        (b"<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"/>".to_vec(), "OpenDocument"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"x\"\r\n".to_vec(), "MHTML"),
        (b"ID;PWXL;N;E\r\nP;PGeneral\r\nC;Y1;X1;K\"\x8B\xE6\"\r\nE\r\n".to_vec(), "SYLK"),
        (zip("Index/Document.iwa"), "Numbers"),
        (zip("list.csv"), "ZIP"),
        (b"%PDF-1.7\n".to_vec(), "PDF"),
    ] {
        finds(words, bytes, &["S1013"], words);
    }
}

/// A file beside the lists of the others that is of no kind that is read: its ward would be missing without a word.
#[test]
fn a_file_that_is_not_read_is_said() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.edit("sasshi.toml", "sources/centers.csv", "sources/centers");
    sandbox.write("sources/centers/01.csv", format!("{HEADER}{ROWS}"));
    sandbox.write("sources/centers/memo.txt", "先に読んでください。\n");
    sandbox.sasshi("check --quiet").exit(0).silent();
    sandbox.write("sources/centers/09.txt", "区\t名称\t住所\r\n");
    sandbox.write("sources/centers/10.numbers", "PK");
    for source in ["sources/centers\"", "sources/centers/*\""] {
        let run = sandbox.sasshi("check --quiet --lang ja").exit(0);
        assert_eq!(run.codes(), ["S1022", "S1022"], "{}", run.transcript());
        run.says("「09.txt」は読んでいません").says("「10.numbers」は読んでいません");
        if source.ends_with("centers\"") {
            sandbox.edit("sasshi.toml", "sources/centers\"", "sources/centers/*\"");
        }
    }
}
