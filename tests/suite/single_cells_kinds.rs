//! The kinds of changes that strangers make to single cells, and what is right for each.

/// What is right.
#[derive(Debug, Clone)]
pub enum Right {
    /// This is on paper.
    Printed(String),
    /// A finding at the cell.
    Told,
}

pub use Right::{Printed, Told};

/// Numbers that are the same in every run (xorshift).
pub struct Seed(pub u64);

impl Seed {
    pub fn next(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }

    pub fn of<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        let index = self.next(choices.len() as u64);
        choices[usize::try_from(index).expect("small")]
    }

    /// A number of a line in Yokohama, as it is printed.
    pub fn phone(&mut self) -> String {
        format!("045-{}-{:04}", self.of(&["510", "671", "224"]), self.next(10_000))
    }

    pub fn house(&mut self) -> String {
        format!("{}-{}", 1 + self.next(9), 1 + self.next(29))
    }

    pub fn word(&mut self) -> &'static str {
        self.of(&["見本", "港町", "青葉台", "さくら", "みなと", "汐入"])
    }
}

/// Digits and hyphens in full width.
fn wide(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '0'..='9' => char::from_u32(u32::from(c) - 0x30 + 0xFF10).expect("a digit"),
            '-' => '－',
            c => c,
        })
        .collect()
}

/// Gives what is written into the cell and what is right.
pub type Make = fn(&mut Seed) -> (String, Right);

/// A kind of change.
pub struct Kind {
    /// Its name.
    pub what: &'static str,
    /// The column.
    pub column: &'static str,
    /// Makes one.
    pub make: Make,
}

/// The same is printed.
fn same(written: String) -> (String, Right) {
    let right = Printed(written.clone());
    (written, right)
}

const fn name(what: &'static str, make: Make) -> Kind {
    Kind { what, column: "名称", make }
}

const fn address(what: &'static str, make: Make) -> Kind {
    Kind { what, column: "住所", make }
}

const fn phone(what: &'static str, make: Make) -> Kind {
    Kind { what, column: "電話番号", make }
}

