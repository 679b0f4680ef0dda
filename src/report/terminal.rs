//! Findings on a terminal, the source excerpt underlined; and the list of files that were made.
//!
//! In: [`Facts`]. Out: text for people (through `miette`). Nothing is printed here.

use std::fmt::Write as _;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, SourceCode};

use super::excerpt::{Excerpt, visible};
use super::facts::{Facts, FileState, FindingCounts};
use super::form::{self, Audience, MOST, MessageForm, Style};
use super::inks;
use super::table_rules;
use crate::diagnostic::{Code, Diagnostic, Language, Say, Severity};

/// The form.
pub static FORM: MessageForm = MessageForm {
    name: "human",
    ja: "人",
    en: "For people",
    audience: Audience::People,
    findings,
    inks: Some(inks::text),
    verdicts: Some(table_rules::text),
};

/// The first findings of each kind, and how many more there are.
fn findings(facts: &Facts, style: Style) -> String {
    let (first, _) = facts.first_of_each(MOST);
    let mut text: String = first.into_iter().map(|one| human(one, style)).collect();
    for words in form::rest(facts, style.language) {
        let _ = writeln!(text, "{words}");
    }
    text
}

/// So many files that are no longer made are named.
const MOST_GONE: usize = 10;

/// What a run was for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To make files.
    Make,
    /// To see what would be made.
    Look,
}

/// The closing lines: what was made, what was not, how many findings.
#[must_use]
pub fn summary(facts: &Facts, purpose: Purpose, language: Language) -> String {
    let written = purpose == Purpose::Make;
    let mut text = String::new();
    let ja = language == Language::Japanese;
    let mut made = 0;
    let mut held = 0;
    let mut folders: Vec<(&str, usize)> = Vec::new();
    let mut told: Vec<Vec<&Say>> = Vec::new();
    for file in &facts.files {
        match &file.state {
            FileState::Made => {
                made += 1;
                let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
                match folders.last_mut() {
                    Some((last, count)) if *last == folder => *count += 1,
                    _ => {
                        folders.push((folder, 1));
                        told.push(Vec::new());
                    }
                }
                // files of a folder are imposed alike: each thing is told once
                for note in file.sheets.iter().flat_map(|sheets| &sheets.notes) {
                    if let Some(notes) = told.last_mut().filter(|notes| !notes.contains(&note)) {
                        notes.push(note);
                    }
                }
            }
            // what only looks makes nothing, and so leaves nothing out
            FileState::Held { .. } if !written => held += 1,
            FileState::Held { why, older_is_there } => {
                let why = why.in_language(language);
                let older = match (older_is_there, ja) {
                    (true, true) => "前のものが残っています（古いものです）。",
                    (true, false) => " The one that is there is older.",
                    (false, _) => "",
                };
                let path = &file.path;
                let _ = writeln!(text, "  ✗ {path}  {why}{older}");
            }
        }
    }
    if written {
        for ((folder, count), notes) in folders.into_iter().zip(told) {
            let _ = match ja {
                true => writeln!(text, "  ✓ {folder}/  {count}ファイル"),
                false => writeln!(text, "  ✓ {folder}/  {count} file{}", if count == 1 { "" } else { "s" }),
            };
            for note in notes {
                let _ = writeln!(text, "      {}", note.in_language(language));
            }
        }
    }
    gone(&mut text, &facts.gone, ja);
    counted(&mut text, facts, Tally { made, held, purpose }, language);
    if let Some(path) = facts.to_open.as_ref().filter(|_| written) {
        let _ = match ja {
            true => writeln!(text, "見るには「sasshi open」：{path}"),
            false => writeln!(text, "To look at it, `sasshi open`: {path}"),
        };
    }
    text
}

/// How many files a run made, or would not make.
#[derive(Clone, Copy)]
struct Tally {
    made: usize,
    held: usize,
    purpose: Purpose,
}

/// The line of how much was made and found.
fn counted(text: &mut String, facts: &Facts, tally: Tally, language: Language) {
    let Tally { made, held, purpose } = tally;
    let FindingCounts { errors, warnings } = facts.counts();
    let _ = match (language == Language::Japanese, purpose == Purpose::Make) {
        (true, true) => writeln!(text, "{made}ファイルを作りました。エラー{errors}件、注意{warnings}件。"),
        (true, false) if held > 0 => {
            writeln!(
                text,
                "確かめました。エラー{errors}件、注意{warnings}件。このままでは作れないファイル：{held}"
            )
        }
        (true, false) => writeln!(text, "確かめました。エラー{errors}件、注意{warnings}件。"),
        (false, true) => writeln!(text, "{made} files made, {errors} errors, {warnings} warnings."),
        (false, false) if held > 0 => {
            writeln!(
                text,
                "Checked: {errors} errors, {warnings} warnings; {held} files cannot be made as it is."
            )
        }
        (false, false) => writeln!(text, "Checked: {errors} errors, {warnings} warnings."),
    };
}

