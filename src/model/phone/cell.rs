//! What stands in a phone's cell: numbers with their labels, extensions, and words that are none of it.
//!
//! In: a cell in one width. Out: [`PhoneCell`], from which `Phone` takes the number to print; or the part that is not
//! understood.

use super::plan::{PhoneError, PhoneKind, PhoneNumber, THREE};
use crate::model::width;

/// What a cell holds.
#[derive(Debug, Default)]
pub(super) struct PhoneCell {
    /// Numbers that are said to be for calls.
    pub tel: Vec<PhoneNumber>,
    /// Numbers that are said to be for faxes.
    pub fax: Vec<PhoneNumber>,
    /// Numbers of which nothing is said.
    pub bare: Vec<PhoneNumber>,
    /// The extension.
    pub extension: Option<String>,
    /// Words beside the numbers.
    pub notes: Vec<String>,
}

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
    ("t:", Label::Tel),
    ("℡", Label::Tel),
    ("☎", Label::Tel),
    ("電話番号", Label::Tel),
    ("電話", Label::Tel),
    ("でんわ", Label::Tel),
    ("fax", Label::Fax),
    ("f:", Label::Fax),
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
/// Words that say of a label that its number is the other's as well; a longer one stands before its own beginning.
const SHARED: &[&str] = &[
    "も同じ",
    "と同じ",
    "に同じ",
    "同じ",
    "同番号",
    "同一",
    "同",
    "と兼用",
    "兼用",
    "兼",
    "と共通",
    "共通",
    "共用",
    "併用",
];
/// What stands between parts of a cell and says nothing.
const BETWEEN: &str = ":./／、，。,;・)]";
/// What stands before the rest of a second number (045-510-0002／0004), folded.
const FURTHER: &str = "/／・,、~〜&";
/// So many digits are a number of a line, not one of a street, a room or a day.
const LINE_DIGITS: usize = 6;

