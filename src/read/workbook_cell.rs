//! A cell of a workbook as a person reads it: dates and numbers as text.
//!
//! In: the values that `calamine` gives. Out: [`SheetCell`]s. A date is written `2020-07-21`, a time `9:30`: the
//! reader gives no number formats, so the sheet's own way of writing it cannot be had.

use std::collections::BTreeMap;

use calamine::{Data, ExcelDateTime, Range};

use super::number_format::{Epoch, NumberFormat, Shown, plain, stored};
use super::sheet_content::{SheetCell, Special};

/// A number as a format shows it.
#[derive(Debug, PartialEq)]
pub struct Numeral {
    /// The words.
    pub text: String,
    /// What is stored behind them.
    pub special: Special,
    /// Whether the format is understood; else the words are those of the stored value.
    pub understood: bool,
}

/// A number as `format` shows it.
#[must_use]
pub fn numeral(format: &NumberFormat, number: f64, epoch: Epoch) -> Numeral {
    let plain = plain(number);
    let (text, special, understood) = match format.show(number, epoch) {
        Some(Shown::Plain) => (plain, Special::Number, true),
        Some(Shown::Number(text)) if text == plain => (plain, Special::Number, true),
        Some(Shown::Number(text)) => (text, Special::Formatted(plain.into()), true),
        Some(Shown::Date(text)) => {
            let iso = stored(number, epoch).unwrap_or(plain);
            (text, Special::Date(iso.into()), true)
        }
        None => match stored(number, epoch).filter(|_| format.is_date()) {
            Some(iso) => (iso.clone(), Special::Date(iso.into()), false),
            None => (plain, Special::Number, false),
        },
    };
    Numeral { text, special, understood }
}

/// The cell at `position` (row, column).
fn cell(position: (u32, u32), value: &Data) -> SheetCell {
    let (text, special) = match value {
        Data::Empty => (String::new(), None),
        Data::String(text) => (text.clone(), None),
        Data::Bool(value) => (if *value { "TRUE" } else { "FALSE" }.to_owned(), None),
        Data::Int(value) => (value.to_string(), Some(Special::Number)),
        Data::Float(value) => (plain(*value), Some(Special::Number)),
        Data::DateTime(value) => dated(date_time(value)),
        Data::DateTimeIso(text) => dated(iso_date_time(text)),
        Data::DurationIso(text) => dated(iso_duration(text)),
        Data::Error(error) => (error.to_string(), Some(Special::Error(error.to_string()))),
    };
    SheetCell { row: position.0, column: position.1, text, special, struck: false }
}

fn dated(iso: String) -> (String, Option<Special>) {
    let special = Special::Date(iso.clone().into());
    (iso, Some(special))
}

/// The filled cells of a sheet that is given as ranges of values and of formulas.
pub fn of_ranges(values: &Range<Data>, formulas: &Range<String>, cells: &mut Vec<SheetCell>) {
    if let Some(start) = values.start() {
        for (row, column, value) in values.used_cells() {
            cells.push(cell(place(start, row, column), value));
        }
    }
    let mut failed = BTreeMap::new();
    if let Some(start) = formulas.start() {
        for (row, column, formula) in formulas.used_cells() {
            let place = place(start, row, column);
            if formula.is_empty() {
                continue;
            }
            match values.get_value(place) {
                None | Some(Data::Empty) => cells
                    .push(SheetCell { special: Some(Special::FormulaEmpty), ..cell(place, &Data::Empty) }),
                // ODS stores what a failed formula shows as a text
                Some(Data::String(text)) if shows_error(text) => drop(failed.insert(place, text.clone())),
                Some(_) => {}
            }
        }
    }
    if failed.is_empty() {
        return;
    }
    for cell in cells {
        if let Some(text) = failed.remove(&(cell.row, cell.column)) {
            cell.special = Some(Special::Error(text));
        }
    }
}

/// Whether a formula's result is an error of a spreadsheet: `#REF!`, `#N/A`, `Err:502`.
#[must_use]
pub fn shows_error(text: &str) -> bool {
    let named = ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"];
    let numbered =
        text.strip_prefix("Err:").is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_digit()));
    named.contains(&text) || numbered
}

fn place(start: (u32, u32), row: usize, column: usize) -> (u32, u32) {
    let small = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    (start.0.saturating_add(small(row)), start.1.saturating_add(small(column)))
}

