//! Addresses as printed in directories: the place (ward, town, numbers) and the building.
//!
//! In: a cell and the [`Locality`] of the project. Out: [`Address`]. The city's name goes only before what is known to lie
//! in it, and is cut off only where it ends: other cities, remarks and words that begin with the name stay as they are.

use super::date::Date;
use super::locality::Locality;
use super::width;

/// What stands in the column of addresses and is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AddressError {
    /// A date: a spreadsheet makes one of 4-5.
    Date,
    /// A time, or digits without a place.
    Number,
    /// The mark of a postal code without one.
    Postal,
    /// Two postal codes.
    PostalTwice,
    /// The name of the city twice.
    CityTwice,
    /// The name of the city and nothing else.
    CityAlone,
    /// An address on the web.
    Link,
}

/// An address in its two parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The postal code before it, as written but for its width (`〒220-0051`), or empty.
    pub code: String,
    /// Without code, and without the city, if it lies in it: `鶴見区鶴見中央3-20-1`.
    pub short: String,
    /// The building and floor, or empty.
    pub building: String,
    /// Whether it lies in the city of the project, so that the city's name goes before it.
    pub is_local: bool,
}

impl Address {
    /// Splits at the first run of spaces; digits, dashes and kana get one form; a leading name of the city is taken off.
    ///
    /// # Errors
    /// [`AddressError`] when the cell holds a date, a time or a number.
    pub fn parse(written: &str, locality: &Locality) -> Result<Self, AddressError> {
        // half-width kana may leave their marks apart, so these are joined last
        let narrow = width::narrow(written);
        let composed = width::compose_kana(&narrow);
        let trimmed = composed.trim();
        if let Some(error) = no_address(trimmed).or_else(|| postal_fault(trimmed)) {
            return Err(error);
        }
        let (code, place) = code_before(trimmed);
        if place.contains("://") || place.starts_with("www.") {
            return Err(AddressError::Link);
        }
        let inner = locality.without_city(place);
        let rest = inner.unwrap_or(place);
        if !locality.city.is_empty() {
            let behind = rest.strip_prefix(locality.city.as_str());
            if place.ends_with(locality.city.as_str())
                && place.chars().count() <= locality.city.chars().count() + 4
            {
                return Err(AddressError::CityAlone);
            }
            if behind.is_some_and(|behind| locality.without_city(behind.trim_start()).is_some()) {
                return Err(AddressError::CityTwice);
            }
        }
        // "港南4-2-8 3F　拠点内": an ideographic space is the real border when there is one
        let border = rest.find('\u{3000}').or_else(|| rest.find(char::is_whitespace));
        let (short, building) = border.map_or((rest, ""), |at| rest.split_at(at));
        let is_local = inner.is_some() || locality.knows(rest);
        Ok(Self { code: code.to_owned(), short: one_line(short), building: one_line(building), is_local })
    }

    /// Whether `text` is neither a date, a number nor a link, told without reading it whole: an ideograph stands in it that no
    /// date has, and no sign of an address on the web. Of any other text [`Self::parse`] tells.
    #[must_use]
    pub fn is_place(text: &str) -> bool {
        text.chars().any(is_of_place) && memchr::memchr2(b'.', b':', text.as_bytes()).is_none()
    }

    /// Whether `trimmed` is an address that is printed otherwise than it is written, told without reading it whole: it begins
    /// with a place and holds full-width digits or letters or half-width kana, which no printed address has. Of any other text
    /// [`Self::parse`] tells.
    #[must_use]
    pub fn is_changed(trimmed: &str, locality: &Locality) -> bool {
        // the city alone, or twice, is no address
        let city = locality.city.as_str();
        let has_city_once =
            city.is_empty() || (trimmed.matches(city).nth(1).is_none() && !trimmed.ends_with(city));
        trimmed.chars().next().is_some_and(is_of_place)
            && width::narrows(trimmed)
            && has_city_once
            && !trimmed.contains(['〒', '／'])
            && !trimmed.contains("://")
    }

    /// The place with the city's name before it, if it lies in the city, and its code before that.
    #[must_use]
    pub fn place(&self, city: &str) -> String {
        let city = if self.is_local { city } else { "" };
        self.behind_code(&format!("{city}{}", self.short))
    }

    /// Words of the place with its code before them, if it has one.
    #[must_use]
    pub fn behind_code(&self, words: &str) -> String {
        if self.code.is_empty() { words.to_owned() } else { format!("{} {words}", self.code) }
    }

    /// The town: what follows the ward and stands before the first digit (`鶴見中央`).
    #[must_use]
    pub fn town(&self, ward: &str) -> &str {
        let rest = self.short.strip_prefix(ward).unwrap_or(&self.short);
        let end = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        rest[..end].trim()
    }

    /// One line: place and building.
    #[must_use]
    pub fn line(&self) -> String {
        let place = self.behind_code(&self.short);
        if self.building.is_empty() { place } else { format!("{place} {}", self.building) }
    }
}

