//! The national numbering plan: which numbers there are, and how they are parted.
//!
//! In: groups of digits as written. Out: [`PhoneNumber`], or why there is no such number.

use crate::model::area_codes;

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

/// A number of the plan in its groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PhoneNumber {
    /// What stands between the hyphens.
    pub groups: Vec<String>,
    /// What kind of number it is.
    pub kind: PhoneKind,
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
    /// Words and no number.
    NoNumber,
    /// A part behind the number that is neither another number nor an extension, such as `／0004`.
    Part(String),
}

/// Three-digit services (通報・案内) that directories print.
pub(super) const THREE: &[&str] = &[
    "104", "110", "113", "115", "116", "117", "118", "119", "142", "147", "148", "171", "177", "184", "186",
    "188", "189",
];

impl PhoneNumber {
    /// Of groups as written: the plan's own grouping where the plan has one.
    ///
    /// # Errors
    /// [`PhoneError`] if it is no number of the plan.
    pub(super) fn of_groups<S: AsRef<str>>(written: &[S]) -> Result<Self, PhoneError> {
        let mut digits: String = written.iter().map(AsRef::as_ref).collect();
        if let Some(rest) = digits.strip_prefix("+81") {
            digits = format!("0{}", rest.strip_prefix('0').unwrap_or(rest));
        }
        let count = digits.len();
        let of = |kind, groups: Vec<String>| Self { groups, kind };
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
}
