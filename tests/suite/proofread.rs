//! `sasshi proofread`: typographic faults are found, each at its paragraph, and their clean twins are left alone.
//!
//! The texts stand in `tests/projects/proofread`: before each paragraph a comment names the code of its fault, and the same
//! paragraph without the fault stands in the other text under the same comment.

use std::collections::BTreeSet;

use serde_json::Value;

use super::harness::Sandbox;

/// A finding of a run.
struct Found {
    code: String,
    /// The file of the source, if it is of one.
    file: String,
    line: usize,
}

/// What `proofread` finds when it is asked with `arguments`; it ends with `exit`.
fn findings(sandbox: &Sandbox, arguments: &str, exit: i32) -> Vec<Found> {
    let run = sandbox.sasshi(&format!("proofread {arguments} --message-format json")).exit(exit);
    let read = |line: &str| {
        let value: Value = serde_json::from_str(line).expect("a line of JSON");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let line = value["origin"]["row"].as_u64().or(value["origin"]["line"].as_u64()).unwrap_or_default();
        Found {
            code: text(&value["code"]),
            file: text(&value["origin"]["file"]),
            line: usize::try_from(line).expect("a line"),
        }
    };
    run.stdout.lines().map(read).collect()
}

/// A paragraph of a text: the code of its fault, and the lines that it takes.
struct Fault {
    code: String,
    first: usize,
    last: usize,
}

fn faults(text: &str) -> Vec<Fault> {
    let mut faults: Vec<Fault> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        if let Some(code) = line.strip_prefix("<!-- ").and_then(|rest| rest.strip_suffix(" -->")) {
            faults.push(Fault { code: code.to_owned(), first: number, last: number });
        } else if let Some(last) = faults.last_mut() {
            last.last = number;
        }
    }
    faults
}

/// Every fault of one text is found at its paragraph and at no other, and the other text has none: how many there are, and their
/// kinds.
fn each_is_found_and_no_twin(names: [&str; 2], pages: usize) -> (usize, BTreeSet<String>) {
    let [faulty, clean] = names;
    let sandbox = Sandbox::copy("projects/proofread");
    let ending = if faulty.starts_with("easy") { "easy.md" } else { "md" };
    let text =
        |name: &str| String::from_utf8(sandbox.read(&format!("sources/{name}.{ending}"))).expect("UTF-8");
    let (wrong, right) = (faults(&text(faulty)), faults(&text(clean)));
    let codes = |faults: &[Fault]| faults.iter().map(|fault| fault.code.clone()).collect::<Vec<_>>();
    assert_eq!(codes(&wrong), codes(&right), "each has its twin");

    let found = findings(&sandbox, faulty, 1);
    for fault in &wrong {
        let at = |one: &&Found| (fault.first..=fault.last).contains(&one.line);
        let here: BTreeSet<&str> = found.iter().filter(at).map(|one| one.code.as_str()).collect();
        let expected: BTreeSet<&str> = [fault.code.as_str()].into();
        assert_eq!(here, expected, "lines {} to {}", fault.first, fault.last);
    }
    let outside = |one: &&Found| !wrong.iter().any(|fault| (fault.first..=fault.last).contains(&one.line));
    let strays: Vec<String> =
        found.iter().filter(outside).map(|one| format!("{} {}:{}", one.code, one.file, one.line)).collect();
    assert!(strays.is_empty(), "{strays:?}");
    sandbox
        .sasshi(&format!("proofread {clean} --lang en"))
        .exit(0)
        .silent()
        .stdout(&format!("1 files ({pages} pages) proofread: 0 findings.\n"));
    (wrong.len(), codes(&wrong).into_iter().collect())
}

#[test]
fn every_fault_is_found_at_its_paragraph_and_no_twin() {
    let (count, kinds) = each_is_found_and_no_twin(["faults", "clean"], 3);
    assert!(count >= 40 && kinds.len() >= 15, "{count} faults of {} kinds", kinds.len());
}

#[test]
fn every_fault_of_easy_japanese_is_found_at_its_paragraph_and_no_twin() {
    let (count, kinds) = each_is_found_and_no_twin(["easy-faults", "easy-clean"], 1);
    assert!(count >= 20 && kinds.len() >= 11, "{count} faults of {} kinds", kinds.len());
}

#[test]
fn a_finding_of_easy_japanese_is_at_its_column_in_spite_of_the_readings_before_it() {
    let sandbox = Sandbox::copy("projects/proofread");
    let run = sandbox.sasshi("proofread easy-faults --message-format json").exit(1);
    let passive = run.stdout.lines().find(|line| line.contains("「われます」")).expect("the passive");
    let place: Value = serde_json::from_str(passive).expect("a line of JSON");
    let text = String::from_utf8(sandbox.read("sources/easy-faults.easy.md")).expect("UTF-8");
    let (line, words) =
        (1..).zip(text.lines()).find(|(_, line)| line.contains("われます")).expect("its line");
    let before = words.split("われます").next().expect("what is before it");
    assert_eq!(place["origin"]["line"], line);
    assert_eq!(place["origin"]["column"], before.chars().count() + 1, "{place}");
}

