//! `[press] docket = "plain"`: the docket without the engine. With the feature `genpdf-docket` it is made and read by tools
//! from outside; without it, it is refused.

use super::harness::Sandbox;

/// The example, whose shop gets its docket as `lines` say.
fn shop(lines: &str) -> Sandbox {
    let sandbox = Sandbox::empty().with_example();
    let contact = "contact = [\"市民局市民協働推進部（見本の表記）\", \"電話　000-000-0000（見本）\"]\n";
    sandbox.edit("sasshi.toml", contact, "");
    let profile = "profile = \"x4-generic\"";
    sandbox.edit("sasshi.toml", profile, &format!("{profile}\n{lines}"));
    sandbox
}

#[test]
fn a_docket_that_is_none_is_named() {
    let sandbox = shop("docket = \"plane\"");
    let run = sandbox.sasshi("check --lang en").exit(1).says("There is no docket \"plane\".");
    run.says("S0003").says("Did you mean \"plain\"?");
    // the word for what is made anyway
    shop("docket = \"layout\"").sasshi("check --lang en --quiet").exit(0).silent();
}

/// The docket of leaves shows front and back of the file that stands for the others; nothing of it depends on the run.
#[test]
fn a_docket_shows_front_and_back() {
    let sandbox = Sandbox::empty().with_example();
    let list = "layout = \"directory-list\"";
    let text = String::from_utf8(sandbox.read("sasshi.toml")).expect("the manifest is UTF-8");
    let at = text.find(list).expect("the example has a list");
    let editions = "editions = [\"screen\", \"office\"]";
    let changed = text[at..].replacen(editions, "editions = [\"press\"]", 1);
    sandbox.write("sasshi.toml", format!("{}{changed}", &text[..at]));
    sandbox.sasshi("build directory-list --quiet").exit(0);
    let docket = sandbox.root().join("output/directory-list/press/docket.pdf");
    if let Some(pages) = super::tools::pages(&docket, &["-raw"]) {
        let words = super::tools::squeezed(&pages.concat());
        for expected in ["表と裏", "表1", "裏2"] {
            assert!(words.contains(expected), "{expected}: {words}");
        }
    }
    if let Some(images) = super::tools::tool("pdfimages", &["-list"], &docket) {
        assert_eq!(images.lines().filter(|line| line.contains(" image ")).count(), 2, "{images}");
    }
    // what it says of the inks is what `preflight --inks` measures on plates of their own
    let file = "output/directory-list/press/directory-list.pdf";
    let told = sandbox.sasshi(&format!("preflight {file} --inks --message-format json")).exit(0).stdout;
    let inks = told.lines().filter(|line| line.contains("\"inks\""));
    let cyan = |line: &str| {
        let page: serde_json::Value = serde_json::from_str(line).expect("JSON");
        page["inks"]["Cyan"].as_f64().expect("a share") * 100.0
    };
    let measured: Vec<f64> = inks.map(cyan).collect();
    assert!(measured.len() == 2 && measured.iter().all(|percent| *percent > 1.0), "{measured:?}");
    if let Some(pages) = super::tools::pages(&docket, &["-layout"]) {
        let words = pages.concat();
        let line = words.lines().map(str::trim).find(|line| line.starts_with("C ")).expect("a line of cyan");
        let shown: Vec<f64> =
            line.split_whitespace().skip(1).map(|word| word.parse().expect("a number")).collect();
        let near = shown.iter().zip(&measured).all(|(shown, measured)| (shown - measured).abs() < 1.0);
        assert!(shown.len() == 2 && near, "{shown:?} {measured:?}");
    }
}

#[cfg(not(feature = "genpdf-docket"))]
#[test]
fn without_the_feature_the_plain_docket_is_refused() {
    let sandbox = shop("docket = \"plain\"");
    let build = "build contact-sheet --only 港北区 --edition press --lang";
    let run = sandbox.sasshi(&format!("{build} en")).exit(1).says("S5005");
    let manifest = String::from_utf8(sandbox.read("sasshi.toml")).expect("the manifest is UTF-8");
    let line =
        1 + manifest.lines().position(|line| line.starts_with("docket =")).expect("the line of the docket");
    run.says("The plain docket (docket = \"plain\") is not built into this sasshi.")
        .says(&format!("sasshi.toml:{line}"));
    sandbox.sasshi(&format!("{build} ja")).exit(1).says("この sasshi には、簡易の作業指示書");
    // nothing is made of a guess
    assert!(sandbox.pdfs().is_empty(), "{:?}", sandbox.pdfs());
}

