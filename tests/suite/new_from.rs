//! `sasshi new --from` with lists as they are: what it leaves out is said, remarks and other spellings make no units, numbers
//! without their 0 get it in a file of corrections, and what is left builds at the first try.

use super::books_made::Book;
use super::harness::Sandbox;
use super::tools::{pages, squeezed};

fn manifest(sandbox: &Sandbox, project: &str) -> String {
    String::from_utf8(sandbox.read(&format!("{project}/sasshi.toml"))).expect("text")
}

fn units(sandbox: &Sandbox, project: &str) -> String {
    String::from_utf8(sandbox.read(&format!("{project}/sources/units.csv"))).expect("text")
}

#[test]
fn columns_that_are_not_printed_and_cells_that_are_empty_are_said_and_commented() {
    let sandbox = Sandbox::empty();
    sandbox.write(
        "list.csv",
        "区,名称,住所,電話番号,メール,備考\n西区,西館,見本市西区1-1,052-555-1001,a@example.jp,要予約\n南区,南館,,052-555-1002,,\n",
    );
    let run = sandbox.sasshi("new a --from list.csv --lang ja").exit(0);
    for words in ["「メール」「備考」の列は、紙に出ません", "住所が空の行も、そのまま紙に出します"]
    {
        assert!(run.stdout.contains(words), "{}", run.stdout);
        assert!(manifest(&sandbox, "a").contains(words), "{}", manifest(&sandbox, "a"));
    }
    let run = sandbox.sasshi("new b --from list.csv --lang en").exit(0);
    assert!(run.stdout.contains("The columns \"メール\", \"備考\" are not printed"), "{}", run.stdout);
    assert!(run.stdout.contains("Rows without addresses are printed as they are"), "{}", run.stdout);
    let built = sandbox.sasshi("build --project a --jobs 1 --lang ja").exit(0);
    assert!(built.codes().is_empty(), "{}", built.transcript());
}

#[test]
fn remarks_and_other_spellings_are_no_units() {
    let sandbox = Sandbox::empty();
    sandbox.write(
        "list.csv",
        "No,区,名称,住所,電話番号\n\
         1,横浜市西区,西館,西区見本1-1,045-320-8301\n\
         2,西　区,西二館,西区見本1-2,045-320-8302\n\
         3,西区,西三館,西区見本1-3,045-320-8303\n\
         4,保土ヶ谷区,保館,保土ヶ谷区見本1,045-334-1003\n\
         ,問合せ先 市民局 045-671-0000,,,\n",
    );
    let run =
        sandbox.sasshi("new a --from list.csv --lang ja").exit(0).says("4件を読み、2の区を見つけました");
    // what is known of these wards is filled in, under their own names
    let units = units(&sandbox, "a");
    assert!(units.contains("西区") && units.contains("保土ケ谷区") && !units.contains("問合せ"), "{units}");
    assert_eq!(units.lines().count(), 3, "{units}");
    for words in [
        "「西　区」は「西区」のことですか",
        "「保土ヶ谷区」は「保土ケ谷区」のことですか",
        "「問合せ先 市民局 045-671-0000」は注とみて",
    ] {
        assert!(run.stdout.contains(words), "{}", run.stdout);
    }
    assert!(manifest(&sandbox, "a").contains("municipality = \"横浜市\""));
    assert!(manifest(&sandbox, "a").contains("skip-below = 1"), "{}", manifest(&sandbox, "a"));
}

#[test]
fn telephone_numbers_that_lost_their_zero_are_corrected_beside_the_list() {
    let sandbox = Sandbox::empty();
    let list =
        "区,名称,住所,電話番号\n西区,西館,見本市西区1-1,453208396\n南区,南館,見本市南区2-2,456713624\n";
    sandbox.write("list.csv", list);
    sandbox.sasshi("new a --from list.csv --lang ja").exit(0).says("先頭の0が消えている行が2行あります");
    assert_eq!(sandbox.read("a/sources/list.csv"), list.as_bytes(), "the list stays as it is");
    let built = sandbox.sasshi("build --project a --jobs 1 --lang ja").exit(0);
    assert_eq!(built.codes(), ["S1020", "S1020"], "{}", built.transcript());
    let file = sandbox.root().join("a/output/directory-list/office/directory-list.pdf");
    let Some(pages) = pages(&file, &["-raw"]) else { return };
    let words = squeezed(&pages.concat());
    assert!(words.contains("045-320-8396") && words.contains("045-671-3624"), "{words}");
}

