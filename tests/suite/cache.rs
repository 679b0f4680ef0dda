//! What is kept between builds: only what changed is made, the reasons are named, and nothing damaged is believed.

use std::collections::{BTreeMap, BTreeSet};
use std::time::SystemTime;

use super::harness::Sandbox;

const CENTERS: &str = "sources/centers.csv";
const MANIFEST: &str = "sasshi.toml";

/// The outputs with their bytes; what is kept between builds is not among them.
pub fn tree(sandbox: &Sandbox) -> BTreeMap<String, Vec<u8>> {
    let files = sandbox.files("output").into_iter();
    files.map(|file| (file.clone(), sandbox.read(&file))).collect()
}

/// When each output was written.
fn times(sandbox: &Sandbox) -> BTreeMap<String, SystemTime> {
    let time = |file: &String| {
        let data = std::fs::metadata(sandbox.root().join(file)).expect("it is there");
        data.modified().expect("a time")
    };
    tree(sandbox).into_keys().map(|file| (file.clone(), time(&file))).collect()
}

/// The names of the outputs, but for the report, that a build of `arguments` wrote.
fn rewritten(sandbox: &Sandbox, arguments: &str) -> (BTreeSet<String>, String) {
    let before = times(sandbox);
    let run = sandbox.sasshi(arguments);
    assert!(run.code < 2, "{}", run.transcript());
    let after = times(sandbox).into_iter().filter(|(file, _)| !file.ends_with("report.json"));
    let new = after.filter(|(file, time)| before.get(file) != Some(time));
    (new.map(|(file, _)| file.trim_start_matches("output/").to_owned()).collect(), run.stderr)
}

/// The same project as it is now, built where nothing is kept.
pub fn clean_tree(sandbox: &Sandbox) -> BTreeMap<String, Vec<u8>> {
    let clean = Sandbox::empty();
    for file in sandbox.files("") {
        if !file.starts_with("output/") {
            clean.write(&file, sandbox.read(&file));
        }
    }
    clean.sasshi("build --quiet");
    tree(&clean)
}

fn built() -> Sandbox {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.sasshi("build --quiet").exit(0).silent();
    sandbox
}

#[test]
fn a_build_without_a_change_writes_nothing() {
    let sandbox = built();
    let before = times(&sandbox);
    let run = sandbox.sasshi("build --why --lang en").exit(0);
    assert_eq!(times(&sandbox), before);
    assert_eq!(run.stderr.lines().filter(|line| line.ends_with(": unchanged")).count(), 10);
    assert_eq!(run.stderr.lines().count(), 10, "{}", run.stderr);
    // other surroundings and other ways to ask change nothing
    for arguments in ["build --verify", "build --jobs 1", "build labels", "build --strict"] {
        sandbox.sasshi_in("ja_JP.UTF-8", "Asia/Tokyo", &format!("{arguments} --quiet")).exit(0).silent();
        let mut now = times(&sandbox);
        // the report of a part is another report
        let report = now.insert("output/report.json".to_owned(), before["output/report.json"]);
        assert!(report.is_some() && now == before, "{arguments}");
    }
}

/// What is changed, how, which outputs that rewrites, and what is said.
type Change<'c> = (&'c str, Box<dyn Fn(&Sandbox)>, &'c str, &'c str);

