//! Japanese phone numbers as printed: groups of digits with hyphens, parted as the area's plan parts them.
//!
//! In: a cell, in any width of digits, with any dash, with or without labels (`TEL:`, 内線). Out: [`Phone`] or what is
//! wrong; never a guess.

mod cell;
mod plan;

use std::borrow::Cow;
use std::fmt;

use self::cell::PhoneCell;
use self::plan::PhoneNumber;
pub use self::plan::{PhoneError, PhoneKind};
use super::area_codes;
use super::width;

/// A phone number in its groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    number: PhoneNumber,
    extension: Option<String>,
    fax: Option<PhoneNumber>,
    notes: Vec<String>,
}

/// Words that say that there is no number to print.
const UNLISTED: &[&str] = &[
    "非公開",
    "非公表",
    "非掲載",
    "掲載なし",
    "なし",
    "無し",
    "無",
    "-",
    "電話なし",
    "設置なし",
    "未設置",
    "準備中",
    "調整中",
    "未定",
];

impl Phone {
    /// Whether a cell says that the number is not published or does not exist.
    #[must_use]
    pub fn is_unlisted(written: &str) -> bool {
        let folded = width::fold(written.trim());
        UNLISTED.contains(&&*folded) || (!folded.is_empty() && folded.chars().all(width::is_dash))
    }

    /// Reads `045-510-1694`, `０４５－５１０－１６９４`, `(045)510-1694`, `TEL: 045-510-1694`, `0455101694`,
    /// `045-671-2121 内線123`, `TEL 045-… FAX 045-…`, `#7119`.
    ///
    /// # Errors
    /// [`PhoneError`] if it is no number of the Japanese plan, or if there are several.
    pub fn parse(written: &str) -> Result<Self, PhoneError> {
        // what most cells hold
        if let Some(groups) = plain(written) {
            let number = PhoneNumber::of_groups(&groups)?;
            return Ok(Self { number, extension: None, fax: None, notes: Vec::new() });
        }
        let PhoneCell { mut tel, mut fax, mut bare, extension, notes } =
            PhoneCell::read(&width::fold(written))?;
        let several = tel.len() > 1 || fax.len() > 1 || (tel.is_empty() && bare.len() > 1);
        if several || (!tel.is_empty() && !bare.is_empty()) {
            return Err(PhoneError::Several);
        }
        let Some(number) = tel.pop().or_else(|| bare.pop()) else {
            return Err(match (fax.is_empty(), notes.is_empty()) {
                (false, _) => PhoneError::FaxOnly,
                (true, false) => PhoneError::NoNumber,
                (true, true) => PhoneError::Digits { found: 0, wanted: 10 },
            });
        };
        Ok(Self { number, extension, fax: fax.pop(), notes })
    }

    /// As [`Self::parse`]; of two numbers without labels the header tells which is which (TEL/FAX).
    ///
    /// # Errors
    /// As [`Self::parse`].
    pub fn parse_under(header: &str, written: &str) -> Result<Self, PhoneError> {
        let parsed = Self::parse(written);
        if parsed != Err(PhoneError::Several) {
            return parsed;
        }
        let header = width::fold(header).to_lowercase();
        let first = |words: &[&str]| words.iter().filter_map(|word| header.find(word)).min();
        let (Some(tel), Some(fax)) = (first(&["tel", "電話"]), first(&["fax", "ファ"])) else {
            return parsed;
        };
        match PhoneCell::read(&width::fold(written)) {
            // whose an extension is would not be known
            Ok(mut cell)
                if cell.tel.is_empty()
                    && cell.fax.is_empty()
                    && cell.bare.len() == 2
                    && cell.extension.is_none() =>
            {
                let (second, first) = (cell.bare.pop(), cell.bare.pop());
                let (number, fax) = if tel < fax { (first, second) } else { (second, first) };
                let number = number.ok_or(PhoneError::Several)?;
                Ok(Self { number, extension: None, fax, notes: cell.notes })
            }
            _ => parsed,
        }
    }

