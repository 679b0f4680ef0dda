//! Number formats of spreadsheets (ECMA-376 part 1, 18.8.31, and what Japanese Excel adds): the words that a cell shows for
//! the number it stores.
//!
//! In: a format code such as `[$-411]ggge"年"m"月"d"日"`. Out: [`NumberFormat`], which shows numbers and texts. A code that is
//! not understood to the last character shows nothing; the caller then says so.

mod calendar;
mod digits;
mod parse;

pub use calendar::{Epoch, stored};
pub use digits::plain;
use parse::{Content, FormatCondition, Section};

/// A format and its code, as a workbook of any kind has it.
#[derive(Debug)]
pub struct NamedFormat {
    /// The code.
    pub code: String,
    /// What it says.
    pub format: NumberFormat,
}

/// A format, parted into its sections.
#[derive(Debug, Clone, PartialEq)]
pub struct NumberFormat {
    sections: Option<Vec<Section>>,
    is_date: bool,
}

/// What a cell shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// The number as it is, or with digits and words that the format sets.
    Number(String),
    /// A date or time.
    Date(String),
    /// The number in its plain form: the format sets nothing (`General`).
    Plain,
}

impl NumberFormat {
    /// Reads a format code.
    #[must_use]
    pub fn parse(code: &str) -> Self {
        Self { sections: parse::sections(code), is_date: parse::names_date(code) }
    }

    /// Whether it is one of dates or times, as far as can be told: also of a format that is not understood.
    #[must_use]
    pub fn is_date(&self) -> bool {
        self.is_date
    }

    /// The format of one of the numbers that stand for formats, as Excel in Japanese has them.
    #[must_use]
    pub fn built_in(id: u32) -> Option<Self> {
        let code = match id {
            0 => "General",
            1 => "0",
            2 => "0.00",
            3 => "#,##0",
            4 => "#,##0.00",
            5 | 6 => "\"¥\"#,##0;\"¥\"\\-#,##0",
            7 | 8 => "\"¥\"#,##0.00;\"¥\"\\-#,##0.00",
            9 => "0%",
            10 => "0.00%",
            11 => "0.00E+00",
            12 => "# ?/?",
            13 => "# ??/??",
            14 => "yyyy/m/d",
            15 => "d-mmm-yy",
            16 => "d-mmm",
            17 => "mmm-yy",
            18 => "h:mm AM/PM",
            19 => "h:mm:ss AM/PM",
            20 => "h:mm",
            21 => "h:mm:ss",
            22 => "yyyy/m/d h:mm",
            27 | 36 | 50 | 57 => "[$-411]ge.m.d",
            28 | 29 | 51 | 54 | 58 => "[$-411]ggge\"年\"m\"月\"d\"日\"",
            30 => "m/d/yy",
            31 => "yyyy\"年\"m\"月\"d\"日\"",
            32 => "h\"時\"mm\"分\"",
            33 => "h\"時\"mm\"分\"ss\"秒\"",
            34 | 52 | 55 => "yyyy\"年\"m\"月\"",
            35 | 53 | 56 => "m\"月\"d\"日\"",
            37 | 38 => "#,##0;\\-#,##0",
            39 | 40 => "#,##0.00;\\-#,##0.00",
            41 => "_ * #,##0_ ;_ * \\-#,##0_ ;_ * \"-\"_ ;_ @_ ",
            42 => "_ \"¥\"* #,##0_ ;_ \"¥\"* \\-#,##0_ ;_ \"¥\"* \"-\"_ ;_ @_ ",
            43 => "_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
            44 => "_ \"¥\"* #,##0.00_ ;_ \"¥\"* \\-#,##0.00_ ;_ \"¥\"* \"-\"??_ ;_ @_ ",
            45 => "mm:ss",
            46 => "[h]:mm:ss",
            47 => "mm:ss.0",
            48 => "##0.0E+0",
            49 => "@",
            _ => return None,
        };
        Some(Self::parse(code))
    }

    /// What a cell shows for `value`; none where the format is not understood, or shows nothing where there is something.
    #[must_use]
    pub fn show(&self, value: f64, epoch: Epoch) -> Option<Shown> {
        let sections = self.sections.as_ref()?;
        let (section, value) = section_for(sections, value)?;
        match &section.content {
            Content::General(words) if words.len() == 1 => Some(Shown::Plain),
            Content::General(words) => {
                let sign = if value < 0.0 { "-" } else { "" };
                Some(Shown::Number(format!("{sign}{}", parse::with_text(words, &plain(value.abs())))))
            }
            Content::Text(_) if section.is_bare_text() => Some(Shown::Plain),
            Content::Text(_) => None,
            Content::Number(number) => {
                let shown = digits::show(number, value)?;
                // digits that are hidden by an empty section are there all the same
                let shown = shown.trim().to_owned();
                (!shown.is_empty() || value == 0.0).then_some(Shown::Number(shown))
            }
            Content::Date(date) => calendar::show(date, value, epoch, section.locale).map(Shown::Date),
        }
    }

