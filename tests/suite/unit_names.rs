//! Names of units on paper: in Latin letters once, short ones in the place of those that no box holds, long ones on lists of
//! several pages; and postal codes before addresses on labels.

use std::fmt::Write as _;

use super::harness::Sandbox;
use super::tools::{pages, squeezed};

fn paper(sandbox: &Sandbox, file: &str) -> Option<String> {
    let pages = pages(&sandbox.root().join(format!("output/{file}.pdf")), &["-raw"])?;
    Some(squeezed(&pages.concat()))
}

#[test]
fn what_a_name_in_latin_letters_says_of_its_kind_is_not_said_twice() {
    for (latin, printed) in [
        ("Nishi", "NishiWard"),
        ("Nishi Ward", "NishiWard"),
        ("Ｎｉｓｈｉ", "NishiWard"),
        ("Nishi-ku", "Nishi-ku"),
        ("\"Nishi Ward, Yokohama\"", "NishiWard,Yokohama"),
    ] {
        let sandbox = Sandbox::copy("projects/small");
        sandbox.edit("sources/wards.csv", ",Nishi", &format!(",{latin}"));
        sandbox.edit("sasshi.toml", "per = \"wards\"", "per = \"wards\"\nfile-name = \"{code}\"");
        sandbox.sasshi("build contact-sheet --edition screen --quiet").exit(0);
        let Some(paper) = paper(&sandbox, "contact-sheet/screen/103") else { continue };
        assert!(paper.contains(&format!("{printed}地域")) && !paper.contains("WardWard"), "{latin}: {paper}");
    }
}

#[test]
fn readings_and_latin_names_of_the_wrong_kind_are_told() {
    for (from, to, code) in [
        ("にしく", "西区", "S2013"),
        ("にしく", "Nishiku", "S2013"),
        ("にしく", "141038", "S2013"),
        ("にしく", "－", "S2013"),
        (",Nishi", ",にし", "S2029"),
        (",Nishi", ",西", "S2029"),
        (",Nishi", ",103", "S2029"),
    ] {
        let sandbox = Sandbox::copy("projects/small");
        sandbox.edit("sources/wards.csv", from, to);
        let run = sandbox.sasshi("check --lang ja").exit(1);
        assert_eq!(run.codes(), [code], "{to}: {}", run.transcript());
        run.says("sources/wards.csv:3:");
    }
}

/// Twenty schools with an office each, the first of them with a `long` name.
fn schools(long: &str, short: Option<&str>) -> Sandbox {
    let sandbox = Sandbox::copy("projects/small");
    let names = "一二三四五六七八九十"
        .chars()
        .flat_map(|n| [format!("見本市立第{n}東中学校"), format!("港町立第{n}西小学校")]);
    let names: Vec<String> = std::iter::once(long.to_owned()).chain(names).collect();
    let mut units = String::from("学校,略称\n");
    let mut offices = String::from("学校,名称,住所,電話番号\n");
    for (index, name) in names.iter().enumerate() {
        let short = short.filter(|_| index == 0).unwrap_or_default();
        let _ = writeln!(units, "{name},{short}");
        let _ = writeln!(offices, "{name},窓口{index},見本町{index}-5,045-510-{index:04}");
    }
    sandbox.write("sources/wards.csv", units).write("sources/centers.csv", offices);
    sandbox.edit("sasshi.toml", "schema = \"ward\"", "schema = \"ward\"\nunit = \"学校\"");
    sandbox
}

#[test]
fn a_list_of_several_pages_holds_units_with_long_names() {
    let sandbox = schools("見本市立第一東中学校区青少年育成会", None);
    sandbox.sasshi("build list --lang ja").exit(0);
    let Some(paper) = paper(&sandbox, "list/screen/list") else { return };
    assert!(
        paper.contains("見本市立第一東中学校区青少年育成会") && paper.contains("つづきは2／2へ"),
        "{paper}"
    );
    let sandbox = schools("見本小", None);
    sandbox.edit("sources/wards.csv", "見本市立第五東中学校", "五中");
    sandbox.edit("sources/centers.csv", "見本市立第五東中学校", "五中");
    sandbox.sasshi("build list --lang ja").exit(0);
}

#[test]
fn a_short_name_of_a_unit_is_printed_in_the_place_of_the_long_one() {
    let long = "見本市立第一東中学校区青少年健全育成協議会連絡会事務局本部";
    let sandbox = schools(long, Some("一東連"));
    sandbox.sasshi("build --edition screen --lang ja").exit(0);
    let Some(list) = paper(&sandbox, "list/screen/list") else { return };
    assert!(list.contains("一東連") && !list.contains(long), "{list}");
    let Some(sheet) = paper(&sandbox, "contact-sheet/screen/01") else { return };
    assert!(sheet.contains("一東連") && !sheet.contains(long) && sheet.contains("窓口0"), "{sheet}");
}

#[test]
fn a_label_has_one_postal_code() {
    let label = |address: &str| {
        let sandbox = Sandbox::copy("projects/small");
        sandbox.edit("sources/centers.csv", "西区見本町4-5", address);
        sandbox
    };
    let sandbox = label("〒220-0051 西区見本町4-5");
    sandbox.sasshi("build labels --lang ja").exit(0);
    let Some(paper) = paper(&sandbox, "labels/office/labels") else { return };
    // those of the two others are empty
    assert_eq!(paper.matches('〒').count(), 3, "{paper}");
    assert!(paper.contains("〒220-0051横浜市西区見本町4-5"), "{paper}");
    for address in ["〒　西区見本町4-5", "〒220-0051・220-0052 西区見本町4-5"] {
        let run = label(address).sasshi("build labels --lang ja").exit(1);
        assert_eq!(run.codes(), ["S2026"], "{}", run.transcript());
    }
}

/// A long name leaves no room for the notice beside it: the foot has three lines, and none touches the offices above.
#[test]
fn the_foot_of_a_long_name_stands_clear() {
    let sandbox = Sandbox::empty().with_example();
    let name = "南保土ケ谷上川崎台中央区";
    for file in ["wards", "centers", "councils", "towns"] {
        let path = format!("sources/directories/{file}.csv");
        let text = String::from_utf8(sandbox.read(&path)).expect("UTF-8");
        sandbox.write(&path, text.replace("保土ケ谷区", name));
    }
    sandbox.edit(
        "sasshi.toml",
        "横浜市の発行物ではありません。",
        "横浜市の発行物ではありません。配るときは、市の担当に確かめてください。",
    );
    sandbox.sasshi(&format!("build contact-sheet --only {name} --edition screen --quiet")).exit(0);
    let file = sandbox.root().join("output/contact-sheet/screen/106-hodogaya.pdf");
    let Some(text) = super::tools::tool("pdftotext", &["-bbox"], &file) else { return };
    // top and bottom of the line with these words, in points from the top
    let line = |words: &str| -> [f64; 2] {
        let found =
            text.lines().rfind(|line| line.contains(words)).unwrap_or_else(|| panic!("no {words} in {text}"));
        ["yMin", "yMax"].map(|key| {
            let value = found.split(&format!("{key}=\"")).nth(1).and_then(|rest| rest.split('"').next());
            value.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("{key} in {found}"))
        })
    };
    let lines = ["みなとみらい21", "見本版（", "番号と住所は", "全国地方公共団体コード"].map(line);
    for pair in lines.windows(2) {
        assert!(pair[0][1] <= pair[1][0], "a line touches the next: {lines:?}");
    }
}
