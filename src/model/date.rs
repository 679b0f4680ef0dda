//! A calendar date. In: a TOML date, or a cell (`2020-07-21`, `R02.07.21`, 令和元年5月1日). Out: [`Date`], printed in ISO
//! or Japanese form.

use std::fmt;

use super::width;

/// A date of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct Date {
    /// Year.
    pub year: u16,
    /// Month, from 1.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

/// What is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateError {
    /// Not written as a date.
    Form,
    /// The month or its day does not exist.
    NoSuchDay,
    /// The era had not begun, or was over; the name of the era.
    OutsideEra(&'static str),
}

/// An era: name, letter, first day.
struct Era {
    name: &'static str,
    letter: char,
    first: Date,
}

const fn day(year: u16, month: u8, day: u8) -> Date {
    Date { year, month, day }
}

/// The eras since 明治, latest first; each ends on the day before the next begins.
const ERAS: &[Era] = &[
    Era { name: "令和", letter: 'R', first: day(2019, 5, 1) },
    Era { name: "平成", letter: 'H', first: day(1989, 1, 8) },
    Era { name: "昭和", letter: 'S', first: day(1926, 12, 25) },
    Era { name: "大正", letter: 'T', first: day(1912, 7, 30) },
    Era { name: "明治", letter: 'M', first: day(1868, 1, 25) },
];

/// A year of an era.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EraYear {
    /// The name of the era: 令和.
    pub name: &'static str,
    /// Its letter: R.
    pub letter: char,
    /// The year, from 1.
    pub year: u16,
}

impl Date {
    /// The date so many days after 1970-01-01; none outside of the years 1 to 9999.
    #[must_use]
    pub fn of_days(days: i64) -> Option<Self> {
        // years of 365.2425 days that begin in March (H. Hinnant, chrono-compatible low-level date algorithms)
        let days = days.checked_add(719_468)?;
        let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let day = day - (153 * month + 2) / 5 + 1;
        let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
        let year = era.checked_mul(400)?.checked_add(year + next)?;
        let (year, month, day) =
            (u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        (1..=9999).contains(&year).then_some(Self { year, month, day })
    }

    /// Its year in the era of its day; none before 明治.
    #[must_use]
    pub fn era_year(&self) -> Option<EraYear> {
        let era = ERAS.iter().find(|era| era.first <= *self)?;
        Some(EraYear { name: era.name, letter: era.letter, year: self.year - era.first.year + 1 })
    }

    /// Reads `2020-07-21`, `2020/7/21`, `2020.7.21`, `20200721`, `2020年7月21日`, `R02.07.21`, `令和2年7月21日`,
    /// `令和元年5月1日`, in any width of digits; a weekday in brackets behind it is passed over.
    ///
    /// # Errors
    /// [`DateError`] if it is not written so, or if there is no such day.
    pub fn parse(written: &str) -> Result<Self, DateError> {
        let folded: String = width::fold(written).chars().filter(|c| !c.is_whitespace()).collect();
        let text = match folded.split_once('(') {
            Some((date, weekday)) if weekday.ends_with(')') => date,
            _ => folded.as_str(),
        };
        let (era, rest) = era_of(text);
        let numbers = numbers(rest, era.is_some()).ok_or(DateError::Form)?;
        let [year, month, day] = numbers;
        let year = match era {
            None if (1000..=9999).contains(&year) => year,
            Some(era) if (1..=99).contains(&year) => era.first.year + year - 1,
            _ => return Err(DateError::Form),
        };
        let (Ok(month), Ok(day)) = (u8::try_from(month), u8::try_from(day)) else {
            return Err(DateError::NoSuchDay);
        };
        let date = Self { year, month, day };
        if !date.exists() {
            return Err(DateError::NoSuchDay);
        }
        match era {
            Some(era)
                if ERAS.iter().find(|other| other.first <= date).is_none_or(|real| real.name != era.name) =>
            {
                Err(DateError::OutsideEra(era.name))
            }
            _ => Ok(date),
        }
    }

    fn exists(self) -> bool {
        let leap =
            (self.year.is_multiple_of(4) && !self.year.is_multiple_of(100)) || self.year.is_multiple_of(400);
        let days = match self.month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return false,
        };
        (1..=days).contains(&self.day)
    }

