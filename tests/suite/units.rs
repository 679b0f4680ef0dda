//! Any unit: sheets for neighbourhood associations and schools, the order of the master list, names of files without
//! codes, and `--only` with what people type.

use std::collections::BTreeSet;

use serde_json::Value;

use super::harness::Sandbox;
use super::tools::{pages, squeezed};

/// Names of the files in a folder of the output.
fn names(sandbox: &Sandbox, folder: &str) -> Vec<String> {
    let files = sandbox.files(&format!("output/{folder}"));
    files.iter().filter_map(|file| Some(file.rsplit_once('/')?.1.to_owned())).collect()
}

/// The text of a PDF without white space, page by page.
fn text(sandbox: &Sandbox, file: &str) -> Option<Vec<String>> {
    let pages = pages(&sandbox.root().join("output").join(file), &["-raw"])?;
    Some(pages.iter().map(|page| squeezed(page)).collect())
}

/// Expects `words` one after the other.
fn in_order(text: &str, words: &[&str]) {
    let places: Vec<Option<usize>> = words.iter().map(|word| text.find(&squeezed(word))).collect();
    assert!(places.iter().all(Option::is_some), "{words:?} at {places:?} in:\n{text}");
    assert!(places.is_sorted(), "{words:?} at {places:?} in:\n{text}");
}

/// What the file of a record is called, and its record, as the report tells.
fn records(sandbox: &Sandbox, folder: &str) -> BTreeSet<(String, String)> {
    let report: Value = serde_json::from_slice(&sandbox.read("output/report.json")).expect("JSON");
    let files = report["files"].as_array().expect("a list of files").iter();
    let of_folder = files.filter_map(|file| {
        let name = file["path"].as_str()?.strip_prefix(&format!("output/{folder}/"))?;
        Some((name.to_owned(), file["record"].as_str()?.to_owned()))
    });
    of_folder.collect()
}

#[test]
fn neighbourhood_associations_have_sheets_list_and_labels_without_dummy_columns() {
    let sandbox = Sandbox::copy("projects/associations");
    sandbox.sasshi("build --jobs 1 --quiet --lang ja").exit(0).silent();
    // nothing but kanji is known of them: they are called by their place
    assert_eq!(names(&sandbox, "sheets/screen"), ["01.pdf", "02.pdf", "03.pdf", "04.pdf", "all.pdf"]);
    let wanted = [
        ("01.pdf", "さくら坂町内会"),
        ("02.pdf", "みなと見本町内会"),
        ("03.pdf", "見本台一丁目町内会"),
        ("04.pdf", "ひかりが丘団地自治会"),
    ];
    let wanted = wanted.map(|(name, record)| (name.to_owned(), record.to_owned()));
    assert_eq!(records(&sandbox, "sheets/screen"), wanted.into());
    let Some(sheet) = text(&sandbox, "sheets/screen/03.pdf") else { return };
    let sheet = sheet.concat();
    for words in ["見本台会館", "045-540-2201", "見本台防災拠点", "045-540-2202", "045-224-8101"]
    {
        assert!(sheet.contains(&squeezed(words)), "{words} in {sheet}");
    }
    assert!(!sheet.contains("さくら坂") && !sheet.contains("全国地方公共団体コード"), "{sheet}");
    let halls = ["さくら坂会館", "みなと見本町内会館", "見本台会館", "ひかりが丘団地集会所"];
    for file in ["sheets/screen/all.pdf", "list/screen/list.pdf", "labels/office/labels.pdf"] {
        in_order(&text(&sandbox, file).expect("the tool is there").concat(), &halls);
    }
}

