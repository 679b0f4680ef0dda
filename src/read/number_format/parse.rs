//! A format code in parts: sections, and in each what it says of digits, of a date or of a text.
//!
//! In: a code. Out: [`Section`]s; none for a code of which any character is not understood.

/// One of the sections between semicolons.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// When it applies.
    pub condition: Option<FormatCondition>,
    /// What it says.
    pub content: Content,
    /// The words of which language it shows.
    pub locale: Locale,
}

/// A condition in brackets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum FormatCondition {
    /// `[<5]`
    Less(f64),
    /// `[<=5]`
    AtMost(f64),
    /// `[>5]`
    More(f64),
    /// `[>=5]`
    AtLeast(f64),
    /// `[=5]`
    Equal(f64),
    /// `[<>5]`
    Other(f64),
}

/// The words that a date is shown in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Locale {
    /// Japanese is asked for: 午前 and 午後.
    pub japanese: bool,
    /// The first year of an era is 元年.
    pub first_year: bool,
}

/// What a section says.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// `General`, and words around it; none in the list is the number.
    General(Vec<Option<String>>),
    /// Digits and words.
    Number(Vec<NumberPart>),
    /// Parts of a date or time, and words.
    Date(Vec<DatePart>),
    /// Words around a text; none in the list is the text.
    Text(Vec<Option<String>>),
}

/// A part of a section for numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberPart {
    /// A place for a digit: `0`, `#` or `?`.
    Digit(char),
    /// The decimal point.
    Point,
    /// A comma: thousands, or a scale.
    Comma,
    /// Times a hundred.
    Percent,
    /// `E+` (true) or `E-`.
    Exponent(Sign),
    /// The line of a fraction.
    Slash,
    /// Words as they are.
    Words(String),
}

/// Which exponents have a sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// All.
    Always,
    /// Negative ones.
    Negative,
}

/// A part of a section for dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatePart {
    /// Year, month, day, hour, second, era, weekday: the letter and how often it stands. `M` are minutes.
    Letter(char, usize),
    /// All hours, minutes or seconds that passed: the letter and the number of digits.
    Elapsed(char, usize),
    /// Parts of a second, so many digits.
    SubSeconds(usize),
    /// `AM/PM`.
    HalfDay,
    /// `A/P`.
    HalfDayLetter,
    /// Words as they are.
    Words(String),
}

impl Section {
    /// Whether it shows a text as it is.
    pub fn is_bare_text(&self) -> bool {
        matches!(&self.content, Content::Text(parts) if parts.iter().all(|part| part.as_ref().is_none_or(|words| words.trim().is_empty())))
    }
}

/// The text with the words around it.
pub fn with_text(parts: &[Option<String>], text: &str) -> String {
    parts.iter().map(|part| part.as_deref().unwrap_or(text)).collect()
}

/// What a code is made of.
#[derive(Debug, Clone, PartialEq)]
enum Token {
    Words(String),
    /// A character that means something.
    Letter(char),
    /// What stands in brackets.
    Bracket(String),
    General,
    HalfDay,
    HalfDayLetter,
    Exponent(Sign),
}

/// Whether letters of dates stand in a code, outside of quotation marks and brackets.
pub fn names_date(code: &str) -> bool {
    let (mut quoted, mut bracket, mut escaped) = (false, false, false);
    code.chars().any(|c| {
        let inside = quoted || bracket || std::mem::take(&mut escaped);
        match c {
            '"' => quoted = !quoted,
            '[' if !inside => bracket = true,
            ']' => bracket = false,
            '\\' | '_' | '*' if !inside => escaped = true,
            _ => return !inside && matches!(c.to_ascii_lowercase(), 'y' | 'm' | 'd' | 'h' | 's'),
        }
        false
    })
}

/// Bytes of the longest code; Excel takes 255 characters.
const LONGEST: usize = 1 << 10;

/// The sections of a code.
pub fn sections(code: &str) -> Option<Vec<Section>> {
    if code.len() > LONGEST {
        return None;
    }
    let mut sections = vec![Vec::new()];
    let chars: Vec<char> = code.chars().collect();
    let mut at = 0;
    while at < chars.len() {
        let rest = &chars[at..];
        let (token, length) = match rest[0] {
            ';' => {
                sections.push(Vec::new());
                at += 1;
                continue;
            }
            '"' => {
                let end = rest[1..].iter().position(|c| *c == '"')?;
                (Token::Words(rest[1..=end].iter().collect()), end + 2)
            }
            '\\' | '!' => (Token::Words(rest.get(1)?.to_string()), 2),
            // the room that a character takes
            '_' => {
                rest.get(1)?;
                (Token::Words(" ".to_owned()), 2)
            }
            // a character that fills the cell
            '*' => {
                rest.get(1)?;
                (Token::Words(String::new()), 2)
            }
            '[' => {
                let end = rest.iter().position(|c| *c == ']')?;
                (Token::Bracket(rest[1..end].iter().collect()), end + 1)
            }
            _ => match exponent(rest, sections.last()?) {
                Some(sign) => (Token::Exponent(sign), 2),
                None => word(rest)?,
            },
        };
        sections.last_mut()?.push(token);
        at += length;
    }
    if sections.len() > 4 {
        return None;
    }
    sections.into_iter().map(section).collect()
}

