//! Opening hours as people write them: 月〜金 8:45〜17:00, 9時〜21時（日曜・祝日は17時まで）, 24時間, 休館日：月曜.
//!
//! In: a cell. Out: its one form for print, only where every word of it is understood; else none, and nobody guesses:
//! 午前9時〜5時 may mean 5 in the afternoon or be a slip.

use super::width;

/// Words before hours or days of rest; they are printed as written.
const LABELS: &[&str] = &["開館時間", "営業時間", "受付時間", "診療時間", "開庁時間", "利用時間", "開所時間"];
/// Words before days of rest.
const REST_DAYS: &[&str] = &["休館日", "定休日", "休業日", "閉館日", "休診日", "休所日", "閉庁日", "休園日"];
/// Words behind days of rest: as they are written and as they are printed.
const REST: &[(&str, &str)] = &[
    ("休館", "休館"),
    ("定休", "定休"),
    ("休業", "休業"),
    ("休診", "休診"),
    ("休園", "休園"),
    ("閉館", "閉館"),
    ("休み", "休み"),
    ("お休み", "休み"),
];
/// What may end earlier than the house does.
const ENTRIES: &[&str] = &["最終入館", "最終受付", "受付", "入館", "入場", "入園", "ラストオーダー"];
/// Notes in brackets that are understood as a whole.
const NOTES: &[&str] = &[
    "祝日の場合は翌平日",
    "祝日の場合は翌日",
    "祝日の場合は開館",
    "祝日にあたるときは翌日",
    "要予約",
    "予約制",
];
/// Days: as they are written, longest first, and as they are printed.
const DAYS: &[(&str, &str)] = &[
    ("年末年始", "年末年始"),
    ("祝祭日", "祝日"),
    ("祝日", "祝日"),
    ("祝", "祝日"),
    ("平日", "平日"),
    ("休日", "休日"),
    ("毎日", "毎日"),
];
const WEEKDAYS: &str = "月火水木金土日";

/// The one form for print; none where a word is not understood.
#[must_use]
pub fn normal(written: &str) -> Option<String> {
    let folded = width::fold(written.trim());
    let folded = width::compose_kana(&folded);
    let mut reader = HoursReader { rest: &folded };
    let clauses = reader.clauses()?;
    reader.rest.is_empty().then(|| clauses.join("、"))
}

/// What is left to read.
struct HoursReader<'a> {
    rest: &'a str,
}

/// A time of a day.
#[derive(Clone, Copy)]
struct Time {
    minutes: u32,
    /// Whether 午前, 午後 or a clock of 24 hours leaves no doubt.
    half: Option<Half>,
    /// Whether it says that it is a time (9時, 9:00): a bare number needs a neighbour that does.
    is_marked: bool,
    /// Of the day after.
    is_next_day: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

impl Time {
    fn text(self) -> String {
        let next = if self.is_next_day { "翌" } else { "" };
        format!("{next}{}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

impl HoursReader<'_> {
    fn space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    /// Passes over `word` if it comes next.
    fn eat(&mut self, word: &str) -> bool {
        self.space();
        match self.rest.strip_prefix(word) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn one_of<'w>(&mut self, words: &[&'w str]) -> Option<&'w str> {
        words.iter().copied().find(|word| self.eat(word))
    }