#[test]
fn a_row_with_a_fault_is_told_and_the_others_are_made() {
    let sandbox = Sandbox::empty();
    sandbox.write(
        "list.csv",
        "区,名称,住所,電話番号\n西区,西館,見本市西区1-1,045-510-00\n南区,南館,見本市南区2-2,045-671-3624\n北区,北館,見本市北区3-3,045-671-3625\n",
    );
    sandbox.sasshi("new a --from list.csv --lang ja").exit(0).says("直すところのある行が1行あります");
    assert!(manifest(&sandbox, "a").ends_with("[checks]\nincomplete = \"warn\"\n"));
    let built = sandbox.sasshi("build --project a --jobs 1 --lang ja").exit(1);
    assert_eq!(built.codes(), ["S2005"], "{}", built.transcript());
    let made: Vec<String> = sandbox.files("a/output");
    for file in ["02-南区.pdf", "03-北区.pdf", "all.pdf", "directory-list.pdf", "labels.pdf"] {
        assert!(made.iter().any(|path| path.ends_with(file)), "{file} in {made:?}");
    }
    assert!(!made.iter().any(|path| path.ends_with("01-西区.pdf")), "{made:?}");
    // nothing of that in a draft of a list without faults
    sandbox.write("good.csv", "区,名称,住所,電話番号\n南区,南館,見本市南区2-2,045-671-3624\n");
    sandbox.sasshi("new b --from good.csv --lang ja").exit(0);
    assert!(!manifest(&sandbox, "b").contains("[checks]"));
}

const HEADER: &[&str] = &["区", "名称", "住所", "電話番号"];
const WEST: &[&str] = &["西区", "西館", "西区中央1-5-10", "045-320-8396"];
const NAKA: &[&str] = &["中区", "中館", "中区日本大通35", "045-224-8138"];
const SOUTH: &[&str] = &["南区", "南館", "南区浦舟町2-33", "045-341-1234"];

/// What `new` says of a workbook, and what a build of its project says then.
fn drafted(sandbox: &Sandbox, book: &Book) -> (String, String) {
    sandbox.write("list.xlsx", book.bytes());
    let run = sandbox.sasshi("new a --from list.xlsx --lang ja").exit(0);
    let built = sandbox.sasshi("build --project a --jobs 1 --lang ja");
    (run.stdout.clone(), built.transcript())
}

#[test]
fn a_second_sheet_of_the_same_kind_is_told_at_once_and_at_every_build() {
    let sandbox = Sandbox::empty();
    let book = Book::default().rows("一覧", &[HEADER, WEST, NAKA]).rows("追加", &[HEADER, SOUTH]);
    let (said, built) = drafted(&sandbox, &book);
    assert!(said.contains("シート「追加」にも、同じような見出しの表があります"), "{said}");
    assert!(built.contains("S1015") && built.contains("追加"), "{built}");
    assert!(!manifest(&sandbox, "a").contains("\nsheet = "), "{}", manifest(&sandbox, "a"));
    // one of another kind is none to ask about
    let sandbox = Sandbox::empty();
    let book = Book::default().rows("一覧", &[HEADER, WEST, NAKA]).rows("表紙", &[&["窓口の一覧"][..]]);
    let (_, built) = drafted(&sandbox, &book);
    assert!(!built.contains("S1015"), "{built}");
    assert!(manifest(&sandbox, "a").contains("\nsheet = \"一覧\""));
}

#[test]
fn cells_that_name_several_units_or_all_are_no_units() {
    let sandbox = Sandbox::empty();
    let all: &[&str] = &["全区", "市の相談室", "中区本町6-50", "045-671-3624"];
    let two: &[&str] = &["中区、南区", "中南館", "中区本町1-1", "045-671-3625"];
    let (said, built) =
        drafted(&sandbox, &Book::default().rows("一覧", &[HEADER, WEST, NAKA, SOUTH, all, two]));
    assert!(said.contains("3の区を見つけました") && said.contains("「全区」「中区、南区」は"), "{said}");
    assert!(!units(&sandbox, "a").contains("全区") && !units(&sandbox, "a").contains('、'));
    assert!(built.contains("for = \"all\" と書いてください"), "{built}");
    assert!(built.contains("「中区」「南区」の行に分け"), "{built}");
    // what lacks an office of its own is no sheet to hand out
    assert!(!sandbox.root().join("a/output/contact-sheet/screen/01-西区.pdf").exists(), "{built}");
}

#[test]
fn a_name_broken_into_two_lines_is_one_unit() {
    let sandbox = Sandbox::empty();
    let broken: &[&str] = &["南\n区", "南館", "南区浦舟町2-33", "045-341-1234"];
    let (_, built) = drafted(&sandbox, &Book::default().rows("一覧", &[HEADER, WEST, NAKA, broken]));
    assert!(units(&sandbox, "a").lines().any(|line| line.contains("南区")), "{}", units(&sandbox, "a"));
    assert!(built.contains("エラー0件、注意0件"), "{built}");
    if let Some(text) = pages(&sandbox.root().join("a/output/contact-sheet/screen/03-南区.pdf"), &[]) {
        assert!(squeezed(&text.concat()).contains("南館"), "{text:?}");
    }
}

