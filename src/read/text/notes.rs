//! Footnotes: each mark has its note, and each note its mark, else what was written is on no page.
//!
//! In: the tree. Out: the notes in the order of their marks; findings for a mark without a note, a note without a mark
//! and two notes of one name.

use std::collections::BTreeSet;

use comrak::nodes::{AstNode, NodeValue, Sourcepos};

use super::reader::TextReader;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::text::Footnote;
use crate::say;

impl TextReader<'_> {
    /// Reads the notes of the whole tree, wherever they stand, and learns the numbers of their marks.
    pub fn footnotes<'a>(&mut self, root: &'a AstNode<'a>) -> Vec<Footnote> {
        let mut definitions: Vec<(&'a AstNode<'a>, String, Sourcepos)> = Vec::new();
        for node in root.descendants() {
            let data = node.data();
            match &data.value {
                NodeValue::FootnoteReference(mark) => {
                    self.notes.insert(label(&mark.name), mark.ix);
                }
                NodeValue::FootnoteDefinition(note) => {
                    definitions.push((node, label(&note.name), data.sourcepos));
                }
                _ => {}
            }
        }
        let mut seen = BTreeSet::new();
        let mut notes = Vec::new();
        for (node, name, place) in definitions {
            // of two notes comrak knows the last; which one is meant is not ours to say
            if !seen.insert(name.clone()) {
                self.twice(&name, place);
                continue;
            }
            let Some(number) = self.notes.get(&name).copied() else {
                self.without_mark(&name, place);
                continue;
            };
            self.notes_within(node, &name);
            let origin = self.origin(place);
            notes.push(Footnote { number, body: self.blocks(node), origin });
        }
        notes.sort_by_key(|note| note.number);
        notes
    }

    /// Marks of notes within the note `name`: no layout has a foot below its feet.
    fn notes_within<'a>(&mut self, note: &'a AstNode<'a>, name: &str) {
        for node in note.descendants() {
            let (inner, place) = {
                let data = node.data();
                let NodeValue::FootnoteReference(mark) = &data.value else { continue };
                (mark.name.clone(), data.sourcepos)
            };
            self.error(
                Code::FootnoteNested,
                say!(
                    "脚注「[^{name}]」の中に、脚注「[^{inner}]」の番号があります。注の中の注は組めません。",
                    "The footnote [^{name}] refers to the footnote [^{inner}]: notes within notes are not set."
                ),
                place,
            );
            self.advise(say!(
                "「[^{inner}]」の文をこの注に書き入れるか、「[^{inner}]」を本文に移してください。",
                "Write the words of [^{inner}] into this note, or move [^{inner}] to the running text."
            ));
        }
    }

    fn without_mark(&mut self, name: &str, place: Sourcepos) {
        let origin = self.head_line(place);
        self.diagnostics.push(
            Diagnostic::error(
                Code::FootnoteUnused,
                say!(
                    "脚注「[^{name}]」は、本文のどこからも参照されていません。このままでは印刷されません。",
                    "Nothing refers to the footnote [^{name}], so it would not be printed."
                ),
            )
            .at(origin)
            .hint(say!(
                "本文の、注を付けたい所に「[^{name}]」と書くか、この脚注を消してください。",
                "Write [^{name}] where the note belongs, or delete the note."
            )),
        );
    }

    fn twice(&mut self, name: &str, place: Sourcepos) {
        let origin = self.head_line(place);
        self.diagnostics.push(
            Diagnostic::error(
                Code::FootnoteUnused,
                say!("脚注「[^{name}]」が2つあります。", "There are two footnotes [^{name}]."),
            )
            .at(origin)
            .hint(say!(
                "どちらかの名前を変え、本文にもその名前で参照を書いてください。",
                "Rename one of them, and refer to it by its new name in the text."
            )),
        );
    }

    /// The first line of a block.
    pub fn head_line(&self, place: Sourcepos) -> crate::model::origin::Origin {
        let span = self.span(place);
        let end = self.source.text[span.clone()].find('\n').map_or(span.end, |at| span.start + at);
        self.text_place(span.start..end)
    }

    /// A mark whose note is missing is left as words by comrak.
    pub fn footnote_marks(&mut self, words: &str, place: Sourcepos) {
        let whole = self.span(place);
        let exact = self.source.text.get(whole.clone()) == Some(words);
        let mut marks = Vec::new();
        let mut from = 0;
        while let Some(at) = words[from..].find("[^").map(|found| from + found)
            && let Some(end) = words[at..].find(']').map(|found| at + found + 1)
        {
            marks.push(at..end);
            from = end;
        }
        // many in a row have one cause: the notes were left behind
        let said = if marks.len() > MOST_MARKS { &marks[..1] } else { &marks[..] };
        for mark in said {
            let span = if exact { whole.start + mark.start..whole.start + mark.end } else { whole.clone() };
            let origin = self.text_place(span);
            let mark = &words[mark.clone()];
            let count = marks.len();
            let message = match said.len() == count {
                true => say!("脚注「{mark}」の本文がありません。", "There is no note for {mark}."),
                false => say!(
                    "脚注「{mark}」と、これに続く{0}個の本文がありません。",
                    "There is no note for {mark} and for {0} more behind it.",
                    count - 1
                ),
            };
            self.diagnostics.push(Diagnostic::error(Code::FootnoteMissing, message).at(origin).hint(say!(
                "「{mark}: 注の文」の行を、前後に空の行を置いて書いてください。",
                "Write a line \"{mark}: the note\", with an empty line before and after it."
            )));
        }
    }
}

/// More marks without a note in one stretch of words are said once.
const MOST_MARKS: usize = 5;

/// Labels are the same whatever their case.
fn label(name: &str) -> String {
    name.to_lowercase()
}
