//! What a cell means by the type of its column.
//!
//! In: one cell as text. Out: its [`Meaning`], or what keeps it from being of its type; never a guess.

use std::borrow::Cow;

use super::address::{Address, AddressError};
use super::date::{Date, DateError};
use super::kana::Reading;
use super::municipality::{MunicipalityCode, MunicipalityCodeError};
use super::origin::Origin;
use super::phone::{Phone, PhoneError};
use super::width;

/// More characters than any place on paper holds; also keeps one cell from stalling the engine.
pub const LONGEST: usize = 2_000;

/// A cell: what was written, and what it means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value<'a> {
    /// As written in the source.
    pub written: &'a str,
    /// As understood.
    pub meaning: &'a Meaning,
}

/// What a cell means. There is one for each cell of ten thousand records, so the large ones stand elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub enum Meaning {
    /// Nothing: the cell is empty.
    Empty,
    /// Text, trimmed.
    Text(String),
    /// A ward of the master list.
    Ward(String),
    /// A municipality code.
    Code(MunicipalityCode),
    /// A reading; parted where the name is known.
    Kana(Box<Reading>),
    /// A phone number.
    Phone(Box<Phone>),
    /// An address with the postal code of its town, where one is known: the text and its origin.
    Address(Box<Address>, Option<Box<(String, Origin)>>),
    /// A postal code, `230-0051`.
    Postal(String),
    /// A date.
    Date(Date),
}

/// Why a cell is not of its type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MeaningError {
    /// More than [`LONGEST`] characters.
    TooLong(usize),
    /// A reading with a character that is no kana; none where it has no kana at all.
    Kana(Option<char>),
    /// A name in Latin letters with another character; none where it has no letter.
    Romaji(Option<char>),
    /// No postal code of seven digits.
    Postal(PostalError),
    /// No address on the web.
    Url,
    /// No postal address.
    Address(AddressError),
    /// No e-mail address.
    Email,
    /// No number.
    Number,
    /// No date.
    Date(DateError),
    /// No phone number.
    Phone(PhoneError),
    /// No municipality code.
    Code(MunicipalityCodeError),
}

/// What is in the place of a postal code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PostalError {
    /// Not seven digits.
    Form,
    /// 〒 without a number.
    Empty,
    /// Several codes.
    Several,
    /// Six digits: a spreadsheet dropped a leading 0, with which it is this.
    LostZero(String),
}

/// What is told of a cell at first sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// It is of its type, and printed as it is written.
    Plain,
    /// It is of its type, and printed otherwise than it is written.
    Changed,
    /// Only reading it whole tells.
    Unclear,
}

impl Value<'_> {
    /// The text to print, in its one form.
    #[must_use]
    pub fn text(&self) -> String {
        self.meaning.text()
    }
}

impl Meaning {
    /// The meaning of a cell that is printed as written though it is not of its type.
    #[must_use]
    pub fn as_text(written: &str) -> Self {
        let trimmed = written.trim();
        if trimmed.is_empty() { Self::Empty } else { Self::Text(one_line(trimmed).into_owned()) }
    }

    /// The text to print, in its one form.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) | Self::Ward(text) | Self::Postal(text) => text.clone(),
            Self::Code(code) => code.to_string(),
            Self::Kana(reading) => format!("{}{}", reading.stem.kana, reading.suffix.kana),
            Self::Phone(phone) => phone.to_string(),
            Self::Address(address, _) => address.line(),
            Self::Date(date) => date.japanese(),
        }
    }
}

/// A line break inside a cell is a space on paper; kana that were taken apart are joined.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    let text = width::compose_kana(text);
    if memchr::memchr2(b'\n', b'\r', text.as_bytes()).is_some() {
        Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
    } else {
        text
    }
}

