//! The rules of `check`: each fault is found at its cell and no other, each can be lowered or switched off, and what
//! is set aside is held while the rest is made.

use sasshi::check::rules;

use crate::harness::Sandbox;

const MANIFEST: &str = r#"[project]
title = "点検"
municipality = "横浜市"
date = 2026-11-23

[directory.wards]
source = "wards.csv"
schema = "ward"

[directory.centers]
source = "centers.csv"
schema = "office"
every-ward = false
optional = ["住所", "電話番号"]
title = "窓口"
help = "相談したいときに"
short-help = "相談"
icon = "people"

[[publication]]
name = "sheet"
layout = "contact-sheet"
per = "wards"
directories = ["centers"]
leaves-out = ["*"]
file-name = "{code}-{romaji}"
combined = false
"#;

const SCHEMA: &str = r#"title = "窓口"
kind = "facility"
key = "name"
column = [
  { name = "ward", type = "ward", headers = ["区"] },
  { name = "name", headers = ["名称"], required = true },
  { name = "address", type = "address", headers = ["住所"] },
  { name = "phone", type = "phone", headers = ["電話番号"] },
  { name = "url", type = "url", headers = ["URL"] },
  { name = "email", type = "email", headers = ["メール"] },
  { name = "opened", type = "date", headers = ["開設日"] },
  { name = "id", headers = ["番号"], unique = true, pattern = "[A-Z][0-9]+" },
  { name = "has", headers = ["有無"], one-of = ["有", "無"] },
  { name = "parent", headers = ["親"], refers-to = "centers" },
  { name = "kana", type = "kana", headers = ["よみ"] },
  { name = "postal", type = "postal", headers = ["郵便番号"] },
  { name = "code", type = "code", headers = ["コード"] },
  { name = "seats", type = "number", headers = ["席"] },
  { name = "hours", type = "opening-hours", headers = ["時間"] },
]
"#;

const WARDS: &str = "全国地方公共団体コード,区,区_カナ,区_英語\n141011,鶴見区,つるみく,Tsurumi\n\
    141020,神奈川区,かながわく,Kanagawa\n141038,西区,にしく,Nishi\n";

const HEADER: &str = "区,名称,住所,電話番号,URL,メール,開設日,番号,有無,親,よみ,郵便番号,コード,席,時間\n";

/// Rows without a fault, and enough of them to be neighbours.
const CLEAN: &str = "\
    鶴見区,甲,鶴見区中央1-1,045-510-1694,https://a.jp/,a@a.jp,R2.4.1,A1,有,,こう,230-0051,141011,10\n\
    鶴見区,乙,鶴見区中央1-2,045-510-1695,,,,A2,無,甲,おつ,,,\n\
    西区,丙,西区中央1-3,045-510-1696,,,2020年4月1日,A3,,,へい,,,1.5\n\
    西区,丁,西区中央1-4,（045）510-1697,,,,A4,,,,,,\n\
    西区,戊,西区中央1-5,045-510-1698 内線12,,,,A5,,,,,,\n\
    西区,己,西区中央1-6,非公開,,,,A6,,,,,,\n";

/// Rows with a cell for the last column, where they say nothing of it.
fn whole(rows: &str) -> String {
    let whole =
        |row: &str| if row.matches(',').count() == 13 { format!("{row},\n") } else { format!("{row}\n") };
    rows.lines().map(whole).collect()
}

fn project(rows: &str, checks: &str) -> Sandbox {
    let sandbox = Sandbox::empty();
    sandbox
        .write("sasshi.toml", format!("{MANIFEST}{checks}"))
        .write("schemas/office.toml", SCHEMA)
        .write("wards.csv", WARDS)
        .write("centers.csv", format!("{HEADER}{}", whole(&format!("{CLEAN}{rows}"))));
    sandbox
}

/// Code, severity, row and column of each finding.
fn found(sandbox: &Sandbox, arguments: &str) -> Vec<(String, String, u64, u64)> {
    let run = sandbox.sasshi(&format!("{arguments} --message-format json"));
    run.stdout
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a finding a line"))
        .map(|one| {
            let text = |key: &str| one[key].as_str().unwrap_or_default().to_owned();
            let place = |key: &str| one["origin"][key].as_u64().unwrap_or_default();
            (text("code"), text("severity"), place("row"), place("column"))
        })
        .collect()
}

#[test]
fn clean_rows_have_no_finding() {
    assert_eq!(found(&project("", ""), "check"), Vec::new());
}

