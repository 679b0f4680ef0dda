//! Lists as strangers keep them: what is printed is what a careful person would print, or it is a finding.

use super::harness::Sandbox;
use super::tools::{pages, squeezed};

/// The text of a PDF of the sandbox, without spaces; none where poppler is missing.
fn text(sandbox: &Sandbox, file: &str) -> Option<String> {
    pages(&sandbox.root().join(file), &["-raw"]).map(|pages| squeezed(&pages.concat()))
}

/// The small project with these offices.
fn with_offices(rows: &str) -> Sandbox {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.write("sources/centers.csv", format!("区,名称,住所,電話番号\n{rows}"));
    sandbox
}

#[test]
fn the_citys_name_stands_only_before_its_own_places() {
    let sandbox = with_offices(
        "鶴見区,市外相談室,川崎市川崎区見本1-1,045-510-0001\n\
         西区,都内相談室,東京都港区見本1-2,045-510-0002\n\
         西区,町村相談室,葉山町見本1-3,045-510-0004\n\
         港北区,民会相談室,横浜市民見本会館内,045-510-0003\n\
         港北区,港北相談室,神奈川県横浜市港北区見本町6-7,045-510-0005\n\
         港北区,休館相談室,（改修中）,045-510-0006\n",
    );
    sandbox.sasshi("build contact-sheet --quiet").exit(0);
    let read = |file: &str| text(&sandbox, &format!("output/contact-sheet/screen/{file}.pdf"));
    let Some(tsurumi) = read("101-tsurumi") else { return };
    let (Some(nishi), Some(kohoku)) = (read("103-nishi"), read("109-kohoku")) else { return };
    for (sheet, right) in [
        (&tsurumi, "川崎市川崎区見本1-1"),
        (&nishi, "東京都港区見本1-2"),
        (&nishi, "葉山町見本1-3"),
        (&kohoku, "横浜市民見本会館内"),
        (&kohoku, "横浜市港北区見本町6-7"),
        (&kohoku, "（改修中）"),
    ] {
        assert!(sheet.contains(right), "{right}: {sheet}");
    }
    for wrong in
        ["横浜市川崎市", "横浜市東京都", "横浜市葉山町", "横浜市横浜市", "横浜市(", "横浜市民見本会館内横浜"]
    {
        assert!(![&tsurumi, &nishi, &kohoku].iter().any(|sheet| sheet.contains(wrong)), "{wrong}");
    }
}

#[test]
fn an_extension_is_printed_wherever_the_number_is() {
    let sandbox = with_offices(
        "鶴見区,つるみ見本センター,鶴見区見本町1-2-3,045-510-0001 内線1234\n\
         西区,にし見本センター,西区見本町4-5,045-510-0002（内線２０１・２０２）\n\
         港北区,こうほく見本センター,港北区見本町6-7,045-510-0003 内線(2)123\n",
    );
    sandbox.sasshi("build --quiet").exit(0);
    for file in ["contact-sheet/screen/101-tsurumi", "list/screen/list"] {
        let Some(text) = text(&sandbox, &format!("output/{file}.pdf")) else { return };
        assert!(text.contains("045-510-0001内線1234"), "{file}: {text}");
    }
    let Some(all) = text(&sandbox, "output/contact-sheet/office/all.pdf") else { return };
    for number in ["045-510-0002内線201・202", "045-510-0003内線(2)123"] {
        assert!(all.contains(number), "{number}: {all}");
    }
}

