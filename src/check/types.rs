//! What is said of a cell that is not of its type.
//!
//! In: the cell as written and why it is not. Out: a finding without its place.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::date::DateError;
use crate::model::meaning::{LONGEST, MeaningError};
use crate::model::municipality::{MunicipalityCode, MunicipalityCodeError};
use crate::model::phone::{Phone, PhoneError};
use crate::model::width;
use crate::say;

/// The finding about a cell that is not of its type.
#[must_use]
pub fn finding(written: &str, error: &MeaningError) -> Diagnostic {
    let written = written.trim();
    match error {
        MeaningError::TooLong(length) => too_long(*length),
        MeaningError::Kana(stranger) => kana(written, *stranger),
        MeaningError::Postal(likely) => postal(written, likely.as_deref()),
        MeaningError::Url => url(written),
        MeaningError::Email => email(written),
        MeaningError::Number => number(written),
        MeaningError::Date(error) => date(written, *error),
        MeaningError::Phone(error) => phone(written, error),
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

fn kana(written: &str, stranger: char) -> Diagnostic {
    Diagnostic::error(
        Code::Kana,
        say!(
            "よみがな「{written}」に、かなではない「{stranger}」があります。",
            "The reading \"{written}\" holds \"{stranger}\", which is no kana."
        ),
    )
    .hint(say!("ひらがなかカタカナで書いてください。", "Write it in hiragana or katakana."))
}

fn postal(written: &str, likely: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::error(
        Code::PostalCode,
        say!(
            "「{written}」は郵便番号（7けた）ではありません。",
            "\"{written}\" is no postal code of seven digits."
        ),
    );
    match likely {
        Some(likely) => diagnostic.hint(say!(
            "表計算ソフトで先頭の0が消えたのなら「{likely}」です。",
            "If a spreadsheet dropped the leading 0, it is {likely}."
        )),
        None => diagnostic.hint(say!("「230-0051」のように書いてください。", "Write it as 230-0051.")),
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
    Diagnostic::error(
        Code::Number,
        say!("「{written}」は数ではありません。", "\"{written}\" is no number."),
    )
    .hint(say!("単位や説明は、別の列に書いてください。", "Units and words go into a column of their own."))
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

fn phone(written: &str, error: &PhoneError) -> Diagnostic {
    let message = match error {
        PhoneError::Digits { found: 0, .. } => {
            say!("「{written}」に電話番号の数字がありません。", "\"{written}\" holds no number.")
        }
        PhoneError::Digits { found, wanted } => say!(
            "電話番号「{written}」の数字が{found}けたです（{wanted}けたのはずです）。",
            "The phone number \"{written}\" has {found} digits, not {wanted}."
        ),
        PhoneError::NoZero => say!(
            "電話番号「{written}」が0で始まっていません（市外局番が抜けているかもしれません）。",
            "The phone number \"{written}\" does not begin with 0."
        ),
        PhoneError::UnknownArea => say!(
            "電話番号「{written}」の始まりは、どの市外局番・番号の種類でもありません。",
            "No area code and no service begins as the phone number \"{written}\" does."
        ),
        PhoneError::Several => say!(
            "「{written}」に電話番号が2つあります。どちらを印刷するか決められません。",
            "\"{written}\" holds several phone numbers; which is to be printed?"
        ),
        PhoneError::FaxOnly => say!(
            "「{written}」はファクスの番号です。電話番号がありません。",
            "\"{written}\" is a fax number; there is no phone number."
        ),
        PhoneError::Character(c) => say!(
            "電話番号「{written}」に、数字ではない「{c}」があります。",
            "The phone number \"{written}\" holds \"{c}\", which is no digit."
        ),
    };
    let diagnostic = Diagnostic::error(Code::Phone, message);
    if let Some(likely) = lost_zero(written) {
        return diagnostic.hint(say!(
            "表計算ソフトで先頭の0が消えたのなら「{likely}」です。",
            "If a spreadsheet dropped the leading 0, it is {likely}."
        ));
    }
    match error {
        PhoneError::Several => diagnostic.hint(say!(
            "1つだけにするか、「TEL …　FAX …」のように区別を書いてください。",
            "Keep one, or label them: TEL … FAX …."
        )),
        _ => diagnostic.hint(say!("「045-671-3624」のように書いてください。", "Write it as 045-671-3624.")),
    }
}

/// The number that it would be with the 0 that spreadsheets drop, if it is one then.
fn lost_zero(written: &str) -> Option<String> {
    let digits = !written.starts_with('0') && written.bytes().all(|byte| byte.is_ascii_digit());
    (digits && written.len() >= 9)
        .then(|| Phone::parse(&format!("0{written}")).ok())
        .flatten()
        .map(|phone| phone.to_string())
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
    let five = folded.len() == 5 && folded.bytes().all(|byte| byte.is_ascii_digit());
    let with_zero = format!("0{folded}");
    match error {
        MunicipalityCodeError::Form if five && MunicipalityCode::parse(&with_zero).is_ok() => diagnostic
            .hint(say!(
                "表計算ソフトで先頭の0が消えたのなら「{with_zero}」です。",
                "If a spreadsheet dropped the leading 0, it is {with_zero}."
            )),
        MunicipalityCodeError::Form if five => match MunicipalityCode::parse(&format!("{folded}0")) {
            Err(MunicipalityCodeError::CheckDigit { expected }) => diagnostic.hint(say!(
                "6けた目の検査数字を付けると「{folded}{expected}」です。",
                "With its check digit it is {folded}{expected}."
            )),
            _ => diagnostic.hint(say!(
                "6けた目の検査数字を付けると「{folded}0」です。",
                "With its check digit it is {folded}0."
            )),
        },
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::meaning::Meaning;
    use crate::model::schema::FieldType;

    fn said(kind: FieldType, written: &str) -> Option<Diagnostic> {
        Meaning::parse(kind, written, "", "").err().map(|error| finding(written, &error))
    }

    fn hint(kind: FieldType, written: &str) -> String {
        said(kind, written).expect("refused").hints[0].ja.clone()
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
        assert!(hint(FieldType::Postal, "600001").contains("060-0001"));
        assert!(hint(FieldType::Code, "92011").contains("092011"));
        assert!(hint(FieldType::Code, "14101").contains("141011"));
    }
}
