//! What a spreadsheet would calculate when it opens a list (CWE-1236), and the apostrophe that keeps it from doing so.
//!
//! In: the words of a cell. Out: whether an apostrophe is written before them, and whether one that stands there is taken
//! off when the list is read. A dash, a signed number, a phone number with its country are no formulas and stay as they are.

/// Whether a spreadsheet would calculate the cell, apostrophes before it left out of account.
#[must_use]
pub fn is_calculated(cell: &str) -> bool {
    let words = behind_marks(cell);
    let mut chars = words.chars();
    let first = chars.next();
    let rest = chars.as_str();
    match first {
        Some('=') => !rest.trim().is_empty(),
        Some('+' | '-') => is_expression(words),
        Some('@') => rest.starts_with(|c: char| c.is_ascii_alphabetic()) && rest.contains(['(', '!', '|']),
        // taken for the signs above where Japanese is typed; as words they are common
        Some('＝' | '＋' | '－' | '＠') => rest.contains(['(', '!', '|']),
        _ => false,
    }
}

/// Whether an apostrophe at the start of the cell says that the rest is text, and is no part of it: before what could be
/// taken for a formula, before digits, and before Japanese words that no second apostrophe ends.
#[must_use]
pub fn is_marked(cell: &str) -> bool {
    let words = behind_marks(cell);
    let is_japanese =
        words.starts_with(|c: char| !c.is_ascii() && c.is_alphanumeric()) && !words.contains('\'');
    cell.starts_with('\'')
        && (words.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
            || is_digits(words)
            || is_japanese)
}

/// Whether an apostrophe has to be written before the cell, so that it is read as it is and calculated by nobody.
#[must_use]
pub fn needs_mark(cell: &str) -> bool {
    is_calculated(cell) || is_marked(cell)
}

/// The text in `="…"`, by which people keep spreadsheets from reading digits as a number.
#[must_use]
pub fn quoted_text(cell: &str) -> Option<&str> {
    cell.strip_prefix("=\"")?.strip_suffix('"').filter(|words| !words.contains('"'))
}

/// Whether a cell holds digits, in groups perhaps, and nothing else: a phone number, a code.
fn is_digits(words: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    words.starts_with(is_digit)
        && words.chars().filter(|c| is_digit(*c)).count() > 2
        && words.chars().all(|c| is_digit(c) || "-－()（） ./".contains(c))
}

fn behind_marks(cell: &str) -> &str {
    // tabs and line ends do not keep a spreadsheet from seeing a formula behind them
    cell.trim_start_matches('\'').trim_start_matches(['\t', '\r', '\n', ' '])
}

/// Whether words that begin with a sign are an expression. Excel shows `#NAME?` for a dash before a word.
fn is_expression(words: &str) -> bool {
    let operand = words.trim_start_matches(['+', '-', ' ']);
    let Some(first) = operand.chars().next() else { return false };
    if !first.is_ascii_digit() && first != '.' {
        return first.is_alphanumeric() || "_\\\"'($#@{[=".contains(first);
    }
    let is_number = words.len() - operand.len() == 1
        && operand.trim_end_matches('%').chars().all(|c| c.is_ascii_digit() || ".,".contains(c));
    !is_number
        && !is_phone(words)
        && operand.contains(['+', '-', '*', '/', '^', '&', '=', '<', '>', '!', '|', '('])
}

/// A phone number with its country: `+81-45-510-1694`.
fn is_phone(words: &str) -> bool {
    let digits = words.bytes().filter(u8::is_ascii_digit).count();
    let Some(rest) = words.strip_prefix('+') else { return false };
    rest.starts_with(|c: char| c.is_ascii_digit())
        && digits >= 8
        && rest.chars().all(|c| c.is_ascii_digit() || "- ().".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_calculated_is_protected() {
        for cell in [
            "=1+1",
            "=HYPERLINK(1)",
            "=休み=",
            "+1-2",
            "-1+cmd|' /C calc'!A0",
            "-2+3",
            "-見本",
            "- 見本",
            "-SUM(1)",
            "--A1",
            "@SUM(1)",
            "\t=1",
            "\r=1",
            "'=1",
            "''-1-1",
            "-(1)",
            "+A1",
            "-\"a\"",
            "-1/2",
            "＝HYPERLINK(1)",
        ] {
            assert!(is_calculated(cell), "{cell}");
        }
        for cell in [
            "-",
            "--",
            "―",
            "－",
            "- ",
            "+",
            "=",
            "@",
            "+81-45-510-1694",
            "+81 45 510 1694",
            "+81 (45) 510-1694",
            "-5",
            "+5",
            "-1,234.5",
            "-10%",
            "-5℃",
            "-3人",
            "045-510-1694",
            "0455101694",
            "@ほーむ",
            "@home",
            "△3",
            "1-2-3",
            "141011",
            "",
            "'",
            "a=b",
            "－5",
            "＝＝＝",
            "-・-",
            "＋",
            "-。",
        ] {
            assert!(!is_calculated(cell), "{cell}");
        }
    }

    #[test]
    fn what_is_written_with_a_mark_is_read_without_it() {
        for cell in [
            "=1",
            "'=1",
            "''=1",
            "-",
            "'-",
            "'+81",
            "'045-510-1694",
            "'",
            "''",
            "'a",
            "'あ",
            "\t=1",
            "'26年度",
            "'－",
        ] {
            let written = if needs_mark(cell) { format!("'{cell}") } else { cell.to_owned() };
            let read = if is_marked(&written) { &written[1..] } else { &written };
            assert_eq!(read, cell);
        }
        assert!(is_marked("'0455101694") && !is_marked("'26年度"));
        assert_eq!(quoted_text("=\"0455101694\""), Some("0455101694"));
        assert_eq!(quoted_text("=\"a\"&\"b\""), None);
        assert_eq!(quoted_text("=\""), None);
    }
}
