//! `sasshi layouts`: what there is, what it takes and needs; and layouts of a project's own.

use super::broken;
use super::harness::{Sandbox, golden, repository, tests, text};
use super::tools::{pages, squeezed};

const BUILT_IN: [&str; 6] = ["booklet", "contact-sheet", "directory-list", "handout", "labels", "worksheet"];

#[test]
fn lists_the_built_in_ones_anywhere() {
    let sandbox = Sandbox::empty();
    for language in ["ja", "en"] {
        let run = sandbox.sasshi(&format!("layouts --lang {language}")).exit(0).silent();
        let names: Vec<&str> = run
            .stdout
            .lines()
            .filter(|line| !line.starts_with(' '))
            .filter_map(|line| line.split(' ').next())
            .collect();
        assert_eq!(names, BUILT_IN);
        golden(&tests().join(format!("reference/layouts.{language}.txt")), &run.stdout);
    }
}

#[test]
fn one_in_full() {
    let sandbox = Sandbox::empty();
    let run = sandbox.sasshi("layouts contact-sheet --lang ja").exit(0).silent();
    golden(&tests().join("reference/layouts-contact-sheet.ja.txt"), &run.stdout);
    for name in BUILT_IN {
        sandbox.sasshi(&format!("layouts {name} --lang en")).exit(0).says("210.0 mm × 297.0 mm");
    }
}

#[test]
fn an_unknown_one_has_a_likely_name() {
    let sandbox = Sandbox::empty();
    sandbox.sasshi("layouts bookled --lang ja").exit(2).stdout("").stderr(
        "sasshi: 実行できませんでした: レイアウト「bookled」はありません。もしかして「booklet」ですか。\n",
    );
}

#[test]
fn a_project_replaces_one_file_of_a_layout() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.sasshi("build labels --quiet").exit(0);
    let before = sandbox.read("output/labels/office/labels.pdf");
    // the same file again is no change
    let path = "layouts/labels/layout.typ";
    let template = text(&repository().join(path));
    sandbox.write(path, &template);
    sandbox.sasshi("build labels --quiet").exit(0);
    assert!(sandbox.read("output/labels/office/labels.pdf") == before);
    sandbox.sasshi("layouts --lang en").exit(0);
    // another one is taken; the rest of the layout is still the built-in one
    sandbox.write(path, template.replace("else { \"御中\" }", "else { \"御中！\" }"));
    sandbox.sasshi("build labels --quiet").exit(0);
    assert!(sandbox.read("output/labels/office/labels.pdf") != before);
    sandbox.sasshi("layouts --lang en").exit(0).says("labels  Address labels (this project's)");
}

#[test]
fn a_layout_of_its_own() {
    let sandbox = broken::sandbox("layout-template");
    sandbox.edit("layouts/plain/layout.typ", ".titel", ".stem");
    sandbox.sasshi("layouts --lang ja").exit(0).says("plain  平組み（このプロジェクトのもの）");
    sandbox.edit("sasshi.toml", "text = ", "editions = [\"office\"]\ntext = ");
    // a layout that prints nothing of the text loses it
    assert_eq!(sandbox.sasshi("build --lang en").exit(1).codes(), ["S7001"; 2]);
    sandbox.write(
        "layouts/plain/layout.typ",
        "#import \"/layouts/shared/data.typ\": data\n#import \"/layouts/shared/text.typ\": words\n\
         #set text(font: \"BIZ UDGothic\")\n\
         #for chapter in data.chapters { for node in chapter.body { par(words(node)) } }\n",
    );
    sandbox.sasshi("build --quiet").exit(0).silent();
    assert_eq!(sandbox.files("output/guide"), ["output/guide/office/guide.pdf"]);
}

#[test]
fn a_broken_one_is_said_and_the_others_are_listed() {
    let run = broken::sandbox("layout-broken").sasshi("layouts --lang en").exit(1);
    assert_eq!(run.codes(), ["S0007"]);
    assert!(BUILT_IN.iter().all(|name| run.stdout.contains(name)));
}

