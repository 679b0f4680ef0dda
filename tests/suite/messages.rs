//! What people are told: the cause, once, in their language; and nothing of what is not touched.

use super::harness::Sandbox;

#[test]
fn check_makes_nothing_and_says_so_of_nothing() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.edit("sources/centers.csv", "045-510-0002", "045-510-002");
    let run = sandbox.sasshi("check --lang ja").exit(1);
    assert!(!run.stdout.contains("作りませんでした") && !run.stdout.contains('✗'), "{}", run.stdout);
    assert!(run.stdout.contains("エラー1件"), "{}", run.stdout);
}

#[test]
fn a_typo_in_the_options_of_one_layout_holds_its_publications_only() {
    let sandbox = Sandbox::copy("projects/small");
    let manifest = String::from_utf8(sandbox.read("sasshi.toml")).expect("text");
    sandbox.write("sasshi.toml", format!("{manifest}\n[layout.labels]\nroundd = 1\n"));
    let run = sandbox.sasshi("build --lang ja --edition screen --edition office").exit(1);
    assert!(run.stderr.contains("S0009"), "{}", run.stderr);
    assert!(run.stdout.contains("✗ output/labels/office/labels.pdf"), "{}", run.stdout);
    let made = sandbox.pdfs();
    assert!(made.iter().any(|file| file.starts_with("output/contact-sheet/")), "{made:?}");
    assert!(made.iter().all(|file| !file.starts_with("output/labels/")), "{made:?}");
}

#[test]
fn one_unknown_column_is_proposed_for_one_that_is_missing() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.edit(
        "sources/wards.csv",
        "全国地方公共団体コード,区,区_カナ（ひらがな）,区_英語",
        "町内会,メモ,備考,注記",
    );
    let run = sandbox.sasshi("check --lang ja").exit(1);
    for header in ["町内会", "メモ", "備考", "注記"] {
        let proposed = run.stderr.matches(&format!("「{header}」がその列なら")).count();
        assert!(proposed <= 1, "{header} is proposed {proposed} times: {}", run.stderr);
    }
}

#[test]
fn an_unknown_unit_is_answered_with_the_master_list_and_no_sound_sheet_is_held() {
    let sandbox = Sandbox::copy("projects/small");
    let row = "西区,にし見本センター,西区見本町4-5,045-510-0002\n";
    sandbox.edit(
        "sources/centers.csv",
        row,
        &format!("{row}中区,なか見本センター,中区見本町8,045-510-0004\n"),
    );
    let run = sandbox.sasshi("build contact-sheet --edition screen --lang ja").exit(1);
    assert!(run.stderr.contains("「中区」は、区の一覧（sources/wards.csv）にありません"), "{}", run.stderr);
    assert!(!run.stderr.contains("もしかして"), "{}", run.stderr);
    let made = sandbox.pdfs();
    for sheet in ["101-tsurumi", "103-nishi", "109-kohoku"] {
        assert!(made.iter().any(|file| file.contains(sheet)), "{sheet} is whole: {made:?}");
    }
}

#[test]
fn wrong_command_lines_are_answered_in_japanese() {
    let sandbox = Sandbox::copy("projects/small");
    for (arguments, words) in [
        ("buidl", "「buidl」というコマンドはありません。"),
        ("build --onlly 西区", "「--onlly」という引数はありません。"),
        ("build --jobs many", "「--jobs <N>」の値「many」が正しくありません。"),
        ("preflight", "「<FILE>」が必要です。"),
        ("check --message-format xml", "「--message-format <FORM>」に「xml」は使えません。"),
    ] {
        let run = sandbox.sasshi(&format!("{arguments} --lang ja"));
        assert_eq!(run.code, 2, "{arguments}");
        assert!(run.stderr.contains(words), "{arguments}: {}", run.stderr);
        for english in ["error:", "Usage:", "tip:", "[OPTIONS]", "For more information"] {
            assert!(!run.stderr.contains(english), "{arguments}: {english} in {}", run.stderr);
        }
    }
    assert!(sandbox.sasshi("buidl --lang en").stderr.contains("unrecognized subcommand"));
}

#[test]
fn errors_of_the_system_are_in_japanese() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.write("file", "no folder");
    let run = sandbox.sasshi("check --html file/page.html --lang ja").exit(2);
    assert!(run.stderr.contains("file/page.html に書き込めません："), "{}", run.stderr);
    assert!(!run.stderr.contains("os error"), "{}", run.stderr);
}