/// Each fault stands alone in row 8, below the clean rows: code, column, severity, row.
const FAULTS: &[(&str, u64, &str, &str)] = &[
    ("S2002", 2, "error", "神奈川区,,,,,,,,,,,,,"),
    ("S2003", 1, "error", "青葉区,庚,,,,,,,,,,,,"),
    ("S2005", 4, "error", "神奈川区,庚,,045-510-169,,,,,,,,,,"),
    ("S2005", 4, "error", "神奈川区,庚,,510-1699,,,,,,,,,,"),
    ("S2005", 4, "error", "神奈川区,庚,,045-510-1690 045-510-1691,,,,,,,,,,"),
    ("S2005", 4, "error", "神奈川区,庚,,FAX 045-510-1690,,,,,,,,,,"),
    ("S2006", 13, "error", "神奈川区,庚,,,,,,,,,,,141012,"),
    ("S2009", 12, "error", "神奈川区,庚,,,,,,,,,,230-005,,"),
    ("S2010", 5, "error", "神奈川区,庚,,,ページ,,,,,,,,,"),
    ("S2011", 6, "error", "神奈川区,庚,,,,a.jp,,,,,,,,"),
    ("S2012", 7, "error", "神奈川区,庚,,,,,平成31年5月1日,,,,,,,"),
    ("S2012", 7, "error", "神奈川区,庚,,,,,2021-02-29,,,,,,,"),
    ("S2013", 11, "error", "神奈川区,庚,,,,,,,,,漢字,,,"),
    ("S2014", 14, "error", "神奈川区,庚,,,,,,,,,,,,約10"),
    ("S2015", 8, "error", "神奈川区,庚,,,,,,A1,,,,,,"),
    ("S2016", 1, "warning", "西区,己,西区中央1-6,非公開,,,,A6,,,,,,"),
    ("S2017", 2, "warning", "神奈川区,庚,,０４５－５１０－１６９４,,,,,,,,,,"),
    ("S2018", 4, "warning", "神奈川区,庚,,044-510-1690,,,,,,,,,,"),
    ("S2019", 5, "warning", "神奈川区,庚,,,www.a.jp,,,,,,,,,"),
    ("S2020", 2, "error", "神奈川区,庚\u{E000},,,,,,,,,,,,"),
    ("S2021", 2, "error", "神奈川区,庚\u{202E}辛,,,,,,,,,,,,"),
    ("S2021", 1, "error", "神奈川区\u{200B},庚,,,,,,,,,,,,"),
    ("S2022", 7, "warning", "神奈川区,庚,,,,,2026-11-24,,,,,,,"),
    ("S2023", 9, "error", "神奈川区,庚,,,,,,,あり,,,,,"),
    ("S2024", 8, "error", "神奈川区,庚,,,,,,a1,,,,,,"),
    ("S2025", 10, "error", "神奈川区,庚,,,,,,,,壬,,,,"),
    ("S2028", 15, "warning", "神奈川区,庚,,,,,,,,,,,,,午前9時〜5時"),
];

#[test]
fn each_fault_is_found_at_its_cell_and_no_other() {
    for (code, column, severity, row) in FAULTS {
        let mut all = found(&project(&format!("{row}\n"), ""), "check");
        // a copy of a row repeats what must be unique
        all.retain(|(other, ..)| !matches!((*code, other.as_str()), ("S2016", "S2015")));
        assert_eq!(all, [((*code).to_owned(), (*severity).to_owned(), 8, *column)], "{row}");
    }
}

#[test]
fn a_rule_can_be_lowered_and_switched_off() {
    let row = "神奈川区,庚,,045-510-169,,,,,,,,,,\n";
    let lowered = found(&project(row, "\n[checks]\ntype = \"warn\"\n"), "check");
    assert_eq!(lowered, [("S2005".to_owned(), "warning".to_owned(), 8, 4)]);
    assert_eq!(found(&project(row, "\n[checks]\ntype = \"off\"\n"), "check"), Vec::new());
    let raised = found(
        &project(
            "西区,己,西区中央1-6,非公開,,,,A6,,,,,,\n",
            "\n[checks]\nunique = \"off\"\nduplicate-row = \"error\"\n",
        ),
        "check",
    );
    assert_eq!(raised, [("S2016".to_owned(), "error".to_owned(), 8, 1)]);
    project("", "\n[checks]\nfone-area = \"off\"\n").sasshi("check --lang en").exit(1).says("phone-area");
}