#[test]
fn a_template_reads_nothing_outside() {
    for path in ["/etc/hostname", "/project/sasshi.toml", "/layouts/booklet/layout.typ", "../../sasshi.toml"]
    {
        let sandbox = broken::sandbox("layout-template");
        sandbox.write("layouts/plain/layout.typ", format!("#read(\"{path}\")\n"));
        let run = sandbox.sasshi("build --lang en").exit(1);
        assert_eq!(run.codes(), ["S4001"], "{path}: {}", run.transcript());
    }
}

#[test]
fn a_new_layout_prints_at_the_first_try() {
    let sandbox = Sandbox::empty();
    sandbox.sasshi("new town --quiet").exit(0);
    let made = sandbox.sasshi("layouts new card --lang en --project town").exit(0).silent();
    let (told, lines) = made.stdout.split_once("\n\n").expect("a sentence, then the manifest's lines");
    assert_eq!(told, "Made layouts/card/. Add this to sasshi.toml, then: sasshi build card");
    let manifest = text(&sandbox.root().join("town/sasshi.toml"));
    sandbox.write("town/sasshi.toml", format!("{manifest}\n{lines}"));
    sandbox.sasshi("build card --lang en --project town --quiet").exit(0).silent();
    let made = sandbox.files("town/output/card");
    assert!(made.iter().any(|path| path.ends_with("press/all.pdf")), "{made:?}");
    // nothing that is there is overwritten, no built-in layout is replaced, no path is left
    let refused = |name: &str, words: &str| {
        sandbox
            .sasshi(&format!("layouts new {name} --lang en --project town"))
            .exit(2)
            .stdout("")
            .says(words);
    };
    refused("card", "there is a layout \"card\" already");
    refused("booklet", "there is a layout \"booklet\" already");
    refused("../card", "is no name for a layout");
}

#[test]
fn a_specimen_shows_what_the_project_has() {
    let sandbox = Sandbox::empty();
    sandbox.sasshi("new town --quiet").exit(0);
    let palette = text(&repository().join("layouts/shared/palette.csv"));
    let own = palette.replace("sea,95,55,30,10,#025e84", "sea,80,10,70,20,#1d7a52");
    assert_ne!(own, palette);
    sandbox.write("town/layouts/shared/palette.csv", own);
    let made = sandbox.sasshi("layouts specimen contact-sheet -o s.pdf --project town --lang en").exit(0);
    assert_eq!(made.silent().stdout, "Wrote s.pdf.\n");
    let Some(read) = pages(&sandbox.root().join("s.pdf"), &["-layout"]) else { return };
    let read = read.concat();
    for words in [
        "Contact sheet",
        "9.92 pt",
        "24 mm",
        "80 10 70 20",
        "#1d7a52",
        "heading",
        "The title at the head of the band",
    ] {
        assert!(read.contains(words), "the specimen does not say \"{words}\":\n{read}");
    }
    // without a name for the file it is called after the layout
    sandbox.sasshi("layouts specimen booklet --project town --lang ja --quiet").exit(0).silent();
    let Some(read) = pages(&sandbox.root().join("booklet-specimen.pdf"), &["-layout"]) else { return };
    assert!(read.concat().contains(":::wish"), "{read:?}");
    sandbox
        .sasshi("layouts specimen bookled --project town --lang en")
        .exit(2)
        .stdout("")
        .says("there is no layout \"bookled\". Did you mean \"booklet\"?");
    // a fault in the project's own files is said, and nothing is written
    sandbox.write("town/layouts/shared/type.typ", "#let sizes = (\n");
    let broken = sandbox.sasshi("layouts specimen labels --project town --lang en").exit(2).stdout("");
    broken.says("a file of this project under layouts/shared has a fault");
    assert!(!sandbox.root().join("labels-specimen.pdf").exists());
}

