//! Findings as annotations of GitHub's continuous integration: one workflow command a line.
//!
//! In: [`Facts`]. Out: `::error file=…,line=…::S2005 …`; of each kind the first.

use std::fmt::Write as _;

use super::facts::Facts;
use super::form::{self, Audience, MOST, MessageForm, Style};
use super::inks;
use crate::diagnostic::{Diagnostic, Language};
use crate::model::origin::{Origin, Place};

/// The form.
pub static FORM: MessageForm = MessageForm {
    name: "github",
    ja: "CI",
    en: "Annotations for GitHub",
    audience: Audience::Programs,
    findings,
    inks: Some(inks::text),
    verdicts: None,
};

fn findings(facts: &Facts, style: Style) -> String {
    let (first, _) = facts.first_of_each(MOST);
    let mut text: String = first.into_iter().map(|one| annotation(one, style.language)).collect();
    for words in form::rest(facts, style.language) {
        let _ = writeln!(text, "::notice::{words}");
    }
    text
}

fn annotation(one: &Diagnostic, language: Language) -> String {
    let escape = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let kind = one.severity.name();
    let place = one.origin.as_ref().map_or_else(String::new, |origin| {
        let file = escape(&origin.source.path).replace(',', "%2C").replace(':', "%3A");
        let line = match origin.place {
            Place::File => None,
            Place::Text { line, .. } | Place::Cell { line, .. } => Some(line),
        };
        let line = line.map_or_else(String::new, |line| format!(",line={line}"));
        format!(" file={file}{line}")
    });
    let code = one.code.id();
    let address = one.origin.as_ref().and_then(Origin::address);
    let mut words = address.map_or_else(String::new, |address| format!("{address} "));
    words.push_str(one.message.in_language(language));
    for hint in &one.hints {
        words.push('\n');
        words.push_str(hint.in_language(language));
    }
    let words = escape(&words);
    format!("::{kind}{place}::{code} {words}\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Say};

    #[test]
    fn github_annotations_are_one_line() {
        let one = Diagnostic::error(Code::Phone, Say::new("一\n二", "")).hint(Say::new("三", ""));
        assert_eq!(annotation(&one, Language::Japanese), "::error::S2005 一%0A二%0A三\n");
    }
}