    /// Whether `written` is a number at a place, of a mobile or over IP that stands there as it is printed, told
    /// without reading it whole; of any other text [`Self::parse`] tells.
    #[must_use]
    pub fn is_plain(written: &str) -> bool {
        let bytes = written.as_bytes();
        // ten digits or eleven, in three groups, four of them in the last
        let (12 | 13) = bytes.len() else { return false };
        let second = bytes.len() - 5;
        let Some(first) = bytes[..second].iter().position(|byte| *byte == b'-') else { return false };
        if bytes[second] != b'-' || first + 1 == second {
            return false;
        }
        let mut digits = [0; 11];
        let count = bytes.len() - 2;
        digits[..first].copy_from_slice(&bytes[..first]);
        digits[first..second - 1].copy_from_slice(&bytes[first + 1..second]);
        digits[second - 1..count].copy_from_slice(&bytes[second + 1..]);
        let digits = &digits[..count];
        let Ok(text) = std::str::from_utf8(digits) else { return false };
        if !digits.iter().all(u8::is_ascii_digit) {
            return false;
        }
        match count {
            10 => {
                // services of ten digits are parted as their owner likes
                let service = ["0120", "0570", "0990"].iter().any(|head| text.starts_with(head));
                !service && area_codes::area_code(text).is_some_and(|area| area.len() == first)
            }
            _ => first == 3 && ["050", "060", "070", "080", "090"].iter().any(|head| text.starts_with(head)),
        }
    }

    /// The groups between the hyphens.
    #[must_use]
    pub fn groups(&self) -> &[String] {
        &self.number.groups
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> PhoneKind {
        self.number.kind
    }

    /// The area code of a cell with a number at a place; that of most cells is told without reading them whole.
    #[must_use]
    pub fn area_of(written: &str) -> Option<Cow<'_, str>> {
        let trimmed = written.trim();
        if Self::is_plain(trimmed) {
            let geographic = trimmed.len() == 12;
            return trimmed.split('-').next().filter(|_| geographic).map(Cow::Borrowed);
        }
        Self::parse(trimmed).ok()?.area().map(|area| Cow::Owned(area.to_owned()))
    }

    /// The area code of a number at a place, such as `045`.
    #[must_use]
    pub fn area(&self) -> Option<&str> {
        (self.number.kind == PhoneKind::Geographic).then(|| self.number.groups[0].as_str())
    }

    /// The extension behind the number (内線).
    #[must_use]
    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// The fax number that stood in the same cell with its label.
    #[must_use]
    pub fn fax(&self) -> Option<String> {
        self.fax.as_ref().map(|number| number.groups.join("-"))
    }

    /// Words beside the number that are none of it, as written: 代表, 直通, the name of a section.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The `tel:` address (RFC 3966, local number) for a QR code or a link; `#` is written as `%23`.
    #[must_use]
    pub fn tel(&self) -> String {
        format!("tel:{}", self.number.groups.concat().replace('#', "%23"))
    }
}