#[test]
fn a_layout_need_not_say_what_options_do_nor_speak_english() {
    let sandbox = Sandbox::empty();
    sandbox.sasshi("new town --quiet").exit(0);
    let lines = sandbox.sasshi("layouts new card --lang en --project town").exit(0).silent().stdout;
    let manifest = text(&sandbox.root().join("town/sasshi.toml"));
    let lines = lines.split_once("\n\n").map(|(_, lines)| lines.to_owned()).unwrap_or_default();
    sandbox.write("town/sasshi.toml", format!("{manifest}\n{lines}"));
    let path = "town/layouts/card/layout.toml";
    sandbox.edit(path, "help = { ja = \"カードの上に書く題\", en = \"The words above the name\" }\n", "");
    sandbox.edit(path, "title = { ja = \"カード\", en = \"Card\" }", "title = { ja = \"カード\" }");
    sandbox.sasshi("build card --lang en --project town --quiet").exit(0).silent();
    sandbox.sasshi("layouts --lang en --project town").exit(0).says("card  カード");
}

#[test]
fn a_long_name_and_building_take_two_lines() {
    let sandbox = Sandbox::empty();
    sandbox.sasshi("new town --quiet").exit(0);
    let name = "横浜市西区市民活動・多文化共生・生涯学習総合支援センター「みんなのひろば西」本館分室";
    let building = "横浜ランドマーク複合公共施設アネックス棟ウエストウイング十七階南側";
    let first = format!("西区,{name},横浜市西区中央1-1　{building},045-320-8301\n");
    let second = "西区,よこはま西Community & Culture Network Center「ひろば」分室,西区中央1-2,045-320-8302\n";
    let other = "港北区,港北の窓口,港北区大豆戸町1,045-540-2246\n";
    // one office on the sheet, then two
    for rows in [first.clone(), format!("{first}{second}")] {
        sandbox.write("town/sources/centers.csv", format!("区,名称,住所,電話番号\n{rows}{other}"));
        sandbox
            .sasshi("build contact-sheet --project town --edition screen --lang en --quiet")
            .exit(0)
            .silent();
        let file = sandbox.root().join("town/output/contact-sheet/screen/103-nishi.pdf");
        let Some(read) = pages(&file, &["-raw"]) else { return };
        let read = squeezed(&read.concat());
        assert!(read.contains(name) && read.contains(building), "{read}");
    }
}

#[test]
fn seven_offices_stand_on_two_sheets() {
    let sandbox = Sandbox::empty();
    sandbox.sasshi("new town --quiet").exit(0);
    let rows: Vec<String> =
        (1..=7).map(|n| format!("西区,西区の窓口{n},西区中央1-{n},045-320-83{n:02}\n")).collect();
    let rows = rows.concat();
    sandbox.write(
        "town/sources/centers.csv",
        format!("区,名称,住所,電話番号\n{rows}港北区,港北の窓口,港北区大豆戸町1,045-540-2246\n"),
    );
    sandbox.sasshi("build contact-sheet --project town --edition screen --lang en --quiet").silent();
    let Some(read) = pages(&sandbox.root().join("town/output/contact-sheet/screen/103-nishi.pdf"), &["-raw"])
    else {
        return;
    };
    assert_eq!(read.len(), 2);
    for n in 1..=7 {
        assert_eq!(
            read.iter().position(|page| page.contains(&format!("西区の窓口{n}"))),
            Some(usize::from(n == 7))
        );
    }
    assert!(read.iter().all(|page| page.contains("西区")), "each sheet names its ward");
}