#[test]
fn schools_have_sheets_list_and_labels_without_dummy_columns() {
    let sandbox = Sandbox::copy("projects/schools");
    sandbox.sasshi("build --jobs 1 --quiet --lang ja").exit(0).silent();
    // the readings give the names
    let files = ["all.pdf", "mihonchugakko.pdf", "mihondaiichishogakko.pdf", "mihondainishogakko.pdf"];
    assert_eq!(names(&sandbox, "sheets/office"), files);
    let Some(all) = text(&sandbox, "sheets/screen/all.pdf") else { return };
    let (first, last) = (&all[0], &all[2]);
    in_order(first, &["みほんだいいちしょうがっこう", "0460-83-1001", "0460-83-1011"]);
    assert!(last.contains("0460-83-1003") && !last.contains("0460-83-1001"), "{last}");
    let listed = text(&sandbox, "list/screen/list.pdf").expect("the tool is there").concat();
    in_order(&listed, &["0460-83-1001", "0460-83-1002", "0460-83-1003", "教育相談", "0460-83-1100"]);
}

#[test]
fn messages_speak_of_the_unit() {
    let sandbox = Sandbox::copy("projects/associations");
    sandbox.edit("sources/halls.csv", "\nさくら坂町内会,", "\nさくら板町内会,");
    sandbox
        .sasshi("check --lang ja")
        .exit(1)
        .says("「さくら板町内会」は、町内会の一覧（sources/associations.csv）にありません。");
    let run = sandbox.sasshi("check --lang en").exit(1);
    assert_eq!(run.codes(), ["S2003"], "{}", run.transcript());
    let sandbox = Sandbox::copy("projects/schools");
    sandbox.edit("sources/rooms.csv", "見本中学校,職員室,見本町字北7-8,0460-83-1003\n", "");
    sandbox.sasshi("check --lang ja").exit(1).says("この学校の行を加えてください。");
}

#[test]
fn the_unit_belongs_to_one_master_list() {
    let sandbox = Sandbox::copy("projects/schools");
    sandbox.edit("sasshi.toml", "for = \"all\"", "for = \"all\"\nunit = \"学校\"");
    let run = sandbox.sasshi("check --lang en").exit(1);
    assert_eq!(run.codes(), ["S0005", "S0003"], "{}", run.transcript());
    let sandbox = Sandbox::copy("projects/schools");
    sandbox.edit("sasshi.toml", "unit = \"学校\"\n\n[directory.rooms]", "unit = \" \"\n\n[directory.rooms]");
    sandbox.sasshi("check --lang en").exit(1).says("unit names what sheets are made for");
}

#[test]
fn without_a_column_that_orders_them_units_stand_as_in_the_file() {
    let sandbox = Sandbox::copy("projects/small");
    let wards = "区\n港北区\n鶴見区\n西区\n";
    sandbox.write("sources/wards.csv", wards);
    sandbox.sasshi("build --jobs 1 --quiet --lang ja").exit(0).silent();
    let order = ["045-510-0003", "045-510-0001", "045-510-0002"];
    for file in ["contact-sheet/screen/all.pdf", "list/screen/list.pdf"] {
        let Some(pages) = text(&sandbox, file) else { return };
        in_order(&pages.concat(), &order);
    }
    // by number, full-width too; what has none stands last
    sandbox.write("sources/wards.csv", "表示順,区\n,港北区\n１０,鶴見区\n9,西区\n");
    sandbox.sasshi("build --jobs 1 --quiet --lang ja").exit(0);
    in_order(
        &text(&sandbox, "contact-sheet/screen/all.pdf").expect("the tool is there").concat(),
        &["045-510-0002", "045-510-0001", "045-510-0003"],
    );
    sandbox.write("sources/wards.csv", "表示順,区\n一,港北区\n2,鶴見区\n3,西区\n");
    let run = sandbox.sasshi("check --lang en").exit(1);
    assert_eq!(run.codes(), ["S2014"], "{}", run.transcript());
}

