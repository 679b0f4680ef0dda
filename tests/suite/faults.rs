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
    assert_eq!((report["errors"].as_u64(), report["warnings"].as_u64()), (Some(45), Some(5)));
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