/// The postal code before a place, and the place: `〒220-0051　西区…`, `220-0051 西区…`. Two parts of digits alone are none.
fn code_before(text: &str) -> (&str, &str) {
    let behind_mark = text.strip_prefix('〒').map(str::trim_start);
    let rest = behind_mark.unwrap_or(text);
    let end = rest.find(|c: char| !(c.is_ascii_digit() || width::is_dash(c))).unwrap_or(rest.len());
    let (code, place) = rest.split_at(end);
    let is_code = code.chars().filter(char::is_ascii_digit).count() == 7;
    // without the mark the code has its dash, and a blank behind it
    let is_plain = code.contains(width::is_dash) && place.starts_with(char::is_whitespace);
    let place = place.trim_start();
    let is_place = place.starts_with(|c: char| c.is_alphabetic() && !c.is_ascii());
    if is_code && is_place && (behind_mark.is_some() || is_plain) {
        return (text[..text.len() - rest.len() + end].trim_end(), place);
    }
    ("", text)
}

/// What is wrong with the postal code that stands before an address, if it has one.
fn postal_fault(text: &str) -> Option<AddressError> {
    let (_, rest) = text.split_once('〒')?;
    if rest.contains('〒') {
        return Some(AddressError::PostalTwice);
    }
    let rest = rest.trim_start();
    let end = rest.find(|c: char| !(c.is_ascii_digit() || width::is_dash(c))).unwrap_or(rest.len());
    let (code, behind) = rest.split_at(end);
    if code.bytes().filter(u8::is_ascii_digit).count() != 7 {
        return Some(AddressError::Postal);
    }
    let next = behind.trim_start();
    let after = next.trim_start_matches(['・', '/', '／', '、', ',', '，', '~', '～', '〜']);
    let is_twice = after.len() < next.len() && after.trim_start().starts_with(|c: char| c.is_ascii_digit());
    is_twice.then_some(AddressError::PostalTwice)
}

/// Line breaks and runs of spaces are one space.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The letters of dates, eras and days of the week; most addresses begin with another.
const DATE: &str = "年月日元令和平成昭和大正明治火水木金土曜RHSTMrhstm";

/// Whether no date has this ideograph.
fn is_of_place(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c) && !DATE.contains(c)
}

