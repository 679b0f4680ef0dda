//! The day until which wards hand in, as everybody reads it.
//!
//! In: a day, and the day in Japan. Out: words. After it rows can still be saved and handed in; the city decides on them.

use super::clock;
use crate::diagnostic::Language;
use crate::model::date::Date;

const DAYS_JA: [&str; 7] = ["日", "月", "火", "水", "木", "金", "土"];
const DAYS_EN: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/// The last day, to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline(Date);

impl Deadline {
    /// The day that is written as `2026-12-10`, as browsers send it; none if it is none.
    #[must_use]
    pub fn read(written: &str) -> Option<Self> {
        Date::parse(written.trim()).ok().map(Self)
    }

    /// As browsers take it.
    #[must_use]
    pub fn written(self) -> String {
        let Date { year, month, day } = self.0;
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// Whether the moment `at` is after it.
    #[must_use]
    pub fn is_over(self, at: i64) -> bool {
        clock::day(at).is_some_and(|today| today > self.0)
    }

    /// How many days are left, 0 on the day itself; none once it is over.
    fn left(self, now: i64) -> Option<usize> {
        // nobody sets a deadline ten years ahead
        (0..4_000_usize).find(|days| {
            let then = now + i64::try_from(*days).unwrap_or_default() * clock::DAY;
            clock::day(then) == Some(self.0)
        })
    }

    /// The day with its day of the week, and its year where that is another: `12月10日（木）`.
    #[must_use]
    pub fn day(self, now: i64, language: Language) -> String {
        let Date { year, month, day } = self.0;
        let of_week = self.day_of_week();
        let is_this_year = clock::day(now).is_some_and(|today| today.year == year);
        match language {
            Language::Japanese if is_this_year => format!("{month}月{day}日（{}）", DAYS_JA[of_week]),
            Language::Japanese => format!("{year}年{month}月{day}日（{}）", DAYS_JA[of_week]),
            Language::English => format!("{} {year}-{month:02}-{day:02}", DAYS_EN[of_week]),
        }
    }

    /// 0 for Sunday, by Sakamoto's method.
    fn day_of_week(self) -> usize {
        const SHIFTS: [i64; 12] = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        let Date { year, month, day } = self.0;
        let year = i64::from(year) - i64::from(month < 3);
        let shift = SHIFTS.get(usize::from(month).saturating_sub(1)).copied().unwrap_or_default();
        let days = year + year / 4 - year / 100 + year / 400 + shift + i64::from(day);
        usize::try_from(days.rem_euclid(7)).unwrap_or_default()
    }

    /// What wards and the city read.
    #[must_use]
    pub fn words(self, now: i64, language: Language) -> String {
        let (day, is_japanese) = (self.day(now, language), language == Language::Japanese);
        match self.left(now) {
            Some(0) if is_japanese => format!("しめきりは今日です（{day}）。"),
            Some(0) => format!("Due today, {day}."),
            Some(left) if is_japanese => format!("しめきりは{day}です（あと{left}日）。"),
            Some(left) => format!("Due by {day}: {left} days left."),
            None if is_japanese => {
                format!("しめきり（{day}）を過ぎました。提出はできますが、載せるかどうかは市が決めます。")
            }
            None => format!(
                "The deadline ({day}) is over. You can hand in; the city decides whether it is printed."
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deadline_lasts_to_the_end_of_its_day_in_japan() {
        // 2026-11-25 14:41 in Japan
        let now = 1_795_585_263;
        let words = |written| Deadline::read(written).expect("a day").words(now, Language::Japanese);
        assert_eq!(words("2026-12-10"), "しめきりは12月10日（木）です（あと15日）。");
        assert_eq!(words("2026-11-25"), "しめきりは今日です（11月25日（水））。");
        assert!(words("2026-11-24").starts_with("しめきり（11月24日（火））を過ぎました。"));
        assert!(words("2027-01-08").starts_with("しめきりは2027年1月8日（金）です（あと"));
        let today = Deadline::read("2026-11-25").expect("a day");
        let midnight = now - 14 * 3_600 - 41 * 60 - 3 + clock::DAY;
        assert!(!today.is_over(midnight - 1) && today.is_over(midnight));
        assert_eq!(today.written(), "2026-11-25");
        assert_eq!(Deadline::read("2026-02-30"), None);
        assert_eq!(Deadline::read(""), None);
    }
}
