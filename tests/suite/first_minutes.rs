//! The first minutes: from a clerk's own workbook to its sheets in three commands, and the one PDF to open.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::harness::{Sandbox, read, tests};
use super::tools::{pages, squeezed};

/// A folder with a clerk's workbook in it, as it stands on a desk.
fn desk() -> Sandbox {
    let sandbox = Sandbox::empty();
    sandbox.write("名簿.xlsx", read(&tests().join("projects/clerk/meibo.xlsx")));
    sandbox
}

/// The text of a PDF without white space, page by page.
fn text(sandbox: &Sandbox, file: &str) -> Option<Vec<String>> {
    let pages = pages(&sandbox.root().join(file), &["-raw"])?;
    Some(pages.iter().map(|page| squeezed(page)).collect())
}

#[test]
fn a_clerks_workbook_reaches_its_sheets_in_three_commands() {
    let sandbox = desk();
    sandbox.sasshi("new 連絡先 --from 名簿.xlsx --lang ja").exit(0).silent().says("9の区を見つけました");
    let built = sandbox.sasshi("build --project 連絡先 --jobs 1 --lang ja").exit(0);
    // 同上, and the notes below
    assert!(built.codes().iter().all(|code| ["S1012", "S1027"].contains(code)), "{}", built.transcript());
    assert!(
        built.stdout.ends_with("見るには「sasshi open」：output/contact-sheet/screen/all.pdf\n"),
        "{}",
        built.stdout
    );
    // what is known of the wards of a city is filled in
    let sheets = sandbox.files("連絡先/output/contact-sheet/screen");
    assert_eq!(sheets.len(), 10, "{sheets:?}");
    assert!(sheets.contains(&"連絡先/output/contact-sheet/screen/106-hodogaya.pdf".to_owned()), "{sheets:?}");
    let Some(sheet) = text(&sandbox, "連絡先/output/contact-sheet/screen/106-hodogaya.pdf") else {
        return;
    };
    let sheet = sheet.concat();
    for words in [
        "令和8年度地域活動の相談窓口一覧",
        "ほどがや",
        "保土ケ谷区見本活動センター",
        "045-334-1003",
        "保土ケ谷区見本福祉相談室",
        "045-334-2003",
    ] {
        assert!(sheet.contains(&squeezed(words)), "{words} in {sheet}");
    }
    // the second office is where the first is, and as of when the list is stands on the sheet
    assert_eq!(sheet.matches("保土ケ谷区見本町4-5-3").count(), 2, "{sheet}");
    assert!(sheet.contains("令和8年4月1日") && !sheet.contains("同上") && !sheet.contains("〃"), "{sheet}");
    let all = text(&sandbox, "連絡先/output/contact-sheet/screen/all.pdf").expect("the tool is there");
    // the city's own order, not that of the list
    let first: Vec<bool> =
        ["つるみ", "かながわ", "にし"].iter().zip(&all).map(|(name, page)| page.contains(name)).collect();
    assert_eq!(first, [true; 3]);
}

#[test]
fn nothing_is_lost_between_the_workbook_and_the_list() {
    let sandbox = desk();
    sandbox.sasshi("new a --from 名簿.xlsx --quiet").exit(0).stdout("");
    sandbox.sasshi("build --project a --jobs 1 --quiet").exit(0);
    let Some(list) = text(&sandbox, "a/output/directory-list/screen/directory-list.pdf") else { return };
    let list = list.concat();
    for row in 0..9 {
        for number in [1000, 2000] {
            assert!(list.contains(&format!("-{}", number + row)), "{} in {list}", number + row);
        }
    }
    let labels = text(&sandbox, "a/output/labels/office/labels.pdf").expect("the tool is there").concat();
    assert_eq!(labels.matches("御中").count(), 18, "{labels}");
}

