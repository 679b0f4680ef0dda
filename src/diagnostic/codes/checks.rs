//! Codes of checks of directories and texts, each with the words of `sasshi explain`.
//!
//! In: nothing. Out: constants of [`Code`], and their definitions.

use super::{Code, CodeDefinition, codes};

codes! {
    /// A column that a layout needs is not there.
    ColumnMissing = "S2001" {
        ja: "レイアウトが印刷する列が名簿にありません。見出しの名前が違うだけのこともあります。",
        en: "A column that a layout prints is not in the directory; perhaps only its header differs.",
    }
    /// A cell that must not be empty is.
    Required = "S2002" {
        ja: "印刷するセルが空です。空欄のまま印刷しないように、その記録を使うものは作りません。空でよい列なら、名簿の optional に書きます。（規則名 required）",
        en: "A cell that is printed is empty, so nothing that uses the record is made. List the column in `optional` if it may be empty. (rule: required)",
    }
    /// A ward that the master list does not know.
    WardUnknown = "S2003" {
        ja: "もとになる一覧にない区（町内会、学校など）の名前です。「ヶ」と「ケ」などの違いもここで見つかります。（規則名 ward-unknown）",
        en: "A ward is not in the master list; small differences such as ヶ and ケ are found here. (rule: ward-unknown)",
    }
    /// A ward without a row in a directory that must have one.
    WardMissing = "S2004" {
        ja: "すべての区（町内会、学校など）がそろうはずの名簿に、行のないものがあります。そろわなくてよいなら every-ward = false と書きます。（規則名 ward-missing）",
        en: "A ward has no row in a directory that must have all. Say every-ward = false if it need not. (rule: ward-missing)",
    }
    /// A phone number that cannot be one.
    Phone = "S2005" {
        ja: "電話番号として正しくありません。けた数・市外局番・番号の種類を、総務省の番号計画に照らして調べています。推測で直すことはしません。（規則名 type）",
        en: "It is no phone number of the Japanese numbering plan: digits, area code or kind are wrong. sasshi never guesses one. (rule: type)",
    }
    /// A municipality code whose check digit is wrong.
    MunicipalityCode = "S2006" {
        ja: "全国地方公共団体コードの形か検査数字が違います。6けた目は前の5けたから計算で決まります。（規則名 type）",
        en: "A municipality code has the wrong form or check digit. (rule: type)",
    }
    /// A cell too long for any place on paper.
    CellTooLong = "S2007" {
        ja: "1つのセルが長すぎて、紙のどこにも入りません。行の区切りが壊れていることもあります。（規則名 type）",
        en: "A cell is too long for any place on paper; perhaps the rows ran together. (rule: type)",
    }
    /// Two records of the master list with one key.
    KeyTwice = "S2008" {
        ja: "もとになる一覧に同じ区（町内会、学校など）が2回あります。ほかの名簿がどちらに結びつくか決められません。",
        en: "The master list has one ward twice; it is unclear which the others join to.",
    }
    /// A postal code that is not seven digits.
    PostalCode = "S2009" {
        ja: "郵便番号は数字7けたです。（規則名 type）",
        en: "A postal code has seven digits. (rule: type)",
    }
    /// An address on the web that cannot be one.
    Url = "S2010" {
        ja: "ホームページのアドレスの形ではありません。1つのセルに1つだけ書きます。（規則名 type）",
        en: "It is no address on the web; one cell holds one. (rule: type)",
    }
    /// An e-mail address that cannot be one.
    Email = "S2011" {
        ja: "メールアドレスの形ではありません。（規則名 type）",
        en: "It is no e-mail address. (rule: type)",
    }
    /// A date that cannot be one.
    Date = "S2012" {
        ja: "日付として読み取れないか、ない日です。元号の日付は、その元号の期間の中かも調べます。（規則名 type）",
        en: "It cannot be read as a date, or there is no such day; a date of an era must lie within it. (rule: type)",
    }
    /// A reading that is not kana.
    Kana = "S2013" {
        ja: "よみがなの列に、かなでない文字があります。（規則名 type）",
        en: "A reading holds a character that is no kana. (rule: type)",
    }
    /// A number that is none.
    Number = "S2014" {
        ja: "数の列に、数でないものがあります。単位は書きません。（規則名 type）",
        en: "A column of numbers holds something else; leave units out. (rule: type)",
    }
    /// A value that stands twice where each is the only one.
    ValueTwice = "S2015" {
        ja: "スキーマで「1つだけ」とされた値が2回あります。（規則名 unique）",
        en: "A value that the schema wants once stands twice. (rule: unique)",
    }
    /// A row that stands twice, cell by cell.
    RowTwice = "S2016" {
        ja: "すべてのセルが同じ行が2つあります。（規則名 duplicate-row）",
        en: "Two rows are the same, cell by cell. (rule: duplicate-row)",
    }
    /// An office that stands twice under two spellings.
    OfficeTwice = "S2017" {
        ja: "電話番号か住所が同じで、名前の書き方が違う行があります。同じ窓口が2回載るかもしれません。（規則名 duplicate-office）",
        en: "Two rows share a phone number or address and differ in the name's spelling: perhaps one office stands twice. (rule: duplicate-office)",
    }
    /// A phone number with another area code than its neighbours.
    PhoneArea = "S2018" {
        ja: "近くのほかの番号と市外局番が違います。正しいこともあるので、確かめるだけの注意です。（規則名 phone-area）",
        en: "A phone number has another area code than its neighbours. It may be right; have a look. (rule: phone-area)",
    }
    /// An address on the web without http:// or https://.
    UrlScheme = "S2019" {
        ja: "アドレスが https:// か http:// で始まっていません。どちらかは推測しません。（規則名 url-scheme）",
        en: "An address begins with neither https:// nor http://; sasshi does not guess which. (rule: url-scheme)",
    }
    /// A character for private use (外字).
    PrivateUse = "S2020" {
        ja: "外字（そのパソコンだけの字）があります。印刷では別の字になるか消えるため、普通の字に替えます。（規則名 private-use）",
        en: "There is a private-use character that only one computer knows; in print it is another or none. (rule: private-use)",
    }
    /// An invisible character in a name.
    Invisible = "S2021" {
        ja: "目に見えない文字があります。同じに見える名前が一致しなかったり、文字の向きが変わったりします。（規則名 invisible）",
        en: "There is an invisible character: names that look the same differ, or text turns around. (rule: invisible)",
    }
    /// Data that is younger than the edition.
    EditionDate = "S2022" {
        ja: "データの中の日付が、発行の日付より後です。発行の日付を直し忘れているかもしれません。（規則名 edition-date）",
        en: "A date in the data is later than the edition's, which was perhaps forgotten. (rule: edition-date)",
    }
    /// A value that is none of those allowed.
    OneOf = "S2023" {
        ja: "スキーマの one-of で決めた値のどれでもありません。（規則名 one-of）",
        en: "The value is none of those in the schema's one-of. (rule: one-of)",
    }
    /// A value that does not fit the schema's pattern.
    Pattern = "S2024" {
        ja: "スキーマの pattern（正規表現）に合いません。（規則名 pattern）",
        en: "The value does not fit the schema's pattern. (rule: pattern)",
    }
    /// A value that names no record of the directory it refers to.
    RefersTo = "S2025" {
        ja: "ほかの名簿にあるはずの名前がありません。（規則名 refers-to）",
        en: "The value names no record of the directory it refers to. (rule: refers-to)",
    }
    /// A date or number in the place of an address.
    Address = "S2026" {
        ja: "住所の欄に、日付・時刻・数字だけが入っています。表計算ソフトが番地を日付に変えたときに起こります。（規則名 type）",
        en: "A date, a time or a number stands in the place of an address; spreadsheets make dates of house numbers. (rule: type)",
    }
    /// A part of a cell that is read and not printed, such as a fax beside a phone number.
    UnprintedPart = "S2027" {
        ja: "セルの一部が紙面に印刷されません。電話番号の欄では、番号と内線だけを印刷します。ファクスは別の列に、「市民課」のような言葉は名称の欄に移してください。「代表」「直通」のようになくてよいものなら、そのままで構いません。（規則名 unprinted-part）",
        en: "A part of the cell is not printed. Of a phone's cell the number and its extension are; move a fax to a column of its own and words such as the name of a section to the name. If nothing is lost by it, leave it. (rule: unprinted-part)",
    }
    /// Opening hours that are not understood.
    OpeningHours = "S2028" {
        ja: "型が opening-hours の列に、曜日と時刻として読み取れないセルがあります。推測せず、書かれたとおりに印刷します。「月〜金 8:45〜17:00」「24時間」「休館日：月曜」のように書くと、同じ形にそろえます。「午前9時〜5時」のように2通りに読めるものもこれにあたります。（規則名 opening-hours）",
        en: "A cell of a column of type opening-hours is not understood as days and times. Nothing is guessed: it is printed as written. What can be read in two ways (午前9時〜5時) is not understood either. (rule: opening-hours)",
    }
    /// A directive that the layout does not know.
    DirectiveUnknown = "S2101" {
        ja: "このレイアウトにない囲み（:::名前）です。",
        en: "The layout does not know this block.",
    }
    /// An attribute that the directive does not take, or one that it needs.
    DirectiveAttribute = "S2102" {
        ja: "囲みの属性の名前が違うか、必要な属性がありません。",
        en: "A block has an attribute it does not take, or lacks one.",
    }
    /// An image that is not there, or lies outside the project.
    ImageMissing = "S2103" {
        ja: "画像がないか、プロジェクトのフォルダーの外にあるか、途中で切れています。",
        en: "An image is not there, lies outside the project, or is cut off.",
    }
    /// A cross reference to nothing.
    ReferenceBroken = "S2104" {
        ja: "参照（#名前）の先がありません。",
        en: "A cross reference leads nowhere.",
    }
    /// Two headings or directives with one id.
    IdTwice = "S2105" {
        ja: "同じ #名前 が2回あり、参照の先を決められません。",
        en: "One id stands twice, so references to it are unclear.",
    }
    /// A text that names a template its layout does not have.
    PartUnknown = "S2106" {
        ja: "文章が指定したページの型が、レイアウトにありません。",
        en: "A text names a page template that the layout does not have.",
    }
    /// An entry of front matter, or an attribute of a heading, that no layout reads.
    TextKeyUnread = "S2107" {
        ja: "文書の先頭の設定（+++ の間）か、見出しの「{…}」に、どのレイアウトも読まない項目があります。つづりの誤りで黙って無視されることがないように、エラーにしています。",
        en: "The front matter, or the {…} of a heading, has a key that no layout reads. It is an error so that a misspelt one is never silently ignored.",
    }
    /// A table that breaks a rule of machine readability.
    TableRule = "S2201" {
        ja: "表が、機械可読性ルール（デジタル庁、2026年3月31日）の1つを守っていません。L1・L2・L3 はルールの段階です。「sasshi data ファイル --rules」だけが調べ、印刷には関係しません。",
        en: "A table breaks a rule of machine readability (Digital Agency of Japan, 2026-03-31); L1 to L3 are its levels. Only `sasshi data FILE --rules` judges by them; printing does not depend on it.",
    }
}