#[test]
fn readings_and_addresses_on_the_net_name_no_office_and_numbers_at_home_are_asked_for() {
    let sandbox = Sandbox::empty();
    let header: &[&str] =
        &["区", "ふりがな", "メールアドレス", "相談する先", "携帯電話番号", "電話番号（自宅）"];
    let west: &[&str] = &["西区", "にしかん", "a@example.jp", "西館", "090-1234-5678", "045-320-8396"];
    let naka: &[&str] = &["中区", "なかかん", "b@example.jp", "中館", "090-1234-5679", "045-224-8138"];
    let (said, built) = drafted(&sandbox, &Book::default().rows("一覧", &[header, west, naka]));
    assert!(said.contains("窓口の名前は「相談する先」の列とみました"), "{said}");
    assert!(said.contains("電話番号は「電話番号（自宅）」の列とみました"), "{said}");
    assert!(said.contains("「ふりがな」「メールアドレス」「携帯電話番号」の列は、紙に出ません"), "{said}");
    assert!(built.contains("エラー0件"), "{built}");
}

#[test]
fn a_column_of_telephone_and_fax_is_one_of_telephones() {
    let sandbox = Sandbox::empty();
    let header: &[&str] = &["区", "名称", "住所", "TEL/FAX"];
    let west: &[&str] = &["西区", "西館", "西区中央1-5-10", "045-320-8396/045-320-8397"];
    let (_, built) = drafted(&sandbox, &Book::default().rows("一覧", &[header, west]));
    // the fax is told, as it is not printed
    assert!(built.contains("S2027") && built.contains("045-320-8397"), "{built}");
    let list = sandbox.root().join("a/output/directory-list/screen/directory-list.pdf");
    if let Some(text) = pages(&list, &[]) {
        assert!(squeezed(&text.concat()).contains("045-320-8396"), "{text:?}");
    }
}

#[test]
fn a_second_row_of_headers_is_no_record() {
    for second in [&["Ward", "Name", "Address", "Phone"][..], &["①", "②", "③", "④"]] {
        let sandbox = Sandbox::empty();
        let (said, built) = drafted(&sandbox, &Book::default().rows("一覧", &[HEADER, second, WEST, NAKA]));
        assert!(said.contains("名簿の2件を読み、2の区を見つけました"), "{said}");
        assert!(built.contains("S1012") && built.contains("エラー0件"), "{built}");
    }
}

#[test]
fn columns_of_owners_codes_and_marks_play_no_part() {
    let sandbox = Sandbox::empty();
    let header: &[&str] =
        &["区", "法人名称", "法人住所", "施設名", "施設住所", "町字ID", "駐車場", "telephoneNumber", "備考"];
    let row = |unit: &'static str, number: &'static str, id: &'static str| {
        [
            unit,
            "社会福祉法人見本会",
            "東京都港区見本1-1",
            "見本館",
            "見本町1-2",
            id,
            "無",
            number,
            "中区の市役所2階に移転",
        ]
    };
    let (west, naka) = (row("西区", "893-1378", "1234567"), row("中区", "893-1379", "1234568"));
    sandbox.write("list.xlsx", Book::default().rows("一覧", &[header, &west, &naka]).bytes());
    let run = sandbox.sasshi("new a --from list.xlsx --lang ja").exit(0);
    let schema = String::from_utf8(sandbox.read("a/schemas/list.toml")).expect("text");
    assert!(schema.contains("施設名") && schema.contains("施設住所"), "{schema}");
    for other in ["法人", "町字ID", "駐車場", "備考"] {
        assert!(!schema.contains(other), "{other}: {schema}");
    }
    assert!(!schema.contains("postal"), "no telephone number is a postal code: {schema}{}", run.stdout);
}

#[test]
fn totals_and_titles_of_groups_are_no_units() {
    let sandbox = Sandbox::empty();
    let group: &[&str] = &["西区の施設"];
    let total: &[&str] = &["西区計", "", "", "1件"];
    let (said, _) = drafted(&sandbox, &Book::default().rows("一覧", &[HEADER, group, WEST, total, NAKA]));
    assert!(said.contains("2の区を見つけました"), "{said}");
    assert!(!units(&sandbox, "a").contains("施設") && !units(&sandbox, "a").contains('計'));
}