/// Of the columns that the list of offices prints.
pub const OFFICES: &[Kind] = &[
    phone("extension", |seed| {
        let (number, inner) = (seed.phone(), 10 + seed.next(9_000));
        let form = seed.of(&[" 内線N", "（内線N）", "　内線：N", " (内N)", " ext.N"]);
        (
            format!("{number}{}", form.replace('N', &inner.to_string())),
            Printed(format!("{number}内線{inner}")),
        )
    }),
    phone("fax beside it", |seed| {
        let (number, fax) = (seed.phone(), seed.phone());
        (format!("TEL {number} FAX {fax}"), Told)
    }),
    phone("remark", |seed| {
        (format!("{}{}", seed.phone(), seed.of(&["（市民課）", "(直)", "（代表）", " 担当:見本"])), Told)
    }),
    phone("full-width digits", |seed| {
        let number = seed.phone();
        (wide(&number), Printed(number))
    }),
    phone("country code", |seed| {
        let number = seed.phone();
        (format!("+81-{}", &number[1..]), Printed(number))
    }),
    phone("two numbers", |seed| {
        (format!("{}{}{}", seed.phone(), seed.of(&["、", " ", "/", "\n"]), seed.phone()), Told)
    }),
    phone("trailing dot or comma", |seed| {
        let number = seed.phone();
        (format!("{number}{}", seed.of(&[".", "．", "、", "。"])), Printed(number))
    }),
    phone("a range", |seed| (format!("{}{}", seed.phone(), seed.of(&["～9", "〜5", "-7", "(～3)"])), Told)),
    phone("shared with the fax", |seed| {
        let form = seed.of(&["TEL/FAX N", "N（FAX兼用）", "電話・FAX共通 N", "N FAXも同じ", "TEL・FAX：N"]);
        (form.replace('N', &seed.phone()), Told)
    }),
    phone("hours beside it", |seed| {
        let form =
            seed.of(&["N（平日9時～17時）", "N（月～金）", "N 9:00-17:00", "N (24時間)", "N ※平日のみ"]);
        (form.replace('N', &seed.phone()), Told)
    }),
    phone("a run of extensions", |seed| {
        let (number, first) = (seed.phone(), 10 + seed.next(80));
        let form = seed.of(&[" 内線A～B", "（内線A〜B）"]);
        let ends = |text: &str| text.replace('A', &first.to_string()).replace('B', &(first + 3).to_string());
        (format!("{number}{}", ends(form)), Printed(format!("{number}{}", ends("内線A〜B"))))
    }),
    phone("the end of a second number", |seed| {
        (format!("{}{}{:04}", seed.phone(), seed.of(&["／", "・", "、", "～", ","]), seed.next(10_000)), Told)
    }),
    phone("no number but words", |seed| {
        (seed.of(&["平日9時～17時", "FAX兼用", "（月～金）", "同左", "各区役所"]).to_owned(), Told)
    }),
    phone("digits alone", |seed| {
        let number = seed.phone();
        (number.replace('-', ""), Printed(number))
    }),
    phone("brackets", |seed| {
        let number = seed.phone();
        let written = match seed.next(3) {
            0 => format!("({}){}", &number[..3], &number[4..]),
            1 => format!("{}（{}）{}", &number[..3], &number[4..7], &number[8..]),
            _ => format!("（{number}）"),
        };
        (written, Printed(number))
    }),
    phone("no number", |seed| same(seed.of(&["なし", "非公開", "無", "－", "非公表"]).to_owned())),
    phone("hours", |seed| (format!("{}:00-17:00", 8 + seed.next(3)), Told)),
    phone("letters for digits", |seed| {
        (format!("045-510-{}{}", 100 + seed.next(900), seed.of(&["O", "l", "Ｏ", "〇"])), Told)
    }),
    phone("a digit too few or too many", |seed| {
        (format!("045-510-{}", seed.of(&["123", "12345", "1", "123456"])), Told)
    }),
    phone("e-mail", |seed| (format!("{}@example.jp", seed.of(&["info", "madoguchi", "shimin"])), Told)),
    phone("lost zero", |seed| (seed.phone()[1..].replace('-', ""), Told)),
    phone("as above", |seed| {
        (seed.of(&["同上", "〃", "上に同じ"]).to_owned(), Printed(ABOVE_PHONE.to_owned()))
    }),
    address("another city", |seed| {
        let city = seed.of(&["川崎市川崎区", "東京都港区", "葉山町", "神奈川県藤沢市", "北海道函館市"]);
        same(format!("{city}{}町{}", seed.word(), seed.house()))
    }),
    address("the city before it", |seed| {
        let rest = format!("西区{}町{}", seed.word(), seed.house());
        (format!("{}{rest}", seed.of(&["横浜市", "神奈川県横浜市", "神奈川県 横浜市"])), Printed(rest))
    }),
    address("words that begin with the city", |seed| {
        same(format!(
            "横浜市{}",
            seed.of(&["民見本会館内", "役所3階", "立見本小学校", "内各所", "営地下鉄見本駅"])
        ))
    }),
    address("postal code before it", |seed| {
        same(format!(
            "〒220-{:04}{}西区{}町{}",
            seed.next(90),
            seed.of(&[" ", "　", ""]),
            seed.word(),
            seed.house()
        ))
    }),
    address("a postal code that is none, or two", |seed| {
        let form = seed.of(&["〒　A", "〒220 A", "〒220-0051・220-0052 A", "〒220-0051 A（〒220-8799）"]);
        (form.replace('A', &format!("西区見本町{}", seed.house())), Told)
    }),
    address("a date or a time", |seed| {
        let written = match seed.next(4) {
            0 => format!("2026-{:02}-{:02}", 1 + seed.next(12), 1 + seed.next(28)),
            1 => format!("{}月{}日", 1 + seed.next(12), 1 + seed.next(28)),
            2 => format!("2026/{}/{}", 1 + seed.next(12), 1 + seed.next(28)),
            _ => format!("{}:30", 8 + seed.next(12)),
        };
        (written, Told)
    }),
    address("full-width numbers", |seed| {
        let house = seed.house();
        (format!("西区見本町{}", wide(&house)), Printed(format!("西区見本町{house}")))
    }),
    address("old dashes", |seed| {
        let house = seed.house();
        let dash = seed.of(&["‐", "−", "―", "ー", "–"]);
        (format!("西区見本町{}", house.replace('-', dash)), Printed(format!("西区見本町{house}")))
    }),
    address("line break", |seed| {
        same(format!("西区見本町{}\n{}ビル{}階", seed.house(), seed.word(), 2 + seed.next(8)))
    }),
    address("no-break space", |seed| same(format!("西区見本町{}\u{A0}{}ビル", seed.house(), seed.word()))),
    address("zero-width character", |seed| {
        let odd = seed.of(&["\u{200B}", "\u{FEFF}", "\u{200D}", "\u{2060}", "\u{AD}"]);
        (format!("西区{odd}見本町{}", seed.house()), Told)
    }),
    address("no address", |seed| same(seed.of(&["―", "－", "なし", "（改修中）", "非公開"]).to_owned())),
    address("floor with its unit", |seed| {
        same(format!("西区見本町{} {}階{}号室", seed.house(), 2 + seed.next(9), 100 + seed.next(900)))
    }),
    address("brackets that do not close", |seed| {
        same(format!("西区見本町{}（{}ビル", seed.house(), seed.word()))
    }),
    address("as above", |seed| (seed.of(&["同上", "〃"]).to_owned(), Printed(ABOVE_ADDRESS.to_owned()))),
    name("half-width kana", |seed| {
        let written = format!("{}ｾﾝﾀｰﾊﾟｰｸ", seed.word());
        let right = written.clone();
        (written, Printed(right))
    }),
    name("㈱ and its like", |seed| {
        same(format!("{}{}", seed.of(&["㈱", "㈲", "㍿", "㊑", "№"]), seed.word()))
    }),
    name("variation selector", |seed| {
        same(format!("{}\u{E0100}{}", seed.of(&["葛", "辻", "祇", "芦"]), seed.word()))
    }),
    name("taken apart", |seed| {
        let (apart, joined) = match seed.next(4) {
            0 => ("か\u{3099}く", "がく"),
            1 => ("ハ\u{309A}ーク", "パーク"),
            2 => ("こ\u{3099}う", "ごう"),
            _ => ("フ\u{3099}ロ", "ブロ"),
        };
        let word = seed.word();
        (format!("{apart}{word}"), Printed(format!("{joined}{word}")))
    }),
    name("circled numbers", |seed| same(format!("{}{}", seed.word(), seed.of(&["①", "⑳", "㊤", "Ⅲ", "ⅳ"])))),
    name("old kanji", |seed| {
        same(format!("{}{}", seed.of(&["髙", "﨑", "德", "\u{FA19}", "栁"]), seed.word()))
    }),
    name("kanji that the font lacks", |seed| {
        (format!("{}{}", seed.of(&["𠮷", "𪚥", "㐂\u{E0101}"]), seed.word()), Told)
    }),
    name("emoji", |seed| (format!("{}{}", seed.word(), seed.of(&["😀", "👨‍👩‍👧", "🏠", "🇯🇵"])), Told)),
    name("private use", |seed| {
        (format!("{}{}", seed.word(), seed.of(&["\u{E000}", "\u{E200}", "\u{F8FF}"])), Told)
    }),
    name("marks that turn the text", |seed| {
        (format!("{}{}窓口", seed.word(), seed.of(&["\u{200F}", "\u{200E}", "\u{202E}", "\u{2067}"])), Told)
    }),
    name("tab", |seed| same(format!("{}\t{}", seed.word(), seed.word()))),
    name("quotation marks", |seed| same(format!("{}「{}」\"{}\"", seed.word(), seed.word(), seed.word()))),
    name("HTML", |seed| same(format!("<b>{}</b>&amp;{}<br>", seed.word(), seed.word()))),
    name("markup of Typst", |seed| {
        same(format!(
            "{}{}",
            seed.word(),
            seed.of(&["#strong[あ]", "*太字*_斜体_", "$x^2$", "`code` <a>", "@ref //x", "= 見出し"])
        ))
    }),
    name("backslash and its like", |seed| {
        same(format!("{}{}{}", seed.word(), seed.of(&["\\", "\\n", "¥", "~", "|", "^"]), seed.word()))
    }),
    name("a formula", |seed| {
        (
            seed.of(&[
                "=A1&B1",
                "=HYPERLINK(\"https://example.jp\",\"見本\")",
                "=SUM(A1:A3)",
                "#REF!",
                "#N/A",
            ])
            .to_owned(),
            Told,
        )
    }),
    phone("leading apostrophe", |seed| {
        let number = seed.phone();
        (format!("'{number}"), Printed(number))
    }),
    name("blanks around and inside", |seed| same(format!("　{}　{} ", seed.word(), seed.word()))),
    name("very long", |seed| same(seed.word().repeat(40 + usize::try_from(seed.next(40)).expect("small")))),
    name("ligatures", |seed| {
        same(format!("{} {}", seed.of(&["Office", "Waffle", "fifi", "Affluent"]), seed.word()))
    }),
    name("hyphens of all kinds", |seed| {
        same(format!(
            "{}{}{}",
            seed.word(),
            seed.of(&["‐", "-", "–", "—", "−", "・", "〜", "～"]),
            seed.word()
        ))
    }),
    name("a control character", |seed| {
        (format!("{}{}", seed.word(), seed.of(&["\u{7}", "\u{B}", "\u{1}", "\u{1B}"])), Told)
    }),
    name("numbers with units", |seed| {
        same(format!("{}{}{}", seed.word(), 1 + seed.next(900), seed.of(&["㎡", "名", "㎏", "℃", "％"])))
    }),
    name("web and mail", |seed| {
        same(format!(
            "{}{}",
            seed.word(),
            seed.of(&["https://example.jp/a_b?x=1&y=2", "info@example.jp", "www.example.jp（準備中）"])
        ))
    }),
];