/// `E+` or `E-` behind digits; elsewhere it is the year of an era.
fn exponent(rest: &[char], before: &[Token]) -> Option<Sign> {
    let behind_digits = matches!(before.last(), Some(Token::Letter('0' | '#' | '?' | '.')));
    match rest {
        ['E' | 'e', '+', ..] if behind_digits => Some(Sign::Always),
        ['E' | 'e', '-', ..] if behind_digits => Some(Sign::Negative),
        _ => None,
    }
}

/// A token outside of quotation marks and brackets.
fn word(rest: &[char]) -> Option<(Token, usize)> {
    let starts = |word: &str| {
        let mut chars = rest.iter();
        word.chars().all(|c| chars.next().is_some_and(|other| other.eq_ignore_ascii_case(&c)))
    };
    for (name, token) in [
        ("General", Token::General),
        ("G/標準", Token::General),
        ("AM/PM", Token::HalfDay),
        ("A/P", Token::HalfDayLetter),
    ] {
        if starts(name) {
            return Some((token, name.chars().count()));
        }
    }
    match rest[0] {
        c @ ('0' | '#' | '?' | '.' | ',' | '%' | '/' | '@') => Some((Token::Letter(c), 1)),
        c if c.is_ascii_alphabetic() => Some((Token::Letter(c.to_ascii_lowercase()), 1)),
        c if c.is_control() => None,
        c => Some((Token::Words(c.to_string()), 1)),
    }
}

fn section(tokens: Vec<Token>) -> Option<Section> {
    let (mut condition, mut locale, mut rest) = (None, Locale::default(), Vec::new());
    for token in tokens {
        let Token::Bracket(inside) = &token else {
            rest.push(token);
            continue;
        };
        match bracket(inside)? {
            Bracket::Condition(found) => condition = Some(found),
            Bracket::Locale(found, words) => {
                locale = found;
                rest.push(Token::Words(words));
            }
            Bracket::Elapsed => rest.push(token),
            Bracket::Colour => {}
        }
    }
    Some(Section { condition, content: content(&rest)?, locale })
}

/// Makes a condition of its number.
type Compare = fn(f64) -> FormatCondition;

enum Bracket {
    Condition(FormatCondition),
    Locale(Locale, String),
    Elapsed,
    Colour,
}

fn bracket(inside: &str) -> Option<Bracket> {
    let lower = inside.to_ascii_lowercase();
    if let Some(rest) = inside.strip_prefix('$') {
        // a currency, then the language after a hyphen
        let (words, language) = rest.rsplit_once('-').unwrap_or((rest, ""));
        let (words, language) = match rest.find('-') {
            Some(at) if words.contains('-') => (&rest[..at], &rest[at + 1..]),
            _ => (words, language),
        };
        let language = language.to_ascii_lowercase();
        let japanese = language.ends_with("411") || language.starts_with("ja");
        // digits of other scripts, calendars of other peoples, and what the system's settings decide are not known
        let plain = ["", "409", "0409", "809", "411", "0411"].contains(&language.as_str());
        let is_known = plain || !words.is_empty() || language.starts_with("ja") || language.starts_with("en");
        if !is_known {
            return None;
        }
        return Some(Bracket::Locale(
            Locale { japanese, first_year: language.contains("gannen") },
            words.to_owned(),
        ));
    }
    let compare: [(&str, Compare); 6] = [
        ("<=", FormatCondition::AtMost),
        (">=", FormatCondition::AtLeast),
        ("<>", FormatCondition::Other),
        ("<", FormatCondition::Less),
        (">", FormatCondition::More),
        ("=", FormatCondition::Equal),
    ];
    for (sign, condition) in compare {
        if let Some(number) = inside.strip_prefix(sign) {
            return number.trim().parse().ok().map(|number| Bracket::Condition(condition(number)));
        }
    }
    let first = lower.chars().next()?;
    if matches!(first, 'h' | 'm' | 's') && lower.chars().all(|c| c == first) {
        return Some(Bracket::Elapsed);
    }
    let colours = [
        "black", "white", "red", "green", "blue", "yellow", "magenta", "cyan", "黒", "白", "赤", "緑", "青",
        "黄", "紫", "水",
    ];
    let numbered = ["color", "色"]
        .iter()
        .any(|word| lower.strip_prefix(word).is_some_and(|number| number.trim().parse::<u8>().is_ok()));
    (colours.contains(&lower.as_str()) || numbered).then_some(Bracket::Colour)
}