/// Names files that are no longer made.
fn gone(text: &mut String, paths: &[String], ja: bool) {
    for path in paths.iter().take(MOST_GONE) {
        let _ = match ja {
            true => writeln!(text, "  − {path}  もう作られないファイルです。"),
            false => writeln!(text, "  − {path}  is no longer made."),
        };
    }
    let more = paths.len().saturating_sub(MOST_GONE);
    let _ = match (more, ja) {
        (0, _) => Ok(()),
        (_, true) => writeln!(text, "  − ほかに{more}ファイル"),
        (_, false) => writeln!(text, "  − and {more} more"),
    };
    if !paths.is_empty() {
        let _ = match ja {
            true => writeln!(text, "    「sasshi build --prune」で消せます。"),
            false => writeln!(text, "    `sasshi build --prune` takes them away."),
        };
    }
}

fn human(one: &Diagnostic, style: Style) -> String {
    let theme = if style.colour { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_width(110)
        .with_context_lines(1)
        .with_wrap_lines(false);
    let rendered = Rendered::new(one, style.language);
    let mut text = String::new();
    if handler.render_report(&mut text, &rendered).is_err() {
        // rendering to a string fails only if the excerpt does; the words alone are never lost
        text = rendered.message.clone();
    }
    if let Some(excerpt) = rendered.excerpt.as_ref().filter(|excerpt| excerpt.is_addressed) {
        // the name is the whole address; `miette` puts row and column behind each name
        let Excerpt { name, row, column, .. } = excerpt;
        text = text.replacen(&format!("[{name}:{row}:{column}]"), &format!("[{name}]"), 1);
    }
    text.push('\n');
    text
}

/// A finding in the form that `miette` renders.
#[derive(Debug)]
struct Rendered {
    message: String,
    code: Code,
    severity: Severity,
    help: Option<String>,
    excerpt: Option<Excerpt>,
}

impl Rendered {
    fn new(one: &Diagnostic, language: Language) -> Self {
        let hints: Vec<&str> = one.hints.iter().map(|hint| hint.in_language(language)).collect();
        let excerpt = one.origin.as_ref().and_then(|origin| Excerpt::new(origin, language));
        let mut message = one.message.in_language(language).to_owned();
        // without an excerpt the place stands in the sentence
        if let (None, Some(origin)) = (&excerpt, &one.origin) {
            message = format!("{origin}  {message}");
        }
        Self {
            message: visible(&message),
            code: one.code,
            severity: one.severity,
            help: (!hints.is_empty()).then(|| visible(&hints.join("\n"))),
            excerpt,
        }
    }
}

impl std::fmt::Display for Rendered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Rendered {}

impl miette::Diagnostic for Rendered {
    fn code<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        Some(Box::new(self.code))
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(match self.severity {
            Severity::Error => miette::Severity::Error,
            Severity::Warning => miette::Severity::Warning,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn std::fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let excerpt = self.excerpt.as_ref()?;
        let label = LabeledSpan::new_primary_with_span(excerpt.label.clone(), excerpt.span);
        Some(Box::new(std::iter::once(label)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Say;
    use crate::model::origin::{Origin, Place, Source};

    fn plain(one: &Diagnostic) -> String {
        human(one, Style { language: Language::Japanese, colour: false })
    }

    #[test]
    fn shows_the_place_and_underlines() {
        let source = Source::new("a.csv", "区,電話\n西区,04\u{1b}5\n");
        let origin = Origin {
            source,
            place: Place::Cell { row: 2, column: 2, line: 2, header: "電話".into() },
            span: Some(18..22),
        };
        let text = plain(&Diagnostic::error(Code::Phone, Say::new("悪い番号です。", "bad")).at(origin));
        assert!(text.contains("a.csv:2:2"), "{text}");
        assert!(text.contains("西区,04␛5"), "control characters are pictures: {text}");
        assert!(text.contains("電話"), "{text}");
    }

    #[test]
    fn a_line_of_a_megabyte_is_cut() {
        let source = Source::new("a.csv", "x".repeat(1_000_000));
        let origin = Origin::text(&source, 500_000..500_003);
        let text = plain(&Diagnostic::error(Code::Phone, Say::new("長い。", "long")).at(origin));
        assert!(text.len() < 3_000, "{}", text.len());
    }
}
