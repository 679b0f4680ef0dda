//! What is said of a cell that is not of its type.
//!
//! In: the cell as written and why it is not. Out: a finding without its place.

mod phone;

use super::rule_definition::{Check, RuleDefinition};
use crate::diagnostic::codes::codes;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::address::AddressError;
use crate::model::date::DateError;
use crate::model::meaning::{LONGEST, MeaningError, PostalError};
use crate::model::municipality::{MunicipalityCode, MunicipalityCodeError};
use crate::model::rule::{Level, Rule};
use crate::model::width;
use crate::say;

/// The rule.
pub static RULE: RuleDefinition = RuleDefinition {
    rule: Rule {
        name: "type",
        words: "A cell is of the type of its column; a warning prints it as written.",
        level: Level::Error,
        parameters: &[],
    },
    codes: CODES,
    check: Check::Stage,
};

codes! {
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
    /// A name in Latin letters that holds others.
    Romaji = "S2029" {
        ja: "ローマ字（英語）の名前の列に、ローマ字でない文字があります。よみがなの列と入れかわっていないか、見てください。（規則名 type）",
        en: "A name in Latin letters holds another character; perhaps it stands in the wrong column. (rule: type)",
    }
    /// A number that is none.
    Number = "S2014" {
        ja: "数の列に、数でないものがあります。単位は書きません。（規則名 type）",
        en: "A column of numbers holds something else; leave units out. (rule: type)",
    }
    /// A date or number in the place of an address.
    Address = "S2026" {
        ja: "住所の欄に、日付・時刻・数字だけが入っています。表計算ソフトが番地を日付に変えたときに起こります。（規則名 type）",
        en: "A date, a time or a number stands in the place of an address; spreadsheets make dates of house numbers. (rule: type)",
    }
}

/// The finding about a cell that is not of its type.
#[must_use]
pub fn finding(written: &str, error: &MeaningError) -> Diagnostic {
    let written = written.trim();
    match error {
        MeaningError::TooLong(length) => too_long(*length),
        MeaningError::Kana(stranger) => kana(written, *stranger),
        MeaningError::Romaji(stranger) => romaji(written, *stranger),
        MeaningError::Postal(error) => postal(written, error),
        MeaningError::Url => url(written),
        MeaningError::Address(error) => address(written, *error),
        MeaningError::Email => email(written),
        MeaningError::Number => number(written),
        MeaningError::Date(error) => date(written, *error),
        MeaningError::Phone(error) => phone::finding(written, error),
        MeaningError::Code(error) => code(written, error),
    }
}

fn too_long(length: usize) -> Diagnostic {
    Diagnostic::error(
        Code::CellTooLong,
        say!(
            "このセルは{length}文字あります。長すぎて、どこにも入りません。",
            "This cell has {length} characters; no place on paper holds it."
        ),
    )
    .hint(say!("{LONGEST}文字までにしてください。", "Keep it below {LONGEST} characters."))
}

fn kana(written: &str, stranger: Option<char>) -> Diagnostic {
    let message = match stranger {
        Some(stranger) => say!(
            "よみがな「{written}」に、かなではない「{stranger}」があります。",
            "The reading \"{written}\" holds \"{stranger}\", which is no kana."
        ),
        None => {
            say!("よみがな「{written}」に、かながありません。", "The reading \"{written}\" holds no kana.")
        }
    };
    Diagnostic::error(Code::Kana, message).hint(say!(
        "ひらがなかカタカナで書いてください。よみがないなら、セルを空にします。",
        "Write it in hiragana or katakana; if there is no reading, leave the cell empty."
    ))
}

fn romaji(written: &str, stranger: Option<char>) -> Diagnostic {
    let message = match stranger {
        Some(stranger) => say!(
            "ローマ字の名前「{written}」に、ローマ字ではない「{stranger}」があります。",
            "The name in Latin letters \"{written}\" holds \"{stranger}\", which is none."
        ),
        None => say!(
            "ローマ字の名前「{written}」に、文字がありません。",
            "The name in Latin letters \"{written}\" holds no letter."
        ),
    };
    Diagnostic::error(Code::Romaji, message).hint(say!(
        "「Tsurumi」のように書いてください。なければ、セルを空にします。",
        "Write it as Tsurumi; if there is none, leave the cell empty."
    ))
}