#[test]
fn a_change_makes_what_depends_on_it_and_says_why() {
    let all = "contact-sheet/office/101-tsurumi contact-sheet/office/103-nishi contact-sheet/office/109-kohoku \
               contact-sheet/office/all contact-sheet/screen/101-tsurumi contact-sheet/screen/103-nishi \
               contact-sheet/screen/109-kohoku contact-sheet/screen/all labels/office/labels list/screen/list";
    let sheets_and_list = all.replace("labels/office/labels ", "");
    let of_nishi = "contact-sheet/office/103-nishi contact-sheet/office/all contact-sheet/screen/103-nishi \
                    contact-sheet/screen/all labels/office/labels list/screen/list";
    // labels have no phone numbers: made anew, the file is the same, and is not written
    let phone_of_nishi = of_nishi.replace("labels/office/labels ", "");
    let shared = sandbox_file("layouts/shared/trace.typ");
    let labels = sandbox_file("layouts/labels/layout.typ");
    let edit = |file: &'static str, from: &'static str, to: &'static str| -> Box<dyn Fn(&Sandbox)> {
        Box::new(move |sandbox| {
            sandbox.edit(file, from, to);
        })
    };
    let write = |file: &'static str, text: String| -> Box<dyn Fn(&Sandbox)> {
        Box::new(move |sandbox| {
            sandbox.write(file, &text);
        })
    };
    let changes: Vec<Change<'_>> = vec![
        (
            "a cell",
            edit(CENTERS, "045-510-0002", "045-510-0012"),
            &phone_of_nishi,
            "sources/centers.csv:3:4 changed",
        ),
        (
            "a name",
            edit(CENTERS, "にし見本センター", "西見本センター"),
            of_nishi,
            "sources/centers.csv:3:2 changed",
        ),
        ("the date", edit(MANIFEST, "2026-04-01", "2026-05-01"), all, "changed"),
        ("the title", edit(MANIFEST, "地域の相談先", "地域の窓口"), "labels/office/labels", "changed"),
        (
            "a title of a directory",
            edit(MANIFEST, "title = \"活動センター\"", "title = \"センター\""),
            &sheets_and_list,
            "changed",
        ),
        ("a blank line", edit(CENTERS, "西区,にし", "\n西区,にし"), "", "unchanged"),
        ("a comment", edit(MANIFEST, "[project]", "# a comment\n[project]"), "", "unchanged"),
        ("a file that nobody reads", write("sources/notes.txt", "x".to_owned()), "", "unchanged"),
        (
            "a shared file",
            write("layouts/shared/trace.typ", format!("{shared}\n// x\n")),
            all,
            "layouts/shared/trace.typ changed",
        ),
        (
            "a layout",
            write("layouts/labels/layout.typ", format!("{labels}\n// x\n")),
            "labels/office/labels",
            "layouts/labels/layout.typ changed",
        ),
        ("a layout as it is built in", write("layouts/labels/layout.typ", labels.clone()), "", ""),
        (
            "a by-product of an editor",
            write("layouts/labels/.layout.typ.swp", "x".to_owned()),
            "",
            "unchanged",
        ),
    ];
    for (what, change, expected, why) in changes {
        let sandbox = built();
        change(&sandbox);
        let run = sandbox.sasshi("check --lang en");
        assert_eq!(run.code, 0, "{what}: {}", run.transcript());
        let (new, said) = rewritten(&sandbox, "build --lang en --why");
        let expected: BTreeSet<String> =
            expected.split_whitespace().map(|name| format!("{name}.pdf")).collect();
        // a file that is made anew with the same bytes is not written
        assert!(new.is_subset(&expected), "{what}: {new:?}");
        if !why.contains("typ") && !why.is_empty() {
            assert_eq!(new, expected, "{what}");
        }
        assert!(said.contains(why), "{what}: {said}");
        assert!(tree(&sandbox) == clean_tree(&sandbox), "{what}");
    }
}

/// The text of a file of the repository.
fn sandbox_file(path: &str) -> String {
    super::harness::text(&super::harness::repository().join(path))
}

#[test]
fn a_row_that_moves_takes_its_places_along() {
    let sandbox = built();
    // the rows change places: no sheet changes, but every place in the report does
    let text = String::from_utf8(sandbox.read(CENTERS)).expect("a text");
    let lines: Vec<&str> = text.lines().collect();
    sandbox.write(CENTERS, [lines[0], lines[3], lines[1], lines[2], ""].join("\n"));
    let (new, _) = rewritten(&sandbox, "build --quiet");
    assert!(new.iter().all(|file| !file.contains("contact-sheet")), "{new:?}");
    assert!(tree(&sandbox) == clean_tree(&sandbox));
}

#[test]
fn what_was_made_before_comes_back_without_the_engine() {
    let sandbox = built();
    let before = tree(&sandbox);
    sandbox.edit(CENTERS, "045-510-0002", "045-510-0012");
    sandbox.sasshi("build --quiet").exit(0).silent();
    sandbox.edit(CENTERS, "045-510-0012", "045-510-0002");
    sandbox.sasshi("build --why --lang en").exit(0).says("103-nishi.pdf: unchanged");
    assert!(tree(&sandbox) == before);
}

