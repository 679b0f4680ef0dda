//! Output: whole files or those that were there; what is older is called older.

use super::harness::Sandbox;

const SCREEN: &str = "output/contact-sheet/screen";

/// The small project, built, and then spoilt: a phone number of 西区 is deleted.
fn spoilt() -> Sandbox {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.sasshi("build --quiet").exit(0).silent();
    sandbox.edit("sources/centers.csv", "045-510-0002", "");
    sandbox
}

fn pdfs(sandbox: &Sandbox) -> Vec<(String, Vec<u8>)> {
    sandbox.pdfs().into_iter().map(|file| (file.clone(), sandbox.read(&file))).collect()
}

#[test]
fn a_failed_build_leaves_the_earlier_files_and_calls_them_older() {
    let sandbox = spoilt();
    // something else changes too, so that what is made anew differs
    sandbox.edit("sasshi.toml", "2026-04-01", "2026-10-01");
    let before = pdfs(&sandbox);
    let run = sandbox.sasshi("build --lang ja --jobs 1").exit(1);
    for (file, bytes) in before {
        let kept =
            ["103-nishi", "all", "list", "labels"].iter().any(|name| file.ends_with(&format!("/{name}.pdf")));
        assert_eq!(sandbox.read(&file) == bytes, kept, "{file}");
    }
    run.stdout(
        "  ✗ output/contact-sheet/office/103-nishi.pdf  原稿に直すところがあるため、作りませんでした。前のものが残っています（古いものです）。
  ✗ output/contact-sheet/office/all.pdf  原稿に直すところがあるため、作りませんでした。前のものが残っています（古いものです）。
  ✗ output/contact-sheet/screen/103-nishi.pdf  原稿に直すところがあるため、作りませんでした。前のものが残っています（古いものです）。
  ✗ output/contact-sheet/screen/all.pdf  原稿に直すところがあるため、作りませんでした。前のものが残っています（古いものです）。
  ✗ output/labels/office/labels.pdf  原稿に直すところがあるため、作りませんでした。前のものが残っています（古いものです）。
  ✗ output/list/screen/list.pdf  原稿に直すところがあるため、作りませんでした。前のものが残っています（古いものです）。
  ✓ output/contact-sheet/office/  2ファイル
  ✓ output/contact-sheet/screen/  2ファイル
4ファイルを作りました。エラー1件、注意0件。
見るには「sasshi open」：output/contact-sheet/screen/101-tsurumi.pdf
",
    );
}

#[test]
fn a_sheet_that_cannot_be_set_leaves_the_earlier_one() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.sasshi("build --quiet").exit(0);
    let before = pdfs(&sandbox);
    sandbox.edit("sources/centers.csv", "にし見本センター", "にし見本センター🎉");
    sandbox
        .sasshi("build --lang ja")
        .exit(1)
        .says("組版できませんでした。前のものが残っています（古いものです）。");
    // nothing else changed, so nothing at all differs
    assert!(pdfs(&sandbox) == before);
}

#[test]
fn a_fault_in_the_manifest_writes_nothing() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.sasshi("build --quiet").exit(0);
    let before = pdfs(&sandbox);
    sandbox.edit("sasshi.toml", "per = \"wards\"", "par = \"wards\"");
    sandbox.sasshi("build --lang ja").exit(1).says("もしかして「per」ですか。");
    assert!(pdfs(&sandbox) == before);
}

#[test]
fn incomplete_lists_may_be_wanted() {
    let sandbox = spoilt();
    let manifest = String::from_utf8(sandbox.read("sasshi.toml")).expect("a manifest is UTF-8");
    sandbox.write("sasshi.toml", manifest + "\n[checks]\nincomplete = \"warn\"\n");
    let (list, sheet) = ("output/list/screen/list.pdf", "output/contact-sheet/screen/103-nishi.pdf");
    let before = (sandbox.read(list), sandbox.read(sheet));
    sandbox.sasshi("build").exit(1);
    assert!(sandbox.read(list) != before.0, "the list is made without the ward");
    assert!(sandbox.read(sheet) == before.1, "the ward's own sheet is not");
}

#[test]
fn only_leaves_the_file_of_all() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.sasshi("build --quiet").exit(0);
    sandbox.edit("sasshi.toml", "2026-04-01", "2026-10-01");
    let before = pdfs(&sandbox);
    let run = sandbox.sasshi("build contact-sheet --only 港北区 --lang ja --edition screen").exit(0);
    for (file, bytes) in before {
        assert_eq!(sandbox.read(&file) != bytes, file == format!("{SCREEN}/109-kohoku.pdf"), "{file}");
    }
    run.stdout(
        "  ✓ output/contact-sheet/screen/  1ファイル
1ファイルを作りました。エラー0件、注意0件。
見るには「sasshi open」：output/contact-sheet/screen/109-kohoku.pdf
",
    );
}

#[test]
fn only_knows_a_ward_by_name_code_and_romaji() {
    for name in ["港北区", "141097", "109", "Kohoku", "kohoku"] {
        let sandbox = Sandbox::copy("projects/small");
        sandbox
            .sasshi(&format!("build contact-sheet --edition screen --quiet --only {name}"))
            .exit(0)
            .silent();
        assert_eq!(sandbox.files(SCREEN), [format!("{SCREEN}/109-kohoku.pdf")], "{name}");
    }
}

#[test]
fn nothing_but_results_is_left_in_the_project() {
    let sandbox = spoilt();
    sandbox.sasshi("build").exit(1);
    let mut expected = sandbox.pdfs();
    assert!(!expected.is_empty());
    expected.extend(
        ["output/report.json", "sasshi.toml", "sources/wards.csv", "sources/centers.csv"].map(str::to_owned),
    );
    let stray: Vec<String> = sandbox.files("").into_iter().filter(|file| !expected.contains(file)).collect();
    assert!(stray.is_empty(), "{stray:?}");
}

#[test]
fn a_target_that_cannot_be_written_ends_the_run() {
    let sandbox = Sandbox::copy("projects/small");
    // a folder stands where the file should be
    sandbox.write(&format!("{SCREEN}/103-nishi.pdf/x"), "");
    let run = sandbox.sasshi("build --lang ja").exit(2).says("実行できませんでした");
    assert!(run.stderr.contains("103-nishi.pdf"), "{}", run.transcript());
}