#[test]
fn a_list_without_its_ward_column_is_on_no_sheet() {
    let sandbox = with_offices("西区,みなと相談室,西区見本町4-5,045-510-0002\n");
    sandbox.edit("sources/centers.csv", "区,名称", "行政区,名称");
    sandbox.edit("sasshi.toml", "schema = \"facility\"", "schema = \"facility\"\nevery-ward = false");
    let run = sandbox.sasshi("build contact-sheet --lang ja").exit(1);
    assert_eq!(run.codes(), ["S2001"], "{}", run.transcript());
    run.says("「行政区」がその列なら").says("for = \"all\"");
    assert!(sandbox.pdfs().is_empty());
    sandbox.edit("sasshi.toml", "every-ward = false", "for = \"all\"");
    // the wards that it names are printed nowhere then, which is said
    let run = sandbox.sasshi("build contact-sheet --lang ja").exit(0).says("「行政区」");
    assert_eq!(run.codes(), ["S7002"], "{}", run.transcript());
    for ward in ["101-tsurumi", "103-nishi", "109-kohoku"] {
        let Some(text) = text(&sandbox, &format!("output/contact-sheet/screen/{ward}.pdf")) else { return };
        assert!(text.contains("みなと相談室"), "{ward}");
    }
    sandbox.edit("sasshi.toml", "for = \"all\"", "for = \"al\"");
    sandbox.sasshi("build contact-sheet --lang en").exit(1).says("for is \"all\"");
}

#[test]
fn a_list_for_the_whole_city_may_name_wards() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.edit("sasshi.toml", "schema = \"facility\"", "schema = \"facility\"\nfor = \"all\"");
    sandbox.sasshi("build contact-sheet --quiet").exit(0);
    let Some(text) = text(&sandbox, "output/contact-sheet/screen/101-tsurumi.pdf") else { return };
    for name in ["つるみ見本センター", "にし見本センター", "こうほく見本センター"]
    {
        assert_eq!(text.matches(name).count(), 1, "{name}: {text}");
    }
}

#[test]
fn what_a_manifest_cuts_off_or_names_wrongly_is_told() {
    let manifest = |sandbox: &Sandbox, from: &str, to: &str| {
        let text = String::from_utf8(sandbox.read("sasshi.toml")).expect("UTF-8");
        assert!(text.contains(from));
        sandbox.write("sasshi.toml", text.replace(from, to));
    };
    let rows = "鶴見区,つるみ,鶴見区見本1-2,045-510-0001\n西区,にし,西区見本4-5,045-510-0002\n\
                港北区,こうほく,港北区見本6-7,045-510-0003\n西区,第二,西区見本8,045-510-0008\n";
    let says = |sandbox: &Sandbox, status: i32, wanted: &str| {
        let run = sandbox.sasshi("check --lang ja").exit(status);
        let said = format!("{}{}", run.stdout, run.stderr);
        assert!(said.contains(wanted), "{wanted}: {said}");
    };
    // a record below what skip-below once meant
    let sandbox = with_offices(rows);
    manifest(&sandbox, "icon = \"people\"", "icon = \"people\"\nskip-below = 1");
    says(&sandbox, 0, "5行目は、名簿の行のように見えますが、skip-below の指定で読んでいません");
    let sandbox = with_offices(&format!("{rows}※ 年末年始は休みです,,,\n"));
    manifest(&sandbox, "icon = \"people\"", "icon = \"people\"\nskip-below = 1");
    let run = sandbox.sasshi("check --lang ja").exit(0);
    assert!(!format!("{}{}", run.stdout, run.stderr).contains("skip-below の指定"), "{}", run.stderr);
    // a key that is not there
    let sandbox = with_offices(rows);
    manifest(&sandbox, "icon = \"people\"", "icon = \"people\"\nkey = \"担当区\"");
    says(&sandbox, 1, "key に書いた列「担当区」が、この表にありません");
    // sheets of units without any list
    let sandbox = with_offices(rows);
    manifest(
        &sandbox,
        "directories = [\"centers\"]\neditions = [\"screen\", \"office\"]",
        "editions = [\"screen\"]",
    );
    says(&sandbox, 0, "刊行物「contact-sheet」に directories がないので");
}

