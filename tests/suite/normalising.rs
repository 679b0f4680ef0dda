//! Normalising is done once: what was brought into its one form is in it, whatever the type and however it was written.
//!
//! Values are right ones with their characters written in other widths, and heaps of what people put into such cells.

use std::cell::RefCell;
use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use sasshi::model::column_type::CellText;
use sasshi::model::locality::Locality;
use sasshi::model::meaning::Sight;
use sasshi::model::schema::FieldType;

const CITY: &str = "横浜市";

/// Right values of each type.
fn right(kind: FieldType) -> &'static [&'static str] {
    match kind {
        FieldType::Text => &["か\u{3099}くえん 髙﨑", "一行目\n二行目", "①㈱\u{FA11}"],
        FieldType::Ward => &["鶴見区", "さか\u{3099}み区"],
        FieldType::Code => &["141011", "011002", "271004"],
        FieldType::Kana => &["つるみく", "ガーデン・ヒ\u{309A}ア", "ﾎﾄﾞｶﾞﾔｸ", "ｶ\u{3099}ﾂｺｳ"],
        FieldType::Phone => &[
            "045-510-1694",
            "045-671-2121 内線1234",
            "TEL 045-510-1694 / FAX 045-510-1695",
            "+81-45-510-1694",
            "0120-86-9999",
            "#7119",
            "119",
            "090-1234-5678",
            "04992-2-1234",
            "非公開",
        ],
        FieldType::Address => &[
            "神奈川県横浜市鶴見区鶴見中央3-20-1 鶴見区役所2階",
            "港南区港南4-2-8 3F　拠点内",
            "西区ｶ\u{3099}ｰﾃ\u{FF9E}ﾝ1ー2",
            "緑区か\u{FF9E}く園100",
        ],
        FieldType::Postal => &["〒230-0051", "2300051"],
        FieldType::Url => {
            &["https://www.city.yokohama.lg.jp/?a=1#b", "www.city.yokohama.lg.jp", "HTTP://a.jp:80/"]
        }
        FieldType::Email => &["sh-shiminkatsudo@city.yokohama.jp", "a+b@c.d.jp"],
        FieldType::Date => &["2020-07-21", "20200721", "R02.07.21", "令和元年5月1日(水)", "昭和64年1月7日"],
        FieldType::OpeningHours => &[
            "月〜金 8:45〜17:00",
            "9時〜21時（日曜・祝日は17時まで）",
            "平日 9-17時",
            "24時間",
            "休館日：第2・第4火曜日、12/29〜1/3",
        ],
        FieldType::Number => &["1,234.5", "-35.5", "0", "5."],
        FieldType::Romaji => &["Nishi", "Ｎｉｓｈｉ", "Ōmiya-ku", "Nishi Ward", "O'Hara & Co."],
    }
}

/// What people put into cells, in pieces.
const PIECES: &[&str] = &[
    "0",
    "1",
    "4",
    "5",
    "9",
    "045",
    "０",
    "５",
    "-",
    "－",
    "ー",
    "―",
    ".",
    "．",
    ",",
    "(",
    ")",
    "（",
    "）",
    " ",
    "　",
    "\n",
    "\t",
    "TEL",
    "ＦＡＸ",
    "内線",
    "代表",
    "〒",
    "#",
    "+81",
    "@",
    "https://",
    "a.jp",
    "/",
    "横浜市",
    "神奈川県",
    "区",
    "町",
    "令和",
    "R",
    "元",
    "年",
    "月",
    "日",
    "か",
    "ｶ",
    "カ",
    "\u{3099}",
    "\u{FF9E}",
    "\u{309A}",
    "ｰ",
    "・",
    "髙",
    "\u{FA11}",
    "㈱",
    "なし",
    "なん",
    "\u{200B}",
    "\u{E000}",
    "A",
    "Ｚ",
    "é",
    "👪",
];

/// `c` as it is, or in its other width.
fn other_width(c: char, wide: bool) -> char {
    match (c, wide) {
        ('!'..='~', true) => char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c),
        ('！'..='～', false) => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        (' ', true) => '　',
        _ => c,
    }
}

fn written(kind: FieldType) -> impl Strategy<Value = String> {
    let other_widths =
        (select(right(kind)), prop::collection::vec(any::<bool>(), 64)).prop_map(|(value, wide)| {
            value
                .chars()
                .zip(wide.into_iter().cycle())
                .map(|(c, wide)| other_width(c, wide))
                .collect::<String>()
        });
    let heap = prop::collection::vec(select(PIECES), 0..12).prop_map(|pieces| pieces.concat());
    let with_more = (heap.clone(), select(right(kind)), heap.clone())
        .prop_map(|(before, value, after)| format!("{before}{value}{after}"));
    prop_oneof![4 => other_widths, 3 => heap, 2 => with_more, 1 => any::<String>()]
}

fn locality() -> Locality {
    Locality::of(CITY).with_units(["鶴見区", "西区"].map(str::to_owned))
}

fn read(kind: FieldType, written: &str) -> Option<String> {
    let locality = locality();
    let cell = CellText { text: written, header: "", name: "鶴見区", locality: &locality };
    kind.read(cell).ok().map(|meaning| meaning.text())
}

#[test]
fn twice_is_once() {
    let taken: RefCell<BTreeMap<&str, usize>> = RefCell::default();
    for (name, kind) in FieldType::ALL.iter().map(|kind| (kind.name(), kind)) {
        // the same values in every run: a failure in one place is one everywhere
        let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        let config = Config { cases: 3_000, failure_persistence: None, ..Config::default() };
        let mut runner = TestRunner::new_with_rng(config, random);
        let outcome = runner.run(&written(*kind), |text| {
            let once = read(*kind, &text);
            // what is told without reading is what reading tells
            match kind.sight(&text, &locality()) {
                Sight::Plain => prop_assert_eq!(once.as_deref(), Some(text.trim()), "{} {:?}", name, text),
                Sight::Changed => {
                    let is_changed = once.as_ref().is_some_and(|once| once != text.trim());
                    prop_assert!(is_changed, "{} {:?}: {:?}", name, text, once);
                }
                Sight::Unclear => {}
            }
            let Some(once) = once else { return Ok(()) };
            // "津市津市場町": behind the city's name a town may begin with it
            if *kind == FieldType::Address && text.matches(CITY).count() > 1 {
                return Ok(());
            }
            *taken.borrow_mut().entry(name).or_default() += 1;
            prop_assert_eq!(read(*kind, &once), Some(once.clone()), "{} {:?}", name, text);
            Ok(())
        });
        if let Err(error) = outcome {
            panic!("{name}: {error}");
        }
    }
    // a test of values that are all refused would prove nothing
    for name in FieldType::ALL.iter().map(|kind| kind.name()) {
        let count = taken.borrow().get(name).copied().unwrap_or_default();
        assert!(count > 800, "only {count} values of the type {name} were taken");
    }
}

#[test]
fn what_is_right_is_taken_in_any_width() {
    for (name, kind) in FieldType::ALL.iter().map(|kind| (kind.name(), kind)) {
        for value in right(*kind) {
            let plain = read(*kind, value);
            assert!(plain.is_some(), "{name} {value:?}");
            // names and free text keep their width
            if matches!(kind, FieldType::Text | FieldType::Ward) || plain.as_deref() == Some("非公開") {
                continue;
            }
            let wide: String = value.chars().map(|c| other_width(c, true)).collect();
            assert_eq!(read(*kind, &wide), plain, "{name} {wide:?}");
        }
    }
}