    fn pair<'w>(&mut self, words: &[(&str, &'w str)]) -> Option<&'w str> {
        words.iter().find(|(word, _)| self.eat(word)).map(|(_, printed)| *printed)
    }

    /// The reading of `read`; what it read in vain is read again.
    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.rest;
        let value = read(self);
        if value.is_none() {
            self.rest = before;
        }
        value
    }

    fn clauses(&mut self) -> Option<Vec<String>> {
        let mut clauses = vec![self.clause()?];
        loop {
            let has_mark = self.separator();
            self.space();
            if self.rest.is_empty() {
                // 「、」 at the end announces what is not there
                return (!has_mark).then_some(clauses);
            }
            clauses.push(self.clause()?);
        }
    }

    fn separator(&mut self) -> bool {
        self.one_of(&["、", ",", "/", ";", "・", "。"]).is_some_and(|mark| mark != "。")
    }

    fn clause(&mut self) -> Option<String> {
        if let Some(label) = self.one_of(LABELS) {
            self.colon();
            return Some(format!("{label} {}", self.hours()?));
        }
        if let Some(label) = self.one_of(REST_DAYS) {
            let _ = self.colon() || self.eat("は");
            let mut days = vec![self.days()? + &self.brackets()?];
            while let Some(next) = self.attempt(|reader| {
                reader.separator();
                Some(reader.days()? + &reader.brackets()?)
            }) {
                days.push(next);
            }
            // 休館日 月、火 9時〜17時: whether 火 is a day of rest is not clear
            let is_clear = self.attempt(Self::range).is_none();
            return is_clear.then(|| format!("{label}：{}", days.join("・")));
        }
        if self.eat("24時間") {
            let word = self.one_of(&["営業", "開放", "利用可", "対応"]).unwrap_or_default();
            return Some(format!("24時間{word}"));
        }
        if self.eat("年中無休") || self.eat("無休") {
            return Some("年中無休".to_owned());
        }
        self.attempt(Self::rest_clause).or_else(|| self.hours())
    }

    fn colon(&mut self) -> bool {
        self.eat(":") || self.eat("：")
    }

    /// 月曜は休館
    fn rest_clause(&mut self) -> Option<String> {
        let days = self.days()?;
        self.eat("は");
        let word = self.pair(REST)?;
        Some(format!("{days}は{word}{}", self.brackets()?))
    }

    /// Days and the ranges of hours on them, with notes.
    fn hours(&mut self) -> Option<String> {
        let mut text = String::new();
        if let Some(days) = self.attempt(Self::days) {
            text.push_str(&days);
            text.push_str(&self.brackets()?);
            text.push(' ');
            let _ = self.colon() || self.eat("は");
        }
        let mut ranges = vec![self.range()?];
        while let Some(range) = self.attempt(|reader| {
            reader.separator();
            reader.range()
        }) {
            ranges.push(range);
        }
        text.push_str(&ranges.join("・"));
        text.push_str(&self.brackets()?);
        Some(text)
    }

    /// Days one by one or from one to another: 月〜金, 土・日・祝日, 第2・第4火曜, 12月29日〜1月3日.
    fn days(&mut self) -> Option<String> {
        let mut days = vec![self.days_or_range()?];
        while let Some(next) = self.attempt(|reader| {
            let _ = reader.one_of(&["・", "、", ",", "と", "及び", "および"]);
            reader.days_or_range()
        }) {
            days.push(next);
        }
        Some(days.join("・"))
    }

    fn days_or_range(&mut self) -> Option<String> {
        let first = self.day()?;
        let last = self.attempt(|reader| {
            let is_range = reader.wave() || reader.eat("から");
            is_range.then(|| reader.day()).flatten()
        });
        let Some(last) = last else { return Some(first) };
        self.eat("まで");
        Some(format!("{first}〜{last}"))
    }

    fn day(&mut self) -> Option<String> {
        if let Some(date) = self.attempt(Self::date) {
            return Some(date);
        }
        if let Some(day) = self.pair(DAYS) {
            return Some(day.to_owned());
        }
        self.attempt(|reader| {
            let week = if reader.eat("第") {
                Some(reader.number().filter(|week| (1..=5).contains(week))?)
            } else {
                None
            };
            reader.space();
            // 第2・第4火曜: the day stands behind the last
            if week.is_some() && reader.rest.starts_with(['・', '、', ',']) {
                return week.map(|week| format!("第{week}"));
            }
            let day = reader.rest.chars().next().filter(|day| WEEKDAYS.contains(*day))?;
            reader.rest = &reader.rest[day.len_utf8()..];
            let _ = reader.eat("曜日") || reader.eat("曜");
            Some(match week {
                Some(week) => format!("第{week}{day}曜"),
                None => day.to_string(),
            })
        })
    }

    /// 12月29日, 12/29
    fn date(&mut self) -> Option<String> {
        let month = self.number().filter(|month| (1..=12).contains(month))?;
        let is_japanese = self.eat("月");
        let day = (is_japanese || self.eat("/")).then(|| self.number()).flatten()?;
        if !(1..=31).contains(&day) || (is_japanese && !self.eat("日")) {
            return None;
        }
        Some(format!("{month}月{day}日"))
    }

    fn number(&mut self) -> Option<u32> {
        self.space();
        let end = self.rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.rest.len());
        let number = self.rest[..end].parse().ok().filter(|_| end <= 2)?;
        self.rest = &self.rest[end..];
        Some(number)
    }

    fn wave(&mut self) -> bool {
        self.space();
        let is_wave = |c: char| matches!(c, '〜' | '~' | '∼') || width::is_dash(c);
        let Some(c) = self.rest.chars().next().filter(|c| is_wave(*c)) else { return false };
        self.rest = &self.rest[c.len_utf8()..];
        true
    }

    /// 9:00〜17:00, 9時から17時まで; the end lies behind the start.
    fn range(&mut self) -> Option<String> {
        self.attempt(|reader| {
            let start = reader.time()?;
            if !reader.wave() && !reader.eat("から") {
                return None;
            }
            let mut end = reader.time()?;
            reader.eat("まで");
            if !end.is_marked || (!start.is_marked && start.minutes % 60 != 0) {
                return None;
            }
            // 午後1時〜5時
            if end.half.is_none() && start.half == Some(Half::Afternoon) && end.minutes < 12 * 60 {
                end.minutes += 12 * 60;
            }
            let is_behind = end.minutes > start.minutes || end.is_next_day;
            is_behind.then(|| format!("{}〜{}", start.text(), end.text()))
        })
    }

    /// 9:00, 9時, 9時半, 午後5時, 正午, 翌2:00, or a bare 9.
    fn time(&mut self) -> Option<Time> {
        let is_next_day = self.eat("翌日") || self.eat("翌");
        if self.eat("正午") {
            return Some(Time { minutes: 12 * 60, half: None, is_marked: true, is_next_day });
        }
        let half = if self.eat("午前") || self.eat("AM") || self.eat("am") {
            Some(Half::Morning)
        } else if self.eat("午後") || self.eat("PM") || self.eat("pm") {
            Some(Half::Afternoon)
        } else {
            None
        };
        let hour = self.number().filter(|hour| *hour <= if half.is_some() { 11 } else { 24 })?;
        let (minute, is_marked) = if self.eat(":") {
            let two = self.rest.len() - self.rest.trim_start_matches(|c: char| c.is_ascii_digit()).len() == 2;
            (two.then(|| self.number()).flatten()?, true)
        } else if self.eat("時") {
            let minute = if self.eat("半") {
                Some(30)
            } else {
                self.attempt(|reader| reader.number().filter(|_| reader.eat("分")))
            };
            (minute.unwrap_or(0), true)
        } else {
            (0, half.is_some())
        };
        let afternoon = if half == Some(Half::Afternoon) { 12 } else { 0 };
        let minutes = (hour + afternoon) * 60 + minute;
        (minute < 60 && minutes <= 24 * 60).then_some(Time { minutes, half, is_marked, is_next_day })
    }

    /// Notes in brackets: empty if there are none, nothing if one is not understood.
    fn brackets(&mut self) -> Option<String> {
        if !self.eat("(") {
            return Some(String::new());
        }
        let mut notes = vec![self.note()?];
        while self.one_of(&["、", ",", "。"]).is_some() {
            notes.push(self.note()?);
        }
        self.eat(")").then(|| format!("（{}）", notes.join("、")))
    }

    fn note(&mut self) -> Option<String> {
        if let Some(note) = self.one_of(NOTES) {
            return Some(note.to_owned());
        }
        if let Some(entry) = self.one_of(ENTRIES) {
            let _ = self.colon() || self.eat("は");
            return Some(format!("{entry}は{}まで", self.until()?));
        }
        if let Some(note) = self.attempt(Self::rest_clause) {
            return Some(note);
        }
        let Some(days) = self.attempt(Self::days) else { return Some(format!("{}まで", self.until()?)) };
        if self.eat("を除く") || self.eat("除く") {
            return Some(format!("{days}を除く"));
        }
        let _ = self.colon() || self.eat("は");
        if let Some(range) = self.range() {
            return Some(format!("{days}は{range}"));
        }
        Some(format!("{days}は{}まで", self.until()?))
    }

    fn until(&mut self) -> Option<String> {
        self.wave();
        let time = self.time().filter(|time| time.is_marked)?;
        self.eat("まで");
        Some(time.text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_understood_has_one_form() {
        for (written, wanted) in [
            ("月〜金 8:45〜17:00", "月〜金 8:45〜17:00"),
            ("月曜日～金曜日　８：４５～１７：００", "月〜金 8:45〜17:00"),
            ("月-金 08:45-17:00", "月〜金 8:45〜17:00"),
            ("月曜から金曜まで 8時45分から17時まで", "月〜金 8:45〜17:00"),
            ("9時〜21時（日曜・祝日は17時まで）", "9:00〜21:00（日・祝日は17:00まで）"),
            ("9時半～17時(月曜は休館)", "9:30〜17:00（月は休館）"),
            ("平日 8:45〜17:00、土日祝 9:00〜16:00", "平日 8:45〜17:00、土・日・祝日 9:00〜16:00"),
            ("平日：9-17時", "平日 9:00〜17:00"),
            ("平日 8:45〜12:00、13:00〜17:00", "平日 8:45〜12:00・13:00〜17:00"),
            ("午前9時〜午後5時", "9:00〜17:00"),
            ("午後1時〜5時", "13:00〜17:00"),
            ("午前9時〜12時", "9:00〜12:00"),
            ("22:00〜翌6:00", "22:00〜翌6:00"),
            ("24時間", "24時間"),
            ("24時間営業、年中無休", "24時間営業、年中無休"),
            ("月水金 10:00〜正午", "月・水・金 10:00〜12:00"),
            ("月〜金（祝日を除く）8:45〜17:00", "月〜金（祝日を除く） 8:45〜17:00"),
            ("9:00〜17:00（受付は16:30まで）", "9:00〜17:00（受付は16:30まで）"),
            (
                "9:00〜17:00 休館日：月曜日（祝日の場合は翌日）、年末年始",
                "9:00〜17:00、休館日：月（祝日の場合は翌日）・年末年始",
            ),
            ("休館日 第2・第4火曜日、年末年始", "休館日：第2・第4火曜・年末年始"),
            ("休館日：12/29〜1/3", "休館日：12月29日〜1月3日"),
            ("開館時間 9時〜17時\n休館日 月曜", "開館時間 9:00〜17:00、休館日：月"),
        ] {
            assert_eq!(normal(written).as_deref(), Some(wanted), "{written}");
            assert_eq!(normal(wanted).as_deref(), Some(wanted), "{wanted}: twice is once");
        }
    }

    #[test]
    fn what_is_not_understood_is_nobodys_guess() {
        for written in [
            "午前9時〜5時",
            "休館日：月曜、火曜 9:00〜17:00",
            "17:00〜9:00",
            "9:00〜25:00",
            "9:60〜17:00",
            "9:5〜17:00",
            "午後13時〜17時",
            "午後12時〜5時",
            "9〜17",
            "9:00",
            "要問い合わせ",
            "月〜金 8:45〜17:00（窓口による）",
            "施設により異なる",
            "9:00〜17:00、",
            "月〜金",
            "第6月曜は休館",
            "13月1日は休み",
            "9:00〜17:00 TEL 045-671-2121",
            "045-671-2121",
            "2026-11-23",
            "",
        ] {
            assert_eq!(normal(written), None, "{written}");
        }
    }
}