/// Two or three groups of ASCII digits with hyphens and nothing else.
fn plain(written: &str) -> Option<Vec<&str>> {
    let written = written.trim();
    let right = written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    if !right || written.len() < 10 {
        return None;
    }
    let groups: Vec<&str> = written.split('-').collect();
    (groups.len() <= 3 && groups.iter().all(|group| !group.is_empty())).then_some(groups)
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.number.groups.join("-"))?;
        match &self.extension {
            Some(extension) => write!(f, " 内線{extension}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(written: &str) -> String {
        Phone::parse(written).map_or_else(|error| format!("{error:?}"), |phone| phone.to_string())
    }

    #[test]
    fn one_form_for_all_spellings() {
        for written in [
            "045-510-1694",
            "０４５－５１０－１６９４",
            "(045)510-1694",
            " 045 ー510―1694 ",
            "0455101694",
            "TEL:045-510-1694",
            "ＴＥＬ　０４５（５１０）１６９４",
            "電話番号 045.510.1694（代表）",
            "℡045-510-1694(代)",
            "+81-45-510-1694",
            "0455-10-1694",
            "TEL 045-510-1694 / FAX 045-510-1695",
        ] {
            let phone = Phone::parse(written).expect(written);
            assert_eq!(phone.to_string(), "045-510-1694", "{written}");
            assert_eq!(phone.tel(), "tel:0455101694");
        }
    }

    #[test]
    fn every_kind_of_number() {
        for (written, wanted, kind) in [
            ("0335811111", "03-3581-1111", PhoneKind::Geographic),
            ("0460851234", "0460-85-1234", PhoneKind::Geographic),
            ("0499221234", "04992-2-1234", PhoneKind::Geographic),
            ("05012345678", "050-1234-5678", PhoneKind::Ip),
            ("09012345678", "090-1234-5678", PhoneKind::Mobile),
            ("0120123456", "0120-123-456", PhoneKind::TollFree),
            ("0120-86-9999", "0120-86-9999", PhoneKind::TollFree),
            ("08001234567", "0800-123-4567", PhoneKind::TollFree),
            ("0570-000-911", "0570-000-911", PhoneKind::Shared),
            ("0990-123456", "0990-123-456", PhoneKind::Premium),
            ("#7119", "#7119", PhoneKind::Short),
            ("＃８０００", "#8000", PhoneKind::Short),
            ("119", "119", PhoneKind::Short),
            ("110番", "110", PhoneKind::Short),
            ("局番なしの188", "188", PhoneKind::Short),
        ] {
            assert_eq!(read(written), wanted);
            assert_eq!(Phone::parse(written).map(|phone| phone.kind()), Ok(kind));
        }
        assert_eq!(Phone::parse("#7119").map(|phone| phone.tel()), Ok("tel:%237119".to_owned()));
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(Phone::parse("045-510-169"), Err(PhoneError::Digits { found: 9, wanted: 10 }));
        assert_eq!(Phone::parse("090-1234-567"), Err(PhoneError::Digits { found: 10, wanted: 11 }));
        assert_eq!(Phone::parse("45-510-1694"), Err(PhoneError::NoZero));
        assert_eq!(Phone::parse("510-1694"), Err(PhoneError::NoZero));
        assert_eq!(Phone::parse("045-123-4567"), Err(PhoneError::UnknownArea));
        assert_eq!(Phone::parse("045-510-16O4"), Err(PhoneError::Character('O')));
        for (written, part) in [
            ("045-510-1694〜6", "〜6"),
            ("045-510-1694／1695", "/1695"),
            ("045-510-1694・5", "・5"),
            ("045-510-1694-12", "-12"),
            ("045-510-1694（～9）", "〜9"),
            ("045-510-1694 #12", "#12"),
            ("045-510-1694 12", "12"),
        ] {
            assert_eq!(Phone::parse(written), Err(PhoneError::Part(part.to_owned())), "{written}");
        }
        assert_eq!(Phone::parse("#123"), Err(PhoneError::Digits { found: 3, wanted: 4 }));
        assert_eq!(Phone::parse("TEL"), Err(PhoneError::Digits { found: 0, wanted: 10 }));
    }

    #[test]
    fn the_header_tells_phone_and_fax_apart() {
        let read = |header: &str, written: &str| {
            Phone::parse_under(header, written).map(|phone| (phone.to_string(), phone.fax()))
        };
        let both = Ok(("045-510-1694".to_owned(), Some("045-510-1695".to_owned())));
        assert_eq!(read("TEL/FAX", "045-510-1694/045-510-1695"), both);
        assert_eq!(read("ＦＡＸ・電話番号", "045-510-1695\n045-510-1694"), both);
        assert_eq!(read("電話番号（ファクス）", "045-510-1694（045-510-1695）"), both);
        assert_eq!(read("電話番号", "045-510-1694/045-510-1695"), Err(PhoneError::Several));
        let three = "045-510-1694/045-510-1695/045-510-1696";
        assert_eq!(read("TEL/FAX", three), Err(PhoneError::Several));
    }

    #[test]
    fn unlisted_numbers_are_known() {
        assert!(["非公開", "なし", "－", "ー"].into_iter().all(Phone::is_unlisted));
        assert!(!Phone::is_unlisted("045-510-1694") && !Phone::is_unlisted(""));
    }
}