fn date_time(value: &ExcelDateTime) -> String {
    let days = value.as_f64();
    if value.is_duration() || (0.0..1.0).contains(&days) {
        #[allow(clippy::cast_possible_truncation)] // a number of seconds; an absurd one saturates
        let seconds = (days * 86_400.0).round() as i64;
        return clock(seconds);
    }
    let (year, month, day, hour, minute, second, _) = value.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => date,
        (_, _, 0) => format!("{date} {hour}:{minute:02}"),
        _ => format!("{date} {hour}:{minute:02}:{second:02}"),
    }
}

fn clock(seconds: i64) -> String {
    let sign = if seconds < 0 { "-" } else { "" };
    let all = seconds.unsigned_abs();
    let (hours, minutes, seconds) = (all / 3600, all / 60 % 60, all % 60);
    if seconds == 0 {
        format!("{sign}{hours}:{minutes:02}")
    } else {
        format!("{sign}{hours}:{minutes:02}:{seconds:02}")
    }
}

/// `2020-07-21T09:30:00` as `2020-07-21 9:30`.
#[must_use]
pub fn iso_date_time(text: &str) -> String {
    let Some((date, time)) = text.split_once('T') else { return text.to_owned() };
    let time = time.split('.').next().unwrap_or_default();
    let time = time.strip_suffix(":00").filter(|rest| rest.contains(':')).unwrap_or(time);
    match time {
        "00:00" => date.to_owned(),
        _ => format!("{date} {}", time.strip_prefix('0').unwrap_or(time)),
    }
}

/// `PT09H30M00S` as `9:30`; what is no such duration stays.
#[must_use]
pub fn iso_duration(text: &str) -> String {
    let parse = || -> Option<i64> {
        let mut rest = text.strip_prefix("PT")?;
        let mut seconds = 0_i64;
        for (unit, worth) in [('H', 3600), ('M', 60), ('S', 1)] {
            if let Some((count, after)) = rest.split_once(unit) {
                let whole: i64 = count.split(['.', ',']).next()?.parse().ok()?;
                seconds = seconds.checked_add(whole.checked_mul(worth)?)?;
                rest = after;
            }
        }
        rest.is_empty().then_some(seconds)
    };
    parse().map_or_else(|| text.to_owned(), clock)
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    fn text(value: &Data) -> String {
        cell((0, 0), value).text
    }

    #[test]
    fn writes_values_as_people_read_them() {
        assert_eq!(text(&Data::Float(141_011.0)), "141011");
        assert_eq!(text(&Data::Float(451_234_567.0)), "451234567");
        assert_eq!(text(&Data::Float(35.5)), "35.5");
        assert_eq!(text(&Data::Float(-0.0)), "0");
        assert_eq!(text(&Data::Float(0.1 + 0.2)), "0.3");
        assert_eq!(text(&Data::Float(1e5)), "100000");
        assert_eq!(text(&Data::Float(1e20)), "100000000000000000000");
        assert_eq!(text(&Data::Float(1e-6)), "0.000001");
        let date = |value, kind| Data::DateTime(ExcelDateTime::new(value, kind, false));
        assert_eq!(text(&date(44_033.0, ExcelDateTimeType::DateTime)), "2020-07-21");
        assert_eq!(text(&date(44_033.395_833_333_336, ExcelDateTimeType::DateTime)), "2020-07-21 9:30");
        assert_eq!(text(&date(0.395_833_333_333_333, ExcelDateTimeType::DateTime)), "9:30");
        assert_eq!(text(&date(1.25, ExcelDateTimeType::TimeDelta)), "30:00");
        assert_eq!(text(&Data::DateTimeIso("2020-07-21".into())), "2020-07-21");
        assert_eq!(text(&Data::DateTimeIso("2020-07-21T09:30:00".into())), "2020-07-21 9:30");
        assert_eq!(text(&Data::DurationIso("PT09H30M00S".into())), "9:30");
        assert_eq!(text(&Data::DurationIso("P1D".into())), "P1D");
    }

    #[test]
    fn a_formula_without_a_result_is_known() {
        let formulas = Range::from_sparse(vec![calamine::Cell::new((2, 1), "A1+1".to_owned())]);
        let mut cells = Vec::new();
        of_ranges(&Range::empty(), &formulas, &mut cells);
        let found: Vec<_> = cells.iter().map(|cell| (cell.row, cell.column, cell.special.clone())).collect();
        assert_eq!(found, [(2, 1, Some(Special::FormulaEmpty))]);
        assert!(shows_error("#N/A") && shows_error("Err:502"));
        assert!(!shows_error("#7119") && !shows_error("Err:x"));
    }
}