/// What a cell without a place is: digits and signs alone, or a date with its words.
fn no_address(text: &str) -> Option<AddressError> {
    if text.chars().any(|c| c.is_alphabetic() && !DATE.contains(c))
        || !text.contains(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    let is_day = |text: &str| {
        let (month, rest) = text.split_once('月')?;
        let day = rest.strip_suffix('日')?;
        let is_number =
            |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        (is_number(month) && is_number(day)).then_some(())
    };
    // eight digits in a row are a number before they are a day
    let is_date = !text.bytes().all(|byte| byte.is_ascii_digit()) && Date::parse(text).is_ok();
    if is_date || is_day(text).is_some() {
        return Some(AddressError::Date);
    }
    (!text.contains(char::is_alphabetic)).then_some(AddressError::Number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yokohama() -> Locality {
        let units = ["鶴見区", "緑区", "港南区", "瀬谷区", "西区"].map(str::to_owned);
        Locality::of("横浜市").with_units(units).with_towns(["鶴見中央".to_owned()])
    }

    fn parse(written: &str) -> Address {
        Address::parse(written, &yokohama()).expect("an address")
    }

    #[test]
    fn the_city_goes_between_the_code_and_the_ward() {
        for (written, place, short) in [
            ("〒230-0051　鶴見区鶴見中央1-1", "〒230-0051 横浜市鶴見区鶴見中央1-1", "鶴見区鶴見中央1-1"),
            ("230-0051 横浜市鶴見区鶴見中央1-1", "230-0051 横浜市鶴見区鶴見中央1-1", "鶴見区鶴見中央1-1"),
            ("〒2300051鶴見区鶴見中央1-1", "〒2300051 横浜市鶴見区鶴見中央1-1", "鶴見区鶴見中央1-1"),
            ("〒105-0011 東京都港区芝公園1", "〒105-0011 東京都港区芝公園1", "東京都港区芝公園1"),
            ("鶴見区鶴見中央230-0051", "横浜市鶴見区鶴見中央230-0051", "鶴見区鶴見中央230-0051"),
        ] {
            let address = parse(written);
            assert_eq!(
                (address.place("横浜市").as_str(), address.short.as_str()),
                (place, short),
                "{written}"
            );
        }
    }

    #[test]
    fn what_is_no_address_is_told() {
        for (written, error) in [
            ("横浜市横浜市鶴見区鶴見中央1", AddressError::CityTwice),
            ("横浜市", AddressError::CityAlone),
            ("神奈川県横浜市", AddressError::CityAlone),
            ("https://example.jp/map", AddressError::Link),
        ] {
            assert_eq!(Address::parse(written, &yokohama()), Err(error), "{written}");
        }
        for written in ["横浜市内各所", "新横浜市場前1-1", "横浜市鶴見区", "鶴見区役所"]
        {
            assert!(Address::parse(written, &yokohama()).is_ok(), "{written}");
        }
    }

    #[test]
    fn an_address_has_the_citys_name_once_also_where_its_unit_has_it() {
        let units = ["西区", "横浜市緑区"].map(str::to_owned);
        let locality = Locality::of("横浜市").with_units(units);
        assert_eq!(
            Address::parse("緑区寺山町118", &locality).map(|address| address.place("横浜市")),
            Ok("横浜市緑区寺山町118".to_owned())
        );
    }

    #[test]
    fn splits_place_and_building() {
        let address = parse("鶴見区鶴見中央３－20－１　鶴見区役所２階");
        assert_eq!(address.short, "鶴見区鶴見中央3-20-1");
        assert_eq!(address.building, "鶴見区役所2階");
        assert_eq!(address.town("鶴見区"), "鶴見中央");
    }

    #[test]
    fn takes_the_city_off_and_keeps_what_has_no_building() {
        let address = parse("横浜市瀬谷区二ツ橋町469　「せやまる・ふれあい館」内");
        assert_eq!(address.short, "瀬谷区二ツ橋町469");
        assert_eq!(address.building, "「せやまる・ふれあい館」内");
        assert_eq!(parse("緑区寺山町100－１").line(), "緑区寺山町100-1");
        assert_eq!(parse("神奈川県横浜市緑区寺山町100").line(), "緑区寺山町100");
        assert_eq!(parse("京都府京都市中京区").line(), "京都府京都市中京区");
    }

    #[test]
    fn the_city_goes_only_before_what_lies_in_it() {
        for (written, place) in [
            ("西区見本町1-1", "横浜市西区見本町1-1"),
            ("鶴見中央3-20", "横浜市鶴見中央3-20"),
            ("横浜市 西区見本町1", "横浜市西区見本町1"),
            ("川崎市川崎区見本1-1", "川崎市川崎区見本1-1"),
            ("東京都港区見本1-1", "東京都港区見本1-1"),
            ("神奈川県川崎市幸区見本1-1", "神奈川県川崎市幸区見本1-1"),
            ("葉山町見本1-1", "葉山町見本1-1"),
            ("（改修中）", "（改修中）"),
            ("―", "―"),
            ("横浜市民見本会館内", "横浜市民見本会館内"),
            ("横浜市役所見本分室2階", "横浜市役所見本分室2階"),
            ("神奈川県横浜市内全域", "神奈川県横浜市内全域"),
        ] {
            assert_eq!(parse(written).place("横浜市"), width::narrow(place), "{written}");
        }
    }

    #[test]
    fn without_units_the_written_name_decides() {
        let city = Locality::of("下松市");
        let place = |written: &str| Address::parse(written, &city).expect("an address").place("下松市");
        assert_eq!(place("下松市大字末武下1"), "下松市大字末武下1");
        assert_eq!(place("山口県下松市大字末武下1"), "下松市大字末武下1");
        assert_eq!(place("下松市民会館内"), "下松市民会館内");
        assert_eq!(place("周南市見本1"), "周南市見本1");
    }

    #[test]
    fn a_date_a_time_or_a_number_is_no_address() {
        for written in ["2026-04-05", "2026/4/5", "4月5日", "令和8年4月5日", "2026年4月5日（日）"]
        {
            assert_eq!(Address::parse(written, &yokohama()), Err(AddressError::Date), "{written}");
        }
        for written in ["4-5", "10:30", "45385", "０４５"] {
            assert_eq!(Address::parse(written, &yokohama()), Err(AddressError::Number), "{written}");
        }
        assert_eq!(parse("西区見本町 2026-04-05").building, "2026-04-05");
    }

    #[test]
    fn a_postal_code_before_an_address_is_whole_and_alone() {
        for written in ["〒　西区見本町4-5", "〒220 西区見本町4-5", "〒", "〒―西区見本町4"]
        {
            assert_eq!(Address::parse(written, &yokohama()), Err(AddressError::Postal), "{written}");
        }
        for written in [
            "〒220-0051・220-0052 西区見本町4-5",
            "〒220-0051〜0053 西区見本町4-5",
            "〒220-0051 西区見本町4-5（郵送先 〒220-8799 私書箱5号）",
        ] {
            assert_eq!(Address::parse(written, &yokohama()), Err(AddressError::PostalTwice), "{written}");
        }
        assert_eq!(parse("〒220-0051 西区見本町4-5").line(), "〒220-0051 西区見本町4-5");
    }

    #[test]
    fn the_ideographic_space_is_the_border() {
        let address = parse("港南区港南4-2-8 3F　港南区福祉保健活動拠点内");
        assert_eq!(address.short, "港南区港南4-2-8 3F");
        assert_eq!(address.building, "港南区福祉保健活動拠点内");
    }

    #[test]
    fn a_line_break_in_the_cell_is_no_line_break_on_paper() {
        let address = parse("港南区港南\n4-2-8　ｶ\u{3099}ｰﾃ\u{FF9E}ﾝ\n1階");
        assert_eq!(address.line(), "港南区港南 4-2-8 ガーデン 1階");
    }
}
