//! Findings as one page without any other file, to mail or print. There is no script.
//!
//! In: facts. Out: HTML. One style for all such pages; every text of the user's is escaped.

pub mod check;
pub mod preflight;

use std::fmt::Write as _;

use crate::diagnostic::Severity;
use crate::model::unseen;

/// How such pages look.
const STYLE: &str = include_str!("page.css");

/// The class and the tag of a finding.
fn verdict(severity: Severity, ja: bool) -> (&'static str, &'static str) {
    match (severity, ja) {
        (Severity::Error, true) => ("error", "要修正"),
        (Severity::Error, false) => ("error", "mend"),
        (Severity::Warning, true) => ("warning", "確かめる"),
        (Severity::Warning, false) => ("warning", "look"),
    }
}

fn short(text: &str, most: usize) -> String {
    let mut cut: String = text.chars().take(most).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}

/// A text for HTML: nothing of it is markup, and what nobody sees, or sees otherwise elsewhere, is shown by its number.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || unseen::is_unseen(c) || unseen::is_private(c) => {
                let _ = write!(out, "[U+{:04X}]", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

/// Bytes as text for a `data:` address (RFC 4648, 4).
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for part in bytes.chunks(3) {
        let word =
            part.iter().chain(&[0; 2]).take(3).fold(0_usize, |word, byte| word << 8 | usize::from(*byte));
        for place in 0..4 {
            let letter = char::from(LETTERS[word >> (18 - 6 * place) & 63]);
            out.push(if place > part.len() { '=' } else { letter });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        // RFC 4648, 10
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