    /// What a cell shows for a text; none where that is the text itself.
    ///
    /// # Errors
    /// When the format hides it, or is not understood.
    pub fn show_text(&self, text: &str) -> Result<Option<String>, Hidden> {
        let sections = self.sections.as_ref().ok_or(Hidden)?;
        let section = match sections.as_slice() {
            [_, _, _, fourth] => Some(fourth),
            other => other.last().filter(|last| matches!(last.content, Content::Text(_))),
        };
        match section.map(|section| (&section.content, section.is_bare_text())) {
            None | Some((_, true) | (Content::General(_), _)) => Ok(None),
            Some((Content::Text(parts), _)) => Ok(Some(parse::with_text(parts, text))),
            Some(_) => Err(Hidden),
        }
    }
}

/// A text that a format does not show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hidden;

/// The section that shows `value`, and what of it: the section for negative numbers has its own sign.
fn section_for(sections: &[Section], value: f64) -> Option<(&Section, f64)> {
    let numbers: Vec<&Section> = match sections {
        // a last section with a text place is for texts
        [rest @ .., last] if !rest.is_empty() && matches!(last.content, Content::Text(_)) => {
            rest.iter().collect()
        }
        all => all.iter().take(3).collect(),
    };
    if numbers.iter().any(|section| section.condition.is_some()) {
        let found = numbers.iter().position(|section| match section.condition {
            Some(condition) => condition.holds(value),
            None => true,
        })?;
        return Some((numbers[found], value));
    }
    match numbers.as_slice() {
        [one] => Some((one, value)),
        [_, negative] if value < 0.0 => Some((negative, -value)),
        [positive, _] => Some((positive, value)),
        [_, negative, _] if value < 0.0 => Some((negative, -value)),
        [positive, _, zero] => Some((if value == 0.0 { zero } else { positive }, value)),
        _ => None,
    }
}