#[test]
fn the_column_that_the_manifest_names_joins_and_no_other() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.write(
        "sources/centers.csv",
        "担当の区,区,名称,住所,電話番号\n西区,鶴見区,つるみ,鶴見区見本1,045-510-0001\n\
         港北区,西区,にし,西区見本2,045-510-0002\n鶴見区,港北区,こう,港北区見本3,045-510-0003\n",
    );
    let text_of = String::from_utf8(sandbox.read("sasshi.toml")).expect("UTF-8");
    sandbox
        .write("sasshi.toml", text_of.replace("icon = \"people\"", "icon = \"people\"\nkey = \"担当の区\""));
    sandbox.sasshi("build contact-sheet --quiet").exit(0);
    let Some(nishi) = text(&sandbox, "output/contact-sheet/screen/103-nishi.pdf") else { return };
    assert!(nishi.contains("つるみ") && !nishi.contains("にし見本"), "{nishi}");
}

#[test]
fn the_title_of_a_picture_is_printed_or_told() {
    let sandbox = Sandbox::empty().with_example();
    let path = "sources/booklet/17-column-a-ward.md";
    let chapter = String::from_utf8(sandbox.read(path)).expect("UTF-8");
    let picture = "\n\n![まちの絵](../art/case-parents-place.svg \"絵の題QA\")\n";
    sandbox.write(path, format!("{chapter}{picture}"));
    let run = sandbox.sasshi("build booklet --edition screen --lang ja");
    assert!(format!("{}{}", run.stdout, run.stderr).contains("絵の題QA"), "{}", run.stderr);
}

#[test]
fn a_code_before_an_address_and_a_mark_of_spreadsheets_leave_the_city_where_it_belongs() {
    let sandbox = with_offices(
        "鶴見区,つるみ見本センター,〒230-0051　鶴見区見本町1-2-3,045-510-0001\n\
         西区,'にし見本センター,'西区見本町4-5,045-510-0002\n\
         港北区,こうほく見本センター,230-0052 港北区見本町6-7,045-510-0003\n",
    );
    let run = sandbox.sasshi("build --lang ja").exit(0);
    assert!(run.codes().is_empty(), "{}", run.transcript());
    let read = |file: &str| text(&sandbox, &format!("output/contact-sheet/screen/{file}.pdf"));
    let (Some(tsurumi), Some(nishi), Some(kohoku)) =
        (read("101-tsurumi"), read("103-nishi"), read("109-kohoku"))
    else {
        return;
    };
    assert!(tsurumi.contains("〒230-0051横浜市鶴見区見本町1-2-3"), "{tsurumi}");
    assert!(nishi.contains("横浜市西区見本町4-5") && !nishi.contains('\''), "{nishi}");
    assert!(kohoku.contains("230-0052横浜市港北区見本町6-7"), "{kohoku}");
}

#[test]
fn words_for_nothing_and_addresses_that_are_none_are_found_at_their_cells() {
    for (cell, place) in [
        ("0,西区見本町4-5", ":3:2"),
        ("NULL,西区見本町4-5", ":3:2"),
        ("にし見本センター,null", ":3:3"),
        ("にし見本センター,横浜市横浜市西区見本町4-5", ":3:3"),
        // also in digits of full width, of which most addresses are known without being read whole
        ("にし見本センター,横浜市横浜市西区見本町４－５", ":3:3"),
        ("にし見本センター,横浜市", ":3:3"),
        ("にし見本センター,https://example.jp/map", ":3:3"),
    ] {
        let sandbox = with_offices(&format!(
            "鶴見区,つるみ見本センター,鶴見区見本町1-2-3,045-510-0001\n西区,{cell},045-510-0002\n\
             港北区,こうほく見本センター,港北区見本町6-7,045-510-0003\n",
        ));
        let run = sandbox.sasshi("check --lang ja").exit(1);
        assert!(run.stderr.contains(&format!("centers.csv{place}")), "{cell}: {}", run.transcript());
    }
}

