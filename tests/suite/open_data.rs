//! Lists of the national open-data sets as municipalities publish them become a directory list and labels with a
//! manifest of ten lines. `tests/projects/open-data/README.md` says where each file is from.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;

use crate::harness::{Sandbox, tests};

/// Builds the project; every record is on the list and on a label, by the rows of the cells under `名称`.
fn builds(sandbox: &Sandbox, records: usize) {
    sandbox.sasshi("build --jobs 1 --quiet --lang ja").exit(0);
    let report: Value = serde_json::from_slice(&sandbox.read("output/report.json")).expect("JSON");
    for file in
        ["output/list/screen/list.pdf", "output/list/office/list.pdf", "output/labels/office/labels.pdf"]
    {
        let files = report["files"].as_array().expect("a list");
        let fact = files.iter().find(|fact| fact["path"] == file).expect(file);
        let placements = fact["placements"].as_array().expect("a list");
        let names: BTreeSet<&str> = placements
            .iter()
            .filter(|one| one["header"] == "名称")
            .filter_map(|one| one["at"].as_str())
            .collect();
        assert_eq!(names.len(), records, "{file}");
    }
}

/// A published file that may not be kept in the repository; the test says so where it is missing.
fn published(city: &str, file: &str, records: usize) {
    let folder = tests().join("projects/open-data").join(city);
    let manifest = crate::harness::text(&folder.join("sasshi.toml"));
    assert!(manifest.lines().count() <= 10, "a manifest of ten lines");
    if !folder.join(file).is_file() {
        eprintln!(
            "SKIPPED: {city}/{file} is not here; tests/projects/open-data/README.md says where it is from"
        );
        return;
    }
    builds(&Sandbox::copy(&format!("projects/open-data/{city}")), records);
}

#[test]
fn kudamatsu_childcare() {
    assert!(tests().join("projects/open-data/kudamatsu/352071_preschool.csv").is_file());
    published("kudamatsu", "352071_preschool.csv", 23);
}

#[test]
fn matsuyama_evacuation_sites() {
    published("matsuyama", "382019_evacuation_space.csv", 390);
}

#[test]
fn ichikawa_aed() {
    published("ichikawa", "122033_108_aed.csv", 191);
}

#[test]
fn kawaguchi_childcare() {
    published("kawaguchi", "112038_preschool.csv", 302);
}

/// Sixty places under the headers of the set, as in the published files: long names, buildings in a column of their
/// own, no phone in places.
#[test]
fn a_list_without_wards_flows_from_page_to_page() {
    let mut rows =
        "全国地方公共団体コード,ID,名称,名称_カナ,所在地_連結表記,建物名等(方書),電話番号,郵便番号\n"
            .to_owned();
    for row in 0..60 {
        let name = match row % 3 {
            0 => format!("見本公園{row}"),
            1 => format!("みほん観光・物産インフォメーション（旧見本町市民談話室）{row}"),
            _ => format!("見本ヤクルト保育園　とづかもぐもぐ保育ルーム{row}"),
        };
        let (building, phone) = if row % 2 == 0 { ("見本ビル3階", "") } else { ("", "(047)335-1711") };
        let _ = writeln!(
            rows,
            "122033,{row},{name},ミホン「コウエン」,千葉県市川市見本町{row}丁目2-8,{building},{phone},272-0021"
        );
    }
    let sandbox = Sandbox::empty();
    sandbox.write("list.csv", rows).write(
        "sasshi.toml",
        "directory.places = { source = \"list.csv\", schema = \"public-facilities\", title = \"公共施設\", optional = [\"電話番号\"] }\n\
         publication = [\n\
           { name = \"list\", layout = \"directory-list\", directories = [\"places\"], editions = [\"screen\", \"office\"] },\n\
           { name = \"labels\", layout = \"labels\", directories = [\"places\"], editions = [\"office\"] },\n\
         ]\n[project]\ntitle = \"市川市の公共施設\"\nmunicipality = \"市川市\"\ndate = 2026-11-23\n",
    );
    builds(&sandbox, 60);
    let report: Value = serde_json::from_slice(&sandbox.read("output/report.json")).expect("JSON");
    let file = |path: &str| {
        let files = report["files"].as_array().expect("a list");
        files.iter().find(|fact| fact["path"] == path).expect("a file").clone()
    };
    assert_eq!(file("output/list/office/list.pdf")["pages"].as_array().map(Vec::len), Some(3));
    assert_eq!(file("output/labels/office/labels.pdf")["pages"].as_array().map(Vec::len), Some(5));
    // building and postal code stand in columns of their own, and on the labels
    for header in ["建物名等(方書)", "郵便番号"] {
        let labels = file("output/labels/office/labels.pdf");
        let placements = labels["placements"].as_array().expect("a list").clone();
        let rows: BTreeSet<String> = placements
            .iter()
            .filter(|one| one["header"] == header)
            .filter_map(|one| one["at"].as_str().map(str::to_owned))
            .collect();
        assert_eq!(rows.len(), if header == "郵便番号" { 60 } else { 30 }, "{header}");
    }
}