#[test]
fn a_header_decides_before_the_look_of_cells_and_marks_are_no_numbers() {
    let sandbox = Sandbox::empty();
    // numbers without area code are faults of telephone numbers, never postal codes
    let (_, text) = drafted_csv(
        &sandbox,
        "name,address,telephoneNumber\n道の駅A,見本市塩江町1,893-1378\n道の駅B,見本市国分寺町2,874-8228\n道の駅C,見本市3,893-1379\n",
        "a",
    );
    assert!(!text.contains("\"postal\""), "{text}");
    let built = sandbox.sasshi("check --project a --lang ja").exit(1);
    assert!(built.codes().iter().filter(|code| **code == "S2005").count() == 3, "{}", built.transcript());
    // 無 is no telephone number, an ID no postal code
    let (_, text) = drafted_csv(
        &sandbox,
        "町字ID,名称,住所,トイレ有無\n0011002,公園A,見本市1,無\n0011003,公園B,見本市2,無\n0011004,公園C,見本市3,無\n",
        "b",
    );
    assert!(text.contains("leaves-out = [\"町字ID\", \"トイレ有無\"]"), "{text}");
    // a column that is empty in most rows, or the same in all, names no office; notes are none
    let (schema, _) = drafted_csv(
        &sandbox,
        "団体名,office,組織名称,電話,備考\n見本市,,総務課,052-555-1001,午後\n見本市,西事務所,税務課,052-555-1002,午前\n\
         見本市,,市民課,052-555-1003,電話のみ\n見本市,,福祉課,052-555-1004,予約制\n",
        "c",
    );
    assert!(schema.contains("headers = [\"組織名称\"]"), "{schema}");
}

/// The schema and the manifest drafted from a text.
fn drafted_csv(sandbox: &Sandbox, list: &str, project: &str) -> (String, String) {
    sandbox.write("list.csv", list);
    sandbox.sasshi(&format!("new {project} --from list.csv --lang ja")).exit(0);
    let schema = sandbox.root().join(project).join("schemas/list.toml");
    let schema =
        if schema.is_file() { sandbox.read(&format!("{project}/schemas/list.toml")) } else { Vec::new() };
    (String::from_utf8(schema).expect("text"), manifest(sandbox, project))
}

#[test]
fn the_title_above_a_list_keeps_its_brackets_and_the_day_is_apart() {
    let sandbox = Sandbox::empty();
    let list = |title: &str| {
        format!(
            "{title},,\n氏名,住所,電話番号\n見本太郎,見本市1,052-555-1001\n見本花子,見本市2,052-555-1002\n"
        )
    };
    let (_, text) = drafted_csv(&sandbox, &list("役員一覧（令和8年5月）"), "a");
    assert!(text.contains("title = \"役員一覧（令和8年5月）\""), "{text}");
    // the names are those of people
    assert!(text.contains("[layout.labels]\nhonorific = \"様\""), "{text}");
    let (_, text) = drafted_csv(&sandbox, &list("役員一覧（R8.4.1現在）"), "b");
    assert!(text.contains("title = \"役員一覧\"") && text.contains("as-of = \"R8.4.1\""), "{text}");
}

#[test]
fn a_list_of_names_alone_is_printed() {
    let sandbox = Sandbox::empty();
    let (_, text) = drafted_csv(
        &sandbox,
        "ID,経度,緯度,名称\n1,138.3,34.8,東アンダーパス\n2,138.4,34.9,西アンダーパス\n",
        "a",
    );
    assert!(text.contains("optional = [\"address\", \"phone\"]"), "{text}");
    let built = sandbox.sasshi("build --project a --jobs 1 --lang ja").exit(0);
    assert!(built.codes().is_empty(), "{}", built.transcript());
    let file = sandbox.root().join("a/output/directory-list/office/directory-list.pdf");
    let Some(pages) = pages(&file, &["-raw"]) else { return };
    let words = squeezed(&pages.concat());
    assert!(words.contains("東アンダーパス") && words.contains("西アンダーパス"), "{words}");
}

#[test]
fn addresses_and_numbers_in_several_columns_are_asked_for_in_one() {
    let sandbox = Sandbox::empty();
    let (_, text) = drafted_csv(
        &sandbox,
        "区,名称,名称（続き）,町名,番地,市外局番,番号\n西区,見本会,西館,中央,1-5,052,555-1001\n中区,見本会,中館,本町,2-3,052,555-1002\n",
        "a",
    );
    for words in [
        "「町名」は、住所の一部のようです",
        "「番地」は、住所の一部のようです",
        "「市外局番」は、電話番号の一部のようです",
        "「名称（続き）」は、前の列の続きのようです",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn rows_that_the_written_csv_lacks_are_told() {
    let sandbox = Sandbox::empty();
    sandbox.write(
        "list.csv",
        "区,名称,住所,電話番号\n西区,西館,見本町1,052-555-1001,余り\n中区,中館,見本町2,052-555-1002\n",
    );
    let run = sandbox.sasshi("data list.csv --to csv --lang ja").exit(1);
    assert!(run.stdout.contains("中館") && !run.stdout.contains("西館"), "{}", run.transcript());
    run.says("読めなかった1行は、書き出したCSVに入っていません");
}