#[test]
fn an_extension_in_a_table_of_the_booklet_or_a_handout_is_the_cells_own_word() {
    let sandbox = Sandbox::empty().with_example();
    sandbox.edit("sources/directories/centers.csv", "045-411-7089", "045-411-7089 内線9");
    for publication in ["booklet", "handout"] {
        let run = sandbox.sasshi(&format!("build {publication} --edition screen --lang ja")).exit(0);
        assert!(run.codes().is_empty(), "{}", run.transcript());
    }
    let Some(text) = text(&sandbox, "output/booklet/screen/booklet.pdf") else { return };
    assert!(text.contains("045-411-7089内線9"), "{text}");
}

#[test]
fn units_with_the_citys_name_before_them_leave_it_to_addresses() {
    let sandbox = with_offices(
        "鶴見区,つるみ,鶴見区見本1-2,045-510-0001\n西区,みなと相談室,西区見本町4-5,045-510-0002\n\
         港北区,こうほく,港北区見本6-7,045-510-0003\n",
    );
    let wards = String::from_utf8(sandbox.read("sources/wards.csv")).expect("text");
    sandbox.write("sources/wards.csv", wards.replace("西区", "横浜市西区").replace("鶴見区", "横浜市鶴見区"));
    sandbox.sasshi("build contact-sheet --only 横浜市西区 --edition screen --lang ja").exit(0);
    let Some(text) = text(&sandbox, "output/contact-sheet/screen/103-nishi.pdf") else { return };
    assert!(text.contains("横浜市西区見本町4-5") && !text.contains("横浜市横浜市"), "{text}");
}

#[test]
fn records_that_stand_apart_below_blank_rows_are_told() {
    let list = "鶴見区,つるみ,鶴見区見本1-2,045-510-0001\n西区,にし,西区見本4-5,045-510-0002\n\
                港北区,こうほく,港北区見本6-7,045-510-0003\n";
    let sandbox = with_offices(&format!("{list}\n,,,\n,,,\n西区,むかしの館,西区見本8,045-510-0008\n"));
    let run =
        sandbox.sasshi("check --lang ja").exit(0).says("空の行をはさんで、8行目からまた名簿の行があります");
    assert_eq!(run.codes(), ["S1012"], "{}", run.transcript());
    // one blank row is a habit, and so are gaps between all units
    let sandbox = with_offices(&list.replace("\n西区", "\n\n西区").replace("\n港北", "\n\n港北"));
    assert!(sandbox.sasshi("check --lang ja").exit(0).codes().is_empty());
    // who made the list is no office
    let sandbox = with_offices(&format!("{list}担当課,市民局地域支援課\n更新日,令和8年4月1日\n"));
    let run = sandbox.sasshi("check --lang ja").exit(0).says("注とみて、読みませんでした");
    assert_eq!(run.codes(), ["S1012"], "{}", run.transcript());
}

#[test]
fn lists_of_a_folder_that_are_not_read_are_told() {
    let sandbox = with_offices("");
    let list = |rows: &str| format!("区,名称,住所,電話番号\n{rows}");
    sandbox.edit("sasshi.toml", "sources/centers.csv", "sources/centers");
    sandbox.write(
        "sources/centers/a.csv",
        list("鶴見区,つるみ,鶴見区見本1-2,045-510-0001\n西区,にし,西区見本4-5,045-510-0002\n港北区,こうほく,港北区見本6-7,045-510-0003\n"),
    );
    sandbox.write("sources/centers/more.txt", list("西区,第二,西区見本8,045-510-0008\n"));
    sandbox.write("sources/centers/追加/b.csv", list("西区,第三,西区見本9,045-510-0009\n"));
    sandbox.write("sources/centers/_old/c.csv", list("西区,第四,西区見本9,045-510-0010\n"));
    sandbox.write("sources/centers/notes.txt", "電話で確かめた。\n");
    let run = sandbox.sasshi("check --lang ja").exit(0);
    assert_eq!(run.codes(), ["S1022", "S1022"], "{}", run.transcript());
    run.says("「more.txt」は読んでいません").says("フォルダー「追加」の中の名簿は読んでいません");
}
