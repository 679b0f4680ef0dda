//! Roles of columns: which one joins, names, is called or visited is told by the schema, not by what it is called there.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::harness::Sandbox;

/// Offices with columns under names of their own.
const PLACE: &str = r#"title = "窓口"
kind = "facility"
key = "title"

[[column]]
name = "district"
type = "ward"
headers = ["区"]

[[column]]
name = "title"
headers = ["名称"]

[[column]]
name = "where"
type = "address"
headers = ["住所"]

[[column]]
name = "tel"
type = "phone"
headers = ["電話番号"]
"#;

/// A master list with columns under names of their own.
const BOROUGH: &str = r#"title = "区"
kind = "ward"
key = "borough"

[[column]]
name = "number"
type = "code"
headers = ["全国地方公共団体コード"]

[[column]]
name = "borough"
headers = ["区"]

[[column]]
name = "yomi"
type = "kana"
headers = ["区_カナ（ひらがな）"]

[[column]]
name = "romaji"
headers = ["区_英語"]
"#;

/// The small project with schemas of its own; the first column of its offices is called `district`.
fn of_other_names() -> Sandbox {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.write("schemas/place.toml", PLACE);
    sandbox.edit("sasshi.toml", "schema = \"facility\"", "schema = \"place\"");
    sandbox
}

/// For each file that was made, its record and the rows of the offices that stand on it, by the cells of `header`.
fn rows(sandbox: &Sandbox, header: &str) -> BTreeMap<String, (String, BTreeSet<String>)> {
    let report: Value = serde_json::from_slice(&sandbox.read("output/report.json")).expect("JSON");
    let files = report["files"].as_array().expect("a list of files");
    let of_file = |file: &Value| {
        let placements = file["placements"].as_array().expect("a list of placements");
        let cells = placements.iter().filter(|one| one["header"] == header);
        let rows = cells
            .filter_map(|one| one["at"].as_str()?.strip_prefix("sources/centers.csv:"))
            .filter_map(|at| Some(at.split_once(':')?.0.to_owned()));
        (file["record"].as_str().unwrap_or_default().to_owned(), rows.collect())
    };
    let made = files.iter().filter(|file| file["state"] == "made");
    made.map(|file| (file["path"].as_str().expect("a path").to_owned(), of_file(file))).collect()
}

/// Expects each office on the sheets of its own ward only, and all of them on the list and the labels.
fn stand_right(sandbox: &Sandbox) {
    for header in ["名称", "住所", "電話番号"] {
        for (path, (ward, rows)) in rows(sandbox, header) {
            let wanted: &[&str] = match ward.as_str() {
                "鶴見区" => &["2"],
                "西区" => &["3"],
                "港北区" => &["4"],
                // labels are for letters
                _ if path.contains("/labels/") && header == "電話番号" => &[],
                _ => &["2", "3", "4"],
            };
            let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
            assert_eq!(rows, wanted, "{header} of {path}");
        }
    }
    let sheets = sandbox.pdfs().iter().filter(|path| path.contains("/contact-sheet/")).count();
    assert_eq!(sheets, 8, "two editions for each of three wards, and for all of them in one file");
}

#[test]
fn the_column_that_joins_is_told_by_its_type() {
    let sandbox = of_other_names();
    let only_the_ward = PLACE.replace("\"title\"", "\"name\"").replace("\"where\"", "\"address\"");
    sandbox.write("schemas/place.toml", only_the_ward.replace("\"tel\"", "\"phone\""));
    sandbox.sasshi("build --jobs 1 --quiet --lang ja").exit(0);
    stand_right(&sandbox);
}

#[test]
fn an_office_stands_on_the_sheet_of_its_ward_whatever_the_column_is_called() {
    let sandbox = of_other_names();
    sandbox.sasshi("build --jobs 1 --quiet --lang ja").exit(0);
    stand_right(&sandbox);
}

#[test]
fn a_master_list_has_names_of_its_own_too() {
    let sandbox = of_other_names();
    sandbox.write("schemas/borough.toml", BOROUGH);
    sandbox.edit("sasshi.toml", "schema = \"ward\"", "schema = \"borough\"");
    sandbox.sasshi("build --jobs 1 --quiet --lang ja").exit(0);
    stand_right(&sandbox);
    // a ward answers to its number and its name in Latin letters
    for only in ["109", "kohoku", "港北区"] {
        let run = sandbox.sasshi(&format!("build --jobs 1 --lang en --only {only}")).exit(0);
        assert!(run.codes().is_empty(), "{}", run.transcript());
        let made: BTreeSet<String> = rows(&sandbox, "名称").into_values().map(|(ward, _)| ward).collect();
        assert_eq!(made.into_iter().collect::<Vec<_>>(), ["港北区"], "{only}");
    }
}

#[test]
fn the_manifest_may_name_the_column_that_joins() {
    let sandbox = of_other_names();
    let centers = String::from_utf8(sandbox.read("sources/centers.csv")).expect("text");
    sandbox.write("sources/centers.csv", centers.replace("区,名称", "担当の区,名称"));
    sandbox.edit("sasshi.toml", "schema = \"place\"", "schema = \"place\"\nkey = \"担当の区\"");
    sandbox.sasshi("build --jobs 1 --quiet --lang ja").exit(0);
    stand_right(&sandbox);
}

#[test]
fn a_ward_that_is_misspelt_is_found_in_any_column() {
    let sandbox = of_other_names();
    sandbox.edit("sources/centers.csv", "\n西区,", "\n東区,");
    let run = sandbox.sasshi("check --lang en").exit(1);
    assert_eq!(run.codes(), ["S2003"], "{}", run.transcript());
}

#[test]
fn two_columns_of_wards_must_say_which_joins() {
    let sandbox = of_other_names();
    let second = "\n[[column]]\nname = \"former\"\ntype = \"ward\"\nheaders = [\"旧区\"]\n";
    sandbox.write("schemas/place.toml", format!("{PLACE}{second}"));
    let run = sandbox.sasshi("check --lang en").exit(1).says("former");
    assert_eq!(run.codes(), ["S0008"], "{}", run.transcript());
    // one that is called `ward` is the one
    sandbox.write("schemas/place.toml", format!("{PLACE}{second}").replace("\"district\"", "\"ward\""));
    sandbox.sasshi("build --jobs 1 --quiet --lang ja").exit(0);
    stand_right(&sandbox);
}

#[test]
fn a_number_for_faxes_is_nobodys_telephone() {
    let sandbox = of_other_names();
    sandbox.write("schemas/place.toml", PLACE.replace("name = \"tel\"", "name = \"fax\""));
    let run = sandbox.sasshi("check --lang en").exit(1).says("phone");
    // labels need no number: they are looked at, and have no place for the fax either
    assert_eq!(run.codes(), ["S2001", "S7002"], "{}", run.transcript());
}
