//! Reports: the same findings for people, for programs and for continuous integration.

use serde_json::{Value, json};

use super::broken;
use super::harness::{Sandbox, same};

fn parsed(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).expect("JSON")
}

#[test]
fn findings_as_json_one_a_line() {
    let sandbox = broken::sandbox("ward-misspelt-and-phone-deleted");
    let run = sandbox.sasshi("build --message-format json").exit(1).silent();
    let findings: Vec<Value> = run.stdout.lines().map(|line| parsed(line.as_bytes())).collect();
    assert_eq!(findings.len(), 2);
    assert_eq!(
        findings[1],
        json!({
            "code": "S2003",
            "severity": "error",
            "message": {
                "ja": "「港化区」は、区の一覧（sources/wards.csv）にありません。",
                "en": "\"港化区\" is not in the master list (sources/wards.csv).",
            },
            "origin": { "file": "sources/centers.csv", "row": 4, "column": 1, "line": 4, "header": "区" },
            "hints": [{ "ja": "もしかして「港北区」ですか。", "en": "Did you mean \"港北区\"?" }],
        })
    );
}

#[test]
fn findings_as_annotations() {
    let sandbox = broken::sandbox("row-after-line-break");
    // GitHub counts lines of the file, people count rows of the spreadsheet
    sandbox.sasshi("build --message-format github --lang en").exit(1).silent().stdout(
        "::error file=sources/centers.csv,line=4::S2005 The phone number \"045-510-002\" has 9 digits, not 10.\
         %0AWrite it as 045-671-3624.\n",
    );
}

#[test]
fn the_report_says_the_same_as_the_messages() {
    let sandbox = broken::sandbox("ward-misspelt-and-phone-deleted");
    let run = sandbox.sasshi("build --message-format json").exit(1);
    let report = parsed(&sandbox.read("output/report.json"));
    let findings: Vec<Value> = run.stdout.lines().map(|line| parsed(line.as_bytes())).collect();
    assert_eq!(report["findings"], Value::from(findings));
    assert_eq!((&report["errors"], &report["warnings"]), (&json!(2), &json!(0)));
    assert_eq!((&report["form"], &report["date"]), (&json!(1), &json!("2026-04-01")));
    let states: Vec<(&str, &str)> = report["files"]
        .as_array()
        .expect("a list of files")
        .iter()
        .map(|file| (file["path"].as_str().expect("a path"), file["state"].as_str().expect("a state")))
        .collect();
    assert_eq!(
        states,
        [
            ("output/contact-sheet/screen/101-tsurumi.pdf", "not made"),
            ("output/contact-sheet/screen/103-nishi.pdf", "made"),
            ("output/contact-sheet/screen/109-kohoku.pdf", "not made"),
            ("output/contact-sheet/screen/all.pdf", "not made"),
            ("output/list/screen/list.pdf", "not made"),
        ]
    );
}

#[test]
fn the_report_calls_an_earlier_file_older() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.sasshi("build --quiet").exit(0);
    sandbox.edit("sources/centers.csv", "045-510-0002", "");
    sandbox.sasshi("build --quiet").exit(1);
    let report = parsed(&sandbox.read("output/report.json"));
    let files = report["files"].as_array().expect("a list of files");
    let older: Vec<&str> = files
        .iter()
        .filter(|file| file["state"] == "older")
        .filter_map(|file| file["path"].as_str())
        .collect();
    assert_eq!(older.len(), 6, "{older:?}");
    assert!(older.contains(&"output/contact-sheet/screen/103-nishi.pdf"));
}

#[test]
fn the_report_holds_no_path_of_this_machine() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.sasshi("build --quiet").exit(0);
    let report = String::from_utf8(sandbox.read("output/report.json")).expect("a report is UTF-8");
    let here = sandbox.root().to_string_lossy().into_owned();
    assert!(!report.contains(&here) && !report.contains("/tmp/"));
}