#[cfg(feature = "genpdf-docket")]
mod plain {
    use std::path::PathBuf;

    use sasshi::press::checksum;

    use super::super::harness::Sandbox;
    use super::super::tools::{pages, squeezed, tool};
    use super::shop;

    const ASKED: &str = "docket = \"plain\"\n\
        notes = [\"部数：各5,000部（予備を含む）。刷り上がりは、印刷所で折らずに区役所ごとの束にして、それぞれの束に区の名前の札を付けてください\", \"納品：12月10日（木）\\n午前中\"]\n\
        contact = [\"編集室　髙橋・吉田\", \"電話　045-671-3624\"]";
    const BUILD: &str = "build contact-sheet --edition press --quiet --lang en";

    fn docket(sandbox: &Sandbox) -> PathBuf {
        sandbox.root().join("output/contact-sheet/press/docket.pdf")
    }

    #[test]
    fn one_page_says_every_fact() {
        let sandbox = shop(ASKED);
        sandbox.sasshi(BUILD).exit(0).silent();
        let bytes = sandbox.read("output/contact-sheet/press/docket.pdf");
        assert!(bytes.len() < 200_000, "{} bytes", bytes.len());
        if let Some(text) = tool("qpdf", &["--check"], &docket(&sandbox)) {
            assert!(text.contains("No syntax or stream encoding errors found"), "{text}");
        }
        let Some(read) = pages(&docket(&sandbox), &["-raw"]) else { return };
        assert_eq!(read.len(), 1, "one page");
        let shown = squeezed(&read[0]);
        let mut facts: Vec<String> = [
            "区の連絡先シート",
            "作業指示書　協働入門　2026年11月23日　2026-11-contact-sheet",
            "仕様",
            "仕上がりA4縦　210 × 297 mm",
            "塗り足し四辺 3 mm",
            "部数各500部",
            "製本なし（断裁のみ）",
            "色数プロセス4色（CMYK）、片面（4／0）",
            "用紙マットコート紙 四六判 90 kg",
            "総インキ量300 % 以下（全ページ、検査済み）",
            "形式PDF/X-4。当方の入稿前検査に合格（認証ではありません）",
            "プロファイルx4-generic（PDF/X-4（一般））",
            "面付けなし（単ページ、1から順に）",
            "校正簡易校正（色見本）1部",
            "・部数：各5,000部（予備を含む）。刷り上がりは、印刷所で折らずに区役所ごとの束にして、それぞれの束に区の名前の札を付けてください",
            "・納品：12月10日（木）",
            "・午前中",
            "問い合わせ先編集室　髙橋・吉田",
            "電話　045-671-3624",
        ]
        .map(str::to_owned)
        .to_vec();
        let files = sandbox.files("output/contact-sheet/press");
        let files: Vec<&String> = files.iter().filter(|path| !path.ends_with("docket.pdf")).collect();
        assert_eq!(files.len(), 19, "a sheet for each ward, and one of all");
        for path in files {
            let bytes = sandbox.read(path);
            let name = path.rsplit('/').next().expect("a name");
            let count = pages(&sandbox.root().join(path), &[]).map_or(0, |pages| pages.len());
            facts.push(format!("{name}{count}{}{}", bytes.len(), checksum(&bytes)));
        }
        for fact in facts {
            assert!(shown.contains(&squeezed(&fact)), "\"{fact}\" is not in:\n{}", read[0]);
        }
    }