#[test]
fn a_publication_whose_layout_cannot_be_read_is_told_with_the_cause() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.write("layouts/labels/layout.toml", "kind = \"labels\nbroken");
    let run = sandbox.sasshi("build labels --lang ja");
    assert_eq!(run.code, 1, "{}", run.transcript());
    assert!(
        run.stderr.contains("S0007") && run.stderr.contains("layouts/labels/layout.toml"),
        "{}",
        run.stderr
    );
    assert!(!run.stderr.contains("刊行物「labels」はありません"), "{}", run.stderr);
    assert!(!run.stderr.contains("レイアウト「labels」はありません"), "{}", run.stderr);
}

#[test]
fn only_says_nothing_of_what_it_does_not_touch() {
    let sandbox = Sandbox::copy("projects/small");
    let run = sandbox.sasshi("build contact-sheet --edition screen --only 西区 --lang ja").exit(0);
    assert!(!run.stdout.contains('✗'), "{}", run.stdout);
    let run = sandbox.sasshi("build list --only 西区 --lang ja").exit(2);
    assert!(run.stderr.contains("--only は"), "{}", run.stderr);
}

#[test]
fn lines_of_an_excerpt_are_rows_as_the_spreadsheet_counts_them() {
    let sandbox = Sandbox::copy("projects/small");
    sandbox.edit("sources/centers.csv", "つるみ見本センター", "\"つるみ\n見本センター\"");
    sandbox.edit("sources/centers.csv", "045-510-0002", "045-510-002");
    let run = sandbox.sasshi("check --lang ja").exit(1);
    assert!(run.stderr.contains("[sources/centers.csv:3:4]"), "{}", run.stderr);
    assert!(run.stderr.contains(" 3 │ 西区"), "{}", run.stderr);
    assert!(run.stderr.contains("ファイルの4行目"), "{}", run.stderr);
}

#[test]
fn a_name_that_no_box_holds_is_answered_with_what_fits_and_a_shorter_one_is_printed() {
    let sandbox = Sandbox::copy("projects/small");
    let long = "にし見本".to_owned() + &"地域交流と市民活動のための".repeat(12) + "センター";
    sandbox.edit("sources/centers.csv", "にし見本センター", &long);
    let run = sandbox.sasshi("build contact-sheet --edition screen --lang ja").exit(1);
    assert!(run.stderr.contains("字ほど入ります") && run.stderr.contains("略称"), "{}", run.stderr);
    assert!(!run.stderr.contains("短くしてください"), "{}", run.stderr);
    sandbox.edit("sources/centers.csv", "区,名称,", "区,略称,名称,");
    sandbox.edit("sources/centers.csv", "鶴見区,", "鶴見区,,");
    sandbox.edit("sources/centers.csv", "港北区,", "港北区,,");
    sandbox.edit("sources/centers.csv", &format!("西区,{long}"), &format!("西区,にし短い名,{long}"));
    let run = sandbox.sasshi("build contact-sheet --edition screen --lang ja");
    assert_eq!(run.code, 0, "{}", run.transcript());
    assert_eq!(sandbox.pdfs().len(), 4, "{}", run.transcript());
}

/// Words that have another word for the same thing in messages; the glossary (top of `src/lib.rs`) says which is used.
const DOUBLES: &[(&str, &str)] = &[
    ("出版物", "刊行物"),
    ("読者", "読み手"),
    ("エディション", "種類"),
    ("テンプレート", "ひな形"),
    ("ページの型", "ひな形"),
    ("紙面", "ページ"),
    ("文章", "文書"),
    ("面つけ", "面付け"),
    ("折り丁", "折丁"),
    ("総インク", "総インキ"),
    ("ディレクトリ", "名簿、フォルダー"),
    ("仕上り", "仕上がり"),
    ("裁ち落とし", "塗り足し"),
    ("マニフェスト", "sasshi.toml、設定ファイル"),
    ("文書の先頭の設定", "冒頭の設定"),
];

#[test]
fn one_thing_has_one_word() {
    let mut found = Vec::new();
    for root in ["src", "layouts", "README.md"] {
        let path = super::harness::repository().join(root);
        let mut files = Vec::new();
        if path.is_dir() {
            super::harness::collect(&path, "", &mut files);
        } else {
            files.push(String::new());
        }
        let is_read = |file: &String| [".rs", ".html", ".toml", ".md"].iter().any(|end| file.ends_with(end));
        for file in files.iter().filter(|file| file.is_empty() || is_read(file)) {
            let text = super::harness::text(&if file.is_empty() { path.clone() } else { path.join(file) });
            for (number, line) in
                (1..).zip(text.lines()).filter(|(_, line)| !line.trim_start().starts_with("//"))
            {
                let doubles = DOUBLES.iter().filter(|(double, _)| line.contains(double));
                found
                    .extend(doubles.map(|(double, word)| format!("{root}/{file}:{number} {double}: {word}")));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