fn postal(written: &str, error: &PostalError) -> Diagnostic {
    let message = match error {
        PostalError::Several => say!(
            "「{written}」に郵便番号が2つ以上あります。どれを印刷するか決められません。",
            "\"{written}\" holds several postal codes; which is to be printed?"
        ),
        PostalError::Empty => {
            say!("「{written}」に郵便番号の数字がありません。", "\"{written}\" holds no postal code.")
        }
        PostalError::Form | PostalError::LostZero(_) => say!(
            "「{written}」は郵便番号（7けた）ではありません。",
            "\"{written}\" is no postal code of seven digits."
        ),
    };
    let diagnostic = Diagnostic::error(Code::PostalCode, message);
    match error {
        PostalError::LostZero(likely) => diagnostic.mended_by(likely).hint(say!(
            "表計算ソフトで先頭の0が消えたのなら「{likely}」です。",
            "If a spreadsheet dropped the leading 0, it is {likely}."
        )),
        PostalError::Several => diagnostic.hint(say!(
            "1つだけ残してください。私書箱などの番号は、別の列に移します。",
            "Keep one; that of a box goes into a column of its own."
        )),
        PostalError::Empty => diagnostic.hint(say!(
            "番号を書くか、分からなければセルを空にしてください。",
            "Write the code, or leave the cell empty if it is not known."
        )),
        PostalError::Form => {
            diagnostic.hint(say!("「230-0051」のように書いてください。", "Write it as 230-0051."))
        }
    }
}

fn url(written: &str) -> Diagnostic {
    Diagnostic::error(
        Code::Url,
        say!(
            "「{written}」はホームページのアドレスではありません。",
            "\"{written}\" is no address on the web."
        ),
    )
    .hint(say!(
        "「https://www.city.yokohama.lg.jp/」のように、1つだけ書いてください。",
        "Write one address, such as https://www.city.yokohama.lg.jp/."
    ))
}

fn address(written: &str, error: AddressError) -> Diagnostic {
    let message = match error {
        AddressError::Date => say!(
            "住所「{written}」は日付です。表計算ソフトが「4-5」のような番地を日付に変えたのかもしれません。",
            "The address \"{written}\" is a date; perhaps a spreadsheet made it of a house number such as 4-5."
        ),
        AddressError::Number => say!(
            "住所「{written}」は数字だけで、場所がありません。",
            "The address \"{written}\" is a number without a place."
        ),
        AddressError::Postal => {
            return Diagnostic::error(
                Code::Address,
                say!(
                    "住所「{written}」の「〒」のあとに、7けたの番号がありません。",
                    "In the address \"{written}\" no number of seven digits follows the mark 〒."
                ),
            )
            .hint(say!(
                "「〒220-0051 西区…」のように書くか、「〒」を消してください。",
                "Write it as 〒220-0051 西区…, or delete the mark."
            ));
        }
        AddressError::PostalTwice => {
            return Diagnostic::error(
                Code::Address,
                say!(
                    "住所「{written}」に郵便番号が2つあります。",
                    "The address \"{written}\" holds two postal codes."
                ),
            )
            .hint(say!(
                "1つだけ残してください。郵便を別の所に送るなら、その住所を別の列に書きます。",
                "Keep one; if letters go to another place, write that into a column of its own."
            ));
        }
        AddressError::CityTwice => say!(
            "住所「{written}」に市の名前が2回あります。",
            "The address \"{written}\" names the city twice."
        ),
        AddressError::CityAlone => say!(
            "住所「{written}」は市の名前だけです。",
            "The address \"{written}\" is the name of the city alone."
        ),
        AddressError::Link => say!(
            "住所「{written}」はホームページのアドレスです。",
            "The address \"{written}\" is one on the web."
        ),
    };
    Diagnostic::error(Code::Address, message).hint(say!(
        "「西区見本町4-5」のように、町の名前から書いてください。Excelでは、セルの書式を「文字列」にしてから打ち直します。",
        "Write the place, such as 西区見本町4-5. In Excel, format the cell as text and type it again."
    ))
}

fn email(written: &str) -> Diagnostic {
    Diagnostic::error(
        Code::Email,
        say!("「{written}」はメールアドレスではありません。", "\"{written}\" is no e-mail address."),
    )
    .hint(say!(
        "「sh-shiminkatsudo@city.yokohama.jp」のように、1つだけ書いてください。",
        "Write one address, such as sh-shiminkatsudo@city.yokohama.jp."
    ))
}

fn number(written: &str) -> Diagnostic {
    Diagnostic::error(Code::Number, say!("「{written}」は数ではありません。", "\"{written}\" is no number."))
        .hint(say!(
            "単位や説明は、別の列に書いてください。",
            "Units and words go into a column of their own."
        ))
}

fn date(written: &str, error: DateError) -> Diagnostic {
    let message = match error {
        DateError::Form => {
            say!("「{written}」は日付として読み取れません。", "\"{written}\" cannot be read as a date.")
        }
        DateError::NoSuchDay => say!("「{written}」という日はありません。", "There is no day \"{written}\"."),
        DateError::OutsideEra(era) => say!(
            "「{written}」は{era}の日付ではありません（元号が変わる前か後です）。",
            "\"{written}\" is outside the era {era}."
        ),
    };
    Diagnostic::error(Code::Date, message)
        .hint(say!("「2026-11-23」か「令和8年11月23日」のように書いてください。", "Write it as 2026-11-23."))
}

