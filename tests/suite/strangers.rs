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
