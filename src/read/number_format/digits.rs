//! Numbers in the digits and words of a format: zeros before, thousands, percent, fractions, powers of ten.
//!
//! In: the parts of a section and a value. Out: text. Values are rounded as decimal numbers of 15 digits, as spreadsheets do.

use std::fmt::Write as _;

use super::parse::{NumberPart, Sign};

/// The largest denominator that is looked for has so many digits.
const DENOMINATOR: usize = 3;

/// A whole number without decimals, another in its shortest form, with the 15 digits that spreadsheets show.
#[must_use]
pub fn plain(value: f64) -> String {
    let shown = format!("{value:.14e}").parse().unwrap_or(value);
    // `f64` writes whole numbers without a point, and never in powers of ten
    if shown == 0.0 { "0".to_owned() } else { shown.to_string() }
}

/// The value as a section shows it.
pub fn show(parts: &[NumberPart], value: f64) -> Option<String> {
    let decimal = Decimal::of(value)?;
    let (text, is_zero) = if let Some(at) = parts.iter().position(|part| *part == NumberPart::Slash) {
        fraction(parts, at, value.abs())?
    } else if let Some(at) = parts.iter().position(|part| matches!(part, NumberPart::Exponent(_))) {
        scientific(parts, at, &decimal)?
    } else {
        fixed(parts, &decimal)?
    };
    Some(if value < 0.0 && !is_zero { format!("-{text}") } else { text })
}

/// The digits of a number without its sign: `0.d1d2d3…` times ten to the power of `point`.
#[derive(Debug, Clone)]
struct Decimal {
    digits: Vec<u8>,
    point: i32,
}

/// Places before and behind the point that a number may have: more are no honest number.
const MOST_PLACES: i32 = 320;

impl Decimal {
    fn of(value: f64) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        let text = format!("{:.14e}", value.abs());
        let (digits, power) = text.split_once('e')?;
        let digits: Vec<u8> = digits.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
        let power: i32 = power.parse().ok()?;
        let point = if digits.iter().all(|digit| *digit == 0) { 1 } else { power + 1 };
        Some(Self { digits, point })
    }

    /// The digits before the point, without zeros in front, and `places` behind it.
    fn round(&self, places: usize) -> Option<(Vec<u8>, Vec<u8>)> {
        let places = i32::try_from(places).ok()?;
        if self.point > MOST_PLACES || places > MOST_PLACES {
            return None;
        }
        let keep = self.point + places;
        let mut digits: Vec<u8> = match usize::try_from(keep) {
            Err(_) => Vec::new(),
            Ok(keep) => {
                let mut kept = self.digits.clone();
                kept.resize(keep.max(kept.len()), 0);
                let up = kept.get(keep).is_some_and(|digit| *digit >= 5);
                kept.truncate(keep);
                if up {
                    let nine = kept.iter().rposition(|digit| *digit != 9);
                    let from = nine.map_or(0, |at| at + 1);
                    kept[from..].fill(0);
                    match nine {
                        Some(at) => kept[at] += 1,
                        None => kept.insert(0, 1),
                    }
                }
                kept
            }
        };
        let places = usize::try_from(places).ok()?;
        while digits.len() < places {
            digits.insert(0, 0);
        }
        let behind = digits.split_off(digits.len() - places);
        let first = digits.iter().position(|digit| *digit != 0).unwrap_or(digits.len());
        Some((digits.split_off(first), behind))
    }
}

fn letter(digit: u8) -> char {
    char::from(b'0' + digit)
}

fn is_digit(part: &NumberPart) -> bool {
    matches!(part, NumberPart::Digit(_))
}

/// The text, and whether all its digits are zeros.
fn fixed(parts: &[NumberPart], value: &Decimal) -> Option<(String, bool)> {
    let mut value = value.clone();
    let point = parts.iter().position(|part| *part == NumberPart::Point).unwrap_or(parts.len());
    let (before, behind) = parts.split_at(point);
    for (at, part) in parts.iter().enumerate() {
        match part {
            NumberPart::Percent => value.point += 2,
            // a comma behind the last digit of its side divides by a thousand
            NumberPart::Comma => {
                let side = if at < point { &before[at..] } else { &parts[at..] };
                if !side.iter().any(is_digit) && parts[..at].iter().any(is_digit) {
                    value.point -= 3;
                }
            }
            _ => {}
        }
    }
    let places = behind.iter().filter(|part| is_digit(part)).count();
    let (whole, rest) = value.round(places)?;
    let is_zero = whole.is_empty() && rest.iter().all(|digit| *digit == 0);
    let mut text = whole_part(before, &whole, places > 0 || !behind.is_empty());
    let last = rest.iter().rposition(|digit| *digit != 0).map_or(0, |at| at + 1);
    let mut digits = rest.iter().enumerate();
    for part in behind {
        match part {
            NumberPart::Point => text.push('.'),
            NumberPart::Digit(kind) => {
                let (at, digit) = digits.next()?;
                match kind {
                    '#' if at >= last => {}
                    '?' if at >= last => text.push(' '),
                    _ => text.push(letter(*digit)),
                }
            }
            other => text.push_str(words(other)),
        }
    }
    Some((text, is_zero))
}

fn words(part: &NumberPart) -> &str {
    match part {
        NumberPart::Words(words) => words,
        NumberPart::Percent => "%",
        _ => "",
    }
}

