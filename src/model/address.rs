//! Addresses as printed in directories: the place (ward, town, numbers) and the building.
//!
//! In: a cell and the city's name. Out: [`Address`].

use super::width;

/// An address in its two parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Without the city: `鶴見区鶴見中央3-20-1`.
    pub short: String,
    /// The building and floor, or empty.
    pub building: String,
}

impl Address {
    /// Splits at the first run of spaces; digits, dashes and kana get one form; a leading name of the city is taken off.
    #[must_use]
    pub fn parse(written: &str, city: &str) -> Self {
        // half-width kana may leave their marks apart, so these are joined last
        let narrow = width::narrow(written);
        let composed = width::compose_kana(&narrow);
        let trimmed = composed.trim();
        let rest = without_city(trimmed, city).trim_start();
        // "港南4-2-8 3F　拠点内": an ideographic space is the real border when there is one
        let border = rest.find('\u{3000}').or_else(|| rest.find(char::is_whitespace));
        let (short, building) = border.map_or((rest, ""), |at| rest.split_at(at));
        Self { short: one_line(short), building: one_line(building) }
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
        if self.building.is_empty() {
            self.short.clone()
        } else {
            format!("{} {}", self.short, self.building)
        }
    }
}

/// Line breaks and runs of spaces are one space.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An address without the name of its city, with or without the prefecture's before it.
fn without_city<'a>(address: &'a str, city: &str) -> &'a str {
    if city.is_empty() {
        return address;
    }
    let end = address.char_indices().take(4).find(|(_, c)| matches!(c, '都' | '道' | '府' | '県'));
    let after_prefecture = end.map(|(at, c)| &address[at + c.len_utf8()..]);
    address
        .strip_prefix(city)
        .or_else(|| after_prefecture.and_then(|rest| rest.trim_start().strip_prefix(city)))
        .unwrap_or(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_place_and_building() {
        let address = Address::parse("鶴見区鶴見中央３－20－１　鶴見区役所２階", "横浜市");
        assert_eq!(address.short, "鶴見区鶴見中央3-20-1");
        assert_eq!(address.building, "鶴見区役所2階");
        assert_eq!(address.town("鶴見区"), "鶴見中央");
    }

    #[test]
    fn takes_the_city_off_and_keeps_what_has_no_building() {
        let address = Address::parse("横浜市瀬谷区二ツ橋町469　「せやまる・ふれあい館」内", "横浜市");
        assert_eq!(address.short, "瀬谷区二ツ橋町469");
        assert_eq!(address.building, "「せやまる・ふれあい館」内");
        assert_eq!(Address::parse("緑区寺山町100－１", "横浜市").line(), "緑区寺山町100-1");
        assert_eq!(Address::parse("神奈川県横浜市緑区寺山町100", "横浜市").line(), "緑区寺山町100");
        assert_eq!(Address::parse("京都府京都市中京区", "横浜市").line(), "京都府京都市中京区");
    }

    #[test]
    fn the_ideographic_space_is_the_border() {
        let address = Address::parse("港南区港南4-2-8 3F　港南区福祉保健活動拠点内", "横浜市");
        assert_eq!(address.short, "港南区港南4-2-8 3F");
        assert_eq!(address.building, "港南区福祉保健活動拠点内");
    }

    #[test]
    fn a_line_break_in_the_cell_is_no_line_break_on_paper() {
        let address = Address::parse("港南区港南\n4-2-8　ｶ\u{3099}ｰﾃ\u{FF9E}ﾝ\n1階", "横浜市");
        assert_eq!(address.line(), "港南区港南 4-2-8 ガーデン 1階");
    }
}
