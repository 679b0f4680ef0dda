//! What words are a time, and how they write it.

use crate::model::width;

/// Eras as dates name them.
const ERAS: &[&str] = &["令和", "平成", "昭和", "大正", "明治", "r", "h", "s"];

/// How a time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TimeForm {
    /// 2026-04-01
    Hyphens,
    /// 2026/4/1
    Slashes,
    /// 2026.4.1
    Dots,
    /// 2026年4月1日, 2026年度
    Kanji,
    /// 令和8年（2026年）
    BothEras,
    /// 令和8年4月1日, R8.4.1
    EraOnly,
    /// 26/4/1, 4月1日
    NoYear,
    /// 2026
    Year,
}

/// The form of a time; none if it is no time.
#[must_use]
pub fn form(words: &str) -> Option<TimeForm> {
    let folded = width::fold(words.trim()).to_lowercase();
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let rest = ERAS
        .iter()
        .find_map(|era| folded.strip_prefix(era))
        .map(|rest| rest.strip_prefix('元').map_or_else(|| rest.to_owned(), |rest| format!("1{rest}")));
    if let Some(rest) = rest.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        let is_date = rest.contains(['年', '.', '/', '-', '度']);
        let has_western = rest.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4);
        return match (is_date, has_western) {
            (true, true) => Some(TimeForm::BothEras),
            (true, false) => Some(TimeForm::EraOnly),
            (false, _) => None,
        };
    }
    for (sign, kind) in [('-', TimeForm::Hyphens), ('/', TimeForm::Slashes), ('.', TimeForm::Dots)] {
        let parts: Vec<&str> = folded.split(sign).collect();
        let is_date = matches!(parts.len(), 2 | 3)
            && parts.iter().all(|part| digits(part))
            && parts[1..].iter().all(|part| part.len() <= 2);
        let months = parts
            .get(1)
            .and_then(|month| month.parse::<u32>().ok())
            .is_some_and(|month| (1..=12).contains(&month));
        match (is_date && months, parts[0].len(), parts.len()) {
            (true, 4, 3) => return Some(kind),
            (true, 4, 2) if sign != '.' => return Some(kind),
            (true, 1..=2, 3) => return Some(TimeForm::NoYear),
            _ => {}
        }
    }
    let year = folded.find('年').map(|at| &folded[..at]);
    match year {
        Some(year) if digits(year) && year.len() == 4 => {
            let both = ERAS.iter().take(5).any(|era| folded.contains(era));
            Some(if both { TimeForm::BothEras } else { TimeForm::Kanji })
        }
        Some(year) if digits(year) && year.len() == 2 => Some(TimeForm::NoYear),
        _ => {
            let (month, day) = folded.split_once('月')?;
            (digits(month) && day.strip_suffix('日').is_some_and(digits)).then_some(TimeForm::NoYear)
        }
    }
}

/// Whether words are a time.
#[must_use]
pub fn is_time(words: &str) -> bool {
    form(words).is_some()
}

/// Whether the name of a column is a year, a month, a quarter.
#[must_use]
pub fn is_name_of_time(name: &str) -> bool {
    let folded = width::fold(name);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let year = folded.trim_end_matches(['度', '年']);
    let is_year = digits(year) && year.len() == 4 && (1900..2100).contains(&year.parse::<u32>().unwrap_or(0));
    let is_month = folded.strip_suffix('月').is_some_and(digits);
    let is_era = ERAS.iter().any(|era| {
        let lower = folded.to_lowercase();
        let rest = lower.strip_prefix(era).unwrap_or_default().trim_end_matches(['度', '年']);
        rest == "元" || digits(rest)
    });
    is_year || is_month || is_era || form(name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_by_their_form() {
        for (words, kind) in [
            ("2026-04-01", Some(TimeForm::Hyphens)),
            ("2026/4", Some(TimeForm::Slashes)),
            ("２０２６年４月", Some(TimeForm::Kanji)),
            ("令和8年（2026年）", Some(TimeForm::BothEras)),
            ("2026年（令和8年）", Some(TimeForm::BothEras)),
            ("R8.4.1", Some(TimeForm::EraOnly)),
            ("令和元年5月", Some(TimeForm::EraOnly)),
            ("4月1日", Some(TimeForm::NoYear)),
            ("26/4/1", Some(TimeForm::NoYear)),
            ("045-671-3624", None),
            ("12.5", None),
            ("1-2-3", Some(TimeForm::NoYear)),
            ("H棟", None),
            ("見本", None),
        ] {
            assert_eq!(form(words), kind, "{words}");
        }
        assert!(["2024", "令和6年度", "4月", "R5", "2024年度"].into_iter().all(is_name_of_time));
        assert!(!["年", "人口", "月額", "1"].into_iter().any(is_name_of_time));
    }
}