/// Each rule with the code of its findings and a row that breaks it and no other.
const RULES: &[(&str, &str, &str)] = &[
    ("required", "S2002", "神奈川区,,,,,,,,,,,,,"),
    ("type", "S2014", "神奈川区,庚,,,,,,,,,,,,約10"),
    ("unique", "S2015", "神奈川区,庚,,,,,,A1,,,,,,"),
    ("one-of", "S2023", "神奈川区,庚,,,,,,,あり,,,,,"),
    ("pattern", "S2024", "神奈川区,庚,,,,,,a1,,,,,,"),
    ("refers-to", "S2025", "神奈川区,庚,,,,,,,,壬,,,,"),
    ("ward-unknown", "S2003", "青葉区,庚,,,,,,,,,,,,"),
    ("ward-missing", "S2004", ""),
    ("duplicate-row", "S2016", "西区,辛,,,,,,,,,,,,\n西区,辛,,,,,,,,,,,,"),
    ("duplicate-office", "S2017", "神奈川区,庚,,０４５－５１０－１６９４,,,,,,,,,,"),
    ("phone-area", "S2018", "神奈川区,庚,,044-510-1690,,,,,,,,,,"),
    ("unprinted-part", "S2027", "神奈川区,庚,,045-510-1699（市民課）,,,,,,,,,,"),
    ("url-scheme", "S2019", "神奈川区,庚,,,www.a.jp,,,,,,,,,"),
    ("opening-hours", "S2028", "神奈川区,庚,,,,,,,,,,,,,要相談"),
    ("not-in-force", "S2030", "神奈川区,庚,,,,,,,,,,,,,休止中"),
    ("unfinished", "S2031", "神奈川区,庚（要確認）,,,,,,,,,,,,"),
    ("private-use", "S2020", "神奈川区,庚\u{E000},,,,,,,,,,,,"),
    ("invisible", "S2021", "神奈川区,庚\u{202E}辛,,,,,,,,,,,,"),
    ("edition-date", "S2022", "神奈川区,庚,,,,,2026-11-24,,,,,,,"),
];

#[test]
fn every_rule_has_three_levels() {
    assert_eq!(RULES.len(), rules::RULES.len());
    for ((rule, code, row), definition) in RULES.iter().zip(rules::RULES) {
        assert_eq!(*rule, definition.rule.name, "the rules in their order");
        for (level, wanted) in [("off", None), ("warn", Some("warning")), ("error", Some("error"))] {
            let sandbox = project(&format!("{row}\n"), &format!("\n[checks]\n{rule} = \"{level}\"\n"));
            if *rule == "ward-missing" {
                sandbox.edit("sasshi.toml", "every-ward = false", "every-ward = true");
            }
            // a column that neither layout nor schema knows
            if *rule == "not-in-force" {
                sandbox.edit("centers.csv", ",時間\n", ",備考\n");
            }
            let run = sandbox.sasshi("check --quiet");
            let mut all = found(&sandbox, "check");
            // a character that no font has is an error, whatever the rule says
            let unprintable = all.iter().any(|(other, ..)| other == "S4002");
            assert!(!unprintable || *rule == "private-use", "{rule} = {level}: {all:?}");
            all.retain(|(other, ..)| other != "S4002");
            let fails = unprintable || wanted == Some("error");
            assert_eq!(run.code, i32::from(fails), "{rule} = {level}: {}", run.transcript());
            let severities: Vec<&str> = all.iter().map(|(_, severity, ..)| severity.as_str()).collect();
            assert_eq!(severities, Vec::from_iter(wanted), "{rule} = {level}: {all:?}");
            assert!(all.iter().all(|(other, ..)| other == code), "{rule} = {level}: {all:?}");
        }
    }
}

#[test]
fn a_rule_takes_its_parameters_beside_its_level() {
    let row = "神奈川区,庚,,044-510-1690,,,,,,,,,,\n";
    let of = |checks: &str| found(&project(row, &format!("\n[checks]\n{checks}\n")), "check");
    let severities =
        |checks: &str| of(checks).into_iter().map(|(_, severity, ..)| severity).collect::<Vec<_>>();
    assert_eq!(severities("phone-area = { level = \"error\", neighbours = 6 }"), ["error"]);
    assert_eq!(severities("phone-area = { neighbours = 6 }"), ["warning"]);
    assert_eq!(severities("phone-area = { neighbours = 7 }"), Vec::<String>::new());
    let refuses = |checks: &str, words: &str| {
        let sandbox = project("", &format!("\n[checks]\n{checks}\n"));
        sandbox.sasshi("check --lang en").exit(1).says(words);
    };
    refuses("phone-area = { neighbors = 2 }", "Did you mean \"neighbours\"?");
    refuses("phone-area = { neighbours = 1 }", "Write a whole number");
    refuses("url-scheme = { neighbours = 2 }", "There is no key \"neighbours\"");
    refuses("phone-area = { level = \"eror\" }", "Did you mean \"error\"?");
}

