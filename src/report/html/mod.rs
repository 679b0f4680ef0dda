//! Findings as one page without any other file, to mail or print. There is no script.
//!
//! In: facts. Out: HTML, by the templates beside this file, which are compiled; one style for all such pages. What a
//! template prints is text and never markup, and of a character that nobody sees its number is shown (`Escaper`).

pub mod check;
mod marked;
pub mod preflight;
pub mod proofread;

use std::fmt;

use crate::diagnostic::{Language, Severity};
use crate::model::unseen;

/// How templates print texts of the user's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Escaper;

impl askama::filters::Escaper for Escaper {
    fn write_escaped_str<W: fmt::Write>(&self, mut page: W, text: &str) -> fmt::Result {
        for c in text.chars() {
            match c {
                '&' => page.write_str("&amp;"),
                '<' => page.write_str("&lt;"),
                '>' => page.write_str("&gt;"),
                '"' => page.write_str("&quot;"),
                '\'' => page.write_str("&#39;"),
                '\n' | '\t' => page.write_char(c),
                c if c.is_control() || unseen::is_unseen(c) || unseen::is_private(c) => {
                    write!(page, "[U+{:04X}]", u32::from(c))
                }
                c => page.write_char(c),
            }?;
        }
        Ok(())
    }
}

/// One of the boxes at the top: how many there are of something.
struct Sum {
    class: &'static str,
    count: usize,
    unit: &'static str,
    words: &'static str,
}

impl Sum {
    /// The box of all findings of a kind.
    fn findings(severity: Severity, count: usize, words: &'static str, language: Language) -> Self {
        Self { class: class(severity), count, unit: pick(language, "件", ""), words }
    }
}

/// The word in the language of the page.
fn pick<'w>(language: Language, japanese: &'w str, english: &'w str) -> &'w str {
    match language {
        Language::Japanese => japanese,
        Language::English => english,
    }
}

/// The class of a finding.
fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// The tag of a finding: what to do with it, in a word.
fn tag(severity: Severity, language: Language) -> &'static str {
    match severity {
        Severity::Error => pick(language, "要修正", "mend"),
        Severity::Warning => pick(language, "確かめる", "look"),
    }
}

fn short(text: &str, most: usize) -> String {
    let mut cut: String = text.chars().take(most).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    cut
}

#[cfg(test)]
mod tests {
    use askama::filters::Escaper as _;

    use super::*;

    #[test]
    fn what_nobody_sees_is_shown_by_its_number() {
        let escaped = |text: &str| {
            let mut page = String::new();
            Escaper.write_escaped_str(&mut page, text).expect("in memory");
            page
        };
        assert_eq!(escaped("a\0\u{1b}[31m\u{E000}\u{AD}"), "a[U+0000][U+001B][31m[U+E000][U+00AD]");
        assert_eq!(escaped("<b a='\"'>&\n"), "&lt;b a=&#39;&quot;&#39;&gt;&amp;\n");
    }
}