impl PhoneCell {
    /// Reads a cell that is folded.
    ///
    /// # Errors
    /// [`PhoneError`] with the part that is not understood.
    pub fn read(folded: &str) -> Result<Self, PhoneError> {
        let mut cell = Self::default();
        let (mut rest, mut label) = (folded, Label::Nothing);
        loop {
            if let Some(part) = further(rest).filter(|_| cell.has_number() && label == Label::Nothing) {
                return Err(PhoneError::Part(part.replace('~', "〜")));
            }
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || BETWEEN.contains(c));
            let Some(first) = rest.chars().next() else { return Ok(cell) };
            rest = if let Some((found, length)) = label_at(rest) {
                cell.label(rest, found, length, &mut label)
            } else if label == Label::Extension && (first.is_ascii_digit() || first == '(') {
                let (number, length) = inner_number(rest);
                if cell.extension.is_some() {
                    return Err(PhoneError::Part(number.replace('~', "〜")));
                }
                cell.extension = Some(number.replace('~', "〜"));
                label = Label::Nothing;
                &rest[length..]
            } else if "([".contains(first) {
                cell.bracket(rest, first)?
            } else if (first.is_ascii_digit() && !is_time(rest)) || "+#".contains(first) {
                cell.number(rest, std::mem::replace(&mut label, Label::Nothing))?
            } else if cell.has_number() || first.is_alphabetic() || first.is_ascii_digit() {
                cell.words(rest)
            } else {
                return Err(PhoneError::Character(first));
            };
        }
    }

    fn has_number(&self) -> bool {
        !(self.tel.is_empty() && self.fax.is_empty() && self.bare.is_empty())
    }

    fn note(&mut self, words: &str) {
        let words = words.trim().trim_end_matches([':', '、', '。', ',', ')']).trim_end();
        if !words.is_empty() {
            self.notes.push(words.replace('~', "～"));
        }
    }

    /// Takes in a label of `length` bytes; what follows it. TEL/FAX and FAX兼用 are words beside a number for both.
    fn label<'a>(&mut self, rest: &'a str, found: Label, length: usize, label: &mut Label) -> &'a str {
        let after = &rest[length..];
        if matches!(found, Label::Tel | Label::Fax) {
            let next = after.trim_start_matches(|c: char| c.is_whitespace() || "/／・,、&と".contains(c));
            let other = label_at(next).filter(|(other, _)| {
                matches!(other, Label::Tel | Label::Fax) && *other != found && next.len() < after.len()
            });
            let both = other.map_or(after, |(_, length)| &next[length..]);
            let shared = SHARED.iter().find_map(|word| both.trim_start().strip_prefix(word));
            if other.is_some() || shared.is_some() {
                let end = shared.unwrap_or(both);
                self.note(&rest[..rest.len() - end.len()]);
                if other.is_some() {
                    *label = Label::Tel;
                }
                return end;
            }
        }
        // 代表 between TEL and its number says nothing of which number follows
        if found != Label::Nothing {
            *label = found;
        } else if &rest[..length] != NUMBER {
            self.note(&rest[..length]);
        }
        after
    }

    /// Takes in what a bracket opens: numbers and labels are read on, other words are a note.
    fn bracket<'a>(&mut self, rest: &'a str, open: char) -> Result<&'a str, PhoneError> {
        let after = &rest[open.len_utf8()..];
        let end = after.find([')', ']']).unwrap_or(after.len());
        let inner = after[..end].trim();
        if let Some(part) = further(inner).filter(|_| self.has_number()) {
            return Err(PhoneError::Part(part.replace('~', "〜")));
        }
        let is_digits = inner.chars().all(|c| c.is_ascii_digit() || width::is_dash(c) || c == ' ');
        let has_line = inner.char_indices().any(|(at, _)| begins_line(inner, at));
        if is_digits || has_line || label_at(inner).is_some() {
            return Ok(after);
        }
        self.note(inner);
        Ok(&after[end..])
    }

    fn number<'a>(&mut self, rest: &'a str, label: Label) -> Result<&'a str, PhoneError> {
        let (groups, length) = run(rest);
        let after = &rest[length..];
        let digits: usize = groups.iter().map(|group| group.bytes().filter(u8::is_ascii_digit).count()).sum();
        let number = PhoneNumber::of_groups(&groups);
        if number.is_err() {
            // a letter O for a zero is what is wrong, not the number of digits before it
            let next = after.trim_start().chars().next().filter(char::is_ascii_alphabetic);
            if let Some(stranger) = next.filter(|_| label_at(after.trim_start()).is_none()) {
                return Err(PhoneError::Character(stranger));
            }
            if self.has_number() && digits < LINE_DIGITS {
                return Err(PhoneError::Part(rest[..length].to_owned()));
            }
        }
        let number = number?;
        let is_short = number.kind == PhoneKind::Short;
        match label {
            Label::Tel => self.tel.push(number),
            Label::Fax => self.fax.push(number),
            Label::Extension | Label::Nothing => self.bare.push(number),
        }
        // 110番
        Ok(after.strip_prefix('番').filter(|_| is_short).unwrap_or(after))
    }

    /// Takes in words up to the next number, label or bracket.
    fn words<'a>(&mut self, rest: &'a str) -> &'a str {
        let ends = |at: usize| {
            let next = &rest[at..];
            let is_label = label_at(next).is_some_and(|(label, length)| {
                label != Label::Nothing && next[..length].chars().nth(1).is_some()
            });
            // ext of "text" is no label
            let in_word = rest[..at].ends_with(|c: char| c.is_ascii_alphabetic());
            begins_line(rest, at)
                || begins_service(rest, at)
                || (is_label && !in_word)
                || next.starts_with(['(', '[', '\n'])
        };
        let end = rest.char_indices().skip(1).map(|(at, _)| at).find(|at| ends(*at)).unwrap_or(rest.len());
        self.note(&rest[..end]);
        &rest[end..]
    }
}

/// The rest of a second number behind a first one: a mark or a dash with few digits.
fn further(rest: &str) -> Option<&str> {
    let start = rest.trim_start();
    let first = start.chars().next()?;
    if !(FURTHER.contains(first) || width::is_dash(first)) {
        return None;
    }
    let inner = start[first.len_utf8()..].trim_start();
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let end = start.len() - inner.len() + digits;
    ((1..LINE_DIGITS).contains(&digits) && !is_time(inner) && !begins_line(inner, 0)).then(|| &start[..end])
}

/// Whether a number of a line begins at a byte of `text`.
fn begins_line(text: &str, at: usize) -> bool {
    let next = &text[at..];
    let is_begin = next.starts_with(|c: char| c.is_ascii_digit() || c == '+')
        && !text[..at].ends_with(|c: char| c.is_ascii_digit());
    is_begin && !is_time(next) && {
        let (groups, _) = run(next);
        groups.concat().bytes().filter(u8::is_ascii_digit).count() >= LINE_DIGITS
    }
}

/// Whether a number of a service begins there: 188, #7119.
fn begins_service(text: &str, at: usize) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let next = &text[at..];
    match next.strip_prefix('#') {
        Some(rest) => digits(rest) == 4,
        None => {
            !text[..at].ends_with(|c: char| c.is_ascii_digit())
                && digits(next) == 3
                && THREE.contains(&&next[..3])
        }
    }
}

/// Whether a time of day or a stretch of hours begins `text`: 9時, 9:00, 24時間.
fn is_time(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=2).contains(&digits) && text[digits..].starts_with(['時', ':', '月', '日', '分'])
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

