//! `sasshi new`: a project that builds at once.

use super::harness::Sandbox;

#[test]
fn a_new_project_builds() {
    let sandbox = Sandbox::empty();
    sandbox
        .sasshi("new 連絡先 --lang ja")
        .exit(0)
        .silent()
        .stdout("「連絡先」を作りました。つぎは：\n  cd 連絡先\n  sasshi build\n");
    assert_eq!(
        sandbox.files("連絡先"),
        [
            "連絡先/output/.gitignore",
            "連絡先/sasshi.toml",
            "連絡先/sources/centers.csv",
            "連絡先/sources/wards.csv",
        ]
    );
    sandbox.sasshi("build --project 連絡先 --quiet").exit(0).silent();
    for edition in ["screen", "office"] {
        let folder = format!("連絡先/output/contact-sheet/{edition}");
        let names = ["103-nishi", "109-kohoku", "all"].map(|name| format!("{folder}/{name}.pdf"));
        assert_eq!(sandbox.files(&folder), names);
    }
}

#[test]
fn it_speaks_english_too_and_keeps_quiet() {
    let sandbox = Sandbox::empty();
    sandbox.sasshi("new a/b --lang en").exit(0).stdout("Made \"a/b\". Next:\n  cd a/b\n  sasshi build\n");
    sandbox.sasshi("new c --quiet").exit(0).silent().stdout("");
}

#[test]
fn an_empty_folder_will_do() {
    let sandbox = Sandbox::empty();
    std::fs::create_dir(sandbox.root().join("empty")).expect("a folder");
    sandbox.sasshi("new empty").exit(0);
    assert_eq!(sandbox.files("empty").len(), 4);
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let sandbox = Sandbox::empty();
    sandbox.write("full/memo.txt", "大事なメモ");
    sandbox.sasshi("new full --lang ja").exit(2).stdout("").stderr(
        "sasshi: 実行できませんでした: 「full」には、もう何か入っています。別の名前にしてください。\n",
    );
    sandbox.sasshi("new full --lang en").exit(2).says("\"full\" is not empty; choose another name");
    assert_eq!(sandbox.files("full"), ["full/memo.txt"]);
    // a file of that name
    sandbox.sasshi("new full/memo.txt").exit(2);
    assert_eq!(sandbox.read("full/memo.txt"), "大事なメモ".as_bytes());
}