#[test]
fn files_of_records_are_never_called_alike() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.write("sources/wards.csv", "区,よみ\n鶴見区,つるみく\n西区,ツルミク\n港北区,\n");
    let run = sandbox.sasshi("build contact-sheet --jobs 1 --edition screen --lang en").exit(0);
    // one cell of the readings is empty
    assert_eq!(run.codes(), ["S2002"], "{}", run.transcript());
    let files = ["03.pdf", "all.pdf", "tsurumiku-01.pdf", "tsurumiku-02.pdf"];
    assert_eq!(names(&sandbox, "contact-sheet/screen"), files);
    // the same list gives the same names, and a pattern may name the number
    sandbox.edit("sasshi.toml", "per = \"wards\"", "per = \"wards\"\nfile-name = \"{number}-{name}\"");
    sandbox.sasshi("build contact-sheet --jobs 1 --edition office --lang en").exit(0);
    let files = ["01-鶴見区.pdf", "02-西区.pdf", "03-港北区.pdf", "all.pdf"];
    assert_eq!(names(&sandbox, "contact-sheet/office"), files);
}

#[test]
fn only_takes_what_people_type() {
    let sandbox = Sandbox::empty().with_example();
    for (only, wanted) in [
        ("西", &["西区"][..]),
        ("奈川", &["神奈川区"]),
        ("港南,青葉、Tsuzuki", &["港南区", "青葉区", "都筑区"]),
        ("101 --only 旭", &["鶴見区", "旭区"]),
        ("hodo", &["保土ケ谷区"]),
        ("葉,保", &["青葉区", "保土ケ谷区"]),
        // 南区, though 港南区 holds it too
        ("南", &["南区"]),
        ("ＫＯＨＯＫＵ", &["港北区"]),
    ] {
        let command = format!("build contact-sheet --jobs 1 --edition office --lang ja --only {only}");
        sandbox.sasshi(&command).exit(0);
        let made: BTreeSet<String> =
            records(&sandbox, "contact-sheet/office").into_iter().map(|(_, record)| record).collect();
        let wanted: BTreeSet<String> = wanted.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(made, wanted, "{only}");
    }
    sandbox
        .sasshi("build contact-sheet --only 港 --lang ja")
        .exit(2)
        .says("「港」だけでは、港南区・港北区のどれか分かりません。");
    sandbox.sasshi("build contact-sheet --only , --lang ja").exit(2);
    assert_eq!(sandbox.sasshi("build contact-sheet --only 西区,酉区 --lang en").exit(2).codes(), ["S3004"]);
}

/// A project whose list has columns that nothing uses, with faults in them.
fn with_unused_columns() -> Sandbox {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.write(
        "sources/centers.csv",
        "区,名称,住所,電話番号,備考,備考\n\
         鶴見区,つるみ,鶴見区見本町1,045-510-0001,一,二\n\
         西区,にし,西区見本町4,045-510-0002,外\u{E000}字,\n\
         港北区,こうほく,港北区見本町6,045-510-0003,見え\u{202E}ない,\n",
    );
    sandbox
}

#[test]
fn faults_in_columns_that_nothing_uses_keep_nothing_back() {
    let sandbox = with_unused_columns();
    let run = sandbox.sasshi("build --jobs 1 --lang en").exit(0);
    // and that the column is printed nowhere
    assert_eq!(run.codes(), ["S1006", "S7002", "S2020", "S2021"], "{}", run.transcript());
    assert!(run.stdout.contains("0 errors, 4 warnings"), "{}", run.stdout);
    assert_eq!(names(&sandbox, "contact-sheet/screen").len(), 4);
}

