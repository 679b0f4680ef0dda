//! The state of reading one text: its source, and what was found. Places are told as comrak counts them.
//!
//! In: places of nodes. Out: [`Origin`]s, and the words that stand there.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use comrak::nodes::Sourcepos;

use super::comments::NOTHING;
use crate::diagnostic::{Code, Diagnostic, Say};
use crate::model::origin::{Origin, Source};
use crate::model::unseen::{self, OddCharacter};
use crate::say;

/// Stands for a colon that comrak must not see; a byte that no valid source holds (it would be a finding).
pub const COLON: char = '\u{1A}';

/// Odd characters of a file that are told: more say nothing new.
const MOST_CHARACTERS: usize = 100;

/// What is known while a text is read.
pub struct TextReader<'s> {
    /// The file.
    pub source: &'s Arc<Source>,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
    /// The number of each note that is referred to, by its label.
    pub notes: BTreeMap<String, u32>,
    /// What is being read.
    pub inside: Surroundings,
}

/// What words stand in: not all of it takes every mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Surroundings {
    /// A paragraph, an item of a list.
    #[default]
    Running,
    /// A heading.
    Heading,
    /// A cell of a table.
    Cell,
}

impl<'s> TextReader<'s> {
    /// A reader of `source`.
    #[must_use]
    pub fn new(source: &'s Arc<Source>) -> Self {
        Self { source, diagnostics: Vec::new(), notes: BTreeMap::new(), inside: Surroundings::Running }
    }

    /// Bytes of a node; comrak counts lines and byte columns from 1, the end included.
    #[must_use]
    pub fn span(&self, place: Sourcepos) -> Range<usize> {
        let text = &self.source.text;
        let start = self.source.line_start(place.start.line) + place.start.column.saturating_sub(1);
        let start = text.floor_char_boundary(start);
        let end = text.ceil_char_boundary(self.source.line_start(place.end.line) + place.end.column);
        start..end.max(start)
    }

    /// What stands there, as written.
    #[must_use]
    pub fn written(&self, place: Sourcepos) -> &'s str {
        &self.source.text[self.span(place)]
    }

    /// The place of a node.
    #[must_use]
    pub fn origin(&self, place: Sourcepos) -> Origin {
        self.text_place(self.span(place))
    }

    /// A stretch of the text.
    #[must_use]
    pub fn text_place(&self, span: Range<usize>) -> Origin {
        Origin::text(self.source, span)
    }

    /// Finds an error in a node.
    pub fn error(&mut self, code: Code, message: Say, place: Sourcepos) {
        let origin = self.origin(place);
        self.diagnostics.push(Diagnostic::error(code, message).at(origin));
    }

    /// Finds markup that is not set.
    pub fn unset(&mut self, place: Sourcepos) {
        self.error(
            Code::MarkupUnknown,
            say!("この書き方は組版できません。", "sasshi does not set this kind of markup."),
            place,
        );
    }

    /// Characters that nobody sees or that are none, in `text`, which is the source without its comments. Those that say
    /// where a line may end are used by people who know them.
    #[must_use]
    pub fn odd_characters(&self, text: &str) -> Vec<(OddCharacter, Origin)> {
        unseen::odd(text)
            .filter(|odd| !unseen::steers_lines(odd.character))
            .take(MOST_CHARACTERS)
            .map(|odd| (odd, self.text_place(odd.at..odd.at + odd.character.len_utf8())))
            .collect()
    }

    /// Control characters print as nothing or as a box; each is reported where it stands.
    pub fn control_characters(&mut self) {
        let found: Vec<(usize, char)> = self
            .source
            .text
            .char_indices()
            .filter(|(_, c)| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
            .take(MOST_CHARACTERS)
            .collect();
        for (at, c) in found {
            let code = u32::from(c);
            let origin = self.text_place(at..at + c.len_utf8());
            self.diagnostics.push(
                Diagnostic::error(
                    Code::ControlCharacter,
                    say!(
                        "目に見えない制御文字（U+{code:04X}）があります。",
                        "There is an invisible control character (U+{code:04X})."
                    ),
                )
                .at(origin)
                .hint(say!("その文字を消してください。", "Delete it.")),
            );
        }
    }
}

/// Words as comrak saw them, in the form in which they were written.
#[must_use]
pub fn unmasked(words: Cow<'_, str>) -> Cow<'_, str> {
    if !words.contains([COLON, NOTHING]) {
        return words;
    }
    let words = words.chars().filter(|c| *c != NOTHING);
    Cow::Owned(words.map(|c| if c == COLON { ':' } else { c }).collect())
}