fn content(tokens: &[Token]) -> Option<Content> {
    let has =
        |letters: &str| tokens.iter().any(|token| matches!(token, Token::Letter(c) if letters.contains(*c)));
    let general = tokens.iter().filter(|token| **token == Token::General).count();
    if general > 0 {
        let part = |token: &Token| match token {
            Token::General => Some(None),
            Token::Words(words) => Some(Some(words.clone())),
            _ => None,
        };
        let parts: Vec<Option<String>> = tokens.iter().map(part).collect::<Option<_>>()?;
        return (general == 1).then_some(Content::General(parts));
    }
    if has("@") {
        let part = |token: &Token| match token {
            Token::Letter('@') => Some(None),
            Token::Words(words) => Some(Some(words.clone())),
            _ => None,
        };
        return tokens.iter().map(part).collect::<Option<_>>().map(Content::Text);
    }
    let is_date = has("ymdhsgea")
        || tokens
            .iter()
            .any(|token| matches!(token, Token::Bracket(_) | Token::HalfDay | Token::HalfDayLetter));
    if is_date { date(tokens).map(Content::Date) } else { number(tokens).map(Content::Number) }
}

fn number(tokens: &[Token]) -> Option<Vec<NumberPart>> {
    tokens
        .iter()
        .map(|token| {
            Some(match token {
                Token::Letter(c @ ('0' | '#' | '?')) => NumberPart::Digit(*c),
                Token::Letter('.') => NumberPart::Point,
                Token::Letter(',') => NumberPart::Comma,
                Token::Letter('%') => NumberPart::Percent,
                Token::Letter('/') => NumberPart::Slash,
                Token::Exponent(sign) => NumberPart::Exponent(*sign),
                Token::Words(words) => NumberPart::Words(words.clone()),
                _ => return None,
            })
        })
        .collect()
}

fn date(tokens: &[Token]) -> Option<Vec<DatePart>> {
    let mut parts = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let token = &tokens[at];
        let run = tokens[at..].iter().take_while(|other| *other == token).count();
        let (part, length) = match token {
            Token::Letter(c @ ('y' | 'm' | 'd' | 'h' | 's' | 'g' | 'e' | 'a')) => {
                (DatePart::Letter(*c, run), run)
            }
            // parts of a second
            Token::Letter('.')
                if matches!(parts.last(), Some(DatePart::Letter('s', _) | DatePart::Elapsed('s', _)))
                    && tokens.get(at + 1) == Some(&Token::Letter('0')) =>
            {
                let zeros = tokens[at + 1..].iter().take_while(|other| **other == Token::Letter('0')).count();
                (DatePart::SubSeconds(zeros), zeros + 1)
            }
            Token::Letter(c @ ('.' | ',' | '/')) => (DatePart::Words(c.to_string()), 1),
            Token::Bracket(inside) => {
                (DatePart::Elapsed(inside.chars().next()?.to_ascii_lowercase(), inside.chars().count()), 1)
            }
            Token::HalfDay => (DatePart::HalfDay, 1),
            Token::HalfDayLetter => (DatePart::HalfDayLetter, 1),
            Token::Words(words) => (DatePart::Words(words.clone()), 1),
            _ => return None,
        };
        parts.push(part);
        at += length;
    }
    minutes(&mut parts);
    let fits = |part: &DatePart| match part {
        DatePart::Letter('y', _) => true,
        DatePart::Letter('m', count) => *count <= 5,
        DatePart::Letter('d', count) => *count <= 4,
        DatePart::Letter('a', count) => matches!(count, 3 | 4),
        DatePart::Letter('g', count) | DatePart::SubSeconds(count) => *count <= 3,
        DatePart::Letter(_, count) => *count <= 2,
        _ => true,
    };
    parts.iter().all(fits).then_some(parts)
}

/// `m` behind hours or before seconds are minutes.
fn minutes(parts: &mut [DatePart]) {
    let clock: Vec<(usize, char)> = parts
        .iter()
        .enumerate()
        .filter_map(|(at, part)| match part {
            DatePart::Letter(c, _) | DatePart::Elapsed(c, _) => Some((at, *c)),
            _ => None,
        })
        .collect();
    for (place, (at, letter)) in clock.iter().enumerate() {
        let before = place.checked_sub(1).map(|before| clock[before].1);
        let after = clock.get(place + 1).map(|after| after.1);
        if *letter == 'm'
            && (before == Some('h') || after == Some('s'))
            && let DatePart::Letter(c, count) = &mut parts[*at]
            && *count <= 2
        {
            *c = 'M';
        }
    }
}