/// Whether a text is one line, of kana that are whole: [`one_line`] leaves it as it is.
pub(super) fn is_one_line(text: &str) -> bool {
    let bytes = text.as_bytes();
    // U+3099 and U+309A are the bytes E3 82 99 and E3 82 9A
    let pairs = bytes.iter().zip(bytes.get(1..).unwrap_or_default());
    !pairs.fold(false, |any, (byte, next)| {
        any | (*byte == b'\n') | (*byte == b'\r') | ((*byte == 0x82) & ((*next == 0x99) | (*next == 0x9A)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::column_type::{CellText, FieldType};
    use crate::model::locality::Locality;

    fn locality() -> Locality {
        Locality::of("横浜市").with_units(["鶴見区".to_owned()])
    }

    fn read(kind: FieldType, written: &str) -> Result<String, MeaningError> {
        kind.read(CellText { text: written, header: "", name: "鶴見区", locality: &locality() })
            .map(|meaning| meaning.text())
    }

    fn sight(kind: FieldType, written: &str) -> Sight {
        kind.sight(written, &locality())
    }

    #[test]
    fn every_type_has_one_form() {
        for (kind, written, wanted) in [
            (FieldType::Postal, "〒２３０－００５１", "230-0051"),
            (FieldType::Postal, "2300051", "230-0051"),
            (FieldType::Kana, "ﾂﾙﾐｸ", "ツルミク"),
            (FieldType::Kana, "か\u{3099}っこう", "がっこう"),
            (FieldType::Kana, "センター「ワカバ」", "センター「ワカバ」"),
            (FieldType::Url, "https://a.jp/パス/?x=1&y=(2)", "https://a.jp/パス/?x=1&y=(2)"),
            (FieldType::Url, "ｈｔｔｐｓ：／／www.city.yokohama.lg.jp/", "https://www.city.yokohama.lg.jp/"),
            (FieldType::Email, "ａ＠city.yokohama.jp", "a@city.yokohama.jp"),
            (FieldType::Date, "R02.07.21", "2020年7月21日"),
            (FieldType::Number, "１，２３４．５", "1234.5"),
            (FieldType::Number, "−35.5", "-35.5"),
            (FieldType::Phone, "非公開", "非公開"),
            (FieldType::Code, "１４１０１１", "141011"),
            (FieldType::Address, "神奈川県横浜市鶴見区鶴見中央３－20－１", "鶴見区鶴見中央3-20-1"),
            (FieldType::OpeningHours, "9時～17時", "9:00〜17:00"),
            (FieldType::OpeningHours, "施設による", "施設による"),
            (FieldType::Text, "髙﨑𠮷\u{FA11}①", "髙﨑𠮷\u{FA11}①"),
        ] {
            assert_eq!(read(kind, written), Ok(wanted.to_owned()), "{written}");
            // normalising twice is normalising once
            assert_eq!(read(kind, wanted), Ok(wanted.to_owned()), "{wanted}");
        }
    }

    #[test]
    fn first_sight_tells_what_reading_tells() {
        for kind in FieldType::ALL.iter().copied() {
            for written in [
                "045-510-1694",
                "０４５-510-1694",
                "0455-10-1694",
                "045-010-1694",
                "090-1234-5678",
                "230-0051",
                "2300051",
                "https://a.jp/",
                "HTTPS://a.jp/",
                "ａ＠a.jp",
                "a@a.jp",
                "鶴見区",
                "か\u{3099}",
                "a\nb",
                "",
                "0120-86-9999",
                "110",
                "非公開",
                "2026-11-23",
                "２０２６年１１月２３日",
                "令和８年４月５日",
                "４－５",
                "鶴見区鶴見中央３－20－１　２階",
                "横浜市鶴見区鶴見中央３",
                "横浜市鶴見区",
                "横浜市横浜市鶴見区鶴見中央３",
                "神奈川県横浜市横浜市鶴見区鶴見中央３",
                "神奈川県横浜市",
                "鶴見区３　横浜市",
                "鶴見区鶴見中央ｈｔｔｐｓ：／／a.jp",
                "鶴見区鶴見中央３　〒２３０－００５１",
                "見本町ｶﾞｰﾃﾞﾝ",
                "か\u{3099}んは\u{FF9F}",
                "見本\u{FFE0}\u{FF00}",
                "https://a.jp:80/",
                "https://a..jp/",
                "https://a.jp/ b",
                "https://.jp",
                "a@a.jp.",
                "a@.jp",
                "@a.jp",
                "a b@a.jp",
                "12",
                "141011",
                " x ",
            ] {
                let read = read(kind, written);
                match sight(kind, written) {
                    Sight::Plain => assert_eq!(read, Ok(written.trim().to_owned()), "{kind:?} {written}"),
                    Sight::Changed => assert!(
                        read.as_ref().is_ok_and(|text| text != written.trim()),
                        "{kind:?} {written}: {read:?}"
                    ),
                    Sight::Unclear => {}
                }
            }
        }
        assert_eq!(sight(FieldType::Phone, "045-510-1694"), Sight::Plain);
        assert_eq!(sight(FieldType::Phone, "045-510-169"), Sight::Unclear);
        assert_eq!(sight(FieldType::Email, "a.b@a.jp"), Sight::Plain);
        assert_eq!(sight(FieldType::Url, "https://a.jp/?b"), Sight::Plain);
        assert_eq!(sight(FieldType::Ward, "鶴見区"), Sight::Plain);
        assert_eq!(sight(FieldType::Address, "鶴見区鶴見中央３－20－１"), Sight::Changed);
    }
}