    #[test]
    fn it_says_what_the_other_docket_says() {
        let sandbox = shop(ASKED);
        sandbox.sasshi(BUILD).exit(0).silent();
        let plain = pages(&docket(&sandbox), &["-raw"]);
        let other = shop(&ASKED.replace("docket = \"plain\"", ""));
        other.sasshi(BUILD).exit(0).silent();
        let (Some(plain), Some(other)) = (plain, pages(&docket(&other), &["-raw"])) else { return };
        // the title heads the plain one too, the notice stands at the foot of each page of the other
        let often =
            ["区の連絡先シート", "見本版（sasshiの作例）です。横浜市の発行物ではありません。"].map(squeezed);
        let mut letters: [Vec<char>; 2] = [&plain, &other].map(|pages| {
            let mut all = squeezed(&pages.concat());
            // the plain one has no pictures
            if let Some((facts, rest)) = all.split_once("表と裏") {
                let end = rest.find("確認と納品").expect("the last part of a docket");
                // nor the table of inks by page
                let (facts, _) = facts.split_once("のページごとのインキ量").expect("a table of inks");
                let facts = facts.strip_suffix("101-tsurumi.pdf").expect("the file that is shown");
                all = format!("{facts}{}", &rest[end..]);
            }
            assert!(often.iter().all(|words| all.contains(words.as_str())), "{all}");
            often.iter().fold(all, |all, words| all.replace(words.as_str(), "")).chars().collect()
        });
        for all in &mut letters {
            all.sort_unstable();
        }
        let [plain, other] = letters;
        // bullets, page numbers, heads, places to write and to tick are each docket's own
        let words = "・•/／とファイルページバイトSHA-256名照合値（）仕様品物刷り紙製本色データの形式お渡しする確認と納期品先連絡事項\
            問い合わせ管理番号入稿データと一緒にお渡しします校正を出す折り見本を出す照合値を確かめた校了印刷検";
        let own = |c: &char| words.contains(*c) || c.is_ascii_digit();
        let facts = |all: Vec<char>| all.into_iter().filter(|c| !own(c)).collect::<String>();
        assert_eq!(facts(plain), facts(other));
    }

    #[test]
    fn fonts_are_embedded_and_cut() {
        let sandbox = shop(ASKED);
        sandbox.sasshi(BUILD).exit(0).silent();
        let Some(text) = tool("pdffonts", &[], &docket(&sandbox)) else { return };
        let fonts: Vec<&str> = text.lines().skip(2).collect();
        assert_eq!(fonts.len(), 2, "regular and bold:\n{text}");
        for (font, name) in fonts.iter().zip(["+BIZUDPGothic-Regular", "+BIZUDPGothic-Bold"]) {
            assert_eq!(font.split_whitespace().next().and_then(|word| word.get(6..)), Some(name), "{text}");
            // … emb sub uni object ID
            let words: Vec<&str> = font.split_whitespace().rev().collect();
            assert_eq!(words.get(2..5), Some(["yes"; 3].as_slice()), "{font}");
        }
        let Some(info) = tool("pdfinfo", &[], &docket(&sandbox)) else { return };
        assert!(info.contains("区の連絡先シート　作業指示書"), "{info}");
    }

    #[test]
    fn the_same_facts_give_the_same_bytes() {
        let docket = "output/contact-sheet/press/docket.pdf";
        let (one, other) = (shop(ASKED), shop(ASKED));
        for sandbox in [&one, &other] {
            sandbox.sasshi(&format!("{BUILD} --only 港北区")).exit(0).silent();
        }
        assert!(one.read(docket) == other.read(docket), "the docket differs from run to run");
    }

    #[test]
    fn a_missing_glyph_is_a_finding_and_no_blank() {
        let sandbox = shop("docket = \"plain\"\nnotes = [\"森🦉のふくろう\"]");
        let run = sandbox.sasshi(&format!("{BUILD} --only 港北区")).exit(1).says("S4002");
        let manifest = String::from_utf8(sandbox.read("sasshi.toml")).expect("text");
        let line = manifest.lines().take_while(|line| !line.contains('🦉')).count() + 1;
        run.says("The fonts of the plain docket have no glyph for \"🦉\" (U+1F989).")
            .says(&format!("sasshi.toml:{line}"));
        assert!(!docket(&sandbox).exists(), "no docket with a hole in it");
    }

    #[test]
    fn what_does_not_fit_on_the_page_is_a_finding() {
        for count in [40, 400] {
            let notes = vec!["\"もう一つの連絡\""; count].join(", ");
            let sandbox = shop(&format!("docket = \"plain\"\nnotes = [{notes}]"));
            let run = sandbox.sasshi(&format!("{BUILD} --only 港北区")).exit(1).says("S5005");
            run.says("The plain docket does not fit on its one page.");
            assert!(!docket(&sandbox).exists(), "{count}");
        }
    }
}