/// The digits before the point in their places, from the right; those that are left stand before the first place.
fn whole_part(parts: &[NumberPart], digits: &[u8], has_point: bool) -> String {
    let first = parts.iter().position(is_digit);
    let grouped = parts.iter().enumerate().any(|(at, part)| {
        *part == NumberPart::Comma && parts[..at].iter().any(is_digit) && parts[at..].iter().any(is_digit)
    });
    let mut rest = digits.iter().rev();
    let mut pieces: Vec<String> = Vec::new();
    let mut count = 0;
    let mut digit = |letter: char, pieces: &mut Vec<String>| {
        if grouped && count > 0 && count % 3 == 0 {
            pieces.push(",".to_owned());
        }
        count += 1;
        pieces.push(letter.to_string());
    };
    for (at, part) in parts.iter().enumerate().rev() {
        if let NumberPart::Digit(kind) = part {
            match (rest.next(), kind) {
                (Some(next), _) => digit(letter(*next), &mut pieces),
                (None, '0') => digit('0', &mut pieces),
                (None, '?') => pieces.push(" ".to_owned()),
                (None, _) => {}
            }
            if Some(at) == first {
                for next in rest.by_ref() {
                    digit(letter(*next), &mut pieces);
                }
            }
        } else {
            pieces.push(words(part).to_owned());
        }
    }
    // `.00` has no place before the point; digits stand there all the same
    if first.is_none() && has_point {
        for next in rest {
            digit(letter(*next), &mut pieces);
        }
    }
    pieces.into_iter().rev().collect()
}

fn scientific(parts: &[NumberPart], at: usize, value: &Decimal) -> Option<(String, bool)> {
    let (mantissa, rest) = parts.split_at(at);
    let [NumberPart::Exponent(sign), rest @ ..] = rest else { return None };
    let point = mantissa.iter().position(|part| *part == NumberPart::Point).unwrap_or(mantissa.len());
    let count = |parts: &[NumberPart]| parts.iter().filter(|part| is_digit(part)).count();
    let (before, behind) = (count(&mantissa[..point]), count(&mantissa[point..]));
    let step = i32::try_from(before).ok().filter(|step| *step > 0)?;
    let is_zero = value.digits.iter().all(|digit| *digit == 0);
    let mut power = if is_zero { 0 } else { (value.point - 1).div_euclid(step) * step };
    let mut shifted = Decimal { point: value.point - power, ..value.clone() };
    let (whole, _) = shifted.round(behind)?;
    if whole.len() > before {
        power += step;
        shifted.point -= step;
    }
    let (mut text, _) = fixed(mantissa, &shifted)?;
    text.push('E');
    text.push_str(match (power < 0, sign) {
        (true, _) => "-",
        (false, Sign::Always) => "+",
        (false, Sign::Negative) => "",
    });
    let places = rest.iter().take_while(|part| is_digit(part)).count();
    let power = power.unsigned_abs();
    let _ = write!(text, "{power:0places$}");
    for part in &rest[places..] {
        text.push_str(words(part));
    }
    Some((text, is_zero))
}

fn fraction(parts: &[NumberPart], slash: usize, value: f64) -> Option<(String, bool)> {
    let (before, behind) = (&parts[..slash], &parts[slash + 1..]);
    let places = before.iter().rev().take_while(|part| is_digit(part)).count();
    let (head, _) = before.split_at(before.len() - places);
    let has_whole = head.iter().any(is_digit);
    let fixed: String = behind
        .iter()
        .map_while(|part| match part {
            NumberPart::Words(words) if words.chars().all(|c| c.is_ascii_digit()) => Some(words.as_str()),
            _ => None,
        })
        .collect();
    let digits = behind.iter().take_while(|part| is_digit(part)).count();
    if places == 0 || digits > DENOMINATOR || (digits == 0 && fixed.is_empty()) || value > 1e9 {
        return None;
    }
    let mut whole = if has_whole { value.floor() } else { 0.0 };
    let rest = value - whole;
    let candidates = match fixed.parse::<u32>() {
        Ok(fixed) if fixed > 0 => fixed..=fixed,
        Ok(_) => return None,
        Err(_) => 1..=10_u32.pow(u32::try_from(digits).ok()?) - 1,
    };
    let (mut above, below, _) = candidates
        .map(|below| {
            let above = (rest * f64::from(below)).round();
            (above, below, (rest - above / f64::from(below)).abs())
        })
        // the first of equals: the smallest denominator
        .fold(None, |best: Option<(f64, u32, f64)>, next| match best {
            Some(best) if best.2 <= next.2 + 1e-12 => Some(best),
            _ => Some(next),
        })?;
    if has_whole && above >= f64::from(below) {
        whole += 1.0;
        above = 0.0;
    }
    let text = match (has_whole, above == 0.0, whole == 0.0) {
        (true, true, _) => plain(whole),
        (true, false, false) => format!("{} {}/{below}", plain(whole), plain(above)),
        _ => format!("{}/{below}", plain(above)),
    };
    let first = parts.iter().position(is_digit).unwrap_or(0);
    let front: String = parts[..first].iter().map(words).collect();
    let back: String = behind[digits.max(fixed.len())..].iter().map(words).collect();
    Some((format!("{front}{text}{back}"), whole == 0.0 && above == 0.0))
}