#[test]
fn the_locale_chooses_the_language_and_lang_overrides_it() {
    let sandbox = broken::sandbox("csv-empty");
    let message = |locale: &str, arguments: &str| sandbox.sasshi_in(locale, "UTC", arguments).exit(1).stderr;
    let (ja, en) = (message("C", "check --lang ja"), message("C", "check --lang en"));
    assert!(ja.contains("ファイルが空です。") && en.contains("The file is empty."));
    same("under a Japanese locale", &ja, &message("ja_JP.UTF-8", "check"));
    same("under an English locale", &en, &message("en_GB.UTF-8", "check"));
    same("without a locale", &en, &message("C", "check"));
    same("against the locale", &en, &message("ja_JP.UTF-8", "check --lang=en"));
}

#[test]
fn quiet_prints_findings_only() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.sasshi("build --quiet").exit(0).silent().stdout("");
    let wrong = broken::sandbox("csv-empty");
    let run = wrong.sasshi("build --quiet").exit(1).stdout("");
    assert_eq!(run.codes(), ["S1004"]);
}

#[test]
fn no_colour_reaches_a_file() {
    let run = broken::sandbox("phone").sasshi("build").exit(1);
    assert!(!run.stderr.contains('\u{1b}') && !run.stdout.contains('\u{1b}'));
}

/// What SARIF 2.1.0 requires of each object that sasshi writes (the `required` lists of the schema of OASIS).
const SARIF: &[(&str, &[&str])] = &[
    ("", &["version", "runs"]),
    ("/runs/*", &["tool"]),
    ("/runs/*/tool", &["driver"]),
    ("/runs/*/tool/driver", &["name"]),
    ("/runs/*/tool/driver/rules/*", &["id"]),
    ("/runs/*/tool/driver/rules/*/fullDescription", &["text"]),
    ("/runs/*/invocations/*", &["executionSuccessful"]),
    ("/runs/*/invocations/*/toolExecutionNotifications/*", &["message"]),
    ("/runs/*/results/*", &["message"]),
    ("/runs/*/results/*/message", &["text"]),
];

/// The objects at `path`, where `*` is every member of a list.
fn objects<'a>(value: &'a Value, path: &str) -> Vec<&'a Value> {
    path.split('/').filter(|step| !step.is_empty()).fold(vec![value], |values, step| {
        let below = |value: &'a Value| match step {
            "*" => value.as_array().expect("a list").iter().collect(),
            name => Vec::from_iter(value.get(name)),
        };
        values.into_iter().flat_map(below).collect()
    })
}

#[test]
fn findings_as_sarif() {
    let sandbox = broken::sandbox("ward-misspelt-and-phone-deleted");
    let run = sandbox.sasshi("check --message-format sarif --lang en").exit(1).silent();
    let log = parsed(run.stdout.as_bytes());
    for (path, required) in SARIF {
        let found = objects(&log, path);
        assert!(path.contains("Notifications") || !found.is_empty(), "{path}");
        for (object, name) in found.iter().flat_map(|object| required.iter().map(move |name| (object, name)))
        {
            assert!(object.get(name).is_some(), "{path}: {name} is missing in {object:#}");
        }
    }
    assert_eq!((&log["version"], log["runs"].as_array().map(Vec::len)), (&json!("2.1.0"), Some(1)));
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(
        run["results"][1],
        json!({
            "ruleId": "S2003",
            "ruleIndex": 1,
            "level": "error",
            "message": { "text": "\"港化区\" is not in the master list (sources/wards.csv).\nDid you mean \"港北区\"?" },
            "locations": [{
                "physicalLocation": {
                    "artifactLocation": { "uri": "sources/centers.csv" },
                    "region": { "startLine": 4, "startColumn": 1, "endLine": 4, "endColumn": 4 },
                },
                "message": { "text": "区" },
            }],
        })
    );
    assert_eq!(run["tool"]["driver"]["rules"][1]["name"], "WardUnknown");
}

#[test]
fn a_clean_project_is_a_sarif_log_without_results() {
    let run = Sandbox::copy("projects/small").sasshi("check --message-format sarif").exit(0).silent();
    let log = parsed(run.stdout.as_bytes());
    assert_eq!(log["runs"][0]["results"], json!([]));
}

#[test]
fn sarif_has_no_room_for_inks() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.sasshi("build --quiet").exit(0);
    let run = sandbox.sasshi("preflight output/list/screen/list.pdf --inks --message-format sarif --lang en");
    run.exit(2).stdout("").says("use json");
}
