//! The time in Japan, which is what staff read on the page.
//!
//! In: the clock of the system. Out: words.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::diagnostic::Language;
use crate::model::date::Date;

/// Seconds of a day.
pub const DAY: i64 = 86_400;
/// Seconds that Japan is ahead of UTC, all year round.
const JAPAN: i64 = 9 * 3_600;

/// Seconds since 1970.
#[must_use]
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or_default()
}

/// The day in Japan.
#[must_use]
pub fn day(at: i64) -> Option<Date> {
    Date::of_days((at + JAPAN).div_euclid(DAY))
}

/// The time of day: `14:32`.
#[must_use]
pub fn time(at: i64) -> String {
    let seconds = (at + JAPAN).rem_euclid(DAY);
    format!("{:02}:{:02}", seconds / 3_600, seconds / 60 % 60)
}

/// The day as `11月25日`, the time beside it unless it is today's, which is told as the time alone.
#[must_use]
pub fn moment(at: i64, now: i64, language: Language) -> String {
    let day = |at: i64| (at + JAPAN).div_euclid(DAY);
    if day(at) == day(now) {
        return time(at);
    }
    let Some(date) = Date::of_days(day(at)) else { return time(at) };
    let (month, day) = (date.month, date.day);
    match language {
        Language::Japanese => format!("{month}月{day}日 {}", time(at)),
        Language::English => format!("{}-{month:02}-{day:02} {}", date.year, time(at)),
    }
}

/// The name of a file of this day: `20261125-143205`, in Japan.
#[must_use]
pub fn stamp(at: i64) -> String {
    let date = Date::of_days((at + JAPAN).div_euclid(DAY));
    let seconds = (at + JAPAN).rem_euclid(DAY);
    let day = date.map(|date| format!("{}{:02}{:02}", date.year, date.month, date.day)).unwrap_or_default();
    format!("{day}-{:02}{:02}{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_japan() {
        // 2026-11-25 05:41:03 UTC
        let at = 1_795_585_263;
        assert_eq!(time(at), "14:41");
        assert_eq!(stamp(at), "20261125-144103");
        assert_eq!(moment(at, at + 60, Language::Japanese), "14:41");
        assert_eq!(moment(at, at + DAY, Language::Japanese), "11月25日 14:41");
    }
}