#[test]
fn a_layout_that_asks_for_such_a_column_uses_it() {
    let sandbox = with_unused_columns();
    let layout = String::from_utf8(
        std::fs::read(super::harness::repository().join("layouts/contact-sheet/layout.toml"))
            .expect("a layout"),
    );
    let layout = layout.expect("text").replace("offices = [\"区分\"", "offices = [\"備考\", \"区分\"");
    assert!(layout.contains("備考"));
    sandbox.write("layouts/contact-sheet/layout.toml", layout);
    let run = sandbox.sasshi("build --jobs 1 --lang en").exit(1);
    assert!(run.stdout.contains("3 errors, 0 warnings"), "{}", run.transcript());
    // without a schema any column may be used
    let sandbox = with_unused_columns();
    sandbox.write("sources/table.csv", "問い,問い\n一,二\n");
    let manifest = String::from_utf8(sandbox.read("sasshi.toml")).expect("text");
    let worksheet = "\n[directory.table]\nsource = \"sources/table.csv\"\n\n[[publication]]\nname = \"w\"\nlayout = \"worksheet\"\ndirectories = [\"table\"]\n";
    sandbox.write("sasshi.toml", manifest + worksheet);
    sandbox.sasshi("build w --jobs 1 --lang en").exit(1).says("1 errors");
}

#[test]
fn a_list_that_says_of_no_row_whose_it_is_stands_on_no_sheet() {
    let sandbox = Sandbox::copy("projects/small");
    let schema = "kind = \"facility\"\nkey = \"name\"\n[[column]]\nname = \"name\"\nheaders = [\"名称\"]\n\
                  [[column]]\nname = \"address\"\ntype = \"address\"\nheaders = [\"住所\"]\n\
                  [[column]]\nname = \"phone\"\ntype = \"phone\"\nheaders = [\"電話番号\"]\n";
    sandbox.write("schemas/own.toml", schema);
    sandbox.edit("sasshi.toml", "schema = \"facility\"", "schema = \"own\"");
    let run = sandbox.sasshi("build contact-sheet --jobs 1 --lang ja").exit(1);
    let run = run.says("key = \"見出し\"").says("for = \"all\"");
    assert_eq!(run.codes(), ["S2001"], "{}", run.transcript());
    assert!(names(&sandbox, "contact-sheet/screen").is_empty());
    // either cure is one
    sandbox.edit("sasshi.toml", "schema = \"own\"", "schema = \"own\"\nkey = \"区\"");
    sandbox.sasshi("build --jobs 1 --quiet --lang ja").exit(0).silent();
    let Some(sheet) = text(&sandbox, "contact-sheet/screen/103-nishi.pdf") else { return };
    let sheet = sheet.concat();
    assert!(sheet.contains("045-510-0002") && !sheet.contains("045-510-0001"), "{sheet}");
    sandbox.edit("sasshi.toml", "key = \"区\"", "for = \"all\"");
    sandbox.sasshi("build contact-sheet --jobs 1 --quiet --lang ja").exit(0);
    let sheet = text(&sandbox, "contact-sheet/screen/103-nishi.pdf").expect("the tool is there").concat();
    assert!(sheet.contains("045-510-0002") && sheet.contains("045-510-0001"), "{sheet}");
}

#[test]
fn a_list_for_the_whole_city_may_name_anything_in_its_column_of_wards() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.edit("sasshi.toml", "schema = \"facility\"", "schema = \"facility\"\nfor = \"all\"");
    sandbox.edit("sources/centers.csv", "\n西区,", "\n市内全域,");
    // what stands over the offices of a unit is printed nowhere then
    let run = sandbox.sasshi("build --jobs 1 --quiet --lang ja").exit(0);
    assert_eq!(run.codes(), ["S7001"; 2], "{}", run.transcript());
    run.says("directory.centers.help の「活動を始めたいときに」は、どの刊行物にも印刷されません");
    sandbox.edit("sasshi.toml", "help = \"活動を始めたいときに\"\nshort-help = \"活動の相談\"\n", "");
    sandbox.sasshi("build --jobs 1 --quiet --lang ja").exit(0).silent();
}