#[test]
fn a_list_of_associations_becomes_a_project_of_associations() {
    let sandbox = Sandbox::empty();
    sandbox.write(
        "会館 [最新].csv",
        "町内会名,会館,ばしょ,でんわ,備考\n\
         さくら坂町内会,さくら坂会館,港北区見本町6-7,045-540-8302,\n\
         みなと町内会,みなと会館,,045-540-8301,改修中\n\
         みなと町内会,\"第二会館, みなと\",港北区見本町4-6,045-540-8303,\n",
    );
    let run = Command::new(env!("CARGO_BIN_EXE_sasshi"))
        .args(["new", "b", "--from", "会館 [最新].csv", "--lang", "ja"])
        .current_dir(sandbox.root())
        .output()
        .expect("the program starts");
    let told = String::from_utf8(run.stdout).expect("text");
    assert!(run.status.success() && told.contains("2の町内会を見つけました"), "{told}");
    // what the cells told and the headers did not is asked for
    for question in ["電話番号は「でんわ」の列とみました", "住所は「ばしょ」の列とみました"]
    {
        assert!(told.contains(question), "{told}");
    }
    assert_eq!(
        String::from_utf8(sandbox.read("b/sources/units.csv")).expect("text"),
        "\u{FEFF}町内会\r\nさくら坂町内会\r\nみなと町内会\r\n"
    );
    let built = sandbox.sasshi("build --project b --jobs 1 --lang ja").exit(0);
    assert!(built.codes().is_empty(), "{}", built.transcript());
    let files = sandbox.files("b/output/contact-sheet/office");
    assert_eq!(files.len(), 3, "{files:?}");
    assert!(files[1].ends_with("/02-みなと町内会.pdf"), "{files:?}");
    let Some(sheet) = text(&sandbox, "b/output/contact-sheet/office/02-みなと町内会.pdf") else {
        return;
    };
    let sheet = sheet.concat();
    for words in ["みなと会館", "045-540-8301", "第二会館,みなと", "港北区見本町4-6", "045-540-8303"]
    {
        assert!(sheet.contains(&squeezed(words)), "{words} in {sheet}");
    }
}

#[test]
fn a_list_without_units_becomes_a_list_and_labels() {
    let sandbox = Sandbox::empty();
    sandbox.write(
        "list.csv",
        "名称,住所,電話番号\n見本館,見本町1-2,0460-83-1001\n第二見本館,見本町3-4,0460-83-1002\n",
    );
    sandbox.sasshi("new c --from list.csv --lang en").exit(0).says("Found 2 records");
    let built = sandbox.sasshi("build --project c --jobs 1 --lang en").exit(0);
    assert!(built.codes().is_empty(), "{}", built.transcript());
    assert_eq!(sandbox.files("c/output/contact-sheet").len(), 0);
    assert_eq!(sandbox.files("c/output/labels/office").len(), 1);
}

#[test]
fn wards_of_another_city_are_not_taken_for_known_ones() {
    let sandbox = Sandbox::empty();
    let list = "区,名称,住所,電話番号\n西区,西館,見本市西区見本1,052-555-1001\n南区,南館,見本市南区見本2,052-555-1002\n";
    sandbox.write("list.csv", list);
    sandbox.sasshi("new d --from list.csv --quiet").exit(0);
    assert_eq!(
        String::from_utf8(sandbox.read("d/sources/units.csv")).expect("text"),
        "\u{FEFF}区\r\n西区\r\n南区\r\n"
    );
    assert!(
        String::from_utf8(sandbox.read("d/sasshi.toml")).expect("text").contains("municipality = \"見本市\"")
    );
}

#[test]
fn words_of_the_list_are_data_in_the_manifest() {
    let sandbox = Sandbox::empty();
    let evil = "\"\n[checks]\ntype = \"off";
    let cell = evil.replace('"', "\"\"");
    sandbox.write(
        "list.csv",
        format!("\"{cell}\",,,\n,,,\n区,名称,住所,\"電話番号\"\n西区,館,西区1-1,045-320-8301\n\"中区{cell}\",館2,中区1-1,045-320-8302\n"),
    );
    sandbox.sasshi("new e --from list.csv --quiet").exit(0);
    let manifest = String::from_utf8(sandbox.read("e/sasshi.toml")).expect("text");
    assert!(!manifest.lines().any(|line| line.starts_with("type = ")), "{manifest}");
    sandbox.sasshi("check --project e --quiet --lang en");
}

#[test]
fn what_cannot_be_read_makes_no_project() {
    let sandbox = Sandbox::empty();
    sandbox.sasshi("new f --from nothing.xlsx --lang ja").exit(2).says("ファイルがありません");
    sandbox.write("broken.xlsx", b"PK\x03\x04 and no more");
    let run = sandbox.sasshi("new f --from broken.xlsx --lang ja").exit(1);
    assert_eq!(run.codes(), ["S1013"], "{}", run.transcript());
    for (list, codes) in [("", ["S1004"]), ("区,名称,電話番号\n", ["S1004"]), ("a,b\n1,2\n3,4\n", ["S2001"])]
    {
        sandbox.write("list.csv", list);
        let run = sandbox.sasshi("new f --from list.csv --lang ja").exit(1);
        assert_eq!(run.codes(), codes, "{}", run.transcript());
    }
    assert!(sandbox.files("f").is_empty());
}

