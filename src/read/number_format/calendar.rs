//! Dates and times in the letters of a format: years of the West and of eras, weekdays, hours that passed.
//!
//! In: the parts of a section and a number of days. Out: text.

use std::fmt::Write as _;

use super::parse::{DatePart, Locale};
use crate::model::date::Date;

/// The day from which a workbook counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Epoch {
    /// 1 is the first of January 1900, and 60 the 29th of February of that year, which there never was.
    #[default]
    Year1900,
    /// 0 is the first of January 1904.
    Year1904,
}

const DAY: u64 = 86_400;
/// The day before this number of days is the last of the year 9999.
const LAST: f64 = 2_958_466.0;
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const WEEKDAYS: [&str; 7] = ["日", "月", "火", "水", "木", "金", "土"];

/// A day with its weekday, from 0 for Sunday.
struct Day {
    date: Date,
    weekday: usize,
}

/// The date of a day; none before the first one.
fn day(days: u64, epoch: Epoch) -> Option<Day> {
    let days = i64::try_from(days).ok()?;
    let days = if epoch == Epoch::Year1904 { days + 1_462 } else { days };
    let weekday = usize::try_from((days + 6) % 7).ok()?;
    let date = match days {
        0 => return None,
        60 => Date { year: 1900, month: 2, day: 29 },
        // days since 1970-01-01
        1..60 => Date::of_days(days - 25_568)?,
        _ => Date::of_days(days - 25_569)?,
    };
    Some(Day { date, weekday })
}

/// The value as a section shows it.
pub fn show(parts: &[DatePart], value: f64, epoch: Epoch, locale: Locale) -> Option<String> {
    let places = parts.iter().find_map(|part| match part {
        DatePart::SubSeconds(places) => Some(*places),
        _ => None,
    });
    let places = u32::try_from(places.unwrap_or(0)).ok()?;
    let unit = 10_u64.pow(places);
    let ticks = ticks(value, unit)?;
    let seconds = ticks / unit;
    let (days, clock) = (seconds / DAY, seconds % DAY);
    let half = parts.iter().any(|part| matches!(part, DatePart::HalfDay | DatePart::HalfDayLetter));
    let mut text = String::new();
    for part in parts {
        match part {
            DatePart::Words(words) => text.push_str(words),
            DatePart::SubSeconds(width) => {
                let _ = write!(text, ".{:0width$}", ticks % unit);
            }
            DatePart::Elapsed(letter, width) => {
                let count = match letter {
                    'h' => seconds / 3600,
                    'm' => seconds / 60,
                    _ => seconds,
                };
                let _ = write!(text, "{count:0width$}");
            }
            DatePart::HalfDay => text.push_str(match (clock >= DAY / 2, locale.japanese) {
                (false, true) => "午前",
                (true, true) => "午後",
                (false, false) => "AM",
                (true, false) => "PM",
            }),
            DatePart::HalfDayLetter => text.push(if clock >= DAY / 2 { 'P' } else { 'A' }),
            DatePart::Letter(letter @ ('h' | 'M' | 's'), width) => {
                let hour = clock / 3600;
                let count = match letter {
                    'h' if half && hour % 12 == 0 => 12,
                    'h' if half => hour % 12,
                    'h' => hour,
                    'M' => clock / 60 % 60,
                    _ => clock % 60,
                };
                let _ = write!(text, "{count:0width$}");
            }
            DatePart::Letter(letter, width) => {
                text.push_str(&date_letter(*letter, *width, &day(days, epoch)?, locale)?);
            }
        }
    }
    Some(text)
}

fn date_letter(letter: char, width: usize, day: &Day, locale: Locale) -> Option<String> {
    let (date, weekday) = (day.date, day.weekday);
    let month = MONTHS[usize::from(date.month.checked_sub(1)?).min(11)];
    Some(match (letter, width) {
        ('y', 1 | 2) => format!("{:02}", date.year % 100),
        ('y', _) => format!("{:04}", date.year),
        ('m', 3) => month[..3].to_owned(),
        ('m', 4) => month.to_owned(),
        ('m', 5) => month[..1].to_owned(),
        ('m', _) => format!("{:0width$}", date.month),
        ('d', 3) => DAYS[weekday][..3].to_owned(),
        ('d', 4) => DAYS[weekday].to_owned(),
        ('d', _) => format!("{:0width$}", date.day),
        ('a', 3) => WEEKDAYS[weekday].to_owned(),
        ('a', _) => format!("{}曜日", WEEKDAYS[weekday]),
        ('g', 1) => date.era_year()?.letter.to_string(),
        ('g', 2) => date.era_year()?.name.chars().take(1).collect(),
        ('g', _) => date.era_year()?.name.to_owned(),
        ('e', _) => match date.era_year()?.year {
            1 if locale.first_year => "元".to_owned(),
            year => format!("{year:0width$}"),
        },
        _ => return None,
    })
}

/// The value in parts of a second of which `unit` make one, rounded.
fn ticks(value: f64, unit: u64) -> Option<u64> {
    if !(0.0..LAST).contains(&value) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss)]
    // at most 2.6e14, and not negative
    Some((value * 86_400.0 * unit as f64).round() as u64)
}

/// The value as a date of ISO 8601 with the time behind it where there is one: `2020-07-21 9:30`; a time alone where it is
/// less than a day.
#[must_use]
pub fn stored(value: f64, epoch: Epoch) -> Option<String> {
    let seconds = ticks(value, 1)?;
    let (days, clock) = (seconds / DAY, seconds % DAY);
    let (hour, minute, second) = (clock / 3600, clock / 60 % 60, clock % 60);
    let time = match second {
        0 => format!("{hour}:{minute:02}"),
        _ => format!("{hour}:{minute:02}:{second:02}"),
    };
    if value < 1.0 && days == 0 {
        return Some(time);
    }
    let Date { year, month, day, .. } = day(days, epoch)?.date;
    let date = format!("{year:04}-{month:02}-{day:02}");
    Some(if clock == 0 { date } else { format!("{date} {time}") })
}