/// Names of published lists: each stands whole in the narrow place that a sheet of six offices has for it.
#[test]
fn long_names_stand_whole_on_sheets_of_six() {
    const NAMES: [&str; 6] = [
        "香川県営住宅国分寺団地集会場",
        "トヨタカローラ香川株式会社春日店",
        "庵治コミュニティセンター・庵治武道館",
        "中央図書館(※改修工事中のため当面の間使用不可)",
        "地域包括支援推進連絡協議会事務局本部分室長",
        "南",
    ];
    let sandbox = Sandbox::empty();
    sandbox.sasshi("new town --quiet").exit(0);
    let rows = NAMES.iter().zip(1..).map(|(name, n)| format!("西区,{name},西区中央1-{n},045-320-83{n:02}\n"));
    sandbox.write(
        "town/sources/centers.csv",
        format!(
            "区,名称,住所,電話番号\n{}港北区,港北の窓口,港北区大豆戸町1,045-540-2246\n",
            rows.collect::<String>()
        ),
    );
    sandbox.sasshi("build contact-sheet --project town --edition screen --lang en --quiet").silent();
    let Some(read) = pages(&sandbox.root().join("town/output/contact-sheet/screen/103-nishi.pdf"), &["-raw"])
    else {
        return;
    };
    let page: String = read.concat().split_whitespace().collect();
    for name in NAMES {
        assert!(page.contains(name), "{name}: {page}");
    }
    assert!(read[0].contains("トヨタカローラ\n"), "parted behind a word: {}", read[0]);
}

/// A letter to an office of a school names the school, one to a person says 様; 方書 and 内線番号 stand with what they go on with.
#[test]
fn labels_name_bodies_and_people_and_columns_that_go_on_are_printed() {
    let sandbox = Sandbox::empty();
    sandbox.write(
        "sasshi.toml",
        "[project]\ntitle = \"題\"\nmunicipality = \"見本市\"\ndate = 2026-04-01\n\
         [directory.units]\nsource = \"units.csv\"\nschema = \"ward\"\nunit = \"学校\"\n\
         [directory.rooms]\nsource = \"rooms.csv\"\nschema = \"facility\"\ntitle = \"窓口\"\n\
         [directory.people]\nsource = \"people.csv\"\nschema = \"person\"\ntitle = \"役員\"\n\
         [[publication]]\nname = \"labels\"\nlayout = \"labels\"\ndirectories = [\"rooms\", \"people\"]\neditions = [\"office\"]\n\
         [[publication]]\nname = \"list\"\nlayout = \"directory-list\"\ndirectories = [\"rooms\", \"people\"]\n",
    );
    sandbox.write("units.csv", "学校\n第一小学校\n");
    sandbox.write(
        "rooms.csv",
        "学校,名称,住所,方書,電話番号,内線番号\n第一小学校,保健室,北町1-1,本館2階,045-510-0001,24\n\
         第一小学校,第一小学校職員室,北町1-1,,045-510-0002,\n",
    );
    sandbox.write("people.csv", "学校,氏名,住所,電話番号\n第一小学校,見本　太郎,北町2-2,045-510-0003\n");
    sandbox.write(
        "schemas/person.toml",
        "kind = \"facility\"\nkey = \"name\"\n[[column]]\nname = \"ward\"\ntype = \"ward\"\nheaders = [\"学校\"]\n\
         [[column]]\nname = \"name\"\nheaders = [\"氏名\"]\n[[column]]\nname = \"address\"\ntype = \"address\"\n\
         headers = [\"住所\"]\n[[column]]\nname = \"phone\"\ntype = \"phone\"\nheaders = [\"電話番号\"]\n",
    );
    let run = sandbox.sasshi("build --lang en --quiet").exit(0);
    assert!(!run.stderr.contains("S7"), "{}", run.stderr);
    let Some(read) = pages(&sandbox.root().join("output/labels/office/labels.pdf"), &["-raw"]) else {
        return;
    };
    let text = read.concat();
    assert!(text.contains("第一小学校\n保健室"), "{text}");
    assert!(text.contains("御中") && text.contains("様") && text.contains("本館2階"), "{text}");
    assert_eq!(text.matches("御中").count(), 2, "{text}");
    assert_eq!(text.matches("第一小学校").count(), 3, "once for each label: {text}");
    let list = pages(&sandbox.root().join("output/list/screen/list.pdf"), &["-raw"]).expect("the same tool");
    assert!(list.concat().contains("内線 24"), "{list:?}");
}