#[test]
fn columns_are_found_under_the_headers_that_people_write() {
    for (list, units, records) in [
        (
            "No.,班,氏 名,ＴＥＬ\n1,1班,見本一郎,045-320-8301\n2,1班,見本二郎,045-320-8302\n3,2班,見本三郎,045-320-8303\n",
            "2の班",
            3,
        ),
        (
            "町名,集会所,所在地,電話\n東町,東集会所,見本市東町1-2,0460-83-1001\n西町,西集会所,見本市西町3-4,0460-83-1002\n",
            "2の町",
            2,
        ),
        (
            "\"行政\n区\",\"施設\n名称\",\"電話\n番号\"\n横浜市西区,西館,(045)320-8301\n横浜市中区,中館,０４５－２２４－８３０１\n",
            "2の区",
            2,
        ),
        (
            "配布先,世話人,携帯・電話,備考\n東支部,見本一郎,090-1234-5678,\n西支部,見本二郎,090-1234-5679,\n東支部,見本三郎,090-1234-5680,\n",
            "2の支部",
            3,
        ),
    ] {
        let sandbox = Sandbox::empty();
        sandbox.write("list.csv", list);
        sandbox.sasshi("new a --from list.csv --lang ja").exit(0).says(units);
        let built = sandbox.sasshi("build --project a --jobs 1 --lang ja").exit(0);
        assert!(built.codes().is_empty(), "{}", built.transcript());
        let Some(list) = text(&sandbox, "a/output/directory-list/office/directory-list.pdf") else { return };
        let list = list.concat();
        let numbers =
            list.matches("-83").count() + list.matches("-567").count() + list.matches("-568").count();
        assert!(numbers >= records, "{list}");
    }
}

#[test]
fn build_names_the_one_pdf_to_open() {
    let sandbox = Sandbox::copy("projects/small");
    let open = |sandbox: &Sandbox| -> Value {
        let report: Value = serde_json::from_slice(&sandbox.read("output/report.json")).expect("JSON");
        report["open"].clone()
    };
    sandbox
        .sasshi("build --jobs 1 --lang en")
        .exit(0)
        .says("`sasshi open`: output/contact-sheet/screen/all.pdf");
    sandbox.sasshi("build --jobs 1 --only 西 --quiet").exit(0);
    assert_eq!(open(&sandbox), "output/contact-sheet/screen/103-nishi.pdf");
    sandbox.sasshi("build labels --jobs 1 --quiet").exit(0);
    assert_eq!(open(&sandbox), "output/labels/office/labels.pdf");
    let checked = sandbox.sasshi("check --lang en").exit(0);
    assert!(!checked.stdout.contains("sasshi open"), "{}", checked.stdout);
}

/// A program in the place of the one that opens files: it writes down what it is given.
#[cfg(target_os = "linux")]
fn opener(folder: &Path, code: i32) {
    use std::os::unix::fs::PermissionsExt as _;
    let file = folder.join("xdg-open");
    let script =
        format!("#!/bin/sh\nprintf '%s|' \"$@\" > \"{}\"\nexit {code}\n", folder.join("given").display());
    std::fs::write(&file, script).expect("a script");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o755)).expect("a program");
}

#[cfg(target_os = "linux")]
#[test]
fn open_gives_the_file_to_the_system_as_one_argument() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.sasshi("open --lang ja").exit(2).says("先に「sasshi build」で作ってください");
    // a folder whose name a shell would read
    let project = sandbox.root().join("$(touch x); a");
    super::harness::copy(&tests().join("projects/small"), &project);
    let bin = tempfile::tempdir().expect("a folder");
    opener(bin.path(), 0);
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_sasshi"))
            .args(arguments)
            .arg("--project")
            .arg(&project)
            .env_clear()
            .env("PATH", format!("{}:/bin:/usr/bin", bin.path().display()))
            .output()
            .expect("the program starts")
    };
    assert!(run(&["build", "labels", "--quiet", "--lang", "en"]).status.success());
    let opened = run(&["open", "--lang", "en"]);
    assert!(opened.status.success(), "{opened:?}");
    assert_eq!(opened.stdout, b"output/labels/office/labels.pdf\n");
    let given = String::from_utf8(read(&bin.path().join("given"))).expect("text");
    assert_eq!(given, format!("{}|", project.join("output/labels/office/labels.pdf").display()));
    opener(bin.path(), 4);
    let failed = run(&["open", "--lang", "en"]);
    assert_eq!(failed.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&failed.stderr).contains("output/labels/office/labels.pdf"));
}