impl FormatCondition {
    fn holds(self, value: f64) -> bool {
        match self {
            Self::Less(limit) => value < limit,
            Self::AtMost(limit) => value <= limit,
            Self::More(limit) => value > limit,
            Self::AtLeast(limit) => value >= limit,
            Self::Equal(limit) => (value - limit).abs() < f64::EPSILON,
            Self::Other(limit) => (value - limit).abs() >= f64::EPSILON,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn show(code: &str, value: f64) -> String {
        match NumberFormat::parse(code).show(value, Epoch::Year1900) {
            Some(Shown::Number(text) | Shown::Date(text)) => text,
            Some(Shown::Plain) => "plain".to_owned(),
            None => "none".to_owned(),
        }
    }

    #[test]
    fn numbers_as_excel_shows_them() {
        for (code, value, shown) in [
            ("General", 7.0, "plain"),
            ("G/標準", 7.0, "plain"),
            ("@", 7.0, "plain"),
            ("General\"か所\"", 18.0, "18か所"),
            ("0000", 7.0, "0007"),
            ("#,##0\"円\"", 1200.0, "1,200円"),
            ("#,##0", -1_234_567.0, "-1,234,567"),
            ("0.0%", 0.125, "12.5%"),
            ("0%", 0.5, "50%"),
            ("#,##0.00\"㎡\"", 1234.5, "1,234.50㎡"),
            ("0", 2.5, "3"),
            ("0.00", 1.005, "1.01"),
            ("0.0#", 1.0, "1.0"),
            ("#.##", 0.0, "."),
            ("0.00;[Red]-0.00", -1.5, "-1.50"),
            ("0;\"▲\"0;\"―\"", -3.0, "▲3"),
            ("0;\"▲\"0;\"―\"", 0.0, "―"),
            ("#,##0,\"千円\"", 1_234_567.0, "1,235千円"),
            ("000-0000", 2_310_017.0, "231-0017"),
            ("000\\-0000\\-0000", 9_012_345_678.0, "090-1234-5678"),
            ("0##\\-###\\-####", 456_713_624.0, "045-671-3624"),
            ("[<=999]000;[<=9999]000-00;000-0000", 600_001.0, "060-0001"),
            ("[<=99999999]####-####;\\(00\\) ####-####", 312_345_678.0, "(03) 1234-5678"),
            ("0\"か所\"", 18.0, "18か所"),
            ("第0回", 5.0, "第5回"),
            ("[$¥-411]#,##0", 500.0, "¥500"),
            ("0.00E+00", 12345.0, "1.23E+04"),
            ("0.E+00", 100_000.0, "1.E+05"),
            ("##0.0E+0", 12345.0, "12.3E+3"),
            ("# ?/?", 1.25, "1 1/4"),
            ("# ??/??", 0.333, "1/3"),
            ("?/8", 0.5, "4/8"),
            ("# ?/?", 3.0, "3"),
            ("_ * #,##0_ ;_ * \\-#,##0_ ;_ * \"-\"_ ;_ @_ ", 1200.0, "1,200"),
        ] {
            assert_eq!(show(code, value), shown, "{code} of {value}");
        }
    }

    #[test]
    fn dates_as_excel_shows_them() {
        for (code, value, shown) in [
            ("[$-411]ggge\"年\"m\"月\"d\"日\";@", 45385.0, "令和6年4月3日"),
            ("[$-411]ggge\"年度\"", 45385.0, "令和6年度"),
            ("yyyy\"年度\"", 45385.0, "2024年度"),
            ("aaaa", 45385.0, "水曜日"),
            ("m/d(aaa)", 45385.0, "4/3(水)"),
            ("m\"月\"d\"日\"", 45385.0, "4月3日"),
            ("yyyy-mm-dd h:mm:ss", 45385.5, "2024-04-03 12:00:00"),
            ("ge.m.d", 45385.0, "R6.4.3"),
            ("gge", 32_874.0, "平2"),
            ("[$-ja-JP-x-gannen]ggge\"年\"m\"月\"d\"日\"", 43_586.0, "令和元年5月1日"),
            ("ggge\"年\"", 43_585.0, "平成31年"),
            ("ddd, d mmm yyyy", 45385.0, "Wed, 3 Apr 2024"),
            ("h:mm AM/PM", 0.75, "6:00 PM"),
            ("[$-411]AM/PM h\"時\"mm\"分\"", 0.75, "午後 6時00分"),
            ("h:mm", 1.0, "0:00"),
            ("[h]:mm", 1.0, "24:00"),
            ("[h]:mm", 1.25, "30:00"),
            ("[mm]:ss", 0.0625, "90:00"),
            ("mm:ss.0", 0.000_5, "00:43.2"),
            ("h:mm", 0.395_833_333_333_333, "9:30"),
            ("yyyy/m/d", 60.0, "1900/2/29"),
            ("yyyy/m/d", 1.0, "1900/1/1"),
            ("yyyy/m/d", -1.0, "none"),
            ("yyyy/m/d", 1e18, "none"),
        ] {
            assert_eq!(show(code, value), shown, "{code} of {value}");
        }
        assert_eq!(
            NumberFormat::parse("yyyy/m/d").show(59.0, Epoch::Year1904),
            Some(Shown::Date("1904/2/29".to_owned()))
        );
    }

    #[test]
    fn what_is_not_understood_or_hidden_shows_nothing() {
        for code in ["[DBNum1]0", "0;;", ";;;", "bbbb", "[>5]0", "0\"", "[Red", "ggge年x"] {
            assert_eq!(show(code, -7.0), "none", "{code}");
        }
        assert_eq!(show("0;;", 0.0), "");
        assert_eq!(show("0;-0;;@", 0.0), "");
    }

    proptest! {
        #[test]
        fn no_code_brings_a_reader_down(
            code in "[\\[\\]$;@0#?.,%/\"\\\\_*!ymdhsgeaEAPM+:<>=41年A-]{0,24}",
            value in any::<f64>(),
            small in -1_000.0..100_000.0,
        ) {
            let format = NumberFormat::parse(&code);
            for value in [value, small, small.trunc()] {
                let shown = format.show(value, Epoch::Year1900);
                if let Some(Shown::Number(text) | Shown::Date(text)) = shown {
                    prop_assert!(text.len() < 2_000);
                }
            }
            let _ = format.show_text("西");
        }
    }

    #[test]
    fn texts_have_a_section_of_their_own() {
        let text = |code: &str| NumberFormat::parse(code).show_text("西");
        assert_eq!(text("@\"区\""), Ok(Some("西区".to_owned())));
        assert_eq!(text("0;-0;;@\"様\""), Ok(Some("西様".to_owned())));
        for code in ["General", "@", "0000", "yyyy/m/d", "#,##0;@"] {
            assert_eq!(text(code), Ok(None), "{code}");
        }
        assert_eq!(text(";;;"), Err(Hidden));
    }
}
