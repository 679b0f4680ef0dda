//! Projects of invented wards, of any number; the same number gives the same bytes.
//!
//! In: a folder and how many wards. Out: contact sheets of two offices each, or list sheets of thirty rows each; and the rows of
//! the latter for other programs.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::timing::Bench;

/// Rows of a list sheet.
const ROWS: usize = 30;
/// The columns of a list, but for the ward's.
const COLUMNS: [&str; 9] = ["name", "kana", "postal", "address", "phone", "fax", "url", "hours", "category"];

/// The digits of a number in kanji.
fn kanji(number: usize) -> String {
    let digits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    format!("{number:05}").chars().filter_map(|digit| digits.get(digit.to_digit(10)? as usize)).collect()
}

fn ward(number: usize) -> String {
    format!("第{}区", kanji(number))
}

/// A municipality code with its check digit.
fn code(number: usize) -> String {
    let digits = (10_000 + number).to_string();
    let sum: u32 =
        digits.chars().zip([6, 5, 4, 3, 2]).filter_map(|(c, weight)| Some(c.to_digit(10)? * weight)).sum();
    format!("{digits}{}", (11 - sum % 11) % 10)
}

/// A project of contact sheets in `folder`; `combined` is the value of the manifest.
pub fn contact_sheets(folder: &Path, count: usize, combined: &str) -> Bench<()> {
    fs::create_dir_all(folder.join("sources"))?;
    let mut wards = "全国地方公共団体コード,区,区_カナ（ひらがな）,区_英語\n".to_owned();
    for number in 1..=count {
        writeln!(wards, "{},{},だいく,Ward{number:05}", code(number), ward(number))?;
    }
    fs::write(folder.join("sources/wards.csv"), wards)?;
    for (list, kind) in [("centers", "市民活動センター"), ("councils", "社会福祉協議会")] {
        let mut rows = "区,名称,住所,電話番号\n".to_owned();
        for number in 1..=count {
            let (ward, town, block, house) = (ward(number), number % 9 + 1, number % 37 + 1, number % 23 + 1);
            let phone = format!("045-{:03}-{:04}", number / 10_000 + 510, number % 10_000);
            let floor = number % 8 + 1;
            writeln!(rows, "{ward},{ward}{kind},中央{town}-{block}-{house}　区総合庁舎{floor}階,{phone}")?;
        }
        fs::write(folder.join(format!("sources/{list}.csv")), rows)?;
    }
    let directory = |name: &str, title: &str, help: &str, icon: &str| {
        format!(
            "[directory.{name}]\nsource = \"sources/{name}.csv\"\nschema = \"facility\"\ntitle = \"{title}\"\n\
             help = \"{help}\"\nshort-help = \"{help}\"\nicon = \"{icon}\"\n"
        )
    };
    let manifest = format!(
        "[project]\ntitle = \"連絡先\"\nmunicipality = \"笹市\"\nlanguage = \"ja\"\ndate = 2026-11-23\n\
         [directory.wards]\nsource = \"sources/wards.csv\"\nschema = \"ward\"\n{}{}\
         [[publication]]\nname = \"contact-sheet\"\ntitle = \"連絡先シート\"\nlayout = \"contact-sheet\"\nper = \"wards\"\n\
         directories = [\"centers\", \"councils\"]\ncombined = {combined}\nfile-name = \"{{code}}-{{romaji}}\"\n\
         editions = [\"screen\"]\n",
        directory("centers", "活動センター", "活動の仲間や場所", "people"),
        directory("councils", "社会福祉協議会（社協）", "福祉の相談", "heart"),
    );
    Ok(fs::write(folder.join("sasshi.toml"), manifest)?)
}