#[test]
fn units_join_with_the_city_before_their_names() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.edit("sources/centers.csv", "\n西区,", "\n横浜市西区,");
    sandbox.edit("sources/centers.csv", "\n港北区,", "\n神奈川県横浜市港北区,");
    sandbox.edit("sources/wards.csv", "鶴見区", "横浜市鶴見区");
    sandbox.edit("sources/wards.csv", "つるみく", "よこはましつるみく");
    sandbox.sasshi("build --jobs 1 --quiet --lang ja").exit(0).silent();
    let Some(sheet) = text(&sandbox, "contact-sheet/screen/103-nishi.pdf") else { return };
    assert!(sheet.concat().contains("045-510-0002"), "{sheet:?}");
    let sheet = text(&sandbox, "contact-sheet/screen/101-tsurumi.pdf").expect("the tool is there").concat();
    assert!(sheet.contains("045-510-0001"), "{sheet}");
    // the ward of another city is none of these
    sandbox.edit("sources/centers.csv", "\n横浜市西区,", "\n川崎市西区,");
    assert_eq!(sandbox.sasshi("check --lang en").exit(1).codes(), ["S2003"]);
}

#[test]
fn what_may_be_missing_may_be_missing_altogether() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.write("sources/centers.csv", "区,名称,電話番号\n鶴見区,つるみ,045-510-0001\n西区,にし,045-510-0002\n港北区,こうほく,045-510-0003\n");
    assert_eq!(sandbox.sasshi("check contact-sheet list --lang en").exit(1).codes(), ["S2001"]);
    sandbox.edit("sasshi.toml", "schema = \"facility\"", "schema = \"facility\"\noptional = [\"住所\"]");
    sandbox.sasshi("build contact-sheet list --jobs 1 --quiet --lang ja").exit(0).silent();
    // a renamed column of readings is not passed over without a word
    sandbox.edit("sources/wards.csv", "区_カナ（ひらがな）", "くのなまえ");
    let run = sandbox
        .sasshi("check contact-sheet --lang ja")
        .exit(0)
        .says("「くのなまえ」は「区_カナ（ひらがな）」の列のように見えます");
    assert_eq!(run.codes(), ["S2001", "S7002"], "{}", run.transcript());
}

#[test]
fn as_above_is_read_as_what_stands_above() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.write(
        "sources/centers.csv",
        "区,名称,住所,電話番号\n鶴見区,つるみ,鶴見区見本町1,045-510-0001\n〃,つるみ別館,同上,045-510-0004\n\
         西区,にし,西区見本町4,045-510-0002\n港北区,こうほく,港北区見本町6,045-510-0003\n",
    );
    let run = sandbox.sasshi("build --jobs 1 --lang ja").exit(0);
    assert_eq!(run.codes(), ["S1027", "S1027"], "{}", run.transcript());
    let Some(sheet) = text(&sandbox, "contact-sheet/screen/101-tsurumi.pdf") else { return };
    let sheet = sheet.concat();
    assert!(sheet.contains("045-510-0004") && sheet.matches("鶴見区見本町1").count() == 2, "{sheet}");
}

#[test]
fn of_several_columns_of_a_type_it_is_asked_which_is_meant() {
    let sandbox = Sandbox::copy("projects/small");
    let column = |name: &str, kind: &str, header: &str| {
        format!("[[column]]\nname = \"{name}\"\ntype = \"{kind}\"\nheaders = [\"{header}\"]\n")
    };
    let readings = format!(
        "kind = \"ward\"\nkey = \"name\"\n{}{}{}",
        column("name", "text", "区"),
        column("short", "kana", "区_カナ（ひらがな）"),
        column("long", "kana", "よみ")
    );
    sandbox.write("schemas/own.toml", &readings);
    sandbox.edit("sasshi.toml", "schema = \"ward\"", "schema = \"own\"");
    let run = sandbox.sasshi("check contact-sheet --lang ja").exit(0).says("name を「kana」にしてください");
    assert!(run.codes().contains(&"S2001"), "{}", run.transcript());
    sandbox.write("schemas/own.toml", readings.replace("\"short\"", "\"kana\""));
    let run = sandbox.sasshi("check contact-sheet --lang ja").exit(0);
    assert!(!run.codes().contains(&"S2001"), "{}", run.transcript());
}
