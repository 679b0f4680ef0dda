//! Fifty faults in the directories of eighteen wards, and the same directories without them: each fault is found at its
//! cell with its code, and nothing else is; what has no fault is made.
//!
//! `expected.csv` beside the faulty sources lists them by file, row (as a spreadsheet counts) and column.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::harness::{Sandbox, same, tests, text};

/// Wards that no error touches; those of 港北, 磯子, 栄, 泉 and 都筑 have warnings.
const CLEAN: &[&str] = &["hodogaya", "isogo", "izumi", "kohoku", "sakae", "tsuzuki"];

/// `code,severity,file,row,column` of what is to be found, in the order of the report.
fn expected() -> Vec<String> {
    let list = text(&tests().join("projects/fifty-faults/expected.csv"));
    let rows = list.lines().skip(1).map(|line| {
        let (place, _) = line.rsplit_once(',').expect("the last column says what the fault is");
        place.to_owned()
    });
    rows.collect()
}

/// The same of findings in JSON.
fn found(findings: &[Value]) -> Vec<String> {
    let line = |one: &Value| {
        let words = |value: &Value| value.as_str().map(str::to_owned);
        let number = |value: &Value| value.as_u64().map_or_else(String::new, |number| number.to_string());
        let origin = &one["origin"];
        // a place in a text (the manifest) has a line
        let row = if origin["row"].is_null() { number(&origin["line"]) } else { number(&origin["row"]) };
        [
            words(&one["code"]).expect("a code"),
            words(&one["severity"]).expect("a severity"),
            words(&origin["file"]).expect("a file"),
            row,
            number(&origin["column"]),
        ]
        .join(",")
    };
    findings.iter().map(line).collect()
}

/// Sorted, one a line: two lists are the same if they hold the same, however often.
fn listed(mut lines: Vec<String>) -> String {
    lines.sort();
    lines.join("\n")
}

fn findings_of(stdout: &str) -> Vec<Value> {
    let findings = stdout.lines().filter(|line| line.starts_with('{'));
    findings.map(|line| serde_json::from_str(line).expect("a finding a line")).collect()
}

#[test]
fn fifty_faults_of_over_thirty_kinds_are_found_each_at_its_cell_and_no_other() {
    let expected = expected();
    let kinds: BTreeSet<&str> = expected.iter().filter_map(|line| line.split(',').next()).collect();
    assert_eq!((expected.len(), kinds.len()), (50, 34));
    let sandbox = Sandbox::copy("projects/fifty-faults");
    let run = sandbox.sasshi("build --jobs 1 --message-format json").exit(1);
    same("what was found", &listed(expected.clone()), &listed(found(&findings_of(&run.stdout))));
    // the report holds the same, and counts it
    let report: Value = serde_json::from_slice(&sandbox.read("output/report.json")).expect("JSON");
    let findings = report["findings"].as_array().expect("a list");
    same("the report", &listed(expected), &listed(found(findings)));
    assert_eq!((report["errors"].as_u64(), report["warnings"].as_u64()), (Some(43), Some(7)));
    // the sheets of wards without an error are made, and nothing else
    let made: Vec<String> =
        CLEAN.iter().map(|ward| format!("output/contact-sheet/screen/{ward}.pdf")).collect();
    assert_eq!(sandbox.pdfs(), made);
}

#[test]
fn what_needs_no_page_is_found_by_check_too() {
    let on_pages = |line: &&String| !["S3001", "S4002", "S4003"].iter().any(|code| line.starts_with(code));
    let expected: Vec<String> = expected().iter().filter(on_pages).cloned().collect();
    let sandbox = Sandbox::copy("projects/fifty-faults");
    let run = sandbox.sasshi("check --message-format json").exit(1);
    let mut all = found(&findings_of(&run.stdout));
    all.retain(|line| on_pages(&line));
    same("what was found", &listed(expected), &listed(all));
    assert_eq!(sandbox.pdfs(), Vec::<String>::new());
}

#[test]
fn the_twin_without_the_faults_has_no_finding_and_all_is_made() {
    let sandbox = Sandbox::copy("projects/fifty-faults-clean");
    let run = sandbox.sasshi("build --jobs 1 --strict --message-format json").exit(0);
    assert_eq!(found(&findings_of(&run.stdout)), Vec::<String>::new());
    // eighteen wards, all of them together, and the list
    assert_eq!(sandbox.pdfs().len(), 20, "{:?}", sandbox.pdfs());
}

#[test]
fn strict_makes_nothing_of_faulty_directories() {
    let sandbox = Sandbox::copy("projects/fifty-faults");
    sandbox.sasshi("build --jobs 1 --strict --quiet").exit(1);
    assert_eq!(sandbox.pdfs(), Vec::<String>::new());
}

/// A list of which every row has a phone number of nine digits.
fn hundred_thousand() -> Sandbox {
    let sandbox = Sandbox::empty();
    let rows = (0..100_000).map(|row| format!("見本施設{row},見本町{row}-1,045-510-{:03}\n", row % 1000));
    sandbox.write("list.csv", format!("名称,住所,電話番号\n{}", rows.collect::<String>())).write(
        "sasshi.toml",
        "directory.list = { source = \"list.csv\", schema = \"facility\", every-ward = false }\n\
         publication = [{ name = \"list\", layout = \"directory-list\", directories = [\"list\"] }]\n\
         [project]\ntitle = \"多い誤り\"\ndate = 2026-11-23\n",
    );
    sandbox
}

#[test]
fn a_hundred_thousand_faults_are_counted_and_the_first_of_them_shown() {
    let sandbox = hundred_thousand();
    let run = sandbox.sasshi("build --jobs 1 --lang en --html findings.html").exit(1);
    assert_eq!(run.codes(), ["S2005"; 20]);
    let run = run.says("S2005: 99980 more (100000 in all).").says("100000 errors, 0 warnings");
    assert!(run.stderr.len() < 20_000, "{} bytes on the terminal", run.stderr.len());
    let report = sandbox.read("output/report.json");
    assert!(report.len() < 2_000_000, "{} bytes of report", report.len());
    let report: Value = serde_json::from_slice(&report).expect("JSON");
    assert_eq!(report["errors"], 100_000);
    assert_eq!(report["findings"].as_array().map(Vec::len), Some(1_000));
    assert_eq!(report["left-out"]["S2005"], 99_000);
    // those that are listed are the first
    assert_eq!(report["findings"][999]["origin"]["row"], 1_001);
    let page = sandbox.read("findings.html");
    assert!(page.len() < 500_000, "{} bytes of page", page.len());
    assert!(String::from_utf8(page).expect("UTF-8").contains("99900 more (100000 in all)"));
}

#[test]
fn programs_are_told_how_many_findings_were_left_out() {
    let sandbox = hundred_thousand();
    let run = sandbox.sasshi("check --message-format json").exit(1);
    let findings = findings_of(&run.stdout);
    assert_eq!(findings.len(), 1_001);
    assert_eq!(findings.last().map(|last| &last["left-out"]["S2005"]), Some(&Value::from(99_000)));
    let run = sandbox.sasshi("check --message-format github --lang en").exit(1);
    let lines: Vec<&str> = run.stdout.lines().collect();
    assert_eq!(lines.len(), 21);
    assert!(lines[0].starts_with("::error file=list.csv,line=2::S2005 "), "{}", lines[0]);
    assert_eq!(lines[20], "::notice::S2005: 99980 more (100000 in all).");
}
