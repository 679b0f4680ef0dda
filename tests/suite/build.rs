//! `sasshi build` and `sasshi check`: what is asked for, and what cannot be.

use super::broken;
use super::harness::Sandbox;

#[test]
fn check_does_all_but_writing() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.sasshi("check --lang ja").exit(0).silent().stdout("確かめました。エラー0件、注意0件。\n");
    sandbox.sasshi("check --lang en").exit(0).stdout("Checked: 0 errors, 0 warnings.\n");
    assert_eq!(sandbox.files("output"), Vec::<String>::new());
}

#[test]
fn check_finds_what_build_finds() {
    for name in ["many-faults-at-once", "emoji-in-cell", "column-renamed", "manifest-unknown-keys"] {
        let sandbox = broken::sandbox(name);
        let checked = sandbox.sasshi("check --message-format json").exit(1).stdout;
        assert_eq!(sandbox.files("output"), Vec::<String>::new(), "{name}");
        assert_eq!(sandbox.sasshi("build --message-format json").exit(1).stdout, checked, "{name}");
    }
}

#[test]
fn builds_the_named_publications_and_editions() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.sasshi("build list labels --quiet").exit(0);
    assert_eq!(
        sandbox.files("output"),
        ["output/labels/office/labels.pdf", "output/list/screen/list.pdf", "output/report.json"]
    );
    sandbox.sasshi("build contact-sheet --edition office --quiet").exit(0);
    assert_eq!(sandbox.files("output/contact-sheet").len(), 4);
    assert_eq!(sandbox.files("output/contact-sheet/screen"), Vec::<String>::new());
}

#[test]
fn works_from_a_folder_below_and_from_outside() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.write("elsewhere/memo.txt", "");
    sandbox.sasshi("build list --quiet --project elsewhere/..").exit(0).silent();
    assert_eq!(sandbox.files("output/list"), ["output/list/screen/list.pdf"]);
}

#[test]
fn without_a_project_it_says_how_to_make_one() {
    let sandbox = Sandbox::empty();
    sandbox
        .sasshi("build --lang ja --project .")
        .exit(2)
        .stdout("")
        .says("sasshi.toml がありません。「sasshi new");
    sandbox.sasshi("build --lang en --project .").exit(2).says("`sasshi new DIR` makes a new project.");
    sandbox.sasshi("check --lang ja --project nowhere").exit(2).says("nowhere");
}

#[test]
fn what_is_not_there_is_said_in_one_line() {
    let sandbox = Sandbox::copy("projects/small");
    for (arguments, line) in [
        (
            "build lists --lang ja",
            "sasshi: 実行できませんでした: 刊行物「lists」はありません。あるのは：contact-sheet, list, labels\n",
        ),
        (
            "build lists --lang en",
            "sasshi: could not run: there is no publication \"lists\"; there are: contact-sheet, list, labels\n",
        ),
        (
            "build --edition press --lang ja",
            "sasshi: 実行できませんでした: 種類「press」を作る刊行物がありません。sasshi.toml の editions に「press」を加えてください。\n",
        ),
        (
            "build --edition screen-mono --lang en",
            "sasshi: could not run: no publication is made for the reader \"mono\"; add it to readers in sasshi.toml\n",
        ),
        (
            "build --edition screen-momo --lang ja",
            "sasshi: 実行できませんでした: 読み手「momo」はありません。 もしかして「mono」ですか。\n",
        ),
        (
            "build --edition offise --lang ja",
            "sasshi: 実行できませんでした: 種類「offise」はありません。 もしかして「office」ですか。\n",
        ),
    ] {
        sandbox.sasshi(arguments).exit(2).stdout("").stderr(line);
    }
    assert_eq!(sandbox.files("output"), Vec::<String>::new());
}

#[test]
fn wrong_arguments_end_with_two() {
    let sandbox = Sandbox::copy("projects/small");
    for arguments in ["", "bild", "build --jobs many", "build --lang fr", "build --message-format xml", "new"]
    {
        let run = sandbox.sasshi(arguments).exit(2);
        assert!(!run.stderr.is_empty() && run.stdout.is_empty(), "{}", run.transcript());
    }
}

#[test]
fn any_number_of_jobs_gives_the_same_files() {
    let files = |jobs: usize| {
        let sandbox = Sandbox::copy("projects/small");
        sandbox.sasshi(&format!("build --quiet --jobs {jobs}")).exit(0).silent();
        let names = sandbox.files("output");
        names.into_iter().map(|name| (name.clone(), sandbox.read(&name))).collect::<Vec<_>>()
    };
    let one = files(1);
    for jobs in [0, 2, 64] {
        assert!(files(jobs) == one, "--jobs {jobs}");
    }
}

#[test]
fn lines_of_progress_where_there_is_no_terminal() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox
        .sasshi("build list labels --lang en --jobs 1")
        .exit(0)
        .stderr("output/list/screen/list.pdf\noutput/labels/office/labels.pdf\n")
        .stdout("  ✓ output/labels/office/  1 file\n  ✓ output/list/screen/  1 file\n2 files made, 0 errors, 0 warnings.\nTo look at it, `sasshi open`: output/list/screen/list.pdf\n");
}
