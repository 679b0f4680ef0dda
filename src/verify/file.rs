//! The final bytes: the characters that the typeset pages show can be read out of the file that leaves the house.
//!
//! In: all text of the pages, and what was read back from the PDFs made of them (a press file, its cover apart, sheets).
//! Out: a finding if a character stands in the file less often. What the file has more (a slug line, words in drawings, pages
//! that are repeated) is not counted.

use std::collections::BTreeMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::origin::Origin;
use crate::pdf::text::{PageText, TextError};
use crate::say;

/// How many characters a message shows.
const SHOWN: usize = 12;

/// What was read back from the pages of a file.
pub type ReadBack = Result<Vec<PageText>, TextError>;

/// Judges the files that were made of pages which show `text`; `path` is the one to name.
#[must_use]
pub fn judge_files(text: &str, files: &[&ReadBack], path: &str) -> Option<Diagnostic> {
    let mut wanted: BTreeMap<char, usize> = BTreeMap::new();
    for character in text.chars().filter(|character| !character.is_whitespace()) {
        *wanted.entry(character).or_default() += 1;
    }
    for file in files {
        match file {
            Ok(pages) => take(&mut wanted, pages),
            Err(error) => {
                return Some(at(
                    path,
                    Diagnostic::error(
                        Code::FileText,
                        say!(
                            "できたPDFの文字を読み取れません：{error}",
                            "The text of the finished PDF cannot be read: {error}"
                        ),
                    ),
                ));
            }
        }
    }
    wanted.retain(|_, count| *count > 0);
    let missing: usize = wanted.values().sum();
    let shown: String = wanted.keys().take(SHOWN).collect();
    (missing > 0).then(|| {
        at(
            path,
            Diagnostic::error(
                Code::FileText,
                say!(
                    "できたPDFから、ページの{missing}字が読み取れません（{shown}）。",
                    "{missing} characters of the pages cannot be read from the finished PDF ({shown})."
                ),
            ),
        )
    })
}

fn at(path: &str, diagnostic: Diagnostic) -> Diagnostic {
    diagnostic.at(Origin::path(path)).hint(say!(
        "sasshi の誤りです。このファイルは使わず、作者に知らせてください。",
        "This is a fault of sasshi. Do not use the file, and report it."
    ))
}

fn take(wanted: &mut BTreeMap<char, usize>, pages: &[PageText]) {
    let runs = pages.iter().flat_map(|page| &page.runs).filter(|run| !run.invisible && !run.area.is_empty());
    let characters = runs.flat_map(|run| run.text.chars());
    for character in characters {
        if let Some(count) = wanted.get_mut(&character) {
            *count = count.saturating_sub(1);
        }
    }
}
