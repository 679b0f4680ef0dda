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
        (&kohoku, "(改修中)"),
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