#[test]
fn a_cache_that_is_damaged_or_gone_is_not_believed() {
    let sandbox = built();
    let before = tree(&sandbox);
    let kept = || sandbox.files("output/.cache");
    for file in kept() {
        let bytes = sandbox.read(&file);
        for damage in [Vec::new(), b"{}".to_vec(), bytes[..bytes.len() / 2].to_vec(), flipped(&bytes)] {
            sandbox.write(&file, damage);
            // an output that is gone must be made from what is kept, or anew
            std::fs::remove_file(sandbox.root().join("output/contact-sheet/screen/103-nishi.pdf"))
                .expect("there");
            sandbox.sasshi("build --quiet").exit(0).silent();
            assert!(tree(&sandbox) == before, "{file}");
            if !file.contains("/record") {
                break;
            }
        }
    }
    std::fs::remove_dir_all(sandbox.root().join("output/.cache")).expect("there");
    sandbox.sasshi("build --quiet").exit(0).silent();
    assert!(tree(&sandbox) == before && !kept().is_empty());
    sandbox.sasshi("clean --lang en").exit(0).says("KB");
    assert!(kept().iter().all(|file| file.ends_with("/lock")), "{:?}", kept());
    assert!(tree(&sandbox) == before);
}

fn flipped(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    if let Some(byte) = bytes.last_mut() {
        *byte ^= 1;
    }
    bytes
}

#[test]
fn an_output_that_somebody_changed_is_made_again() {
    let sandbox = built();
    let before = tree(&sandbox);
    let file = "output/contact-sheet/screen/103-nishi.pdf";
    sandbox.write(file, b"%PDF-1.7 mine");
    sandbox.sasshi("build --why --lang en").exit(0).says("103-nishi.pdf: the file was changed or taken away");
    assert!(tree(&sandbox) == before);
    // same size, same time: only the bytes tell
    let place = sandbox.root().join(file);
    let time = std::fs::metadata(&place).and_then(|data| data.modified()).expect("a time");
    let same_state = std::fs::OpenOptions::new().write(true).open(&place).expect("a file");
    std::io::Write::write_all(&mut &same_state, b"%PDF-9.9").expect("written");
    same_state.set_modified(time).expect("set");
    drop(same_state);
    sandbox.sasshi("build --quiet --verify").exit(0).silent();
    assert!(tree(&sandbox) == before);
}

#[test]
fn findings_of_a_warm_build_are_those_of_a_cold_one() {
    let sandbox = Sandbox::empty().with_example();
    let cold = sandbox.sasshi("build --lang en --only 鶴見区,西区");
    let before = tree(&sandbox);
    let warm = sandbox.sasshi("build --lang en --only 鶴見区,西区").exit(cold.code);
    assert_eq!(warm.stdout, cold.stdout);
    assert!(tree(&sandbox) == before);
}

#[test]
fn files_that_are_no_longer_made_are_named_and_taken_away_on_demand() {
    let sandbox = built();
    sandbox.edit(
        MANIFEST,
        "[[publication]]\nname = \"list\"\nlayout = \"directory-list\"\ndirectories = [\"centers\"]\n",
        "",
    );
    sandbox.sasshi("build labels --lang en").exit(0);
    let run = sandbox.sasshi("build --lang en").exit(0);
    assert!(run.stdout.contains("output/list/screen/list.pdf  is no longer made."), "{}", run.stdout);
    assert!(sandbox.root().join("output/list/screen/list.pdf").exists());
    // what somebody put there is not ours to take
    sandbox.write("output/list/screen/mine.pdf", "mine");
    sandbox.sasshi("build --prune --quiet").exit(0).silent();
    assert_eq!(sandbox.files("output/list"), ["output/list/screen/mine.pdf"]);
    let run = sandbox.sasshi("build --lang en").exit(0);
    assert!(!run.stdout.contains("no longer"), "{}", run.stdout);
}

#[test]
fn the_cache_keeps_to_its_limit() {
    let sandbox = built();
    sandbox.edit(MANIFEST, "[project]", "[cache]\nmegabytes = 0\n[project]");
    for number in 10..14 {
        sandbox.edit(
            CENTERS,
            &format!("045-510-00{}", if number == 10 { "02".to_owned() } else { (number - 1).to_string() }),
            &format!("045-510-00{number}"),
        );
        sandbox.sasshi("build --quiet").exit(0).silent();
    }
    let jobs = sandbox.files("output/.cache/jobs").len();
    assert_eq!(jobs, 11, "ten jobs and the run: what the last build used stays, nothing else");
    assert_eq!(sandbox.files("output/.cache/files").len(), 5, "the files that the last build wrote over");
}