#[test]
fn a_number_of_three_offices_is_a_switchboards() {
    let row = |name| format!("神奈川区,{name},,045-521-0001,,,,,,,,,,\n");
    let two = [row("市民課"), row("図書館")].concat();
    assert_eq!(found(&project(&two, ""), "check"), [("S2017".to_owned(), "warning".to_owned(), 9, 2)]);
    let three = two + &row("斎場");
    assert_eq!(found(&project(&three, ""), "check"), Vec::new());
    // but not where the names are alike
    let four = three + &row("市民課分室");
    assert_eq!(found(&project(&four, ""), "check"), [("S2017".to_owned(), "warning".to_owned(), 11, 2)]);
}

#[test]
fn hours_that_are_understood_are_printed_in_one_form_and_others_as_written() {
    let row = "神奈川区,庚,,,,,,,,,,,,,月曜日～金曜日　９時～17時半\n西区,辛,,,,,,,,,,,,,要相談\n";
    let sandbox = project(row, "");
    sandbox.sasshi("build --quiet").exit(0);
    let report: serde_json::Value =
        serde_json::from_slice(&sandbox.read("output/report.json")).expect("JSON");
    let hours = |change: &&serde_json::Value| change["at"].as_str().is_some_and(|at| at.ends_with(":15"));
    let changes: Vec<_> = report["changes"].as_array().expect("a list").iter().filter(hours).collect();
    assert_eq!(changes.len(), 1, "{changes:?}");
    assert_eq!(changes[0]["normalised"], "月〜金 9:00〜17:30");
}

#[test]
fn only_an_error_sets_its_record_aside() {
    for (level, sheets) in [("warn", 3), ("error", 2)] {
        let checks = format!("\n[checks]\nurl-scheme = \"{level}\"\n");
        let sandbox = project("神奈川区,庚,,,www.a.jp,,,,,,,,,\n", &checks);
        sandbox.sasshi("build --quiet").exit(i32::from(level == "error"));
        assert_eq!(sandbox.files("output/sheet").len(), sheets, "{level}");
    }
}

#[test]
fn bad_rows_are_set_aside_and_the_rest_is_made() {
    let sandbox = project("神奈川区,庚,,045-510-169,,,,,,,,,,\n", "");
    sandbox.sasshi("build --quiet").exit(1);
    let made = sandbox.files("output/sheet/screen");
    assert_eq!(made, ["output/sheet/screen/101-tsurumi.pdf", "output/sheet/screen/103-nishi.pdf"]);
}

#[test]
fn strict_makes_nothing_unless_all_is_clean() {
    let sandbox = project("神奈川区,庚,,,www.a.jp,,,,,,,,,\n", "");
    sandbox.sasshi("build --quiet --strict").exit(1);
    assert_eq!(sandbox.files("output/sheet"), Vec::<String>::new());
    let clean = project("", "");
    clean.sasshi("build --quiet --strict").exit(0);
    assert_eq!(clean.files("output/sheet").len(), 3);
}

#[test]
fn the_report_lists_each_change_and_the_page_each_finding() {
    let sandbox = project("神奈川区,<b>庚</b>,,045-510-169,,,,,,,,,,\n", "");
    sandbox.sasshi("build --quiet --lang ja --html findings.html").exit(1);
    let report: serde_json::Value =
        serde_json::from_slice(&sandbox.read("output/report.json")).expect("JSON");
    let changes: Vec<&str> = report["changes"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|one| one["written"].as_str())
        .collect();
    assert_eq!(changes, ["R2.4.1", "（045）510-1697"]);
    let page = String::from_utf8(sandbox.read("findings.html")).expect("UTF-8");
    assert!(
        page.contains("8行目　D列「電話番号」") && page.contains("<td class=\"cell\">045-510-169</td>"),
        "{page}"
    );
    assert!(page.contains("&lt;b&gt;庚") && !page.contains("<b>庚"), "data is no markup");
    assert!(!page.contains("src=") && !page.contains("href="), "the page needs no other file");
}

#[test]
fn codes_and_schemas_can_be_looked_up() {
    let sandbox = Sandbox::empty();
    sandbox.sasshi("explain s2005 --lang ja").exit(0).says("総務省");
    sandbox.sasshi("explain S9999 --lang en").exit(2).says("did you mean");
    sandbox.sasshi("schema --lang ja").exit(0).says("指定緊急避難場所一覧");
    sandbox.sasshi("schema facility").exit(0).says("[[column]]");
    sandbox.sasshi("schema nix --lang en").exit(2).says("there is no schema");
    sandbox.write("list.csv", "施設名,TEL\na,045-671-2121\n");
    sandbox.sasshi("schema infer list.csv").exit(0).says("type = \"phone\"");
    sandbox.sasshi("schema json").exit(0).says("$schema");
}
