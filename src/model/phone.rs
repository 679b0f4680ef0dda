//! Japanese phone numbers as printed: groups of digits with hyphens, parted as the area's plan parts them.
//!
//! In: a cell, in any width of digits, with any dash, with or without labels (`TEL:`, 内線). Out: [`Phone`] or what is
//! wrong; never a guess.

use std::borrow::Cow;
use std::fmt;

use super::area_codes;
use super::width;

/// What kind of number it is, by the national numbering plan (電気通信番号計画).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneKind {
    /// A line at a place (0AB-J).
    Geographic,
    /// 050.
    Ip,
    /// 060, 070, 080, 090.
    Mobile,
    /// 0120, 0800.
    TollFree,
    /// 0570.
    Shared,
    /// 0990.
    Premium,
    /// Three digits, such as 119, or four after #, such as #7119.
    Short,
}

/// A phone number in its groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    groups: Vec<String>,
    kind: PhoneKind,
    extension: Option<String>,
    fax: Option<Vec<String>>,
    notes: Vec<String>,
}

/// A number that cannot be a phone number; each case says what a person would count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhoneError {
    /// A character that no phone number has.
    Character(char),
    /// Not the right number of digits.
    Digits {
        /// How many digits there are.
        found: usize,
        /// How many there should be; 0 if it is not known.
        wanted: usize,
    },
    /// Does not begin with 0: the area code may be missing.
    NoZero,
    /// No area and no service has this beginning.
    UnknownArea,
    /// Several numbers, and nothing says which is the phone's.
    Several,
    /// The only number is labelled as the fax's.
    FaxOnly,
}

/// Words that say that there is no number to print.
const UNLISTED: &[&str] = &["非公開", "非公表", "非掲載", "掲載なし", "なし", "無し", "無", "-"];

/// Three-digit services (通報・案内) that directories print.
const THREE: &[&str] = &[
    "104", "110", "113", "115", "116", "117", "118", "119", "142", "147", "148", "171", "177", "184", "186",
    "188", "189",
];

/// What a word beside a number says of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Label {
    Tel,
    Fax,
    Extension,
    Nothing,
}

/// Labels in folded lower case; a longer one stands before its own beginning.
const LABELS: &[(&str, Label)] = &[
    ("tel", Label::Tel),
    ("℡", Label::Tel),
    ("☎", Label::Tel),
    ("電話番号", Label::Tel),
    ("電話", Label::Tel),
    ("でんわ", Label::Tel),
    ("fax", Label::Fax),
    ("℻", Label::Fax),
    ("ファックス", Label::Fax),
    ("ファクシミリ", Label::Fax),
    ("ファクス", Label::Fax),
    ("内線番号", Label::Extension),
    ("内線", Label::Extension),
    ("ext", Label::Extension),
    ("内", Label::Extension),
    ("代表", Label::Nothing),
    ("直通", Label::Nothing),
    ("番号", Label::Nothing),
    ("代", Label::Nothing),
    ("直", Label::Nothing),
    ("㈹", Label::Nothing),
];