/// Ways in which a project is no longer what the last run saw, without any source that it read being another.
#[test]
fn a_run_is_taken_as_a_whole_only_while_all_that_it_saw_is_as_it_was() {
    type Act = for<'s> fn(&'s Sandbox) -> &'s Sandbox;
    let remove = |sandbox: &Sandbox, file: &str| {
        std::fs::remove_file(sandbox.root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
    };
    let acts: [(&str, Act, bool); 6] = [
        ("nothing", |sandbox| sandbox, true),
        (
            "a file that was not there",
            |sandbox| sandbox.write("layouts/shared/palette.csv", sandbox_file("layouts/shared/palette.csv")),
            false,
        ),
        ("another name in a folder", |sandbox| sandbox.write("layouts/x/layout.toml", ""), false),
        (
            "a source with the same bytes, written again",
            |sandbox| sandbox.write(CENTERS, sandbox.read(CENTERS)),
            true,
        ),
        (
            "an output of other bytes",
            |sandbox| sandbox.write("output/labels/office/labels.pdf", "mine"),
            false,
        ),
        ("the report", |sandbox| sandbox.write("output/report.json", "{}"), false),
    ];
    for (what, act, is_whole) in acts {
        let sandbox = built();
        let before = tree(&sandbox);
        // the kept jobs go, the kept run stays: only a run taken as a whole leaves them gone
        let jobs = sandbox.files("output/.cache/jobs").into_iter();
        let of_run = |file: &String| sandbox.read(file).windows(6).any(|part| part == b"sights");
        let jobs: Vec<String> = jobs.filter(|file| !of_run(file)).collect();
        assert_eq!(jobs.len(), 10);
        for file in &jobs {
            remove(&sandbox, file);
        }
        act(&sandbox);
        let run = sandbox.sasshi("build --lang en");
        let kept = sandbox.files("output/.cache/jobs").len();
        assert_eq!(kept == 1, is_whole, "{what}: {kept}\n{}", run.transcript());
        if run.code == 0 {
            assert!(tree(&sandbox) == before, "{what}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_elsewhere_is_another_picture() {
    let sandbox = Sandbox::copy("projects/small");
    let picture = |colour: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><path fill=\"{colour}\" d=\"M0 0h1v1z\"/></svg>"
        )
    };
    sandbox.write("sources/a.svg", picture("#000")).write("sources/b.svg", picture("#fff"));
    sandbox.write("sources/text.md", "# 題\n\n![絵](link.svg)\n\n本文。\n");
    let link = |to: &str| {
        let at = sandbox.root().join("sources/link.svg");
        let _ = std::fs::remove_file(&at);
        std::os::unix::fs::symlink(to, at).expect("a link");
    };
    let manifest = String::from_utf8(sandbox.read(MANIFEST)).expect("a text");
    let text = "[[publication]]\nname = \"notes\"\nlayout = \"handout\"\ntext = [\"sources/text.md\"]\n";
    sandbox.write(MANIFEST, format!("{manifest}\n{text}"));
    link("a.svg");
    sandbox.sasshi("build --quiet").exit(0).silent();
    let of_a = tree(&sandbox);
    link("b.svg");
    sandbox.sasshi("build --quiet").exit(0).silent();
    assert!(tree(&sandbox) != of_a && tree(&sandbox) == clean_tree(&sandbox));
}

#[test]
fn warnings_of_a_run_that_is_taken_as_a_whole_are_said_again() {
    let sandbox = built();
    // a column that nothing prints
    let text = String::from_utf8(sandbox.read(CENTERS)).expect("a text");
    let lines =
        text.lines().zip(["メモ", "一", "二", "三", "四"]).map(|(line, cell)| format!("{line},{cell}\n"));
    sandbox.write(CENTERS, lines.collect::<String>());
    let full = sandbox.sasshi("build --lang en").exit(0);
    assert!(full.stderr.contains("centers.csv:"), "{}", full.transcript());
    let json = sandbox.sasshi("check --message-format json").exit(0);
    let whole = sandbox.sasshi("build --lang en").exit(0);
    assert_eq!(whole.stdout, full.stdout);
    assert!(full.stderr.ends_with(&whole.stderr), "{}", whole.transcript());
    assert_eq!(sandbox.sasshi("check --message-format json").exit(0).stderr, json.stderr);
    // with a warning there is nothing that --strict would keep
    sandbox.sasshi("build --strict --lang en").exit(1);
}