/// The extension at the head of `text` as it is written (`2`, `(2)123`, `123・124`, `12〜15`), without a bracket that closes
/// what was opened before it, and the bytes that it takes.
fn inner_number(text: &str) -> (&str, usize) {
    let mut open = 0;
    let ends = |(at, c): (usize, char)| {
        open += i32::from(c == '(') - i32::from(c == ')');
        // what closes a bracket from before, and another number of a line, are no part of it
        let is_other = open < 0 || (at > 0 && begins_line(text, at));
        (is_other || !(c.is_ascii_digit() || "()-・,、#*~〜".contains(c))).then_some(at)
    };
    let end = text.char_indices().find_map(ends).unwrap_or(text.len());
    let number = text[..end].trim_end_matches(['(', '-', '・', ',', '、', '~', '〜']);
    (number, number.len().max(1))
}

/// The groups of the number at the head of `text` and the bytes that it takes.
fn run(text: &str) -> (Vec<String>, usize) {
    let mut groups = vec![String::new()];
    let (mut digits, mut length) = (0, 0);
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() || (at == 0 && "+#".contains(c)) {
            // a gap after a whole number begins another one, or what is none
            if groups.last().is_some_and(String::is_empty) && digits >= 10 {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::phone::Phone;

    fn read(written: &str) -> String {
        Phone::parse(written).map_or_else(|error| format!("{error:?}"), |phone| phone.to_string())
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
            ("045-671-3624 内線12～15", "12〜15"),
            ("045-671-3624 内線12、15", "12、15"),
            ("045-671-3624（代）内12", "12"),
        ] {
            let phone = Phone::parse(written).unwrap_or_else(|error| panic!("{written}: {error:?}"));
            assert_eq!(phone.extension(), Some(wanted), "{written}");
        }
        let phone = Phone::parse("電話：045-671-3624　FAX：045-664-0734").expect("two labelled numbers");
        assert_eq!((phone.to_string(), phone.fax()), ("045-671-3624".into(), Some("045-664-0734".into())));
        assert_eq!(read("FAX 045-664-0734"), "FaxOnly");
        assert_eq!(read("045-671-3624、045-671-3625"), "Several");
        for several in [
            "045-671-3624 045-671-3625",
            "045-671-3624（夜間 045-671-3625）",
            "045-671-3624 または 090-1234-5678",
            "045-671-3624 PHS 070-1234-5678",
            "#7119 か 045-671-3624",
            "045-671-3624（内線 123）、045-671-3625",
            "045-671-3624 内線123・045-671-3625",
        ] {
            assert_eq!(read(several), "Several", "{several}");
        }
        // of two extensions none is the one that is meant
        let second = Err(PhoneError::Part("456".to_owned()));
        assert_eq!(Phone::parse("045-671-3624（内線 123）、045-671-3625（内線 456）"), second);
        assert_eq!(Phone::parse("045-671-3624 内線123 内線456"), second);
        let phone = Phone::parse("T:045-671-3624 F:045-664-0734").expect("two labelled numbers");
        assert_eq!(phone.fax(), Some("045-664-0734".into()));
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
            ("TEL/FAX 045-671-3624", "TEL/FAX"),
            ("TEL・FAX：045-671-3624", "TEL・FAX"),
            ("電話/FAX共通 045-671-3624", "電話/FAX共通"),
            ("045-671-3624（FAX兼用）", "FAX兼用"),
            ("045-671-3624 FAXも同じ", "FAXも同じ"),
            ("045-671-3624（平日9時～17時）", "平日9時～17時"),
            ("045-671-3624 平日9:00-17:00", "平日9:00-17:00"),
            ("045-671-3624 9:00〜17:00", "9:00〜17:00"),
            ("045-671-3624（月～金）", "月～金"),
            ("045-671-3624 (24時間)", "24時間"),
            ("045-671-3624 ※平日のみ", "※平日のみ"),
            ("045-671-3624 担当:見本", "担当:見本"),
        ] {
            let phone = Phone::parse(written).unwrap_or_else(|error| panic!("{written}: {error:?}"));
            assert_eq!(
                (phone.to_string().as_str(), phone.notes().concat().as_str()),
                ("045-671-3624", wanted)
            );
        }
        assert!(Phone::parse("電話番号：045-671-3624").is_ok_and(|phone| phone.notes().is_empty()));
        for words in ["市民課", "平日9時～17時", "（月～金）", "FAX兼用", "電話・FAX共通", "同左"]
        {
            assert_eq!(Phone::parse(words), Err(PhoneError::NoNumber), "{words}");
        }
    }
}