    /// `2026年11月23日`.
    #[must_use]
    pub fn japanese(&self) -> String {
        format!("{}年{}月{}日", self.year, self.month, self.day)
    }
}

/// The era at the head of `text` (name, first character of it, or letter) and what follows.
fn era_of(text: &str) -> (Option<&'static Era>, &str) {
    for era in ERAS {
        let first = era.name.chars().next();
        let rest = text
            .strip_prefix(era.name)
            .or_else(|| first.and_then(|first| text.strip_prefix(first)))
            .or_else(|| text.strip_prefix(era.letter))
            .or_else(|| text.strip_prefix(era.letter.to_ascii_lowercase()));
        if let Some(rest) = rest {
            return (Some(era), rest.trim_start_matches('.'));
        }
    }
    (None, text)
}

/// Year, month and day; 元 is the year 1 of an era.
fn numbers(text: &str, era: bool) -> Option<[u16; 3]> {
    if !era && text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some([text[..4].parse().ok()?, text[4..6].parse().ok()?, text[6..].parse().ok()?]);
    }
    let text = match text.strip_prefix('元') {
        Some(rest) if era => format!("1{rest}"),
        _ => text.to_owned(),
    };
    let parts: Vec<&str> = if text.contains('年') {
        let (year, rest) = text.split_once('年')?;
        let (month, rest) = rest.split_once('月')?;
        vec![year, month, rest.strip_suffix('日')?]
    } else {
        text.split(|c: char| matches!(c, '/' | '.') || width::is_dash(c)).collect()
    };
    let numbers: Vec<u16> = parts
        .iter()
        .map(|part| {
            let digits =
                !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
            digits.then(|| part.parse().ok()).flatten()
        })
        .collect::<Option<_>>()?;
    numbers.try_into().ok()
}

impl fmt::Display for Date {
    /// ISO 8601: `2026-11-23`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_date_in_all_spellings() {
        for written in [
            "2020-07-21",
            "２０２０／７／２１",
            "2020.7.21",
            "20200721",
            "2020年7月21日",
            "R02.07.21",
            "r2/7/21",
            "令和2年7月21日（火）",
            "令 2. 7.21",
        ] {
            assert_eq!(Date::parse(written), Ok(day(2020, 7, 21)), "{written}");
        }
        assert_eq!(Date::parse("令和元年5月1日"), Ok(day(2019, 5, 1)));
        assert_eq!(Date::parse("昭32. 8.14"), Ok(day(1957, 8, 14)));
        assert_eq!(Date::parse(&day(2024, 2, 29).japanese()), Ok(day(2024, 2, 29)));
    }

    #[test]
    fn days_and_years_of_eras() {
        for (days, date) in [(0, day(1970, 1, 1)), (19_782, day(2024, 2, 29)), (-25_567, day(1900, 1, 1))] {
            assert_eq!(Date::of_days(days), Some(date));
        }
        assert_eq!((Date::of_days(i64::MAX), Date::of_days(-800_000)), (None, None));
        let era = |date: Date| date.era_year().map(|era| (era.name, era.year));
        assert_eq!(era(day(2019, 4, 30)), Some(("平成", 31)));
        assert_eq!(era(day(2019, 5, 1)), Some(("令和", 1)));
        assert_eq!(era(day(1800, 1, 1)), None);
    }

    #[test]
    fn says_what_is_no_date() {
        assert_eq!(Date::parse("2021-02-29"), Err(DateError::NoSuchDay));
        assert_eq!(Date::parse("2021-13-01"), Err(DateError::NoSuchDay));
        assert_eq!(Date::parse("平成31年5月1日"), Err(DateError::OutsideEra("平成")));
        assert_eq!(Date::parse("令和元年4月30日"), Err(DateError::OutsideEra("令和")));
        for written in ["", "2020", "7/21", "20-07-21", "2020-07", "未定", "R", "2020年7月"] {
            assert_eq!(Date::parse(written), Err(DateError::Form), "{written}");
        }
    }
}