#[test]
fn rules_of_easy_japanese_are_for_its_readers_and_by_the_standard_that_is_named() {
    let sandbox = Sandbox::copy("projects/proofread");
    sandbox.write("sources/easy-faults.md", sandbox.read("sources/easy-faults.easy.md"));
    let readers = "easy-faults*.md\"]\neditions = [\"office\"]\nreaders = [\"ja";
    sandbox.edit("sasshi.toml", &format!("{readers}-easy"), readers);
    let of_others = findings(&sandbox, "easy-faults", 1);
    assert!(of_others.iter().all(|one| one.code.as_str() < "S8032"), "the same words for another reader");
    sandbox.edit("sasshi.toml", "[proofread.words]", "[proofread]\neasy = \"ours\"\n[proofread.words]");
    sandbox.sasshi("proofread easy-clean --lang en").exit(1).says("S8000").says("\"ours\"").says("yokohama");
    let standard = include_str!("../../src/proofread/easy/yokohama.toml");
    let own = standard.replace("page = 1000", "page = 50").replace("sentence = 40", "sentence = 15");
    sandbox.write("layouts/proofread/easy/ours.toml", own);
    let codes: BTreeSet<String> =
        findings(&sandbox, "easy-clean", 1).into_iter().map(|one| one.code).collect();
    assert_eq!(codes, ["S8032", "S8043"].map(str::to_owned).into());
    sandbox.edit("layouts/proofread/easy/ours.toml", "find = '[〜～]'", "find = '[〜'");
    sandbox
        .sasshi("proofread easy-clean --lang en")
        .exit(1)
        .says("S8000")
        .says("layouts/proofread/easy/ours.toml");
}

#[test]
fn a_profile_asks_for_its_own_values() {
    let sandbox = Sandbox::copy("projects/proofread");
    let codes = |arguments: &str| {
        let found = findings(&sandbox, arguments, 1);
        found.into_iter().map(|one| one.code).collect::<BTreeSet<String>>()
    };
    // the text is set in 10 pt, its notes in 8 and 9
    let mie = codes("clean --profile mie-2024");
    assert_eq!(mie, ["S8006", "S8007"].map(str::to_owned).into());
    sandbox.edit("layouts/galley/layout.typ", "\"size\", 10)", "\"size\", 12)");
    sandbox.edit("layouts/galley/layout.typ", "type.with(10pt, 17pt)", "type.with(12pt, 15pt)");
    assert!(findings(&sandbox, "clean --profile machida", 0).is_empty());
    sandbox.edit("layouts/galley/layout.typ", "\"gap\", 70)", "\"gap\", 45)");
    assert!(codes("faults --profile machida").contains("S8008"));
    sandbox.sasshi("proofread clean --profile mie --lang en").exit(1).says("S8000").says("mie-2024");
}

#[test]
fn rules_that_are_off_are_not_asked_and_unknown_ones_are_told() {
    let sandbox = Sandbox::copy("projects/proofread");
    let before = findings(&sandbox, "faults", 1);
    assert!(before.iter().any(|one| one.code == "S8001"));
    sandbox.edit("sasshi.toml", "[proofread.words]", "[proofread]\noff = [\"kinsoku\"]\n[proofread.words]");
    let after = findings(&sandbox, "faults", 1);
    let kinsoku = ["S8001", "S8002", "S8003"];
    assert!(after.iter().all(|one| !kinsoku.contains(&one.code.as_str())));
    let others = before.iter().filter(|one| !kinsoku.contains(&one.code.as_str())).count();
    assert_eq!(after.len(), others);
    sandbox.edit("sasshi.toml", "\"kinsoku\"", "\"kinsok\"");
    sandbox
        .sasshi("proofread clean --lang en")
        .exit(1)
        .says("no rule of proofreading \"kinsok\"")
        .says("kinsoku");
}

#[test]
fn words_may_stand_in_a_list() {
    let sandbox = Sandbox::copy("projects/proofread");
    let manifest = String::from_utf8(sandbox.read("sasshi.toml")).expect("UTF-8");
    let manifest = manifest.split("[proofread.words]").next().expect("the tables before");
    sandbox.write("sasshi.toml", format!("{manifest}[proofread]\nwords-file = \"sources/words.csv\"\n"));
    sandbox.write("sources/words.csv", "誤,正\nだれ,誰\nSTEP,ステップ\n");
    let words = |found: &[Found]| found.iter().filter(|one| one.code == "S8012").count();
    assert_eq!(words(&findings(&sandbox, "faults", 1)), 2);
    sandbox.write("sources/words.csv", "誤,正\nだれ\n");
    sandbox.sasshi("proofread faults --lang en").exit(1).says("a wrong spelling and the right one");
    sandbox.edit("sasshi.toml", "words.csv", "word.csv");
    sandbox.sasshi("proofread faults --lang en").exit(1).says("cannot be read");
}

#[test]
fn the_example_is_clean() {
    let sandbox = Sandbox::empty().with_example();
    sandbox.sasshi("proofread --lang en").exit(0).silent().says(": 0 findings.");
}

#[test]
fn the_page_of_findings_shows_each_spot() {
    let sandbox = Sandbox::copy("projects/proofread");
    sandbox.sasshi("proofread faults --html findings.html --lang ja --quiet").exit(1);
    let page = String::from_utf8(sandbox.read("findings.html")).expect("UTF-8");
    assert!(
        page.contains("行の始めに「。」があります。") && page.contains("sources/faults.md"),
        "the finding and its file"
    );
    assert_eq!(page.matches("<img alt=").count(), 3, "a picture of each page");
    assert!(page.matches("class=\"mark warning").count() > 40, "a mark on each spot");
    sandbox.sasshi("proofread clean --html clean.html --lang en --quiet").exit(0);
    let page = String::from_utf8(sandbox.read("clean.html")).expect("UTF-8");
    assert!(page.contains("Files with nothing found") && !page.contains("<img"));
}