fn code(written: &str, error: &MunicipalityCodeError) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code::MunicipalityCode,
        say!(
            "「{written}」は全国地方公共団体コードではありません。",
            "\"{written}\" is no municipality code."
        ),
    );
    let folded = width::fold(written);
    match error {
        MunicipalityCodeError::Form if folded.len() == 5 && folded.bytes().all(|b| b.is_ascii_digit()) => {
            five_digits(diagnostic, &folded)
        }
        MunicipalityCodeError::Form => diagnostic.hint(say!(
            "6けたの数字で書いてください（鶴見区は 141011）。",
            "Write six digits, such as 141011."
        )),
        MunicipalityCodeError::CheckDigit { expected } => diagnostic.hint(say!(
            "前の5けたが正しければ、6けた目は「{expected}」です。",
            "If the first five digits are right, the sixth is {expected}."
        )),
    }
}

/// Five digits: the first or the last of six is gone. Where both may be, both are named.
fn five_digits(mut diagnostic: Diagnostic, folded: &str) -> Diagnostic {
    let with_zero = format!("0{folded}");
    let first = MunicipalityCode::parse(&with_zero).is_ok();
    if first {
        diagnostic = diagnostic.hint(say!(
            "表計算ソフトで先頭の0が消えたのなら「{with_zero}」です。",
            "If a spreadsheet dropped the leading 0, it is {with_zero}."
        ));
    }
    // prefectures have the numbers 01 to 47
    let prefecture = folded[..2].parse().is_ok_and(|number: u8| (1..=47).contains(&number));
    if first && !prefecture {
        return diagnostic;
    }
    let digit = match MunicipalityCode::parse(&format!("{folded}0")) {
        Err(MunicipalityCodeError::CheckDigit { expected }) => expected,
        _ => 0,
    };
    diagnostic.hint(say!(
        "6けた目の検査数字を付けると「{folded}{digit}」です。",
        "With its check digit it is {folded}{digit}."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::column_type::CellText;
    use crate::model::locality::Locality;
    use crate::model::schema::FieldType;

    fn said(kind: FieldType, written: &str) -> Option<Diagnostic> {
        let cell = CellText { text: written, header: "", name: "", locality: &Locality::default() };
        kind.read(cell).err().map(|error| finding(written, &error))
    }

    fn hint(kind: FieldType, written: &str) -> String {
        let hints = said(kind, written).expect("refused").hints;
        hints.iter().map(|hint| hint.ja.as_str()).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn what_is_not_of_its_type_is_refused() {
        for (kind, written, code) in [
            (FieldType::Postal, "230-005", Code::PostalCode),
            (FieldType::Postal, "230-0051 横浜", Code::PostalCode),
            (FieldType::Kana, "鶴見区", Code::Kana),
            (FieldType::Url, "ホームページ", Code::Url),
            (FieldType::Url, "https://a.jp/ https://b.jp/", Code::Url),
            (FieldType::Url, "ftp://a.jp/", Code::Url),
            (FieldType::Url, "https://a.jp/（準備中）", Code::Url),
            (FieldType::Url, "https://a.jp/※工事中", Code::Url),
            (FieldType::Email, "a@b@c.jp", Code::Email),
            (FieldType::Email, "a.city.jp", Code::Email),
            (FieldType::Email, "a@city..jp", Code::Email),
            (FieldType::Date, "未定", Code::Date),
            (FieldType::Number, "約100人", Code::Number),
            (FieldType::Number, "1.2.3", Code::Number),
            (FieldType::Code, "141012", Code::MunicipalityCode),
            (FieldType::Phone, "510-1694", Code::Phone),
        ] {
            assert_eq!(said(kind, written).map(|finding| finding.code), Some(code), "{written}");
        }
        let long = said(FieldType::Text, &"あ".repeat(LONGEST + 1));
        assert_eq!(long.map(|finding| finding.code), Some(Code::CellTooLong));
    }

    #[test]
    fn digits_that_a_spreadsheet_dropped_are_named_not_filled_in() {
        assert!(hint(FieldType::Phone, "455101694").contains("045-510-1694"));
        assert!(hint(FieldType::Phone, "45-510-1694").contains("045-510-1694"));
        assert!(!hint(FieldType::Phone, "510-1694").contains("先頭の0"));
        assert!(hint(FieldType::Postal, "600001").contains("060-0001"));
        assert!(hint(FieldType::Code, "92011").contains("092011"));
        assert!(!hint(FieldType::Code, "92011").contains("検査数字"), "there is no prefecture 92");
        assert!(hint(FieldType::Code, "14101").contains("141011"));
        assert!(!hint(FieldType::Code, "14101").contains("先頭の0"), "014101 is no code");
        let both = hint(FieldType::Code, "14109");
        assert!(both.contains("014109") && both.contains("141097"), "{both}");
    }
}