const fn typed(what: &'static str, column: &'static str, make: Make) -> Kind {
    Kind { what, column, make }
}

/// Kinds of changes of columns that no built-in layout prints; the test has one of its own.
pub const TYPED: &[Kind] = &[
    typed("date of an era", "日付", |seed| {
        let (month, day) = (1 + seed.next(12), 1 + seed.next(28));
        let form = seed.of(&["R8.M.D", "令和8年M月D日", "2026-M-D", "2026/M/D", "令和８年M月D日"]);
        let written = form.replace('M', &month.to_string()).replace('D', &day.to_string());
        (written, Printed(format!("2026年{month}月{day}日")))
    }),
    typed("no date", "日付", |seed| {
        (
            seed.of(&["未定", "4月5日", "2026-02-30", "平成40年1月1日", "2026-04-05・06", "46117", "4/5"])
                .to_owned(),
            Told,
        )
    }),
    typed("number", "数", |seed| {
        let number = 1_000 + seed.next(9_000);
        let written = match seed.next(3) {
            0 => format!("{},{:03}", number / 1_000, number % 1_000),
            1 => wide(&number.to_string()),
            _ => number.to_string(),
        };
        (written, Printed(number.to_string()))
    }),
    typed("no number", "数", |seed| {
        (seed.of(&["約100人", "10～20", "多数", "12名", "3.5.1", "#N/A"]).to_owned(), Told)
    }),
    typed("web address", "ホームページ", |seed| {
        let path = seed.of(&["", "a_b-c/", "?x=1&y=%E6", "index.html#top"]);
        same(format!("https://example.jp/{path}"))
    }),
    typed("no web address", "ホームページ", |seed| {
        (
            seed.of(&[
                "https://example.jp/（準備中）",
                "example.jp",
                "https://a.jp https://b.jp",
                "市のホームページ",
                "htps://a.jp",
                "なし",
            ])
            .to_owned(),
            Told,
        )
    }),
    typed("e-mail", "メール", |seed| {
        let name = seed.of(&["info", "a.b-c", "shimin_ka"]);
        (format!("{name}＠example.jp"), Printed(format!("{name}@example.jp")))
    }),
    typed("no e-mail", "メール", |seed| {
        (
            seed.of(&["info@example.jp（代表）", "a@b.jp, c@d.jp", "info★example.jp", "@example.jp", "なし"])
                .to_owned(),
            Told,
        )
    }),
    typed("reading", "よみ", |seed| {
        let (written, right) = match seed.next(3) {
            0 => ("ﾐﾎﾝｾﾝﾀｰ", "ミホンセンター"),
            1 => ("みほんか\u{3099}っこう", "みほんがっこう"),
            _ => ("みほん　せんたー", "みほん せんたー"),
        };
        (written.to_owned(), Printed(right.to_owned()))
    }),
    typed("no reading", "よみ", |seed| {
        (
            seed.of(&["見本せんたー", "みほん①", "よみ：みほん館", "ㄅㄆ", "Mihon", "045", "－"]).to_owned(),
            Told,
        )
    }),
    typed("postal code", "郵便番号", |seed| {
        let number = format!("230-{:04}", seed.next(10_000));
        let written = match seed.next(3) {
            0 => format!("〒{number}"),
            1 => wide(&number),
            _ => number.replace('-', ""),
        };
        (written, Printed(number))
    }),
    typed("no postal code", "郵便番号", |seed| {
        (
            seed.of(&[
                "230-005",
                "230-00511",
                "〒230",
                "230-0051 横浜",
                "600001",
                "なし",
                "〒",
                "230-0051・230-0052",
                "〒230-0051／〒230-8799",
                "000-0000",
            ])
            .to_owned(),
            Told,
        )
    }),
    typed("times and remarks", "時間", |seed| {
        same(
            seed.of(&[
                "9:00～17:00",
                "24時間",
                "9時から21時まで（土日祝は17時まで）",
                "月・水・金",
                "随時",
                "9:00-12:00\n13:00-17:00",
            ])
            .to_owned(),
        )
    }),
];

/// What stands in the row above a change.
pub const ABOVE_PHONE: &str = "045-671-0000";
/// The same.
pub const ABOVE_ADDRESS: &str = "西区境町9-9";