#[test]
fn sheets_take_every_upright_a_size_and_refuse_others_once() {
    let sandbox = Sandbox::copy("projects/small");
    let toml = text(&repository().join("layouts/contact-sheet/layout.toml"));
    let sized = |trim: &str| toml.replace("[\"210mm\", \"297mm\"]", trim);
    sandbox.write("layouts/contact-sheet/layout.toml", sized("[\"297mm\", \"420mm\"]"));
    sandbox.sasshi("build contact-sheet --edition screen --quiet --lang en").exit(0);
    sandbox.write("layouts/contact-sheet/layout.toml", sized("[\"182mm\", \"300mm\"]"));
    let run = sandbox.sasshi("build contact-sheet --edition screen --lang en").exit(1);
    let run = run.says("this layout is for upright A sizes");
    assert!(run.codes().iter().all(|code| *code == "S4001"), "{}", run.transcript());
}

/// What a layout steers by an attribute is one of some values, or a finding: never any word, passed over in silence.
#[test]
fn an_attribute_that_steers_says_its_values() {
    let mut without = Vec::new();
    for name in BUILT_IN {
        let source = text(&repository().join(format!("layouts/{name}/layout.toml")));
        let layout: toml::Table = source.parse().expect("a layout");
        let steers = layout.get("controls").and_then(|table| table.get("attributes"));
        let steers: Vec<&str> = steers
            .and_then(toml::Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(toml::Value::as_str)
            .collect();
        let common = layout.get("attributes");
        for (directive, form) in
            layout.get("directives").and_then(toml::Value::as_table).into_iter().flatten()
        {
            for (keys, forms) in [("needs", "forms"), ("takes", "forms"), ("items", "item-forms")] {
                let keys = form.get(keys).and_then(toml::Value::as_array).into_iter().flatten();
                for key in keys.filter_map(toml::Value::as_str).filter(|key| steers.contains(key)) {
                    let own = form.get(forms).and_then(|forms| forms.get(key));
                    // names are those of directories, which is checked with the manifest
                    if key != "name" && own.or(common.and_then(|common| common.get(key))).is_none() {
                        without.push(format!("{name}: {directive} {key}"));
                    }
                }
            }
        }
    }
    assert_eq!(without, Vec::<String>::new());
}

#[test]
fn labels_begin_behind_used_ones_and_end_with_the_senders() {
    let sandbox = Sandbox::shared().with_example_for_all_readers();
    let sheet = |options: &str| {
        let manifest = std::fs::read_to_string(repository().join("sasshi.toml")).expect("the manifest");
        sandbox.write("sasshi.toml", format!("{manifest}\n[layout.labels]\n{options}\n"));
        sandbox.sasshi("build labels --lang en")
    };
    let sender = "sender = [\"〒231-0017\", \"横浜市中区港町1-1\", \"市民局\"]";
    let path = sandbox.root().join("output/labels/office/labels.pdf");
    // 36 offices fill three sheets of twelve; with five used ones they end in the middle of the fourth
    sheet(&format!("skip = 5\n{sender}")).exit(0).says("0 errors, 0 warnings");
    let Some(texts) = pages(&path, &["-raw"]) else { return };
    let count = |words: &str| texts.iter().map(|text| text.matches(words).count()).collect::<Vec<_>>();
    assert_eq!(count("御中"), [7, 12, 12, 5]);
    assert_eq!(count("差出人"), [0, 0, 0, 7]);
    sheet(&format!("{sender}\nsenders = 13")).exit(0).says("0 errors, 0 warnings");
    let texts = pages(&path, &["-raw"]).expect("the tool is there");
    let senders: Vec<usize> = texts.iter().map(|text| text.matches("差出人").count()).collect();
    assert_eq!(senders, [0, 0, 0, 12, 1]);
    sheet("skip = 12").exit(1).says("skip is a number from 0 to 11");
}