/// The label that says no more than that a number follows.
const NUMBER: &str = "番号";

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
            return Self::of_groups(&groups);
        }
        let folded = width::fold(written);
        let mut rest = &*folded;
        let (mut label, mut tel, mut fax, mut bare): (Label, Vec<Self>, Vec<Self>, Vec<Self>) =
            (Label::Nothing, Vec::new(), Vec::new(), Vec::new());
        let mut extension = None;
        let mut notes: Vec<String> = Vec::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ":./／、，。,;・)".contains(c));
            let Some(first) = rest.chars().next() else { break };
            if let Some((found, length)) = label_at(rest) {
                // "代表" between "TEL" and its number says nothing of which number follows
                if found != Label::Nothing {
                    label = found;
                } else if &rest[..length] != NUMBER {
                    notes.push(rest[..length].to_owned());
                }
                rest = &rest[length..];
            } else if label == Label::Extension && (first.is_ascii_digit() || first == '(') {
                let (number, length) = inner_number(rest);
                rest = &rest[length..];
                extension = Some(number.to_owned());
                label = Label::Nothing;
            } else if first.is_ascii_digit() || "+#".contains(first) {
                let (groups, length) = run(rest);
                rest = &rest[length..];
                // a letter O for a zero is what is wrong, not the number of digits before it
                let next = rest.trim_start().chars().next().filter(char::is_ascii_alphabetic);
                if let Some(stranger) = next.filter(|_| label_at(rest.trim_start()).is_none()) {
                    return Err(PhoneError::Character(stranger));
                }
                match label {
                    Label::Tel => tel.push(Self::of_groups(&groups)?),
                    Label::Fax => fax.push(Self::of_groups(&groups)?),
                    Label::Extension | Label::Nothing => bare.push(Self::of_groups(&groups)?),
                }
                label = Label::Nothing;
            } else if "([".contains(first) {
                rest = &rest[first.len_utf8()..];
            } else if first.is_alphabetic() && !first.is_ascii() {
                // the name of a section or of a person: the number is one without it
                let end = rest.find(|c: char| !c.is_alphabetic() || c.is_ascii()).unwrap_or(rest.len());
                notes.push(rest[..end].to_owned());
                rest = &rest[end..];
            } else {
                return Err(PhoneError::Character(first));
            }
        }
        let several = tel.len() > 1 || fax.len() > 1 || (tel.is_empty() && bare.len() > 1);
        if several || (!tel.is_empty() && !bare.is_empty()) {
            return Err(PhoneError::Several);
        }
        let fax_only = !fax.is_empty();
        let Some(phone) = tel.pop().or_else(|| bare.pop()) else {
            let word = notes.first().and_then(|note| note.chars().next());
            return Err(if fax_only {
                PhoneError::FaxOnly
            } else if let Some(word) = word {
                PhoneError::Character(word)
            } else {
                PhoneError::Digits { found: 0, wanted: 10 }
            });
        };
        Ok(Self { extension, fax: fax.pop().map(|fax| fax.groups), notes, ..phone })
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

    /// Of groups as written: the plan's own grouping where the plan has one.
    fn of_groups<S: AsRef<str>>(written: &[S]) -> Result<Self, PhoneError> {
        let mut digits: String = written.iter().map(AsRef::as_ref).collect();
        if let Some(rest) = digits.strip_prefix("+81") {
            digits = format!("0{}", rest.strip_prefix('0').unwrap_or(rest));
        }
        let count = digits.len();
        let of =
            |kind, groups: Vec<String>| Self { groups, kind, extension: None, fax: None, notes: Vec::new() };
        if let Some(short) = digits.strip_prefix('#') {
            let right = short.len() == 4 && short.bytes().all(|digit| digit.is_ascii_digit());
            return match right {
                true => Ok(of(PhoneKind::Short, vec![digits])),
                false => Err(PhoneError::Digits { found: short.len(), wanted: 4 }),
            };
        }
        if THREE.contains(&digits.as_str()) {
            return Ok(of(PhoneKind::Short, vec![digits]));
        }
        if !digits.starts_with('0') {
            return Err(PhoneError::NoZero);
        }
        let (kind, wanted, lengths): (_, usize, [usize; 2]) = match digits.get(..4).unwrap_or(&digits) {
            "0120" => (PhoneKind::TollFree, 10, [4, 3]),
            "0800" => (PhoneKind::TollFree, 11, [4, 3]),
            "0570" => (PhoneKind::Shared, 10, [4, 3]),
            "0990" => (PhoneKind::Premium, 10, [4, 3]),
            four => match four.get(..3).unwrap_or(four) {
                "050" => (PhoneKind::Ip, 11, [3, 4]),
                "060" | "070" | "080" | "090" => (PhoneKind::Mobile, 11, [3, 4]),
                _ => {
                    if count != 10 {
                        return Err(PhoneError::Digits { found: count, wanted: 10 });
                    }
                    let area = area_codes::area_code(&digits).ok_or(PhoneError::UnknownArea)?;
                    (PhoneKind::Geographic, 10, [area.len(), 6 - area.len()])
                }
            },
        };
        if count != wanted {
            return Err(PhoneError::Digits { found: count, wanted });
        }
        // these numbers are parted as their owner likes (0120-86-9999): what was written stands
        let free = matches!(kind, PhoneKind::TollFree | PhoneKind::Shared | PhoneKind::Premium);
        if free && written.len() == 3 && written[0].as_ref().len() == 4 {
            return Ok(of(kind, written.iter().map(|group| group.as_ref().to_owned()).collect()));
        }
        let (first, rest) = digits.split_at(lengths[0]);
        let (second, third) = rest.split_at(lengths[1]);
        Ok(of(kind, vec![first.to_owned(), second.to_owned(), third.to_owned()]))
    }

    /// The groups between the hyphens.
    #[must_use]
    pub fn groups(&self) -> &[String] {
        &self.groups
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> PhoneKind {
        self.kind
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
        (self.kind == PhoneKind::Geographic).then(|| self.groups[0].as_str())
    }

    /// The extension behind the number (内線).
    #[must_use]
    pub fn extension(&self) -> Option<&str> {
        self.extension.as_deref()
    }

    /// The fax number that stood in the same cell with its label.
    #[must_use]
    pub fn fax(&self) -> Option<String> {
        self.fax.as_ref().map(|groups| groups.join("-"))
    }

    /// Words beside the number that are none of it, as written: 代表, 直通, the name of a section.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The `tel:` address (RFC 3966, local number) for a QR code or a link; `#` is written as `%23`.
    #[must_use]
    pub fn tel(&self) -> String {
        format!("tel:{}", self.groups.concat().replace('#', "%23"))
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
    groups.iter().all(|group| !group.is_empty()).then_some(groups)
}

/// The label at the head of `text` and its length in bytes.
fn label_at(text: &str) -> Option<(Label, usize)> {
    LABELS.iter().find_map(|(word, label)| {
        let head = text.get(..word.len())?;
        // 代 of 代々木支所 and 内 of 内科 are the beginnings of words
        let next = text[word.len()..].chars().next();
        let is_whole =
            word.chars().nth(1).is_some() || next.is_none_or(|c| !c.is_alphabetic() || c.is_ascii());
        (head.eq_ignore_ascii_case(word) && is_whole).then_some((*label, word.len()))
    })
}

/// The extension at the head of `text` as it is written (`2`, `(2)123`, `123・124`), without a bracket that closes what was
/// opened before it, and the bytes that it takes.
fn inner_number(text: &str) -> (&str, usize) {
    let end = text.find(|c: char| !(c.is_ascii_digit() || "()-・,#*".contains(c))).unwrap_or(text.len());
    let mut number = &text[..end];
    while number.matches(')').count() > number.matches('(').count() {
        number = number.strip_suffix(')').unwrap_or("");
    }
    let number = number.trim_end_matches(['(', '-', '・', ',']);
    (number, number.len().max(1))
}

/// The groups of the number at the head of `text` and the bytes that it takes.
fn run(text: &str) -> (Vec<String>, usize) {
    let mut groups = vec![String::new()];
    let (mut digits, mut length) = (0, 0);
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() || (at == 0 && "+#".contains(c)) {
            // a gap after a whole number begins another one
            let gap = groups.last().is_some_and(String::is_empty);
            if gap && digits >= 10 && c == '0' {
                break;
            }
            digits += usize::from(c.is_ascii_digit());
            if let Some(last) = groups.last_mut() {
                last.push(c);
            }
            length = at + c.len_utf8();
        } else if width::is_dash(c) || "().".contains(c) || c.is_whitespace() {
            if groups.last().is_some_and(|last| !last.is_empty()) {
                groups.push(String::new());
            }
        } else {
            break;
        }
    }
    groups.retain(|group| !group.is_empty());
    (groups, length)
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.groups.join("-"))?;
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
        ] {
            assert_eq!(read(written), wanted);
            assert_eq!(Phone::parse(written).map(|phone| phone.kind()), Ok(kind));
        }
        assert_eq!(Phone::parse("#7119").map(|phone| phone.tel()), Ok("tel:%237119".to_owned()));
    }

    #[test]
    fn extensions_and_faxes_are_kept_apart() {
        let phone = Phone::parse("045-671-2121（内線1234）").expect("a number");
        assert_eq!((phone.to_string().as_str(), phone.extension()), ("045-671-2121 内線1234", Some("1234")));
        for (written, wanted) in [
            ("045-671-3624 内線(2)123", "(2)123"),
            ("045-671-3624（内線１２３・１２４）", "123・124"),
            ("045-671-3624 内線:5", "5"),
            ("045-671-3624 (内線 77)", "77"),
        ] {
            let phone = Phone::parse(written).unwrap_or_else(|error| panic!("{written}: {error:?}"));
            assert_eq!(phone.extension(), Some(wanted), "{written}");
        }
        let phone = Phone::parse("電話：045-671-3624　FAX：045-664-0734").expect("two labelled numbers");
        assert_eq!((phone.to_string(), phone.fax()), ("045-671-3624".into(), Some("045-664-0734".into())));
        assert_eq!(read("FAX 045-664-0734"), "FaxOnly");
        assert_eq!(read("045-671-3624、045-671-3625"), "Several");
        assert_eq!(read("045-671-3624 045-671-3625"), "Several");
    }

    #[test]
    fn words_that_are_not_printed_are_kept() {
        for (written, wanted) in [
            ("045-671-3624（市民課）", "市民課"),
            ("045-671-3624 市民課", "市民課"),
            ("代々木支所 045-671-3624", "代々木支所"),
            ("045-671-3624(直)", "直"),
            ("045-671-3624（代表）", "代表"),
            ("内科 045-671-3624", "内科"),
        ] {
            let phone = Phone::parse(written).unwrap_or_else(|error| panic!("{written}: {error:?}"));
            assert_eq!(
                (phone.to_string().as_str(), phone.notes().concat().as_str()),
                ("045-671-3624", wanted)
            );
        }
        assert!(Phone::parse("電話番号：045-671-3624").is_ok_and(|phone| phone.notes().is_empty()));
        assert_eq!(Phone::parse("市民課"), Err(PhoneError::Character('市')));
    }

    #[test]
    fn says_what_is_wrong() {
        assert_eq!(Phone::parse("045-510-169"), Err(PhoneError::Digits { found: 9, wanted: 10 }));
        assert_eq!(Phone::parse("090-1234-567"), Err(PhoneError::Digits { found: 10, wanted: 11 }));
        assert_eq!(Phone::parse("45-510-1694"), Err(PhoneError::NoZero));
        assert_eq!(Phone::parse("510-1694"), Err(PhoneError::NoZero));
        assert_eq!(Phone::parse("045-123-4567"), Err(PhoneError::UnknownArea));
        assert_eq!(Phone::parse("045-510-16O4"), Err(PhoneError::Character('O')));
        assert_eq!(Phone::parse("045-510-1694〜6"), Err(PhoneError::Character('〜')));
        assert_eq!(Phone::parse("TEL"), Err(PhoneError::Digits { found: 0, wanted: 10 }));
    }

    #[test]
    fn unlisted_numbers_are_known() {
        assert!(["非公開", "なし", "－", "ー"].into_iter().all(Phone::is_unlisted));
        assert!(!Phone::is_unlisted("045-510-1694") && !Phone::is_unlisted(""));
    }
}