/// The cells of row `row` of the ward `number`, in the order of [`COLUMNS`].
fn cells(number: usize, row: usize) -> [String; 9] {
    // whatever repeats would be set once
    let one = number * ROWS + row;
    let towns = ["青葉台", "旭川", "泉野", "梅沢", "楠原", "桜山", "竹島", "月浦", "藤丘", "星川"];
    let kana = [
        "あおばだい",
        "あさひかわ",
        "いずみの",
        "うめざわ",
        "くすはら",
        "さくらやま",
        "たけしま",
        "つきうら",
        "ふじおか",
        "ほしかわ",
    ];
    let kinds = [
        ("子育て", "地域子育て支援拠点", "ちいきこそだてしえんきょてん", "火～土 9:30～16:00"),
        ("高齢", "シルバー人材センター", "しるばーじんざいせんたー", "月～土 9:00～21:00"),
        ("障害", "基幹相談支援センター", "きかんそうだんしえんせんたー", "月～金 10:00～18:00（第3水曜休）"),
        ("交流", "国際交流ラウンジ", "こくさいこうりゅうらうんじ", "9:00～21:00（月1回休館）"),
    ];
    let buildings = ["", "", "　別館3階", "　本館501"];
    let (town, kind) = (one * 7 % towns.len(), kinds[one * 5 % kinds.len()]);
    let (block, house) = (one % 60 + 1, one % 29 + 1);
    [
        format!("{}第{}{}", towns[town], one % 9 + 1, kind.1),
        format!("{}だい{}{}", kana[town], one % 9 + 1, kind.2),
        format!("999-{:04}", one % 10_000),
        format!(
            "笹市{}{}{}-{block}-{house}{}",
            ward(number),
            towns[town],
            one % 9 + 1,
            buildings[one * 3 % buildings.len()]
        ),
        format!("099-000-{:04}", one * 13 % 10_000),
        format!("099-001-{:04}", one * 17 % 10_000),
        format!("https://www.example.jp/kurashi/{one}/"),
        kind.3.to_owned(),
        kind.0.to_owned(),
    ]
}

/// A project of list sheets in `folder`.
pub fn list_sheets(folder: &Path, count: usize) -> Bench<()> {
    for below in ["sources", "schemas", "layouts/ward-list"] {
        fs::create_dir_all(folder.join(below))?;
    }
    let mut wards = "code,name,romaji\n".to_owned();
    let mut rows = format!("{},ward\n", COLUMNS.join(","));
    for number in 1..=count {
        writeln!(wards, "{},{},ward-{number:05}", code(number), ward(number))?;
        for row in 0..ROWS {
            writeln!(rows, "{},{}", cells(number, row).join(","), ward(number))?;
        }
    }
    fs::write(folder.join("sources/wards.csv"), wards)?;
    fs::write(folder.join("sources/rows.csv"), rows)?;
    let columns = |names: &[&str]| {
        names.iter().fold(String::new(), |all, name| {
            all + &format!("[[column]]\nname = \"{name}\"\nheaders = [\"{name}\"]\n")
        })
    };
    let schema = |kind: &str| format!("title = \"rows\"\nkind = \"{kind}\"\nkey = \"name\"\n");
    let wards = schema("ward") + &columns(&["code", "name", "romaji"]);
    fs::write(folder.join("schemas/plain-ward.toml"), wards)?;
    let unit = "[[column]]\nname = \"ward\"\ntype = \"ward\"\nheaders = [\"ward\"]\n";
    fs::write(folder.join("schemas/rows.toml"), schema("facility") + unit + &columns(&COLUMNS))?;
    fs::write(folder.join("layouts/ward-list/layout.toml"), include_str!("list-sheet/layout.toml"))?;
    fs::write(folder.join("layouts/ward-list/layout.typ"), include_str!("list-sheet/layout.typ"))?;
    let manifest = "[project]\ntitle = \"笹市くらしの連絡先\"\nmunicipality = \"笹市\"\ndate = 2026-04-01\n\
         [directory.wards]\nsource = \"sources/wards.csv\"\nschema = \"plain-ward\"\n\
         [directory.rows]\nsource = \"sources/rows.csv\"\nschema = \"rows\"\n\
         [[publication]]\nname = \"sheets\"\nlayout = \"ward-list\"\nper = \"wards\"\ncombined = false\n\
         directories = [\"rows\"]\nfile-name = \"{romaji}\"\neditions = [\"office\"]\n";
    Ok(fs::write(folder.join("sasshi.toml"), manifest)?)
}

/// The same rows for other programs: a file of JSON for each sheet in `folder`, and their template.
pub fn peer_data(folder: &Path, count: usize) -> Bench<()> {
    fs::create_dir_all(folder.join("data"))?;
    for number in 1..=count {
        let rows = (0..ROWS).map(|row| {
            let cells = COLUMNS.iter().zip(cells(number, row));
            cells.map(|(column, cell)| ((*column).to_owned(), cell)).collect()
        });
        let rows: Vec<std::collections::BTreeMap<String, String>> = rows.collect();
        let sheet = serde_json::json!({ "ward": ward(number), "rows": rows });
        fs::write(folder.join(format!("data/ward-{number:05}.json")), sheet.to_string())?;
    }
    Ok(fs::write(folder.join("peer.typ"), include_str!("list-sheet/peer.typ"))?)
}
